"""records.csv, ratings.csv and quotes.csv: what was heard in talks, watched and read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.interchange.delimited import Cells, Table, each_row, match_columns
from app.interchange.frame_file import Workforce
from app.interchange.vocabulary import Vocabulary, folded, quoted, whole_number
from diagnostics.evidence import DATA_REVIEW, FIELDWORK, RECONCILED, Quote, Rating, Record
from diagnostics.framework import Framework
from diagnostics.framework_parts import STAGES
from diagnostics.published import Source

RECORDS, RATINGS, QUOTES = "records.csv", "ratings.csv", "quotes.csv"
RECORD_COLUMNS = ("record_id", "source", "kind", "role_group", "service_area", "level", "month", "people")
RATING_COLUMNS = ("record_id", "characteristic", "rater", "stage", "reason")
QUOTE_COLUMNS = ("record_id", "characteristic", "text", "released")

# A day may follow: spreadsheets make one of a month.
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?")
_STAGES: dict[str, int | None] = {str(stage): stage for stage in STAGES} | {"not seen": None}
_YES_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_OWN_RATINGS = 2


@dataclass(frozen=True, slots=True)
class Records:
    """The records, and the row in which each id stands (of rows with a fault too).

    ``readable`` is false where the ids could not be read, so that nothing can be said of an unknown one.
    """

    records: tuple[Record, ...]
    rows: Mapping[str, int]
    readable: bool = True


def characteristic_words(framework: Framework) -> Vocabulary:
    """Give the framework's characteristics, by id or by name."""
    return Vocabulary(
        "a characteristic of the framework", [(c.id, c.name) for c in framework.characteristics]
    )


def _kinds(framework: Framework) -> dict[str, Vocabulary]:
    named = {
        "interview": ("a kind of interview in the framework", framework.interview_kinds),
        "observation": ("a setting for observation in the framework", framework.observation_settings),
        "document": ("a type of document in the framework", framework.document_types),
    }
    words = {
        source: (what, [(kind.id, kind.name) for kind in kinds]) for source, (what, kinds) in named.items()
    }
    words["document"][1].append((DATA_REVIEW, "Data review"))
    return {source: Vocabulary(what, pairs) for source, (what, pairs) in words.items()}


class _RecordReader:
    """Reads the cells of records.csv, each of which may be wrong on its own."""

    def __init__(self, framework: Framework, workforce: Workforce, as_of: date | None) -> None:
        self.sources = Vocabulary("a source", [(source, source) for source in FIELDWORK])
        self.kinds = _kinds(framework)
        self.levels = Vocabulary(
            "a level", [(level, level) for level in ("strategic", "operational", "both")]
        )
        self.workforce = workforce
        self.as_of = as_of

    def read(self, row: Cells) -> Record | None:
        source = self.word(row, "source", self.sources)
        kind = self.word(row, "kind", self.kinds[source]) if source else row["kind"]
        areas = self.workforce.service_areas
        role = self.word(row, "role_group", self.workforce.role_groups, optional=True)
        area = None if areas is None else self.word(row, "service_area", areas, optional=True)
        level = self.word(row, "level", self.levels, optional=True)
        month = self.month(row)
        people = self.people(row)
        known: Source | None = next((name for name in FIELDWORK if name == source), None)
        if known is None or kind is None or month is None:
            return None
        return Record(row["record_id"], known, kind, role, area, level, month, people)

    def word(self, row: Cells, column: str, words: Vocabulary, *, optional: bool = False) -> str | None:
        text = row[column]
        if not text:
            if not optional:
                row.fault(column, f"The cell is empty. {words.mend('')}")
            return None
        found = words.find(text)
        if found is None:
            row.fault(column, words.unknown(text) + (" Or leave the cell empty." if optional else ""))
        return found

    def month(self, row: Cells) -> date | None:
        text = row["month"]
        match = _MONTH.fullmatch(text)
        if match is None or match.group(1) == "0000":
            wrong = f"{quoted(text)} is not a month." if text else "The month is empty."
            row.fault(
                "month",
                f"{wrong} Write year-month, such as 2026-11. "
                "If your spreadsheet changes it, format the column as text.",
            )
            return None
        month = date(int(match.group(1)), int(match.group(2)), 1)
        if self.as_of is not None and month > self.as_of:
            row.fault(
                "month",
                f"{text} is after {self.as_of}, the day “as_of” in diagnostic.yaml. "
                "Correct the month, or “as_of”.",
            )
        return month

    def people(self, row: Cells) -> int | None:
        text = row["people"]
        if not text:
            return None
        people = whole_number(text)
        if not people:
            row.fault(
                "people",
                f"{quoted(text)} is not a number of people. Write a whole number from 1, or nothing.",
            )
        return people


