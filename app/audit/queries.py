"""Reads of the log."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

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
