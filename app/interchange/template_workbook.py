"""An empty evidence workbook to fill in: drop-downs, notes and frozen headings, for one framework."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.interchange.delimited import column_letters
from app.interchange.evidence_files import DIAGNOSTIC_SHEET
from app.interchange.template_columns import Column, SheetPlan, keys, sheet_plans
from app.interchange.workbook import is_workbook
from diagnostics.framework import Framework

# Drop-downs reach down to here; the rows below it are read all the same.
_LAST_ROW = 20_000
_WIDE, _NARROW, _PROSE = 60, 16, 100
_LONGEST_NOTE = 2_000
# The same framework gives the same bytes.
_WRITTEN = datetime(2026, 1, 1)
# All other columns hold text, so that no spreadsheet makes a date of a month or of an id.
_COUNTS = frozenset(["headcount", "people"])
_HOW = (
    "Fill in the sheets from left to right; every column is explained below and in a note on its heading.",
    "“diagnostic” and “frame” are needed; other sheets may stay empty. Do not rename sheets or headings.",
    "Then run: diagnostic analyse THIS-FILE.xlsx --out FOLDER. It lists every mistake with its place.",
    "Names of people, email addresses and case numbers have no place here.",
)

Rows = Mapping[str, Sequence[Sequence[str]]]


class CannotWriteTemplate(ValueError):
    """A template cannot be written there; the message says why and what to do."""


def write_template(path: Path, framework: Framework, framework_name: str) -> None:
    """Write an empty evidence workbook; a file that exists is never overwritten."""
    if path.suffix.lower() != ".xlsx" or not is_workbook(path):
        raise CannotWriteTemplate(f"{path} is not the name of a workbook. Give a name that ends with .xlsx.")
    try:
        with path.open("xb") as file:
            file.write(template_bytes(framework, framework_name))
    except FileExistsError:
        raise CannotWriteTemplate(
            f"{path} exists and may hold evidence, so it is left as it is. Give another name."
        ) from None


def template_bytes(framework: Framework, framework_name: str, filled: Rows | None = None) -> bytes:
    """Give the workbook's bytes; ``filled`` puts rows into sheets (of “diagnostic”: keys and values)."""
    given = filled or {}
    memory = io.BytesIO()
    # No text is ever taken for a formula, a link or a number.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(memory, options) as book:
        book.set_properties({"title": f"Evidence: {framework.name}", "created": _WRITTEN})
        _Template(book, framework, framework_name).write(given)
    return memory.getvalue()


def book_bytes(title: str, guide: str, how: Sequence[str], plans: Sequence[SheetPlan], filled: Rows) -> bytes:
    """Give a workbook of tables with a sheet that explains them; ``guide`` is what that sheet is called.

    Raises
    ------
    CannotWriteTemplate
        Where a text is longer than a cell of a workbook can be.
    """
    memory = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(memory, options) as book:
        book.set_properties({"title": title, "created": _WRITTEN})
        writer = TableWriter(book, plans)
        writer.guide(book.add_worksheet(guide), (title, *how), ())
        writer.tables(filled)
    return memory.getvalue()


