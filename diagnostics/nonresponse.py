"""What silent staff could change: the tipping point of a survey score."""

import math
from dataclasses import dataclass

from diagnostics.errors import OutOfRange
from diagnostics.scoring import stage_of
from diagnostics.suppression import SURE_DECIMALS, at_least


@dataclass(frozen=True, slots=True)
class TippingPoint:
    """How far, in points, those who did not answer would have to differ to move the stage, and which way."""

    distance: float
    direction: str
    stage: int

    @property
    def points(self) -> int:
        """Give the fewest whole points that move the stage: at a cut a score is in the stage above it."""
        if self.direction == "higher":
            return at_least(self.distance)
        return math.floor(round(self.distance, SURE_DECIMALS)) + 1


def tipping_point(mean: float, n: int, people: int, cuts: tuple[float, float, float]) -> TippingPoint | None:
    """Find the smallest difference of the silent staff that moves the survey's stage.

    ``d = |mean − cut|·N/(N − n)`` for the cut below and the cut above.

    Parameters
    ----------
    mean : float
        Of those who answered, 0 to 100.
    n, people : int
        Answers and headcount.
    cuts : three floats
        Where stages 2, 3 and 4 begin.

    Returns
    -------
    TippingPoint or None
        None where everybody answered, or where the silent would have to score beyond 0 to 100.

    Raises
    ------
    OutOfRange
        ``mean`` lies outside 0 to 100.
    """
    if not 0 <= mean <= 100:
        raise OutOfRange(f"a score lies between 0 and 100; it is {mean:g}")
    if n >= people:
        return None
    stage = stage_of(mean, cuts)
    stretch = people / (people - n)
    found = []
    if stage > 1:
        down = (mean - cuts[stage - 2]) * stretch
        if mean - down >= 0:
            found.append(TippingPoint(down, "lower", stage - 1))
    if stage <= len(cuts):
        up = (cuts[stage - 1] - mean) * stretch
        if mean + up <= 100:
            found.append(TippingPoint(up, "higher", stage + 1))
    return min(found, key=lambda point: point.distance, default=None)
