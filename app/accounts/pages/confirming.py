"""Asking for the password once more before what only the owner of an account may do."""

from fastapi import Request

from app.accounts.pages.sign_in import wait_words
from app.accounts.pages.visits import source_of
from app.accounts.person import Person
from app.accounts.queries import find_account
from app.accounts.services.attempts import strike_out
from app.accounts.services.desk import Desk
from app.accounts.services.signing_in import Outcome, try_password
from app.database.session import Database
from app.web.errors import NotAllowed


def check_has_password(request: Request, person: Person) -> None:
    """Stop somebody who has no password here from what needs one.

    Raises
    ------
    NotAllowed
        Saying with what they sign in.
    """
    if not has_password(request, person):
        provider = request.app.state.settings.oidc_name
        raise NotAllowed(f"You sign in with {provider}, so this service keeps no password or app of yours.")


def has_password(request: Request, person: Person) -> bool:
    """Say whether somebody signs in with a password here; asked in a transaction of its own, as below."""
    database: Database = request.app.state.database
    with database.transaction(writes=False) as session:
        account = find_account(session, person.id)
        return account is not None and account.password_hash is not None


def why_not_own(request: Request, desk: Desk, person: Person, password: str) -> str:
    """Say what is wrong with the password that was typed; nothing where it is right.

    Call it before the request's own transaction has read anything: it writes in one of its own.
    """
    attempt = try_password(
        request.app.state.database, desk.secrets, person.email, password, source_of(request)
    )
    if attempt.outcome is Outcome.WAIT:
        return wait_words(attempt.begun)
    if attempt.account is None or attempt.account.id != person.id:
        return "The password is wrong"
    strike_out(desk.session, attempt.begun)
    return ""
