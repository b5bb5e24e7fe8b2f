"""The brief as a task: to be drafted, signed and published."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from app.briefs.models import DRAFT, PUBLISHED, PUBLISHING, InsightBrief
from app.briefs.queries import briefs_in
from app.commissioning.models import Diagnostic
from app.profiles.queries import newest_snapshots
from app.web.dates import uk_date
from app.web.tasks import Task, TaskState


def brief_tasks(session: Session, diagnostics: Sequence[Diagnostic]) -> Mapping[UUID, tuple[Task, ...]]:
    """Give the task of each diagnostic that has a profile, with as many reads as for one."""
    ids = list(newest_snapshots(session, [one.id for one in diagnostics]))
    return {key: (_task(key, briefs),) for key, briefs in briefs_in(session, ids).items()}


def _task(diagnostic_id: UUID, briefs: Sequence[InsightBrief]) -> Task:
    newest = briefs[-1] if briefs else None
    out = next((one for one in reversed(briefs) if one.state == PUBLISHED), None)
    state, hint = TaskState.TO_DO, "The profile is there: begin the brief"
    if newest is not None and newest.state == PUBLISHING:
        state, hint = TaskState.IN_PROGRESS, "It is being published"
    elif newest is not None and newest.state == DRAFT:
        state, hint = TaskState.IN_PROGRESS, "A correction is being drafted" if out else "It is being drafted"
    elif out is not None and out.published_at is not None:
        state, hint = TaskState.DONE, f"It was published on {uk_date(out.published_at)}"
    return Task("brief", "Brief", f"/diagnostics/{diagnostic_id}/brief", state, hint, readable=True)
