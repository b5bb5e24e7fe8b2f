"""Numbers that are derived from scores: they must not say more than the scores that are printed.

Differences of groups and of items come from the printed scores, so they add nothing. What is said of the
authority's survey score (its interval, its distance from other sources, the combined score, the tipping
point, the change) comes from the score before it is rounded: together they tell it more finely.
"""

from collections.abc import Iterator, Sequence

from diagnostics.audit_reading import Reading, group_rows, has_numbers
from diagnostics.audit_report import Weakness
from diagnostics.published import PublishedChange, PublishedHeading

HALF = 0.5


def statements(readings: Sequence[Reading]) -> Iterator[Weakness]:
    """Check the changes and gaps of all releases."""
    for reading in readings:
        earlier = earlier_of(reading, readings)
        for heading in reading.published.headings:
            yield from _gap(reading, heading)
            yield from _codes(reading, heading)
            if earlier:
                yield from _changes(reading, heading, earlier)


def earlier_of(reading: Reading, readings: Sequence[Reading]) -> list[Reading]:
    """Give the releases of the wave before, all its versions."""
    published = reading.published
    return [
        other
        for other in readings
        if other.published.authority.code == published.authority.code
        and other.published.wave == published.wave - 1
    ]


def _changes(reading: Reading, heading: PublishedHeading, earlier: list[Reading]) -> Iterator[Weakness]:
    then = [found for other in earlier if (found := other.heading(heading.id)) is not None]
    survey = heading.sources.survey
    if survey is not None and not any(found.sources.survey for found in then):
        yield from _of_hidden(f"{reading.name}, {heading.name}, survey", heading.change)
    for breakdown in reading.breakdowns:
        before = [row for found in then for row in group_rows(found, breakdown.kind)]
        for row in group_rows(heading, breakdown.kind):
            where = f"{reading.name}, {heading.name}, by {breakdown.kind}, {row.name}"
            scores = [old.score for old in before if old.id == row.id and old.score is not None]
            yield from _change(where, row.change, row.score, scores)
    old_items = [item for other in earlier for h in other.published.headings for item in h.items]
    for item in heading.items:
        scores = [old.score for old in old_items if old.code == item.code and old.score is not None]
        where = f"{reading.name}, {heading.name}, question {item.code}"
        yield from _change(where, item.change, item.score, scores)


def _of_hidden(where: str, change: PublishedChange | None) -> Iterator[Weakness]:
    if has_numbers(change):
        yield Weakness(
            "derived",
            where,
            "Its change is shown and tells the score of the last wave, which was hidden.",
            "Leave the change out.",
        )


def _change(
    where: str, change: PublishedChange | None, now: int | None, then: list[int]
) -> Iterator[Weakness]:
    if change is None or now is None:
        return
    if not then:
        yield from _of_hidden(where, change)
        return
    if change.difference is None:
        return
    if change.difference not in {now - score for score in then}:
        found = f"Its change of {change.difference} points is not the difference of the printed scores."
        yield Weakness("derived", where, found, "Subtract the printed scores.")
    elif (
        change.low is not None
        and change.high is not None
        and change.low + change.high != 2 * change.difference
    ):
        found = (
            f"The interval of its change, {change.low} to {change.high}, does not lie evenly about "
            f"{change.difference}: it tells the change more finely."
        )
        yield Weakness("derived", where, found, "Print as far below the change as above it.")


def _gap(reading: Reading, heading: PublishedHeading) -> Iterator[Weakness]:
    gap = heading.gap
    if gap is None or gap.suppressed or (gap.upper, gap.lower, gap.difference) == (None, None, None):
        return
    where, mend = f"{reading.name}, {heading.name}, gap between leaders and practitioners", "Hide this gap."
    if gap.upper is None or gap.lower is None or gap.difference != gap.upper - gap.lower:
        found = f"The difference of {gap.difference} points is not that of the printed scores."
        yield Weakness("derived", where, found, "Subtract the printed scores.")
    sides = reading.knowledge.method.sides
    shown = {row.id for row in group_rows(heading, "role group") if not row.suppressed}
    for group in reading.knowledge.role_groups:
        on = {sides.get(member) for member in group.members}
        name = reading.name_of("role group", group.id)
        if len(on) > 1:
            found = f"{name} join both sides, or one side and neither: the gap tells their parts apart."
            yield Weakness("derived", where, found, mend)
        elif on != {None} and group.id not in shown:
            found = f"The score of {name} is hidden, and the gap shows the side that they are part of."
            yield Weakness("derived", where, found, mend)


def _codes(reading: Reading, heading: PublishedHeading) -> Iterator[Weakness]:
    """Check that no code says more than the printed difference; what a person set instead is theirs."""
    within, partial = reading.knowledge.method.agreement_within, reading.knowledge.method.partial_within
    for pair in heading.pairs:
        low, high = pair.difference - HALF, pair.difference + HALF
        fits = {"agreement": low <= within, "partial": high >= within and low <= partial}
        if pair.status != "overruled" and not fits.get(pair.code, high >= partial):
            yield Weakness(
                "derived",
                f"{reading.name}, {heading.name}, {pair.a} beside {pair.b}",
                f"Their difference of {pair.difference} points is called “{pair.code}”, which it is not.",
                "Take the code from the difference as it is printed.",
            )
