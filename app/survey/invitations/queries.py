"""Reads of the list of addresses. They count; nothing here knows who has answered."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.survey.invitations.messages import INVITATION, REMINDER
from app.survey.invitations.rounds import APART
from app.survey.models import PlannedReminder, SendLog, StaffAddress, Survey
from app.survey.queries import list_went_at
from app.web.dates import LONDON


def states_of(session: Session, diagnostic_id: UUID) -> dict[str, int]:
    """Count the addresses of each state."""
    query = (
        select(StaffAddress.state, func.count())
        .where(StaffAddress.diagnostic_id == diagnostic_id)
        .group_by(StaffAddress.state)
    )
    return {state: number for state, number in session.execute(query)}


def addresses_in_state(session: Session, diagnostic_id: UUID, state: str) -> Sequence[StaffAddress]:
    """Give the addresses of a state, by name."""
    return session.scalars(
        select(StaffAddress)
        .where(StaffAddress.diagnostic_id == diagnostic_id, StaffAddress.state == state)
        .order_by(StaffAddress.email)
    ).all()


def all_addresses(session: Session, diagnostic_id: UUID) -> dict[str, StaffAddress]:
    """Give the whole list, by the folded address."""
    found = session.scalars(select(StaffAddress).where(StaffAddress.diagnostic_id == diagnostic_id))
    return {one.email.casefold(): one for one in found}


def reminders_of(session: Session, diagnostic_id: UUID) -> Sequence[PlannedReminder]:
    """Give the planned reminders, the earliest first."""
    return session.scalars(
        select(PlannedReminder)
        .where(PlannedReminder.diagnostic_id == diagnostic_id)
        .order_by(PlannedReminder.on)
    ).all()


def waiting_in(diagnostic_id: UUID, states: Sequence[str], put_off: Sequence[UUID]) -> Select[StaffAddress]:
    """Ask for the addresses in some states, without those that are to be left alone."""
    return select(StaffAddress).where(
        StaffAddress.diagnostic_id == diagnostic_id,
        StaffAddress.state.in_(states),
        StaffAddress.id.not_in(put_off),
    )


def is_any(session: Session, query: Select[StaffAddress]) -> bool:
    """Say whether there is an address as the query has it."""
    return session.scalars(query.limit(1)).first() is not None


def reminder_due(
    session: Session, survey: Survey, day: date, *, lock: bool = False
) -> PlannedReminder | None:
    """Give the planned reminder that is due; ``lock`` keeps other workers from it for this transaction.

    Where several are, it is the last one: nobody is reminded twice at once after days without a mail server.
    One whose day came before anybody was invited waits until those who then were have had time to answer.
    """
    query = (
        select(PlannedReminder)
        .where(
            PlannedReminder.diagnostic_id == survey.diagnostic_id,
            PlannedReminder.on <= day,
            PlannedReminder.done_on.is_(None),
        )
        .order_by(PlannedReminder.on.desc())
    )
    planned = session.scalars(query.with_for_update() if lock else query).all()
    invited = invited_between(session, survey) if planned else None
    if invited is None:
        return None
    first, _ = invited
    return next((one for one in planned if first < one.on or first + APART <= day), None)


def send_log(session: Session, diagnostic_id: UUID) -> Sequence[SendLog]:
    """Give what went out on which day, the newest first."""
    return session.scalars(
        select(SendLog)
        .where(SendLog.diagnostic_id == diagnostic_id)
        .order_by(SendLog.on.desc(), SendLog.kind)
    ).all()


def invited_between(session: Session, survey: Survey) -> tuple[date, date] | None:
    """Give the first and the last day on which those on the list were invited; nothing where nobody was."""
    entries = _log_since(session, survey, list_went_at(session, survey))
    days = [one.on for one in entries if one.kind == INVITATION and one.sent]
    return (min(days), max(days)) if days else None


def may_be_second(session: Session, survey: Survey) -> bool:
    """Say whether the next who is invited may have a link already, from a list that was deleted.

    Nobody knows who was on it. But of all who are invited afterwards, no more have two links than had one.
    """
    went = list_went_at(session, survey)
    if went is None:
        return False
    since = _log_since(session, survey, went)
    before = survey.issued - sum(one.sent for one in since if one.kind != REMINDER)
    return sum(one.sent for one in since if one.kind == INVITATION) < before


def _log_since(session: Session, survey: Survey, went: datetime | None) -> list[SendLog]:
    """Give what went out to the list that there is now: since the one before it was deleted, if one was."""
    first = date.min if went is None else went.astimezone(LONDON).date()
    return [one for one in send_log(session, survey.diagnostic_id) if one.on >= first]
