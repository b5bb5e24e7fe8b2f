"""The checks before analysis in sentences, each with a link to its place."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.fieldwork.models import FieldworkRecord
from app.fieldwork.presenters import heading_names, record_address
from app.interchange.vocabulary import quoted
from diagnostics.fieldwork_checks import Check, Severity
from diagnostics.fieldwork_coverage import Progress
from diagnostics.framework import Framework
from diagnostics.published import Source
from diagnostics.wording import counted_noun, listed, number

_TITLES: Mapping[Severity, tuple[str, str, str]] = {
    Severity.ERROR: ("Errors", "Put these right first: what they are about cannot be used as it is.", "red"),
    Severity.WARNING: ("Warnings", "These lower confidence, or leave something out.", "yellow"),
    Severity.NOTE: ("Notes", "Good to know. They may well be right as they are.", "blue"),
}
_SAID: Mapping[Source, str] = {
    "interview": "Interviews",
    "observation": "Observations",
    "document": "Documents and data",
}
_MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One finding: what it says, and where to put it right."""

    text: str
    address: str
    link: str


@dataclass(frozen=True, slots=True)
class SeverityView:
    """The findings of one severity."""

    id: str
    title: str
    about: str
    colour: str
    lines: tuple[CheckLine, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """What the findings are about, by the names that they use."""

    framework: Framework
    records: Mapping[str, FieldworkRecord]
    progress: Progress
    fieldwork: str


def severities(checks: Sequence[Check], places: Places) -> tuple[SeverityView, ...]:
    """Lay the findings out, the gravest first; what differs in heading or row alone is told together."""
    together: dict[tuple[object, ...], list[Check]] = {}
    for check in checks:
        source = check.source if check.row is None else places.progress.rows[check.row].work.source
        key = (check.severity, check.code, source, check.side, check.record, check.heading is None)
        together.setdefault(key, []).append(check)
    return tuple(
        SeverityView(
            severity.name.lower(),
            title,
            about,
            colour,
            tuple(
                _WORDS[group[0].code](group, places)
                for group in together.values()
                if group[0].severity == severity
            ),
        )
        for severity, (title, about, colour) in _TITLES.items()
    )


def _record(check: Check, places: Places, text: str, further: str, link: str) -> CheckLine:
    return CheckLine(
        f"{check.record}: {text}", record_address(places.records[check.record or ""], further), link
    )


def _headings(group: Sequence[Check], places: Places) -> str:
    return heading_names(places.framework, {check.heading for check in group})


def _board(text: str, places: Places) -> CheckLine:
    return CheckLine(text, places.fieldwork, "See what is there")


def _no_reason(group: Sequence[Check], places: Places) -> CheckLine:
    n = group[0].number
    return _record(
        group[0],
        places,
        f"{counted_noun(n, 'rating')} {'has' if n == 1 else 'have'} no reason",
        "/ratings",
        "Give the reason" if n == 1 else "Give the reasons",
    )


def _no_month(group: Sequence[Check], places: Places) -> CheckLine:
    return _record(group[0], places, "its month is not known", "", "Say when it was")


def _possible_name(group: Sequence[Check], places: Places) -> CheckLine:
    n = group[0].number
    text = f"{counted_noun(n, 'quote')} {'holds' if n == 1 else 'hold'} what may be a name or another detail"
    return _record(group[0], places, text, "/quotes", "Look at the quote" if n == 1 else "Look at the quotes")


def _no_rating(group: Sequence[Check], places: Places) -> CheckLine:
    return _record(group[0], places, "nobody has finished rating it", "/ratings", "Rate it")


def _alike(group: Sequence[Check], places: Places) -> CheckLine:
    text = f"somebody gave the same stage to all {number(group[0].number)} characteristics that they saw"
    return _record(group[0], places, text, "/ratings", "Look at the ratings")


def _old_record(group: Sequence[Check], places: Places) -> CheckLine:
    months = number(places.framework.settings.evidence_months)
    return _record(group[0], places, f"it is more than {months} months old", "", "Look at its month")


def _thin(group: Sequence[Check], places: Places) -> CheckLine:
    source = _SAID[group[0].source or "interview"]
    return _board(f"{source} are thin under {_headings(group, places)}", places)


def _old_heading(group: Sequence[Check], places: Places) -> CheckLine:
    months = number(places.framework.settings.evidence_months)
    return _board(
        f"The newest record is more than {months} months old under {_headings(group, places)}", places
    )


def _no_double(group: Sequence[Check], places: Places) -> CheckLine:
    if group[0].heading is None:
        return _board("No record is rated by two people", places)
    return _board(f"Nothing is rated by two people under {_headings(group, places)}", places)


def _few_double(group: Sequence[Check], places: Places) -> CheckLine:
    units = places.framework.settings.rater_units
    n = counted_noun(group[0].number, "rating")
    return _board(f"{n} by two people: agreement is given in figures from {units} on", places)


def _one_sided(group: Sequence[Check], places: Places) -> CheckLine:
    side = getattr(places.framework.comparison, group[0].side or "upper")
    about = "" if group[0].heading is None else f" under {_headings(group, places)}"
    return _board(f"Interviews heard only {side}{about}", places)


def _no_source(group: Sequence[Check], places: Places) -> CheckLine:
    wanted = {check.characteristic for check in group}
    names = [quoted(one.name) for one in places.framework.characteristics if one.id in wanted]
    more = len(names) - _MOST_NAMED
    words = listed([*names[:_MOST_NAMED], f"{more} more"] if more > 0 else names)
    alone = "the survey alone speaks" if group[0].severity == Severity.NOTE else "no source speaks"
    return _board(f"No record saw anything of {words}; {alone} to that", places)


def _planned(group: Sequence[Check], places: Places) -> CheckLine:
    source = places.progress.rows[group[0].row or 0].work.source
    planned = sum(row.work.number for row in places.progress.rows if row.work.source == source)
    missing = sum(check.number for check in group)
    others = sum(one.done for one in places.progress.unexpected if one.source == source)
    text = f"{_SAID[source]}: {missing} of {planned} planned {'is' if missing == 1 else 'are'} not done"
    if others:
        text += f"; {counted_noun(others, 'other is', 'others are')}"
    return CheckLine(text, f"{places.fieldwork}#plan", "See which")


_WORDS: Mapping[str, Callable[[Sequence[Check], Places], CheckLine]] = {
    "no_reason": _no_reason,
    "no_month": _no_month,
    "possible_name": _possible_name,
    "no_rating": _no_rating,
    "alike": _alike,
    "old_record": _old_record,
    "thin": _thin,
    "old_heading": _old_heading,
    "no_double": _no_double,
    "few_double": _few_double,
    "one_sided": _one_sided,
    "no_source": _no_source,
    "planned": _planned,
}
