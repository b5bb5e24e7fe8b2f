"""The empty workbook: written once, whole, and read back as the evidence that was put in."""

from pathlib import Path

import pytest

from app.interchange.evidence_files import TABLES, sheet_of
from app.interchange.evidence_folder import read_folder
from app.interchange.framework_files import PUBLISHED, load_once, supplied_frameworks
from app.interchange.template_workbook import template_bytes
from app.interchange.waves import read_waves
from tests.app.command_line import run
from tests.app.small_folder import SECOND_FRAMEWORK
from tests.app.workbooks import csv_rows, parts_of, same_evidence


@pytest.fixture(scope="module")
def wave_1(project_root: Path) -> Path:
    return project_root / "sample_data" / "wexbourne" / "wave_1"


def filled(folder: Path) -> bytes:
    """Put the sample's rows beneath the template's own headings, with needs as ticks."""
    framework = load_once(supplied_frameworks()[PUBLISHED].read_text(encoding="utf-8"))
    sheets: dict[str, list[list[str]]] = {}
    for name in TABLES:
        rows = csv_rows(folder / name)
        if name == "survey.csv":
            rows = with_ticks(rows, framework.needs.code, [choice.id for choice in framework.needs.choices])
        sheets[sheet_of(name)] = rows[1:]
    text = (folder / "diagnostic.yaml").read_text(encoding="utf-8")
    import yaml

    settings: list[list[str]] = []
    for key, value in yaml.safe_load(text).items():
        parts = value.items() if isinstance(value, dict) else [("", value)]
        settings += [[f"{key}.{part}".rstrip("."), str(inner)] for part, inner in parts]
    sheets["diagnostic"] = settings
    return template_bytes(framework, PUBLISHED, sheets)


def with_ticks(rows: list[list[str]], needs: str, choices: list[str]) -> list[list[str]]:
    place = rows[0].index(needs)
    changed = []
    for number, row in enumerate(rows):
        ticked = row[place].split("|")
        ticks = [f"{needs}_{one}" if number == 0 else str(int(one in ticked)) for one in choices]
        changed.append([*row[:place], *ticks, *row[place + 1 :]])
    return changed


def test_a_filled_in_template_is_the_same_evidence(wave_1: Path, tmp_path: Path) -> None:
    path = tmp_path / "wexbourne.xlsx"
    path.write_bytes(filled(wave_1))
    book, folder = read_waves(path)[-1], read_folder(wave_1)
    assert not book.warnings
    assert same_evidence(book, folder)


def test_headings_of_the_template_are_those_of_the_csv_files(tmp_path: Path, wave_1: Path) -> None:
    path = tmp_path / "filled.xlsx"
    path.write_bytes(filled(wave_1))
    assert not read_folder(path).warnings


def test_it_is_written_with_drop_downs_notes_and_frozen_headings(tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    result = run("template", path)
    assert result.exit_code == 0, result.output
    parts = parts_of(path.read_bytes())
    tables = [parts[f"xl/worksheets/sheet{number}.xml"] for number in range(3, 9)]
    assert all(b'state="frozen"' in sheet for sheet in tables)
    assert all(b"<dataValidation " in sheet for sheet in tables)
    assert sum(name.startswith("xl/comments") for name in parts) == len(tables)
    words = parts["xl/sharedStrings.xml"].decode()
    for expected in ("team_managers", "not_seen", "observation", "said_not_seen", "Always", "headcount"):
        assert expected in words


def test_the_same_framework_gives_the_same_bytes() -> None:
    framework = load_once(SECOND_FRAMEWORK.read_text(encoding="utf-8"))
    assert template_bytes(framework, "second.yaml") == template_bytes(framework, "second.yaml")


def test_a_file_that_exists_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    path.write_text("mine")
    result = run("template", path)
    assert result.exit_code == 2
    assert "is left as it is" in result.output
    assert path.read_text() == "mine"


@pytest.mark.parametrize("name", ["evidence.csv", "evidence", "nowhere/evidence.xlsx"])
def test_a_name_that_cannot_be_written_is_refused_in_words(tmp_path: Path, name: str) -> None:
    result = run("template", tmp_path / name)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert not (tmp_path / name).exists()


def test_another_framework_has_its_own_columns(tmp_path: Path) -> None:
    path = tmp_path / "second.xlsx"
    assert run("template", path, "--framework", SECOND_FRAMEWORK).exit_code == 0
    words = parts_of(path.read_bytes())["xl/sharedStrings.xml"].decode()
    assert "HEAR1" in words
    assert "CAP1" not in words


def test_an_empty_template_says_what_to_fill_in(tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    run("template", path)
    result = run("analyse", path, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "empty.xlsx, sheet diagnostic, row 2, column authority.code" in result.output
    assert "empty.xlsx, sheet frame, row 1: The frame is empty" in result.output
    assert not (tmp_path / "out").exists()
