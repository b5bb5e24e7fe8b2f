"""The rules of what may be shown, tried by somebody who knows them."""

from collections import defaultdict
from itertools import combinations_with_replacement
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.profiles.council_groups import GROUP, LEAST, Event, in_groups
from app.sector.disclosure import (
    chosen_by_most,
    middle,
    more_than_half,
    where_most_are,
)

TOLD = st.lists(
    st.tuples(st.sampled_from("abcdefghijklmnop"), st.sampled_from("12"), st.integers(1, 3)), max_size=80
)


def events(*told: tuple[str, str, int]) -> list[Event]:
    return [Event(who, version, wave, place) for place, (who, version, wave) in enumerate(told)]


def many(number: int, wave: int = 1, first: int = 0) -> list[tuple[str, str, int]]:
    return [(f"C{place:02}", "1", wave) for place in range(first, first + number)]


def test_each_side_covers_five_numbers_and_its_edge_is_where_it_is_said() -> None:
    sides = [more_than_half(count) for count in range(GROUP + 1)]
    assert sides.count(True) >= LEAST
    assert sides.count(False) >= LEAST
    assert [sides[LEAST - 1], sides[LEAST], sides[LEAST + 1]] == [False, False, True]


def test_where_most_are_leaves_five_numbers_for_every_kind_that_it_names() -> None:
    """Of all counts that give the same answer, no kind has one number only."""
    same = defaultdict(list)
    for a in range(GROUP + 1):
        for b in range(GROUP + 1 - a):
            same[where_most_are([a, b, GROUP - a - b])].append((a, b, GROUP - a - b))
    assert same.keys() == {None, 0, 1, 2}
    for possible in same.values():
        assert all(len({one[place] for one in possible}) >= LEAST for place in range(3))


def test_the_steps_of_most_do_not_give_the_others_away() -> None:
    """Every council has three steps: if five are chosen by more than half, nobody can have chosen another."""
    names = "abcdefghij"
    same = defaultdict(list)
    for counts in combinations_with_replacement(range(GROUP + 1), len(names)):
        if sum(counts) == 3 * GROUP:
            found = chosen_by_most(dict(zip(names, counts, strict=True)), 3)
            same[None if found is None else len(found)].append(counts)
    assert {0, 1, 2, 3, 4, None} == same.keys()
    for shown, possible in same.items():
        if shown is not None:
            # Sorted, the steps that are not listed come first; the largest of them is not always 0.
            assert max(one[len(names) - shown - 1] for one in possible) > 0
            assert min(one[0] for one in possible) == 0
    assert chosen_by_most(dict(zip(names, [6] * 5 + [0] * 5, strict=True)), 3) is None


@given(st.lists(st.integers(0, 100), min_size=GROUP, max_size=GROUP))
def test_the_middle_has_half_of_the_group_on_either_side(scores: list[int]) -> None:
    found = middle(scores)
    assert found == median(scores)
    assert sum(score <= found for score in scores) >= LEAST
    assert sum(score >= found for score in scores) >= LEAST


@pytest.mark.parametrize(
    ("councils", "groups"), [(0, 0), (GROUP - 1, 0), (GROUP, 1), (GROUP + 1, 1), (2 * GROUP, 2)]
)
def test_nothing_is_said_of_a_group_before_it_is_full(councils: int, groups: int) -> None:
    assert len(in_groups(events(*many(councils)), "1")) == groups


@given(TOLD)
def test_a_group_never_changes_and_nothing_is_counted_twice(told: list[tuple[str, str, int]]) -> None:
    all_events = events(*told)
    for version in "12":
        before: tuple[tuple[int, ...], ...] = ()
        for end in range(len(all_events) + 1):
            look = in_groups(all_events[:end], version)
            assert look[: len(before)] == before
            before = look
        counted = [all_events[release] for group in before for release in group]
        assert len(counted) == len({(one.council, one.wave) for one in counted})
        assert {one.version for one in counted} <= {version}
        for group in before:
            assert len({all_events[release].council for release in group}) == len(group) == GROUP


def test_a_council_that_publishes_anew_while_its_group_fills_is_one_council() -> None:
    told = [*many(9), ("C03", "1", 1), ("C04", "1", 2), ("C04", "1", 1), *many(1, first=9)]
    assert in_groups(events(*told), "1") == ((0, 1, 2, 9, 10, 5, 6, 7, 8, 12),)


def test_a_correction_of_what_was_counted_is_left_out_and_a_later_wave_is_not() -> None:
    corrected = [*many(10), *many(10)]
    assert len(in_groups(events(*corrected), "1")) == 1
    assert len(in_groups(events(*corrected, *many(10, wave=2)), "1")) == 2


def test_versions_are_never_mixed() -> None:
    both = events(*((f"C{number}", str(number % 2), 1) for number in range(40)))
    for version in "01":
        counted = [release for group in in_groups(both, version) for release in group]
        assert {both[release].version for release in counted} == {version}
        assert len(counted) == 20
