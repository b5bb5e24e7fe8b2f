"""What tests of accounts do again and again: give people ways to sign in, sign in, and read their mail."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pyotp
from sqlalchemy import select

from app.accounts.models import Account
from app.accounts.services.passwords import hash_password
from app.accounts.services.second_step import keep_secret
from app.audit.models import Entry
from app.database.session import Database
from app.mail.messages import Message
from app.mail.models import OutgoingMail
from app.web.secrets import Secrets
from tests.service.browser import Browser, Page

PASSWORD = "green kettles walk slowly"
ANOTHER = "seven lamps under water"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
START = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Keys:
    """How somebody signs in."""

    email: str
    password: str = PASSWORD
    secret: str = SECRET

    def code(self, steps_on: int = 0) -> str:
        """The code that the app shows, or showed or will show some steps from now."""
        at = datetime.now(UTC) + timedelta(seconds=30 * steps_on)
        return pyotp.TOTP(self.secret).at(at)


def give_keys(browser: Browser, account_id: UUID) -> Keys:
    """Let somebody sign in with a password and an app."""
    with browser.service.state.database.transaction() as session:
        account = session.get(Account, account_id)
        assert account is not None and account.email is not None
        account.password_hash = hash_password(PASSWORD)
        session.flush()
        keep_secret(session, browser.service.state.secrets, account_id, SECRET, step=0)
        return Keys(account.email)


def type_password(browser: Browser, keys: Keys, password: str = "", status: int = 200) -> Page:
    """Fill in the first page of signing in."""
    page = browser.get("/sign-in")
    sent = {"email": keys.email, "password": password or keys.password}
    return browser.submit(page, sent, status=status)


def sign_in(browser: Browser, keys: Keys) -> Page:
    """Sign in as people do."""
    page = type_password(browser, keys)
    assert page.path == "/sign-in/code", page.text
    return browser.submit(page, {"code": keys.code()})


def is_signed_in(browser: Browser) -> bool:
    """Say whether pages for people who are signed in open."""
    return browser.client.get("/account", follow_redirects=False).status_code == 200


def mails(browser: Browser, to: str = "") -> list[Message]:
    """Read the mail that waits, the oldest first."""
    secrets: Secrets = browser.service.state.secrets
    with browser.service.state.database.transaction(writes=False) as session:
        rows = session.scalars(select(OutgoingMail).order_by(OutgoingMail.created_at)).all()
        found = [Message.opened(secrets, row.sealed) for row in rows]
    return [one for one in found if one.to == to] if to else found


def link_in(message: Message) -> str:
    """Give the path of the link in a message."""
    found = re.search(r"https://diagnostic\.test(/(?:join|reset|account/email)/\S+)", message.text)
    assert found, message.text
    return found[1]


def account(database: Database, account_id: UUID) -> Account:
    """Read an account."""
    with database.transaction(writes=False) as session:
        found = session.get(Account, account_id)
        assert found is not None
        return found


def log_actions(database: Database) -> list[str]:
    """Read what was logged, the oldest first."""
    with database.transaction(writes=False) as session:
        return [entry.action for entry in session.scalars(select(Entry).order_by(Entry.at))]
