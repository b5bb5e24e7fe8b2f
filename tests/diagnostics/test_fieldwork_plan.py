"""A plan proposed from the frame: every rule of it, for the published framework and another."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.evidence import DATA_REVIEW, Frame, FrameCell
from diagnostics.fieldwork_plan import PlannedWork, propose_plan
from diagnostics.framework import Framework, load_framework
from diagnostics.plan_coverage import days_on_site, plan_coverage
from tests.diagnostics.small_framework import load, published, small, small_data

GROUPS = ("leaders", "team_managers", "registered", "other_practitioners", "support")


def frame(**areas: tuple[int, ...]) -> Frame:
    return Frame(
        tuple(
            FrameCell(role, area.replace("_", " "), people)
            for area, row in areas.items()
            for role, people in zip(GROUPS, row, strict=True)
        )
    )


USUAL = frame(
    Safeguarding=(7, 16, 93, 14, 8),
    Early_help=(4, 8, 8, 44, 9),
    Fostering=(3, 4, 27, 6, 4),
    Youth=(1, 1, 3, 3, 0),
)


def of(source: str, plan: tuple[PlannedWork, ...]) -> list[PlannedWork]:
    return [row for row in plan if row.source == source]


def talks(plan: tuple[PlannedWork, ...]) -> dict[str | None, int]:
    numbers: dict[str | None, int] = {}
    for row in of("interview", plan):
        numbers[row.role_group] = numbers.get(row.role_group, 0) + row.number
    return numbers


def test_nobody_to_talk_to_is_no_plan() -> None:
    assert propose_plan(published(), Frame(())) == ()
    assert propose_plan(published(), frame(Early_help=(0, 0, 0, 0, 0))) == ()


def test_every_role_group_is_heard_twice() -> None:
    assert talks(propose_plan(published(), USUAL)) == dict.fromkeys(GROUPS, 2)


def test_a_side_of_one_group_is_heard_three_times() -> None:
    # Only team managers: the method compares sides in words from three interviews on.
    assert talks(propose_plan(published(), frame(Early_help=(0, 12, 0, 0, 0)))) == {"team_managers": 3}


def test_nobody_is_interviewed_more_often_than_there_are_people() -> None:
    numbers = talks(propose_plan(published(), frame(Early_help=(1, 1, 60, 0, 1))))
    assert numbers == {"leaders": 1, "team_managers": 1, "registered": 3, "support": 1}


@pytest.mark.parametrize(("people", "each_side"), [(499, 4), (500, 5), (999, 5), (1000, 6)])
def test_a_larger_council_is_heard_more_often(people: int, each_side: int) -> None:
    plan = propose_plan(published(), frame(Early_help=(20, 40, people - 180, 100, 20)))
    numbers = talks(plan)
    assert numbers["leaders"] + numbers["team_managers"] == each_side
    assert numbers["registered"] + numbers["other_practitioners"] == each_side
    assert sum(row.number for row in of("observation", plan)) == 5 + each_side - 4


def test_practitioners_talk_in_groups_where_six_of_them_work() -> None:
    plan = propose_plan(published(), frame(Early_help=(4, 4, 5, 6, 0)))
    kinds = {row.role_group: row.kind for row in of("interview", plan)}
    assert kinds["registered"] == "interview"
    assert kinds["other_practitioners"] == "focus_group"
    assert kinds["leaders"] == "interview"


def test_the_largest_areas_are_visited_first_and_none_twice_before_all_once() -> None:
    plan = propose_plan(published(), USUAL)
    practitioners = [r.service_area for r in of("interview", plan) if r.role_group in GROUPS[2:4]]
    assert practitioners == ["Safeguarding", "Fostering", "Early help", "Youth"]
    # Three practitioners in Youth justice are too few for a meeting in which nobody stands out.
    assert "Youth" not in {row.service_area for row in of("observation", plan)[:3]}


def test_leaders_and_meetings_of_leaders_belong_to_no_area() -> None:
    plan = propose_plan(published(), USUAL)
    untied = [row for row in plan if row.kind == "leadership_meeting" or row.role_group == "leaders"]
    assert {row.service_area for row in untied} == {None}


def test_meetings_of_different_settings_show_every_heading_in_three_of_them() -> None:
    plan = propose_plan(published(), USUAL)
    coverage = plan_coverage(published(), USUAL, plan)
    assert coverage.settings >= 2
    assert min(one.records for one in coverage.reach if one.source == "observation") >= 3


def test_documents_look_for_all_that_documents_can_show() -> None:
    framework = published()
    kinds = {row.kind for row in of("document", propose_plan(framework, USUAL))}
    assert DATA_REVIEW in kinds
    for characteristic in framework.characteristics:
        if characteristic.documents:
            assert kinds & {rubric.document for rubric in characteristic.documents}, characteristic.id


def test_the_usual_council_takes_about_three_days() -> None:
    assert days_on_site(published(), propose_plan(published(), USUAL)) == 3.5


def test_the_sample_councils_have_no_thin_source(sample_data: Path) -> None:
    for council in ("wexbourne", "marlshire", "penwardine"):
        with (sample_data / council / "wave_1" / "frame.csv").open(encoding="utf-8") as file:
            cells = tuple(
                FrameCell(row["role_group"], row["service_area"], int(row["headcount"]))
                for row in csv.DictReader(file)
            )
        plan = propose_plan(published(), Frame(cells))
        coverage = plan_coverage(published(), Frame(cells), plan)
        assert [one for one in coverage.reach if one.thin] == []
        assert coverage.unheard_groups == ()
        assert all(side.enough for side in coverage.sides)
        assert 3 <= coverage.days <= 5


def second_framework(project_root: Path) -> Framework:
    return load_framework((project_root / "tests" / "second_framework.yaml").read_text(encoding="utf-8"))


def test_another_framework_gives_another_plan(project_root: Path) -> None:
    framework = second_framework(project_root)
    cells = Frame(tuple(FrameCell(group.id, "North", 20) for group in framework.role_groups))
    plan = propose_plan(framework, cells)
    known = {
        "interview": {kind.id for kind in framework.interview_kinds},
        "observation": {kind.id for kind in framework.observation_settings},
        "document": {kind.id for kind in framework.document_types} | {DATA_REVIEW},
    }
    assert {row.source for row in plan} == set(known)
    assert all(row.kind in known[row.source] for row in plan)


def test_a_framework_without_observations_is_planned_without_them() -> None:
    cells = Frame((FrameCell("educators", "Main house", 20),))
    assert [row.number for row in of("observation", propose_plan(small(), cells))] == [3]
    data = small_data()
    for part in data["headings"]:
        for one in part["characteristics"]:
            one["observation"] = []
    plan = propose_plan(load(data), cells)
    assert {row.source for row in plan} == {"interview", "document"}


@settings(max_examples=40)
@given(
    rows=st.lists(st.tuples(*(st.integers(0, 60) for _ in GROUPS)), min_size=1, max_size=6),
    whole=st.booleans(),
)
def test_any_frame_gives_a_plan_that_fits_it(rows: list[tuple[int, ...]], whole: bool) -> None:
    cells = frame(**{f"area{number}": row for number, row in enumerate(rows)})
    plan = propose_plan(published(), cells)
    assert bool(plan) is (cells.total > 0)
    people = {(cell.role_group, cell.service_area): cell.headcount for cell in cells.cells}
    for row in plan:
        assert row.number >= 1
        if row.role_group is not None and row.service_area is not None:
            assert people[row.role_group, row.service_area] > 0
    coverage = plan_coverage(published(), cells, plan)
    assert coverage.unheard_groups == ()
    for side in coverage.sides:
        assert side.interviews >= min(3, side.people)
    assert propose_plan(published(), cells) == plan
