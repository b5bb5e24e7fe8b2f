"""The survey as a task: launching it, and what it needs afterwards."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commissioning.models import Diagnostic
from app.interchange.vocabulary import listed
from app.survey.models import CLOSED, DESTROYED, Survey
from app.survey.queries import OldCopy, old_copies
from app.survey.questionnaire import framework_problem
from app.web.tasks import Task, TaskState

_NO_COPIES = "Both custodians must fetch their copy of the key before anybody can answer."
_NO_KEY = (
    "The key of the survey is not on this machine, so its answers cannot be opened. A custodian must bring "
    "it back: the survey’s page has a button for it."
)


def survey_tasks(
    session: Session, diagnostics: Sequence[Diagnostic], misses_key: Callable[[Survey], bool]
) -> Mapping[UUID, Task]:
    """Give the task of each diagnostic's survey."""
    ids = [one.id for one in diagnostics]
    surveys = {
        survey.diagnostic_id: survey
        for survey in session.scalars(select(Survey).where(Survey.diagnostic_id.in_(ids)))
    }
    copies = old_copies(session, ids)
    return {one: _task(one, surveys.get(one), misses_key, copies.get(one, ())) for one in ids}


def still_to_destroy(copies: Sequence[OldCopy]) -> str:
    """Say who has yet to confirm that their copy of the key is destroyed, and what that means."""
    names = listed([one.name for one in copies], "and")
    who = "has" if len(copies) == 1 else "have"
    what = "copy" if len(copies) == 1 else "copies"
    return (
        f"{names} {who} not confirmed that they destroyed their {what} of the key. "
        "Until then, old backups could still be opened."
    )


def _task(
    diagnostic_id: UUID,
    survey: Survey | None,
    misses_key: Callable[[Survey], bool],
    copies: Sequence[OldCopy],
) -> Task:
    missing: list[str] = []
    if survey is None:
        state, hint = TaskState.TO_DO, "Launch the survey when everything above is done"
    elif survey.state in (CLOSED, DESTROYED):
        complete = survey.key_destroyed_at is not None and not copies
        state = TaskState.DONE if complete else TaskState.IN_PROGRESS
        hint = "The survey is over: see what was kept"
        if copies:
            missing.append(still_to_destroy(copies))
    else:
        state, hint = TaskState.IN_PROGRESS, "Watch the survey, invite and remind staff"
        if not survey.keys_fetched:
            missing.append(_NO_COPIES)
        if misses_key(survey):
            missing.append(_NO_KEY)
        changed = framework_problem(survey)
        if changed:
            missing.append(changed)
    return Task(
        "survey",
        "Survey",
        f"/diagnostics/{diagnostic_id}/survey",
        state,
        hint,
        tuple(missing),
        needed=False,
        readable=True,
    )
