"""Routes for pages that very many open at once: they call what they need, instead of having it found out.

FastAPI works out anew with every request what an endpoint and its dependencies want. That is convenient, and
for such a page takes as long as its question to the database. These routes know it from the start.
"""

from collections.abc import Callable, Iterator
from inspect import iscoroutinefunction, signature
from typing import TypeVar
from urllib.parse import parse_qsl

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from app.web.errors import Malformed, TooMuchText
from app.web.hands import Hands

# What lets a request in, or raises. The form is empty where a page is only looked at.
Check = Callable[[Request, FormData], None]
E = TypeVar("E", bound=Callable[..., Response])
_REQUEST, _FORM = "request", "form"
_FORMS = "application/x-www-form-urlencoded"
_MOST_FIELDS = 1000
# More than anybody types, also where every character is written as twelve.
_MOST_BYTES = 1024**2
# Few: a thread waits for the others whenever it comes back from encrypting or from the database, and with 40
# that took a sixth of all work.
_HANDS = Hands(6, "plain-route")


class PlainEndpoint:
    """What answers one address: a check, then a plain function, both in one thread.

    The function takes the request, the words of the address, and the form where it wants one.
    """

    def __init__(self, check: Check, endpoint: Callable[..., Response]) -> None:
        self.check, self.endpoint = check, endpoint
        self._takes_form = _FORM in signature(endpoint).parameters

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        request = Request(scope, receive, send)
        form = await _sent(request) if request.method == "POST" else FormData()
        response = await _HANDS.do(self._answer, request, form)
        await response(scope, receive, send)

    def _answer(self, request: Request, form: FormData) -> Response:
        self.check(request, form)
        more = {_FORM: form} if self._takes_form else {}
        return self.endpoint(request, **request.path_params, **more)


class PlainRoutes:
    """Routes that share a check."""

    def __init__(self, check: Check) -> None:
        self._check = check
        self._routes: list[Route] = []

    def __iter__(self) -> Iterator[Route]:
        return iter(self._routes)

    def get(self, path: str) -> Callable[[E], E]:
        """Have a function show a page."""
        return self._adding(path, "GET")

    def post(self, path: str) -> Callable[[E], E]:
        """Have a function take a form."""
        return self._adding(path, "POST")

    def _adding(self, path: str, method: str) -> Callable[[E], E]:
        def add(endpoint: E) -> E:
            answering = PlainEndpoint(self._check, endpoint)
            route = Route(path, answering, methods=[method], name=endpoint.__name__)
            wanted = set(signature(endpoint).parameters)
            if iscoroutinefunction(endpoint) or wanted - {_FORM} != {_REQUEST, *route.param_convertors}:
                raise TypeError(f"{endpoint} is not an endpoint for a plain route")
            self._routes.append(route)
            return endpoint

        return add


async def _sent(request: Request) -> FormData:
    """Read a form as browsers send it where it has no files; anything else is an empty one.

    Raises
    ------
    Malformed, TooMuchText
        Where it has more fields, or is longer, than any that our pages send.
    """
    if not request.headers.get("content-type", "").startswith(_FORMS):
        return FormData()
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _MOST_BYTES:
            raise TooMuchText
    try:
        found = parse_qsl(body.decode("latin-1"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise Malformed from error
    return FormData(list[tuple[str, str | UploadFile]](found))
