"""What is gathered on site. Nothing here holds the name of somebody who was interviewed or observed."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Base, Identified
from app.web.dates import now
from diagnostics import evidence

INTERVIEW, OBSERVATION, DOCUMENT = "interview", "observation", "document"
# How far a rater is with a record. Whoever has looked at another's ratings can no longer rate blind.
RATING, RATED, LOOKED = "rating", "done", "looked"
RAW, PROPOSED, RELEASED = "raw", "proposed", "released"
# A sign was seen or missed; a criterion is met, met in part, or not met.
SEEN, ABSENT = "seen", "absent"
MET, IN_PART, NOT_MET = "met", "part", "not"
# The rater of what the framework's cut-offs make of a figure.
FIGURES = evidence.FIGURES
_OF_DIAGNOSTIC, _OF_RECORD, _OF_ACCOUNT = "diagnostics.id", "fieldwork_records.id", "accounts.id"


class Fieldwork(Base):
    """The fieldwork of one diagnostic, and when its notes and files were deleted.

    ``taken_out`` counts how often words were taken out, ``swept`` up to which of these the database's files
    have forgotten them: where the two differ, a sweep is due.
    """

    __tablename__ = "fieldwork"

    diagnostic_id: Mapped[UUID] = mapped_column(
        ForeignKey(_OF_DIAGNOSTIC, ondelete="CASCADE"), primary_key=True
    )
    purged_on: Mapped[date | None]
    taken_out: Mapped[int] = mapped_column(default=0)
    swept: Mapped[int] = mapped_column(default=0)


class FieldworkRecord(Identified, Base):
    """One interview, one observation, one document audit or one review of figures.

    ``code`` is what people and files call it, such as I01. ``month`` is the first day of its month.
    ``cleared`` holds digests of what somebody has confirmed to be no personal detail.
    """

    __tablename__ = "fieldwork_records"
    __table_args__ = (
        UniqueConstraint("diagnostic_id", "code"),
        CheckConstraint("people IS NULL OR people >= 1", name="people"),
    )

    diagnostic_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_DIAGNOSTIC, ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(40))
    source: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(60))
    role_group: Mapped[str | None] = mapped_column(String(60))
    service_area_id: Mapped[UUID | None] = mapped_column(ForeignKey("service_areas.id", ondelete="SET NULL"))
    level: Mapped[str | None] = mapped_column(String(20))
    month: Mapped[date | None]
    people: Mapped[int | None]
    document_date: Mapped[date | None]
    owner_role: Mapped[str] = mapped_column(String(120), default="")
    reference: Mapped[str] = mapped_column(String(500), default="")
    revision: Mapped[int] = mapped_column(default=1)
    cleared: Mapped[list[str]] = mapped_column(JSON, default=list)
    created_by: Mapped[UUID] = mapped_column(ForeignKey(_OF_ACCOUNT))
    created_at: Mapped[datetime] = mapped_column(default=now)


class FieldworkNote(Base):
    """The note of a record as it stands. ``revision`` grows with every save, so that two writers notice."""

    __tablename__ = "fieldwork_notes"

    record_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_RECORD, ondelete="CASCADE"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(default=1)
    saved_by: Mapped[UUID] = mapped_column(ForeignKey(_OF_ACCOUNT))
    saved_at: Mapped[datetime] = mapped_column(default=now)


class NoteVersion(Identified, Base):
    """A note as it stood at an earlier time."""

    __tablename__ = "note_versions"
    __table_args__ = (UniqueConstraint("record_id", "revision"),)

    record_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_RECORD, ondelete="CASCADE"))
    revision: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    saved_by: Mapped[UUID] = mapped_column(ForeignKey(_OF_ACCOUNT))
    saved_at: Mapped[datetime] = mapped_column(default=now)


class SignMark(Base):
    """What was seen or missed of the schedule of signs, or how a document meets a criterion.

    ``sign`` is the characteristic's id and the sign's place in its list, such as "cap_find.0".
    """

    __tablename__ = "sign_marks"

    record_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_RECORD, ondelete="CASCADE"), primary_key=True)
    sign: Mapped[str] = mapped_column(String(80), primary_key=True)
    mark: Mapped[str] = mapped_column(String(10))


class IndicatorValue(Base):
    """A figure of the council's own, in the indicator's unit. The stage follows from the cut-offs."""

    __tablename__ = "indicator_values"

    record_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_RECORD, ondelete="CASCADE"), primary_key=True)
    indicator: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[float]


class Rater(Identified, Base):
    """Who rates in a diagnostic: an account, or whoever a file names. ``label`` is what files call them."""

    __tablename__ = "fieldwork_raters"
    __table_args__ = (
        UniqueConstraint("diagnostic_id", "label"),
        UniqueConstraint("diagnostic_id", "account_id"),
    )

    diagnostic_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_DIAGNOSTIC, ondelete="CASCADE"))
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey(_OF_ACCOUNT))
    label: Mapped[str] = mapped_column(String(40))


class RecordRater(Base):
    """How far a rater is with a record."""

    __tablename__ = "record_raters"

    record_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_RECORD, ondelete="CASCADE"), primary_key=True)
    rater_id: Mapped[UUID] = mapped_column(
        ForeignKey("fieldwork_raters.id", ondelete="CASCADE"), primary_key=True
    )
    state: Mapped[str] = mapped_column(String(10), default=RATING)
    done_at: Mapped[datetime | None]


class RecordRating(Base):
    """One rater's stage for one characteristic in one record; ``stage`` None means not seen."""

    __tablename__ = "record_ratings"
    __table_args__ = (CheckConstraint("stage IS NULL OR stage BETWEEN 1 AND 4", name="stage"),)

    record_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_RECORD, ondelete="CASCADE"), primary_key=True)
    characteristic: Mapped[str] = mapped_column(String(60), primary_key=True)
    rater_id: Mapped[UUID] = mapped_column(
        ForeignKey("fieldwork_raters.id", ondelete="CASCADE"), primary_key=True
    )
    stage: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    saved_at: Mapped[datetime] = mapped_column(default=now)


