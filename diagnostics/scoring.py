"""Scores from 0 to 100: of an item, of a person under a heading, of a rating."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from diagnostics.errors import OutOfRange

FloatArray = NDArray[np.float64]

HIGHEST_STAGE = 4

# Scores closer than this, in points, are equal: thirds and shares have no exact binary form, yet a mean of
# nothing but 25s must reach a cut of 25.
SAME_SCORE = 1e-9


def item_scores(values: ArrayLike, lowest: ArrayLike, span: ArrayLike, is_reversed: ArrayLike) -> FloatArray:
    """Put answers on 0 to 100.

    ``100·(x − min)/(max − min)``, turned round for reversed items.

    Parameters
    ----------
    values : (n, k) array_like
        Answers on their scales; NaN is missing ("don't know" is missing too) and stays NaN.
    lowest, span : (k,) array_like
        The lowest value of each item's scale and the distance to its highest.
    is_reversed : (k,) array_like of bool

    Returns
    -------
    (n, k) float array
        0 to 100.

    Raises
    ------
    OutOfRange
        An answer lies outside its scale.
    """
    # Multiplied before it is divided, so that the best answer is 100 on every scale and not a rounding more.
    above = 100.0 * (np.asarray(values, dtype=np.float64) - np.asarray(lowest))
    scores: FloatArray = above / np.asarray(span, dtype=np.float64)
    flip = np.flatnonzero(is_reversed)
    scores[:, flip] = 100.0 - scores[:, flip]
    if scores.size and (np.fmin.reduce(scores, axis=None) < 0 or np.fmax.reduce(scores, axis=None) > 100):
        raise OutOfRange(
            "An answer lies outside its scale. Check the values against the framework's options."
        )
    return scores


def person_scores(
    items: FloatArray, shown: FloatArray, bundles: FloatArray, least_share: float
) -> FloatArray:
    """Score each person on each bundle of items (a heading, or a characteristic).

    The mean of the items answered, if at least ``least_share`` of those that the person was shown
    were answered (ours); else missing.

    Parameters
    ----------
    items : (n, k) float array
        Item scores, 0 to 100, NaN where missing.
    shown : (n, k) float array of 0 and 1
        What each person was shown.
    bundles : (k, m) float array of 0 and 1
        Which item belongs to which bundle.
    least_share : float
        0 to 1.

    Returns
    -------
    (n, m) float array
        0 to 100; NaN where too little was answered or nothing was shown.
    """
    answered = np.isfinite(items)
    sums = np.where(answered, items, 0.0) @ bundles
    counts = answered @ bundles
    enough = (counts > 0) & (counts >= least_share * (shown @ bundles))
    scores: FloatArray = np.divide(sums, counts, out=np.full_like(sums, np.nan), where=enough)
    return scores


def stage_score(stage: float) -> float:
    """Put a stage on 0 to 100: 1 is 0, 2 is 33⅓, 3 is 66⅔, 4 is 100.

    Parameters
    ----------
    stage : float
        1 to 4; the mean of several raters may lie between.

    Raises
    ------
    OutOfRange
        Outside 1 to 4.
    """
    if not 1 <= stage <= HIGHEST_STAGE:
        raise OutOfRange(f"A stage lies between 1 and {HIGHEST_STAGE}; {stage:g} does not.")
    return 100.0 * (stage - 1) / (HIGHEST_STAGE - 1)


def stage_of(score: float, cuts: tuple[float, float, float]) -> int:
    """Give the stage, 1 to 4, of a score: a score on a cut belongs to the higher stage.

    Parameters
    ----------
    score : float
        0 to 100.
    cuts : three floats
        Where stages 2, 3 and 4 begin.
    """
    return 1 + sum(score >= cut - SAME_SCORE for cut in cuts)
