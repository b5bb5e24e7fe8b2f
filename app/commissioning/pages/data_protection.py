"""What the notices and the data protection impact assessment say: who answers for the data, why, how long."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.accounts.access import PersonDep
from app.accounts.person import Person
from app.commissioning.access import DraftDiagnostic
from app.commissioning.forms import YES, BasisForm, OrganisationsForm, RetentionForm
from app.commissioning.models import Diagnostic
from app.commissioning.pages.questions import answer, done, first_shown, question
from app.commissioning.presenters.details import basis_rows, organisation_rows, retention_rows
from app.commissioning.services.details import (
    LEAST_MONTHS,
    MOST_MONTHS,
    may_confirm_basis,
    set_basis,
    set_organisations,
    set_retention,
)
from app.database.session import SessionDep
from app.settings import Settings
from app.web.forms import Bound, bind
from app.web.protection import FormDep

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/data-protection")


@router.get("")
def show_organisations(request: Request, diagnostic: DraftDiagnostic, way: str = "") -> HTMLResponse:
    """Ask who answers for the data; what is likely is filled in, and kept only when it is sent."""
    settings: Settings = request.app.state.settings
    likely = diagnostic.authority.children_trust or diagnostic.authority.name
    form = first_shown(
        diagnostic,
        organisation_rows(diagnostic),
        way,
        controller=diagnostic.controller or likely,
        data_protection_contact=diagnostic.data_protection_contact,
        processor=diagnostic.processor or settings.operator,
    )
    return _organisations(request, diagnostic, form)


@router.post("")
def save_organisations(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: DraftDiagnostic, form: FormDep
) -> Response:
    """Keep who answers for the data."""
    bound = answer(
        bind(OrganisationsForm, form),
        diagnostic,
        organisation_rows(diagnostic),
        lambda data: set_organisations(
            session,
            diagnostic,
            person.id,
            data.revision,
            controller=data.controller,
            data_protection_contact=data.data_protection_contact,
            processor=data.processor,
        ),
    )
    if bound.data is None:
        return _organisations(request, diagnostic, bound)
    return done(
        request, diagnostic, bound.data, "Who answers for the data is saved.", then="data-protection/basis"
    )


def _organisations(request: Request, diagnostic: Diagnostic, form: Bound[Any]) -> HTMLResponse:
    return question(
        request, "commissioning/organisations.html.j2", diagnostic, form, organisation_rows(diagnostic)
    )


@router.get("/basis")
def show_basis(
    request: Request, person: PersonDep, diagnostic: DraftDiagnostic, way: str = ""
) -> HTMLResponse:
    """Ask for the lawful basis."""
    form = first_shown(
        diagnostic,
        basis_rows(diagnostic),
        way,
        lawful_basis=diagnostic.lawful_basis,
        other_basis=diagnostic.other_basis,
        confirmed=[YES] if diagnostic.lawful_basis_confirmed_at else [],
    )
    return _basis(request, person, diagnostic, form)


@router.post("/basis")
def save_basis(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: DraftDiagnostic, form: FormDep
) -> Response:
    """Keep the lawful basis, and whether the council confirms it."""
    bound = answer(
        bind(BasisForm, form),
        diagnostic,
        basis_rows(diagnostic),
        lambda data: set_basis(
            session,
            diagnostic,
            person,
            data.revision,
            basis=data.lawful_basis,
            other=data.other_basis,
            confirmed=data.confirmed == YES,
        ),
    )
    if bound.data is None:
        return _basis(request, person, diagnostic, bound)
    return done(
        request, diagnostic, bound.data, "The lawful basis is saved.", then="data-protection/retention"
    )


def _basis(request: Request, person: Person, diagnostic: Diagnostic, form: Bound[Any]) -> HTMLResponse:
    return question(
        request,
        "commissioning/basis.html.j2",
        diagnostic,
        form,
        basis_rows(diagnostic),
        may_confirm=may_confirm_basis(person, diagnostic),
    )


@router.get("/retention")
def show_retention(request: Request, diagnostic: DraftDiagnostic, way: str = "") -> HTMLResponse:
    """Ask how long raw data are kept."""
    form = first_shown(
        diagnostic, retention_rows(diagnostic), way, raw_data_months=diagnostic.raw_data_months
    )
    return _retention(request, diagnostic, form)


@router.post("/retention")
def save_retention(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: DraftDiagnostic, form: FormDep
) -> Response:
    """Keep how long raw data are kept."""
    bound = answer(
        bind(RetentionForm, form),
        diagnostic,
        retention_rows(diagnostic),
        lambda data: set_retention(session, diagnostic, person.id, data.revision, data.raw_data_months),
    )
    if bound.data is None:
        return _retention(request, diagnostic, bound)
    return done(request, diagnostic, bound.data, "How long raw data are kept is saved.")


def _retention(request: Request, diagnostic: Diagnostic, form: Bound[Any]) -> HTMLResponse:
    return question(
        request,
        "commissioning/retention.html.j2",
        diagnostic,
        form,
        retention_rows(diagnostic),
        least=LEAST_MONTHS,
        most=MOST_MONTHS,
    )
