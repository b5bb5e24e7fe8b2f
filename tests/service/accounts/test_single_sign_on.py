"""Single sign-on against a real issuer on this machine: how it goes, and every way in which it must not."""

import time
import warnings
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import authlib.deprecate  # noqa: F401 - sets how its warnings are shown, which is undone below
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from app.accounts.models import Account
from app.accounts.pages.single_sign_on import AWAY_COOKIE
from app.database.session import Database
from app.main import create_app
from app.settings import Settings
from app.web.dates import now
from tests.service.accounts.visitor import (
    ANOTHER,
    account,
    give_keys,
    is_signed_in,
    link_in,
    log_actions,
    mails,
)
from tests.service.browser import Browser, Page
from tests.service.conftest import ADDRESS
from tests.service.people import HERE, People

with warnings.catch_warnings():
    # The provider still uses parts of Authlib that are to go.
    warnings.simplefilter("ignore")
    from oidc_provider_mock import User

    from tests.service.accounts.issuer import ANOTHERS_KEY, CLIENT, Claims, Issuer, running_issuer

pytestmark = [
    pytest.mark.allow_hosts(["127.0.0.1"]),
    pytest.mark.filterwarnings("ignore::authlib.deprecate.AuthlibDeprecationWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
ERIN = User(
    sub="erin-7",
    claims={"email": "Erin@example.org", "email_verified": True, "name": "Erin Ellis"},
)
UNVERIFIED = User(sub="mallory", claims={"email": "alice@example.org", "email_verified": False})
STRANGER = User(sub="stranger", claims={"email": "stranger@example.org", "email_verified": True})
ALICE = User(sub="alice-1", claims={"email": "alice@example.org", "email_verified": True})
ENTRA = User(sub="erin-entra", claims={"email": "erin@example.org", "xms_edov": True})


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with running_issuer(ERIN, UNVERIFIED, STRANGER, ALICE, ENTRA) as running:
        yield running


@pytest.fixture
def service(settings: Settings, database: Database, issuer: Issuer) -> FastAPI:
    """The service, with single sign-on set up."""
    update = {
        "oidc_issuer": issuer.address,
        "oidc_client_id": CLIENT,
        "oidc_client_secret": SecretStr("a secret that both know"),
    }
    return create_app(settings.model_copy(update=update), database)


def leave(browser: Browser, path: str = "/sign-in/single") -> str:
    answer = browser.client.get(path, follow_redirects=False)
    assert answer.status_code == 303, answer.text[:300]
    return answer.headers["location"]


def come_back(browser: Browser, address: str, status: int = 200) -> Page:
    assert address.startswith(f"{ADDRESS}/sign-in/single/back?")
    return browser.get(address.removeprefix(ADDRESS), status)


def single(
    browser: Browser, issuer: Issuer, who: User, status: int = 200, path: str = "/sign-in/single"
) -> Page:
    """Sign in elsewhere, and come back."""
    return come_back(browser, issuer.sign_in(leave(browser, path), who.sub), status)


def invite_erin(browser: Browser, people: People) -> None:
    browser.sign_in(people.alice)
    page = browser.get(f"/authorities/{HERE}/people/invite")
    browser.submit(page, {"name": "Erin", "email": "erin@example.org", "role": "reader"})
    browser.client.cookies.clear()


def change(database: Database, account_id: UUID, **values: object) -> None:
    with database.transaction() as session:
        found = session.get(Account, account_id)
        assert found is not None
        for name, value in values.items():
            setattr(found, name, value)


def test_an_invited_person_joins_without_password_or_code(
    browser: Browser, people: People, database: Database, issuer: Issuer
) -> None:
    invite_erin(browser, people)
    page = browser.get(link_in(mails(browser)[-1]))
    assert page.link("Join with your Microsoft account") == "/sign-in/single"
    page = single(browser, issuer, ERIN)
    assert page.path == "/" and "You are signed in as Erin" in page.text
    assert AWAY_COOKIE not in browser.client.cookies
    assert "person joined" in log_actions(database)
    page = browser.get("/account")
    assert "You can sign in with your Microsoft account." in page.text
    for path in ("/account/password", "/account/app", "/account/recovery-codes"):
        assert "keeps no password or app of yours" in browser.get(path, 403).text


def test_the_second_time_the_issuers_own_id_counts_not_the_address(
    browser: Browser, people: People, database: Database, issuer: Issuer
) -> None:
    invite_erin(browser, people)
    single(browser, issuer, ERIN)
    browser.client.cookies.clear()

    def renamed(claims: Claims) -> Claims:
        return {**claims, "email": "alice@example.org"}

    issuer.lie = renamed
    assert "You are signed in as Erin" in single(browser, issuer, ERIN).text


def test_it_begins_with_a_link_and_pkce_and_tells_the_issuer_no_secret(
    browser: Browser, people: People, issuer: Issuer
) -> None:
    assert browser.get("/sign-in").link("Sign in with your Microsoft account") == "/sign-in/single"
    location = leave(browser)
    sent = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
    assert location.startswith(f"{issuer.address}/oauth2/authorize?")
    assert sent["redirect_uri"] == f"{ADDRESS}/sign-in/single/back"
    assert sent["response_type"] == "code"
    assert sent["client_id"] == CLIENT
    assert set(sent["scope"].split()) == {"openid", "email", "profile"}
    assert all(len(sent[name]) >= 43 for name in ("state", "nonce", "code_challenge"))
    again = {name: values[0] for name, values in parse_qs(urlsplit(leave(browser)).query).items()}
    assert all(again[name] != sent[name] for name in ("state", "nonce", "code_challenge"))
    invite_erin(browser, people)
    single(browser, issuer, ERIN)
    assert issuer.token_requests[-1]["code_verifier"][0]


def test_it_leads_to_the_page_that_was_wanted_and_never_elsewhere(
    browser: Browser, people: People, issuer: Issuer
) -> None:
    invite_erin(browser, people)
    assert single(browser, issuer, ERIN, path="/sign-in/single?next=/account").path == "/account"
    page = single(browser, issuer, ERIN, path="/sign-in/single?next=//evil.example")
    assert str(page.response.url) == f"{ADDRESS}/"


def test_a_stranger_is_told_to_be_invited(browser: Browser, people: People, issuer: Issuer) -> None:
    page = single(browser, issuer, STRANGER, 400)
    assert page.heading == "You are not signed in"
    assert "There is no account here for stranger@example.org." in page.text
    assert not is_signed_in(browser)


def test_an_address_that_is_not_confirmed_opens_nothing(
    browser: Browser, people: People, issuer: Issuer
) -> None:
    page = single(browser, issuer, UNVERIFIED, 400)
    assert "did not confirm an email address" in page.text
    assert not is_signed_in(browser)


def test_entra_id_confirms_an_address_in_its_own_way(
    browser: Browser, people: People, issuer: Issuer
) -> None:
    invite_erin(browser, people)
    assert "You are signed in as Erin" in single(browser, issuer, ENTRA).text


def test_an_expired_invitation_is_not_enough(
    browser: Browser, people: People, database: Database, issuer: Issuer
) -> None:
    invite_erin(browser, people)
    with database.transaction() as session:
        from sqlalchemy import update

        from app.accounts.models import AccountLink

        session.execute(update(AccountLink).values(expires_at=now() - timedelta(seconds=1)))
    assert "Your invitation has expired." in single(browser, issuer, ERIN, 400).text
    assert not is_signed_in(browser)


def test_an_account_with_a_password_is_not_taken_over_from_elsewhere(
    browser: Browser, people: People, database: Database, issuer: Issuer
) -> None:
    """Whoever holds the address elsewhere has not shown a code here."""
    give_keys(browser, people.alice)
    page = single(browser, issuer, ALICE, 400)
    assert "Sign in with your email address and password first" in page.text
    assert not is_signed_in(browser)
    assert account(database, people.alice).oidc_subject is None


def test_its_owner_connects_it_from_within(
    browser: Browser, people: People, database: Database, issuer: Issuer
) -> None:
    give_keys(browser, people.alice)
    browser.sign_in(people.alice)
    page = browser.submit(browser.get("/account"), action="/account/single-sign-on")
    page = single(browser, issuer, ALICE, path=page.link("Continue to your Microsoft account"))
    assert page.path == "/account" and "You can sign in with your Microsoft account." in page.text
    assert mails(browser)[-1].subject.startswith("Single sign-on was connected")
    assert "single sign-on connected" in log_actions(database)
    browser.client.cookies.clear()
    assert "You are signed in as Alice" in single(browser, issuer, ALICE).text


def test_a_link_from_elsewhere_connects_nothing(
    browser: Browser, people: People, database: Database, issuer: Issuer
) -> None:
    """A page of an attacker, who has signed the victim in as themselves elsewhere, leads here."""
    give_keys(browser, people.alice)
    browser.sign_in(people.alice)
    single(browser, issuer, STRANGER, 400)
    single(browser, issuer, STRANGER, 400, "/sign-in/single?connect=made-up")
    assert account(database, people.alice).oidc_subject is None


def test_an_account_elsewhere_with_another_address_is_not_connected(
    browser: Browser, people: People, database: Database, issuer: Issuer
) -> None:
    browser.sign_in(people.alice)
    page = browser.submit(browser.get("/account"), action="/account/single-sign-on")
    page = single(browser, issuer, STRANGER, 400, page.link("Continue to your Microsoft account"))
    assert "not the address of your account here" in page.text
    assert account(database, people.alice).oidc_subject is None


def test_a_switched_off_account_stays_so(
    browser: Browser, people: People, database: Database, issuer: Issuer
) -> None:
    invite_erin(browser, people)
    single(browser, issuer, ERIN)
    browser.client.cookies.clear()
    change(database, account_id_of(database, "erin@example.org"), disabled_at=now())
    assert "Your account here is switched off." in single(browser, issuer, ERIN, 400).text
    assert not is_signed_in(browser)


def account_id_of(database: Database, email: str) -> UUID:
    from app.accounts.queries import find_account_by_email

    with database.transaction(writes=False) as session:
        found = find_account_by_email(session, email)
        assert found is not None
        return found.id


LIES = {
    "issuer": lambda claims: {**claims, "iss": "https://evil.example"},
    "audience": lambda claims: {**claims, "aud": "another-service"},
    "several audiences": lambda claims: {**claims, "aud": [CLIENT, "other"], "azp": "other"},
    "expired": lambda claims: {**claims, "exp": int(time.time()) - 3600, "iat": int(time.time()) - 7200},
    "no end": lambda claims: {name: value for name, value in claims.items() if name != "exp"},
    "nonce": lambda claims: {**claims, "nonce": "of another visit"},
    "no nonce": lambda claims: {name: value for name, value in claims.items() if name != "nonce"},
    "no subject": lambda claims: {name: value for name, value in claims.items() if name != "sub"},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_word_that_does_not_fit_is_not_believed(
    browser: Browser, people: People, issuer: Issuer, lie: str
) -> None:
    invite_erin(browser, people)
    issuer.lie = LIES[lie]
    page = single(browser, issuer, ERIN, 400)
    assert "could not be confirmed" in page.text
    assert not is_signed_in(browser)


def test_a_word_that_somebody_else_signed_is_not_believed(
    browser: Browser, people: People, issuer: Issuer
) -> None:
    invite_erin(browser, people)
    issuer.signing_key = ANOTHERS_KEY
    assert "could not be confirmed" in single(browser, issuer, ERIN, 400).text
    assert not is_signed_in(browser)


def test_a_code_comes_back_to_the_browser_that_left(browser: Browser, people: People, issuer: Issuer) -> None:
    invite_erin(browser, people)
    address = issuer.sign_in(leave(browser), ERIN.sub)
    with Browser(browser.service, ADDRESS) as victim:
        assert "did not begin to sign in" in come_back(victim, address, 400).text
        leave(victim)
        assert "did not begin to sign in" in come_back(victim, address, 400).text
        assert not is_signed_in(victim)
    assert come_back(browser, address).path == "/"
    # And once: the word that the browser carried is gone, and the issuer takes no code twice.
    browser.client.cookies.clear()
    come_back(browser, address, 400)


def test_a_word_that_the_browser_changed_is_not_read(
    browser: Browser, people: People, issuer: Issuer
) -> None:
    invite_erin(browser, people)
    address = issuer.sign_in(leave(browser), ERIN.sub)
    cookie = browser.client.cookies[AWAY_COOKIE]
    browser.client.cookies.set(AWAY_COOKIE, cookie[:-4] + "AAAA", domain="diagnostic.test")
    assert "did not begin to sign in" in come_back(browser, address, 400).text


def test_whoever_presses_cancel_there_is_told_what_to_do(
    browser: Browser, people: People, issuer: Issuer
) -> None:
    state = parse_qs(urlsplit(leave(browser)).query)["state"][0]
    page = browser.get(f"/sign-in/single/back?error=access_denied&state={state}", 400)
    assert "Your Microsoft account did not let you in." in page.text


def test_an_issuer_that_is_down_is_said_to_be(browser: Browser, people: People, issuer: Issuer) -> None:
    issuer.is_down = True
    page = browser.get("/sign-in/single", 400)
    assert "We cannot reach your Microsoft account at the moment." in page.text


def test_a_reset_of_how_somebody_signs_in_lets_them_connect_anew(
    browser: Browser, people: People, database: Database, issuer: Issuer
) -> None:
    invite_erin(browser, people)
    single(browser, issuer, ERIN)
    erin = account_id_of(database, "erin@example.org")
    browser.sign_in(people.alice)
    browser.submit(browser.get(f"/authorities/{HERE}/people/{erin}/reset-sign-in"))
    message = mails(browser, "erin@example.org")[-1]
    assert "sign in with your Microsoft account: https://diagnostic.test/sign-in" in message.text
    assert account(database, erin).oidc_subject is None
    browser.client.cookies.clear()
    assert "You are signed in as Erin" in single(browser, issuer, ENTRA).text


def test_whoever_signs_in_elsewhere_gets_no_password_by_mail(
    browser: Browser, people: People, issuer: Issuer
) -> None:
    invite_erin(browser, people)
    single(browser, issuer, ERIN)
    browser.client.cookies.clear()
    browser.submit(browser.get("/reset"), {"email": "erin@example.org"})
    message = mails(browser, "erin@example.org")[-1]
    assert message.subject.startswith("You sign in without a password here")
    assert "/reset/" not in message.text
    assert ANOTHER not in message.text


def test_somebody_without_a_password_closes_their_account(
    browser: Browser, people: People, database: Database, issuer: Issuer
) -> None:
    invite_erin(browser, people)
    single(browser, issuer, ERIN)
    page = browser.get("/account/close")
    assert "password" not in page.fields()
    assert browser.submit(page).path == "/sign-in"
    assert not is_signed_in(browser)


def test_without_settings_there_is_none(settings: Settings, database: Database, people: People) -> None:
    with Browser(create_app(settings, database), ADDRESS) as browser:
        assert "Microsoft" not in browser.get("/sign-in").text
        browser.get("/sign-in/single", 404)
        browser.get("/sign-in/single/back?code=x&state=y", 404)
