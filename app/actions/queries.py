"""Named reads of actions. Whoever asks has been found to be allowed to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.actions.models import DONE, STOPPED, Action, ActionNote


def actions_of(session: Session, diagnostic_id: UUID) -> Sequence[Action]:
    """Give the actions of a diagnostic in their order, those that come next after the others."""
    return session.scalars(
        select(Action)
        .where(Action.diagnostic_id == diagnostic_id)
        .order_by(Action.later, Action.position, Action.id)
    ).all()


def actions_in(session: Session, diagnostic_ids: Sequence[UUID]) -> Mapping[UUID, Sequence[Action]]:
    """Give the actions of several diagnostics, with one read."""
    found: dict[UUID, list[Action]] = {one: [] for one in diagnostic_ids}
    for action in session.scalars(
        select(Action).where(Action.diagnostic_id.in_(diagnostic_ids)).order_by(Action.position, Action.id)
    ):
        found[action.diagnostic_id].append(action)
    return found


def find_action(session: Session, diagnostic_id: UUID, action_id: UUID) -> Action | None:
    """Give an action of a diagnostic."""
    return session.scalars(
        select(Action).where(Action.diagnostic_id == diagnostic_id, Action.id == action_id)
    ).one_or_none()


@dataclass(frozen=True, slots=True)
class Written:
    """A note on an action, and who made it when."""

    text: str
    change: str
    state: str
    who: str
    at: datetime


def notes_of(session: Session, action_ids: Sequence[UUID]) -> Mapping[UUID, Sequence[Written]]:
    """Give the notes of each action, the newest first."""
    found: dict[UUID, list[Written]] = {one: [] for one in action_ids}
    rows = session.execute(
        select(ActionNote, Account.name)
        .join(Account, Account.id == ActionNote.made_by)
        .where(ActionNote.action_id.in_(action_ids))
        .order_by(ActionNote.made_at.desc(), ActionNote.id)
    )
    for note, name in rows:
        found[note.action_id].append(Written(note.text, note.change, note.state, name, note.made_at))
    return found


def actions_due_by(session: Session, day: date) -> Sequence[UUID]:
    """Give the ids of the actions that are not over and have a due date up to a day."""
    return session.scalars(
        select(Action.id)
        .where(Action.due_on <= day, Action.later.is_(False), Action.state.not_in((DONE, STOPPED)))
        .order_by(Action.due_on, Action.id)
    ).all()


def claimed_action(session: Session, action_id: UUID) -> Action | None:
    """Give an action, and keep other workers from it for this transaction; None where another has it."""
    return session.scalars(
        select(Action).where(Action.id == action_id).with_for_update(skip_locked=True)
    ).one_or_none()
