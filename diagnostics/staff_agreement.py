"""How far staff agree with each other under one heading, and how well its items hang together."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from diagnostics.agreement import icc, r_star_wg, r_wg_j
from diagnostics.errors import MethodError
from diagnostics.framework_parts import Settings
from diagnostics.instrument import Instrument
from diagnostics.reliability import Alpha, Omega, cronbach_alpha, mcdonald_omega

FloatArray = NDArray[np.float64]
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class StaffAgreement:
    """How far staff agree under one heading; None where it cannot be computed.

    ``r_star_wg``, ``r_wg_j``, ``alpha`` and ``omega`` rest on the items that everybody is shown;
    ``icc1`` and ``icc2`` compare the heading's scores across service areas.
    """

    r_star_wg: float | None
    r_wg_j: float | None
    icc1: float | None
    icc2: float | None
    alpha: Alpha | None
    omega: Omega | None

    def is_low(self, settings: Settings) -> bool:
        """Say whether staff disagree so much that one mean must not stand alone."""
        split = self.r_star_wg is not None and self.r_star_wg < settings.low_r_star_wg
        by_area = self.icc1 is not None and self.icc1 > settings.low_icc1
        return split or by_area


def staff_agreement(
    settings: Settings,
    instrument: Instrument,
    items: FloatArray,
    scores: FloatArray,
    areas: NDArray[np.intp],
    heading: int,
) -> StaffAgreement:
    """Compute agreement and reliability under one heading.

    Parameters
    ----------
    settings, instrument
        From the framework.
    items : (n, k) float array
        Answers as scores from 0 to 100; NaN is missing.
    scores : (n,) float array
        Each person's score under the heading, NaN where missing.
    areas : (n,) int array
        Each person's service area; negative where it is not known, and then left out of the ICC.
    heading : int
        Position of the heading in the framework.
    """
    columns = np.flatnonzero((instrument.in_heading[:, heading] > 0) & instrument.to_everybody)
    agreed = agreed_j = None
    if columns.size:
        # In steps of one option, whatever the stored values; scales of different length are put on the first
        # one's null spread, so that one null serves all.
        options = instrument.options[columns]
        null_sd = np.sqrt((options**2 - 1) / 12.0)
        answers = items[:, columns] / 100 * (options - 1) * (null_sd[0] / null_sd)
        first = int(options[0])
        agreed = _or_none(lambda: r_star_wg(answers, first).value)
        agreed_j = _or_none(lambda: r_wg_j(answers, first).value)
    everybody = items[:, columns]
    complete = everybody[np.isfinite(everybody).all(axis=1)]
    alpha = omega = None
    if columns.size > 1 and len(complete) >= settings.alpha_answers:
        alpha = _or_none(lambda: cronbach_alpha(complete))
    if columns.size > 2 and len(complete) >= settings.omega_answers:
        omega = _or_none(lambda: mcdonald_omega(complete))
    known = (areas >= 0) & np.isfinite(scores)
    differ = _or_none(lambda: icc(scores[known], areas[known]))
    return StaffAgreement(
        r_star_wg=agreed,
        r_wg_j=agreed_j,
        icc1=differ.icc1 if differ else None,
        icc2=differ.icc2 if differ else None,
        alpha=alpha,
        omega=omega,
    )


def _or_none(statistic: Callable[[], Result]) -> Result | None:
    """Leave a coefficient out where the answers do not allow it; the reader is told that it is missing."""
    try:
        return statistic()
    except MethodError:
        return None
