"""Taking steps over as actions, and keeping what becomes of them. Every change leaves a note."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from app.actions.models import (
    DONE,
    NOT_SEEN,
    PARTLY_SEEN,
    SEEN,
    STOPPED,
    TO_DO,
    UNDER_WAY,
    Action,
    ActionNote,
)
from app.actions.offers import Offered, offer_of
from app.actions.queries import actions_of
from app.audit.services import note
from app.briefs.queries import PublishedBrief
from app.commissioning.frameworks import framework_of
from app.commissioning.models import Diagnostic
from app.commissioning.queries import candidates
from app.commissioning.services.changing import ChangedMeanwhile, Refused
from app.web.dates import months_after, today, uk_date
from app.web.errors import Changed, Conflict

STATE_NAMES: Mapping[str, str] = MappingProxyType(
    {TO_DO: "To do", UNDER_WAY: "Under way", DONE: "Done", STOPPED: "Stopped"}
)
SIGN_NAMES: Mapping[str, str] = MappingProxyType(
    {SEEN: "Seen", PARTLY_SEEN: "Partly seen", NOT_SEEN: "Not seen"}
)
NOT_LOOKED = "Nobody has looked yet"
OVER = (DONE, STOPPED)
# A date further away is a slip of the finger.
_LATEST_MONTHS = 60


@dataclass(frozen=True, slots=True)
class Planned:
    """Who does an action by when and how far it is, as somebody wants it; ``note`` is what they say of it."""

    owner_role: str
    owner_name: str
    owner_id: UUID | None
    due_on: date | None
    state: str
    note: str


@dataclass(frozen=True, slots=True)
class Sighted:
    """Whether the sign at six months was seen, by what, and when."""

    seen: str
    evidence: str
    on: date


def take_over(
    session: Session, diagnostic: Diagnostic, published: PublishedBrief, seen: int, person_id: UUID
) -> int:
    """Put into the plan what a brief has for it, and say how many steps that were.

    Raises
    ------
    Conflict
        Where a newer brief was published after the page was made.
    """
    brief = published.brief
    if seen != brief.number:
        raise Changed(
            "A newer version of the brief was published. Look at its steps before you take them over."
        )
    # Two people who press the button at the same moment come one after the other.
    session.refresh(brief, with_for_update=True)
    actions = actions_of(session, diagnostic.id)
    offer = offer_of(published.profile, brief.id, framework_of(diagnostic), actions)
    place = max((one.position for one in actions if not one.later), default=0)
    for action in offer.promoted:
        place += 1
        _bring(session, action, place, person_id, "The corrected brief puts it among the first steps.")
    for offered in offer.first:
        place += 1
        session.add(_made(diagnostic, brief.id, offered, later=False, position=place))
    for offered in offer.later:
        session.add(_made(diagnostic, brief.id, offered, later=True, position=offered.rank))
    named = {step.id for step in published.profile.steps}
    for action in actions:
        if action.step in named:
            action.brief_id = brief.id
    number = len(offer.first) + len(offer.later) + len(offer.promoted)
    if number:
        note(
            session,
            "steps taken over",
            person_id,
            authority_code=diagnostic.authority_code,
            subject_id=diagnostic.id,
            brief=brief.number,
            actions=len(offer.first) + len(offer.promoted),
            later=len(offer.later),
        )
    return number


def _made(diagnostic: Diagnostic, brief_id: UUID, offered: Offered, *, later: bool, position: int) -> Action:
    return Action(
        diagnostic_id=diagnostic.id,
        brief_id=brief_id,
        step=offered.step.id,
        title=offered.step.title,
        sign=offered.step.six_month_sign,
        later=later,
        position=position,
        owner_role=offered.step.owner,
    )


def change_action(
    session: Session, diagnostic: Diagnostic, action: Action, seen: int, wanted: Planned, person_id: UUID
) -> bool:
    """Change who does an action by when and how far it is; say whether that changed anything.

    Raises
    ------
    Refused
        Where something cannot be as it is wanted.
    ChangedMeanwhile
        Where somebody else saved since the form was shown.
    """
    check_is_planned(action)
    changes = _changes(action, wanted)
    if not changes and not wanted.note:
        return False
    _check_planned(session, diagnostic, action, wanted)
    _claim(session, action, seen)
    state = wanted.state if wanted.state != action.state else ""
    for name in ("owner_role", "owner_name", "owner_id", "due_on", "state"):
        setattr(action, name, getattr(wanted, name))
    _write(session, action, person_id, wanted.note, " ".join(changes), state)
    _log(session, "action changed", diagnostic, action, person_id)
    return True


def _changes(action: Action, wanted: Planned) -> list[str]:
    """Say what is to change. A name does not stand there: it would outlive the account that it is of."""
    found = []
    if wanted.state != action.state:
        found.append(f"“{STATE_NAMES[action.state]}” became “{STATE_NAMES[wanted.state]}”.")
    if wanted.due_on != action.due_on:
        was, will = (uk_date(one) if one else "none" for one in (action.due_on, wanted.due_on))
        found.append(f"Due date: {will}, before: {was}.")
    if wanted.owner_role != action.owner_role:
        was, will = (one or "none" for one in (action.owner_role, wanted.owner_role))
        found.append(f"Owner’s role: {will}, before: {was}.")
    if (wanted.owner_name, wanted.owner_id) != (action.owner_name, action.owner_id):
        named = wanted.owner_name or wanted.owner_id
        found.append("The person who owns it was changed." if named else "No person is named any more.")
    return found


def _check_planned(session: Session, diagnostic: Diagnostic, action: Action, wanted: Planned) -> None:
    faults = {}
    if wanted.owner_name and wanted.owner_id:
        faults["owner_name"] = "Choose somebody with an account or enter a name, not both"
    if wanted.owner_id is not None and wanted.owner_id != action.owner_id:
        known = {one.id for one in candidates(session, diagnostic.authority_code)}
        if wanted.owner_id not in known:
            faults["owner"] = "Choose somebody from the list"
    if not (wanted.owner_role or wanted.owner_name or wanted.owner_id):
        faults["owner_role"] = "Enter the role of the owner, or name a person"
    if wanted.due_on is not None and wanted.due_on != action.due_on:
        if wanted.due_on < today() and wanted.state not in OVER:
            faults["due_on"] = "The due date must be today or later"
        elif wanted.due_on > months_after(today(), _LATEST_MONTHS):
            faults["due_on"] = "The due date must be within the next 5 years"
    if wanted.state == STOPPED and action.state != STOPPED and not wanted.note:
        faults["note"] = "Enter why you stop it"
    if faults:
        raise Refused(faults)


def add_note(session: Session, diagnostic: Diagnostic, action: Action, text: str, person_id: UUID) -> None:
    """Add a note, which overwrites nothing."""
    _write(session, action, person_id, text)
    _log(session, "action noted", diagnostic, action, person_id)


def record_sign(
    session: Session, diagnostic: Diagnostic, action: Action, seen: int, sighted: Sighted, person_id: UUID
) -> bool:
    """Keep whether the sign at six months was seen; say whether that changed anything.

    Raises
    ------
    Refused
        Where the day is still to come.
    ChangedMeanwhile
        Where somebody else saved since the form was shown.
    """
    check_is_planned(action)
    if sighted.on > today():
        raise Refused({"on": "The day must be today or in the past"})
    if (sighted.seen, sighted.evidence, sighted.on) == (
        action.sign_seen,
        action.sign_evidence,
        action.sign_on,
    ):
        return False
    _claim(session, action, seen)
    change = f"Sign at six months: {SIGN_NAMES[sighted.seen].lower()} on {uk_date(sighted.on)}."
    action.sign_seen, action.sign_evidence, action.sign_on = sighted.seen, sighted.evidence, sighted.on
    _write(session, action, person_id, sighted.evidence, change)
    _log(session, "action sign recorded", diagnostic, action, person_id)
    return True


def bring_forward(
    session: Session, diagnostic: Diagnostic, action: Action, seen: int, reason: str, person_id: UUID
) -> None:
    """Make an action of a step that was to come next.

    Raises
    ------
    Conflict
        Where it is an action already.
    """
    check_is_later(action)
    _claim(session, action, seen)
    place = max((one.position for one in actions_of(session, diagnostic.id) if not one.later), default=0)
    _bring(session, action, place + 1, person_id, reason)
    _log(session, "step brought forward", diagnostic, action, person_id)


def _bring(session: Session, action: Action, place: int, person_id: UUID, reason: str) -> None:
    action.later, action.position, action.brought_on = False, place, today()
    _write(session, action, person_id, reason, "Brought forward from “next, not now”.")


def check_is_planned(action: Action) -> None:
    """Stop what can only be done with an action.

    Raises
    ------
    Conflict
        Where it is a step that comes next.
    """
    if action.later:
        raise Conflict("This step comes next, not now. Bring it forward before you plan it.")


def check_is_later(action: Action) -> None:
    """Stop what can only be done with a step that comes next.

    Raises
    ------
    Conflict
        Where it is an action already.
    """
    if not action.later:
        raise Changed("Somebody has brought this step forward already. It is among the actions.")


def _claim(session: Session, action: Action, seen: int) -> None:
    """Hold an action until the transaction ends, if it is still as the form showed it."""
    session.refresh(action, inspect(Action).column_attrs.keys(), with_for_update=True)
    if action.revision != seen:
        raise ChangedMeanwhile
    action.revision += 1


def _write(
    session: Session, action: Action, person_id: UUID, text: str, change: str = "", state: str = ""
) -> None:
    session.add(ActionNote(action_id=action.id, text=text, change=change, state=state, made_by=person_id))


def _log(session: Session, what: str, diagnostic: Diagnostic, action: Action, person_id: UUID) -> None:
    note(
        session,
        what,
        person_id,
        authority_code=diagnostic.authority_code,
        subject_id=diagnostic.id,
        step=action.step,
        state=action.state,
    )
