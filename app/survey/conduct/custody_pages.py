"""The pages of the custodians: fetching a copy of the key, bringing it back, saying that it is destroyed."""

import base64

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import UploadFile

from app.accounts.access import PersonDep
from app.audit.services import note
from app.commissioning.access import SeenDiagnostic
from app.database.session import SessionDep
from app.survey.conduct.forms import BroughtBack, Confirmed
from app.survey.conduct.pages import BASE, address_of, crumbs, key_store, launched_survey
from app.survey.keys import WrongEscrow, read_escrow
from app.survey.queries import custodies_of
from app.survey.services.custody import bring_back, confirm_destroyed, fetch_escrow
from app.web.dates import now
from app.web.errors import NotAllowed, NotFound
from app.web.forms import bind, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page

router = APIRouter()
_LARGEST_ESCROW = 8 * 1024


def _check_custodian(session: SessionDep, diagnostic: SeenDiagnostic, person: PersonDep) -> None:
    if person.id not in {custody.account_id for custody, _ in custodies_of(session, diagnostic.id)}:
        raise NotAllowed("Only the two custodians of this survey may do this.")


@router.get(BASE + "/key")
def ask_key(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: SeenDiagnostic
) -> HTMLResponse:
    """Say what a custodian's copy is, before it is made."""
    survey = launched_survey(session, diagnostic)
    _check_custodian(session, diagnostic, person)
    return page(
        request,
        "survey/key.html.j2",
        diagnostic=diagnostic,
        survey=survey,
        form=shown(),
        breadcrumbs=crumbs(diagnostic, deeper=True),
    )


@router.post(BASE + "/key")
def fetch_key(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: SeenDiagnostic
) -> HTMLResponse:
    """Make a custodian's copy, and show its passphrase this once."""
    survey = launched_survey(session, diagnostic, lock=True)
    escrow = fetch_escrow(session, key_store(request), survey, person.id)
    note(
        session,
        "survey key fetched",
        person.id,
        authority_code=diagnostic.authority_code,
        subject_id=diagnostic.id,
    )
    return page(
        request,
        "survey/key_fetched.html.j2",
        diagnostic=diagnostic,
        passphrase=escrow.passphrase,
        file=base64.b64encode(escrow.file).decode("ascii"),
        breadcrumbs=crumbs(diagnostic, deeper=True),
    )


@router.post(BASE + "/key/file")
def save_file(diagnostic: SeenDiagnostic, form: FormDep) -> Response:
    """Hand back, as a file to keep, what the page before holds; the service itself has no copy."""
    value = form.get("file")
    try:
        content = base64.b64decode(value if isinstance(value, str) else "", validate=True)
        read_escrow(content[:_LARGEST_ESCROW])
    except ValueError as error:
        raise NotFound from error
    name = f"survey-key-{diagnostic.authority_code}-wave-{diagnostic.wave}.json"
    return Response(
        content,
        media_type="application/json",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


@router.get(BASE + "/key/bring-back")
def ask_bring_back(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: SeenDiagnostic
) -> HTMLResponse:
    """Ask a custodian for their file and passphrase."""
    survey = launched_survey(session, diagnostic)
    _check_custodian(session, diagnostic, person)
    return page(
        request,
        "survey/bring_back.html.j2",
        diagnostic=diagnostic,
        survey=survey,
        here=key_store(request).fits(diagnostic.id, survey.public_key),
        form=shown(),
        breadcrumbs=crumbs(diagnostic, deeper=True),
    )


@router.post(BASE + "/key/bring-back")
def do_bring_back(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: SeenDiagnostic, form: FormDep
) -> Response:
    """Put the key back onto this machine."""
    survey = launched_survey(session, diagnostic, lock=True)
    _check_custodian(session, diagnostic, person)
    bound = bind(BroughtBack, form)
    sent = form.get("file")
    content = sent.file.read(_LARGEST_ESCROW) if isinstance(sent, UploadFile) else b""
    if not content:
        bound = bound.with_error("file", "Choose the file that you kept")
    if bound.data is not None:
        try:
            bring_back(key_store(request), survey, content, bound.data.passphrase)
        except WrongEscrow as wrong:
            bound = bound.with_error("file", str(wrong))
        else:
            note(
                session,
                "survey key brought back",
                person.id,
                authority_code=diagnostic.authority_code,
                subject_id=diagnostic.id,
            )
            return redirect(request, address_of(diagnostic), "The key is back on this machine.")
    return page(
        request,
        "survey/bring_back.html.j2",
        diagnostic=diagnostic,
        survey=survey,
        here=key_store(request).fits(diagnostic.id, survey.public_key),
        form=bound,
        breadcrumbs=crumbs(diagnostic, deeper=True),
    )


@router.get(BASE + "/key/destroyed")
def ask_destroyed(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: SeenDiagnostic
) -> HTMLResponse:
    """Ask a custodian whether their copies are destroyed."""
    survey = launched_survey(session, diagnostic)
    _check_custodian(session, diagnostic, person)
    return page(
        request,
        "survey/destroyed.html.j2",
        diagnostic=diagnostic,
        survey=survey,
        form=shown(),
        breadcrumbs=crumbs(diagnostic, deeper=True),
    )


@router.post(BASE + "/key/destroyed")
def say_destroyed(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: SeenDiagnostic, form: FormDep
) -> Response:
    """Note that a custodian's copies are destroyed."""
    survey = launched_survey(session, diagnostic, lock=True)
    bound = bind(Confirmed, form)
    if bound.data is None:
        _check_custodian(session, diagnostic, person)
        return page(
            request,
            "survey/destroyed.html.j2",
            diagnostic=diagnostic,
            survey=survey,
            form=bound,
            breadcrumbs=crumbs(diagnostic, deeper=True),
        )
    confirm_destroyed(session, survey, person.id, now())
    note(
        session,
        "survey key copy destroyed",
        person.id,
        authority_code=diagnostic.authority_code,
        subject_id=diagnostic.id,
    )
    return redirect(request, address_of(diagnostic), "Noted: your copies of the key are destroyed.")
