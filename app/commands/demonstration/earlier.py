"""Dating what was done for the first wave back to its year, so that the two waves lie a year apart.

The log of what was done cannot be changed, and keeps the moments at which the demonstration was filled.
"""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

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
from app.web.dates import LONDON, now

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


def date_back(session: Session, diagnostic_id: UUID, day: date) -> date:
    """Move all moments back so that what happened now happened on a day, unless that is still to come."""
    moment = now()
    span = moment.astimezone(LONDON).date() - day
    if span <= timedelta():
        return moment.astimezone(LONDON).date()
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
