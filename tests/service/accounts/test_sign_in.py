"""Signing in: a password, then a code; nothing else, and not too often."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from app.accounts.models import Account, FailedAttempt, SignedInSession
from app.accounts.pages.visits import PENDING_COOKIE
from app.accounts.services import signing_in as service
from app.accounts.signed_in import COOKIE
from app.database.session import Database
from tests.service.accounts.visitor import (
    ANOTHER,
    SECRET,
    START,
    Keys,
    account,
    give_keys,
    is_signed_in,
    mails,
    sign_in,
    type_password,
)
from tests.service.browser import Browser
from tests.service.conftest import ADDRESS
from tests.service.people import People

WRONG = "Your email address or password is wrong"


def test_a_password_and_a_code_sign_in(browser: Browser, people: People, database: Database) -> None:
    keys = give_keys(browser, people.alice)
    page = sign_in(browser, keys)
    assert page.path == "/"
    assert "You are signed in as Alice Ashworth" in page.text
    assert account(database, people.alice).last_signed_in_at is not None


def test_the_session_cookie_is_kept_from_scripts_and_from_other_sites(
    browser: Browser, people: People
) -> None:
    keys = give_keys(browser, people.alice)
    page = type_password(browser, keys)
    answer = browser.client.post(
        "/sign-in/code",
        data={**{name: values[0] for name, values in page.fields().items()}, "code": keys.code()},
        follow_redirects=False,
    )
    cookies = [one for one in answer.headers.get_list("set-cookie") if one.startswith(COOKIE)]
    assert len(cookies) == 1
    parts = {part.strip().lower() for part in cookies[0].split(";")[1:]}
    assert {"secure", "httponly", "samesite=lax", "path=/"} <= parts
    assert not any(part.startswith(("domain", "expires", "max-age")) for part in parts)


def test_the_password_alone_opens_nothing(browser: Browser, people: People) -> None:
    page = type_password(browser, give_keys(browser, people.alice))
    assert page.path == "/sign-in/code"
    assert COOKIE not in browser.client.cookies
    assert not is_signed_in(browser)
    # Nor does the word that the password was right, in place of a session's token.
    browser.client.cookies.set(COOKIE, browser.client.cookies[PENDING_COOKIE], domain="diagnostic.test")
    assert not is_signed_in(browser)


def test_whether_there_is_an_account_cannot_be_seen(browser: Browser, people: People) -> None:
    keys = give_keys(browser, people.alice)
    known = type_password(browser, keys, "not the password at all")
    unknown = type_password(browser, Keys("nobody@example.org"), "not the password at all")
    unjoined = type_password(browser, Keys("bob@example.org"), "not the password at all")

    def shape(text: str) -> str:
        return re.sub(r'(value|nonce)="[^"]*"', "", text)

    assert known.errors == unknown.errors == unjoined.errors == [WRONG]
    assert shape(known.response.text) == shape(unknown.response.text) == shape(unjoined.response.text)


def test_as_much_work_is_done_where_there_is_no_account(
    browser: Browser, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = give_keys(browser, people.alice)
    compared: list[bool] = []
    real = service.fits

    def counted(password_hash: str | None, password: str) -> bool:
        compared.append(password_hash is None)
        return real(password_hash, password)

    monkeypatch.setattr(service, "fits", counted)
    type_password(browser, keys, "not the password at all")
    type_password(browser, Keys("nobody@example.org"), "not the password at all")
    assert compared == [False, True]


def test_an_address_may_be_typed_with_capitals_and_spaces(browser: Browser, people: People) -> None:
    keys = give_keys(browser, people.alice)
    page = type_password(browser, Keys(f"  {keys.email.upper()} "))
    assert page.path == "/sign-in/code"


def test_a_missing_answer_is_asked_for_and_the_address_is_kept(browser: Browser, people: People) -> None:
    page = browser.submit(browser.get("/sign-in"), {"email": "alice@example.org", "password": ""})
    assert page.errors == ["Enter your password"]
    assert page.title.startswith("Error: ")
    assert page.fields()["email"] == ["alice@example.org"]
    assert page.fields()["password"] == [""]


def test_five_wrong_passwords_and_then_a_wait_that_grows(browser: Browser, people: People) -> None:
    keys = give_keys(browser, people.alice)
    with time_machine.travel(START, tick=False) as clock:
        for _ in range(5):
            assert type_password(browser, keys, "not the password at all").errors == [WRONG]
        for minutes in ("1 minute", "2 minutes", "4 minutes", "8 minutes", "15 minutes", "15 minutes"):
            page = type_password(browser, keys, status=429)
            assert page.errors == [f"There were too many attempts. Wait {minutes}, then try again"]
            clock.shift(timedelta(minutes=int(minutes.split()[0])))
            assert type_password(browser, keys, "not the password at all").errors == [WRONG]


def test_after_the_wait_the_right_password_is_taken_and_the_count_begins_anew(
    browser: Browser, people: People
) -> None:
    keys = give_keys(browser, people.alice)
    with time_machine.travel(START, tick=False) as clock:
        for _ in range(5):
            type_password(browser, keys, "not the password at all")
        clock.shift(timedelta(minutes=1))
        assert type_password(browser, keys).path == "/sign-in/code"
        for _ in range(5):
            assert type_password(browser, keys, "not the password at all").errors == [WRONG]


def test_the_wait_is_the_same_for_an_address_that_nobody_has(browser: Browser, people: People) -> None:
    nobody = Keys("nobody@example.org")
    with time_machine.travel(START, tick=False):
        for _ in range(5):
            assert type_password(browser, nobody).errors == [WRONG]
        page = type_password(browser, nobody, status=429)
    assert page.errors == ["There were too many attempts. Wait 1 minute, then try again"]


def test_one_place_cannot_try_many_addresses(browser: Browser, people: People) -> None:
    keys = give_keys(browser, people.alice)
    with time_machine.travel(START, tick=False), browser.service.state.database.transaction() as session:
        digest = browser.service.state.secrets.digest("source", "testclient")
        session.add_all(FailedAttempt(subject=digest) for _ in range(50))
    with time_machine.travel(START, tick=False) as clock:
        type_password(browser, keys, status=429)
        clock.shift(timedelta(minutes=15))
        assert type_password(browser, keys).path == "/sign-in/code"


def test_the_table_of_attempts_names_nobody(browser: Browser, people: People, database: Database) -> None:
    type_password(browser, Keys("nobody@example.org"))
    with database.transaction(writes=False) as session:
        subjects = session.scalars(select(FailedAttempt.subject)).all()
    assert len(subjects) == 2
    assert all(len(one) == 32 and b"nobody" not in one for one in subjects)


def test_an_attempt_counts_even_where_the_request_breaks(
    browser: Browser, people: People, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(password_hash: str | None, password: str) -> bool:
        raise RuntimeError("in the middle")

    monkeypatch.setattr(service, "fits", broken)
    type_password(browser, give_keys(browser, people.alice), status=500)
    with database.transaction(writes=False) as session:
        assert session.scalars(select(func.count()).select_from(FailedAttempt)).one() == 2


def test_old_attempts_and_old_sessions_are_deleted(
    browser: Browser, people: People, database: Database
) -> None:
    keys = give_keys(browser, people.alice)
    with time_machine.travel(START, tick=False) as clock:
        type_password(browser, Keys("nobody@example.org"))
        sign_in(browser, keys)
        clock.shift(timedelta(hours=25))
        browser.client.cookies.clear()
        sign_in(browser, keys)
        with database.transaction(writes=False) as session:
            assert session.scalars(select(func.count()).select_from(FailedAttempt)).one() == 0
            assert session.scalars(select(func.count()).select_from(SignedInSession)).one() == 1


def test_a_switched_off_account_is_told_so_only_with_the_right_password(
    browser: Browser, people: People, database: Database
) -> None:
    keys = give_keys(browser, people.alice)
    with database.transaction() as session:
        found = session.get(Account, people.alice)
        assert found is not None
        found.disabled_at = START
    assert type_password(browser, keys, "not the password at all").errors == [WRONG]
    page = type_password(browser, keys)
    assert page.errors == ["Your account is switched off. Ask your programme lead to switch it on"]
    assert PENDING_COOKIE not in browser.client.cookies


def test_every_sign_in_has_a_new_token_whatever_the_browser_held(
    browser: Browser, people: People, database: Database
) -> None:
    keys = give_keys(browser, people.alice)
    planted = "a token that an attacker planted"
    page = type_password(browser, keys)
    browser.client.cookies.set(COOKIE, planted, domain="diagnostic.test")
    browser.submit(page, {"code": keys.code()})
    first = browser.client.cookies.get(COOKIE, domain="diagnostic.test")
    assert first and first != planted
    # Signing in again in the same browser ends the session before.
    browser.client.cookies.delete(COOKIE)
    with time_machine.travel(START + timedelta(days=365), tick=False):
        sign_in(browser, keys)
        with database.transaction(writes=False) as session:
            assert session.scalars(select(func.count()).select_from(SignedInSession)).one() == 1


def test_somebody_else_signs_in_in_the_same_browser(
    browser: Browser, people: People, database: Database
) -> None:
    sign_in(browser, give_keys(browser, people.alice))
    old = browser.client.cookies[COOKIE]
    bob = give_keys(browser, people.bob)
    browser.client.cookies.delete(COOKIE)
    page = type_password(browser, bob)
    browser.client.cookies.set(COOKIE, old, domain="diagnostic.test")
    page = browser.submit(page, {"code": bob.code()})
    assert "You are signed in as Bob Bright" in page.text
    with database.transaction(writes=False) as session:
        assert session.scalars(select(SignedInSession.account_id)).all() == [people.bob]


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "/\tevil"]
)
def test_signing_in_never_leads_to_another_site(browser: Browser, people: People, elsewhere: str) -> None:
    keys = give_keys(browser, people.alice)
    page = Browser.get(browser, "/sign-in")
    page = browser.submit(page, {"email": keys.email, "password": keys.password, "next": elsewhere})
    page = browser.submit(page, {"code": keys.code()})
    assert str(page.response.url) == f"{ADDRESS}/"


def test_signing_in_leads_to_the_page_that_was_wanted(browser: Browser, people: People) -> None:
    keys = give_keys(browser, people.petra)
    page = browser.get("/people?q=bob&sort=email")
    assert page.path == "/sign-in"
    page = browser.submit(page, {"email": keys.email, "password": keys.password})
    page = browser.submit(page, {"code": keys.code()})
    assert page.response.url.path == "/people"
    assert dict(page.response.url.params) == {"q": "bob", "sort": "email"}


def test_the_fields_tell_password_managers_what_they_are(browser: Browser, people: People) -> None:
    page = browser.get("/sign-in")
    purposes = {one.get("name"): one.get("autocomplete") for one in page.all("input")}
    assert (purposes["email"], purposes["password"]) == ("username", "current-password")
    page = type_password(browser, give_keys(browser, people.alice))
    code = next(one for one in page.all("input") if one.get("name") == "code")
    assert (code.get("autocomplete"), code.get("inputmode")) == ("one-time-code", "numeric")


def test_signing_out_ends_the_session_itself(browser: Browser, people: People) -> None:
    sign_in(browser, give_keys(browser, people.alice))
    token = browser.client.cookies[COOKIE]
    page = browser.submit(browser.get("/"), action="/sign-out")
    assert page.path == "/sign-in"
    assert "You have signed out." in page.text
    browser.client.cookies.set(COOKIE, token, domain="diagnostic.test")
    assert not is_signed_in(browser)


def test_no_other_site_can_sign_anybody_out(browser: Browser, people: People) -> None:
    browser.sign_in(people.alice)
    page = browser.get("/sign-out")
    sent = {name: values[0] for name, values in page.fields("/sign-out").items()}
    across = browser.client.post("/sign-out", data=sent, headers={"sec-fetch-site": "cross-site"})
    assert across.status_code == 403
    assert browser.client.post("/sign-out").status_code == 403
    assert is_signed_in(browser)


def test_the_owner_is_warned_when_their_password_is_right_and_codes_are_not(
    browser: Browser, people: People
) -> None:
    keys = give_keys(browser, people.alice)
    with time_machine.travel(START, tick=False):
        page = type_password(browser, keys)
        for _ in range(5):
            page = browser.submit(page, {"code": "000000"})
            assert page.errors and page.path == "/sign-in/code"
        page = browser.submit(page, {"code": keys.code()}, status=429)
        assert page.errors == ["There were too many attempts. Wait 1 minute, then try again"]
    assert [one.subject for one in mails(browser)] == [
        "Somebody may know your password – Evidence-use diagnostic"
    ]
    assert not is_signed_in(browser)
    assert SECRET not in page.response.text
    assert ANOTHER not in page.response.text
