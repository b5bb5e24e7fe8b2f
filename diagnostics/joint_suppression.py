"""Which groups of a heading are hidden: both breakdowns and the authority's score together.

Whoever holds the report has two tables of the same answers, and their total. A team whose people
all sit in one hidden role gives that role away, however well each table is protected alone. So an
attacker with all of it, every weight and every count is answered by a linear program over the cells
in which the breakdowns cross, and as few groups are hidden as make that attacker fail.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, product

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
# So many ways to give every lonely group company are tried, before one group after the other is added.
MOST_TRIES = 24
# Objectives that are drawn to prove many spans at once, and the number of targets from which that pays.
DIRECTIONS, MANY_TARGETS = 6, 8
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


def hide(measure: Measure) -> BothHidden:
    """Hide as few groups as make every attack on the means fail.

    Primary: fewer than ``threshold`` answers or people in the frame. Then, in each breakdown, a
    hidden group gets company until the hidden ones hold ``threshold`` answers together, with those
    who did not say their group. (These are no row of the table: alone they need no company, and the
    attack decides whether whole points protect them.) Of the ways to do so, the first that
    withstands the attack is taken, in the order: groups that the comparison of leaders and
    practitioners does not need, then the smallest. Where none withstands it, more groups follow one
    by one, and in the end those that turned out not to be needed return.

    The attack: a mean must be able to lie anywhere within a span of at least 10 points, or as wide
    as the authority's own mean alone leaves it. It is made on every hidden group, on every cell of
    fewer than ``threshold`` people, and on ``sensitive``.

    Returns
    -------
    two sets of positions
        Hidden role groups and service areas.
    """
    attack = _Attack(measure)
    first = measure.primary()
    ways = product(*(_company(measure, b, first[b]) for b in range(2)))
    ranked = sorted(ways, key=lambda way: sum(rank for rank, _ in way))[:MOST_TRIES]
    for (_, role), (_, area) in ranked:
        trial = (first[0] | role, first[1] | area)
        if attack.leak(trial) is None:
            return trial
    (_, role), (_, area) = ranked[0]
    return _prune(measure, attack, first, _hide_more(measure, attack, (first[0] | role, first[1] | area)))


def _company(measure: Measure, breakdown: int, hidden: Hidden) -> list[tuple[int, Hidden]]:
    """List, best first, what may be hidden beside the hidden groups of a breakdown."""
    if _in_company(measure, breakdown, hidden):
        return [(0, frozenset())]
    return list(enumerate(frozenset({g}) for g in _by_loss(measure, breakdown, hidden))) or [(0, frozenset())]


def _in_company(measure: Measure, breakdown: int, hidden: Hidden) -> bool:
    answers, headcount = measure.answers(breakdown), measure.headcount[breakdown]
    rows = sum(answers[g] for g in hidden if headcount[g] is not None)
    return rows == 0 or sum(answers[g] for g in hidden) >= measure.threshold


def _by_loss(measure: Measure, breakdown: int, hidden: Hidden) -> list[int]:
    """List the shown groups of a breakdown, first the one whose loss costs the reader least."""
    answers = measure.answers(breakdown)
    kept = measure.kept if breakdown == 0 else frozenset()
    shown = (g for g, n in enumerate(answers) if n > 0 and g not in hidden)
    return sorted(shown, key=lambda g: (g in kept, answers[g], g))


def _hide_more(measure: Measure, attack: "_Attack", hidden: BothHidden) -> BothHidden:
    """Hide one group after the other until the attack fails, each time one that mends what is found."""
    while (placed := attack.leak(hidden)) is not None:
        answers = [measure.answers(b) for b in range(2)]
        shown = sorted(
            ((b, g) for b in range(2) for g in _by_loss(measure, b, hidden[b])),
            key=lambda at: (at[0] == 0 and at[1] in measure.kept, answers[at[0]][at[1]], at),
        )
        if not shown:
            break
        mends = (at for at in shown if attack.withstands(placed, _with(hidden, at)))
        hidden = _with(hidden, next(mends, shown[0]))
    return hidden


def _prune(measure: Measure, attack: "_Attack", first: BothHidden, hidden: BothHidden) -> BothHidden:
    """Show again what need not be hidden after all, the largest first."""
    answers = [measure.answers(b) for b in range(2)]
    extra = [(b, g) for b in range(2) for g in hidden[b] - first[b]]
    for b, g in sorted(extra, key=lambda at: (-answers[at[0]][at[1]], at)):
        fewer = (hidden[0] - {g}, hidden[1]) if b == 0 else (hidden[0], hidden[1] - {g})
        if _in_company(measure, b, fewer[b]) and attack.leak(fewer) is None:
            hidden = fewer
    return hidden


def _with(hidden: BothHidden, group: Group) -> BothHidden:
    role, area = hidden
    return (role | {group[1]}, area) if group[0] == 0 else (role, area | {group[1]})


class _Attack:
    """What can be worked out of a heading's two printed tables, its total and all weights."""

    def __init__(self, measure: Measure) -> None:
        self._threshold = measure.threshold
        present = np.flatnonzero(measure.people > 0)
        self._present, self._weight = present, measure.weight[present]
        self._whole = float(self._weight.sum())
        self._total = printed_total(measure.total)
        self._members = {
            (b, g): measure.group[b][present] == g for b in range(2) for g in range(len(measure.headcount[b]))
        }
        self._ends = {at: what_print_tells(self._mean_of(measure, at)) for at in self._members}
        self._issued = [
            (known.weight[present] / known.weight[present].sum(), known.low, known.high)
            for known in measure.issued
            if known.weight[present].sum() > 0
        ]
        cells = [
            np.arange(present.size) == c for c in np.flatnonzero(measure.people[present] < self._threshold)
        ]
        apart = [mask[present] for mask in measure.sensitive if mask[present].any()]
        never_shown = [*cells, *apart]
        proven = self._swapped(measure) if not self._issued else np.zeros(present.size)
        self._never_shown = [
            mask
            for mask in never_shown
            if mask.sum() > 1 or float(proven[mask][0]) < self._needed(mask) - SOLVER_SLACK
        ]

    def _mean_of(self, measure: Measure, group: Group) -> float:
        weight = self._weight * self._members[group]
        return float(weight @ measure.mean[self._present] / weight.sum()) if weight.any() else 0.0

    def _needed(self, mask: BoolArray) -> float:
        """Give the span that a set must keep: 10 points, or what the authority's mean alone leaves it."""
        own = float(self._weight[mask].sum())
        low, high = (self._whole * end for end in self._total)
        alone = min(100.0, high / own) - max(0.0, (low - 100 * (self._whole - own)) / own)
        return min(LEAST_SPAN, alone)

    def _swapped(self, measure: Measure) -> FloatArray:
        """Give a span that every cell has for certain: points can move around a rectangle of four cells.

        Such a move leaves both breakdowns and the total as they are, so no table tells of it.
        """
        rows, columns = (np.unique(g[self._present], return_inverse=True)[1] for g in measure.group)
        shape = (int(rows.max(initial=0)) + 1, int(columns.max(initial=0)) + 1)
        up, down = np.zeros(shape), np.zeros(shape)
        mean = measure.mean[self._present]
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
        # Several cells may share a place in the tables; what moves there can move in each of them alone only
        # up to its own room.
        alone = np.bincount(rows * shape[1] + columns, minlength=reach.size)[rows * shape[1] + columns] == 1
        spans: FloatArray = np.where(alone, reach[rows, columns] / self._weight, 0.0)
        return spans

    def leak(self, hidden: BothHidden) -> BoolArray | None:
        """Find a set of cells that can be placed; None where nothing can."""
        concealed = [mask for at, mask in self._members.items() if at[1] in hidden[at[0]] and mask.any()]
        targets = [mask for mask in chain(concealed, self._never_shown) if self._needed(mask) > SOLVER_SLACK]
        if not any(True for _ in self._shown(hidden)) and not self._issued:
            return None
        if len(targets) >= MANY_TARGETS:
            targets = self._unproven(targets, hidden)
        return next((mask for mask in targets if not self.withstands(mask, hidden)), None)

    def withstands(self, mask: BoolArray, hidden: BothHidden) -> bool:
        """Say whether a set of cells keeps the span that it must."""
        own = np.where(mask, self._weight, 0.0) / self._weight[mask].sum()
        low, high = self._reach(own, hidden)
        return high - low >= self._needed(mask) - SOLVER_SLACK

    def _unproven(self, targets: list[BoolArray], hidden: BothHidden) -> list[BoolArray]:
        """Leave out the sets that a few feasible answers already show to be wide enough."""
        random = np.random.default_rng(SEED)
        points = []
        for _ in range(DIRECTIONS):
            objective = random.choice([-1.0, 1.0], self._weight.size) * self._weight
            points += [p for p in self._ends_along(objective, hidden) if p is not None]
        if not points:
            return targets
        own = np.array([np.where(mask, self._weight, 0.0) / self._weight[mask].sum() for mask in targets])
        spans = np.ptp(own @ np.array(points).T, axis=1)
        return [
            mask
            for mask, span in zip(targets, spans, strict=True)
            if span < self._needed(mask) - SOLVER_SLACK
        ]

    def _shown(self, hidden: BothHidden) -> Iterator[Group]:
        return (at for at, mask in self._members.items() if mask.any() and at[1] not in hidden[at[0]])

    def _reach(self, own: FloatArray, hidden: BothHidden) -> tuple[float, float]:
        least, most = self._ends_along(own, hidden)
        # A solver without an answer proves nothing, so it counts as a set that can be placed.
        return (
            (float(own @ least), float(own @ most)) if least is not None and most is not None else (0.0, 0.0)
        )

    def _ends_along(
        self, objective: FloatArray, hidden: BothHidden
    ) -> tuple[FloatArray | None, FloatArray | None]:
        """Give the cell means that make an objective least and most, within all that is printed."""
        from scipy.optimize import linprog

        rows, low, high = [self._weight / self._whole], [self._total[0]], [self._total[1]]
        for at in self._shown(hidden):
            weight = np.where(self._members[at], self._weight, 0.0)
            rows.append(weight / weight.sum())
            low.append(self._ends[at][0])
            high.append(self._ends[at][1])
        for row, least, most in self._issued:
            rows.append(row)
            low.append(least)
            high.append(most)
        table = np.array(rows)
        both = np.vstack([table, -table])
        limits = np.concatenate([high, np.negative(low)]) + SOLVER_SLACK
        found = [
            linprog(sign * objective, A_ub=both, b_ub=limits, bounds=(0.0, 100.0), method="highs").x
            for sign in (1.0, -1.0)
        ]
        return found[0], found[1]
