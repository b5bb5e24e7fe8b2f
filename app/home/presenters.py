"""What waits in each diagnostic, in words; and the order in which somebody should look at them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID

from app.commissioning.models import DRAFT, Diagnostic
from app.commissioning.presenters.words import name_of, state_of
from app.commissioning.timetable import DAYS, Timetable
from app.web.dates import uk_date
from app.web.sorting import Sorting
from app.web.tasks import Task, TaskState

COLUMNS = {"needs": "What it needs", "name": "Council", "state": "State", "next": "Next date"}
# A launch needs some days of everybody's; this much before it is time to look.
SOON = 21
NO_DATE = "No date set"
_TAGS = {TaskState.TO_DO: "govuk-tag--blue", TaskState.IN_PROGRESS: "govuk-tag--teal"}
_GREY = "govuk-task-list__status--cannot-start-yet"


class Urgency(IntEnum):
    """How soon somebody should look at a diagnostic."""

    LATE = 0
    SOON = 1
    READY = 2
    PREPARING = 3
    NONE = 4


@dataclass(frozen=True, slots=True)
class Overview:
    """A diagnostic on a dashboard."""

    name: str
    authority: str
    authority_code: str
    wave: int
    address: str
    state: str
    needs: str
    urgency: Urgency
    done: int
    needed: int
    to_do: tuple[Task, ...]
    next_date: str
    next_day: date

    @property
    def progress(self) -> str:
        """Say how much is done."""
        return f"{self.done} of {self.needed} tasks are done"


def overview(
    diagnostic: Diagnostic,
    tasks: Sequence[Task],
    today: date,
    fieldwork: Task | None = None,
    later: Sequence[Task] = (),
    actions: Task | None = None,
) -> Overview:
    """Give a diagnostic as a dashboard shows it."""
    # What a launch needs is over once it has taken place.
    needed = [task for task in tasks if task.needed and diagnostic.state == DRAFT]
    to_do = tuple(task for task in needed if task.state != TaskState.DONE)
    urgency, needs = _needs(diagnostic, len(to_do), today, fieldwork, later, actions)
    days = Timetable.of(diagnostic).days()
    coming = min(((day, DAYS[name]) for name, day in days.items() if day >= today), default=None)
    return Overview(
        name=name_of(diagnostic),
        authority=diagnostic.authority.name,
        authority_code=diagnostic.authority_code,
        wave=diagnostic.wave,
        address=f"/diagnostics/{diagnostic.id}",
        state=state_of(diagnostic),
        needs=needs,
        urgency=urgency,
        done=len(needed) - len(to_do),
        needed=len(needed),
        to_do=to_do,
        next_date=f"{uk_date(coming[0])}, when {coming[1]}" if coming else NO_DATE,
        next_day=coming[0] if coming else date.max,
    )


def _needs(
    diagnostic: Diagnostic,
    to_do: int,
    today: date,
    fieldwork: Task | None,
    later: Sequence[Task],
    actions: Task | None,
) -> tuple[Urgency, str]:
    if diagnostic.state != DRAFT:
        return _goes_on(fieldwork, later, actions)
    opens = diagnostic.survey_opens_on
    rest = f"{to_do} {'task is' if to_do == 1 else 'tasks are'} still to do"
    if opens and opens < today:
        return Urgency.LATE, f"The survey was to open on {uk_date(opens)}, and is not launched"
    if not to_do:
        return Urgency.READY, "Everything that launching needs is there"
    if opens and (days := (opens - today).days) <= SOON:
        when = "today" if days == 0 else "tomorrow" if days == 1 else f"in {days} days"
        return Urgency.SOON, f"The survey opens {when}, and {rest}"
    if actions is not None and actions.missing:
        return Urgency.SOON, actions.hint
    return Urgency.PREPARING, rest


def _goes_on(fieldwork: Task | None, later: Sequence[Task], actions: Task | None) -> tuple[Urgency, str]:
    """Say what a launched diagnostic waits for, and what its plan does: neither hides the other."""
    urgency, sentences = Urgency.NONE, []
    left = [task for task in later if task.state != TaskState.DONE]
    next_up = next((task for task in left if task.missing), next(iter(left), None if later else fieldwork))
    if next_up is not None and next_up.state != TaskState.DONE:
        urgency = Urgency.SOON if next_up.missing else urgency
        sentences.append(f"{next_up.name}: {next_up.hint[:1].lower()}{next_up.hint[1:]}")
    if actions is not None and (actions.missing or actions.state == TaskState.TO_DO):
        urgency = Urgency.SOON
        sentences.append(actions.hint)
    return urgency, ". ".join(sentences) or "Nothing at the moment"


def overviews(
    diagnostics: Sequence[Diagnostic],
    tasks: Mapping[UUID, tuple[Task, ...]],
    today: date,
    fieldwork: Mapping[UUID, Task] = MappingProxyType({}),
    later: Mapping[UUID, Sequence[Task]] = MappingProxyType({}),
    actions: Mapping[UUID, Task] = MappingProxyType({}),
) -> list[Overview]:
    """Give diagnostics with what needs looking at first."""
    found = [
        overview(one, tasks[one.id], today, fieldwork.get(one.id), later.get(one.id, ()), actions.get(one.id))
        for one in diagnostics
    ]
    return sorted(found, key=_by_need)


def _by_need(one: Overview) -> tuple[int, date, str, int]:
    return one.urgency, one.next_day, one.authority.casefold(), -one.wave


def sorted_by(found: Sequence[Overview], sorting: Sorting) -> list[Overview]:
    """Sort a dashboard as its links ask; where two are equal, by what needs looking at first."""
    keys = {
        "needs": _by_need,
        "name": lambda one: (one.authority.casefold(), one.wave),
        "state": lambda one: one.state,
        "next": lambda one: one.next_day,
    }
    key: Any = keys[sorting.by]
    return sorted(sorted(found, key=_by_need), key=key, reverse=sorting.backwards)


def task_items(tasks: Sequence[Task], *, may_change: bool) -> list[dict[str, Any]]:
    """Give tasks as GOV.UK's task list wants them; whoever only reads has links to what they can read."""
    return [
        {
            "title": {"text": task.name},
            "hint": {"text": task.hint} if task.hint else None,
            "href": task.address if _can_be_opened(task) and (may_change or task.readable) else None,
            "status": _status(task),
        }
        for task in tasks
    ]


def _can_be_opened(task: Task) -> bool:
    return task.needed and task.state != TaskState.CANNOT_START


def _status(task: Task) -> dict[str, Any]:
    if not task.needed and task.state != TaskState.DONE:
        return {"text": "Not needed", "classes": _GREY}
    if task.state == TaskState.CANNOT_START:
        return {"text": task.state.value, "classes": _GREY}
    if task.state == TaskState.DONE:
        return {"text": task.state.value}
    return {"tag": {"text": task.state.value, "classes": _TAGS[task.state]}}
