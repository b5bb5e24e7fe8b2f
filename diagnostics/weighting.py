"""Making those who answered count like the frame: raking, raking within bounds, the effective number."""

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.arrays import FloatArray, as_floats, as_weights
from diagnostics.errors import MarginsCannotBeMet, OutOfRange, ShapeMismatch, TooFewAnswers
from diagnostics.raking import LOOK_BACK, MARGIN_MET, STALLED, CellTable, check_same_total, read_margin

# A round that changes nothing by more than this share of itself has met the margins.
RAKED = 1e-12
RAKING_ROUNDS = 10_000

# Raking that has not settled after so many rounds will not: empty cells contradict the margins.
FIRST_ROUNDS = 2_000


@dataclass(frozen=True, slots=True)
class RakingWeights:
    """Weights that make two margins of those who answered match the frame, as far as the bounds let them.

    Attributes
    ----------
    weights : ndarray, shape (n,)
        One a person, mean 1, within the bounds.
    n : int
        People.
    n_eff : float
        Kish's effective number of people.
    margin_gap : float
        The largest gap between a category's weighted share and its share of the frame, 0 to 1.
    joined : tuple of (margin, from, into)
        Categories too small to stand alone; margin is "role" or "area".
    rounds : int
        Rounds of trimming that were needed; 0 where raking alone kept the bounds.
    bounded : bool
        Whether bounds and margins could not both hold, so that the bounds won.
    """

    weights: FloatArray
    n: int
    n_eff: float
    margin_gap: float
    joined: tuple[tuple[str, Hashable, Hashable], ...]
    rounds: int
    bounded: bool


def effective_n(weights: ArrayLike) -> float:
    """Kish's effective number of people, ``(Σw)² / Σw²``, at most the number of weights.

    Parameters
    ----------
    weights : array_like, shape (n,)
        From 0 upwards, any scale, none missing.

    Raises
    ------
    TooFewAnswers
        No weights.
    OutOfRange
        A weight negative or missing, or all 0.
    ShapeMismatch

    References
    ----------
    Kish (1965), Survey Sampling.
    """
    w = as_weights(weights)
    if w.size == 0:
        raise TooFewAnswers("there are no weights, so there is no effective number")
    w = w / w.max()
    return float(w.sum() ** 2 / (w @ w))


def rake(seed: ArrayLike, margins: Sequence[ArrayLike]) -> FloatArray:
    """Fit a table to its margins by iterative proportional fitting; nothing is trimmed.

    Each dimension in turn is multiplied by total/sum, until a whole round changes nothing by more than 1e-12
    of itself. A cell that is 0 stays 0.

    Parameters
    ----------
    seed : array_like, any number of dimensions
        From 0 upwards, none missing.
    margins : sequence of array_like
        One vector of totals a dimension, in the order of the axes; from 0 upwards, none missing. The result
        does not depend on the order of the dimensions.

    Returns
    -------
    ndarray
        The fitted table, of the shape of ``seed``.

    Raises
    ------
    MarginsContradict
        The totals of two margins differ.
    MarginsCannotBeMet
        The cells that are 0 leave no table with these margins (or only one with further zeros).
    ShapeMismatch
        Not one margin a dimension, or of another length.
    OutOfRange
        Something negative, missing or infinite.

    References
    ----------
    Deming & Stephan (1940), Annals of Mathematical Statistics.
    """
    dimensions = len(margins)
    if dimensions == 0:
        raise ShapeMismatch("raking needs at least one margin")
    table = as_floats(seed, dimensions, "the table (one dimension a margin)").copy()
    totals = [as_floats(margin, 1, "a margin") for margin in margins]
    if table.shape != tuple(margin.size for margin in totals):
        raise ShapeMismatch(
            f"margins of length {[margin.size for margin in totals]} do not fit "
            f"a table of shape {table.shape}"
        )
    for array in (table, *totals):
        if not (array >= 0).all():
            raise OutOfRange("tables and margins hold numbers from 0 upwards, none missing")
    grand = float(totals[0].sum())
    for margin in totals[1:]:
        check_same_total(grand, float(margin.sum()))
    # What little is left between the totals would keep the rounds from settling.
    totals = [margin * (grand / margin.sum()) if margin.any() else margin for margin in totals]
    others = [tuple(axis for axis in range(dimensions) if axis != kept) for kept in range(dimensions)]
    shapes = [[-1 if axis == kept else 1 for axis in range(dimensions)] for kept in range(dimensions)]
    earlier = math.inf
    for number in range(RAKING_ROUNDS):
        change = 0.0
        for margin, summed, shape in zip(totals, others, shapes, strict=True):
            sums = table.sum(axis=summed)
            if (margin[sums == 0] > 0).any():
                raise MarginsCannotBeMet(
                    "a total above 0 belongs to cells that are all 0; join that category with another"
                )
            factors = np.divide(margin, sums, out=np.ones_like(sums), where=sums > 0)
            change = max(change, float(np.abs(factors - 1)[margin > 0].max(initial=0.0)))
            table *= factors.reshape(shape)
        if change <= RAKED:
            return table
        if number % LOOK_BACK == 0:
            if change > STALLED * earlier:
                break
            earlier = change
    raise MarginsCannotBeMet(
        "raking does not settle: the cells that are 0 contradict the margins; "
        "join categories with few answers"
    )


