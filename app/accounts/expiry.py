"""What goes by itself: sessions that are over, links that have expired, attempts that no longer count."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from app.accounts.models import AccountLink, FailedAttempt, SignedInSession
from app.accounts.signed_in import IDLE, LONGEST

_ATTEMPTS_KEPT = timedelta(days=1)


def purge_expired(session: Session, moment: datetime) -> int:
    """Delete what no longer opens anything, and say how many rows that were."""
    over = or_(SignedInSession.seen_at < moment - IDLE, SignedInSession.started_at < moment - LONGEST)
    statements = (
        delete(SignedInSession).where(over).returning(SignedInSession.id),
        delete(AccountLink).where(AccountLink.expires_at < moment).returning(AccountLink.id),
        delete(FailedAttempt).where(FailedAttempt.at < moment - _ATTEMPTS_KEPT).returning(FailedAttempt.id),
    )
    return sum(len(session.execute(statement).all()) for statement in statements)
