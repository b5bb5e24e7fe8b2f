"""The pages of a survey for those who run it: launch, days, open link, and giving up."""

from secrets import token_urlsafe

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.accounts.access import PersonDep
from app.accounts.person import Capability, Person, can
from app.audit.services import note
from app.commissioning.access import RunDiagnostic, SeenDiagnostic
from app.commissioning.checklist import checklist, ready
from app.commissioning.models import Diagnostic
from app.commissioning.services.changing import Refused
from app.database.session import SessionDep
from app.survey.conduct.forms import Confirmed, NewDays
from app.survey.conduct.presenters import view_of
from app.survey.keys import KeyStore
from app.survey.models import LAUNCHED, Survey
from app.survey.queries import custodies_of, find_survey, found_too_few_readable, list_went_at
from app.survey.questionnaire import framework_problem
from app.survey.services.closing import destroy_unopened, too_few
from app.survey.services.custody import left_of
from app.survey.services.launching import latest_last_day, launch, move_dates
from app.survey.windows import LIST_DAYS, list_goes_at, may_close, needs_key_here
from app.web.dates import now, today
from app.web.errors import Conflict, NotFound
from app.web.forms import Bound, bind, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.tasks import TaskState
from app.web.templating import page

router = APIRouter()
BASE = "/diagnostics/{diagnostic_id}/survey"


def key_store(request: Request) -> KeyStore:
    """Give the place in which this machine keeps keys."""
    return KeyStore(request.app.state.settings.data_folder)


def misses_key(request: Request, survey: Survey) -> bool:
    """Say whether a survey waits, or will, for a key that is not on this machine."""
    alone = request.app.state.settings.embedded
    fits = key_store(request).fits(survey.diagnostic_id, survey.public_key)
    return needs_key_here(survey, now(), alone=alone) and not fits


def has_lost_key(request: Request, survey: Survey) -> bool:
    """Say whether nobody has brought a missing key back for so long that nobody may be able to."""
    return misses_key(request, survey) and now() >= list_goes_at(survey.closes_on)


def address_of(diagnostic: Diagnostic, further: str = "") -> str:
    """Give the address of a survey's page, or of one beneath it."""
    return f"/diagnostics/{diagnostic.id}/survey{further}"


def launched_survey(session: SessionDep, diagnostic: Diagnostic, *, lock: bool = False) -> Survey:
    """Give the survey of a diagnostic that was launched.

    Raises
    ------
    NotFound
        Where it was not.
    """
    survey = find_survey(session, diagnostic.id, lock=lock)
    if survey is None:
        raise NotFound
    return survey


def crumbs(diagnostic: Diagnostic, *, deeper: bool = False) -> list[dict[str, str]]:
    """Give the way to a page of the survey."""
    way = [
        {"text": "Dashboard", "href": "/"},
        {"text": diagnostic.authority.name, "href": f"/diagnostics/{diagnostic.id}"},
    ]
    return [*way, {"text": "Survey", "href": address_of(diagnostic)}] if deeper else way


@router.get(BASE)
def survey_page(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: SeenDiagnostic
) -> HTMLResponse:
    """Say how the survey stands, and what can be done now."""
    survey = find_survey(session, diagnostic.id)
    if survey is None:
        return page(
            request,
            "survey/not_launched.html.j2",
            diagnostic=diagnostic,
            may_run=can(person, Capability.RUN, diagnostic.authority_code),
            breadcrumbs=crumbs(diagnostic),
        )
    custodies = custodies_of(session, diagnostic.id)
    view = view_of(
        survey,
        custodies,
        person.id,
        now(),
        left=left_of(session, diagnostic, [custody.account_id for custody, _ in custodies]),
        too_few=too_few(session, survey),
        unreadable=found_too_few_readable(session, survey),
        key_missing=misses_key(request, survey),
        key_lost=has_lost_key(request, survey),
    )
    return page(
        request,
        "survey/survey.html.j2",
        diagnostic=diagnostic,
        survey=survey,
        view=view,
        framework_problem=framework_problem(survey) if survey.state == LAUNCHED else "",
        may_run=can(person, Capability.RUN, diagnostic.authority_code),
        open_address=_open_address(request, survey),
        breadcrumbs=crumbs(diagnostic),
    )


def _open_address(request: Request, survey: Survey) -> str:
    return f"{request.app.state.settings.base_url}/o/{survey.open_code}" if survey.open_code else ""


def _ask_launch(
    request: Request, session: SessionDep, diagnostic: Diagnostic, form: Bound[Confirmed]
) -> HTMLResponse:
    missing = [
        task for task in checklist(session, diagnostic) if task.needed and task.state is not TaskState.DONE
    ]
    return page(
        request,
        "survey/launch.html.j2",
        diagnostic=diagnostic,
        missing=missing,
        form=form,
        breadcrumbs=crumbs(diagnostic, deeper=True),
    )


@router.get(BASE + "/launch")
def ask_launch(request: Request, session: SessionDep, diagnostic: RunDiagnostic) -> Response:
    """Say what the launch freezes, and ask once more; or name what is missing before it."""
    if find_survey(session, diagnostic.id) is not None:
        return redirect(request, address_of(diagnostic))
    return _ask_launch(request, session, diagnostic, shown())


@router.post(BASE + "/launch")
def do_launch(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: RunDiagnostic, form: FormDep
) -> Response:
    """Launch, where nothing is missing."""
    bound = bind(Confirmed, form)
    if bound.data is None or not ready(checklist(session, diagnostic)):
        return _ask_launch(request, session, diagnostic, bound)
    launch(session, key_store(request), diagnostic, today())
    _log(session, "survey launched", person, diagnostic)
    return redirect(
        request,
        address_of(diagnostic),
        "The survey is launched. Both custodians can now fetch their copy of the key.",
    )


