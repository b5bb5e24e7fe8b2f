"""A printed table of shares as rows of an integer program, and whether answers agree with it."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from diagnostics.audit_solver import Program

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
# A kind of people and an option.
Cell = tuple[int, int]

# Printed numbers are rounded with halves upwards, so an interval holds its low end and not its high one. The
# solver is true to a millionth; what lies nearer to the end than this is taken to lie on it.
EDGE = 1e-5
_MET = 2e-6
# Intervals wider than this, in points, are open ends: their middle is no better than any other place.
_WIDEST = 10.0


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A printed table of shares in R versions, of V kinds of people who choose among O options.

    Attributes
    ----------
    count : (V,) int array
        People of each kind.
    share : (R, V) float array
        What one of them adds to a share, in per cent; 0 where they are not in the version.
    least, most : (R, O) float arrays
        Between which ends the shares must lie, in per cent.
    scores : (O,) float array
        What each option scores, 0 to 100.
    least_mean, most_mean : (R,) float arrays
        Between which ends the mean must lie.
    """

    count: IntArray
    share: FloatArray
    least: FloatArray
    most: FloatArray
    scores: FloatArray
    least_mean: FloatArray
    most_mean: FloatArray

    def key(self) -> bytes:
        """Give the same bytes for the same table."""
        parts = (self.count, self.share, self.least, self.most, self.scores, self.least_mean, self.most_mean)
        return b"|".join(np.ascontiguousarray(part).tobytes() for part in parts)

    def agrees(self, shares: FloatArray) -> BoolArray:
        """Say which shares, (..., R, O), agree with the page."""
        within = (shares >= self.least - _MET) & (shares < self.most - _MET)
        mean = shares @ self.scores / 100
        mean_within = (mean >= self.least_mean - _MET) & (mean < self.most_mean - _MET)
        return np.asarray(within.all(axis=(-1, -2)) & mean_within.all(axis=-1), np.bool_)

    def beyond(self, shares: FloatArray) -> FloatArray:
        """Say by how much shares, (..., R, O), miss what is printed; 0 where they agree."""
        missed = np.maximum(self.least - shares, shares - self.most + EDGE).clip(0).sum(axis=(-1, -2))
        mean = shares @ self.scores / 100
        off = np.maximum(self.least_mean - mean, mean - self.most_mean + EDGE).clip(0).sum(axis=-1)
        total: FloatArray = missed + off
        return total

    def with_edges(self) -> "Table":
        """Let an interval hold its high end too."""
        return replace(self, most=self.most + 2 * EDGE, most_mean=self.most_mean + 2 * EDGE)

    def shares(self, chosen: IntArray) -> FloatArray:
        """Give the shares that answers, (V, O) people by what they chose, add up to."""
        found: FloatArray = self.share @ chosen.astype(np.float64)
        return found

    def moves(self) -> FloatArray:
        """Give what a move of one person, (V, from, to), does to the shares, (R, O)."""
        unit = np.eye(self.least.shape[1])
        step = unit[np.newaxis, :, :] - unit[:, np.newaxis, :]
        found: FloatArray = np.einsum("rv,abo->vabro", self.share, step)
        return found

    def program(self, cell: Cell | None, whole: bool) -> Program:
        """Give the rows of the program: people by option, and last how far inside the intervals they lie.

        ``cell`` holds somebody. Without ``whole`` people may be split.
        """
        kinds, options = len(self.count), self.least.shape[1]
        size = kinds * options
        told = np.concatenate(
            [np.concatenate([self._of_shares(r), self._of_mean(r)]) for r in range(len(self.share))]
        )
        least = np.concatenate([self.least, self.least_mean[:, np.newaxis]], axis=1).ravel()
        most = np.concatenate([self.most, self.most_mean[:, np.newaxis]], axis=1).ravel() - EDGE
        depth = np.minimum(most - least, _WIDEST)[:, np.newaxis]
        everybody = np.kron(np.eye(kinds), np.ones(options))
        none = np.zeros((kinds, 1))
        low = np.zeros(size + 1)
        if cell is not None:
            low[cell[0] * options + cell[1]] = 1.0
        free = np.full(len(told), np.inf)
        return Program(
            rows=np.block([[everybody, none], [told, -depth], [told, depth]]),
            least=np.concatenate([self.count, least, -free]),
            most=np.concatenate([self.count, free, most]),
            low=low,
            high=np.append(np.repeat(self.count, options), 0.5),
            whole=size if whole else 0,
        )

    def inwards(self) -> FloatArray:
        """Give the aim of lying as far inside the intervals as can be."""
        return np.append(np.zeros(len(self.count) * self.least.shape[1]), -1.0)

    def people(self, x: FloatArray) -> FloatArray:
        """Read people by option from a solution."""
        return x[:-1].reshape(len(self.count), self.least.shape[1])

    def _of_shares(self, version: int) -> FloatArray:
        return np.kron(self.share[version], np.eye(self.least.shape[1]))

    def _of_mean(self, version: int) -> FloatArray:
        return np.kron(self.share[version], self.scores / 100)[np.newaxis, :]
