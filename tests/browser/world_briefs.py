"""What the pages of briefs need: versions that are out, a draft that much was changed in, others to sign."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.accounts.person import Role
from app.briefs.editing.changing import add, choose_steps, drop, merge, reword
from app.briefs.editing.edits import Wording
from app.briefs.models import BriefFile
from app.briefs.published.services import set_public, share
from app.briefs.queries import bytes_of, files_of
from app.briefs.room.services import Change, begin, change, check_draft
from app.briefs.room.signing import sign, text_digest
from app.commissioning.models import Diagnostic
from app.database.session import Database
from tests.service.actions.furniture import publish
from tests.service.briefs.furniture import person, publish_through, replied, sign_by_two
from tests.service.people import ELSEWHERE, People

_LEADERS = "culture.leaders_above_practitioners"
_CHANGES: tuple[Change, ...] = (
    lambda edits, profile: reword(
        edits, profile, _LEADERS, Wording("", "Leaders put culture 28 points above what practitioners say.")
    ),
    lambda edits, profile: merge(edits, profile, "capability.contrast", "capability.dissonance"),
    lambda edits, profile: drop(edits, profile, "systems.said_not_seen"),
    lambda edits, _: add(edits, "skills", "Teams ask for time to read together.", ["S skills", "I2"]),
    # Page 2 has no room for a third sentence on culture.
    lambda edits, _: add(edits, "culture", "Teams say openly what they do not know.", ["S culture"]),
    lambda edits, profile: choose_steps(
        edits, profile, ["cap_step_guide", "cul_step_mistakes"], "The council has begun this already."
    ),
)


def brief_room(
    database: Database, people: People, waves: tuple[UUID, ...], undecided: UUID
) -> dict[str, str]:
    """Publish what is out, and begin three drafts.

    The first wave: two versions, the newer one with all its files, shared and public, and a third that can be
    published. The second: a draft with every kind of change, which one of two has signed. Where codes are
    open: a draft that could not be published.
    """
    first, second = waves
    with database.transaction() as session:
        replied(session, first, people)
    old = publish(database, people, first)
    new = publish_through(database, people, first, "The ratings of one interview were put right.")
    publish(database, people, second)
    with database.transaction() as session:
        diagnostic = session.get_one(Diagnostic, first)
        _with_files(session, old, new)
        share(session, diagnostic, ELSEWHERE, people.alice)
        set_public(session, diagnostic, people.alice, public=True)
        begin(session, diagnostic, "A step is told more plainly.", people.dana)
        sign_by_two(session, diagnostic, people)
        _changed(session, session.get_one(Diagnostic, second), people)
        failed = begin(session, session.get_one(Diagnostic, undecided), "", people.dana)
        failed.problem = "Page 2 has more on it than it has room for.\nShorten a sentence on culture."
    return {"old_brief": str(old), "brief": str(new)}


def _with_files(session: Session, old: UUID, new: UUID) -> None:
    """Give the older version files too; to write them once is enough."""
    session.add_all(
        BriefFile(
            brief_id=old,
            name=one.name,
            media_type=one.media_type,
            size=one.size,
            sha256=one.sha256,
            data=bytes_of(session, new, one.name),
        )
        for one in files_of(session, new)
    )


def _changed(session: Session, diagnostic: Diagnostic, people: People) -> None:
    brief = begin(session, diagnostic, "Early help was counted twice.", people.dana)
    for one in _CHANGES:
        change(session, diagnostic, brief.revision, one, people.dana)
    digest = text_digest(check_draft(session, diagnostic))
    sign(session, diagnostic, digest, person(people.dana, Role.PDM, diagnostic.authority_code))
