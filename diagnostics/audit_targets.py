"""Whose mean must not be placed: hidden groups, small cells, unions of both, and who came or left."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, combinations

import numpy as np
from numpy.typing import NDArray

from diagnostics.audit_classes import Classes
from diagnostics.audit_reading import Breakdown, Kind, Reading, group_rows
from diagnostics.wording import listed

BoolArray = NDArray[np.bool_]
# Of so many small cells in one line every union is attacked; of more the pairs, and the smallest together.
MOST_FOR_ALL_UNIONS = 8
KINDS: tuple[Kind, Kind] = ("role group", "service area")


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """A mean that must not be placed: whose it is, in which version, and which classes make it up.

    Of people who are ``no_row`` of a table (a cell, or a role group that is reported only joined to another),
    what one shown group's mean tells by itself is in the nature of printing it.
    """

    version: int
    kind: Kind
    name: str
    classes: BoolArray
    no_row: bool = False


def targets_of(readings: Sequence[Reading], heading: str, classes: Classes) -> list[Target]:
    """Give all that is to be attacked under one heading; of unions none that has a name of its own."""
    found: list[Target] = []
    together: list[Target] = []
    for r, reading in enumerate(readings):
        if reading.heading(heading) is None:
            continue
        for breakdown in reading.breakdowns:
            groups = list(_hidden_groups(reading, heading, r, breakdown, classes))
            found += groups
            together += _unions(reading, groups, classes)
        cells = dict(_small_cells(reading, r, classes))
        found += cells.values()
        for axis in (0, 1):
            for label in dict.fromkeys(key[axis] for key in reading.keys):
                line = [
                    replace(cell, kind=KINDS[axis])
                    for c, cell in cells.items()
                    if reading.keys[c][axis] == label
                ]
                together += _unions(reading, line, classes)
        found += _small_members(reading, r, classes)
    for r, reading in enumerate(readings):
        for other in range(len(readings)):
            if other != r:
                found += _leavers(reading, r, other, classes)
    found = [target for target in found if (classes.count * target.classes).sum() > 0]
    once = {(target.version, target.classes.tobytes()): target for target in (*reversed(together), *found)}
    return [*found, *(t for t in together if once[t.version, t.classes.tobytes()] is t)]


def unions(sizes: Sequence[int], fewest: int) -> Iterator[tuple[int, ...]]:
    """Give the sets of two and more parts that together are fewer people than the threshold.

    All of them where there are few parts; else all pairs, and the smallest together.

    Parameters
    ----------
    sizes : sequence of int
        People of each part, at least one.
    fewest : int
        The threshold.
    """
    order = sorted(range(len(sizes)), key=lambda part: sizes[part])
    together = list(accumulate(sizes[part] for part in order))
    most = sum(total < fewest for total in together)
    every = len(sizes) <= MOST_FOR_ALL_UNIONS
    for size in range(2, most + 1):
        if every or size == 2:
            for chosen in combinations(order, size):
                if sum(sizes[part] for part in chosen) < fewest:
                    yield chosen
        else:
            yield tuple(order[:size])


def _hidden_groups(
    reading: Reading, heading: str, version: int, breakdown: Breakdown, classes: Classes
) -> Iterator[Target]:
    """Give the groups of a breakdown that are not shown, who did not say, and the unions of small ones."""
    published = reading.heading(heading)
    rows = group_rows(published, breakdown.kind) if published is not None else ()
    shown = {row.id for row in rows if row.score is not None}
    for g in range(len(breakdown.groups) + 1):
        group = breakdown.groups[g] if g < len(breakdown.groups) else None
        if group is None or group.id not in shown:
            name = reading.name_of(breakdown.kind, group.id if group else None)
            yield Target(version, breakdown.kind, name, classes.in_group(version, breakdown.of_cell, g))


def _small_cells(reading: Reading, version: int, classes: Classes) -> Iterator[tuple[int, Target]]:
    """Give the base cells with fewer people than the threshold, by their place."""
    inside, cell = classes.inside[version], classes.cell[version]
    in_cell = np.bincount(cell[inside], classes.count[inside], len(reading.keys))
    for c in np.flatnonzero((in_cell > 0) & (in_cell < reading.threshold)).tolist():
        yield c, Target(version, "service area", reading.name_of_cell(c), inside & (cell == c), True)


def _small_members(reading: Reading, version: int, classes: Classes) -> Iterator[Target]:
    """Give the role groups joined to others that have fewer people than the threshold."""
    inside, cell = classes.inside[version], classes.cell[version]
    joined = [m for group in reading.knowledge.role_groups if len(group.members) > 1 for m in group.members]
    for member in joined:
        chosen = inside & np.isin(cell, [c for c, (role, _) in enumerate(reading.keys) if role == member])
        if (classes.count * chosen).sum() < reading.threshold:
            yield Target(version, "role group", reading.name_of("role group", member), chosen, True)


def _unions(reading: Reading, parts: Sequence[Target], classes: Classes) -> Iterator[Target]:
    """Give the unions of parts that have anybody, and together fewer people than the threshold."""
    sizes = [int((classes.count * part.classes).sum()) for part in parts]
    small = [p for p, size in enumerate(sizes) if 0 < size < reading.threshold]
    for chosen in unions([sizes[p] for p in small], reading.threshold):
        members = [parts[small[place]] for place in chosen]
        name = f"{listed([member.name for member in members])} together"
        together = np.logical_or.reduce([member.classes for member in members])
        yield replace(members[0], name=name, classes=together)


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
