"""How well several items measure one thing: Cronbach's alpha and McDonald's omega.

Both are offered under ``diagnostics.agreement`` too, beside the rest of their family.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.arrays import NEGLIGIBLE, FloatArray, as_floats, complete_cases, spread_is_negligible
from diagnostics.errors import FactorNotIdentified, HeywoodCase, NoVariation, OutOfRange, TooFewAnswers
from diagnostics.quantiles import check_confidence, f_quantile

# A loading this near 1 leaves the item no variance of its own.
HEYWOOD = 1 - 1e-7
ROUNDS = 500
GRADIENT = 1e-11


@dataclass(frozen=True, slots=True)
class Alpha:
    """Cronbach's alpha (at most 1) with its interval, on ``n`` complete cases of ``k`` items."""

    value: float
    low: float
    high: float
    n: int
    k: int


@dataclass(frozen=True, slots=True)
class Omega:
    """McDonald's omega, 0 to 1, on ``n`` complete cases of ``k`` items."""

    value: float
    n: int
    k: int


def cronbach_alpha(items: ArrayLike, confidence: float = 0.95) -> Alpha:
    """Cronbach's alpha with Feldt's interval.

    ``α = k/(k−1) · (1 − Σ s_i² / s_total²)``; the bounds are ``1 − (1−α)·F`` with the F quantiles on n−1 and
    (n−1)(k−1) degrees of freedom.

    Parameters
    ----------
    items : array_like, shape (n people, k items)
        Any unit, reversed items already turned. NaN is missing; only complete cases count.
    confidence : float
        Between 0 and 1.

    Raises
    ------
    TooFewAnswers
        Fewer than two items or two complete cases.
    NoVariation
        Everybody's total is the same.
    ShapeMismatch, OutOfRange

    References
    ----------
    Cronbach (1951), Psychometrika; Feldt, Woodruff & Salih (1987), Applied Psychological Measurement.
    """
    check_confidence(confidence)
    answers = _complete(items, least=2)
    n, k = answers.shape
    totals = answers.sum(axis=1)
    # Beside the answers and not beside the totals, which may be near 0 where items cancel out.
    if np.ptp(totals) <= NEGLIGIBLE * k * np.abs(answers).max():
        raise NoVariation("everybody has the same total, so alpha is undefined; leave it out")
    between = float(totals.var(ddof=1))
    value = k / (k - 1) * (1 - float(answers.var(axis=0, ddof=1).sum()) / between)
    tail = (1 - confidence) / 2
    df1, df2 = n - 1, (n - 1) * (k - 1)
    return Alpha(
        value=value,
        low=1 - (1 - value) * f_quantile(1 - tail, df1, df2),
        high=1 - (1 - value) * f_quantile(tail, df1, df2),
        n=n,
        k=k,
    )


def mcdonald_omega(items: ArrayLike) -> Omega:
    """McDonald's omega from one factor, fitted to the correlations by minres.

    ``ω = (Σλ)² / ((Σλ)² + Σ(1−λ²))``; the loadings λ minimise the squared off-diagonal residuals
    ``Σ_{i<j} (r_ij − λ_i·λ_j)²`` without bounds, and their sum is made positive.

    Parameters
    ----------
    items : array_like, shape (n people, k items)
        Any unit, reversed items already turned. NaN is missing; only complete cases count.

    Raises
    ------
    TooFewAnswers
        Fewer than three items (one factor is then not identified) or two complete cases.
    NoVariation
        An item has the same answer from everybody.
    HeywoodCase
        The best fit has a loading of 1 or beyond, in either direction.
    FactorNotIdentified
        The correlations fit many factors equally well (e.g. only two of the items are related).
    ShapeMismatch, OutOfRange

    References
    ----------
    McDonald (1999), Test Theory; Harman & Jones (1966), Psychometrika (minres).
    """
    answers = _complete(items, least=3)
    n, k = answers.shape
    constant = spread_is_negligible(answers)
    if constant.any():
        item = int(constant.argmax()) + 1
        raise NoVariation(f"item {item} of {k} has the same answer from everybody; leave it out")
    standard = answers - answers.mean(axis=0)
    standard /= np.sqrt((standard**2).sum(axis=0))
    loadings = one_factor_loadings(standard.T @ standard)
    return Omega(value=omega_from_loadings(loadings), n=n, k=k)


def omega_from_loadings(loadings: ArrayLike) -> float:
    """McDonald's omega of items with these standardised loadings on their one factor.

    ``ω = (Σλ)² / ((Σλ)² + Σ(1−λ²))``

    Parameters
    ----------
    loadings : array_like, shape (k,)
        Each from −1 to 1, none missing.

    Raises
    ------
    TooFewAnswers
        No loadings.
    OutOfRange
        A loading outside −1 to 1, or missing.
    NoVariation
        All loadings are 1 or −1 and cancel out.

    References
    ----------
    McDonald (1999), Test Theory.
    """
    lambdas = as_floats(loadings, 1, "the loadings")
    if lambdas.size == 0:
        raise TooFewAnswers("omega needs at least one loading")
    if not (np.abs(lambdas) <= 1).all():
        raise OutOfRange("loadings must lie between -1 and 1, none missing; check for a Heywood case")
    common = float(lambdas.sum()) ** 2
    total = common + float((1 - lambdas**2).sum())
    if total == 0:
        raise NoVariation(
            "the loadings cancel out and leave a total without variance; turn reversed items first"
        )
    return common / total


