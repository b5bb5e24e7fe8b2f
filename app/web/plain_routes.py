"""Routes for pages that very many open at once: they call what they need, instead of having it found out.

FastAPI works out anew with every request what an endpoint and its dependencies want. That is convenient, and
for such a page takes as long as its question to the database. These routes know it from the start.
"""

from asyncio import get_running_loop
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from inspect import iscoroutinefunction, signature
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from fastapi.routing import APIRoute
from starlette.types import Receive, Scope, Send

from app.web.protection import form_data

_REQUEST, _FORM = "request", "form"
# Few: a thread waits for the others whenever it comes back from encrypting or from the database, and with 40
# that took a sixth of all work. To change to one of Starlette's takes twice as long, since it could also be
# given up halfway, which a page that is being kept must not be.
_THREADS = ThreadPoolExecutor(4, thread_name_prefix="plain-route")


class PlainRoute(APIRoute):
    """A route whose endpoint takes the request, the form where it wants one, and the words of its address.

    The endpoint is a plain function and runs in a thread. Its dependencies are awaited before, in their
    order, with the request alone; what they give is not used. They are those of the route and of its own
    router: whoever includes that router can add none.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Make what answers a request.

        Raises
        ------
        TypeError
            Where the endpoint or a dependency is one that only FastAPI could call.
        """
        endpoint: Callable[..., Response] = self.endpoint
        checks: list[Any] = [dependency.dependency for dependency in self.dependencies]
        wanted = list(signature(endpoint).parameters)
        words = set(self.param_convertors)
        if iscoroutinefunction(endpoint) or set(wanted) - words - {_FORM} != {_REQUEST}:
            raise TypeError(f"{endpoint} is not an endpoint for a plain route")
        for check in checks:
            if not (iscoroutinefunction(check) or iscoroutinefunction(type(check).__call__)):
                raise TypeError(f"{check} is not a dependency for a plain route")

        async def answer(request: Request) -> Response:
            try:
                for check in checks:
                    await check(request)
                given: dict[str, Any] = dict(request.path_params)
                if _FORM in wanted:
                    given[_FORM] = await form_data(request)
                return await get_running_loop().run_in_executor(_THREADS, partial(endpoint, request, **given))
            finally:
                await request.close()

        self._answer = answer
        return answer

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, without the places where FastAPI keeps dependencies that end after the answer."""
        if scope["method"] not in (self.methods or ()):
            await super().handle(scope, receive, send)
            return
        response = await self._answer(Request(scope, receive, send))
        await response(scope, receive, send)
