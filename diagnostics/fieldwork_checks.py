"""What to look at in the fieldwork before it is analysed: errors, warnings and notes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from diagnostics.evidence import RECONCILED, Rating
from diagnostics.fieldwork_coverage import Gathered, Progress, is_old, source_reach
from diagnostics.framework import Framework
from diagnostics.framework_parts import Side
from diagnostics.published import Source

# From so many stages on, all the same: one or two may well be.
ALIKE_FROM = 3


class Severity(IntEnum):
    """How much a finding matters: what is left out or wrong, what lowers confidence, what to look at."""

    ERROR = 0
    WARNING = 1
    NOTE = 2


@dataclass(frozen=True, slots=True)
class Check:
    """One finding: what it is, and what it is about.

    ``record`` is a record's id; ``row`` the place of a row in the plan; ``number`` counts what ``code`` says.
    """

    code: str
    severity: Severity
    record: str | None = None
    heading: str | None = None
    characteristic: str | None = None
    source: Source | None = None
    side: Side | None = None
    row: int | None = None
    number: int = 0


def fieldwork_checks(
    framework: Framework,
    records: Sequence[Gathered],
    ratings: Sequence[Rating],
    progress: Progress,
    sighted: Mapping[str, int],
    today: date,
) -> tuple[Check, ...]:
    """Look for all that should be put right, or known, before the fieldwork is analysed.

    Parameters
    ----------
    framework : Framework
    records : sequence of Gathered
    ratings : sequence of Rating
        Those that whoever looks may know of: a stage that all of a record have would tell a blind rater.
    progress : Progress
        The plan beside the records.
    sighted : mapping of record id to int
        Quotes with a possible personal detail that nobody has looked at.
    today : date
        On which evidence is found old.

    Returns
    -------
    tuple of Check
        The gravest first.
    """
    found = [
        *_without_reason(ratings),
        *(Check("no_month", Severity.ERROR, record=one.id) for one in records if one.month is None),
        *(
            Check("possible_name", Severity.ERROR, record=record, number=n)
            for record, n in sighted.items()
            if n
        ),
        *(Check("no_rating", Severity.WARNING, record=one.id) for one in records if not one.done),
        *_headings(framework, records, today),
        *_double(framework, records),
        *_one_sided(framework, records),
        *_silent(framework, records),
        *_alike(ratings),
        *_stale(framework, records, today),
        *(
            Check("planned", Severity.NOTE, row=place, number=row.missing)
            for place, row in enumerate(progress.rows)
            if row.missing > 0
        ),
    ]
    return tuple(sorted(found, key=lambda one: one.severity))


def _without_reason(ratings: Iterable[Rating]) -> Iterator[Check]:
    """Count the ratings of each record that have no reason; "not seen" needs none."""
    numbers: dict[str, int] = {}
    for one in ratings:
        if one.stage is not None and not one.reason.strip():
            numbers[one.record] = numbers.get(one.record, 0) + 1
    for record, n in numbers.items():
        yield Check("no_reason", Severity.ERROR, record=record, number=n)


def _headings(framework: Framework, records: Sequence[Gathered], today: date) -> Iterator[Check]:
    """Name thin sources, and headings whose newest record is old."""
    done = [one for one in records if one.done]
    for reach in source_reach(framework, done):
        if reach.thin:
            yield Check("thin", Severity.WARNING, heading=reach.heading, source=reach.source)
    for heading in framework.headings:
        own = {c.id for c in heading.characteristics}
        months = [one.month for one in done if one.month is not None and one.seen & own]
        if months and is_old(max(months), framework.settings.evidence_months, today):
            yield Check("old_heading", Severity.WARNING, heading=heading.id)


def _double(framework: Framework, records: Sequence[Gathered]) -> Iterator[Check]:
    """Name what nobody rated a second time, and say where there are too few for a coefficient."""
    if not any(one.done for one in records):
        return
    units = sum(len(one.seen_twice) for one in records)
    if not units:
        yield Check("no_double", Severity.WARNING)
        return
    for heading in framework.headings:
        own = {c.id for c in heading.characteristics}
        if any(one.seen & own for one in records) and not any(one.seen_twice & own for one in records):
            yield Check("no_double", Severity.WARNING, heading=heading.id)
    if units < framework.settings.rater_units:
        yield Check("few_double", Severity.NOTE, number=units)


def _one_sided(framework: Framework, records: Sequence[Gathered]) -> Iterator[Check]:
    """Say where interviews heard one side only: everywhere, or else under which headings."""
    side_of = {group.id: group.side for group in framework.role_groups}
    talks = [(one, side_of.get(one.role_group or "")) for one in records if _heard(one)]
    sides = {side for _, side in talks if side}
    if len(sides) == 1:
        yield Check("one_sided", Severity.WARNING, side=sides.pop())
        return
    for heading in framework.headings:
        own = {c.id for c in heading.characteristics}
        here = {side for one, side in talks if side and one.seen & own}
        if len(here) == 1:
            yield Check("one_sided", Severity.WARNING, heading=heading.id, side=here.pop())


def _heard(record: Gathered) -> bool:
    return record.source == "interview" and record.done


def _silent(framework: Framework, records: Sequence[Gathered]) -> Iterator[Check]:
    """Name the characteristics that no record has seen: a warning where the survey does not ask either."""
    done = [one for one in records if one.done]
    if not done:
        return
    seen = frozenset[str]().union(*(one.seen for one in done))
    for one in framework.characteristics:
        if one.id not in seen:
            severity = Severity.NOTE if one.survey else Severity.WARNING
            yield Check("no_source", severity, characteristic=one.id)


def _alike(ratings: Iterable[Rating]) -> Iterator[Check]:
    """Name the records in which somebody gave the same stage to everything."""
    stages: dict[tuple[str, str], list[int]] = {}
    for one in ratings:
        if one.stage is not None and one.rater != RECONCILED:
            stages.setdefault((one.record, one.rater), []).append(one.stage)
    alike = {
        record: len(given)
        for (record, _), given in stages.items()
        if len(given) >= ALIKE_FROM and len(set(given)) == 1
    }
    for record, n in alike.items():
        yield Check("alike", Severity.NOTE, record=record, number=n)


def _stale(framework: Framework, records: Iterable[Gathered], today: date) -> Iterator[Check]:
    months = framework.settings.evidence_months
    for one in records:
        if one.month is not None and is_old(one.month, months, today):
            yield Check("old_record", Severity.NOTE, record=one.id)
