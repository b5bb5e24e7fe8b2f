"""Fieldwork in a spreadsheet and as files: take it away, bring it in, see first what it would change."""

from typing import Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import UploadFile

from app.accounts.access import PersonDep
from app.accounts.person import Person
from app.commissioning.frameworks import framework_of
from app.commissioning.models import Diagnostic
from app.database.session import SessionDep
from app.fieldwork.access import GatheredDiagnostic
from app.fieldwork.exchange.comparing import Comparison, compare
from app.fieldwork.exchange.exporting import gathered_for, left_out
from app.fieldwork.exchange.presenters import change_lines, done_words, size_words
from app.fieldwork.exchange.queries import own_codes_of, saved_fieldwork
from app.fieldwork.exchange.services import compared_anew, take_in
from app.fieldwork.exchange.uploads import (
    MOST_MEGABYTES,
    accepted_upload,
    read_upload,
    shortened,
    sign_upload,
)
from app.fieldwork.presenters import breadcrumbs, fieldwork_address
from app.interchange.faults import Fault
from app.interchange.fieldwork_workbook import Gathered, fieldwork_workbook, fieldwork_zip
from app.interchange.template_workbook import CannotWriteTemplate
from app.interchange.vocabulary import cleaned, quoted
from app.web.errors import Conflict, FormExpired
from app.web.forms import Bound, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/fieldwork/exchange")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILE, CONTENT, HARMLESS = "file", "content", "harmless"


def exchange_address(diagnostic: Diagnostic, further: str = "") -> str:
    """Give the address of the exchange's first page, or of one beneath it."""
    return fieldwork_address(diagnostic, f"/exchange{further}")


@router.get("")
def show_exchange(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: GatheredDiagnostic
) -> HTMLResponse:
    """Show what can be taken away and brought in."""
    return page(
        request,
        "fieldwork/exchange.html.j2",
        diagnostic=diagnostic,
        address=exchange_address(diagnostic),
        label=saved_fieldwork(session, diagnostic, person.id).own_label,
        left_out=left_out(session, diagnostic, person.id),
        codes=len(own_codes_of(session, diagnostic.id)),
        breadcrumbs=breadcrumbs(diagnostic),
    )


@router.get("/{what}.{kind}")
def download(
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheredDiagnostic,
    what: Literal["template", "fieldwork"],
    kind: Literal["xlsx", "zip"],
) -> Response:
    """Give the fieldwork, or a workbook to fill in, as a file."""
    framework = framework_of(diagnostic)
    saved = saved_fieldwork(session, diagnostic, person.id)
    gathered = gathered_for(session, diagnostic, framework, person.id) if what == "fieldwork" else Gathered()
    try:
        made = (
            fieldwork_zip(gathered)
            if kind == "zip"
            else fieldwork_workbook(framework, tuple(saved.areas.values()), saved.own_label, gathered)
        )
    except CannotWriteTemplate as error:
        raise Conflict(str(error)) from error
    name = f"{what}-{diagnostic.authority_code}-wave-{diagnostic.wave}.{kind}"
    return Response(
        made,
        media_type=XLSX if kind == "xlsx" else "application/zip",
        headers={
            "content-disposition": f'attachment; filename="{name}"',
            "cache-control": "private, no-store",
        },
    )


def _upload_page(
    request: Request,
    diagnostic: Diagnostic,
    form: Bound[Any],
    faults: tuple[Fault, ...] = (),
    name: str = "",
) -> HTMLResponse:
    return page(
        request,
        "fieldwork/upload.html.j2",
        diagnostic=diagnostic,
        address=exchange_address(diagnostic),
        form=form,
        faults=faults,
        name=name,
        most=MOST_MEGABYTES,
        breadcrumbs=breadcrumbs(diagnostic, ("Files and spreadsheets", exchange_address(diagnostic))),
    )


