"""The solver that the auditor attacks with: linear and integer programs, each with a limit of time."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

Outcome = Literal["solved", "impossible", "gave up"]
_OPTIMAL, _INFEASIBLE = 0, 2


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """How a program ended; ``x`` and ``value`` only where it was solved."""

    outcome: Outcome
    x: FloatArray
    value: float


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """Rows that must lie between ``least`` and ``most``, of variables between ``low`` and ``high``.

    The first ``whole`` variables must be whole numbers.
    """

    rows: FloatArray
    least: FloatArray
    most: FloatArray
    low: FloatArray
    high: FloatArray
    whole: int = 0

    def minimise(self, aim: FloatArray, seconds: float, gap: float = 0.0) -> Solution:
        """Find the variables that make ``aim`` smallest; with whole numbers it may stop within ``gap``."""
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        constraints = (
            [LinearConstraint(csr_array(self.rows), self.least, self.most)] if len(self.rows) else []
        )
        result = milp(
            aim,
            integrality=(np.arange(aim.size) < self.whole).astype(np.int64),
            bounds=Bounds(self.low, self.high),
            constraints=constraints,
            options={"time_limit": seconds, "mip_rel_gap": gap},
        )
        nothing = np.zeros(0)
        if result.status == _INFEASIBLE:
            return Solution("impossible", nothing, np.nan)
        # Where any whole numbers will do, those found before time ran out are as good as the best.
        good = result.x is not None and (result.status == _OPTIMAL or self.whole > 0)
        if not good:
            return Solution("gave up", nothing, np.nan)
        x = np.asarray(result.x, np.float64)
        return Solution("solved", x, float(aim @ x))
