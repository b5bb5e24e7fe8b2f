"""Reads of quotes. Whoever asks gathers; what leaves for the evidence has been checked once more."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.commissioning.frame.queries import frame_of
from app.commissioning.frameworks import framework_of
from app.commissioning.models import Diagnostic
from app.fieldwork.models import RELEASED, FieldworkNote, FieldworkQuote, FieldworkRecord, OwnCode
from app.fieldwork.queries import records_of
from app.fieldwork.safety.clearing import uncleared
from app.fieldwork.safety.detecting import Kind, Sighting, sightings_in_quote
from diagnostics.evidence import Quote
from diagnostics.reporting_groups import ReportingGroup, reporting_groups


@dataclass(frozen=True, slots=True)
class Bands:
    """The role bands that a diagnostic may name: those of enough people, once small groups have joined."""

    groups: tuple[ReportingGroup, ...]

    def of(self, role_group: str | None) -> ReportingGroup | None:
        """Give the band of a role group; None where it may not be named."""
        return next((band for band in self.groups if role_group in band.members), None)


def bands_of(session: Session, diagnostic: Diagnostic) -> Bands:
    """Give the role bands of a diagnostic's frame that have as many people as its threshold asks."""
    threshold = diagnostic.threshold
    groups = reporting_groups(framework_of(diagnostic), frame_of(session, diagnostic), threshold)
    return Bands(tuple(group for group in groups if group.people >= threshold))


def note_of(session: Session, record_id: UUID) -> str:
    """Give the note of a record; empty where there is none."""
    return session.scalar(select(FieldworkNote.text).where(FieldworkNote.record_id == record_id)) or ""


def notes_of(session: Session, diagnostic_id: UUID) -> Mapping[UUID, str]:
    """Give the notes of a diagnostic by their records."""
    rows = session.execute(
        select(FieldworkNote.record_id, FieldworkNote.text)
        .join(FieldworkRecord, FieldworkRecord.id == FieldworkNote.record_id)
        .where(FieldworkRecord.diagnostic_id == diagnostic_id)
    )
    return {record_id: text for record_id, text in rows}


def quotes_of(session: Session, record_id: UUID) -> Sequence[FieldworkQuote]:
    """Give the quotes of a record, in the order in which they were made."""
    return session.scalars(
        select(FieldworkQuote)
        .where(FieldworkQuote.record_id == record_id)
        .order_by(FieldworkQuote.made_at, FieldworkQuote.id)
    ).all()


def find_quote(session: Session, record_id: UUID, quote_id: UUID) -> FieldworkQuote | None:
    """Give a quote of a record."""
    return session.scalars(
        select(FieldworkQuote).where(FieldworkQuote.id == quote_id, FieldworkQuote.record_id == record_id)
    ).one_or_none()


def lock_quote(session: Session, quote: FieldworkQuote) -> None:
    """Read a quote anew, and hold it until the transaction ends."""
    session.refresh(quote, with_for_update=True)


def quotes_in(session: Session, diagnostic_id: UUID) -> Sequence[tuple[FieldworkRecord, FieldworkQuote]]:
    """Give all quotes of a diagnostic with their records, by what people call those."""
    found: dict[UUID, list[FieldworkQuote]] = {}
    for quote in session.scalars(
        select(FieldworkQuote)
        .join(FieldworkRecord, FieldworkRecord.id == FieldworkQuote.record_id)
        .where(FieldworkRecord.diagnostic_id == diagnostic_id)
        .order_by(FieldworkQuote.made_at, FieldworkQuote.id)
    ):
        found.setdefault(quote.record_id, []).append(quote)
    return [
        (record, quote) for record in records_of(session, diagnostic_id) for quote in found.get(record.id, ())
    ]


def count_quotes(session: Session, record_id: UUID) -> int:
    """Count the quotes of a record."""
    query = select(func.count()).select_from(FieldworkQuote).where(FieldworkQuote.record_id == record_id)
    return session.scalars(query).one()


def own_codes_of(session: Session, diagnostic_id: UUID) -> Mapping[str, str]:
    """Give the names of a diagnostic's own codes by their ids."""
    rows = session.execute(
        select(OwnCode.id, OwnCode.name).where(OwnCode.diagnostic_id == diagnostic_id).order_by(OwnCode.name)
    )
    return {str(row.id): row.name for row in rows}


def unjudged(record: FieldworkRecord, text: str, note: str) -> tuple[Sighting, ...]:
    """Give what may be personal in a quote and nobody has judged; names that its note gives away too."""
    found = uncleared(record, text)
    names = {one.text for one in uncleared(record, note) if one.kind is Kind.NAME}
    known = {(one.start, one.end) for one in found}
    further = [
        one
        for one in sightings_in_quote(text, note)
        if one.text in names and (one.start, one.end) not in known
    ]
    return (*found, *further)


def evidence_quotes(session: Session, diagnostic: Diagnostic) -> tuple[Quote, ...]:
    """Give the quotes of a diagnostic as the method takes them, one a characteristic.

    ``released`` only if a second person released the quote, nothing in it is unjudged, and its band is the
    one by which the method would name the record: nobody is named by another, or by one of too few people.
    """
    bands, notes = bands_of(session, diagnostic), notes_of(session, diagnostic.id)
    known = {one.id for one in framework_of(diagnostic).characteristics}
    return tuple(
        Quote(record.code, characteristic, quote.text, _may_leave(record, quote, bands, notes))
        for record, quote in quotes_in(session, diagnostic.id)
        for characteristic in quote.characteristics
        if characteristic in known
    )


def _may_leave(
    record: FieldworkRecord, quote: FieldworkQuote, bands: Bands, notes: Mapping[UUID, str]
) -> bool:
    own, band = bands.of(record.role_group), bands.of(quote.role_band)
    # Without a band anywhere the method prints nothing; with one, it names the record's.
    as_released = band is own and (band is not None or quote.role_band is None)
    return (
        quote.state == RELEASED and as_released and not unjudged(record, quote.text, notes.get(record.id, ""))
    )


def may_be_printed(record: FieldworkRecord, role_band: str | None, bands: Bands) -> bool:
    """Say whether a brief would name this band: it names that of the record, and prints none without."""
    band = bands.of(role_band)
    return band is not None and band is bands.of(record.role_group)


def unjudged_quotes(session: Session, diagnostic_id: UUID) -> Mapping[str, int]:
    """Count, by record, the quotes in which something may be personal and nobody has judged it."""
    notes = notes_of(session, diagnostic_id)
    found: dict[str, int] = {}
    for record, quote in quotes_in(session, diagnostic_id):
        if unjudged(record, quote.text, notes.get(record.id, "")):
            found[record.code] = found.get(record.code, 0) + 1
    return found


def people_in(quotes: Collection[FieldworkQuote]) -> set[UUID]:
    """Give whoever wrote, proposed or released some quotes."""
    return {
        person
        for quote in quotes
        for person in (quote.made_by, quote.proposed_by, quote.released_by)
        if person is not None
    }
