"""The web service: rooms, protection and errors put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

from fastapi import Depends, FastAPI, Request
from fastapi.responses import Response
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import Receive, Scope, Send

from app.accounts.pages.signed_out import ask_to_sign_in
from app.database.engine import check_engine
from app.database.session import Database
from app.rooms import BALLOT_ROUTES, ROUTERS
from app.settings import Settings
from app.survey.respondent.pages import HANDLERS
from app.web import errors
from app.web.failures import API, FAILURES, BodyLimit, Unexpected, answer
from app.web.logs import set_up_logs
from app.web.protection import Protection, check_form
from app.web.request_log import RequestLog, Silent
from app.web.secrets import load_secrets
from app.web.sheets import Sheets
from app.web.static import mount_static


class Service(FastAPI):
    """The whole service. Staff who answer have a door of their own, past all that looks at other requests."""

    def __init__(self, respondents: Starlette, **more: Any) -> None:
        super().__init__(**more)
        self.respondents = respondents
        self.respondents.state = self.state
        # What stands before a place for a token, so that also a wrong address goes past the log.
        self._door = tuple({route.path.split("{")[0] for route in BALLOT_ROUTES})

    def use(self, settings: Settings, database: Database) -> None:
        """Serve the pages of a database, from now on."""
        self.state.settings, self.state.database = settings, database
        self.state.secrets, self.state.sheets = load_secrets(settings), Sheets(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "http" and scope["path"].startswith(self._door):
            await self.respondents(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def create_app(settings: Settings, database: Database | None = None) -> Service:
    """Make the service.

    Raises
    ------
    app.database.engine.UnsafeDatabase
        At start, where the database is not set as the promises need.
    """
    set_up_logs(settings.log_format)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        try:
            check_engine(app.state.database.engine)
            yield
        finally:
            app.state.database.close()

    # From the outside in. What is refused or goes wrong within has its headers.
    within = [
        Middleware(TrustedHostMiddleware, allowed_hosts=list(settings.hosts), www_redirect=False),
        Middleware(Unexpected),
    ]
    # An address that holds a link's token is told to no other page.
    telling_nobody = Middleware(Protection, secure=settings.secure, referrer="no-referrer")
    app = Service(
        # Nothing here writes a line for a request, and nothing measures or traces one.
        Starlette(
            routes=BALLOT_ROUTES,
            middleware=[Middleware(Silent), telling_nobody, *within],
            exception_handlers={**FAILURES, **HANDLERS},
        ),
        title="Evidence-use diagnostic",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lifespan,
        # The framework would measure and trace every request, once told where to.
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
        middleware=[
            Middleware(RequestLog),
            Middleware(Protection, secure=settings.secure),
            *within,
            Middleware(BodyLimit, megabytes=settings.upload_megabytes),
        ],
        exception_handlers={**FAILURES, errors.SignInNeeded: _sign_in_needed},
    )
    app.use(settings, database or Database.at(settings.address))
    mount_static(app)
    for router in ROUTERS:
        app.include_router(router, dependencies=[Depends(check_form)])
    return app


def from_environment() -> Service:
    """Make the service from the environment's settings, in each of several processes."""
    return create_app(Settings())


async def _sign_in_needed(request: Request, error: Exception) -> Response:
    needed = cast("errors.SignInNeeded", error)
    if request.url.path.startswith(API):
        return answer(request, needed)
    return await ask_to_sign_in(request, needed)
