"""What can be worked out of a heading's two printed tables, its total and all weights.

The suppressor asks it what else to hide. (The auditor has an attack of its own, and shares nothing.)
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, product
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from diagnostics.measure import BothHidden, Measure, Range
from diagnostics.suppression import LEAST_SPAN, printed_total, what_print_tells

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

# The solver is right to about a millionth of a point; a span this much too narrow is no leak.
SOLVER_SLACK = 1e-6
# Objectives that are drawn to prove many spans at once.
DIRECTIONS = 8
# Of so many small sets all subsets are attacked.
ALL_SUBSETS = 8
# Any seed would do; a fixed one makes the same answers hide the same groups.
SEED = 2018
# Means whose weights differ by less are the same mean.
DECIMALS = 9
IMPOSSIBLE = 2
# A row that changes by less, in points, does not change.
NO_CHANGE = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Aim:
    """A mean that must not be placed: the share of each cell in it, as one version weighs the cells.

    ``version`` is 0 for the one that is to be published. People who are ``no_row`` of a table, such as a
    small cell, may be told by a single shown mean what it tells by itself; a hidden group by the total alone.
    """

    share: FloatArray
    version: int
    no_row: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """Something that is told: a weighted sum of the cells, and between which ends it lies (of one pair)."""

    share: FloatArray
    told: tuple[Range, ...]
    version: int
    of: Literal["total", "group", "note"]


class MeanAttack:
    """Answers of one heading that print the same page, and how far apart they let a mean lie.

    A point is a mean for every cell. Points that were found once are kept: where more is hidden they
    print the same page still, and so they prove without a solver what they proved before.
    """

    def __init__(self, measure: Measure) -> None:
        present = np.flatnonzero(measure.people > 0)
        self._people, self._threshold = measure.people[present], measure.threshold
        self._weights = [measure.weight[present], *(version.weight[present] for version in measure.issued)]
        self._members = {
            (b, g): mask
            for b in range(2)
            for g in range(len(measure.headcount[b]))
            if (mask := measure.group[b][present] == g).any()
        }
        rows = list(self._told(measure, present))
        self._rows = np.array([row.share for row in rows])
        self._version = np.array([row.version for row in rows])
        self._of = np.array([row.of for row in rows])
        # One case for each way in which all that is told can hold.
        self._cases = [
            (np.array([low for low, _ in told]), np.array([high for _, high in told]))
            for told in product(*(row.told for row in rows))
        ]
        # The first of them is the truth.
        self._points = measure.mean[present][np.newaxis, :]
        self._alone: dict[tuple[bytes, bytes], float | None] = {}
        # What is hidden only grows from here, so what is proven now stays proven.
        tightest = self._printed(measure.primary())
        self._draw(tightest)
        self._at_any_rate = self._unproven(
            list(self._never_rows(measure, present)), tightest, self._of == "total"
        )

    def _told(self, measure: Measure, present: NDArray[np.intp]) -> Iterator[_Row]:
        """Give what is told: first the groups of the version that is to be published, as in ``_members``."""
        mean = measure.mean[present]
        for mask in self._members.values():
            share = self._share(mask, 0)
            yield _Row(share, (what_print_tells(float(share @ mean)),), 0, "group")
        totals = [printed_total(measure.total), *(version.total for version in measure.issued)]
        notes = [measure.moved, *(version.moved for version in measure.issued)]
        for v, (total, moved) in enumerate(zip(totals, notes, strict=True)):
            share = self._share(self._weights[v] > 0, v)
            yield _Row(share, (total,), v, "total")
            if moved:
                yield _Row(share - self._people / self._people.sum(), moved, v, "note")
        for v, version in enumerate(measure.issued, start=1):
            for mask, ends in version.shown:
                if self._weights[v][mask[present]].any():
                    yield _Row(self._share(mask[present], v), (ends,), v, "group")

    def _never_rows(self, measure: Measure, present: NDArray[np.intp]) -> Iterator[Aim]:
        """Give what must never be placed: few people who are no row, and what issued versions hid."""
        merged = chain(measure.sensitive, *(version.merged for version in measure.issued))
        small = [
            *self._small_sets(line[present] for line in measure.lines or measure.group),
            *(mask[present] for mask in merged),
        ]
        aims = [aim for v in range(len(self._weights)) for aim in self._aims(small, v, no_row=True)]
        for v, version in enumerate(measure.issued, start=1):
            for masks in version.hidden:
                aims += self._aims(self._with_unions([mask[present] for mask in masks]), v, no_row=False)
        yield from {(aim.no_row, aim.share.round(DECIMALS).tobytes()): aim for aim in reversed(aims)}.values()

    def _aims(self, masks: Iterable[BoolArray], version: int, *, no_row: bool) -> Iterator[Aim]:
        for mask in masks:
            if self._weights[version][mask].any():
                yield Aim(self._share(mask, version), version, no_row)

    def _small_sets(self, lines: Iterable[IntArray]) -> Iterator[BoolArray]:
        """Give the cells of fewer people than the threshold, and what some of them in one line make together.

        A line is a role group or a service area: what is left of it when shown groups are taken away.
        """
        cells = np.arange(self._people.size)
        small = self._people < self._threshold
        yield from (cells == c for c in np.flatnonzero(small))
        for line in lines:
            for value in np.unique(line):
                in_line = np.flatnonzero(small & (line == value))
                by_size = in_line[np.argsort(self._people[in_line], kind="stable")]
                yield from self._unions([cells == c for c in by_size])

    def _with_unions(self, masks: Sequence[BoolArray]) -> Iterator[BoolArray]:
        yield from masks
        yield from self._unions([mask for mask in masks if mask.any()])

    def _unions(self, masks: Sequence[BoolArray]) -> Iterator[BoolArray]:
        """Give the unions of two or more that hold fewer people than the threshold together.

        Of many masks, smallest first, only the pairs and the first few together.
        """
        sizes = [int(self._people[mask].sum()) for mask in masks]
        places = range(len(masks))
        if len(masks) <= ALL_SUBSETS:
            ways = chain.from_iterable(combinations(places, r) for r in range(2, len(masks) + 1))
        else:
            ways = chain(combinations(places, 2), (tuple(range(r)) for r in range(3, len(masks) + 1)))
        for way in ways:
            if sum(sizes[place] for place in way) < self._threshold:
                yield np.logical_or.reduce([masks[place] for place in way])

    def _share(self, mask: BoolArray, version: int) -> FloatArray:
        weight = np.where(mask, self._weights[version], 0.0)
        return np.asarray(weight / weight.sum())

    def _needed(self, aims: Sequence[Aim], printed: BoolArray) -> FloatArray:
        """Give the spans that means must keep: 10 points, or what one mean of their version leaves alone.

        What a single mean of many people tells of some of them is in the nature of printing it; the
        attack is on what several tell together. For a hidden group that single mean is the authority's.
        For a few people who are no row of a table it is also that of any shown group.
        """
        shares = np.array([aim.share for aim in aims])
        version = np.array([aim.version for aim in aims])
        no_row = np.array([aim.no_row for aim in aims])
        holds = ((shares > 0) @ (self._rows <= 0).T) == 0
        holds &= (version[:, np.newaxis] == self._version) & printed & (self._of != "note")
        holds &= (self._of == "total") | no_row[:, np.newaxis]
        own = np.where(holds, (shares > 0) @ self._rows.T, 1.0)
        low, high = self._cases[0]
        left = np.minimum(100.0, high / own) - np.maximum(0.0, (low - 100 * (1 - own)) / own)
        needed: FloatArray = np.where(holds, left, LEAST_SPAN).min(axis=1)
        return np.minimum(needed, LEAST_SPAN)

    def leak(self, hidden: BothHidden) -> Aim | None:
        """Find a mean that can be placed; None where none can."""
        printed = self._printed(hidden)
        concealed = [
            [mask for at, mask in self._members.items() if at[0] == b and at[1] in hidden[b]]
            for b in range(2)
        ]
        aims = [aim for masks in concealed for aim in self._aims(self._with_unions(masks), 0, no_row=False)]
        found = self._placed(aims, printed)
        return found if found is not None else self._placed(self._at_any_rate, printed)

    def withstands(self, aim: Aim, hidden: BothHidden) -> bool:
        """Say whether a mean that was found by ``leak`` could not be placed with this hidden."""
        return self._placed([aim], self._printed(hidden)) is None

    def _placed(self, aims: Sequence[Aim], printed: BoolArray) -> Aim | None:
        """Find the first mean that keeps less than it must."""
        if not aims:
            return None
        shares = np.array([aim.share for aim in aims])
        low, high = self._reach(shares, printed)
        needed = self._needed(aims, printed) - SOLVER_SLACK
        for a, aim in enumerate(aims):
            if high[a] - low[a] >= needed[a]:
                continue
            ends = self._ends_along(aim.share, printed)
            if ends is not None:
                # What shows this mean far apart may show others too.
                values = shares @ ends.T
                low, high = np.minimum(low, values.min(axis=1)), np.maximum(high, values.max(axis=1))
            # A solver without an answer proves nothing more: the mean counts as one that can be placed.
            if high[a] - low[a] < min(needed[a], self._told_in_any_case(aim, printed) - SOLVER_SLACK):
                return aim
        return None

    def _told_in_any_case(self, aim: Aim, printed: BoolArray) -> float:
        """Give the span that is left by what stands in any case.

        That is what its version tells of the authority as a whole. Another version weighs the same people
        otherwise, so for people who are no row what that one tells by itself counts as well.
        """
        versions = range(len(self._weights)) if aim.no_row else (aim.version,)
        spans = [self._told_by(aim, (self._version == v) & (self._of != "group")) for v in versions]
        others = printed & (self._of == "group") & (self._version != aim.version)
        for row in np.flatnonzero(others) if aim.no_row else ():
            if not ((aim.share > 0) & (self._rows[row] <= 0)).any():
                spans.append(self._told_by(aim, np.arange(len(self._rows)) == row))
        return min((span for span in spans if span is not None), default=LEAST_SPAN)

    def _told_by(self, aim: Aim, rows: BoolArray) -> float | None:
        """Give the span that some rows leave by themselves; None where the solver does not know."""
        key = (aim.share.tobytes(), rows.tobytes())
        if key not in self._alone:
            ends = self._ends_along(aim.share, rows)
            self._alone[key] = None if ends is None else float(np.ptp(ends @ aim.share))
        return self._alone[key]

    def _printed(self, hidden: BothHidden) -> BoolArray:
        """Say which rows the reader has: the shown groups, the total, the note, and what was issued."""
        shown = [at[1] not in hidden[at[0]] for at in self._members]
        return np.array([*shown, *[True] * (len(self._rows) - len(shown))])

    def _unproven(self, aims: Sequence[Aim], printed: BoolArray, alone: BoolArray) -> list[Aim]:
        """Leave out the means that are shown to be wide enough without a solver.

        ``alone`` are the means of which it is accepted what each tells by itself.
        """
        if not aims:
            return []
        low, high = self._reach(np.array([aim.share for aim in aims]), printed)
        narrow = high - low < self._needed(aims, alone) - SOLVER_SLACK
        return [aim for aim, is_narrow in zip(aims, narrow, strict=True) if is_narrow]

    def _reach(self, shares: FloatArray, printed: BoolArray) -> tuple[FloatArray, FloatArray]:
        """Say between which ends each mean can surely lie: by the points found, or by the truth shifted."""
        told = self._points @ self._rows[printed].T
        within = [
            ((told >= low[printed] - 2 * SOLVER_SLACK) & (told <= high[printed] + 2 * SOLVER_SLACK)).all(
                axis=1
            )
            for low, high in self._cases
        ]
        reached = shares @ self._points[np.logical_or.reduce(within)].T
        lowest, highest = reached.min(axis=1, initial=np.inf), reached.max(axis=1, initial=-np.inf)
        for case, (low, high) in enumerate(self._cases):
            if within[case][0]:
                rooms = told[0] - low[printed], high[printed] - told[0]
                lower, higher = self._shifted(shares, self._rows[printed], *rooms)
                lowest, highest = np.minimum(lowest, lower), np.maximum(highest, higher)
        return lowest, highest

    def _shifted(
        self, shares: FloatArray, rows: FloatArray, below: FloatArray, above: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """Move the cells of each mean alone towards 0, and towards 100, as far as the rows have room.

        Where everybody stands at one end of the scale no other answers take the mean farther, and chance
        finds none that take it as far.
        """
        true = self._points[0]
        means = shares @ true
        ends = []
        for goal in (0.0, 100.0):
            change = ((shares > 0) * (goal - true)) @ rows.T
            room = np.where(change < 0, below, above).clip(0)
            part = np.where(np.abs(change) > NO_CHANGE, room / np.maximum(np.abs(change), NO_CHANGE), 1.0)
            ends.append(means + part.min(axis=1).clip(max=1.0) * (goal - means))
        return ends[0], ends[1]

    def _draw(self, printed: BoolArray) -> None:
        """Look for points in a few directions, each of which proves many spans at once."""
        random = np.random.default_rng(SEED)
        whole = self._share(self._weights[0] > 0, 0)
        for _ in range(DIRECTIONS):
            self._ends_along(random.choice([-1.0, 1.0], whole.size) * whole, printed)

    def _ends_along(self, objective: FloatArray, printed: BoolArray) -> FloatArray | None:
        """Find the points that make an objective least and most, within all that is printed."""
        from scipy.optimize import linprog

        table = self._rows[printed]
        both = np.vstack([table, -table])
        ends: list[FloatArray] = []
        sure = True
        for low, high in self._cases:
            limits = np.concatenate([high[printed], -low[printed]]) + SOLVER_SLACK
            for sign in (1.0, -1.0):
                found = linprog(sign * objective, A_ub=both, b_ub=limits, bounds=(0.0, 100.0), method="highs")
                if found.x is not None:
                    ends.append(found.x)
                sure &= found.x is not None or found.status == IMPOSSIBLE
        self._points = np.vstack([self._points, *ends])
        return np.array(ends) if ends and sure else None
