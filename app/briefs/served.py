"""A document of ours as an answer: a page of it may do nothing, and a browser need not load it twice."""

from collections.abc import Mapping

from fastapi import Request
from fastapi.responses import Response

# It stands alone: its style and fonts are inside it, it has no scripts, and it may not act for a person.
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "font-src data:",
        "img-src data:",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation",
    )
)
# A browser reads these itself; anything else it saves.
_SHOWN = ("text/html", "application/pdf")


def document(data: bytes, media_type: str, name: str, headers: Mapping[str, str] | None = None) -> Response:
    """Answer with a document; ``name`` is that of the file if it is saved."""
    shown = media_type.startswith(_SHOWN)
    told = {
        "content-disposition": f'{"inline" if shown else "attachment"}; filename="{name}"',
        **(headers or {}),
    }
    if media_type.startswith("text/html"):
        told["content-security-policy"] = _POLICY
    return Response(data, media_type=media_type, headers=told)


def kept(sha256: str) -> Mapping[str, str]:
    """Give the headers of bytes that never change: a browser keeps them, and asks if it may show them."""
    return {"etag": f'"{sha256}"', "cache-control": "private, no-cache"}


def has_already(request: Request, sha256: str) -> bool:
    """Say whether a browser that asks has these bytes already."""
    known = request.headers.get("if-none-match", "")
    tags = {one.strip().removeprefix("W/") for one in known.split(",")}
    return f'"{sha256}"' in tags or known.strip() == "*"
