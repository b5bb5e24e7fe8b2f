"""Chance that gives the same on every computer: only ``random()``, whose numbers Python promises to keep."""

import math
import random
from collections.abc import Sequence
from statistics import NormalDist, fmean, pstdev
from typing import TypeVar

Thing = TypeVar("Thing")

_NORMAL = NormalDist()


class Draws:
    """A seeded source of chance."""

    def __init__(self, seed: int) -> None:
        self._uniform = random.Random(seed).random

    def happens(self, probability: float) -> bool:
        return self._uniform() < probability

    def below(self, end: int) -> int:
        return int(self._uniform() * end)

    def standard_normals(self, n: int) -> list[float]:
        """Draw n numbers, then give them mean 0 and spread 1, so that a group's mean is what was planned."""
        drawn = [_NORMAL.inv_cdf(min(1 - 1e-12, max(1e-12, self._uniform()))) for _ in range(n)]
        if n < 3:
            return [0.0] * n
        mean, spread = fmean(drawn), pstdev(drawn)
        return [(value - mean) / spread for value in drawn]

    def shuffled(self, things: Sequence[Thing]) -> list[Thing]:
        keys = [self._uniform() for _ in things]
        return [things[i] for i in sorted(range(len(keys)), key=keys.__getitem__)]

    def some_of(self, things: Sequence[Thing], weights: Sequence[float], n: int) -> list[Thing]:
        """Draw n different things, those with more weight more often."""
        keys = [
            math.log(max(self._uniform(), 1e-12)) / weight if weight > 0 else -math.inf for weight in weights
        ]
        best = sorted(range(len(keys)), key=lambda i: -keys[i])[:n]
        return [things[i] for i in sorted(best)]


def shared_out(total: int, shares: Sequence[float], most: Sequence[int]) -> list[int]:
    """Share a total out by largest remainders, with a limit for each part."""
    scale = total / sum(shares)
    wanted = [min(share * scale, float(limit)) for share, limit in zip(shares, most, strict=True)]
    given = [int(part) for part in wanted]
    order = sorted(range(len(given)), key=lambda i: given[i] - wanted[i])
    while sum(given) < total:
        for i in order:
            if given[i] < most[i] and sum(given) < total:
                given[i] += 1
    return given
