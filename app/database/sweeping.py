"""Having the database forget what was deleted: its files are written anew, and its log is cut."""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.database.base import Base
from app.database.session import Database


def sweep_tables(database: Database, tables: Sequence[type[Base]]) -> bool:
    """Write the files of tables anew, so that nothing of what was deleted from them is left in free space.

    SQLite has one file, which is written anew as a whole. No transaction of the caller's may be open. The
    answer says whether the log could be cut too; PostgreSQL lets only some roles do that.
    """
    names = ", ".join(table.__tablename__ for table in tables)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("VACUUM")
            return True
        connection.execute(text(f"VACUUM FULL {names}"))
        try:
            connection.execute(text("CHECKPOINT"))
        except DBAPIError:
            return False
    return True
