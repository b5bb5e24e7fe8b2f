"""Reads of the library."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.library.entries import Entry, library_framework, of_framework, of_row
from app.library.models import LibraryEntry


def all_entries(session: Session) -> Mapping[str, Entry]:
    """Give every entry as it stands today, also those that were retired."""
    found = {resource.id: of_framework(resource) for resource in library_framework().resources}
    newest = (
        select(LibraryEntry.key, func.max(LibraryEntry.version).label("version"))
        .group_by(LibraryEntry.key)
        .subquery()
    )
    rows = session.scalars(
        select(LibraryEntry).join(
            newest, (LibraryEntry.key == newest.c.key) & (LibraryEntry.version == newest.c.version)
        )
    )
    return found | {row.key: of_row(row) for row in rows}


def current_entries(session: Session) -> Sequence[Entry]:
    """Give the entries that people are sent to."""
    return [one for one in all_entries(session).values() if not one.retired]


@dataclass(frozen=True, slots=True)
class Version:
    """An earlier or the present state of an entry, and who made it when."""

    entry: Entry
    who: str
    at: datetime


def versions_of(session: Session, key: str) -> Sequence[Version]:
    """Give the saved versions of an entry, the newest first."""
    rows = session.execute(
        select(LibraryEntry, Account.name)
        .join(Account, Account.id == LibraryEntry.saved_by)
        .where(LibraryEntry.key == key)
        .order_by(LibraryEntry.version.desc())
    )
    return [Version(of_row(row), name, row.saved_at) for row, name in rows]
