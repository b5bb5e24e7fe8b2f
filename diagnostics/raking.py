"""Raking within bounds, on the table of role by area, since people in one cell share one weight.

The last row and the last column of a table are those who prefer not to say; no margin touches its own.
"""

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from diagnostics.arrays import FloatArray, as_floats
from diagnostics.errors import MarginsContradict, OutOfRange, UnknownStratum
from diagnostics.joining import join_small, neighbour_indices

# Totals of two margins that differ by more than this share are another number of people, not rounding.
SAME_TOTAL = 1e-9
# A round that changes no category by more than this share of itself has met the margins.
RAKED = 1e-10
ROUNDING = 1e-12
# Where fifty rounds hardly lessen the change, empty cells contradict the margins; more rounds will not help.
LOOK_BACK = 50
STALLED = 0.995
# A margin is met when no category is further than this from the frame's share.
MARGIN_MET = 1e-8
# Sweeps over both margins in a round; and the rounds in which the gap may yet widen.
SWEEPS = 100
PATIENCE = 3
# Weights this many times beyond a bound stay there; further out they would only overflow.
FAR = 1e6


@dataclass(frozen=True, slots=True)
class Margin:
    """One margin after its small categories have joined their neighbours.

    Attributes
    ----------
    codes : ndarray of int, shape (n,)
        The category of each person; the number of categories stands for "prefers not to say".
    shares : ndarray, shape (categories,)
        Shares of the frame; 0 for a category that has joined another.
    total : float
        Headcount of the frame.
    joined : tuple of (margin, from, into)
    """

    codes: NDArray[np.intp]
    shares: FloatArray
    total: float
    joined: tuple[tuple[str, Hashable, Hashable], ...]


def check_same_total(one: float, other: float) -> None:
    """Raise ``MarginsContradict`` unless two margins add up to the same total."""
    if not math.isclose(one, other, rel_tol=SAME_TOTAL):
        raise MarginsContradict(
            f"one margin adds up to {one:g} and another to {other:g}; both must count the same people"
        )


def read_margin(
    name: str,
    labels: Iterable[Any],
    totals: Mapping[Any, float],
    minimum: int,
    neighbours: Mapping[Any, Sequence[Any]] | None,
) -> Margin:
    """Code one margin's labels and join the categories with fewer than ``minimum`` answers.

    Raises
    ------
    UnknownStratum, OutOfRange
    """
    names = list(totals)
    headcounts = as_floats(list(totals.values()), 1, f"the headcounts by {name}")
    if not ((headcounts >= 0).all() and headcounts.any()):
        raise OutOfRange(
            f"the headcounts by {name} must be numbers from 0 upwards, not all 0; mend the frame"
        )
    numbers: dict[Any, int] = {label: number for number, label in enumerate(names)}
    unknown = len(names)
    try:
        codes = [unknown if _is_unsaid(label) else numbers[label] for label in labels]
    except KeyError as problem:
        raise UnknownStratum(
            f"somebody's {name} is {problem.args[0]!r}, which has no headcount; "
            "add it to the frame, or pass None for who prefers not to say"
        ) from problem
    coded = np.array(codes, dtype=np.intp)
    counts = np.bincount(coded, minlength=unknown + 1)[:unknown]
    joining = join_small(
        counts.tolist(), (headcounts > 0).tolist(), minimum, neighbour_indices(names, neighbours)
    )
    roots = np.array([*joining.roots, unknown], dtype=np.intp)
    pooled = np.bincount(roots[:-1], weights=headcounts, minlength=unknown)
    total = float(headcounts.sum())
    return Margin(
        codes=roots[coded],
        shares=pooled / total,
        total=total,
        joined=tuple((name, names[small], names[into]) for small, into in joining.joins),
    )


def _is_unsaid(label: object) -> bool:
    # NaN is how tables read from a file write an empty cell.
    return label is None or label == "" or (isinstance(label, float) and math.isnan(label))


