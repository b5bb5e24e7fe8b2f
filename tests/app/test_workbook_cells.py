"""What stands in a cell: dates, numbers, errors, results of formulas, and all else a workbook may hold."""

from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook as OpenpyxlWorkbook
from xlsxwriter import Workbook

from app.interchange.faults import Report
from app.interchange.workbook import Sheet, read_workbook
from tests.app.workbooks import packed, parts_of, workbook_bytes

SHEET = "xl/worksheets/sheet1.xml"


def read(folder: Path, content: bytes) -> tuple[Sheet, ...]:
    path = folder / "book.xlsx"
    path.write_bytes(content)
    report = Report()
    found = read_workbook(path, report)
    assert found is not None, report.faults
    return found


def cells(sheet: Sheet) -> list[list[str]]:
    return [list(row.cells) for row in sheet.rows]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "3"),
        (3.0, "3"),
        (0.1 + 0.2, "0.3"),
        (1e20, "1e+20"),
        (-0.5, "-0.5"),
        (True, "TRUE"),
        (False, "FALSE"),
        ("007", "007"),
        (" x ", " x "),
        ("a\nb", "a\nb"),
        ("Siân ŷ 😀", "Siân ŷ 😀"),
    ],
)
def test_a_value_is_read_as_a_person_would_write_it(tmp_path: Path, value: object, text: str) -> None:
    assert cells(read(tmp_path, workbook_bytes({"a": [[value]]}))[0]) == [[text]]


@pytest.mark.parametrize(
    ("value", "look", "text"),
    [
        (date(2026, 11, 15), "dd/mm/yyyy", "2026-11-15"),
        (datetime(2026, 11, 15, 9, 30), "dd/mm/yyyy hh:mm", "2026-11-15 09:30:00"),
        (datetime(2026, 11, 15, 9, 30, 59), "[$-809]d mmmm yyyy;@", "2026-11-15 09:30:59"),
        (datetime(2026, 11, 1), "mmm-yy", "2026-11-01"),
        (time(9, 30), "hh:mm", "09:30:00"),
    ],
)
@pytest.mark.parametrize("from_1904", [False, True])
def test_a_date_is_read_whatever_it_looks_like(
    tmp_path: Path, value: date, look: str, text: str, from_1904: bool
) -> None:
    memory = BytesIO()
    with Workbook(memory, {"in_memory": True, "date_1904": from_1904}) as book:
        sheet = book.add_worksheet()
        sheet.write_datetime(0, 0, value, book.add_format({"num_format": look}))
    assert cells(read(tmp_path, memory.getvalue())[0]) == [[text]]


def test_a_date_without_a_look_is_a_number(tmp_path: Path) -> None:
    assert cells(read(tmp_path, workbook_bytes({"a": [[46_341]]}))[0]) == [["46341"]]


@pytest.mark.parametrize(
    "error", ["#N/A", "#DIV/0!", "#REF!", "#NAME?", "#VALUE!", "#NUM!", "#NULL!", "#SPILL!"]
)
def test_an_error_is_named_with_its_place(tmp_path: Path, error: str) -> None:
    memory = BytesIO()
    with Workbook(memory, {"in_memory": True}) as book:
        sheet = book.add_worksheet("frame")
        sheet.write_row(0, 0, ["role_group", "headcount"])
        sheet.write_formula(4, 1, "=A1/0", None, error)
    content = memory.getvalue()
    parts = parts_of(content)
    parts[SHEET] = parts[SHEET].replace(b'<c r="B5" t="str">', b'<c r="B5" t="e">')
    found = read(tmp_path, packed(parts.items()))[0]
    assert [(fault.file, fault.row, fault.column) for fault in found.faults] == [
        ("book.xlsx, sheet frame", 5, "headcount (B)")
    ]
    assert found.faults[0].message == (
        f"The cell holds the error “{error}”. Write the value itself, or empty it."
    )


