"""An attacker who shares no code with the suppressor: a linear program instead of its algebra."""

import math
from collections.abc import Sequence

import numpy as np

LEAST_SPAN = 10
SLACK = 1e-6

Range = tuple[float, float]


def points(mean: float) -> int:
    """Whole points, within "5 or lower" and "95 or higher"."""
    return min(95, max(5, math.floor(mean + 0.5)))


def what_print_tells(point: int) -> Range:
    """What the printed points of a mean tell of it."""
    return (0.0 if point == 5 else point - 0.5, 100.0 if point == 95 else point + 0.5)


def spans_of_hidden(
    weights: Sequence[float], known: Sequence[Range | None], total: Range
) -> dict[int, float]:
    """How far apart each hidden mean (None) can still lie, by two linear programs each.

    The weighted mean of all groups lies in ``total`` and every shown mean in its own range.
    """
    from scipy.optimize import linprog

    shares = np.array(weights) / sum(weights)
    bounds = [(0.0, 100.0) if told is None else told for told in known]
    rows, ends = np.vstack([shares, -shares]), np.array([total[1], -total[0]])
    found = {}
    for place, told in enumerate(known):
        if told is None:
            aim = np.zeros(len(known))
            aim[place] = 1.0
            least, most = (
                linprog(sign * aim, A_ub=rows, b_ub=ends + SLACK, bounds=bounds) for sign in (1, -1)
            )
            assert least.fun is not None and most.fun is not None
            found[place] = float(-most.fun - least.fun)
    return found
