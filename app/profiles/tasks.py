"""The profile as tasks: to compute it, to decide on its codes, and to hear the council."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commissioning.models import DRAFT, Diagnostic
from app.profiles.models import RUNNING, WAITING, RightOfReply
from app.profiles.queries import newest_build, newest_snapshot
from app.profiles.reviewing import open_in
from app.survey.models import CLOSED, Survey
from app.web.dates import uk_date
from app.web.tasks import Task, TaskState
from diagnostics.wording import counted_noun


def profile_tasks(session: Session, diagnostics: Sequence[Diagnostic]) -> Mapping[UUID, tuple[Task, ...]]:
    """Give the tasks of each diagnostic whose survey is closed."""
    ids = [one.id for one in diagnostics if one.state != DRAFT]
    closed = session.scalars(
        select(Survey.diagnostic_id).where(Survey.diagnostic_id.in_(ids), Survey.state == CLOSED)
    )
    replies = {
        one.diagnostic_id: one
        for one in session.scalars(select(RightOfReply).where(RightOfReply.diagnostic_id.in_(ids)))
    }
    return {one: _tasks(session, one, replies.get(one)) for one in closed}


def _tasks(session: Session, diagnostic_id: UUID, reply: RightOfReply | None) -> tuple[Task, ...]:
    tasks = [_profile(session, diagnostic_id)]
    if newest_snapshot(session, diagnostic_id) is not None:
        tasks += [_review(session, diagnostic_id), _reply(diagnostic_id, reply)]
    return tuple(tasks)


def _profile(session: Session, diagnostic_id: UUID) -> Task:
    build, snapshot = newest_build(session, diagnostic_id), newest_snapshot(session, diagnostic_id)
    if build is not None and build.state in (WAITING, RUNNING):
        state, hint = TaskState.IN_PROGRESS, "It is being computed"
    elif snapshot is not None:
        state, hint = TaskState.DONE, f"Profile {snapshot.number} is the newest"
    else:
        state, hint = TaskState.TO_DO, "The survey is closed: compute the profile"
    return _task(diagnostic_id, "profile", "Profile", "", state, hint)


def _review(session: Session, diagnostic_id: UUID) -> Task:
    count = len(open_in(session, diagnostic_id))
    state = TaskState.IN_PROGRESS if count else TaskState.DONE
    verb = "is" if count == 1 else "are"
    hint = f"{counted_noun(count, 'code')} {verb} open" if count else "Every code is decided"
    # Whoever does not gather reads there how far it is.
    return _task(diagnostic_id, "review", "Review of codes and patterns", "", state, hint)


def _reply(diagnostic_id: UUID, reply: RightOfReply | None) -> Task:
    if reply is None:
        state, hint = TaskState.TO_DO, "The council has not seen the draft yet"
    elif reply.closed_at is None:
        session_on = f" The session is on {uk_date(reply.session_on)}" if reply.session_on else ""
        state, hint = TaskState.IN_PROGRESS, f"The council can comment on the draft.{session_on}"
    else:
        state, hint = TaskState.DONE, "Closed: read what was said"
    return _task(diagnostic_id, "reply", "Right of reply", "/reply", state, hint)


def _task(diagnostic_id: UUID, id_: str, name: str, page: str, state: TaskState, hint: str) -> Task:
    return Task(id_, name, f"/diagnostics/{diagnostic_id}/profile{page}", state, hint, readable=True)
