"""The page of the invitations as its template prints it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.interchange.faults import Fault
from app.survey.invitations.messages import INVITATION, REMINDER, REPLACEMENT
from app.survey.models import PlannedReminder, SendLog
from app.web.dates import today, uk_date

_SHOWN = 5
_KINDS = {INVITATION: "Invitations", REMINDER: "Reminders", REPLACEMENT: "New links"}
_STATES = (
    ("waiting", "Waiting to be invited"),
    ("again", "Waiting to be invited again"),
    ("replace", "Waiting for a new link"),
    ("sent", "Invited"),
    ("sending", "Perhaps invited"),
    ("failed", "Refused by the mail server"),
    ("bounced", "Came back"),
)


@dataclass(frozen=True, slots=True)
class ListView:
    """What the page says of the list; ``rows`` are words and numbers."""

    total: int
    waiting: int
    rows: tuple[tuple[str, int], ...]
    log: tuple[tuple[str, str, int, int], ...]
    past_reminders: tuple[str, ...]
    late_reminder: str


def list_view(
    states: Mapping[str, int],
    log: Sequence[SendLog],
    reminders: Sequence[PlannedReminder],
    invited: tuple[date, date] | None,
) -> ListView:
    """Give the list as the page shows it."""
    planned = [one.on for one in reminders if one.done_on is None and one.on <= today()]
    late = [day for day in planned if invited is None or day <= invited[0]]
    return ListView(
        total=sum(states.values()),
        waiting=states.get("waiting", 0),
        rows=tuple((words, states[state]) for state, words in _STATES if states.get(state)),
        log=tuple((uk_date(one.on), _KINDS.get(one.kind, one.kind), one.sent, one.failed) for one in log),
        past_reminders=tuple(uk_date(one.on) for one in reversed(log) if one.kind == REMINDER and one.sent),
        late_reminder=uk_date(max(late)) if late else "",
    )


def fault_words(fault: Fault) -> str:
    """Say what is wrong with a file of addresses, with the sheet and the row where it has them."""
    row = f"row {fault.place}" if fault.row else ""
    where = ", ".join(part for part in (fault.file, row) if part)
    return f"{where[0].upper()}{where[1:]}: {fault.message}" if where else fault.message


def bounce_problem(number: int, strangers: Sequence[str], faults: Sequence[Fault]) -> str:
    """Say how much was noted, and of what could not be noted the first few; nothing where all was."""
    parts = []
    if strangers:
        parts.append(f"These are not on the list: {', '.join(_first(strangers, 'and'))}")
    if faults:
        words = _first([fault_words(one) for one in faults], "And")
        parts.append(f"This was not read. {' '.join(words)}")
    return ". ".join([f"{number} noted", *parts]) if parts else ""


def _first(texts: Sequence[str], last: str) -> list[str]:
    more = len(texts) - _SHOWN
    return [*texts[:_SHOWN], *([f"{last} {more:,} more"] if more > 0 else [])]
