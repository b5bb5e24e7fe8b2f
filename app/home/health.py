"""For whatever watches the service: whether it runs, and whether it can do its work. It says no more."""

from fastapi import APIRouter, Depends, Request
from fastapi.responses import PlainTextResponse

from app.accounts.access import Everyone
from app.database.revision import is_ready
from app.web.request_log import silent

router = APIRouter()
_LOOKING = ["GET", "HEAD"]


@router.api_route("/health/live", methods=_LOOKING, dependencies=[Depends(Everyone())])
@silent
def live() -> PlainTextResponse:
    """Say that the process answers."""
    return PlainTextResponse("live")


@router.api_route("/health/ready", methods=_LOOKING, dependencies=[Depends(Everyone())])
@silent
def ready(request: Request) -> PlainTextResponse:
    """Say whether the database can be used, and is as the code needs it."""
    if is_ready(request.app.state.database.engine):
        return PlainTextResponse("ready")
    return PlainTextResponse("not ready", status_code=503)
