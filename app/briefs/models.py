"""Briefs in the making and as they were published, who signed them, and who may read them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Base, Identified
from app.web.dates import now

DRAFT, PUBLISHING, PUBLISHED = "draft", "publishing", "published"
_OF_BRIEF, _OF_ACCOUNT = "briefs.id", "accounts.id"


class InsightBrief(Identified, Base):
    """A version of a diagnostic's brief. Published, it never changes; ``replaces_id`` names the old one.

    ``edits`` is what a person made of the proposed sentences and steps (see ``editing``); ``revision`` grows
    with every change, so that two writers notice and a signature knows what it was for. ``correction`` says
    what a new version mends. While the worker publishes it, ``progress`` says how far it is and ``told_at``
    when it last said so; ``problem`` is why a draft could not be published.
    """

    __tablename__ = "briefs"
    __table_args__ = (UniqueConstraint("diagnostic_id", "number"),)

    diagnostic_id: Mapped[UUID] = mapped_column(ForeignKey("diagnostics.id"))
    number: Mapped[int]
    snapshot_id: Mapped[UUID] = mapped_column(ForeignKey("profile_snapshots.id"))
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey(_OF_BRIEF))
    state: Mapped[str] = mapped_column(String(10), default=DRAFT)
    revision: Mapped[int] = mapped_column(default=1)
    edits: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    correction: Mapped[str] = mapped_column(Text, default="")
    made_by: Mapped[UUID] = mapped_column(ForeignKey(_OF_ACCOUNT))
    made_at: Mapped[datetime] = mapped_column(default=now)
    progress: Mapped[str] = mapped_column(String(120), default="")
    told_at: Mapped[datetime | None]
    problem: Mapped[str] = mapped_column(Text, default="")
    published_by: Mapped[UUID | None] = mapped_column(ForeignKey(_OF_ACCOUNT))
    published_at: Mapped[datetime | None]
    release_id: Mapped[UUID | None] = mapped_column(ForeignKey("issued_releases.id"))
    public: Mapped[bool] = mapped_column(default=False)


class BriefSignature(Base):
    """Somebody's word that a draft may be published, for the text with this SHA-256 and no other."""

    __tablename__ = "brief_signatures"

    brief_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_BRIEF, ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_ACCOUNT), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    signed_at: Mapped[datetime] = mapped_column(default=now)


class BriefFile(Identified, Base):
    """A file of a published brief, byte by byte as everybody gets it."""

    __tablename__ = "brief_files"
    __table_args__ = (UniqueConstraint("brief_id", "name"),)

    brief_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_BRIEF))
    name: Mapped[str] = mapped_column(String(80))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    data: Mapped[bytes] = mapped_column(LargeBinary)


class BriefShare(Identified, Base):
    """Another council whose people may read what a diagnostic published."""

    __tablename__ = "brief_shares"
    __table_args__ = (UniqueConstraint("diagnostic_id", "authority_code"),)

    diagnostic_id: Mapped[UUID] = mapped_column(ForeignKey("diagnostics.id"))
    authority_code: Mapped[str] = mapped_column(String(16), ForeignKey("authorities.code"))
    shared_by: Mapped[UUID] = mapped_column(ForeignKey(_OF_ACCOUNT))
    shared_at: Mapped[datetime] = mapped_column(default=now)
