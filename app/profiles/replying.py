"""The right of reply: the council's people see the draft, comment on findings, and say what it is worth."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from app.audit.services import note
from app.commissioning.models import Diagnostic
from app.fieldwork.queries import lock_diagnostic
from app.profiles.gathering import ANSWERS_GONE
from app.profiles.models import (
    AS_DRAFT,
    IssuedRelease,
    ProfileSnapshot,
    ReplyAnswer,
    ReplyComment,
    RightOfReply,
)
from app.profiles.queries import (
    find_comment,
    find_reply,
    issued_in,
    newest_snapshot,
    profile_of,
    reply_answers,
)
from app.survey.queries import answers_went_on
from app.web.dates import now
from app.web.errors import Conflict, NotFound
from diagnostics.published import Finding, PublishedProfile

ACCURATE, SUBSTANCE, HELPFUL = "accurate", "substance", "helpful"
QUESTIONS = (ACCURATE, SUBSTANCE, HELPFUL)
# What the council is asked about. What limits the evidence and how sure we are stands on pages of its own.
_ASKED_ABOUT = frozenset(
    {"verdict", "heading", "pattern", "agreement", "gap", "change", "response", "strength"}
)


@dataclass(frozen=True, slots=True)
class Answered:
    """What somebody answers to one of the questions: yes, partly or no, and why."""

    answer: str
    why: str


def is_open(reply: RightOfReply | None) -> bool:
    """Say whether the council's people may comment now."""
    return reply is not None and reply.closed_at is None


def findings_to_reply_to(published: PublishedProfile) -> tuple[Finding, ...]:
    """Give the sentences that the council is shown: the findings, and the reasons of the first steps."""
    first = {finding for step in published.steps if step.first for finding in step.findings}
    return tuple(one for one in published.findings if one.kind in _ASKED_ABOUT or one.id in first)


def can_open_reply(session: Session, diagnostic: Diagnostic) -> bool:
    """Say whether the right of reply can be opened now."""
    return _not_openable(session, diagnostic) == ""


def check_can_open_reply(session: Session, diagnostic: Diagnostic) -> None:
    """Stop opening where there is nothing to show, or where it is open.

    Raises
    ------
    Conflict
        With the reason in words.
    """
    why_not = _not_openable(session, diagnostic)
    if why_not:
        raise Conflict(why_not)


def _not_openable(session: Session, diagnostic: Diagnostic) -> str:
    if is_open(find_reply(session, diagnostic.id)):
        return "The right of reply is open already."
    if answers_went_on(session, diagnostic.id) is not None:
        return f"{ANSWERS_GONE} The profile stays as it is from then on, whatever the council says of it."
    if newest_snapshot(session, diagnostic.id) is None:
        return "There is no profile yet, so there is nothing that the council could reply to."
    return ""


def open_reply(session: Session, diagnostic: Diagnostic, session_on: date, account_id: UUID) -> RightOfReply:
    """Open the right of reply for the newest profile; what was said of an earlier one stays.

    What the council is shown it may remember, so that it counts as issued from then on.

    Raises
    ------
    Conflict
        Where there is no profile, or it is open already.
    """
    lock_diagnostic(session, diagnostic)
    check_can_open_reply(session, diagnostic)
    snapshot = newest_snapshot(session, diagnostic.id)
    if snapshot is None:
        raise Conflict
    reply = find_reply(session, diagnostic.id)
    if reply is None:
        reply = RightOfReply(diagnostic_id=diagnostic.id, snapshot_id=snapshot.id, opened_by=account_id)
        session.add(reply)
    reply.snapshot_id, reply.session_on = snapshot.id, session_on
    reply.opened_by, reply.opened_at, reply.closed_at = account_id, now(), None
    _issue(session, snapshot)
    session.flush()
    _note(session, "right of reply opened", diagnostic, account_id)
    return reply


def _issue(session: Session, snapshot: ProfileSnapshot) -> None:
    held = issued_in(session, snapshot.diagnostic_id)
    if any(one.snapshot_id == snapshot.id for one in held):
        return
    session.add(
        IssuedRelease(
            diagnostic_id=snapshot.diagnostic_id,
            snapshot_id=snapshot.id,
            shown_as=AS_DRAFT,
            digest=snapshot.digest,
            published=snapshot.published,
            knowledge=snapshot.knowledge,
        )
    )


def close_reply(session: Session, diagnostic: Diagnostic, account_id: UUID) -> None:
    """Close it; everything stays readable, and comments can still be answered.

    Raises
    ------
    Conflict
        Where it is not open.
    """
    lock_diagnostic(session, diagnostic)
    _open_one(session, diagnostic).closed_at = now()
    _note(session, "right of reply closed", diagnostic, account_id)


