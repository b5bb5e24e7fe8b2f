"""The brief as a task: to be drafted, signed and published."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from app.briefs.models import DRAFT, PUBLISHED, PUBLISHING, InsightBrief
from app.briefs.queries import briefs_in, signed_among
from app.briefs.room.services import opened
from app.briefs.room.signing import Signing, signing_of
from app.commissioning.models import Diagnostic
from app.profiles.queries import newest_snapshots
from app.web.dates import uk_date
from app.web.tasks import Task, TaskState


def brief_tasks(session: Session, diagnostics: Sequence[Diagnostic]) -> Mapping[UUID, tuple[Task, ...]]:
    """Give the task of each diagnostic that has a profile, with as many reads as for one.

    Only a draft that somebody has signed is read by itself: whether a signature counts depends on its words.
    """
    by_id = {one.id: one for one in diagnostics}
    found = briefs_in(session, list(newest_snapshots(session, list(by_id))))
    drafts = [one for briefs in found.values() for one in briefs if one.state == DRAFT]
    signings = {
        one.id: signing_of(session, by_id[one.diagnostic_id], opened(session, one))
        for one in signed_among(session, drafts)
    }
    return {key: (_task(key, briefs, signings),) for key, briefs in found.items()}


def _task(diagnostic_id: UUID, briefs: Sequence[InsightBrief], signings: Mapping[UUID, Signing]) -> Task:
    newest = briefs[-1] if briefs else None
    out = next((one for one in reversed(briefs) if one.state == PUBLISHED), None)
    state, hint, waits = TaskState.TO_DO, "The profile is there: begin the brief", False
    if newest is not None and newest.state == PUBLISHING:
        state, hint = TaskState.IN_PROGRESS, "It is being published"
    elif newest is not None and newest.state == DRAFT:
        what, signing = "A correction" if out else "It", signings.get(newest.id)
        waits = signing is not None and bool(signing.counted)
        state, hint = TaskState.IN_PROGRESS, f"{what} {_how_far(signing)}"
    elif out is not None and out.published_at is not None:
        state, hint = TaskState.DONE, f"It was published on {uk_date(out.published_at)}"
    missing = (f"{hint}.",) if waits else ()
    return Task("brief", "Brief", f"/diagnostics/{diagnostic_id}/brief", state, hint, missing, readable=True)


def _how_far(signing: Signing | None) -> str:
    """Say how far a draft is; one that is signed waits for somebody, who has to learn of it."""
    if signing is None or not signing.counted:
        return "is being drafted"
    if not signing.lacking:
        return "is signed by two people, and not published yet"
    if len(signing.counted) == 1:
        return "waits for a second signature"
    return "waits for the signature of somebody who gathered the evidence"
