"""Do raters see the same thing: Krippendorff's alpha and plain percentage agreement.

Both are offered under ``diagnostics.agreement`` too, beside the rest of their family.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.arrays import FloatArray, as_floats
from diagnostics.errors import OutOfRange, UnknownLevel

LEVELS = ("nominal", "ordinal", "interval", "ratio")


@dataclass(frozen=True, slots=True)
class KrippendorffAlpha:
    """Agreement of raters beyond chance.

    Attributes
    ----------
    value : float or None
        At most 1; None where it is undefined: nothing pairable, or all pairable values identical.
    n_pairable : int
        Values in units with at least two ratings.
    n_units : int
        Those units.
    """

    value: float | None
    n_pairable: int
    n_units: int


@dataclass(frozen=True, slots=True)
class PercentAgreement:
    """Share, 0 to 1, of the ``n_pairs`` pairs of ratings in ``n_units`` units that agree; None with none."""

    value: float | None
    n_units: int
    n_pairs: int


def krippendorff_alpha(ratings: ArrayLike, level: str) -> KrippendorffAlpha:
    """Krippendorff's alpha from the matrix of coincidences.

    ``α = 1 − D_o/D_e = 1 − (n−1)·Σ o_ck·δ²_ck / Σ n_c·n_k·δ²_ck`` over pairs of values c, k. δ² is 1 for
    nominal; ``(Σ_{g=c..k} n_g − (n_c+n_k)/2)²`` for ordinal; ``(c−k)²`` for interval; ``((c−k)/(c+k))²`` for
    ratio data, 0 where both are 0.

    Parameters
    ----------
    ratings : array_like, shape (observers, units)
        NaN is missing. A unit with one rating counts for nothing.
    level : {"nominal", "ordinal", "interval", "ratio"}

    Raises
    ------
    UnknownLevel
    OutOfRange
        A negative value at ratio level, or an infinite one.
    ShapeMismatch

    References
    ----------
    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, University of Pennsylvania.
    """
    if level not in LEVELS:
        raise UnknownLevel(f"the level of measurement must be one of {', '.join(LEVELS)}; it is {level!r}")
    values, table = _values_by_unit(ratings)
    if level == "ratio" and values.size and values[0] < 0:
        raise OutOfRange("ratio data start at 0; use the interval level for values below it")
    pairable = table[:, table.sum(axis=0) >= 2]
    seen = pairable.any(axis=1)
    values, pairable = values[seen], pairable[seen]
    n_pairable, n_units = int(pairable.sum()), pairable.shape[1]
    if values.size < 2:
        return KrippendorffAlpha(value=None, n_pairable=n_pairable, n_units=n_units)
    shares = pairable / (pairable.sum(axis=0) - 1)
    coincidences = shares @ pairable.T
    coincidences[np.diag_indices_from(coincidences)] -= shares.sum(axis=1)
    totals = pairable.sum(axis=1)
    difference = _squared_differences(values, totals, level)
    observed = float((coincidences * difference).sum())
    expected = float(totals @ difference @ totals)
    return KrippendorffAlpha(
        value=1 - (n_pairable - 1) * observed / expected, n_pairable=n_pairable, n_units=n_units
    )


def percent_agreement(ratings: ArrayLike) -> PercentAgreement:
    """Share of the pairs of ratings of the same unit that agree exactly.

    Parameters
    ----------
    ratings : array_like, shape (observers, units)
        NaN is missing. Each unit with m ratings gives m(m−1)/2 pairs.

    Returns
    -------
    PercentAgreement
        ``value`` from 0 to 1 (a share, whatever the name of the statistic), None where there is no pair.

    Raises
    ------
    ShapeMismatch, OutOfRange
    """
    _, table = _values_by_unit(ratings)
    raters = table.sum(axis=0)
    pairs = int((raters * (raters - 1) / 2).sum())
    agreeing = float((table * (table - 1) / 2).sum())
    return PercentAgreement(
        value=agreeing / pairs if pairs else None, n_units=int((raters >= 2).sum()), n_pairs=pairs
    )


def _values_by_unit(ratings: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Give the distinct values in order and how often each unit received them, shape (values, units)."""
    array = as_floats(ratings, 2, "the ratings")
    rated = ~np.isnan(array)
    values, index = np.unique(array[rated], return_inverse=True)
    units = array.shape[1]
    cells = index * units + np.nonzero(rated)[1]
    counts = np.bincount(cells, minlength=values.size * units)
    return values, counts.reshape(values.size, units).astype(np.float64)


def _squared_differences(values: FloatArray, totals: FloatArray, level: str) -> FloatArray:
    if level == "nominal":
        return 1 - np.eye(values.size)
    if level == "ordinal":
        positions = np.cumsum(totals) - totals / 2
        return np.subtract.outer(positions, positions) ** 2
    gaps = np.subtract.outer(values, values)
    if level == "interval":
        return gaps**2
    sums = np.add.outer(values, values)
    return np.divide(gaps, sums, out=np.zeros_like(gaps), where=sums > 0) ** 2
