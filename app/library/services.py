"""Adding an entry, changing it, retiring it and bringing it back: each makes a version, and none goes."""

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.audit.services import note
from app.library.entries import Entry
from app.library.models import LibraryEntry
from app.library.queries import all_entries
from app.web.errors import Changed, NotFound

# The keys of added entries begin with it; the framework's begin with R.
_ADDED = "L"


@dataclass(frozen=True, slots=True)
class Written:
    """What an entry says, as somebody writes it."""

    title: str
    publisher: str
    year: int | None
    address: str
    kind: str
    helps_with: str
    headings: tuple[str, ...]
    needs: tuple[str, ...]
    roles: tuple[str, ...]
    effectiveness: str
    strength_of_evidence: str
    masterclass: str


def add_entry(session: Session, written: Written, person_id: UUID) -> Entry:
    """Add an entry.

    Raises
    ------
    Changed
        Where somebody else added one at the same moment.
    """
    numbers = [int(key[1:]) for key in all_entries(session) if key[:1] == _ADDED and key[1:].isdigit()]
    entry = _entry(f"{_ADDED}{max(numbers, default=0) + 1:02}", written, 1)
    _save(session, entry, person_id, "library entry added")
    return entry


def change_entry(session: Session, key: str, seen: int, written: Written, person_id: UUID) -> bool:
    """Change an entry, and say whether that changed anything.

    Raises
    ------
    Changed
        Where somebody else changed it after the page was made.
    """
    before = _current(session, key, seen)
    entry = replace(_entry(key, written, before.version + 1), retired=before.retired, reason=before.reason)
    if _content(entry) == _content(before):
        return False
    _save(session, entry, person_id, "library entry changed")
    return True


def retire_entry(session: Session, key: str, seen: int, reason: str, person_id: UUID) -> None:
    """Take an entry out of the library; briefs that are out go on to name it.

    Raises
    ------
    Changed
        Where somebody else changed it after the page was made.
    """
    before = _current(session, key, seen)
    entry = replace(before, version=before.version + 1, retired=True, reason=reason)
    _save(session, entry, person_id, "library entry retired")


def bring_back(session: Session, key: str, seen: int, person_id: UUID) -> None:
    """Put a retired entry back into the library.

    Raises
    ------
    Changed
        Where somebody else changed it after the page was made.
    """
    before = _current(session, key, seen)
    entry = replace(before, version=before.version + 1, retired=False, reason="")
    _save(session, entry, person_id, "library entry brought back")


def _current(session: Session, key: str, seen: int) -> Entry:
    entry = all_entries(session).get(key)
    if entry is None:
        raise NotFound("There is no such entry in the library.")
    if entry.version != seen:
        raise Changed("Somebody else changed this entry after you opened the page. Look at it again.")
    return entry


def _content(entry: Entry) -> list[object]:
    """Give what an entry says; in which order it is sorted under headings makes no difference."""
    values = [getattr(entry, name) for name in Written.__slots__]
    return [frozenset(value) if isinstance(value, tuple) else value for value in values]


def _entry(key: str, written: Written, version: int) -> Entry:
    return Entry(key=key, version=version, **{name: getattr(written, name) for name in Written.__slots__})


def _save(session: Session, entry: Entry, person_id: UUID, action: str) -> None:
    values = {name: getattr(entry, name) for name in Entry.__slots__}
    lists = {name: list(values[name]) for name in ("headings", "needs", "roles")}
    try:
        with session.begin_nested():
            session.add(LibraryEntry(**(values | lists), saved_by=person_id))
    except IntegrityError as error:
        raise Changed("Somebody else changed the library at the same moment. Try again.") from error
    note(session, action, person_id, key=entry.key, version=entry.version)
