"""Reminders: each address gets one, whatever the mail server does in the meantime."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import select, update

from app.database.session import Database
from app.mail.sending import WAITS
from app.survey.invitations.sending import SENT, Inviter
from app.survey.invitations.services import add_addresses
from app.survey.models import PlannedReminder, SendLog, StaffAddress, Survey
from tests.service.survey.postbag import FOR_GOOD, LATER, SERVER, Postbag
from tests.service.survey.staff import FIRST_DAY, NOON

STAFF = [f"person{number}@example.org" for number in range(12)]
REMINDED = NOON + timedelta(days=7)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(REMINDED, tick=False) as found:
        yield found


@pytest.fixture(autouse=True)
def invited(database: Database, survey_id: UUID) -> UUID:
    """A survey whose list was invited a week ago, and is to be reminded today."""
    with database.transaction() as session:
        add_addresses(session, session.get_one(Survey, survey_id), STAFF)
        session.flush()
        session.execute(update(StaffAddress).values(state=SENT))
        session.add(
            SendLog(
                diagnostic_id=survey_id, on=FIRST_DAY, kind="survey invitation", sent=len(STAFF), failed=0
            )
        )
        session.add(PlannedReminder(diagnostic_id=survey_id, on=FIRST_DAY + timedelta(days=7), number=1))
    return survey_id


def done(database: Database) -> bool:
    with database.transaction(writes=False) as session:
        return None not in session.scalars(select(PlannedReminder.done_on)).all()


def test_a_server_that_is_down_for_many_rounds_costs_nobody_their_reminder(
    database: Database, inviter: Inviter, bag: Postbag, clock: time_machine.Traveller
) -> None:
    bag.server = SERVER
    for _ in range(60):
        assert inviter.send_due() == 0
        clock.shift(timedelta(minutes=1))
    assert bag.tries < 10, "a server that is down is not asked at every round"
    assert not done(database)
    bag.server = None
    clock.shift(timedelta(minutes=15))
    assert inviter.send_due() == len(STAFF)
    assert inviter.send_due() == 0
    assert Counter(bag.taken) == Counter(STAFF)
    assert done(database)


def test_an_address_that_is_put_off_is_tried_once_a_round_and_gets_its_reminder(
    database: Database, inviter: Inviter, bag: Postbag, clock: time_machine.Traveller
) -> None:
    bag.refused[STAFF[4]] = LATER
    assert inviter.send_due() == len(STAFF) - 1
    assert inviter.send_due() == 0
    assert bag.tries == len(STAFF)
    assert not done(database)
    del bag.refused[STAFF[4]]
    clock.shift(WAITS[0])
    assert inviter.send_due() == 1
    assert inviter.send_due() == 0
    assert Counter(bag.taken) == Counter(STAFF)
    assert done(database)


def test_an_address_that_is_put_off_again_and_again_is_given_up(
    database: Database, inviter: Inviter, bag: Postbag, clock: time_machine.Traveller
) -> None:
    bag.refused[STAFF[4]] = LATER
    inviter.send_due()
    for _ in range(9):
        clock.shift(timedelta(days=1))
        inviter.send_due()
    assert bag.tries == len(STAFF) + len(WAITS)
    assert done(database)
    with database.transaction(writes=False) as session:
        logged = session.scalars(select(SendLog).where(SendLog.kind == "survey reminder")).all()
        assert sum(one.sent for one in logged) == len(STAFF) - 1
        assert sum(one.failed for one in logged) == 1


def test_an_address_that_is_refused_for_good_is_not_tried_again(
    database: Database, inviter: Inviter, bag: Postbag
) -> None:
    bag.refused[STAFF[4]] = FOR_GOOD
    assert inviter.send_due() == len(STAFF) - 1
    assert bag.tries == len(STAFF)
    assert done(database)


def test_nobody_gets_two_reminders_at_once_after_a_server_was_down_for_days(
    database: Database, invited: UUID, inviter: Inviter, bag: Postbag, clock: time_machine.Traveller
) -> None:
    with database.transaction() as session:
        session.add(PlannedReminder(diagnostic_id=invited, on=FIRST_DAY + timedelta(days=9), number=2))
    bag.server = SERVER
    inviter.send_due()
    bag.server = None
    clock.shift(timedelta(days=2))
    assert inviter.send_due() == len(STAFF)
    assert inviter.send_due() == 0
    assert done(database)


def test_a_reminder_names_the_days_on_which_invitations_left(
    database: Database, invited: UUID, inviter: Inviter, bag: Postbag
) -> None:
    with database.transaction() as session:
        for days, sent in ((3, 1), (5, 0)):
            day = FIRST_DAY + timedelta(days=days)
            entry = SendLog(diagnostic_id=invited, on=day, kind="survey invitation", sent=sent, failed=1)
            session.add(entry)
    inviter.send_due()
    expected = "Between 1 March 2027 and 4 March 2027 you were sent a message"
    assert all(expected in message.text for message in bag.messages)


def test_a_reminder_names_the_one_day_where_all_invitations_left_on_it(
    inviter: Inviter, bag: Postbag
) -> None:
    inviter.send_due()
    assert all("On 1 March 2027 you were sent a message" in message.text for message in bag.messages)
