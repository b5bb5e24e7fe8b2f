"""The right of reply: read the draft, comment on it, answer the three questions; open it and close it."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.accounts.access import PersonDep
from app.accounts.queries import names_of
from app.commissioning.access import SeenDiagnostic
from app.commissioning.models import Diagnostic
from app.database.session import SessionDep
from app.fieldwork.access import gathers
from app.profiles.access import GatheringDiagnostic, WorkedOnDiagnostic, works_on
from app.profiles.forms import AnswerForm, CommentForm, OpenReplyForm, QuestionsForm
from app.profiles.models import ProfileSnapshot, ReplyComment
from app.profiles.pages import room, way_here
from app.profiles.queries import comments_on, find_reply, newest_snapshot, reply_answers, words_went_on
from app.profiles.reply_presenters import (
    CHOICES,
    QUESTION_WORDS,
    comment_line,
    finding_groups,
    finding_line,
    left_over,
    question_lines,
)
from app.profiles.replying import (
    QUESTIONS,
    Answered,
    answer_comment,
    answer_questions,
    answer_seen,
    can_open_reply,
    check_can_open_reply,
    check_can_reply,
    close_reply,
    comment,
    comment_of,
    findings_to_reply_to,
    is_open,
    open_reply,
    shown_finding,
    shown_profile,
)
from app.profiles.reviewing import open_in
from app.survey.queries import find_survey
from app.survey.windows import must_go_on
from app.web.forms import WHOLE_FORM, Bound, bind, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page
from diagnostics.published import Finding

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/profile/reply")
_ANSWERED = (
    "Somebody else answered this while the page was open. Nothing of yours is kept yet: "
    "read their answer, and send yours again if it should stand instead"
)


@router.get("")
def show_reply(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: SeenDiagnostic
) -> HTMLResponse:
    """Show the draft's findings with what was said of them, to whoever may see the council."""
    reply = find_reply(session, diagnostic.id)
    works, gathering = works_on(session, person, diagnostic), gathers(session, person, diagnostic)
    survey = find_survey(session, diagnostic.id)
    context: dict[str, Any] = {"groups": (), "questions": (), "others": (), "number": None}
    if reply is not None:
        published = shown_profile(session, reply)
        findings, comments = findings_to_reply_to(published), comments_on(session, diagnostic.id)
        answers = reply_answers(session, diagnostic.id)
        made = [one for several in comments.values() for one in several]
        names = names_of(
            session,
            [
                *(one.made_by for one in made),
                *(one.answered_by for one in made),
                *(one.account_id for one in answers),
            ],
        )
        address = _reply(diagnostic)
        context = {
            "groups": finding_groups(published, findings, comments, names, address),
            "others": left_over(findings, comments, names, address),
            "questions": question_lines(answers, names),
            "answered": any(one.account_id == person.id for one in answers),
            "number": session.get_one(ProfileSnapshot, reply.snapshot_id).number,
        }
    return page(
        request,
        "profiles/reply.html.j2",
        title="Right of reply",
        home=room(diagnostic),
        reply=reply,
        is_open=is_open(reply),
        may_open=works and can_open_reply(session, diagnostic),
        works=works,
        gathers=gathering,
        goes_on=must_go_on(survey) if survey else None,
        went_on=words_went_on(session, diagnostic),
        breadcrumbs=way_here(diagnostic),
        **context,
    )


@router.get("/open")
def ask_to_open(request: Request, session: SessionDep, diagnostic: WorkedOnDiagnostic) -> HTMLResponse:
    """Ask for the day of the session."""
    check_can_open_reply(session, diagnostic)
    return _open_page(request, session, diagnostic, shown())


@router.post("/open")
def open_it(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: WorkedOnDiagnostic, sent: FormDep
) -> Response:
    """Open the right of reply for the newest profile."""
    bound = bind(OpenReplyForm, sent)
    if bound.data is None:
        return _open_page(request, session, diagnostic, bound)
    open_reply(session, diagnostic, bound.data.session_on, person.id)
    return redirect(
        request, _reply(diagnostic), "The right of reply is open. Tell the council’s people where it is."
    )


@router.get("/close")
def ask_to_close(request: Request, session: SessionDep, diagnostic: WorkedOnDiagnostic) -> HTMLResponse:
    """Ask whether it should be closed."""
    check_can_reply(session, diagnostic)
    return page(
        request,
        "profiles/close_reply.html.j2",
        title="Close the right of reply",
        back=_reply(diagnostic),
        breadcrumbs=_way(diagnostic),
    )


@router.post("/close")
def close_it(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: WorkedOnDiagnostic
) -> Response:
    """Close the right of reply."""
    close_reply(session, diagnostic, person.id)
    return redirect(
        request, _reply(diagnostic), "The right of reply is closed. What was said can still be read here."
    )


@router.get("/questions")
def ask_questions(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: SeenDiagnostic
) -> HTMLResponse:
    """Ask the three questions, with what this person answered before."""
    check_can_reply(session, diagnostic)
    mine = [one for one in reply_answers(session, diagnostic.id) if one.account_id == person.id]
    known = {one.question: one.answer for one in mine} | {f"{one.question}_why": one.why for one in mine}
    return _questions_page(request, diagnostic, shown(**known))


