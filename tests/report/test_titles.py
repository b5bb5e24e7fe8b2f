"""Titles claim what the numbers beneath them bear out, and stand over nothing that is not there."""

from dataclasses import replace

import pytest

from app.briefs.brief import present_brief
from diagnostics.published import (
    Finding,
    GroupResponse,
    Pair,
    Pattern,
    PublishedHeading,
    PublishedProfile,
    StageRange,
    Status,
)
from tests.report.invented_framework import FRAMEWORK
from tests.report.invented_profile import PROFILE


def _alike(*pairs: Pair) -> PublishedProfile:
    """No patterns; the first heading has these pairs of sources, the others agree."""
    agree = (Pair("survey", "interview", 4, "agreement", "proposed", None),)
    headings = tuple(
        replace(heading, patterns=(), pairs=pairs if place == 0 else agree)
        for place, heading in enumerate(PROFILE.headings)
    )
    return replace(PROFILE, headings=headings)


def _two_sources(heading: PublishedHeading) -> PublishedHeading:
    return replace(heading, sources=replace(heading.sources, observation=None, document=None))


def _page_two(profile: PublishedProfile) -> str:
    return present_brief(profile, FRAMEWORK).two.title.text


def _pair(difference: int, code: str, status: Status = "proposed") -> Pair:
    return Pair("survey", "interview", difference, code, status, None)  # type: ignore[arg-type]


def test_sources_tell_much_the_same_story_only_where_every_pair_agrees() -> None:
    agreed = _alike(_pair(4, "agreement"))
    agreed = replace(agreed, headings=tuple(_two_sources(heading) for heading in agreed.headings))
    assert _page_two(agreed) == "Our two sources tell much the same story"
    assert _page_two(_alike(_pair(25, "partial"))) == "Our sources agree in part"
    overruled = _alike(_pair(4, "agreement"), _pair(40, "dissonance", "overruled"))
    assert _page_two(overruled) == "Our sources tell much the same story where they can be compared"


def test_a_story_is_not_the_same_where_nothing_can_be_compared() -> None:
    somewhere = _alike()
    assert _page_two(somewhere) == "Our sources tell much the same story where they can be compared"
    nowhere = replace(somewhere, headings=tuple(replace(heading, pairs=()) for heading in somewhere.headings))
    assert _page_two(nowhere) == "No heading has two sources that count"


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("low", "Policy seems to run ahead of practice, and leaders ahead of staff"),
        ("high", "Policy runs ahead of practice, and leaders ahead of staff"),
    ],
)
def test_a_sure_gap_makes_no_other_pattern_surer(written: str, title: str) -> None:
    policy = Finding("policy_ahead", "pattern", "systems", "", "Perhaps written, not done.", ("D1",))
    gap = Finding("gap_ahead", "pattern", "culture", "", "Leaders see more.", ("S culture",))
    patterns = {
        "systems": (Pattern("written_not_done", policy.id, "proposed", None),),
        "culture": (Pattern("leaders_above_practitioners", gap.id, "proposed", None),),
    }
    grades = {"systems": written, "culture": "high"}
    headings = tuple(
        replace(
            heading,
            patterns=patterns.get(heading.id, ()),
            confidence=replace(heading.confidence, grade=grades.get(heading.id, "low")),  # type: ignore[arg-type]
        )
        for heading in PROFILE.headings
    )
    profile = replace(PROFILE, headings=headings, findings=(*PROFILE.findings, policy, gap))
    assert _page_two(profile) == title


def _moving(*differences: int) -> PublishedProfile:
    """No stage is settled; the first headings moved by so many points."""
    change = next(h.change for h in PROFILE.headings if h.change and h.change.reliable)
    headings = tuple(
        replace(
            heading,
            stage=StageRange(1, 3),
            change=replace(change, difference=differences[place]) if place < len(differences) else None,
        )
        for place, heading in enumerate(PROFILE.headings)
    )
    return replace(PROFILE, headings=headings)


@pytest.mark.parametrize(
    ("differences", "title"),
    [
        ((), "no stage is settled yet"),
        ((6,), "no stage is settled yet and one heading has improved"),
        ((6, 6), "no stage is settled yet and two headings have improved"),
        ((6, -6), "no stage is settled yet, one heading has improved and one has slipped"),
    ],
)
def test_what_improved_is_named_where_no_stage_is_settled(differences: tuple[int, ...], title: str) -> None:
    said = present_brief(_moving(*differences), FRAMEWORK).one.strip_title.text
    assert said == f"Where you are: {title}"


@pytest.mark.parametrize(("count", "said"), [(9, "1 more group is in"), (10, "2 more groups are in")])
def test_a_group_that_is_left_out_is_one_group(count: int, said: str) -> None:
    areas = tuple(GroupResponse(f"a{n}", f"Area {n}", 30 + 5 * n, "20 to 49", False) for n in range(count))
    profile = replace(PROFILE, response=replace(PROFILE.response, by_service_area=areas))
    assert said in present_brief(profile, FRAMEWORK).four.tables[1].more


def test_no_title_stands_over_needs_that_are_all_hidden() -> None:
    hidden = tuple(replace(need, share=None, suppressed=True) for need in PROFILE.needs)
    for needs in ((), hidden):
        page = present_brief(replace(PROFILE, needs=needs), FRAMEWORK).four
        assert page.needs == ()
        assert page.needs_title is None
