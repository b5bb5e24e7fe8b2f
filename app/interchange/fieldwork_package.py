"""Fieldwork that comes as a workbook, or as a zip file of the files of an evidence folder.

Every mistake is said with its sheet or file, its row and its column.
"""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from app.interchange.delimited import Table, each_row, match_columns, read_table
from app.interchange.evidence_files import DIAGNOSTIC_SHEET, SURVEY, sheet_of
from app.interchange.faults import Fault, Report
from app.interchange.fieldwork_files import (
    QUOTES,
    RATINGS,
    RECORDS,
    Records,
    read_quotes,
    read_ratings,
    read_records,
)
from app.interchange.fieldwork_workbook import GUIDE, NOTE_COLUMNS, NOTES, TABLES
from app.interchange.frame_file import Workforce, role_group_words
from app.interchange.vocabulary import Vocabulary, folded, printable_text, quoted
from app.interchange.workbook import Sheet, read_workbook
from diagnostics.evidence import Frame, Quote, Rating, Record
from diagnostics.framework import Framework

_BOOK = "fieldwork.xlsx"
_MOST_ENTRIES = 500
_MOST_UNPACKED = 20 * 1024 * 1024
_ENCRYPTED_FLAG = 1
_NOT_READ = (sheet_of(SURVEY), "frame", "reviews", DIAGNOSTIC_SHEET, "lists", GUIDE)
_DAMAGED = "The file is damaged and cannot be read. Make it anew."


@dataclass(frozen=True, slots=True)
class Note:
    """The note of a record."""

    record: str
    text: str


@dataclass(frozen=True, slots=True)
class Package:
    """What a file holds. ``rows`` tells, for each table, the row of each of its entries."""

    records: tuple[Record, ...] = ()
    ratings: tuple[Rating, ...] = ()
    quotes: tuple[Quote, ...] = ()
    notes: tuple[Note, ...] = ()
    rows: Mapping[str, Sequence[int]] = field(default_factory=dict)
    # What its tables are called in messages: sheets of a workbook, or files.
    called: Mapping[str, str] = field(default_factory=dict)

    def fault(self, table: str, place: int, column: str, message: str) -> Fault:
        """Say what is wrong with one entry of a table."""
        return Fault(self.called.get(table, table), self.rows[table][place], column, message)


def read_package(
    content: bytes, *, as_workbook: bool, framework: Framework, areas: Sequence[str], report: Report
) -> Package | None:
    """Read a file; None where it holds a mistake, which stands in the report then."""
    tables = _in_workbook(content, report) if as_workbook else _in_zip(content, report)
    called = {name: sheet_of(name) if as_workbook else name for name in (*TABLES, NOTES)}
    package = None if tables is None else _understood(tables, framework, areas, report)
    report.faults[:] = [_by_sheet(fault) for fault in report.faults]
    report.warnings[:] = [_by_sheet(fault) for fault in report.warnings]
    return None if package is None or report.faults else replace(package, called=called)


def _by_sheet(fault: Fault) -> Fault:
    """Call a sheet by its name alone: the page tells which workbook was read."""
    book, _, sheet = fault.file.rpartition(", sheet ")
    return replace(fault, file=sheet if book else "" if fault.file == _BOOK else fault.file)


def _in_workbook(content: bytes, report: Report) -> dict[str, Table | None] | None:
    for file in TABLES:
        report.called[file] = sheet_of(file)
        report.reworded[file] = f"the sheet “{sheet_of(file)}”"
    with TemporaryDirectory(prefix="fieldwork-") as folder:
        path = Path(folder) / _BOOK
        path.write_bytes(content)
        sheets = read_workbook(path, report)
    if sheets is None:
        return None
    names = (*map(sheet_of, TABLES), NOTES)
    words = Vocabulary("a sheet of a fieldwork workbook", [(name, name) for name in names])
    of_evidence = any(folded(sheet.name) == DIAGNOSTIC_SHEET for sheet in sheets)
    found: dict[str, Sheet] = {}
    for sheet in sheets:
        name = words.find(sheet.name.strip())
        if name == NOTES and of_evidence:
            # In an evidence workbook, this sheet explains the others.
            continue
        if name is not None and name in found:
            report.fault(sheet.file, None, None, f"The sheet “{name}” is there twice. Keep one of the two.")
        elif name is not None:
            found[name] = sheet
        elif sheet.rows and folded(sheet.name) not in map(folded, _NOT_READ):
            report.warn(sheet.file, None, None, f"The sheet was not read. {words.mend(sheet.name)}")
    filled = {
        name: sheet
        for name, sheet in found.items()
        if sum(not row.blank for row in sheet.rows) > 1 or sheet.faults
    }
    tables: dict[str, Table | None] = {
        file: filled[sheet_of(file)].table(report) for file in TABLES if sheet_of(file) in filled
    }
    if NOTES in filled:
        tables[NOTES] = filled[NOTES].table(report)
    return tables


