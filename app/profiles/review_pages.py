"""The pages on which what the method proposed is confirmed or overruled."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.accounts.access import PersonDep
from app.accounts.queries import names_of
from app.commissioning.frameworks import framework_of
from app.commissioning.models import Diagnostic
from app.database.session import SessionDep
from app.profiles.access import GatheringDiagnostic
from app.profiles.forms import CONFIRM, DecideForm, SeveralForm
from app.profiles.pages import room, way_here
from app.profiles.presenters import code_groups, code_line, review_words
from app.profiles.queries import newest_snapshot, words_went_on
from app.profiles.reviewing import (
    Asked,
    Code,
    Stale,
    Standing,
    asked_of,
    check_can_review,
    decide,
    decision_id,
    newest_codes,
    why_no_review,
)
from app.web.errors import NotFound
from app.web.forms import WHOLE_FORM, Bound, bind, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/profile/review")
_STALE = (
    "This has changed while the page was open: somebody else decided, or the profile was computed anew. "
    "Nothing is kept yet. Read what stands here now, and send it again if you still want to"
)


@router.get("")
def show_review(request: Request, session: SessionDep, diagnostic: GatheringDiagnostic) -> HTMLResponse:
    """List every code and pattern of the newest profile, what is still open first."""
    codes = newest_codes(session, diagnostic.id)
    names = names_of(session, [one.decision.decided_by for one in codes if one.decision])
    framework, address = framework_of(diagnostic), _review(diagnostic)
    undecided = [one for one in codes if one.standing is Standing.UNDECIDED]
    snapshot = newest_snapshot(session, diagnostic.id)
    return page(
        request,
        "profiles/review.html.j2",
        title="Review codes and patterns",
        home=room(diagnostic),
        number=snapshot.number if snapshot else None,
        said=review_words(codes),
        why_not=why_no_review(session, diagnostic),
        words_went_on=words_went_on(session, diagnostic),
        several=len(undecided) > 1,
        to_build=not undecided and any(one.standing is Standing.WAITS for one in codes),
        undecided=code_groups(undecided, framework, names, address),
        decided=code_groups([one for one in codes if one not in undecided], framework, names, address),
        breadcrumbs=way_here(diagnostic),
    )


@router.get("/several")
def ask_for_several(request: Request, session: SessionDep, diagnostic: GatheringDiagnostic) -> HTMLResponse:
    """Show what is undecided, to confirm several for one reason."""
    check_can_review(session, diagnostic)
    return _several_page(request, session, diagnostic, shown())


@router.post("/several")
def confirm_several(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: GatheringDiagnostic, sent: FormDep
) -> Response:
    """Confirm several codes."""
    bound = bind(SeveralForm, sent)
    if bound.data is None:
        return _several_page(request, session, diagnostic, bound)
    asked = [_asked(one) for one in bound.data.codes]
    try:
        decide(session, diagnostic, asked, confirmed=True, reason=bound.data.reason, account_id=person.id)
    except Stale:
        return _several_page(request, session, diagnostic, bound.with_error(WHOLE_FORM, _STALE))
    count = len(asked)
    words = "1 code is confirmed." if count == 1 else f"{count} codes are confirmed."
    return redirect(request, _review(diagnostic), words)


@router.get("/{heading}/{subject}")
def ask_for_decision(
    request: Request, session: SessionDep, diagnostic: GatheringDiagnostic, heading: str, subject: str
) -> HTMLResponse:
    """Ask for a decision on one code."""
    code = _code(session, diagnostic, heading, subject)
    check_can_review(session, diagnostic)
    was = code.decision
    decision = "" if was is None else CONFIRM if was.confirmed else "overrule"
    form = shown(decision=decision, reason=was.reason if was else "")
    return _decision_page(request, session, diagnostic, code, form)


@router.post("/{heading}/{subject}")
def take_decision(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheringDiagnostic,
    heading: str,
    subject: str,
    sent: FormDep,
) -> Response:
    """Confirm or overrule one code."""
    code, bound = _code(session, diagnostic, heading, subject), bind(DecideForm, sent)
    if bound.data is None:
        return _decision_page(request, session, diagnostic, code, bound)
    data, confirmed = bound.data, bound.data.decision == CONFIRM
    asked = Asked(heading, subject, data.found, data.seen)
    try:
        decide(session, diagnostic, [asked], confirmed=confirmed, reason=data.reason, account_id=person.id)
    except Stale:
        bound = bound.with_error(WHOLE_FORM, _STALE)
        return _decision_page(request, session, diagnostic, code, bound)
    words = "The code is confirmed." if confirmed else "The code is overruled."
    return redirect(request, _review(diagnostic), words)


def _asked(sent: str) -> Asked:
    """Read what a box of the page stands for; what it never held fits no code."""
    heading, _, rest = sent.partition("|")
    subject, _, found = rest.partition("|")
    return Asked(heading, subject, found, "")


def _review(diagnostic: Diagnostic) -> str:
    return f"{room(diagnostic)}/review"


def _code(session: SessionDep, diagnostic: Diagnostic, heading: str, subject: str) -> Code:
    for one in newest_codes(session, diagnostic.id):
        if one.key == (heading, subject):
            return one
    raise NotFound("The newest profile has no such code. It may have been computed anew.")


def _decision_page(
    request: Request, session: SessionDep, diagnostic: Diagnostic, code: Code, form: Bound[Any]
) -> HTMLResponse:
    snapshot = newest_snapshot(session, diagnostic.id)
    names = names_of(session, [code.decision.decided_by] if code.decision else [])
    line = code_line(code, framework_of(diagnostic), names, _review(diagnostic))
    return page(
        request,
        "profiles/decide.html.j2",
        title=f"{code.heading.name}: {line.what[:1].lower()}{line.what[1:]}",
        line=line,
        pair=line.id.partition(".")[2] if "-" in code.subject else "",
        form=form,
        found=code.found,
        seen=decision_id(code),
        evidence=f"{room(diagnostic)}/{snapshot.number}/headings/{code.heading.id}" if snapshot else "",
        back=_review(diagnostic),
        breadcrumbs=[*way_here(diagnostic), {"text": "Review", "href": _review(diagnostic)}],
    )


def _several_page(
    request: Request, session: SessionDep, diagnostic: Diagnostic, form: Bound[Any]
) -> HTMLResponse:
    codes = [one for one in newest_codes(session, diagnostic.id) if one.standing is Standing.UNDECIDED]
    framework = framework_of(diagnostic)
    lines = [(asked_of(one), code_line(one, framework, {}, _review(diagnostic)), one) for one in codes]
    return page(
        request,
        "profiles/several.html.j2",
        title="Confirm several codes",
        form=form,
        choices=[
            {
                "value": f"{asked.heading}|{asked.subject}|{asked.found}",
                "text": f"{one.heading.name}: {line.what[:1].lower()}{line.what[1:]}",
                "hint": line.detail,
            }
            for asked, line, one in lines
        ],
        back=_review(diagnostic),
        breadcrumbs=[*way_here(diagnostic), {"text": "Review", "href": _review(diagnostic)}],
    )
