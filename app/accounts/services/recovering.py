"""Passwords that are changed or forgotten, and ways to sign in that are lost."""

from uuid import UUID

from sqlalchemy import delete

from app.accounts import messages
from app.accounts.models import Account, RecoveryCode
from app.accounts.person import Capability, Person, Role, check_can
from app.accounts.queries import find_account, find_account_by_email, find_account_by_link
from app.accounts.services.attempts import forget_attempts
from app.accounts.services.desk import Desk
from app.accounts.services.links import RESET, drop_links, make_link, use_link
from app.accounts.services.passwords import hash_password
from app.accounts.services.second_step import make_recovery_codes
from app.accounts.signed_in import end_sessions
from app.audit.services import note
from app.web.errors import Gone, NotAllowed, NotFound

GONE = (
    "A link to choose a password can be used once, within an hour, and only the newest one that we sent "
    "works. Ask for a new link on the sign-in page."
)


def send_reset_link(desk: Desk, email: str) -> None:
    """Mail a link to choose a new password, or why there is none. Only the mail tells who has an account."""
    account = find_account_by_email(desk.session, email)
    if account is None or account.disabled_at is not None:
        return
    to, name = account.email or "", account.name
    if account.oidc_subject is not None and account.password_hash is None:
        provider = desk.settings.oidc_name
        desk.post(messages.use_single_sign_on(to, name, provider, desk.address("/sign-in")))
    elif account.joined_at is None and account.password_hash is None:
        desk.post(messages.not_joined_yet(to, name))
    else:
        desk.post(messages.reset_link(to, name, make_link(desk, account.id, RESET)))


def resettable(desk: Desk, token: str) -> Account:
    """Give the account whose password a link lets choose. Looking does not use it up.

    Raises
    ------
    Gone
        Where it does not work, or no longer.
    """
    account = find_account_by_link(desk.session, token, RESET)
    if account is None:
        raise Gone(GONE)
    return account


def reset_password(desk: Desk, token: str, password: str) -> None:
    """Use a link up: keep the new password, and sign its owner out everywhere."""
    account_id = use_link(desk.session, token, RESET)
    account = find_account(desk.session, account_id) if account_id else None
    if account is None or account.closed_at is not None or account.disabled_at is not None:
        raise Gone(GONE)
    account.password_hash = hash_password(password)
    end_sessions(desk.session, account.id)
    forget_attempts(desk.session, desk.secrets, account.email or "", account.id)
    note(desk.session, "password reset by link", account.id, subject_id=account.id)
    desk.post(messages.password_changed(account.email or "", account.name))


def change_password(desk: Desk, account: Account, password: str, keep: str | None) -> None:
    """Keep a new password, and sign its owner out everywhere but in the browser that holds a token."""
    account.password_hash = hash_password(password)
    end_sessions(desk.session, account.id, but=keep)
    drop_links(desk.session, account.id, RESET)
    note(desk.session, "password changed", account.id, subject_id=account.id)
    desk.post(messages.password_changed(account.email or "", account.name))


def renew_recovery_codes(desk: Desk, account: Account) -> tuple[str, ...]:
    """Make new recovery codes, and tell the owner."""
    codes = make_recovery_codes(desk.session, desk.secrets, account.id)
    note(desk.session, "recovery codes made", account.id, subject_id=account.id)
    desk.post(messages.recovery_codes_made(account.email or "", account.name))
    return codes


def change_name(desk: Desk, account: Account, name: str) -> None:
    """Keep another name."""
    if name != account.name:
        account.name = name
        note(desk.session, "name changed", account.id, subject_id=account.id)


def check_may_reset(actor: Person, account: Account, authority_code: str | None) -> None:
    """Stop whoever may not reset how somebody signs in.

    A commissioner may only for people whose every role is in the council, and none of them a programme
    lead's to give.

    Raises
    ------
    NotFound
        Where there is nothing to reset.
    NotAllowed
        Where somebody else must do it.
    """
    check_can(
        actor,
        Capability.MANAGE_SERVICE if authority_code is None else Capability.MANAGE_PEOPLE,
        authority_code,
    )
    if account.joined_at is None or account.closed_at is not None:
        raise NotFound
    if account.id == actor.id:
        raise NotAllowed(
            "You cannot do this for yourself. Change your password and app under “Your account”."
        )
    if actor.programme_lead:
        return
    if any(
        grant.authority_code != authority_code or grant.role not in (Role.COMMISSIONER, Role.READER)
        for grant in account.grants
    ):
        raise NotAllowed("This person has other roles too. Ask a programme lead to do this.")


def reset_sign_in(desk: Desk, actor: Person, account: Account, authority_code: str | None) -> None:
    """Make all that somebody signs in with void, once it is sure that it is they who ask.

    What lets them in again goes to their address only, so neither whoever resets nor whoever knows the old
    password gains anything.
    """
    check_may_reset(actor, account, authority_code)
    single = account.oidc_subject is not None and account.password_hash is None
    account.password_hash = None
    account.totp_sealed = None
    account.totp_confirmed_at = None
    account.totp_last_step = None
    account.oidc_subject = None
    desk.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    end_sessions(desk.session, account.id)
    forget_attempts(desk.session, desk.secrets, account.email or "", account.id)
    note(desk.session, "sign-in reset", actor.id, authority_code=authority_code, subject_id=account.id)
    to, name = account.email or "", account.name
    if single and desk.settings.oidc_issuer:
        desk.post(messages.sign_in_reset_single(to, name, desk.settings.oidc_name, desk.address("/sign-in")))
    else:
        desk.post(messages.sign_in_reset(to, name, make_link(desk, account.id, RESET)))


def own_account(desk: Desk, account_id: UUID) -> Account:
    """Give the account of somebody who is signed in."""
    account = find_account(desk.session, account_id)
    if account is None:
        raise NotFound
    return account
