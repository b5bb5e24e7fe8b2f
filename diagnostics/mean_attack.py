"""What can be worked out of a heading's two printed tables, its total and all weights.

The suppressor asks it what else to hide. (The auditor has an attack of its own, and shares nothing.)
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

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
# Objectives that are drawn to prove many spans at once.
DIRECTIONS = 8
# Of so many small sets all subsets are attacked.
ALL_SUBSETS = 8
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
    lines : two (C,) int arrays, or None
        Each cell's role group and area as they were answered, before small groups are merged; None
        where that is the same.
    issued : tuple of Known
    unweighted : (float, float) or None
        Ends between which the weighted mean less the plain one is known to lie.
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
    lines: tuple[IntArray, IntArray] | None = None
    issued: tuple[Known, ...] = ()
    unweighted: tuple[float, float] | None = None

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
        if measure.unweighted is not None:
            people = measure.people[present]
            rows.append(rows[0] - people / people.sum())
            low.append(measure.unweighted[0])
            high.append(measure.unweighted[1])
        self._rows, self._low, self._high = np.array(rows), np.array(low), np.array(high)
        self._always = len(rows) - 1 - len(self._members)
        self._total_row = np.arange(len(rows)) == 0
        self._about_the_total = self._total_row.copy()
        self._about_the_total[[0] if measure.unweighted is None else [0, -1]] = True
        self._points = measure.mean[present][np.newaxis, :]
        # What is hidden only grows from here, so what is proven now stays proven.
        tightest = self._printed(measure.primary())
        self._draw(tightest)
        self._people, self._threshold = measure.people[present], measure.threshold
        apart = [mask[present] for mask in measure.sensitive if mask[present].any()]
        small = [*self._small_sets(line[present] for line in measure.lines or measure.group), *apart]
        self._never_shown = self._unproven(small, tightest, tightest)

    def _small_sets(self, lines: Iterable[IntArray]) -> Iterator[BoolArray]:
        """Give the cells of fewer people than the threshold, and what some of them in one line make together.

        A line is a role group or a service area: what is left of it when shown groups are taken away.
        """
        cells = np.arange(self._people.size)
        small = self._people < self._threshold
        yield from (cells == c for c in np.flatnonzero(small))
        for line in lines:
            for value in np.unique(line):
                in_line = np.flatnonzero(small & (line == value))
                by_size = in_line[np.argsort(self._people[in_line], kind="stable")]
                for some in self._subsets([cells == c for c in by_size]):
                    yield np.logical_or.reduce(some)

    def _subsets(self, masks: Sequence[BoolArray]) -> Iterator[Sequence[BoolArray]]:
        """Give the subsets of two or more that hold fewer people than the threshold together.

        Of many masks, smallest first, only the pairs and the first few together.
        """
        sizes = [int(self._people[mask].sum()) for mask in masks]
        places = range(len(masks))
        if len(masks) <= ALL_SUBSETS:
            ways = chain.from_iterable(combinations(places, r) for r in range(2, len(masks) + 1))
        else:
            ways = chain(combinations(places, 2), (tuple(range(r)) for r in range(3, len(masks) + 1)))
        for way in ways:
            if sum(sizes[place] for place in way) < self._threshold:
                yield [masks[place] for place in way]

    def _share(self, mask: BoolArray) -> FloatArray:
        return np.asarray(np.where(mask, self._weight, 0.0) / self._weight[mask].sum())

    def _needed(self, masks: Sequence[BoolArray], alone: BoolArray) -> FloatArray:
        """Give the spans that sets must keep: 10 points, or what one mean that holds them leaves alone.

        What a single mean of many people tells of some of them is in the nature of printing it; the
        attack is on what several tell together. For a hidden group that single mean is the authority's.
        For a few people who are no group of their own it is also that of any shown group.
        """
        within = np.array(masks)
        own = within @ self._weight
        needed = np.full(len(masks), LEAST_SPAN)
        for row in np.flatnonzero(alone[: 1 + len(self._members)]):
            people = self._rows[row] > 0
            weight = float(self._weight[people].sum())
            low, high = weight * self._low[row], weight * self._high[row]
            left = np.minimum(100.0, high / own) - np.maximum(0.0, (low - 100 * (weight - own)) / own)
            holds = ~(within & ~people).any(axis=1)
            needed = np.where(holds, np.minimum(needed, left), needed)
        return needed

    def leak(self, hidden: BothHidden) -> BoolArray | None:
        """Find a set of cells that can be placed; None where nothing can."""
        printed = self._printed(hidden)
        concealed = [mask for at, mask in self._members.items() if at[1] in hidden[at[0]]]
        together = (
            np.logical_or.reduce(some)
            for b in range(2)
            for some in self._subsets(
                [m for at, m in self._members.items() if at[0] == b and at[1] in hidden[b]]
            )
        )
        found = self._placed([*concealed, *together], printed, self._total_row)
        return found if found is not None else self._placed(self._never_shown, printed, printed)

    def withstands(self, mask: BoolArray, hidden: BothHidden) -> bool:
        """Say whether a set of cells that was found by ``leak`` could not be placed with this hidden."""
        printed = self._printed(hidden)
        is_group = any(np.array_equal(mask, member) for member in self._members.values())
        return self._placed([mask], printed, self._total_row if is_group else printed) is None

    def _placed(self, masks: Sequence[BoolArray], printed: BoolArray, alone: BoolArray) -> BoolArray | None:
        """Find the first set that keeps less than it must."""
        for mask in self._unproven(masks, printed, alone):
            span, needed = self._span(mask, printed), float(self._needed([mask], alone)[0])
            if span < needed - SOLVER_SLACK and self._about_the_total.sum() > 1:
                # What is said of the authority as a whole is published in any case, and tells what it tells.
                needed = min(needed, self._span(mask, self._about_the_total))
            if span < needed - SOLVER_SLACK:
                return mask
        return None

    def _printed(self, hidden: BothHidden) -> BoolArray:
        """Say which rows the reader has: the total, the shown groups, and what was issued."""
        shown = [at[1] not in hidden[at[0]] for at in self._members]
        return np.array([True, *shown, *[True] * self._always])

    def _span(self, mask: BoolArray, printed: BoolArray) -> float:
        own = self._share(mask)
        ends = self._ends_along(own, printed)
        # A solver without an answer proves nothing, so it counts as a set that can be placed.
        return float(np.ptp(ends @ own)) if len(ends) == 2 else 0.0

    def _unproven(self, masks: Sequence[BoolArray], printed: BoolArray, alone: BoolArray) -> list[BoolArray]:
        """Leave out the sets that the points found so far already show to be wide enough."""
        told = self._points @ self._rows[printed].T
        within = (told >= self._low[printed] - 2 * SOLVER_SLACK) & (
            told <= self._high[printed] + 2 * SOLVER_SLACK
        )
        points = self._points[within.all(axis=1)]
        if not len(points) or not masks:
            return list(masks)
        spans = np.ptp(np.array([self._share(mask) for mask in masks]) @ points.T, axis=1)
        narrow = spans < self._needed(masks, alone) - SOLVER_SLACK
        return [mask for mask, is_narrow in zip(masks, narrow, strict=True) if is_narrow]

    def _draw(self, printed: BoolArray) -> None:
        """Look for points in a few directions, each of which proves many spans at once."""
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
