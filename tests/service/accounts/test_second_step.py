"""The second step: codes and recovery codes work once, and nothing stands in for them."""

from datetime import timedelta

import pytest
import time_machine

from app.accounts.models import Account
from app.accounts.pages.visits import PENDING_COOKIE
from app.accounts.services.desk import Desk
from app.accounts.services.passwords import hash_password
from app.accounts.services.second_step import count_recovery_codes, make_recovery_codes
from app.database.session import Database
from tests.service.accounts.visitor import (
    ANOTHER,
    SECRET,
    START,
    account,
    give_keys,
    is_signed_in,
    link_in,
    log_actions,
    mails,
    sign_in,
    type_password,
)
from tests.service.browser import Browser, Page
from tests.service.people import People


def codes_for(browser: Browser, account_id: object) -> tuple[str, ...]:
    with browser.service.state.database.transaction() as session:
        return make_recovery_codes(session, browser.service.state.secrets, account_id)  # type: ignore[arg-type]


def cookies_cleared(browser: Browser) -> None:
    browser.client.cookies.clear()


def test_a_code_works_once(browser: Browser, people: People) -> None:
    keys = give_keys(browser, people.alice)
    with time_machine.travel(START, tick=False):
        code = keys.code()
        sign_in(browser, keys)
        cookies_cleared(browser)
        page = browser.submit(type_password(browser, keys), {"code": code})
    assert page.errors and "was used already" in page.errors[0]
    assert not is_signed_in(browser)


def test_no_code_from_before_one_that_was_used(browser: Browser, people: People) -> None:
    keys = give_keys(browser, people.alice)
    with time_machine.travel(START, tick=False):
        earlier = keys.code(-1)
        sign_in(browser, keys)
        cookies_cleared(browser)
        page = browser.submit(type_password(browser, keys), {"code": earlier})
        assert page.errors
        assert browser.submit(page, {"code": keys.code(1)}).path == "/"


