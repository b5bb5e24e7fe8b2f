"""How far the answers were weighted: in words and to the nearest 5 %, and never which groups were small."""

from dataclasses import replace

import pytest

from diagnostics.profile import Profile
from diagnostics.publication import published_weighting
from diagnostics.published import PublishedWeighting
from tests.diagnostics.planted_wave import Cell, profile_of, wave_of
from tests.diagnostics.small_framework import published


def profile_with(*cells: Cell) -> Profile:
    return profile_of(published(), wave_of(published(), cells))


def even(answered: int) -> Profile:
    return profile_with(
        Cell("leaders", "Assessment", 40, answered), Cell("registered", "Early help", 40, answered)
    )


def test_answers_like_the_frame_need_no_weights() -> None:
    assert published_weighting(even(20)) == PublishedWeighting(95, "met", False)


def test_uneven_answers_cost_some_of_their_number() -> None:
    """Weights 1.5 and 0.75, 20 and 40 times: (Σw)² / Σw² = 53⅓ of 60."""
    found = published_weighting(
        profile_with(Cell("leaders", "Assessment", 60, 20), Cell("registered", "Early help", 60, 40))
    )
    assert found == PublishedWeighting(90, "met", False)


def test_bounds_that_win_leave_the_margins_apart() -> None:
    found = published_weighting(
        profile_with(Cell("leaders", "Assessment", 40, 40), Cell("registered", "Early help", 4000, 40))
    )
    assert found is not None
    assert (found.margins, found.trimmed) == ("apart", True)


@pytest.mark.parametrize(("gap", "margins"), [(0.0099, "close"), (0.01, "close"), (0.0101, "apart")])
def test_margins_are_close_up_to_one_percentage_point(gap: float, margins: str) -> None:
    profile = even(20)
    assert profile.survey is not None
    weighting = replace(profile.survey.weighting, margin_gap=gap, bounded=True)
    survey = replace(profile.survey, weighting=weighting)
    found = published_weighting(replace(profile, survey=survey))
    assert found is not None
    assert found.margins == margins


@pytest.mark.parametrize("answered", [0, 4])
def test_too_few_answers_have_no_weighting(answered: int) -> None:
    assert published_weighting(even(answered)) is None
