"""What somebody meets who is not, or no longer, signed in. What they typed is not lost."""

from urllib.parse import quote

from fastapi import Request
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from app.web.errors import Problem
from app.web.notices import redirect
from app.web.protection import TOKEN_FIELD, form_data
from app.web.templating import page

# What must not stand in a page, even for its owner.
_NOT_KEPT = ("password", "current", "code", "secret", TOKEN_FIELD)
_OWN_ACCOUNT = "/account"


async def ask_to_sign_in(request: Request, error: Problem) -> Response:
    """Send whoever wants to see a page to sign in first; keep what somebody sent until they have.

    A form that arrives after its sender was signed out comes back as a page that holds all its answers, to be
    sent again once they have signed in in another tab.
    """
    address = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    if request.method in ("GET", "HEAD"):
        return redirect(request, "/sign-in" if address == "/" else f"/sign-in?next={quote(address, safe='')}")
    sent = await form_data(request)
    answers = [
        (name, value)
        for name, value in sent.multi_items()
        if isinstance(value, str) and name not in _NOT_KEPT
    ]
    has_file = any(isinstance(value, UploadFile) and value.filename for value in sent.values())
    if request.url.path.startswith(_OWN_ACCOUNT) or not answers:
        return redirect(request, "/sign-in")
    return page(
        request,
        "accounts/signed_out.html.j2",
        status=error.status,
        answers=answers,
        has_file=has_file,
        address=address,
    )
