"""Reads of accounts: one, many, and what belongs to them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import ColumnElement, String, column, func, or_, select, table
from sqlalchemy.orm import Session, selectinload

from app.accounts.models import Account, AccountLink, Grant, SignedInSession
from app.accounts.person import Role
from app.accounts.signed_in import IDLE, LONGEST, hashed
from app.web.dates import now

# The authorities belong to a room further up. Accounts know their codes, which grants name, and their names.
_AUTHORITIES = table("authorities", column("code", String), column("name", String))
PEOPLE_ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which people to list, and how: by what was typed, sorted by a column, one page of them."""

    words: str = ""
    sort: str = "name"
    descending: bool = False
    closed: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class Found:
    """One page of people, and how many there are."""

    accounts: Sequence[Account]
    total: int
    links: Mapping[UUID, AccountLink] = field(default_factory=dict)


def find_account(session: Session, account_id: UUID) -> Account | None:
    """Give an account with its roles."""
    query = select(Account).where(Account.id == account_id).options(selectinload(Account.grants))
    return session.scalars(query).one_or_none()


def find_account_by_email(session: Session, email: str) -> Account | None:
    """Give the account of an address, with its roles."""
    query = select(Account).where(Account.email == email).options(selectinload(Account.grants))
    return session.scalars(query).one_or_none()


def find_account_by_subject(session: Session, subject: str) -> Account | None:
    """Give the account that signs in elsewhere as a subject, with its roles."""
    query = select(Account).where(Account.oidc_subject == subject).options(selectinload(Account.grants))
    return session.scalars(query).one_or_none()


def find_account_by_link(session: Session, token: str, purpose: str) -> Account | None:
    """Give the account of a link that works, with its roles. Looking does not use it up."""
    query = (
        select(Account)
        .join(AccountLink, AccountLink.account_id == Account.id)
        .where(
            AccountLink.token_hash == hashed(token),
            AccountLink.purpose == purpose,
            AccountLink.expires_at > now(),
        )
        .options(selectinload(Account.grants))
    )
    account = session.scalars(query).one_or_none()
    if account is None or account.closed_at is not None or account.disabled_at is not None:
        return None
    return account


def find_people(session: Session, wanted: Wanted) -> Found:
    """List the people of the whole service."""
    conditions: list[ColumnElement[bool]] = []
    if not wanted.closed:
        conditions.append(Account.closed_at.is_(None))
    if words := wanted.words.strip().lower():
        conditions.append(
            or_(
                func.lower(Account.name).contains(words, autoescape=True),
                func.lower(Account.email).contains(words, autoescape=True),
            )
        )
    columns = {
        "name": func.lower(Account.name),
        "email": func.lower(Account.email),
        "signed_in": Account.last_signed_in_at,
    }
    by = columns.get(wanted.sort, columns["name"])
    order = by.desc() if wanted.descending else by.asc()
    query = (
        select(Account)
        .where(*conditions)
        .options(selectinload(Account.grants))
        # The two engines disagree on where nothing belongs: here it is last.
        .order_by(by.is_(None), order, func.lower(Account.name), Account.id)
        .offset((wanted.page - 1) * PEOPLE_ON_A_PAGE)
        .limit(PEOPLE_ON_A_PAGE)
    )
    accounts = session.scalars(query).all()
    total = session.scalars(select(func.count()).select_from(Account).where(*conditions)).one()
    return Found(accounts, total, find_links(session, accounts))


def find_people_of(session: Session, authority_code: str) -> Found:
    """List the people who have a role in an authority."""
    query = (
        select(Account)
        .where(Account.grants.any(Grant.authority_code == authority_code), Account.closed_at.is_(None))
        .options(selectinload(Account.grants))
        .order_by(func.lower(Account.name), Account.id)
    )
    accounts = session.scalars(query).all()
    return Found(accounts, len(accounts), find_links(session, accounts))


def find_links(session: Session, accounts: Iterable[Account]) -> dict[UUID, AccountLink]:
    """Give the invitations of those who have not joined, by account."""
    waiting = [account.id for account in accounts if account.joined_at is None]
    query = select(AccountLink).where(AccountLink.account_id.in_(waiting), AccountLink.purpose == "join")
    return {link.account_id: link for link in session.scalars(query)}


def find_browsers(session: Session, account_id: UUID) -> Sequence[SignedInSession]:
    """List where somebody is signed in, the last used first."""
    moment = now()
    query = (
        select(SignedInSession)
        .where(
            SignedInSession.account_id == account_id,
            SignedInSession.seen_at >= moment - IDLE,
            SignedInSession.started_at >= moment - LONGEST,
        )
        .order_by(SignedInSession.seen_at.desc())
    )
    return session.scalars(query).all()


def count_active(session: Session, role: Role, authority_code: str | None, but: UUID) -> int:
    """Count who else has a role and can use it: has joined, and is neither switched off nor closed."""
    place = (
        Grant.authority_code.is_(None) if authority_code is None else Grant.authority_code == authority_code
    )
    query = (
        select(func.count())
        .select_from(Account)
        .where(
            Account.id != but,
            Account.joined_at.is_not(None),
            Account.disabled_at.is_(None),
            Account.closed_at.is_(None),
            Account.grants.any((Grant.role == role) & place),
        )
    )
    return session.scalars(query).one()


def is_name_taken(session: Session, name: str) -> bool:
    """Say whether an account goes by a name."""
    return session.scalars(select(Account.id).where(Account.name == name).limit(1)).first() is not None


def has_accounts(session: Session) -> bool:
    """Say whether there is any account."""
    return session.scalars(select(Account.id).limit(1)).first() is not None


def find_names(session: Session, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Give the names of accounts; of one that is closed, the one that stands for it."""
    query = select(Account.id, Account.name).where(Account.id.in_(set(ids)))
    return {row.id: row.name for row in session.execute(query)}


def find_authorities(session: Session, codes: Iterable[str] | None = None) -> dict[str, str]:
    """Give the names of authorities by their codes, in the order of their names; without codes, of all."""
    query = select(_AUTHORITIES.c.code, _AUTHORITIES.c.name).order_by(_AUTHORITIES.c.name)
    if codes is not None:
        query = query.where(_AUTHORITIES.c.code.in_(set(codes)))
    return {row.code: row.name for row in session.execute(query)}


def find_authority(session: Session, code: str) -> str | None:
    """Give the name of an authority, if there is one of this code."""
    return find_authorities(session, [code]).get(code)


def names_of(session: Session, account_ids: Iterable[UUID | None]) -> Mapping[UUID, str]:
    """Give people's names by the ids of their accounts."""
    wanted = {one for one in account_ids if one is not None}
    rows = session.execute(select(Account.id, Account.name).where(Account.id.in_(wanted)))
    return {row.id: row.name for row in rows}
