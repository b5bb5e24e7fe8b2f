"""`diagnostic audit`: what was written passes, what somebody doctored does not, and what it says of files."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from diagnostics.published import PublishedProfile, read_profile
from tests.app.command_line import run, set_no_pdf
from tests.app.small_folder import SETTINGS, write_folder


@pytest.fixture(scope="module")
def analysed(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both waves of the sample, each analysed into a folder of its own."""
    folder = tmp_path_factory.mktemp("analysed")
    with pytest.MonkeyPatch.context() as monkeypatch:
        set_no_pdf(monkeypatch)
        for wave in ("wave_1", "wave_2"):
            result = run("analyse", project_root / "sample_data" / "wexbourne" / wave, "--out", folder / wave)
            assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small folder, analysed."""
    set_no_pdf(monkeypatch)
    out = tmp_path / "out"
    result = run("analyse", write_folder(tmp_path / "wave"), "--out", out)
    assert result.exit_code == 0, result.output
    return out


def change(file: Path, how: Callable[[Any], None]) -> None:
    """Edit a JSON file as somebody would by hand."""
    content = json.loads(file.read_text(encoding="utf-8"))
    how(content)
    file.write_text(json.dumps(content, ensure_ascii=False, indent=2), encoding="utf-8")


def published_in(folder: Path) -> PublishedProfile:
    return read_profile((folder / "profile.json").read_text(encoding="utf-8"))


def test_both_waves_of_the_sample_pass_together(analysed: Path) -> None:
    result = run("audit", analysed / "wave_1", analysed / "wave_2" / "profile.json")
    assert result.exit_code == 0, result.output
    said = result.stdout.splitlines()
    assert said[0].startswith(
        f"{analysed / 'wave_1' / 'profile.json'}: Wexbourne Metropolitan Borough Council, "
    )
    assert ", wave 2: " in said[1]
    assert said[1].endswith(" group scores are shown.")
    assert said[2] == "These 2 were attacked together."
    assert said[3].startswith("Attacked ")
    assert said[3].endswith(
        " as a determined reader would: no hidden score and nobody’s answer can be worked out."
    )
    assert "Attacking the groups of wave 2" in result.stderr.splitlines()


def test_one_profile_passes_and_nothing_is_said_of_several(analysed: Path) -> None:
    result = run("audit", analysed / "wave_2")
    assert result.exit_code == 0, result.output
    assert "together" not in result.stdout


def test_a_hidden_score_that_somebody_wrote_back_is_found(
    analysed: Path, tmp_path: Path, sample_data: Path
) -> None:
    from sample_data.make_wexbourne import profile_of

    doctored = tmp_path / "doctored"
    shutil.copytree(analysed / "wave_2", doctored)
    survey = profile_of(sample_data / "wexbourne" / "wave_2").survey
    assert survey is not None
    table = survey.service_areas
    heading, group = next(
        (h, g)
        for h, published in enumerate(published_in(doctored).headings)
        for g, row in enumerate(published.groups.service_area)
        if row.suppressed
    )

    def write_back(profile: Any) -> None:
        row = profile["headings"][heading]["groups"]["service_area"][group]
        assert row["id"] == table.groups[group].id
        row.update(score=round(table.mean[group, heading]), n_band="10 to 19", suppressed=False)

    change(doctored / "profile.json", write_back)
    result = run("audit", doctored)
    assert result.exit_code == 4, result.output
    assert f"{doctored / 'profile.json'} is not as it was written: its digest does not fit" in result.stderr
    assert " weaknesses in what is published:\n" in result.stderr
    assert " | " in result.stderr
    assert result.stderr.endswith("Do not publish this. Run “diagnostic analyse” again on the evidence.\n")
    assert "nobody’s answer" not in result.stdout


def test_on_a_terminal_what_was_found_is_a_table(small: Path) -> None:
    def number_who_answered(profile: Any) -> None:
        for area in profile["response"]["by_service_area"]:
            area["n_band"] = "27"

    change(small / "profile.json", number_who_answered)
    result = run("audit", small, FORCE_COLOR="1", NO_COLOR="1", COLUMNS="150")
    assert result.exit_code == 4, result.output
    header = next(line for line in result.stderr.splitlines() if "What can be worked out" in line)
    assert header.index("Table") < header.index("What can be worked out") < header.index("What to do")


def test_side_knowledge_may_lie_elsewhere(small: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.json"
    (small / "internal" / "side-knowledge.json").rename(elsewhere)
    result = run("audit", small)
    assert result.exit_code == 2
    assert "Without it the auditor does not know who belongs where." in result.stderr
    assert "it writes internal/side-knowledge.json" in result.stderr
    assert run("audit", small, "--knowledge", elsewhere).exit_code == 0


def test_side_knowledge_of_another_version_is_refused(small: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    settings = SETTINGS.replace("as_of: 2026-11-15", "as_of: 2026-11-16")
    run("analyse", write_folder(tmp_path / "again", {"diagnostic.yaml": settings}), "--out", other)
    alien = other / "internal" / "side-knowledge.json"
    result = run("audit", small, "--knowledge", alien)
    assert result.exit_code == 2
    assert f"{alien}: This side knowledge belongs to none of the profiles." in result.stderr
    shutil.copy(alien, small / "internal" / "side-knowledge.json")
    result = run("audit", small)
    assert result.exit_code == 2
    assert f"It has the digest {published_in(small).digest[:12]}…" in result.stderr
    assert f"belongs to {published_in(other).digest[:12]}…" in result.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "This is not JSON."),
        (b'{"schema": "profile/1",\n "wave": }', "This is not JSON: Expecting value on line 2, column 10."),
        (b"[" * 100_000, "This is not JSON."),
        (b'{"schema": "profile/1", "wave": ' + b"9" * 5000 + b"}", "This is not JSON."),
        (b"[]", "This is not of the schema profile/1. Name the profile.json"),
        (b'{"schema": "side-knowledge/1"}', "This is not of the schema profile/1."),
        (b'{"schema": "profile/1", "wave": "two"}', "wave: Input should be a valid integer"),
        (b'{"schema": "profile/1"}', "and 1"),
    ],
)
def test_what_is_no_profile_is_said_with_its_place(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "profile.json"
    file.write_bytes(content)
    result = run("audit", file)
    assert result.exit_code == 2
    assert f"{file}: " in result.stderr
    assert said in result.stderr


def test_a_number_that_no_reader_of_a_profile_would_see_is_refused(small: Path) -> None:
    change(small / "profile.json", lambda profile: profile["headings"][1].update(true_mean=61.25))
    result = run("audit", small)
    assert result.exit_code == 2
    assert "headings[1].true_mean: This is no part of a profile. Take it out." in result.stderr


def test_every_file_that_cannot_be_used_is_named(small: Path, tmp_path: Path) -> None:
    change(small / "internal" / "side-knowledge.json", lambda known: known.update(cells=3))
    result = run("audit", tmp_path / "none", small)
    assert result.exit_code == 2
    assert f"{tmp_path / 'none'}: There is no such file. Name the profile.json that" in result.stderr
    assert f"{small / 'internal' / 'side-knowledge.json'}: cells: Input should be a valid" in result.stderr
    assert result.stdout == ""


def test_seconds_must_be_more_than_none(small: Path) -> None:
    assert run("audit", small, "--seconds", "0").exit_code == 2
    assert run("audit", small, "--seconds", "5").exit_code == 0
