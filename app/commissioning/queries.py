"""Reads of authorities and diagnostics, each only of what a person may know of."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.accounts.person import Person
from app.commissioning.models import Authority, Diagnostic


def find_authority(session: Session, code: str) -> Authority | None:
    """Give an authority by its code."""
    return session.get(Authority, code)


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
