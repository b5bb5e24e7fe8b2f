"""The scores of one heading as disclosure control sees them, and what issued versions have told of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from diagnostics.suppression import primary_groups

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
Range = tuple[float, float]
Group = tuple[int, int]
Hidden = frozenset[int]
BothHidden = tuple[Hidden, Hidden]


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """What a version that people already hold tells of the heading, C cells as in ``Measure``.

    Attributes
    ----------
    weight : (C,) float array
        The sum of the weights of each cell's people in that version.
    total : (float, float)
        Ends between which its total lies.
    shown : tuple of ((C,) bool array, (float, float))
        The groups that it shows, and the ends between which their means lie.
    hidden : two tuples of (C,) bool arrays
        The groups that it does not show, by role group and by service area.
    merged : tuple of (C,) bool arrays
        As ``sensitive`` in ``Measure``.
    moved : tuple of (float, float)
        As in ``Measure``.
    """

    weight: FloatArray
    total: Range
    shown: tuple[tuple[BoolArray, Range], ...] = ()
    hidden: tuple[tuple[BoolArray, ...], tuple[BoolArray, ...]] = ((), ())
    merged: tuple[BoolArray, ...] = ()
    moved: tuple[Range, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Measure:
    """The scores of one heading: C cells, and the groups of two breakdowns that they make up.

    Attributes
    ----------
    people : (C,) int array
        People with a score.
    weight, mean : (C,) float arrays
        The sum of their weights and their mean, 0 to 100.
    group : two (C,) int arrays
        Each cell's group by role and by service area.
    headcount : two sequences of int or None
        People in the frame, by group; None for the group of those who did not say.
    total : float
        The authority's mean.
    threshold : int
    kept : frozenset of int
        Role groups that are hidden for others' sake only where nothing else helps.
    sensitive : tuple of (C,) bool arrays
        Sets of cells that are no row and must not be placed either, such as a role group that was merged.
    lines : two (C,) int arrays, or None
        Each cell's role group and area as they were answered, before small groups are merged; None
        where that is the same.
    issued : tuple of Version
    moved : tuple of (float, float)
        Ends between which the weighted mean less the plain one is known to lie: one of these intervals
        holds. Empty where nothing tells it.
    """

    people: IntArray
    weight: FloatArray
    mean: FloatArray
    group: tuple[IntArray, IntArray]
    headcount: tuple[Sequence[int | None], Sequence[int | None]]
    total: float
    threshold: int
    kept: frozenset[int] = frozenset()
    sensitive: tuple[BoolArray, ...] = ()
    lines: tuple[IntArray, IntArray] | None = None
    issued: tuple[Version, ...] = ()
    moved: tuple[Range, ...] = ()

    def answers(self, breakdown: int) -> list[int]:
        """Give the people with a score in each group of a breakdown."""
        groups = len(self.headcount[breakdown])
        return [int(n) for n in np.bincount(self.group[breakdown], self.people, groups)]

    def primary(self) -> BothHidden:
        """Give the groups that are too small to be shown."""
        role, area = (primary_groups(self.answers(b), self.headcount[b], self.threshold) for b in range(2))
        return role, area
