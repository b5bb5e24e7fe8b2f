"""Answers that agree with a printed table, found by dealing people out and moving them about."""

from dataclasses import dataclass, field

import numpy as np

from diagnostics.audit_solver import Outcome, Program
from diagnostics.audit_tables import BoolArray, Cell, FloatArray, IntArray, Table

_STEPS = 60
# Moves that are worth looking one move further from.
_BEAM = 24
_ROUNDINGS = 4
# So small beside the way inwards that it only chooses among equals.
_ASIDE = 1e-4
_SEED = 2018

Move = tuple[int, int, int]


@dataclass(slots=True, eq=False)
class Search:
    """A search among the answers that agree with one table, V kinds of people by O options."""

    table: Table
    moves: FloatArray = field(init=False)

    def __post_init__(self) -> None:
        self.moves = self.table.moves()

    def dealt(self) -> IntArray | None:
        """Deal people out to the middle of what is printed, heaviest first, then mend; None if that fails."""
        table = self.table
        version = int(np.argmax((table.share > 0) @ table.count))
        aim = _middle(table, version)
        if aim is None:
            return None
        left, chosen = aim.tolist(), np.zeros((len(table.count), len(aim)), np.int64)
        options = range(len(left))
        for kind in np.argsort(-table.share[version], kind="stable").tolist():
            weight, people = float(table.share[version, kind]), int(table.count[kind])
            wanting = sum(max(0.0, part) for part in left)
            for option in options:
                part = int(people * max(0.0, left[option]) / wanting) if wanting > 0 else 0
                chosen[kind, option] += part
                left[option] -= weight * part
            for _ in range(people - int(chosen[kind].sum())):
                option = max(options, key=left.__getitem__)
                chosen[kind, option] += 1
                left[option] -= weight
        return self.mended(chosen)

    def mended(self, chosen: IntArray, kept: Cell | None = None) -> IntArray | None:
        """Move people until the table is met; one person of the cell ``kept`` stays. None if that fails."""
        chosen = chosen.copy()
        shares = self.table.shares(chosen)
        for _ in range(_STEPS):
            if bool(self.table.agrees(shares)):
                return chosen
            steps = self._better(chosen, shares, kept)
            if not steps:
                return None
            for kind, start, end in steps:
                chosen[kind, start] -= 1
                chosen[kind, end] += 1
            shares = self.table.shares(chosen)
        return None

    def _better(self, chosen: IntArray, shares: FloatArray, kept: Cell | None) -> list[Move]:
        """Find the move, or the two moves, that miss the table least; none where nothing misses it less."""
        now = float(self.table.beyond(shares))
        missed = self.table.beyond(shares + self.moves)
        missed[_absent(chosen, kept)] = np.inf
        first = int(np.argmin(missed))
        if missed.flat[first] < now:
            return [_move(first, missed.shape)]
        beam = np.argsort(missed, axis=None)[:_BEAM]
        beam = beam[np.isfinite(missed.flat[beam])]
        if not beam.size:
            return []
        kinds, starts, ends = np.unravel_index(beam, missed.shape)
        after = np.repeat(chosen[np.newaxis], beam.size, axis=0)
        row = np.arange(beam.size)
        after[row, kinds, starts] -= 1
        after[row, kinds, ends] += 1
        ahead = shares + self.moves[kinds, starts, ends]
        second = self.table.beyond(ahead[:, np.newaxis, np.newaxis, np.newaxis] + self.moves)
        second[_absent(after, kept)] = np.inf
        best = int(np.argmin(second))
        if not second.flat[best] < now:
            return []
        branch, *_ = np.unravel_index(best, second.shape)
        return [
            _move(int(beam[branch]), missed.shape),
            _move(best % missed.size, missed.shape),
        ]

    def by_one(self, chosen: IntArray) -> BoolArray:
        """Find the options that somebody of each kind can move to with nobody else moving."""
        agrees = self.table.agrees(self.table.shares(chosen) + self.moves)
        agrees &= (chosen > 0)[:, :, np.newaxis]
        return np.asarray(agrees.any(axis=1), np.bool_)

    def by_several(self, chosen: IntArray, cell: Cell) -> IntArray | None:
        """Move somebody to a cell, and others to make up for it; None if that fails."""
        kind, option = cell
        for start in np.flatnonzero(chosen[kind]).tolist():
            moved = chosen.copy()
            moved[kind, start] -= 1
            moved[kind, option] += 1
            found = self.mended(moved, cell)
            if found is not None:
                return found
        return None

    def by_rounding(self, cell: Cell | None, seconds: float) -> tuple[IntArray | None, Outcome]:
        """Split people as the page allows, then put them together again and mend; None if that fails.

        What not even split people can do is impossible, and the outcome says so.
        """
        table, generator = self.table, np.random.default_rng(_SEED)
        program, aim = table.program(cell, whole=False), table.inwards()
        for _ in range(_ROUNDINGS):
            solution = program.minimise(aim, seconds)
            if solution.outcome != "solved":
                return None, solution.outcome
            found = self.mended(_rounded(table.people(solution.x), table.count, cell), cell)
            if found is not None:
                return found, "solved"
            # Another corner of the same middle.
            aim = table.inwards()
            aim[:-1] = _ASIDE * generator.normal(size=aim.size - 1)
        return None, "solved"


