"""The rows of every room's task list, put together. A room that has things to do adds its function here."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from app.commissioning.checklist import checklists
from app.commissioning.models import Diagnostic
from app.web.tasks import Task

# For several diagnostics at once, so that a dashboard reads as often for all as for one.
Rows = Callable[[Session, Sequence[Diagnostic]], Mapping[UUID, tuple[Task, ...]]]
ROOMS: tuple[Rows, ...] = (checklists,)


def tasks_of(session: Session, diagnostics: Sequence[Diagnostic]) -> Mapping[UUID, tuple[Task, ...]]:
    """Give the tasks of each diagnostic, in the order in which evidence moves."""
    found: dict[UUID, tuple[Task, ...]] = {one.id: () for one in diagnostics}
    for rows in ROOMS:
        for diagnostic_id, tasks in rows(session, diagnostics).items():
            found[diagnostic_id] += tasks
    return found
