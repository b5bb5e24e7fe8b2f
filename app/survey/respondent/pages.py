"""The respondent's pages. Looking writes nothing; what is sent is kept; only the last button spends.

Everybody opens them within a few days, so that they are made with care for time: a page is printed once a
process, and a request changes to a thread once, in which it does all that it has to do with the database.
"""

from collections.abc import Hashable, Mapping
from typing import Any, cast

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from app.database.session import direct_of, transaction_of
from app.survey.asked import AskedSurvey, open_survey
from app.survey.queries import Asking, asking
from app.survey.questionnaire import ABOUT_YOU, IN_YOUR_WORDS, Questionnaire
from app.survey.respondent import presenters
from app.survey.respondent.access import (
    AlreadySubmitted,
    Holder,
    NoBallot,
    NotAsLaunched,
    NotNow,
    Respondents,
    check_ballot_form,
    forget_cookie,
    holder,
    keep_cookie,
    questionnaire_to_ask,
    sealed_token,
    token_of_form,
)
from app.survey.respondent.forms import Read, read_about_you, read_in_your_words, read_questions
from app.survey.sealing import Given
from app.survey.services.ballots import (
    BallotState,
    find_ballot,
    may_answer,
    save_draft,
    start_open,
    submit,
)
from app.survey.windows import Standing, may_start, standing
from app.web.dates import now
from app.web.errors import Changed, NotFound
from app.web.plain_routes import PlainRoutes
from app.web.protection import check_form_sent
from app.web.sheets import Context, Sheets, fill, mark
from app.web.templating import page

LATER, BALLOT = "later", "ballot"
_MOST_TRIES = 20
# The first page is sent with the token of an ordinary form; from then on the ballot is the token.
starting = PlainRoutes(Respondents(check_form_sent))
answering = PlainRoutes(Respondents(check_ballot_form))


def show(request: Request, template: str, *, status: int = 200, **context: Any) -> Response:
    """Answer with a page."""
    return page(request, f"survey/{template}.html.j2", status=status, **context)


def show_sheet(
    request: Request, template: str, key: Hashable, context: Context, own: Mapping[str, str]
) -> Response:
    """Answer with a page that was printed before; without a key it is printed for this answer alone."""
    sheets: Sheets = request.app.state.sheets
    name = f"survey/{template}.html.j2"
    sheet = sheets.printed(name, context()) if key is None else sheets.kept(name, key, context)
    return fill(request, sheet, own)


def go(address: str) -> RedirectResponse:
    """Send the browser on."""
    return RedirectResponse(address, status_code=303)


@starting.get("/s/{token}")
def invitation(request: Request, token: str) -> Response:
    """Say what this is and what is promised, to whoever opens a personal link."""
    with direct_of(request) as session:
        found = find_ballot(session, token)
        if found.survey is None:
            raise NotFound("This link leads to no survey. Copy the whole link from your invitation.")
        survey, about = found.survey, asking(session, found.survey)
        if found.state is BallotState.SPENT:
            return _receipt(request, survey, about, again=True)
        open_now, begun = may_answer(found, now()), found.draft is not None
        return _start(request, survey, about, "/s/begin", open_now=open_now, begun=begun, token=token)


@starting.post("/s/begin")
def begin(request: Request, form: FormData) -> Response:
    """Move the token into the cookie. It opens the questions and spends nothing."""
    token = token_of_form(request, form)
    with direct_of(request, writes=False) as session:
        found = find_ballot(session, token) if token else None
        if token is None or found is None or found.survey is None:
            raise NoBallot
        if found.state is BallotState.SPENT:
            return _receipt(request, found.survey, asking(session, found.survey), again=True)
        if not may_answer(found, now()):
            raise NotNow(found.survey)
        questionnaire = questionnaire_to_ask(session, found.survey)
        unfinished = questionnaire.first_unfinished(found.draft or Given())
        answer = go(f"/survey/questions/{unfinished}" if unfinished else "/survey/check")
        keep_cookie(request, answer, token)
        return answer


@starting.get("/o/{code}")
def open_link(request: Request, code: str) -> Response:
    """Say what this is and what is promised, to whoever opens the open link."""
    with transaction_of(request) as session:
        survey = open_survey(session, code)
        if survey is None:
            raise NotFound("This link leads to no survey. Type the whole address, or scan the code again.")
        open_now, about = may_start(survey, now()), asking(session, survey)
        return _start(request, survey, about, f"/o/{code}", open_now=open_now, begun=False, token="")


@starting.post("/o/{code}")
def begin_open(request: Request, code: str) -> Response:
    """Give a visitor a ballot of their own, and show once the link with which to come back."""
    with transaction_of(request) as session:
        survey = open_survey(session, code)
        if survey is None:
            raise NotFound
        if not may_start(survey, now()):
            raise NotNow(survey)
        token = start_open(session, survey)
        address = _own_address(request, token)
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


