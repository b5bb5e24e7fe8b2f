"""Reads of a diagnostic's fieldwork plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.commissioning.models import Diagnostic, PlannedFieldwork, ServiceArea
from diagnostics.fieldwork_plan import PlannedWork
from diagnostics.published import Source


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A row of the plan, with its service area's id and its note."""

    id: UUID
    work: PlannedWork
    area_id: UUID | None
    note: str

    @property
    def content(self) -> list[object]:
        """What the row says, for a digest of it."""
        work = self.work
        return [work.source, work.kind, work.role_group, str(self.area_id or ""), work.number, self.note]


def plan_rows(session: Session, diagnostic: Diagnostic) -> Sequence[PlanRow]:
    """Give the plan, in the order in which its rows were added."""
    return plans_in(session, [diagnostic.id])[diagnostic.id]


def plans_in(session: Session, diagnostic_ids: Sequence[UUID]) -> Mapping[UUID, Sequence[PlanRow]]:
    """Give the plans of several diagnostics with one read."""
    query = (
        select(PlannedFieldwork, ServiceArea.name)
        .outerjoin(ServiceArea, ServiceArea.id == PlannedFieldwork.service_area_id)
        .where(PlannedFieldwork.diagnostic_id.in_(diagnostic_ids))
        .order_by(PlannedFieldwork.position, PlannedFieldwork.id)
        .execution_options(populate_existing=True)
    )
    found: dict[UUID, list[PlanRow]] = {one: [] for one in diagnostic_ids}
    for row, area in session.execute(query):
        work = PlannedWork(cast(Source, row.source), row.kind, row.role_group, area, row.number)
        found[row.diagnostic_id].append(PlanRow(row.id, work, row.service_area_id, row.note))
    return found


def find_row(session: Session, diagnostic: Diagnostic, row_id: UUID) -> PlanRow | None:
    """Give one row of the plan."""
    return next((row for row in plan_rows(session, diagnostic) if row.id == row_id), None)


def next_position(session: Session, diagnostic: Diagnostic) -> int:
    """Give the place behind the last row."""
    last = session.scalar(
        select(func.max(PlannedFieldwork.position)).where(PlannedFieldwork.diagnostic_id == diagnostic.id)
    )
    return 0 if last is None else last + 1
