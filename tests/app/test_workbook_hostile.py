"""Workbooks made to take memory or time, or to bring something in: refused before they are opened."""

import zipfile
from pathlib import Path

import pytest

from app.interchange import workbook, workbook_parts
from app.interchange.evidence_folder import read_folder
from app.interchange.faults import Report
from diagnostics.evidence import Frame
from tests.app.small_folder import only_fault
from tests.app.test_workbook import write
from tests.app.workbooks import packed, parts_of, sheets, workbook_bytes

FRAME = "xl/worksheets/sheet2.xml"
END = b"</sheetData>"


def changed(part: str, old: bytes, new: bytes) -> bytes:
    """Give the small folder as a workbook with one part changed."""
    parts = parts_of(workbook_bytes(sheets()))
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)
    return packed(parts.items())


def usual_frame(folder: Path) -> Frame:
    return read_folder(write(folder / "usual", workbook_bytes(sheets()))).frame


def parts_read_as_xml() -> list[str]:
    return [name for name in parts_of(workbook_bytes(sheets())) if "theme" not in name]


def test_a_zip_bomb_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_parts, "MAXIMUM_UNPACKED", 1_000_000)
    parts = parts_of(workbook_bytes(sheets()))
    path = write(tmp_path, packed([*parts.items(), ("xl/more.xml", b" " * 2_000_000)]))
    assert path.stat().st_size < 60_000
    assert "It was not opened" in only_fault(path, "evidence.xlsx", None, None)


def test_a_part_that_says_less_than_it_holds_brings_no_more_than_it_says(tmp_path: Path) -> None:
    content = bytearray(changed(FRAME, END, END + b" " * 3_000_000))
    with zipfile.ZipFile(write(tmp_path, bytes(content))) as archive:
        size = archive.getinfo(FRAME).file_size
    said = size.to_bytes(4, "little")
    path = write(tmp_path, bytes(content).replace(said, (999).to_bytes(4, "little")))
    assert "damaged" in only_fault(path, "evidence.xlsx", None, None)


def test_a_file_over_50_mb_is_not_read(tmp_path: Path) -> None:
    path = write(tmp_path, b"PK\x03\x04")
    with path.open("r+b") as file:
        file.truncate(50 * 1024 * 1024 + 1)
    assert "the most is 50 MB" in only_fault(path, "evidence.xlsx", None, None)


@pytest.mark.parametrize("element", [b"<c/>", b"<row/>", b'<x:c xmlns:x="a"/>'])
def test_more_elements_than_any_survey_has_are_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, element: bytes
) -> None:
    monkeypatch.setattr(workbook_parts, "MAXIMUM_ELEMENTS", 20_000)
    path = write(tmp_path, changed(FRAME, END, element * 20_000 + END))
    assert "holds more than 20,000 cells" in only_fault(path, "evidence.xlsx", None, None)


def test_more_attributes_than_any_survey_has_are_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_parts, "MAXIMUM_ATTRIBUTES", 20_000)
    many = b" ".join(b"a%d = ''" % number for number in range(20_000))
    path = write(tmp_path, changed(FRAME, END, b"<c " + many + b"/>" + END))
    assert "cells and other things. It was not opened" in only_fault(path, "evidence.xlsx", None, None)


def test_many_sheets_made_of_one_large_part_are_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_parts, "MAXIMUM_ELEMENTS_READ", 200_000)
    more = b"".join(b'<sheet name="s%d" sheetId="%d" r:id="rId1"/>' % (n, n + 50) for n in range(200))
    path = write(tmp_path, changed("xl/workbook.xml", b"</sheets>", more + b"</sheets>"))
    assert "sheets, which together hold too much" in only_fault(path, "evidence.xlsx", None, None)


@pytest.mark.parametrize("part", parts_read_as_xml())
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_no_part_may_define_entities(tmp_path: Path, part: str, encoding: str) -> None:
    parts = parts_of(workbook_bytes(sheets()))
    text = parts[part].decode()
    start = text.index("?>") + 2
    defined = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    text = f'<?xml version="1.0" encoding="{encoding}"?>{defined}{text[start:]}'
    parts[part] = text.encode(encoding)
    message = only_fault(write(tmp_path, packed(parts.items())), "evidence.xlsx", None, None)
    assert "written as no spreadsheet writes it. It was not opened" in message
    assert part in message


