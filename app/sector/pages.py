"""The page across councils, for programme leads, and each of its tables as a file."""

import csv
import io

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from app.accounts.access import InTheService
from app.accounts.person import Capability
from app.database.session import SessionDep
from app.library.entries import library_framework
from app.profiles.queries import published_in_order
from app.sector.presenters import Group, groups, why_nothing
from app.web.errors import NotFound
from app.web.templating import page

router = APIRouter(prefix="/sector")
_Leads = Depends(InTheService(Capability.MANAGE_SERVICE))


def _groups(session: SessionDep) -> tuple[Group, ...]:
    names = {step.id: step.title for step in library_framework().steps}
    return groups(published_in_order(session), names)


@router.get("", dependencies=[_Leads])
def show_sector(request: Request, session: SessionDep) -> HTMLResponse:
    """Show what councils have in common."""
    return page(request, "sector/sector.html.j2", groups=_groups(session), why_nothing=why_nothing())


@router.get("/{version}/{table}.csv", dependencies=[_Leads])
def download_table(session: SessionDep, version: str, table: str) -> Response:
    """Give a table as it is shown."""
    for group in _groups(session):
        for one in group.tables:
            if (group.key, one.id) == (version, table):
                text = io.StringIO()
                csv.writer(text).writerows([one.columns, *one.rows])
                name = f"sector-{one.id}.csv"
                return Response(
                    "\ufeff" + text.getvalue(),
                    media_type="text/csv; charset=utf-8",
                    headers={"Content-Disposition": f'attachment; filename="{name}"'},
                )
    raise NotFound("This table is not shown at the moment.")