@pytest.mark.parametrize(("steps", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_off_by_one_step(browser: Browser, people: People, steps: int, taken: bool) -> None:
    keys = give_keys(browser, people.alice)
    with time_machine.travel(START, tick=False):
        browser.submit(type_password(browser, keys), {"code": keys.code(steps)})
        assert is_signed_in(browser) is taken


def test_a_code_may_be_typed_with_a_space(browser: Browser, people: People) -> None:
    keys = give_keys(browser, people.alice)
    code = keys.code()
    assert browser.submit(type_password(browser, keys), {"code": f" {code[:3]} {code[3:]} "}).path == "/"


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12345a", "١٢٣٤٥٦"])
def test_what_is_no_code_is_said_and_does_not_count(browser: Browser, people: People, typed: str) -> None:
    page = type_password(browser, give_keys(browser, people.alice))
    for _ in range(7):
        page = browser.submit(page, {"code": typed})
        assert page.errors and page.errors[0].startswith("Enter the 6")


def test_the_word_that_the_password_was_right_cannot_be_made_up(browser: Browser, people: People) -> None:
    keys = give_keys(browser, people.alice)
    type_password(browser, keys)
    word = browser.client.cookies[PENDING_COOKIE]
    for changed in ("", "nonsense", word[:-3] + "abc", "A" + word):
        browser.client.cookies.set(PENDING_COOKIE, changed, domain="diagnostic.test")
        assert browser.get("/sign-in/code").path == "/sign-in"


def test_the_word_lasts_ten_minutes(browser: Browser, people: People) -> None:
    keys = give_keys(browser, people.alice)
    with time_machine.travel(START, tick=False) as clock:
        page = type_password(browser, keys)
        clock.shift(timedelta(minutes=11))
        page = browser.submit(page, {"code": keys.code()})
    assert page.path == "/sign-in"
    assert "longer than 10 minutes" in page.text
    assert not is_signed_in(browser)


def test_the_word_does_not_outlive_the_password(browser: Browser, people: People, database: Database) -> None:
    keys = give_keys(browser, people.alice)
    page = type_password(browser, keys)
    with database.transaction() as session:
        found = session.get(Account, people.alice)
        assert found is not None
        found.password_hash = hash_password(ANOTHER)
    assert browser.submit(page, {"code": keys.code()}).path == "/sign-in"
    assert not is_signed_in(browser)


def test_the_code_page_is_only_for_those_whose_password_was_right(browser: Browser, people: People) -> None:
    for path in ("/sign-in/code", "/sign-in/recovery-code", "/sign-in/app"):
        assert browser.get(path).path == "/sign-in"
    page = browser.get("/sign-in")
    token = page.fields()["form-token"][0]
    answer = browser.client.post("/sign-in/code", data={"form-token": token, "code": "123456"})
    assert answer.url.path == "/sign-in"


def test_nobody_replaces_an_app_with_the_password_alone(browser: Browser, people: People) -> None:
    type_password(browser, give_keys(browser, people.alice))
    assert browser.get("/sign-in/app").path == "/sign-in"


def test_a_recovery_code_works_once_and_is_told(browser: Browser, people: People, database: Database) -> None:
    keys = give_keys(browser, people.alice)
    code = codes_for(browser, people.alice)[3]
    type_password(browser, keys)
    page = browser.get(browser.get("/sign-in/code").link("Use a recovery code"))
    page = browser.submit(page, {"code": f" {code.lower().replace('-', ' ')}"})
    assert page.path == "/"
    message = mails(browser, "alice@example.org")[-1]
    assert message.subject.startswith("A recovery code was used")
    assert "You have 9 left." in message.text
    assert "recovery code used" in log_actions(database)

    cookies_cleared(browser)
    type_password(browser, keys)
    page = browser.submit(browser.get("/sign-in/recovery-code"), {"code": code})
    assert page.errors == ["This is not one of your recovery codes, or it was used already"]


def test_another_persons_recovery_code_is_none(browser: Browser, people: People) -> None:
    keys = give_keys(browser, people.alice)
    code = codes_for(browser, people.bob)[0]
    type_password(browser, keys)
    assert browser.submit(browser.get("/sign-in/recovery-code"), {"code": code}).errors


def test_recovery_codes_are_limited_together_with_codes(browser: Browser, people: People) -> None:
    keys = give_keys(browser, people.alice)
    with time_machine.travel(START, tick=False):
        page = type_password(browser, keys)
        for _ in range(3):
            page = browser.submit(page, {"code": "000000"})
        page = browser.get("/sign-in/recovery-code")
        for _ in range(2):
            page = browser.submit(page, {"code": "AAAA-AAAA-AAAA"})
        page = browser.submit(page, {"code": "AAAA-AAAA-AAAA"}, status=429)
    assert page.errors == ["There were too many attempts. Wait 1 minute, then try again"]


def test_a_stolen_database_shows_neither_secret_nor_codes(
    browser: Browser, people: People, database: Database
) -> None:
    give_keys(browser, people.alice)
    codes = codes_for(browser, people.alice)
    with database.engine.connect() as connection:
        kept = str(connection.exec_driver_sql("SELECT * FROM accounts").all())
        kept += str(connection.exec_driver_sql("SELECT * FROM recovery_codes").all())
    assert SECRET not in kept
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)
    assert len({code for code in codes if len(code) == 14}) == 10


def confirmed(browser: Browser, page: Page, status: int = 200) -> Page:
    return browser.submit(page, {"password": "green kettles walk slowly"}, status=status)


def test_a_new_app_takes_over_once_it_has_shown_a_code(
    browser: Browser, people: People, database: Database
) -> None:
    keys = give_keys(browser, people.alice)
    old_codes = codes_for(browser, people.alice)
    with time_machine.travel(START, tick=False) as clock:
        sign_in(browser, keys)
        page = browser.get(browser.get("/account").link("Set up a new one"))
        page = confirmed(browser, page)
        letters = next(one for one in page.all("code")).text
        assert letters is not None
        new = type(keys)(keys.email, secret=letters.replace(" ", ""))
        assert page.all("img")[-1].get("src", "").startswith("data:image/svg+xml")
        # Until then the old one counts.
        wrong = browser.submit(page, {"code": "000000"})
        assert wrong.errors and letters in wrong.text
        page = browser.submit(wrong, {"code": new.code()})
        assert page.heading == "Keep your recovery codes"
        fresh = [one.text or "" for one in page.all("code")]
        assert len(set(fresh)) == 10 and not set(fresh) & set(old_codes)
        assert [one.subject.split(" –")[0] for one in mails(browser, keys.email)] == [
            "Your authenticator app was set up"
        ]
        assert "app set up" in log_actions(database)
        cookies_cleared(browser)
        clock.shift(timedelta(minutes=2))
        page = browser.submit(type_password(browser, keys), {"code": keys.code()})
        assert page.errors
        assert browser.submit(page, {"code": new.code()}).path == "/"


def test_a_new_app_needs_the_password(browser: Browser, people: People) -> None:
    give_keys(browser, people.alice)
    browser.sign_in(people.alice)
    page = browser.submit(browser.get("/account/app"), {"password": "not the password at all"})
    assert page.errors == ["The password is wrong"]
    token = page.fields()["form-token"][0]
    answer = browser.client.post(
        "/account/app/code", data={"form-token": token, "secret": SECRET, "code": "123456"}
    )
    assert "So that we know that it is you" in answer.text


def test_a_secret_that_another_account_was_given_is_not_taken(
    browser: Browser, people: People, database: Database
) -> None:
    give_keys(browser, people.alice)
    give_keys(browser, people.bob)
    browser.sign_in(people.bob)
    page = confirmed(browser, browser.get("/account/app"))
    bobs = page.fields()["secret"][0]
    letters = (page.all("code")[0].text or "").replace(" ", "")
    browser.client.cookies.clear()
    before = account(database, people.alice).totp_sealed
    browser.sign_in(people.alice)
    page = browser.get("/account/app")
    keys = type(give_keys(browser, people.alice))("alice@example.org", secret=letters)
    token = page.fields()["form-token"][0]
    browser.client.post("/account/app/code", data={"form-token": token, "secret": bobs, "code": keys.code()})
    assert before is not None
    secrets = browser.service.state.secrets
    kept = account(database, people.alice).totp_sealed
    assert kept is not None and secrets.open("totp", kept) == SECRET


def test_new_recovery_codes_void_the_old_ones(browser: Browser, people: People, database: Database) -> None:
    give_keys(browser, people.alice)
    old = codes_for(browser, people.alice)
    browser.sign_in(people.alice)
    page = confirmed(browser, browser.get(browser.get("/account").link("Make new ones")))
    assert page.heading == "Keep your recovery codes"
    assert not {one.text for one in page.all("code")} & set(old)
    with database.transaction(writes=False) as session:
        assert count_recovery_codes(session, people.alice) == 10
    assert mails(browser)[-1].subject.startswith("You have new recovery codes")
    # They are shown this once.
    assert browser.get("/account").all("code") == []


def test_resetting_a_lost_second_step_needs_the_inbox_and_nothing_old_works(
    browser: Browser, people: People, database: Database
) -> None:
    keys = give_keys(browser, people.bob)
    codes = codes_for(browser, people.bob)
    browser.sign_in(people.alice)
    page = browser.get(f"/authorities/XWEX/people/{people.bob}/reset-sign-in")
    assert "make sure that it is really they who ask" in page.text
    browser.submit(page)
    message = mails(browser, keys.email)[-1]
    assert message.subject.startswith("Set up anew how you sign in")
    assert log_actions(database)[-1] == "sign-in reset"
    cookies_cleared(browser)
    assert type_password(browser, keys).errors, "the old password is void"

    page = browser.submit(browser.get(link_in(message)), {"password": ANOTHER})
    page = browser.submit(page, {"email": keys.email, "password": ANOTHER})
    assert page.path == "/sign-in/app"
    letters = (page.all("code")[0].text or "").replace(" ", "")
    new = type(keys)(keys.email, ANOTHER, letters)
    page = browser.submit(page, {"code": new.code()})
    assert page.heading == "Keep your recovery codes"
    assert is_signed_in(browser)
    cookies_cleared(browser)
    type_password(browser, new)
    page = browser.submit(browser.get("/sign-in/recovery-code"), {"code": codes[0]})
    assert page.errors, "an old recovery code is void"


def test_desk_addresses_come_from_the_settings(browser: Browser) -> None:
    state = browser.service.state
    with state.database.transaction(writes=False) as session:
        desk = Desk(session, state.secrets, state.settings)
        assert desk.address("/join/x") == "https://diagnostic.test/join/x"
