"""Taking words out afterwards: everywhere in the record, and out of the database's files."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select, text

from app.audit.models import Entry
from app.database.session import Database
from app.fieldwork.models import (
    FieldworkNote,
    FieldworkQuote,
    FieldworkRecord,
    NoteVersion,
    Rater,
    ReconciledRating,
    RecordRating,
)
from app.fieldwork.notes.taking_out import pattern_for
from tests.service.browser import Browser, Page
from tests.service.fieldwork.writing import address_of, text_of_note, versions_in, write, write_record
from tests.service.people import People

pytestmark = pytest.mark.reads_files

WORDS = "violet folders"
AROUND = "The duty team keeps violet folders beside the figures, and says so. "


@pytest.fixture
def record(database: Database, people: People, here: UUID) -> FieldworkRecord:
    """A record in which the words stand wherever somebody can type."""
    made = write_record(
        database, here, people.dana, source="document", kind="strategy", owner_role="Head, violet folders",
        reference="violet folders/plans",
    )  # fmt: skip
    with database.transaction() as session:
        rater = Rater(diagnostic_id=here, account_id=people.dana, label="R1")
        session.add(rater)
        session.flush()
        session.add_all(
            (
                FieldworkNote(record_id=made.id, text=AROUND * 3, revision=3, saved_by=people.dana),
                NoteVersion(record_id=made.id, revision=1, text=AROUND, saved_by=people.dana),
                NoteVersion(record_id=made.id, revision=2, text=AROUND * 2, saved_by=people.dana),
                FieldworkQuote(record_id=made.id, text=AROUND, made_by=people.dana),
                RecordRating(
                    record_id=made.id, characteristic="cap_find", rater_id=rater.id, stage=2, reason=AROUND
                ),
                ReconciledRating(record_id=made.id, characteristic="cap_find", stage=2, reason=AROUND),
            )
        )
    return made


def find(browser: Browser, record: FieldworkRecord, words: str = WORDS) -> Page:
    return browser.submit(browser.get(address_of(record, "/notes/take-out")), {"words": words})


def all_text(database: Database) -> str:
    """Give all that the tables hold."""
    with database.engine.connect() as connection:
        names = connection.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'table'")
            if database.engine.dialect.name == "sqlite"
            else text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        ).scalars()
        rows = [tuple(row) for name in names for row in connection.execute(text(f'SELECT * FROM "{name}"'))]
    return str(rows)


def stored_bytes(database: Database, database_address: str) -> Iterator[bytes]:
    """Give the bytes of every file in which the database keeps its tables, and of SQLite's journal."""
    if database.engine.dialect.name == "sqlite":
        folder = Path(database_address.removeprefix("sqlite:///")).parent
    else:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            # What the planner samples is kept in tables of its own.
            connection.execute(text("ANALYZE"))
            connection.execute(text("CHECKPOINT"))
            data = connection.execute(text("SHOW data_directory")).scalar_one()
            number = connection.execute(
                text("SELECT oid FROM pg_database WHERE datname = current_database()")
            ).scalar_one()
        folder = Path(data) / "base" / str(number)
    found = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    assert found
    for path in found:
        yield path.read_bytes()


def test_they_are_shown_where_they_stand_before_anything_is_changed(
    browser: Browser, database: Database, people: People, record: FieldworkRecord
) -> None:
    browser.sign_in(people.dana)
    page = find(browser, record)
    assert "“violet folders” stands 11 times in this record" in page.text
    for line in (
        "The note 3 times", "Earlier versions 3 times", "Quotes once", "Reasons of ratings 2 times",
        "Details of the record 2 times",
    ):  # fmt: skip
        assert line in page.text
    assert "The duty team keeps violet folders beside the figures" in page.text
    assert "cannot be undone" in page.text
    assert text_of_note(database, record) == AROUND * 3


