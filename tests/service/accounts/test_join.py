"""Invitations: who may send them, what their links do, and joining."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.accounts.models import Account, AccountLink, Grant
from app.accounts.person import Role
from app.database.session import Database
from tests.service.accounts.visitor import (
    ANOTHER,
    START,
    Keys,
    account,
    is_signed_in,
    link_in,
    log_actions,
    mails,
    type_password,
)
from tests.service.browser import Browser, Page
from tests.service.people import ELSEWHERE, HERE, People

ERIN = {"name": "Erin Ellis", "email": "Erin@Example.org ", "role": "reader"}


def invite(browser: Browser, inviter: object, status: int = 200, **changed: str) -> Page:
    """Have Erin invited to Wexbourne by somebody."""
    browser.sign_in(inviter)  # type: ignore[arg-type]
    page = browser.get(f"/authorities/{HERE}/people/invite")
    return browser.submit(page, {**ERIN, **changed}, status=status)


def invited_link(browser: Browser) -> str:
    return link_in(mails(browser, "erin@example.org")[-1])


def find(database: Database, email: str) -> Account:
    with database.transaction(writes=False) as session:
        return session.scalars(select(Account).where(Account.email == email)).one()


def roles(database: Database, email: str) -> set[tuple[str, str | None]]:
    with database.transaction(writes=False) as session:
        query = select(Grant).join(Grant.account).where(Account.email == email)
        return {(one.role, one.authority_code) for one in session.scalars(query)}


def join(browser: Browser, link: str, password: str = ANOTHER, **answers: str) -> Page:
    browser.client.cookies.clear()
    return browser.submit(browser.get(link), {"password": password, **answers})


def test_a_commissioner_invites_and_the_invited_person_joins(
    browser: Browser, people: People, database: Database
) -> None:
    page = invite(browser, people.alice)
    assert page.path == f"/authorities/{HERE}/people"
    assert "The invitation is on its way" in page.text
    assert any(row[0] == "Erin Ellis" and row[3].startswith("Invited until") for row in page.rows())
    message = mails(browser)[-1]
    assert message.to == "erin@example.org"
    assert "as reader for Wexbourne" in message.text

    browser.client.cookies.clear()
    page = browser.get(link_in(message))
    assert page.heading == "Join"
    assert "Reader, Wexbourne" in page.text
    assert page.fields()["name"] == ["Erin Ellis"]
    page = browser.submit(page, {"name": "Erin E. Ellis", "password": ANOTHER})
    assert page.path == "/sign-in/app"
    assert not is_signed_in(browser)
    assert account(database, find(database, "erin@example.org").id).joined_at is None

    letters = (page.all("code")[0].text or "").replace(" ", "")
    page = browser.submit(page, {"code": Keys("erin@example.org", ANOTHER, letters).code()})
    assert page.heading == "Keep your recovery codes"
    assert len(page.all("code")) == 10
    page = browser.get(page.link("I have kept them"))
    assert "You are signed in as Erin E. Ellis" in page.text
    erin = find(database, "erin@example.org")
    assert erin.joined_at is not None and erin.name == "Erin E. Ellis"
    assert roles(database, "erin@example.org") == {("reader", HERE)}
    assert log_actions(database) == ["person invited", "person joined"]


def test_opening_the_link_changes_nothing(browser: Browser, people: People, database: Database) -> None:
    invite(browser, people.alice)
    link = invited_link(browser)
    browser.client.cookies.clear()
    for _ in range(3):
        assert browser.get(link).heading == "Join"
    assert browser.client.head(link).status_code in (200, 405)
    with database.transaction(writes=False) as session:
        assert len(session.scalars(select(AccountLink)).all()) == 1


def test_the_link_works_once(browser: Browser, people: People) -> None:
    invite(browser, people.alice)
    link = invited_link(browser)
    browser.client.cookies.clear()
    opened = browser.get(link)
    assert browser.submit(opened, {"password": ANOTHER}).path == "/sign-in/app"
    again = browser.get(link, 410)
    assert again.heading == "This link no longer works"
    assert "ask whoever invited you to send it again" in again.text
    browser.submit(opened, {"password": "eight lamps under water"}, status=410)
    assert type_password(browser, Keys("erin@example.org", "eight lamps under water")).errors


def test_the_link_works_for_seven_days(browser: Browser, people: People) -> None:
    with time_machine.travel(START, tick=False) as clock:
        invite(browser, people.alice)
        link = invited_link(browser)
        browser.client.cookies.clear()
        clock.shift(timedelta(days=7, seconds=-1))
        opened = browser.get(link)
        clock.shift(timedelta(seconds=1))
        browser.get(link, 410)
        browser.submit(opened, {"password": ANOTHER}, status=410)
        browser.sign_in(people.alice)
        page = browser.get(f"/authorities/{HERE}/people")
        assert any(row[0] == "Erin Ellis" and row[3] == "Invitation expired" for row in page.rows())


def test_whoever_stops_half_way_goes_on_with_the_password(browser: Browser, people: People) -> None:
    invite(browser, people.alice)
    join(browser, invited_link(browser))
    browser.client.cookies.clear()
    page = type_password(browser, Keys("erin@example.org", ANOTHER))
    assert page.path == "/sign-in/app"


def test_sending_again_makes_a_new_link_and_voids_the_old(
    browser: Browser, people: People, database: Database
) -> None:
    invite(browser, people.alice)
    old = invited_link(browser)
    erin = find(database, "erin@example.org").id
    page = browser.get(f"/authorities/{HERE}/people/{erin}")
    browser.submit(browser.get(page.link("Send the invitation again")))
    new = invited_link(browser)
    assert new != old
    browser.client.cookies.clear()
    browser.get(old, 410)
    assert browser.get(new).heading == "Join"


def test_a_withdrawn_invitation_leaves_no_name_or_address(
    browser: Browser, people: People, database: Database
) -> None:
    invite(browser, people.alice)
    link = invited_link(browser)
    erin = find(database, "erin@example.org").id
    page = browser.get(f"/authorities/{HERE}/people/{erin}")
    page = browser.submit(browser.get(page.link("Withdraw the invitation")))
    assert page.path == f"/authorities/{HERE}/people"
    assert "Erin" not in page.text
    assert mails(browser)[-1].subject.startswith("Your invitation was withdrawn")
    emptied = account(database, erin)
    assert emptied.email is None and emptied.name.startswith("Former user ")
    browser.client.cookies.clear()
    browser.get(link, 410)
    # The address may be invited again later.
    assert "on its way" in invite(browser, people.alice).text


def test_one_of_two_invitations_is_withdrawn(browser: Browser, people: People, database: Database) -> None:
    invite(browser, people.alice)
    browser.sign_in(people.charlie)
    browser.submit(browser.get(f"/authorities/{ELSEWHERE}/people/invite"), ERIN)
    link = invited_link(browser)
    erin = find(database, "erin@example.org").id
    browser.sign_in(people.alice)
    browser.submit(browser.get(f"/authorities/{HERE}/people/{erin}/withdraw"))
    assert roles(database, "erin@example.org") == {("reader", ELSEWHERE)}
    browser.client.cookies.clear()
    assert "Marlshire" in browser.get(link).text


def test_whoever_has_an_account_gets_the_role_and_is_told(
    browser: Browser, people: People, database: Database
) -> None:
    page = invite(browser, people.alice, email="charlie@example.org", name="Whoever")
    assert "This person had an account already" in page.text
    assert roles(database, "charlie@example.org") == {("commissioner", ELSEWHERE), ("reader", HERE)}
    message = mails(browser, "charlie@example.org")[-1]
    assert "You are now reader for Wexbourne." in message.text
    assert "/join/" not in message.text
    assert account(database, people.charlie).name == "Charlie Chen"


def test_whoever_has_the_role_already_is_not_invited(browser: Browser, people: People) -> None:
    page = invite(browser, people.alice, email="BOB@example.org")
    assert page.errors == ["This person is reader for Wexbourne already."]
    assert page.fields()["name"] == ["Erin Ellis"]
    assert mails(browser) == []


def test_what_is_wrong_is_said_field_by_field(browser: Browser, people: People) -> None:
    browser.sign_in(people.alice)
    page = browser.get(f"/authorities/{HERE}/people/invite")
    page = browser.submit(page, {"name": "", "email": "erin at example"})
    assert page.errors == [
        "Enter the person’s name",
        "Enter an email address in the correct format, like name@example.com",
        "Choose what the person will be",
    ]
    assert page.fields()["email"] == ["erin at example"]


@pytest.mark.parametrize("role", [Role.PDM, Role.PROGRAMME_LEAD])
def test_a_commissioner_is_not_offered_and_cannot_give_what_is_not_theirs(
    browser: Browser, people: People, database: Database, role: Role
) -> None:
    browser.sign_in(people.alice)
    page = browser.get(f"/authorities/{HERE}/people/invite")
    offered = {one.get("value") for one in page.all("input") if one.get("name") == "role"}
    assert offered == {"commissioner", "reader"}
    refused = browser.submit(page, {**ERIN, "role": role.value}, status=403)
    assert refused.heading == "You cannot do this"
    assert mails(browser) == []
    with database.transaction(writes=False) as session:
        assert session.scalars(select(Account).where(Account.email == "erin@example.org")).all() == []


def test_a_crafted_place_is_ignored(browser: Browser, people: People, database: Database) -> None:
    browser.sign_in(people.alice)
    page = browser.get(f"/authorities/{HERE}/people/invite")
    browser.submit(page, {**ERIN, "authority": ELSEWHERE, "authority_code": ELSEWHERE})
    assert roles(database, "erin@example.org") == {("reader", HERE)}


@pytest.mark.parametrize(("who", "status"), [("bob", 403), ("dana", 403), ("charlie", 404)])
def test_others_may_not_invite(browser: Browser, people: People, who: str, status: int) -> None:
    browser.sign_in(people.alice)
    page = browser.get(f"/authorities/{HERE}/people/invite")
    browser.sign_in(getattr(people, who))
    browser.get(f"/authorities/{HERE}/people/invite", status)
    browser.submit(page, ERIN, status=status)
    browser.get("/people/invite", 403)
    assert mails(browser) == []


def test_a_programme_lead_gives_every_role(browser: Browser, people: People, database: Database) -> None:
    browser.sign_in(people.petra)
    for number, (role, place) in enumerate(
        [("pdm", HERE), ("commissioner", HERE), ("reader", ELSEWHERE), ("programme_lead", "")]
    ):
        email = f"new{number}@example.org"
        page = browser.submit(
            browser.get("/people/invite"),
            {"name": "New", "email": email, "role": role, "authority": place},
        )
        assert page.path.startswith("/people/")
        assert roles(database, email) == {(role, place or None)}


@pytest.mark.parametrize(
    ("role", "place", "said"),
    [
        ("reader", "", "Choose a council"),
        ("programme_lead", HERE, "A programme lead belongs to no council. Choose “No council”"),
        ("reader", "XNONE", "Choose a council from the list"),
    ],
)
def test_a_role_and_a_place_must_fit(
    browser: Browser, people: People, role: str, place: str, said: str
) -> None:
    browser.sign_in(people.petra)
    page = browser.submit(browser.get("/people/invite"), {**ERIN, "role": role, "authority": place})
    assert page.errors == [said]
    assert mails(browser) == []


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short", "Your password must have 12 characters or more"),
        ("password12345", "This password is one that people who break in try first"),
        ("erin-ellis-2026", "Most of this password is your name"),
    ],
)
def test_a_weak_password_uses_nothing_up(browser: Browser, people: People, password: str, said: str) -> None:
    invite(browser, people.alice)
    link = invited_link(browser)
    page = join(browser, link, password)
    assert page.errors and page.errors[0].startswith(said)
    assert page.fields()["name"] == ["Erin Ellis"]
    assert browser.submit(page, {"password": ANOTHER}).path == "/sign-in/app"


def test_fields_are_named_for_password_managers(browser: Browser, people: People) -> None:
    invite(browser, people.alice)
    browser.client.cookies.clear()
    page = browser.get(invited_link(browser))
    purposes = {one.get("name"): one.get("autocomplete") for one in page.all("input")}
    assert purposes["name"] == "name"
    assert purposes["known-email"] == "username"
    assert purposes["password"] == "new-password"


def test_a_link_of_another_kind_is_none(browser: Browser, people: People) -> None:
    invite(browser, people.alice)
    token = invited_link(browser).rsplit("/", 1)[1]
    browser.client.cookies.clear()
    browser.get(f"/reset/{token}", 410)
    browser.get("/join/not-a-token", 410)


def test_a_council_that_does_not_exist_has_no_people(browser: Browser, people: People) -> None:
    browser.sign_in(people.petra)
    browser.get("/authorities/XNONE/people", 404)
    browser.get("/authorities/XNONE/people/invite", 404)
