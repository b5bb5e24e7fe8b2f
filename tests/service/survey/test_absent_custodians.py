"""A custodian who fell ill or left the council keeps nobody from answering, and no close from its end."""

from collections.abc import Iterator
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import delete, select

from app.accounts.models import Grant
from app.accounts.person import Role
from app.audit.models import Entry
from app.commissioning.models import HOLDS_A_KEY, Duty
from app.database.session import Database
from app.survey.jobs import look_after_surveys
from app.survey.keys import KeyStore
from app.survey.models import Custody, Survey
from app.survey.services.custody import fetch_escrow
from tests.service.browser import Browser
from tests.service.people import HERE, People, account
from tests.service.survey.staff import NOON, OVER, Person, let_answer, not_fetched
from tests.service.survey.test_conduct import base, survey_of

STAFF = [Person("registered", "Early help", 1 + number % 5) for number in range(12)]


@pytest.fixture
def during() -> Iterator[None]:
    """A day on which the survey is open."""
    with time_machine.travel(NOON):
        yield


@pytest.fixture
def over() -> Iterator[None]:
    """A moment after the close."""
    with time_machine.travel(OVER):
        yield


@pytest.fixture
def without_a_copy(database: Database, people: People, survey_id: UUID) -> None:
    """Dana has not fetched her copy of the key."""
    with database.transaction() as session:
        not_fetched(session, survey_id, people.dana)


def let_leave(database: Database, account_id: UUID) -> None:
    with database.transaction() as session:
        session.execute(delete(Grant).where(Grant.account_id == account_id))


def closed(database: Database, survey_id: UUID, keys: KeyStore) -> None:
    let_answer(database, survey_id, STAFF)
    look_after_surveys(database, keys, OVER)


def custodians(database: Database, survey_id: UUID) -> set[UUID]:
    with database.transaction(writes=False) as session:
        held = set(session.scalars(select(Custody.account_id).where(Custody.diagnostic_id == survey_id)))
        duties = set(
            session.scalars(
                select(Duty.account_id).where(Duty.diagnostic_id == survey_id, Duty.duty == HOLDS_A_KEY)
            )
        )
    assert held == duties
    return held


@pytest.mark.usefixtures("during", "without_a_copy")
def test_somebody_takes_the_place_of_a_custodian_who_has_no_copy_and_then_staff_can_answer(
    browser: Browser, database: Database, people: People, survey_id: UUID, keys: KeyStore
) -> None:
    page = browser.sign_in(people.alice).get(base(survey_id))
    page = browser.get(page.link("Name another custodian in place of Dana Dale"))
    assert browser.submit(page).errors == ["Choose who holds the key"]
    for wrong in (people.charlie, people.alice, people.dana):
        page = browser.submit(browser.get(page.response.url.path), {"custodian": str(wrong)})
        assert page.errors == ["Choose somebody from the list"]
    assert custodians(database, survey_id) == {people.alice, people.dana}
    page = browser.submit(page, {"custodian": str(people.bob)})
    assert "Bob Bright is now a custodian in place of Dana Dale." in page.text
    assert custodians(database, survey_id) == {people.alice, people.bob}
    browser.sign_in(people.dana).get(base(survey_id) + "/key", status=403)
    browser.submit(browser.sign_in(people.bob).get(base(survey_id) + "/key"))
    assert survey_of(database, survey_id).keys_fetched
    with database.transaction(writes=False) as session:
        noted = session.scalars(select(Entry).where(Entry.action == "survey custodian replaced")).one()
    assert noted.actor_id == people.alice
    assert noted.details == {"before": str(people.dana), "after": str(people.bob)}


