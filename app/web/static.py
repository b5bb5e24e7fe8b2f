"""Style sheets, scripts, fonts and the product's mark; browsers keep them until they change."""

from typing import Any

from fastapi import FastAPI
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from app.web.templating import FONTS, STATIC

_A_YEAR = "public, max-age=31536000, immutable"


class _Kept(StaticFiles):
    """Files whose addresses change with them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        answer.headers["cache-control"] = _A_YEAR
        return answer


def mount_static(app: FastAPI) -> None:
    """Serve our files, and the fonts that pages share with the brief."""
    options: dict[str, Any] = {"follow_symlink": False}
    app.mount("/static/fonts", _Kept(directory=FONTS, **options), name="fonts")
    app.mount("/static", _Kept(directory=STATIC, **options), name="static")
