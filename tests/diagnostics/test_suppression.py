"""Which groups are hidden, and how coarsely a number is printed."""

from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from diagnostics.disclosure import MINIMUM_THRESHOLD
from diagnostics.suppression import band, hidden_groups, printed_score, printed_share, whole

GROUPS = st.lists(st.tuples(st.integers(0, 60), st.one_of(st.none(), st.integers(0, 80))), max_size=8)


def hidden(*answers: int, threshold: int = 10) -> list[int]:
    """The answers of the hidden groups, all of which have people enough in the frame."""
    return sorted(answers[g] for g in hidden_groups(answers, [100] * len(answers), threshold))


def test_threshold_is_ten() -> None:
    assert MINIMUM_THRESHOLD == 10


@pytest.mark.parametrize(
    "answers, expected",
    [((40, 31, 21, 8), [8, 21]), ((60, 34, 6), [6, 34]), ((92, 4, 4), [4, 4, 92])],
)
def test_worked_examples(answers: tuple[int, ...], expected: list[int]) -> None:
    """Three worked examples: what goes with the small group, and when everything does."""
    assert hidden(*answers) == expected


@pytest.mark.parametrize("order", [(8, 21, 31, 40), (31, 8, 40, 21), (21, 40, 8, 31)])
def test_order_of_groups_does_not_matter(order: tuple[int, ...]) -> None:
    assert hidden(*order) == [8, 21]


@pytest.mark.parametrize("answers, expected", [(9, [9, 30]), (10, []), (11, [])])
def test_answers_one_below_at_and_one_above_the_threshold(answers: int, expected: list[int]) -> None:
    assert hidden(answers, 30, 40) == expected


@pytest.mark.parametrize("people, expected", [(9, {0}), (10, set()), (11, set())])
def test_people_in_the_frame_one_below_at_and_one_above_the_threshold(
    people: int, expected: set[int]
) -> None:
    """More answers than headcount: the frame decides, however many answered."""
    assert hidden_groups([12, 30, 40], [people, 50, 50], 10) == expected


def test_small_frame_takes_its_neighbour_along_when_its_answers_are_few() -> None:
    assert hidden_groups([9, 30, 40], [9, 50, 50], 10) == {0, 1}


def test_nothing_is_hidden_where_every_group_is_large() -> None:
    assert hidden(10, 10, 10) == []


def test_all_but_one_are_never_shown() -> None:
    """An authority mean with all team means but one gives the last."""
    for small in range(10):
        assert len(hidden(small, 12, 40, 50)) != 1


def test_two_small_groups_that_protect_each_other_hide_nobody_else() -> None:
    assert hidden(5, 5, 40, 50) == [5, 5]


def test_two_small_groups_that_do_not_protect_each_other_take_the_next_smallest() -> None:
    assert hidden(4, 5, 40, 50) == [4, 5, 40]


def test_group_without_answers_is_hidden() -> None:
    assert 0 in hidden_groups([0, 30, 40], [25, 50, 50], 10)


def test_group_without_answers_and_without_headcount_does_not_exist() -> None:
    assert hidden_groups([30, 40, 0], [50, 50, None], 10) == frozenset()


@pytest.mark.parametrize("unsaid, expected", [(1, {0, 2}), (9, {0, 2}), (10, {2}), (25, {2})])
def test_people_who_did_not_say_are_hidden_and_protected(unsaid: int, expected: set[int]) -> None:
    assert hidden_groups([30, 40, unsaid], [50, 50, None], 10) == expected


def test_no_groups() -> None:
    assert hidden_groups([], [], 10) == frozenset()


@given(GROUPS, st.integers(10, 25))
@example([(0, 20), (0, 20)], 10)
@example([(9, None)], 10)
def test_hidden_groups_hold_nobody_or_enough_people(
    groups: list[tuple[int, int | None]], threshold: int
) -> None:
    answers, people = [n for n, _ in groups], [headcount for _, headcount in groups]
    concealed = hidden_groups(answers, people, threshold)
    together = sum(answers[g] for g in concealed)
    everything = all(g in concealed or (answers[g] == 0 and people[g] is None) for g in range(len(groups)))
    assert together == 0 or together >= threshold or everything


@given(GROUPS, st.integers(10, 25))
def test_what_is_shown_has_answers_and_people_enough(
    groups: list[tuple[int, int | None]], threshold: int
) -> None:
    answers, people = [n for n, _ in groups], [headcount for _, headcount in groups]
    concealed = hidden_groups(answers, people, threshold)
    for g, (n, headcount) in enumerate(groups):
        if g not in concealed and not (n == 0 and headcount is None):
            assert n >= threshold and headcount is not None and headcount >= threshold


@given(GROUPS, st.integers(10, 24), st.integers(1, 20))
def test_a_higher_threshold_hides_at_least_as_much(
    groups: list[tuple[int, int | None]], threshold: int, more: int
) -> None:
    answers, people = [n for n, _ in groups], [headcount for _, headcount in groups]
    lower, higher = (hidden_groups(answers, people, k) for k in (threshold, threshold + more))
    assert len(lower) <= len(higher)
    assert sum(answers[g] for g in lower) <= sum(answers[g] for g in higher)
    small = {g for g in lower if answers[g] < threshold or (people[g] or 0) < threshold}
    assert small <= higher
    ample: list[int | None] = [None if headcount is None else 200 for headcount in people]
    assert hidden_groups(answers, ample, threshold) <= hidden_groups(answers, ample, threshold + more)


@given(GROUPS, st.randoms(use_true_random=False))
def test_what_is_hidden_depends_on_answers_and_people_only(
    groups: list[tuple[int, int | None]], random: Random
) -> None:
    """Groups of the same size may stand in for each other; those that differ may not."""
    order = list(range(len(groups)))
    random.shuffle(order)
    moved = [groups[g] for g in order]

    def sizes(listed: list[tuple[int, int | None]]) -> list[int]:
        concealed = hidden_groups([n for n, _ in listed], [p for _, p in listed], 10)
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
    "share, expected",
    [(0, 5), (0.01, 5), (0.074, 5), (0.075, 10), (0.12, 10), (0.125, 15), (0.924, 90), (0.925, 95), (1, 95)],
)
def test_shares_go_to_the_nearest_5_between_5_and_95(share: float, expected: int) -> None:
    assert printed_share(share) == expected


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
