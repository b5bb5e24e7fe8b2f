"""Two breakdowns of the same answers: what either hides must not come out where they cross.

A team whose people all sit in one hidden role gives that role away, however well each table is
protected alone. So an attacker with both tables is answered by a linear program over the cells
(role group by service area), and groups are hidden until it fails.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from diagnostics.suppression import LEAST_SPAN, printed_total, what_print_tells

FloatArray = NDArray[np.float64]
Group = tuple[int, int]
Hidden = frozenset[int]

# The solver is right to about a millionth of a point; a span this much too narrow is no leak.
SOLVER_SLACK = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Crossing:
    """One measure in two breakdowns, and where they cross.

    Attributes
    ----------
    weight : (R, A) float array
        Sum of weights of those who answered, by role group and service area.
    answers : two sequences of int
        Answers by role group, and by service area.
    mean : two sequences of float
        Means, 0 to 100, in the same order; NaN without answers.
    """

    weight: FloatArray
    answers: tuple[Sequence[int], Sequence[int]]
    mean: tuple[Sequence[float], Sequence[float]]


def hide_across(crossing: Crossing, hidden: tuple[Hidden, Hidden]) -> tuple[Hidden, Hidden]:
    """Hide more groups until nobody who has both tables can place a hidden group's mean.

    A mean is placed where it can only lie within a span of fewer than 10 points. The smallest shown
    group whose hiding mends it goes next, in either breakdown; failing that the smallest.

    Parameters
    ----------
    crossing : Crossing
    hidden : two sets of positions
        What each breakdown hides by itself.

    Returns
    -------
    two sets of positions
        Never fewer than were given.
    """
    attack = _Attack(crossing)
    now: tuple[set[int], set[int]] = (set(hidden[0]), set(hidden[1]))
    while any(now):
        placed = next((g for g in attack.hidden(now) if attack.span(g, now) < LEAST_SPAN), None)
        shown = sorted(attack.shown(now), key=lambda g: (crossing.answers[g[0]][g[1]], g))
        if placed is None or not shown:
            break
        mends = (g for g in shown if attack.span(placed, _with(now, g)) >= LEAST_SPAN)
        now = _with(now, next(mends, shown[0]))
    return frozenset(now[0]), frozenset(now[1])


def _with(hidden: tuple[set[int], set[int]], group: Group) -> tuple[set[int], set[int]]:
    breakdown, position = group
    added = (set(hidden[0]), set(hidden[1]))
    added[breakdown].add(position)
    return added


class _Attack:
    """What can be worked out of one measure from two printed tables, the total and all weights."""

    def __init__(self, crossing: Crossing) -> None:
        self._crossing = crossing
        rows, columns = np.nonzero(crossing.weight > 0)
        self._capacity = 100.0 * crossing.weight[rows, columns]
        self._bounds = [(0.0, float(most)) for most in self._capacity]
        self._members: dict[Group, FloatArray] = {}
        for breakdown, positions in enumerate((rows, columns)):
            for g in range(crossing.weight.shape[breakdown]):
                self._members[breakdown, g] = (positions == g).astype(np.float64)
        self._weight = {g: float(m @ self._capacity) / 100.0 for g, m in self._members.items()}
        every = [g for g in range(crossing.weight.shape[0]) if self._weight[0, g] > 0]
        total = sum(self._weight[0, g] * crossing.mean[0][g] for g in every)
        self._total_weight = sum(self._weight[0, g] for g in every)
        self._total = total / self._total_weight if self._total_weight else 0.0

    def hidden(self, hidden: tuple[set[int], set[int]]) -> Iterator[Group]:
        """Give the hidden groups that have answers."""
        both = chain(((0, g) for g in sorted(hidden[0])), ((1, g) for g in sorted(hidden[1])))
        return (group for group in both if self._weight[group] > 0)

    def shown(self, hidden: tuple[set[int], set[int]]) -> Iterator[Group]:
        """Give the shown groups that have answers."""
        return (g for g in self._members if self._weight[g] > 0 and g[1] not in hidden[g[0]])

    def span(self, group: Group, hidden: tuple[set[int], set[int]]) -> float:
        """Say within how many points a group's mean can be placed."""
        from scipy.optimize import linprog

        rows, ends = [np.ones_like(self._capacity)], [printed_total(self._total)]
        weights = [self._total_weight]
        for known in self.shown(hidden):
            rows.append(self._members[known])
            ends.append(what_print_tells(self._crossing.mean[known[0]][known[1]]))
            weights.append(self._weight[known])
        table, scale = np.array(rows), np.array(weights)
        low, high = (scale * [end[side] for end in ends] for side in (0, 1))
        reach = []
        for sign in (1.0, -1.0):
            found = linprog(
                sign * self._members[group] / self._weight[group],
                A_ub=np.vstack([table, -table]),
                b_ub=np.concatenate([high, -low]) + SOLVER_SLACK,
                bounds=self._bounds,
                method="highs",
            )
            # A solver without an answer proves nothing, so it counts as a group that can be placed.
            if found.fun is None:
                return 0.0
            reach.append(sign * found.fun)
        return float(reach[1] - reach[0]) + SOLVER_SLACK
