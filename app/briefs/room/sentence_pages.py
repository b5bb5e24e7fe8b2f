"""One sentence of the draft beside its evidence: reword, move, merge or leave it out; or add one."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.accounts.access import PersonDep
from app.accounts.queries import names_of
from app.briefs.editing.applying import Inconsistent, may_change
from app.briefs.editing.changing import add, bring_back, drop, merge, move, reword
from app.briefs.editing.edits import Edits, Wording
from app.briefs.room.forms import AddForm, MergeForm, SeenForm, WordingForm
from app.briefs.room.pages import room, way_here
from app.briefs.room.presenters import evidence_of, evidence_on, sentence_line
from app.briefs.room.services import CHANGED, Change, Draft, Stale, change, open_draft
from app.commissioning.frameworks import framework_of
from app.commissioning.models import Diagnostic
from app.database.session import SessionDep
from app.profiles.access import GatheringDiagnostic
from app.profiles.queries import comments_on
from app.profiles.reply_presenters import comment_line
from app.profiles.replying import sentence_of
from app.web.errors import NotFound
from app.web.forms import WHOLE_FORM, Bound, bind, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page
from diagnostics.published import Finding, PublishedHeading, PublishedProfile

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/brief")
DROP, BRING_BACK, UP, DOWN, MERGE, REWORD = "drop", "bring-back", "up", "down", "merge", "reword"
_DONE = {
    DROP: "The sentence is left out. You find it at the end of this page.",
    BRING_BACK: "The sentence is back. If another tells it too, shorten that one.",
    UP: "The sentence is moved up.",
    DOWN: "The sentence is moved down.",
    MERGE: "The two sentences are one now, with the evidence of both. Read how it sounds.",
    REWORD: "The sentence is kept.",
}


@router.get("/findings/{finding}")
def ask_about_finding(
    request: Request, session: SessionDep, diagnostic: GatheringDiagnostic, finding: str
) -> HTMLResponse:
    """Show a finding with its evidence, what was said of it, and what can be done with it."""
    draft = open_draft(session, diagnostic)
    _told(draft, finding)
    return _page(request, session, diagnostic, draft, finding, shown())


@router.post("/findings/{finding}")
def change_finding(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheringDiagnostic,
    finding: str,
    sent: FormDep,
) -> Response:
    """Do with a finding what the pressed button says."""
    draft, wanted = open_draft(session, diagnostic), str(sent.get("do", REWORD))
    _told(draft, finding)
    bound: Bound[Any] = bind({REWORD: WordingForm, MERGE: MergeForm}.get(wanted, SeenForm), sent)
    if wanted not in _DONE:
        raise NotFound
    if bound.data is None:
        return _page(request, session, diagnostic, draft, finding, bound)
    try:
        change(session, diagnostic, bound.data.seen, _change(wanted, finding, bound.data), person.id)
    except Inconsistent as why:
        field = {REWORD: "text", MERGE: "kept"}.get(wanted, WHOLE_FORM)
        return _page(request, session, diagnostic, draft, finding, bound.with_error(field, f"{why}"))
    except Stale:
        now = open_draft(session, diagnostic)
        return _page(request, session, diagnostic, now, finding, bound.with_error(WHOLE_FORM, CHANGED))
    anchor = f"#{finding}" if wanted not in (DROP, MERGE) else ""
    return redirect(request, f"{room(diagnostic)}{anchor}", _DONE[wanted])


def _change(wanted: str, finding: str, data: Any) -> Change:
    def make(edits: Edits, profile: PublishedProfile) -> Edits:
        if wanted == REWORD:
            return reword(edits, profile, finding, Wording(data.lead, data.text))
        if wanted == MERGE:
            return merge(edits, profile, data.kept, finding)
        if wanted == DROP:
            return drop(edits, profile, finding)
        if wanted == BRING_BACK:
            return bring_back(edits, finding)
        return move(edits, profile, finding, up=wanted == UP)

    return make


def _told(draft: Draft, finding: str) -> Finding:
    """Give a finding as the brief tells it, or as it was proposed where it is left out."""
    for profile in (draft.told, draft.proposed):
        for one in profile.findings:
            if one.id == finding and may_change(one):
                return one
    raise NotFound("The draft has no such sentence, or none that can be changed.")


def _page(
    request: Request,
    session: SessionDep,
    diagnostic: Diagnostic,
    draft: Draft,
    finding: str,
    form: Bound[Any],
) -> HTMLResponse:
    told = _told(draft, finding)
    proposed = next((one for one in draft.proposed.findings if one.id == finding), None)
    comments = comments_on(session, diagnostic.id)
    said = comments.get(finding, ())
    names = names_of(session, [*(one.made_by for one in said), *(one.answered_by for one in said)])
    known = shown(lead=told.lead, text=told.text)
    under, reply = _heading_with(draft.told, finding), f"/diagnostics/{diagnostic.id}/profile/reply"
    others = [one for one in under.findings if one != finding] if under else []
    return page(
        request,
        "briefs/finding.html.j2",
        title="Change a sentence",
        form=form,
        # Pressing another button does not empty the fields in which the sentence stands.
        words=form if "text" in form.values or "text" in form.errors else known,
        line=sentence_line(draft, told, comments, room(diagnostic)),
        proposed=sentence_of(proposed) if proposed else "",
        evidence=evidence_of(draft.proposed, told, framework_of(diagnostic)),
        said=[comment_line(one, names, reply, sentence_of(told)) for one in said],
        # One that is left out stands under no heading, and is about one all the same.
        heading=next((one.name for one in draft.told.headings if one.id == told.heading), ""),
        profile=f"/diagnostics/{diagnostic.id}/profile/{draft.snapshot.number}/headings/{told.heading}"
        if told.heading
        else f"/diagnostics/{diagnostic.id}/profile/{draft.snapshot.number}",
        is_out=_is_out(draft, finding),
        may_drop=finding not in _needed(draft.told),
        first=bool(under) and not under.findings.index(finding) if under else True,
        last=under.findings.index(finding) == len(under.findings) - 1 if under else True,
        others=[
            {"value": one, "text": sentence_of(draft.told.finding(one))}
            for one in others
            if may_change(draft.told.finding(one))
        ],
        seen=draft.brief.revision,
        back=room(diagnostic),
        breadcrumbs=way_here(diagnostic),
    )


def _heading_with(profile: PublishedProfile, finding: str) -> PublishedHeading | None:
    return next((one for one in profile.headings if finding in one.findings), None)


def _is_out(draft: Draft, finding: str) -> bool:
    return finding not in {one.id for one in draft.told.findings}


def _needed(told: PublishedProfile) -> frozenset[str]:
    """Give what another choice has to be made for before it can be left out."""
    strength = told.strength.finding if told.strength else told.verdict
    return frozenset((told.verdict, strength))


@router.get("/headings/{heading}/add")
def ask_for_sentence(
    request: Request, session: SessionDep, diagnostic: GatheringDiagnostic, heading: str
) -> HTMLResponse:
    """Ask for a sentence under a heading, and what it rests on."""
    return _add_page(request, diagnostic, open_draft(session, diagnostic), heading, shown())


@router.post("/headings/{heading}/add")
def add_sentence(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheringDiagnostic,
    heading: str,
    sent: FormDep,
) -> Response:
    """Add a sentence."""
    draft, bound = open_draft(session, diagnostic), bind(AddForm, sent)
    if bound.data is None:
        return _add_page(request, diagnostic, draft, heading, bound)
    _heading(draft, heading)
    data = bound.data
    order = [entry.mark for entry in draft.proposed.evidence]
    if not set(data.evidence) <= set(order):
        raise Stale
    marks = sorted(data.evidence, key=order.index)
    try:
        change(
            session,
            diagnostic,
            data.seen,
            lambda edits, _: add(edits, heading, data.text, marks),
            person.id,
        )
    except Inconsistent as why:
        return _add_page(request, diagnostic, draft, heading, bound.with_error("text", f"{why}"))
    except Stale:
        return _add_page(
            request,
            diagnostic,
            open_draft(session, diagnostic),
            heading,
            bound.with_error(WHOLE_FORM, CHANGED),
        )
    return redirect(request, f"{room(diagnostic)}#{heading}", "The sentence is added, with its evidence.")


def _heading(draft: Draft, heading: str) -> PublishedHeading:
    found = next((one for one in draft.told.headings if one.id == heading), None)
    if found is None:
        raise NotFound("The profile has no such heading.")
    return found


def _add_page(
    request: Request, diagnostic: Diagnostic, draft: Draft, heading: str, form: Bound[Any]
) -> HTMLResponse:
    about = _heading(draft, heading)
    return page(
        request,
        "briefs/add.html.j2",
        title=f"Add a sentence on {about.name[:1].lower()}{about.name[1:]}",
        form=form,
        told=[sentence_of(draft.told.finding(one)) for one in about.findings],
        evidence=[
            (
                group.title,
                [
                    {"value": line.mark, "text": f"{line.mark}: {line.what}", "hint": line.topics}
                    for line in group.lines
                ],
            )
            for group in evidence_on(draft.proposed, heading, framework_of(diagnostic))
        ],
        seen=draft.brief.revision,
        back=room(diagnostic),
        breadcrumbs=way_here(diagnostic),
    )
