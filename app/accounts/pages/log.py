"""The log, for programme leads. The names in it belong to accounts, so its page is in this room."""

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from app.accounts.access import InTheService
from app.accounts.pages.people import PageNumber, Short
from app.accounts.person import Capability
from app.accounts.presenters import accounts_in, action_choices, authority_choices, log_pages, log_rows
from app.accounts.queries import find_authorities, find_names
from app.audit.queries import Sought, find_actions, find_entries
from app.database.session import SessionDep
from app.web.forms import shown
from app.web.templating import page

router = APIRouter(prefix="/log", dependencies=[Depends(InTheService(Capability.MANAGE_SERVICE))])


@router.get("")
def show_log(
    request: Request,
    session: SessionDep,
    authority: Short = "",
    action: Short = "",
    page_number: PageNumber = 1,
) -> Response:
    """List what was done, the newest first."""
    sought = Sought(authority, action, page_number)
    found = find_entries(session, sought)
    authorities = find_authorities(session)
    return page(
        request,
        "audit/log.html.j2",
        filters=shown(authority=authority, action=action),
        is_filtered=bool(authority or action),
        rows=log_rows(found.entries, find_names(session, accounts_in(found.entries)), authorities),
        total=found.total,
        authorities=authority_choices(authorities, "All councils"),
        actions=action_choices(find_actions(session)),
        pages=log_pages(sought, found.total),
    )
