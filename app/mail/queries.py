"""Reads of the mail that waits."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.mail.models import MOST_ATTEMPTS, OutgoingMail


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much mail waits, and what stood in its way last. ``given_up`` is not tried again by itself."""

    waiting: int
    given_up: int
    problem: str
    oldest: datetime | None


def next_due(session: Session, moment: datetime) -> OutgoingMail | None:
    """Give the message that has been due longest, and keep other workers from it for this transaction."""
    query = (
        select(OutgoingMail)
        .where(OutgoingMail.due_at <= moment, OutgoingMail.attempts < MOST_ATTEMPTS)
        .order_by(OutgoingMail.due_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return session.scalars(query).one_or_none()


def is_any_due(session: Session, moment: datetime) -> bool:
    """Say whether there is anything to send."""
    query = select(OutgoingMail.id).where(
        OutgoingMail.due_at <= moment, OutgoingMail.attempts < MOST_ATTEMPTS
    )
    return session.scalars(query.limit(1)).first() is not None


def what_waits(session: Session, moment: datetime) -> Waiting:
    """Count what should have left by now, and what was given up."""
    tried = or_(OutgoingMail.due_at <= moment, OutgoingMail.attempts > 0)
    still_tried = OutgoingMail.attempts < MOST_ATTEMPTS
    waiting = select(func.count()).select_from(OutgoingMail).where(tried, still_tried)
    given_up = select(func.count()).select_from(OutgoingMail).where(~still_tried)
    problem = select(OutgoingMail.problem).where(OutgoingMail.problem != "")
    return Waiting(
        waiting=session.scalar(waiting) or 0,
        given_up=session.scalar(given_up) or 0,
        problem=session.scalar(problem.order_by(OutgoingMail.created_at.desc()).limit(1)) or "",
        oldest=session.scalar(select(func.min(OutgoingMail.due_at)).where(still_tried)),
    )
