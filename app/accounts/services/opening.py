"""Accounts that are made without an invitation by mail: the first one, and those of a demonstration."""

from collections.abc import Iterable
from uuid import UUID

from app.accounts.models import Account, Grant
from app.accounts.person import Role
from app.accounts.queries import find_account_by_email
from app.accounts.services.desk import Desk
from app.accounts.services.links import JOIN, make_link
from app.accounts.services.passwords import hash_password
from app.accounts.services.refusals import Refused
from app.accounts.services.roles import has_role
from app.accounts.services.second_step import keep_secret
from app.audit.services import note
from app.web.dates import now


def create_first_account(desk: Desk, name: str, email: str, role: Role, authority_code: str | None) -> str:
    """Make an account for whoever runs the service, and give the link with which its owner joins.

    Whoever has not joined yet, and has this role, gets a new link: the old one may have expired.

    Raises
    ------
    Refused
        Where the address has an account.
    """
    known = find_account_by_email(desk.session, email)
    if known is not None:
        if known.joined_at is None and has_role(known, role, authority_code):
            return make_link(desk, known.id, JOIN)
        raise Refused(f"There is an account for {email} already.")
    account = Account(name=name, email=email, grants=[Grant(role=role, authority_code=authority_code)])
    desk.session.add(account)
    desk.session.flush()
    note(
        desk.session,
        "person invited",
        None,
        authority_code=authority_code,
        subject_id=account.id,
        role=role.value,
    )
    return make_link(desk, account.id, JOIN)


def open_account(
    desk: Desk,
    name: str,
    email: str,
    password: str,
    totp_secret: str,
    roles: Iterable[tuple[Role, str | None]],
) -> UUID:
    """Make an account that has joined already, with a password and an app's secret: for demonstrations."""
    moment = now()
    account = Account(
        name=name,
        email=email,
        password_hash=hash_password(password),
        joined_at=moment,
        grants=[Grant(role=role, authority_code=code) for role, code in roles],
    )
    desk.session.add(account)
    desk.session.flush()
    keep_secret(desk.session, desk.secrets, account.id, totp_secret, step=0)
    return account.id