@router.get(BASE + "/days")
def ask_days(request: Request, session: SessionDep, diagnostic: RunDiagnostic) -> HTMLResponse:
    """Ask for other days."""
    survey = launched_survey(session, diagnostic)
    return _ask_days(
        request, session, diagnostic, survey, shown(opens_on=survey.opens_on, closes_on=survey.closes_on)
    )


def _ask_days(
    request: Request, session: SessionDep, diagnostic: Diagnostic, survey: Survey, form: Bound[NewDays]
) -> HTMLResponse:
    return page(
        request,
        "survey/days.html.j2",
        diagnostic=diagnostic,
        survey=survey,
        latest=latest_last_day(survey, today()),
        list_days=LIST_DAYS,
        list_went=list_went_at(session, survey),
        form=form,
        breadcrumbs=crumbs(diagnostic, deeper=True),
    )


@router.post(BASE + "/days")
def set_days(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: RunDiagnostic, form: FormDep
) -> Response:
    """Move the days outward."""
    survey = launched_survey(session, diagnostic, lock=True)
    bound = bind(NewDays, form)
    if bound.data is not None:
        try:
            moved = move_dates(survey, bound.data.opens_on, bound.data.closes_on, today())
        except Refused as refused:
            for name, message in refused.faults.items():
                bound = bound.with_error(name, message)
        else:
            if not moved:
                return redirect(request, address_of(diagnostic))
            diagnostic.survey_opens_on, diagnostic.survey_closes_on = survey.opens_on, survey.closes_on
            _log(session, "survey days moved", person, diagnostic)
            return redirect(request, address_of(diagnostic), "The days of the survey are changed.")
    return _ask_days(request, session, diagnostic, survey, bound)


@router.post(BASE + "/open-link")
def make_open_link(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: RunDiagnostic
) -> Response:
    """Make the open link, where there is none."""
    survey = _with_links(launched_survey(session, diagnostic, lock=True))
    if survey.open_code is None:
        survey.open_code = token_urlsafe(9)
        _log(session, "survey open link made", person, diagnostic)
    return redirect(
        request,
        address_of(diagnostic),
        "The open link is made. Results will say that one answer for each person cannot be guaranteed.",
    )


@router.get(BASE + "/open-link/end")
def ask_end_open_link(request: Request, session: SessionDep, diagnostic: RunDiagnostic) -> Response:
    """Say whom the end of the open link shuts out, and ask once more."""
    survey = _with_links(launched_survey(session, diagnostic))
    if survey.open_code is None:
        return redirect(request, address_of(diagnostic))
    return page(
        request,
        "survey/end_open_link.html.j2",
        diagnostic=diagnostic,
        open_address=_open_address(request, survey),
        breadcrumbs=crumbs(diagnostic, deeper=True),
    )


@router.post(BASE + "/open-link/end")
def end_open_link(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: RunDiagnostic
) -> Response:
    """End the open link: whoever has begun may go on."""
    survey = _with_links(launched_survey(session, diagnostic, lock=True))
    if survey.open_code is not None:
        survey.open_code = None
        _log(session, "survey open link ended", person, diagnostic)
    return redirect(
        request, address_of(diagnostic), "The open link no longer works. People who began with it can go on."
    )


def _with_links(survey: Survey) -> Survey:
    if survey.state != LAUNCHED:
        raise Conflict("The survey is over, so its link stays closed.")
    return survey


@router.get(BASE + "/give-up")
def ask_give_up(request: Request, session: SessionDep, diagnostic: RunDiagnostic) -> HTMLResponse:
    """Say what giving up destroys, and ask once more."""
    survey = launched_survey(session, diagnostic)
    return _ask_give_up(
        request, diagnostic, survey, shown(), few=_check_cannot_be_opened(request, session, survey)
    )


def _check_cannot_be_opened(request: Request, session: SessionDep, survey: Survey) -> bool:
    """Check that nobody can open the answers; say whether there are too few, or else the key is lost.

    While staff can answer, nothing may depend on how many have: the refusal would tell when enough had.

    Raises
    ------
    Conflict
        Where they can be opened, or the survey is not over.
    """
    over = may_close(survey, now())
    few = over and too_few(session, survey)
    if not few and not (over and has_lost_key(request, survey)):
        raise Conflict(
            "Only a survey that is over can be given up, where too few people answered or, "
            f"{LIST_DAYS} days after the last day, where its key is still missing."
        )
    return few


def _ask_give_up(
    request: Request, diagnostic: Diagnostic, survey: Survey, form: Bound[Confirmed], *, few: bool
) -> HTMLResponse:
    return page(
        request,
        "survey/give_up.html.j2",
        diagnostic=diagnostic,
        survey=survey,
        too_few=few,
        form=form,
        breadcrumbs=crumbs(diagnostic, deeper=True),
    )


@router.post(BASE + "/give-up")
def give_up(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: RunDiagnostic, form: FormDep
) -> Response:
    """Destroy the answers unread, where nobody can open them; the worker destroys the key."""
    survey = launched_survey(session, diagnostic, lock=True)
    few = _check_cannot_be_opened(request, session, survey)
    bound = bind(Confirmed, form)
    if bound.data is None:
        return _ask_give_up(request, diagnostic, survey, bound, few=few)
    destroy_unopened(session, survey)
    diagnostic.state = survey.state
    _log(session, "survey given up", person, diagnostic)
    return redirect(request, address_of(diagnostic), "The answers are destroyed. Nobody has read them.")


def _log(session: SessionDep, action: str, person: Person, diagnostic: Diagnostic) -> None:
    note(session, action, person.id, authority_code=diagnostic.authority_code, subject_id=diagnostic.id)
