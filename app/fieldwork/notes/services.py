"""Saving a note without losing anybody's text, keeping how it stood, and bringing that back."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from app.audit.services import note as log_entry
from app.commissioning.models import Diagnostic
from app.fieldwork.models import FieldworkNote, FieldworkRecord, NoteVersion
from app.fieldwork.notes.queries import find_note, latest_version
from app.fieldwork.safety.clearing import Settled, clear_and_log
from app.web.dates import now

# What one writer saves within this time is one version.
ONE_VERSION = timedelta(minutes=10)
# Whoever takes out more than this share of a text may have done so by mistake: what stood there is kept.
_MUCH = 0.2


def plain(text: str) -> str:
    """Give a text with the line ends and characters that both engines keep."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()


def clashes(note: FieldworkNote | None, revision: int, text: str) -> bool:
    """Say whether somebody else saved another text since a writer began from a revision."""
    return note is not None and note.revision != revision and note.text != text


def save_note(
    session: Session,
    diagnostic: Diagnostic,
    record: FieldworkRecord,
    settled: Settled,
    person_id: UUID,
    *,
    keep_before: bool = False,
) -> FieldworkNote:
    """Save a text in which everything was judged. The record is locked, and the text does not clash.

    How the note stood becomes a version, unless the same writer saved a version within ten minutes;
    ``keep_before`` makes it one in any case.
    """
    moment = now()
    clear_and_log(session, diagnostic, record, settled.kept, person_id)
    note = find_note(session, record.id)
    if note is None:
        note = FieldworkNote(record_id=record.id, text=settled.text, saved_by=person_id, saved_at=moment)
        session.add(note)
    elif note.text == settled.text:
        return note
    else:
        if not (keep_before or _is_version(session, record, note, settled.text, person_id, moment)):
            _write(note, settled.text, person_id, moment)
            return note
        session.add(_as_version(note))
        _write(note, settled.text, person_id, moment)
    _log(session, diagnostic, record, "notes written", person_id)
    session.flush()
    return note


def bring_back(
    session: Session, diagnostic: Diagnostic, record: FieldworkRecord, settled: Settled, person_id: UUID
) -> FieldworkNote:
    """Make an earlier text the note again; how it stood until now becomes a version."""
    _log(session, diagnostic, record, "earlier notes brought back", person_id)
    return save_note(session, diagnostic, record, settled, person_id, keep_before=True)


def _is_version(
    session: Session,
    record: FieldworkRecord,
    note: FieldworkNote,
    text: str,
    person_id: UUID,
    moment: datetime,
) -> bool:
    """Say whether a note as it stands is to be found again after the next text is saved."""
    if note.saved_by != person_id or len(text) < (1 - _MUCH) * len(note.text):
        return True
    last = latest_version(session, record.id)
    return moment - (last.saved_at if last else record.created_at) >= ONE_VERSION


def _as_version(note: FieldworkNote) -> NoteVersion:
    return NoteVersion(
        record_id=note.record_id,
        revision=note.revision,
        text=note.text,
        saved_by=note.saved_by,
        saved_at=note.saved_at,
    )


def _write(note: FieldworkNote, text: str, person_id: UUID, moment: datetime) -> None:
    note.text, note.saved_by, note.saved_at = text, person_id, moment
    note.revision += 1


def _log(
    session: Session, diagnostic: Diagnostic, record: FieldworkRecord, action: str, person_id: UUID
) -> None:
    log_entry(
        session,
        action,
        person_id,
        authority_code=diagnostic.authority_code,
        subject_id=diagnostic.id,
        record=record.code,
    )
