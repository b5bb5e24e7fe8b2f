"""The brief room: begin a draft, see it whole, preview it, move it to a newer profile, discard it."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.accounts.access import PersonDep
from app.accounts.person import Person
from app.accounts.queries import names_of
from app.briefs.apart import apart
from app.briefs.editing.applying import Inconsistent
from app.briefs.models import DRAFT
from app.briefs.queries import briefs_of, newest_published
from app.briefs.rendering import PdfError, render_pdf
from app.briefs.room.access import check_may_read_draft, may_read_draft
from app.briefs.room.doubts import doubts_in
from app.briefs.room.forms import BeginForm, SeenForm
from app.briefs.room.presenters import (
    present_draft,
    present_meter,
    signature_lines,
    signing_words,
    version_lines,
)
from app.briefs.room.publishing import measured, obstacles
from app.briefs.room.services import (
    LONGEST_CORRECTION,
    Draft,
    begin,
    begin_anew,
    check_draft,
    discard,
    draft_of,
    open_draft,
    renew,
    why_not_begin,
)
from app.briefs.room.signing import may_sign, signers_of, signing_of
from app.briefs.room.telling import material_of, present
from app.briefs.served import document
from app.briefs.templating import render_html, with_assets_inside
from app.commissioning.access import SeenDiagnostic
from app.commissioning.frameworks import framework_of
from app.commissioning.models import Diagnostic
from app.commissioning.pages.questions import trail
from app.commissioning.presenters.words import name_of
from app.database.session import SessionDep
from app.fieldwork.access import gathers
from app.profiles.access import GatheringDiagnostic
from app.profiles.queries import comments_on, newest_snapshot
from app.web.errors import Conflict
from app.web.forms import Bound, bind, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/brief")


def room(diagnostic: Diagnostic) -> str:
    """Give the address of a diagnostic's brief room."""
    return f"/diagnostics/{diagnostic.id}/brief"


def way_here(diagnostic: Diagnostic) -> list[dict[str, str]]:
    """Give the way to a page within the room."""
    return [*trail(diagnostic), {"text": "Brief", "href": room(diagnostic)}]


@router.get("")
def show_room(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: SeenDiagnostic
) -> HTMLResponse:
    """Show the draft to whoever works on it or signs it, and what is published to everybody else."""
    briefs, draft = briefs_of(session, diagnostic.id), draft_of(session, diagnostic)
    gathering = gathers(session, person, diagnostic)
    signs = may_sign(person, diagnostic, signers_of(session, diagnostic))
    names = names_of(session, [one.published_by for one in briefs])
    context: dict[str, Any] = {"draft": None}
    if draft is not None and may_read_draft(session, person, diagnostic, draft):
        context = _draft(session, person, diagnostic, draft)
    return page(
        request,
        "briefs/room.html.j2",
        title="Brief",
        name=name_of(diagnostic),
        home=room(diagnostic),
        gathers=gathering,
        signs=signs,
        drafted=draft is not None,
        versions=version_lines(briefs, names),
        why_not=why_not_begin(session, diagnostic) if gathering else "",
        breadcrumbs=trail(diagnostic),
        **context,
    )


def _draft(session: SessionDep, person: Person, diagnostic: Diagnostic, draft: Draft) -> dict[str, Any]:
    measures, signing = measured(session, diagnostic, draft), signing_of(session, diagnostic, draft)
    newest = newest_snapshot(session, diagnostic.id)
    names = names_of(session, [*signing.counted, *signing.lapsed])
    return {
        "draft": draft.brief,
        "it": present_draft(
            draft, framework_of(diagnostic), comments_on(session, diagnostic.id), room(diagnostic)
        ),
        "meter": present_meter(measures),
        "profile": draft.snapshot.number,
        "newer": newest.number if newest is not None and newest.id != draft.snapshot.id else None,
        "publishing": draft.brief.state != DRAFT,
        "problems": draft.brief.problem.split("\n") if draft.brief.problem else (),
        "doubts": doubts_in(draft),
        "obstacles": obstacles(session, diagnostic, draft, measures),
        "signed": signature_lines(signing.counted, names),
        "lapsed": signature_lines(signing.lapsed, names),
        "signing": signing_words(signing),
        "i_signed": person.id in signing.counted,
    }


@router.get("/begin")
def ask_to_begin(request: Request, session: SessionDep, diagnostic: GatheringDiagnostic) -> HTMLResponse:
    """Say what a draft begins with, and ask what a new version mends."""
    return _begin_page(request, session, diagnostic, shown())


