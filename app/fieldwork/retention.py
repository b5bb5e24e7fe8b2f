"""What is deleted when its time is up: notes, reasons, quotes, own codes and files. Stages stay."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import CursorResult, Result, delete, select, update
from sqlalchemy.orm import Session

from app.audit.services import note
from app.commissioning.models import DRAFT, Diagnostic
from app.fieldwork.models import (
    Attachment,
    Fieldwork,
    FieldworkNote,
    FieldworkQuote,
    FieldworkRecord,
    NoteVersion,
    OwnCode,
    ReconciledRating,
    RecordRating,
)
from app.web.dates import months_after

_DELETED = (FieldworkNote, NoteVersion, FieldworkQuote, Attachment)
_WITHOUT_REASONS = (RecordRating, ReconciledRating)
# The tables out of which texts are deleted.
EMPTIED = (*_DELETED, *_WITHOUT_REASONS, FieldworkRecord, OwnCode)


def must_go_on(diagnostic: Diagnostic) -> date | None:
    """Give the day on which notes must be gone: so many months after the last day of the survey."""
    closes = diagnostic.survey_closes_on
    return None if closes is None else months_after(closes, diagnostic.raw_data_months)


def diagnostics_over(session: Session, day: date) -> Sequence[Diagnostic]:
    """Give the diagnostics whose notes are still there and must not be any more."""
    waiting = session.scalars(
        select(Diagnostic)
        .outerjoin(Fieldwork, Fieldwork.diagnostic_id == Diagnostic.id)
        .where(Diagnostic.state != DRAFT, Diagnostic.with_fieldwork, Fieldwork.purged_on.is_(None))
        .order_by(Diagnostic.id)
    )
    return [one for one in waiting if (last := must_go_on(one)) is not None and last <= day]


def delete_texts(session: Session, diagnostic: Diagnostic) -> int:
    """Delete whatever somebody wrote, said or attached, and say how much that was; the sweep must follow."""
    records = select(FieldworkRecord.id).where(FieldworkRecord.diagnostic_id == diagnostic.id)
    own = delete(OwnCode).where(OwnCode.diagnostic_id == diagnostic.id)
    done = _count(session.execute(own))
    for table in _DELETED:
        done += _count(session.execute(delete(table).where(table.record_id.in_(records))))
    for rated in _WITHOUT_REASONS:
        with_reason = rated.record_id.in_(records), rated.reason != ""
        done += _count(session.execute(update(rated).where(*with_reason).values(reason="")))
    for record in session.scalars(
        select(FieldworkRecord).where(FieldworkRecord.diagnostic_id == diagnostic.id)
    ):
        done += bool(record.owner_role or record.reference or record.cleared)
        record.owner_role = record.reference = ""
        record.cleared = []
    session.flush()
    return done


def _count(result: Result[Any]) -> int:
    return result.rowcount if isinstance(result, CursorResult) else 0


def mark_deleted(session: Session, diagnostic: Diagnostic, day: date) -> None:
    """Keep the day on which the notes went, for every page that had them."""
    fieldwork = session.get(Fieldwork, diagnostic.id, with_for_update=True)
    if fieldwork is None:
        session.add(Fieldwork(diagnostic_id=diagnostic.id, purged_on=day))
    else:
        fieldwork.purged_on = day
    note(
        session,
        "notes and files deleted",
        None,
        authority_code=diagnostic.authority_code,
        subject_id=diagnostic.id,
        months=diagnostic.raw_data_months,
    )
