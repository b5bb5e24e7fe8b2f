"""The files of a record: attach one, download it, remove it."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import UploadFile

from app.accounts.access import PersonDep
from app.accounts.queries import find_names
from app.commissioning.frameworks import framework_of
from app.commissioning.models import Diagnostic
from app.database.session import SessionDep
from app.fieldwork.access import GatheredDiagnostic, GatheredRecord
from app.fieldwork.files.forms import FileForm
from app.fieldwork.files.kinds import SUFFIXES, Refused, kind_of
from app.fieldwork.files.naming import attachment_header, readings_of, shown_name
from app.fieldwork.files.presenters import file_rows
from app.fieldwork.files.queries import files_of, find_file
from app.fieldwork.files.services import attach, remove_file
from app.fieldwork.files.store import FileLost, FileStore
from app.fieldwork.models import Attachment, FieldworkRecord
from app.fieldwork.presenters import breadcrumbs, record_address, record_name, record_tabs
from app.fieldwork.queries import areas_of
from app.fieldwork.safety.clearing import uncleared
from app.fieldwork.safety.detecting import seen_in_words
from app.interchange.vocabulary import quoted
from app.web.errors import Conflict, NotFound
from app.web.forms import Bound, bind, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/fieldwork/records/{record_id}/files")

FILE, NAME, HARMLESS = "file", "name", "harmless"
_MEGABYTE = 1024 * 1024


def _store(request: Request) -> FileStore:
    return FileStore(request.app.state.settings.data_folder)


def _files_page(
    request: Request,
    session: SessionDep,
    diagnostic: Diagnostic,
    record: FieldworkRecord,
    form: Bound[Any],
    seen: str = "",
) -> HTMLResponse:
    files = files_of(session, record)
    names = find_names(session, {file.added_by for file in files})
    name = record_name(framework_of(diagnostic), record, areas_of(session, diagnostic.id))
    return page(
        request,
        "fieldwork/files.html.j2",
        diagnostic=diagnostic,
        title=f"{record.code}: Files",
        name=name,
        tabs=record_tabs(record, "/files"),
        files=file_rows(record, files, names, _store(request)),
        form=form,
        seen=seen,
        most=request.app.state.settings.upload_megabytes,
        accept=",".join(SUFFIXES),
        breadcrumbs=breadcrumbs(diagnostic, (record.code, record_address(record))),
    )


@router.get("")
def show_files(
    request: Request, session: SessionDep, diagnostic: GatheredDiagnostic, record: GatheredRecord
) -> HTMLResponse:
    """Show the files of a record, and ask for one."""
    return _files_page(request, session, diagnostic, record, shown())


@router.post("")
def attach_file(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheredDiagnostic,
    record: GatheredRecord,
    sent: FormDep,
) -> Response:
    """Attach a file, where it is one that may be attached."""
    form = bind(FileForm, sent)
    file = sent.get(FILE)
    most = request.app.state.settings.upload_megabytes
    if form.data is None:
        return _files_page(request, session, diagnostic, record, form)
    if not isinstance(file, UploadFile) or not file.filename:
        return _files_page(request, session, diagnostic, record, form.with_error(FILE, "Choose a file"))
    # One byte more than may come tells of all that is larger.
    content = file.file.read(most * _MEGABYTE + 1)
    try:
        if len(content) > most * _MEGABYTE:
            raise Refused(f"The file is larger than {most} MB. Choose a smaller one")
        kind = kind_of(content, file.filename)
    except Refused as refused:
        return _files_page(request, session, diagnostic, record, form.with_error(FILE, str(refused)))
    name = shown_name(form.data.name or file.filename, kind)
    readings = [uncleared(record, reading) for reading in readings_of(name)]
    seen = tuple(one for sightings in readings for one in sightings)
    if seen and not form.data.harmless:
        # The readings overlap, so that what is said is what was seen in one of them.
        words = seen_in_words(next(filter(None, readings)))
        wrong = f"{quoted(name)} may hold {words}. Choose the file again with another name, or confirm below"
        form = form.with_error(NAME, wrong)
        return _files_page(request, session, diagnostic, record, form, seen=words)
    attach(
        session,
        _store(request),
        diagnostic,
        record,
        name=name,
        kind=kind,
        content=content,
        harmless=seen,
        person_id=person.id,
    )
    return redirect(request, record_address(record, "/files"), f"{name} is attached.")


def _found(session: SessionDep, record: FieldworkRecord, file_id: UUID) -> Attachment:
    file = find_file(session, record, file_id)
    if file is None:
        raise NotFound("This file is not there any more. Somebody may have removed it.")
    return file


@router.get("/{file_id}")
def download(
    request: Request,
    session: SessionDep,
    diagnostic: GatheredDiagnostic,
    record: GatheredRecord,
    file_id: UUID,
) -> Response:
    """Give a file to save; it is never shown in the browser."""
    file = _found(session, record, file_id)
    try:
        content = _store(request).get(file.stored, file.sha256)
    except FileLost as lost:
        raise Conflict(
            f"{file.name} {lost}. What the record says of it is kept. If you have the file, attach it again."
        ) from lost
    return Response(
        content,
        media_type=file.media_type,
        headers={
            "content-disposition": attachment_header(file.name),
            "cache-control": "private, no-store",
            "content-security-policy": "default-src 'none'; sandbox",
        },
    )


@router.get("/{file_id}/remove")
def ask_to_remove(
    request: Request,
    session: SessionDep,
    diagnostic: GatheredDiagnostic,
    record: GatheredRecord,
    file_id: UUID,
) -> HTMLResponse:
    """Ask before a file is lost."""
    file = _found(session, record, file_id)
    return page(
        request,
        "fieldwork/remove_file.html.j2",
        diagnostic=diagnostic,
        record=record,
        file=file,
        address=record_address(record, "/files"),
        breadcrumbs=breadcrumbs(
            diagnostic, (record.code, record_address(record)), ("Files", record_address(record, "/files"))
        ),
    )


@router.post("/{file_id}/remove")
def remove(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheredDiagnostic,
    record: GatheredRecord,
    file_id: UUID,
) -> Response:
    """Remove a file."""
    file = _found(session, record, file_id)
    name = file.name
    remove_file(session, diagnostic, record, file, person.id)
    return redirect(request, record_address(record, "/files"), f"{name} is removed.")
