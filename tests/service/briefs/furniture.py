"""A brief on its way: a profile that the council has replied to, a draft, two signatures, its publication."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.accounts.person import Person, Role
from app.briefs.models import PUBLISHED
from app.briefs.queries import newest_published
from app.briefs.room.publishing import ask_to_publish, publish_due
from app.briefs.room.services import begin, check_draft
from app.briefs.room.signing import sign, text_digest
from app.commissioning.models import Diagnostic
from app.database.session import Database
from app.profiles.replying import close_reply, open_reply
from app.web.dates import now, today
from tests.service.people import HERE, People


def replied(session: Session, diagnostic_id: UUID, people: People) -> Diagnostic:
    """Let the council have its right of reply, from beginning to end."""
    diagnostic = session.get_one(Diagnostic, diagnostic_id)
    open_reply(session, diagnostic, today(), people.dana)
    close_reply(session, diagnostic, people.dana)
    return diagnostic


def person(account_id: UUID, role: Role, council: str = HERE) -> Person:
    """Give somebody with one role in a council."""
    return Person(account_id, "Somebody", "somebody@council.test", False, {role: frozenset({council})})


def sign_by_two(session: Session, diagnostic: Diagnostic, people: People) -> None:
    """Have Dana, who gathered, and Alice, who commissioned, sign the draft as it is."""
    digest, council = text_digest(check_draft(session, diagnostic)), diagnostic.authority_code
    sign(session, diagnostic, digest, person(people.dana, Role.PDM, council))
    sign(session, diagnostic, digest, person(people.alice, Role.COMMISSIONER, council))


def publish_through(database: Database, people: People, diagnostic_id: UUID, correction: str = "") -> UUID:
    """Draft, sign and publish a brief as people and the worker do; give its id."""
    with database.transaction() as session:
        diagnostic = session.get_one(Diagnostic, diagnostic_id)
        if not correction:
            replied(session, diagnostic_id, people)
        brief = begin(session, diagnostic, correction, people.dana)
        sign_by_two(session, diagnostic, people)
        ask_to_publish(session, diagnostic, brief.revision, people.dana)
    assert publish_due(database, now()) == 1
    with database.transaction(writes=False) as session:
        out = newest_published(session, diagnostic_id)
        assert out is not None and out.brief.state == PUBLISHED
        return out.brief.id
