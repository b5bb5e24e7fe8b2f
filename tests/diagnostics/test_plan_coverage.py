"""What a plan would reach, and what it would not."""

import pytest

from diagnostics.evidence import DATA_REVIEW, Frame, FrameCell
from diagnostics.fieldwork_plan import PlannedWork
from diagnostics.plan_coverage import PlanCoverage, days_on_site, plan_coverage
from diagnostics.published import Source
from tests.diagnostics.small_framework import published

FRAME = Frame(
    (
        FrameCell("leaders", "Early help", 5),
        FrameCell("registered", "Early help", 20),
        FrameCell("registered", "Fostering", 30),
        FrameCell("other_practitioners", "Youth justice", 4),
        FrameCell("support", "Quality", 12),
    )
)


def work(
    source: Source, kind: str, role: str | None = None, area: str | None = None, number: int = 1
) -> PlannedWork:
    return PlannedWork(source, kind, role, area, number)


def covered(*plan: PlannedWork) -> PlanCoverage:
    return plan_coverage(published(), FRAME, plan)


def reach(coverage: PlanCoverage, heading: str, source: str) -> tuple[int, bool]:
    found = next(one for one in coverage.reach if (one.heading, one.source) == (heading, source))
    return found.records, found.thin


def test_an_empty_plan_reaches_nothing() -> None:
    coverage = covered()
    assert [(side.interviews, side.enough) for side in coverage.sides] == [(0, False), (0, False)]
    assert coverage.unheard_groups == ("leaders", "registered", "other_practitioners", "support")
    assert coverage.unheard_areas == ("Fostering", "Early help", "Youth justice")
    assert coverage.settings == 0
    assert coverage.days == 0
    assert all(one.thin and one.records == 0 for one in coverage.reach)


@pytest.mark.parametrize(("talks", "enough"), [(2, False), (3, True), (4, True)])
def test_a_side_needs_three_interviews(talks: int, enough: bool) -> None:
    coverage = covered(work("interview", "interview", "leaders", number=talks))
    assert coverage.sides[0].enough is enough


def test_a_side_without_people_is_not_missed() -> None:
    only_leaders = Frame((FrameCell("leaders", "Early help", 5),))
    assert [side.side for side in plan_coverage(published(), only_leaders, ()).sides] == ["upper"]


def test_practitioners_are_heard_where_they_are_interviewed() -> None:
    coverage = covered(
        work("interview", "focus_group", "registered", "Fostering"),
        # Neither a manager's interview nor a meeting is a practitioner's voice.
        work("interview", "interview", "leaders", "Early help"),
        work("observation", "team_meeting", None, "Youth justice"),
    )
    assert coverage.unheard_areas == ("Early help", "Youth justice")
    assert coverage.unheard_groups == ("other_practitioners", "support")


@pytest.mark.parametrize(("records", "thin"), [(1, True), (2, False)])
def test_a_source_is_thin_below_two_records(records: int, thin: bool) -> None:
    coverage = covered(work("observation", "leadership_meeting", number=records))
    assert reach(coverage, "leadership", "observation") == (records, thin)


def test_the_review_of_data_is_a_document() -> None:
    coverage = covered(work("document", "strategy"), work("document", DATA_REVIEW))
    assert reach(coverage, "culture", "document") == (2, False)


def test_one_characteristic_is_thin_however_many_records() -> None:
    # A team meeting shows only one thing about direct practice.
    assert reach(covered(work("observation", "team_meeting", number=5)), "practice", "observation") == (
        5,
        True,
    )


def test_an_interview_reaches_what_its_role_group_is_asked() -> None:
    framework = published()
    asked = {
        heading.id: sum(
            any("support" in question.role_groups for question in c.interview)
            for c in heading.characteristics
        )
        for heading in framework.headings
    }
    coverage = covered(work("interview", "interview", "support", number=2))
    for one in coverage.reach:
        if one.source == "interview":
            assert one.characteristics == asked[one.heading]


def test_an_interview_with_anybody_reaches_what_everybody_is_asked() -> None:
    coverage = covered(work("interview", "interview", number=2))
    for_support = covered(work("interview", "interview", "support", number=2))
    for anyone, support in zip(coverage.reach, for_support.reach, strict=True):
        assert anyone.characteristics <= support.characteristics or anyone.source != "interview"


def test_a_kind_that_the_framework_does_not_have_reaches_nothing() -> None:
    coverage = covered(work("observation", "walkabout", number=3))
    assert all(one.records == 0 for one in coverage.reach)


@pytest.mark.parametrize(
    ("plan", "days"),
    [
        ((work("document", "strategy", number=9),), 0),
        ((work("interview", "interview", "leaders"),), 0.5),
        ((work("interview", "interview", "leaders", number=6),), 1),
        (
            (
                work("interview", "focus_group", "registered", number=4),
                work("observation", "panel", number=3),
            ),
            2,
        ),
    ],
)
def test_days_on_site(plan: tuple[PlannedWork, ...], days: float) -> None:
    assert days_on_site(published(), plan) == days
