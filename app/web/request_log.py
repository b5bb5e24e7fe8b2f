"""One line a request: method, route, status and how long it took. Not who asked, nor what for.

A route that is marked as `silent` leaves no line, and neither does any address that begins as it does.
"""

import time
from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import Request
from fastapi.routing import iter_route_contexts
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.logs import log

_SILENT = "leaves_no_line_in_the_log"
_NOT_ROUTED = "none"
_STATIC = ("/static/",)
E = TypeVar("E", bound=Callable[..., Any])


def silent(endpoint: E) -> E:
    """Mark an endpoint whose requests leave no line. It stands beneath the decorator of its route."""
    setattr(endpoint, _SILENT, True)
    return endpoint


def is_silent(request: Request) -> bool:
    """Say whether nothing may be written of a request."""
    return bool(getattr(request.state, "silent", False))


class Silent:
    """Marks every request of an application whose log no visitor may stand in."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("state", {})["silent"] = True
        await self.app(scope, receive, send)


class RequestLog:
    """Writes the lines."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._beginnings: tuple[str, ...] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self._is_silent(scope):
            await self.app(scope, receive, send)
            return
        began, status = time.perf_counter(), 0

        async def send_noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        await self.app(scope, receive, send_noting)
        route = getattr(scope.get("route"), "path", _NOT_ROUTED)
        took = round(1000 * (time.perf_counter() - began))
        log().info("request", method=scope["method"], route=route, status=status, ms=took)

    def _is_silent(self, scope: Scope) -> bool:
        """Say whether an address leaves no line. It is asked before routing, which may never happen."""
        if self._beginnings is None:
            routes = iter_route_contexts(scope["app"].routes)
            self._beginnings = _STATIC + tuple(
                (route.path or "").split("{", maxsplit=1)[0]
                for route in routes
                if getattr(route.endpoint, _SILENT, False)
            )
        found: bool = scope["path"].startswith(self._beginnings)
        scope.setdefault("state", {})["silent"] = found
        return found
