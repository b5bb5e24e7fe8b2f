"""From the cookie of a request to the person who sent it."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from fastapi import Request, Response
from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session, selectinload

from app.accounts.models import Account, SignedInSession
from app.accounts.person import Person, Role
from app.database.session import Database
from app.web.dates import now

COOKIE = "__Host-session"
IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
# The time of the last request is kept to the minute, so that not every page writes.
_SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """How somebody is signed in: in which browser, and until when if no other page is opened.

    ``for_good`` tells that opening another page does not make it longer.
    """

    browser_id: UUID
    until: datetime
    for_good: bool


def hashed(token: str) -> bytes:
    """Give what is kept of a token. It has 256 random bits, so a plain hash is enough."""
    return sha256(token.encode()).digest()


def start_session(session: Session, account_id: UUID, device: str = "") -> str:
    """Sign an account in, and give the token for its cookie."""
    token = secrets.token_urlsafe(32)
    session.add(SignedInSession(account_id=account_id, token_hash=hashed(token), device=device))
    return token


def end_sessions(session: Session, account_id: UUID, *, but: str | None = None) -> None:
    """Sign an account out everywhere, or everywhere but in the browser that holds a token."""
    ended = delete(SignedInSession).where(SignedInSession.account_id == account_id)
    if but is not None:
        ended = ended.where(SignedInSession.token_hash != hashed(but))
    session.execute(ended)


def end_session(session: Session, token: str) -> None:
    """Sign one browser out."""
    session.execute(delete(SignedInSession).where(SignedInSession.token_hash == hashed(token)))


def end_one_session(session: Session, account_id: UUID, browser_id: UUID) -> bool:
    """Sign one browser of an account out, from another one; say whether there was such a browser."""
    ended = delete(SignedInSession).where(
        SignedInSession.account_id == account_id, SignedInSession.id == browser_id
    )
    return session.execute(ended.returning(SignedInSession.id)).first() is not None


def purge_sessions(session: Session) -> None:
    """Delete the rows of sessions that are over."""
    moment = now()
    session.execute(
        delete(SignedInSession).where(
            or_(SignedInSession.seen_at < moment - IDLE, SignedInSession.started_at < moment - LONGEST)
        )
    )


def set_cookie(response: Response, token: str) -> None:
    """Give a browser its token; it forgets it when it is closed."""
    response.set_cookie(COOKIE, token, secure=True, httponly=True, samesite="lax")


def forget_cookie(response: Response) -> None:
    """Take a browser's token away."""
    response.delete_cookie(COOKIE, secure=True, httponly=True, samesite="lax")


def forget_storage(response: Response) -> None:
    """Take away all that our scripts keep in a browser, such as notes that are not saved yet.

    Not where somebody chooses a new password: they come back, and their notes should be there.
    """
    response.headers["clear-site-data"] = '"storage"'


def find_person(request: Request) -> Person | None:
    """Give the person whose browser sent a request, and note that it is in use.

    This is a transaction of its own, before the request's: looking at a page writes nothing else.
    """
    if hasattr(request.state, "person"):
        known: Person | None = request.state.person
        return known
    token = request.cookies.get(COOKIE)
    found = _find(request.app.state.database, token) if token else None
    person, signed_in = found or (None, None)
    request.state.person, request.state.signed_in = person, signed_in
    return person


def _find(database: Database, token: str) -> tuple[Person, SignedIn] | None:
    moment = now()
    with database.transaction(writes=False) as session:
        found = session.execute(
            select(SignedInSession, Account)
            .join(Account, Account.id == SignedInSession.account_id)
            .where(SignedInSession.token_hash == hashed(token))
            .options(selectinload(Account.grants))
        ).one_or_none()
        if found is None:
            return None
        browser, account = found
        over = moment - browser.seen_at > IDLE or moment - browser.started_at > LONGEST
        if over or account.disabled_at is not None or account.closed_at is not None:
            return None
        person = as_person(account)
        stale = moment - browser.seen_at > _SEEN_EVERY
    if stale:
        _note(database, browser.id, moment)
    idle_ends, ends = (moment if stale else browser.seen_at) + IDLE, browser.started_at + LONGEST
    return person, SignedIn(browser.id, min(idle_ends, ends), ends <= idle_ends)


def _note(database: Database, browser: UUID, moment: datetime) -> None:
    with database.transaction() as session:
        session.execute(update(SignedInSession).where(SignedInSession.id == browser).values(seen_at=moment))


def as_person(account: Account) -> Person:
    """Give an account as the person who uses it."""
    held: dict[Role, set[str]] = {}
    for grant in account.grants:
        if grant.authority_code is not None:
            held.setdefault(Role(grant.role), set()).add(grant.authority_code)
    return Person(
        id=account.id,
        name=account.name,
        email=account.email or "",
        programme_lead=any(grant.role == Role.PROGRAMME_LEAD for grant in account.grants),
        authorities={role: frozenset(codes) for role, codes in held.items()},
    )
