"""Fieldwork as a workbook to fill in offline and upload, and as files of an evidence folder in a zip file."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.interchange.evidence_files import sheet_of
from app.interchange.fieldwork_files import (
    QUOTE_COLUMNS,
    QUOTES,
    RATING_COLUMNS,
    RATINGS,
    RECORD_COLUMNS,
    RECORDS,
)
from app.interchange.template_columns import Column, SheetPlan, sheet_plans
from app.interchange.template_workbook import book_bytes
from diagnostics.evidence import Quote, Rating
from diagnostics.framework import Framework

NOTES, NOTE_COLUMNS = "notes", ("record_id", "text")
GUIDE = "how to fill it in"
TABLES: Mapping[str, tuple[str, ...]] = {
    RECORDS: RECORD_COLUMNS,
    RATINGS: RATING_COLUMNS,
    QUOTES: QUOTE_COLUMNS,
}
NOT_SEEN = "not_seen"
# The most that a cell of a workbook holds is 32,767 characters; a longer note takes several rows.
_LONGEST_CELL = 32_000
# The same content gives the same bytes.
_WRITTEN = (2026, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Row:
    """A record as a file holds it, also where it has no month yet."""

    id: str
    source: str
    kind: str
    role_group: str | None
    service_area: str | None
    level: str | None
    month: str
    people: int | None


@dataclass(frozen=True, slots=True)
class Gathered:
    """What goes into files: records, ratings and quotes in their order, and notes by record."""

    records: tuple[Row, ...] = ()
    ratings: tuple[Rating, ...] = ()
    quotes: tuple[Quote, ...] = ()
    notes: Mapping[str, str] | None = None

    def rows(self) -> dict[str, list[tuple[str, ...]]]:
        """Give the rows of each file."""
        return {
            RECORDS: [
                tuple("" if one is None else str(one) for one in (
                    r.id, r.source, r.kind, r.role_group, r.service_area, r.level, r.month, r.people
                ))
                for r in self.records
            ],
            RATINGS: [
                (r.record, r.characteristic, r.rater, NOT_SEEN if r.stage is None else str(r.stage), r.reason)
                for r in self.ratings
            ],
            QUOTES: [
                (q.record, q.characteristic, q.text, "yes" if q.released else "no") for q in self.quotes
            ],
        }  # fmt: skip


def fieldwork_workbook(
    framework: Framework, areas: Sequence[str], own_label: str, gathered: Gathered
) -> bytes:
    """Write a workbook with what was gathered, or with its headings alone.

    Raises
    ------
    app.interchange.template_workbook.CannotWriteTemplate
        Where a reason or a quote is longer than a cell of a workbook can be.
    """
    rows: dict[str, Sequence[Sequence[str]]] = {
        sheet_of(file): found for file, found in gathered.rows().items()
    }
    rows[NOTES] = [(code, piece) for code, text in (gathered.notes or {}).items() for piece in _pieces(text)]
    yours = (
        f"Write your own ratings under “{own_label}”."
        if own_label
        else "You have no name as a rater yet: begin to rate one record on its page first."
    )
    how = (
        "Fill in the sheets from left to right. Columns are explained below and in notes on their headings.",
        "Then upload this file under Fieldwork. You see every mistake with its place, and all that would "
        "change, before anything is saved.",
        "What is not in the file stays as it is: uploading never deletes anything.",
        f"{yours} Ratings under other names are those of people without an account here.",
        "Do not rename sheets or headings. Names of people and case numbers have no place here.",
    )
    return book_bytes(
        f"Fieldwork for: {framework.name}", GUIDE, how, tuple(_plans(framework, tuple(areas))), rows
    )


def _plans(framework: Framework, areas: tuple[str, ...]) -> Iterator[SheetPlan]:
    wanted = {sheet_of(file) for file in TABLES}
    for plan in sheet_plans(framework):
        if plan.name in wanted:
            yield replace(plan, columns=tuple(_within(column, areas) for column in plan.columns))
    record = Column(
        "record_id", "The id of a record in the sheet “records”.", same_as=(sheet_of(RECORDS), "record_id")
    )
    text = Column(
        "text",
        "What was said, seen or read. A note that is too long for a cell goes on in the next row, with the "
        "same record. Name nobody.",
        wide=True,
    )
    yield SheetPlan(NOTES, "The notes of each record.", (record, text))


def _within(column: Column, areas: tuple[str, ...]) -> Column:
    if column.name != "service_area":
        return column
    return Column(column.name, "Optional: the service area, as the diagnostic names it.", words=areas)


def _pieces(text: str) -> Iterator[str]:
    """Cut a long note where a line ends."""
    piece: list[str] = []
    length = 0
    for line in text.split("\n"):
        if piece and length + len(line) > _LONGEST_CELL:
            yield "\n".join(piece)
            piece, length = [], 0
        piece.append(line)
        length += len(line) + 1
    yield "\n".join(piece)


def fieldwork_zip(gathered: Gathered) -> bytes:
    """Write records.csv, ratings.csv and quotes.csv, as an evidence folder has them, into a zip file."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, rows in gathered.rows().items():
            entry = zipfile.ZipInfo(file, _WRITTEN)
            archive.writestr(entry, _csv(TABLES[file], rows), zipfile.ZIP_DEFLATED)
    return memory.getvalue()


def _csv(heading: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """Write UTF-8 with a byte order mark, without which Excel misreads ŷ and Ł."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(heading)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")
