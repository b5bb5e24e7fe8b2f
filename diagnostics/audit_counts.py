"""What counts give away: bases that can be subtracted, response rates, and versions of one wave."""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from diagnostics.audit_reading import (
    BANDS,
    Breakdown,
    IntArray,
    Reading,
    between,
    group_rows,
    response_rows,
    told_by_share,
)
from diagnostics.audit_report import Weakness

LEAST_SPAN = 10.0
TOLERANCE = 1e-6


def bases(reading: Reading) -> Iterator[Weakness]:
    """Find breakdowns whose hidden groups, taken together, are fewer people than the threshold.

    People who did not say their group count with the hidden ones, but are no row of the table: where
    they alone are left over, the attack on the means decides whether whole points protect them.
    """
    for breakdown in reading.breakdowns:
        shown = {row.id for row in response_rows(reading.published, breakdown.kind) if not row.suppressed}
        yield from _base(reading, breakdown, "response", reading.answered, shown)
        for heading in reading.published.headings:
            column = reading.place(heading.id)
            if column is None:
                continue
            shown = {row.id for row in group_rows(heading, breakdown.kind) if not row.suppressed}
            yield from _base(reading, breakdown, heading.name, reading.scored[:, column], shown)


def _base(
    reading: Reading, breakdown: Breakdown, measure: str, counts: IntArray, shown: set[str]
) -> Iterator[Weakness]:
    of_group = breakdown.sums(counts)
    hidden = [g for g, n in enumerate(of_group) if n > 0 and not _is_shown(breakdown, g, shown)]
    together = int(of_group[hidden].sum())
    rows = [g for g in hidden if g < len(breakdown.groups)]
    if shown and rows and together < reading.threshold:
        yield Weakness(
            "base",
            f"{reading.name}, {measure}, by {breakdown.kind}",
            f"The groups that are not shown hold {together} answers together, fewer than "
            f"{reading.threshold}: whoever takes the shown ones from the total has those few people.",
            f"Hide one more {breakdown.kind} under {measure}.",
        )


def _is_shown(breakdown: Breakdown, group: int, shown: set[str]) -> bool:
    return group < len(breakdown.groups) and breakdown.groups[group].id in shown


def rates(reading: Reading) -> Iterator[Weakness]:
    """Find hidden response rates that the total and the shown rates leave less than 10 points.

    The reader here has the exact total and the frame, but not how many did not say their group: so a
    hidden group may have been silent, and only the answers that the shown groups leave over limit
    it. What the total alone tells (where nearly nobody answered) is accepted.
    """
    answered = reading.published.response.answered
    if answered is None:
        return
    for breakdown in reading.breakdowns:
        rows = {row.id: row for row in response_rows(reading.published, breakdown.kind)}
        left, hidden = float(answered), []
        for g, group in enumerate(breakdown.groups):
            row = rows.get(group.id)
            if row is None or row.suppressed or row.rate is None:
                hidden.append(g)
            else:
                left -= _fewest_answers(int(breakdown.people[g]), row.rate, row.n_band)
        if len(hidden) == len(breakdown.groups):
            continue
        for g in hidden:
            people = float(breakdown.people[g])
            if people == 0:
                continue
            high, alone = (100 * min(1.0, n / people) for n in (left, answered))
            if high < min(LEAST_SPAN, alone) - TOLERANCE:
                name = reading.name_of(breakdown.kind, breakdown.groups[g].id)
                yield Weakness(
                    "base",
                    f"{reading.name}, response, by {breakdown.kind}",
                    f"The response rate of {name} (hidden) must {between(0.0, high, ' %')}.",
                    f"Hide the response of one more {breakdown.kind}.",
                )


def _fewest_answers(people: int, rate: float, band: str | None) -> float:
    """Say how few may have answered in a group, from its rate and its band."""
    low, _ = told_by_share(rate)
    starts = [start for start, _, name in BANDS if name == band]
    return max(0.0, float(np.ceil(people * low / 100 - TOLERANCE)), *map(float, starts))


def versions(readings: Sequence[Reading]) -> Iterator[Weakness]:
    """Find versions of one wave that differ by so few people, or answers, that subtracting tells them."""
    for a, b in combinations(readings, 2):
        if a.knowledge.answers == b.knowledge.answers:
            continue
        counts = [dict(zip(r.keys, r.answered.tolist(), strict=True)) for r in (a, b)]
        changed = sum(abs(counts[0].get(k, 0) - counts[1].get(k, 0)) for k in {*counts[0], *counts[1]})
        total = abs(sum(counts[0].values()) - sum(counts[1].values()))
        table = f"{a.name} and {b.name}, all tables"
        mend = f"Publish the newer version with the next wave, or when {a.threshold} or more answers differ."
        if changed == 0:
            found = (
                "The answers behind two versions differ although as many answered. "
                "Whoever has both can see what one answer changed."
            )
            yield Weakness("version", table, found, mend)
        elif changed < a.threshold or 0 < total < a.threshold:
            found = (
                f"The two versions differ by fewer than {a.threshold} people. "
                "Whoever holds both can subtract."
            )
            yield Weakness("version", table, found, mend)
