"""Who may have two links: counted as each second one leaves, never too few and none that was not sent."""

from collections.abc import Iterator
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import update

from app.database.session import Database
from app.survey.invitations.sending import AGAIN, FAILED, REPLACE, SENDING, SENT, WAITING, Inviter
from app.survey.invitations.services import add_addresses, remove_unsent, replace_link, send_again
from app.survey.jobs import forget_lists
from app.survey.models import StaffAddress, Survey
from app.survey.windows import list_goes_at
from tests.service.browser import Browser
from tests.service.people import People
from tests.service.survey.postbag import FOR_GOOD, LATER, SERVER, Postbag
from tests.service.survey.staff import LAST_DAY, NOON, noon
from tests.service.survey.test_invitations import states

STAFF = [f"person{number}@example.org" for number in range(4)]
WRONG = [f"other{number}@example.org" for number in range(10)]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as found:
        yield found


@pytest.fixture(autouse=True)
def invited(database: Database, survey_id: UUID, inviter: Inviter) -> UUID:
    """A survey whose list has been invited."""
    with database.transaction() as session:
        add_addresses(session, session.get_one(Survey, survey_id), STAFF)
    assert inviter.send_due() == len(STAFF)
    return survey_id


@pytest.fixture
def forgotten(database: Database, invited: UUID, clock: time_machine.Traveller) -> UUID:
    """A survey that was extended after its list went."""
    went = list_goes_at(LAST_DAY)
    clock.move_to(went)
    assert forget_lists(database, went) == 1
    with database.transaction() as session:
        session.get_one(Survey, invited).closes_on = went.date().replace(day=28)
    clock.move_to(noon(went.date().replace(day=20)))
    return invited


def add(database: Database, survey_id: UUID, addresses: list[str]) -> None:
    with database.transaction() as session:
        add_addresses(session, session.get_one(Survey, survey_id), addresses)


def replaced(database: Database, survey_id: UUID) -> int:
    with database.transaction(writes=False) as session:
        return session.get_one(Survey, survey_id).replaced


def test_a_wrong_list_that_was_taken_off_again_counts_for_nothing(
    browser: Browser, database: Database, people: People, forgotten: UUID
) -> None:
    add(database, forgotten, WRONG)
    with database.transaction() as session:
        remove_unsent(session, session.get_one(Survey, forgotten))
    assert replaced(database, forgotten) == 0
    browser.sign_in(people.alice)
    assert "may have answered twice" not in browser.get(f"/diagnostics/{forgotten}/survey").text


def test_after_a_list_was_deleted_no_more_have_two_links_than_had_one(
    database: Database, forgotten: UUID, inviter: Inviter
) -> None:
    add(database, forgotten, WRONG[:2])
    assert inviter.send_due() == 2
    assert replaced(database, forgotten) == 2
    add(database, forgotten, WRONG)
    assert inviter.send_due() == len(WRONG) - 2
    assert replaced(database, forgotten) == len(STAFF)


def test_a_new_link_counts_when_it_leaves(
    database: Database, invited: UUID, inviter: Inviter, bag: Postbag, clock: time_machine.Traveller
) -> None:
    with database.transaction() as session:
        replace_link(session, session.get_one(Survey, invited), STAFF[0])
    assert replaced(database, invited) == 0
    for problem, state in ((SERVER, REPLACE), (LATER, REPLACE), (FOR_GOOD, FAILED)):
        bag.refused[STAFF[0]] = problem
        clock.shift(3600)
        assert inviter.send_due() == 0
        assert states(database) == {SENT: len(STAFF) - 1, state: 1}
        assert replaced(database, invited) == 0
    del bag.refused[STAFF[0]]
    with database.transaction() as session:
        replace_link(session, session.get_one(Survey, invited), STAFF[0])
    assert inviter.send_due() == 1
    assert replaced(database, invited) == 1


def test_an_invitation_that_is_sent_again_counts_and_cannot_be_taken_for_one_that_never_left(
    database: Database, invited: UUID, inviter: Inviter
) -> None:
    with database.transaction() as session:
        session.execute(update(StaffAddress).where(StaffAddress.email == STAFF[0]).values(state=SENDING))
        survey = session.get_one(Survey, invited)
        assert send_again(session, survey) == 1
        remove_unsent(session, survey)
    assert states(database) == {SENT: len(STAFF) - 1, AGAIN: 1}
    assert replaced(database, invited) == 0
    assert inviter.send_due() == 1
    assert replaced(database, invited) == 1


def test_a_second_link_of_which_nobody_knows_whether_it_left_counts(
    database: Database, invited: UUID, inviter: Inviter, bag: Postbag, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """As when the process is killed: nothing that catches errors sees it."""

    def kill(*_: object) -> None:
        raise Killed

    with database.transaction() as session:
        replace_link(session, session.get_one(Survey, invited), STAFF[0])
    monkeypatch.setattr(bag, "carry", kill)
    with pytest.raises(Killed):
        inviter.send_due()
    assert states(database) == {SENT: len(STAFF) - 1, SENDING: 1}
    assert replaced(database, invited) == 1


def test_a_first_invitation_counts_for_nothing(database: Database, invited: UUID, inviter: Inviter) -> None:
    add(database, invited, WRONG)
    assert states(database)[WAITING] == len(WRONG)
    assert inviter.send_due() == len(WRONG)
    assert replaced(database, invited) == 0
