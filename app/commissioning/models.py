"""Authorities, and the diagnostics that run in them, with all that launching needs."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database.base import Base, Identified
from app.web.dates import now

DRAFT = "draft"
WHOLE_SERVICE, NAMED_AREAS, NAMED_ROLES = "whole", "areas", "roles"
WITH_A_PDM, BY_ITSELF = "pdm", "council"
LEADS, GATHERS, HOLDS_A_KEY = "lead", "gather", "key"
PUBLIC_TASK, LEGITIMATE_INTERESTS, OTHER_BASIS = "public_task", "legitimate_interests", "other"


class Authority(Base):
    """A council (or trust) with children's services. Ofsted's ``judgement`` is context; no score uses it."""

    __tablename__ = "authorities"

    code: Mapped[str] = mapped_column(String(16), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(40))
    region: Mapped[str] = mapped_column(String(40))
    children_trust: Mapped[str] = mapped_column(String(120), default="")
    judgement: Mapped[str] = mapped_column(String(60), default="")
    judged_on: Mapped[date | None]


class Diagnostic(Identified, Base):
    """One run for one authority: a wave. ``revision`` grows with every change, so that two writers notice."""

    __tablename__ = "diagnostics"
    __table_args__ = (
        UniqueConstraint("authority_code", "wave"),
        CheckConstraint("threshold >= 10", name="threshold"),
        CheckConstraint("wave >= 1", name="wave"),
    )

    authority_code: Mapped[str] = mapped_column(String(16), ForeignKey("authorities.code"))
    wave: Mapped[int]
    previous_id: Mapped[UUID | None] = mapped_column(ForeignKey("diagnostics.id"))
    state: Mapped[str] = mapped_column(String(20), default=DRAFT)
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))

    scope: Mapped[str] = mapped_column(String(10), default=WHOLE_SERVICE)
    scope_roles: Mapped[list[str]] = mapped_column(JSON, default=list)
    scope_areas: Mapped[list[str]] = mapped_column(JSON, default=list)
    framework: Mapped[str] = mapped_column(String(60))
    threshold: Mapped[int] = mapped_column(default=10)
    run_by: Mapped[str] = mapped_column(String(10), default=WITH_A_PDM)
    with_fieldwork: Mapped[bool] = mapped_column(default=True)

    survey_opens_on: Mapped[date | None]
    survey_closes_on: Mapped[date | None]
    fieldwork_from: Mapped[date | None]
    fieldwork_until: Mapped[date | None]
    brief_due_on: Mapped[date | None]

    contact_name: Mapped[str] = mapped_column(String(120), default="")
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    contact_phone: Mapped[str] = mapped_column(String(40), default="")

    controller: Mapped[str] = mapped_column(String(200), default="")
    data_protection_contact: Mapped[str] = mapped_column(String(254), default="")
    processor: Mapped[str] = mapped_column(String(200), default="")
    lawful_basis: Mapped[str] = mapped_column(String(40), default="")
    other_basis: Mapped[str] = mapped_column(String(200), default="")
    lawful_basis_confirmed_at: Mapped[datetime | None]
    raw_data_months: Mapped[int] = mapped_column(default=12)
    frame_confirmed_at: Mapped[datetime | None]
    plan_confirmed_at: Mapped[datetime | None]

    authority: Mapped[Authority] = relationship(lazy="raise")
    areas: Mapped[list["ServiceArea"]] = relationship(
        cascade="all, delete-orphan", lazy="raise", passive_deletes=True, order_by="ServiceArea.position"
    )
    duties: Mapped[list["Duty"]] = relationship(
        cascade="all, delete-orphan", lazy="raise", passive_deletes=True
    )
    plan: Mapped[list["PlannedFieldwork"]] = relationship(
        cascade="all, delete-orphan", lazy="raise", passive_deletes=True, order_by="PlannedFieldwork.position"
    )


class Duty(Identified, Base):
    """What a person does in a diagnostic: lead it for the council, gather evidence, or hold a key."""

    __tablename__ = "duties"
    __table_args__ = (UniqueConstraint("diagnostic_id", "account_id", "duty"), Index(None, "account_id"))

    diagnostic_id: Mapped[UUID] = mapped_column(ForeignKey("diagnostics.id", ondelete="CASCADE"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    duty: Mapped[str] = mapped_column(String(20))


class ServiceArea(Identified, Base):
    """A part of the service, as this diagnostic names it."""

    __tablename__ = "service_areas"
    __table_args__ = (UniqueConstraint("diagnostic_id", "name"),)

    diagnostic_id: Mapped[UUID] = mapped_column(ForeignKey("diagnostics.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(120))
    position: Mapped[int]

    cells: Mapped[list["FrameCell"]] = relationship(
        cascade="all, delete-orphan", lazy="raise", passive_deletes=True
    )


class FrameCell(Identified, Base):
    """The people of one role group in one service area."""

    __tablename__ = "frame_cells"
    __table_args__ = (
        UniqueConstraint("service_area_id", "role_group"),
        CheckConstraint("headcount >= 0", name="headcount"),
    )

    service_area_id: Mapped[UUID] = mapped_column(ForeignKey("service_areas.id", ondelete="CASCADE"))
    role_group: Mapped[str] = mapped_column(String(60))
    headcount: Mapped[int]


class PlannedFieldwork(Identified, Base):
    """So many interviews, observations or document audits of one kind, and with whom."""

    __tablename__ = "planned_fieldwork"
    __table_args__ = (CheckConstraint("number >= 1", name="number"), Index(None, "diagnostic_id"))

    diagnostic_id: Mapped[UUID] = mapped_column(ForeignKey("diagnostics.id", ondelete="CASCADE"))
    source: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(60))
    role_group: Mapped[str | None] = mapped_column(String(60))
    service_area_id: Mapped[UUID | None] = mapped_column(ForeignKey("service_areas.id", ondelete="SET NULL"))
    number: Mapped[int] = mapped_column(default=1)
    note: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int]
