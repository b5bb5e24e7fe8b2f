"""Bring the database's tables to where the code needs them."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

from app.database.revision import MIGRATIONS

# Any number that nothing else in the same PostgreSQL database uses.
_TURN = 727_403_105


def _config(engine: Engine) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["engine"] = engine
    return config


@contextmanager
def _in_turn(engine: Engine) -> Iterator[None]:
    """Let two machines that start together migrate one after the other."""
    if engine.dialect.name != "postgresql":
        yield
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SELECT pg_advisory_lock(:turn)"), {"turn": _TURN})
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:turn)"), {"turn": _TURN})


def upgrade(engine: Engine, to: str = "head") -> None:
    """Run the migrations that are still to run."""
    with _in_turn(engine):
        command.upgrade(_config(engine), to)


def downgrade(engine: Engine, to: str = "base") -> None:
    """Undo migrations."""
    with _in_turn(engine):
        command.downgrade(_config(engine), to)


def check_drift(engine: Engine) -> None:
    """Compare the migrated database with the models; Alembic raises where they differ."""
    command.check(_config(engine))
