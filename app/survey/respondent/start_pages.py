"""What a respondent's link leads to. Looking writes nothing; the button begins, and spends nothing."""

from typing import Any

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from app.database.session import direct_of, transaction_of
from app.survey.asked import AskedSurvey, open_survey
from app.survey.queries import Asking, asking
from app.survey.questionnaire import ABOUT_YOU
from app.survey.respondent import presenters
from app.survey.respondent.access import (
    FIELD,
    DeadLink,
    NotNow,
    Respondents,
    ballot_of,
    keep_cookie,
    questionnaire_to_ask,
    sealed_token,
    token_of_cookie,
    token_of_form,
)
from app.survey.respondent.showing import go, own_address, receipt, show, show_sheet
from app.survey.sealing import Given
from app.survey.services.ballots import BallotState, find_ballot, may_answer, start_open
from app.survey.windows import may_start, standing
from app.web.dates import now
from app.web.plain_routes import PlainRoutes
from app.web.protection import check_form_sent
from app.web.sheets import mark

# These are sent with the token of an ordinary form; from then on the ballot is the token.
starting = PlainRoutes(Respondents(check_form_sent))


@starting.get("/s/{token}")
def invitation(request: Request, token: str) -> Response:
    """Say what this is and what is promised, to whoever opens a personal link."""
    with direct_of(request) as session:
        _, found, survey = ballot_of(session, token)
        about = asking(session, survey)
        if found.state is BallotState.SPENT:
            return receipt(request, survey, about, again=True)
        open_now, begun = may_answer(found, now()), found.draft is not None
        return _start(request, survey, about, "/s/begin", open_now=open_now, begun=begun, token=token)


@starting.post("/s/begin")
def begin(request: Request, form: FormData) -> Response:
    """Move the token into the cookie. It opens the questions and spends nothing."""
    with direct_of(request, writes=False) as session:
        token, found, survey = ballot_of(session, token_of_form(request, form))
        if found.state is BallotState.SPENT:
            return receipt(request, survey, asking(session, survey), again=True)
        if not may_answer(found, now()):
            raise NotNow(survey)
        questionnaire = questionnaire_to_ask(session, survey)
        unfinished = questionnaire.first_unfinished(found.draft or Given())
        answer = go(f"/survey/questions/{unfinished}" if unfinished else "/survey/check")
        keep_cookie(request, answer, token)
        return answer


@starting.get("/o/{code}")
def open_link(request: Request, code: str) -> Response:
    """Say what this is and what is promised, to whoever opens the open link."""
    with transaction_of(request) as session:
        survey = _survey_of(session, code)
        return _start_open(request, session, survey, code, _held(request, session, survey))


@starting.post("/o/{code}")
def begin_open(request: Request, form: FormData, code: str) -> Response:
    """Give a visitor a ballot of their own, and show once the link with which to come back.

    Where the browser holds one already, only whoever was told so, and starts all the same, is given another:
    not whoever scans the code again or loads this page anew.
    """
    with transaction_of(request) as session:
        survey = _survey_of(session, code)
        held = _held(request, session, survey)
        if held is not None and token_of_form(request, form) != held:
            return _start_open(request, session, survey, code, held)
        if not may_start(survey, now()):
            raise NotNow(survey)
        token = start_open(session, survey)
        address = own_address(request, token)
        answer = show(
            request,
            "your_link",
            survey=survey,
            address=address,
            code=presenters.qr_code(address),
            first=f"/survey/questions/{ABOUT_YOU}",
        )
        keep_cookie(request, answer, token)
        return answer


def _survey_of(session: Session, code: str) -> AskedSurvey:
    survey = open_survey(session, code)
    if survey is None:
        raise DeadLink
    return survey


def _held(request: Request, session: Session, survey: AskedSurvey) -> str | None:
    """Give the token of this survey that the browser holds already, if it may be answered now."""
    token = token_of_cookie(request)
    found = find_ballot(session, token) if token else None
    if found is None or found.survey is None or found.survey.diagnostic_id != survey.diagnostic_id:
        return None
    return token if may_answer(found, now()) else None


def _start_open(
    request: Request, session: Session, survey: AskedSurvey, code: str, held: str | None
) -> Response:
    """The first page of the open link. What was answered in this browser is not shown, nor gone on with."""
    about, open_now = asking(session, survey), may_start(survey, now())
    begun = held is not None
    return _start(
        request, survey, about, f"/o/{code}", open_now=open_now, begun=begun, token=held, by_open_link=True
    )


def _start(
    request: Request,
    survey: AskedSurvey,
    about: Asking,
    action: str,
    *,
    open_now: bool,
    begun: bool,
    token: str | None,
    by_open_link: bool = False,
) -> Response:
    """The first page; ``token`` is the one that its form sends."""
    moment = now()
    stands, last_hour = standing(survey, moment), presenters.last_hour(survey, moment)

    def context() -> dict[str, Any]:
        return {
            "survey": survey,
            "action": action,
            "ballot": mark(FIELD) if token else "",
            "open_now": open_now,
            "why_not": presenters.why_not_open(survey, stands),
            "begun": begun,
            "last_hour": last_hour,
            "by_open_link": by_open_link,
            "council": about.council,
            "contact": about.contact,
            **presenters.promises(survey),
        }

    frozen = (survey.threshold, survey.raw_data_months, survey.opens_on, survey.closes_on, stands, last_hour)
    own = {FIELD: sealed_token(request, token)} if token else {}
    return show_sheet(request, "start", (about, frozen, action, open_now, begun), context, own)
