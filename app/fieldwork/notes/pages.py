"""The notes of a record: writing them, saving them, and what to do when two people wrote."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from sqlalchemy.orm import Session

from app.accounts.access import PersonDep
from app.accounts.queries import find_names
from app.commissioning.frameworks import framework_of
from app.commissioning.models import Diagnostic
from app.database.session import SessionDep
from app.fieldwork.access import GatheredDiagnostic, GatheredRecord
from app.fieldwork.models import FieldworkNote, FieldworkRecord
from app.fieldwork.notes.forms import NotesForm
from app.fieldwork.notes.presenters import guide_for, merged
from app.fieldwork.notes.queries import count_versions, find_note
from app.fieldwork.notes.services import clashes, plain, save_note
from app.fieldwork.presenters import breadcrumbs, record_address, record_name, record_tabs
from app.fieldwork.queries import areas_of, lock_record
from app.fieldwork.safety.clearing import Doubt, choices_in, settle, with_doubts
from app.web.dates import uk_clock, uk_time
from app.web.forms import Bound, bind, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/fieldwork/records/{record_id}/notes")
_UNPROCESSABLE, _CONFLICT = 422, 409


def record_page(
    request: Request,
    session: Session,
    diagnostic: Diagnostic,
    record: FieldworkRecord,
    template: str,
    heading: str,
    **more: Any,
) -> HTMLResponse:
    """Show one of a record's pages of notes, with what all of them say."""
    further = [] if template == "notes" else [(f"{record.code}: notes", record_address(record, "/notes"))]
    return page(
        request,
        f"fieldwork/{template}.html.j2",
        diagnostic=diagnostic,
        record=record,
        title=f"{record.code}: {heading}",
        name=record_name(framework_of(diagnostic), record, areas_of(session, diagnostic.id)),
        tabs=record_tabs(record, "/notes"),
        address=record_address(record, "/notes"),
        breadcrumbs=breadcrumbs(diagnostic, *further),
        **more,
    )


def saved_words(session: Session, note: FieldworkNote | None) -> str:
    """Say when a note was saved, and by whom."""
    if note is None:
        return ""
    return f"on {uk_time(note.saved_at)} by {find_names(session, [note.saved_by])[note.saved_by]}"


def editor(
    request: Request,
    session: Session,
    diagnostic: Diagnostic,
    record: FieldworkRecord,
    note: FieldworkNote | None,
    form: Bound[Any],
    *,
    live: bool = False,
    doubts: Sequence[Doubt] = (),
    kept: Sequence[tuple[str, str]] = (),
) -> HTMLResponse:
    """Show the notes to be written; ``live`` where nothing has to be judged or mended first."""
    return record_page(
        request,
        session,
        diagnostic,
        record,
        "notes",
        "check your notes" if doubts else "notes",
        form=form,
        note=note,
        saved=saved_words(session, note),
        live=live,
        doubts=doubts,
        kept=kept,
        versions=count_versions(session, record.id),
        guide=guide_for(framework_of(diagnostic), record),
    )


@router.get("")
def show_notes(
    request: Request, session: SessionDep, diagnostic: GatheredDiagnostic, record: GatheredRecord
) -> HTMLResponse:
    """Show the notes, ready to write."""
    note = find_note(session, record.id)
    form = shown(text=note.text if note else "", revision=note.revision if note else 0)
    return editor(request, session, diagnostic, record, note, form, live=True)


@router.post("")
def save_notes(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheredDiagnostic,
    record: GatheredRecord,
    sent: FormDep,
) -> Response:
    """Save the notes, unless something is to be judged first or somebody else saved others."""
    form = bind(NotesForm, sent)
    lock_record(session, record)
    note = find_note(session, record.id)
    if form.data is None:
        return editor(request, session, diagnostic, record, note, form)
    text = plain(form.data.text)
    if note is not None and clashes(note, form.data.revision, text):
        return _clash(request, session, diagnostic, record, note, text)
    settled = settle(text, choices_in(form), record)
    if settled.doubts:
        return ask_about(request, session, diagnostic, record, note, form, settled.text, settled.doubts)
    save_note(session, diagnostic, record, settled, person.id)
    further = f"/notes?sent={form.data.draft}" if form.data.draft else "/notes"
    return redirect(request, record_address(record, further), "Your notes are saved.")


def ask_about(
    request: Request,
    session: Session,
    diagnostic: Diagnostic,
    record: FieldworkRecord,
    note: FieldworkNote | None,
    form: Bound[Any],
    text: str,
    doubts: Sequence[Doubt],
) -> HTMLResponse:
    """Show a text that is not stored yet, with what its writer has to judge."""
    open_now = {doubt.name for doubt in doubts}
    kept = [(name, value) for name, value in choices_in(form).items() if name not in open_now]
    revision = form.value("revision") or (str(note.revision) if note else "0")
    again = with_doubts(shown(text=text, revision=revision), doubts)
    return editor(request, session, diagnostic, record, note, again, doubts=doubts, kept=kept)


def _clash(
    request: Request,
    session: Session,
    diagnostic: Diagnostic,
    record: FieldworkRecord,
    note: FieldworkNote,
    text: str,
) -> HTMLResponse:
    form = shown(text=merged(text, note.text), revision=note.revision).with_error(
        "text", "Somebody else saved these notes while you wrote. Check both texts, then save them as one"
    )
    return record_page(
        request,
        session,
        diagnostic,
        record,
        "notes_clash",
        "two texts",
        form=form,
        mine=text,
        theirs=note.text,
        saved=saved_words(session, note),
    )


@router.post("/autosave")
def autosave(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheredDiagnostic,
    record: GatheredRecord,
    sent: FormDep,
) -> JSONResponse:
    """Save what is typed while it is typed; say what stands in the way where it cannot be saved."""
    form = bind(NotesForm, sent)
    if form.data is None:
        said = next(iter(form.errors.values()))
        return JSONResponse({"state": "wrong", "message": f"Not saved. {said}"}, _UNPROCESSABLE)
    lock_record(session, record)
    note = find_note(session, record.id)
    text = plain(form.data.text)
    if note is not None and clashes(note, form.data.revision, text):
        theirs = {"state": "clash", "text": note.text, "revision": note.revision}
        said = f"Somebody else saved other notes {saved_words(session, note)}"
        return JSONResponse({**theirs, "message": said}, _CONFLICT)
    settled = settle(text, {}, record)
    if settled.doubts:
        number = len(settled.doubts)
        things = "1 thing" if number == 1 else f"{number} things"
        said = f"Check {things} before this is saved"
        return JSONResponse({"state": "check", "number": number, "message": said}, _UNPROCESSABLE)
    note = save_note(session, diagnostic, record, settled, person.id)
    until = uk_clock(request.state.signed_in.until)
    at = f"at {uk_clock(note.saved_at)}"
    return JSONResponse({"state": "saved", "revision": note.revision, "at": at, "until": until})
