"""Which migrations a database has seen. Asked often, so it needs nothing that is slow to load."""

from enum import StrEnum
from functools import cache
from pathlib import Path

from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from app.database.engine import BEGIN, READING

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
_TABLE = "alembic_version"


class State(StrEnum):
    """How a database stands to the code."""

    EMPTY = "empty"
    BEHIND = "behind"
    CURRENT = "current"
    AHEAD = "ahead"


@cache
def revisions() -> tuple[str, ...]:
    """Give the numbers of all migrations, the oldest first; a file's name begins with its number."""
    found = (path.name.split("_", maxsplit=1)[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    return tuple(sorted(found))


def state_of(engine: Engine) -> State:
    """Say how a database stands to the code. One that is ahead belongs to a later version of it."""
    with engine.execution_options(**{BEGIN: READING}).connect() as connection:
        if not inspect(connection).has_table(_TABLE):
            return State.EMPTY
        seen = connection.execute(text(f"SELECT version_num FROM {_TABLE}")).scalar()  # noqa: S608
    if seen is None:
        return State.EMPTY
    if seen == revisions()[-1]:
        return State.CURRENT
    return State.BEHIND if seen in revisions() else State.AHEAD


def is_ready(engine: Engine) -> bool:
    """Say whether a database can be reached and is as the code needs it."""
    try:
        return state_of(engine) is State.CURRENT
    except SQLAlchemyError:
        return False
