"""One at a time: where counting and then writing must not be overtaken by another request."""

from sqlalchemy import text
from sqlalchemy.orm import Session


def take_turn(session: Session, subject: bytes) -> None:
    """Wait until no other transaction holds the same subject, and hold it until this one ends.

    SQLite lets only one transaction write anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        key = int.from_bytes(subject[:8], "big", signed=True)
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})
