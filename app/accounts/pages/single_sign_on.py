"""Signing in with the organisation's own account. What is slow to import is imported where it is used."""
# ruff: noqa: PLC0415

from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from app.accounts.access import Everyone
from app.accounts.pages.visits import let_through, own_path
from app.accounts.services.connecting import account_of
from app.accounts.services.desk import Desk
from app.accounts.services.identities import CALLBACK, Identity, SingleSignOnFailed, Started
from app.accounts.signed_in import find_person
from app.database.session import Database
from app.settings import Settings
from app.web.errors import NotFound
from app.web.notices import redirect
from app.web.secrets import Secrets

router = APIRouter(dependencies=[Depends(Everyone())])
AWAY_COOKIE = "__Host-single"
_AWAY, _CONNECT = "single sign-on", "connect"
_AWAY_SECONDS, _CONNECT_SECONDS = 15 * 60, 10 * 60


def connect_word(secrets: Secrets, account_id: UUID) -> str:
    """Sign that the owner of an account wants it connected; only a form of ours gives this."""
    return secrets.sign(_CONNECT, str(account_id))


@router.get("/sign-in/single")
def leave(request: Request, next: str = "", connect: str = "") -> Response:
    """Send the browser to the issuer. It is a link, since our policy lets no form lead elsewhere."""
    settings: Settings = request.app.state.settings
    if not settings.oidc_issuer:
        raise NotFound
    from app.accounts.services.single_sign_on import start

    secrets: Secrets = request.app.state.secrets
    wanted = secrets.signed(_CONNECT, connect, _CONNECT_SECONDS) if connect else ""
    address, started = start(settings, own_path(next), wanted or "")
    answer = Response(status_code=303, headers={"location": address})
    answer.set_cookie(
        AWAY_COOKIE,
        secrets.sign(_AWAY, started.written()),
        max_age=_AWAY_SECONDS,
        secure=True,
        httponly=True,
        samesite="lax",
    )
    return answer


@router.get(CALLBACK)
def come_back(request: Request, code: str = "", state: str = "", error: str = "") -> Response:
    """Check the issuer's word, and sign in.

    The issuer sends the browser back by GET, which elsewhere never writes. So the transaction is its own:
    begun when the issuer has answered, kept before the answer is sent.
    """
    settings: Settings = request.app.state.settings
    if not settings.oidc_issuer:
        raise NotFound
    started = _started(request, state)
    if error or not code:
        raise SingleSignOnFailed(
            f"{settings.oidc_name[0].upper()}{settings.oidc_name[1:]} did not let you in. If you pressed "
            "“Cancel”, go back to the sign-in page and try again. If not, ask your organisation’s IT support."
        )
    from app.accounts.services.single_sign_on import finish

    identity = finish(settings, started, code)
    connecting = _connecting(request, started)
    answer = redirect(request, own_path(started.next))
    _admit(request, answer, identity, connecting)
    answer.delete_cookie(AWAY_COOKIE, secure=True, httponly=True, samesite="lax")
    return answer


def _admit(request: Request, answer: Response, identity: Identity, connecting: UUID | None) -> None:
    database: Database = request.app.state.database
    with database.transaction() as session:
        desk = Desk(session, request.app.state.secrets, request.app.state.settings)
        account = account_of(desk, identity, connecting)
        let_through(request, desk, answer, account.id)


def _started(request: Request, state: str) -> Started:
    secrets: Secrets = request.app.state.secrets
    cookie = request.cookies.get(AWAY_COOKIE, "")
    word = secrets.signed(_AWAY, cookie, _AWAY_SECONDS) if cookie else None
    started = Started.read(word) if word else None
    if started is None or not state or started.state != state:
        raise SingleSignOnFailed(
            "This browser did not begin to sign in, or began too long ago. Go back to the sign-in page and "
            "try again."
        )
    return started


def _connecting(request: Request, started: Started) -> UUID | None:
    if not started.connect:
        return None
    person = find_person(request)
    if person is None or str(person.id) != started.connect:
        raise SingleSignOnFailed("You were signed out meanwhile. Sign in, and connect your account again.")
    return person.id
