"""The rules of what may be shown, tried by somebody who knows them."""

from collections import defaultdict
from itertools import combinations_with_replacement, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sector.disclosure import (
    LEAST,
    LEAST_GROUP,
    Event,
    chosen_by_half,
    half,
    half_or_more,
    in_batches,
    whole_rows,
)


@given(st.lists(st.integers(0, 40), min_size=2, max_size=5))
def test_rows_are_whole_and_none_is_small(counts: list[int]) -> None:
    rows = whole_rows(counts)
    if rows:
        assert sum(row.councils for row in rows) == sum(counts)
        assert min(row.councils for row in rows) >= LEAST
        assert [row.first for row in rows] == [0, *(row.last + 1 for row in rows[:-1])]
        assert rows[-1].last == len(counts) - 1
        assert all(row.councils == sum(counts[row.first : row.last + 1]) for row in rows)


@pytest.mark.parametrize("total", range(10, 19))
def test_whoever_knows_the_rule_cannot_work_out_a_small_count(total: int) -> None:
    """Of all counts that give the same rows, no kind has one small number only."""
    same = defaultdict(list)
    for a, b in product(range(total + 1), repeat=2):
        if a + b <= total:
            counts = (a, b, total - a - b)
            same[whole_rows(counts)].append(counts)
    for rows, possible in same.items():
        for place in range(3):
            numbers = {one[place] for one in possible}
            assert len(numbers) > 1 or min(numbers) >= LEAST, (rows, place, possible)


@pytest.mark.parametrize("count", [LEAST - 1, LEAST, LEAST + 1])
def test_a_row_stands_alone_from_five_councils_on(count: int) -> None:
    alone = bool(whole_rows([count, 20 - count]))
    assert alone is (count >= LEAST)
    assert bool(whole_rows([20 - count, count])) is (count >= LEAST)


@pytest.mark.parametrize("councils", [0, 4, 5, LEAST_GROUP - 1, LEAST_GROUP, LEAST_GROUP + 1])
def test_nothing_is_said_of_a_group_that_is_too_small(councils: int) -> None:
    enough = councils >= LEAST_GROUP
    assert (half_or_more(councils, councils) is not None) is enough
    assert (chosen_by_half({"a": councils}, councils, 3) is not None) is enough
    if not enough:
        assert whole_rows([councils, 0]) == ()


@given(st.integers(LEAST_GROUP, 200))
def test_each_side_of_half_covers_five_numbers(councils: int) -> None:
    sides = [half_or_more(count, councils) for count in range(councils + 1)]
    assert sides.count(True) >= LEAST
    assert sides.count(False) >= LEAST
    assert half_or_more(half(councils) - 1, councils) is False
    assert half_or_more(half(councils), councils) is True


def test_the_steps_of_half_do_not_give_the_others_away() -> None:
    """Every council has three steps: if six are chosen by half, nobody can have chosen another."""
    councils, names = LEAST_GROUP, "abcdefgh"
    same = defaultdict(list)
    for counts in combinations_with_replacement(range(councils + 1), len(names)):
        if sum(counts) == 3 * councils:
            found = chosen_by_half(dict(zip(names, counts, strict=True)), councils, 3)
            same[None if found is None else len(found)].append(counts)
    for shown, possible in same.items():
        if shown is None:
            continue
        # Sorted, the steps that are not listed come first; the largest of them is not always 0.
        assert max(one[len(names) - shown - 1] for one in possible) > 0
    assert chosen_by_half(dict(zip(names, [5] * 6 + [0] * 2, strict=True)), councils, 3) is None


def events(*told: tuple[str, str, int]) -> list[Event]:
    return [Event(who, version, wave, place) for place, (who, version, wave) in enumerate(told)]


def test_one_council_more_changes_nothing() -> None:
    ten = events(*((f"C{number}", "1", 1) for number in range(10)))
    before = in_batches(ten, "1")
    assert len(before) == 10
    for more in range(1, LEAST):
        after = in_batches([*ten, *(Event(f"N{n}", "1", 1, 10 + n) for n in range(more))], "1")
        assert after == before
    assert len(in_batches([*ten, *(Event(f"N{n}", "1", 1, 10 + n) for n in range(LEAST))], "1")) == 15


def test_a_council_that_publishes_often_is_one_council() -> None:
    ten = events(*((f"C{number}", "1", 1) for number in range(10)))
    again = [*ten, *(Event("C0", "1", 2 + n, 10 + n) for n in range(20))]
    assert in_batches(again, "1") == in_batches(ten, "1")


@given(
    st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("12"), st.integers(1, 3)), max_size=40)
)
def test_two_looks_never_differ_by_fewer_than_five_councils(told: list[tuple[str, str, int]]) -> None:
    all_events = events(*told)
    for version in "12":
        last: dict[str, int] = {}
        news: set[str] = set()
        for end, event in enumerate(all_events, 1):
            news.add(event.council)
            look = dict(in_batches(all_events[:end], version))
            if look != last:
                assert len(news) >= LEAST
                last, news = look, set()


def test_versions_are_never_mixed() -> None:
    both = events(*((f"C{number}", str(number % 2), 1) for number in range(20)))
    assert {int(who[1:]) % 2 for who in in_batches(both, "1")} == {1}
