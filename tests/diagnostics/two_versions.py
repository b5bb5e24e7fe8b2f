"""An attacker on two versions of one wave: the same people and answers, who weigh otherwise in each."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from diagnostics.measure import BothHidden, Version
from tests.diagnostics.linear_attacker import SLACK, Range, points, what_print_tells
from tests.diagnostics.organisations import LEAST_SPAN, FloatArray, Organisation, targets

Rows = list[tuple[FloatArray, Range]]


@dataclass(frozen=True)
class Printed:
    """A version, and what it hides."""

    organisation: Organisation
    hidden: BothHidden

    def version(self) -> Version:
        """Give it as one that is out already."""
        parts = list(self._parts())
        hidden = [
            tuple(mask.astype(bool) for axis, mask, told in parts if axis == side and told is None)
            for side in (0, 1)
        ]
        return Version(
            weight=self.organisation.weight.ravel(),
            total=self.total(),
            shown=tuple((mask.astype(bool), told) for _, mask, told in parts if told is not None),
            hidden=(hidden[0], hidden[1]),
        )

    def total(self) -> Range:
        """Say what is known of the total: all of it, but for an open end."""
        told = what_print_tells(points(self.organisation.total))
        return told if 0.0 in told or 100.0 in told else (self.organisation.total,) * 2

    def of_all(self) -> Rows:
        """Give the row of the total."""
        return [(self.share(np.ones(self.organisation.weight.size)), self.total())]

    def of_groups(self) -> Rows:
        """Give the rows of the groups that are shown."""
        return [(self.share(mask), told) for _, mask, told in self._parts() if told is not None]

    def share(self, mask: FloatArray) -> FloatArray:
        """Give the weight of each cell in the mean of some of them."""
        weight = mask * self.organisation.weight.ravel()
        return np.asarray(weight / weight.sum())

    def _parts(self) -> Iterator[tuple[int, FloatArray, Range | None]]:
        for axis, g in self.organisation.groups():
            mask = self.organisation.mask(axis, g)
            if mask @ self.organisation.weight.ravel():
                shown = g not in self.hidden[axis]
                told = what_print_tells(points(self.organisation.mean_of(mask))) if shown else None
                yield axis, mask, told


def span(aim: FloatArray, rows: Rows) -> float:
    """How far apart a mean can lie within all rows."""
    from scipy.optimize import linprog

    table = np.array([row for row, _ in rows])
    limits = np.array([high for _, (_, high) in rows] + [-low for _, (low, _) in rows]) + SLACK
    ends = [
        linprog(sign * aim, np.vstack([table, -table]), limits, bounds=(0.0, 100.0)).fun for sign in (1, -1)
    ]
    assert ends[0] is not None and ends[1] is not None
    return float(-ends[1] - ends[0])


def leaks_of_two(first: Printed, second: Printed) -> list[tuple[str, float]]:
    """What both versions together place within 10 points, and no single mean does."""
    everything = [row for printed in (first, second) for row in (*printed.of_all(), *printed.of_groups())]
    found = []
    for number, printed in enumerate((first, second), start=1):
        for name, mask in targets(printed.organisation, printed.hidden):
            aim = printed.share(mask)
            left = span(aim, everything)
            if left < LEAST_SPAN - 0.01:
                alone = printed.of_all()
                if name.startswith("cells"):
                    alone = [row for row in everything if not (row[0][mask > 0] <= 0).any()]
                if left < min(span(aim, [row]) for row in alone) - 0.01:
                    found.append((f"version {number}, {name}", left))
    return found
