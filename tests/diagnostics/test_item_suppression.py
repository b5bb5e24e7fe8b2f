"""A table of answers is shown only where everybody's own answer keeps three possibilities."""

from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from diagnostics import item_suppression
from diagnostics.item_suppression import AnswerTable, may_be_shown
from diagnostics.suppression import LEAST_FOR_DETAIL, printed_score, printed_share

FIVE = (0.0, 25.0, 50.0, 75.0, 100.0)


def table(
    *people: tuple[int, ...],
    weights: tuple[tuple[float, ...], ...] | None = None,
    scores: tuple[float, ...] | None = FIVE,
    printed: tuple[bool, ...] | None = None,
) -> AnswerTable:
    """One row a cell; everybody weighs the same unless told otherwise."""
    return AnswerTable(
        np.array(people, np.int64),
        np.array(weights or ((1.0,) * len(people),)),
        None if scores is None else np.array(scores),
        printed or (True,) * len(people[0]),
    )


@pytest.fixture
def any_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaves out the rule of thirty, to see what the integer program alone decides."""
    monkeypatch.setattr(item_suppression, "LEAST_FOR_DETAIL", 0)


def test_thirty_answers_are_the_least() -> None:
    """Known to everybody and the same for every answer, so it tells nobody what was said."""
    assert LEAST_FOR_DETAIL == 30
    assert not may_be_shown(table((6, 6, 6, 6, 5)))
    assert may_be_shown(table((6, 6, 6, 6, 6)))


def test_mixed_answers_are_shown() -> None:
    assert may_be_shown(table((10, 20, 40, 20, 10)))


@pytest.mark.parametrize("n, shown", [(30, True), (40, True), (200, True)])
def test_all_of_one_mind(n: int, shown: bool) -> None:
    """ "95% or more" leaves room: one may have said less and another more, and the mean stays."""
    assert may_be_shown(table((0, 0, 0, n, 0))) is shown


@pytest.mark.usefixtures("any_number")
@pytest.mark.parametrize("n, shown", [(12, False), (13, False), (26, False), (27, True)])
def test_unanimous_few_are_given_away(n: int, shown: bool) -> None:
    """Two must differ for the mean to stay at 75, and 24 of 26 are not yet “95% or more”.

    One at 50 and one at 100 are 1/n each, below 7.5 % from n = 14; those at 75 must be at least 92.5 %,
    (n − 2)/n, which begins at n = 27.
    """
    assert may_be_shown(table((0, 0, 0, n, 0))) is shown


@pytest.mark.usefixtures("any_number")
def test_two_options_are_too_few_where_the_scale_has_five() -> None:
    """Twenty, half and half: 47.5 % of twenty is 9.5, so both tens are told to the last person."""
    assert not may_be_shown(table((10, 0, 0, 0, 10)))


@pytest.mark.usefixtures("any_number")
@pytest.mark.parametrize("ticked, n, shown", [(0, 13, False), (0, 14, True), (13, 13, False), (7, 14, True)])
def test_a_choice_that_nobody_or_everybody_ticked(ticked: int, n: int, shown: bool) -> None:
    """One of thirteen is 7.7 %, more than “5% or fewer”; one of fourteen is 7.1 %."""
    tick = table((ticked, n - ticked), scores=None, printed=(True, False))
    assert may_be_shown(tick) is shown


def test_somebody_who_weighs_much_is_protected_too() -> None:
    """Forty who weigh 0.8 and one who weighs 9: nobody could make up for a change of that one's answer."""
    heavy = table((8, 8, 8, 8, 8), (0, 0, 1, 0, 0), weights=((0.8, 9.0),))
    assert not may_be_shown(heavy)
    assert may_be_shown(table((8, 8, 8, 8, 8), (0, 0, 1, 0, 0), weights=((0.8, 0.9),)))


