"""Signing a draft and publishing it."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.accounts.access import PersonDep
from app.accounts.queries import names_of
from app.briefs.room.access import check_may_read_draft
from app.briefs.room.doubts import doubts_in
from app.briefs.room.forms import SeenForm, SignForm
from app.briefs.room.pages import room, way_here
from app.briefs.room.presenters import signature_lines, signing_words
from app.briefs.room.publishing import ask_to_publish, check_can_publish
from app.briefs.room.services import Stale, open_draft
from app.briefs.room.signing import check_may_sign, sign, signing_of, text_digest, unsign
from app.commissioning.access import SeenDiagnostic
from app.commissioning.models import Diagnostic
from app.database.session import SessionDep
from app.profiles.access import WorkedOnDiagnostic
from app.web.forms import WHOLE_FORM, Bound, bind, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/brief")


@router.get("/sign")
def ask_to_sign(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: SeenDiagnostic
) -> HTMLResponse:
    """Ask somebody to read the whole brief and to sign it."""
    return _sign_page(request, session, person, diagnostic, shown())


@router.post("/sign")
def sign_it(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: SeenDiagnostic, sent: FormDep
) -> Response:
    """Sign the text that the page showed."""
    draft = open_draft(session, diagnostic)
    check_may_sign(session, person, diagnostic)
    check_may_read_draft(session, person, diagnostic, draft)
    bound = bind(SignForm, sent)
    if bound.data is None:
        return _sign_page(request, session, person, diagnostic, bound)
    try:
        sign(session, diagnostic, bound.data.digest, person)
    except Stale:
        changed = "The text has changed since you opened the page. Read it again before you sign"
        return _sign_page(request, session, person, diagnostic, shown().with_error(WHOLE_FORM, changed))
    return redirect(request, room(diagnostic), "You have signed this text. It counts while no word changes.")


@router.post("/unsign")
def unsign_it(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: SeenDiagnostic
) -> Response:
    """Take somebody's own signature back."""
    unsign(session, diagnostic, person)
    return redirect(request, room(diagnostic), "Your signature is taken back.")


def _sign_page(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: Diagnostic, form: Bound[Any]
) -> HTMLResponse:
    draft = open_draft(session, diagnostic)
    check_may_sign(session, person, diagnostic)
    check_may_read_draft(session, person, diagnostic, draft)
    signing = signing_of(session, diagnostic, draft)
    names = names_of(session, signing.counted)
    return page(
        request,
        "briefs/sign.html.j2",
        title="Sign the brief",
        form=form,
        digest=text_digest(draft),
        correction=draft.brief.correction,
        doubts=doubts_in(draft),
        signed=signature_lines(signing.counted, names),
        signing=signing_words(signing),
        i_signed=person.id in signing.counted,
        home=room(diagnostic),
        breadcrumbs=way_here(diagnostic),
    )


@router.get("/publish")
def ask_about_publishing(
    request: Request, session: SessionDep, diagnostic: WorkedOnDiagnostic
) -> HTMLResponse:
    """Say what publishing does, and offer it."""
    draft = open_draft(session, diagnostic)
    check_can_publish(session, diagnostic, draft)
    signing = signing_of(session, diagnostic, draft)
    return page(
        request,
        "briefs/publish.html.j2",
        title="Publish the brief",
        number=draft.brief.number,
        correction=draft.brief.correction,
        signed=signature_lines(signing.counted, names_of(session, signing.counted)),
        seen=draft.brief.revision,
        home=room(diagnostic),
        breadcrumbs=way_here(diagnostic),
    )


@router.post("/publish")
def publish_it(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: WorkedOnDiagnostic, sent: FormDep
) -> Response:
    """Have the brief published by the worker."""
    bound = bind(SeenForm, sent)
    ask_to_publish(session, diagnostic, bound.data.seen if bound.data else 0, person.id)
    return redirect(request, room(diagnostic), "The brief is on its way: it is checked, written and stored.")
