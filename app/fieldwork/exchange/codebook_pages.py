"""The codebook: download it, upload one, see what it would change, accept it."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import UploadFile

from app.accounts.access import PersonDep
from app.accounts.person import Person
from app.commissioning.frameworks import framework_of
from app.commissioning.models import Diagnostic
from app.database.session import SessionDep
from app.fieldwork.access import GatheredDiagnostic
from app.fieldwork.exchange.codes import (
    Comparison,
    Sent,
    accepted_codes,
    codebook_of,
    compare_codes,
    flattened,
    names_of,
    sign_codes,
    take_in_codes,
)
from app.fieldwork.presenters import breadcrumbs, fieldwork_address
from app.fieldwork.queries import lock_diagnostic
from app.interchange.codebook import MOST_BYTES, CodebookRefused, read_codebook, write_codebook
from app.web.errors import FormExpired
from app.web.forms import Bound, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import PRODUCT, page

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/fieldwork/exchange")

FILE, CONTENT = "file", "content"


def _address(diagnostic: Diagnostic, further: str = "") -> str:
    return fieldwork_address(diagnostic, f"/exchange{further}")


@router.get("/codebook.qdc")
def download_codebook(session: SessionDep, diagnostic: GatheredDiagnostic) -> Response:
    """Give the codebook as a file."""
    made = write_codebook(codebook_of(session, diagnostic, framework_of(diagnostic)), PRODUCT)
    name = f"codebook-{diagnostic.authority_code}-wave-{diagnostic.wave}.qdc"
    return Response(
        made,
        media_type="application/xml",
        headers={
            "content-disposition": f'attachment; filename="{name}"',
            "cache-control": "private, no-store",
        },
    )


def _upload_page(
    request: Request, diagnostic: Diagnostic, form: Bound[Any], wrong: list[str] | None = None
) -> HTMLResponse:
    return page(
        request,
        "fieldwork/codebook.html.j2",
        diagnostic=diagnostic,
        address=_address(diagnostic),
        form=form,
        wrong=wrong or (),
        breadcrumbs=breadcrumbs(diagnostic, ("Files and spreadsheets", _address(diagnostic))),
    )


@router.get("/codebook")
def choose_codebook(request: Request, diagnostic: GatheredDiagnostic) -> HTMLResponse:
    """Ask for a codebook."""
    return _upload_page(request, diagnostic, shown())


@router.post("/codebook")
def check_codebook(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: GatheredDiagnostic, sent: FormDep
) -> HTMLResponse:
    """Read a codebook and show what it would change; nothing is saved."""
    file = sent.get(FILE)
    if not isinstance(file, UploadFile) or not file.filename:
        return _upload_page(request, diagnostic, shown().with_error(FILE, "Choose a codebook"))
    try:
        codes = read_codebook(file.file.read(MOST_BYTES + 1))
    except CodebookRefused as refused:
        return _upload_page(request, diagnostic, shown().with_error(FILE, str(refused)))
    own, of_framework, said = flattened(framework_of(diagnostic), codes)
    found = compare_codes(session, diagnostic, own)
    found.of_framework, found.said = of_framework, list(said)
    return _check_page(request, diagnostic, person, own, found, shown())


def _check_page(
    request: Request,
    diagnostic: Diagnostic,
    person: Person,
    own: tuple[Sent, ...],
    found: Comparison,
    form: Bound[Any],
) -> HTMLResponse:
    if found.wrong:
        wrong = "The codebook does not fit. Nothing was saved. Put it right and choose it again"
        return _upload_page(request, diagnostic, shown().with_error(FILE, wrong), found.wrong)
    names = names_of(framework_of(diagnostic))
    return page(
        request,
        "fieldwork/codebook_check.html.j2",
        diagnostic=diagnostic,
        address=_address(diagnostic),
        form=form,
        found=found,
        new=[(one.name, names.get(one.beneath, "")) for one in found.new],
        changed=[(one.name, names.get(one.beneath, "")) for _, one in found.changed],
        content=sign_codes(request.app.state.secrets, diagnostic, person.id, found.version, own),
        breadcrumbs=breadcrumbs(diagnostic, ("Files and spreadsheets", _address(diagnostic))),
    )


@router.post("/codebook/accept")
def accept_codebook(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: GatheredDiagnostic, sent: FormDep
) -> Response:
    """Save the own codes that were read and checked."""
    accepted = accepted_codes(request.app.state.secrets, diagnostic, person.id, str(sent.get(CONTENT, "")))
    if accepted is None:
        raise FormExpired("The codebook was checked too long ago, or by somebody else. Upload it once more.")
    version, own = accepted
    # Whoever else takes in a codebook waits here.
    lock_diagnostic(session, diagnostic)
    found = compare_codes(session, diagnostic, own)
    if found.wrong or (found and found.version != version):
        wrong = "Somebody changed the codes since you uploaded the file. Look again at what it would change"
        return _check_page(request, diagnostic, person, own, found, shown().with_error("changes", wrong))
    if not found:
        return redirect(request, _address(diagnostic), "Nothing had changed.")
    take_in_codes(session, diagnostic, person, found)
    many = len(found.new) + len(found.changed)
    words = "One code is" if many == 1 else f"{many} codes are"
    return redirect(request, _address(diagnostic), f"{words} saved.")
