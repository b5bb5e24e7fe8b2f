"""The two engines, set so that what was acknowledged stays and what was deleted is gone."""

from pathlib import Path
from sqlite3 import Connection as SQLiteConnection
from sqlite3 import Error as SQLiteError
from threading import Lock
from time import monotonic
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DisconnectionError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

# How a transaction of SQLite begins; see `begin` below.
BEGIN = "sqlite_begin"
# Under which a transaction of SQLite that writes finds its turn to do so.
TURN = "sqlite_turn"
READING, WRITING = "DEFERRED", "IMMEDIATE"
SECONDS_TO_WAIT = 15
_SECONDS_TO_CONNECT = 5
# A connection that was just used still stands, as far as anybody can know.
_SECONDS_TRUSTED = 1.0
_RESTS_SINCE = "rests since"
# The rollback journal is safe from the WAL-reset bug of SQLite 3.7.0 to 3.51.2. FULL makes a commit wait
# for the disk. Deleted text is overwritten, and what is sorted is never written to a file of its own.
SQLITE_SETTINGS = {
    "foreign_keys": 1,
    "journal_mode": "delete",
    "synchronous": 2,
    "secure_delete": 1,
    "temp_store": 2,
}
POSTGRESQL_SETTINGS = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
_LEAST_POSTGRESQL = 140000


class Turn:
    """A transaction's turn to write. It is taken when the transaction begins to speak to the database.

    Not before: a request that has asked for its transaction may open and end another one first, as signing in
    does, and would wait for itself.
    """

    __slots__ = ("_held", "_lock")

    def __init__(self, lock: Lock) -> None:
        self._lock, self._held = lock, False

    def take(self) -> None:
        """Wait for it. After that long SQLite may say itself that it is locked."""
        self._held = self._held or self._lock.acquire(timeout=SECONDS_TO_WAIT)

    def end(self) -> None:
        """Let the next one have it."""
        if self._held:
            self._held = False
            self._lock.release()


class UnsafeDatabase(RuntimeError):
    """The database would lose what it acknowledged, or keep what it deleted; the service does not start."""


def make_engine(address: str) -> Engine:
    """Make the engine for a database's address."""
    url = make_url(address)
    if url.get_backend_name() != "sqlite":
        return _postgresql(url)
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    return _sqlite(url)


def reading_engine(engine: Engine) -> Engine:
    """Give an engine on the same database whose transactions may only look.

    PostgreSQL shows each statement what is there when it begins, whether or not a transaction is around it.
    So a connection that takes no writes needs none, and is spared two questions for every page.
    """
    if engine.dialect.name == "sqlite":
        reading = _sqlite(engine.url)
        event.listen(reading, "connect", _only_look)
        return reading.execution_options(**{BEGIN: READING})
    # There is never anything to undo when the pool takes such a connection back.
    reading = _postgresql(engine.url, isolation_level="AUTOCOMMIT", pool_reset_on_return=None)
    event.listen(reading, "connect", _take_no_writes)
    return reading


def _sqlite(url: URL) -> Engine:
    engine = create_engine(
        url,
        connect_args={"timeout": SECONDS_TO_WAIT, "check_same_thread": False},
        pool_size=20,
        # The one that was used last: as long as no other one has written, it knows what is in the file.
        pool_use_lifo=True,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _set)
    event.listen(engine, "begin", _begin)
    return engine


def _only_look(connection: SQLiteConnection, _record: Any) -> None:
    connection.execute("PRAGMA query_only = 1").close()


def _take_no_writes(connection: Any, _record: Any) -> None:
    connection.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY").close()


def _postgresql(url: URL, **more: Any) -> Engine:
    """Make one of a process’s two engines, of which one only looks; both keep 20 connections at most."""
    engine = create_engine(
        url,
        connect_args={"connect_timeout": _SECONDS_TO_CONNECT},
        pool_size=10,
        max_overflow=0,
        pool_timeout=SECONDS_TO_WAIT,
        # The one that was used last, so that few of the server's processes are kept busy, and warm.
        pool_use_lifo=True,
        hide_parameters=True,
        **more,
    )
    _ask_the_idle(engine)
    return engine


def _ask_the_idle(engine: Engine) -> None:
    """Ask a connection that nobody used for a while whether it still stands, before somebody relies on it.

    To ask at every request, as the pool can by itself, takes as long as one of its statements.
    """

    def rest(_connection: Any, record: ConnectionPoolEntry) -> None:
        record.info[_RESTS_SINCE] = monotonic()

    def ask(connection: Any, record: ConnectionPoolEntry, _proxy: Any) -> None:
        since = record.info.get(_RESTS_SINCE)
        if since is None or monotonic() - since < _SECONDS_TRUSTED:
            return
        try:
            stands = engine.dialect.do_ping(connection)
        except engine.dialect.dbapi.Error as error:  # type: ignore[union-attr] # a driver has been loaded
            raise DisconnectionError from error
        if not stands:
            raise DisconnectionError

    event.listen(engine, "checkin", rest)
    event.listen(engine, "checkout", ask)


def _set(connection: SQLiteConnection, _record: Any) -> None:
    # The driver would begin transactions by itself, and only before some statements.
    connection.isolation_level = None
    for name, value in SQLITE_SETTINGS.items():
        connection.execute(f"PRAGMA {name} = {value}").close()


def _begin(connection: Connection) -> None:
    """Begin a transaction; one that will write takes its lock at once.

    A transaction that reads first and writes later would fail as soon as another one writes in between.
    """
    options = connection.get_execution_options()
    if options.get("isolation_level") == "AUTOCOMMIT":
        return
    how = options.get(BEGIN, WRITING)
    turn: Turn | None = options.get(TURN)
    if turn is not None:
        turn.take()
    begin_sqlite(connection.connection.driver_connection, how)


def begin_sqlite(driver: Any, how: str) -> None:
    """Begin a transaction of SQLite at its driver, since every request does this."""
    try:
        driver.execute(f"BEGIN {how}").close()
    except SQLiteError as error:
        raise OperationalError(f"BEGIN {how}", None, error) from error


def check_engine(engine: Engine) -> None:
    """Ask the database itself whether it is set as the promises need.

    Raises
    ------
    UnsafeDatabase
        Where a setting is another one.
    """
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in SQLITE_SETTINGS}
            _compare(found, SQLITE_SETTINGS)
            return
        _compare(
            {name: connection.execute(text(f"SHOW {name}")).scalar() for name in POSTGRESQL_SETTINGS},
            POSTGRESQL_SETTINGS,
        )
        version = int(str(connection.execute(text("SHOW server_version_num")).scalar()))
        if version < _LEAST_POSTGRESQL:
            raise UnsafeDatabase(
                f"PostgreSQL {_LEAST_POSTGRESQL // 10000} or newer is needed; this is {version}."
            )


def _compare(found: dict[str, Any], wanted: dict[str, Any]) -> None:
    wrong = [f"{name} is {found[name]}, not {wanted[name]}" for name in wanted if found[name] != wanted[name]]
    if wrong:
        raise UnsafeDatabase(f"The database is not set as it must be: {'; '.join(wrong)}.")