def test_a_second_version_with_other_weights_tells_more() -> None:
    """Each version alone leaves three possibilities; the two together pin the lone one down."""
    people = ((20, 20, 20, 20, 20), (1, 0, 0, 0, 0))
    alone = table(*people, weights=((1.0, 3.0),))
    assert may_be_shown(alone)
    second = table(*people, weights=((1.0, 3.0), (0.3, 3.0)))
    third = table(*people, weights=((0.3, 3.0),))
    assert may_be_shown(second) <= may_be_shown(third)


def test_a_mean_on_the_edge_of_its_printed_range_is_not_within_it() -> None:
    """Twenty at 25 and ten at 75 print 42; one more step up would be 42.5, which prints as 43.

    So nobody can have gone elsewhere, however close a solver takes 42.5 to be.
    """
    assert not may_be_shown(table((0, 20, 0, 10, 0)))


# ---------------------------------------------------------------------------------- against counting out


def assignments(answer_table: AnswerTable) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Every way in which the people of each cell could have answered."""
    options = answer_table.people.shape[1]

    def ways(n: int, left: int) -> Iterator[tuple[int, ...]]:
        if left == 1:
            yield (n,)
            return
        for first in range(n + 1):
            for rest in ways(n - first, left - 1):
                yield (first, *rest)

    return product(*(list(ways(int(n), options)) for n in answer_table.people.sum(axis=1)))


def page(answer_table: AnswerTable, people: tuple[tuple[int, ...], ...]) -> tuple[int, ...]:
    """What would be printed of these answers, in every version."""
    told: list[int] = []
    for weights in answer_table.weights:
        counts = np.array(people) * weights[:, np.newaxis]
        shares = counts.sum(axis=0) / counts.sum()
        # Rounded, so that a half is a half.
        told += [
            printed_share(round(float(s), 12)) for s, p in zip(shares, answer_table.printed, strict=True) if p
        ]
        if answer_table.scores is not None:
            told.append(printed_score(round(float(shares @ answer_table.scores), 9)))
    return tuple(told)


def counted_out(answer_table: AnswerTable) -> bool:
    real = tuple(tuple(int(n) for n in row) for row in answer_table.people)
    printed = page(answer_table, real)
    possible = np.zeros_like(answer_table.people, dtype=np.bool_)
    for people in assignments(answer_table):
        if page(answer_table, people) == printed:
            possible |= np.array(people) > 0
    fewest = 2 if len(possible[0]) < 4 else 3
    present = answer_table.people.sum(axis=1) > 0
    return bool((possible[present].sum(axis=1) >= fewest).all())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(*[st.integers(0, 4)] * 4), min_size=1, max_size=2).filter(
        lambda rows: 0 < sum(map(sum, rows)) <= 12
    ),
    st.lists(st.sampled_from([0.5, 1.0, 1.7, 3.0]), min_size=2, max_size=2),
)
@example([(0, 0, 12, 0)], [1.0, 1.0])
@example([(3, 3, 3, 2), (1, 0, 0, 0)], [1.0, 3.0])
def test_decides_as_counting_out_every_possibility_does(
    rows: list[tuple[int, int, int, int]], weights: list[float]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(item_suppression, "LEAST_FOR_DETAIL", 0)
        answer_table = table(
            *rows, weights=(tuple(weights[: len(rows)]),), scores=(0.0, 100 / 3, 200 / 3, 100.0)
        )
        assert may_be_shown(answer_table) == counted_out(answer_table)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(*[st.integers(0, 3)] * 3), min_size=1, max_size=3).filter(
        lambda r: sum(map(sum, r)) > 0
    )
)
def test_short_scales_decide_as_counting_out_does(rows: list[tuple[int, int, int]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(item_suppression, "LEAST_FOR_DETAIL", 0)
        answer_table = table(
            *rows, weights=((1.0, 0.4, 2.6)[: len(rows)],), scores=None, printed=(True, True, False)
        )
        assert may_be_shown(answer_table) == counted_out(answer_table)
