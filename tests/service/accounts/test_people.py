"""The people of the whole service, as programme leads see and change them."""

import pytest
from sqlalchemy import func, select

from app.accounts.models import Account, Grant, RecoveryCode, SignedInSession
from app.accounts.person import Role
from app.database.session import Database
from app.web.dates import now
from tests.service import people as personas
from tests.service.accounts.visitor import (
    PASSWORD,
    account,
    give_keys,
    is_signed_in,
    log_actions,
    mails,
    type_password,
)
from tests.service.browser import Browser
from tests.service.conftest import ADDRESS
from tests.service.people import ELSEWHERE, HERE, People


def names(browser: Browser, path: str) -> list[str]:
    return [row[0] for row in browser.get(path).rows()[1:]]


def roles(database: Database, account_id: object) -> set[tuple[str, str | None]]:
    with database.transaction(writes=False) as session:
        query = select(Grant).where(Grant.account_id == account_id)
        return {(one.role, one.authority_code) for one in session.scalars(query)}


def another(database: Database, name: str, role: Role, place: str | None) -> object:
    with database.transaction() as session:
        return personas.account(session, name, role, place)


def test_people_are_listed_sorted_and_found(browser: Browser, people: People) -> None:
    browser.sign_in(people.petra)
    everybody = ["Alice Ashworth", "Bob Bright", "Charlie Chen", "Dana Dale", "Petra Price"]
    page = browser.get("/people")
    assert [row[0] for row in page.rows()[1:]] == everybody
    heading = next(one for one in page.all("th") if one.get("aria-sort") == "ascending")
    link = next(one.get("href") for one in heading.iter() if one.tag == "a")
    assert link
    assert names(browser, link) == everybody[::-1]
    assert names(browser, "/people?q=CHEN") == ["Charlie Chen"]
    assert names(browser, "/people?q=dana@") == ["Dana Dale"]
    assert names(browser, "/people?sort=email&order=desc")[0] == "Petra Price"
    assert "Nobody’s name or email address has “%”" in browser.get("/people?q=%25").text
    assert browser.get("/people?sort=password_hash;--&order=x").status == 200


def test_many_people_come_in_pages(browser: Browser, people: People, database: Database) -> None:
    with database.transaction() as session:
        session.add_all(
            Account(name=f"Person {number:03}", email=f"p{number}@example.org") for number in range(120)
        )
    browser.sign_in(people.petra)
    page = browser.get("/people?q=person")
    assert "120 people found." in page.text
    assert [row[0] for row in page.rows()[1:]] == [f"Person {number:03}" for number in range(50)]
    last = browser.get(browser.get(page.link("Next")).link("Next"))
    assert [row[0] for row in last.rows()[1:]] == [f"Person {number:03}" for number in range(100, 120)]
    assert "There is nobody on this page" in browser.get("/people?page=99").text
    browser.get("/people?page=0", 404)


@pytest.mark.parametrize("who", ["alice", "bob", "dana"])
def test_others_see_nothing_of_it(browser: Browser, people: People, who: str) -> None:
    browser.sign_in(getattr(people, who))
    page = browser.get("/")
    assert not any(one.get("href") in ("/people", "/log") for one in page.all("a"))
    for path in ("/people", f"/people/{people.bob}", f"/people/{people.bob}/close", "/log"):
        browser.get(path, 403)
    token = page.fields("/sign-out")["form-token"][0]
    for path in (f"/people/{people.bob}/close", f"/people/{people.bob}/roles", "/people/invite"):
        sent = {"form-token": token, "role": "programme_lead", "name": "x", "email": "x@example.org"}
        assert browser.client.post(path, data=sent).status_code == 403


