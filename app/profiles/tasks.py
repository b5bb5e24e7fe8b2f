"""The profile as tasks: to compute it, to decide on its codes, and to hear the council."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commissioning.models import DRAFT, Diagnostic
from app.profiles.models import RUNNING, WAITING, CodeReview, ProfileBuild, ProfileSnapshot, RightOfReply
from app.profiles.queries import Subject, newest_builds, newest_snapshots, profile_of, reviews_in
from app.profiles.reviewing import codes_in, still_open
from app.survey.models import CLOSED, Survey
from app.web.dates import uk_date
from app.web.tasks import Task, TaskState
from diagnostics.wording import counted_noun


def profile_tasks(session: Session, diagnostics: Sequence[Diagnostic]) -> Mapping[UUID, tuple[Task, ...]]:
    """Give the tasks of each diagnostic whose survey is closed, with as many reads as for one."""
    begun = [one.id for one in diagnostics if one.state != DRAFT]
    closed = session.execute(
        select(Survey.diagnostic_id, Survey.purged_on).where(
            Survey.diagnostic_id.in_(begun), Survey.state == CLOSED
        )
    )
    went_on = {diagnostic_id: day for diagnostic_id, day in closed}
    ids = list(went_on)
    if not ids:
        return {}
    builds, snapshots = newest_builds(session, ids), newest_snapshots(session, ids)
    reviews = reviews_in(session, list(snapshots))
    replies = {
        one.diagnostic_id: one
        for one in session.scalars(select(RightOfReply).where(RightOfReply.diagnostic_id.in_(ids)))
    }
    found: dict[UUID, tuple[Task, ...]] = {}
    for one in ids:
        snapshot = snapshots.get(one)
        found[one] = (_profile(one, builds.get(one), snapshot),)
        if snapshot is not None:
            found[one] += (_review(snapshot, reviews[one]), _reply(one, replies.get(one)))
        if (day := went_on[one]) is not None:
            found[one] = tuple(_over(task, day) for task in found[one])
    return found


def _over(task: Task, day: date) -> Task:
    """Say that nothing is left to do, as the answers were deleted."""
    if task.id == "profile" and task.state is TaskState.DONE:
        return task
    return replace(task, state=TaskState.DONE, hint=f"Over: the answers were deleted on {uk_date(day)}")


def _profile(diagnostic_id: UUID, build: ProfileBuild | None, snapshot: ProfileSnapshot | None) -> Task:
    if build is not None and build.state in (WAITING, RUNNING):
        state, hint = TaskState.IN_PROGRESS, "It is being computed"
    elif snapshot is not None:
        state, hint = TaskState.DONE, f"Profile {snapshot.number} is the newest"
    else:
        state, hint = TaskState.TO_DO, "The survey is closed: compute the profile"
    return _task(diagnostic_id, "profile", "Profile", "", state, hint)


def _review(snapshot: ProfileSnapshot, reviews: Mapping[Subject, CodeReview]) -> Task:
    count = len(still_open(codes_in(profile_of(snapshot), reviews)))
    state = TaskState.IN_PROGRESS if count else TaskState.DONE
    verb = "is" if count == 1 else "are"
    hint = f"{counted_noun(count, 'code')} {verb} still open" if count else "Every code is decided"
    # Whoever does not gather reads in the room how far it is.
    return _task(snapshot.diagnostic_id, "review", "Review of codes and patterns", "", state, hint)


def _reply(diagnostic_id: UUID, reply: RightOfReply | None) -> Task:
    if reply is None:
        state, hint = TaskState.TO_DO, "The council has not seen the draft yet"
    elif reply.closed_at is None:
        when = f" until the session on {uk_date(reply.session_on)}" if reply.session_on else ""
        state, hint = TaskState.IN_PROGRESS, f"The council reads the draft{when}"
    else:
        state, hint = TaskState.DONE, "It is closed: read what was said"
    return _task(diagnostic_id, "reply", "Right of reply", "/reply", state, hint)


def _task(diagnostic_id: UUID, id_: str, name: str, page: str, state: TaskState, hint: str) -> Task:
    return Task(id_, name, f"/diagnostics/{diagnostic_id}/profile{page}", state, hint, readable=True)
