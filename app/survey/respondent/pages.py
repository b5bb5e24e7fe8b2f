"""The pages of a respondent who has begun: what is sent is kept, and only the last button spends.

Everybody opens them within a few days, so that they are made with care for time: a page is printed once a
process, and a request changes to a thread once, in which it does all that it has to do with the database.
"""

from typing import Any, cast

from fastapi import Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from app.database.session import direct_of
from app.survey.queries import Asking, asking
from app.survey.questionnaire import ABOUT_YOU, IN_YOUR_WORDS, Questionnaire
from app.survey.respondent import presenters
from app.survey.respondent.access import (
    FIELD,
    AlreadySubmitted,
    DeadLink,
    Holder,
    NoBallot,
    NotAsLaunched,
    NotNow,
    Respondents,
    check_ballot_form,
    forget_cookie,
    holder,
    keep_cookie,
    sealed_token,
)
from app.survey.respondent.forms import (
    Read,
    as_shown,
    looked_at,
    read_about_you,
    read_in_your_words,
    read_questions,
)
from app.survey.respondent.showing import go, own_address, receipt, show, show_sheet
from app.survey.sealing import Given
from app.survey.services.ballots import BallotState, find_ballot, save_draft, submit
from app.survey.windows import Standing, standing
from app.web.dates import now
from app.web.errors import Changed, NotFound
from app.web.plain_routes import PlainRoutes
from app.web.sheets import mark

LATER = "later"
_MOST_TRIES = 20
answering = PlainRoutes(Respondents(check_ballot_form))


@answering.get("/survey/questions/{page_id}")
def questions(request: Request, page_id: str) -> Response:
    """Show a page of questions, with what was answered before."""
    with direct_of(request) as session:
        held = holder(request, session)
    questionnaire, given = held.questionnaire, held.given
    _check_page(questionnaire, page_id)
    if page_id != ABOUT_YOU and given.role_group is None:
        return go(f"/survey/questions/{ABOUT_YOU}")
    return _show_page(request, held, questionnaire, page_id, looked_at(given))


@answering.post("/survey/questions/{page_id}")
def keep(request: Request, form: FormData, page_id: str) -> Response:
    """Keep what a page sent, whole or not; go on when it is whole."""
    held, read = _keep(request, form, page_id)
    # Nobody is sent away with the word "saved" while something that they wrote is not.
    if form.get(LATER) is not None and read.kept == read.given:
        answer: Response = go("/survey/saved")
    elif read.errors:
        answer = _show_page(request, held, held.questionnaire, page_id, read)
    else:
        answer = go(_next(held.questionnaire, page_id, read.given))
    keep_cookie(request, answer, held.token)
    return answer


def _keep(request: Request, form: FormData, page_id: str) -> tuple[Holder, Read]:
    """Add what a page sent to what is there; once more where another tab has kept something meanwhile.

    Raises
    ------
    Changed
        Where another tab was faster every time.
    """
    for _ in range(_MOST_TRIES):
        with direct_of(request, writes=False) as session:
            held = holder(request, session, form)
        _check_page(held.questionnaire, page_id)
        read = _read(held.questionnaire, page_id, held.given, form)
        # A robot that presses every button has answered nothing, and leaves nothing behind.
        if not read.anything and (page_id != IN_YOUR_WORDS or held.given == Given()):
            return held, read
        with direct_of(request, single=True) as session:
            survey = held.survey.diagnostic_id
            if save_draft(session, held.token, survey, read.kept, instead_of=held.kept):
                return held, read
    raise Changed("You have this survey open more than once. Close the other one, and send this page again.")


def _next(questionnaire: Questionnaire, page_id: str, given: Given) -> str:
    """After a change, go back to checking as soon as nothing is open."""
    return (
        presenters.after(questionnaire, page_id) if questionnaire.first_unfinished(given) else "/survey/check"
    )


@answering.get("/survey/saved")
def saved(request: Request) -> Response:
    """Say how to come back, and take the link from the browser: the next person may sit at this computer.

    Whoever came by the open link has no message to find theirs in, so it is shown to them once more.
    """
    with direct_of(request) as session:
        held = holder(request, session)
    address = own_address(request, held.token) if held.by_open_link else ""
    code = presenters.qr_code(address) if address else ""
    last_hour = presenters.last_hour(held.survey, now())
    answer = show(request, "saved", survey=held.survey, last_hour=last_hour, address=address, code=code)
    forget_cookie(answer)
    return answer


