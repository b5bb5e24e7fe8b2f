"""Up, down and up again, with rows in every table, on both engines; and the models are what was migrated."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

import app.rooms  # noqa: F401 - loads every table
from app.database.base import Base
from app.database.engine import make_engine
from app.database.migrate import check_drift, downgrade, upgrade
from app.database.revision import MIGRATIONS, State, revisions, state_of
from tests.service.conftest import ENGINES
from tests.service.filled import counts, fill_every_table


@pytest.fixture(params=ENGINES)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine on a database on which nothing has run yet."""
    if request.param == "sqlite":
        engine = make_engine(f"sqlite:///{tmp_path}/empty.db")
        yield engine
        engine.dispose()
        return
    server = request.getfixturevalue("postgresql")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(b"CREATE DATABASE unmigrated")
        engine = make_engine(server.get_uri(database="unmigrated"))
        yield engine
        engine.dispose()
        connection.execute(b"DROP DATABASE unmigrated")


def fill(engine: Engine) -> dict[str, int]:
    with engine.begin() as connection:
        fill_every_table(connection)
    return rows(engine)


def rows(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return counts(connection)


def test_the_numbers_of_the_files_are_the_line_of_migrations() -> None:
    """`state_of` goes by the names of the files, since Alembic is slow to load."""
    script = ScriptDirectory(str(MIGRATIONS))
    line = [step.revision for step in script.walk_revisions()]
    assert list(revisions()) == line[::-1]
    assert script.get_heads() == [revisions()[-1]]


def test_every_step_keeps_the_rows_that_are_there(empty: Engine) -> None:
    before: dict[str, int] = {}
    for revision in revisions():
        upgrade(empty, revision)
        now = rows(empty)
        assert {name: now[name] for name in before if name in now} == before
        before = fill(empty)
        assert all(number == 1 for number in before.values()), before
    assert set(before) == set(Base.metadata.tables)
    for revision in revisions()[-2::-1]:
        downgrade(empty, revision)
        assert all(rows(empty).values()), f"back to {revision}"
    downgrade(empty)
    assert rows(empty) == {}
    upgrade(empty)
    assert set(fill(empty)) == set(Base.metadata.tables)


def test_each_step_can_be_undone_and_done_again_with_rows_in_place(empty: Engine) -> None:
    for older, newer in zip(revisions(), revisions()[1:], strict=False):
        upgrade(empty, newer)
        fill(empty)
        downgrade(empty, older)
        kept = rows(empty)
        assert all(kept.values()), f"back to {older}"
        upgrade(empty, newer)
        now = rows(empty)
        assert {name: now[name] for name in kept if name in now} == kept


@pytest.mark.parametrize("change", ["UPDATE audit_entries SET action = 'y'", "DELETE FROM audit_entries"])
def test_the_log_still_takes_no_change_after_the_last_step(empty: Engine, change: str) -> None:
    """Changing a table in SQLite makes it anew, and could leave its triggers behind."""
    upgrade(empty)
    fill(empty)
    with pytest.raises(DBAPIError, match="append-only"), empty.begin() as connection:
        connection.execute(text(change))


def test_the_models_are_what_the_migrations_make(empty: Engine) -> None:
    upgrade(empty)
    check_drift(empty)


def test_a_database_says_how_it_stands_to_the_code(empty: Engine) -> None:
    assert state_of(empty) is State.EMPTY
    upgrade(empty)
    assert state_of(empty) is State.CURRENT
    with empty.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert state_of(empty) is State.AHEAD
