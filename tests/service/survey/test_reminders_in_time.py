"""Reminders go to whoever was invited in time: to nobody before, and to nobody at the same moment."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import pytest
import time_machine

from app.database.session import Database
from app.survey.invitations.messages import INVITATION, REMINDER, REPLACEMENT
from app.survey.invitations.sending import Inviter
from app.survey.invitations.services import add_addresses, plan_reminders, replace_link
from app.survey.models import Survey
from tests.service.browser import Browser, Page
from tests.service.people import People
from tests.service.survey.postbag import Postbag
from tests.service.survey.staff import FIRST_DAY, NOON

STAFF = [f"person{number}@example.org" for number in range(5)]
LATE = "The reminder planned for 4 March 2027 has not gone out"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as found:
        yield found


@pytest.fixture(autouse=True)
def planned(database: Database, survey_id: UUID) -> UUID:
    """A survey with a reminder on its fourth day, and no list."""
    with database.transaction() as session:
        plan_reminders(session, session.get_one(Survey, survey_id), [FIRST_DAY + 3 * DAY])
    return survey_id


def add(database: Database, survey_id: UUID, addresses: list[str]) -> None:
    with database.transaction() as session:
        add_addresses(session, session.get_one(Survey, survey_id), addresses)


def look(browser: Browser, people: People) -> Page:
    """Open the page; days after the last time nobody is signed in any more."""
    browser.sign_in(people.alice)
    return browser.get(f"/diagnostics/{people.here}/survey/invitations")


def went_to(bag: Postbag, kind: str) -> Counter[str]:
    return Counter(message.to for message in bag.messages if message.kind == kind)


def test_where_nobody_was_invited_the_reminder_waits_until_they_had_two_days(
    browser: Browser,
    database: Database,
    people: People,
    planned: UUID,
    inviter: Inviter,
    bag: Postbag,
    clock: time_machine.Traveller,
) -> None:
    clock.move_to(NOON + 3 * DAY)
    assert inviter.send_due() == 0
    shown = look(browser, people).text
    assert LATE in shown
    assert "Sent on" not in shown
    add(database, planned, STAFF)
    for days, expected in ((3, 5), (4, 0), (5, 5), (6, 0)):
        clock.move_to(NOON + days * DAY)
        assert LATE in look(browser, people).text or days == 6
        assert inviter.send_due() == expected
        assert inviter.send_due() == 0
    assert went_to(bag, INVITATION) == went_to(bag, REMINDER) == Counter(STAFF)
    shown = look(browser, people).text
    assert LATE not in shown
    assert "Sent on 6 March 2027." in shown


def test_who_is_invited_on_the_day_of_a_reminder_does_not_get_it_as_well(
    database: Database, planned: UUID, inviter: Inviter, bag: Postbag, clock: time_machine.Traveller
) -> None:
    add(database, planned, STAFF[:3])
    assert inviter.send_due() == 3
    clock.move_to(NOON + 3 * DAY)
    with database.transaction() as session:
        replace_link(session, session.get_one(Survey, planned), STAFF[0])
    add(database, planned, STAFF[3:])
    assert inviter.send_due() == 5
    assert inviter.send_due() == 0
    assert went_to(bag, INVITATION) == Counter(STAFF)
    assert went_to(bag, REPLACEMENT) == Counter(STAFF[:1])
    assert went_to(bag, REMINDER) == Counter(STAFF[1:3])
    with database.transaction() as session:
        plan_reminders(session, session.get_one(Survey, planned), [FIRST_DAY + 7 * DAY])
    clock.move_to(NOON + 7 * DAY)
    assert inviter.send_due() == len(STAFF)
    assert went_to(bag, REMINDER) == Counter([*STAFF, *STAFF[1:3]])


def test_a_reminder_on_the_day_after_the_invitations_goes_out_as_planned(
    database: Database, planned: UUID, inviter: Inviter, bag: Postbag, clock: time_machine.Traveller
) -> None:
    clock.move_to(NOON + 2 * DAY)
    add(database, planned, STAFF)
    assert inviter.send_due() == len(STAFF)
    clock.move_to(NOON + 3 * DAY)
    assert inviter.send_due() == len(STAFF)
    assert went_to(bag, REMINDER) == Counter(STAFF)


def test_a_reminder_that_waits_stays_when_another_is_planned(
    browser: Browser, people: People, clock: time_machine.Traveller
) -> None:
    clock.move_to(NOON + 5 * DAY)
    second = {"second-day": "10", "second-month": "3", "second-year": "2027"}
    shown = look(browser, people)
    shown = browser.submit(shown, second, action=shown.path + "/reminders")
    assert "The reminders are planned." in shown.text
    assert LATE in shown.text
    past = {"second-day": "5", "second-month": "3", "second-year": "2027"}
    refused = browser.submit(shown, past, action=shown.path + "/reminders")
    assert refused.errors


@pytest.mark.parametrize("stays", [True, False])
def test_a_change_of_the_days_while_a_reminder_goes_out_gives_nobody_two_and_nobody_none(
    database: Database,
    planned: UUID,
    inviter: Inviter,
    bag: Postbag,
    clock: time_machine.Traveller,
    stays: bool,
) -> None:
    add(database, planned, STAFF)
    assert inviter.send_due() == len(STAFF)
    clock.move_to(NOON + 3 * DAY)
    # The server breaks down when two have got it.
    bag.lasts = 2
    assert inviter.send_due() == 2
    days = [FIRST_DAY + 5 * DAY, FIRST_DAY + 9 * DAY]
    with database.transaction() as session:
        plan_reminders(
            session, session.get_one(Survey, planned), [FIRST_DAY + 3 * DAY, *days] if stays else days
        )
    bag.lasts = None
    clock.move_to(NOON + 3 * DAY + timedelta(hours=1))
    assert inviter.send_due() == (3 if stays else 0)
    for day in days:
        clock.move_to(datetime.combine(day, NOON.timetz()))
        assert inviter.send_due() == len(STAFF), day
        assert inviter.send_due() == 0
