"""Which groups are too small, whose response is hidden, and how coarsely a number is printed."""

from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from diagnostics.disclosure import MINIMUM_THRESHOLD
from diagnostics.suppression import (
    LEAST_SPAN,
    band,
    hidden_rates,
    primary_groups,
    printed_score,
    printed_share,
    whole,
    within_the_ends,
)

GROUPS = st.lists(st.tuples(st.integers(0, 60), st.one_of(st.none(), st.integers(0, 80))), max_size=8)


def test_threshold_is_ten() -> None:
    assert MINIMUM_THRESHOLD == 10


@pytest.mark.parametrize("answers, expected", [(9, {0}), (10, set()), (11, set())])
def test_answers_one_below_at_and_one_above_the_threshold(answers: int, expected: set[int]) -> None:
    assert primary_groups([answers, 30, 40], [50, 50, 50], 10) == expected


@pytest.mark.parametrize("people, expected", [(9, {0}), (10, set()), (11, set())])
def test_people_in_the_frame_one_below_at_and_one_above_the_threshold(
    people: int, expected: set[int]
) -> None:
    """More answers than headcount: the frame decides, however many answered."""
    assert primary_groups([12, 30, 40], [people, 50, 50], 10) == expected


def test_group_without_answers_is_not_shown() -> None:
    assert primary_groups([0, 30], [25, 50], 10) == {0}


@pytest.mark.parametrize("unsaid, expected", [(0, set()), (1, {1}), (25, {1})])
def test_people_who_did_not_say_are_no_group_that_is_shown(unsaid: int, expected: set[int]) -> None:
    assert primary_groups([30, unsaid], [50, None], 10) == expected


# ------------------------------------------------------------------------------------ response rates


def hidden(*answers: int, threshold: int = 10) -> list[int]:
    """The answers of the groups whose response is hidden; all have people enough in the frame."""
    return sorted(answers[g] for g in hidden_rates(answers, [100] * len(answers), threshold))


@pytest.mark.parametrize(
    "answers, expected",
    [
        ((40, 31, 21, 8), [8, 21]),
        ((60, 34, 6), [6, 34]),
        ((92, 4, 4), [4, 4, 92]),
        ((9, 30, 40), [9, 30]),
        ((10, 30, 40), []),
        ((5, 5, 40, 50), [5, 5]),
        ((4, 5, 40, 50), [4, 5, 40]),
    ],
)
def test_whose_response_goes_with_the_small_group(answers: tuple[int, ...], expected: list[int]) -> None:
    assert hidden(*answers) == expected


@pytest.mark.parametrize("order", [(8, 21, 31, 40), (31, 8, 40, 21), (21, 40, 8, 31)])
def test_order_of_groups_does_not_matter(order: tuple[int, ...]) -> None:
    assert hidden(*order) == [8, 21]


def test_all_rates_but_one_are_never_shown() -> None:
    for small in range(10):
        assert len(hidden(small, 12, 40, 50)) != 1


def test_no_groups() -> None:
    assert hidden_rates([], [], 10) == frozenset()


@pytest.mark.parametrize("unsaid", [1, 9, 10])
def test_people_who_did_not_say_take_no_rate_along(unsaid: int) -> None:
    """They have no headcount, so no rate of theirs can be worked out."""
    assert hidden_rates([30, 40, unsaid], [50, 50, None], 10) == {2}


def most_left(answered: list[int], people: list[int], concealed: frozenset[int]) -> int:
    """The most answers that can be left for the hidden groups, by trying every number in the shown ones."""
    fewest = 0
    for g, (n, headcount) in enumerate(zip(answered, people, strict=True)):
        if g not in concealed:
            told = (printed_share(min(1.0, n / headcount)), band(n))
            fewest += next(
                m for m in range(n + 1) if (printed_share(min(1.0, m / headcount)), band(m)) == told
            )
    return sum(answered) - fewest


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=5))
@example([(0, 1), (23, 6)])
def test_hidden_rates_cannot_be_placed(groups: list[tuple[int, int]]) -> None:
    """Against trying every number. In the example 23 of 29 can be nothing else, so one was silent."""
    answered, people = [n for n, _ in groups], [n + more for n, more in groups]
    concealed = hidden_rates(answered, list(people), 10)
    if len([g for g in concealed if answered[g]]) == len([n for n in answered if n]):
        return
    left = most_left(answered, people, concealed)
    for g in concealed:
        if people[g]:
            total_alone = 100 * min(1.0, sum(answered) / people[g])
            assert 100 * min(1.0, left / people[g]) >= min(LEAST_SPAN, total_alone) - 1e-9


