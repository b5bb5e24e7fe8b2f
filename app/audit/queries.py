"""Reads of the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.audit.models import Entry

ENTRIES_ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Sought:
    """Which entries to list: of an authority, of an action, or all; one page of them."""

    authority_code: str = ""
    action: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the log, the newest first, and how many entries there are."""

    entries: Sequence[Entry]
    total: int


def find_entries(session: Session, sought: Sought) -> Listed:
    """List entries of the log, the newest first."""
    conditions: list[ColumnElement[bool]] = []
    if sought.authority_code:
        conditions.append(Entry.authority_code == sought.authority_code)
    if sought.action:
        conditions.append(Entry.action == sought.action)
    query = (
        select(Entry)
        .where(*conditions)
        .order_by(Entry.at.desc(), Entry.id)
        .offset((sought.page - 1) * ENTRIES_ON_A_PAGE)
        .limit(ENTRIES_ON_A_PAGE)
    )
    total = session.scalars(select(func.count()).select_from(Entry).where(*conditions)).one()
    return Listed(session.scalars(query).all(), total)


def find_actions(session: Session) -> Sequence[str]:
    """List the kinds of action that the log holds."""
    return session.scalars(select(Entry.action).distinct().order_by(Entry.action)).all()


def is_noted(
    action: str, authority_code: InstrumentedAttribute[str], subject_id: InstrumentedAttribute[UUID]
) -> ColumnElement[bool]:
    """Give the condition that the log says of a row that something was done.

    Entries are never changed, so that what was deleted for good, and is noted then, need not be done again.
    """
    found: ColumnElement[bool] = (
        select(Entry.id)
        .where(Entry.authority_code == authority_code, Entry.action == action, Entry.subject_id == subject_id)
        .exists()
    )
    return found


def noted_at(session: Session, action: str, authority_code: str, subject_id: UUID) -> datetime | None:
    """Give when something was last done to a subject, as far as the log says so."""
    return session.scalar(
        select(func.max(Entry.at)).where(
            Entry.authority_code == authority_code, Entry.action == action, Entry.subject_id == subject_id
        )
    )
