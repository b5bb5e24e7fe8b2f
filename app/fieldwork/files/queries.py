"""Reads of attached files."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.fieldwork.models import Attachment, FieldworkRecord


def files_of(session: Session, record: FieldworkRecord) -> Sequence[Attachment]:
    """Give the files of a record, in the order in which they were attached."""
    return session.scalars(
        select(Attachment)
        .where(Attachment.record_id == record.id)
        .order_by(Attachment.added_at, Attachment.name, Attachment.id)
    ).all()


def find_file(session: Session, record: FieldworkRecord, file_id: UUID) -> Attachment | None:
    """Give a file of a record."""
    return session.scalars(
        select(Attachment).where(Attachment.id == file_id, Attachment.record_id == record.id)
    ).one_or_none()


def number_of_files(session: Session, record: FieldworkRecord) -> int:
    """Count the files of a record."""
    return (
        session.scalar(select(func.count()).select_from(Attachment).where(Attachment.record_id == record.id))
        or 0
    )


def names_kept(session: Session) -> frozenset[str]:
    """Give the random names of all files that belong to a record."""
    return frozenset(session.scalars(select(Attachment.stored)))
