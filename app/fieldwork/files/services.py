"""Attaching a file to a record, and removing it. The file is on disk before its row is kept."""

import hashlib
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.orm import Session

from app.audit.services import note
from app.commissioning.models import Diagnostic
from app.fieldwork.files.kinds import FileKind
from app.fieldwork.files.queries import number_of_files
from app.fieldwork.files.store import FileStore
from app.fieldwork.models import Attachment, FieldworkRecord
from app.fieldwork.queries import lock_record
from app.fieldwork.safety.clearing import clear_and_log
from app.fieldwork.safety.detecting import Sighting
from app.web.errors import Conflict

MOST_FILES = 50


def attach(
    session: Session,
    store: FileStore,
    diagnostic: Diagnostic,
    record: FieldworkRecord,
    *,
    name: str,
    kind: FileKind,
    content: bytes,
    harmless: Iterable[Sighting],
    person_id: UUID,
) -> Attachment:
    """Attach a file. Where the transaction fails, the worker finds the file without its row and deletes it.

    Raises
    ------
    Conflict
        Where the record has too many files already.
    """
    lock_record(session, record)
    if number_of_files(session, record) >= MOST_FILES:
        raise Conflict(f"A record can have {MOST_FILES} files. Remove what is not needed first.")
    clear_and_log(session, diagnostic, record, harmless, person_id)
    made = Attachment(
        record_id=record.id,
        name=name,
        media_type=kind.media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        stored=store.put(content),
        added_by=person_id,
    )
    session.add(made)
    session.flush()
    _log(session, diagnostic, "file attached", record, made, person_id)
    return made


def remove_file(
    session: Session, diagnostic: Diagnostic, record: FieldworkRecord, file: Attachment, person_id: UUID
) -> None:
    """Take a file away. The worker deletes its content, once the row is gone for good."""
    _log(session, diagnostic, "file removed", record, file, person_id)
    session.delete(file)


def _log(
    session: Session,
    diagnostic: Diagnostic,
    action: str,
    record: FieldworkRecord,
    file: Attachment,
    person_id: UUID,
) -> None:
    note(
        session,
        action,
        person_id,
        authority_code=diagnostic.authority_code,
        subject_id=diagnostic.id,
        record=record.code,
        kind=file.media_type,
        bytes=file.size,
    )
