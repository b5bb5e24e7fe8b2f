"""What programme leads have added to the library, changed in it or taken out of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Base, Identified
from app.web.dates import now


class LibraryEntry(Identified, Base):
    """One version of an entry; the newest counts, and takes the place of the framework's of the same key."""

    __tablename__ = "library_entries"
    __table_args__ = (UniqueConstraint("key", "version"),)

    key: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    publisher: Mapped[str] = mapped_column(String(200))
    year: Mapped[int | None]
    address: Mapped[str] = mapped_column(String(500))
    kind: Mapped[str] = mapped_column(String(40))
    helps_with: Mapped[str] = mapped_column(Text)
    headings: Mapped[list[str]] = mapped_column(JSON, default=list)
    needs: Mapped[list[str]] = mapped_column(JSON, default=list)
    roles: Mapped[list[str]] = mapped_column(JSON, default=list)
    effectiveness: Mapped[str] = mapped_column(Text, default="")
    strength_of_evidence: Mapped[str] = mapped_column(Text, default="")
    masterclass: Mapped[str] = mapped_column(Text, default="")
    retired: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(String(500), default="")
    saved_by: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    saved_at: Mapped[datetime] = mapped_column(default=now)
