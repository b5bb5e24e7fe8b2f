"""Survey scores by group: one table a breakdown, still unsuppressed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from diagnostics.reporting_groups import ReportingGroup
from diagnostics.stratification import StratifiedMeans

FloatArray = NDArray[np.float64]

NOT_GIVEN = "not_given"


@dataclass(frozen=True, slots=True)
class Mean:
    """A weighted mean, 0 to 100, with its 95 % interval, the people behind it and its degrees of freedom."""

    value: float
    se: float
    low: float
    high: float
    n: int
    df: int


def means_of(estimate: StratifiedMeans, least: int) -> list[Mean | None]:
    """Take the columns apart; None where fewer than ``least`` people answered to a measure."""
    columns = zip(
        estimate.mean.tolist(),
        estimate.se.tolist(),
        estimate.low.tolist(),
        estimate.high.tolist(),
        estimate.n.tolist(),
        estimate.df.tolist(),
        strict=True,
    )
    means = [Mean(*column) for column in columns]
    return [mean if mean.n >= least and mean.df >= 1 else None for mean in means]


@dataclass(frozen=True, slots=True, eq=False)
class GroupTable:
    """One breakdown: G groups, the last for people who did not say, and m measures (the headings).

    Attributes
    ----------
    groups : tuple of ReportingGroup, length G
        The last has the id "not_given" and no headcount (0) of its own.
    index : (people,) int array
        Each person's group.
    answered : (G,) int array
        People who answered at all.
    n : (G, m) int array
        People with a score on the measure.
    weight, mean, se : (G, m) float arrays
        Sum of weights; weighted mean, NaN without answers; standard error within the group with the
        finite population correction, NaN below two answers.
    """

    groups: tuple[ReportingGroup, ...]
    index: NDArray[np.intp]
    answered: NDArray[np.int64]
    n: NDArray[np.int64]
    weight: FloatArray
    mean: FloatArray
    se: FloatArray


def group_table(
    groups: Sequence[ReportingGroup],
    labels: Sequence[str | None],
    scores: FloatArray,
    weights: FloatArray,
) -> GroupTable:
    """Compute one breakdown.

    Parameters
    ----------
    groups : sequence of ReportingGroup
    labels : sequence of str or None, length n
        Each person's role group or service area; None where it was not given.
    scores : (n, m) float array
        NaN is missing, in that measure only.
    weights : (n,) float array
    """
    position = {member: g for g, group in enumerate(groups) for member in group.members}
    unknown = len(groups)
    index = np.array([unknown if label is None else position[label] for label in labels], dtype=np.intp)
    member = np.zeros((unknown + 1, len(index)))
    member[index, np.arange(len(index))] = 1.0
    known = np.isfinite(scores)
    values = np.where(known, scores, 0.0)
    answered = known.astype(np.float64)
    n = member @ answered
    weighted = member * weights
    weight = weighted @ answered
    mean = np.divide(weighted @ values, weight, out=np.full(n.shape, np.nan), where=weight > 0)
    spread = np.where(known, values - np.where(np.isfinite(mean), mean, 0.0)[index], 0.0) ** 2
    variance = _ratio(weighted @ spread, weight) * _ratio(n, n - 1)
    squares = (weighted * weights) @ answered
    people = np.array([group.people for group in groups] + [np.inf])[:, np.newaxis]
    unheard = np.clip(1 - n / people, 0, 1)
    se = np.sqrt(unheard * variance * _ratio(squares, weight**2))
    return GroupTable(
        groups=(*groups, ReportingGroup(NOT_GIVEN, "Preferred not to say", (), 0)),
        index=index,
        answered=np.bincount(index, minlength=unknown + 1),
        n=n.astype(np.int64),
        weight=weight,
        mean=mean,
        se=np.where(n > 1, se, np.nan),
    )


def _ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    ratio: FloatArray = np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0)
    return ratio
