"""Do people agree: among staff, between service areas, between items and between raters.

Reliability of a scale and agreement of raters have files of their own; every function is offered here.
"""

import math
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from diagnostics.arrays import NEGLIGIBLE, as_floats
from diagnostics.errors import OutOfRange, ShapeMismatch, TooFewAnswers
from diagnostics.raters import KrippendorffAlpha, PercentAgreement, krippendorff_alpha, percent_agreement
from diagnostics.reliability import Alpha, Omega, cronbach_alpha, mcdonald_omega, omega_from_loadings

__all__ = [
    "Alpha",
    "IntraclassCorrelation",
    "KrippendorffAlpha",
    "Omega",
    "PercentAgreement",
    "WithinGroupAgreement",
    "cronbach_alpha",
    "icc",
    "krippendorff_alpha",
    "mcdonald_omega",
    "omega_from_loadings",
    "percent_agreement",
    "r_star_wg",
    "r_wg_j",
]


@dataclass(frozen=True, slots=True)
class WithinGroupAgreement:
    """Agreement within one group, at most 1, of ``n`` people with any answer on the ``k`` items used."""

    value: float
    n: int
    k: int


@dataclass(frozen=True, slots=True)
class IntraclassCorrelation:
    """How far groups differ beside how far their members do.

    Attributes
    ----------
    icc1, icc2 : float or None
        Of one member's score and of a group's mean; None where they are undefined.
    mean_group_size : float
        The plain mean.
    n_groups, n : int
        Groups with a score, and scores.
    """

    icc1: float | None
    icc2: float | None
    mean_group_size: float
    n_groups: int
    n: int


def r_wg_j(items: ArrayLike, options: int) -> WithinGroupAgreement:
    """Within-group agreement on several items, r_wg(j).

    ``k(1−v) / (k(1−v) + v)``, v the mean item variance over the null ``(A²−1)/12``; 0 where v exceeds 1.

    Parameters
    ----------
    items : array_like, shape (n people, k items)
        Answers in steps of one option. NaN is missing: the variance of an item (divisor n−1) is over those
        who answered it, and an item with fewer than two answers is left out.
    options : int
        A, the number of answer options, at least 2.

    Raises
    ------
    TooFewAnswers
        No item has two answers.
    OutOfRange
        Fewer than two options, or not a whole number.
    ShapeMismatch

    References
    ----------
    James, Demaree & Wolf (1984), Journal of Applied Psychology; Lindell (1999), Applied Psychological
    Measurement (the ceiling at the null).
    """
    ratio, n, k = _variance_beside_null(items, options)
    value = 0.0 if ratio >= 1 else k * (1 - ratio) / (k * (1 - ratio) + ratio)
    return WithinGroupAgreement(value=value, n=n, k=k)


def r_star_wg(items: ArrayLike, options: int) -> WithinGroupAgreement:
    """Within-group agreement on several items, r*_wg(j): ``1 − v``, so negative in a split group.

    Parameters, missing data and errors are those of :func:`r_wg_j`, and so is v.

    References
    ----------
    Lindell, Brandt & Whitney (1999), Applied Psychological Measurement.
    """
    ratio, n, k = _variance_beside_null(items, options)
    return WithinGroupAgreement(value=1 - ratio, n=n, k=k)


def _variance_beside_null(items: ArrayLike, options: int) -> tuple[float, int, int]:
    if not (options >= 2 and float(options).is_integer()):
        raise OutOfRange(f"there must be at least 2 answer options, a whole number; there are {options}")
    answers = as_floats(items, 2, "the answers")
    missing = np.isnan(answers)
    counts = answers.shape[0] - missing.sum(axis=0)
    used = counts >= 2
    k = int(used.sum())
    if k == 0:
        raise TooFewAnswers(
            "no item has two answers, so there is nothing to agree about; leave agreement out"
        )
    known = np.where(missing, 0.0, answers)
    centred = np.where(missing, 0.0, known - known.sum(axis=0) / np.maximum(counts, 1))
    variances = (centred**2).sum(axis=0)[used] / (counts[used] - 1)
    null = (options**2 - 1) / 12
    return float(variances.mean()) / null, int((~missing).any(axis=1).sum()), k


def icc(scores: ArrayLike, groups: Iterable[Hashable]) -> IntraclassCorrelation:
    """ICC(1) and ICC(2) from a one-way analysis of variance, with the plain mean group size.

    ``ICC(1) = (MSB − MSW) / (MSB + (m−1)·MSW)`` and ``ICC(2) = (MSB − MSW) / MSB``, m = N/J the mean group
    size. Both may be negative. Undefined (None): ICC(1) where all scores are equal, ICC(2) where all group
    means are.

    Parameters
    ----------
    scores : array_like, shape (n,)
        Any unit. NaN is missing and dropped with its group.
    groups : iterable of labels, length n
        The group of each score; None or NaN is missing and dropped with its score.

    Raises
    ------
    TooFewAnswers
        Fewer than two groups, or no group with two scores.
    ShapeMismatch, OutOfRange

    References
    ----------
    Bliese (2000), in Klein & Kozlowski, Multilevel Theory, Research, and Methods; Shrout & Fleiss (1979),
    Psychological Bulletin, for ICC(1,1) and ICC(1,k).
    """
    y = as_floats(scores, 1, "the scores")
    index, known = _group_indices(groups)
    if index.size != y.size:
        raise ShapeMismatch(f"{y.size} scores need as many groups; there are {index.size}")
    kept = known & ~np.isnan(y)
    y, index = y[kept], index[kept]
    sizes = np.bincount(index)
    present = sizes > 0
    n, n_groups = int(y.size), int(present.sum())
    if n_groups < 2:
        raise TooFewAnswers(f"at least 2 groups with a score are needed to compare; there are {n_groups}")
    if n == n_groups:
        raise TooFewAnswers(
            "no group has two scores, so its members cannot be compared; join small groups first"
        )
    rounding = n * (NEGLIGIBLE * float(np.abs(y).max())) ** 2
    y = y - y.mean()
    means = np.bincount(index, weights=y) / np.maximum(sizes, 1)
    between = _clean(float((sizes * means**2).sum()), rounding) / (n_groups - 1)
    within = _clean(float(((y - means[index]) ** 2).sum()), rounding) / (n - n_groups)
    size = n / n_groups
    total = between + (size - 1) * within
    return IntraclassCorrelation(
        icc1=(between - within) / total if total > 0 else None,
        icc2=(between - within) / between if between > 0 else None,
        mean_group_size=size,
        n_groups=n_groups,
        n=n,
    )


def _group_indices(groups: Iterable[Hashable]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Give each person the number of their group, in order of appearance, and whose group is known."""
    if isinstance(groups, np.ndarray) and np.issubdtype(groups.dtype, np.integer):
        return np.unique(groups, return_inverse=True)[1].ravel(), np.ones(groups.size, dtype=np.bool_)
    labels: list[Hashable] = groups.tolist() if isinstance(groups, np.ndarray) else list(groups)
    missing = [label is None or (isinstance(label, float) and math.isnan(label)) for label in labels]
    numbers: dict[Hashable, int] = {}
    index = [
        0 if unknown else numbers.setdefault(label, len(numbers))
        for label, unknown in zip(labels, missing, strict=True)
    ]
    return np.array(index, dtype=np.intp), ~np.array(missing, dtype=np.bool_)


def _clean(sum_of_squares: float, rounding: float) -> float:
    return sum_of_squares if sum_of_squares > rounding else 0.0
