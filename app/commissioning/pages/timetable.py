"""When things happen, and whom staff ask."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.accounts.access import PersonDep
from app.commissioning.access import DraftDiagnostic
from app.commissioning.forms import ContactForm, TimetableForm
from app.commissioning.models import Diagnostic
from app.commissioning.pages.questions import answer, done, first_shown, question
from app.commissioning.presenters.details import contact_rows, timetable_rows
from app.commissioning.services.details import set_contact, set_timetable
from app.commissioning.timetable import FIELDWORK_DAYS, SURVEY_DAYS, Timetable, warnings
from app.database.session import SessionDep
from app.web.dates import today
from app.web.forms import Bound, bind
from app.web.protection import FormDep

router = APIRouter(prefix="/diagnostics/{diagnostic_id}")


@router.get("/timetable")
def show_timetable(request: Request, diagnostic: DraftDiagnostic, way: str = "") -> HTMLResponse:
    """Ask for the days."""
    return _timetable(
        request,
        diagnostic,
        first_shown(diagnostic, timetable_rows(diagnostic), way, **Timetable.of(diagnostic).days()),
    )


@router.post("/timetable")
def save_timetable(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: DraftDiagnostic, form: FormDep
) -> Response:
    """Keep the days."""
    bound = answer(
        bind(TimetableForm, form),
        diagnostic,
        timetable_rows(diagnostic),
        lambda data: set_timetable(
            session,
            diagnostic,
            person.id,
            data.revision,
            Timetable(
                data.survey_opens_on,
                data.survey_closes_on,
                data.fieldwork_from,
                data.fieldwork_until,
                data.brief_due_on,
            ),
        ),
    )
    if bound.data is None:
        return _timetable(request, diagnostic, bound)
    short = warnings(Timetable.of(diagnostic))
    more = " Some of it is rather short: see below." if short else ""
    return done(request, diagnostic, bound.data, f"The timetable is saved.{more}")


def _timetable(request: Request, diagnostic: Diagnostic, form: Bound[Any]) -> HTMLResponse:
    return question(
        request,
        "commissioning/timetable.html.j2",
        diagnostic,
        form,
        timetable_rows(diagnostic),
        example=today().year + 1,
        survey_days=SURVEY_DAYS,
        fieldwork_days=FIELDWORK_DAYS,
    )


@router.get("/contact")
def show_contact(request: Request, diagnostic: DraftDiagnostic, way: str = "") -> HTMLResponse:
    """Ask whom staff ask."""
    form = first_shown(
        diagnostic,
        contact_rows(diagnostic),
        way,
        contact_name=diagnostic.contact_name,
        contact_email=diagnostic.contact_email,
        contact_phone=diagnostic.contact_phone,
    )
    return _contact(request, diagnostic, form)


@router.post("/contact")
def save_contact(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: DraftDiagnostic, form: FormDep
) -> Response:
    """Keep whom staff ask."""
    bound = answer(
        bind(ContactForm, form),
        diagnostic,
        contact_rows(diagnostic),
        lambda data: set_contact(
            session,
            diagnostic,
            person.id,
            data.revision,
            name=data.contact_name,
            email=data.contact_email,
            phone=data.contact_phone,
        ),
    )
    if bound.data is None:
        return _contact(request, diagnostic, bound)
    return done(request, diagnostic, bound.data, "The contact for staff is saved.")


def _contact(request: Request, diagnostic: Diagnostic, form: Bound[Any]) -> HTMLResponse:
    return question(request, "commissioning/contact.html.j2", diagnostic, form, contact_rows(diagnostic))