def one_factor_loadings(correlations: FloatArray) -> FloatArray:
    """Fit one factor to a correlation matrix by minres, shape (k, k) to (k,), k at least 3.

    Newton's method with damping, from the leading principal axes; the best of the fits counts. It is the
    optimum without bounds that is sought, so that a Heywood case shows itself instead of stopping at the
    bound.

    Raises
    ------
    HeywoodCase, FactorNotIdentified
        See :func:`mcdonald_omega`.
    """
    off = correlations.copy()
    np.fill_diagonal(off, 0.0)
    if np.abs(off).max() < NEGLIGIBLE:
        raise FactorNotIdentified("no two items are related, so they have no common factor; leave omega out")
    values, vectors = np.linalg.eigh(correlations)
    # Only an axis that carries more than one item's worth can be where a common factor lies.
    axes = [axis for axis in (-1, -2, -3) if values[axis] > 1] or [-1]
    fits = [_descend(off, vectors[:, axis] * np.sqrt(values[axis])) for axis in axes]
    loadings = min(fits, key=lambda fit: _misfit(off, fit))
    # Item i alone, at a loading without end, reaches this misfit: all correlations but its own are left over.
    boundless = (off**2).sum() / 2 - (off**2).sum(axis=0)
    if np.abs(loadings).max() >= HEYWOOD or boundless.min() < _misfit(off, loadings) - 1e-12:
        item = int(np.abs(loadings).argmax()) + 1
        raise HeywoodCase(
            f"the best-fitting factor would explain all of an item or more (item {item} of {loadings.size}); "
            "look for two items that say the same, or for too few answers, and leave omega out"
        )
    if np.linalg.eigvalsh(_curvature(off, loadings)).min() < 1e-7:
        raise FactorNotIdentified(
            "the items do not determine one common factor, as too few of them are related; leave omega out"
        )
    return -loadings if loadings.sum() < 0 else loadings


def _complete(items: ArrayLike, least: int) -> FloatArray:
    table = as_floats(items, 2, "the answers")
    if table.shape[1] < least:
        raise TooFewAnswers(f"at least {least} items are needed; there are {table.shape[1]}")
    answers = complete_cases(table)
    if answers.shape[0] < 2:
        raise TooFewAnswers(
            f"at least 2 people must have answered every item; {answers.shape[0]} did. "
            "Leave out items that not everybody was shown"
        )
    return answers


def _residuals(off: FloatArray, loadings: FloatArray) -> FloatArray:
    residuals = off - np.outer(loadings, loadings)
    np.fill_diagonal(residuals, 0.0)
    return residuals


def _misfit(off: FloatArray, loadings: FloatArray) -> float:
    return float((_residuals(off, loadings) ** 2).sum()) / 2


def _curvature(off: FloatArray, loadings: FloatArray) -> FloatArray:
    curvature = 2 * (np.outer(loadings, loadings) - _residuals(off, loadings))
    np.fill_diagonal(curvature, 2 * (loadings @ loadings - loadings**2))
    return curvature


def _descend(off: FloatArray, start: FloatArray) -> FloatArray:
    """Follow the misfit down to a minimum, or outwards until the loadings are plainly beyond 1."""
    loadings: FloatArray = start
    damping, stride = 1e-3, 0.2
    misfit = _misfit(off, loadings)
    identity = np.eye(start.size)
    for _ in range(ROUNDS):
        slope = -2 * (_residuals(off, loadings) @ loadings)
        curvature = _curvature(off, loadings)
        if np.abs(slope).max() < GRADIENT:
            lowest, directions = np.linalg.eigh(curvature)
            if lowest[0] > -1e-9:
                break
            # A saddle: level here, but downhill along this direction.
            stride /= 2
            step: FloatArray = np.asarray(stride * directions[:, 0], dtype=np.float64)
        else:
            try:
                np.linalg.cholesky(curvature + damping * identity)
                step = np.asarray(np.linalg.solve(curvature + damping * identity, -slope), dtype=np.float64)
            except np.linalg.LinAlgError:
                damping = 4 * damping + 1e-6
                continue
        tried = _misfit(off, loadings + step)
        if tried <= misfit:
            loadings, misfit, damping = loadings + step, tried, damping / 10
        else:
            if np.abs(step).max() < 1e-12:
                break
            damping = 4 * damping + 1e-6
        if np.abs(loadings).max() > 100:
            break
    return loadings
