"""Workbooks with typed cells and nothing to compute: the published tables as ``tables.xlsx``."""
# ruff: noqa: PLC0415

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from app.briefs.brief import Furniture
from app.briefs.plain_tables import MEANINGS, Cell, Kind, PlainTable
from app.briefs.tables_file import begins_like_a_formula
from diagnostics.published_parts import HIGHEST_PRINTED, LOWEST_PRINTED

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_A4 = 9
# A score at an open end reads "5 or lower"; the cell keeps the number.
_LOOKS: dict[Kind, str] = {
    "score": f'[<={LOWEST_PRINTED}]0" or lower";[>={HIGHEST_PRINTED}]0" or higher";0',
    "share": f'[<={LOWEST_PRINTED}]0"% or fewer";[>={HIGHEST_PRINTED}]0"% or more";0"%"',
    "points": "+0;−0;0",
    "number": "0",
}


class Book:
    """A workbook under way. What it writes is a number or a text, never a formula or a link."""

    def __init__(self, book: "Workbook") -> None:
        self._book = book
        self._formats: dict[tuple[object, ...], Format] = {}

    def sheet(self, name: str, widths: tuple[float, ...], heads: tuple[str, ...]) -> "Worksheet":
        """Begin a sheet whose first row is its head, stays in sight and is printed on every page."""
        sheet = self._book.add_worksheet(name)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        for place, head in enumerate(heads):
            sheet.write_string(
                0, place, head, self._format(bold=True, bottom=2, text_wrap=True, valign="bottom")
            )
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&RPage &P of &N")
        return sheet

    def write(self, sheet: "Worksheet", row: int, column: int, value: Cell, kind: Kind = "text") -> None:
        """Write a number as a number and a text as a text."""
        if isinstance(value, str):
            # The quote keeps a text a text when somebody edits the cell.
            quoted = begins_like_a_formula(value)
            look: dict[str, object] = {"quote_prefix": True} if quoted else {}
            sheet.write_string(row, column, value, self._format(text_wrap=True, valign="top", **look))
        else:
            shown = self._format(valign="top", align="right", num_format=_LOOKS.get(kind, "0"))
            sheet.write_number(row, column, value, shown)

    def empty(self, sheet: "Worksheet", row: int, column: int, **look: object) -> None:
        """Leave a cell to be filled in, with the look that it will have."""
        sheet.write_blank(row, column, None, self._format(text_wrap=True, valign="top", border=1, **look))

    def _format(self, **look: object) -> "Format":
        key = tuple(sorted(look.items(), key=lambda item: item[0]))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({"font_name": "Arial", "font_size": 10, **look})
        return self._formats[key]


@contextmanager
def new_book(out: BytesIO, title: str, furniture: Furniture) -> "Iterator[Book]":
    """Make a workbook that says what it is, and write it out at the end: the same bytes each time."""
    from xlsxwriter.workbook import Workbook

    book = Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    book.set_properties(
        {
            "title": title,
            "subject": furniture.description,
            "author": furniture.authority,
            "comments": furniture.drawn_from,
            "created": datetime.fromisoformat(furniture.created),
        }
    )
    book.set_size(24000, 14000)
    try:
        yield Book(book)
    finally:
        book.close()


def tables_workbook(tables: tuple[PlainTable, ...], furniture: Furniture) -> bytes:
    """Write a sheet for each table, and one of notes that explains every sheet, column and word."""
    out = BytesIO()
    with new_book(out, f"{furniture.masthead}: published tables", furniture) as book:
        for table in tables:
            heads = tuple(column.title for column in table.columns)
            sheet = book.sheet(table.name, tuple(column.width for column in table.columns), heads)
            for place, row in enumerate(table.rows, start=1):
                for at, (column, value) in enumerate(zip(table.columns, row, strict=True)):
                    book.write(sheet, place, at, value, column.kind)
            sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
        _write_notes(book, tables, furniture)
    return out.getvalue()


def _write_notes(book: Book, tables: tuple[PlainTable, ...], furniture: Furniture) -> None:
    rows = [
        ("The whole workbook", "What it is", furniture.description),
        ("The whole workbook", "Made from", furniture.drawn_from),
        (
            "The whole workbook",
            "Ends of a scale",
            "Scores and shares near an end are open, so that nobody can be picked out.",
        ),
        *(("A word in place of a number", word, meaning) for word, meaning in MEANINGS.items()),
    ]
    for table in tables:
        rows.append((table.name, "The sheet", table.explains))
        rows += [(table.name, column.title, column.explains) for column in table.columns]
    sheet = book.sheet("Notes", (28, 24, 90), ("Where", "What", "What it means"))
    for place, row in enumerate(rows, start=1):
        for at, text in enumerate(row):
            book.write(sheet, place, at, text)
