"""How often somebody may try, and how long they wait after that.

An attempt is written down before it is examined, in a transaction of its own, and struck out when it
succeeds. So neither an error nor many requests at the same time can make an attempt free.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from uuid import UUID

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from app.accounts.models import FailedAttempt
from app.accounts.services.turns import take_turn
from app.database.session import Database
from app.web.dates import now
from app.web.secrets import Secrets

_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=1), timedelta(minutes=15)
_LONGEST_KEPT = timedelta(hours=24)
# Whole networks are handed out to one place.
_IPV6_PLACE = 64


@dataclass(frozen=True, slots=True)
class Limit:
    """So many attempts in a time are free; from then on each wait is twice the last, up to a quarter hour."""

    kind: str
    free: int
    within: timedelta

    def wait(self, times: Sequence[datetime], moment: datetime) -> timedelta:
        """Say how long to wait after attempts, the newest first."""
        counted = [at for at in times if moment - at < self.within]
        more = len(counted) - self.free
        if more < 0:
            return timedelta(0)
        wait = min(_FIRST_WAIT * (1 << min(more, 10)), _LONGEST_WAIT)
        return max(counted[0] + wait - moment, timedelta(0))


PASSWORD = Limit("password", free=5, within=_LONGEST_KEPT)
CODE = Limit("code", free=5, within=_LONGEST_KEPT)
LINK_ASKED_FOR = Limit("link", free=3, within=_LONGEST_KEPT)
SOURCE = Limit("source", free=50, within=timedelta(minutes=15))


@dataclass(frozen=True, slots=True)
class Begun:
    """An attempt that was written down; or, where ``wait`` is not nothing, one that must wait.

    ``is_last_free`` tells that the next one would have to.
    """

    ids: tuple[UUID, ...] = ()
    subject: bytes = b""
    wait: timedelta = timedelta(0)
    is_last_free: bool = False

    @property
    def minutes(self) -> int:
        """The whole minutes to wait."""
        return ceil(self.wait / timedelta(minutes=1))


def begin_attempt(database: Database, secrets: Secrets, limit: Limit, of: str, source: str) -> Begun:
    """Write an attempt down, unless there were too many of the same or from the same place."""
    moment = now()
    subjects = ((limit, secrets.digest(limit.kind, of)), (SOURCE, secrets.digest("source", _place(source))))
    with database.transaction() as session:
        for subject in sorted(digest for _, digest in subjects):
            take_turn(session, subject)
        times = [_times(session, digest, one, moment) for one, digest in subjects]
        wait = max(one.wait(at, moment) for (one, _), at in zip(subjects, times, strict=True))
        if wait:
            return Begun(wait=wait)
        rows = [FailedAttempt(subject=digest, at=moment) for _, digest in subjects]
        session.add_all(rows)
        session.flush()
        is_last_free = len(times[0]) + 1 == limit.free
        return Begun(tuple(row.id for row in rows), subjects[0][1], is_last_free=is_last_free)


def strike_out(session: Session, begun: Begun) -> None:
    """Forget an attempt that succeeded, and those of the same before it."""
    session.execute(
        delete(FailedAttempt).where(
            or_(FailedAttempt.id.in_(begun.ids), FailedAttempt.subject == begun.subject)
        )
    )


def forget_attempts(session: Session, secrets: Secrets, email: str, account_id: UUID) -> None:
    """Forget all failed attempts on an account: its owner has shown by mail who they are."""
    subjects = [secrets.digest(PASSWORD.kind, email), secrets.digest(CODE.kind, str(account_id))]
    session.execute(delete(FailedAttempt).where(FailedAttempt.subject.in_(subjects)))


def purge_attempts(session: Session) -> None:
    """Delete what no longer counts."""
    session.execute(delete(FailedAttempt).where(FailedAttempt.at < now() - _LONGEST_KEPT))


def _times(session: Session, subject: bytes, limit: Limit, moment: datetime) -> Sequence[datetime]:
    return session.scalars(
        select(FailedAttempt.at)
        .where(FailedAttempt.subject == subject, FailedAttempt.at > moment - limit.within)
        .order_by(FailedAttempt.at.desc())
        .limit(limit.free + 10)
    ).all()


def _place(source: str) -> str:
    try:
        address = ip_address(source)
    except ValueError:
        return source
    if isinstance(address, IPv6Address):
        return str(ip_network((address, _IPV6_PLACE), strict=False))
    return source
