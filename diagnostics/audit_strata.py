"""What an interval tells of the spread behind it: how large a standard error a few people alone would make.

Were all of a stratum of one mind but a few, D points away from the rest, the standard error would be at least
``W·√((1−f)·P(1−P)·n/(n−1)·Σw²/(Σw)²)·D``: W the stratum's share of all weight, f the share of its people who
answered, P the share of its weight that the few hold.
"""

import math
from dataclasses import dataclass

import numpy as np

from diagnostics.audit_reading import Breakdown, FloatArray, IntArray, Reading

CONFIDENCE = 0.95
# A stratum needs two answers for a spread; smaller ones are joined to another.
_FEWEST_IN_STRATUM = 2


@dataclass(frozen=True, slots=True, eq=False)
class Strata:
    """The strata of one mean, C cells in H strata.

    Attributes
    ----------
    of_cell : (C,) int array
    count : (C,) int array
        Answers behind the mean.
    weight : (C,) float array
        Of each of them.
    people : (H,) float array
        How many each stratum stands for.
    """

    of_cell: IntArray
    count: IntArray
    weight: FloatArray
    people: FloatArray

    @property
    def df(self) -> int:
        """Degrees of freedom: answers less strata."""
        return int(self.count.sum()) - len(np.unique(self.of_cell[self.count > 0]))

    def slope(self, few: int) -> float:
        """Give the standard error of a few people a point away from all others of their stratum, at its most.

        The few are the heaviest, but hold half of the stratum's weight at the most.
        """
        whole = float((self.count * self.weight).sum())
        steepest = 0.0
        for h, people in enumerate(self.people.tolist()):
            inside = (self.of_cell == h) & (self.count > 0)
            count, weight = self.count[inside], self.weight[inside]
            n, own = int(count.sum()), float((count * weight).sum())
            if n < _FEWEST_IN_STRATUM:
                continue
            unheard = 1 - n / people if n < people else 0.0
            share = min(0.5, _heaviest(count, weight, few) / own)
            spread = share * (1 - share) * n / (n - 1) * float((count * weight**2).sum()) / own**2
            steepest = max(steepest, own / whole * math.sqrt(unheard * spread))
        return steepest


def _heaviest(count: IntArray, weight: FloatArray, few: int) -> float:
    """Add up the weight of the few who weigh most."""
    order = np.argsort(-weight)
    before = np.cumsum(count[order]) - count[order]
    return float((np.clip(few - before, 0, count[order]) * weight[order]).sum())


def strata_of_everybody(reading: Reading, count: IntArray) -> Strata:
    """Give the strata of the authority's mean: the base role groups."""
    roles = list(dict.fromkeys(role for role, _ in reading.keys))
    strata = np.array([roles.index(role) for role, _ in reading.keys], np.int64)
    people: FloatArray = np.bincount(strata, reading.people, len(roles)).astype(np.float64)
    if None in roles:
        # Who did not say stands for as many as answer at the overall rate.
        answered, silent = float(reading.answered.sum()), strata == roles.index(None)
        everybody = max(float(reading.people.sum()), answered)
        people[roles.index(None)] = float(reading.answered[silent].sum()) * everybody / max(answered, 1.0)
    n = np.bincount(strata, count, len(roles))
    small = [h for h in range(len(roles)) if 0 < n[h] < _FEWEST_IN_STRATUM]
    largest = int(np.argmax(n))
    for h in small:
        if h != largest:
            strata[strata == h] = largest
            people[largest] += people[h]
            people[h] = 0.0
    return Strata(strata, count, reading.weight, people)


def stratum_of_group(reading: Reading, breakdown: Breakdown, group: int, count: IntArray) -> Strata:
    """Give one group of a breakdown as a stratum of its own."""
    inside = np.where(breakdown.of_cell == group, count, 0)
    people = np.array([float(breakdown.people[group])])
    return Strata(np.zeros(len(count), np.int64), inside, reading.weight, people)
