"""The other two councils of the samples: a small unitary that is nearly all hidden, and a large county."""

import re
import zipfile
from pathlib import Path

import pytest

from app.interchange.evidence_folder import read_folder
from diagnostics.disclosure import publish
from diagnostics.profile import Profile
from diagnostics.published import PublishedProfile
from sample_data import make_marlshire, make_penwardine
from sample_data.invention.folders import EXPECTED, profile_of
from tests.app.command_line import run
from tests.app.test_sample_data import could_be_rated, rows

FOLDERS = ("penwardine/wave_1", "marlshire/wave_1", "marlshire/wave_2")
EXPORTS = ("from_limesurvey", "from_forms")
MODEST = 1_500_000
# Words that begin with a capital within a sentence without naming anybody.
NO_NAME = r"(?<=[a-z,;] )(?!I\b|Friday\b|Wednesdays\b|Polish\b|English\b|March\b|April\b|May\b)[A-Z]"


@pytest.fixture(scope="module")
def samples(project_root: Path) -> Path:
    return project_root / "sample_data"


@pytest.fixture(scope="module")
def unitary(samples: Path) -> PublishedProfile:
    return publish(profile_of(samples / "penwardine" / "wave_1"))


@pytest.fixture(scope="module")
def county_profile(samples: Path) -> Profile:
    return profile_of(samples / "marlshire" / "wave_2")


@pytest.fixture(scope="module")
def county(county_profile: Profile) -> PublishedProfile:
    return publish(county_profile)


def content_of(folder: Path) -> dict[str, bytes]:
    """Give the files' bytes; of a workbook those of its parts, which no compression changes."""
    found: dict[str, bytes] = {}
    for path in sorted(file for file in folder.rglob("*") if file.is_file() and file.name != EXPECTED):
        name = str(path.relative_to(folder))
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                found |= {f"{name}/{part}": book.read(part) for part in book.namelist()}
        else:
            found[name] = path.read_bytes()
    return found


def test_makers_write_the_same_bytes(samples: Path, tmp_path: Path) -> None:
    make_penwardine.write_waves(tmp_path / "penwardine")
    make_marlshire.write_waves(tmp_path / "marlshire")
    for name in ("penwardine", "marlshire"):
        assert content_of(tmp_path / name) == content_of(samples / name)


def test_method_gives_the_expected_profiles(
    samples: Path, unitary: PublishedProfile, county: PublishedProfile
) -> None:
    for name, published in (("penwardine", unitary), ("marlshire", county)):
        expected = (samples / name / EXPECTED).read_text(encoding="utf-8")
        assert published.to_json() == expected, f"if this is meant: sample_data/make_{name}.py --expected"


def test_samples_are_modest_in_size(samples: Path) -> None:
    sizes = [
        path.stat().st_size for name in ("penwardine", "marlshire") for path in (samples / name).rglob("*")
    ]
    assert sum(sizes) < MODEST


@pytest.mark.parametrize("folder", FOLDERS)
def test_folder_reads_without_faults_or_warnings(samples: Path, folder: str) -> None:
    evidence = read_folder(samples / folder)
    assert not evidence.warnings
    assert evidence.evidence.diagnostic.authority_code.startswith("X")


