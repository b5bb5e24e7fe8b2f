"""The fieldwork as a task: how much of it is done."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.commissioning.models import DRAFT, Diagnostic
from app.commissioning.queries import planned_numbers_of
from app.fieldwork.models import FieldworkRecord, IndicatorValue, RecordRater
from app.web.tasks import Task, TaskState
from diagnostics.wording import counted_noun


def fieldwork_tasks(session: Session, diagnostics: Sequence[Diagnostic]) -> Mapping[UUID, Task]:
    """Give the task of each diagnostic whose fieldwork has begun, with as many reads as for one."""
    begun = [one.id for one in diagnostics if one.with_fieldwork and one.state != DRAFT]
    if not begun:
        return {}
    rated = select(RecordRater.record_id).where(RecordRater.done_at.is_not(None))
    rows = session.execute(
        select(FieldworkRecord.diagnostic_id, func.count())
        .where(FieldworkRecord.diagnostic_id.in_(begun))
        .where(FieldworkRecord.id.in_(rated.union(select(IndicatorValue.record_id))))
        .group_by(FieldworkRecord.diagnostic_id)
    )
    done = {one: 0 for one in begun} | {diagnostic_id: number for diagnostic_id, number in rows}
    planned = planned_numbers_of(session, begun)
    return {one: _task(one, planned[one], done[one]) for one in begun}


def _task(diagnostic_id: UUID, planned: int, done: int) -> Task:
    state = TaskState.DONE if done >= planned > 0 else TaskState.IN_PROGRESS if done else TaskState.TO_DO
    hint = f"{counted_noun(done, 'record')} {'is' if done == 1 else 'are'} done, {planned} planned"
    return Task(
        "fieldwork",
        "Fieldwork",
        f"/diagnostics/{diagnostic_id}/fieldwork",
        state,
        hint,
        needed=False,
        readable=True,
    )
