"""A sweep that could not be done, or was broken off, is done again; what came in between is not left out."""

from collections.abc import Sequence
from functools import partial
from threading import Event
from uuid import UUID

import pytest
from sqlalchemy.exc import OperationalError

from app.commissioning.models import Diagnostic
from app.database.base import Base
from app.database.session import Database
from app.database.sweeping import sweep_tables
from app.fieldwork.models import FieldworkNote, FieldworkRecord
from app.fieldwork.notes.taking_out import forget, take_out
from app.mail.carriers import make_carrier
from app.settings import Settings
from app.web.dates import now
from app.worker import chores_of
from tests.service.browser import Browser
from tests.service.fieldwork.writing import address_of, write_record
from tests.service.people import People

pytestmark = pytest.mark.reads_files

SWEEP = "app.fieldwork.notes.taking_out.sweep_tables"


@pytest.fixture
def record(database: Database, people: People, here: UUID) -> FieldworkRecord:
    made = write_record(database, here, people.dana)
    with database.transaction() as session:
        session.add(
            FieldworkNote(record_id=made.id, text="violet folders, green folders", saved_by=people.dana)
        )
    return made


def taken(database: Database, people: People, record: FieldworkRecord, words: str) -> None:
    with database.transaction() as session:
        diagnostic = session.get_one(Diagnostic, record.diagnostic_id)
        take_out(session, diagnostic, session.get_one(FieldworkRecord, record.id), words, people.dana)


def test_the_worker_sweeps_where_the_page_could_not(
    browser: Browser,
    database: Database,
    people: People,
    record: FieldworkRecord,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(_database: Database, _tables: Sequence[type[Base]]) -> bool:
        raise OperationalError("VACUUM", None, Exception("disk full"))

    monkeypatch.setattr(SWEEP, full)
    browser.sign_in(people.dana)
    page = browser.submit(browser.get(address_of(record, "/notes/take-out")), {"words": "violet"})
    assert "The words are taken out." in browser.submit(page).text
    with pytest.raises(OperationalError):
        forget(database)
    monkeypatch.setattr(SWEEP, sweep_tables)
    chores = {one.name: one for one in chores_of(database, settings, make_carrier(settings), Event())}
    chore = chores["words forgotten that were taken out"]
    assert [chore.do(now()), chore.do(now())] == [1, 0]


def test_what_is_taken_out_during_a_sweep_stays_due(
    database: Database, people: People, record: FieldworkRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken(database, people, record, "violet")
    meanwhile = [partial(taken, database, people, record, "green")]

    def slow(database: Database, tables: Sequence[type[Base]]) -> bool:
        while meanwhile:
            meanwhile.pop()()
        return sweep_tables(database, tables)

    monkeypatch.setattr(SWEEP, slow)
    assert [forget(database), forget(database), forget(database)] == [1, 1, 0]
