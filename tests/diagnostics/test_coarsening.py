"""Somebody who knows everybody's role and area narrows nobody down to a small crowd."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.coarsening import kept_areas

K = 10
ROLES, AREAS = ("a", "b", "c"), ("North", "South", "East", "West")


@pytest.mark.parametrize(("people", "kept"), [(K - 1, False), (K, True), (K + 1, True)])
def test_a_combination_keeps_its_area_from_the_threshold_on(people: int, kept: bool) -> None:
    counts = {("a", "North"): people, ("a", "South"): 30, ("a", "East"): 40}
    found = kept_areas(counts, K)
    assert (("a", "North") in found) is kept
    assert ("a", "East") in found


def test_a_few_without_an_area_get_company_of_the_smallest() -> None:
    # Three people alone without an area would be those three from North.
    counts = {("a", "North"): 3, ("a", "South"): 30, ("a", "East"): 12}
    assert kept_areas(counts, K) == {("a", "South")}


def test_enough_people_without_an_area_need_no_company() -> None:
    counts = {("a", "North"): 6, ("a", "West"): 4, ("a", "South"): 30}
    assert kept_areas(counts, K) == {("a", "South")}


def test_role_groups_are_looked_at_one_by_one() -> None:
    counts = {("a", "North"): 3, ("a", "South"): 12, ("b", "North"): 12, ("b", "South"): 12}
    assert kept_areas(counts, K) == {("b", "North"), ("b", "South")}


def test_nobody_keeps_nothing() -> None:
    assert kept_areas({}, K) == frozenset()
    assert kept_areas({("a", "North"): 0}, K) == frozenset()


combinations = st.dictionaries(
    st.tuples(st.sampled_from(ROLES), st.sampled_from(AREAS)), st.integers(0, 25), max_size=12
)


@given(counts=combinations, threshold=st.integers(10, 20))
def test_no_crowd_is_smaller_than_the_threshold(counts: dict[tuple[str, str], int], threshold: int) -> None:
    kept = kept_areas(counts, threshold)
    assert all(counts[at] >= threshold for at in kept)
    for role in ROLES:
        whole = sum(n for at, n in counts.items() if at[0] == role)
        without = sum(n for at, n in counts.items() if at[0] == role and at not in kept)
        # A role group that is too small itself has joined its neighbour before.
        assert without == 0 or without >= min(threshold, whole)


@given(counts=combinations)
def test_no_area_is_taken_in_vain(counts: dict[tuple[str, str], int]) -> None:
    kept = kept_areas(counts, K)
    for role in ROLES:
        lost = [n for at, n in counts.items() if at[0] == role and n > 0 and at not in kept]
        # Whatever large combination was taken last, without it the crowd would have been too small.
        large = [n for n in lost if n >= K]
        assert not large or 0 < sum(lost) - max(large) < K
