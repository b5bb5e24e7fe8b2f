"""What stands on page 1 of the brief: the verdict, the strength to keep, and the first three steps."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.accounts.access import PersonDep
from app.briefs.editing.applying import Inconsistent
from app.briefs.editing.changing import (
    can_be_strength,
    can_be_verdict,
    choose_steps,
    choose_strength,
    choose_verdict,
)
from app.briefs.page_three import printed_steps
from app.briefs.room.forms import StepsForm, StrengthForm, VerdictForm
from app.briefs.room.pages import room, way_here
from app.briefs.room.services import CHANGED, Change, Draft, Stale, change, open_draft
from app.commissioning.frameworks import framework_of
from app.commissioning.models import Diagnostic
from app.database.session import SessionDep
from app.profiles.access import GatheringDiagnostic
from app.profiles.replying import sentence_of
from app.web.forms import WHOLE_FORM, Bound, bind, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page
from diagnostics.published import Finding, PublishedProfile

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/brief")
_Page = Callable[[Request, Diagnostic, Draft, Bound[Any]], HTMLResponse]


@router.get("/verdict")
def ask_for_verdict(request: Request, session: SessionDep, diagnostic: GatheringDiagnostic) -> HTMLResponse:
    """Offer the findings that can be the verdict."""
    draft = open_draft(session, diagnostic)
    return _verdict_page(request, diagnostic, draft, shown(finding=draft.told.verdict))


@router.post("/verdict")
def take_verdict(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: GatheringDiagnostic, sent: FormDep
) -> Response:
    """Choose the verdict."""
    bound = bind(VerdictForm, sent)

    def make(edits: Any, profile: PublishedProfile) -> Any:
        return choose_verdict(edits, profile, bound.data.finding if bound.data else "")

    return _take(request, session, person, diagnostic, bound, make, _verdict_page, "finding")


def _verdict_page(request: Request, diagnostic: Diagnostic, draft: Draft, form: Bound[Any]) -> HTMLResponse:
    return page(
        request,
        "briefs/verdict.html.j2",
        title="Choose the verdict",
        form=form,
        choices=_choices(draft, can_be_verdict, draft.told.verdict),
        **_around(diagnostic, draft),
    )


@router.get("/strength")
def ask_for_strength(request: Request, session: SessionDep, diagnostic: GatheringDiagnostic) -> HTMLResponse:
    """Offer the findings that can be the strength to keep."""
    draft = open_draft(session, diagnostic)
    told = draft.told.strength
    known = shown(finding=told.finding, title=told.title) if told else shown()
    return _strength_page(request, diagnostic, draft, known)


@router.post("/strength")
def take_strength(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: GatheringDiagnostic, sent: FormDep
) -> Response:
    """Choose the strength to keep."""
    bound = bind(StrengthForm, sent)

    def make(edits: Any, profile: PublishedProfile) -> Any:
        finding, title = (bound.data.finding, bound.data.title) if bound.data else ("", "")
        return choose_strength(edits, profile, finding, title)

    return _take(request, session, person, diagnostic, bound, make, _strength_page, "title")


def _strength_page(request: Request, diagnostic: Diagnostic, draft: Draft, form: Bound[Any]) -> HTMLResponse:
    return page(
        request,
        "briefs/strength.html.j2",
        title="Choose the strength to keep",
        form=form,
        choices=_choices(draft, can_be_strength, draft.told.strength.finding if draft.told.strength else ""),
        **_around(diagnostic, draft),
    )


@router.get("/steps")
def ask_for_steps(request: Request, session: SessionDep, diagnostic: GatheringDiagnostic) -> HTMLResponse:
    """Offer the steps in the order of the ranking."""
    draft = open_draft(session, diagnostic)
    first = [step.id for step, _ in printed_steps(draft.told)]
    known = dict(zip(("first", "second", "third"), first, strict=False))
    return _steps_page(request, diagnostic, draft, shown(**known, reason=draft.edits.steps_reason))


@router.post("/steps")
def take_steps(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: GatheringDiagnostic, sent: FormDep
) -> Response:
    """Choose the first steps."""
    bound = bind(StepsForm, sent)

    def make(edits: Any, profile: PublishedProfile) -> Any:
        if bound.data is None:
            return edits
        chosen = [one for one in (bound.data.first, bound.data.second, bound.data.third) if one]
        return choose_steps(edits, profile, chosen, bound.data.reason)

    return _take(request, session, person, diagnostic, bound, make, _steps_page, "reason")


def _steps_page(request: Request, diagnostic: Diagnostic, draft: Draft, form: Bound[Any]) -> HTMLResponse:
    titles = {step.id: step.title for step in framework_of(diagnostic).steps}
    ranked = sorted(draft.proposed.steps, key=lambda one: one.rank)
    choices = [{"value": one.id, "text": f"{one.rank}. {titles[one.id]}"} for one in ranked]
    return page(
        request,
        "briefs/steps.html.j2",
        title="Choose the first steps",
        form=form,
        choices=[{"value": "", "text": "Choose a step"}, *choices],
        or_none=[{"value": "", "text": "No further step"}, *choices],
        ranked=[
            (titles[one.id], [sentence_of(draft.proposed.finding(finding)) for finding in one.findings])
            for one in ranked
        ],
        **_around(diagnostic, draft),
    )


def _choices(draft: Draft, fits: Callable[[Finding], bool], chosen: str) -> list[dict[str, str]]:
    """Offer each sentence once, as a step often repeats that of its heading; what is chosen comes first."""
    offered: dict[str, str] = {}
    for one in sorted(draft.told.findings, key=lambda finding: finding.id != chosen):
        if fits(one):
            offered.setdefault(sentence_of(one), one.id)
    headings = {one.id: one.name for one in draft.told.headings}
    by_id = {one.id: one for one in draft.told.findings}
    return [
        {"value": key, "text": text, "hint": headings.get(by_id[key].heading or "", "")}
        for text, key in offered.items()
    ]


def _take(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: Diagnostic,
    bound: Bound[Any],
    make: Change,
    again: _Page,
    field: str,
) -> Response:
    draft = open_draft(session, diagnostic)
    if bound.data is None:
        return again(request, diagnostic, draft, bound)
    try:
        change(session, diagnostic, bound.data.seen, make, person.id)
    except Inconsistent as why:
        return again(request, diagnostic, draft, bound.with_error(field, f"{why}"))
    except Stale:
        return again(
            request, diagnostic, open_draft(session, diagnostic), bound.with_error(WHOLE_FORM, CHANGED)
        )
    return redirect(request, room(diagnostic), "Your choice is kept.")


def _around(diagnostic: Diagnostic, draft: Draft) -> dict[str, Any]:
    return {
        "seen": draft.brief.revision,
        "back": room(diagnostic),
        "breadcrumbs": way_here(diagnostic),
    }