@dataclass(frozen=True, slots=True)
class CellTable:
    """People in each cell and the frame's shares of both margins; a *mass* is a cell's sum of weights.

    Attributes
    ----------
    counts : ndarray, shape (roles + 1, areas + 1)
    shares : two ndarrays, shapes (roles,) and (areas,)
    """

    counts: FloatArray
    shares: tuple[FloatArray, FloatArray]

    def rake(self, mass: FloatArray, rounds: int) -> FloatArray:
        """Scale both margins in turn until they are met, or until the rounds are used up."""
        mass = mass.copy()
        earlier = math.inf
        for number in range(rounds):
            change = 0.0
            for known, shares in self._known(mass):
                sums = known.sum(axis=1)
                factors = _towards(shares, sums)
                change = max(change, float(np.abs(factors - 1).max()))
                np.multiply(known, factors[:, np.newaxis], out=known)
            if change <= RAKED:
                break
            if number % LOOK_BACK == 0:
                if change > STALLED * earlier:
                    break
                earlier = change
        return mass

    def rake_within(
        self, mass: FloatArray, low: float, high: float, rounds: int
    ) -> tuple[FloatArray, float, int]:
        """Alternate trimming and raking; give the trimmed mass, its gap, and the rounds that it took.

        The rounds end when the margins are met, or when another round hardly narrows the gap.
        """
        free = mass
        mass = self.trim(free, low, high)
        gap, before, number = self.gap(mass), math.inf, 0
        while number < rounds and gap > MARGIN_MET and (number < PATIENCE or gap < STALLED * before):
            number, before = number + 1, gap
            free = self.counts * self._rake_trimmed(self.weights(free), low, high)
            mass = self.trim(free, low, high)
            gap = self.gap(mass)
        return mass, gap, number

    def _rake_trimmed(self, weights: FloatArray, low: float, high: float) -> FloatArray:
        """Scale both margins in turn so that the *trimmed* weights meet them; give them untrimmed.

        To remember how far a weight lies beyond its bound is what makes this converge: raking weights that
        were cut for good comes to a standstill short of weights that satisfy bounds and margins.
        """
        weights = weights.copy()
        for _ in range(SWEEPS):
            change = 0.0
            for axis, shares in enumerate(self.shares):
                held = self.counts * np.clip(weights, low, high)
                # What keeps the mean at 1 where some prefer not to say, and so belong to no category.
                mean = float(held.sum()) / float(self.counts.sum())
                known = held[:-1].sum(axis=1) if axis == 0 else held[:, :-1].sum(axis=0)
                factors = _towards(shares, known)
                change = max(change, abs(mean - 1), float(np.abs(factors - 1).max()))
                weights /= mean
                if axis == 0:
                    weights[:-1] *= factors[:, np.newaxis]
                else:
                    weights[:, :-1] *= factors
            np.clip(weights, low / FAR, high * FAR, out=weights)
            if change <= RAKED:
                break
        return weights

    def gap(self, mass: FloatArray) -> float:
        """Return the largest gap between a weighted share and the frame's, over both margins."""
        gaps = [0.0]
        for known, shares in self._known(mass):
            sums = known.sum(axis=1)
            if sums.any():
                gaps.append(float(np.abs(sums / sums.sum() - shares).max()))
        return max(gaps)

    def within(self, mass: FloatArray, low: float, high: float) -> bool:
        """Say whether w/mean(w) keeps the bounds."""
        weights = self.weights(mass)[self.counts > 0] * (self.counts.sum() / mass.sum())
        return bool(weights.min() >= low - ROUNDING and weights.max() <= high + ROUNDING)

    def trim(self, mass: FloatArray, low: float, high: float) -> FloatArray:
        """Cut the weights to the bounds, scaled so that their mean is 1.

        Scaling before cutting is what keeps the mean at 1: ``s`` solves ``Σ c·clip(s·w, low, high) = Σ c``.
        It makes the step a projection, as raking is, so that alternating the two leads to weights that
        satisfy both.
        """
        weights, counts = self.weights(mass), self.counts
        n = float(counts.sum())
        scaled = weights * (n / float(mass.sum()))
        used = counts > 0
        if scaled[used].min() >= low and scaled[used].max() <= high:
            return counts * scaled
        # A weight of 0 could not be scaled up to where the mean needs it.
        w, c = np.maximum(scaled[used], ROUNDING), counts[used]
        turns = np.unique(np.concatenate((low / w, high / w)))
        reached = np.clip(turns[:, np.newaxis] * w, low, high) @ c
        scale = float(np.interp(n, reached, turns))
        free = (scale * w > low) & (scale * w < high)
        cut = np.where(scale * w <= low, low, high)
        if free.any():
            scale = (n - float(c[~free] @ cut[~free])) / float(c[free] @ w[free])
        trimmed = np.zeros_like(counts)
        trimmed[used] = c * np.clip(np.where(free, scale * w, cut), low, high)
        return trimmed

    def weights(self, mass: FloatArray) -> FloatArray:
        """Return the weight that everybody in a cell has; 0 where nobody is."""
        return np.divide(mass, self.counts, out=np.zeros_like(mass), where=self.counts > 0)

    def _known(self, mass: FloatArray) -> tuple[tuple[FloatArray, FloatArray], ...]:
        """Give views of the mass with one margin's known categories in the rows, and that margin's shares."""
        return (mass[:-1], self.shares[0]), (mass[:, :-1].T, self.shares[1])


def _towards(shares: FloatArray, sums: FloatArray) -> FloatArray:
    """Give the factors that turn sums into shares of the same total, as far as categories have anybody."""
    reachable = sums > 0
    within_reach = float(shares[reachable].sum())
    if within_reach == 0:
        return np.ones_like(sums)
    target = shares * (float(sums.sum()) / within_reach)
    return np.divide(target, sums, out=np.ones_like(sums), where=reachable)
