"""The people of a council, as its commissioners see and change them."""

import threading
from uuid import UUID

import pytest
from sqlalchemy import select

from app.accounts.models import Grant
from app.accounts.person import Role
from app.accounts.queries import find_account
from app.accounts.services.desk import Desk
from app.accounts.services.refusals import Refused
from app.accounts.services.roles import take_role
from app.accounts.signed_in import as_person
from app.database.session import Database
from tests.service import people as personas
from tests.service.accounts.visitor import give_keys, log_actions, mails
from tests.service.browser import Browser
from tests.service.people import ELSEWHERE, HERE, People

BASE = f"/authorities/{HERE}/people"


def roles(database: Database, account_id: UUID) -> set[tuple[str, str | None]]:
    with database.transaction(writes=False) as session:
        query = select(Grant).where(Grant.account_id == account_id)
        return {(one.role, one.authority_code) for one in session.scalars(query)}


def another(database: Database, name: str, role: Role, place: str | None) -> UUID:
    with database.transaction() as session:
        return personas.account(session, name, role, place)


def token(browser: Browser) -> str:
    return browser.get("/account").fields("/sign-out")["form-token"][0]


def test_a_commissioner_sees_the_people_of_the_council_only(browser: Browser, people: People) -> None:
    browser.sign_in(people.alice)
    page = browser.get(BASE)
    assert page.heading == "People of Wexbourne"
    assert [row[0] for row in page.rows()[1:]] == ["Alice Ashworth", "Bob Bright", "Dana Dale"]
    assert "Charlie" not in page.text and "Petra" not in page.text
    browser.get(f"/authorities/{ELSEWHERE}/people", 404)
    browser.get(f"{BASE}/{people.charlie}", 404)
    browser.get(f"{BASE}/{people.petra}", 404)


def test_roles_elsewhere_are_not_shown(browser: Browser, people: People, database: Database) -> None:
    with database.transaction() as session:
        session.add(Grant(account_id=people.bob, role=Role.READER, authority_code=ELSEWHERE))
    browser.sign_in(people.alice)
    assert "Marlshire" not in browser.get(BASE).text
    page = browser.get(f"{BASE}/{people.bob}")
    assert "Marlshire" not in page.text and ELSEWHERE not in page.text


@pytest.mark.parametrize(("who", "status"), [("bob", 403), ("dana", 403), ("charlie", 404)])
def test_others_may_neither_see_nor_change_them(
    browser: Browser, people: People, database: Database, who: str, status: int
) -> None:
    browser.sign_in(getattr(people, who))
    sent = {"form-token": token(browser), "role": "commissioner"}
    for path in (BASE, f"{BASE}/{people.bob}", f"{BASE}/{people.bob}/role"):
        browser.get(path, status)
    for path in (f"{BASE}/{people.bob}/role", f"{BASE}/{people.bob}/roles/reader/take"):
        assert browser.client.post(path, data=sent).status_code == status
    assert roles(database, people.bob) == {("reader", HERE)}


def test_a_reader_becomes_commissioner_and_the_other_way_round(
    browser: Browser, people: People, database: Database
) -> None:
    browser.sign_in(people.alice)
    page = browser.get(browser.get(f"{BASE}/{people.bob}").link("Change the role"))
    assert [one.get("value") for one in page.all("input") if one.get("name") == "role"] == ["commissioner"]
    page = browser.submit(page, {"role": "commissioner"})
    assert page.path == BASE
    assert roles(database, people.bob) == {("commissioner", HERE)}
    browser.submit(browser.get(f"{BASE}/{people.alice}/role"), {"role": "reader"})
    assert roles(database, people.alice) == {("reader", HERE)}
    browser.get(BASE, 403)


@pytest.mark.parametrize("role", ["pdm", "programme_lead"])
def test_a_crafted_form_gives_no_role_that_is_not_theirs_to_give(
    browser: Browser, people: People, database: Database, role: str
) -> None:
    browser.sign_in(people.alice)
    page = browser.get(f"{BASE}/{people.bob}/role")
    browser.submit(page, {"role": role}, status=403)
    own = browser.client.post(
        f"{BASE}/{people.alice}/role", data={"form-token": token(browser), "role": role}
    )
    assert own.status_code == 403
    assert roles(database, people.alice) == {("commissioner", HERE)}
    assert roles(database, people.bob) == {("reader", HERE)}


