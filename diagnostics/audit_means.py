"""Attack on the means of a heading: a linear program on the sums of person scores.

What is hidden must stay at least 10 points wide, or as wide as the authority's mean alone leaves it: a
group that is nearly everybody is told by the total, which is accepted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from diagnostics.audit_classes import Classes, classes_of
from diagnostics.audit_counts import LEAST_SPAN
from diagnostics.audit_reading import (
    FloatArray,
    Interval,
    Kind,
    Reading,
    between,
    group_rows,
    told_by_score,
)
from diagnostics.audit_report import Weakness
from diagnostics.audit_solver import Program

TOLERANCE = 1e-6
# Random aims whose extremes show how far hidden means can lie apart, before any is asked for by itself.
_ROUNDS = 12
_SEED = 2018

Totals = Sequence[Interval | None]


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """A mean that must not be placed: whose it is, in which version, and which classes make it up."""

    version: int
    kind: Kind
    name: str
    classes: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class MeansAttack:
    """What the attack on one heading found, and how many means were attacked."""

    weaknesses: tuple[Weakness, ...]
    attacked: int


def attack_means(readings: Sequence[Reading], heading: str, totals: Totals, seconds: float) -> MeansAttack:
    """Attack the hidden means of one heading in all versions of a wave.

    Parameters
    ----------
    readings : sequence of Reading
        Versions of one wave.
    heading : str
        Its id.
    totals : sequence of intervals or None
        What is known of the authority's mean in each version; None where it is not shown.
    seconds : float
        Limit of every solve.
    """
    columns = [reading.place(heading) for reading in readings]
    counts = [
        reading.scored[:, column] if column is not None else np.zeros(len(reading.keys), np.int64)
        for reading, column in zip(readings, columns, strict=True)
    ]
    classes = classes_of(readings, counts)
    rows, told, shown = _rows(readings, heading, classes, totals)
    # Where the totals stand alone there is nothing to put beside them but other versions.
    if not shown and len(readings) == 1:
        return MeansAttack((), 0)
    targets = _targets(readings, heading, classes)
    if not targets:
        return MeansAttack((), 0)
    program = Program(
        rows=rows,
        least=np.array([low for low, _ in told]),
        most=np.array([high for _, high in told]),
        low=np.zeros(len(classes.count)),
        high=np.full(len(classes.count), 100.0),
    )
    if program.minimise(np.zeros(len(classes.count)), seconds).outcome == "impossible":
        return _without_links(readings, heading, totals, seconds)
    means = np.array([_mean_of(classes, target.version, target.classes) for target in targets])
    least = np.array([_least_span(classes, target, totals[target.version]) for target in targets])
    spans, late = _spans(program, means, least, seconds)
    found = [
        _weakness(readings[target.version], heading, target, spans[t], bool(late[t]))
        for t, target in enumerate(targets)
        if late[t] or spans[t][1] - spans[t][0] < least[t] - TOLERANCE
    ]
    return MeansAttack(tuple(found), len(targets))


def _without_links(readings: Sequence[Reading], heading: str, totals: Totals, seconds: float) -> MeansAttack:
    """Attack each version by itself, and with less of the total, where the numbers contradict each other.

    Answers that changed between two versions make them disagree; an attacker then drops the assumption that
    nobody changed an answer.
    """
    if len(readings) > 1:
        parts = [
            attack_means([reading], heading, [total], seconds)
            for reading, total in zip(readings, totals, strict=True)
        ]
        return MeansAttack(
            tuple(w for part in parts for w in part.weaknesses), sum(p.attacked for p in parts)
        )
    printed = printed_total(readings[0], heading)
    if printed is not None and totals[0] != printed:
        return attack_means(readings, heading, [printed], seconds)
    shown = readings[0].heading(heading)
    weakness = Weakness(
        "contradiction",
        f"{readings[0].name}, {shown.name if shown else heading}, by role group and by service area",
        "The scores that are shown cannot all be true of the people who answered.",
        "Publish again from the answers; if it stays, tell the developers.",
    )
    return MeansAttack((weakness,), 0)


def printed_total(reading: Reading, heading: str) -> Interval | None:
    """Say what the printed score alone tells of the authority's mean."""
    shown = reading.heading(heading)
    survey = shown.sources.survey if shown else None
    return None if survey is None else told_by_score(survey.score)


def _mean_of(classes: Classes, version: int, chosen: NDArray[np.bool_]) -> FloatArray:
    """Give the weight of each class in the mean of some of them."""
    weight = np.where(chosen, classes.weight[version] * classes.count, 0.0)
    total = weight.sum()
    return weight / total if total > 0 else weight


def _rows(
    readings: Sequence[Reading], heading: str, classes: Classes, totals: Totals
) -> tuple[FloatArray, list[Interval], bool]:
    rows: list[FloatArray] = []
    told: list[Interval] = []
    shown = False
    for r, reading in enumerate(readings):
        published, total = reading.heading(heading), totals[r]
        if published is None:
            continue
        if total is not None:
            rows.append(_mean_of(classes, r, classes.inside[r]))
            told.append(total)
        for breakdown in reading.breakdowns:
            place = {group.id: g for g, group in enumerate(breakdown.groups)}
            for row in group_rows(published, breakdown.kind):
                if row.score is None or row.id not in place:
                    continue
                mean = _mean_of(classes, r, classes.in_group(r, breakdown.of_cell, place[row.id]))
                if mean.any():
                    rows.append(mean)
                    told.append(told_by_score(row.score))
                    shown = True
    return np.array(rows).reshape(len(rows), len(classes.count)), told, shown


