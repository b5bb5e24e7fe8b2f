"""The survey as a task: launching it, and what it needs afterwards."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commissioning.models import Diagnostic
from app.survey.models import CLOSED, DESTROYED, Survey
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
    return {one: _task(one, surveys.get(one), misses_key) for one in ids}


def _task(diagnostic_id: UUID, survey: Survey | None, misses_key: Callable[[Survey], bool]) -> Task:
    missing: list[str] = []
    if survey is None:
        state, hint = TaskState.TO_DO, "Launch the survey when everything above is done"
    elif survey.state in (CLOSED, DESTROYED):
        state, hint = TaskState.DONE, "The survey is over: see what was kept"
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
