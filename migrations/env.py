"""Runs the migrations: on the engine that the service hands over, or on the one that the settings name."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, Engine

import app.rooms  # noqa: F401 - loads every table
from app.database.base import Base, Moment
from app.database.engine import make_engine
from app.settings import Settings

# A migration that cannot get its lock fails at once; one that waits blocks everybody behind it.
_LOCK_TIMEOUT = "SET lock_timeout = '5s'"


def _plain(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our own type as the database knows it: a migration needs no code of today."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Moment) else False


def run(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_LOCK_TIMEOUT)
        connection.commit()
    else:
        # SQLite changes a table by making it anew; the old one must not take other tables' rows with it.
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys = 0").close()
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=_plain,
        compare_type=True,
        compare_server_default=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        connection.rollback()
        connection.invalidate()
        if broken:
            raise RuntimeError(f"The migrations left rows that point nowhere: {broken[:5]}")


given: Engine | None = context.config.attributes.get("engine")
engine = given or make_engine(Settings().address)
with engine.connect() as connection:
    run(connection)
if given is None:
    engine.dispose()
