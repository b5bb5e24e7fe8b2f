"""What can be worked out of a heading's two printed tables, its total and all weights.

The suppressor asks it what else to hide. (The auditor has an attack of its own, and shares nothing.)
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from diagnostics.suppression import LEAST_SPAN, primary_groups, printed_total, what_print_tells

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
Group = tuple[int, int]
Hidden = frozenset[int]
BothHidden = tuple[Hidden, Hidden]

# The solver is right to about a millionth of a point; a span this much too narrow is no leak.
SOLVER_SLACK = 1e-6
# Objectives that are drawn to prove many spans at once, and the number of sets from which that pays.
DIRECTIONS, MANY_SETS = 6, 8
# Any seed would do; a fixed one makes the same answers hide the same groups.
SEED = 2018


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What an issued version of this wave has told already: a mean over some cells, within two ends.

    ``weight`` holds, for each cell, the sum of its people's weights in that version, 0 outside the group.
    """

    weight: FloatArray
    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class Measure:
    """The scores of one heading: C cells, and the groups of two breakdowns that they make up.

    Attributes
    ----------
    people : (C,) int array
        People with a score.
    weight, mean : (C,) float arrays
        The sum of their weights and their mean, 0 to 100.
    group : two (C,) int arrays
        Each cell's group by role and by service area.
    headcount : two sequences of int or None
        People in the frame, by group; None for the group of those who did not say.
    total : float
        The authority's mean.
    threshold : int
    kept : frozenset of int
        Role groups that are hidden for others' sake only where nothing else helps.
    sensitive : tuple of (C,) bool arrays
        Sets of cells that are never shown and must not be placed either, such as a role group that
        was merged, or one that an issued version hid.
    issued : tuple of Known
    """

    people: IntArray
    weight: FloatArray
    mean: FloatArray
    group: tuple[IntArray, IntArray]
    headcount: tuple[Sequence[int | None], Sequence[int | None]]
    total: float
    threshold: int
    kept: frozenset[int] = frozenset()
    sensitive: tuple[BoolArray, ...] = ()
    issued: tuple[Known, ...] = ()

    def answers(self, breakdown: int) -> list[int]:
        """Give the people with a score in each group of a breakdown."""
        groups = len(self.headcount[breakdown])
        return [int(n) for n in np.bincount(self.group[breakdown], self.people, groups)]

    def primary(self) -> BothHidden:
        """Give the groups that are too small to be shown."""
        role, area = (primary_groups(self.answers(b), self.headcount[b], self.threshold) for b in range(2))
        return role, area


