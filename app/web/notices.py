"""One sentence for the next page: what was just done. It travels in a signed cookie and is shown once."""

from urllib.parse import quote

from fastapi import Request
from fastapi.responses import RedirectResponse

from app.web.protection import NOTICE_COOKIE
from app.web.secrets import Secrets

_PURPOSE = "notice"
_SECONDS = 60


def redirect(request: Request, address: str, notice: str = "") -> RedirectResponse:
    """Send the browser on to another page of ours, after something was done."""
    if not address.startswith("/") or address.startswith("//") or "\\" in address:
        address = "/"
    answer = RedirectResponse(quote(address, safe="/:?#[]@!$&'()*+,;=%-._~"), status_code=303)
    if notice:
        secrets: Secrets = request.app.state.secrets
        answer.set_cookie(
            NOTICE_COOKIE,
            secrets.sign(_PURPOSE, notice),
            max_age=_SECONDS,
            secure=True,
            httponly=True,
            samesite="lax",
        )
    return answer


def take_notice(request: Request) -> str:
    """Give the notice that this page should show, if any; the answer makes the browser forget it."""
    cookie = request.cookies.get(NOTICE_COOKIE)
    if not cookie:
        return ""
    secrets: Secrets = request.app.state.secrets
    request.state.notice_shown = True
    return secrets.signed(_PURPOSE, cookie, _SECONDS) or ""
