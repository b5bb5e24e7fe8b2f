"""Reads of notes: one as it stands, as it stood, and all of a diagnostic."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.fieldwork.models import FieldworkNote, FieldworkRecord, NoteVersion


def find_note(session: Session, record_id: UUID) -> FieldworkNote | None:
    """Give the note of a record as it stands now, whatever was read before."""
    query = select(FieldworkNote).where(FieldworkNote.record_id == record_id)
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def versions_of(session: Session, record_id: UUID) -> Sequence[NoteVersion]:
    """Give the earlier versions of a note, the latest first."""
    query = select(NoteVersion).where(NoteVersion.record_id == record_id)
    return session.scalars(query.order_by(NoteVersion.revision.desc())).all()


def latest_version(session: Session, record_id: UUID) -> NoteVersion | None:
    """Give the version that was put away last."""
    query = select(NoteVersion).where(NoteVersion.record_id == record_id)
    return session.scalars(query.order_by(NoteVersion.revision.desc()).limit(1)).one_or_none()


def count_versions(session: Session, record_id: UUID) -> int:
    """Count the earlier versions of a note."""
    query = select(func.count()).select_from(NoteVersion).where(NoteVersion.record_id == record_id)
    return session.scalars(query).one()


def find_version(session: Session, record_id: UUID, revision: int) -> NoteVersion | None:
    """Give one earlier version of a note."""
    query = select(NoteVersion).where(NoteVersion.record_id == record_id, NoteVersion.revision == revision)
    return session.scalars(query).one_or_none()


def notes_of(session: Session, diagnostic_id: UUID) -> Sequence[tuple[FieldworkRecord, FieldworkNote]]:
    """Give the notes of a diagnostic with their records."""
    query = (
        select(FieldworkRecord, FieldworkNote)
        .join(FieldworkNote, FieldworkNote.record_id == FieldworkRecord.id)
        .where(FieldworkRecord.diagnostic_id == diagnostic_id)
        .order_by(FieldworkRecord.code)
    )
    return [(record, note) for record, note in session.execute(query)]