@pytest.mark.usefixtures("during", "without_a_copy")
def test_whoever_has_a_copy_stays_a_custodian(
    browser: Browser, database: Database, people: People, survey_id: UUID, keys: KeyStore
) -> None:
    page = browser.sign_in(people.alice).get(f"{base(survey_id)}/key/custodians/{people.dana}/another")
    # While the page is open, she fetches it after all.
    with database.transaction() as session:
        fetch_escrow(session, keys, session.get_one(Survey, survey_id), people.dana)
    page = browser.submit(page, {"custodian": str(people.bob)}, status=409)
    assert page.heading == "You cannot do this now"
    assert custodians(database, survey_id) == {people.alice, people.dana}
    assert "Name another custodian" not in browser.get(base(survey_id)).text
    browser.get(f"{base(survey_id)}/key/custodians/{people.dana}/another", status=409)


@pytest.mark.usefixtures("during", "without_a_copy")
def test_only_whoever_runs_the_survey_names_another_custodian(
    browser: Browser, database: Database, people: People, survey_id: UUID
) -> None:
    path = f"{base(survey_id)}/key/custodians/{people.dana}/another"
    browser.sign_in(people.bob).get(path, status=403)
    assert "Name another custodian" not in browser.get(base(survey_id)).text
    browser.sign_in(people.charlie).get(path, status=404)
    browser.sign_in(people.alice).get(path.replace(str(people.dana), str(people.bob)), status=404)


@pytest.mark.usefixtures("over")
def test_a_custodian_who_has_left_keeps_no_close_from_being_complete(
    browser: Browser, database: Database, people: People, survey_id: UUID, keys: KeyStore
) -> None:
    closed(database, survey_id, keys)
    path = f"{base(survey_id)}/key/custodians/{people.dana}/destroyed"
    browser.sign_in(people.alice)
    # She can still say so herself.
    assert "Say that Dana Dale" not in browser.get(base(survey_id)).text
    page = browser.get(path, status=409)
    assert page.heading == "You cannot do this now"
    assert "only Dana Dale can confirm this" in page.text
    let_leave(database, people.dana)
    page = browser.get(base(survey_id))
    assert "has a copy, and can no longer sign in here" in page.text
    page = browser.get(page.link("Say that Dana Dale destroyed their copy"))
    assert browser.submit(page).errors == ["Tick the box to confirm"]
    page = browser.submit(page, {"confirm": "yes"})
    assert "Noted: the copies of Dana Dale are destroyed." in page.text
    assert "The close is not complete" in page.text
    browser.submit(browser.get(base(survey_id) + "/key/destroyed"), {"confirm": "yes"})
    assert "The close is complete" in browser.get(base(survey_id)).text
    with database.transaction(writes=False) as session:
        noted = session.scalars(select(Entry).where(Entry.action == "survey key copy destroyed"))
        told = {(one.actor_id, one.details.get("custodian")) for one in noted}
    assert told == {(people.alice, str(people.dana)), (people.alice, None)}


@pytest.mark.usefixtures("over")
def test_only_whoever_runs_the_survey_speaks_for_a_custodian_who_has_left(
    browser: Browser, database: Database, people: People, survey_id: UUID, keys: KeyStore
) -> None:
    closed(database, survey_id, keys)
    path = f"{base(survey_id)}/key/custodians/{people.dana}/destroyed"
    let_leave(database, people.dana)
    browser.sign_in(people.bob).get(path, status=403)
    assert "Say that Dana Dale" not in browser.get(base(survey_id)).text
    browser.sign_in(people.alice)
    browser.get(path.replace("destroyed", "another"), status=409)
    with database.transaction() as session:
        another = account(session, "Erin Ellis", Role.COMMISSIONER, HERE)
    browser.get(path.replace(str(people.dana), str(another)), status=404)


@pytest.mark.usefixtures("during")
def test_nobody_speaks_for_a_custodian_before_the_close(
    browser: Browser, database: Database, people: People, survey_id: UUID
) -> None:
    let_leave(database, people.dana)
    browser.sign_in(people.alice)
    page = browser.get(f"{base(survey_id)}/key/custodians/{people.dana}/destroyed")
    browser.submit(page, {"confirm": "yes"}, status=409)
    with database.transaction(writes=False) as session:
        told = session.scalars(select(Custody.destroyed_at).where(Custody.diagnostic_id == survey_id))
        assert set(told) == {None}
