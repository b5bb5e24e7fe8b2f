"""The respondent's pages. Looking writes nothing; what is sent is kept; only the last button spends."""

from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from app.database.session import SessionDep
from app.survey.models import Survey
from app.survey.queries import authority_name, contact_of, open_survey
from app.survey.questionnaire import ABOUT_YOU, IN_YOUR_WORDS, Questionnaire, questionnaire_of
from app.survey.respondent import presenters
from app.survey.respondent.access import (
    AlreadySubmitted,
    Holder,
    HolderDep,
    NoBallot,
    NotNow,
    Respondents,
    check_ballot_form,
    forget_cookie,
    keep_cookie,
    sealed_token,
    token_of_form,
)
from app.survey.respondent.forms import Read, read_about_you, read_in_your_words, read_questions
from app.survey.sealing import Given
from app.survey.services.ballots import (
    BallotState,
    find_ballot,
    find_draft,
    may_answer,
    save_draft,
    start_open,
    submit,
)
from app.survey.windows import may_start
from app.web.dates import now
from app.web.errors import NotFound
from app.web.protection import FormDep
from app.web.request_log import silent
from app.web.templating import page

LATER = "later"
# The first page is sent with the token of an ordinary form; from then on the ballot is the token.
starting = APIRouter(dependencies=[Depends(Respondents())])
answering = APIRouter(dependencies=[Depends(Respondents()), Depends(check_ballot_form)])


def show(request: Request, template: str, *, status: int = 200, **context: Any) -> Response:
    """Answer with a page that says nothing of itself to any other site."""
    answer = page(request, f"survey/{template}.html.j2", status=status, **context)
    answer.headers["referrer-policy"] = "no-referrer"
    return answer


def go(address: str) -> RedirectResponse:
    """Send the browser on."""
    return RedirectResponse(address, status_code=303)


@starting.get("/s/{token}")
@silent
def invitation(request: Request, session: SessionDep, token: str) -> Response:
    """Say what this is and what is promised, to whoever opens a personal link."""
    found = find_ballot(session, token)
    if found.survey is None:
        raise NotFound("This link leads to no survey. Copy the whole link from your invitation.")
    if found.state is BallotState.SPENT:
        return show(request, "receipt", survey=found.survey, **_about(session, found.survey), again=True)
    open_now = may_answer(session, token, found.survey, now())
    return show(
        request,
        "start",
        survey=found.survey,
        action="/s/begin",
        ballot=sealed_token(request, token),
        open_now=open_now,
        begun=find_draft(session, token, found.survey.diagnostic_id) is not None,
        one_answer=True,
        **_about(session, found.survey),
        **presenters.promises(found.survey),
    )


@starting.post("/s/begin")
@silent
def begin(request: Request, session: SessionDep, form: FormDep) -> Response:
    """Move the token into the cookie. It opens the questions and spends nothing."""
    token = token_of_form(request, form)
    found = find_ballot(session, token) if token else None
    if token is None or found is None or found.survey is None:
        raise NoBallot
    if found.state is BallotState.SPENT:
        return show(request, "receipt", survey=found.survey, **_about(session, found.survey), again=True)
    if not may_answer(session, token, found.survey, now()):
        raise NotNow(found.survey)
    given = find_draft(session, token, found.survey.diagnostic_id) or Given()
    unfinished = questionnaire_of(found.survey).first_unfinished(given)
    answer = go(f"/survey/questions/{unfinished}" if unfinished else "/survey/check")
    keep_cookie(answer, token)
    return answer


@starting.get("/o/{code}")
@silent
def open_link(request: Request, session: SessionDep, code: str) -> Response:
    """Say what this is and what is promised, to whoever opens the open link."""
    survey = open_survey(session, code)
    if survey is None:
        raise NotFound("This link leads to no survey. Type the whole address, or scan the code again.")
    return show(
        request,
        "start",
        survey=survey,
        action=f"/o/{code}",
        ballot="",
        open_now=may_start(survey, now()),
        begun=False,
        one_answer=False,
        **_about(session, survey),
        **presenters.promises(survey),
    )


@starting.post("/o/{code}")
@silent
def begin_open(request: Request, session: SessionDep, code: str) -> Response:
    """Give a visitor a ballot of their own, and show once the link with which to come back."""
    survey = open_survey(session, code)
    if survey is None:
        raise NotFound
    if not may_start(survey, now()):
        raise NotNow(survey)
    token = start_open(session, survey)
    address = f"{request.app.state.settings.base_url}/s/{token}"
    answer = show(
        request,
        "your_link",
        survey=survey,
        address=address,
        code=presenters.qr_code(address),
        first=f"/survey/questions/{ABOUT_YOU}",
        **_about(session, survey),
    )
    keep_cookie(answer, token)
    return answer


@answering.get("/survey/questions/{page_id}")
@silent
def questions(request: Request, session: SessionDep, held: HolderDep, page_id: str) -> Response:
    """Show a page of questions, with what was answered before."""
    questionnaire = questionnaire_of(held.survey)
    _check_page(questionnaire, page_id)
    given = find_draft(session, held.token, held.survey.diagnostic_id) or Given()
    if page_id != ABOUT_YOU and given.role_group is None:
        return go(f"/survey/questions/{ABOUT_YOU}")
    return _show_page(request, held, questionnaire, page_id, Read(given, {}, anything=False))


