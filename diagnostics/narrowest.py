"""How narrow an interval may be printed: never so narrow that everybody must have answered alike.

An interval tells the spread of the answers behind it. Were all of a stratum of one mind but a few,
who stand D points apart from the rest, the standard error would be at least

    SE = W·√((1 − f)·P(1 − P)·n/(n − 1)·Σw²/(Σw)²)·D,

with W the stratum's share of all weight, f the share of it that answered, n its answers, w their
weights and P the few's share of them. A printed half-width must allow a D that is large enough. It
follows from who answered, never from how, so it tells nobody anything itself.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from diagnostics.crossing import Turnout
from diagnostics.quantiles import t_quantile
from diagnostics.suppression import HALF_A_POINT

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Stratum:
    """People whose spread is estimated together: their weights, (n,), and how many they stand for."""

    weights: FloatArray
    size: float


def strata_by_role(turnout: Turnout, people: IntArray) -> tuple[Stratum, ...]:
    """Give the strata of an authority's interval: role groups, a single answer with the largest of them.

    Parameters
    ----------
    turnout : Turnout
    people : (C,) int array
        People of each cell who answered to the measure.
    """
    roles = np.array([role or "" for role in turnout.role_groups])
    everybody = max(turnout.frame, turnout.n)
    strata = []
    for role in dict.fromkeys(roles.tolist()):
        of_role = roles == role
        if people[of_role].any():
            known = float(turnout.people[of_role].sum())
            unknown = float(turnout.answered[of_role].sum()) * everybody / turnout.n
            strata.append(Stratum(_weights(turnout, people, of_role), known if role else unknown))
    strata.sort(key=lambda stratum: -stratum.weights.size)
    while len(strata) > 1 and strata[-1].weights.size < 2:
        alone, largest = strata.pop(), strata[0]
        strata[0] = Stratum(np.concatenate([largest.weights, alone.weights]), largest.size + alone.size)
    return tuple(strata)


def group_stratum(turnout: Turnout, people: IntArray, cells: BoolArray, size: int) -> Stratum:
    """Give one group of a breakdown as a stratum of its own."""
    return Stratum(_weights(turnout, people, cells), float(size))


def _weights(turnout: Turnout, people: IntArray, cells: BoolArray) -> FloatArray:
    return np.repeat(turnout.weight[cells], people[cells])


def steepest(strata: Sequence[Stratum], few: int) -> float:
    """Give the largest standard error, in points, that a few people a point apart from the rest make.

    Parameters
    ----------
    strata : sequence of Stratum
    few : int
        So many people, the heaviest of a stratum, but never more than half of its weight.
    """
    whole = sum(float(stratum.weights.sum()) for stratum in strata)
    found = 0.0
    for stratum in strata:
        w, n = stratum.weights, stratum.weights.size
        if n < 2:
            continue
        total = float(w.sum())
        part = min(0.5, float(np.sort(w)[::-1][:few].sum()) / total)
        unheard = max(0.0, 1 - n / stratum.size) if stratum.size > 0 else 0.0
        variance = unheard * part * (1 - part) * n / (n - 1) * float(w @ w) / total**2
        found = max(found, total / whole * math.sqrt(variance))
    return found


def least_reach(steepness: float, distance: float, df: float, family: int = 1) -> float:
    """Give the least half-width, in points, with which an interval may be printed.

    Parameters
    ----------
    steepness : float
        From ``steepest``.
    distance : float
        How far apart the few must be able to stand.
    df : float
        Degrees of freedom of the interval.
    family : int
        Comparisons under one Holm correction, 1 without: the widest interval that one of them could have.
    """
    if steepness <= 0 or df < 1:
        return 0.0
    return steepness * distance * t_quantile(1 - 0.025 / family, df)


def in_whole_points(reach: float) -> int:
    """Give the least whole half-width that, known to half a point, leaves room for ``reach``."""
    return max(0, math.ceil(reach - HALF_A_POINT))
