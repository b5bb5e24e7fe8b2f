"""The progress of a quarter: as a page to print, and as a workbook."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from app.accounts.queries import names_of
from app.actions.presenters import actions_address, trail
from app.actions.progress.presenters import Sheet, asked_quarter, progress_sheet, quarters
from app.actions.progress.workbook import XLSX, progress_workbook
from app.actions.queries import actions_of, notes_of
from app.commissioning.access import SeenDiagnostic
from app.commissioning.frameworks import framework_named
from app.commissioning.models import Diagnostic
from app.database.session import SessionDep
from app.web.dates import today, uk_date
from app.web.forms import shown
from app.web.templating import page

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/actions/progress")
Asked = Annotated[str, Query(max_length=10)]


@router.get("")
def show_progress(
    request: Request, session: SessionDep, diagnostic: SeenDiagnostic, quarter: Asked = ""
) -> HTMLResponse:
    """Show a quarter on a page that prints well."""
    known = quarters(actions_of(session, diagnostic.id), today())
    sheet = _sheet(session, diagnostic, quarter)
    return page(
        request,
        "actions/progress.html.j2",
        sheet=sheet,
        as_of=uk_date(sheet.as_of),
        council=diagnostic.authority.name,
        wave=diagnostic.wave,
        search=shown(quarter=sheet.quarter.key),
        choices=[{"value": one.key, "text": one.name} for one in known],
        address=actions_address(diagnostic, "/progress"),
        empty=not sheet.rows and not sheet.later,
        breadcrumbs=trail(diagnostic),
    )


# In a folder of its own, as a name with a dot would be taken for an action.
@router.get("/progress.xlsx")
def give_workbook(session: SessionDep, diagnostic: SeenDiagnostic, quarter: Asked = "") -> Response:
    """Give a quarter as a workbook."""
    sheet = _sheet(session, diagnostic, quarter)
    name = f"progress-{diagnostic.authority_code}-wave-{diagnostic.wave}-{sheet.quarter.key}.xlsx"
    return Response(
        progress_workbook(sheet, diagnostic.authority.name, diagnostic.wave),
        media_type=XLSX,
        headers={
            "content-disposition": f'attachment; filename="{name}"',
            "cache-control": "private, no-store",
        },
    )


def _sheet(session: SessionDep, diagnostic: Diagnostic, asked: str) -> Sheet:
    actions, day = actions_of(session, diagnostic.id), today()
    return progress_sheet(
        asked_quarter(quarters(actions, day), asked),
        actions,
        notes_of(session, [one.id for one in actions]),
        names_of(session, [one.owner_id for one in actions if one.owner_id is not None]),
        framework_named(diagnostic.framework),
        day,
    )