@pytest.mark.parametrize("folder", ("penwardine/wave_1", "marlshire/wave_2"))
def test_analyse_publishes(samples: Path, folder: str, tmp_path: Path) -> None:
    result = run("analyse", samples / folder, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "no hidden score and nobody’s answer can be worked out" in " ".join(result.output.split())
    assert (tmp_path / "out" / "brief.pdf").is_file()


@pytest.mark.parametrize("name", EXPORTS)
def test_exports_give_the_same_published_profile(samples: Path, name: str, unitary: PublishedProfile) -> None:
    exported = publish(profile_of(samples / "penwardine" / name))
    assert exported.to_json() == unitary.to_json()


def test_export_says_what_was_left_out(samples: Path) -> None:
    said = [str(warning) for warning in read_folder(samples / "penwardine" / "from_limesurvey").warnings]
    assert any("1 incomplete response was left out" in warning for warning in said)
    assert not any("survey.csv" in warning and "missing" in warning for warning in said)


def test_unitary_is_small_and_mostly_hidden(unitary: PublishedProfile) -> None:
    assert (unitary.response.answered, unitary.response.frame) == (34, 58)
    assert unitary.records == {"interview": 5, "observation": 3, "document": 5}
    groups = [
        group
        for heading in unitary.headings
        for group in (*heading.groups.role_group, *heading.groups.service_area)
    ]
    shown = [group for group in groups if not group.suppressed]
    assert 0 < len(shown) < 0.3 * len(groups)
    assert all(heading.combined is not None and heading.stage is not None for heading in unitary.headings)
    assert all(heading.gap is None or heading.gap.difference is None for heading in unitary.headings)


def test_unitary_tells_its_story(unitary: PublishedProfile) -> None:
    scores = {heading.id: heading.combined.score for heading in unitary.headings if heading.combined}
    assert max(scores, key=scores.__getitem__) == "culture"
    assert min(scores, key=scores.__getitem__) == "systems"


def test_letters_beyond_english_come_through(samples: Path) -> None:
    texts = (samples / "penwardine" / "wave_1" / "frame.csv").read_text(encoding="utf-8")
    assert {"Siân’s Corner family hub", "Tŷ Onnen short breaks"} <= set(re.split("[,\n]", texts))
    quotes = rows(samples / "penwardine" / "wave_1" / "quotes.csv")
    assert any("w końcu ktoś słucha" in quote["text"] for quote in quotes)


def test_county_is_large(county: PublishedProfile) -> None:
    assert county.response.frame == 2000
    assert county.response.answered == 1025
    assert len(county.response.by_service_area) == 40
    assert max(len(group.name) for group in county.response.by_service_area) > 75
    assert 0 < sum(group.suppressed for group in county.response.by_service_area) <= 6
    assert not any(group.suppressed for group in county.response.by_role_group)
    assert county.records == {"interview": 6, "observation": 6, "document": 10}


def test_county_tells_its_story(county: PublishedProfile) -> None:
    headings = {heading.id: heading for heading in county.headings}
    assert {p.id for p in headings["leadership"].patterns if p.status == "confirmed"} == {
        "said_not_seen",
        "written_not_done",
    }
    moved = {name for name, heading in headings.items() if heading.change and heading.change.reliable}
    assert moved == {"systems", "skills"}
    scores = {name: heading.combined.score for name, heading in headings.items() if heading.combined}
    assert max(scores, key=scores.__getitem__) == "systems"
    assert min(scores, key=scores.__getitem__) in ("leadership", "practice")


@pytest.mark.parametrize("folder", ("penwardine/wave_1", "marlshire/wave_2"))
def test_fieldwork_is_plausible_and_names_nobody(samples: Path, folder: str) -> None:
    read = read_folder(samples / folder)
    records = {record.id: record for record in read.evidence.records}
    known = {c.id: c for c in read.framework.characteristics}
    for rating in read.evidence.ratings:
        record = records[rating.record]
        assert could_be_rated(known[rating.characteristic], record), (record.id, rating.characteristic)
        assert rating.reason.endswith(".")
    reasons = [rating.reason for rating in read.evidence.ratings]
    assert len(set(reasons)) == len(reasons)
    survey = rows(samples / folder / "survey.csv")
    comments = [row[code] for row in survey for code in ("COM1", "COM2") if row[code]]
    assert len(set(comments)) == len(comments) > 5
    quotes = [quote["text"] for quote in rows(samples / folder / "quotes.csv")]
    assert not [text for text in (*reasons, *comments, *quotes) if re.search(NO_NAME, text)]
