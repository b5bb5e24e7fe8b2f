"""The pages for whoever runs a survey one of whose custodians is not there any more."""

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from sqlalchemy.orm import Session

from app.accounts.access import PersonDep
from app.accounts.person import Capability, Person, can
from app.audit.services import note
from app.commissioning.access import RunDiagnostic
from app.commissioning.models import Diagnostic
from app.commissioning.presenters.people import key_choices
from app.commissioning.services.changing import Refused
from app.database.session import SessionDep
from app.survey.conduct.forms import AnotherCustodian, Confirmed
from app.survey.conduct.pages import BASE, address_of, crumbs, launched_survey
from app.survey.models import Custody
from app.survey.queries import custodies_of
from app.survey.services.custody import (
    check_has_left,
    check_replaceable,
    confirm_destroyed,
    possible_custodians,
    replace_custodian,
)
from app.web.dates import now
from app.web.errors import NotFound
from app.web.forms import Bound, bind, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page

router = APIRouter(prefix=BASE + "/key/custodians/{account_id}")


def _custodian(session: Session, diagnostic: Diagnostic, account_id: UUID) -> tuple[Custody, str]:
    """Give a custodian, with their name.

    Raises
    ------
    NotFound
        Where this person is none.
    """
    for custody, name in custodies_of(session, diagnostic.id):
        if custody.account_id == account_id:
            return custody, name
    raise NotFound


@router.get("/another")
def ask_another(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: RunDiagnostic, account_id: UUID
) -> HTMLResponse:
    """Ask who takes the place of a custodian who has not fetched a copy."""
    survey = launched_survey(session, diagnostic)
    custody, name = _custodian(session, diagnostic, account_id)
    check_replaceable(survey, custody)
    return _ask_another(request, session, person, diagnostic, name, shown())


@router.post("/another")
def name_another(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: RunDiagnostic,
    account_id: UUID,
    form: FormDep,
) -> Response:
    """Put somebody in a custodian's place."""
    survey = launched_survey(session, diagnostic, lock=True)
    custody, name = _custodian(session, diagnostic, account_id)
    bound = bind(AnotherCustodian, form)
    if bound.data is not None:
        try:
            chosen = replace_custodian(session, survey, diagnostic, custody, bound.data.custodian)
        except Refused as refused:
            bound = bound.with_error("custodian", refused.faults["custodian"])
        else:
            note(
                session,
                "survey custodian replaced",
                person.id,
                authority_code=diagnostic.authority_code,
                subject_id=diagnostic.id,
                before=str(account_id),
                after=str(chosen.id),
            )
            told = f"{chosen.name} is now a custodian in place of {name}. Ask them to fetch their copy."
            return redirect(request, address_of(diagnostic), told)
    return _ask_another(request, session, person, diagnostic, name, bound)


def _ask_another(
    request: Request,
    session: Session,
    person: Person,
    diagnostic: Diagnostic,
    name: str,
    form: Bound[AnotherCustodian],
) -> HTMLResponse:
    return page(
        request,
        "survey/another_custodian.html.j2",
        diagnostic=diagnostic,
        name=name,
        choices=key_choices(possible_custodians(session, diagnostic)),
        may_invite=can(person, Capability.MANAGE_PEOPLE, diagnostic.authority_code),
        form=form,
        breadcrumbs=crumbs(diagnostic, deeper=True),
    )


@router.get("/destroyed")
def ask_destroyed_for(
    request: Request, session: SessionDep, diagnostic: RunDiagnostic, account_id: UUID
) -> HTMLResponse:
    """Ask whether a custodian who has left has said that their copies are destroyed."""
    launched_survey(session, diagnostic)
    _, name = _custodian(session, diagnostic, account_id)
    check_has_left(session, diagnostic, account_id, name)
    return _ask_destroyed_for(request, diagnostic, name, shown())


@router.post("/destroyed")
def say_destroyed_for(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: RunDiagnostic,
    account_id: UUID,
    form: FormDep,
) -> Response:
    """Note what a custodian who has left has said."""
    survey = launched_survey(session, diagnostic, lock=True)
    _, name = _custodian(session, diagnostic, account_id)
    check_has_left(session, diagnostic, account_id, name)
    bound = bind(Confirmed, form)
    if bound.data is None:
        return _ask_destroyed_for(request, diagnostic, name, bound)
    confirm_destroyed(session, survey, account_id, now())
    note(
        session,
        "survey key copy destroyed",
        person.id,
        authority_code=diagnostic.authority_code,
        subject_id=diagnostic.id,
        custodian=str(account_id),
    )
    return redirect(request, address_of(diagnostic), f"Noted: the copies of {name} are destroyed.")


def _ask_destroyed_for(
    request: Request, diagnostic: Diagnostic, name: str, form: Bound[Confirmed]
) -> HTMLResponse:
    return page(
        request,
        "survey/destroyed.html.j2",
        diagnostic=diagnostic,
        absent=name,
        form=form,
        breadcrumbs=crumbs(diagnostic, deeper=True),
    )