class MeanAttack:
    """Answers of one heading that print the same page, and how far apart they let a mean lie.

    A point is a mean for every cell. Points that were found once are kept: where more is hidden they
    print the same page still, and so they prove without a solver what they proved before.
    """

    def __init__(self, measure: Measure) -> None:
        present = np.flatnonzero(measure.people > 0)
        self._weight = measure.weight[present]
        self._whole = float(self._weight.sum())
        self._total = printed_total(measure.total)
        self._members = {
            (b, g): mask
            for b in range(2)
            for g in range(len(measure.headcount[b]))
            if (mask := measure.group[b][present] == g).any()
        }
        rows, low, high = [self._weight / self._whole], [self._total[0]], [self._total[1]]
        for mask in self._members.values():
            rows.append(self._share(mask))
            least, most = what_print_tells(float(rows[-1] @ measure.mean[present]))
            low.append(least)
            high.append(most)
        for known in measure.issued:
            weight = known.weight[present]
            if weight.any():
                rows.append(weight / weight.sum())
                low.append(known.low)
                high.append(known.high)
        self._rows, self._low, self._high = np.array(rows), np.array(low), np.array(high)
        self._issued = len(rows) - 1 - len(self._members)
        self._points = measure.mean[present][np.newaxis, :]
        self._drawn = False
        small = np.flatnonzero(measure.people[present] < measure.threshold)
        cells = [np.arange(present.size) == c for c in small]
        apart = [mask[present] for mask in measure.sensitive if mask[present].any()]
        proven = np.zeros(present.size) if self._issued else self._swapped(measure, present)
        self._never_shown = [
            mask
            for mask in (*cells, *apart)
            if mask.sum() > 1 or float(proven[mask][0]) < self._needed(mask) - SOLVER_SLACK
        ]

    def _share(self, mask: BoolArray) -> FloatArray:
        return np.asarray(np.where(mask, self._weight, 0.0) / self._weight[mask].sum())

    def _needed(self, mask: BoolArray) -> float:
        """Give the span that a set must keep: 10 points, or what the authority's mean alone leaves it."""
        own = float(self._weight[mask].sum())
        low, high = (self._whole * end for end in self._total)
        alone = min(100.0, high / own) - max(0.0, (low - 100 * (self._whole - own)) / own)
        return min(LEAST_SPAN, alone)

    def _swapped(self, measure: Measure, present: NDArray[np.intp]) -> FloatArray:
        """Give a span that every cell has for certain: points can move around a rectangle of four cells.

        Such a move leaves both breakdowns and the total as they are, so no table tells of it.
        """
        rows, columns = (np.unique(g[present], return_inverse=True)[1] for g in measure.group)
        shape = (int(rows.max(initial=0)) + 1, int(columns.max(initial=0)) + 1)
        up, down = np.zeros(shape), np.zeros(shape)
        mean = measure.mean[present]
        np.add.at(up, (rows, columns), self._weight * (100 - mean))
        np.add.at(down, (rows, columns), self._weight * mean)
        reach = np.zeros(shape)
        for more, less in ((up, down), (down, up)):
            corner = np.minimum(more[:, :, None, None], more[None, None])
            sides = np.minimum(less[:, None, None, :], less.T[None, :, :, None])
            moved = np.minimum(corner, sides)
            moved[np.arange(shape[0]), :, np.arange(shape[0]), :] = 0
            moved[:, np.arange(shape[1]), :, np.arange(shape[1])] = 0
            reach += moved.max(axis=(2, 3), initial=0.0)
        # Where role groups were merged, several cells share a place in the tables, and what can move there
        # need not be able to move in each of them.
        place = rows * shape[1] + columns
        alone = np.bincount(place, minlength=reach.size)[place] == 1
        return np.asarray(np.where(alone, reach[rows, columns] / self._weight, 0.0))

    def leak(self, hidden: BothHidden) -> BoolArray | None:
        """Find a set of cells that can be placed; None where nothing can."""
        printed = self._printed(hidden)
        if not printed[1:].any():
            return None
        concealed = [mask for at, mask in self._members.items() if at[1] in hidden[at[0]]]
        unproven = self._unproven([*concealed, *self._never_shown], printed)
        if len(unproven) >= MANY_SETS and not self._drawn:
            self._draw(printed)
            unproven = self._unproven(unproven, printed)
        return next((mask for mask in unproven if not self._withstands(mask, printed)), None)

    def withstands(self, mask: BoolArray, hidden: BothHidden) -> bool:
        """Say whether a set of cells keeps the span that it must."""
        return self._withstands(mask, self._printed(hidden))

    def _printed(self, hidden: BothHidden) -> BoolArray:
        """Say which rows the reader has: the total, the shown groups, and what was issued."""
        shown = [at[1] not in hidden[at[0]] for at in self._members]
        return np.array([True, *shown, *[True] * self._issued])

    def _withstands(self, mask: BoolArray, printed: BoolArray) -> bool:
        if not self._unproven([mask], printed):
            return True
        own = self._share(mask)
        ends = self._ends_along(own, printed)
        # A solver without an answer proves nothing, so it counts as a set that can be placed.
        return len(ends) == 2 and float(np.ptp(ends @ own)) >= self._needed(mask) - SOLVER_SLACK

    def _unproven(self, masks: Sequence[BoolArray], printed: BoolArray) -> list[BoolArray]:
        """Leave out the sets that the points found so far already show to be wide enough."""
        told = self._points @ self._rows[printed].T
        within = (told >= self._low[printed] - 2 * SOLVER_SLACK) & (
            told <= self._high[printed] + 2 * SOLVER_SLACK
        )
        points = self._points[within.all(axis=1)]
        if not len(points) or not masks:
            return list(masks)
        spans = np.ptp(np.array([self._share(mask) for mask in masks]) @ points.T, axis=1)
        return [
            mask for mask, span in zip(masks, spans, strict=True) if span < self._needed(mask) - SOLVER_SLACK
        ]

    def _draw(self, printed: BoolArray) -> None:
        """Look for points in a few directions, each of which proves many spans at once."""
        self._drawn = True
        random = np.random.default_rng(SEED)
        for _ in range(DIRECTIONS):
            self._ends_along(
                random.choice([-1.0, 1.0], self._weight.size) * self._weight / self._whole, printed
            )

    def _ends_along(self, objective: FloatArray, printed: BoolArray) -> FloatArray:
        """Find the points that make an objective least and most, within all that is printed."""
        from scipy.optimize import linprog

        table = self._rows[printed]
        both = np.vstack([table, -table])
        limits = np.concatenate([self._high[printed], -self._low[printed]]) + SOLVER_SLACK
        found = (
            linprog(sign * objective, A_ub=both, b_ub=limits, bounds=(0.0, 100.0), method="highs").x
            for sign in (1.0, -1.0)
        )
        ends = np.array([point for point in found if point is not None]).reshape(-1, self._weight.size)
        self._points = np.vstack([self._points, ends])
        return ends
