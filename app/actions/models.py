"""The steps of a published brief as actions, with who does them, by when, and what became of them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Base, Identified
from app.web.dates import now

TO_DO, UNDER_WAY, DONE, STOPPED = "to_do", "under_way", "done", "stopped"
SEEN, PARTLY_SEEN, NOT_SEEN = "seen", "partly", "not_seen"


class Action(Identified, Base):
    """A step that a council takes, or keeps in view as "next, not now" (``later``).

    ``owner_role`` is a role and ``owner_name`` a person where the council wants to name one; ``owner_id`` is
    set where that person has an account, and is reminded. ``sign`` is what to see at six months;
    ``sign_seen`` says whether it was ("" where nobody looked yet), ``sign_evidence`` by what.
    ``brought_on`` is the day on which the council brought a later step forward. ``reminded_for`` is the due
    date that the last reminder spoke of.
    """

    __tablename__ = "actions"
    __table_args__ = (UniqueConstraint("diagnostic_id", "step"), Index(None, "due_on"))

    diagnostic_id: Mapped[UUID] = mapped_column(ForeignKey("diagnostics.id"))
    brief_id: Mapped[UUID] = mapped_column(ForeignKey("briefs.id"))
    step: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(200))
    sign: Mapped[str] = mapped_column(Text)
    later: Mapped[bool]
    position: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default=TO_DO)
    owner_role: Mapped[str] = mapped_column(String(120), default="")
    owner_name: Mapped[str] = mapped_column(String(120), default="")
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    due_on: Mapped[date | None]
    sign_seen: Mapped[str] = mapped_column(String(10), default="")
    sign_evidence: Mapped[str] = mapped_column(Text, default="")
    sign_on: Mapped[date | None]
    brought_on: Mapped[date | None]
    reminded_on: Mapped[date | None]
    reminded_for: Mapped[date | None]
    revision: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime] = mapped_column(default=now)


class ActionNote(Identified, Base):
    """What somebody wrote down about an action; ``change`` says what else changed at the time.

    ``state`` is the state that the action had from then on, "" where that did not change: so one can tell
    how it stood on an earlier day.
    """

    __tablename__ = "action_notes"
    __table_args__ = (Index(None, "action_id"),)

    action_id: Mapped[UUID] = mapped_column(ForeignKey("actions.id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(Text, default="")
    change: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(10), default="")
    made_by: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[datetime] = mapped_column(default=now)