@given(GROUPS, st.integers(10, 25))
@example([(0, 20), (0, 20)], 10)
@example([(9, None)], 10)
def test_hidden_rates_belong_to_nobody_or_to_enough_people(
    groups: list[tuple[int, int | None]], threshold: int
) -> None:
    answers, people = [n for n, _ in groups], [headcount for _, headcount in groups]
    concealed = hidden_rates(answers, people, threshold)
    rows = sum(answers[g] for g in concealed if people[g] is not None)
    everything = all(g in concealed or answers[g] == 0 for g in range(len(groups)))
    assert rows == 0 or sum(answers[g] for g in concealed) >= threshold or everything
    assert primary_groups(answers, people, threshold) <= concealed


@given(GROUPS, st.randoms(use_true_random=False))
def test_whose_response_is_hidden_depends_on_answers_and_people_only(
    groups: list[tuple[int, int | None]], random: Random
) -> None:
    """Groups of the same size may stand in for each other; those that differ may not."""
    order = list(range(len(groups)))
    random.shuffle(order)
    moved = [groups[g] for g in order]

    def sizes(listed: list[tuple[int, int | None]]) -> list[int]:
        concealed = hidden_rates([n for n, _ in listed], [p for _, p in listed], 10)
        return sorted(listed[g][0] for g in concealed if listed[g] != (0, None))

    assert sizes(moved) == sizes(groups)


# ------------------------------------------------------------------------------------------ printing


def test_scores_are_rounded_last() -> None:
    """Numbers are rounded last: 75 and 75, and a difference of +1."""
    later, earlier = 75.43647583, 74.63572484
    assert (whole(later), whole(earlier), whole(later - earlier)) == (75, 75, 1)


@pytest.mark.parametrize(
    "value, expected",
    [(0.5, 1), (-0.5, -1), (1.5, 2), (2.5, 3), (-2.5, -3), (0.49, 0), (-0.49, 0), (74.5, 75), (0.0, 0)],
)
def test_halves_go_away_from_zero(value: float, expected: int) -> None:
    assert whole(value) == expected


@pytest.mark.parametrize(
    "score, expected",
    [(0, 5), (4.4, 5), (5.4, 5), (5.5, 6), (50.5, 51), (94.4, 94), (94.5, 95), (96, 95), (100, 95)],
)
def test_scores_stay_between_5_and_95(score: float, expected: int) -> None:
    assert printed_score(score) == expected


@pytest.mark.parametrize(
    "score, expected", [(0, 5), (5.4, 5), (5.5, 5.5), (62.3, 62.3), (94.4, 94.4), (94.5, 95), (99.9, 95)]
)
def test_scores_at_an_end_count_as_5_or_95(score: float, expected: float) -> None:
    assert within_the_ends(score) == expected


@pytest.mark.parametrize(
    "share, expected",
    [(0, 5), (0.01, 5), (0.074, 5), (0.075, 10), (0.12, 10), (0.125, 15), (0.924, 90), (0.925, 95), (1, 95)],
)
def test_shares_go_to_the_nearest_5_between_5_and_95(share: float, expected: int) -> None:
    assert printed_share(share) == expected


def test_a_share_on_the_edge_is_not_moved_by_the_computer() -> None:
    """69 of 120 are 57.5 %, though the nearest number that a computer has lies below."""
    assert 100 * (69 / 120) < 57.5
    assert printed_share(69 / 120) == 60


@given(st.floats(0, 1))
def test_share_is_never_further_off_than_it_says(share: float) -> None:
    printed = printed_share(share)
    assert printed % 5 == 0 and 5 <= printed <= 95
    assert abs(printed - 100 * share) <= 2.5 + 1e-9 or printed in (5, 95)


@pytest.mark.parametrize(
    "n, expected",
    [
        (9, "fewer than 10"),
        (10, "10 to 19"),
        (19, "10 to 19"),
        (20, "20 to 49"),
        (49, "20 to 49"),
        (50, "50 to 99"),
        (99, "50 to 99"),
        (100, "100 or more"),
        (5000, "100 or more"),
    ],
)
def test_bands(n: int, expected: str) -> None:
    assert band(n) == expected