def _targets(readings: Sequence[Reading], heading: str, classes: Classes) -> list[Target]:
    found: list[Target] = []
    for r, reading in enumerate(readings):
        published = reading.heading(heading)
        if published is None:
            continue
        for breakdown in reading.breakdowns:
            shown = {row.id for row in group_rows(published, breakdown.kind) if row.score is not None}
            for g in range(len(breakdown.groups) + 1):
                group = breakdown.groups[g] if g < len(breakdown.groups) else None
                if group is not None and group.id in shown:
                    continue
                name = reading.name_of(breakdown.kind, group.id if group else None)
                found.append(Target(r, breakdown.kind, name, classes.in_group(r, breakdown.of_cell, g)))
        found += _small_targets(reading, r, classes)
    for r, reading in enumerate(readings):
        for other in range(len(readings)):
            if other != r:
                found += _leavers(reading, r, other, classes)
    return [target for target in found if (classes.count * target.classes).sum() > 0]


def _small_targets(reading: Reading, version: int, classes: Classes) -> Iterator[Target]:
    """Give the base cells, and the role groups joined to others, with fewer people than the threshold."""
    inside, cell = classes.inside[version], classes.cell[version]
    in_cell = np.bincount(cell[inside], classes.count[inside], len(reading.keys))
    for c in np.flatnonzero((in_cell > 0) & (in_cell < reading.threshold)).tolist():
        yield Target(version, "service area", reading.name_of_cell(c), inside & (cell == c))
    joined = [m for group in reading.knowledge.role_groups if len(group.members) > 1 for m in group.members]
    for member in joined:
        chosen = inside & np.isin(cell, [c for c, (role, _) in enumerate(reading.keys) if role == member])
        if (classes.count * chosen).sum() < reading.threshold:
            yield Target(version, "role group", reading.name_of("role group", member), chosen)


def _leavers(reading: Reading, version: int, other: int, classes: Classes) -> Iterator[Target]:
    """Give who is in one version and not in another: together and by group, where they are few."""
    gone = classes.inside[version] & ~classes.inside[other]
    sets = [("those who are in one version only", gone)]
    for breakdown in reading.breakdowns:
        for g in range(len(breakdown.groups) + 1):
            group = breakdown.groups[g].id if g < len(breakdown.groups) else None
            name = f"those of {reading.name_of(breakdown.kind, group)} who are in one version only"
            sets.append((name, gone & classes.in_group(version, breakdown.of_cell, g)))
    for name, chosen in sets:
        if 0 < (classes.count * chosen).sum() < reading.threshold:
            yield Target(version, "service area", name, chosen)


def _least_span(classes: Classes, target: Target, total: Interval | None) -> float:
    """Say how wide a mean must stay: 10 points, or what the authority's mean alone leaves of it."""
    if total is None:
        return LEAST_SPAN
    weight = classes.weight[target.version] * classes.count
    share = float(weight[target.classes].sum() / weight.sum())
    low, high = part_of(total, share)
    return min(LEAST_SPAN, high - low)


def part_of(total: Interval, share: float) -> Interval:
    """Say between which ends the mean of a part must lie, where the whole lies in ``total``.

    ``share`` is the part's share of all weight; the rest may be anywhere from 0 to 100.
    """
    low = max(0.0, (total[0] - 100 * (1 - share)) / share)
    return low, min(100.0, total[1] / share)


def _spans(
    program: Program, means: FloatArray, least: FloatArray, seconds: float
) -> tuple[FloatArray, NDArray[np.bool_]]:
    """Find how far each mean can lie apart, no further than is needed to pass it.

    Any two tables of answers that agree with the page prove the span between them, for all means at
    once; only a mean that they leave unproven is asked for by itself.
    """
    generator = np.random.default_rng(_SEED)
    low, high = np.full(len(means), np.inf), np.full(len(means), -np.inf)
    least = least - TOLERANCE
    late = np.zeros(len(means), np.bool_)
    for _ in range(_ROUNDS):
        open_ = np.flatnonzero(~(high - low >= least))
        if not open_.size:
            break
        before = open_.size
        aim = generator.choice([-1.0, 1.0], open_.size) @ means[open_]
        for sign in (1.0, -1.0):
            solution = program.minimise(sign * aim, seconds)
            if solution.outcome == "solved":
                values = means @ solution.x
                low, high = np.minimum(low, values), np.maximum(high, values)
        if before == np.count_nonzero(~(high - low >= least)) <= 2:
            break
    for t in np.flatnonzero(~(high - low >= least)).tolist():
        ends = [program.minimise(sign * means[t], seconds) for sign in (1.0, -1.0)]
        if any(end.outcome != "solved" for end in ends):
            late[t] = True
            continue
        low[t], high[t] = ends[0].value, -ends[1].value
    return np.column_stack([low, high]), late


def _weakness(reading: Reading, heading: str, target: Target, span: FloatArray, late: bool) -> Weakness:
    published = reading.heading(heading)
    name = published.name if published else heading
    weakness = Weakness(
        "hidden mean",
        f"{reading.name}, {name}, by {target.kind}",
        f"The score of {target.name} (hidden) must {between(*span)}.",
        f"Hide one more {target.kind} under {name}.",
    )
    if late:
        return replace(
            weakness,
            rule="timed out",
            found=f"The attack on the score of {target.name} (hidden) did not end in time.",
        )
    return weakness
