"""Records, ratings, quotes and a plan, written without the pages for them."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commissioning.models import GATHERS, Duty, PlannedFieldwork, ServiceArea
from app.fieldwork.models import (
    RATED,
    RATING,
    FieldworkNote,
    FieldworkQuote,
    FieldworkRecord,
    Rater,
    RecordRater,
    RecordRating,
)
from app.web.dates import now, today

NOTE = "We asked what the research says. Then we looked at our own audit, and it changed the plan."
KINDS = {"interview": "interview", "observation": "team_meeting", "document": "strategy"}


def area_named(session: Session, diagnostic_id: UUID, name: str) -> UUID:
    return session.scalars(
        select(ServiceArea.id).where(ServiceArea.diagnostic_id == diagnostic_id, ServiceArea.name == name)
    ).one()


def record(
    session: Session,
    diagnostic_id: UUID,
    creator: UUID,
    code: str = "I01",
    source: str = "interview",
    *,
    role: str | None = None,
    area: str = "",
    month: date | None = None,
    dated: bool = True,
    note: str = "",
) -> FieldworkRecord:
    """Write a record of this month, with its note."""
    made = FieldworkRecord(
        diagnostic_id=diagnostic_id,
        code=code,
        source=source,
        kind=KINDS[source],
        role_group=role,
        service_area_id=area_named(session, diagnostic_id, area) if area else None,
        month=(month or today().replace(day=1)) if dated else None,
        created_by=creator,
    )
    session.add(made)
    session.flush()
    if note:
        session.add(FieldworkNote(record_id=made.id, text=note, saved_by=creator))
        session.flush()
    return made


def rate(
    session: Session,
    one: FieldworkRecord,
    account: UUID,
    label: str,
    stages: Mapping[str, int | None],
    *,
    done: bool = True,
    reason: str = "Somebody said so",
) -> None:
    """Write what one rater gave."""
    rater = session.scalars(
        select(Rater).where(Rater.diagnostic_id == one.diagnostic_id, Rater.label == label)
    ).one_or_none()
    if rater is None:
        rater = Rater(diagnostic_id=one.diagnostic_id, account_id=account, label=label)
        session.add(rater)
        session.flush()
    state = RATED if done else RATING
    session.add(
        RecordRater(record_id=one.id, rater_id=rater.id, state=state, done_at=now() if done else None)
    )
    session.add_all(
        RecordRating(record_id=one.id, characteristic=what, rater_id=rater.id, stage=stage, reason=reason)
        for what, stage in stages.items()
    )
    session.flush()


def quote(
    session: Session,
    one: FieldworkRecord,
    text: str = "it changed the plan",
    about: Sequence[str] = ("cap_find",),
    **values: object,
) -> FieldworkQuote:
    made = FieldworkQuote(record_id=one.id, text=text, characteristics=list(about), **values)
    session.add(made)
    session.flush()
    return made


def plan(
    session: Session,
    diagnostic_id: UUID,
    source: str = "interview",
    number: int = 1,
    *,
    role: str | None = None,
    area: str = "",
    note: str = "",
) -> PlannedFieldwork:
    made = PlannedFieldwork(
        diagnostic_id=diagnostic_id,
        source=source,
        kind=KINDS[source],
        role_group=role,
        service_area_id=area_named(session, diagnostic_id, area) if area else None,
        number=number,
        note=note,
        position=0,
    )
    session.add(made)
    session.flush()
    return made


def let_gather(session: Session, diagnostic_id: UUID, account: UUID) -> None:
    session.add(Duty(diagnostic_id=diagnostic_id, account_id=account, duty=GATHERS))
