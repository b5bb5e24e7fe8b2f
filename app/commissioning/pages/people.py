"""Who does what in a diagnostic."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.accounts.access import PersonDep
from app.accounts.person import Capability, Person, can
from app.commissioning.access import DraftDiagnostic
from app.commissioning.forms import PeopleForm
from app.commissioning.models import Diagnostic
from app.commissioning.pages.questions import answer, done, first_shown, question
from app.commissioning.presenters.details import people_rows
from app.commissioning.presenters.people import choices, chosen_values
from app.commissioning.queries import candidates, duties_of
from app.commissioning.services.duties import Chosen, set_people
from app.database.session import SessionDep
from app.web.forms import Bound, bind
from app.web.protection import FormDep

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/people")


@router.get("")
def show_people(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: DraftDiagnostic, way: str = ""
) -> HTMLResponse:
    """Ask who does what."""
    duties = duties_of(session, [diagnostic.id])[diagnostic.id]
    form = first_shown(diagnostic, people_rows(diagnostic, duties), way, **chosen_values(duties))
    return _people(request, session, person, diagnostic, form)


@router.post("")
def save_people(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: DraftDiagnostic, form: FormDep
) -> Response:
    """Keep who does what."""
    duties = duties_of(session, [diagnostic.id])[diagnostic.id]
    bound = answer(
        bind(PeopleForm, form),
        diagnostic,
        people_rows(diagnostic, duties),
        lambda data: set_people(
            session,
            diagnostic,
            person.id,
            data.revision,
            Chosen(data.lead, data.gatherer, data.first_key, data.second_key),
        ),
    )
    if bound.data is None:
        return _people(request, session, person, diagnostic, bound)
    return done(request, diagnostic, bound.data, "Who does what is saved.")


def _people(
    request: Request, session: SessionDep, person: Person, diagnostic: Diagnostic, form: Bound[Any]
) -> HTMLResponse:
    return question(
        request,
        "commissioning/people.html.j2",
        diagnostic,
        form,
        people_rows(diagnostic, duties_of(session, [diagnostic.id])[diagnostic.id]),
        choices=choices(candidates(session, diagnostic.authority_code), diagnostic.run_by),
        may_invite=can(person, Capability.MANAGE_PEOPLE, diagnostic.authority_code),
    )
