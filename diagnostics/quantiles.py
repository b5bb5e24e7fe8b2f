"""Quantiles of the normal, Student's and Fisher's distributions; scipy is imported only when needed."""

import math
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.arrays import FloatArray
from diagnostics.errors import OutOfRange


def check_confidence(confidence: float) -> None:
    """Raise ``OutOfRange`` unless ``0 < confidence < 1``."""
    if not (math.isfinite(confidence) and 0 < confidence < 1):
        raise OutOfRange(f"confidence must lie between 0 and 1, e.g. 0.95 for 95 %; it is {confidence}")


def _check_probability(probability: float) -> None:
    if not (math.isfinite(probability) and 0 < probability < 1):
        raise OutOfRange(f"a probability must lie between 0 and 1; it is {probability}")


def normal_quantile(probability: float) -> float:
    """Return z with P(Z <= z) = ``probability`` for a standard normal Z.

    Raises
    ------
    OutOfRange
        ``probability`` not strictly between 0 and 1.
    """
    _check_probability(probability)
    return NormalDist().inv_cdf(probability)


def t_quantile(probability: float, df: float) -> float:
    """Return t with P(T <= t) = ``probability`` for Student's T with ``df`` degrees of freedom.

    ``df`` need not be whole (Welch); infinitely many are the normal distribution.

    Raises
    ------
    OutOfRange
        ``probability`` not strictly between 0 and 1, or ``df`` not above 0.
    """
    _check_probability(probability)
    if not df > 0:
        raise OutOfRange(f"degrees of freedom must be above 0; they are {df}")
    if math.isinf(df):
        return normal_quantile(probability)
    from scipy.special import stdtrit

    return float(stdtrit(df, probability))


def f_quantile(probability: float, df1: float, df2: float) -> float:
    """Return f with P(F <= f) = ``probability`` for Fisher's F with ``df1`` and ``df2`` degrees of freedom.

    Raises
    ------
    OutOfRange
        ``probability`` not strictly between 0 and 1, or degrees of freedom not finite and above 0.
    """
    _check_probability(probability)
    if not (0 < df1 < math.inf and 0 < df2 < math.inf):
        raise OutOfRange(f"degrees of freedom must be above 0; they are {df1} and {df2}")
    from scipy.special import fdtri

    return float(fdtri(df1, df2, probability))


def t_quantiles(probability: float, df: ArrayLike) -> FloatArray:
    """:func:`t_quantile` for an array of finite degrees of freedom; those below 1 give NaN.

    Raises
    ------
    OutOfRange
        ``probability`` not strictly between 0 and 1.
    """
    _check_probability(probability)
    from scipy.special import stdtrit

    degrees = np.asarray(df, dtype=np.float64)
    quantiles = np.asarray(stdtrit(np.maximum(degrees, 1.0), probability), dtype=np.float64)
    return np.where(degrees < 1, np.nan, quantiles)


def t_tail(t: float, df: float) -> float:
    """Return P(T > ``t``) for Student's T; infinitely many degrees of freedom are the normal distribution.

    Raises
    ------
    OutOfRange
        ``df`` not above 0.
    """
    if not df > 0:
        raise OutOfRange(f"degrees of freedom must be above 0; they are {df}")
    if math.isinf(df):
        return NormalDist().cdf(-t)
    from scipy.special import stdtr

    return float(stdtr(df, -t))
