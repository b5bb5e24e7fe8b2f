"""What to do, and in which order; and how far the order would hold if our weights were others."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from diagnostics.framework import Framework
from diagnostics.importance import relative_weights
from diagnostics.published import SOURCES, Source
from diagnostics.scoring import SAME_SCORE

__all__ = ["RankedStep", "rank_steps", "relative_weights"]

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

MOST_IMPORTANT = 5


@dataclass(frozen=True, slots=True)
class RankedStep:
    """A step in its place.

    ``priority`` is 0 to 1; ``first_share`` the share, 0 to 1, of draws in which the step came among
    the first; ``tied_with`` the steps whose order with this one held in too few draws;
    ``requires`` the steps that are not done yet and come before it.
    """

    id: str
    rank: int
    priority: float
    first_share: float
    tied_with: tuple[str, ...]
    requires: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Drawn:
    """All quantities under the published weights (row 0) and under each draw (rows 1 onwards)."""

    priority: FloatArray
    included: BoolArray
    done: BoolArray


def rank_steps(
    framework: Framework,
    scores: Mapping[str, Mapping[Source, float]],
    generator: np.random.Generator | None,
) -> tuple[RankedStep, ...]:
    """Rank the framework's steps.

    ``need = max(0, target − score)/target``; ``priority = need × importance/5 × feasibility``, averaged
    over the characteristics that a step moves. A step is eligible where the mean score of its
    characteristics lies in one of its from-stages. A required step above its from-stages counts
    as done; otherwise it comes first. The first three come from two headings where possible. The
    draws move source weights, importance and feasibility by up to the framework's spread, never
    the cuts.

    Parameters
    ----------
    framework : Framework
    scores : mapping of characteristic id to its counted sources' scores
        0 to 100. A characteristic without a source is left out of the averages; a step without any
        scored characteristic is left out.
    generator : numpy Generator or None
        Seeded by the caller; None leaves the draws out, and every ``first_share`` is 1 or 0.

    Returns
    -------
    tuple of RankedStep
        In order of rank, from 1.
    """
    steps = framework.steps
    if not steps or not any(scores.values()):
        return ()
    drawn = _draw(framework, scores, generator)
    keys = _keys(framework, drawn)
    order = _order(framework, drawn, keys)
    first = framework.settings.steps_first
    # Who is not there comes after everybody, and never among the first, however few steps there are.
    position = np.where(drawn.included, np.argsort(order, axis=1), max(len(steps), first))
    tested = slice(1, None) if generator is not None else slice(None)
    share = (position[tested] < first).mean(axis=0)
    ranked = [int(s) for s in order[0] if drawn.included[0, s]]
    no_ties: dict[int, list[int]] = {s: [] for s in ranked}
    tied = _ties(framework, position[tested], keys[tested], ranked) if generator else no_ties
    index = {step.id: s for s, step in enumerate(steps)}
    return tuple(
        RankedStep(
            id=steps[s].id,
            rank=rank,
            priority=float(drawn.priority[0, s]),
            first_share=float(share[s]),
            tied_with=tuple(steps[other].id for other in tied[s]),
            requires=tuple(r for r in steps[s].requires if not drawn.done[0, index[r]]),
        )
        for rank, s in enumerate(ranked, start=1)
    )


def _draw(
    framework: Framework,
    scores: Mapping[str, Mapping[Source, float]],
    generator: np.random.Generator | None,
) -> _Drawn:
    settings = framework.settings
    characteristics, steps = framework.characteristics, framework.steps
    table = np.array(
        [[scores.get(c.id, {}).get(source, np.nan) for source in SOURCES] for c in characteristics]
    )
    heard = np.isfinite(table)
    weights = np.array([settings.source_weights.as_mapping()[source] for source in SOURCES])
    importance = np.array([c.importance / MOST_IMPORTANT for c in characteristics])
    efforts = ("S", "M", "L")
    feasibility = np.array([getattr(settings.feasibility, effort) for effort in efforts])
    weights, importance, feasibility = (
        _spread(base, settings.rank_draws, settings.rank_spread, generator)
        for base in (weights, importance, feasibility)
    )

    total = weights @ heard.T
    score = np.divide(
        weights @ np.where(heard, table, 0.0).T, total, out=np.full(total.shape, np.nan), where=total > 0
    )
    known = np.isfinite(score).astype(np.float64)
    moves = np.array([[float(step.id in c.steps) for step in steps] for c in characteristics])
    counts = known @ moves
    need = np.where(known > 0, np.maximum(0.0, settings.target - score) / settings.target, 0.0)
    effort = [efforts.index(step.effort) for step in steps]
    priority = _ratio((need * importance) @ moves, counts) * feasibility[:, effort]
    step_score = _ratio(np.where(known > 0, score, 0.0) @ moves, counts)
    stage = 1 + np.searchsorted(settings.stage_cuts, step_score + SAME_SCORE, side="right")
    allowed = np.array([[s in step.from_stages for s in (1, 2, 3, 4)] for step in steps])
    eligible = allowed[np.arange(len(steps)), stage - 1]
    last = np.array([max(step.from_stages) for step in steps])
    return _Drawn(
        priority=priority,
        included=eligible & (counts > 0) & (priority > 0),
        done=(counts > 0) & (stage > last),
    )


def _spread(base: FloatArray, draws: int, spread: float, generator: np.random.Generator | None) -> FloatArray:
    """Stack the published values on draws of them, each moved on its own."""
    if generator is None:
        return base[np.newaxis]
    moved = base * generator.uniform(1 - spread, 1 + spread, size=(draws, base.size))
    return np.vstack([base, moved])


def _keys(framework: Framework, drawn: _Drawn) -> FloatArray:
    """Give what the steps are ordered by: what is required takes the priority of what requires it."""
    steps = framework.steps
    index = {step.id: s for s, step in enumerate(steps)}
    depth = _depths(framework)
    lifted = drawn.priority.copy()
    for s in sorted(range(len(steps)), key=lambda s: -depth[s]):
        for required in (index[r] for r in steps[s].requires):
            comes_first = drawn.included[:, s] & ~drawn.done[:, required]
            higher = np.maximum(np.where(drawn.included[:, required], lifted[:, required], 0.0), lifted[:, s])
            lifted[:, required] = np.where(comes_first, higher, lifted[:, required])
            drawn.included[:, required] |= comes_first
    lifted = np.where(drawn.included, lifted, -1.0)
    # Equal to nine digits is equal: the last bits of a product must not decide an order.
    keys: FloatArray = np.round(lifted, 9)
    return keys


def _order(framework: Framework, drawn: _Drawn, keys: FloatArray) -> NDArray[np.intp]:
    """Order the steps in every draw, what is required before what requires it."""
    depths = np.broadcast_to(_depths(framework), keys.shape)
    order = np.lexsort((depths, -keys), axis=1)
    return _from_two_headings(framework, drawn, order)


def _depths(framework: Framework) -> NDArray[np.int64]:
    depth: dict[str, int] = {}

    def measure(step_id: str) -> int:
        if step_id not in depth:
            requires = next(step.requires for step in framework.steps if step.id == step_id)
            depth[step_id] = 1 + max((measure(r) for r in requires), default=-1)
        return depth[step_id]

    return np.array([measure(step.id) for step in framework.steps], dtype=np.int64)


def _required_before(framework: Framework) -> list[set[int]]:
    """Give for each step, by position, all that it requires, at once or in the end."""
    index = {step.id: s for s, step in enumerate(framework.steps)}
    requires = [{index[r] for r in step.requires} for step in framework.steps]
    for s in np.argsort(_depths(framework), kind="stable").tolist():
        requires[s].update(*(requires[r] for r in tuple(requires[s])))
    return requires


def _from_two_headings(framework: Framework, drawn: _Drawn, order: NDArray[np.intp]) -> NDArray[np.intp]:
    """Where the first steps all belong to one heading, let the next of another take the last place."""
    first = framework.settings.steps_first
    steps = framework.steps
    if first < 2 or len(steps) <= first:
        return order
    index = {step.id: s for s, step in enumerate(steps)}
    heading_of = framework.heading_of
    names = [heading.id for heading in framework.headings]
    heading = np.array([names.index(heading_of[framework.moved_by(step.id)[0].id].id) for step in steps])
    leading = heading[order[:, :first]]
    for row in np.flatnonzero((leading == leading[:, :1]).all(axis=1)):
        ranked = order[row]
        if not drawn.included[row, ranked[:first]].all():
            continue
        kept = set(ranked[: first - 1].tolist())
        for place in range(first, len(steps)):
            candidate = int(ranked[place])
            waiting = {index[r] for r in steps[candidate].requires if not drawn.done[row, index[r]]}
            other = heading[candidate] != heading[ranked[0]]
            if drawn.included[row, candidate] and other and waiting <= kept:
                rest = [s for s in ranked[first - 1 :].tolist() if s != candidate]
                order[row] = [*ranked[: first - 1].tolist(), candidate, *rest]
                break
    return order


def _ties(
    framework: Framework, position: NDArray[np.intp], keys: FloatArray, ranked: list[int]
) -> dict[int, list[int]]:
    """Find the pairs whose order holds in too few of the draws that have either of them.

    Where both have the same priority the order of the list does not hold, unless one requires the other.
    """
    tied: dict[int, list[int]] = {s: [] for s in ranked}
    absent = len(framework.steps)
    earlier = _required_before(framework)
    for i, a in enumerate(ranked):
        for b in ranked[i + 1 :]:
            either = (position[:, a] < absent) | (position[:, b] < absent)
            before = position[either, a] < position[either, b]
            if a not in earlier[b]:
                before &= keys[either, a] != keys[either, b]
            holds = before.mean() if either.any() else 0.0
            if holds < framework.settings.rank_equal_share:
                tied[a].append(b)
                tied[b].append(a)
    return tied


def _ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    ratio: FloatArray = np.divide(above, below, out=np.zeros_like(above), where=below > 0)
    return ratio
