"""The days of a diagnostic: what cannot be, and what is rather short."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.commissioning.models import Diagnostic
from app.web.dates import uk_date

# Figures of ours. Shorter can work in a small council, so they warn and do not stop.
SURVEY_DAYS, FIELDWORK_DAYS, WRITING_DAYS = 14, 10, 14
_FURTHEST = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class Timetable:
    """The five days of a diagnostic, as far as they are known. The first and the last day both count."""

    survey_opens_on: date | None = None
    survey_closes_on: date | None = None
    fieldwork_from: date | None = None
    fieldwork_until: date | None = None
    brief_due_on: date | None = None

    @classmethod
    def of(cls, diagnostic: Diagnostic) -> "Timetable":
        """Give the timetable that a diagnostic has."""
        return cls(**{name: getattr(diagnostic, name) for name in DAYS})

    def days(self) -> dict[str, date]:
        """Give the days that are known, by their field."""
        found = {name: getattr(self, name) for name in DAYS}
        return {name: day for name, day in found.items() if day is not None}


DAYS = {
    "survey_opens_on": "the survey opens",
    "survey_closes_on": "the survey closes",
    "fieldwork_from": "fieldwork begins",
    "fieldwork_until": "fieldwork ends",
    "brief_due_on": "the brief is due",
}


def furthest(today: date) -> date:
    """Give the last day that anything can be planned for."""
    return today + _FURTHEST


def faults(timetable: Timetable, today: date, *, before: Timetable | None = None) -> dict[str, str]:
    """Say what cannot be, by the field to put right.

    ``before`` is the timetable that is saved: a day that has passed since may stay while another one is set.
    """
    found: dict[str, str] = {}
    for name, day in timetable.days().items():
        unchanged = before is not None and getattr(before, name) == day
        if day.year < 1000:
            found[name] = f"Write the year in which {DAYS[name]} with four figures, such as {today.year}"
        elif day < today and not unchanged:
            found[name] = f"The day {DAYS[name]} must be today or later"
        elif day > furthest(today):
            found[name] = f"The day {DAYS[name]} must be within the next three years"
    for name, message in _out_of_order(timetable):
        found.setdefault(name, message)
    return {name: found[name] for name in DAYS if name in found}


def _out_of_order(timetable: Timetable) -> Iterator[tuple[str, str]]:
    opens, closes = timetable.survey_opens_on, timetable.survey_closes_on
    begins, ends, due = timetable.fieldwork_from, timetable.fieldwork_until, timetable.brief_due_on
    if opens and closes and closes <= opens:
        yield "survey_closes_on", f"The survey must close after it opens on {uk_date(opens)}"
    if begins and ends and ends < begins:
        yield "fieldwork_until", f"Fieldwork must end on or after {uk_date(begins)}, when it begins"
    if due and closes and due <= closes:
        yield "brief_due_on", f"The brief must be due after the survey closes on {uk_date(closes)}"
    if due and ends and due <= ends:
        yield "brief_due_on", f"The brief must be due after fieldwork ends on {uk_date(ends)}"


def warnings(timetable: Timetable) -> tuple[str, ...]:
    """Say what is possible but short, each with what to think about."""
    found = []
    opens, closes = timetable.survey_opens_on, timetable.survey_closes_on
    begins, ends, due = timetable.fieldwork_from, timetable.fieldwork_until, timetable.brief_due_on
    if opens and closes and (days := _between(opens, closes)) < SURVEY_DAYS:
        found.append(
            f"The survey is open for {_days(days)}. People who are on leave or work part-time may miss it; "
            f"{SURVEY_DAYS} days or more are usual."
        )
    if begins and ends and (days := _between(begins, ends)) < FIELDWORK_DAYS:
        found.append(
            f"Fieldwork lasts {_days(days)}. Meetings to observe and people to talk to are hard to fit into "
            f"fewer than {FIELDWORK_DAYS}."
        )
    last = max((day for day in (closes, ends) if day), default=None)
    if due and last and (days := (due - last).days) < WRITING_DAYS:
        found.append(
            f"There {'is' if days == 1 else 'are'} {_days(days)} from the last evidence to the brief. "
            "Checking it, the council’s right of reply and two signatures usually take "
            f"{WRITING_DAYS} or more."
        )
    return tuple(found)


def _between(first: date, last: date) -> int:
    return (last - first).days + 1


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