def test_the_saved_result_of_a_formula_is_read_and_nothing_is_computed(tmp_path: Path) -> None:
    memory = BytesIO()
    with Workbook(memory, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_formula(0, 0, "=1+1", None, 5)
        sheet.write_formula(0, 1, '=WEBSERVICE("https://example.org")', None, "saved")
        sheet.write_formula(0, 2, '=""', None, "")
        sheet.write_formula(0, 3, "=1=1", None, True)
        sheet.write_array_formula(0, 4, 0, 4, "{=SUM(A1:B1)}", None, 7)
    parts = parts_of(memory.getvalue())
    # As a spreadsheet writes a formula whose result is an empty text.
    parts[SHEET] = parts[SHEET].replace(b'<c r="C1">', b'<c r="C1" t="str">')
    found = read(tmp_path, packed(parts.items()))[0]
    assert cells(found) == [["5", "saved", "", "TRUE", "7"]]
    assert found.faults == ()


def test_a_formula_that_was_saved_without_its_result_is_a_fault(tmp_path: Path) -> None:
    memory = BytesIO()
    book = OpenpyxlWorkbook()
    sheet = book.worksheets[0]
    sheet.append(["headcount", "note"])
    sheet.append([3, "x"])
    sheet.append(["=SUM(A2:A2)", "=A1&B1"])
    book.save(memory)
    found = read(tmp_path, memory.getvalue())[0]
    assert [(fault.row, fault.column) for fault in found.faults] == [(3, "headcount (A)"), (3, "note (B)")]
    assert all("a formula without its result" in fault.message for fault in found.faults)


def test_characters_that_the_format_writes_in_letters_are_those_characters(tmp_path: Path) -> None:
    parts = parts_of(workbook_bytes({"a": [["one"], ["two"], ["three"]]}))
    texts = parts["xl/sharedStrings.xml"]
    texts = texts.replace(b"<t>one</t>", b"<t>a_x000D_\nb</t>").replace(b"<t>two</t>", b"<t>c_xD800_d</t>")
    parts["xl/sharedStrings.xml"] = texts.replace(
        b"<t>three</t>", b'<r><t>ri</t></r><r><t>ch</t></r><rPh sb="0" eb="1"><t>no</t></rPh>'
    )
    assert cells(read(tmp_path, packed(parts.items()))[0]) == [["a\r\nb"], ["cd"], ["rich"]]


def test_a_long_text_is_a_fault(tmp_path: Path) -> None:
    parts = parts_of(workbook_bytes({"a": [["comment"], ["long"]]}))
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace(b"long", b"x" * 131_073)
    found = read(tmp_path, packed(parts.items()))[0]
    assert found.faults[0].message == "The cell holds more than 131,072 characters. Shorten the text."


def test_all_else_that_a_workbook_may_hold_is_no_hindrance(tmp_path: Path) -> None:
    memory = BytesIO()
    with Workbook(memory, {"in_memory": True}) as book:
        sheet = book.add_worksheet("a")
        sheet.write_row(0, 0, ["name", "count"])
        for row in range(1, 9):
            sheet.write_row(row, 0, ["x", row])
        sheet.write_comment(0, 0, "a note")
        sheet.write_url(1, 0, "https://example.org", string="x")
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, 8, 1)
        sheet.filter_column_list("A", ["x", "Blanks"])
        sheet.filter_column("B", "x > 3 and x != 7")
        sheet.data_validation(1, 1, 8, 1, {"validate": "list", "source": ["1", "2"]})
        for rule in (
            {"type": "data_bar", "data_bar_2010": True},
            {"type": "3_color_scale"},
            {"type": "icon_set", "icon_style": "3_arrows"},
        ):
            sheet.conditional_format(1, 1, 8, 1, rule)
        sheet.conditional_format(
            1, 0, 8, 0, {"type": "formula", "criteria": "=$B2>3", "format": book.add_format({"bold": True})}
        )
        sheet.add_sparkline(0, 5, {"range": "a!B2:B9"})
        sheet.merge_range(10, 0, 10, 3, "")
        sheet.protect("secret", {"sort": True})
        sheet.repeat_rows(0)
        sheet.print_area(0, 0, 8, 1)
        sheet.set_row(3, None, None, {"level": 1, "hidden": True})
        sheet.set_column(2, 4, 9, None, {"level": 1, "collapsed": True})
        sheet.insert_checkbox(2, 6, True)
        sheet.set_header("&Lleft &Pof&N")
        sheet.insert_textbox(12, 2, "a box")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=a!$B$2:$B$9"})
        sheet.insert_chart(12, 8, chart)
        other = book.add_worksheet("b")
        other.add_table(
            0,
            0,
            3,
            1,
            {"data": [["p", 1], ["q", 2], ["r", 3]], "columns": [{"header": "k"}, {"header": "v"}]},
        )
        other.hide()
        whole = book.add_chartsheet("c")
        whole_chart = book.add_chart({"type": "pie"})
        whole_chart.add_series({"values": "=a!$B$2:$B$9"})
        whole.set_chart(whole_chart)
        book.define_name("gone", "=#REF!$A$1")
        book.define_name("a!local", "=a!$A$1")
        book.set_properties({"title": "t", "author": "x"})
        book.set_custom_property("when", datetime(2026, 1, 1))
    found = read(tmp_path, memory.getvalue())
    assert [(sheet.name, sheet.visible, len(sheet.rows)) for sheet in found] == [
        ("a", True, 9),
        ("b", False, 4),
    ]
    assert cells(found[0])[1][:2] == ["x", "1"]
    assert cells(found[1])[1] == ["p", "1"]
    assert found[0].faults == ()
