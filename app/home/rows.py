"""The rows of every room's task list, put together. A room that has things to do adds its function here."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from app.briefs.tasks import brief_tasks
from app.commissioning.checklist import checklists
from app.commissioning.models import Diagnostic
from app.profiles.tasks import profile_tasks
from app.web.tasks import Task

# For several diagnostics at once, so that a dashboard reads as often for all as for one.
Rows = Callable[[Session, Sequence[Diagnostic]], Mapping[UUID, tuple[Task, ...]]]
ROOMS: tuple[Rows, ...] = (checklists,)
# What comes after the survey. Launching does not wait for it.
LATER: tuple[Rows, ...] = (profile_tasks, brief_tasks)


def tasks_of(session: Session, diagnostics: Sequence[Diagnostic]) -> Mapping[UUID, tuple[Task, ...]]:
    """Give the tasks of each diagnostic, in the order in which evidence moves."""
    return _put_together(ROOMS, session, diagnostics)


def later_tasks_of(session: Session, diagnostics: Sequence[Diagnostic]) -> Mapping[UUID, tuple[Task, ...]]:
    """Give the tasks of each diagnostic after its survey; none where it is not closed."""
    return _put_together(LATER, session, diagnostics)


def _put_together(
    rooms: Sequence[Rows], session: Session, diagnostics: Sequence[Diagnostic]
) -> Mapping[UUID, tuple[Task, ...]]:
    found: dict[UUID, tuple[Task, ...]] = {one.id: () for one in diagnostics}
    for rows in rooms:
        for diagnostic_id, tasks in rows(session, diagnostics).items():
            found[diagnostic_id] += tasks
    return found
