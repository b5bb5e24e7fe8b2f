"""The fieldwork as a task: how much of it is done."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from app.commissioning.models import DRAFT, Diagnostic
from app.fieldwork.coverage.presenters import done_words
from app.fieldwork.coverage.queries import progress_in
from app.web.tasks import Task, TaskState
from diagnostics.fieldwork_coverage import Progress


def fieldwork_tasks(session: Session, diagnostics: Sequence[Diagnostic]) -> Mapping[UUID, Task]:
    """Give the task of each diagnostic whose fieldwork has begun, with as many reads as for one."""
    begun = [one.id for one in diagnostics if one.with_fieldwork and one.state != DRAFT]
    if not begun:
        return {}
    return {one: _task(one, progress) for one, progress in progress_in(session, begun).items()}


def _task(diagnostic_id: UUID, progress: Progress) -> Task:
    some = any(row.done for row in progress.rows) or any(one.done for one in progress.unexpected)
    whole = progress.rows and not any(row.missing for row in progress.rows)
    return Task(
        "fieldwork",
        "Fieldwork",
        f"/diagnostics/{diagnostic_id}/fieldwork",
        TaskState.DONE if whole else TaskState.IN_PROGRESS if some else TaskState.TO_DO,
        done_words(progress),
        needed=False,
        readable=True,
    )
