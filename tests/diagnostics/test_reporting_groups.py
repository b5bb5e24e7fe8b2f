"""Small role groups join the neighbour that the framework names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.evidence import Frame, FrameCell
from diagnostics.framework import Framework
from diagnostics.reporting_groups import ReportingGroup, reporting_groups
from tests.diagnostics.small_framework import changed, load, published, small

GROUPS = ("curators", "educators", "wardens", "friends")


def frame(**headcount: int) -> Frame:
    return Frame(tuple(FrameCell(group, "Main house", people) for group, people in headcount.items()))


def merged(framework: Framework, threshold: int = 10, **headcount: int) -> list[tuple[tuple[str, ...], int]]:
    groups = reporting_groups(framework, frame(**headcount), threshold)
    return [(group.members, group.people) for group in groups]


def test_groups_that_are_large_enough_stand_alone() -> None:
    groups = reporting_groups(small(), frame(curators=10, educators=11, wardens=30, friends=10), 10)
    assert groups[0] == ReportingGroup("curators", "Curators", ("curators",), 10)
    assert [group.id for group in groups] == list(GROUPS)


@pytest.mark.parametrize(("people", "stands"), [(9, False), (10, True), (11, True)])
def test_the_threshold_counts_people_in_the_frame(people: int, stands: bool) -> None:
    found = merged(small(), curators=20, educators=20, wardens=20, friends=people)
    expected = [(("wardens", "friends"), 29)] if not stands else [(("wardens",), 20), (("friends",), people)]
    assert found[2:] == expected


def test_the_threshold_may_be_raised() -> None:
    assert merged(small(), 25, curators=30, educators=30, wardens=20, friends=30) == [
        (("curators",), 30),
        (("educators", "wardens"), 50),
        (("friends",), 30),
    ]


def test_a_small_group_joins_its_first_neighbour_in_the_frame() -> None:
    # Educators would join wardens, of whom there are none here.
    assert merged(small(), curators=20, educators=3, friends=12) == [
        (("curators", "educators"), 23),
        (("friends",), 12),
    ]


def test_the_smallest_goes_first_and_a_merged_group_may_go_on() -> None:
    # Friends (2) join wardens (4): 6, still too few, so they join educators.
    found = merged(small(), curators=20, educators=30, wardens=4, friends=2)
    assert found == [(("curators",), 20), (("educators", "wardens", "friends"), 36)]


def test_two_small_neighbours_may_be_enough_together() -> None:
    assert merged(small(), curators=20, educators=20, wardens=6, friends=4) == [
        (("curators",), 20),
        (("educators",), 20),
        (("wardens", "friends"), 10),
    ]


def test_everybody_may_end_up_in_one_group() -> None:
    assert merged(small(), curators=1, educators=1, wardens=1, friends=1) == [(GROUPS, 4)]
    assert merged(small(), friends=3) == [(("friends",), 3)]


def test_groups_without_anybody_are_left_out() -> None:
    assert merged(small(), curators=12, educators=0, wardens=15) == [(("curators",), 12), (("wardens",), 15)]
    assert merged(small(), educators=0) == []


def test_without_a_named_neighbour_in_the_frame_another_group_is_found() -> None:
    # Friends name only wardens.
    assert merged(small(), curators=20, friends=3) == [(("curators", "friends"), 23)]


def test_a_joint_group_is_named_after_all_its_members() -> None:
    data = changed("role_groups[2].name", "NQSW wardens")
    groups = reporting_groups(load(data), frame(curators=1, educators=1, wardens=1, friends=1), 10)
    assert groups[0].name == "Curators, educators, NQSW wardens with friends"
    assert groups[0].id == "curators+educators+wardens+friends"


def test_leaders_join_team_managers_in_the_published_framework() -> None:
    found = merged(
        published(), leaders=9, team_managers=40, registered=150, other_practitioners=80, support=30
    )
    assert found[0] == (("leaders", "team_managers"), 49)
    assert len(found) == 4


headcounts = st.lists(st.integers(0, 30), min_size=4, max_size=4)


@given(headcounts, st.integers(10, 40))
def test_nobody_is_lost_and_no_group_is_small_unless_it_is_the_only_one(
    people: list[int], threshold: int
) -> None:
    groups = reporting_groups(small(), frame(**dict(zip(GROUPS, people, strict=True))), threshold)
    members = [member for group in groups for member in group.members]
    assert sorted(members) == sorted(g for g, n in zip(GROUPS, people, strict=True) if n)
    assert sum(group.people for group in groups) == sum(people)
    assert len(groups) <= 1 or all(group.people >= threshold for group in groups)


def test_groups_whose_answers_were_kept_together_are_named_together() -> None:
    cells = tuple(FrameCell(group, "Main house", 20) for group in ("curators", "wardens", "friends"))
    found = reporting_groups(small(), Frame(cells, (("curators", "educators"),)), 10)
    assert [(group.members, group.people) for group in found] == [
        (("curators", "educators"), 20),
        (("wardens",), 20),
        (("friends",), 20),
    ]
    assert found[0].name == "Curators with educators"
