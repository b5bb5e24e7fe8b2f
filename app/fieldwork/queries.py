"""Reads of the fieldwork of a diagnostic. Whoever asks has been found to be allowed to."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from app.commissioning.models import Diagnostic, ServiceArea
from app.fieldwork.models import Fieldwork, FieldworkRecord, Rater


def records_of(session: Session, diagnostic_id: UUID) -> Sequence[FieldworkRecord]:
    """Give the records of a diagnostic, by what people call them."""
    found = session.scalars(
        select(FieldworkRecord).where(FieldworkRecord.diagnostic_id == diagnostic_id)
    ).all()
    return sorted(found, key=lambda one: _place(one.code))


def _place(code: str) -> tuple[str, int, str]:
    """Put I2 before I10."""
    letters = code.rstrip("0123456789")
    digits = code[len(letters) :]
    return letters, int(digits or 0), code


def find_record(session: Session, diagnostic_id: UUID, record_id: UUID) -> FieldworkRecord | None:
    """Give a record of a diagnostic."""
    return session.scalars(
        select(FieldworkRecord).where(
            FieldworkRecord.id == record_id, FieldworkRecord.diagnostic_id == diagnostic_id
        )
    ).one_or_none()


def lock_record(session: Session, record: FieldworkRecord) -> None:
    """Read a record anew, and hold it until the transaction ends."""
    session.refresh(record, with_for_update=True)


def lock_diagnostic(session: Session, diagnostic: Diagnostic) -> None:
    """Hold a diagnostic until the transaction ends, for what may happen in it only one at a time.

    Only its columns: PostgreSQL does not lock what is joined to it.
    """
    columns = [column.key for column in inspect(Diagnostic).column_attrs]
    session.refresh(diagnostic, attribute_names=columns, with_for_update=True)


def areas_of(session: Session, diagnostic_id: UUID) -> Mapping[UUID, str]:
    """Give the names of a diagnostic's service areas by their ids, in order."""
    rows = session.execute(
        select(ServiceArea.id, ServiceArea.name)
        .where(ServiceArea.diagnostic_id == diagnostic_id)
        .order_by(ServiceArea.position)
    )
    return {row.id: row.name for row in rows}


def purged_on(session: Session, diagnostic_id: UUID) -> date | None:
    """Give the day on which the notes and files of a diagnostic were deleted; None where they were not."""
    found = session.get(Fieldwork, diagnostic_id)
    return None if found is None else found.purged_on


def raters_of(session: Session, diagnostic: Diagnostic) -> Sequence[Rater]:
    """Give whoever rates in a diagnostic."""
    return session.scalars(
        select(Rater).where(Rater.diagnostic_id == diagnostic.id).order_by(Rater.label)
    ).all()
