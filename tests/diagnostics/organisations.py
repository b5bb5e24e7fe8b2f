"""Small organisations whose cells are known, and an attacker on their printed means of another kind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from diagnostics.measure import BothHidden, Measure, Version
from tests.diagnostics.linear_attacker import SLACK, points, what_print_tells

K = 10
LEAST_SPAN = 10
FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Organisation:
    """People by role (rows) and area (columns), the mean of each cell, and the weight of each of its people.

    The last row holds those who did not say their role where ``unsaid`` is true.
    """

    people: tuple[tuple[int, ...], ...]
    means: tuple[tuple[float, ...], ...]
    weights: tuple[tuple[float, ...], ...] | None = None
    unsaid: bool = False

    @property
    def n(self) -> FloatArray:
        return np.asarray(self.people, np.float64)

    @property
    def weight(self) -> FloatArray:
        return np.asarray(self.n * (1.0 if self.weights is None else np.array(self.weights)))

    @property
    def sums(self) -> FloatArray:
        return np.asarray(self.weight * np.array(self.means, dtype=float))

    @property
    def total(self) -> float:
        return float(self.sums.sum() / self.weight.sum())

    def groups(self) -> Iterator[tuple[int, int]]:
        return ((axis, g) for axis in (0, 1) for g in range(self.n.shape[axis]))

    def mask(self, axis: int, g: int) -> FloatArray:
        return np.asarray(np.indices(self.n.shape)[axis] == g, np.float64).ravel()

    def answers(self, axis: int, g: int) -> int:
        return int(self.n.sum(axis=1 - axis)[g])

    def mean_of(self, mask: FloatArray) -> float:
        return float(mask @ self.sums.ravel() / (mask @ self.weight.ravel()))

    def measure(
        self, kept: Sequence[int] = (), threshold: int = K, issued: tuple[Version, ...] = ()
    ) -> Measure:
        rows, columns = (index.ravel() for index in np.indices(self.n.shape))
        headcount: list[list[int | None]] = [
            [self.answers(axis, g) + 20 for g in range(self.n.shape[axis])] for axis in (0, 1)
        ]
        if self.unsaid:
            headcount[0][-1] = None
        return Measure(
            people=self.n.ravel().astype(np.int64),
            weight=self.weight.ravel(),
            mean=np.array(self.means, dtype=float).ravel(),
            group=(rows.astype(np.int64), columns.astype(np.int64)),
            headcount=(headcount[0], headcount[1]),
            total=self.total,
            threshold=threshold,
            kept=frozenset(kept),
            issued=issued,
        )


def by_role(*people: int, means: tuple[float, ...] = (), unsaid: bool = False) -> Organisation:
    """An organisation of one area."""
    given_means = means or (50.0,) * len(people)
    return Organisation(tuple((n,) for n in people), tuple((m,) for m in given_means), unsaid=unsaid)


def span(organisation: Organisation, hidden: BothHidden, target: FloatArray) -> float:
    """How far apart the mean of some cells can lie, for whoever has both tables and the exact total."""
    from scipy.optimize import linprog

    weight = organisation.weight.ravel()
    rows, low, high = [weight], [organisation.sums.sum()], [organisation.sums.sum()]
    total = what_print_tells(points(organisation.total))
    if 0.0 in total or 100.0 in total:
        low, high = [weight.sum() * total[0]], [weight.sum() * total[1]]
    for axis, g in organisation.groups():
        mask = organisation.mask(axis, g)
        size = float(mask @ weight)
        if size and g not in hidden[axis]:
            told = what_print_tells(points(organisation.mean_of(mask)))
            rows.append(mask * weight)
            low.append(size * told[0])
            high.append(size * told[1])
    # The unknowns are the cells' means.
    ends = [
        linprog(
            sign * target * weight / float(target @ weight),
            A_ub=np.vstack([rows, np.negative(rows)]),
            b_ub=np.concatenate([high, np.negative(low)]) + SLACK,
            bounds=(0.0, 100.0),
        ).fun
        for sign in (1, -1)
    ]
    assert ends[0] is not None and ends[1] is not None
    return float(-ends[1] - ends[0])


def alone(organisation: Organisation, target: FloatArray) -> float:
    """How far apart it can lie to whoever has the total and nothing else."""
    everything = (frozenset(range(len(organisation.people))), frozenset(range(len(organisation.people[0]))))
    return span(organisation, everything, target)


def told_by_one(organisation: Organisation, hidden: BothHidden, target: FloatArray) -> float:
    """How far apart a few people's mean can lie to whoever has one shown group that holds them all."""
    weight = organisation.weight.ravel()
    own, spans = float(target @ weight), [100.0]
    for axis, g in organisation.groups():
        mask = organisation.mask(axis, g)
        if g not in hidden[axis] and float(mask @ weight) and not (target * (1 - mask)).any():
            low, high = (
                float(mask @ weight) * end for end in what_print_tells(points(organisation.mean_of(mask)))
            )
            others = float(mask @ weight) - own
            spans.append(min(100.0, high / own) - max(0.0, (low - 100 * others) / own))
    return min(spans)


def targets(organisation: Organisation, hidden: BothHidden) -> Iterator[tuple[str, FloatArray]]:
    """Everything that must not be placed: hidden groups, and cells of a line that hold fewer than ten."""
    for axis, g in organisation.groups():
        if g in hidden[axis] and organisation.answers(axis, g):
            yield f"{('role', 'area')[axis]} {g}", organisation.mask(axis, g)
    people = organisation.n.ravel()
    small = [cell for cell, n in enumerate(people) if 0 < n < K]
    lines = [[c for c in small if organisation.mask(axis, g)[c]] for axis, g in organisation.groups()]
    together = {some for line in lines for r in range(1, len(line) + 1) for some in combinations(line, r)}
    for some in sorted(together):
        if people[list(some)].sum() < K:
            yield f"cells {some}", np.isin(np.arange(people.size), some).astype(float)


def leaks(organisation: Organisation, hidden: BothHidden) -> list[tuple[str, float]]:
    """What can be placed within 10 points, though the total alone would not tell it."""
    found = []
    for name, target in targets(organisation, hidden):
        left, inherent = span(organisation, hidden, target), alone(organisation, target)
        if name.startswith(("cell", "cells")):
            inherent = min(inherent, told_by_one(organisation, hidden, target))
        if left < min(LEAST_SPAN, inherent) - 0.01:
            found.append((name, left))
    return found
