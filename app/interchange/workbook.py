"""Reading an XLSX workbook as tables of text, with everything that can be wrong with such a file.

openpyxl reads the cells as they were saved: no formula is computed, no macro run, no link followed. What it
would not survive is refused before by ``workbook_parts``. It is loaded only when there is a workbook to read.
"""
# ruff: noqa: PLC0415

import io
import stat
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from app.interchange.delimited import (
    MAXIMUM_COLUMNS,
    MAXIMUM_ROWS,
    Row,
    Table,
    as_table,
    column_letters,
    read_bytes,
)
from app.interchange.faults import Fault, Report
from app.interchange.vocabulary import folded, quoted
from app.interchange.workbook_parts import DAMAGED, SAVE_AS, look_at, not_a_workbook

if TYPE_CHECKING:
    from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet
    from openpyxl.worksheet.worksheet import Worksheet

    Cells = tuple[ReadOnlyCell | EmptyCell, ...]
    Rows = Iterable[tuple[Cells, Cells]]

SUFFIXES = frozenset([".xlsx", ".xlsm"])
# With the empty cells between those that are filled.
MAXIMUM_CELLS = 20_000_000
MAXIMUM_CHARACTERS = 131_072
# The last row that a spreadsheet has.
_LAST_ROW = 1_048_576
_ERROR, _NUMBER, _FORMULA = "e", "n", "f"


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that cannot be used, and what to do."""

    row: int
    column: int
    message: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it stands: what to call it, and its rows, nothing understood yet."""

    name: str
    file: str
    visible: bool
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...] = ()

    def say_faults(self, report: Report) -> None:
        """Note what is wrong with cells of the sheet; of a sheet that is not used nobody needs to know."""
        for fault in self.faults:
            report.fault(fault.file, fault.row, fault.column, fault.message)

    def table(self, report: Report) -> Table | None:
        """Give the sheet as a table whose first filled row names the columns."""
        self.say_faults(report)
        if self.faults and not self.rows:
            return None
        return as_table(self.file, self.rows, report)


class _Unreadable(Exception):
    """The inside of a workbook is not as it should be."""


def is_workbook(path: Path) -> bool:
    """Say whether a file's name is that of a workbook that can be read."""
    return path.suffix.lower() in SUFFIXES


def sheet_label(file: str, sheet: str) -> str:
    """Give how messages call a sheet."""
    return f"{file}, sheet {sheet}"


def read_workbook(path: Path, report: Report) -> tuple[Sheet, ...] | None:
    """Read all sheets of a workbook, or note why it cannot be read and give None."""
    file = path.name
    content = read_bytes(path, file, report)
    if content is None:
        return None
    wrong = not_a_workbook(content)
    sheets: tuple[Sheet, ...] = ()
    if not wrong:
        wrong, sheets = _sheets(content, file)
    if not wrong and not sheets:
        wrong = f"The workbook has no sheet with cells. {SAVE_AS}"
    if wrong:
        report.fault(file, None, None, wrong)
        return None
    return sheets


def _sheets(content: bytes, file: str) -> tuple[str, tuple[Sheet, ...]]:
    """Give the sheets, or why there are none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = look_at(archive)
        if parts.wrong:
            return parts.wrong, ()
        with warnings.catch_warnings():
            # The library warns of what it does not read, such as drop-downs; none of it is evidence.
            warnings.simplefilter("ignore")
            return "", tuple(_read(content, parts.formulas, file))
    # A part of a broken file makes the libraries raise whatever comes of it.
    except Exception:
        return DAMAGED, ()


def _read(content: bytes, formulas: bool, file: str) -> Iterator[Sheet]:
    with closing(_opened(content, data_only=True)) as saved:
        if not formulas:
            for sheet in _sheets_of(saved):
                yield _sheet(sheet, ((row, row) for row in _rows_of(sheet)), file)
            return
        # Beside its result, a formula tells whether it was saved with one.
        with closing(_opened(content, data_only=False)) as written:
            for sheet, other in zip(_sheets_of(saved), _sheets_of(written), strict=True):
                yield _sheet(sheet, zip(_rows_of(sheet), _rows_of(other), strict=True), file)


def _opened(content: bytes, *, data_only: bool) -> "Workbook":
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)


def _sheets_of(book: "Workbook") -> "list[ReadOnlyWorksheet]":
    return cast("list[ReadOnlyWorksheet]", book.worksheets)


def _rows_of(sheet: "ReadOnlyWorksheet") -> "Iterator[Cells]":
    """Give the rows from the first on, each as far as it goes, whatever the file says of the sheet's size."""
    sheet.reset_dimensions()
    return cast("Iterator[Cells]", cast("Worksheet", sheet).iter_rows(max_row=_LAST_ROW + 1))