@router.post("/questions")
def take_answers(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: SeenDiagnostic, sent: FormDep
) -> Response:
    """Keep this person's answers."""
    bound = bind(QuestionsForm, sent)
    if bound.data is None:
        check_can_reply(session, diagnostic)
        return _questions_page(request, diagnostic, bound)
    data = bound.data
    answers = {one: Answered(getattr(data, one), getattr(data, f"{one}_why")) for one in QUESTIONS}
    answer_questions(session, diagnostic, answers, person.id)
    return redirect(
        request, _reply(diagnostic), "Your answers are kept. You can change them until it is closed."
    )


@router.get("/findings/{finding}")
def ask_for_comment(
    request: Request, session: SessionDep, diagnostic: SeenDiagnostic, finding: str
) -> HTMLResponse:
    """Show a finding, to comment on."""
    check_can_reply(session, diagnostic)
    return _comment_page(request, session, diagnostic, shown_finding(session, diagnostic, finding), shown())


@router.post("/findings/{finding}")
def take_comment(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: SeenDiagnostic,
    finding: str,
    sent: FormDep,
) -> Response:
    """Keep a comment."""
    bound = bind(CommentForm, sent)
    if bound.data is None:
        about = shown_finding(session, diagnostic, finding)
        return _comment_page(request, session, diagnostic, about, bound)
    comment(session, diagnostic, finding, bound.data.text, person.id)
    return redirect(request, _reply(diagnostic), "Your comment is kept with the finding.")


@router.get("/comments/{comment_id}")
def ask_for_answer(
    request: Request, session: SessionDep, diagnostic: GatheringDiagnostic, comment_id: UUID
) -> HTMLResponse:
    """Show a comment, to answer."""
    made = comment_of(session, diagnostic, comment_id)
    return _answer_page(request, session, diagnostic, made, shown(answer=made.answer))


@router.post("/comments/{comment_id}")
def take_answer(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheringDiagnostic,
    comment_id: UUID,
    sent: FormDep,
) -> Response:
    """Keep an answer to a comment."""
    made, bound = comment_of(session, diagnostic, comment_id), bind(AnswerForm, sent)
    if bound.data is None:
        return _answer_page(request, session, diagnostic, made, bound)
    data = bound.data
    if not answer_comment(session, diagnostic, comment_id, data.answer, person.id, data.seen):
        return _answer_page(request, session, diagnostic, made, bound.with_error(WHOLE_FORM, _ANSWERED))
    return redirect(request, _reply(diagnostic), "The answer is kept, and the council’s people can read it.")


def _reply(diagnostic: Diagnostic) -> str:
    return f"{room(diagnostic)}/reply"


def _way(diagnostic: Diagnostic) -> list[dict[str, str]]:
    return [*way_here(diagnostic), {"text": "Right of reply", "href": _reply(diagnostic)}]


def _open_page(
    request: Request, session: SessionDep, diagnostic: Diagnostic, form: Bound[Any]
) -> HTMLResponse:
    snapshot = newest_snapshot(session, diagnostic.id)
    return page(
        request,
        "profiles/open_reply.html.j2",
        title="Open the right of reply",
        form=form,
        number=snapshot.number if snapshot else 0,
        open_codes=len(open_in(session, diagnostic.id)),
        back=_reply(diagnostic),
        breadcrumbs=_way(diagnostic),
    )


def _questions_page(request: Request, diagnostic: Diagnostic, form: Bound[Any]) -> HTMLResponse:
    return page(
        request,
        "profiles/questions.html.j2",
        title="What is the draft worth to you?",
        form=form,
        questions=[(one, *QUESTION_WORDS[one]) for one in QUESTIONS],
        choices=CHOICES,
        back=_reply(diagnostic),
        breadcrumbs=_way(diagnostic),
    )


def _comment_page(
    request: Request, session: SessionDep, diagnostic: Diagnostic, finding: Finding, form: Bound[Any]
) -> HTMLResponse:
    comments = comments_on(session, diagnostic.id).get(finding.id, ())
    reply = find_reply(session, diagnostic.id)
    known = shown_profile(session, reply).evidence if reply is not None else ()
    names = names_of(session, [*(one.made_by for one in comments), *(one.answered_by for one in comments)])
    return page(
        request,
        "profiles/comment.html.j2",
        title="Comment on a finding",
        form=form,
        line=finding_line(finding, known, comments, names, _reply(diagnostic)),
        back=_reply(diagnostic),
        breadcrumbs=_way(diagnostic),
    )


def _answer_page(
    request: Request, session: SessionDep, diagnostic: Diagnostic, made: ReplyComment, form: Bound[Any]
) -> HTMLResponse:
    names = names_of(session, [made.made_by, made.answered_by])
    return page(
        request,
        "profiles/answer.html.j2",
        title="Answer a comment",
        form=form,
        line=comment_line(made, names, _reply(diagnostic), ""),
        seen=answer_seen(made),
        back=_reply(diagnostic),
        breadcrumbs=_way(diagnostic),
    )
