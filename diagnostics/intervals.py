"""How sure a figure is: Wilson's interval for a proportion, the stratified interval for a mean."""

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.arrays import as_floats
from diagnostics.errors import OutOfRange, ShapeMismatch, TooFewAnswers, UnknownStratum
from diagnostics.joining import neighbour_indices
from diagnostics.quantiles import check_confidence, f_quantile, normal_quantile, t_quantile
from diagnostics.stratification import StratifiedMeans, stratified_means

__all__ = [
    "MeanInterval",
    "ProportionInterval",
    "StratifiedMeans",
    "f_quantile",
    "mean_interval",
    "normal_quantile",
    "stratified_means",
    "t_quantile",
    "wilson",
]


@dataclass(frozen=True, slots=True)
class ProportionInterval:
    """A proportion with its interval, all from 0 to 1, and the number of answers."""

    value: float
    low: float
    high: float
    n: float


@dataclass(frozen=True, slots=True)
class MeanInterval:
    """A mean with its interval, in the unit of the values.

    Attributes
    ----------
    mean, se, low, high : float
        The interval is not cut at the ends of the scale.
    n, df : int
        Answers, and degrees of freedom (answers less strata after joining).
    joined : tuple of (label, label)
        Strata too small to stand alone, (from, into), in the order of joining; empty ones among them.
    empty : tuple of labels
        Strata that have people but no answers.
    """

    mean: float
    se: float
    low: float
    high: float
    n: int
    df: int
    joined: tuple[tuple[Hashable, Hashable], ...]
    empty: tuple[Hashable, ...]


def wilson(successes: float, n: float, confidence: float = 0.95) -> ProportionInterval:
    """Wilson's score interval for a proportion, without continuity correction.

    ``(2x + z² ± z·√(z² + 4x(n−x)/n)) / (2(n + z²))``

    Parameters
    ----------
    successes : float
        x, from 0 to ``n``; weighted counts need not be whole.
    n : float
        Number of answers (or the effective number), above 0. Missing answers are the caller's to leave out.
    confidence : float
        Between 0 and 1.

    Returns
    -------
    ProportionInterval
        ``low`` is exactly 0 with no successes, ``high`` exactly 1 with nothing else.

    Raises
    ------
    TooFewAnswers
        ``n`` is 0.
    OutOfRange
        ``successes`` outside 0 to ``n``, ``n`` negative or not finite, ``confidence`` outside 0 to 1.

    References
    ----------
    Wilson (1927), Journal of the American Statistical Association; Newcombe (1998), Statistics in Medicine,
    method 3.
    """
    check_confidence(confidence)
    if n == 0:
        raise TooFewAnswers("a proportion of no answers does not exist; leave it out where nobody answered")
    if not (0 < n < math.inf and 0 <= successes <= n):
        raise OutOfRange(f"successes must lie between 0 and n; they are {successes} of {n}")
    z = normal_quantile(0.5 + confidence / 2)
    middle = 2 * successes + z * z
    half = z * math.sqrt(z * z + 4 * successes * (n - successes) / n)
    low = 0.0 if successes == 0 else max(0.0, (middle - half) / (2 * (n + z * z)))
    high = 1.0 if successes == n else min(1.0, (middle + half) / (2 * (n + z * z)))
    return ProportionInterval(value=successes / n, low=low, high=high, n=n)


def mean_interval(
    values: ArrayLike,
    strata: Iterable[Any],
    stratum_sizes: Mapping[Any, float],
    weights: ArrayLike | None = None,
    confidence: float = 0.95,
    *,
    neighbours: Mapping[Any, Sequence[Any]] | None = None,
) -> MeanInterval:
    """Mean of a stratified sample from a finite population, with its t interval.

    ``SE² = Σ_h W_h²·(1−f_h)·s_h²·d_h/n_h``, with W_h the stratum's share of weight (N_h/N without weights,
    and the mean is then Σ W_h·ȳ_h); f_h = n_h/N_h, at most 1; ``s_h² = n_h/(n_h−1) · Σw(y−ȳ_h)²/Σw`` about
    the weighted mean ȳ_h (with equal weights the usual variance); d_h = n_h·Σw²/(Σw)²; t on n−H degrees of
    freedom.

    Parameters
    ----------
    values : array_like, shape (n,)
        One value a person, any unit; NaN is missing and dropped with its stratum and weight.
    strata : iterable of labels, length n
        The stratum of each person.
    stratum_sizes : mapping label -> N
        Headcount of each stratum; the order counts where ``neighbours`` is silent.
    weights : array_like, shape (n,), optional
        From 0 upwards, any scale.
    confidence : float
        Between 0 and 1.
    neighbours : mapping label -> sequence of labels, optional
        Whom a stratum with fewer than two answers joins, the preferred first; by default the nearest in
        order. Its headcount joins too. See ``joining.join_small``.

    Raises
    ------
    TooFewAnswers
        No answers, or no more answers than strata.
    UnknownStratum
        Somebody's stratum is not in ``stratum_sizes``.
    ShapeMismatch
        One value, stratum and weight a person were not given.
    OutOfRange
        Bad weights, headcounts or confidence.

    References
    ----------
    Cochran (1977), Sampling Techniques, ch. 5; Kish (1965), Survey Sampling (d_h).
    """
    y = as_floats(values, 1, "the values")
    labels = strata.tolist() if isinstance(strata, np.ndarray) else list(strata)
    w = None if weights is None else as_floats(weights, 1, "the weights")
    if len(labels) != y.size or (w is not None and w.size != y.size):
        raise ShapeMismatch(f"{y.size} values need as many strata and weights; give one of each a person")
    answered = ~np.isnan(y)
    if not answered.all():
        y = y[answered]
        labels = [label for label, kept in zip(labels, answered.tolist(), strict=True) if kept]
        w = None if w is None else w[answered]
    if y.size == 0:
        raise TooFewAnswers("nobody answered, so there is no mean; show the measure as missing")
    order = {label: position for position, label in enumerate(stratum_sizes)}
    try:
        index = np.array([order[label] for label in labels], dtype=np.intp)
    except KeyError as problem:
        raise UnknownStratum(
            f"somebody belongs to {problem.args[0]!r}, which has no headcount; "
            "add it to the frame or recode the person"
        ) from problem
    sizes = np.array(list(stratum_sizes.values()), dtype=np.float64)
    result = stratified_means(
        y[:, np.newaxis], index, sizes, w, confidence, neighbours=neighbour_indices(order, neighbours)
    )
    n, df = int(result.n[0]), int(result.df[0])
    if df < 1:
        raise TooFewAnswers(
            f"{n} answer(s) in {n - df} stratum or strata leave nothing to judge the spread by; "
            "show the mean without an interval, or not at all"
        )
    names = list(order)
    return MeanInterval(
        mean=float(result.mean[0]),
        se=float(result.se[0]),
        low=float(result.low[0]),
        high=float(result.high[0]),
        n=n,
        df=df,
        joined=tuple((names[small], names[into]) for small, into in result.joined[0]),
        empty=tuple(names[stratum] for stratum in result.empty[0]),
    )