def _sheet(sheet: "ReadOnlyWorksheet", rows: "Rows", file: str) -> Sheet:
    label = sheet_label(file, sheet.title)
    visible = sheet.sheet_state == "visible"
    report = Report()
    grid: dict[int, dict[int, str]] = {}
    problems: list[Problem] = []
    looked_at = width = 0
    for number, (saved, written) in enumerate(rows, start=1):
        if number > _LAST_ROW:
            raise _Unreadable
        looked_at += len(saved)
        cells = _filled(number, saved, written, problems)
        width = max(width, *cells) if cells else width
        wrong = ""
        if width > MAXIMUM_COLUMNS:
            wrong = f"The sheet has more than {MAXIMUM_COLUMNS:,} columns"
        elif cells and len(grid) == MAXIMUM_ROWS:
            wrong = f"The sheet has more than {MAXIMUM_ROWS:,} rows"
        elif max(looked_at, width * len(grid)) > MAXIMUM_CELLS:
            wrong = f"Up to here the sheet has more than {MAXIMUM_CELLS:,} cells, most of them empty"
        if wrong:
            column = column_letters(max(cells)) if cells else None
            report.fault(label, number, column, f"{wrong}. Check that it is the right one.")
            return Sheet(sheet.title, label, visible, (), report.all_faults())
        if cells:
            grid[number] = cells
    _say_problems(problems, grid, label, report)
    found = tuple(
        Row(number, None, [row.get(column, "") for column in range(1, width + 1)], ragged=False)
        for number, row in grid.items()
    )
    return Sheet(sheet.title, label, visible, found, report.all_faults())


def _filled(number: int, saved: "Cells", written: "Cells", problems: list[Problem]) -> dict[int, str]:
    """Give the texts of the cells that hold something, by their columns, and note what is wrong with them."""
    texts: dict[int, str] = {}
    for column, cell in enumerate(saved, start=1):
        value = cell.value
        wrong = ""
        if value is None:
            if cell.data_type == _NUMBER and written[column - 1].data_type == _FORMULA:
                wrong = f"The cell holds a formula without its result. {SAVE_AS}"
            elif cell.data_type != _ERROR:
                continue
        text = _text(value)
        if cell.data_type == _ERROR:
            wrong = f"The cell holds {_error(text)}. Write the value itself, or empty it."
            text = ""
        elif len(text) > MAXIMUM_CHARACTERS:
            wrong = f"The cell holds more than {MAXIMUM_CHARACTERS:,} characters. Shorten the text."
        texts[column] = text
        if wrong:
            problems.append(Problem(number, column, wrong))
    return texts


def _text(value: object) -> str:
    """Give a saved value as a person would write it: 3 for 3.0, 0.3 for 0.30000000000000004."""
    if isinstance(value, str):
        return _unescaped(value) if "_x" in value else value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds").removesuffix(" 00:00:00")
    return str(value)


def _error(text: str) -> str:
    return f"the error {quoted(text)}" if text else "an error"


def _unescaped(text: str) -> str:
    """Give the characters that the format writes as _x000D_; halves of characters stand for nothing alone."""
    from openpyxl.utils.escape import unescape

    return str(unescape(text)).encode("utf-8", "ignore").decode()


def _say_problems(
    problems: Iterable[Problem], grid: dict[int, dict[int, str]], label: str, report: Report
) -> None:
    """Note the cells that cannot be used, with the names of their columns."""
    header = next((row for row in grid.values() if any(text.strip() for text in row.values())), {})
    for cell in problems:
        name = " ".join(header.get(cell.column, "").split())[:60]
        letters = column_letters(cell.column)
        report.fault(label, cell.row, f"{name} ({letters})" if name else letters, cell.message)


def only_sheet(sheets: tuple[Sheet, ...], wanted: str, file: str, report: Report) -> Sheet | None:
    """Find the sheet that holds a file's one table: the one so named, or the only one that is filled."""
    named = [sheet for sheet in sheets if folded(sheet.name) == folded(wanted)]
    filled = named or [sheet for sheet in sheets if sheet.rows and sheet.visible]
    if len(filled) == 1:
        return filled[0]
    if not filled:
        report.fault(file, None, None, "The workbook is empty. Check that it is the right file.")
        return None
    names = ", ".join(quoted(sheet.name) for sheet in filled[:8])
    report.fault(
        file, None, None,
        f"The workbook has {len(filled)} filled sheets: {names}. Name the one to read “{wanted}”.",
    )  # fmt: skip
    return None


def is_file(path: Path) -> bool:
    """Say whether a path leads to a file; no where it cannot be asked."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return False
