"""The pages of the invitations: the list, what went out, reminders, replacement links, and what came back."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import UploadFile

from app.accounts.access import PersonDep
from app.audit.services import note
from app.commissioning.access import RunDiagnostic
from app.commissioning.checked_uploads import checked, sign_checked
from app.commissioning.models import Diagnostic
from app.database.session import SessionDep
from app.interchange.faults import Fault
from app.survey.conduct.pages import BASE, address_of, crumbs, launched_survey
from app.survey.invitations import queries
from app.survey.invitations.addresses import MOST_MEGABYTES, AddressFile, read_addresses
from app.survey.invitations.forms import Bounces, NewLink, Reminders
from app.survey.invitations.presenters import bounce_problem, fault_words, list_view
from app.survey.invitations.sending import FAILED, SENDING
from app.survey.invitations.services import (
    add_addresses,
    note_bounces,
    plan_reminders,
    remove_unsent,
    replace_link,
    send_again,
)
from app.survey.models import Survey
from app.survey.queries import list_went_at
from app.survey.windows import LIST_DAYS
from app.web.dates import today
from app.web.errors import Conflict, NotFound
from app.web.forms import Bound, bind, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page

router = APIRouter()
HERE = BASE + "/invitations"
_PURPOSE = "addresses"


def _home(diagnostic: Diagnostic) -> str:
    return address_of(diagnostic, "/invitations")


def _crumbs(diagnostic: Diagnostic) -> list[dict[str, str]]:
    return [*crumbs(diagnostic, deeper=True), {"text": "Invitations", "href": _home(diagnostic)}]


@router.get(HERE)
def invitations(request: Request, session: SessionDep, diagnostic: RunDiagnostic) -> HTMLResponse:
    """Show how many are invited, and what goes out when."""
    survey = launched_survey(session, diagnostic)
    return _show(request, session, diagnostic, survey)


def _show(
    request: Request, session: SessionDep, diagnostic: Diagnostic, survey: Survey, **forms: Bound[Any]
) -> HTMLResponse:
    reminders = queries.reminders_of(session, diagnostic.id)
    planned = [one.on for one in reminders if one.done_on is None]
    days = dict(zip(("first", "second", "third"), planned, strict=False))
    forms_shown: dict[str, Bound[Any]] = {
        "upload": shown(),
        "reminders": shown(**days),
        "link": shown(),
        "bounces": shown(),
        **forms,
    }
    return page(
        request,
        "survey/invitations.html.j2",
        diagnostic=diagnostic,
        survey=survey,
        view=list_view(
            queries.states_of(session, diagnostic.id),
            queries.send_log(session, diagnostic.id),
            reminders,
            queries.invited_between(session, survey),
        ),
        uncertain=queries.addresses_in_state(session, diagnostic.id, SENDING),
        failed=queries.addresses_in_state(session, diagnostic.id, FAILED),
        list_days=LIST_DAYS,
        list_went=list_went_at(session, survey),
        form=next((one for one in forms.values() if one.errors), shown()),
        forms_shown=forms_shown,
        breadcrumbs=crumbs(diagnostic, deeper=True),
    )


@router.post(HERE + "/upload")
def upload(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: RunDiagnostic, form: FormDep
) -> Response:
    """Read a list and show what it holds; nothing is saved yet."""
    survey = launched_survey(session, diagnostic)
    sent = form.get("file")
    content = sent.file.read(MOST_MEGABYTES * 1024 * 1024 + 1) if isinstance(sent, UploadFile) else b""
    name = (sent.filename or "") if isinstance(sent, UploadFile) else ""
    found = read_addresses(name, content) if name else AddressFile((), refused="Choose a file")
    if found.refused:
        return _show(request, session, diagnostic, survey, upload=shown().with_error("file", found.refused))
    known = queries.all_addresses(session, diagnostic.id)
    new = [one for one in found.addresses if one.casefold() not in known]
    return page(
        request,
        "survey/addresses.html.j2",
        diagnostic=diagnostic,
        found=found,
        to_look_at=[fault_words(one) for one in found.to_look_at],
        new=len(new),
        known=len(found.addresses) - len(new),
        signed=sign_checked(request.app.state.secrets, _PURPOSE, diagnostic, person.id, "", new),
        breadcrumbs=_crumbs(diagnostic),
    )


@router.post(HERE + "/accept")
def accept(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: RunDiagnostic, form: FormDep
) -> Response:
    """Take the list that was shown."""
    survey = launched_survey(session, diagnostic, lock=True)
    text = str(form.get("signed", ""))
    accepted = checked(request.app.state.secrets, _PURPOSE, diagnostic, person.id, text)
    if accepted is None:
        return _show(
            request,
            session,
            diagnostic,
            survey,
            upload=shown().with_error("file", "The list waited too long. Choose the file again"),
        )
    number = add_addresses(session, survey, accepted.content)
    _log(session, "survey addresses added", person, diagnostic, number=number)
    return redirect(
        request, _home(diagnostic), f"{number:,} address{'' if number == 1 else 'es'} added to the list."
    )


@router.post(HERE + "/remove")
def remove(request: Request, session: SessionDep, person: PersonDep, diagnostic: RunDiagnostic) -> Response:
    """Take off the list what nothing was sent to."""
    remove_unsent(session, launched_survey(session, diagnostic, lock=True))
    _log(session, "survey addresses removed", person, diagnostic)
    return redirect(request, _home(diagnostic), "The addresses that nothing was sent to are off the list.")


@router.post(HERE + "/again")
def again(request: Request, session: SessionDep, person: PersonDep, diagnostic: RunDiagnostic) -> Response:
    """Send again what may not have left."""
    number = send_again(session, launched_survey(session, diagnostic, lock=True))
    _log(session, "survey invitations sent again", person, diagnostic, number=number)
    return redirect(request, _home(diagnostic), "These invitations are sent again, each with a new link.")


@router.post(HERE + "/reminders")
def reminders(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: RunDiagnostic, form: FormDep
) -> Response:
    """Plan the reminders."""
    survey = launched_survey(session, diagnostic, lock=True)
    bound = bind(Reminders, form)
    if bound.data is not None:
        first = max(survey.opens_on, today())
        waiting = {one.on for one in queries.reminders_of(session, diagnostic.id) if one.done_on is None}
        if all(day in waiting or first <= day <= survey.closes_on for day in bound.data.days):
            plan_reminders(session, survey, bound.data.days)
            _log(session, "survey reminders planned", person, diagnostic)
            return redirect(request, _home(diagnostic), "The reminders are planned.")
        bound = bound.with_error("first", "Choose days from today on, on which the survey is open")
    return _show(request, session, diagnostic, survey, reminders=bound)


@router.post(HERE + "/new-link")
def new_link(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: RunDiagnostic, form: FormDep
) -> Response:
    """Have a new link sent to somebody who lost theirs."""
    survey = launched_survey(session, diagnostic, lock=True)
    bound = bind(NewLink, form)
    if bound.data is not None:
        try:
            replace_link(session, survey, bound.data.email)
        except NotFound:
            bound = bound.with_error("email", "This address is not on the list. Add it with a file first")
        except Conflict as problem:
            bound = bound.with_error("email", problem.message)
        else:
            _log(session, "survey link replaced", person, diagnostic)
            return redirect(request, _home(diagnostic), "A new link is on its way. It is counted.")
    return _show(request, session, diagnostic, survey, link=bound)


@router.post(HERE + "/bounces")
def bounces(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: RunDiagnostic, form: FormDep
) -> Response:
    """Note what came back, typed in or from a file."""
    survey = launched_survey(session, diagnostic, lock=True)
    sent = form.get("bounce-file")
    faults: tuple[Fault, ...] = ()
    if isinstance(sent, UploadFile) and sent.filename:
        field, bound = "bounce-file", shown()
        found = read_addresses(sent.filename, sent.file.read(MOST_MEGABYTES * 1024 * 1024 + 1))
        if found.refused:
            return _show(request, session, diagnostic, survey, bounces=bound.with_error(field, found.refused))
        listed, faults = found.addresses, found.faults
    else:
        field, bound = "addresses", bind(Bounces, form)
        if bound.data is None:
            return _show(request, session, diagnostic, survey, bounces=bound)
        listed = bound.data.listed
    number, strangers = note_bounces(session, survey, listed)
    if number:
        _log(session, "survey bounces noted", person, diagnostic, number=number)
    problem = bounce_problem(number, strangers, faults)
    if problem:
        return _show(request, session, diagnostic, survey, bounces=bound.with_error(field, problem))
    return redirect(request, _home(diagnostic), f"{number} noted as come back.")


def _log(session: SessionDep, action: str, person: PersonDep, diagnostic: Diagnostic, **details: int) -> None:
    note(
        session,
        action,
        person.id,
        authority_code=diagnostic.authority_code,
        subject_id=diagnostic.id,
        **details,
    )
