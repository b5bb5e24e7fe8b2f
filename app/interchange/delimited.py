"""Reading one CSV file as rows of text, with everything that can be wrong with such a file."""

import csv
import io
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from app.interchange.faults import Report
from app.interchange.vocabulary import Vocabulary, cleaned, folded, listed, quoted

MAXIMUM_BYTES = 50 * 1024 * 1024
MAXIMUM_ROWS = 100_000
MAXIMUM_COLUMNS = 2_000

_SAVE_AS = "Open it in the spreadsheet and save it again as “CSV UTF-8”."
_QUOTATION = (
    "From this row on the file cannot be read: "
    "a quotation mark has no partner, or stands inside a cell alone. "
    "Write a quotation mark within a cell twice, and put the whole cell in quotation marks."
)
_TOO_LONG = (
    "From this row on the file cannot be read: a cell holds more than 131,072 characters. "
    "Look for a quotation mark without a partner; otherwise shorten the text."
)
# With such a line spreadsheets tell one another how the columns are separated.
_SEPARATOR_LINE = re.compile(r"sep=([,;\t])\n", re.IGNORECASE)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in a spreadsheet, the line on which it starts where that differs, its cells."""

    number: int
    line: int | None
    cells: Sequence[str]
    ragged: bool

    @property
    def blank(self) -> bool:
        """Whether nothing stands in the row."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file or a sheet as it stands: the header's names and the rows below it, nothing understood yet.

    ``called`` says what a column is called in messages, where its heading is another than its name here.
    """

    file: str
    report: Report
    header: tuple[str, ...]
    header_row: int
    rows: tuple[Row, ...]
    called: Mapping[str, str] = field(default_factory=dict)

    def fault(self, row: Row | None, column: str | None, message: str) -> None:
        """Note a fault in a row (None: in the header). A ragged row has its fault already."""
        column = self.called.get(column, column) if column else column
        if row is None:
            self.report.fault(self.file, self.header_row, column, message)
        elif not row.ragged:
            self.report.fault(self.file, row.number, column, message, row.line)

    def warn(self, column: str | None, message: str) -> None:
        """Note something about the file that does not stand in the way."""
        self.report.warn(self.file, None, self.called.get(column, column) if column else column, message)


@dataclass(frozen=True, slots=True)
class Cells:
    """One row of a table with the columns that it should have."""

    table: Table
    row: Row
    columns: dict[str, int]

    def __getitem__(self, column: str) -> str:
        """Give the cell without spaces about it or control characters in it; empty where the column is "
        "missing."""
        place = self.columns.get(column)
        return "" if place is None else cleaned(self.row.cells[place])

    def fault(self, column: str, message: str) -> None:
        """Note a fault in a cell; of a column that is missing, the header's fault says enough."""
        if column in self.columns:
            self.table.fault(self.row, column, message)


def read_bytes(path: Path, file: str, report: Report) -> bytes | None:
    """Read a file of at most 50 MB; a larger one is refused unread."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            report.fault(file, None, None, "This is not a file. Put a file of this name here.")
            return None
        if about.st_size > MAXIMUM_BYTES:
            report.fault(
                file, None, None,
                f"The file has {about.st_size / 1024 / 1024:,.0f} MB; the most is 50 MB. It was not read. "
                "Check that it is the right file.",
            )  # fmt: skip
            return None
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        report.fault(file, None, None, f"The file cannot be read ({reason}). Check that you may open it.")
        return None


def decode(content: bytes, file: str, report: Report) -> str | None:
    """Read bytes as UTF-8 with or without a byte order mark, line ends as one character."""
    if content.startswith(_ZIP):
        report.fault(file, None, None, f"This is an Excel workbook, not a CSV file. {_SAVE_AS}")
        return None
    if content.startswith(_UTF16):
        report.fault(file, 1, None, f"The file is in UTF-16, not in UTF-8. {_SAVE_AS}")
        return None
    if b"\0" in content:
        line = _line_of(content, content.index(b"\0"))
        report.fault(
            file, line, None, f"The file holds NUL bytes from line {line} on, so it is not text. {_SAVE_AS}"
        )
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = _line_of(content, error.start)
        report.fault(
            file,
            line,
            None,
            f"The file is not in UTF-8: line {line} is the first that cannot be read. {_SAVE_AS}",
        )
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _line_of(content: bytes, place: int) -> int:
    before = content[:place].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return before.count(b"\n") + 1


def read_table(path: Path, report: Report) -> Table | None:
    """Read a CSV file, or note why it cannot be read and give None."""
    file = path.name
    content = read_bytes(path, file, report)
    text = None if content is None else decode(content, file, report)
    if text is None:
        return None
    said = _SEPARATOR_LINE.match(text)
    separator = said.group(1) if said else _separator(text)
    if separator == "\t":
        report.fault(file, 1, None, f"The columns are separated by tabs. {_SAVE_AS}")
        return None
    start = 0 if said is None else said.end()
    return as_table(file, _rows(text[start:], separator, file, report, skipped=int(start > 0)), report)


def as_table(file: str, found: Sequence[Row], report: Report) -> Table | None:
    """Make a table of rows whose first filled one names the columns, or note why that cannot be."""
    header_row = next((row for row in found if not row.blank), None)
    if header_row is None:
        report.fault(file, 1, None, "The file is empty. Its first row must name the columns.")
        return None
    header = [cell.strip() for cell in header_row.cells]
    if len(header) > MAXIMUM_COLUMNS:
        report.fault(
            file,
            header_row.number,
            None,
            f"The file has {len(header):,} columns. Check that it is the right one.",
        )
        return None
    body = [row for row in found if row.number > header_row.number]
    title = [name for name in header if name]
    below = next((row for row in body if not row.blank), None)
    if len(title) == 1 and below is not None and sum(bool(cell.strip()) for cell in below.cells) > 1:
        report.fault(
            file, header_row.number, None,
            f"The first filled row must name the columns, and this one holds only {quoted(title[0])}. Delete "
            "the rows above the names of the columns.",
        )  # fmt: skip
        return None
    rows = [
        _fitted(row, header, file, report) for row in body if len(row.cells) == len(header) or not row.blank
    ]
    while header and not header[-1] and not any(row.cells[len(header) - 1].strip() for row in rows):
        header.pop()
    for place, name in enumerate(header, start=1):
        if not name:
            report.fault(
                file,
                header_row.number,
                None,
                f"Column {place} has no name. Name it in the first row, or delete it.",
            )
    return Table(file, report, tuple(header), header_row.number, tuple(rows))


def column_letters(number: int) -> str:
    """Give a column as a spreadsheet calls it: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _separator(text: str) -> str:
    """Find the separator that splits the first filled line into most columns; the comma when all do alike.

    A text may hold the other separators, so one that splits the lines below as the first one goes before.
    """
    start = text.lstrip(" \n")[:1_000_000]
    found: dict[str, tuple[bool, int]] = {}
    for separator in (",", ";", "\t"):
        try:
            widths = [len(row) for row in islice(csv.reader(io.StringIO(start), delimiter=separator), 6)]
        except csv.Error:
            widths = []
        width = widths[0] if widths else 0
        found[separator] = (width > 1 and width in widths[1:], width)
    return max(found, key=lambda separator: found[separator])