@answering.get("/survey/questions/{page_id}")
def questions(request: Request, page_id: str) -> Response:
    """Show a page of questions, with what was answered before."""
    with direct_of(request) as session:
        held = holder(request, session)
    questionnaire, given = held.questionnaire, held.given
    _check_page(questionnaire, page_id)
    if page_id != ABOUT_YOU and given.role_group is None:
        return go(f"/survey/questions/{ABOUT_YOU}")
    return _show_page(request, held, questionnaire, page_id, Read(given, {}, anything=False))


@answering.post("/survey/questions/{page_id}")
def keep(request: Request, form: FormData, page_id: str) -> Response:
    """Keep what a page sent, whole or not; go on when it is whole."""
    held, read = _keep(request, form, page_id)
    # Nobody is sent away with the word "saved" while only a part of what they wrote is.
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
        if not read.anything and (page_id != IN_YOUR_WORDS or read.errors or held.given == Given()):
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
    address = _own_address(request, held.token) if held.by_open_link else ""
    code = presenters.qr_code(address) if address else ""
    answer = show(request, "saved", survey=held.survey, address=address, code=code)
    forget_cookie(answer)
    return answer


def _own_address(request: Request, token: str) -> str:
    return f"{request.app.state.settings.base_url}/s/{token}"


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

    def context() -> dict[str, Any]:
        return {
            "sections": presenters.sections(questionnaire, given.role_group),
            "ballot": mark(BALLOT),
            "back": presenters.last(questionnaire),
        }

    own = {**presenters.in_words(questionnaire, given), BALLOT: sealed_token(request, held.token)}
    return show_sheet(request, "check", (questionnaire, given.role_group), context, own)


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
        answer = _receipt(request, held.survey, about, again=came is BallotState.SPENT)
        forget_cookie(answer)
        return answer


def _start(
    request: Request,
    survey: AskedSurvey,
    about: Asking,
    action: str,
    *,
    open_now: bool,
    begun: bool,
    token: str,
) -> Response:
    """The first page. Without a token it is that of the open link."""
    stands = standing(survey, now())

    def context() -> dict[str, Any]:
        return {
            "survey": survey,
            "action": action,
            "ballot": mark(BALLOT) if token else "",
            "open_now": open_now,
            "why_not": presenters.why_not_open(survey, stands),
            "begun": begun,
            "one_answer": bool(token),
            "council": about.council,
            "contact": about.contact,
            **presenters.promises(survey),
        }

    frozen = (survey.threshold, survey.raw_data_months, survey.opens_on, survey.closes_on, stands)
    own = {BALLOT: sealed_token(request, token)} if token else {}
    return show_sheet(request, "start", (about, frozen, action, open_now, begun), context, own)


def _receipt(request: Request, survey: AskedSurvey | None, about: Asking, *, again: bool) -> Response:
    def context() -> dict[str, Any]:
        return {"survey": survey, "again": again, "contact": about.contact}

    closes_on = survey.closes_on if survey else None
    return show_sheet(request, "receipt", (about, closes_on, again), context, {})


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

    def context() -> dict[str, Any]:
        fields: list[dict[str, Any]] = []
        if page_id == ABOUT_YOU:
            fields = presenters.about_fields(questionnaire, read.errors)
        elif heading is not None:
            fields = presenters.question_fields(questionnaire, heading, role_group, read.errors)
        own = page_id == IN_YOUR_WORDS
        return {
            "name": presenters.page_name(questionnaire, page_id),
            "about": heading.about if heading else "",
            "progress": presenters.progress(questionnaire, page_id),
            "back": presenters.before(questionnaire, page_id),
            "radios": fields,
            "needs": presenters.needs_field(questionnaire, read.errors) if own else None,
            "comments": presenters.comment_fields(questionnaire, read.errors) if own else [],
            "errors": presenters.summary(read.errors),
            "ballot": mark(BALLOT),
            "action": f"/survey/questions/{page_id}",
        }

    key = None if read.errors else (questionnaire, page_id, role_group)
    own = {**presenters.own_answers(read.given), BALLOT: sealed_token(request, held.token)}
    return show_sheet(request, "questions", key, context, own)


def no_ballot(request: Request, error: Exception) -> Response:
    """Tell whoever lost their link's cookie how to come back."""
    return show(request, "no_ballot", status=404)


def not_now(request: Request, error: Exception) -> Response:
    """Tell when the survey is open."""
    survey = cast("NotNow", error).survey
    stands = standing(survey, now())
    over = stands in (Standing.OVER, Standing.OPEN)
    return show(request, "not_now", status=409, over=over, why=presenters.why_not_open(survey, stands))


def already(request: Request, error: Exception) -> Response:
    """Tell whoever sends again that the answers are here."""
    answer = _receipt(request, None, Asking("", ""), again=True)
    forget_cookie(answer)
    return answer


def not_as_launched(request: Request, error: Exception) -> Response:
    """Tell that nothing is lost, and whom to tell."""
    contact = error.contact if isinstance(error, NotAsLaunched) else ""
    return show(request, "not_as_launched", status=NotAsLaunched.status, contact=contact)


HANDLERS = {
    NoBallot: no_ballot,
    NotNow: not_now,
    NotAsLaunched: not_as_launched,
    AlreadySubmitted: already,
}
