"""Keeping quotes, and letting a second person release them."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.audit.services import note
from app.commissioning.models import Diagnostic
from app.fieldwork.models import PROPOSED, RAW, RELEASED, FieldworkQuote, FieldworkRecord
from app.fieldwork.queries import lock_record
from app.fieldwork.quotes.queries import Bands, bands_of, count_quotes, lock_quote, note_of, unjudged
from app.fieldwork.safety.clearing import Settled, clear_and_log, uncleared
from app.fieldwork.safety.detecting import seen_in_words
from app.web.dates import now
from app.web.errors import Conflict

MOST_QUOTES = 200
CHANGED = "Somebody else changed this quote. This is what it says now"


@dataclass(frozen=True, slots=True)
class Attached:
    """What is attached to a quote: characteristics, own codes, and the role group that names its band."""

    characteristics: tuple[str, ...]
    codes: tuple[str, ...] = ()
    role_band: str | None = None


def add_quote(
    session: Session,
    diagnostic: Diagnostic,
    record: FieldworkRecord,
    settled: Settled,
    attached: Attached,
    person_id: UUID,
) -> FieldworkQuote:
    """Keep a raw quote in which everything was judged.

    Raises
    ------
    Conflict
        Where the record has too many already.
    """
    lock_record(session, record)
    if count_quotes(session, record.id) >= MOST_QUOTES:
        raise Conflict(f"A record can have {MOST_QUOTES} quotes. Remove what is not needed first.")
    clear_and_log(session, diagnostic, record, settled.kept, person_id)
    quote = FieldworkQuote(
        record_id=record.id,
        text=settled.text,
        characteristics=list(attached.characteristics),
        codes=list(attached.codes),
        role_band=attached.role_band,
        made_by=person_id,
    )
    session.add(quote)
    session.flush()
    _log(session, diagnostic, record, "quote added", person_id)
    return quote


def change_quote(
    session: Session,
    diagnostic: Diagnostic,
    record: FieldworkRecord,
    quote: FieldworkQuote,
    version: int,
    settled: Settled,
    attached: Attached,
    person_id: UUID,
) -> bool:
    """Change a quote, and say whether nobody else had in the meantime; where somebody had, nothing changes.

    New words or another band make it raw again, and whoever changed them its writer: what was released is
    what a second person read.
    """
    lock_record(session, record)
    lock_quote(session, quote)
    if quote.revision != version:
        return False
    clear_and_log(session, diagnostic, record, settled.kept, person_id)
    if (quote.text, quote.role_band) != (settled.text, attached.role_band):
        quote.text, quote.role_band, quote.made_by = settled.text, attached.role_band, person_id
        _make_raw(quote)
    quote.characteristics = list(attached.characteristics)
    quote.codes = list(attached.codes)
    _changed(session, diagnostic, record, quote, "quote changed", person_id)
    return True


def may_propose(quote: FieldworkQuote, person_id: UUID) -> bool:
    """Say whether somebody may propose a quote: whoever wrote it, or anybody where a file brought it."""
    return quote.state == RAW and quote.made_by in (None, person_id)


def may_release(quote: FieldworkQuote, person_id: UUID) -> bool:
    """Say whether somebody may release a quote: a second person, who neither wrote nor proposed it."""
    return quote.state == PROPOSED and person_id not in (quote.made_by, quote.proposed_by)


def propose(
    session: Session,
    diagnostic: Diagnostic,
    record: FieldworkRecord,
    quote: FieldworkQuote,
    version: int,
    person_id: UUID,
) -> str:
    """Propose a quote to a second person; say what stands in the way, or nothing."""
    fault = _fault(session, diagnostic, record, quote, version)
    if not fault and not may_propose(quote, person_id):
        fault = "Only whoever wrote a quote can propose it, while it is raw"
    if not fault:
        quote.state, quote.proposed_by = PROPOSED, person_id
        _changed(session, diagnostic, record, quote, "quote proposed", person_id)
    return fault


def release(
    session: Session,
    diagnostic: Diagnostic,
    record: FieldworkRecord,
    quote: FieldworkQuote,
    version: int,
    person_id: UUID,
) -> str:
    """Release a quote as a second person; say what stands in the way, or nothing."""
    fault = _fault(session, diagnostic, record, quote, version)
    if not fault and not may_release(quote, person_id):
        fault = "Only a second person can release a quote, who neither wrote nor proposed it"
    if not fault:
        quote.state, quote.released_by, quote.released_at = RELEASED, person_id, now()
        _changed(session, diagnostic, record, quote, "quote released", person_id)
    return fault


def take_back(
    session: Session,
    diagnostic: Diagnostic,
    record: FieldworkRecord,
    quote: FieldworkQuote,
    version: int,
    person_id: UUID,
) -> str:
    """Make a quote raw again; say what stands in the way, or nothing."""
    lock_quote(session, quote)
    if quote.revision != version:
        return CHANGED
    if quote.state != RAW:
        _make_raw(quote)
        _changed(session, diagnostic, record, quote, "quote made raw again", person_id)
    return ""


def remove_quote(
    session: Session, diagnostic: Diagnostic, record: FieldworkRecord, quote: FieldworkQuote, person_id: UUID
) -> None:
    """Remove a quote."""
    _log(session, diagnostic, record, "quote removed", person_id)
    session.flush()
    session.execute(delete(FieldworkQuote).where(FieldworkQuote.id == quote.id))


def hindrances(record: FieldworkRecord, quote: FieldworkQuote, bands: Bands, note_text: str) -> list[str]:
    """Say what keeps a quote from being released, a sentence each."""
    found = []
    if quote.role_band is not None and bands.of(quote.role_band) is None:
        found.append("Its role band has too few people to be named: choose another, or no band")
    seen = uncleared(record, quote.text)
    if seen:
        found.append(f"It holds {seen_in_words(seen)}: take it out, or confirm that it is not personal")
    elif unjudged(record, quote.text, note_text):
        found.append("It holds what may be a name in its note: look at the note first, and save it")
    return found


def _fault(
    session: Session, diagnostic: Diagnostic, record: FieldworkRecord, quote: FieldworkQuote, version: int
) -> str:
    lock_record(session, record)
    lock_quote(session, quote)
    if quote.revision != version:
        return CHANGED
    return ". ".join(hindrances(record, quote, bands_of(session, diagnostic), note_of(session, record.id)))


def _make_raw(quote: FieldworkQuote) -> None:
    quote.state = RAW
    quote.proposed_by = quote.released_by = quote.released_at = None


def _changed(
    session: Session,
    diagnostic: Diagnostic,
    record: FieldworkRecord,
    quote: FieldworkQuote,
    action: str,
    person_id: UUID,
) -> None:
    quote.revision += 1
    _log(session, diagnostic, record, action, person_id)


def _log(
    session: Session, diagnostic: Diagnostic, record: FieldworkRecord, action: str, person_id: UUID
) -> None:
    note(
        session,
        action,
        person_id,
        authority_code=diagnostic.authority_code,
        subject_id=diagnostic.id,
        record=record.code,
    )
