"""The ballot that a respondent's browser holds, and what may be done with it now.

The token comes in a link, moves by a POST into a cookie, and stands, sealed, in every form. So a form whose
cookie is gone still finds its way, and no page of another site can send one.
"""

import base64
import binascii
from dataclasses import dataclass

from fastapi import Request, Response
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from app.accounts.access import Access
from app.database.direct import Direct
from app.database.session import SAFE_METHODS
from app.survey.asked import AskedSurvey, questionnaire_asked
from app.survey.models import OPEN
from app.survey.queries import asking
from app.survey.questionnaire import FrameworkChanged, Questionnaire
from app.survey.sealing import Given
from app.survey.services.ballots import BallotState, Found, find_ballot, may_answer
from app.survey.tokens import looks_like_token
from app.web.dates import now
from app.web.errors import FormExpired, Problem
from app.web.plain_routes import Check
from app.web.secrets import Secrets, UnreadableSecret

COOKIE = "__Host-ballot"
FIELD = "ballot"
_PURPOSE = "ballot"
_OWN_PAGE = "same-origin"


@dataclass(frozen=True, slots=True)
class Respondents(Access):
    """Whoever has a link. Whether somebody is signed in is not even looked at; what they send is checked."""

    check: Check

    def __call__(self, request: Request, form: FormData) -> None:
        """Be nobody, and stop what another site sent."""
        request.state.person = None
        if request.method not in SAFE_METHODS:
            self.check(request, form)


class NoBallot(Problem):
    """The browser holds no link of a survey."""

    status = 404
    title = "Open your link again"


class DeadLink(Problem):
    """A link that leads to no survey, or no longer: nobody is told which."""

    status = 404
    title = "This link does not work"


class NotNow(Problem):
    """The survey is not open to this ballot; ``survey`` tells when it is."""

    status = 409
    title = "The survey is not open"

    def __init__(self, survey: AskedSurvey) -> None:
        super().__init__()
        self.survey = survey


class NotAsLaunched(Problem):
    """The questions are not those of the launch; ``contact`` is whom the person can tell."""

    status = 503
    title = "The questions cannot be shown at the moment"

    def __init__(self, contact: str) -> None:
        super().__init__()
        self.contact = contact


class AlreadySubmitted(Problem):
    """The ballot is spent: the answers are here."""

    status = 200
    title = "We have your answers"


@dataclass(frozen=True, slots=True)
class Holder:
    """The token that a browser holds, the survey that it is for, and what was answered with it so far.

    ``kept`` is what was answered as it is sealed; ``by_open_link`` tells who has no invitation to find the
    link in.
    """

    token: str
    survey: AskedSurvey
    questionnaire: Questionnaire
    given: Given
    kept: bytes | None
    by_open_link: bool


def sealed_token(request: Request, token: str) -> str:
    """Give the token as it stands in a form."""
    secrets: Secrets = request.app.state.secrets
    return base64.urlsafe_b64encode(secrets.seal(_PURPOSE, token)).decode("ascii")


def token_of_form(request: Request, form: FormData) -> str | None:
    """Give the token of a form that one of our pages sent; None where it is missing, doubled or not ours."""
    values = form.getlist(FIELD)
    if len(values) != 1 or not isinstance(values[0], str):
        return None
    secrets: Secrets = request.app.state.secrets
    try:
        sent = values[0].encode("ascii")
        sealed = base64.urlsafe_b64decode(sent)
        # What is read passes over signs that do not belong there, and over all that stands after the end.
        if base64.urlsafe_b64encode(sealed) != sent:
            return None
        token = secrets.open(_PURPOSE, sealed)
    except (UnreadableSecret, binascii.Error, ValueError):
        return None
    return token if looks_like_token(token) else None


def token_of_cookie(request: Request) -> str | None:
    """Give what the cookie holds; None without one, and "" where it came twice, which no browser sends."""
    pairs = ";".join(request.headers.getlist("cookie")).split(";")
    if sum(pair.partition("=")[0].strip() == COOKIE for pair in pairs) > 1:
        return ""
    return request.cookies.get(COOKIE)


def check_ballot_form(request: Request, form: FormData) -> None:
    """Take a form only from a page of ours: its sealed token, and a cookie or the browser's word for it.

    Raises
    ------
    FormExpired
        Where another site sent it, or the token is missing or wrong.
    """
    token, came_from = token_of_form(request, form), request.headers.get("sec-fetch-site")
    known = token_of_cookie(request)
    trusted = came_from == _OWN_PAGE or (came_from is None and known == token)
    if token is None or not trusted or (known is not None and known != token):
        raise FormExpired(
            "Nothing was sent, and what you typed on this page was not saved. Open your own link again: your "
            "answers from the pages that you saved before are there."
        )


def keep_cookie(request: Request, response: Response, token: str) -> None:
    """Let the browser hold the token until it is closed, if it does not yet."""
    if request.cookies.get(COOKIE) == token:
        return
    response.set_cookie(COOKIE, token, secure=True, httponly=True, samesite="lax")


def forget_cookie(response: Response) -> None:
    """Take the token from the browser."""
    response.delete_cookie(COOKIE, secure=True, httponly=True, samesite="lax")


def ballot_of(session: Session | Direct, token: str | None) -> tuple[str, Found, AskedSurvey]:
    """Give a token with what it leads to, and the survey.

    Raises
    ------
    NoBallot, DeadLink
    """
    if token is None:
        raise NoBallot
    found = find_ballot(session, token)
    if found.survey is None:
        raise DeadLink
    return token, found, found.survey


def holder(request: Request, session: Session | Direct, form: FormData | None = None) -> Holder:
    """Give the ballot that the browser, or the form that it sent, holds, if it may be answered now.

    Raises
    ------
    NoBallot, DeadLink, AlreadySubmitted, NotNow, NotAsLaunched
    """
    known = token_of_cookie(request) or (token_of_form(request, form) if form else None)
    token, found, survey = ballot_of(session, known)
    if found.state is BallotState.SPENT:
        raise AlreadySubmitted
    if not may_answer(found, now()):
        raise NotNow(survey)
    questionnaire = questionnaire_to_ask(session, survey)
    given = found.draft or Given()
    return Holder(token, survey, questionnaire, given, found.kept, by_open_link=found.kind == OPEN)


def questionnaire_to_ask(session: Session | Direct, survey: AskedSurvey) -> Questionnaire:
    """Give a survey's questionnaire.

    Raises
    ------
    NotAsLaunched
        Where the framework's file was edited since the launch.
    """
    try:
        return questionnaire_asked(session, survey)
    except FrameworkChanged as changed:
        raise NotAsLaunched(asking(session, survey).contact) from changed
