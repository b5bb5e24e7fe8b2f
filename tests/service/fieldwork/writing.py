"""A record with notes in a test."""

from uuid import UUID

from httpx2 import Response
from sqlalchemy import select

from app.database.session import Database
from app.fieldwork.models import FieldworkNote, FieldworkRecord, NoteVersion
from app.web.protection import TOKEN_FIELD, TOKEN_HEADER
from tests.service.browser import Browser, Page


def write_record(database: Database, diagnostic_id: UUID, creator: UUID, **values: object) -> FieldworkRecord:
    """Write a record: an interview of practitioners, unless another is asked for."""
    given = {"code": "I01", "source": "interview", "kind": "interview", "role_group": "registered", **values}
    with database.transaction() as session:
        made = FieldworkRecord(diagnostic_id=diagnostic_id, created_by=creator, **given)
        session.add(made)
    return made


def address_of(record: FieldworkRecord, further: str = "/notes") -> str:
    return f"/diagnostics/{record.diagnostic_id}/fieldwork/records/{record.id}{further}"


def note_of(database: Database, record: FieldworkRecord) -> FieldworkNote | None:
    with database.transaction(writes=False) as session:
        return session.get(FieldworkNote, record.id)


def text_of_note(database: Database, record: FieldworkRecord) -> str:
    note = note_of(database, record)
    return note.text if note else ""


def versions_in(database: Database, record: FieldworkRecord) -> list[str]:
    """Give the texts of the earlier versions, the oldest first."""
    with database.transaction(writes=False) as session:
        query = select(NoteVersion.text).where(NoteVersion.record_id == record.id)
        return list(session.scalars(query.order_by(NoteVersion.revision)))


def cleared_in(database: Database, record: FieldworkRecord) -> list[str]:
    with database.transaction(writes=False) as session:
        return list(session.get_one(FieldworkRecord, record.id).cleared)


def write(browser: Browser, record: FieldworkRecord, text: str) -> Page:
    """Open the notes, write a text and save it."""
    return browser.submit(browser.get(address_of(record)), {"text": text})


def autosave(browser: Browser, record: FieldworkRecord, text: str, revision: int = 0) -> Response:
    """Send what the page's script sends while somebody writes."""
    token = browser.get(address_of(record)).fields()[TOKEN_FIELD][0]
    return browser.client.post(
        address_of(record, "/notes/autosave"),
        data={"text": text, "revision": str(revision)},
        headers={TOKEN_HEADER: token, "sec-fetch-site": "same-origin"},
        follow_redirects=False,
    )