@pytest.mark.parametrize(
    "long",
    [
        b"<c " + b" ".join(b'a%d=""' % number for number in range(130_000)) + b"/>",
        b"<!--" + b"<c/>" * 280_000 + b"-->",
        b"<!--" + b"<c/>" * 280_000,
        b"<?a " + b">" * 1_100_000 + b"?>",
        b"x" * 1_100_000,
    ],
)
def test_nothing_in_a_part_may_be_so_long_that_a_parser_reads_it_again_and_again(
    tmp_path: Path, long: bytes
) -> None:
    path = write(tmp_path, changed(FRAME, END, long + END))
    assert "written as no spreadsheet writes it" in only_fault(path, "evidence.xlsx", None, None)


def test_comments_and_pictures_are_no_hindrance(tmp_path: Path) -> None:
    content = changed(FRAME, END, b"<!-- made by a tool -->" * 50 + END)
    parts = parts_of(content)
    parts["xl/media/image1.png"] = b"\x89PNG" + b"\xff" * 2_000_000 + b"<f <!DOCTYPE"
    assert read_folder(write(tmp_path, packed(parts.items()))).frame == usual_frame(tmp_path)


@pytest.mark.parametrize("encoding", ["utf-7", "cp037", "iso-2022-jp", "hz"])
def test_no_part_may_hide_behind_an_encoding(tmp_path: Path, encoding: str) -> None:
    parts = parts_of(workbook_bytes(sheets()))
    text = parts["xl/styles.xml"].decode()
    text = f'<?xml version="1.0" encoding="{encoding}"?>{text[text.index("?>") + 2 :]}'
    parts["xl/styles.xml"] = text.encode("cp037" if encoding == "cp037" else "utf-8")
    message = only_fault(write(tmp_path, packed(parts.items())), "evidence.xlsx", None, None)
    assert "written as no spreadsheet writes it" in message


def test_a_cell_far_away_takes_no_room(tmp_path: Path) -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>' + END
    path = write(tmp_path, changed(FRAME, END, far))
    message = only_fault(path, "evidence.xlsx, sheet frame", 1_048_576, "XFD")
    assert "more than 2,000 columns" in message


def test_an_empty_cell_far_away_is_no_fault(tmp_path: Path) -> None:
    far = b'<row r="1048576"><c r="XFD1048576" s="1"/></row>' + END
    assert read_folder(write(tmp_path, changed(FRAME, END, far))).frame == usual_frame(tmp_path)


def test_a_sheet_that_says_it_is_as_large_as_can_be_is_read_as_it_is(tmp_path: Path) -> None:
    parts = parts_of(workbook_bytes(sheets()))
    before, _, after = parts[FRAME].partition(b"<dimension ref=")
    parts[FRAME] = before + b'<dimension ref="A1:XFD1048576"/>' + after.partition(b"/>")[2]
    assert read_folder(write(tmp_path, packed(parts.items()))).frame == usual_frame(tmp_path)


def test_rows_that_reach_far_to_the_right_end_the_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MAXIMUM_CELLS", 100_000)
    wide = b"".join(b'<row r="%d"><c r="XFD%d" s="1"/></row>' % (n, n) for n in range(100, 120))
    path = write(tmp_path, changed(FRAME, END, wide + END))
    message = only_fault(path, "evidence.xlsx, sheet frame", 106, None)
    assert "more than 100,000 cells, most of them empty" in message


@pytest.mark.parametrize("row", [b"1048577", b"99999999999", b"-5", b"1e99"])
def test_a_row_that_no_spreadsheet_has_is_damage(tmp_path: Path, row: bytes) -> None:
    path = write(tmp_path, changed(FRAME, END, b'<row r="%s"><c><v>1</v></c></row>' % row + END))
    report = Report()
    found = workbook.read_workbook(path, report)
    if row == b"-5":
        assert found is not None, "a row before the first is left out"
    else:
        assert "damaged" in report.faults[0].message


def test_more_rows_than_evidence_has_end_the_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAXIMUM_ROWS", 3)
    report = Report()
    found = workbook.read_workbook(write(tmp_path, workbook_bytes({"a": [["x"]] * 4})), report)
    assert found is not None
    assert found[0].rows == ()
    assert [(fault.row, fault.message) for fault in found[0].faults] == [
        (4, "The sheet has more than 3 rows. Check that it is the right one.")
    ]
