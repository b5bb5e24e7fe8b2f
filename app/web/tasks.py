"""A row of a task list. Rooms say what there is to do; `app.home` puts the rows of all rooms together."""

from dataclasses import dataclass
from enum import StrEnum


class TaskState(StrEnum):
    """How far something is, in the words that the page shows."""

    TO_DO = "To do"
    IN_PROGRESS = "In progress"
    DONE = "Done"
    CANNOT_START = "Cannot start yet"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do. ``missing`` says what is still needed, a sentence each; none when it is done.

    ``needed`` tells that launching waits for it; ``readable`` that its page is also for those who only read.
    """

    id: str
    name: str
    address: str
    state: TaskState
    hint: str = ""
    missing: tuple[str, ...] = ()
    needed: bool = True
    readable: bool = False