def _rows(text: str, separator: str, file: str, report: Report, *, skipped: int = 0) -> list[Row]:
    """Read the rows; ``skipped`` lines stood above them that a spreadsheet does not show."""
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    rows: list[Row] = []
    number, start = 1, 1 + skipped
    try:
        for cells in reader:
            if number > MAXIMUM_ROWS:
                report.fault(
                    file, number, None,
                    f"The file has more than {MAXIMUM_ROWS:,} rows; the rest was not read. "
                    "Check that it is the right one.",
                )  # fmt: skip
                break
            rows.append(Row(number, None if start == number else start, cells, ragged=False))
            number += 1
            start = reader.line_num + 1 + skipped
    except csv.Error as error:
        report.fault(
            file, number, None,
            _TOO_LONG if "field larger" in str(error) else _QUOTATION,
            None if start == number else start,
        )  # fmt: skip
    return rows


def _fitted(row: Row, header: Sequence[str], file: str, report: Report) -> Row:
    have, want = len(row.cells), len(header)
    if have == want:
        return row
    if not any(cell.strip() for cell in row.cells[want:]) and not any(header[have:]):
        # Spreadsheets write empty cells at the end of some rows and not of others.
        return Row(row.number, row.line, [*row.cells[:want], *[""] * (want - have)], ragged=False)
    many = "too many" if have > want else "too few"
    report.fault(
        file, row.number, None,
        f"The row has {have} cell{'' if have == 1 else 's'}, {many}: the header has {want}. "
        "Look for a missing or an extra "
        "separator, or for a text with a separator that is not in quotation marks.",
        row.line,
    )  # fmt: skip
    cells = [*row.cells[:want], *[""] * (want - have)]
    return Row(row.number, row.line, cells, ragged=True)


def match_columns(
    table: Table,
    required: Sequence[str],
    optional: Sequence[str] = (),
    *,
    what: str = "a column of this file",
) -> dict[str, int]:
    """Find each known column's place, and note the columns that are unknown, missing or there twice.

    Case, spaces and hyphens in a name are forgiven.
    """
    known = Vocabulary(what, [(name, name) for name in (*required, *optional)])
    places: dict[str, int] = {}
    unknown: list[str] = []
    for place, name in enumerate(table.header):
        column = known.find(name) if name else None
        if column is None:
            unknown += [name] if name else []
        elif column in places:
            table.fault(None, column, f"The column “{column}” stands twice. Keep one of the two.")
        else:
            places[column] = place
    if not places:
        table.fault(None, None, f"The first row must name the columns: {listed(required, 'and')}.")
        return places
    for name in unknown:
        table.fault(None, name, f"{known.unknown(name)} Rename the column, or delete it.")
    seen: set[str] = set()
    for name in unknown:
        if folded(name) in seen:
            table.fault(None, name, f"The column {quoted(name)} stands twice. Keep one of the two.")
        seen.add(folded(name))
    for column in required:
        if column not in places:
            table.fault(None, column, f"The column “{column}” is missing. Add it to the header.")
    return places


def each_row(table: Table, columns: dict[str, int]) -> Iterator[Cells]:
    """Give the rows that hold anything."""
    for row in table.rows:
        if not row.blank:
            yield Cells(table, row, columns)
