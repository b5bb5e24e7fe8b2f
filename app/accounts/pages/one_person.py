"""One person's account, for programme leads: roles, and what else can be changed."""

from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from app.accounts.access import InTheService, PersonDep
from app.accounts.forms import RoleGiven
from app.accounts.models import Account
from app.accounts.pages.deeds import ask, carry_out, deed_found, person_found, possible
from app.accounts.pages.people import why_not_there
from app.accounts.person import ROLE_NAMES, Capability, Role
from app.accounts.presenters import all_roles, authority_choices, person_row, role_choices
from app.accounts.queries import find_authorities, find_links
from app.accounts.services.desk import Desk, DeskDep
from app.accounts.services.refusals import Refused
from app.accounts.services.roles import authority_named, give_role, take_role, why_last
from app.web.errors import NotFound
from app.web.forms import Bound, bind, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page

router = APIRouter(
    prefix="/people/{account_id}", dependencies=[Depends(InTheService(Capability.MANAGE_SERVICE))]
)
OF_THE_SERVICE = "service"


@router.get("")
def show_person(request: Request, desk: DeskDep, person: PersonDep, account_id: UUID) -> Response:
    """Show an account, its roles, and what can be done."""
    account = person_found(desk, account_id)
    row = person_row(
        account,
        find_links(desk.session, [account]).get(account.id),
        find_authorities(desk.session),
        "/people",
    )
    return page(
        request,
        "accounts/one_person.html.j2",
        row=row,
        account=account,
        deeds=possible(account, person, None),
        breadcrumbs=[{"text": "People", "href": "/people"}],
    )


@router.get("/roles")
def show_give_role(request: Request, desk: DeskDep, account_id: UUID) -> Response:
    """Ask which role to give, and where."""
    return _role_page(request, desk, _open(desk, account_id), shown())


@router.post("/roles")
def send_give_role(
    request: Request, desk: DeskDep, person: PersonDep, form: FormDep, account_id: UUID
) -> Response:
    """Give it."""
    account = _open(desk, account_id)
    bound = bind(RoleGiven, form)
    if bound.data is None:
        return _role_page(request, desk, account, bound)
    sent = bound.data
    if wrong := why_not_there(desk, sent.role, sent.authority):
        return _role_page(request, desk, account, bound.with_error("authority", wrong))
    try:
        give_role(desk, person, account, sent.role, sent.authority or None)
    except Refused as refused:
        return _role_page(request, desk, account, bound.with_error("role", refused.message))
    return redirect(request, f"/people/{account.id}", "The role is given.")


def _open(desk: Desk, account_id: UUID) -> Account:
    account = person_found(desk, account_id)
    if account.closed_at is not None:
        raise NotFound
    return account


def _role_page(request: Request, desk: Desk, account: Account, form: Bound[RoleGiven]) -> Response:
    return page(
        request,
        "accounts/give_role.html.j2",
        form=form,
        account=account,
        roles=role_choices(all_roles()),
        authorities=authority_choices(find_authorities(desk.session), "No council"),
    )


@router.get("/roles/{role}/{place}/take")
def show_take_role(request: Request, desk: DeskDep, account_id: UUID, role: Role, place: str) -> Response:
    """Ask once more before a role is taken, or say why that is not possible yet."""
    account = person_found(desk, account_id)
    code = None if place == OF_THE_SERVICE else place
    name = authority_named(desk, code)
    if not any(one.role == role and one.authority_code == code for one in account.grants):
        raise NotFound
    return ask_to_take(request, desk, account, role, code, name, f"/people/{account_id}")


@router.post("/roles/{role}/{place}/take")
def send_take_role(
    request: Request, desk: DeskDep, person: PersonDep, account_id: UUID, role: Role, place: str
) -> Response:
    """Take it."""
    account = person_found(desk, account_id)
    take_role(desk, person, account, role, None if place == OF_THE_SERVICE else place)
    back = "/" if account.id == person.id and role == Role.PROGRAMME_LEAD else f"/people/{account_id}"
    return redirect(request, back, "The role has ended.")


def ask_to_take(
    request: Request,
    desk: Desk,
    account: Account,
    role: Role,
    authority_code: str | None,
    place: str,
    back: str,
) -> Response:
    """Ask once more before a role is taken."""
    named = f"{ROLE_NAMES[role]}, {place}" if place else ROLE_NAMES[role]
    return page(
        request,
        "accounts/confirm.html.j2",
        heading=f"End a role of {account.name}: {named}",
        paragraphs=("They lose what this role lets them see and do at once, and we tell them by mail.",),
        reason=why_last(desk, account, role, authority_code, place),
        button="End this role",
        warns=True,
        back=back,
    )


@router.get("/{deed}")
def show_deed(request: Request, desk: DeskDep, person: PersonDep, account_id: UUID, deed: str) -> Response:
    """Ask once more."""
    account = person_found(desk, account_id)
    found = deed_found(deed, account, person)
    return ask(request, desk, person, account, found, f"/people/{account_id}")


@router.post("/{deed}")
def send_deed(request: Request, desk: DeskDep, person: PersonDep, account_id: UUID, deed: str) -> Response:
    """Do it."""
    account = person_found(desk, account_id)
    found = deed_found(deed, account, person)
    return carry_out(request, desk, person, account, found, f"/people/{account_id}")
