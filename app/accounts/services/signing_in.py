"""Signing in: a password, then a code. What is slow happens outside the transaction that writes."""

from dataclasses import dataclass
from enum import Enum, auto
from uuid import UUID

from app.accounts import messages
from app.accounts.models import Account
from app.accounts.queries import find_account, find_account_by_email
from app.accounts.services.attempts import (
    CODE,
    PASSWORD,
    Begun,
    begin_attempt,
    purge_attempts,
    strike_out,
)
from app.accounts.services.desk import Desk
from app.accounts.services.joining import complete
from app.accounts.services.links import purge_links
from app.accounts.services.passwords import fits, hash_password, is_outdated
from app.accounts.services.second_step import (
    accept_code,
    accept_recovery_code,
    count_recovery_codes,
    keep_secret,
    make_recovery_codes,
)
from app.accounts.signed_in import end_session, purge_sessions, start_session
from app.audit.services import note
from app.database.session import Database
from app.web.dates import now
from app.web.errors import NotFound
from app.web.secrets import Secrets


class Outcome(Enum):
    """What became of an attempt."""

    RIGHT = auto()
    WRONG = auto()
    WAIT = auto()
    SWITCHED_OFF = auto()


@dataclass(frozen=True, slots=True)
class Attempt:
    """What became of an attempt, how many minutes to wait, and whose it was where it was right."""

    outcome: Outcome
    begun: Begun
    account: Account | None = None


def try_password(database: Database, secrets: Secrets, email: str, password: str, source: str) -> Attempt:
    """Compare a password.

    An address that nobody has goes through the same steps as one that somebody has, and gets the same answer.
    """
    begun = begin_attempt(database, secrets, PASSWORD, email, source)
    if begun.wait:
        return Attempt(Outcome.WAIT, begun)
    with database.transaction(writes=False) as session:
        account = find_account_by_email(session, email)
    if not fits(account.password_hash if account else None, password) or account is None:
        return Attempt(Outcome.WRONG, begun)
    if account.disabled_at is not None:
        return Attempt(Outcome.SWITCHED_OFF, begun)
    return Attempt(Outcome.RIGHT, begun, account)


def accept_password(desk: Desk, attempt: Attempt, password: str) -> Account:
    """Strike the attempt out, and give the account; keep its password anew where better settings have come.

    Raises
    ------
    NotFound
        Where the account went meanwhile.
    """
    strike_out(desk.session, attempt.begun)
    account = find_account(desk.session, attempt.account.id) if attempt.account else None
    if account is None:
        raise NotFound
    if account.password_hash is not None and is_outdated(account.password_hash):
        account.password_hash = hash_password(password)
    return account


def begin_code(database: Database, secrets: Secrets, account_id: UUID, source: str) -> Begun:
    """Write an attempt at a code down."""
    return begin_attempt(database, secrets, CODE, str(account_id), source)


def try_code(desk: Desk, begun: Begun, account: Account, typed: str) -> bool:
    """Compare a code of the app; the last one before a wait is told to its owner."""
    if accept_code(desk.session, desk.secrets, account, typed):
        strike_out(desk.session, begun)
        return True
    _warn(desk, begun, account)
    return False


def try_recovery_code(desk: Desk, begun: Begun, account: Account, typed: str) -> bool:
    """Compare a recovery code."""
    if not accept_recovery_code(desk.session, desk.secrets, account.id, typed):
        _warn(desk, begun, account)
        return False
    strike_out(desk.session, begun)
    left = count_recovery_codes(desk.session, account.id)
    note(desk.session, "recovery code used", account.id, subject_id=account.id, left=left)
    address = desk.address("/account")
    desk.post(messages.recovery_code_used(account.email or "", account.name, left, address))
    return True


def _warn(desk: Desk, begun: Begun, account: Account) -> None:
    if begun.is_last_free:
        desk.post(messages.many_wrong_codes(account.email or "", account.name))


def set_app_up(desk: Desk, account: Account, secret: str, step: int) -> tuple[str, ...]:
    """Take an app into use, and give new recovery codes; this completes joining."""
    keep_secret(desk.session, desk.secrets, account.id, secret, step)
    codes = make_recovery_codes(desk.session, desk.secrets, account.id)
    if not complete(desk, account.id):
        note(desk.session, "app set up", account.id, subject_id=account.id)
        desk.post(messages.app_changed(account.email or "", account.name))
    return codes


def sign_in(desk: Desk, account_id: UUID, device: str, earlier_token: str | None) -> str:
    """Sign somebody in and give the token for the cookie: always a new one, whatever the browser held.

    Whatever has run out of time is deleted on the way.
    """
    session = desk.session
    purge_expired(desk)
    if earlier_token:
        end_session(session, earlier_token)
    account = find_account(session, account_id)
    if account is not None:
        account.last_signed_in_at = now()
    return start_session(session, account_id, device)


def purge_expired(desk: Desk) -> None:
    """Delete sessions, links and attempts whose time is over. May be called at any time."""
    purge_sessions(desk.session)
    purge_attempts(desk.session)
    purge_links(desk.session)
