"""`diagnostic analyse` attacks what it would publish: what fails is not written, and what stays inside is."""

import csv
import dataclasses
import stat
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.profiles.releases import write_internal
from diagnostics.disclosure import Cut, cut
from diagnostics.knowledge_of import side_knowledge
from diagnostics.profile import Profile
from diagnostics.releases import Release, Withheld
from diagnostics.side_knowledge import read_side_knowledge
from sample_data.make_wexbourne import profile_of
from tests.app.command_line import contents, names, run, set_no_pdf
from tests.app.small_folder import SETTINGS, write_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "wave")


@pytest.fixture(autouse=True)
def no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    set_no_pdf(monkeypatch)


def with_numbers_in_the_clear(profile: Profile, issued: Sequence[Release] = ()) -> Cut:
    """Cut as always, but print how many of each area answered."""
    made = cut(profile, issued)
    response = made.published.response
    areas = tuple(dataclasses.replace(area, n_band="27") for area in response.by_service_area)
    open_response = dataclasses.replace(response, by_service_area=areas)
    return dataclasses.replace(made, published=dataclasses.replace(made.published, response=open_response))


@pytest.fixture
def careless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.profiles.services.cut", with_numbers_in_the_clear)


@pytest.mark.usefixtures("careless")
def test_what_fails_is_not_written(folder: Path, output_folder: Path) -> None:
    result = run("analyse", folder, "--out", output_folder)
    assert result.exit_code == 4, result.output
    assert result.stdout == ""
    assert " weaknesses in what would be published:\n" in result.stderr
    assert (
        "Nothing was written. Coarsen the tables that are listed: raise “threshold” in diagnostic.yaml, "
        "or merge small service areas under one name in frame.csv and survey.csv."
    ) in result.stderr
    found = [line.split(" | ") for line in result.stderr.splitlines() if " | " in line]
    assert found
    assert all(len(parts) == 3 for parts in found)
    assert not output_folder.exists()


def test_what_fails_leaves_what_an_earlier_run_wrote(
    folder: Path, output_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("analyse", folder, "--out", output_folder).exit_code == 0
    before = contents(output_folder)
    monkeypatch.setattr("app.profiles.services.cut", with_numbers_in_the_clear)
    assert run("analyse", folder, "--out", output_folder).exit_code == 4
    assert contents(output_folder) == before


def test_on_a_terminal_what_fails_is_a_table(folder: Path, output_folder: Path, careless: None) -> None:
    result = run("analyse", folder, "--out", output_folder, FORCE_COLOR="1", NO_COLOR="1", COLUMNS="150")
    assert result.exit_code == 4
    header = next(line for line in result.stderr.splitlines() if "What can be worked out" in line)
    assert header.index("Table") < header.index("What can be worked out") < header.index("What to do")


def test_a_hidden_group_that_is_shown_is_caught(
    sample_data: Path, output_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sample has small areas: with the rules for groups undone, the auditor must see them."""
    wave = sample_data / "wexbourne" / "wave_1"

    def shown(profile: Profile, issued: Sequence[Release] = ()) -> Cut:
        made = cut(profile, issued)
        assert profile.survey is not None
        table = profile.survey.service_areas
        headings = []
        for h, heading in enumerate(made.published.headings):
            rows = tuple(
                dataclasses.replace(row, score=round(table.mean[g, h]), n_band="10 to 19", suppressed=False)
                if row.suppressed
                else row
                for g, row in enumerate(heading.groups.service_area)
            )
            headings.append(
                dataclasses.replace(heading, groups=dataclasses.replace(heading.groups, service_area=rows))
            )
        return dataclasses.replace(
            made, published=dataclasses.replace(made.published, headings=tuple(headings))
        )

    monkeypatch.setattr("app.profiles.services.cut", shown)
    result = run("analyse", wave, "--out", output_folder)
    assert result.exit_code == 4, result.output
    assert not output_folder.exists()


def test_what_stays_inside_is_written_for_its_owner_alone(folder: Path, output_folder: Path) -> None:
    result = run("analyse", folder, "--out", output_folder)
    assert result.exit_code == 0, result.output
    internal = output_folder / "internal"
    assert names(internal) == ["README.txt", "side-knowledge.json", "withheld.csv"]
    assert stat.S_IMODE(internal.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in internal.iterdir()} == {0o600}
    known = read_side_knowledge((internal / "side-knowledge.json").read_text(encoding="utf-8"))
    assert sum(cell.answered for cell in known.cells) == 60
    assert "Never publish it" in (internal / "README.txt").read_text(encoding="utf-8")
    with (internal / "withheld.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == ["measure", "table", "group", "reason"]


def test_a_folder_that_others_could_open_is_closed_and_keeps_their_files(
    folder: Path, output_folder: Path
) -> None:
    internal = output_folder / "internal"
    internal.mkdir(parents=True, mode=0o755)
    (internal / "notes.txt").write_text("ours")
    (internal / "side-knowledge.json").write_text("old")
    assert run("analyse", folder, "--out", output_folder).exit_code == 0
    assert stat.S_IMODE(internal.stat().st_mode) == 0o700
    assert (internal / "notes.txt").read_text() == "ours"
    assert (internal / "side-knowledge.json").read_text() != "old"


def test_a_file_system_without_modes_will_do(
    folder: Path, output_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refuse)
    assert run("analyse", folder, "--out", output_folder).exit_code == 0
    assert (output_folder / "internal" / "side-knowledge.json").exists()


def test_the_inside_folder_is_never_listed_among_what_to_publish(folder: Path, output_folder: Path) -> None:
    said = run("analyse", folder, "--out", output_folder).stdout
    inside, public = said.split("\nWritten:\n")
    assert "For your team only, never to be published:\n" in inside
    assert str(output_folder / "internal") in inside
    assert "internal" not in public.replace(str(output_folder), "")


def test_the_summary_says_how_much_was_attacked_and_is_shown(folder: Path, output_folder: Path) -> None:
    said = run("analyse", folder, "--out", output_folder)
    line = next(line for line in said.stdout.splitlines() if line.startswith("Attacked "))
    assert "no hidden score and nobody’s answer can be worked out. " in line
    assert line.endswith(" group scores are shown.")
    assert "Attacking what would be published" in said.stderr.splitlines()


def test_both_waves_are_attacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The older wave’s careless page is seen, though only the newest is written."""

    def careless_before(profile: Profile, issued: Sequence[Release] = ()) -> Cut:
        return (with_numbers_in_the_clear if profile.diagnostic.wave == 1 else cut)(profile, issued)

    monkeypatch.setattr("app.profiles.services.cut", careless_before)
    write_folder(tmp_path / "one", {"diagnostic.yaml": SETTINGS.replace("wave: 2", "wave: 1")})
    newest = write_folder(tmp_path / "two", {"diagnostic.yaml": SETTINGS + "previous: ../one\n"})
    assert run("analyse", newest, "--out", tmp_path / "out").exit_code == 4


def test_the_log_cannot_start_a_formula(tmp_path: Path, sample_data: Path) -> None:
    profile = profile_of(sample_data / "wexbourne" / "wave_1")
    published = cut(profile).published
    release = Release(published, side_knowledge(profile, published))
    lines = [Withheld("=1+1", "@role", '+"a"', "-few, or fewer"), Withheld("HEAR1", "authority", "", "\tx")]
    write_internal(tmp_path / "internal", release, lines, ())
    with (tmp_path / "internal" / "withheld.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file))[1:] == [
            ["'=1+1", "'@role", '\'+"a"', "'-few, or fewer"],
            ["HEAR1", "authority", "", "'\tx"],
        ]