def raking_weights(
    roles: Iterable[Any],
    areas: Iterable[Any],
    role_totals: Mapping[Any, float],
    area_totals: Mapping[Any, float],
    *,
    bounds: tuple[float, float] = (0.3, 3.0),
    rounds: int = 50,
    minimum: int = 5,
    role_neighbours: Mapping[Any, Sequence[Any]] | None = None,
    area_neighbours: Mapping[Any, Sequence[Any]] | None = None,
) -> RakingWeights:
    """Weights from raking to the frame's two margins, held within bounds.

    Categories with fewer than ``minimum`` answers join their neighbour first (see ``joining.join_small``).
    Each margin's known people are multiplied so that their shares are the frame's; who prefers not to say is
    left untouched by that margin. Where w/mean(w) leaves the bounds, trimming (to the bounds at mean 1) and
    raking alternate; if both cannot hold, the bounds win and the gap is reported. Few people in few cells are
    no error.

    Parameters
    ----------
    roles, areas : iterable of labels, length n
        One a person; None or "" is "prefers not to say".
    role_totals, area_totals : mapping label -> headcount
        The frame; the order counts where the neighbours are silent.
    bounds : (float, float)
        Of w/mean(w), around 1.
    rounds : int
        Of trimming and raking, at most.
    minimum : int
        Answers with which a category stands on its own.
    role_neighbours, area_neighbours : mapping label -> sequence of labels, optional
        The preferred first.

    Raises
    ------
    TooFewAnswers
        Nobody answered.
    MarginsContradict
        The headcounts by role and by area add up to different totals.
    UnknownStratum
        Somebody's role or area is not in the frame.
    ShapeMismatch, OutOfRange

    References
    ----------
    Deming & Stephan (1940), Annals of Mathematical Statistics; Kish (1965), Survey Sampling (n_eff).
    """
    low, high = bounds
    if not 0 <= low <= 1 <= high:
        raise OutOfRange(f"the bounds of the weights must lie around 1, from 0 upwards; they are {bounds}")
    role = read_margin("role", roles, role_totals, minimum, role_neighbours)
    area = read_margin("area", areas, area_totals, minimum, area_neighbours)
    n = role.codes.size
    if n != area.codes.size:
        raise ShapeMismatch(f"{n} roles and {area.codes.size} areas; give one of each a person")
    if n == 0:
        raise TooFewAnswers("nobody answered, so there is nobody to weight")
    check_same_total(role.total, area.total)

    shape = (role.shares.size + 1, area.shares.size + 1)
    cells = role.codes * shape[1] + area.codes
    counts = np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape).astype(np.float64)
    table = CellTable(counts, (role.shares, area.shares))
    mass = table.rake(counts, FIRST_ROUNDS)
    trimmed = 0
    if table.within(mass, low, high):
        mass = table.trim(mass, low, high)
        gap = table.gap(mass)
    else:
        mass, gap, trimmed = table.rake_within(mass, low, high, rounds)
    # Once more at the end, because a sum divided by its count may miss the bound by a rounding.
    weights = np.clip(table.weights(mass), low, high).ravel()[cells]
    return RakingWeights(
        weights=weights,
        n=n,
        n_eff=effective_n(weights),
        margin_gap=gap,
        joined=role.joined + area.joined,
        rounds=trimmed,
        bounded=gap > MARGIN_MET,
    )
