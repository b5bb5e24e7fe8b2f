"""From an identity that the issuer vouches for to an account here."""

from uuid import UUID

from app.accounts import messages
from app.accounts.models import Account
from app.accounts.queries import find_account, find_account_by_email, find_account_by_subject, find_links
from app.accounts.services.desk import Desk
from app.accounts.services.identities import Identity, SingleSignOnFailed
from app.accounts.services.joining import complete
from app.audit.services import note
from app.web.dates import now


def account_of(desk: Desk, identity: Identity, connecting: UUID | None) -> Account:
    """Give the account that an identity signs in to; the first time it is connected.

    An account with a password is connected only by its owner, from within (``connecting``): whoever holds the
    address elsewhere must not get past the second step here.

    Raises
    ------
    SingleSignOnFailed
        Where there is none, or none yet; the message says what to do.
    """
    provider = desk.settings.oidc_name
    account = find_account_by_subject(desk.session, identity.subject)
    if account is not None:
        if connecting is not None and account.id != connecting:
            raise SingleSignOnFailed(f"This {provider} is connected to another person’s account already.")
        return _open(account)
    if not identity.email or not identity.email_verified:
        raise SingleSignOnFailed(
            f"{provider[0].upper()}{provider[1:]} did not confirm an email address, so we cannot tell which "
            "account is yours. Ask your organisation’s IT support to let it tell us your confirmed address."
        )
    if connecting is not None:
        return _connect(desk, _own(desk, identity, connecting), identity)
    account = find_account_by_email(desk.session, identity.email)
    if account is None:
        raise SingleSignOnFailed(
            f"There is no account here for {identity.email}. Ask a commissioner of your council, or a "
            "programme lead, to invite this address."
        )
    _open(account)
    if account.joined_at is None:
        _check_still_invited(desk, account)
    elif account.password_hash is not None or account.oidc_subject is not None:
        raise SingleSignOnFailed(
            "Your account here is not connected yet. Sign in with your email address and password first, "
            f"then choose “Connect {provider}” under “Your account”. If you have never had a password here, "
            "ask a programme lead to reset how you sign in."
        )
    return _connect(desk, account, identity)


def _open(account: Account) -> Account:
    if account.disabled_at is not None or account.closed_at is not None:
        raise SingleSignOnFailed("Your account here is switched off. Ask your programme lead.")
    return account


def _own(desk: Desk, identity: Identity, connecting: UUID) -> Account:
    account = find_account(desk.session, connecting)
    if account is None or account.email != identity.email:
        raise SingleSignOnFailed(
            f"You signed in elsewhere as {identity.email}, which is not the address of your account here. "
            "Sign out there, and try again."
        )
    return _open(account)


def _check_still_invited(desk: Desk, account: Account) -> None:
    link = find_links(desk.session, [account]).get(account.id)
    if link is None or link.expires_at <= now():
        raise SingleSignOnFailed("Your invitation has expired. Ask whoever invited you to send it again.")


def _connect(desk: Desk, account: Account, identity: Identity) -> Account:
    account.oidc_subject = identity.subject
    if complete(desk, account.id):
        # A password without an app was the beginning of another way to join.
        account.password_hash = None
        return account
    note(desk.session, "single sign-on connected", account.id, subject_id=account.id)
    desk.post(messages.connected(account.email or "", account.name, desk.settings.oidc_name))
    return account