@router.get("/upload")
def choose(request: Request, diagnostic: GatheredDiagnostic) -> HTMLResponse:
    """Ask for a file."""
    return _upload_page(request, diagnostic, shown())


@router.post("/upload")
def check(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: GatheredDiagnostic, sent: FormDep
) -> HTMLResponse:
    """Read a file and show what it would change; nothing is saved."""
    file = sent.get(FILE)
    if not isinstance(file, UploadFile) or not file.filename:
        return _upload_page(request, diagnostic, shown().with_error(FILE, "Choose a file"))
    name = quoted(cleaned(file.filename.replace("\\", "/").rpartition("/")[2]) or "the file")
    saved = saved_fieldwork(session, diagnostic, person.id)
    found = read_upload(
        framework_of(diagnostic), tuple(saved.areas.values()), file.filename, file.file.read()
    )
    comparison = compare(saved, found.package) if found.package else None
    faults = found.faults or (() if comparison is None else shortened(comparison.faults))
    if comparison is None or faults:
        many = "one mistake" if len(faults) == 1 else f"{len(faults)} mistakes"
        wrong = (
            found.refused or f"{name} has {many}. Nothing was saved. Put the file right and choose it again"
        )
        return _upload_page(request, diagnostic, shown().with_error(FILE, wrong), faults, name)
    return _check_page(
        request, diagnostic, person, comparison, form=shown(), name=name, warnings=found.warnings
    )


def _check_page(
    request: Request,
    diagnostic: Diagnostic,
    person: Person,
    found: Comparison,
    *,
    form: Bound[Any],
    name: str = "the file",
    warnings: tuple[str, ...] = (),
) -> HTMLResponse:
    content = sign_upload(request.app.state.secrets, diagnostic, person.id, found.version, found.package)
    if content is None:
        wrong = (
            f"{name} holds too much to be checked at once. Upload it in parts, such as half of the records"
        )
        return _upload_page(request, diagnostic, shown().with_error(FILE, wrong))
    return page(
        request,
        "fieldwork/check.html.j2",
        diagnostic=diagnostic,
        address=exchange_address(diagnostic),
        form=form,
        name=name,
        size=size_words(found),
        warnings=(*warnings, *found.said),
        lines=change_lines(found, framework_of(diagnostic)),
        sighted=found.sighted,
        content=content,
        breadcrumbs=breadcrumbs(diagnostic, ("Files and spreadsheets", exchange_address(diagnostic))),
    )


@router.post("/upload/accept")
def accept(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: GatheredDiagnostic, sent: FormDep
) -> Response:
    """Save what was read and checked."""
    accepted = accepted_upload(request.app.state.secrets, diagnostic, person.id, str(sent.get(CONTENT, "")))
    if accepted is None:
        raise FormExpired("The file was checked too long ago, or by somebody else. Upload it once more.")
    found = compared_anew(session, diagnostic, person, accepted.package)
    if found.faults:
        wrong = "Somebody changed the fieldwork since you uploaded the file, and now it does not fit"
        return _upload_page(
            request, diagnostic, shown().with_error(FILE, wrong), shortened(found.faults), "the file"
        )
    ticked = [str(one) for one in sent.getlist(HARMLESS)]
    form = shown(harmless=ticked)
    if found.version != accepted.version and found:
        wrong = (
            "Somebody changed the fieldwork since you uploaded the file. Look again at what it would change"
        )
        return _check_page(request, diagnostic, person, found, form=form.with_error("changes", wrong))
    if {one.name for one in found.sighted} - set(ticked):
        wrong = (
            "Confirm each text that is not personal, or take the details out of the file and upload it again"
        )
        return _check_page(request, diagnostic, person, found, form=form.with_error(HARMLESS, wrong))
    if not found:
        return redirect(request, exchange_address(diagnostic), "Nothing had changed.")
    take_in(session, diagnostic, person, found)
    return redirect(request, exchange_address(diagnostic), done_words(found))
