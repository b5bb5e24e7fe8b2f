"""Who is who in several versions of one wave: people who were in the same versions form a class.

The attacker is assumed to have the strongest key: the same people gave the same answers in every
version, and of a cell with 9 answers in one version and 10 in the next, 9 people are the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from diagnostics.audit_reading import FloatArray, IntArray, Reading


@dataclass(frozen=True, slots=True, eq=False)
class Classes:
    """K classes of people of one cell who answered a measure in the same of R versions.

    Attributes
    ----------
    count : (K,) int array
        People.
    cell : (R, K) int array
        The cell in each version, −1 where they are not in it.
    inside : (R, K) bool array
    weight : (R, K) float array
        Of each of them; 0 where they are not in it.
    """

    count: IntArray
    cell: IntArray
    inside: NDArray[np.bool_]
    weight: FloatArray

    def in_group(self, version: int, of_cell: IntArray, group: int) -> NDArray[np.bool_]:
        """Say which classes are in a group in one version."""
        found: NDArray[np.bool_] = self.inside[version] & (of_cell[self.cell[version]] == group)
        return found


def classes_of(readings: Sequence[Reading], counts: Sequence[IntArray]) -> Classes:
    """Link the people of several versions, cell by cell, for one measure.

    Parameters
    ----------
    readings : sequence of Reading, length R
        Versions of one wave.
    counts : sequence of (C,) int arrays
        Who answered the measure, by cell, in each version.
    """
    places = [{key: c for c, key in enumerate(reading.keys)} for reading in readings]
    keys = list(dict.fromkeys(key for reading in readings for key in reading.keys))
    cell = np.array([[place.get(key, -1) for key in keys] for place in places], np.int64).reshape(
        len(readings), len(keys)
    )
    table = np.zeros(cell.shape, np.int64)
    for r, answered in enumerate(counts):
        table[r] = np.where(cell[r] >= 0, answered[cell[r]], 0) if len(answered) else 0
    found_count, found_cell, found_inside = [], [], []
    levels = np.sort(table, axis=0)
    for step in range(len(readings)):
        below = levels[step - 1] if step else np.zeros(len(keys), np.int64)
        here = np.flatnonzero(levels[step] > below)
        inside = table[:, here] >= levels[step][here]
        found_count.append(levels[step][here] - below[here])
        found_inside.append(inside)
        found_cell.append(np.where(inside, cell[:, here], -1))
    inside = np.concatenate(found_inside, axis=1)
    at = np.concatenate(found_cell, axis=1)
    weight = np.zeros(at.shape)
    for r, reading in enumerate(readings):
        if len(reading.weight):
            weight[r] = np.where(inside[r], reading.weight[at[r]], 0.0)
    return Classes(np.concatenate(found_count), at, inside, weight)