def test_a_role_is_given_and_taken(browser: Browser, people: People, database: Database) -> None:
    browser.sign_in(people.petra)
    page = browser.get(browser.get(f"/people/{people.dana}").link("Give a role"))
    page = browser.submit(page, {"role": "pdm", "authority": ELSEWHERE})
    assert page.path == f"/people/{people.dana}"
    assert roles(database, people.dana) == {("pdm", HERE), ("pdm", ELSEWHERE)}
    again = browser.submit(
        browser.get(f"/people/{people.dana}/roles"), {"role": "pdm", "authority": ELSEWHERE}
    )
    assert again.errors == ["Dana Dale is practice development manager for Marlshire already."]
    take = f"/people/{people.dana}/roles/pdm/{HERE}/take"
    assert browser.get(take).heading == ("End a role of Dana Dale: Practice development manager, Wexbourne")
    browser.submit(browser.get(take))
    assert roles(database, people.dana) == {("pdm", ELSEWHERE)}
    browser.get(take, 404)
    assert log_actions(database) == ["role given", "role taken"]
    assert [one.subject.split(" –")[0] for one in mails(browser, "dana@example.org")] == [
        "You have a new role",
        "One of your roles has ended",
    ]


def test_a_role_counts_at_once(browser: Browser, people: People) -> None:
    with Browser(browser.service, ADDRESS) as other:
        other.sign_in(people.dana)
        other.get(f"/authorities/{ELSEWHERE}/people", 404)
        browser.sign_in(people.petra)
        browser.submit(
            browser.get(f"/people/{people.dana}/roles"), {"role": "commissioner", "authority": ELSEWHERE}
        )
        assert other.get(f"/authorities/{ELSEWHERE}/people").status == 200


def test_the_last_commissioner_cannot_go(browser: Browser, people: People, database: Database) -> None:
    give_keys(browser, people.alice)
    browser.sign_in(people.petra)
    reason = "Alice Ashworth is the only commissioner of Wexbourne."
    take = f"/people/{people.alice}/roles/commissioner/{HERE}/take"
    token = browser.get("/people").fields("/sign-out")["form-token"][0]
    for path in (take, f"/people/{people.alice}/disable", f"/people/{people.alice}/close"):
        page = browser.get(path)
        assert reason in page.text and "Make somebody else a commissioner there first" in page.text
        assert len([one for one in page.all("form") if one.get("action") == path]) == 0
        crafted = browser.client.post(path, data={"form-token": token})
        assert crafted.status_code == 409 and reason in crafted.text
    page = browser.submit(browser.get(f"/people/{people.alice}/roles"), {"role": "reader", "authority": HERE})
    assert page.errors and page.errors[0].startswith(reason)
    browser.sign_in(people.alice)
    page = browser.get("/account/close")
    assert "You cannot close your account yet." in page.text and reason in page.text
    crafted = browser.client.post("/account/close", data={"form-token": token, "password": PASSWORD})
    assert crafted.status_code == 409
    assert roles(database, people.alice) == {("commissioner", HERE)}


def test_a_commissioner_goes_once_there_is_another_who_has_joined(
    browser: Browser, people: People, database: Database
) -> None:
    browser.sign_in(people.petra)
    browser.submit(
        browser.get("/people/invite"),
        {"name": "Erin", "email": "erin@example.org", "role": "commissioner", "authority": HERE},
    )
    take = f"/people/{people.alice}/roles/commissioner/{HERE}/take"
    assert "only commissioner" in browser.get(take).text
    with database.transaction() as session:
        session.scalars(select(Account).where(Account.email == "erin@example.org")).one().joined_at = now()
    browser.submit(browser.get(take))
    assert roles(database, people.alice) == set()


def test_the_last_programme_lead_cannot_go(browser: Browser, people: People, database: Database) -> None:
    browser.sign_in(people.petra)
    take = f"/people/{people.petra}/roles/programme_lead/service/take"
    assert "Petra Price is the only programme lead." in browser.get(take).text
    token = browser.get("/people").fields("/sign-out")["form-token"][0]
    assert browser.client.post(take, data={"form-token": token}).status_code == 409
    assert "only programme lead" in browser.get("/account/close").text
    another(database, "Quentin Quick", Role.PROGRAMME_LEAD, None)
    browser.submit(browser.get(take), status=200)
    assert roles(database, people.petra) == set()
    browser.get("/people", 403)


