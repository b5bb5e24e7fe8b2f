"""Dating what was done for the first wave back to its year, so that the two waves lie a year apart.

The log cannot be changed, so what goes into it is dated as it is written.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app.audit.models import Entry
from app.briefs.models import BriefShare, BriefSignature, InsightBrief
from app.profiles.models import (
    CodeReview,
    IssuedRelease,
    ProfileBuild,
    ProfileSnapshot,
    ReplyAnswer,
    ReplyComment,
    RightOfReply,
)
from app.web.dates import now, today

# All by the same span, so that what came first still comes first.
_OF_DIAGNOSTIC: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (ProfileBuild, ("asked_at", "told_at")),
    (ProfileSnapshot, ("made_at",)),
    (IssuedRelease, ("issued_at",)),
    (CodeReview, ("decided_at",)),
    (RightOfReply, ("opened_at", "closed_at")),
    (ReplyComment, ("made_at", "answered_at")),
    (ReplyAnswer, ("saved_at",)),
    (InsightBrief, ("made_at", "told_at", "published_at")),
    (BriefShare, ("shared_at",)),
)


def since(day: date) -> timedelta:
    """Say how long ago a day was; no time where it is still to come."""
    return max(today() - day, timedelta())


@contextmanager
def dating_back_the_log(span: timedelta) -> Iterator[None]:
    """Have all that is logged meanwhile logged so much earlier."""

    def date_entries(session: Session, *_: object) -> None:
        for one in session.new:
            if isinstance(one, Entry) and vars(one).get("at") is None:
                one.at = now() - span

    event.listen(Session, "before_flush", date_entries)
    try:
        yield
    finally:
        event.remove(Session, "before_flush", date_entries)


def date_back(session: Session, diagnostic_id: UUID, day: date) -> date:
    """Move all moments back so that what happened now happened on a day, unless that is still to come."""
    span = since(day)
    if not span:
        return today()
    for table, names in _OF_DIAGNOSTIC:
        for row in session.scalars(select(table).where(table.diagnostic_id == diagnostic_id)):
            for name in names:
                then = getattr(row, name)
                setattr(row, name, None if then is None else then - span)
    reply = session.get(RightOfReply, diagnostic_id)
    if reply is not None and reply.session_on is not None:
        reply.session_on -= span
    briefs = select(InsightBrief.id).where(InsightBrief.diagnostic_id == diagnostic_id)
    for signature in session.scalars(select(BriefSignature).where(BriefSignature.brief_id.in_(briefs))):
        signature.signed_at -= span
    session.flush()
    return day
