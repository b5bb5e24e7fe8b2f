"""The short way to the database, for the few statements of pages that very many open at once.

SQLAlchemy writes the statements and keeps the connections. All that it does around a statement for whoever
needs more, such as rows that are watched for changes, took most of the time that such a page had to wait.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Dialect, Engine, PoolProxiedConnection, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import UpdateBase

from app.database.engine import WRITING, begin_sqlite

Row = tuple[Any, ...]
# What PostgreSQL says when it shuts down, has crashed, or has lost its client.
_ENDED = ("57P", "08")
_Convert = Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True)
class _Written:
    """A statement in the words of one engine, with what turns values into the driver's and back."""

    words: str
    places: tuple[str, ...] | None
    encode: Mapping[str, _Convert]
    decode: tuple[_Convert, ...]


class Statement:
    """A statement that is written once a process."""

    def __init__(self, statement: Select[*tuple[Any, ...]] | UpdateBase) -> None:
        self._statement = statement
        self._written: dict[str, _Written] = {}

    def written(self, dialect: Dialect) -> _Written:
        """Give the statement as an engine wants it."""
        found = self._written.get(dialect.name)
        if found is None:
            found = self._written[dialect.name] = self._write(dialect)
        return found

    def _write(self, dialect: Dialect) -> _Written:
        compiled = self._statement.compile(dialect=dialect)
        encoders = {
            name: bind.type.dialect_impl(dialect).bind_processor(dialect)
            for name, bind in compiled.binds.items()
        }
        columns = self._statement.exported_columns
        decoders = [one.type.dialect_impl(dialect).result_processor(dialect, None) for one in columns]
        places = tuple(compiled.positiontup) if compiled.positiontup is not None else None
        needed = {name: encode for name, encode in encoders.items() if encode is not None}
        return _Written(str(compiled), places, needed, tuple(decoders))


class Direct:
    """One transaction, at the driver itself."""

    def __init__(self, connection: PoolProxiedConnection, engine: Engine) -> None:
        self._connection, self._pool, self._dialect = connection, engine, engine.dialect
        self._driver: Any = connection.driver_connection
        # PostgreSQL writes bytes out as text otherwise, twice as long.
        self._how = {"binary": True} if self._dialect.name == "postgresql" else {}

    @property
    def engine(self) -> str:
        """The engine's name."""
        return self._dialect.name

    def one(self, statement: Statement, values: Mapping[str, Any]) -> Row | None:
        """Ask for one row at most."""
        written = statement.written(self._dialect)
        cursor = self._tell(written, values)
        row = cursor.fetchone()
        cursor.close()
        if row is None:
            return None
        pairs = zip(written.decode, row, strict=True)
        return tuple(value if decode is None else decode(value) for decode, value in pairs)

    def run(self, statement: Statement, values: Mapping[str, Any]) -> int:
        """Change something, and say how many rows."""
        number: int = self._tell(statement.written(self._dialect), values).rowcount
        return number

    def _tell(self, written: _Written, values: Mapping[str, Any]) -> Any:
        given: Any = dict(values)
        for name, encode in written.encode.items():
            if encode is not None:
                given[name] = encode(given[name])
        if written.places is not None:
            given = [given[name] for name in written.places]
        try:
            return self._driver.execute(written.words, given, **self._how)
        except self._dialect.loaded_dbapi.Error as error:
            self._look_after(error)
            # As SQLAlchemy does, without the values, which no log may have.
            raise DBAPIError(written.words, None, error, hide_parameters=True) from error

    def _look_after(self, error: Any) -> None:
        """Give up all connections where the server ended this one, since it has hardly ended one alone."""
        ended = str(getattr(error, "sqlstate", None) or "").startswith(_ENDED)
        if ended or self._dialect.is_disconnect(error, self._driver, None):
            self._connection.invalidate(error)
            self._pool.dispose()


@contextmanager
def directly(engine: Engine, *, writes: bool, single: bool = False) -> Iterator[Direct]:
    """Keep all that the block did, or none of it.

    ``single`` promises one statement, for which PostgreSQL needs nobody to begin a transaction or end it.
    """
    connection = engine.raw_connection()
    driver: Any = connection.driver_connection
    alone = single and engine.dialect.name == "postgresql"
    try:
        if alone:
            driver.autocommit = True
        # Whoever only looks needs no transaction: each statement is shown what is there when it begins.
        if writes and engine.dialect.name == "sqlite":
            begin_sqlite(driver, WRITING)
        yield Direct(connection, engine)
        if writes:
            connection.commit()
    finally:
        if alone and not driver.closed:
            driver.autocommit = False
        # Whatever was not kept by now is undone when the pool takes the connection back.
        connection.close()


def within(session: Session | Direct) -> Direct:
    """Give the short way within a session's transaction."""
    if isinstance(session, Direct):
        return session
    connection = session.connection()
    return Direct(connection.connection, connection.engine)
