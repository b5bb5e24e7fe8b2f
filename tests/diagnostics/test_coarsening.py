"""What is kept of roles and areas after a survey is closed."""

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.coarsening import LEAST_KEPT, Kept, coarsen
from diagnostics.errors import OutOfRange, ShapeMismatch

NEIGHBOURS = {
    "leaders": ("managers", "support"),
    "managers": ("leaders", "registered"),
    "registered": ("other", "managers"),
    "other": ("registered", "support"),
    "support": ("other", "managers"),
}
Person = tuple[str | None, str | None]


def kept_of(people: Sequence[Person], threshold: int = 10) -> Kept:
    return coarsen([role for role, _ in people], [area for _, area in people], threshold, NEIGHBOURS)


def rows_found(person: Person, people: Sequence[Person], kept: Kept) -> int:
    """The rows among which an attacker finds a person, who knows the role and area that everybody gave."""
    rows = list(zip(kept.role_group, kept.service_area, strict=True))
    looks = {row for row, one in zip(rows, people, strict=True) if one == person}
    return sum(row in looks for row in rows)


def test_a_combination_of_the_threshold_is_kept_and_one_below_loses_its_area() -> None:
    people: Sequence[Person] = [("registered", "North")] * 10 + [("registered", "South")] * 10
    assert set(kept_of(people).service_area) == {"North", "South"}
    fewer: Sequence[Person] = [("registered", "North")] * 10 + [("registered", "South")] * 9
    kept = kept_of(fewer)
    assert set(kept.service_area) == {None}, "nine without an area would be found among nine"
    assert set(kept.role_group) == {"registered"}


def test_the_smallest_of_the_others_goes_with_those_that_are_too_few() -> None:
    people: Sequence[Person] = (
        [("registered", "North")] * 30 + [("registered", "East")] * 12 + [("registered", "South")] * 4
    )
    assert Counter(kept_of(people).service_area) == {"North": 30, None: 16}


def test_a_role_below_the_threshold_joins_its_neighbour() -> None:
    people: Sequence[Person] = [("leaders", "North")] * 9 + [("managers", "North")] * 20
    kept = kept_of(people)
    assert set(kept.role_group) == {"managers"}
    assert kept.merged == {"managers": ("leaders", "managers")}
    assert set(kept.service_area) == {"North"}


def test_one_person_alone_in_a_role_and_an_area_is_among_ten_or_more() -> None:
    people: Sequence[Person] = [
        ("leaders", "South"),
        *[("managers", "South")] * 11,
        *[("managers", "North")] * 15,
    ]
    assert rows_found(("leaders", "South"), people, kept_of(people)) == 12


def test_roles_that_are_too_few_all_together_are_not_kept() -> None:
    kept = kept_of([("leaders", "North")] * 4 + [(None, None)] * 12)
    assert set(kept.role_group) == {None}
    assert kept.merged == {}


def test_a_higher_threshold_keeps_less() -> None:
    people: Sequence[Person] = [("registered", "North")] * 14 + [("registered", "South")] * 15
    assert set(kept_of(people).service_area) == {"North", "South"}
    assert set(kept_of(people, 15).service_area) == {None}


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ShapeMismatch, match="one service area a person"):
        coarsen(["leaders"], [], 10, NEIGHBOURS)
    with pytest.raises(OutOfRange, match="at least 10"):
        coarsen([], [], LEAST_KEPT - 1, NEIGHBOURS)
    with pytest.raises(OutOfRange, match="No neighbours are named for pilots"):
        coarsen(["pilots"], [None], 10, NEIGHBOURS)


def test_nobody_is_nobody() -> None:
    assert kept_of([]) == Kept((), (), {})


@given(
    st.lists(
        st.tuples(
            st.sampled_from([*NEIGHBOURS, None]),
            st.sampled_from(["North", "South", "East", "West", None]),
            st.integers(1, 25),
        ),
        max_size=14,
    ),
    st.integers(10, 14),
)
def test_whoever_knows_all_roles_and_areas_finds_nobody_among_fewer_than_the_threshold(
    cells: list[tuple[str | None, str | None, int]], threshold: int
) -> None:
    people = [(role, area) for role, area, n in cells for _ in range(n)]
    kept = kept_of(people, threshold)
    together = sum(role is not None for role, _ in people)
    for person in set(people):
        # Who kept the role to themselves is known to nobody, and fewer than k of all roles are such people
        # too.
        if person[0] is not None and together >= threshold:
            assert rows_found(person, people, kept) >= threshold, person
    assert len(kept.role_group) == len(people)
    for role, area in zip(kept.role_group, kept.service_area, strict=True):
        assert (
            area is None
            or sum(
                1 for r, a in zip(kept.role_group, kept.service_area, strict=True) if (r, a) == (role, area)
            )
            >= threshold
        )
