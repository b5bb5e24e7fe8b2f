"""What people wrote about profiles, which goes once the answers of the survey are gone. Profiles stay.

A profile holds the reasons of the decisions that it was made with, and is stored as it was published. Who
gave them, what was decided and not taken up, and who said what in the right of reply need not outlive the
evidence that they speak of.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.audit.queries import is_noted, noted_at
from app.audit.services import note
from app.commissioning.models import Diagnostic
from app.database.base import Base
from app.database.session import Database
from app.database.sweeping import sweep_tables
from app.fieldwork.queries import lock_diagnostic
from app.profiles.models import (
    FAILED,
    RUNNING,
    WAITING,
    CodeReview,
    ProfileBuild,
    ReplyAnswer,
    ReplyComment,
)
from app.profiles.queries import WORDS_FORGOTTEN, find_reply
from app.survey.models import CLOSED, Survey
from app.web.logs import log

_WRITTEN = (CodeReview, ReplyComment, ReplyAnswer)


@dataclass(frozen=True, slots=True)
class Written:
    """A class of what people wrote: what the log says when it has gone, where it stands, how it goes."""

    entry: str
    tables: Sequence[type[Base]]
    delete: Callable[[Session, Diagnostic, datetime], None]


def delete_words(session: Session, diagnostic: Diagnostic, moment: datetime) -> None:
    """Delete decisions, replies and what kept profiles from being made; close the right of reply."""
    for table in _WRITTEN:
        session.execute(delete(table).where(table.diagnostic_id == diagnostic.id))
    failed = ProfileBuild.diagnostic_id == diagnostic.id, ProfileBuild.state == FAILED
    session.execute(delete(ProfileBuild).where(*failed))
    reply = find_reply(session, diagnostic.id)
    if reply is not None and reply.closed_at is None:
        reply.closed_at = moment


WORDS = Written(WORDS_FORGOTTEN, (*_WRITTEN, ProfileBuild), delete_words)


def purge_words(database: Database, moment: datetime, about: Written = WORDS) -> int:
    """Delete a class of what was written about diagnostics whose answers are gone; say of how many.

    The log says so only when the database has forgotten it, so that what was broken off is done again.
    """
    with database.transaction(writes=False) as session:
        due = _due(session, about)
    if not due:
        return 0
    with database.transaction() as session:
        for diagnostic_id in due:
            diagnostic = session.get_one(Diagnostic, diagnostic_id)
            # Whoever writes holds this too, and sees afterwards that the answers are gone.
            lock_diagnostic(session, diagnostic)
            about.delete(session, diagnostic, moment)
    if not sweep_tables(database, about.tables):
        log().warning("the database's log could not be cut: the role needs pg_checkpoint")
    with database.transaction() as session:
        for diagnostic_id in due:
            diagnostic = session.get_one(Diagnostic, diagnostic_id, with_for_update=True)
            if noted_at(session, about.entry, diagnostic.authority_code, diagnostic.id) is None:
                note(
                    session, about.entry, None,
                    authority_code=diagnostic.authority_code, subject_id=diagnostic.id,
                    months=diagnostic.raw_data_months,
                )  # fmt: skip
    return len(due)


def _due(session: Session, about: Written) -> Sequence[UUID]:
    """Give the diagnostics of which something is to go; a profile that is being made ends first."""
    under_way = select(ProfileBuild.id).where(
        ProfileBuild.diagnostic_id == Diagnostic.id, ProfileBuild.state.in_((WAITING, RUNNING))
    )
    return session.scalars(
        select(Diagnostic.id)
        .join(Survey, Survey.diagnostic_id == Diagnostic.id)
        .where(
            Survey.state == CLOSED,
            Survey.purged_on.is_not(None),
            ~is_noted(about.entry, Diagnostic.authority_code, Diagnostic.id),
            ~under_way.exists(),
        )
        .order_by(Diagnostic.id)
    ).all()
