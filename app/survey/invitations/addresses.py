"""A list of addresses that comes as a file: read, checked, and only then taken."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from app.interchange.delimited import Row, Table, read_table
from app.interchange.faults import Fault, Report, in_reading_order, printable
from app.interchange.vocabulary import folded, listed, quoted
from app.interchange.workbook import Sheet, read_workbook
from app.mail.addresses import NoAddress, NotReachable, as_address

MOST_MEGABYTES = 5
MOST_ADDRESSES = 20_000
_SHOWN_FAULTS = 100
_HEADINGS = (
    "email",
    "e-mail",
    "email address",
    "e-mail address",
    "work email",
    "work e-mail",
    "mail",
    "address",
)


_NO_COLUMN = "Give the column of addresses that heading"


@dataclass(frozen=True, slots=True)
class AddressFile:
    """What a file holds: the addresses that can be taken, what cannot be, and what else was seen.

    A fault names its sheet in the place of its file, where the workbook has several.
    """

    addresses: tuple[str, ...]
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()
    doubled: int = 0
    refused: str = ""

    @property
    def to_look_at(self) -> tuple[Fault, ...]:
        """What whoever chose the file should look at, sheet by sheet and row by row."""
        return printable(in_reading_order((*self.faults, *self.warnings)), _SHOWN_FAULTS)


def read_addresses(name: str, content: bytes) -> AddressFile:
    """Read a CSV file or a workbook with a column of addresses. Nothing is saved."""
    suffix = Path(name).suffix.lower()
    if not content:
        return AddressFile((), refused="The file is empty. Choose a file with a column of email addresses")
    if suffix not in (".csv", ".txt", ".xlsx"):
        return AddressFile((), refused="The file must be a CSV file or an Excel workbook (.xlsx)")
    if len(content) > MOST_MEGABYTES * 1024 * 1024:
        return AddressFile((), refused=f"The file must be smaller than {MOST_MEGABYTES} MB")
    with TemporaryDirectory(prefix="addresses-") as folder:
        path = Path(folder) / f"addresses{'.xlsx' if suffix == '.xlsx' else '.csv'}"
        path.write_bytes(content)
        return _of_table(path) if path.suffix == ".csv" else _of_workbook(path)


def _of_table(path: Path) -> AddressFile:
    report = Report(called={path.name: ""})
    table = read_table(path, report)
    if table is None:
        return AddressFile((), refused=report.faults[0].message)
    if _column(table) is None:
        return AddressFile((), refused=f"No column is called “email”. {_NO_COLUMN}")
    return _checked([table], report)


def _of_workbook(path: Path) -> AddressFile:
    """Read each sheet that has the column, and say of each other one why it was not read."""
    report = Report()
    sheets = read_workbook(path, report) or ()
    if not sheets:
        return AddressFile((), refused=report.faults[0].message)
    report.called = {one.file: f"Sheet {quoted(one.name)}" if len(sheets) > 1 else "" for one in sheets}
    tables = [table for sheet in sheets if (table := _table(sheet, report)) is not None]
    if tables:
        return _checked(tables, report)
    if not any(one.rows or one.faults for one in sheets):
        return AddressFile(
            (), refused="The workbook is empty. Choose a file with a column of email addresses"
        )
    if len(sheets) == 1:
        return AddressFile((), refused=report.faults[0].message)
    names = listed([f"{quoted(one.name)}{'' if one.visible else ' (hidden)'}" for one in sheets], "and")
    hidden = "" if all(one.visible for one in sheets) else ". A hidden sheet is not read: show it first"
    return AddressFile(
        (), refused=f"No sheet that can be read has a column called “email”: {names}. {_NO_COLUMN}{hidden}"
    )


def _table(sheet: Sheet, report: Report) -> Table | None:
    """Give a sheet that has the column, or note why it is not read."""
    if not sheet.visible:
        report.fault(
            sheet.file, None, None, "The sheet is hidden, so it was not read. Show it, or delete it."
        )
        return None
    if not sheet.rows and not sheet.faults:
        report.warn(sheet.file, None, None, "The sheet is empty.")
        return None
    # What is wrong with the cells of a sheet that is not read nobody needs to know.
    own = Report(called=report.called)
    table = sheet.table(own)
    if table is not None and _column(table) is None:
        report.fault(
            sheet.file,
            None,
            None,
            f"The sheet was not read: no column in it is called “email”. {_NO_COLUMN}.",
        )
        return None
    report.faults += own.faults
    return table and replace(table, report=report)


def _column(table: Table) -> int | None:
    return next((place for place, name in enumerate(table.header) if folded(name) in _HEADINGS), None)


def _checked(tables: Sequence[Table], report: Report) -> AddressFile:
    """Take the addresses of all tables, each once."""
    found: dict[str, str] = {}
    doubled = 0
    for table, row, column in _rows(tables):
        heading, text = table.header[column], row.cells[column].strip()
        if not text:
            if not row.blank:
                table.fault(row, heading, "The address is missing. Write one, or take the row out.")
            continue
        try:
            address = as_address(text)
        except NoAddress:
            table.fault(row, heading, f"{quoted(text)} is not an email address. Correct it.")
            continue
        except NotReachable as problem:
            table.fault(row, heading, f"{quoted(text)} cannot be used. {problem}. Ask for another address.")
            continue
        if address.casefold() in found:
            doubled += 1
            report.warn(table.file, row.number, heading, f"{quoted(text)} stands twice; it is taken once.")
            continue
        found[address.casefold()] = address
    if len(found) > MOST_ADDRESSES:
        return AddressFile((), refused=f"A list may have up to {MOST_ADDRESSES:,} addresses")
    return AddressFile(tuple(found.values()), report.all_faults(), tuple(report.warnings), doubled)


def _rows(tables: Sequence[Table]) -> Iterator[tuple[Table, Row, int]]:
    for table in tables:
        column = _column(table)
        if column is not None:
            yield from ((table, row, column) for row in table.rows)
