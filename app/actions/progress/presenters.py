"""A quarter of the plan in words: what was done, what is overdue or under way, and what comes next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from app.actions.models import DONE, STOPPED, TO_DO, UNDER_WAY, Action
from app.actions.offers import headings_served
from app.actions.presenters import NO_DATE, owner_of
from app.actions.queries import Written
from app.actions.services import NOT_LOOKED, SIGN_NAMES, STATE_NAMES
from app.web.dates import LONDON, uk_date
from diagnostics.framework import Framework
from diagnostics.wording import counted_noun, listed

_MONTHS_IN_QUARTER = 3
_MONTHS = ("January to March", "April to June", "July to September", "October to December")
_FIRST_OF_FINANCIAL_YEAR = 2
GROUPS: Mapping[str, str] = {
    "done": "Done in this quarter",
    "overdue": "Overdue",
    "under_way": "Under way",
    "to_do": "Not begun",
    "stopped": "Stopped in this quarter",
    "over": "Done or stopped before",
}


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months: a year, and 1 to 4 within it."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """Give the quarter in which a day lies."""
        return cls(day.year, (day.month - 1) // _MONTHS_IN_QUARTER + 1)

    @property
    def key(self) -> str:
        """How an address names it."""
        return f"{self.year}-{self.number}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, _MONTHS_IN_QUARTER * (self.number - 1) + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        after = self.after
        return after.first - timedelta(days=1)

    @property
    def after(self) -> "Quarter":
        """The one that follows."""
        return (
            Quarter(self.year + 1, 1) if self.number == len(_MONTHS) else Quarter(self.year, self.number + 1)
        )

    @property
    def name(self) -> str:
        """Name it by its months, and as councils count: from April."""
        counted = (self.number - _FIRST_OF_FINANCIAL_YEAR) % len(_MONTHS) + 1
        begins = self.year - (self.number < _FIRST_OF_FINANCIAL_YEAR)
        return f"{_MONTHS[self.number - 1]} {self.year} (quarter {counted} of {begins} to {begins + 1})"


def quarters(actions: Iterable[Action], day: date) -> list[Quarter]:
    """Give the quarters from the first action until a day, the newest first."""
    begun = [Quarter.of(_day(action.made_at)) for action in actions]
    newest = Quarter.of(day)
    quarter, found = min([*begun, newest]), []
    while quarter <= newest:
        found.append(quarter)
        quarter = quarter.after
    return found[::-1]


def asked_quarter(known: Sequence[Quarter], key: str) -> Quarter:
    """Take the quarter that an address asks for; where there is none such, the newest."""
    return next((one for one in known if one.key == key), known[0])


@dataclass(frozen=True, slots=True)
class Row:
    """An action as it stood at the end of a quarter, or today where that is still to come."""

    group: str
    title: str
    state: str
    owner: str
    due: date | None
    due_words: str
    overdue: bool
    serves: str
    sign: str
    sign_seen: str
    sign_evidence: str
    sign_on: date | None
    note: str
    note_on: date | None


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The progress of a quarter."""

    quarter: Quarter
    as_of: date
    groups: tuple[Group, ...]
    later: tuple[Row, ...]
    summary: str

    @property
    def rows(self) -> tuple[Row, ...]:
        """All actions, in the order of the groups."""
        return tuple(row for group in self.groups for row in group.rows)


def progress_sheet(
    quarter: Quarter,
    actions: Sequence[Action],
    notes: Mapping[UUID, Sequence[Written]],
    names: Mapping[UUID, str],
    framework: Framework | None,
    day: date,
) -> Sheet:
    """Put a quarter together. Owners and due dates are those of today; states and signs are of its end."""
    as_of = min(day, quarter.last)
    rows: dict[str, list[Row]] = {name: [] for name in GROUPS}
    later: list[Row] = []
    for action in actions:
        if _day(action.made_at) > as_of:
            continue
        here = [one for one in notes[action.id] if _day(one.at) <= as_of]
        waited = action.later or (action.brought_on is not None and action.brought_on > as_of)
        state, since = _state(here)
        overdue = state in (TO_DO, UNDER_WAY) and action.due_on is not None and action.due_on < as_of
        group = _group(state, since, quarter, overdue=overdue)
        row = _row(
            action, here, names, framework, as_of, group, state, overdue=overdue and not waited, later=waited
        )
        (later if waited else rows[group]).append(row)
    groups = tuple(Group(heading, tuple(rows[name])) for name, heading in GROUPS.items() if rows[name])
    counts = [
        f"{len(rows[name])} {words}"
        for name, words in (
            ("done", "done in this quarter"),
            ("overdue", "overdue"),
            ("under_way", "under way"),
            ("to_do", "not begun"),
            ("stopped", "stopped in this quarter"),
            ("over", "done or stopped before"),
        )
        if rows[name]
    ]
    waiting = counted_noun(len(later), "step that waits", "steps that wait")
    return Sheet(quarter, as_of, groups, tuple(later), f"{listed([*counts, waiting])}.".capitalize())


def _state(notes: Sequence[Written]) -> tuple[str, date | None]:
    """Give the state that the newest of the notes tells, and since when; without one it is to do."""
    found = next((one for one in notes if one.state), None)
    return (found.state, _day(found.at)) if found else (TO_DO, None)


def _group(state: str, since: date | None, quarter: Quarter, *, overdue: bool) -> str:
    if state in (DONE, STOPPED):
        return state if since is not None and since >= quarter.first else "over"
    return "overdue" if overdue else state


def _row(
    action: Action,
    notes: Sequence[Written],
    names: Mapping[UUID, str],
    framework: Framework | None,
    as_of: date,
    group: str,
    state: str,
    *,
    overdue: bool,
    later: bool,
) -> Row:
    seen = action.sign_seen and action.sign_on is not None and action.sign_on <= as_of
    said = next((one for one in notes if one.text), None)
    return Row(
        group="Next, not now" if later else GROUPS[group],
        title=action.title,
        state="Next, not now" if later else STATE_NAMES[state],
        owner=owner_of(action, names),
        due=action.due_on,
        due_words=uk_date(action.due_on) if action.due_on else NO_DATE,
        overdue=overdue,
        serves=listed(list(headings_served(framework, action.step).values())),
        sign=action.sign,
        sign_seen=SIGN_NAMES[action.sign_seen] if seen else NOT_LOOKED,
        sign_evidence=action.sign_evidence if seen else "",
        sign_on=action.sign_on if seen else None,
        note=said.text if said else "",
        note_on=_day(said.at) if said else None,
    )


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


def midday(day: date) -> str:
    """Give a moment of a day as a file states when it was made."""
    return datetime.combine(day, time(12)).isoformat()
