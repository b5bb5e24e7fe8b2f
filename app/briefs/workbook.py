"""Workbooks with typed cells and nothing to compute: the published tables as ``tables.xlsx``."""
# ruff: noqa: PLC0415

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING

from app.briefs.brief import Furniture
from app.briefs.plain_tables import MEANINGS, Cell, Exact, Kind, PlainTable
from app.briefs.tables_file import begins_like_a_formula
from diagnostics.published_parts import HIGHEST_PRINTED, LOWEST_PRINTED

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_A4 = 9
# Characters that fit across a page in type that can be read; what is wider goes on two pages.
_ACROSS = 190
_LINE_HEIGHT = 13.5
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

    def sheet(
        self, name: str, widths: tuple[float, ...], heads: tuple[str, ...], kinds: tuple[Kind, ...] = ()
    ) -> "Worksheet":
        """Begin a sheet whose first row is its head, stays in sight and is printed on every page."""
        sheet = self._book.add_worksheet(name)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        for place, head in enumerate(heads):
            align = "right" if place < len(kinds) and kinds[place] != "text" else "left"
            look = self._format(bold=True, bottom=2, text_wrap=True, valign="bottom", align=align, indent=1)
            sheet.write_string(0, place, head, look)
        # Programs that do not reckon heights themselves would let long texts run into each other.
        sheet.set_row(0, _height(zip(heads, widths, strict=True)))
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.repeat_columns(0)
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.fit_to_pages(1 if sum(widths) <= _ACROSS else 2, 0)
        sheet.set_footer("&L&A&RPage &P of &N")
        return sheet

    def write(
        self,
        sheet: "Worksheet",
        row: int,
        column: int,
        value: Cell,
        kind: Kind = "text",
        **more: object,
    ) -> None:
        """Write a number as a number, a text as a text, and a word for a number where the number would be."""
        align = "left" if kind in ("text", "place") else "right"
        if isinstance(value, str):
            # The quote keeps a text a text when somebody edits the cell.
            quoted = begins_like_a_formula(value)
            look = {"quote_prefix": True, **more} if quoted else more
            texts = self._format(text_wrap=True, valign="top", align=align, indent=1, **look)
            sheet.write_string(row, column, value, texts)
        else:
            number = "0" if isinstance(value, Exact) else _LOOKS.get(kind, "0")
            shown = self._format(valign="top", align=align, indent=1, num_format=number)
            sheet.write_number(row, column, value, shown)

    def write_day(self, sheet: "Worksheet", row: int, column: int, day: date) -> None:
        """Write a day as a day, so that a program can sort by it."""
        look = self._format(valign="top", align="left", indent=1, num_format="d mmmm yyyy")
        sheet.write_datetime(row, column, datetime.combine(day, time()), look)

    def high_enough(
        self, sheet: "Worksheet", row: int, texts: Iterable[Cell], widths: Iterable[float]
    ) -> None:
        """Make a row as high as its longest text needs."""
        sheet.set_row(row, _height(zip(texts, widths, strict=True)))

    def empty(self, sheet: "Worksheet", row: int, column: int, **look: object) -> None:
        """Leave a cell to be filled in, with the look that it will have."""
        sheet.write_blank(row, column, None, self._format(text_wrap=True, valign="top", border=1, **look))

    def _format(self, **look: object) -> "Format":
        key = tuple(sorted(look.items(), key=lambda item: item[0]))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({"font_name": "Arial", "font_size": 10, **look})
        return self._formats[key]


def _height(cells: Iterable[tuple[Cell, float]]) -> float:
    # A column is as wide as so many digits; letters are a little narrower, and an indent takes some room.
    lines = (len(wrap(str(text), max(1, int(1.12 * width - 1.5)))) for text, width in cells)
    return _LINE_HEIGHT * max(1, *lines) + 2


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
            widths = tuple(float(column.width) for column in table.columns)
            sheet = book.sheet(table.name, widths, heads, tuple(column.kind for column in table.columns))
            for place, row in enumerate(table.rows, start=1):
                for at, (column, value) in enumerate(zip(table.columns, row, strict=True)):
                    book.write(sheet, place, at, value, column.kind)
                book.high_enough(sheet, place, row, widths)
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
            "Scores and shares near an end are open, so that nobody can be picked out. What interviews,"
            " observation and documents score is exact.",
        ),
        *(("A word in place of a number", word, meaning) for word, meaning in MEANINGS.items()),
    ]
    for table in tables:
        rows.append((table.name, "The sheet", table.explains))
        rows += [(table.name, column.title, column.explains) for column in table.columns]
    widths = (28, 24, 90)
    sheet = book.sheet("Notes", widths, ("Where", "What", "What it means"))
    for place, row in enumerate(rows, start=1):
        for at, text in enumerate(row):
            book.write(sheet, place, at, text)
        book.high_enough(sheet, place, row, widths)
