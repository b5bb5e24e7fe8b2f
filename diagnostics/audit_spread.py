"""Closed forms: whether one person can be placed from a mean, or a few from its interval."""

import math
from collections.abc import Iterator

import numpy as np

from diagnostics.audit_counts import LEAST_SPAN, TOLERANCE
from diagnostics.audit_means import part_of
from diagnostics.audit_reading import (
    HIGHEST,
    LOWEST,
    Interval,
    Reading,
    between,
    group_rows,
    told_by_score,
)
from diagnostics.audit_report import Weakness
from diagnostics.audit_strata import CONFIDENCE, Strata, strata_of_everybody
from diagnostics.published import PublishedHeading
from diagnostics.quantiles import t_quantile

HALF = 0.5


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
    """Find an interval so narrow that a few of a role group cannot differ by five points from the rest."""
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
    few = reading.threshold - 1
    furthest = _furthest(strata_of_everybody(reading, reading.scored[:, column]), half, few)
    if furthest < LEAST_SPAN / 2 - TOLERANCE:
        yield Weakness(
            "interval",
            f"{reading.name}, {heading.name}, survey",
            f"Its interval of {survey.low} to {survey.high} is so narrow that {few} people cannot differ "
            f"from the rest of their own role group by more than {furthest:.1f} points.",
            f"Leave the interval under {heading.name} out, or widen it.",
        )


def _furthest(strata: Strata, half: float, few: int) -> float:
    """Say how far a few may be from an otherwise unanimous stratum, at this half-width."""
    if strata.df < 1:
        return math.inf
    slope = strata.slope(few)
    return half / (t_quantile(0.5 + CONFIDENCE / 2, strata.df) * slope) if slope > 0 else math.inf
