"""How far the silent staff would have to differ: the tipping point."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from diagnostics.errors import OutOfRange
from diagnostics.nonresponse import TippingPoint, tipping_point
from diagnostics.scoring import stage_of

CUTS = (25.0, 50.0, 75.0)


def test_by_hand() -> None:
    """60 of 100 answered at 55: the other 40 must score 12.5 lower, for 0.6·55 + 0.4·42.5 = 50."""
    found = tipping_point(55, 60, 100, CUTS)
    assert found is not None
    assert found.distance == pytest.approx(12.5)
    assert (found.direction, found.stage) == ("lower", 2)


def test_nearer_cut_is_told() -> None:
    found = tipping_point(70, 50, 100, CUTS)
    assert found is not None
    assert found.distance == pytest.approx(10)
    assert (found.direction, found.stage) == ("higher", 4)


def test_stage_1_can_only_rise_and_stage_4_can_only_fall() -> None:
    low, high = tipping_point(20, 50, 100, CUTS), tipping_point(80, 50, 100, CUTS)
    assert low is not None and (low.direction, low.stage) == ("higher", 2)
    assert high is not None and (high.direction, high.stage) == ("lower", 3)


@pytest.mark.parametrize("n, people", [(100, 100), (101, 100), (430, 420)])
def test_where_everybody_answered_there_is_none(n: int, people: int) -> None:
    assert tipping_point(55, n, people, CUTS) is None


def test_no_plausible_difference() -> None:
    """With 95 of 100 heard, the other 5 would have to score 55 + 400 or 55 − 100."""
    assert tipping_point(55, 95, 100, CUTS) is None


@pytest.mark.parametrize("n, expected", [(50, 60.0), (51, None)], ids=["at its end", "beyond it"])
def test_end_of_the_scale(n: int, expected: float | None) -> None:
    """From 60 to a cut at 30 the other half would have to score 0, and fewer than half still less."""
    found = tipping_point(60, n, 100, (30.0, 90.0, 95.0))
    assert (found.distance if found else None) == expected


@pytest.mark.parametrize("mean", [-0.1, 100.1, float("nan")])
def test_mean_outside_the_scale(mean: float) -> None:
    with pytest.raises(OutOfRange):
        tipping_point(mean, 50, 100, CUTS)


@given(st.floats(0, 100), st.integers(1, 300), st.integers(1, 300))
def test_at_the_tipping_point_the_stage_moves_and_before_it_does_not(
    mean: float, n: int, silent: int
) -> None:
    people = n + silent
    found = tipping_point(mean, n, people, CUTS)
    assume(found is not None)
    assert found is not None
    sign = 1 if found.direction == "higher" else -1

    def overall(difference: float) -> float:
        return (n * mean + silent * (mean + sign * difference)) / people

    assert stage_of(overall(found.distance + 1e-6), CUTS) == found.stage != stage_of(mean, CUTS)
    if found.distance > 1e-3:
        assert stage_of(overall(found.distance * 0.999 - 1e-6), CUTS) == stage_of(mean, CUTS)
    assert 0 <= mean + sign * found.distance <= 100


@pytest.mark.parametrize(
    ("distance", "direction", "points"),
    [
        (40 / 3, "lower", 14),
        (40 / 3, "higher", 14),
        (12.0, "higher", 12),
        (12.0, "lower", 13),
        (12.0 - 1e-12, "lower", 13),
        (12.0 + 1e-12, "higher", 12),
        (0.0, "lower", 1),
        (0.2, "higher", 1),
    ],
)
def test_the_points_that_are_told_do_move_the_stage(distance: float, direction: str, points: int) -> None:
    """A score at a cut is in the stage above it."""
    assert TippingPoint(distance, direction, 2).points == points