def read_records(table: Table, framework: Framework, workforce: Workforce, as_of: date | None) -> Records:
    """Read records.csv; faults go into the table's report."""
    columns = match_columns(table, RECORD_COLUMNS)
    reader = _RecordReader(framework, workforce, as_of)
    rows: dict[str, int] = {}
    records: list[Record] = []
    for row in each_row(table, columns):
        record_id = row["record_id"]
        if not record_id:
            row.fault("record_id", "The record has no id. Give it one that no other record has, such as I01.")
        elif record_id in rows:
            row.fault(
                "record_id",
                f"{quoted(record_id)} is the id of row {rows[record_id]} already. "
                "Give each record an id of its own.",
            )
        else:
            rows[record_id] = row.row.number
        record = reader.read(row)
        if record is not None:
            records.append(record)
    return Records(tuple(records), rows, readable="record_id" in columns)


def _known_record(row: Cells, records: Records) -> str | None:
    record = row["record_id"]
    if record in records.rows or (record and not records.readable):
        return record
    ids = Vocabulary("a record of records.csv", [(known, known) for known in records.rows])
    if not record:
        row.fault("record_id", "The record’s id is empty. Write the id of a record in records.csv.")
    else:
        near = ids.nearest(record)
        mend = f"Did you mean “{near}”?" if near else "Add the record to records.csv, or correct the id."
        row.fault("record_id", f"There is no record {quoted(record)} in records.csv. {mend}")
    return None


def _characteristic(row: Cells, words: Vocabulary) -> str | None:
    text = row["characteristic"]
    found = words.find(text) if text else None
    if found is None:
        row.fault(
            "characteristic",
            words.unknown(text) if text else f"The characteristic is empty. {words.mend('')}",
        )
    return found


def read_ratings(table: Table, framework: Framework, records: Records) -> tuple[Rating, ...]:
    """Read ratings.csv; faults go into the table's report."""
    columns = match_columns(table, RATING_COLUMNS)
    words = characteristic_words(framework)
    ratings: list[Rating] = []
    first: dict[tuple[str, str, str], int] = {}
    spelling: dict[str, str] = {}
    reconciled: list[tuple[Cells, str, str]] = []
    own: dict[tuple[str, str], int] = {}
    for row in each_row(table, columns):
        record, characteristic = _known_record(row, records), _characteristic(row, words)
        stage, rater = _stage(row), " ".join(row["rater"].split())
        if not rater:
            row.fault("rater", "The rater is empty. Write the rater’s initials, or “reconciled”.")
        rater = RECONCILED if folded(rater) == RECONCILED else spelling.setdefault(folded(rater), rater)
        reason = row["reason"]
        if stage is not None and not reason:
            row.fault("reason", f"Stage {stage} has no reason. Write what was heard, seen or read.")
        if record is None or characteristic is None or not rater:
            continue
        key = (record, characteristic, rater)
        if key in first:
            row.fault(
                "rater",
                f"{quoted(rater)} rated {characteristic} in {record} in row {first[key]} already. "
                "Keep one of the two.",
            )
            continue
        first[key] = row.row.number
        if rater == RECONCILED:
            reconciled.append((row, record, characteristic))
        else:
            own[record, characteristic] = own.get((record, characteristic), 0) + 1
        ratings.append(Rating(record, characteristic, rater, stage, reason))
    for row, record, characteristic in reconciled:
        count = own.get((record, characteristic), 0)
        if count < _OWN_RATINGS:
            row.fault(
                "rater",
                "A reconciled rating needs at least two raters’ own ratings "
                f"of {characteristic} in {record}; "
                f"there {'is' if count == 1 else 'are'} {count or 'none'}. "
                "Add them, or write the rater’s initials here.",
            )
    return tuple(ratings)


def _stage(row: Cells) -> int | None:
    text = row["stage"]
    number = whole_number(text)
    key = folded(text) if number is None else str(number)
    if key not in _STAGES:
        wrong = f"{quoted(text)} is not a stage." if text else "The stage is empty."
        row.fault("stage", f"{wrong} Write 1, 2, 3, 4 or not_seen.")
        return None
    return _STAGES[key]


def read_quotes(table: Table, framework: Framework, records: Records) -> tuple[Quote, ...]:
    """Read quotes.csv; faults go into the table's report."""
    columns = match_columns(table, QUOTE_COLUMNS)
    words = characteristic_words(framework)
    quotes: list[Quote] = []
    for row in each_row(table, columns):
        record, characteristic = _known_record(row, records), _characteristic(row, words)
        text = row["text"]
        released = _YES_NO.get(row["released"].casefold())
        if not text:
            row.fault("text", "The quote is empty. Write the words that were said, or delete the row.")
        if released is None:
            wrong = f"{quoted(row['released'])} is neither." if row["released"] else "The cell is empty."
            row.fault(
                "released", f"{wrong} Write yes where a second person has released the quote, otherwise no."
            )
        if record is not None and characteristic is not None and text and released is not None:
            quotes.append(Quote(record, characteristic, text, released))
    return tuple(quotes)


def say_unrated(table: Table, records: Records, ratings: tuple[Rating, ...]) -> None:
    """Warn of records that nobody rated."""
    rated = {rating.record for rating in ratings}
    for record, number in records.rows.items():
        if record not in rated:
            table.report.warn(
                RECORDS,
                number,
                "record_id",
                f"The record {quoted(record)} has no rating, so it counts for nothing.",
            )