class ReconciledRating(Base):
    """What two raters agreed after both were done. Their own ratings stay as they are."""

    __tablename__ = "reconciled_ratings"
    __table_args__ = (CheckConstraint("stage IS NULL OR stage BETWEEN 1 AND 4", name="stage"),)

    record_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_RECORD, ondelete="CASCADE"), primary_key=True)
    characteristic: Mapped[str] = mapped_column(String(60), primary_key=True)
    stage: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    saved_by: Mapped[UUID | None] = mapped_column(ForeignKey(_OF_ACCOUNT))
    saved_at: Mapped[datetime] = mapped_column(default=now)


class FieldworkQuote(Identified, Base):
    """Words from a note that a brief may print once a second person has released them.

    ``role_band`` is the role group that may be named beside them; ``codes`` are ids of own codes.
    """

    __tablename__ = "fieldwork_quotes"
    __table_args__ = (Index(None, "record_id"),)

    record_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_RECORD, ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(Text)
    characteristics: Mapped[list[str]] = mapped_column(JSON, default=list)
    codes: Mapped[list[str]] = mapped_column(JSON, default=list)
    role_band: Mapped[str | None] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(10), default=RAW)
    revision: Mapped[int] = mapped_column(default=1)
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey(_OF_ACCOUNT))
    made_at: Mapped[datetime] = mapped_column(default=now)
    proposed_by: Mapped[UUID | None] = mapped_column(ForeignKey(_OF_ACCOUNT))
    released_by: Mapped[UUID | None] = mapped_column(ForeignKey(_OF_ACCOUNT))
    released_at: Mapped[datetime | None]


class Attachment(Identified, Base):
    """A file of a record. ``stored`` is its random name in the folder of files, where no page is served."""

    __tablename__ = "attachments"
    __table_args__ = (Index(None, "record_id"),)

    record_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_RECORD, ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    stored: Mapped[str] = mapped_column(String(80), unique=True)
    added_by: Mapped[UUID] = mapped_column(ForeignKey(_OF_ACCOUNT))
    added_at: Mapped[datetime] = mapped_column(default=now)


class OwnCode(Identified, Base):
    """A code of the people who gather, beside the framework's characteristics; its id is its GUID in files.

    ``beneath`` is the id of the heading or characteristic that it belongs to, or empty.
    """

    __tablename__ = "own_codes"
    __table_args__ = (UniqueConstraint("diagnostic_id", "name"),)

    diagnostic_id: Mapped[UUID] = mapped_column(ForeignKey(_OF_DIAGNOSTIC, ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="")
    beneath: Mapped[str] = mapped_column(String(60), default="")
