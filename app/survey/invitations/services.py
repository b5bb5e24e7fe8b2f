"""The verbs of the list of addresses."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.survey.invitations.queries import all_addresses, reminders_of
from app.survey.invitations.sending import AGAIN, BOUNCED, FAILED, REPLACE, SENDING, SENT, WAITING
from app.survey.models import LAUNCHED, PlannedReminder, StaffAddress, Survey
from app.survey.windows import may_start
from app.web.dates import now
from app.web.errors import Conflict, NotFound


def add_addresses(session: Session, survey: Survey, addresses: Iterable[str]) -> int:
    """Put addresses on the list; those that stand there already stay as they are. Say how many were new."""
    _check_open(survey)
    known = all_addresses(session, survey.diagnostic_id)
    new = {one.casefold(): one for one in addresses if one.casefold() not in known}
    session.add_all(StaffAddress(diagnostic_id=survey.diagnostic_id, email=email) for email in new.values())
    return len(new)


def remove_unsent(session: Session, survey: Survey) -> None:
    """Take all addresses off the list to which nothing was sent yet."""
    session.execute(
        delete(StaffAddress).where(
            StaffAddress.diagnostic_id == survey.diagnostic_id, StaffAddress.state == WAITING
        )
    )


def send_again(session: Session, survey: Survey) -> int:
    """Send again the invitations of which nobody knows whether they left, each with a new link."""
    _check_open(survey)
    again = session.execute(
        update(StaffAddress)
        .where(StaffAddress.diagnostic_id == survey.diagnostic_id, StaffAddress.state == SENDING)
        .values(state=AGAIN)
        .returning(StaffAddress.id)
    ).all()
    return len(again)


def note_bounces(session: Session, survey: Survey, addresses: Iterable[str]) -> tuple[int, tuple[str, ...]]:
    """Note that messages came back. Says how many were on the list, and which addresses are not."""
    known = all_addresses(session, survey.diagnostic_id)
    strangers = []
    number = 0
    for address in dict.fromkeys(one.casefold() for one in addresses):
        found = known.get(address)
        if found is None:
            strangers.append(address)
        elif found.state in (SENT, SENDING, FAILED):
            found.state = BOUNCED
            number += 1
    return number, tuple(strangers)


def replace_link(session: Session, survey: Survey, address: str) -> None:
    """Have a new link sent to somebody on the list. The first one still works: nobody knows which it is.

    Raises
    ------
    NotFound
        Where the address is not on the list.
    Conflict
        Where the survey is not open, or an invitation is still to leave; the words are for the form.
    """
    found = all_addresses(session, survey.diagnostic_id).get(address.strip().casefold())
    if found is None:
        raise NotFound
    if not may_start(survey, now()):
        raise Conflict("The survey is not open, so no new link can be sent")
    if found.state == SENDING:
        raise Conflict(
            "The invitation to this address has perhaps left. Choose “Send again” further up for a new link"
        )
    if found.state not in (SENT, FAILED, BOUNCED):
        raise Conflict("An invitation to this address is on its way. It holds a link")
    found.state = REPLACE


def plan_reminders(session: Session, survey: Survey, days: Sequence[date]) -> None:
    """Plan the days on which everybody is reminded; those that have passed stay as they were.

    An address keeps the number of the last reminder that it got. So one that some have got already stays as
    it is where its day does, and all that are new count on from there: nobody gets one twice, or none.
    """
    _check_open(survey)
    found = reminders_of(session, survey.diagnostic_id)
    got = session.scalar(
        select(func.max(StaffAddress.reminded)).where(StaffAddress.diagnostic_id == survey.diagnostic_id)
    )
    stays = [one for one in found if one.done_on or (one.number <= (got or 0) and one.on in days)]
    for one in found:
        if one not in stays:
            session.delete(one)
    session.flush()
    last = max([got or 0, *(one.number for one in stays)])
    new = sorted(set(days) - {one.on for one in stays})
    session.add_all(
        PlannedReminder(diagnostic_id=survey.diagnostic_id, on=day, number=number)
        for number, day in enumerate(new, start=last + 1)
    )


def _check_open(survey: Survey) -> None:
    if survey.state != LAUNCHED:
        raise Conflict("The survey is over, so its list of addresses is gone.")
