"""What pages of signing in share: where the browser is, where it goes next, and what it carries meanwhile.

Between the password and the code nobody is signed in. The browser carries a signed word, for ten minutes,
that the password was right; it opens nothing but the page that asks for the code.
"""

import json
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from fastapi import Request, Response

from app.accounts.devices import device_name
from app.accounts.models import Account
from app.accounts.queries import find_account
from app.accounts.services.desk import Desk
from app.accounts.services.signing_in import sign_in
from app.accounts.signed_in import COOKIE, set_cookie

PENDING_COOKIE = "__Host-second-step"
_PENDING = "second step"
_PENDING_SECONDS = 10 * 60
_NEVER_NEXT = ("/sign-in", "/sign-out", "/join", "/reset")


@dataclass(frozen=True, slots=True)
class Pending:
    """Somebody whose password was right, and where they want to go."""

    account: Account
    next: str

    @property
    def needs_app(self) -> bool:
        """Whether they have no app yet, and must set one up."""
        return self.account.totp_confirmed_at is None


def source_of(request: Request) -> str:
    """Give the address that a request came from."""
    return request.client.host if request.client else ""


def own_path(address: str) -> str:
    """Give a path of ours as it is, and the first page in place of anything else."""
    if (
        not address.startswith("/")
        or address.startswith("//")
        or "\\" in address
        or not address.isprintable()
    ):
        return "/"
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or parts.path.startswith(_NEVER_NEXT):
        return "/"
    return address


def let_through(request: Request, desk: Desk, response: Response, account_id: UUID) -> None:
    """Sign somebody in, in this browser, under a new token."""
    device = device_name(request.headers.get("user-agent", ""))
    token = sign_in(desk, account_id, device, request.cookies.get(COOKIE))
    set_cookie(response, token)
    response.delete_cookie(PENDING_COOKIE, secure=True, httponly=True, samesite="lax")


def remember_pending(response: Response, desk: Desk, account: Account, next_: str) -> None:
    """Let the browser carry the word that the password was right."""
    word = json.dumps([str(account.id), _state(desk, account), own_path(next_)])
    response.set_cookie(
        PENDING_COOKIE,
        desk.secrets.sign(_PENDING, word),
        max_age=_PENDING_SECONDS,
        secure=True,
        httponly=True,
        samesite="lax",
    )


def pending_id(request: Request, desk: Desk) -> UUID | None:
    """Give the id of the account whose password was right in this browser, without asking the database."""
    word = _word(request, desk)
    return UUID(word[0]) if word else None


def find_pending(request: Request, desk: Desk) -> Pending | None:
    """Give whose password was right in this browser; None where that is too long ago, or no longer true."""
    word = _word(request, desk)
    if word is None:
        return None
    account_id, state, next_ = word
    account = find_account(desk.session, UUID(account_id))
    if account is None or account.disabled_at is not None or account.closed_at is not None:
        return None
    return Pending(account, next_) if state == _state(desk, account) else None


def _word(request: Request, desk: Desk) -> list[str] | None:
    cookie = request.cookies.get(PENDING_COOKIE, "")
    signed = desk.secrets.signed(_PENDING, cookie, _PENDING_SECONDS) if cookie else None
    read: list[str] | None = json.loads(signed) if signed else None
    return read


def _state(desk: Desk, account: Account) -> str:
    """Stand for what the word rests on: it does not outlive a new password or another app."""
    rests_on = f"{account.id}:{account.password_hash}:{account.totp_confirmed_at}"
    return desk.secrets.digest(_PENDING, rests_on).hex()