@answering.get("/survey/check")
def check(request: Request) -> Response:
    """Show all answers before they are sent."""
    with direct_of(request) as session:
        held = holder(request, session)
    questionnaire, given = held.questionnaire, held.given
    unfinished = questionnaire.first_unfinished(given)
    if unfinished:
        return go(f"/survey/questions/{unfinished}")
    given = questionnaire.fitted(given)
    last_hour = presenters.last_hour(held.survey, now())

    def context() -> dict[str, Any]:
        return {
            "sections": presenters.sections(questionnaire, given.role_group),
            "ballot": mark(FIELD),
            "back": presenters.last(questionnaire),
            "last_hour": last_hour,
        }

    own = {**presenters.in_words(questionnaire, given), FIELD: sealed_token(request, held.token)}
    return show_sheet(request, "check", (questionnaire, given.role_group, last_hour), context, own)


@answering.post("/survey/submit")
def send(request: Request, form: FormData) -> Response:
    """Spend the ballot and seal the answers, all or nothing."""
    with direct_of(request) as session:
        held = holder(request, session, form)
        questionnaire, given = held.questionnaire, held.given
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
        about = asking(session, held.survey)
        answer = receipt(request, held.survey, about, again=came is BallotState.SPENT)
        forget_cookie(answer)
        return answer


def _check_page(questionnaire: Questionnaire, page_id: str) -> None:
    if page_id not in questionnaire.pages:
        raise NotFound


def _read(questionnaire: Questionnaire, page_id: str, before: Given, form: FormData) -> Read:
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
    role_group = read.given.role_group if heading else None

    words = page_id == IN_YOUR_WORDS
    shown = as_shown(questionnaire, read.kept) if words else {}
    last_hour = presenters.last_hour(held.survey, now())

    def context() -> dict[str, Any]:
        fields: list[dict[str, Any]] = []
        if page_id == ABOUT_YOU:
            fields = presenters.about_fields(questionnaire, read.errors)
        elif heading is not None:
            fields = presenters.question_fields(questionnaire, heading, role_group, read.errors)
        return {
            "name": presenters.page_name(questionnaire, page_id),
            "about": heading.about if heading else "",
            "last_hour": last_hour,
            "progress": presenters.progress(questionnaire, page_id),
            "back": presenters.before(questionnaire, page_id),
            "radios": fields,
            "needs": presenters.needs_field(questionnaire, read.errors) if words else None,
            "comments": presenters.comment_fields(questionnaire, read.errors) if words else [],
            "shown": {name: mark(name) for name in shown},
            "saved": presenters.saved_meanwhile(questionnaire, read.kept, read.clashes),
            "errors": presenters.summary(read.errors),
            "ballot": mark(FIELD),
            "action": f"/survey/questions/{page_id}",
        }

    key = None if read.errors else (questionnaire, page_id, role_group, last_hour)
    own = {**presenters.own_answers(read.given), **shown, FIELD: sealed_token(request, held.token)}
    return show_sheet(request, "questions", key, context, own)


def no_ballot(request: Request, error: Exception) -> Response:
    """Tell whoever lost their link's cookie how to come back."""
    return show(request, "no_ballot", status=404)


def dead_link(request: Request, error: Exception) -> Response:
    """Tell what may have become of a link, in the same words where nobody ever had it."""
    return show(request, "dead_link", status=404)


def not_now(request: Request, error: Exception) -> Response:
    """Tell when the survey is open."""
    survey = cast("NotNow", error).survey
    stands = standing(survey, now())
    over = stands in (Standing.OVER, Standing.OPEN)
    return show(request, "not_now", status=409, over=over, why=presenters.why_not_open(survey, stands))


def already(request: Request, error: Exception) -> Response:
    """Tell whoever sends again that the answers are here."""
    answer = receipt(request, None, Asking("", ""), again=True)
    forget_cookie(answer)
    return answer


def not_as_launched(request: Request, error: Exception) -> Response:
    """Tell that nothing is lost, and whom to tell."""
    contact = error.contact if isinstance(error, NotAsLaunched) else ""
    return show(request, "not_as_launched", status=NotAsLaunched.status, contact=contact)


HANDLERS = {
    NoBallot: no_ballot,
    DeadLink: dead_link,
    NotNow: not_now,
    NotAsLaunched: not_as_launched,
    AlreadySubmitted: already,
}
