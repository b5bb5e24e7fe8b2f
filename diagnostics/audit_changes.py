"""Closed forms: whether the interval of a change is so narrow that nearly everybody must have answered alike.

Its half-width is ``q·√(SE₁² + SE₂²)``, so it bounds the standard error of each wave by itself.
"""

from collections.abc import Callable, Iterator, Sequence

from diagnostics.audit_counts import LEAST_SPAN, TOLERANCE
from diagnostics.audit_items import FEWEST_LEFT
from diagnostics.audit_reading import Breakdown, IntArray, Reading, group_rows
from diagnostics.audit_report import Weakness
from diagnostics.audit_strata import CONFIDENCE, Strata, strata_of_everybody, stratum_of_group
from diagnostics.published import PublishedChange
from diagnostics.quantiles import t_quantile

HALF = 0.5

_StrataOf = Callable[[Reading], Strata | None]


def changes(reading: Reading, earlier: Sequence[Reading]) -> Iterator[Weakness]:
    """Find the intervals of changes that are too narrow, in this wave or in the one before.

    Parameters
    ----------
    reading : Reading
    earlier : sequence of Reading
        The versions of the wave before, where they are out.
    """
    yield from _of_headings(reading, earlier)
    for place in range(len(reading.breakdowns)):
        yield from _of_groups(reading, earlier, place)
    yield from _of_items(reading, earlier)


def _of_headings(reading: Reading, earlier: Sequence[Reading]) -> Iterator[Weakness]:
    for heading in reading.published.headings:

        def strata(wave: Reading, measure: str = heading.id) -> Strata | None:
            count = _scored(wave, measure)
            return None if count is None else strata_of_everybody(wave, count)

        where = f"{reading.name}, {heading.name}, survey"
        few, apart = reading.threshold - 1, LEAST_SPAN / 2
        yield from _attack(where, heading.change, (reading, *earlier), strata, few, apart, 1)


def _of_groups(reading: Reading, earlier: Sequence[Reading], place: int) -> Iterator[Weakness]:
    """Attack one breakdown; all its groups under all headings stand under one Holm correction."""
    breakdown = reading.breakdowns[place]
    rows = [(h, row) for h in reading.published.headings for row in group_rows(h, breakdown.kind)]
    family = sum(_is_told(row.change) for _, row in rows)
    for heading, row in rows:

        def strata(wave: Reading, measure: str = heading.id, group: str = row.id) -> Strata | None:
            count, at = _scored(wave, measure), _place_of(wave.breakdowns[place], group)
            if count is None or at is None:
                return None
            return stratum_of_group(wave, wave.breakdowns[place], at, count)

        where = f"{reading.name}, {heading.name}, by {breakdown.kind}, {row.name}"
        few, apart = reading.threshold - 1, LEAST_SPAN / 2
        yield from _attack(where, row.change, (reading, *earlier), strata, few, apart, family)


def _of_items(reading: Reading, earlier: Sequence[Reading]) -> Iterator[Weakness]:
    shown = [(heading, item) for heading in reading.published.headings for item in heading.items]
    family = sum(_is_told(item.change) for _, item in shown)
    scores = {item.code: item.scores for item in reading.knowledge.items}
    for heading, item in shown:
        if item.code not in scores:
            continue

        def strata(wave: Reading, code: str = item.code) -> Strata | None:
            at = [place for place, known in enumerate(wave.knowledge.items) if known.code == code]
            return strata_of_everybody(wave, wave.rated[:, at[0]]) if at else None

        where = f"{reading.name}, {heading.name}, question {item.code}"
        options = len(scores[item.code])
        # As far away as the options are that everybody must keep.
        apart = 100 / (options - 1) * (2 if options > FEWEST_LEFT else 1)
        yield from _attack(where, item.change, (reading, *earlier), strata, 1, apart, family)


def _is_told(change: PublishedChange | None) -> bool:
    return change is not None and change.difference is not None


def _scored(wave: Reading, heading: str) -> IntArray | None:
    column = wave.place(heading)
    return None if column is None else wave.scored[:, column]


def _place_of(breakdown: Breakdown, group: str) -> int | None:
    return next((g for g, known in enumerate(breakdown.groups) if known.id == group), None)


def _attack(
    where: str,
    change: PublishedChange | None,
    waves: Sequence[Reading],
    strata_of: _StrataOf,
    few: int,
    apart: float,
    family: int,
) -> Iterator[Weakness]:
    """Attack one interval, the first wave being its own; of several earlier versions it rests on one."""
    if change is None or change.low is None or change.high is None:
        return
    half = (change.high - change.low) / 2 + HALF
    if change.minimum_detectable is not None:
        half = min(half, _within(change, change.minimum_detectable))
    own, *before = [strata_of(wave) for wave in waves]
    if own is None or own.df < 1:
        return
    known = [strata for strata in before if strata is not None and strata.df > 0]
    furthest = max(
        (_furthest((own, then), half, few, family) for then in known),
        default=_furthest((own,), half, few, family),
    )
    if furthest < apart - TOLERANCE:
        who = "somebody" if few == 1 else f"{few} people"
        yield Weakness(
            "interval",
            where,
            f"The interval of its change, {change.low} to {change.high}, is so narrow that {who} cannot "
            f"differ from all others by more than {furthest:.1f} points.",
            "Leave the interval of the change out, or widen it.",
        )


def _within(change: PublishedChange, least: int) -> float:
    """Say how wide half of the interval may be, where a change of ``least`` points would have counted.

    A change counts from half a point more than half the interval on, which is rounded up; but never to more
    than a change that did count.
    """
    counted = change.reliable and change.difference is not None and abs(change.difference) == least
    return float(least) if counted else least - HALF


def _furthest(strata: Sequence[Strata], half: float, few: int, family: int) -> float:
    """Say how far a few may be from an otherwise unanimous stratum of either wave.

    The attacker takes the least degrees of freedom, and the strictest level of Holm's correction.
    """
    slope = max(wave.slope(few) for wave in strata)
    df = min(wave.df for wave in strata)
    quantile = t_quantile(1 - (1 - CONFIDENCE) / (2 * family), df)
    return half / (quantile * slope) if slope > 0 else float("inf")
