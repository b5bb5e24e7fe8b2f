"""Accounts that are switched off and on again, and accounts that are closed for good."""

import secrets

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.accounts import messages
from app.accounts.models import Account, AccountLink, Grant, RecoveryCode
from app.accounts.person import Capability, Person, check_can
from app.accounts.queries import is_name_taken
from app.accounts.services.desk import Desk
from app.accounts.services.refusals import Refused
from app.accounts.services.roles import check_not_needed
from app.accounts.signed_in import end_sessions
from app.audit.services import note
from app.web.dates import now
from app.web.errors import NotFound

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_SHORTEST, _LONGEST = 4, 12


def disable(desk: Desk, actor: Person, account: Account) -> None:
    """Switch an account off; its owner is signed out at once.

    Raises
    ------
    Refused
        Where it is the actor's own, or the last that leads somewhere.
    """
    check_can(actor, Capability.MANAGE_SERVICE)
    _check_open(account)
    if account.id == actor.id:
        raise Refused("You cannot switch off your own account. Ask another programme lead.")
    if account.disabled_at is not None:
        return
    check_not_needed(desk, account)
    account.disabled_at = now()
    end_sessions(desk.session, account.id)
    _drop_links(desk.session, account)
    note(desk.session, "account switched off", actor.id, subject_id=account.id)
    if account.joined_at is not None:
        desk.post(messages.disabled(account.email or "", account.name))


def enable(desk: Desk, actor: Person, account: Account) -> None:
    """Switch an account on again."""
    check_can(actor, Capability.MANAGE_SERVICE)
    _check_open(account)
    if account.disabled_at is None:
        return
    account.disabled_at = None
    note(desk.session, "account switched on", actor.id, subject_id=account.id)
    if account.joined_at is not None:
        desk.post(messages.enabled(account.email or "", account.name, desk.address("/sign-in")))


def close(desk: Desk, actor: Person, account: Account) -> None:
    """Close an account for good: by its owner, or by a programme lead.

    Raises
    ------
    Refused
        Where it is the last that leads somewhere.
    """
    if actor.id != account.id:
        check_can(actor, Capability.MANAGE_SERVICE)
    _check_open(account)
    check_not_needed(desk, account)
    desk.post(messages.closed(account.email or "", account.name))
    note(desk.session, "account closed", actor.id, subject_id=account.id)
    wipe(desk, account)


def wipe(desk: Desk, account: Account) -> None:
    """Leave nothing of an account but its id, for the log, and a name that stands for it."""
    account.name = _pseudonym(desk.session)
    account.email = None
    account.password_hash = None
    account.totp_sealed = None
    account.totp_confirmed_at = None
    account.totp_last_step = None
    account.oidc_subject = None
    account.closed_at = now()
    end_sessions(desk.session, account.id)
    _drop_links(desk.session, account)
    for table in (Grant, RecoveryCode):
        desk.session.execute(delete(table).where(table.account_id == account.id))
    desk.session.flush()


def _pseudonym(session: Session) -> str:
    for length in range(_SHORTEST, _LONGEST):
        name = f"Former user {''.join(secrets.choice(_LETTERS) for _ in range(length))}"
        if not is_name_taken(session, name):
            return name
    raise RuntimeError("no name is free for a former user")


def _check_open(account: Account) -> None:
    if account.closed_at is not None:
        raise NotFound


def _drop_links(session: Session, account: Account) -> None:
    session.execute(delete(AccountLink).where(AccountLink.account_id == account.id))
