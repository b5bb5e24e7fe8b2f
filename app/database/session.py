"""The transaction boundary: the one place that commits.

A request is one transaction. It is committed when the page has been made and before the answer is sent, so
that nobody is told of a success that did not happen. Raise to undo, return to keep.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import Lock
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from app.database.direct import Direct, directly
from app.database.engine import BEGIN, TURN, WRITING, Turn, make_engine, reading_engine

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Database:
    """One database, and its transactions."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.reading = reading_engine(engine)
        self._reading = sessionmaker(self.reading, expire_on_commit=False)
        self._writing = sessionmaker(engine.execution_options(**{BEGIN: WRITING}), expire_on_commit=False)
        # SQLite takes one writer at a time. Who waits here goes on at once and in turn; SQLite itself has its
        # caller ask again and again.
        self._turn: Lock | None = Lock() if engine.dialect.name == "sqlite" else None

    @classmethod
    def at(cls, address: str) -> "Database":
        """Give the database at an address."""
        return cls(make_engine(address))

    @contextmanager
    def transaction(self, *, writes: bool = True) -> Iterator[Session]:
        """Keep all that the block did, or none of it.

        ``writes=False`` promises to change nothing, and the database holds the block to it.
        """
        with self._in_turn(writes=writes) as turn, self._session(turn, writes=writes) as session:
            yield session
            session.commit()

    @contextmanager
    def direct(self, *, writes: bool = True, single: bool = False) -> Iterator[Direct]:
        """Do the same on the short way, without a session; ``single`` promises one statement."""
        with self._in_turn(writes=writes) as turn:
            if turn is not None:
                turn.take()
            engine = self.engine if writes else self.reading
            with directly(engine, writes=writes, single=single) as direct:
                yield direct

    @contextmanager
    def _in_turn(self, *, writes: bool) -> Iterator[Turn | None]:
        """Give the turn that a transaction has to take before it writes; None where nobody waits."""
        if not writes or self._turn is None:
            yield None
            return
        turn = Turn(self._turn)
        try:
            yield turn
        finally:
            turn.end()

    def _session(self, turn: Turn | None, *, writes: bool) -> Session:
        if turn is None:
            return (self._writing if writes else self._reading)()
        return self._writing(bind=self.engine.execution_options(**{BEGIN: WRITING, TURN: turn}))

    def close(self) -> None:
        """Give the connections back."""
        self.reading.dispose()
        self.engine.dispose()


@contextmanager
def transaction_of(request: Request, *, writes: bool = True) -> Iterator[Session]:
    """Open the request's transaction; looking never writes.

    For pages that very many open at once: as a dependency it would change to another thread three times.
    """
    database: Database = request.app.state.database
    with database.transaction(writes=writes and request.method not in SAFE_METHODS) as session:
        yield session


def direct_of(
    request: Request, *, writes: bool = True, single: bool = False
) -> AbstractContextManager[Direct]:
    """Open the request's transaction on the short way; looking never writes."""
    database: Database = request.app.state.database
    return database.direct(writes=writes and request.method not in SAFE_METHODS, single=single)


def get_session(request: Request) -> Iterator[Session]:
    """Open the request's transaction, for `SessionDep`."""
    with transaction_of(request) as session:
        yield session


# With FastAPI's own scope the commit would come after the answer.
SessionDep = Annotated[Session, Depends(get_session, scope="function")]
