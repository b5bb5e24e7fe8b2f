"""Closed forms: whether one person can be placed from a mean, from its interval, or from agreement."""

import math
from collections.abc import Iterator

import numpy as np

from diagnostics.audit_counts import LEAST_SPAN, TOLERANCE
from diagnostics.audit_means import part_of
from diagnostics.audit_reading import (
    HIGHEST,
    LOWEST,
    FloatArray,
    IntArray,
    Interval,
    Reading,
    between,
    group_rows,
    told_by_score,
)
from diagnostics.audit_report import Weakness
from diagnostics.published import PublishedHeading
from diagnostics.quantiles import t_quantile

HALF = 0.5
CONFIDENCE = 0.95
# A stratum needs two answers for a spread; smaller ones are joined to another.
FEWEST_IN_STRATUM = 2
# Sum of squares of one person who is two options away from all the others, on one item.
LEAST_SQUARES = 4.0
HALF_A_HUNDREDTH = 0.005


def persons(reading: Reading, heading: PublishedHeading, total: Interval | None) -> Iterator[Weakness]:
    """Find means so near an end of the scale that one person's mean spans less than 10 points."""
    column = reading.place(heading.id)
    if column is None:
        return
    scored = reading.scored[:, column]
    everybody = np.ones(len(scored), np.bool_)
    means = [] if total is None else [("survey", "everybody", everybody, total)]
    for breakdown in reading.breakdowns:
        place = {group.id: g for g, group in enumerate(breakdown.groups)}
        for row in group_rows(heading, breakdown.kind):
            if row.score is not None and row.id in place:
                inside = breakdown.of_cell == place[row.id]
                means.append((f"by {breakdown.kind}", row.name, inside, told_by_score(row.score)))
    for table, name, inside, told in means:
        here = inside & (scored > 0)
        if not here.any():
            continue
        # Who weighs most moves the mean most, and so is told most narrowly.
        share = float(reading.weight[here].max() / (reading.weight * scored)[here].sum())
        low, high = part_of(told, share)
        if high - low < LEAST_SPAN - TOLERANCE:
            yield Weakness(
                "hidden mean",
                f"{reading.name}, {heading.name}, {table}",
                f"The mean of one person among {name} must {between(low, high)}.",
                f"Hide {name} under {heading.name}.",
            )


def interval(reading: Reading, heading: PublishedHeading, total: Interval | None) -> Iterator[Weakness]:
    """Find an interval so narrow that nobody can differ by five points from their own role group."""
    column, survey = reading.place(heading.id), heading.sources.survey
    if column is None or survey is None or survey.low is None or survey.high is None or total is None:
        return
    if survey.low > LOWEST and survey.high < HIGHEST:
        half = (survey.high - survey.low + 2 * HALF) / 2
    elif survey.high < HIGHEST:
        half = survey.high + HALF - total[0]
    elif survey.low > LOWEST:
        half = total[1] - (survey.low - HALF)
    else:
        return
    furthest = _furthest(reading, reading.scored[:, column], half)
    if furthest < LEAST_SPAN / 2 - TOLERANCE:
        yield Weakness(
            "interval",
            f"{reading.name}, {heading.name}, survey",
            f"Its interval of {survey.low} to {survey.high} is so narrow that somebody cannot differ from "
            f"their own role group by more than {furthest:.1f} points.",
            f"Leave the interval under {heading.name} out, or widen it.",
        )


def _furthest(reading: Reading, scored: IntArray, half: float) -> float:
    """Say how far one person may be from an otherwise unanimous stratum, at this half-width."""
    strata, people = _strata(reading, scored)
    n = np.bincount(strata, scored)
    df = int(n.sum()) - int((n > 0).sum())
    if df < 1:
        return math.inf
    se = half / t_quantile(0.5 + CONFIDENCE / 2, df)
    weights = np.bincount(strata, scored * reading.weight)
    squares = np.bincount(strata, scored * reading.weight**2)
    furthest = math.inf
    for h in np.flatnonzero(n >= FEWEST_IN_STRATUM).tolist():
        unheard = 1 - n[h] / people[h] if n[h] < people[h] else 0.0
        share = reading.weight[(strata == h) & (scored > 0)].max() / weights[h]
        apart = share * (1 - share) * n[h] / (n[h] - 1) * squares[h] / weights[h] ** 2
        reach = weights[h] / weights.sum() * math.sqrt(unheard * apart)
        if reach > 0:
            furthest = min(furthest, se / reach)
    return furthest


def _strata(reading: Reading, scored: IntArray) -> tuple[IntArray, FloatArray]:
    """Give each cell's stratum, its base role group, and how many people each stratum stands for."""
    roles = list(dict.fromkeys(role for role, _ in reading.keys))
    strata = np.array([roles.index(role) for role, _ in reading.keys], np.int64)
    people: FloatArray = np.bincount(strata, reading.people, len(roles)).astype(np.float64)
    if None in roles:
        # Who did not say stands for as many as answer at the overall rate.
        answered, silent = float(reading.answered.sum()), strata == roles.index(None)
        everybody = max(float(reading.people.sum()), answered)
        people[roles.index(None)] = float(reading.answered[silent].sum()) * everybody / max(answered, 1.0)
    n = np.bincount(strata, scored, len(roles))
    small = [h for h in range(len(roles)) if 0 < n[h] < FEWEST_IN_STRATUM]
    largest = int(np.argmax(n))
    for h in small:
        if h != largest:
            strata[strata == h] = largest
            people[largest] += people[h]
            people[h] = 0.0
    return strata, people


def agreement(reading: Reading, heading: PublishedHeading) -> Iterator[Weakness]:
    """Find agreement so high that nobody can be two options away from the others on one item.

    ``r*wg = 1 − v`` and ``rwg(j) = J(1−v) / (J(1−v) + v)``, v the mean item variance over the null
    ``(A²−1)/12``, over the J items that everybody is shown.
    """
    row = reading.published.reliability.get(heading.id)
    items = _for_everybody(reading, heading)
    if row is None or not items:
        return
    n = min(int(reading.rated[:, i].sum()) for i in items)
    options, j = len(reading.knowledge.items[items[0]].scores), len(items)
    told = []
    if row.r_star_wg is not None:
        told.append((row.r_star_wg, 1 - (row.r_star_wg - HALF_A_HUNDREDTH)))
    if row.r_wg_j is not None:
        least = row.r_wg_j - HALF_A_HUNDREDTH
        told.append((row.r_wg_j, j * (1 - least) / (least + j * (1 - least)) if least > 0 else math.inf))
    for printed, spread in told:
        squares = spread * (options**2 - 1) / 12 * (n - 1) * j
        if squares < LEAST_SQUARES - TOLERANCE:
            yield Weakness(
                "agreement",
                f"{reading.name}, {heading.name}, reliability and agreement",
                f"Agreement of {printed:g} leaves nobody two answers away from the others.",
                f"Leave agreement under {heading.name} out.",
            )


def _for_everybody(reading: Reading, heading: PublishedHeading) -> list[int]:
    """Give the items of a heading that some of every role group answered."""
    column = reading.place(heading.id)
    if column is None:
        return []
    scored = reading.scored[:, column] > 0
    roles = list(dict.fromkeys(role for (role, _), here in zip(reading.keys, scored, strict=True) if here))
    in_role = [np.array([key[0] == role for key in reading.keys]) for role in roles]
    return [
        i
        for i, item in enumerate(reading.knowledge.items)
        if item.heading == heading.id and all(reading.rated[inside, i].any() for inside in in_role)
    ]
