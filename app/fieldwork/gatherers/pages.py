"""Who gathers: seen and changed by whoever runs the diagnostic."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.accounts.access import PersonDep
from app.accounts.person import Capability, Person, can
from app.commissioning.access import RunDiagnostic
from app.commissioning.models import Diagnostic
from app.database.session import SessionDep
from app.fieldwork.access import check_has_begun
from app.fieldwork.gatherers.forms import GathererForm
from app.fieldwork.gatherers.presenters import choices, lines, too_few
from app.fieldwork.gatherers.queries import could_gather, gatherers_of
from app.fieldwork.gatherers.services import add_gatherer, remove_gatherer
from app.fieldwork.presenters import breadcrumbs, fieldwork_address
from app.web.errors import NotFound
from app.web.forms import Bound, bind, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/fieldwork/people")


def _people(
    request: Request, session: SessionDep, person: Person, diagnostic: Diagnostic, form: Bound[Any]
) -> HTMLResponse:
    found, others = gatherers_of(session, diagnostic), could_gather(session, diagnostic)
    address = fieldwork_address(diagnostic, "/people")
    return page(
        request,
        "fieldwork/gatherers.html.j2",
        diagnostic=diagnostic,
        gatherers=lines(found, person.id, address),
        too_few=too_few(found),
        others=choices(others) if others else (),
        may_invite=can(person, Capability.MANAGE_PEOPLE, diagnostic.authority_code),
        form=form,
        breadcrumbs=breadcrumbs(diagnostic),
    )


@router.get("")
def show_people(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: RunDiagnostic
) -> HTMLResponse:
    """Show who gathers, and who else could. Until the launch that is among the people of the task list."""
    check_has_begun(diagnostic)
    return _people(request, session, person, diagnostic, shown())


@router.post("")
def add(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: RunDiagnostic, sent: FormDep
) -> Response:
    """Let somebody gather as well."""
    check_has_begun(diagnostic)
    form = bind(GathererForm, sent)
    if form.data is None:
        return _people(request, session, person, diagnostic, form)
    fault = add_gatherer(session, diagnostic, form.data.account, person.id)
    if fault:
        return _people(request, session, person, diagnostic, form.with_error("account", fault))
    return redirect(request, fieldwork_address(diagnostic, "/people"), "They can gather from now on.")


@router.get("/{account_id}/remove")
def ask_to_remove(
    request: Request, session: SessionDep, diagnostic: RunDiagnostic, account_id: UUID
) -> HTMLResponse:
    """Ask before somebody cannot open the notes any more."""
    check_has_begun(diagnostic)
    return _remove_page(request, session, diagnostic, account_id, shown())


def _remove_page(
    request: Request, session: SessionDep, diagnostic: Diagnostic, account_id: UUID, form: Bound[Any]
) -> HTMLResponse:
    found = next((one for one in gatherers_of(session, diagnostic) if one.account_id == account_id), None)
    if found is None or not found.chosen or found.by_role:
        raise NotFound("This person is not among those who were chosen to gather.")
    return page(
        request,
        "fieldwork/remove_gatherer.html.j2",
        diagnostic=diagnostic,
        gatherer=found,
        form=form,
        address=fieldwork_address(diagnostic, "/people"),
        breadcrumbs=breadcrumbs(diagnostic, ("People who gather", fieldwork_address(diagnostic, "/people"))),
    )


@router.post("/{account_id}/remove")
def remove(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: RunDiagnostic, account_id: UUID
) -> Response:
    """Let somebody not gather any more."""
    check_has_begun(diagnostic)
    fault = remove_gatherer(session, diagnostic, account_id, person.id)
    if fault:
        form = shown().with_error("person", fault)
        return _remove_page(request, session, diagnostic, account_id, form)
    return redirect(request, fieldwork_address(diagnostic, "/people"), "They cannot gather any more.")
