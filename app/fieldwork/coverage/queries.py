"""Reads of how far the records of a diagnostic are: numbers, never a note or a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.commissioning.models import Diagnostic, ServiceArea
from app.commissioning.plan.queries import plans_in
from app.fieldwork.models import (
    FIGURES,
    RATED,
    FieldworkRecord,
    IndicatorValue,
    Rater,
    ReconciledRating,
    RecordRater,
    RecordRating,
)
from app.fieldwork.presenters import source_of
from app.fieldwork.queries import areas_of, records_of
from diagnostics.fieldwork_coverage import Gathered, Progress, plan_progress
from diagnostics.framework import Framework


def progress_in(session: Session, diagnostic_ids: Sequence[UUID]) -> Mapping[UUID, Progress]:
    """Set the records of several diagnostics beside their plans, with as many reads as for one.

    Who rated what is left out, so this says what is done, and not what is done twice.
    """
    done = frozenset(session.scalars(_done(diagnostic_ids)))
    records: dict[UUID, list[Gathered]] = {one: [] for one in diagnostic_ids}
    query = (
        select(FieldworkRecord, ServiceArea.name)
        .outerjoin(ServiceArea, ServiceArea.id == FieldworkRecord.service_area_id)
        .where(FieldworkRecord.diagnostic_id.in_(diagnostic_ids))
    )
    for one, area in session.execute(query):
        records[one.diagnostic_id].append(
            Gathered(one.code, source_of(one), one.kind, one.role_group, area, one.month, int(one.id in done))
        )
    plans = plans_in(session, diagnostic_ids)
    return {
        one: plan_progress([row.work for row in plans[one]], gathered) for one, gathered in records.items()
    }


def _done(diagnostic_ids: Sequence[UUID]) -> Select[UUID]:
    """Choose the records that somebody has finished rating, or that hold a figure."""
    people = (
        select(RecordRater.record_id)
        .join(Rater, Rater.id == RecordRater.rater_id)
        .where(Rater.label != FIGURES)
        .where(RecordRater.done_at.is_not(None) | (RecordRater.state == RATED))
    )
    figures = (
        select(RecordRating.record_id)
        .join(Rater, Rater.id == RecordRating.rater_id)
        .where(Rater.label == FIGURES, RecordRating.stage.is_not(None))
    )
    return select(FieldworkRecord.id).where(
        FieldworkRecord.diagnostic_id.in_(diagnostic_ids),
        FieldworkRecord.id.in_(people.union(figures, select(IndicatorValue.record_id))),
    )


@dataclass(slots=True)
class _Rated:
    """What those have rated in one record who have finished: people, and the framework's cut-offs."""

    people: set[UUID] = field(default_factory=set)
    figures: bool = False
    by_characteristic: dict[str, set[UUID]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)


def gathered_of(session: Session, diagnostic: Diagnostic, framework: Framework) -> tuple[Gathered, ...]:
    """Give each record of a diagnostic as far as it is gathered, by what people call it.

    A figure counts as one rating, by the framework's cut-offs, and nobody has to finish it.
    """
    records = records_of(session, diagnostic.id)
    areas = areas_of(session, diagnostic.id)
    rated = _rated(session, diagnostic.id, framework, records)
    return tuple(
        Gathered(
            id=one.code,
            source=source_of(one),
            kind=one.kind,
            role_group=one.role_group,
            service_area=areas.get(one.service_area_id) if one.service_area_id else None,
            month=one.month,
            raters=max(len(rated[one.id].people), int(rated[one.id].figures)),
            seen=frozenset(rated[one.id].seen),
            seen_twice=frozenset(
                what for what, people in rated[one.id].by_characteristic.items() if len(people) > 1
            ),
        )
        for one in records
    )


def _rated(
    session: Session, diagnostic_id: UUID, framework: Framework, records: Sequence[FieldworkRecord]
) -> dict[UUID, _Rated]:
    found = {one.id: _Rated() for one in records}
    people = (
        select(RecordRater.record_id, RecordRater.rater_id)
        .join(Rater, Rater.id == RecordRater.rater_id)
        .where(Rater.diagnostic_id == diagnostic_id, Rater.label != FIGURES)
        .where(RecordRater.done_at.is_not(None) | (RecordRater.state == RATED))
    )
    for record_id, rater_id in session.execute(people):
        found[record_id].people.add(rater_id)
    ratings = (
        select(RecordRating.record_id, RecordRating.characteristic, RecordRating.rater_id, Rater.label)
        .join(Rater, Rater.id == RecordRating.rater_id)
        .where(Rater.diagnostic_id == diagnostic_id, RecordRating.stage.is_not(None))
    )
    for record_id, what, rater_id, label in session.execute(ratings):
        one = found[record_id]
        if label == FIGURES:
            one.figures = True
            one.seen.add(what)
        elif rater_id in one.people:
            one.seen.add(what)
            one.by_characteristic.setdefault(what, set()).add(rater_id)
    of_indicator = {i.id: c.id for c in framework.characteristics for i in c.indicators}
    values = (
        select(IndicatorValue.record_id, IndicatorValue.indicator)
        .join(FieldworkRecord, FieldworkRecord.id == IndicatorValue.record_id)
        .where(FieldworkRecord.diagnostic_id == diagnostic_id)
    )
    for record_id, indicator in session.execute(values):
        if indicator in of_indicator:
            found[record_id].figures = True
            found[record_id].seen.add(of_indicator[indicator])
    agreed = (
        select(ReconciledRating.record_id, ReconciledRating.characteristic, ReconciledRating.stage)
        .join(FieldworkRecord, FieldworkRecord.id == ReconciledRating.record_id)
        .where(FieldworkRecord.diagnostic_id == diagnostic_id)
    )
    for record_id, what, stage in session.execute(agreed):
        # What two raters agreed afterwards stands, also where it is that nobody saw it.
        (found[record_id].seen.discard if stage is None else found[record_id].seen.add)(what)
    return found
