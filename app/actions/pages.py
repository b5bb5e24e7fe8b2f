"""The pages of actions: the plan, one action, and what changes it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response

from app.accounts.access import PersonDep
from app.accounts.person import Capability, can
from app.accounts.queries import names_of
from app.actions.forms import ForwardForm, NoteForm, PlanForm, SignForm
from app.actions.models import Action
from app.actions.offers import offer_of
from app.actions.presenters import (
    ALL,
    VIEWS,
    actions_address,
    cards,
    in_view,
    note_lines,
    nothing_in,
    offer_words,
    people_choices,
    plan_rows,
    sign_choices,
    sign_rows,
    state_choices,
    trail,
    views,
)
from app.actions.queries import actions_of, find_action, notes_of
from app.actions.services import (
    Planned,
    Sighted,
    add_note,
    bring_forward,
    change_action,
    check_is_later,
    check_is_planned,
    record_sign,
    take_over,
)
from app.briefs.queries import newest_published
from app.commissioning.access import RunDiagnostic, SeenDiagnostic
from app.commissioning.frameworks import framework_named
from app.commissioning.models import Diagnostic
from app.commissioning.pages.questions import SAVED_NOW, attempt
from app.commissioning.presenters.details import Row
from app.commissioning.queries import candidates
from app.database.session import SessionDep
from app.library.presenters import Reading, readings_of
from app.library.queries import current_entries
from app.web.dates import today
from app.web.errors import Conflict, NotFound
from app.web.forms import Bound, bind, number_in, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page
from diagnostics.wording import counted_noun

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/actions")
_CHANGED = (
    "Somebody changed this action while the page was open. Nothing is overwritten yet: "
    "compare what is saved now with what you entered"
)


@router.get("")
def plan(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: SeenDiagnostic,
    show: Annotated[str, Query(max_length=20)] = ALL,
) -> HTMLResponse:
    """Show the plan in one of its views, with what comes next and what a brief has for it."""
    view, day = show if show in VIEWS else ALL, today()
    actions, published = actions_of(session, diagnostic.id), newest_published(session, diagnostic.id)
    framework = framework_named(diagnostic.framework)
    offer = (
        offer_of(published.profile, published.brief.id, framework, actions)
        if published and framework
        else None
    )
    names = _names(session, actions)

    def shown_cards(chosen: Sequence[Action]) -> Sequence[Any]:
        return cards(diagnostic, framework, chosen, names, day, actions)

    return page(
        request,
        "actions/plan.html.j2",
        diagnostic=diagnostic,
        address=actions_address(diagnostic),
        published=published is not None,
        offer=offer_words(offer, published.brief.number, first_time=not actions)
        if offer and published and offer.says_anything
        else None,
        offered=offer is not None and offer.anything,
        any_actions=bool(actions),
        views=views(diagnostic, actions, view, day),
        heading=VIEWS[view],
        cards=shown_cards(in_view(actions, view, day)),
        nothing=nothing_in(view),
        later=shown_cards([one for one in actions if one.later]),
        may_change=can(person, Capability.RUN, diagnostic.authority_code),
        breadcrumbs=trail(diagnostic, top=True),
    )


@router.post("/take-over")
def take_steps_over(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: RunDiagnostic, sent: FormDep
) -> Response:
    """Put into the plan what the newest published brief has for it."""
    published = newest_published(session, diagnostic.id)
    if published is None:
        raise Conflict("No brief is published yet, so there are no steps to take over.")
    number = take_over(session, diagnostic, published, number_in(sent.get("brief")), person.id)
    said = (
        f"{counted_noun(number, 'step')} taken over." if number else "Everything had been taken over already."
    )
    return redirect(request, actions_address(diagnostic), said)


def found_action(action_id: UUID, session: SessionDep, diagnostic: SeenDiagnostic) -> Action:
    """Give the action that the address names.

    Raises
    ------
    NotFound
        Where the diagnostic has no such action.
    """
    action = find_action(session, diagnostic.id, action_id)
    if action is None:
        raise NotFound("There is no such action in this plan.")
    return action


FoundAction = Annotated[Action, Depends(found_action, scope="function")]


@router.get("/{action_id}")
def show_action(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: SeenDiagnostic, action: FoundAction
) -> HTMLResponse:
    """Show an action with all that was noted."""
    may_change = can(person, Capability.RUN, diagnostic.authority_code)
    return _action_page(request, session, diagnostic, action, shown(), may_change=may_change)


@router.post("/{action_id}")
def write_note(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: RunDiagnostic,
    action: FoundAction,
    sent: FormDep,
) -> Response:
    """Add a note to an action."""
    form = bind(NoteForm, sent)
    if form.data is None:
        return _action_page(request, session, diagnostic, action, form, may_change=True)
    add_note(session, diagnostic, action, form.data.note, person.id)
    return redirect(request, actions_address(diagnostic, f"/{action.id}"), "The note is added.")


def _action_page(
    request: Request,
    session: SessionDep,
    diagnostic: Diagnostic,
    action: Action,
    form: Bound[Any],
    *,
    may_change: bool,
) -> HTMLResponse:
    return page(
        request,
        "actions/action.html.j2",
        one=_card(session, diagnostic, action),
        reading=_reading(session, diagnostic, action),
        notes=note_lines(notes_of(session, [action.id])[action.id]),
        form=form,
        may_change=may_change,
        breadcrumbs=trail(diagnostic),
    )


def _reading(session: SessionDep, diagnostic: Diagnostic, action: Action) -> tuple[Reading, ...]:
    framework = framework_named(diagnostic.framework)
    steps = framework.steps if framework else ()
    step = next((one for one in steps if one.id == action.step), None)
    return readings_of(step, current_entries(session))


@router.get("/{action_id}/change")
def ask_for_plan(
    request: Request, session: SessionDep, diagnostic: RunDiagnostic, action: FoundAction
) -> HTMLResponse:
    """Show who does an action by when and how far it is, to change."""
    check_is_planned(action)
    form = shown(
        **{
            name: getattr(action, name)
            for name in ("state", "owner_role", "owner_name", "due_on", "revision")
        },
        owner=action.owner_id,
    )
    return _plan_page(request, session, diagnostic, action, form)


@router.post("/{action_id}/change")
def change_plan(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: RunDiagnostic,
    action: FoundAction,
    sent: FormDep,
) -> Response:
    """Change who does an action by when and how far it is."""
    changed = False

    def write(data: PlanForm) -> None:
        nonlocal changed
        wanted = Planned(data.owner_role, data.owner_name, data.owner, data.due_on, data.state, data.note)
        changed = change_action(session, diagnostic, action, data.revision, wanted, person.id)

    form = attempt(bind(PlanForm, sent), write, changed=_CHANGED)
    if form.data is None:
        return _plan_page(request, session, diagnostic, action, form)
    return _back(request, diagnostic, action, "The action is changed." if changed else "Nothing had changed.")


def _plan_page(
    request: Request, session: SessionDep, diagnostic: Diagnostic, action: Action, form: Bound[Any]
) -> HTMLResponse:
    names = _names(session, [action])
    people = candidates(session, diagnostic.authority_code)
    return _form_page(
        request,
        "actions/change.html.j2",
        session,
        diagnostic,
        action,
        form,
        plan_rows(action, names),
        states=state_choices(),
        people=people_choices(people, action, names),
        example=today().year + 1,
    )


@router.get("/{action_id}/sign")
def ask_for_sign(
    request: Request, session: SessionDep, diagnostic: RunDiagnostic, action: FoundAction
) -> HTMLResponse:
    """Ask whether the sign at six months was seen."""
    check_is_planned(action)
    form = shown(
        seen=action.sign_seen,
        evidence=action.sign_evidence,
        on=action.sign_on or today(),
        revision=action.revision,
    )
    return _sign_page(request, session, diagnostic, action, form)


@router.post("/{action_id}/sign")
def keep_sign(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: RunDiagnostic,
    action: FoundAction,
    sent: FormDep,
) -> Response:
    """Keep whether the sign at six months was seen."""

    def write(data: SignForm) -> None:
        sighted = Sighted(data.seen, data.evidence, data.on)
        record_sign(session, diagnostic, action, data.revision, sighted, person.id)

    form = attempt(bind(SignForm, sent), write, changed=_CHANGED)
    if form.data is None:
        return _sign_page(request, session, diagnostic, action, form)
    return _back(request, diagnostic, action, "What you saw is kept.")


def _sign_page(
    request: Request, session: SessionDep, diagnostic: Diagnostic, action: Action, form: Bound[Any]
) -> HTMLResponse:
    rows = sign_rows(action)
    return _form_page(
        request, "actions/sign.html.j2", session, diagnostic, action, form, rows, choices=sign_choices()
    )


@router.get("/{action_id}/bring-forward")
def ask_why_forward(
    request: Request, session: SessionDep, diagnostic: RunDiagnostic, action: FoundAction
) -> HTMLResponse:
    """Ask why a step comes forward."""
    check_is_later(action)
    return _forward_page(request, session, diagnostic, action, shown(revision=action.revision))


@router.post("/{action_id}/bring-forward")
def bring(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: RunDiagnostic,
    action: FoundAction,
    sent: FormDep,
) -> Response:
    """Make an action of a step that was to come next."""
    check_is_later(action)

    def write(data: ForwardForm) -> None:
        bring_forward(session, diagnostic, action, data.revision, data.reason, person.id)

    form = attempt(bind(ForwardForm, sent), write, changed=_CHANGED)
    if form.data is None:
        return _forward_page(request, session, diagnostic, action, form)
    return _back(request, diagnostic, action, "The step is an action now. Say who does it, and by when.")


def _forward_page(
    request: Request, session: SessionDep, diagnostic: Diagnostic, action: Action, form: Bound[Any]
) -> HTMLResponse:
    return _form_page(request, "actions/forward.html.j2", session, diagnostic, action, form, ())


def _form_page(
    request: Request,
    template: str,
    session: SessionDep,
    diagnostic: Diagnostic,
    action: Action,
    form: Bound[Any],
    saved: Sequence[Row],
    **context: Any,
) -> HTMLResponse:
    """Show a form; where somebody else saved meanwhile, with what is saved now beside what was typed."""
    conflict = bool(form.error(SAVED_NOW))
    if conflict:
        # Sending it once more is a decision made in sight of the other answer.
        form = replace(form, values={**form.values, "revision": (str(action.revision),)})
    card = _card(session, diagnostic, action)
    return page(
        request,
        template,
        one=card,
        form=form,
        saved=saved if conflict else (),
        breadcrumbs=trail(diagnostic, (card.title, card.address)),
        **context,
    )


def _card(session: SessionDep, diagnostic: Diagnostic, action: Action) -> Any:
    framework = framework_named(diagnostic.framework)
    among = actions_of(session, diagnostic.id)
    return cards(diagnostic, framework, [action], _names(session, [action]), today(), among)[0]


def _names(session: SessionDep, actions: Sequence[Action]) -> Mapping[UUID, str]:
    return names_of(session, [one.owner_id for one in actions if one.owner_id is not None])


def _back(request: Request, diagnostic: Diagnostic, action: Action, said: str) -> Response:
    return redirect(request, actions_address(diagnostic, f"/{action.id}"), said)
