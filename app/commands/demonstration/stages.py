"""The stages after the close of a survey, gone through with the same services as the pages use."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.briefs.queries import find_draft
from app.briefs.rendering import pdf_problem
from app.briefs.room.publishing import ask_to_publish, publish_due
from app.briefs.room.services import begin, change, check_draft
from app.briefs.room.signing import sign, text_digest
from app.commands.demonstration.people import Cast, person_of
from app.commands.demonstration.story import AGREED, COMMISSIONER, READER, Story
from app.commissioning.models import Diagnostic
from app.database.session import Database
from app.profiles.building import ask_for_build, build_due
from app.profiles.models import DONE
from app.profiles.queries import newest_build
from app.profiles.replying import answer_comment, answer_questions, close_reply, comment, open_reply
from app.profiles.reviewing import Asked, asked_of, decide, newest_codes
from app.web.dates import now, today
from diagnostics.evidence import Review


class CannotBeShown(RuntimeError):
    """A stage did not end as it should. The message says why, in the words of that stage."""


def compute(database: Database, diagnostic_id: UUID, account_id: UUID) -> None:
    """Ask for a profile, and compute it as the worker does.

    Raises
    ------
    CannotBeShown
        Where it could not be computed.
    """
    with database.transaction() as session:
        ask_for_build(session, session.get_one(Diagnostic, diagnostic_id), account_id)
    build_due(database, now())
    with database.transaction(writes=False) as session:
        build = newest_build(session, diagnostic_id)
        if build is None or build.state != DONE:
            raise CannotBeShown(build.problem if build else "No profile was asked for.")


def review(session: Session, diagnostic: Diagnostic, decided: tuple[Review, ...], account_id: UUID) -> None:
    """Decide on every code and pattern: as the sample says, and by confirming all others."""
    known = {(one.heading, one.subject): (one.confirmed, one.reason) for one in decided}
    codes: dict[tuple[bool, str], list[Asked]] = {}
    for code in newest_codes(session, diagnostic.id):
        codes.setdefault(known.get(code.key, (True, AGREED)), []).append(asked_of(code))
    for (confirmed, reason), asked in codes.items():
        decide(session, diagnostic, asked, confirmed=confirmed, reason=reason, account_id=account_id)


def hear(session: Session, diagnostic: Diagnostic, story: Story, cast: Cast) -> None:
    """Hold the right of reply, from its opening to its close."""
    speakers = {COMMISSIONER: cast.commissioner, READER: cast.reader}
    open_reply(session, diagnostic, today(), cast.pdm)
    for one in story.comments:
        made = comment(session, diagnostic, one.finding, one.text, speakers[one.who])
        answer_comment(session, diagnostic, made.id, one.answer, cast.pdm, "")
    for who, answers in story.answers.items():
        answer_questions(session, diagnostic, answers, speakers[who])
    close_reply(session, diagnostic, cast.pdm)


def write(session: Session, diagnostic: Diagnostic, story: Story, cast: Cast) -> None:
    """Begin the brief, change what the story changes, and have it signed by the PDM who gathered for it."""
    brief = begin(session, diagnostic, "", cast.pdm)
    for one in story.changes:
        change(session, diagnostic, brief.revision, one, cast.pdm)
    add_signature(session, diagnostic, cast.pdm)


def add_signature(session: Session, diagnostic: Diagnostic, account_id: UUID) -> None:
    """Have somebody sign the draft as it is."""
    digest = text_digest(check_draft(session, diagnostic))
    sign(session, diagnostic, digest, person_of(session, account_id))


def publish(database: Database, diagnostic_id: UUID, account_id: UUID) -> None:
    """Publish the draft as the worker does.

    Raises
    ------
    CannotBeShown
        Where it could not be published.
    """
    with database.transaction() as session:
        diagnostic = session.get_one(Diagnostic, diagnostic_id)
        seen = check_draft(session, diagnostic).brief.revision
        ask_to_publish(session, diagnostic, seen, account_id)
    publish_due(database, now())
    with database.transaction(writes=False) as session:
        left = find_draft(session, diagnostic_id)
        if left is not None:
            raise CannotBeShown(left.problem)


def can_publish_here() -> bool:
    """Say whether this machine can make the PDFs, without which nothing is published."""
    return not pdf_problem()
