"""Change of survey scores between two waves, treated as independent samples (which is conservative)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from diagnostics.errors import OutOfRange
from diagnostics.quantiles import t_quantile, t_tail
from diagnostics.scoring import SAME_SCORE
from diagnostics.survey_groups import Mean


@dataclass(frozen=True, slots=True)
class Change:
    """Later less earlier, in points, with its (corrected) interval.

    ``reliable`` only where the interval excludes 0 and the difference is large enough;
    ``minimum_detectable`` is the smallest change that this design could have called one.
    """

    difference: float
    low: float
    high: float
    reliable: bool
    minimum_detectable: float


def welch(earlier: Mean, later: Mean) -> tuple[float, float]:
    """Give the standard error of the difference and Welch's degrees of freedom.

    ``SE² = SE₁² + SE₂²``; ``ν = SE⁴ / (SE₁⁴/ν₁ + SE₂⁴/ν₂)``, infinite where both were a full count.

    References
    ----------
    Welch (1947), Biometrika 34; Satterthwaite (1946), Biometrics Bulletin 2.
    """
    variance = earlier.se**2 + later.se**2
    if variance == 0:
        return 0.0, math.inf
    return math.sqrt(variance), variance**2 / (earlier.se**4 / earlier.df + later.se**4 / later.df)


def changes(
    pairs: Sequence[tuple[Mean, Mean] | None], least: float, confidence: float = 0.95
) -> tuple[Change | None, ...]:
    """Compare a family of means, earlier with later, under Holm's correction.

    The p-values are taken from the smallest; the i-th of m is tested, and its interval drawn, at
    ``(1 − confidence)/(m − i + 1)``; after the first that fails none is reliable, and the intervals
    that follow are drawn at its level, so that they hold 0 too. A family of one is a plain
    comparison.

    Parameters
    ----------
    pairs : sequence of (earlier, later) or None
        None stays None and does not count towards the family.
    least : float
        Points; a smaller change is never called one.
    confidence : float
        0 to 1.

    Raises
    ------
    OutOfRange
        ``confidence`` is not between 0 and 1.

    References
    ----------
    Holm (1979), Scandinavian Journal of Statistics 6.
    """
    if not 0 < confidence < 1:
        raise OutOfRange(f"confidence must lie between 0 and 1; it is {confidence}")
    present = [(index, *pair, *welch(*pair)) for index, pair in enumerate(pairs) if pair is not None]
    ordered = sorted(present, key=lambda entry: (_p_value(*entry[1:]), entry[0]))
    found: list[Change | None] = [None] * len(pairs)
    still, level = True, 1 - confidence
    for rank, (index, earlier, later, se, df) in enumerate(ordered):
        level = (1 - confidence) / (len(ordered) - rank) if still else level
        reach = se * t_quantile(1 - level / 2, df) if se > 0 else 0.0
        difference = later.value - earlier.value
        still = still and abs(difference) > reach
        found[index] = Change(
            difference=difference,
            low=difference - reach,
            high=difference + reach,
            reliable=still and abs(difference) >= least - SAME_SCORE,
            minimum_detectable=max(least, reach),
        )
    return tuple(found)


def _p_value(earlier: Mean, later: Mean, se: float, df: float) -> float:
    difference = abs(later.value - earlier.value)
    if se == 0:
        return 0.0 if difference > 0 else 1.0
    return 2 * t_tail(difference / se, df)
