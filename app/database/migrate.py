"""Bring the database's tables to where the code needs them."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


def _config(engine: Engine) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = engine
    return config


def upgrade(engine: Engine, to: str = "head") -> None:
    """Run the migrations that are still to run."""
    command.upgrade(_config(engine), to)


def downgrade(engine: Engine, to: str = "base") -> None:
    """Undo migrations."""
    command.downgrade(_config(engine), to)


def check_drift(engine: Engine) -> None:
    """Compare the migrated database with the models; Alembic raises where they differ."""
    command.check(_config(engine))


def is_current(engine: Engine) -> bool:
    """Say whether every migration has run."""
    newest = ScriptDirectory.from_config(_config(engine)).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest
