"""Attack on the means of a heading: a linear program on the sums of person scores.

What is hidden must stay at least 10 points wide, or as wide as the authority's mean alone leaves it: a
group that is nearly everybody is told by the total, which is accepted. So is what a shown group's mean alone
tells of nearly all of its people, where they are no row of a table. The attack is on what several numbers
tell together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from diagnostics.audit_classes import Classes, classes_of
from diagnostics.audit_counts import LEAST_SPAN
from diagnostics.audit_note import note_row
from diagnostics.audit_reading import (
    FloatArray,
    Interval,
    Reading,
    between,
    group_rows,
    told_by_score,
)
from diagnostics.audit_report import Weakness
from diagnostics.audit_solver import Program
from diagnostics.audit_targets import Target, targets_of

TOLERANCE = 1e-6
# Random aims whose extremes show how far hidden means can lie apart, before any is asked for by itself.
_ROUNDS = 12
_SEED = 2018

Totals = Sequence[Interval | None]


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
    rows = list(_rows(readings, heading, classes, totals))
    # Where the totals stand alone there is nothing to put beside them but other versions.
    if all(row.of == "total" for row in rows) and len(readings) == 1:
        return MeansAttack((), 0)
    targets = targets_of(readings, heading, classes)
    if not targets:
        return MeansAttack((), 0)
    programs = _programs(classes, rows, seconds)
    if not programs:
        return _without_links(readings, heading, totals, seconds)
    means = np.array([_mean_of(classes, target.version, target.classes) for target in targets])
    least = _least_spans(classes, targets, rows)
    spans, late = _spans(programs, means, least, seconds)
    narrow = np.flatnonzero(~late & (spans[:, 1] - spans[:, 0] < least - TOLERANCE))
    least = _less_what_is_told_in_any_case(classes, rows, targets, means, least, narrow, seconds)
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


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """What is told of the classes: a weighted sum of them, and between which ends it lies.

    Only the note on weighting may leave two intervals, of which one holds.
    """

    version: int
    weight: FloatArray
    told: tuple[Interval, ...]
    of: Literal["total", "note", "group"]


def _rows(readings: Sequence[Reading], heading: str, classes: Classes, totals: Totals) -> Iterator[_Row]:
    for r, reading in enumerate(readings):
        published, total = reading.heading(heading), totals[r]
        if published is None:
            continue
        if total is not None:
            yield _Row(r, _mean_of(classes, r, classes.inside[r]), (total,), "total")
        if (note := note_row(reading, heading, classes, r)) is not None:
            yield _Row(r, *note, "note")
        for breakdown in reading.breakdowns:
            place = {group.id: g for g, group in enumerate(breakdown.groups)}
            for row in group_rows(published, breakdown.kind):
                if row.score is None or row.id not in place:
                    continue
                mean = _mean_of(classes, r, classes.in_group(r, breakdown.of_cell, place[row.id]))
                if mean.any():
                    yield _Row(r, mean, (told_by_score(row.score),), "group")


def _least_spans(classes: Classes, targets: Sequence[Target], rows: Sequence[_Row]) -> FloatArray:
    """Say how wide each target must stay: 10 points, or what one mean of its version leaves of it.

    That is the authority's mean, and for people who are no row the mean of any shown group too.
    """
    least = np.full(len(targets), LEAST_SPAN)
    version = np.array([target.version for target in targets])
    chosen = np.array([target.classes for target in targets])
    no_row = np.array([target.no_row for target in targets])
    for row in rows:
        if row.of == "note":
            continue
        held = (version == row.version) & ~(chosen & (row.weight <= 0)).any(axis=1)
        if row.of == "group":
            held &= no_row
        for t in np.flatnonzero(held).tolist():
            low, high = part_of(row.told[0], float(row.weight[chosen[t]].sum()))
            least[t] = min(least[t], high - low)
    return least


def part_of(total: Interval, share: float) -> Interval:
    """Say between which ends the mean of a part must lie, where the whole lies in ``total``.

    ``share`` is the part's share of all weight; the rest may be anywhere from 0 to 100.
    """
    low = max(0.0, (total[0] - 100 * (1 - share)) / share)
    return low, min(100.0, total[1] / share)


def _programs(classes: Classes, rows: Sequence[_Row], seconds: float) -> list[Program]:
    """Give a program for each way in which all of the rows can hold; none where they cannot."""
    programs = [
        Program(
            rows=np.array([row.weight for row in rows]).reshape(len(rows), len(classes.count)),
            least=np.array([low for low, _ in told]),
            most=np.array([high for _, high in told]),
            low=np.zeros(len(classes.count)),
            high=np.full(len(classes.count), 100.0),
        )
        for told in product(*(row.told for row in rows))
    ]
    nothing = np.zeros(len(classes.count))
    return [program for program in programs if program.minimise(nothing, seconds).outcome != "impossible"]


def _less_what_is_told_in_any_case(
    classes: Classes,
    rows: Sequence[_Row],
    targets: Sequence[Target],
    means: FloatArray,
    least: FloatArray,
    narrow: NDArray[np.intp],
    seconds: float,
) -> FloatArray:
    """Accept what a version's total and note tell together: both stand in any case.

    Of people who are no row it is accepted of every version, and so is what one shown mean of it tells:
    another version weighs the same people otherwise, so that it may tell a little more of them by itself than
    the version in which they are attacked.
    """
    accepted = least.copy()
    for said, about in _told_in_any_case(rows, targets, narrow):
        here = np.array(about, np.intp)
        left, late = _spans(_programs(classes, said, seconds), means[here], accepted[here], seconds)
        accepted[here] = np.where(late, accepted[here], np.minimum(accepted[here], left[:, 1] - left[:, 0]))
    return accepted


def _told_in_any_case(
    rows: Sequence[_Row], targets: Sequence[Target], narrow: NDArray[np.intp]
) -> Iterator[tuple[list[_Row], list[int]]]:
    """Give what is accepted beside ``_least_spans``, each with the targets of which it is accepted."""
    for version in dict.fromkeys(row.version for row in rows):
        said = [row for row in rows if row.version == version and row.of != "group"]
        noted = any(row.of == "note" for row in said)
        about = [
            t for t in narrow.tolist() if (noted if targets[t].version == version else targets[t].no_row)
        ]
        if said and about:
            yield said, about
    for row in rows:
        about = [
            t
            for t in narrow.tolist()
            if row.of == "group"
            and targets[t].no_row
            and targets[t].version != row.version
            and not (targets[t].classes & (row.weight <= 0)).any()
        ]
        if about:
            yield [row], about


def _spans(
    programs: Sequence[Program], means: FloatArray, least: FloatArray, seconds: float
) -> tuple[FloatArray, NDArray[np.bool_]]:
    """Find how far each mean can lie apart, no further than is needed to pass it.

    Any two tables of answers that agree with the page prove the span between them, for all means at
    once; only a mean that they leave unproven is asked for by itself. One of the programs holds.
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
        for program, sign in product(programs, (1.0, -1.0)):
            solution = program.minimise(sign * aim, seconds)
            if solution.outcome == "solved":
                values = means @ solution.x
                low, high = np.minimum(low, values), np.maximum(high, values)
        if before == np.count_nonzero(~(high - low >= least)) <= 2:
            break
    for t in np.flatnonzero(~(high - low >= least)).tolist():
        if high[t] - low[t] >= least[t]:
            continue
        ends = [program.minimise(sign * means[t], seconds) for program in programs for sign in (1.0, -1.0)]
        if not ends or any(end.outcome != "solved" for end in ends):
            late[t] = True
            continue
        # What shows this mean far apart may show others too.
        for end in ends:
            values = means @ end.x
            low, high = np.minimum(low, values), np.maximum(high, values)
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