@router.post("/begin")
def begin_it(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: GatheringDiagnostic, sent: FormDep
) -> Response:
    """Begin a draft."""
    bound = bind(BeginForm, sent)
    if bound.data is None:
        return _begin_page(request, session, diagnostic, bound)
    try:
        begin(session, diagnostic, bound.data.correction, person.id)
    except Inconsistent as why:
        return _begin_page(request, session, diagnostic, bound.with_error("correction", str(why)))
    return redirect(
        request, room(diagnostic), "The draft is begun. Nobody but you and your colleagues sees it."
    )


def _begin_page(
    request: Request, session: SessionDep, diagnostic: Diagnostic, form: Bound[Any]
) -> HTMLResponse:
    why_not = why_not_begin(session, diagnostic)
    if why_not:
        raise Conflict(why_not)
    last, snapshot = newest_published(session, diagnostic.id), newest_snapshot(session, diagnostic.id)
    return page(
        request,
        "briefs/begin.html.j2",
        title="Begin a new version" if last else "Begin the brief",
        form=form,
        last=last.brief.number if last else None,
        profile=snapshot.number if snapshot else None,
        longest=LONGEST_CORRECTION,
        back=room(diagnostic),
        breadcrumbs=way_here(diagnostic),
    )


@router.get("/preview")
def preview(session: SessionDep, person: PersonDep, diagnostic: SeenDiagnostic) -> Response:
    """Show the brief as it would be published, marked as a draft."""
    html = with_assets_inside(_html(session, person, diagnostic))
    return document(html.encode(), "text/html; charset=utf-8", "draft.html")


@router.get("/preview.pdf")
def preview_pdf(session: SessionDep, person: PersonDep, diagnostic: SeenDiagnostic) -> Response:
    """Set the draft as a PDF."""
    try:
        pdf = apart(render_pdf, _html(session, person, diagnostic))
    except PdfError as why:
        raise Conflict(str(why)) from why
    return document(pdf, "application/pdf", f"{diagnostic.authority_code}-wave-{diagnostic.wave}-draft.pdf")


def _html(session: SessionDep, person: Person, diagnostic: Diagnostic) -> str:
    draft = check_draft(session, diagnostic)
    check_may_read_draft(session, person, diagnostic, draft)
    material = material_of(session, diagnostic, draft, as_draft=True)
    return render_html(present(material, framework_of(diagnostic)))


@router.post("/renew")
def renew_it(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: GatheringDiagnostic, sent: FormDep
) -> Response:
    """Move the draft to the newest profile."""
    renewed = renew(session, diagnostic, _seen(sent), person.id)
    return redirect(
        request, room(diagnostic), f"The draft is drawn from profile {renewed.snapshot.number} now."
    )


@router.get("/begin-anew")
def ask_to_begin_anew(request: Request, session: SessionDep, diagnostic: GatheringDiagnostic) -> HTMLResponse:
    """Ask whether all changes should be taken back."""
    return _confirm(
        request,
        diagnostic,
        open_draft(session, diagnostic),
        title="Take back all changes",
        words="Every sentence, the verdict, the strength and the steps become those that the profile "
        "proposes. What was reworded, added, merged and left out is gone. Signatures do not count any more.",
        button="Take back all changes",
    )


@router.post("/begin-anew")
def begin_it_anew(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: GatheringDiagnostic, sent: FormDep
) -> Response:
    """Take back all changes."""
    begin_anew(session, diagnostic, _seen(sent), person.id)
    return redirect(request, room(diagnostic), "The draft says what the profile proposes.")


@router.get("/discard")
def ask_to_discard(request: Request, session: SessionDep, diagnostic: GatheringDiagnostic) -> HTMLResponse:
    """Ask whether the draft should be discarded."""
    return _confirm(
        request,
        diagnostic,
        open_draft(session, diagnostic),
        title="Discard the draft",
        words="The draft and all that was changed in it is deleted, and cannot be brought back. "
        "What is published stays, and so does the profile.",
        button="Discard the draft",
    )


@router.post("/discard")
def discard_it(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: GatheringDiagnostic, sent: FormDep
) -> Response:
    """Discard the draft."""
    discard(session, diagnostic, _seen(sent), person.id)
    return redirect(request, room(diagnostic), "The draft is discarded.")


def _seen(sent: FormDep) -> int:
    """Read which text a button's page showed; a page that does not say has an old one."""
    bound = bind(SeenForm, sent)
    return 0 if bound.data is None else bound.data.seen


def _confirm(
    request: Request, diagnostic: Diagnostic, draft: Draft, *, title: str, words: str, button: str
) -> HTMLResponse:
    return page(
        request,
        "briefs/confirm.html.j2",
        title=title,
        words=words,
        button=button,
        seen=draft.brief.revision,
        back=room(diagnostic),
        breadcrumbs=way_here(diagnostic),
    )