def test_whoever_rates_blind_reads_no_reason_there(
    browser: Browser, database: Database, people: People, record: FieldworkRecord
) -> None:
    with database.transaction() as session:
        for rating in session.scalars(select(RecordRating)):
            rating.reason = "A secret reason, violet folders"
    browser.sign_in(people.petra)
    page = find(browser, record)
    assert "Reasons of ratings 2 times" in page.text
    assert "A secret reason" not in page.text


def test_the_database_forgets_them_in_every_file(
    browser: Browser,
    database: Database,
    database_address: str,
    people: People,
    record: FieldworkRecord,
) -> None:
    browser.sign_in(people.dana)
    written = write(browser, record, AROUND * 4)
    assert "Your notes are saved." in written.text
    sought = [WORDS.encode(), b"violet", b"VIOLET"]
    assert WORDS in all_text(database)
    assert sum(one.count(sought[0]) for one in stored_bytes(database, database_address)) >= 11
    page = browser.submit(find(browser, record))
    assert "The words are taken out." in page.text
    assert WORDS not in all_text(database)
    assert text_of_note(database, record) == (AROUND * 4).strip().replace(WORDS, "[removed]")
    assert versions_in(database, record)
    for content in stored_bytes(database, database_address):
        for words in sought:
            assert words not in content
    with database.transaction(writes=False) as session:
        details = session.scalars(select(Entry.details).where(Entry.action == "words taken out")).one()
        kept = session.get_one(FieldworkRecord, record.id)
        assert (kept.owner_role, kept.reference) == ("Head, [removed]", "[removed]/plans")
    assert details["record"] == "I01"
    assert details["times"] >= 11


def test_whoever_has_the_old_text_open_notices(
    browser: Browser, database: Database, people: People, record: FieldworkRecord
) -> None:
    browser.sign_in(people.dana)
    before = browser.get(address_of(record))
    browser.submit(find(browser, record))
    clash = browser.submit(before, {"text": AROUND})
    assert clash.title.startswith("Error: ")
    assert WORDS not in text_of_note(database, record)


def test_another_record_keeps_its_words(
    browser: Browser, database: Database, people: People, here: UUID, record: FieldworkRecord
) -> None:
    other = write_record(database, here, people.dana, code="I02")
    browser.sign_in(people.dana)
    write(browser, other, AROUND)
    browser.submit(find(browser, record))
    assert WORDS in text_of_note(database, other)


def test_what_cannot_be_taken_out_is_said(browser: Browser, people: People, record: FieldworkRecord) -> None:
    browser.sign_in(people.dana)
    errors = {
        "": "Enter the words to take out",
        "x": "Enter 2 characters or more",
        "Violet Folders": "These words do not stand in this record",
        "removed": "These words stand in the mark [removed] itself",
    }
    for words, error in errors.items():
        page = find(browser, record, words)
        assert page.errors[0].startswith(error)
        assert page.fields()["words"] == [words]


def test_a_line_end_or_another_apostrophe_hides_nothing() -> None:
    assert pattern_for("Anne O'Hara").search("with Anne\nO’Hara today")
    assert not pattern_for("a.b").search("axb")


def test_words_that_were_cleared_are_forgotten_with_them(
    browser: Browser, database: Database, people: People, here: UUID
) -> None:
    record = write_record(database, here, people.dana)
    browser.sign_in(people.dana)
    page = write(browser, record, "She rang 07700 900123, and a boy called Kofi.")
    choices = {name: "keep" for name in _radios(page)}
    browser.submit(page, choices)
    with database.transaction(writes=False) as session:
        assert len(session.get_one(FieldworkRecord, record.id).cleared) == 2
    browser.submit(find(browser, record, "07700 900123"))
    with database.transaction(writes=False) as session:
        assert len(session.get_one(FieldworkRecord, record.id).cleared) == 1


def _radios(page: Page) -> set[str]:
    return {one.get("name") or "" for one in page.all("input") if one.get("type") == "radio"}
