"""Links that are mailed: to join, or to choose a new password. Each works once, and for a time."""

import secrets
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.accounts.models import AccountLink
from app.accounts.services.desk import Desk
from app.accounts.signed_in import hashed
from app.web.dates import now

JOIN, RESET = "join", "reset"
LIFETIMES = {JOIN: timedelta(days=7), RESET: timedelta(hours=1)}


def make_link(desk: Desk, account_id: UUID, purpose: str) -> str:
    """Make a link for an account, in place of earlier ones of its kind, and give its address."""
    drop_links(desk.session, account_id, purpose)
    token = secrets.token_urlsafe(32)
    desk.session.add(
        AccountLink(
            account_id=account_id,
            purpose=purpose,
            token_hash=hashed(token),
            expires_at=now() + LIFETIMES[purpose],
        )
    )
    return desk.address(f"/{purpose}/{token}")


def use_link(session: Session, token: str, purpose: str) -> UUID | None:
    """Use a link up, and give its account; None where it does not work, or no longer."""
    used = (
        delete(AccountLink)
        .where(
            AccountLink.token_hash == hashed(token),
            AccountLink.purpose == purpose,
            AccountLink.expires_at > now(),
        )
        .returning(AccountLink.account_id)
    )
    return session.scalars(used).one_or_none()


def drop_links(session: Session, account_id: UUID, *purposes: str) -> None:
    """Make an account's links stop working."""
    session.execute(
        delete(AccountLink).where(AccountLink.account_id == account_id, AccountLink.purpose.in_(purposes))
    )


def purge_links(session: Session) -> None:
    """Delete links that were never used to choose a password; how long an invitation was open stays seen."""
    session.execute(delete(AccountLink).where(AccountLink.purpose == RESET, AccountLink.expires_at < now()))
