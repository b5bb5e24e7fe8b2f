"""Reads of authorities and diagnostics, each only of what a person may know of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.accounts.models import Account, Grant
from app.accounts.person import Person, Role
from app.commissioning.models import (
    Authority,
    Diagnostic,
    Duty,
    FrameCell,
    PlannedFieldwork,
    ServiceArea,
)


def find_diagnostic(session: Session, diagnostic_id: UUID, person: Person) -> Diagnostic | None:
    """Give a diagnostic of an authority that a person may know of, with its authority."""
    query = select(Diagnostic).where(Diagnostic.id == diagnostic_id).options(joinedload(Diagnostic.authority))
    if person.seen is not None:
        query = query.where(Diagnostic.authority_code.in_(person.seen))
    return session.scalars(query).one_or_none()


def diagnostics_seen_by(session: Session, person: Person) -> Sequence[Diagnostic]:
    """Give all diagnostics that a person may know of, the newest wave of each authority first."""
    query = (
        select(Diagnostic)
        .join(Diagnostic.authority)
        .options(joinedload(Diagnostic.authority))
        .order_by(Authority.name, Diagnostic.wave.desc())
    )
    if person.seen is not None:
        query = query.where(Diagnostic.authority_code.in_(person.seen))
    return session.scalars(query).all()


def diagnostics_of(session: Session, authority_code: str) -> Sequence[Diagnostic]:
    """Give the diagnostics of an authority, the newest wave first."""
    return session.scalars(
        select(Diagnostic)
        .where(Diagnostic.authority_code == authority_code)
        .options(joinedload(Diagnostic.authority))
        .order_by(Diagnostic.wave.desc())
    ).all()


def last_diagnostic(session: Session, authority_code: str) -> Diagnostic | None:
    """Give the newest wave of an authority."""
    return next(iter(diagnostics_of(session, authority_code)), None)


def authorities_seen_by(session: Session, person: Person) -> Sequence[Authority]:
    """Give the authorities that a person may know of."""
    query = select(Authority).order_by(Authority.name)
    if person.seen is not None:
        query = query.where(Authority.code.in_(person.seen))
    return session.scalars(query).all()


def all_authorities(session: Session) -> Sequence[Authority]:
    """Give every authority by name. That there is a council is no secret; what it does here is."""
    return session.scalars(select(Authority).order_by(Authority.name)).all()


def find_authority(session: Session, code: str) -> Authority | None:
    """Give an authority by its code. Whoever asks has been found to be allowed to know of it."""
    return session.get(Authority, code)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who has a role in an authority. ``joined`` tells whether the invitation was taken up."""

    id: UUID
    name: str
    roles: frozenset[Role]
    joined: bool


def candidates(session: Session, authority_code: str) -> Sequence[Candidate]:
    """Give whoever has a role in an authority and can sign in, or will once they join; by name."""
    found = session.execute(
        select(Account.id, Account.name, Account.joined_at, Grant.role)
        .join(Grant, Grant.account_id == Account.id)
        .where(Grant.authority_code == authority_code)
        .where(Account.disabled_at.is_(None), Account.closed_at.is_(None))
    ).all()
    roles: dict[UUID, set[Role]] = {}
    for row in found:
        roles.setdefault(row.id, set()).add(Role(row.role))
    people = {
        row.id: Candidate(row.id, row.name, frozenset(roles[row.id]), row.joined_at is not None)
        for row in found
    }
    return sorted(people.values(), key=lambda one: (one.name.casefold(), one.id.hex))


@dataclass(frozen=True, slots=True)
class HeldDuty:
    """A duty of a diagnostic, and who has it with the roles that they have there today.

    ``active`` tells whether the account can be signed in to, or will be once its owner joins.
    """

    duty: str
    account_id: UUID
    name: str
    roles: frozenset[Role]
    joined: bool
    active: bool


def duties_of(session: Session, diagnostic_ids: Sequence[UUID]) -> Mapping[UUID, Sequence[HeldDuty]]:
    """Give the duties of each diagnostic, by the names of who has them."""
    found: dict[UUID, list[HeldDuty]] = {one: [] for one in diagnostic_ids}
    rows = session.execute(
        select(Duty, Account, Diagnostic.authority_code)
        .join(Account, Account.id == Duty.account_id)
        .join(Diagnostic, Diagnostic.id == Duty.diagnostic_id)
        .where(Duty.diagnostic_id.in_(diagnostic_ids))
        .options(selectinload(Account.grants))
    ).all()
    for duty, account, authority_code in rows:
        found[duty.diagnostic_id].append(
            HeldDuty(
                duty.duty,
                account.id,
                account.name,
                frozenset(Role(one.role) for one in account.grants if one.authority_code == authority_code),
                account.joined_at is not None,
                account.disabled_at is None and account.closed_at is None,
            )
        )
    for held in found.values():
        held.sort(key=lambda one: (one.duty, one.name.casefold(), one.account_id.hex))
    return found


def frame_of(session: Session, diagnostic: Diagnostic) -> Sequence[ServiceArea]:
    """Give the service areas of a diagnostic's frame, each with its cells."""
    return session.scalars(
        select(ServiceArea)
        .where(ServiceArea.diagnostic_id == diagnostic.id)
        .options(selectinload(ServiceArea.cells))
        .order_by(ServiceArea.position)
    ).all()


def plan_of(session: Session, diagnostic: Diagnostic) -> Sequence[PlannedFieldwork]:
    """Give the fieldwork that is planned for a diagnostic."""
    return session.scalars(
        select(PlannedFieldwork)
        .where(PlannedFieldwork.diagnostic_id == diagnostic.id)
        .order_by(PlannedFieldwork.position)
    ).all()


def headcounts_of(session: Session, diagnostic_ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """Give how many people the frame of each diagnostic describes."""
    rows = session.execute(
        select(ServiceArea.diagnostic_id, func.sum(FrameCell.headcount))
        .join(FrameCell, FrameCell.service_area_id == ServiceArea.id)
        .where(ServiceArea.diagnostic_id.in_(diagnostic_ids))
        .group_by(ServiceArea.diagnostic_id)
    ).all()
    return {one: 0 for one in diagnostic_ids} | {diagnostic_id: int(total) for diagnostic_id, total in rows}


def planned_numbers_of(session: Session, diagnostic_ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """Give how many interviews, observations and audits are planned for each diagnostic."""
    rows = session.execute(
        select(PlannedFieldwork.diagnostic_id, func.sum(PlannedFieldwork.number))
        .where(PlannedFieldwork.diagnostic_id.in_(diagnostic_ids))
        .group_by(PlannedFieldwork.diagnostic_id)
    ).all()
    return {one: 0 for one in diagnostic_ids} | {diagnostic_id: int(total) for diagnostic_id, total in rows}
