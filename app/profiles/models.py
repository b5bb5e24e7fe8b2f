"""Profiles as they were computed, what people decided about them, and what the council replied."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Base, Identified
from app.web.dates import now

WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"
YES, PARTLY, NO = "yes", "partly", "no"
AS_DRAFT, AS_BRIEF = "draft", "brief"
_OF_DIAGNOSTIC, _OF_ACCOUNT, _OF_SNAPSHOT = "diagnostics.id", "accounts.id", "profile_snapshots.id"


class ProfileBuild(Identified, Base):
    """A profile that somebody asked for: the worker computes it and says how far it is.

    ``told_at`` is when it last said so; a build that has said nothing for long is begun again.
    """

    __tablename__ = "profile_builds"
    __table_args__ = (Index(None, "diagnostic_id"), Index(None, "state"))

    diagnostic_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_DIAGNOSTIC))
    asked_by: Mapped[UUID] = mapped_column(ForeignKey(_OF_ACCOUNT))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    state: Mapped[str] = mapped_column(String(10), default=WAITING)
    progress: Mapped[str] = mapped_column(String(120), default="")
    told_at: Mapped[datetime | None]
    problem: Mapped[str] = mapped_column(Text, default="")
    snapshot_id: Mapped[UUID | None] = mapped_column(ForeignKey(_OF_SNAPSHOT))


class ProfileSnapshot(Identified, Base):
    """A computed profile. It never changes; another build makes another.

    ``published`` is the profile as it may leave, ``knowledge`` what an attacker is assumed to know,
    ``last_wave`` what the next wave is compared with, each as the method's own JSON text. ``inputs`` is the
    digest of the evidence, ``digest`` that of what is published. ``withheld`` and ``knowledge`` stay inside.
    """

    __tablename__ = "profile_snapshots"
    __table_args__ = (UniqueConstraint("diagnostic_id", "number"),)

    diagnostic_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_DIAGNOSTIC))
    number: Mapped[int]
    previous_id: Mapped[UUID | None] = mapped_column(ForeignKey(_OF_SNAPSHOT))
    made_by: Mapped[UUID] = mapped_column(ForeignKey(_OF_ACCOUNT))
    made_at: Mapped[datetime] = mapped_column(default=now)
    framework: Mapped[str] = mapped_column(String(60))
    framework_version: Mapped[str] = mapped_column(String(40))
    method: Mapped[str] = mapped_column(String(20))
    inputs: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    published: Mapped[str] = mapped_column(Text)
    knowledge: Mapped[str] = mapped_column(Text)
    last_wave: Mapped[str] = mapped_column(Text)
    withheld: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    issued: Mapped[list[str]] = mapped_column(JSON, default=list)


class IssuedRelease(Identified, Base):
    """What people hold: a profile as the council was shown it, and what an attacker knows beside it.

    ``shown_as`` says whether it was a draft for the right of reply or a published brief. Every later release
    of the council is attacked together with it: whoever saw a draft may remember it.
    """

    __tablename__ = "issued_releases"
    __table_args__ = (Index(None, "diagnostic_id"),)

    diagnostic_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_DIAGNOSTIC))
    snapshot_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_SNAPSHOT))
    issued_at: Mapped[datetime] = mapped_column(default=now)
    shown_as: Mapped[str] = mapped_column(String(10), default=AS_BRIEF)
    digest: Mapped[str] = mapped_column(String(64))
    published: Mapped[str] = mapped_column(Text)
    knowledge: Mapped[str] = mapped_column(Text)


class CodeReview(Identified, Base):
    """What somebody decided on a proposed code or pattern; the newest of a heading and subject counts.

    ``subject`` is a pair of sources ("survey-document") or the id of a pattern; ``found`` is the code that
    the method proposed, so that a decision does not outlive what it was about.
    """

    __tablename__ = "code_reviews"
    __table_args__ = (Index(None, "diagnostic_id", "heading", "subject"),)

    diagnostic_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_DIAGNOSTIC))
    heading: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(60))
    found: Mapped[str] = mapped_column(String(40))
    confirmed: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text)
    decided_by: Mapped[UUID] = mapped_column(ForeignKey(_OF_ACCOUNT))
    decided_at: Mapped[datetime] = mapped_column(default=now)


class RightOfReply(Base):
    """The time in which a council's people see the draft and say what they think of it."""

    __tablename__ = "rights_of_reply"

    diagnostic_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_DIAGNOSTIC), primary_key=True)
    snapshot_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_SNAPSHOT))
    session_on: Mapped[date | None]
    opened_by: Mapped[UUID] = mapped_column(ForeignKey(_OF_ACCOUNT))
    opened_at: Mapped[datetime] = mapped_column(default=now)
    closed_at: Mapped[datetime | None]


class ReplyComment(Identified, Base):
    """What somebody of the council says of a finding, and the answer.

    ``sentence`` is the finding as it stood, so that both can be read together after it was reworded.
    """

    __tablename__ = "reply_comments"
    __table_args__ = (Index(None, "diagnostic_id"),)

    diagnostic_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_DIAGNOSTIC))
    finding: Mapped[str] = mapped_column(String(80))
    sentence: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    made_by: Mapped[UUID] = mapped_column(ForeignKey(_OF_ACCOUNT))
    made_at: Mapped[datetime] = mapped_column(default=now)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey(_OF_ACCOUNT))
    answered_at: Mapped[datetime | None]


class ReplyAnswer(Identified, Base):
    """One person's answer to a question: is it accurate, of substance, helpful in teeing up action?"""

    __tablename__ = "reply_answers"
    __table_args__ = (UniqueConstraint("diagnostic_id", "account_id", "question"),)

    diagnostic_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_DIAGNOSTIC))
    account_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_ACCOUNT))
    question: Mapped[str] = mapped_column(String(20))
    answer: Mapped[str] = mapped_column(String(10))
    why: Mapped[str] = mapped_column(Text, default="")
    saved_at: Mapped[datetime] = mapped_column(default=now)
