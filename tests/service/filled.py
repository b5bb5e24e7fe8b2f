"""A row in every table of a database, whatever its migrations have made of it so far."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Column, Connection, MetaData, Table, func, select, types

VERSION = "alembic_version"
# What a column's own rules ask for; all others take any value of their type.
_WANTED: dict[str, Any] = {
    "diagnostics.threshold": 10,
    "surveys.threshold": 10,
    "grants.role": "programme_lead",
    "grants.authority_code": None,
}


def reflected(connection: Connection) -> list[Table]:
    """Give the tables that are there, those that others point at first."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != VERSION]


def fill_every_table(connection: Connection) -> None:
    """Write a row into each table that has none."""
    for table in reflected(connection):
        if connection.scalar(select(func.count()).select_from(table)) == 0:
            connection.execute(table.insert().values(_row(connection, table)))


def counts(connection: Connection) -> dict[str, int]:
    """Give the number of rows of each table."""
    return {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0
        for table in reflected(connection)
    }


def _row(connection: Connection, table: Table) -> dict[str, Any]:
    return {column.name: _value(connection, table, column) for column in table.columns}


def _value(connection: Connection, table: Table, column: Column[Any]) -> Any:
    wanted = f"{table.name}.{column.name}"
    if wanted in _WANTED:
        return _WANTED[wanted]
    for key in column.foreign_keys:
        if key.column.table is table:
            return None
        return connection.scalar(select(key.column).limit(1))
    return _of_type(column.type)


def _of_type(kind: types.TypeEngine[Any]) -> Any:
    if isinstance(kind, types.Boolean):
        return True
    if isinstance(kind, types.Uuid):
        return uuid4()
    if isinstance(kind, types.DateTime):
        return datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
    if isinstance(kind, types.Date):
        return date(2026, 11, 2)
    if isinstance(kind, types.Integer | types.Numeric | types.Float):
        return 1
    if isinstance(kind, types.LargeBinary):
        return b"\x00" * 32
    if isinstance(kind, types.JSON):
        return ["x"]
    if isinstance(kind, types.String):
        # SQLite tells of a Uuid only that it is CHAR(32).
        return uuid4().hex if kind.length == 32 else "x"
    raise AssertionError(f"say here which value a column of {kind!r} can have")
