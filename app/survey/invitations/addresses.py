"""A list of addresses that comes as a file: read, checked, and only then taken."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from email_validator import EmailNotValidError, validate_email

from app.interchange.delimited import Table, read_table
from app.interchange.faults import Fault, Report, in_reading_order, printable
from app.interchange.vocabulary import folded, quoted
from app.interchange.workbook import read_workbook

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


@dataclass(frozen=True, slots=True)
class AddressFile:
    """What a file holds: the addresses that can be taken, and the rows that cannot."""

    addresses: tuple[str, ...]
    faults: tuple[Fault, ...] = ()
    doubled: int = 0
    refused: str = ""


def read_addresses(name: str, content: bytes) -> AddressFile:
    """Read a CSV file or a workbook with a column of addresses. Nothing is saved."""
    suffix = Path(name).suffix.lower()
    if not content:
        return AddressFile((), refused="The file is empty. Choose a file with a column of email addresses")
    if suffix not in (".csv", ".txt", ".xlsx"):
        return AddressFile((), refused="The file must be a CSV file or an Excel workbook (.xlsx)")
    if len(content) > MOST_MEGABYTES * 1024 * 1024:
        return AddressFile((), refused=f"The file must be smaller than {MOST_MEGABYTES} MB")
    report = Report()
    with TemporaryDirectory(prefix="addresses-") as folder:
        path = Path(folder) / f"addresses{'.xlsx' if suffix == '.xlsx' else '.csv'}"
        path.write_bytes(content)
        table = _table(path, report)
    if table is None:
        faults = printable(in_reading_order(report.all_faults()), _SHOWN_FAULTS)
        return AddressFile((), faults, refused="" if faults else "There is nothing in the file")
    return _checked(table, report)


def _table(path: Path, report: Report) -> Table | None:
    if path.suffix == ".csv":
        return read_table(path, report)
    sheets = read_workbook(path, report)
    if not sheets:
        return None
    return sheets[0].table(report)


def _checked(table: Table, report: Report) -> AddressFile:
    column = next((place for place, name in enumerate(table.header) if folded(name) in _HEADINGS), None)
    if column is None:
        known = "“email”"
        return AddressFile(
            (), refused=f"No column is called {known}. Give the column of addresses that heading"
        )
    found: dict[str, str] = {}
    doubled = 0
    for row in table.rows:
        text = row.cells[column].strip() if column < len(row.cells) else ""
        if not text:
            if any(cell.strip() for cell in row.cells):
                table.fault(
                    row, table.header[column], "The address is missing. Write one, or take the row out."
                )
            continue
        try:
            address = validate_email(text, check_deliverability=False, allow_smtputf8=True).normalized
        except EmailNotValidError:
            table.fault(row, table.header[column], f"{quoted(text)} is not an email address. Correct it.")
            continue
        if address.casefold() in found:
            doubled += 1
            report.warn(
                table.file,
                row.number,
                table.header[column],
                f"{quoted(text)} stands twice; it is taken once.",
            )
            continue
        found[address.casefold()] = address
    if len(found) > MOST_ADDRESSES:
        return AddressFile((), refused=f"A list may have up to {MOST_ADDRESSES:,} addresses")
    faults = printable(in_reading_order((*report.all_faults(), *report.warnings)), _SHOWN_FAULTS)
    return AddressFile(tuple(found.values()), faults, doubled)
