"""The log. Triggers in the database keep its rows from being changed or deleted."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Base, Identified
from app.web.dates import now


class Entry(Identified, Base):
    """One thing that somebody did. It holds the account's id, never a name, so that closing it is enough."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index(None, "at"), Index(None, "authority_code", "at"))

    at: Mapped[datetime] = mapped_column(default=now)
    actor_id: Mapped[UUID | None]
    action: Mapped[str] = mapped_column(String(60))
    authority_code: Mapped[str | None] = mapped_column(String(16))
    subject_id: Mapped[UUID | None]
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
