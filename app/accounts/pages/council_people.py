"""The people of one council, for its commissioners and for programme leads."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from app.accounts.access import InTheAuthority, PersonDep
from app.accounts.forms import CouncilInvitation, CouncilRole
from app.accounts.models import Account
from app.accounts.pages.deeds import ask, carry_out, deed_found, person_found, possible
from app.accounts.pages.one_person import ask_to_take
from app.accounts.pages.people import done_inviting
from app.accounts.person import Capability, Person, Role, can
from app.accounts.presenters import person_row, person_rows, role_choices
from app.accounts.queries import find_links, find_people_of
from app.accounts.services.desk import DeskDep
from app.accounts.services.joining import invite
from app.accounts.services.refusals import Refused
from app.accounts.services.roles import assignable, authority_named, give_role, has_role, take_role
from app.web.errors import NotFound
from app.web.forms import Bound, bind, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page

router = APIRouter(
    prefix="/authorities/{authority_code}/people",
    dependencies=[Depends(InTheAuthority(Capability.MANAGE_PEOPLE))],
)


def council(desk: DeskDep, authority_code: str) -> str:
    """Give the name of the council that the address names."""
    return authority_named(desk, authority_code)


Council = Annotated[str, Depends(council, scope="function")]


def _base(authority_code: str) -> str:
    return f"/authorities/{authority_code}/people"


def _breadcrumbs(authority_code: str, name: str) -> list[dict[str, str]]:
    return [
        {"text": "Councils", "href": "/authorities"},
        {"text": name, "href": f"/authorities/{authority_code}"},
        {"text": "People", "href": _base(authority_code)},
    ]


@router.get("")
def show_people(request: Request, desk: DeskDep, authority_code: str, name: Council) -> Response:
    """List the people who have a role in the council."""
    found = find_people_of(desk.session, authority_code)
    return page(
        request,
        "accounts/council_people.html.j2",
        council=name,
        rows=person_rows(found, {authority_code: name}, _base(authority_code)),
        code=authority_code,
        base=_base(authority_code),
        breadcrumbs=_breadcrumbs(authority_code, name)[:2],
    )


@router.get("/invite")
def show_invite(request: Request, person: PersonDep, authority_code: str, name: Council) -> Response:
    """Ask whom to invite, and as what."""
    return _invite_page(request, person, authority_code, name, shown())


@router.post("/invite")
def send_invite(
    request: Request, desk: DeskDep, person: PersonDep, form: FormDep, authority_code: str, name: Council
) -> Response:
    """Invite them."""
    bound = bind(CouncilInvitation, form)
    if bound.data is None:
        return _invite_page(request, person, authority_code, name, bound)
    sent = bound.data
    try:
        account = invite(desk, person, sent.name, sent.email, sent.role, authority_code)
    except Refused as refused:
        return _invite_page(request, person, authority_code, name, bound.with_error("email", refused.message))
    return redirect(request, _base(authority_code), done_inviting(account.joined_at is None))


def _invite_page(
    request: Request, person: Person, code: str, name: str, form: Bound[CouncilInvitation]
) -> Response:
    return page(
        request,
        "accounts/invite.html.j2",
        form=form,
        place=name,
        roles=role_choices(assignable(person, code)),
        authorities=[],
        back=_base(code),
        breadcrumbs=_breadcrumbs(code, name),
    )


@router.get("/{account_id}")
def show_person(
    request: Request, desk: DeskDep, person: PersonDep, authority_code: str, account_id: UUID, name: Council
) -> Response:
    """Show what somebody is in the council, and what can be changed."""
    account = person_found(desk, account_id, authority_code)
    link = find_links(desk.session, [account]).get(account.id)
    row = person_row(account, link, {authority_code: name}, _base(authority_code))
    mine = assignable(person, authority_code)
    return page(
        request,
        "accounts/council_person.html.j2",
        council=name,
        row=row,
        account=account,
        held=[one for one in row.roles if one.code == authority_code],
        mine=mine,
        deeds=[deed for deed in possible(account, person, authority_code) if _may(account, mine)],
        is_lead=can(person, Capability.MANAGE_SERVICE),
        breadcrumbs=_breadcrumbs(authority_code, name),
    )


def _may(account: Account, mine: tuple[Role, ...]) -> bool:
    return all(grant.role in mine for grant in account.grants)


@router.get("/{account_id}/role")
def show_role(
    request: Request, desk: DeskDep, person: PersonDep, authority_code: str, account_id: UUID, name: Council
) -> Response:
    """Ask which other role to give in the council."""
    account = person_found(desk, account_id, authority_code)
    return _role_page(request, person, account, authority_code, name, shown())


@router.post("/{account_id}/role")
def send_role(
    request: Request,
    desk: DeskDep,
    person: PersonDep,
    form: FormDep,
    authority_code: str,
    account_id: UUID,
    name: Council,
) -> Response:
    """Give it."""
    account = person_found(desk, account_id, authority_code)
    bound = bind(CouncilRole, form)
    if bound.data is None:
        return _role_page(request, person, account, authority_code, name, bound)
    try:
        give_role(desk, person, account, bound.data.role, authority_code)
    except Refused as refused:
        wrong = bound.with_error("role", refused.message)
        return _role_page(request, person, account, authority_code, name, wrong)
    back = _base(authority_code) if person.id != account.id else "/"
    return redirect(request, back, "The role is given.")


def _role_page(
    request: Request, person: Person, account: Account, code: str, name: str, form: Bound[CouncilRole]
) -> Response:
    others = [role for role in assignable(person, code) if not has_role(account, role, code)]
    return page(
        request,
        "accounts/council_role.html.j2",
        form=form,
        account=account,
        council=name,
        roles=role_choices(others),
        back=f"{_base(code)}/{account.id}",
        breadcrumbs=_breadcrumbs(code, name),
    )


@router.get("/{account_id}/roles/{role}/take")
def show_take_role(
    request: Request, desk: DeskDep, authority_code: str, account_id: UUID, role: Role, name: Council
) -> Response:
    """Ask once more before a role in the council is taken, or say why that is not possible yet."""
    account = person_found(desk, account_id, authority_code)
    if not has_role(account, role, authority_code):
        raise NotFound
    back = f"{_base(authority_code)}/{account_id}"
    return ask_to_take(request, desk, account, role, authority_code, name, back)


@router.post("/{account_id}/roles/{role}/take")
def send_take_role(
    request: Request, desk: DeskDep, person: PersonDep, authority_code: str, account_id: UUID, role: Role
) -> Response:
    """Take it."""
    account = person_found(desk, account_id, authority_code)
    take_role(desk, person, account, role, authority_code)
    back = _base(authority_code) if person.id != account.id else "/"
    return redirect(request, back, "The role has ended.")


@router.get("/{account_id}/{deed}")
def show_deed(
    request: Request,
    desk: DeskDep,
    person: PersonDep,
    authority_code: str,
    account_id: UUID,
    deed: str,
) -> Response:
    """Ask once more."""
    account = person_found(desk, account_id, authority_code)
    found = deed_found(deed, account, person, authority_code)
    back = f"{_base(authority_code)}/{account_id}"
    return ask(request, desk, person, account, found, back, authority_code)


@router.post("/{account_id}/{deed}")
def send_deed(
    request: Request, desk: DeskDep, person: PersonDep, authority_code: str, account_id: UUID, deed: str
) -> Response:
    """Do it."""
    account = person_found(desk, account_id, authority_code)
    found = deed_found(deed, account, person, authority_code)
    back = f"{_base(authority_code)}/{account_id}"
    return carry_out(request, desk, person, account, found, back, authority_code)
