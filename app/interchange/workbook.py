"""Reading an XLSX workbook as tables of text, with everything that can be wrong with such a file."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from app.interchange.delimited import (
    MAXIMUM_COLUMNS,
    MAXIMUM_ROWS,
    Row,
    Table,
    as_table,
    read_bytes,
)
from app.interchange.faults import Fault, Report
from app.interchange.vocabulary import folded, quoted
from app.interchange.xlsx_cells import Cell, NotReadable, SheetPlace, XlsxCells, column_letters, opened

SUFFIXES = frozenset([".xlsx", ".xlsm"])
MAXIMUM_UNPACKED = 300 * 1024 * 1024
MAXIMUM_ENTRIES = 2_000
# With the empty cells between those that are filled, and without.
MAXIMUM_CELLS = 20_000_000
MAXIMUM_FILLED = 6_000_000
MAXIMUM_CHARACTERS = 131_072

_SAVE_AS = "Open it in the spreadsheet and save it again as “Excel Workbook (.xlsx)”."
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK\x03\x04"
_ENCRYPTED_FLAG = 1
# What the parts of a broken file make the libraries raise.
_BROKEN = (
    NotReadable, zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, expat.ExpatError, struct.error,
    EOFError, LookupError, NotImplementedError, OSError, OverflowError, RuntimeError, ValueError,
)  # fmt: skip


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
    wrong = _not_a_workbook(content)
    if wrong:
        report.fault(file, None, None, wrong)
        return None
    try:
        with opened(content) as archive:
            wrong = _too_much(archive)
            if wrong:
                report.fault(file, None, None, wrong)
                return None
            cells = XlsxCells(archive)
            sheets = tuple(_sheet(place, cells.cells(place), file) for place in cells.sheets)
    except _BROKEN:
        report.fault(file, None, None, f"The workbook is damaged and cannot be read. {_SAVE_AS}")
        return None
    if not sheets:
        report.fault(file, None, None, f"The workbook has no sheet with cells. {_SAVE_AS}")
        return None
    return sheets


def _not_a_workbook(content: bytes) -> str:
    """Say why a file cannot be an XLSX workbook, from its first bytes."""
    if content.startswith(_OLD):
        if _ENCRYPTED in content:
            return f"The workbook is protected by a password. Take the password away: {_SAVE_AS}"
        return f"This is a workbook of the old kind (.xls). {_SAVE_AS}"
    if not content:
        return f"The file is empty. {_SAVE_AS}"
    if not content.startswith(_ZIP):
        return f"This is not an Excel workbook (.xlsx), whatever its name says. {_SAVE_AS}"
    return ""


def _too_much(archive: zipfile.ZipFile) -> str:
    """Say what about the parts of a file forbids to open them."""
    entries = archive.infolist()
    if len(entries) > MAXIMUM_ENTRIES:
        return (
            f"The workbook has {len(entries):,} parts; the most is {MAXIMUM_ENTRIES:,}. It was not opened. "
            "Check that it is the right file, and delete pictures from it."
        )
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAXIMUM_UNPACKED:
        return (
            f"The workbook would take {unpacked / 1024 / 1024:,.0f} MB once unpacked; the most is "
            f"{MAXIMUM_UNPACKED // 1024 // 1024} MB. It was not opened. Check that it is the right file, and "
            "delete what is not evidence from it."
        )
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        return f"The workbook is protected by a password. Take the password away: {_SAVE_AS}"
    names = {entry.filename for entry in entries}
    if "xl/workbook.bin" in names:
        return f"This is a binary workbook (.xlsb). {_SAVE_AS}"
    if "xl/workbook.xml" not in names:
        return f"This is not an Excel workbook (.xlsx), whatever its name says. {_SAVE_AS}"
    return ""


def _sheet(place: SheetPlace, cells: Iterable[Cell], file: str) -> Sheet:
    label = sheet_label(file, place.name)
    report = Report()
    grid: dict[int, dict[int, str]] = {}
    problems: list[Cell] = []
    for count, cell in enumerate(cells):
        if count >= MAXIMUM_FILLED:
            wrong = f"The sheet has more than {MAXIMUM_FILLED:,} filled cells"
        elif cell.column > MAXIMUM_COLUMNS:
            wrong = f"The sheet has more than {MAXIMUM_COLUMNS:,} columns"
        elif cell.row > MAXIMUM_ROWS and cell.row not in grid and len(grid) >= MAXIMUM_ROWS:
            wrong = f"The sheet has more than {MAXIMUM_ROWS:,} rows"
        else:
            grid.setdefault(cell.row, {})[cell.column] = cell.text
            if cell.problem or len(cell.text) > MAXIMUM_CHARACTERS:
                problems.append(cell)
            continue
        report.fault(
            label, cell.row, column_letters(cell.column), f"{wrong}. Check that it is the right one."
        )
        break
    width = max((column for row in grid.values() for column in row), default=0)
    if width * len(grid) > MAXIMUM_CELLS:
        report.fault(
            label, None, None,
            f"The sheet has {len(grid):,} rows and {width:,} columns, which is too much to be evidence. "
            "Check that it is the right one.",
        )  # fmt: skip
        return Sheet(place.name, label, place.visible, (), report.all_faults())
    _say_problems(problems, grid, label, report)
    rows = tuple(
        Row(number, None, [row.get(column, "") for column in range(1, width + 1)], ragged=False)
        for number, row in sorted(grid.items())
    )
    return Sheet(place.name, label, place.visible, rows, report.all_faults())


def _say_problems(
    problems: Iterable[Cell], grid: dict[int, dict[int, str]], label: str, report: Report
) -> None:
    """Note the cells that hold an error, with the names of their columns."""
    header = next((row for _, row in sorted(grid.items()) if any(text.strip() for text in row.values())), {})
    for cell in problems:
        name = " ".join(header.get(cell.column, "").split())[:60]
        letters = column_letters(cell.column)
        column = f"{name} ({letters})" if name else letters
        if not cell.problem:
            message = f"The cell holds more than {MAXIMUM_CHARACTERS:,} characters. Shorten the text."
        elif cell.problem.startswith("a formula"):
            message = f"The cell holds {cell.problem}. {_SAVE_AS}"
        else:
            message = f"The cell holds the error {quoted(cell.problem)}. Write the value itself, or empty it."
        report.fault(label, cell.row, column, message)


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