def test_switching_off_signs_out_at_once_and_can_be_undone(
    browser: Browser, people: People, database: Database
) -> None:
    keys = give_keys(browser, people.bob)
    with Browser(browser.service, ADDRESS) as bobs:
        bobs.sign_in(people.bob)
        browser.sign_in(people.petra)
        page = browser.get(f"/people/{people.bob}")
        page = browser.submit(browser.get(page.link("Switch this account off")))
        assert "The account is switched off." in page.text
        assert not is_signed_in(bobs)
        assert type_password(bobs, keys).errors
        page = browser.submit(browser.get(page.link("Switch this account on")))
        assert type_password(bobs, keys).path == "/sign-in/code"
    assert roles(database, people.bob) == {("reader", HERE)}
    assert log_actions(database) == ["account switched off", "account switched on"]
    assert [one.subject.split(" –")[0] for one in mails(browser, keys.email)] == [
        "Your account was switched off",
        "Your account was switched on again",
    ]


def test_nobody_switches_themselves_off(browser: Browser, people: People, database: Database) -> None:
    another(database, "Quentin Quick", Role.PROGRAMME_LEAD, None)
    browser.sign_in(people.petra)
    page = browser.get(f"/people/{people.petra}")
    assert "This is your own account" in page.text
    browser.get(f"/people/{people.petra}/disable", 404)
    token = page.fields("/sign-out")["form-token"][0]
    path = f"/people/{people.petra}/disable"
    assert browser.client.post(path, data={"form-token": token}).status_code == 404


def test_closing_leaves_an_id_and_a_pseudonym(browser: Browser, people: People, database: Database) -> None:
    give_keys(browser, people.dana)
    with Browser(browser.service, ADDRESS) as danas:
        danas.sign_in(people.dana)
        browser.sign_in(people.petra)
        page = browser.get(browser.get(f"/people/{people.dana}").link("Close this account"))
        assert "This cannot be undone." in page.text
        browser.submit(page)
        assert not is_signed_in(danas)
    closed = account(database, people.dana)
    assert closed.name.startswith("Former user ") and closed.email is None
    assert closed.password_hash is closed.totp_sealed is closed.oidc_subject is None
    with database.transaction(writes=False) as session:
        for table in (Grant, RecoveryCode, SignedInSession):
            query = select(func.count()).select_from(table).where(table.account_id == people.dana)
            assert session.scalars(query).one() == 0
    assert mails(browser, "dana@example.org")[-1].subject.startswith("Your account was closed")
    page = browser.get("/log")
    assert closed.name in page.text and "Dana" not in page.text
    assert "Dana" not in browser.get("/people").text
    assert closed.name in browser.get("/people?closed=yes").text
    assert browser.get(f"/people/{people.dana}").all("a", "govuk-button") == []
    for path in ("disable", "enable", "close", "roles", "reset-sign-in"):
        browser.get(f"/people/{people.dana}/{path}", 404)


def test_somebody_closes_their_own_account(browser: Browser, people: People, database: Database) -> None:
    give_keys(browser, people.bob)
    browser.sign_in(people.bob)
    page = browser.get(browser.get("/account").link("Close your account"))
    page = browser.submit(page, {"password": "not the password at all"})
    assert page.errors == ["The password is wrong"]
    page = browser.submit(page, {"password": PASSWORD})
    assert page.path == "/sign-in" and "Your account is closed" in page.text
    assert not is_signed_in(browser)
    assert account(database, people.bob).email is None
    assert log_actions(database) == ["account closed"]


def test_two_former_users_have_two_names(browser: Browser, people: People, database: Database) -> None:
    browser.sign_in(people.petra)
    for one in (people.dana, people.bob):
        browser.submit(browser.get(f"/people/{one}/close"))
    assert account(database, people.dana).name != account(database, people.bob).name


def test_a_name_is_changed(browser: Browser, people: People, database: Database) -> None:
    browser.sign_in(people.bob)
    page = browser.get(browser.get("/account").link("Change your name"))
    assert browser.submit(page, {"name": " "}).errors == ["Enter your name"]
    page = browser.submit(page, {"name": "Robert <b>Bright</b>"})
    assert "Robert <b>Bright</b>" in page.text
    assert account(database, people.bob).name == "Robert <b>Bright</b>"
    assert log_actions(database) == ["name changed"]
