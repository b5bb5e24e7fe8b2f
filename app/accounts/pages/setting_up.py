"""Setting an app up: the page with its code, and the check of the first code that it shows.

The secret travels in the form, signed for its account; it is kept once a code proves that the app has it.
"""

from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import HTMLResponse

from app.accounts.forms import AppSetUp
from app.accounts.models import Account
from app.accounts.presenters import in_groups, qr_code
from app.accounts.services.desk import Desk
from app.accounts.services.second_step import fitting_step, new_secret
from app.web.forms import Bound
from app.web.templating import page

_PURPOSE = "new app"
_SECONDS = 60 * 60
_WRONG = (
    "The code is wrong. Wait until your app shows the next one, then type that. "
    "If no code works, set your phone’s clock to automatic, or scan the square again"
)
_TOO_OLD = "This page was open for a long time. Scan the new square, then type the code that your app shows"


@dataclass(frozen=True, slots=True)
class Proven:
    """A secret that the app has, and the 30 seconds of its first code; or the form with what is wrong.

    ``is_ours`` tells that the form brought a secret that this account was given, and lately.
    """

    form: Bound[AppSetUp]
    secret: str | None = None
    step: int = 0
    is_ours: bool = True


def set_up_page(
    request: Request, desk: Desk, account: Account, form: Bound[AppSetUp], action: str = "/sign-in/app"
) -> HTMLResponse:
    """Show the code that an app reads; the same again where the first try failed."""
    secret = _secret(desk, account, form.value("secret")) or new_secret()
    return page(
        request,
        "accounts/set_up.html.j2",
        form=form,
        action=action,
        picture=qr_code(secret, account.email or account.name),
        letters=in_groups(secret),
        signed=desk.secrets.sign(_PURPOSE, f"{account.id}:{secret}"),
    )


def check_set_up(desk: Desk, account: Account, bound: Bound[AppSetUp]) -> Proven:
    """Say whether the code proves that the app has the secret."""
    secret = _secret(desk, account, bound.value("secret"))
    if secret is None:
        return Proven(bound.with_error("code", _TOO_OLD), is_ours=False)
    if bound.data is None:
        return Proven(bound)
    step = fitting_step(secret, bound.data.code)
    if step is None:
        return Proven(bound.with_error("code", _WRONG))
    return Proven(bound, secret, step)


def codes_page(request: Request, codes: tuple[str, ...], next_: str, done: str) -> HTMLResponse:
    """Show new recovery codes, this once."""
    return page(request, "accounts/kept_codes.html.j2", codes=codes, next=next_, done=done)


def _secret(desk: Desk, account: Account, signed: str) -> str | None:
    word = desk.secrets.signed(_PURPOSE, signed, _SECONDS) if signed else None
    owner, _, secret = (word or "").partition(":")
    return secret if owner == str(account.id) else None
