"""What somebody is shown when a request cannot be answered as it was meant. Errors leave no trace there."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web import errors
from app.web.dates import today
from app.web.logs import log
from app.web.request_log import is_silent
from app.web.templating import page

API = "/api/"
_MEGABYTE = 1024**2
_DIAGNOSTIC = re.compile(r"(/diagnostics/[0-9a-f-]{36})/(brief/)?")
# A form of words beside the largest file.
_SPARE_BYTES = _MEGABYTE
_BY_STATUS: dict[int, type[errors.Problem]] = {
    400: errors.Malformed,
    403: errors.NotAllowed,
    404: errors.NotFound,
    405: errors.NotFound,
}


@dataclass(frozen=True, slots=True)
class WayOn:
    """A page to go on from, and what its link says."""

    address: str
    words: str


def _ways_on(request: Request, error: errors.Problem) -> Iterator[WayOn]:
    """Give the pages that help after an error. Staff who answer a survey have no account to sign in to."""
    if is_silent(request):
        return
    diagnostic = _DIAGNOSTIC.match(request.url.path)
    if diagnostic and isinstance(error, errors.Conflict):
        if diagnostic[2]:
            yield WayOn(f"{diagnostic[1]}/brief", "Go to the brief")
        yield WayOn(diagnostic[1], "Go to the task list")
    # Where nobody could look who asks, both may be true.
    known = getattr(request.state, "person", None) is not None
    yield WayOn("/", "Go to the dashboard" if known else "Sign in, or go to the dashboard")


def _problem(request: Request, error: Exception) -> Response:
    return answer(request, cast("errors.Problem", error))


def _http_error(request: Request, found: Exception) -> Response:
    error = cast("HTTPException", found)
    if error.status_code == errors.TooLarge.status:
        return answer(request, _too_large(request))
    kind = _BY_STATUS.get(error.status_code)
    return answer(request, kind() if kind else errors.Problem(), error.status_code)


def _too_large(request: Request) -> errors.Problem:
    most = request.app.state.settings.upload_megabytes
    return errors.TooLarge(
        f"Files may be up to {most} MB. Nothing was changed. Go back and choose a smaller one."
    )


def _malformed(request: Request, found: Exception) -> Response:
    """A page's address that names nothing possible is not found; an API's payload is told what is wrong."""
    error = cast("RequestValidationError", found)
    if request.url.path.startswith(API):
        wrong = [{"field": ".".join(map(str, one["loc"])), "message": one["msg"]} for one in error.errors()]
        return JSONResponse({"title": "The request is malformed", "errors": wrong}, status_code=422)
    return answer(request, errors.NotFound())


def answer(request: Request, error: errors.Problem, status: int | None = None) -> Response:
    """Give the page of an error, or the same for a program."""
    code = status or error.status
    if request.url.path.startswith(API):
        return JSONResponse({"title": error.title, "message": error.message}, status_code=code)
    try:
        ways_on = tuple(_ways_on(request, error))
        return page(request, "errors/problem.html.j2", status=code, problem=error, ways_on=ways_on)
    except Exception as second:
        log().error("no page for an error", exc_info=second)
        return HTMLResponse(f"<!doctype html><title>{error.title}</title><p>{error.title}", status_code=code)


# By what they are raised as: every failure is answered by a page of ours.
FAILURES = {errors.Problem: _problem, HTTPException: _http_error, RequestValidationError: _malformed}


class Unexpected:
    """Answers what nothing else caught, with a number to quote; only the log says what happened."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def send_noting(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, send_noting)
        except ClientDisconnect:
            # Somebody lost their connection while they sent something: there is nobody to be told.
            return
        except Exception as error:
            request = Request(scope)
            problem = _note(request, error)
            if begun:
                raise
            response = await run_in_threadpool(answer, request, problem)
            await response(scope, receive, send)


def _note(request: Request, error: Exception) -> errors.Problem:
    """Write an error down. Where a route is silent, the line tells the day only and fits no visitor."""
    if is_silent(request):
        log().error("unexpected error on a silent route", timestamp=today().isoformat(), exc_info=error)
        return errors.Problem()
    reference = uuid.uuid4().hex[:8]
    log().error("unexpected error", reference=reference, exc_info=error)
    return errors.Problem(f"Quote this reference if you report it: {reference}.")


class BodyLimit:
    """Takes no more than a file and the form around it, and says so before it reads what is too much."""

    def __init__(self, app: ASGIApp, *, megabytes: int) -> None:
        self.app = app
        self.most = megabytes * _MEGABYTE + _SPARE_BYTES
        self.counting = RequestBodyLimitMiddleware(app, max_body_size=self.most)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            request = Request(scope)
            said = request.headers.get("content-length", "")
            if said.isdecimal() and int(said) > self.most:
                response = await run_in_threadpool(answer, request, _too_large(request))
                await response(scope, receive, send)
                return
        await self.counting(scope, receive, send)
