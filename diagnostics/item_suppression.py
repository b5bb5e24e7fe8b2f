"""Whether a table of answers may be shown: nobody's own answer may be left with few possibilities.

A table of shares, a mean and everybody's weight make an integer program, whose unknowns are the
people of each weight at each option. From the answers as they were given, small moves lead to other
answers that print the same table. What a move reaches is possible, so the moves prove at once what
a solver would have to search for; it is asked only about the rest.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from diagnostics.published_parts import HIGHEST_PRINTED, LOWEST_PRINTED
from diagnostics.suppression import (
    LEAST_FOR_DETAIL,
    SHARE_STEP,
    printed_share,
    what_print_tells,
)

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

# So many answers must stay possible for everybody: two where the scale has fewer than four options.
FEWEST_OPTIONS, FEWEST_OF_A_SHORT_SCALE, SHORT_SCALE = 3, 2, 4
# Weights that agree to so many decimals are the same: their people can change places.
_DECIMALS = 9
# A number on the lower end of its printed range rounds into it, one on the upper end out of it. Computers
# are right to about this much.
_MARGIN = 1e-9
# The solver may miss a limit by about a millionth, so it is kept this far from the ends of the ranges.
_SOLVER_MARGIN = 1e-5
# Seconds after which the solver is taken to have found nothing.
_PATIENCE = 5.0
MOST_POINTS = 100.0


@dataclass(frozen=True, slots=True, eq=False)
class AnswerTable:
    """One item as it would be printed, and in every version that is out already.

    Attributes
    ----------
    people : (C, K) int array
        People of each cell at each option, worst first.
    weights : (V, C) float array
        Everybody's weight in a cell: in this version, then in the issued ones that show the item.
    scores : (K,) float array or None
        What each option scores, 0 to 100, where the mean is printed too.
    printed : tuple of bool, length K
        Options whose share is printed.
    """

    people: IntArray
    weights: FloatArray
    scores: FloatArray | None
    printed: tuple[bool, ...]


def may_be_shown(table: AnswerTable) -> bool:
    """Say whether everybody's answer keeps three possibilities (two on a scale of fewer than four).

    Under 30 answers it may not, whatever they are.

    Parameters
    ----------
    table : AnswerTable

    Returns
    -------
    bool
        False also where the solver runs out of time.
    """
    people, weights = _by_weight(table)
    options = people.shape[1]
    if people.sum() < LEAST_FOR_DETAIL:
        return False
    fewest = FEWEST_OF_A_SHORT_SCALE if options < SHORT_SCALE else FEWEST_OPTIONS
    page = _Page(people, weights, table)
    possible = people > 0
    if (possible.sum(axis=1) >= fewest).all():
        return True
    possible |= page.reached_by_one()
    for c in np.flatnonzero(possible.sum(axis=1) < fewest):
        possible[c] |= page.reached_by_two(int(c))
    return all(_enough(page, possible[c], int(c), fewest) for c in range(len(people)))


def _enough(page: "_Page", possible: BoolArray, c: int, fewest: int) -> bool:
    count = int(possible.sum())
    for option in np.flatnonzero(~possible):
        if count >= fewest:
            break
        count += page.can_hold(c, int(option))
    return count >= fewest


def _by_weight(table: AnswerTable) -> tuple[IntArray, FloatArray]:
    """Join the cells whose people weigh the same in every version."""
    answered = table.people.sum(axis=1) > 0
    weights, index = np.unique(np.round(table.weights[:, answered], _DECIMALS), axis=1, return_inverse=True)
    people = np.zeros((weights.shape[1], table.people.shape[1]), np.int64)
    np.add.at(people, index.ravel(), table.people[answered])
    return people, weights


class _Page:
    """The printed ranges of every statistic of a table, and what a change of answers does to them.

    A statistic is a version's share of an option, or its mean: S statistics in all.
    """

    def __init__(self, people: IntArray, weights: FloatArray, table: AnswerTable) -> None:
        self._people = people
        part = weights / (weights @ people.sum(axis=1))[:, np.newaxis]
        effects, low, high, ends = [], [], [], []
        for version in part:
            now = version @ people
            for option, printed in enumerate(table.printed):
                if printed:
                    effects.append(version[:, np.newaxis] * (np.arange(people.shape[1]) == option))
                    least, most = _share_told(float(now[option]))
                    low.append(least - _MARGIN)
                    high.append(most + (_MARGIN if most == 1 else -_MARGIN))
                    ends.append(1.0)
            if table.scores is not None:
                effects.append(version[:, np.newaxis] * table.scores)
                least, most = what_print_tells(float(now @ table.scores))
                low.append(least - _MARGIN)
                high.append(most + (_MARGIN if most == MOST_POINTS else -_MARGIN))
                ends.append(MOST_POINTS)
        # (S, C, K): what one person of a class at an option adds to each statistic.
        self._effect = np.array(effects)
        now = (self._effect * people).sum(axis=(1, 2))
        self._low, self._high, self._ends = np.array(low), np.array(high), np.array(ends)
        self._down, self._up = self._low - now, self._high - now
        change = self._effect[:, :, np.newaxis, :] - self._effect[:, :, :, np.newaxis]
        # (S, C, K, K): what it does when one person of a class goes from an option to another.
        self._change = np.where((people > 0)[np.newaxis, :, :, np.newaxis], change, np.nan)

    def _fits(self, change: FloatArray) -> BoolArray:
        """Say which changes of the statistics (the first axis) print the same page."""
        shape = (-1, *(1,) * (change.ndim - 1))
        within = (change >= self._down.reshape(shape)) & (change <= self._up.reshape(shape))
        fits: BoolArray = within.all(axis=0)
        return fits

    def reached_by_one(self) -> BoolArray:
        """Find the options (C, K) that somebody of a class could have chosen, all else being equal."""
        return np.asarray(self._fits(self._change).any(axis=1))

    def reached_by_two(self, c: int) -> BoolArray:
        """Find the options (K,) that somebody of class ``c`` could have chosen if somebody else moved too."""
        others = self._change.reshape(len(self._change), -1)
        others = others[:, np.isfinite(others[0])]
        reached = np.zeros(self._people.shape[1], np.bool_)
        for start in np.flatnonzero(self._people[c]):
            both = self._change[:, c, start, :, np.newaxis] + others[:, np.newaxis, :]
            reached |= self._fits(both).any(axis=1)
        return reached

    def can_hold(self, c: int, option: int) -> bool:
        """Ask the solver whether answers with somebody of class ``c`` at an option print the same page."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        classes, options = self._people.shape
        least = np.zeros((classes, options))
        least[c, option] = 1
        every = np.kron(np.eye(classes), np.ones(options))
        sizes = self._people.sum(axis=1)
        found = milp(
            np.zeros(classes * options),
            integrality=np.ones(classes * options),
            bounds=Bounds(least.ravel(), np.repeat(sizes, options).astype(np.float64)),
            constraints=[
                LinearConstraint(every, sizes, sizes),
                LinearConstraint(
                    self._effect.reshape(len(self._effect), -1),
                    self._low,
                    self._high - _SOLVER_MARGIN * (self._high < self._ends),
                ),
            ],
            options={"time_limit": _PATIENCE},
        )
        if found.x is None:
            return False
        people = np.round(found.x).reshape(classes, options)
        change = (self._effect * (people - self._people)).sum(axis=(1, 2))
        return bool((people.sum(axis=1) == sizes).all() and self._fits(change))


def _share_told(share: float) -> tuple[float, float]:
    """Say between which ends a share must lie, 0 to 1, from what is printed of it."""
    printed, half = printed_share(share), SHARE_STEP / 200
    least = 0.0 if printed == LOWEST_PRINTED else printed / 100 - half
    most = 1.0 if printed == HIGHEST_PRINTED else printed / 100 + half
    return least, most
