"""What goes around every request: security headers, the nonce of its scripts, and the token of its forms.

A form carries a token that is signed for the visitor's cookie. A page of another site can neither read the
one nor set the other; and browsers say themselves where a request came from.
"""

import secrets
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.database.session import SAFE_METHODS
from app.web.errors import FormExpired
from app.web.secrets import Secrets

VISIT_COOKIE = "__Host-visit"
NOTICE_COOKIE = "__Host-notice"
TOKEN_FIELD = "form-token"  # noqa: S105
TOKEN_HEADER = "x-form-token"  # noqa: S105
_PURPOSE = "form"
_TOKEN_SECONDS = 12 * 60 * 60
# As bytes in a list, since every answer takes them: a page may say the first ones otherwise, none the others.
_POLICY = b"content-security-policy"
_REFERRER, _CACHE = b"referrer-policy", (b"cache-control", b"no-store")
_ALWAYS = {
    b"x-content-type-options": b"nosniff",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
}
_OVER_HTTPS = {b"strict-transport-security": b"max-age=63072000; includeSubDomains"}
# Under which a request keeps the cookie that it will be given.
_NEW_VISIT = "new_visit"
_OWN_PAGES = frozenset({"same-origin", "none"})


def content_security_policy(nonce: str) -> str:
    """Say what a page may load and do: only what is ours, and no script or style that stands in the page."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce}'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


class Protection:
    """Adds the headers to every answer, and gives every visitor whose page has a form a cookie for it.

    ``referrer`` is what pages tell of their address to wherever their links lead.
    """

    def __init__(self, app: ASGIApp, *, secure: bool, referrer: str = "same-origin") -> None:
        self.app = app
        self._unless_said = (_REFERRER, referrer.encode("ascii")), _CACHE
        self._always = _ALWAYS | (_OVER_HTTPS if secure else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state["nonce"] = secrets.token_urlsafe(16)

        async def send_protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._protect(message, state["nonce"])
                if _NEW_VISIT in state:
                    _set_cookie(message, f"{VISIT_COOKIE}={state[_NEW_VISIT]}")
                if "notice_shown" in state:
                    _set_cookie(message, f"{NOTICE_COOKIE}=; Max-Age=0")
            await send(message)

        await self.app(scope, receive, send_protected)

    def _protect(self, message: Message, nonce: str) -> None:
        headers = [one for one in message["headers"] if one[0] not in self._always]
        said = {name for name, _ in headers}
        if _POLICY not in said:
            headers.append((_POLICY, content_security_policy(nonce).encode("ascii")))
        headers += [one for one in self._unless_said if one[0] not in said]
        headers += self._always.items()
        message["headers"] = headers


def _set_cookie(message: Message, words: str) -> None:
    message["headers"].append(
        (b"set-cookie", f"{words}; Path=/; Secure; HttpOnly; SameSite=Lax".encode("ascii"))
    )


def form_token(request: Request) -> str:
    """Give the token of this visitor's forms."""
    known = request.cookies.get(VISIT_COOKIE)
    if not known:
        state = request.scope["state"]
        known = state.setdefault(_NEW_VISIT, secrets.token_urlsafe(32))
    secrets_: Secrets = request.app.state.secrets
    return secrets_.sign(_PURPOSE, known)


async def form_data(request: Request) -> FormData:
    """Read the body as a form, once."""
    return await request.form(max_files=20, max_fields=20_000, max_part_size=4 * 1024 * 1024)


FormDep = Annotated[FormData, Depends(form_data)]


async def check_form(request: Request) -> AsyncIterator[None]:
    """Check a request as `check_sent` does, and close its files after it."""
    try:
        await check_sent(request)
        yield
    finally:
        await request.close()


async def check_sent(request: Request) -> None:
    """Let a request change something only where it came from a page of ours.

    Raises
    ------
    FormExpired
        Where the browser says that another site sent it, or the token is missing or wrong.
    """
    if request.method not in SAFE_METHODS:
        content = request.headers.get("content-type", "")
        sent = content.startswith(("application/x-www-form-urlencoded", "multipart/form-data"))
        check_form_sent(request, await form_data(request) if sent else FormData())


def check_form_sent(request: Request, form: FormData) -> None:
    """Let a form that has been read change something only where it came from a page of ours.

    Raises
    ------
    FormExpired
        Where the browser says that another site sent it, or the token is missing or wrong.
    """
    came_from = request.headers.get("sec-fetch-site")
    if came_from is not None and came_from not in _OWN_PAGES:
        raise FormExpired("This form was sent from another website, so nothing was changed.")
    known = request.cookies.get(VISIT_COOKIE)
    token = request.headers.get(TOKEN_HEADER) or form.get(TOKEN_FIELD)
    secrets_: Secrets = request.app.state.secrets
    signed = secrets_.signed(_PURPOSE, token, _TOKEN_SECONDS) if isinstance(token, str) else None
    if signed is None or signed != known:
        raise FormExpired(
            "The page was open for a long time, or your browser does not keep cookies. Nothing was changed. "
            "Go back, copy anything you do not want to type again, load the page anew and send it once more."
        )
