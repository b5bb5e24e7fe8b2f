"""A file beside what is saved: what it would add and change, and what it may not."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from app.fieldwork.exchange.queries import Saved
from app.fieldwork.exchange.ratings_compared import compare_ratings
from app.fieldwork.models import RAW, RELEASED
from app.fieldwork.safety.clearing import uncleared
from app.fieldwork.safety.detecting import IN_WORDS, Sighting, sightings_in
from app.interchange.faults import Fault
from app.interchange.fieldwork_files import QUOTES, RATINGS, RECORDS
from app.interchange.fieldwork_package import Note, Package
from app.interchange.fieldwork_workbook import NOTES
from app.interchange.vocabulary import cleaned, listed, quoted
from diagnostics.evidence import Rating, Record

LONGEST_CODE, MOST_RECORDS, MOST_ROWS = 40, 500, 10_000
_SINGLE = {"interview": "an interview", "observation": "an observation", "document": "a document"}


@dataclass(frozen=True, slots=True)
class SentQuote:
    """A quote of a file, with all characteristics under which the file has it."""

    record: str
    text: str
    characteristics: tuple[str, ...]
    released: bool


@dataclass(frozen=True, slots=True)
class Sighted:
    """A text of the file that may hold personal details, and where it stands."""

    table: str
    row: int
    column: str
    record: str
    sightings: tuple[Sighting, ...]

    @property
    def words(self) -> str:
        """Say what was seen: “Kofi” (a possible name) and “M1 1AA” (a postcode)."""
        seen = dict.fromkeys(f"{quoted(one.text)} ({IN_WORDS[one.kind]})" for one in self.sightings)
        return listed(list(seen), "and")

    @property
    def name(self) -> str:
        """Give what a tick for this text is called; it changes with what was seen."""
        whole = f"{self.table}:{self.row}:{self.record}:{[one.text for one in self.sightings]}"
        return hashlib.sha256(whole.encode()).hexdigest()[:16]


@dataclass(slots=True)
class Comparison:
    """What would happen. ``faults`` forbid all of it; ``sighted`` has to be confirmed first.

    A changed record comes with the names of the columns that differ.
    """

    package: Package
    faults: list[Fault] = field(default_factory=list)
    sighted: list[Sighted] = field(default_factory=list)
    new_records: list[Record] = field(default_factory=list)
    changed_records: list[tuple[Record, tuple[str, ...]]] = field(default_factory=list)
    new_ratings: list[Rating] = field(default_factory=list)
    changed_ratings: list[Rating] = field(default_factory=list)
    new_quotes: list[SentQuote] = field(default_factory=list)
    changed_quotes: list[SentQuote] = field(default_factory=list)
    new_notes: list[Note] = field(default_factory=list)
    changed_notes: list[Note] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def _changes(self) -> Iterator[Sequence[object]]:
        yield from (
            self.new_records,
            self.changed_records,
            self.new_ratings,
            self.changed_ratings,
            self.new_quotes,
            self.changed_quotes,
            self.new_notes,
            self.changed_notes,
        )

    def __bool__(self) -> bool:
        return any(self._changes())

    @property
    def version(self) -> str:
        """Name what would happen, so that nothing else happens once somebody has agreed to it."""
        return hashlib.sha256(repr([list(one) for one in self._changes()]).encode()).hexdigest()

    @property
    def places(self) -> int:
        """Count the entries of the file."""
        package = self.package
        return sum(map(len, (package.records, package.ratings, package.quotes, package.notes)))


def compare(saved: Saved, package: Package) -> Comparison:
    """Compare a file with what is saved."""
    found = Comparison(package)
    if len(package.ratings) > MOST_ROWS or len(package.quotes) > MOST_ROWS:
        wrong = (
            f"There are more than {MOST_ROWS:,} rows. Check that it is the right file, or upload it in parts."
        )
        found.faults.append(Fault("", None, None, wrong))
        return found
    _records(saved, package, found)
    compare_ratings(saved, package, found)
    _quotes(saved, package, found)
    _notes(saved, package, found)
    return found


def _records(saved: Saved, package: Package, found: Comparison) -> None:
    for place, record in enumerate(package.records):
        if len(record.id) > LONGEST_CODE:
            wrong = f"The id is longer than {LONGEST_CODE} characters. Shorten it."
            found.faults.append(package.fault(RECORDS, place, "record_id", wrong))
            continue
        there = saved.records.get(record.id)
        if there is None:
            found.new_records.append(record)
            _look(saved, found, RECORDS, place, "record_id", record.id, record.id)
            continue
        if there.source != record.source:
            wrong = (
                f"{record.id} is {_SINGLE[there.source]} here, and that cannot change. Give the record of "
                "the file another id, or correct the source."
            )
            found.faults.append(package.fault(RECORDS, place, "source", wrong))
            continue
        area = saved.areas.get(there.service_area_id) if there.service_area_id else None
        pairs = {
            "kind": (there.kind, record.kind),
            "role_group": (there.role_group, record.role_group),
            "service_area": (area, record.service_area),
            "level": (there.level, record.level),
            "month": (there.month, record.month),
            "people": (there.people, record.people),
        }
        differs = tuple(name for name, (before, after) in pairs.items() if before != after)
        if differs:
            found.changed_records.append((record, differs))
    if len(saved.records) + len(found.new_records) > MOST_RECORDS:
        wrong = f"A diagnostic can have {MOST_RECORDS} records, and with this file it would have more."
        found.faults.append(Fault(package.called[RECORDS], None, None, wrong))


def _quotes(saved: Saved, package: Package, found: Comparison) -> None:
    places: dict[tuple[str, str], list[int]] = {}
    for place, quote in enumerate(package.quotes):
        places.setdefault((quote.record, quote.text), []).append(place)
    proposed = kept = 0
    for (code, text), where in places.items():
        rows = [package.quotes[place] for place in where]
        released = any(row.released for row in rows)
        sent = SentQuote(code, text, tuple(dict.fromkeys(row.characteristic for row in rows)), released)
        there = saved.quotes.get((code, cleaned(text)))
        if there is None:
            found.new_quotes.append(sent)
            proposed += released
            _look(saved, found, QUOTES, where[0], "text", code, text)
            continue
        more = tuple(one for one in sent.characteristics if one not in there.characteristics)
        if there.state == RELEASED:
            kept += not released
            if more:
                wrong = (
                    f"This quote is released, so the file cannot add {listed(more, 'and')} to it. Take the "
                    "row out, or change the quote on its page."
                )
                found.faults.append(package.fault(QUOTES, where[0], "characteristic", wrong))
            continue
        proposed += released and there.state == RAW
        if more or (released and there.state == RAW):
            found.changed_quotes.append(SentQuote(code, text, more, released))
    if proposed:
        found.said.append(
            f"{_count(proposed, 'quote is', 'quotes are')} marked as released. A file cannot release a "
            "quote: it becomes proposed, until somebody else than you has read it and releases it."
        )
    if kept:
        found.said.append(
            f"{_count(kept, 'quote is', 'quotes are')} released here and not in the file. That stays so."
        )


def _notes(saved: Saved, package: Package, found: Comparison) -> None:
    for place, sent in enumerate(package.notes):
        there = saved.notes.get(sent.record)
        if there is not None and cleaned(there.text) == cleaned(sent.text):
            continue
        (found.changed_notes if there is not None else found.new_notes).append(sent)
        _look(saved, found, NOTES, place, "text", sent.record, sent.text)
    if found.changed_notes:
        found.said.append(
            f"The notes of {listed([one.record for one in found.changed_notes], 'and')} are replaced by "
            "those of the file. How they stand now is kept in their history."
        )
    places = {rating: place for place, rating in enumerate(package.ratings)}
    for rating in (*found.new_ratings, *found.changed_ratings):
        _look(saved, found, RATINGS, places[rating], "reason", rating.record, rating.reason)


def _look(saved: Saved, found: Comparison, table: str, place: int, column: str, code: str, text: str) -> None:
    """Look for personal details in a text that would be saved."""
    record = saved.records.get(code)
    see: Callable[[str], tuple[Sighting, ...]] = (
        sightings_in if record is None else lambda words: uncleared(record, words)
    )
    seen = see(text)
    if seen:
        where = found.package.fault(table, place, column, "")
        found.sighted.append(Sighted(where.file, where.row or 0, column, code, seen))


def _count(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