def test_a_pdm_is_not_the_commissioners_to_remove(
    browser: Browser, people: People, database: Database
) -> None:
    browser.sign_in(people.alice)
    page = browser.get(f"{BASE}/{people.dana}")
    assert "A programme lead gives and ends this role" in page.text
    assert "Reset how this person signs in" not in page.text
    sent = {"form-token": token(browser)}
    for path in ("roles/pdm/take", "reset-sign-in"):
        assert browser.client.post(f"{BASE}/{people.dana}/{path}", data=sent).status_code == 403
    for path in ("disable", "close", "enable"):
        assert browser.client.post(f"{BASE}/{people.bob}/{path}", data=sent).status_code == 404
    assert roles(database, people.dana) == {("pdm", HERE)}


def test_a_role_is_ended_after_asking_once_more(browser: Browser, people: People, database: Database) -> None:
    browser.sign_in(people.alice)
    page = browser.get(browser.get(f"{BASE}/{people.bob}").link("End the role Reader"))
    assert "we tell them by mail" in page.text
    assert roles(database, people.bob) == {("reader", HERE)}
    page = browser.submit(page)
    assert page.path == BASE and "Bob" not in page.text
    assert roles(database, people.bob) == set()
    assert mails(browser, "bob@example.org")[-1].subject.startswith("One of your roles has ended")


def test_the_last_commissioner_stays(browser: Browser, people: People, database: Database) -> None:
    browser.sign_in(people.alice)
    path = f"{BASE}/{people.alice}/roles/commissioner/take"
    assert "Make somebody else a commissioner there first" in browser.get(path).text
    assert browser.client.post(path, data={"form-token": token(browser)}).status_code == 409
    page = browser.submit(browser.get(f"{BASE}/{people.alice}/role"), {"role": "reader"})
    assert page.errors and page.errors[0].startswith("Alice Ashworth is the only commissioner")
    assert roles(database, people.alice) == {("commissioner", HERE)}


def test_a_commissioner_does_not_reset_whoever_has_roles_elsewhere(
    browser: Browser, people: People, database: Database
) -> None:
    give_keys(browser, people.bob)
    with database.transaction() as session:
        session.add(Grant(account_id=people.bob, role=Role.READER, authority_code=ELSEWHERE))
    browser.sign_in(people.alice)
    path = f"{BASE}/{people.bob}/reset-sign-in"
    assert "Ask a programme lead" in browser.get(path, 403).text
    assert browser.client.post(path, data={"form-token": token(browser)}).status_code == 403
    assert mails(browser) == [] and log_actions(database) == []


def test_nobody_resets_themselves_around_their_second_step(browser: Browser, people: People) -> None:
    give_keys(browser, people.alice)
    browser.sign_in(people.alice)
    path = f"{BASE}/{people.alice}/reset-sign-in"
    assert browser.client.post(path, data={"form-token": token(browser)}).status_code == 404


def test_two_commissioners_cannot_remove_each_other_at_the_same_time(
    browser: Browser, people: People, database: Database
) -> None:
    carol = another(database, "Carol Cole", Role.COMMISSIONER, HERE)
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def remove(actor_id: UUID, other_id: UUID) -> None:
        state = browser.service.state
        try:
            start.wait()
            with database.transaction() as session:
                actor, other = find_account(session, actor_id), find_account(session, other_id)
                assert actor is not None and other is not None
                desk = Desk(session, state.secrets, state.settings)
                take_role(desk, as_person(actor), other, Role.COMMISSIONER, HERE)
            outcomes.append("removed")
        except Exception as error:
            outcomes.append(type(error).__name__)

    both = [
        threading.Thread(target=remove, args=(people.alice, carol)),
        threading.Thread(target=remove, args=(carol, people.alice)),
    ]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert outcomes.count("removed") == 1, outcomes
    assert set(outcomes) <= {"removed", Refused.__name__, "NotFound", "NotAllowed"}
    assert len(roles(database, people.alice) | roles(database, carol)) == 1
