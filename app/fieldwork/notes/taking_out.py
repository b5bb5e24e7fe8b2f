"""Taking words out of a record afterwards: everywhere in it, and out of the database's files."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.audit.services import note as log_entry
from app.commissioning.models import Diagnostic
from app.database.base import Base
from app.database.session import Database
from app.database.sweeping import sweep_tables
from app.fieldwork.models import (
    Attachment,
    Fieldwork,
    FieldworkNote,
    FieldworkQuote,
    FieldworkRecord,
    NoteVersion,
    ReconciledRating,
    RecordRating,
)
from app.fieldwork.safety.clearing import still_cleared
from app.web.logs import log

MARK = "[removed]"
NOTE, EARLIER, QUOTE, REASON = "The note", "Earlier versions", "Quotes", "Reasons of ratings"
DETAILS, FILE_NAMES = "Details of the record", "Names of files"
_PLACES: Sequence[tuple[str, type[Base], tuple[str, ...]]] = (
    (NOTE, FieldworkNote, ("text",)),
    (EARLIER, NoteVersion, ("text",)),
    (QUOTE, FieldworkQuote, ("text",)),
    (REASON, RecordRating, ("reason",)),
    (REASON, ReconciledRating, ("reason",)),
    (DETAILS, FieldworkRecord, ("owner_role", "reference")),
    (FILE_NAMES, Attachment, ("name",)),
)
_LONGEST = {"owner_role": 120, "reference": 500, "name": 200}
_DUE = select(Fieldwork.diagnostic_id, Fieldwork.taken_out).where(Fieldwork.taken_out != Fieldwork.swept)
# Whoever has an older text open must notice that this one is another.
_COUNTED = (FieldworkNote, FieldworkQuote, FieldworkRecord)


@dataclass(frozen=True, slots=True)
class Standing:
    """A text of a record in which words stand, and where in it they do."""

    where: str
    text: str
    places: tuple[tuple[int, int], ...]


def pattern_for(words: str) -> re.Pattern[str]:
    """Find words as they are written, whatever spaces, line ends and apostrophes are between them."""
    parts = (re.sub("['’‘]", "['’‘]", re.escape(part)) for part in words.split())
    return re.compile(r"\s+".join(parts))


def find_words(session: Session, record: FieldworkRecord, words: str) -> list[Standing]:
    """Find where in a record words stand."""
    pattern = pattern_for(words)
    found = []
    for where, _, _, text in _texts(session, record):
        places = tuple(match.span() for match in pattern.finditer(text))
        if places:
            found.append(Standing(where, text, places))
    return found


def take_out(
    session: Session, diagnostic: Diagnostic, record: FieldworkRecord, words: str, person_id: UUID
) -> int:
    """Put a mark in the place of words everywhere in a locked record, and count. `forget` follows."""
    pattern, taken = pattern_for(words), 0
    for _, row, name, text in list(_texts(session, record)):
        changed, number = pattern.subn(MARK, text)
        if not number:
            continue
        setattr(row, name, changed[: _LONGEST.get(name)])
        if isinstance(row, _COUNTED):
            row.revision += 1
        taken += number
    fieldwork = session.get(Fieldwork, diagnostic.id, with_for_update=True)
    if fieldwork is None:
        session.add(Fieldwork(diagnostic_id=diagnostic.id, taken_out=1))
    else:
        fieldwork.taken_out += 1
    session.flush()
    still_cleared(record, [text for *_, text in _texts(session, record)])
    log_entry(
        session,
        "words taken out",
        person_id,
        authority_code=diagnostic.authority_code,
        subject_id=diagnostic.id,
        record=record.code,
        times=taken,
    )
    return taken


def forget(database: Database) -> int:
    """Have the database's files forget what was taken out and committed; say for how many diagnostics.

    What is due follows from the data, so that what was broken off or could not be done is done again.
    """
    with database.transaction(writes=False) as session:
        due = session.execute(_DUE).all()
    if not due:
        return 0
    if not sweep_tables(database, [table for _, table, _ in _PLACES]):
        log().warning("the database's log could not be cut: the role needs pg_checkpoint")
    with database.transaction() as session:
        for diagnostic_id, taken_out in due:
            # What somebody took out while the files were written anew stays due.
            session.execute(
                update(Fieldwork).where(Fieldwork.diagnostic_id == diagnostic_id).values(swept=taken_out)
            )
    return len(due)


def forget_soon(database: Database) -> None:
    """Do it at once, after the answer; where that fails, the worker does it."""
    try:
        forget(database)
    except DBAPIError as error:
        log().error("what was taken out is not swept from the database's files yet", exc_info=error)


def _texts(session: Session, record: FieldworkRecord) -> Iterator[tuple[str, Any, str, str]]:
    """Give every text of a record that people typed: where it is, its row, its column and what it says."""
    for where, table, names in _PLACES:
        if table is FieldworkRecord:
            rows: Sequence[Any] = [record]
        else:
            of_record: Any = table
            rows = session.scalars(select(of_record).where(of_record.record_id == record.id)).all()
        for row in rows:
            for name in names:
                yield where, row, name, getattr(row, name)
