"""Means of a stratified sample from a finite population, for many measures of the same people at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from diagnostics.arrays import NEGLIGIBLE, FloatArray, as_floats, as_weights
from diagnostics.errors import OutOfRange, ShapeMismatch, UnknownStratum
from diagnostics.joining import Joining, join_small
from diagnostics.quantiles import check_confidence, t_quantiles

IntArray = NDArray[np.int64]

# A group needs two answers before its spread can be estimated.
MINIMUM_IN_STRATUM = 2


@dataclass(frozen=True, slots=True)
class StratifiedMeans:
    """Means of several columns with their intervals: arrays of shape (m,), strata named by index.

    Where a column has no answers ``mean`` is NaN; where it has too few for an interval (``df`` < 1) ``se``,
    ``low`` and ``high`` are NaN. ``joined`` and ``empty`` have one entry a column.
    """

    mean: FloatArray
    se: FloatArray
    low: FloatArray
    high: FloatArray
    n: IntArray
    df: IntArray
    joined: tuple[tuple[tuple[int, int], ...], ...]
    empty: tuple[tuple[int, ...], ...]


def stratified_means(
    values: ArrayLike,
    strata_index: ArrayLike,
    sizes: ArrayLike,
    weights: ArrayLike | None = None,
    confidence: float = 0.95,
    *,
    neighbours: Sequence[Sequence[int]] | None = None,
) -> StratifiedMeans:
    """Do :func:`diagnostics.intervals.mean_interval` for many columns at once, strata coded 0 to H−1.

    Parameters
    ----------
    values : array_like, shape (n, m)
        People by measures; NaN is missing, in that measure only.
    strata_index : array_like of int, shape (n,)
    sizes : array_like, shape (H,)
        Headcounts.
    weights : array_like, shape (n,), optional
    confidence : float
    neighbours : sequence of sequences of int, length H, optional
        Each column joins its own small strata.

    Raises
    ------
    UnknownStratum, ShapeMismatch, OutOfRange
        As for :func:`diagnostics.intervals.mean_interval`; too few answers are NaN in the column, not an
        error.
    """
    check_confidence(confidence)
    y = as_floats(values, 2, "the values")
    index, headcounts = _check_strata(y, strata_index, sizes)
    people = np.arange(y.shape[0])
    member = np.zeros((headcounts.size, y.shape[0]))
    if weights is None:
        member[index, people] = 1.0
        weighted = weighted_twice = member
    else:
        w = as_weights(weights)
        if w.size != y.shape[0]:
            raise ShapeMismatch(f"{y.shape[0]} people need as many weights; there are {w.size}")
        member[index, people] = 1.0
        weighted = member * w
        weighted_twice = weighted * w

    missing = np.isnan(y)
    answered = (~missing).astype(np.float64)
    counts = member @ answered
    n = counts.sum(axis=0)
    # About the column's own mean, so that large values with a small spread keep their digits.
    offset = _ratio(np.where(missing, 0.0, y).sum(axis=0), n)
    y = np.where(missing, 0.0, y - offset)

    plans, empty = _join_columns(counts, headcounts, neighbours)
    count = _pool(counts, plans)
    headcount = _pool(np.repeat(headcounts[:, np.newaxis], y.shape[1], axis=1), plans)
    sum_w = count if weights is None else _pool(weighted @ answered, plans)
    sum_w2 = count if weights is None else _pool(weighted_twice @ answered, plans)
    stratum_mean = _ratio(_pool(weighted @ y, plans), sum_w)
    # Sums of squares about the stratum's mean; what is left of rounding is no spread.
    raw = _pool(weighted @ (y * y), plans)
    squares = raw - sum_w * stratum_mean**2
    squares = np.where(squares > NEGLIGIBLE * raw, squares, 0.0)

    base = headcount * (count > 0) if weights is None else sum_w
    share = _ratio(base, base.sum(axis=0))
    fraction = np.where(count < headcount, _ratio(count, headcount), 1.0)
    variance = _ratio(count, count - 1) * _ratio(squares, sum_w)
    se = np.sqrt((share**2 * (1 - fraction) * variance * _ratio(sum_w2, sum_w**2)).sum(axis=0))

    df = n - (count > 0).sum(axis=0)
    known = (n > 0) & (base.sum(axis=0) > 0)
    mean = np.where(known, offset + (share * stratum_mean).sum(axis=0), np.nan)
    se = np.where(known & (df >= 1), se, np.nan)
    half = se * t_quantiles(0.5 + confidence / 2, df)
    return StratifiedMeans(
        mean=mean,
        se=se,
        low=mean - half,
        high=mean + half,
        n=n.astype(np.int64),
        df=df.astype(np.int64),
        joined=tuple(plans[c].joins if c in plans else () for c in range(y.shape[1])),
        empty=empty,
    )


def _check_strata(
    y: FloatArray, strata_index: ArrayLike, sizes: ArrayLike
) -> tuple[NDArray[np.intp], FloatArray]:
    index = np.asarray(strata_index, dtype=np.intp)
    headcounts = as_floats(sizes, 1, "the headcounts")
    if index.shape != (y.shape[0],):
        raise ShapeMismatch(f"{y.shape[0]} people need as many strata; the shape given is {index.shape}")
    if not (np.isfinite(headcounts).all() and (headcounts >= 0).all()):
        raise OutOfRange("headcounts must be numbers from 0 upwards, none missing")
    if index.size and not (index.min() >= 0 and index.max() < headcounts.size):
        raise UnknownStratum(f"strata are numbered 0 to {headcounts.size - 1}; recode the people outside")
    if index.size and not headcounts.any():
        raise OutOfRange("the headcounts are all 0, yet somebody answered; mend the frame")
    return index, headcounts


def _join_columns(
    counts: FloatArray, headcounts: FloatArray, neighbours: Sequence[Sequence[int]] | None
) -> tuple[dict[int, Joining], tuple[tuple[int, ...], ...]]:
    in_frame = (headcounts > 0).tolist()
    relevant = (counts > 0) | (headcounts > 0)[:, np.newaxis]
    named = neighbours if neighbours is not None else [()] * len(in_frame)
    if len(named) != len(in_frame):
        raise ShapeMismatch(
            f"{len(in_frame)} strata need as many lists of neighbours; there are {len(named)}"
        )
    empty: list[tuple[int, ...]] = [()] * counts.shape[1]
    plans: dict[int, Joining] = {}
    for column in np.flatnonzero((relevant & (counts < MINIMUM_IN_STRATUM)).any(axis=0)).tolist():
        in_column = [int(count) for count in counts[:, column]]
        empty[column] = tuple(h for h, count in enumerate(in_column) if count == 0 and in_frame[h])
        plans[column] = join_small(in_column, in_frame, MINIMUM_IN_STRATUM, named)
    return plans, tuple(empty)


def _pool(sums: FloatArray, plans: Mapping[int, Joining]) -> FloatArray:
    """Add up the rows that were joined, column by column; a row that joined another becomes 0."""
    if not plans:
        return sums
    pooled = sums.copy()
    for column, joining in plans.items():
        pooled[:, column] = np.bincount(joining.roots, weights=sums[:, column], minlength=sums.shape[0])
    return pooled


def _ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    """Divide, with 0 where there is nothing to divide by."""
    return np.divide(above, below, out=np.zeros_like(above), where=below > 0)
