"""The plan as a task: what is to be taken over, and what is overdue."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models import DONE, STOPPED, Action
from app.actions.queries import actions_in
from app.briefs.queries import published_ids
from app.commissioning.models import DRAFT, Diagnostic
from app.web.dates import today
from app.web.tasks import Task, TaskState
from diagnostics.wording import counted_noun


def action_tasks(session: Session, diagnostics: Sequence[Diagnostic]) -> Mapping[UUID, Task]:
    """Give the task of each diagnostic that has a published brief, with as many reads as for one."""
    ids = [one.id for one in diagnostics if one.state != DRAFT]
    if not ids:
        return {}
    published, actions, day = published_ids(session, ids), actions_in(session, ids), today()
    return {
        one: _task(one, published.get(one), actions[one], day)
        for one in ids
        if one in published or actions[one]
    }


def running_plans(session: Session, diagnostics: Sequence[Diagnostic]) -> Mapping[UUID, Task]:
    """Give the task of each diagnostic; without one of its own, what is overdue of the wave before."""
    own = action_tasks(session, diagnostics)
    without = {one.previous_id: one.id for one in diagnostics if one.id not in own and one.previous_id}
    earlier = session.scalars(select(Diagnostic).where(Diagnostic.id.in_(without))).all() if without else ()
    plans = action_tasks(session, earlier)
    before = {
        without[one.id]: replace(plans[one.id], hint=f"In the plan of wave {one.wave}, {plans[one.id].hint}")
        for one in earlier
        if one.id in plans and plans[one.id].missing
    }
    return {**own, **before}


def _task(diagnostic_id: UUID, brief_id: UUID | None, actions: Sequence[Action], day: date) -> Task:
    now = [one for one in actions if not one.later]
    left = [one for one in now if one.state not in (DONE, STOPPED)]
    late = sum(one.due_on is not None and one.due_on < day for one in left)
    missing: tuple[str, ...] = ()
    if not actions:
        state, hint = TaskState.TO_DO, "The brief is published: take its steps over as actions"
    elif late:
        state, hint = TaskState.IN_PROGRESS, f"{counted_noun(late, 'action is', 'actions are')} overdue"
        missing = (f"{hint[0].upper()}{hint[1:]}.",)
    else:
        state = TaskState.IN_PROGRESS if left or not now else TaskState.DONE
        done = sum(one.state == DONE for one in now)
        hint = f"{counted_noun(done, 'action is', 'actions are')} done, {len(left)} still to do"
    if actions and brief_id is not None and all(one.brief_id != brief_id for one in actions):
        state, hint = TaskState.IN_PROGRESS, f"{hint}; a corrected brief is published"
    return Task(
        "actions",
        "Actions",
        f"/diagnostics/{diagnostic_id}/actions",
        state,
        hint,
        missing,
        needed=False,
        readable=True,
    )
