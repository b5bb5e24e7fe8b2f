"""How notes stood earlier: a list, one of them, and bringing it back."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.accounts.access import PersonDep
from app.accounts.queries import find_names
from app.database.session import SessionDep
from app.fieldwork.access import GatheredDiagnostic, GatheredRecord
from app.fieldwork.models import NoteVersion
from app.fieldwork.notes.pages import ask_about, record_page, saved_words
from app.fieldwork.notes.presenters import words_in
from app.fieldwork.notes.queries import find_note, find_version, versions_of
from app.fieldwork.notes.services import bring_back
from app.fieldwork.presenters import record_address
from app.fieldwork.queries import lock_record
from app.fieldwork.safety.clearing import settle
from app.web.dates import uk_time
from app.web.errors import NotFound
from app.web.forms import Numbered, shown
from app.web.notices import redirect

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/fieldwork/records/{record_id}/notes/history")


@router.get("")
def list_versions(
    request: Request, session: SessionDep, diagnostic: GatheredDiagnostic, record: GatheredRecord
) -> HTMLResponse:
    """List how the notes stood earlier."""
    versions = versions_of(session, record.id)
    names = find_names(session, [one.saved_by for one in versions])
    note = find_note(session, record.id)
    return record_page(
        request,
        session,
        diagnostic,
        record,
        "notes_history",
        "earlier versions",
        now=saved_words(session, note),
        words_now=words_in(note.text) if note else 0,
        rows=[
            (one.revision, uk_time(one.saved_at), names[one.saved_by], words_in(one.text)) for one in versions
        ],
    )


def _version(session: SessionDep, record: GatheredRecord, revision: int) -> NoteVersion:
    found = find_version(session, record.id, revision)
    if found is None:
        raise NotFound("There is no such version of these notes.")
    return found


@router.get("/{revision}")
def show_version(
    request: Request,
    session: SessionDep,
    diagnostic: GatheredDiagnostic,
    record: GatheredRecord,
    revision: Numbered,
) -> HTMLResponse:
    """Show one earlier version beside the notes as they stand."""
    version, note = _version(session, record, revision), find_note(session, record.id)
    writer = find_names(session, [version.saved_by])[version.saved_by]
    return record_page(
        request,
        session,
        diagnostic,
        record,
        "notes_version",
        "an earlier version",
        version=version,
        saved_then=f"on {uk_time(version.saved_at)} by {writer}",
        text_now=note.text if note else "",
        saved_now=saved_words(session, note),
    )


@router.post("/{revision}")
def bring_version_back(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheredDiagnostic,
    record: GatheredRecord,
    revision: Numbered,
) -> Response:
    """Make an earlier version the notes again; how they stand now becomes one."""
    lock_record(session, record)
    version, note = _version(session, record, revision), find_note(session, record.id)
    settled = settle(version.text, {}, record)
    if settled.doubts:
        form = shown(revision=note.revision if note else 0)
        return ask_about(request, session, diagnostic, record, note, form, settled.text, settled.doubts)
    bring_back(session, diagnostic, record, settled, person.id)
    return redirect(
        request, record_address(record, "/notes"), "The earlier version is back. What stood here is kept too."
    )