def _in_zip(content: bytes, report: Report) -> dict[str, Table | None] | None:
    with TemporaryDirectory(prefix="fieldwork-") as folder:
        base = Path(folder)
        whole = base / "package.zip"
        whole.write_bytes(content)
        try:
            with zipfile.ZipFile(whole) as archive:
                wrong = _unpack(archive, base, report)
        # A broken file makes the library raise whatever comes of it.
        except Exception:
            wrong = _DAMAGED
        if wrong:
            report.fault("", None, None, wrong)
            return None
        return {file: read_table(base / file, report) for file in TABLES if (base / file).exists()}


def _unpack(archive: zipfile.ZipFile, folder: Path, report: Report) -> str:
    """Write the tables that are read into a folder, under their own names and no other; say what is wrong."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > _MOST_ENTRIES:
        return f"The zip file holds more than {_MOST_ENTRIES} files. Check that it is the right one."
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        return "The zip file is protected by a password. Make it anew without one."
    found: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        name = PurePosixPath(entry.filename.replace("\\", "/")).name
        if name not in TABLES:
            why = " Answers of a survey never come in here." if name == SURVEY else ""
            report.warn(name[:80], None, None, f"The file was not read.{why}")
        elif name in found:
            return f"The zip file holds {name} twice. Keep one of the two."
        else:
            found[name] = entry
    if not found:
        return "The zip file holds neither records.csv nor ratings.csv nor quotes.csv."
    if sum(entry.file_size for entry in found.values()) > _MOST_UNPACKED:
        most = _MOST_UNPACKED // 1024 // 1024
        return f"The files would take more than {most} MB once unpacked. Nothing was read."
    for name, entry in found.items():
        with archive.open(entry) as part:
            text = part.read(_MOST_UNPACKED + 1)
        if len(text) > _MOST_UNPACKED:
            return _DAMAGED
        (folder / name).write_bytes(text)
    return ""


def _understood(
    tables: dict[str, Table | None], framework: Framework, areas: Sequence[str], report: Report
) -> Package | None:
    workforce = Workforce(
        Frame(()),
        role_group_words(framework),
        Vocabulary("a service area of this diagnostic", [(area, area) for area in areas]),
        frozenset(),
    )
    table = tables.get(RECORDS)
    if table is None:
        if RECORDS not in tables:
            message = (
                "There are no records. Write a row for each record that the file is about, also for those "
                "that are here already."
            )
            report.fault(RECORDS, None, None, message)
        return None
    records = read_records(table, framework, workforce, None)
    ratings, quotes = tables.get(RATINGS), tables.get(QUOTES)
    rated = read_ratings(ratings, framework, records) if ratings else ()
    said = read_quotes(quotes, framework, records) if quotes else ()
    notes = tables.get(NOTES)
    noted, note_rows = _read_notes(notes, records) if notes else ((), ())
    # Where nothing is wrong, every filled row gave one entry.
    rows: dict[str, Sequence[int]] = {
        name: [row.number for row in found.rows if not row.blank]
        for name, found in ((RECORDS, table), (RATINGS, ratings), (QUOTES, quotes))
        if found is not None
    }
    return Package(records.records, rated, said, noted, {**rows, NOTES: note_rows})


def _read_notes(table: Table, records: Records) -> tuple[tuple[Note, ...], tuple[int, ...]]:
    columns = match_columns(table, NOTE_COLUMNS)
    pieces: dict[str, list[str]] = {}
    first: dict[str, int] = {}
    for row in each_row(table, columns):
        record = row["record_id"]
        if record not in records.rows:
            named = f"There is no record {quoted(record)}" if record else "The record’s id is empty"
            row.fault(
                "record_id", f"{named} in the sheet “records”. Write the id of a record that has a row there."
            )
            continue
        place = columns.get("text")
        text = "" if place is None else row.row.cells[place]
        pieces.setdefault(record, []).append(printable_text(text.replace("\r\n", "\n").replace("\r", "\n")))
        first.setdefault(record, row.row.number)
    notes = {record: "\n".join(texts).strip() for record, texts in pieces.items()}
    filled = tuple(record for record, text in notes.items() if text)
    return tuple(Note(record, notes[record]) for record in filled), tuple(first[record] for record in filled)
