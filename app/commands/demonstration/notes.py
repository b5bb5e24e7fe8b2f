"""The notes of a wave’s records, so that each quote can be looked up in its note, and who released it."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fieldwork.models import FieldworkNote, FieldworkQuote, FieldworkRecord
from diagnostics.evidence import Evidence


def write_notes(
    session: Session, diagnostic_id: UUID, evidence: Evidence, gatherer: UUID, releaser: UUID
) -> None:
    """Write the gatherer’s notes, and have a second person release the quotes in them."""
    of_diagnostic = FieldworkRecord.diagnostic_id == diagnostic_id
    session.add_all(
        FieldworkNote(
            record_id=record.id,
            text=_note(evidence, record.code),
            saved_by=gatherer,
            saved_at=record.created_at,
        )
        for record in session.scalars(select(FieldworkRecord).where(of_diagnostic))
    )
    for quote in session.scalars(select(FieldworkQuote).join(FieldworkRecord).where(of_diagnostic)):
        quote.released_by = releaser
    session.flush()


def _note(evidence: Evidence, code: str) -> str:
    """Give a record’s note: what its first rater goes by, and what was said of it word for word."""
    said: dict[str, list[str]] = {}
    for quote in evidence.quotes:
        if quote.record == code:
            said.setdefault(quote.characteristic, []).append(f"“{quote.text}”")
    ratings = [one for one in evidence.ratings if one.record == code]
    lines: list[str] = []
    for one in ratings:
        if one.rater == ratings[0].rater:
            lines += [one.reason, *said.pop(one.characteristic, [])]
    return "\n".join([*filter(None, lines), *(text for texts in said.values() for text in texts)])
