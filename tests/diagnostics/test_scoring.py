"""Scores from 0 to 100: items, people and stages."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.errors import OutOfRange
from diagnostics.scoring import item_scores, person_scores, stage_of, stage_score

NAN = math.nan
CUTS = (25.0, 50.0, 75.0)


def one_item(values: list[float], lowest: float, span: float, is_reversed: bool = False) -> list[float]:
    scores: list[float] = item_scores([[v] for v in values], [lowest], [span], [is_reversed]).ravel().tolist()
    return scores


def test_answers_run_from_0_to_100() -> None:
    assert one_item([1, 2, 3, 4, 5], 1, 4) == [0, 25, 50, 75, 100]
    assert one_item([0, 1], 0, 1) == [0, 100]
    assert one_item([-3, 0, 3], -3, 6) == [0, 50, 100]
    assert one_item([1, 2, 3, 4], 1, 3) == pytest.approx([0, 100 / 3, 200 / 3, 100])


def test_reversed_items_are_turned_round() -> None:
    assert one_item([1, 2, 3, 4, 5], 1, 4, True) == [100, 75, 50, 25, 0]
    scores = item_scores([[1, 1], [4, 4]], [1, 1], [4, 4], [False, True])
    assert scores.tolist() == [[0, 100], [75, 25]]


def test_dont_know_is_missing_and_never_zero() -> None:
    assert one_item([NAN, 5], 1, 4)[1] == 100
    assert math.isnan(one_item([NAN], 1, 4)[0])
    assert math.isnan(one_item([NAN], 1, 4, True)[0])


def test_nobody_at_all_is_no_error() -> None:
    assert item_scores(np.empty((0, 2)), [1, 1], [4, 4], [False, True]).shape == (0, 2)
    assert item_scores(np.empty((3, 0)), [], [], []).shape == (3, 0)


@pytest.mark.parametrize("value", [0, 6, 0.999, 5.001, -1, math.inf])
@pytest.mark.parametrize("is_reversed", [False, True])
def test_an_answer_outside_its_scale_is_refused(value: float, is_reversed: bool) -> None:
    with pytest.raises(OutOfRange, match="outside its scale"):
        one_item([3, value, NAN], 1, 4, is_reversed)


@given(lowest=st.integers(-50, 50), span=st.integers(1, 200), is_reversed=st.booleans())
def test_the_ends_of_every_scale_are_exactly_0_and_100(lowest: int, span: int, is_reversed: bool) -> None:
    ends = one_item([lowest, lowest + span], lowest, span, is_reversed)
    assert ends == ([100, 0] if is_reversed else [0, 100])


@given(
    lowest=st.integers(-50, 50),
    span=st.integers(1, 200),
    share=st.integers(0, 200),
    is_reversed=st.booleans(),
)
def test_scores_stay_inside_and_reversal_mirrors(
    lowest: int, span: int, share: int, is_reversed: bool
) -> None:
    value = lowest + share % (span + 1)
    (score,) = one_item([value], lowest, span, is_reversed)
    (mirrored,) = one_item([value], lowest, span, not is_reversed)
    assert 0 <= score <= 100
    assert score + mirrored == pytest.approx(100)


def person(
    items: list[float], shown: list[float], bundles: list[list[float]], share: float = 0.5
) -> list[float]:
    scores: list[float] = (
        person_scores(np.array([items]), np.array([shown]), np.array(bundles), share).ravel().tolist()
    )
    return scores


def test_a_person_scores_the_mean_of_what_they_answered() -> None:
    two_headings = [[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]]
    assert person([20, 50, 90], [1, 1, 1], two_headings) == [35, 90]


@pytest.mark.parametrize(
    ("items", "score"),
    [
        ([40, 60, NAN, NAN], 50),
        ([40, NAN, NAN, NAN], None),
        ([NAN, NAN, NAN, NAN], None),
        ([40, 60, 80, NAN], 60),
    ],
)
def test_at_least_half_of_an_even_number(items: list[float], score: float | None) -> None:
    (found,) = person(items, [1, 1, 1, 1], [[1.0]] * 4)
    assert found == score or (score is None and math.isnan(found))


@pytest.mark.parametrize(("items", "score"), [([40, 60, NAN, NAN, NAN], None), ([40, 60, 80, NAN, NAN], 60)])
def test_at_least_half_of_an_odd_number(items: list[float], score: float | None) -> None:
    (found,) = person(items, [1] * 5, [[1.0]] * 5)
    assert found == score or (score is None and math.isnan(found))


def test_only_what_was_shown_counts_towards_the_half() -> None:
    items = [40, NAN, NAN, NAN]
    assert person(items, [1, 1, 0, 0], [[1.0]] * 4) == [40]
    assert math.isnan(person(items, [1, 1, 1, 0], [[1.0]] * 4)[0])


def test_nothing_shown_is_missing() -> None:
    assert math.isnan(person([NAN, NAN], [0, 0], [[1.0]] * 2)[0])
    assert math.isnan(person([NAN, NAN], [0, 0], [[1.0]] * 2, share=0)[0])


def test_the_share_that_must_be_answered_is_a_setting() -> None:
    items = [30, 60, NAN, NAN]
    assert person(items, [1] * 4, [[1.0]] * 4, share=0.5) == [45]
    assert math.isnan(person(items, [1] * 4, [[1.0]] * 4, share=0.51)[0])
    assert person([30, NAN, NAN, NAN], [1] * 4, [[1.0]] * 4, share=0.0) == [30]
    assert math.isnan(person(items, [1] * 4, [[1.0]] * 4, share=1.0)[0])


answers = st.lists(st.one_of(st.none(), st.floats(0, 100)), min_size=1, max_size=12)


@given(answers)
def test_a_person_scores_between_their_lowest_and_highest_item(given_answers: list[float | None]) -> None:
    items = [NAN if a is None else a for a in given_answers]
    known = [a for a in given_answers if a is not None]
    (score,) = person(items, [1.0] * len(items), [[1.0]] * len(items))
    if 2 * len(known) < len(items) or not known:
        assert math.isnan(score)
    else:
        assert min(known) - 1e-9 <= score <= max(known) + 1e-9
        assert score == pytest.approx(sum(known) / len(known))


def test_stages_are_thirds_of_the_way() -> None:
    assert [stage_score(stage) for stage in (1, 2, 3, 4)] == pytest.approx([0, 100 / 3, 200 / 3, 100])
    assert stage_score(2.5) == 50


@pytest.mark.parametrize("stage", [0, 0.99, 4.01, 5, NAN])
def test_there_is_no_other_stage(stage: float) -> None:
    with pytest.raises(OutOfRange, match="stage"):
        stage_score(stage)


@pytest.mark.parametrize(
    ("score", "stage"),
    [
        (0, 1),
        (24.9999, 1),
        (25, 2),
        (25.0001, 2),
        (49.9999, 2),
        (50, 3),
        (74.9999, 3),
        (75, 4),
        (100, 4),
    ],
)
def test_a_score_on_a_cut_belongs_to_the_higher_stage(score: float, stage: int) -> None:
    assert stage_of(score, CUTS) == stage


@pytest.mark.parametrize("cut", CUTS)
def test_rounding_in_the_last_digits_moves_no_stage(cut: float) -> None:
    below = math.nextafter(cut, 0)
    assert stage_of(below, CUTS) == stage_of(cut, CUTS)
    # A mean of nothing but this score, by the published weights of survey and interview.
    assert stage_of((0.35 * cut + 0.2 * cut) / (0.35 + 0.2), CUTS) == stage_of(cut, CUTS)


def test_the_cuts_are_settings() -> None:
    assert [stage_of(score, (30, 55, 80)) for score in (29, 30, 54, 55, 79, 80)] == [1, 2, 2, 3, 3, 4]


@given(st.floats(0, 100), st.floats(0, 100))
def test_a_higher_score_is_never_in_a_lower_stage(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 1 <= stage_of(low, CUTS) <= stage_of(high, CUTS) <= 4
