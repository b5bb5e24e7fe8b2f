"""The first page of the fieldwork: what is planned, what is done, and the records."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.accounts.access import PersonDep
from app.commissioning.access import SeenDiagnostic
from app.commissioning.frameworks import framework_of
from app.commissioning.models import DRAFT
from app.database.session import SessionDep
from app.fieldwork.access import gathers
from app.fieldwork.presenters import breadcrumbs, fieldwork_address, record_address, record_name
from app.fieldwork.queries import areas_of, purged_on, records_of
from app.web.templating import page

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/fieldwork")


@router.get("")
def board(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: SeenDiagnostic
) -> HTMLResponse:
    """Show how far the fieldwork is; its records only to those who gather."""
    deleted_on = purged_on(session, diagnostic.id)
    may_gather = gathers(session, person, diagnostic) and deleted_on is None
    framework, areas = framework_of(diagnostic), areas_of(session, diagnostic.id)
    records = records_of(session, diagnostic.id) if may_gather else ()
    return page(
        request,
        "fieldwork/board.html.j2",
        diagnostic=diagnostic,
        begun=diagnostic.with_fieldwork and diagnostic.state != DRAFT,
        may_gather=may_gather,
        deleted_on=deleted_on,
        records=[(record_name(framework, one, areas), record_address(one, "/notes")) for one in records],
        address=fieldwork_address(diagnostic),
        breadcrumbs=breadcrumbs(diagnostic, top=True),
    )
