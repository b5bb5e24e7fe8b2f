"""Beginning a record, changing what it says of itself, and removing it with all that belongs to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.audit.services import note
from app.commissioning.models import Diagnostic
from app.fieldwork.models import DOCUMENT, INTERVIEW, OBSERVATION, FieldworkRecord
from app.fieldwork.queries import lock_diagnostic, lock_record, records_of
from app.fieldwork.safety.clearing import clear_and_log
from app.fieldwork.safety.detecting import Sighting
from app.web.errors import Conflict

LETTERS = {INTERVIEW: "I", OBSERVATION: "O", DOCUMENT: "D"}
MOST_RECORDS = 500


@dataclass(frozen=True, slots=True)
class Described:
    """What a record says of itself."""

    kind: str
    role_group: str | None = None
    service_area_id: UUID | None = None
    level: str | None = None
    month: date | None = None
    people: int | None = None
    document_date: date | None = None
    owner_role: str = ""
    reference: str = ""


def begin_record(
    session: Session,
    diagnostic: Diagnostic,
    source: str,
    described: Described,
    person_id: UUID,
    kept: Iterable[Sighting] = (),
) -> FieldworkRecord:
    """Begin a record, and give it the next code of its source; ``kept`` was judged to be not personal.

    Raises
    ------
    Conflict
        Where there are too many already.
    """
    # Whoever begins another waits here, so that no two get the same code.
    lock_diagnostic(session, diagnostic)
    records = records_of(session, diagnostic.id)
    if len(records) >= MOST_RECORDS:
        raise Conflict(f"A diagnostic can have {MOST_RECORDS} records. Remove what is not needed first.")
    record = FieldworkRecord(
        diagnostic_id=diagnostic.id,
        code=next_code(source, [one.code for one in records]),
        source=source,
        created_by=person_id,
    )
    _describe(record, described)
    session.add(record)
    session.flush()
    clear_and_log(session, diagnostic, record, kept, person_id)
    _log(session, diagnostic, "record begun", record, person_id)
    return record


def next_code(source: str, taken: list[str]) -> str:
    """Give the first code of a source behind all that are taken: I01, I02, …"""
    letter = LETTERS[source]
    numbers = [
        int(code[1:]) for code in taken if code[:1] == letter and code[1:].isascii() and code[1:].isdigit()
    ]
    return f"{letter}{max(numbers, default=0) + 1:02}"


def describe_record(
    session: Session,
    diagnostic: Diagnostic,
    record: FieldworkRecord,
    version: int,
    described: Described,
    person_id: UUID,
    kept: Iterable[Sighting] = (),
) -> bool:
    """Change what a record says of itself, and say whether nobody else had in the meantime.

    Where somebody had, nothing is changed.
    """
    lock_record(session, record)
    if record.revision != version:
        return False
    _describe(record, described)
    record.revision += 1
    clear_and_log(session, diagnostic, record, kept, person_id)
    _log(session, diagnostic, "record changed", record, person_id)
    return True


def remove_record(session: Session, diagnostic: Diagnostic, record: FieldworkRecord, person_id: UUID) -> None:
    """Remove a record with its notes, ratings, quotes and files."""
    _log(session, diagnostic, "record removed", record, person_id)
    session.flush()
    session.execute(delete(FieldworkRecord).where(FieldworkRecord.id == record.id))


def _describe(record: FieldworkRecord, described: Described) -> None:
    record.kind = described.kind
    record.role_group = described.role_group
    record.service_area_id = described.service_area_id
    record.level = described.level
    record.month = described.month
    record.people = described.people
    record.document_date = described.document_date
    record.owner_role = described.owner_role
    record.reference = described.reference


def _log(
    session: Session, diagnostic: Diagnostic, action: str, record: FieldworkRecord, person_id: UUID
) -> None:
    note(
        session,
        action,
        person_id,
        authority_code=diagnostic.authority_code,
        subject_id=diagnostic.id,
        record=record.code,
        source=record.source,
    )
