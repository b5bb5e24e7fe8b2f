"""Evidence as sheets of one workbook: the same evidence, and faults with file, sheet, row and column."""

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from app.interchange import workbook_parts
from app.interchange.evidence_folder import read_folder
from app.interchange.waves import read_waves
from tests.app.small_folder import SECOND_FRAMEWORK, folder_faults, only_fault, write_folder
from tests.app.workbooks import packed, parts_of, same_evidence, sheets, workbook_bytes


def write(folder: Path, content: bytes, name: str = "evidence.xlsx") -> Path:
    folder.mkdir(exist_ok=True, parents=True)
    shutil.copy(SECOND_FRAMEWORK, folder / "second.yaml")
    path = folder / name
    path.write_bytes(content)
    return path


def write_sheets(folder: Path, name: str = "evidence.xlsx", **changed: list[list[object]] | None) -> Path:
    given = {key: rows for key, rows in {**sheets(), **changed}.items() if rows is not None}
    return write(folder, workbook_bytes(given), name)


def with_value(sheet: str, row: int, column: str, value: object) -> list[list[object]]:
    rows = sheets()[sheet]
    place = rows[0].index(column)
    rows[row - 1][place] = value
    return rows


def test_a_workbook_and_a_folder_hold_the_same_evidence(tmp_path: Path) -> None:
    folder = read_folder(write_folder(tmp_path / "folder"))
    assert same_evidence(read_folder(write_sheets(tmp_path / "book")), folder)
    assert same_evidence(read_folder(tmp_path / "book"), folder), "a folder with evidence.xlsx alone"


def test_numbers_and_dates_are_read_as_they_are_meant(tmp_path: Path) -> None:
    given = sheets()
    for rows in (given["frame"], given["survey"]):
        for row in rows[1:]:
            row[:] = [float(str(cell)) if str(cell).lstrip("-").isdigit() else cell for cell in row]
    for row in given["records"][1:]:
        row[6] = datetime.strptime(str(row[6]), "%Y-%m")
    given["diagnostic"][6][1] = date(2026, 11, 15)
    given["diagnostic"][3][1] = 2.0
    folder = read_folder(write_folder(tmp_path / "folder"))
    assert same_evidence(read_folder(write(tmp_path / "book", workbook_bytes(given))), folder)


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "named", "message"),
    [
        ("frame", 3, "headcount", "many", "headcount", "“many” is not a headcount"),
        ("survey", 5, "HEAR1", 9, "HEAR1", "“9” is not an answer to HEAR1"),
        ("survey", 5, "HEAR1", "=NA()", "HEAR1 (C)", "The cell holds the error “#N/A”"),
        ("records", 2, "kind", "chat", "kind", "“chat” is not"),
        ("ratings", 4, "record_id", "X1", "record_id", "There is no record “X1” in the sheet “records”"),
        ("quotes", 2, "released", "perhaps", "released", "“perhaps” is neither"),
        ("reviews", 2, "decision", "maybe", "decision", "“maybe” is not a decision"),
    ],
)  # fmt: skip
def test_a_fault_names_file_sheet_row_and_column(
    tmp_path: Path, sheet: str, row: int, column: str, value: object, named: str, message: str
) -> None:
    content = workbook_bytes({**sheets(), sheet: with_value(sheet, row, column, value)})
    if value == "=NA()":
        parts = parts_of(content)
        place = next(name for name, part in parts.items() if b"<f>NA()</f>" in part)
        part = parts[place]
        start = part.rindex(b"<c ", 0, part.index(b"<f>NA()</f>"))
        end = part.index(b"</c>", start)
        cell = part[start:end].split(b">", 1)[0]
        parts[place] = part[:start] + cell + b' t="e"><f>NA()</f><v>#N/A</v>' + part[end:]
        content = packed(parts.items())
    path = write(tmp_path, content)
    assert message in only_fault(path, f"evidence.xlsx, sheet {sheet}", row, named)


@pytest.mark.parametrize(
    ("place", "row", "key", "message"),
    [
        (1, ["authority.code", "nonsense"], "authority.code", "not an ONS code"),
        (6, ["as_of", ""], "as_of", "is missing"),
        (3, ["wav", "2"], "wav", "Did you mean “wave”?"),
        (7, ["framework", "third"], "framework", "“third” is not a framework"),
    ],
)
def test_faults_of_the_settings_name_their_row(
    tmp_path: Path, place: int, row: list[object], key: str, message: str
) -> None:
    rows = sheets()["diagnostic"]
    rows[place] = row
    faults = folder_faults(write_sheets(tmp_path, diagnostic=rows))
    said = {(fault.file, fault.row, fault.column): fault.message for fault in faults}
    assert message in said["evidence.xlsx, sheet diagnostic", place + 1, key]


def test_a_missing_sheet_is_called_a_sheet(tmp_path: Path) -> None:
    path = write_sheets(tmp_path, frame=None)
    message = only_fault(path, "evidence.xlsx, sheet frame", None, None)
    assert message.startswith("The sheet is missing.")


def test_an_unknown_sheet_is_pointed_out_and_its_errors_are_nobodys(tmp_path: Path) -> None:
    found = read_folder(write_sheets(tmp_path, record=[["a", "b"], ["c"]]))
    assert [str(warning) for warning in found.warnings] == [
        "evidence.xlsx, sheet record: The sheet was not read. Did you mean “records”? Write one of: "
        "diagnostic, frame, survey, records, ratings, quotes or reviews."
    ]


def test_previous_may_be_a_workbook_or_a_folder(tmp_path: Path) -> None:
    rows = sheets()["diagnostic"]
    first: list[list[object]] = [*rows[:3], ["wave", "1"], *rows[4:]]
    write_sheets(tmp_path, "first.xlsx", diagnostic=first)
    second = write_sheets(tmp_path, "second.xlsx", diagnostic=[*rows, ["previous", "first.xlsx"]])
    assert [wave.evidence.diagnostic.wave for wave in read_waves(second)] == [1, 2]
    write_folder(tmp_path / "old", {"diagnostic.yaml": _yaml_of_wave_1()})
    third = write_sheets(tmp_path, "third.xlsx", diagnostic=[*rows, ["previous", "old"]])
    assert [wave.evidence.diagnostic.wave for wave in read_waves(third)] == [1, 2]


def _yaml_of_wave_1() -> str:
    from tests.app.small_folder import SETTINGS

    return SETTINGS.replace("wave: 2", "wave: 1")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty"),
        (b"role_group,service_area\n", "This is not an Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "of the old kind (.xls)"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password",
        ),
        (b"PK\x03\x04" + b"\0" * 99, "damaged"),
        (packed([("word/document.xml", b"<a/>")]), "This is not an Excel workbook"),
        (packed([("xl/workbook.bin", b"x")]), "a binary workbook (.xlsb)"),
        (packed([("xl/workbook.xml", b"<a/>")]), "damaged"),
        (
            packed((f"xl/media/{place}.png", b"") for place in range(workbook_parts.MAXIMUM_ENTRIES + 1)),
            "2,001 parts",
        ),
    ],
)
def test_what_is_no_workbook_says_so(tmp_path: Path, content: bytes, message: str) -> None:
    path = write(tmp_path, content)
    assert message in only_fault(path, "evidence.xlsx", None, None)