def can_reply(session: Session, diagnostic: Diagnostic) -> bool:
    """Say whether the council's people may comment now."""
    return is_open(find_reply(session, diagnostic.id)) and answers_went_on(session, diagnostic.id) is None


def check_can_reply(session: Session, diagnostic: Diagnostic) -> None:
    """Stop comments before it is opened and after it is closed.

    Raises
    ------
    Conflict
        Where it is not open.
    """
    _open_one(session, diagnostic)


def _open_one(session: Session, diagnostic: Diagnostic) -> RightOfReply:
    reply = find_reply(session, diagnostic.id)
    if answers_went_on(session, diagnostic.id) is not None:
        raise Conflict(f"{ANSWERS_GONE} The right of reply ended then, and what was said in it goes too.")
    if reply is None or reply.closed_at is not None:
        raise Conflict("The right of reply is not open. What was said before can still be read.")
    return reply


def shown_profile(session: Session, reply: RightOfReply) -> PublishedProfile:
    """Give the profile that the council is shown."""
    return profile_of(session.get_one(ProfileSnapshot, reply.snapshot_id))


def shown_finding(session: Session, diagnostic: Diagnostic, finding_id: str) -> Finding:
    """Give a finding that the council is shown.

    Raises
    ------
    NotFound
        Where the draft has no such finding.
    """
    reply = find_reply(session, diagnostic.id)
    if reply is not None:
        for one in findings_to_reply_to(shown_profile(session, reply)):
            if one.id == finding_id:
                return one
    raise NotFound("The draft has no such finding.")


def sentence_of(finding: Finding) -> str:
    """Give a finding as one sentence, as it stands beside its comments."""
    return f"{finding.lead} {finding.text}".strip()


def comment(
    session: Session, diagnostic: Diagnostic, finding_id: str, text: str, account_id: UUID
) -> ReplyComment:
    """Keep what somebody says of a finding, with the finding as it stood.

    Raises
    ------
    Conflict
        Where the right of reply is not open.
    NotFound
        Where the draft has no such finding.
    """
    lock_diagnostic(session, diagnostic)
    check_can_reply(session, diagnostic)
    finding = shown_finding(session, diagnostic, finding_id)
    made = ReplyComment(
        diagnostic_id=diagnostic.id,
        finding=finding.id,
        sentence=sentence_of(finding),
        text=text,
        made_by=account_id,
    )
    session.add(made)
    session.flush()
    _note(session, "draft commented on", diagnostic, account_id)
    return made


def comment_of(session: Session, diagnostic: Diagnostic, comment_id: UUID) -> ReplyComment:
    """Give a comment.

    Raises
    ------
    NotFound
        Where the diagnostic has no such comment.
    """
    found = find_comment(session, diagnostic.id, comment_id)
    if found is None:
        raise NotFound("There is no such comment.")
    return found


def answer_comment(
    session: Session, diagnostic: Diagnostic, comment_id: UUID, answer: str, account_id: UUID, seen: str
) -> bool:
    """Answer a comment, or change the answer; False where somebody else answered after the page was made.

    ``seen`` is what `answer_seen` gave for the page.
    """
    lock_diagnostic(session, diagnostic)
    made = comment_of(session, diagnostic, comment_id)
    session.refresh(made, with_for_update=True)
    if answer_seen(made) != seen:
        return False
    if made.answer != answer:
        made.answer, made.answered_by, made.answered_at = answer, account_id, now()
        _note(session, "comment answered", diagnostic, account_id)
    return True


def answer_seen(made: ReplyComment) -> str:
    """Give what stands for the answer to a comment, for a form to carry."""
    return made.answered_at.isoformat() if made.answered_at else ""


def answer_questions(
    session: Session, diagnostic: Diagnostic, answers: Mapping[str, Answered], account_id: UUID
) -> None:
    """Keep somebody's answers to the three questions, in place of their earlier ones.

    Raises
    ------
    Conflict
        Where the right of reply is not open.
    """
    lock_diagnostic(session, diagnostic)
    check_can_reply(session, diagnostic)
    mine = {
        one.question: one for one in reply_answers(session, diagnostic.id) if one.account_id == account_id
    }
    for question in QUESTIONS:
        kept = mine.get(question)
        if kept is None:
            kept = ReplyAnswer(diagnostic_id=diagnostic.id, account_id=account_id, question=question)
            session.add(kept)
        kept.answer, kept.why, kept.saved_at = answers[question].answer, answers[question].why, now()
    session.flush()
    _note(session, "questions about the draft answered", diagnostic, account_id)


def _note(session: Session, action: str, diagnostic: Diagnostic, account_id: UUID) -> None:
    note(
        session, action, account_id,
        authority_code=diagnostic.authority_code, subject_id=diagnostic.id,
    )  # fmt: skip
