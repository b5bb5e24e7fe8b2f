"""The survey's tables. What may point at a person has no time, no order of arrival, and no name.

A ballot knows no name, an address knows no ballot. Where rows come one by one (ballots that are spent,
drafts, the inbox), their key is random and the table is kept in the order of the key, so that nothing tells
which came first.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Base, Identified

INDIVIDUAL, OPEN = "individual", "open"
LAUNCHED, CLOSED, DESTROYED = "launched", "closed", "destroyed"
# A table of SQLite that is kept in the order of its key; a row's number would tell the order of arrival.
_BY_KEY = {"sqlite_with_rowid": False}
_OF_SURVEY = "surveys.diagnostic_id"


class Survey(Base):
    """The survey of one launched diagnostic, with what was frozen at launch.

    ``groups`` are the role groups as staff are asked for them, ``areas`` the service areas; each with its
    people. ``counted`` is what may be watched before the close: bands, made at most once a day.
    ``issued`` are the links that left by email, ``replaced`` those of them that may be somebody's second.
    What the open link gave out, and the ballots of no use to anybody since a batch was broken off, are
    counted at the close.
    """

    __tablename__ = "surveys"
    __table_args__ = (CheckConstraint("threshold >= 10", name="threshold"),)

    diagnostic_id: Mapped[UUID] = mapped_column(ForeignKey("diagnostics.id"), primary_key=True)
    state: Mapped[str] = mapped_column(String(20), default=LAUNCHED)
    public_key: Mapped[bytes] = mapped_column(LargeBinary(32))
    framework: Mapped[str] = mapped_column(String(60))
    framework_digest: Mapped[str] = mapped_column(String(64))
    threshold: Mapped[int]
    groups: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    areas: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    people: Mapped[int]
    raw_data_months: Mapped[int]
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    open_code: Mapped[str | None] = mapped_column(String(60), unique=True)
    launched_on: Mapped[date]
    keys_fetched: Mapped[bool] = mapped_column(default=False)

    issued: Mapped[int] = mapped_column(default=0)
    replaced: Mapped[int] = mapped_column(default=0)
    orphaned: Mapped[int] = mapped_column(default=0)
    counted: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    counted_on: Mapped[date | None]

    closed_on: Mapped[date | None]
    issued_open: Mapped[int | None]
    returned: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    merged: Mapped[dict[str, list[str]]] = mapped_column(JSON, default=dict)
    swept_at: Mapped[datetime | None]
    key_destroyed_at: Mapped[datetime | None]
    purged_on: Mapped[date | None]


class Custody(Identified, Base):
    """One of the two people who hold a copy of a survey's key, and whether they have destroyed it."""

    __tablename__ = "custodies"
    __table_args__ = (UniqueConstraint("diagnostic_id", "account_id"),)

    diagnostic_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_SURVEY, ondelete="CASCADE"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    copies: Mapped[int] = mapped_column(default=0)
    destroyed_at: Mapped[datetime | None]


class Ballot(Base):
    """Permission to answer once. Only a hash of its token is kept, and the row goes when it is spent."""

    __tablename__ = "ballots"
    __table_args__ = (Index(None, "diagnostic_id", "kind"), _BY_KEY)

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    diagnostic_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_SURVEY))
    kind: Mapped[str] = mapped_column(String(10))


class SpentMark(Base):
    """Tells that a ballot was spent, so that a second try can be told that its answers are here."""

    __tablename__ = "spent_marks"
    __table_args__ = (Index(None, "diagnostic_id", "kind"), _BY_KEY)

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    diagnostic_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_SURVEY))
    kind: Mapped[str] = mapped_column(String(10))


class Draft(Base):
    """Answers that are not submitted yet, under a key that only the link's token gives."""

    __tablename__ = "drafts"
    __table_args__ = (Index(None, "diagnostic_id"), _BY_KEY)

    found_by: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    diagnostic_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_SURVEY))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class SealedAnswers(Base):
    """The inbox: one person's answers, sealed to the survey's public key until the close."""

    __tablename__ = "inbox"
    __table_args__ = (Index(None, "diagnostic_id"), _BY_KEY)

    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    diagnostic_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_SURVEY))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class Response(Base):
    """One person's answers after the close, coarsened, written in random order and in one go."""

    __tablename__ = "responses"
    __table_args__ = (Index(None, "diagnostic_id"), _BY_KEY)

    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    diagnostic_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_SURVEY))
    role_group: Mapped[str | None] = mapped_column(String(60))
    service_area: Mapped[str | None] = mapped_column(String(120))
    answers: Mapped[bytes] = mapped_column(LargeBinary)


class SurveyComment(Base):
    """What somebody wrote, without anything that ties it to their other answers."""

    __tablename__ = "survey_comments"
    __table_args__ = (Index(None, "diagnostic_id", "question"), _BY_KEY)

    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    diagnostic_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_SURVEY))
    question: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(String(1000))


class StaffAddress(Identified, Base):
    """An address of the list to which invitations go. It knows no ballot.

    It goes when the survey closes, and in any case a fortnight after the survey's last day.
    """

    __tablename__ = "staff_addresses"
    __table_args__ = (UniqueConstraint("diagnostic_id", "email"), Index(None, "diagnostic_id", "state"))

    diagnostic_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_SURVEY, ondelete="CASCADE"))
    email: Mapped[str] = mapped_column(String(254))
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    reminded: Mapped[int] = mapped_column(default=0)


class PlannedReminder(Identified, Base):
    """A day on which everybody on the list is reminded."""

    __tablename__ = "planned_reminders"
    __table_args__ = (UniqueConstraint("diagnostic_id", "on"),)

    diagnostic_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_SURVEY, ondelete="CASCADE"))
    on: Mapped[date]
    number: Mapped[int]
    done_on: Mapped[date | None]


class SendLog(Identified, Base):
    """How many messages of a kind went out on a day; never to whom, never which link."""

    __tablename__ = "send_log"
    __table_args__ = (UniqueConstraint("diagnostic_id", "on", "kind"),)

    diagnostic_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_SURVEY, ondelete="CASCADE"))
    on: Mapped[date]
    kind: Mapped[str] = mapped_column(String(20))
    sent: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
