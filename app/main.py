"""The web service: rooms, protection and errors put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI, Request
from fastapi.responses import Response
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from app.accounts.pages.signed_out import ask_to_sign_in
from app.database.engine import check_engine
from app.database.session import Database
from app.rooms import BALLOT_ROUTERS, ROUTERS
from app.settings import Settings
from app.survey.respondent.pages import HANDLERS
from app.web import errors
from app.web.failures import API, BodyLimit, Unexpected, answer, handle_failures
from app.web.logs import set_up_logs
from app.web.protection import Protection, check_form
from app.web.request_log import RequestLog
from app.web.secrets import load_secrets
from app.web.sheets import Sheets
from app.web.static import mount_static


def create_app(settings: Settings, database: Database | None = None) -> FastAPI:
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

    app = FastAPI(
        title="Evidence-use diagnostic",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lifespan,
        # The framework would measure and trace every request, silent routes too, once told where to.
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
        # From the outside in. What is refused or goes wrong within is logged, and has its headers.
        middleware=[
            Middleware(RequestLog),
            Middleware(Protection, secure=settings.secure),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(settings.hosts), www_redirect=False),
            Middleware(Unexpected),
            Middleware(BodyLimit, megabytes=settings.upload_megabytes),
        ],
    )
    app.state.settings = settings
    app.state.database = database or Database.at(settings.address)
    app.state.secrets = load_secrets(settings)
    app.state.sheets = Sheets(settings)
    mount_static(app)
    # Addresses are looked for in this order; those of staff who answer come first.
    for router in BALLOT_ROUTERS:
        app.include_router(router)
    for router in ROUTERS:
        app.include_router(router, dependencies=[Depends(check_form)])
    for kind, handler in HANDLERS.items():
        app.add_exception_handler(kind, handler)
    handle_failures(app)
    app.exception_handler(errors.SignInNeeded)(_sign_in_needed)
    return app


def from_environment() -> FastAPI:
    """Make the service from the environment's settings, in each of several processes."""
    return create_app(Settings())


async def _sign_in_needed(request: Request, error: errors.SignInNeeded) -> Response:
    if request.url.path.startswith(API):
        return answer(request, error)
    return await ask_to_sign_in(request, error)
