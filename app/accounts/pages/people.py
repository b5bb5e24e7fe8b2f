"""The people of the whole service, for programme leads."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from app.accounts.access import InTheService, PersonDep
from app.accounts.forms import Invitation
from app.accounts.person import Capability, Role
from app.accounts.presenters import (
    all_roles,
    authority_choices,
    people_headings,
    people_pages,
    person_rows,
    role_choices,
)
from app.accounts.queries import Wanted, find_authorities, find_people
from app.accounts.services.desk import Desk, DeskDep
from app.accounts.services.joining import invite
from app.accounts.services.refusals import Refused
from app.web.forms import Bound, bind, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page

router = APIRouter(prefix="/people", dependencies=[Depends(InTheService(Capability.MANAGE_SERVICE))])
PageNumber = Annotated[int, Query(alias="page", ge=1, le=10_000)]
Short = Annotated[str, Query(max_length=100)]


@router.get("")
def show_people(
    request: Request,
    desk: DeskDep,
    q: Short = "",
    sort: Short = "name",
    order: Short = "asc",
    closed: Short = "",
    page_number: PageNumber = 1,
) -> Response:
    """List people, found by words and sorted by a column."""
    wanted = Wanted(q.strip(), sort, order == "desc", closed == "yes", page_number)
    found = find_people(desk.session, wanted)
    return page(
        request,
        "accounts/people.html.j2",
        wanted=wanted,
        total=found.total,
        headings=people_headings(wanted),
        rows=person_rows(found, find_authorities(desk.session), "/people"),
        pages=people_pages(wanted, found),
    )


@router.get("/invite")
def show_invite(request: Request, desk: DeskDep) -> Response:
    """Ask whom to invite, as what, and where."""
    return _page(request, desk, shown())


@router.post("/invite")
def send_invite(request: Request, desk: DeskDep, person: PersonDep, form: FormDep) -> Response:
    """Invite them."""
    bound = bind(Invitation, form)
    if bound.data is None:
        return _page(request, desk, bound)
    sent = bound.data
    wrong = why_not_there(desk, sent.role, sent.authority)
    if wrong:
        return _page(request, desk, bound.with_error("authority", wrong))
    try:
        account = invite(desk, person, sent.name, sent.email, sent.role, sent.authority or None)
    except Refused as refused:
        return _page(request, desk, bound.with_error("email", refused.message))
    return redirect(request, f"/people/{account.id}", done_inviting(account.joined_at is None))


def done_inviting(is_new: bool) -> str:
    """Say what an invitation did."""
    if is_new:
        return "The invitation is on its way. Its link works for seven days."
    return "This person had an account already. They have the role now, and we have told them."


def why_not_there(desk: Desk, role: Role, authority_code: str) -> str:
    """Say what is wrong with a role and a place together; nothing where they fit."""
    if role == Role.PROGRAMME_LEAD:
        return "A programme lead belongs to no council. Choose “No council”" if authority_code else ""
    if not authority_code:
        return "Choose a council"
    return "" if find_authorities(desk.session, [authority_code]) else "Choose a council from the list"


def _page(request: Request, desk: Desk, form: Bound[Invitation]) -> Response:
    return page(
        request,
        "accounts/invite.html.j2",
        form=form,
        place="",
        roles=role_choices(all_roles()),
        authorities=authority_choices(find_authorities(desk.session), "No council"),
        back="/people",
        breadcrumbs=[{"text": "People", "href": "/people"}],
    )
