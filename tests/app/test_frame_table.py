"""An uploaded frame: every way in which people save such a table, and all that can be wrong with it."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.interchange.faults import Report
from app.interchange.frame_table import Expected, read_frame_file
from app.interchange.frame_writing import frame_csv, frame_workbook
from app.interchange.framework_files import load_once, supplied_frameworks
from diagnostics.evidence import Frame, FrameCell
from diagnostics.framework import Framework
from tests.app.workbooks import packed, parts_of, workbook_bytes

ROLES = ("leaders", "team_managers", "registered", "other_practitioners", "support")
HEADER = ("role_group", "service_area", "headcount")
ROWS = (HEADER, ("leaders", "Early help", 4), ("registered", "Early help", 20), ("leaders", "Tŷ Ŵyl", 2))
ACROSS = (
    ("service_area", "Leaders", "Team managers", "registered", "Other practitioners", "support"),
    ("Early help", 4, 8, 20, 44, 9),
    ("Tŷ Ŵyl", 2, "", 0, 3, ""),
)
Rows = Sequence[Sequence[object]]


@pytest.fixture
def framework() -> Framework:
    return load_once(supplied_frameworks()["evidence_use_v1"].read_text(encoding="utf-8"))


class Reader:
    """Reads files of a test under the published framework."""

    def __init__(self, folder: Path, framework: Framework) -> None:
        self.folder = folder
        self.framework = framework
        self.roles: tuple[str, ...] = ROLES
        self.areas: tuple[str, ...] = ()

    def read(self, content: bytes, suffix: str = ".csv") -> tuple[Frame | None, Report]:
        path = self.folder / f"frame{suffix}"
        path.write_bytes(content)
        report = Report()
        expected = Expected(self.framework, self.roles, self.wrong_area)
        return read_frame_file(path, expected, report), report

    def wrong_area(self, name: str) -> str:
        return "" if not self.areas or name in self.areas else f"“{name}” is outside."

    def cells(self, content: bytes, suffix: str = ".csv") -> dict[tuple[str, str], int]:
        """Give the people of a file without faults."""
        frame, report = self.read(content, suffix)
        assert frame is not None, [str(fault) for fault in report.faults]
        return {
            (cell.role_group, cell.service_area): cell.headcount for cell in frame.cells if cell.headcount
        }

    def faults(self, content: bytes, suffix: str = ".csv") -> list[tuple[int | None, str | None, str]]:
        """Give the faults of a file that has some."""
        frame, report = self.read(content, suffix)
        assert frame is None
        assert report.faults
        return [(fault.row, fault.column, fault.message) for fault in report.faults]


@pytest.fixture
def reader(tmp_path: Path, framework: Framework) -> Reader:
    return Reader(tmp_path, framework)


def as_csv(rows: Rows, separator: str = ",", encoding: str = "utf-8") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode(encoding)


IN_ROWS = {("leaders", "Early help"): 4, ("registered", "Early help"): 20, ("leaders", "Tŷ Ŵyl"): 2}


@pytest.mark.parametrize(
    ("separator", "encoding"), [(",", "utf-8"), (",", "utf-8-sig"), (";", "utf-8"), (";", "utf-8-sig")]
)
def test_rows_in_csv(reader: Reader, separator: str, encoding: str) -> None:
    assert reader.cells(as_csv(ROWS, separator, encoding)) == IN_ROWS


def test_line_ends_and_empty_lines_do_not_matter(reader: Reader) -> None:
    text = as_csv(ROWS).decode().replace("\r\n", "\r\n\r\n")
    assert reader.cells(text.encode()) == IN_ROWS
    assert reader.cells(text.replace("\r\n", "\n").encode()) == IN_ROWS
    assert reader.cells(text.replace("\r\n", "\r").encode()) == IN_ROWS


@pytest.mark.parametrize("sheet", ["frame", "Frame ", "Sheet1"])
def test_rows_in_a_workbook(reader: Reader, sheet: str) -> None:
    assert reader.cells(workbook_bytes({sheet: ROWS}), ".xlsx") == IN_ROWS


def test_the_sheet_called_frame_is_read_among_others(reader: Reader) -> None:
    book = workbook_bytes({"Notes": [["Made on Monday"]], "frame": ROWS})
    assert reader.cells(book, ".xlsx") == IN_ROWS


def test_which_sheet_is_meant_must_be_clear(reader: Reader) -> None:
    book = workbook_bytes({"2025": ROWS, "2026": ROWS})
    [(row, _, message)] = reader.faults(book, ".xlsx")
    assert row is None
    assert "“2025”, “2026”" in message
    assert "Name the one to read “frame”" in message


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_table_across_with_names_or_ids(reader: Reader, suffix: str) -> None:
    content = as_csv(ACROSS) if suffix == ".csv" else workbook_bytes({"frame": ACROSS})
    assert reader.cells(content, suffix) == {
        ("leaders", "Early help"): 4, ("team_managers", "Early help"): 8, ("registered", "Early help"): 20,
        ("other_practitioners", "Early help"): 44, ("support", "Early help"): 9, ("leaders", "Tŷ Ŵyl"): 2,
        ("other_practitioners", "Tŷ Ŵyl"): 3,
    }  # fmt: skip


@pytest.mark.parametrize("heading", ["service_area", "Service area", "Team", "Where"])
def test_the_column_of_areas_may_be_called_anything(reader: Reader, heading: str) -> None:
    assert reader.cells(as_csv([[heading, "LEADERS "], ["Early help", 3]])) == {("leaders", "Early help"): 3}


def test_role_groups_without_a_column_are_said(reader: Reader) -> None:
    _, report = reader.read(as_csv([["service_area", "Leaders"], ["Early help", 3]]))
    assert [warning.message for warning in report.warnings] == [
        f"There is no column for {name}, so nobody is counted there."
        for name in ("Team managers", "Registered practitioners", "Other practitioners",
                     "Business support and commissioning")
    ]  # fmt: skip


def test_case_and_spaces_do_not_make_another_name(reader: Reader) -> None:
    rows = [
        HEADER,
        ("Leaders", " Early  help", 4),
        ("TEAM MANAGERS", "early help", 5),
        ("support", "EARLY HELP", 6),
    ]
    assert reader.cells(as_csv(rows)) == {
        ("leaders", "Early help"): 4, ("team_managers", "Early help"): 5, ("support", "Early help"): 6,
    }  # fmt: skip


def test_an_accent_typed_in_two_ways_is_one_name(reader: Reader) -> None:
    rows = [HEADER, ("leaders", "Tŷ", 4), ("support", "Ty\N{COMBINING CIRCUMFLEX ACCENT}", 5)]
    assert reader.cells(as_csv(rows)) == {("leaders", "Tŷ"): 4, ("support", "Tŷ"): 5}


@pytest.mark.parametrize(
    ("text", "people"), [("12", 12), ("12.0", 12), ("1,200", 1200), ("012", 12), (" 7 ", 7), ("0", 0)]
)
def test_how_a_headcount_may_be_written(reader: Reader, text: str, people: int) -> None:
    rows = [HEADER, ("leaders", "Early help", text), ("support", "Early help", 1)]
    assert reader.cells(as_csv(rows)).get(("leaders", "Early help"), 0) == people


@pytest.mark.parametrize("text", ["-3", "12.5", "1 200", "1,20", "twelve", "12 FTE", "1e2"])
@pytest.mark.parametrize("across", [False, True])
def test_what_is_not_a_headcount(reader: Reader, text: str, across: bool) -> None:
    rows: Rows = [HEADER, ("support", "A", 1), ("leaders", "B", text)]
    if across:
        rows = [("Area", "support", "Leaders"), ("A", 1, 1), ("B", 1, text)]
    [(row, column, message)] = reader.faults(as_csv(rows))
    assert (row, column) == (3, "Leaders" if across else "headcount")
    assert f"“{text}” is not a headcount" in message


def test_an_empty_cell_is_nobody_across_and_a_fault_in_rows(reader: Reader) -> None:
    assert reader.cells(as_csv([("Area", "Leaders", "support"), ("A", "", 2)])) == {("support", "A"): 2}
    [(row, column, _)] = reader.faults(as_csv([HEADER, ("leaders", "A", ""), ("support", "A", 2)]))
    assert (row, column) == (2, "headcount")


def test_a_pair_that_stands_twice(reader: Reader) -> None:
    [(row, column, message)] = reader.faults(as_csv([*ROWS, ("Leaders", "EARLY HELP", 9)]))
    assert (row, column) == (5, "service_area")
    assert "stands in row 2 already" in message
    [(row, column, message)] = reader.faults(as_csv([*ACROSS, ("early help", 1, 1, 1, 1, 1)]))
    assert (row, column) == (4, "service_area")
    assert "stands in row 2 already" in message


@pytest.mark.parametrize(
    "rows",
    [
        [HEADER],
        [ACROSS[0]],
        [HEADER, ("", "", "")],
        [("Area", "Leaders"), ("A", 0)],
        [HEADER, ("leaders", "A", 0)],
    ],
)
def test_a_frame_of_nobody(reader: Reader, rows: Rows) -> None:
    messages = [message for _, _, message in reader.faults(as_csv(rows))]
    assert len(messages) == 1
    assert "empty" in messages[0] or "nobody" in messages[0]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_file_of_something_else(reader: Reader, suffix: str) -> None:
    rows: Rows = [("Date", "Amount"), ("2026-01-01", 12)]
    [(row, _, message)] = reader.faults(
        as_csv(rows) if suffix == ".csv" else workbook_bytes({"Money": rows}), suffix
    )
    assert row == 1
    assert "role_group, service_area and headcount" in message
    assert "one column for each role group" in message


def test_columns_that_nobody_knows_or_that_stand_twice(reader: Reader) -> None:
    found = reader.faults(as_csv([("Area", "Leaders", "FTE", "leaders"), ("A", 1, 2, 3)]))
    assert [(row, column) for row, column, _ in found] == [(1, "FTE"), (1, "leaders")]


def test_totals_are_not_counted_again(reader: Reader) -> None:
    rows = [("Area", "Leaders", "support", "Total"), ("A", 1, 2, 3), ("Total", 1, 2, 3)]
    [(row, column, message)] = reader.faults(as_csv(rows))
    assert (row, column) == (3, "Area")
    assert "row of totals" in message
    _, report = reader.read(as_csv(rows[:-1]))
    assert "The column of totals is left aside." in [warning.message for warning in report.warnings]


def test_a_name_that_a_spreadsheet_would_compute(reader: Reader) -> None:
    for name in ("=HYPERLINK(1)", "+44", "@home", "-x"):
        [(row, column, message)] = reader.faults(as_csv([HEADER, ("leaders", name, 3)]))
        assert (row, column) == (2, "service_area")
        assert "for a formula" in message


def test_names_too_long_and_cells_too_large(reader: Reader) -> None:
    found = reader.faults(as_csv([HEADER, ("leaders", "x" * 121, 3), ("support", "A", 20001)]))
    assert [(row, column) for row, column, _ in found] == [(2, "service_area"), (3, "headcount")]


def test_more_areas_than_a_frame_can_have(reader: Reader) -> None:
    sixty = [HEADER, *(("leaders", f"Area {n}", 1) for n in range(60))]
    assert len(reader.cells(as_csv(sixty))) == 60
    [(_, column, message)] = reader.faults(as_csv([*sixty, ("leaders", "One more", 1)]))
    assert column == "service_area"
    assert "61 service areas; the most is 60" in message


def test_what_is_outside_the_scope_is_said_by_row_and_column(reader: Reader) -> None:
    reader.roles, reader.areas = ("leaders", "support"), ("Early help",)
    found = reader.faults(as_csv(ROWS))
    assert [(row, column) for row, column, _ in found] == [(3, "role_group"), (4, "service_area")]
    assert "Leaders and Business support and commissioning" in found[0][2]
    found = reader.faults(as_csv([("Area", "Leaders", "registered"), ("Fostering", 1, 1)]))
    assert [(row, column) for row, column, _ in found] == [(1, "registered"), (2, "Area")]


def test_formulas_are_read_by_their_results(reader: Reader) -> None:
    rows = [HEADER, ("leaders", "A", "=2+2"), ("support", "A", 1)]
    book = workbook_bytes({"frame": rows})
    # The library that writes it computes nothing and saves 0 as the result.
    assert reader.cells(book, ".xlsx") == {("support", "A"): 1}
    without = [(name, data.replace(b"</f><v>0</v>", b"</f>")) for name, data in parts_of(book).items()]
    found = reader.faults(packed(without), ".xlsx")
    assert {row for row, _, _ in found} == {2}
    assert any("formula without its result" in message for _, _, message in found)


def test_an_error_in_a_cell_is_a_fault(reader: Reader) -> None:
    book = workbook_bytes({"frame": [HEADER, ("leaders", "A", 3)]})
    error = b'<c r="C2" t="e"><v>#REF!</v>'
    broken = [(name, data.replace(b'<c r="C2"><v>3</v>', error)) for name, data in parts_of(book).items()]
    assert any("#REF!" in message for _, _, message in reader.faults(packed(broken), ".xlsx"))


def test_a_workbook_that_unpacks_to_far_more_is_not_opened(reader: Reader) -> None:
    parts = [("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", b" " * (301 * 1024 * 1024))]
    [(row, _, message)] = reader.faults(packed(parts), ".xlsx")
    assert row is None
    assert "once unpacked" in message


@pytest.mark.parametrize(
    "content", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, b"PK\x03\x04 broken", b"<html>"]
)
def test_what_is_no_workbook(reader: Reader, content: bytes) -> None:
    [(row, _, message)] = reader.faults(content, ".xlsx")
    assert row is None
    assert "Excel Workbook (.xlsx)" in message


def test_a_workbook_that_is_called_csv(reader: Reader) -> None:
    [(_, _, message)] = reader.faults(workbook_bytes({"frame": ROWS}))
    assert "Excel workbook, not a CSV file" in message


def test_a_frame_goes_round(reader: Reader, framework: Framework) -> None:
    cells = [
        FrameCell(role, area, n)
        for n, (role, area) in enumerate((r, a) for r in ROLES for a in ("Tŷ", "Ł, “x”"))
    ]
    frame = Frame(tuple(cells))
    for content, suffix in (
        (frame_csv(frame), ".csv"),
        (frame_workbook(frame, framework.role_groups), ".xlsx"),
    ):
        assert reader.read(content, suffix)[0] == frame


def test_an_empty_template_has_only_its_headings(reader: Reader, framework: Framework) -> None:
    empty = Frame(())
    assert frame_csv(empty).decode("utf-8-sig") == "role_group,service_area,headcount\r\n"
    for content, suffix in (
        (frame_csv(empty), ".csv"),
        (frame_workbook(empty, framework.role_groups), ".xlsx"),
    ):
        [(_, _, message)] = reader.faults(content, suffix)
        assert "The frame is empty" in message


def test_the_same_frame_gives_the_same_bytes(framework: Framework) -> None:
    frame = Frame((FrameCell("leaders", "A", 3),))
    assert frame_workbook(frame, framework.role_groups) == frame_workbook(frame, framework.role_groups)
