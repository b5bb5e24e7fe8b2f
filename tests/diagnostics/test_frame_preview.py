"""What a frame lets a report show, before anybody has answered."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.evidence import Frame, FrameCell
from diagnostics.frame_preview import FramePreview, GroupPreview, Shown, preview_frame
from diagnostics.reporting_groups import reporting_groups
from tests.diagnostics.small_framework import published, small

K = 10
GROUPS = ("leaders", "team_managers", "registered", "other_practitioners", "support")


def frame(**areas: tuple[int, ...]) -> Frame:
    """Give a frame: each area's people by role group."""
    return Frame(
        tuple(
            FrameCell(role, area, people)
            for area, row in areas.items()
            for role, people in zip(GROUPS, row, strict=True)
        )
    )


def previewed(**areas: tuple[int, ...]) -> FramePreview:
    return preview_frame(published(), frame(**areas), K)


def area(preview: FramePreview, name: str) -> GroupPreview:
    return next(one for one in preview.service_areas if one.group.name == name)


def test_large_groups_and_areas_are_shown() -> None:
    preview = previewed(north=(12, 20, 60, 40, 20), south=(12, 20, 60, 40, 20))
    assert preview.people == 304
    assert preview.survey
    assert preview.sides is True
    assert {one.score for one in (*preview.role_groups, *preview.service_areas)} == {Shown.YES}
    assert {one.response for one in (*preview.role_groups, *preview.service_areas)} == {Shown.YES}


def test_role_groups_are_merged_as_they_will_be_at_launch() -> None:
    given_frame = frame(north=(3, 8, 60, 40, 20))
    preview = preview_frame(published(), given_frame, K)
    assert [one.group for one in preview.role_groups] == list(reporting_groups(published(), given_frame, K))
    assert preview.role_groups[0].group.name == "Leaders with team managers"


@pytest.mark.parametrize(("people", "shown"), [(9, Shown.TOO_FEW), (10, Shown.YES), (11, Shown.YES)])
def test_an_area_below_the_threshold_is_not_shown(people: int, shown: Shown) -> None:
    preview = previewed(north=(20, 20, 60, 40, 20), south=(20, 20, 60, 40, 20), east=(0, 0, people, 0, 0))
    assert area(preview, "east").score == shown


def test_an_area_without_a_large_role_group_cannot_be_told() -> None:
    # Seventeen people, but answers are kept with their area only where ten of one role group work there.
    preview = previewed(north=(20, 20, 60, 40, 20), south=(20, 20, 60, 40, 20), east=(2, 2, 9, 3, 1))
    found = area(preview, "east")
    assert (found.group.people, found.kept, found.score) == (17, 0, Shown.NOT_KEPT)


def test_an_area_is_not_told_where_it_would_set_too_few_of_a_role_group_apart() -> None:
    # The same fifteen work there; the nine or ten elsewhere decide whether their area is kept.
    preview = previewed(north=(0, 0, 15, 0, 0), south=(9, 0, 9, 0, 9), east=(9, 0, 0, 0, 9))
    assert [area(preview, name).score for name in ("north", "south")] == [Shown.SET_APART, Shown.NOT_KEPT]
    enough = previewed(north=(0, 0, 15, 0, 0), south=(9, 0, 9, 0, 9), east=(9, 0, 1, 0, 9))
    assert area(enough, "north").kept == 15
    assert area(enough, "north").score != Shown.SET_APART


def test_what_is_kept_of_an_area_counts_its_large_role_groups() -> None:
    preview = previewed(north=(20, 20, 60, 40, 20), south=(4, 8, 60, 44, 9))
    assert area(preview, "south").kept == 104


def test_a_group_is_hidden_where_it_would_give_away_another() -> None:
    # One small area would be the total less all others, so the next smallest keeps it company.
    preview = previewed(
        north=(0, 0, 60, 0, 0), south=(0, 0, 40, 0, 0), east=(0, 0, 30, 0, 0), west=(0, 0, 4, 0, 0)
    )
    assert area(preview, "west").score == Shown.TOO_FEW
    assert area(preview, "east").score == Shown.SET_APART
    assert area(preview, "north").score == Shown.YES


@pytest.mark.parametrize(("people", "survey"), [(9, False), (10, True)])
def test_too_few_people_show_nothing(people: int, survey: bool) -> None:
    preview = previewed(north=(0, 0, people, 0, 0))
    assert preview.survey is survey
    assert preview.role_groups[0].score == (Shown.YES if survey else Shown.TOO_FEW)


def test_a_framework_may_ask_for_more_answers_than_the_threshold() -> None:
    only = Frame((FrameCell("educators", "Main house", 11),))
    assert not preview_frame(small(), only, 10).survey


def test_sides_that_are_merged_cannot_be_compared() -> None:
    assert previewed(north=(2, 3, 60, 40, 20)).sides is False
    assert previewed(north=(6, 6, 60, 40, 20)).sides is True


def test_one_side_alone_is_no_comparison() -> None:
    assert previewed(north=(0, 40, 0, 0, 0)).sides is None


def test_an_area_with_nobody_is_left_out() -> None:
    preview = previewed(north=(12, 20, 60, 40, 20), south=(0, 0, 0, 0, 0))
    assert [one.group.name for one in preview.service_areas] == ["north"]


def test_the_sample_council(sample_data: Path) -> None:
    with (sample_data / "wexbourne" / "wave_1" / "frame.csv").open(encoding="utf-8") as file:
        cells = tuple(
            FrameCell(row["role_group"], row["service_area"], int(row["headcount"]))
            for row in csv.DictReader(file)
        )
    preview = preview_frame(published(), Frame(cells), K)
    assert area(preview, "Youth justice").score == Shown.TOO_FEW
    assert area(preview, "Disabled children").score == Shown.NOT_KEPT
    assert area(preview, "Assessment and safeguarding").score == Shown.YES
    assert {one.score for one in preview.role_groups} == {Shown.YES}


@settings(max_examples=25)
@given(
    rows=st.lists(
        st.tuples(*(st.one_of(st.just(0), st.integers(1, 40)) for _ in GROUPS)), min_size=1, max_size=5
    )
)
def test_nothing_small_is_ever_promised(rows: list[tuple[int, ...]]) -> None:
    given_frame = frame(**{f"area {number}": row for number, row in enumerate(rows)})
    preview = preview_frame(published(), given_frame, K)
    for one in (*preview.role_groups, *preview.service_areas):
        if Shown.YES in (one.score, one.response):
            assert one.kept >= K
    hidden = [one.group.people for one in preview.role_groups if one.score != Shown.YES]
    if 0 < len(hidden) < len(preview.role_groups):
        # The total less all that is shown must not be a small crowd.
        assert sum(hidden) >= K
