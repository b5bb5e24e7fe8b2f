"""Invitations: made, sent again, withdrawn, and taken up."""

from uuid import UUID

from app.accounts import messages
from app.accounts.models import Account, Grant
from app.accounts.person import Person, Role
from app.accounts.queries import find_account, find_account_by_email, find_account_by_link
from app.accounts.services.desk import Desk
from app.accounts.services.leaving import wipe
from app.accounts.services.links import JOIN, LIFETIMES, drop_links, make_link, use_link
from app.accounts.services.passwords import hash_password
from app.accounts.services.refusals import Refused
from app.accounts.services.roles import authority_named, check_may_assign, give_role, has_role
from app.accounts.signed_in import end_sessions
from app.audit.services import note
from app.web.dates import now, uk_time
from app.web.errors import Gone, NotFound

GONE = (
    "An invitation can be used once, within seven days, and only the newest one that we sent works. "
    "If you have joined already, sign in. If not, ask whoever invited you to send it again."
)


def invite(
    desk: Desk, actor: Person, name: str, email: str, role: Role, authority_code: str | None
) -> Account:
    """Invite somebody; whoever has an account already is given the role, and told.

    Raises
    ------
    Refused
        Where they have the role, or their account is switched off.
    """
    check_may_assign(actor, role, authority_code)
    place = authority_named(desk, authority_code)
    account = find_account_by_email(desk.session, email)
    if account is None:
        account = Account(name=name, email=email, grants=[Grant(role=role, authority_code=authority_code)])
        desk.session.add(account)
        desk.session.flush()
        note(
            desk.session,
            "person invited",
            actor.id,
            authority_code=authority_code,
            subject_id=account.id,
            role=role.value,
        )
    elif has_role(account, role, authority_code):
        raise Refused(f"This person is {messages.place_words(role, place)} already.")
    elif account.disabled_at is not None:
        raise Refused("This person’s account is switched off. A programme lead must switch it on first.")
    else:
        give_role(desk, actor, account, role, authority_code)
    if account.joined_at is None:
        _send(desk, account, role, place)
    return account


def send_again(desk: Desk, actor: Person, account: Account, authority_code: str | None) -> None:
    """Send an invitation once more, with a new link; the old one stops working."""
    grant = _waiting(account, authority_code)
    check_may_assign(actor, Role(grant.role), grant.authority_code)
    _send(desk, account, Role(grant.role), authority_named(desk, grant.authority_code))
    note(
        desk.session,
        "invitation sent again",
        actor.id,
        authority_code=grant.authority_code,
        subject_id=account.id,
    )


def withdraw(desk: Desk, actor: Person, account: Account, authority_code: str | None) -> None:
    """Take an invitation back. Without another role the account, which nobody has used, is emptied."""
    grant = _waiting(account, authority_code)
    check_may_assign(actor, Role(grant.role), grant.authority_code)
    note(
        desk.session,
        "invitation withdrawn",
        actor.id,
        authority_code=grant.authority_code,
        subject_id=account.id,
    )
    if len(account.grants) > 1:
        # Somebody else has invited them too, and the link serves both.
        account.grants.remove(grant)
        return
    desk.post(messages.invitation_withdrawn(account.email or "", account.name))
    wipe(desk, account)


def _waiting(account: Account, authority_code: str | None) -> Grant:
    """Give the role to which somebody was invited: in an authority, or any for a programme lead."""
    if account.joined_at is not None or account.closed_at is not None:
        raise NotFound
    for grant in account.grants:
        if authority_code is None or grant.authority_code == authority_code:
            return grant
    raise NotFound


def _send(desk: Desk, account: Account, role: Role, place: str) -> None:
    link = make_link(desk, account.id, JOIN)
    until = uk_time(now() + LIFETIMES[JOIN])
    desk.post(messages.invitation(account.email or "", account.name, role, place, link, until))


def invited(desk: Desk, token: str) -> Account:
    """Give the account that an invitation is for. Looking does not use it up.

    Raises
    ------
    Gone
        Where it does not work, or no longer.
    """
    account = find_account_by_link(desk.session, token, JOIN)
    if account is None or account.joined_at is not None:
        raise Gone(GONE)
    return account


def take_up(desk: Desk, token: str, name: str, password: str) -> Account:
    """Use an invitation up: keep the name and the password. Joining is complete with the second step."""
    account_id = use_link(desk.session, token, JOIN)
    account = find_account(desk.session, account_id) if account_id else None
    if account is None or account.joined_at is not None:
        raise Gone(GONE)
    account.name = name
    account.password_hash = hash_password(password)
    end_sessions(desk.session, account.id)
    return account


def complete(desk: Desk, account_id: UUID) -> bool:
    """Note that somebody has joined; say whether this is news."""
    account = find_account(desk.session, account_id)
    if account is None or account.joined_at is not None:
        return False
    account.joined_at = now()
    drop_links(desk.session, account.id, JOIN)
    note(desk.session, "person joined", account.id, subject_id=account.id)
    return True
