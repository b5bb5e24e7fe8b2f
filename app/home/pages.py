"""The first page: what waits for whoever is signed in."""

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from app.accounts.access import AnyoneSignedIn, PersonDep
from app.commissioning.queries import diagnostics_seen_by
from app.database.session import SessionDep
from app.web.templating import page

router = APIRouter()


@router.get("/", dependencies=[Depends(AnyoneSignedIn())])
def dashboard(request: Request, session: SessionDep, person: PersonDep) -> HTMLResponse:
    """Show the diagnostics that this person may see."""
    return page(request, "home/dashboard.html.j2", diagnostics=diagnostics_seen_by(session, person))
