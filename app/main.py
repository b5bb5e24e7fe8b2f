"""The web service: rooms, protection and errors put together."""

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from app.database.engine import check_engine
from app.database.session import Database
from app.rooms import ROUTERS
from app.settings import Settings
from app.web import errors
from app.web.body_limit import BodyLimit
from app.web.notices import redirect
from app.web.protection import Protection, check_form
from app.web.secrets import load_secrets
from app.web.static import mount_static
from app.web.templating import page

API = "/api/"
# A form of words beside the largest file.
_SPARE_BYTES = 1024 * 1024
_log = structlog.get_logger("diagnostic")
_BY_STATUS: dict[int, type[errors.Problem]] = {
    403: errors.NotAllowed,
    404: errors.NotFound,
    405: errors.NotFound,
    413: errors.TooLarge,
}


def create_app(settings: Settings, database: Database | None = None) -> FastAPI:
    """Make the service.

    Raises
    ------
    app.database.engine.UnsafeDatabase
        At start, where the database is not set as the promises need.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        check_engine(app.state.database.engine)
        yield
        app.state.database.close()

    app = FastAPI(
        title="Evidence-use diagnostic",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lifespan,
        dependencies=[Depends(check_form)],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=list(settings.hosts), www_redirect=False),
            Middleware(Protection, secure=settings.secure),
            Middleware(BodyLimit, max_body_size=settings.upload_megabytes * 1024**2 + _SPARE_BYTES),
        ],
    )
    app.state.settings = settings
    app.state.database = database or Database.at(settings.address)
    app.state.secrets = load_secrets(settings)
    mount_static(app)
    for router in ROUTERS:
        app.include_router(router)
    app.exception_handler(errors.Problem)(_problem)
    app.exception_handler(HTTPException)(_http_error)
    app.exception_handler(RequestValidationError)(_malformed)
    app.exception_handler(Exception)(_unexpected)
    return app


def _problem(request: Request, error: errors.Problem) -> Response:
    if isinstance(error, errors.SignInNeeded) and not request.url.path.startswith(API):
        wanted = request.url.path if request.method == "GET" else "/"
        return redirect(request, "/sign-in" if wanted == "/" else f"/sign-in?next={wanted}")
    return _answer(request, error)


def _http_error(request: Request, error: HTTPException) -> Response:
    kind = _BY_STATUS.get(error.status_code, errors.Problem)
    most: int = request.app.state.settings.upload_megabytes
    words = f"Nothing was saved. The most that can be sent is {most} MB." if kind is errors.TooLarge else ""
    return _answer(request, kind(words), error.status_code)


def _malformed(request: Request, error: RequestValidationError) -> Response:
    """A page's address that names nothing possible is not found; an API's payload is told what is wrong."""
    if request.url.path.startswith(API):
        found = [{"field": ".".join(map(str, one["loc"])), "message": one["msg"]} for one in error.errors()]
        return JSONResponse({"title": "The request is malformed", "errors": found}, status_code=422)
    return _answer(request, errors.NotFound())


def _unexpected(request: Request, error: Exception) -> Response:
    """Show a number to quote, never what happened; the log has both, and nothing of what was sent."""
    reference = uuid.uuid4().hex[:8]
    _log.error("unexpected error", reference=reference, kind=type(error).__name__, exc_info=error)
    return _answer(request, errors.Problem(f"Quote this reference if you report it: {reference}."))


def _answer(request: Request, error: errors.Problem, status: int | None = None) -> Response:
    code = status or error.status
    if request.url.path.startswith(API):
        return JSONResponse({"title": error.title, "message": error.message}, status_code=code)
    try:
        return page(request, "errors/problem.html.j2", status=code, problem=error)
    except Exception as second:
        _log.error("no page for an error", kind=type(second).__name__, exc_info=second)
        return HTMLResponse(f"<!doctype html><title>{error.title}</title><p>{error.title}", status_code=code)