def _rounded(split: FloatArray, count: IntArray, cell: Cell | None) -> IntArray:
    """Make people whole: those of a kind that are left over go where the largest parts are."""
    chosen = np.floor(split + 1e-9).astype(np.int64)
    if cell is not None:
        chosen[cell] = max(1, int(chosen[cell]))
    for kind in np.flatnonzero(chosen.sum(axis=1) != count).tolist():
        part = split[kind] - chosen[kind]
        while chosen[kind].sum() < count[kind]:
            option = int(np.argmax(part))
            chosen[kind, option] += 1
            part[option] -= 1
        while chosen[kind].sum() > count[kind]:
            held = chosen[kind].copy()
            if cell is not None and cell[0] == kind:
                held[cell[1]] -= 1
            option = int(np.argmin(np.where(held > 0, part, np.inf)))
            chosen[kind, option] -= 1
            part[option] += 1
    return chosen


def _absent(chosen: IntArray, kept: Cell | None) -> BoolArray:
    """Say from which cells, (..., V, O), nobody can move."""
    absent: BoolArray = chosen <= 0
    if kept is not None:
        absent[..., kept[0], kept[1]] = chosen[..., kept[0], kept[1]] <= 1
    return absent


def _move(place: int, shape: tuple[int, ...]) -> Move:
    kind, start, end = (int(index) for index in np.unravel_index(place, shape))
    return kind, start, end


def _middle(table: Table, version: int) -> FloatArray | None:
    """Give shares as far inside what is printed as they can be, adding up to 100."""
    options = table.least.shape[1]
    width = np.minimum(table.most[version] - table.least[version], 10.0)
    mean_width = table.most_mean[version] - table.least_mean[version]
    # The last variable is how deep inside, as a part of the width.
    rows = [np.append(np.ones(options), 0.0)]
    least, most = [100.0], [100.0]
    for option in range(options):
        unit = np.eye(options)[option]
        rows += [np.append(unit, -width[option]), np.append(unit, width[option])]
        least += [table.least[version, option], -np.inf]
        most += [np.inf, table.most[version, option]]
    if mean_width < 100:
        rows += [
            np.append(table.scores / 100, -mean_width),
            np.append(table.scores / 100, mean_width),
        ]
        least += [table.least_mean[version], -np.inf]
        most += [np.inf, table.most_mean[version]]
    program = Program(
        np.array(rows),
        np.array(least),
        np.array(most),
        np.zeros(options + 1),
        np.append(np.full(options, 100.0), 0.5),
    )
    solution = program.minimise(np.append(np.zeros(options), -1.0), 1.0)
    return solution.x[:-1] if solution.outcome == "solved" else None