class TableWriter:
    """Writes sheets of tables, with drop-downs, into one workbook."""

    def __init__(self, book: Workbook, plans: Sequence[SheetPlan]) -> None:
        self.book = book
        self.plans = plans
        self.bold: Format = book.add_format({"bold": True, "bg_color": "#DCE6EE", "valign": "top"})
        self.text: Format = book.add_format({"num_format": "@", "valign": "top"})
        self.prose: Format = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        self.lists: dict[tuple[str, ...], str] = {}

    def tables(self, filled: Rows) -> None:
        """Write the tables, and behind them, hidden, the lists of the drop-downs."""
        sheets = [self.book.add_worksheet(plan.name) for plan in self.plans]
        lists = self.book.add_worksheet("lists")
        lists.hide()
        for plan, sheet in zip(self.plans, sheets, strict=True):
            self.table(sheet, plan, lists, filled.get(plan.name, ()))

    def guide(
        self, sheet: Worksheet, about: Sequence[str], first: Sequence[tuple[str, str, str]],
        last: Sequence[tuple[str, str, str]] = (),
    ) -> None:  # fmt: skip
        """Explain the workbook, and what each column holds."""
        sheet.set_column(0, 1, _NARROW + 8)
        sheet.set_column(2, 2, _PROSE, self.prose)
        row = 0
        for text in about:
            sheet.write_string(row, 0, text, self.bold if row == 0 else None)
            row += 1
        row += 1
        for place, heading in enumerate(("sheet", "column", "what it holds")):
            sheet.write_string(row, place, heading, self.bold)
        lines = list(first)
        for plan in self.plans:
            lines.append((plan.name, "", plan.about))
            lines += [(plan.name, column.name, _about(column)) for column in plan.columns]
        for line in (*lines, *last):
            row += 1
            for place, text in enumerate(line):
                sheet.write_string(row, place, text, self.prose if place == 2 else None)

    def table(
        self, sheet: Worksheet, plan: SheetPlan, lists: Worksheet, rows: Sequence[Sequence[str]]
    ) -> None:
        sheet.freeze_panes(1, 0)
        sheet.set_comments_author("")
        for place, column in enumerate(plan.columns):
            counted = column.name in _COUNTS
            sheet.set_column(place, place, _WIDE if column.wide else _NARROW, None if counted else self.text)
            sheet.write_string(0, place, column.name, self.bold)
            sheet.write_comment(0, place, _about(column)[:_LONGEST_NOTE], {"x_scale": 2.5, "y_scale": 2})
            source = self.source(column, lists)
            if source:
                sheet.data_validation(
                    1, place, _LAST_ROW, place,
                    {
                        "validate": "list",
                        "source": source,
                        "error_type": "stop" if column.strict and column.words else "warning",
                        "error_title": "Not one of the list",
                        "error_message": f"Pick a {column.name} from the list, or leave the cell empty.",
                    },
                )  # fmt: skip
        for number, cells in enumerate(rows, start=1):
            for place, text in enumerate(cells):
                # The library leaves out what does not fit, and says so by a number.
                if text and sheet.write_string(number, place, text, self.text) != 0:
                    raise CannotWriteTemplate(
                        f"A text in the sheet “{plan.name}” is longer than a cell of a workbook can be. "
                        "Export CSV files instead."
                    )

    def source(self, column: Column, lists: Worksheet) -> str:
        """Give where a drop-down takes its words from; lists in the cell itself are too short for many."""
        if column.same_as is not None:
            sheet, name = column.same_as
            plan = next(plan for plan in self.plans if plan.name == sheet)
            place = [one.name for one in plan.columns].index(name)
            letters = column_letters(place + 1)
            return f"={sheet}!${letters}$2:${letters}$2000"
        if not column.words:
            return ""
        if column.words not in self.lists:
            place = len(self.lists)
            for row, word in enumerate(column.words):
                lists.write_string(row, place, word)
            letters = column_letters(place + 1)
            self.lists[column.words] = f"=lists!${letters}$1:${letters}${len(column.words)}"
        return self.lists[column.words]


class _Template(TableWriter):
    """Writes the sheets of an evidence workbook."""

    def __init__(self, book: Workbook, framework: Framework, framework_name: str) -> None:
        super().__init__(book, sheet_plans(framework))
        self.framework = framework
        self.keys = keys(framework_name)

    def write(self, filled: Rows) -> None:
        """Write all sheets: the notes first, the lists behind the drop-downs last and hidden."""
        title = f"Evidence workbook for: {self.framework.name}, version {self.framework.version}"
        self.guide(
            self.book.add_worksheet("notes"),
            (title, *_HOW),
            [(DIAGNOSTIC_SHEET, key.name, key.about) for key in self.keys],
            # The meanings of the ids that people pick.
            [("framework", one.id, f"{one.name}: {one.statement}") for one in self.framework.characteristics],
        )
        self.diagnostic(
            self.book.add_worksheet(DIAGNOSTIC_SHEET), dict(map(_pair, filled.get(DIAGNOSTIC_SHEET, ())))
        )
        self.tables(filled)

    def diagnostic(self, sheet: Worksheet, given: dict[str, str]) -> None:
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 0, _NARROW + 8)
        sheet.set_column(1, 1, _NARROW + 20, self.text)
        sheet.set_column(2, 2, _PROSE, self.prose)
        for place, heading in enumerate(("key", "value", "what it means")):
            sheet.write_string(0, place, heading, self.bold)
        for row, key in enumerate(self.keys, start=1):
            sheet.write_string(row, 0, key.name)
            value = given.get(key.name, key.value)
            if value:
                sheet.write_string(row, 1, value, self.text)
            sheet.write_string(row, 2, key.about, self.prose)


def _pair(row: Sequence[str]) -> tuple[str, str]:
    return row[0], row[1]


def _about(column: Column) -> str:
    if not column.words or len(column.words) > 12:
        return column.about
    return f"{column.about} One of: {', '.join(column.words)}."