@answering.post("/survey/questions/{page_id}")
@silent
def keep(request: Request, session: SessionDep, form: FormDep, held: HolderDep, page_id: str) -> Response:
    """Keep what a page sent, whole or not; go on when it is whole."""
    questionnaire = questionnaire_of(held.survey)
    _check_page(questionnaire, page_id)
    before = find_draft(session, held.token, held.survey.diagnostic_id, lock=True) or Given()
    read = _read(questionnaire, page_id, before, form)
    later = form.get(LATER) is not None
    # A robot that presses every button has answered nothing, and leaves nothing behind.
    if read.anything or (page_id == IN_YOUR_WORDS and not read.errors and before != Given()):
        save_draft(session, held.token, held.survey.diagnostic_id, read.given)
    if later:
        answer: Response = go("/survey/saved")
    elif read.errors:
        answer = _show_page(request, held, questionnaire, page_id, read)
    else:
        answer = go(_next(questionnaire, page_id, read.given))
    keep_cookie(answer, held.token)
    return answer


def _next(questionnaire: Questionnaire, page_id: str, given: Given) -> str:
    """After a change, go back to checking as soon as nothing is open."""
    return (
        presenters.after(questionnaire, page_id) if questionnaire.first_unfinished(given) else "/survey/check"
    )


@answering.get("/survey/saved")
@silent
def saved(request: Request, session: SessionDep, held: HolderDep) -> Response:
    """Say how to come back."""
    return show(request, "saved", survey=held.survey, **_about(session, held.survey))


@answering.get("/survey/check")
@silent
def check(request: Request, session: SessionDep, held: HolderDep) -> Response:
    """Show all answers before they are sent."""
    questionnaire = questionnaire_of(held.survey)
    given = find_draft(session, held.token, held.survey.diagnostic_id) or Given()
    unfinished = questionnaire.first_unfinished(given)
    if unfinished:
        return go(f"/survey/questions/{unfinished}")
    return show(
        request,
        "check",
        survey=held.survey,
        sections=presenters.sections(questionnaire, questionnaire.fitted(given)),
        ballot=sealed_token(request, held.token),
        back=presenters.last(questionnaire),
    )


@answering.post("/survey/submit")
@silent
def send(request: Request, session: SessionDep, held: HolderDep) -> Response:
    """Spend the ballot and seal the answers, all or nothing."""
    questionnaire = questionnaire_of(held.survey)
    given = find_draft(session, held.token, held.survey.diagnostic_id) or Given()
    unfinished = questionnaire.first_unfinished(given)
    if unfinished is None:
        came = submit(session, held.token, held.survey, questionnaire, given)
    else:
        came = find_ballot(session, held.token).state
        if came is BallotState.READY:
            return go(f"/survey/questions/{unfinished}")
    if came is BallotState.UNKNOWN:
        # It was there a moment ago, so the survey has just been closed.
        raise NotNow(held.survey)
    again = came is BallotState.SPENT
    answer = show(request, "receipt", survey=held.survey, again=again, **_about(session, held.survey))
    forget_cookie(answer)
    return answer


def _about(session: SessionDep, survey: Survey) -> dict[str, Any]:
    return {"council": authority_name(session, survey), "contact": contact_of(session, survey)}


def _check_page(questionnaire: Questionnaire, page_id: str) -> None:
    if page_id not in questionnaire.pages:
        raise NotFound


def _read(questionnaire: Questionnaire, page_id: str, before: Given, form: FormDep) -> Read:
    if page_id == ABOUT_YOU:
        return read_about_you(questionnaire, before, form)
    if page_id == IN_YOUR_WORDS:
        return read_in_your_words(questionnaire, before, form)
    heading = questionnaire.heading_page(page_id)
    if heading is None:
        raise NotFound
    return read_questions(questionnaire, heading, before, form)


def _show_page(
    request: Request, held: Holder, questionnaire: Questionnaire, page_id: str, read: Read
) -> Response:
    heading = questionnaire.heading_page(page_id)
    fields: list[dict[str, Any]] = []
    if page_id == ABOUT_YOU:
        fields = presenters.about_fields(questionnaire, read.given, read.errors)
    elif heading is not None:
        fields = presenters.question_fields(questionnaire, heading, read.given, read.errors)
    own = page_id == IN_YOUR_WORDS
    return show(
        request,
        "questions",
        survey=held.survey,
        name=presenters.page_name(questionnaire, page_id),
        about=heading.about if heading else "",
        progress=presenters.progress(questionnaire, page_id),
        back=presenters.before(questionnaire, page_id),
        radios=fields,
        needs=presenters.needs_field(questionnaire, read.given, read.errors) if own else None,
        comments=presenters.comment_fields(questionnaire, read.given, read.errors) if own else [],
        errors=presenters.summary(read.errors),
        ballot=sealed_token(request, held.token),
        action=f"/survey/questions/{page_id}",
    )


def no_ballot(request: Request, error: Exception) -> Response:
    """Tell whoever lost their link's cookie how to come back."""
    return show(request, "no_ballot", status=404)


def not_now(request: Request, error: Exception) -> Response:
    """Tell when the survey is open."""
    survey = error.survey if isinstance(error, NotNow) else None
    return show(request, "not_now", status=409, survey=survey, moment=now().date())


def already(request: Request, error: Exception) -> Response:
    """Tell whoever sends again that the answers are here."""
    answer = show(request, "receipt", survey=None, again=True, council="", contact="")
    forget_cookie(answer)
    return answer


HANDLERS = {NoBallot: no_ballot, NotNow: not_now, AlreadySubmitted: already}
