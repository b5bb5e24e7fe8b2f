"""A later wave without a change to show says so, and is never called the first."""

from dataclasses import replace

import pytest

from app.briefs.brief import Brief, present_brief
from diagnostics.published import PublishedHeading, PublishedProfile
from tests.report.invented_framework import FRAMEWORK
from tests.report.invented_profile import PROFILE
from tests.report.rendered import brief_of

BEFORE = replace(PROFILE, wave=1, as_of="2025-12-01")


def _without_change(heading: PublishedHeading, *, survey: bool) -> PublishedHeading:
    sources = heading.sources if survey else replace(heading.sources, survey=None)
    return replace(heading, change=None, sources=sources)


def _later(*, survey: bool) -> PublishedProfile:
    headings = tuple(_without_change(heading, survey=survey) for heading in PROFILE.headings)
    return replace(PROFILE, headings=headings)


def _sources(brief: Brief) -> tuple[str, ...]:
    return next(table for table in brief.tables if table.id == "table-2").rows[0].cells


@pytest.mark.parametrize(
    ("survey", "said"),
    [
        (True, "there are no earlier survey scores to set beside these."),
        (False, "no survey scores this time."),
    ],
)
def test_a_later_wave_says_why_no_change_is_shown(survey: bool, said: str) -> None:
    brief = present_brief(_later(survey=survey), FRAMEWORK)
    assert brief.furniture.document.endswith("wave 2")
    assert "first wave" not in brief.one.legend
    assert "No change can be shown: " in brief.one.legend
    assert brief.one.legend.endswith(said)
    assert brief.one.since == ""
    # Where no column takes the room, the confidence has two reasons.
    assert any(len(row.reasons) > 1 for row in brief.one.rows)


def test_only_the_first_wave_is_called_so() -> None:
    assert "This is the first wave" in brief_of("first_wave").one.legend
    assert "No change can be shown" not in brief_of("first_wave").one.legend + brief_of("usual").one.legend


def test_scores_of_another_framework_do_not_stand_beside_these() -> None:
    other = replace(BEFORE, framework=replace(BEFORE.framework, version="0.9"))
    assert not any("Last wave" in cell for cell in _sources(present_brief(PROFILE, FRAMEWORK, other)))
    assert "Last wave" in _sources(present_brief(PROFILE, FRAMEWORK, BEFORE))[0]


def test_ratings_stand_beside_those_of_last_wave_though_the_surveys_cannot_be_compared() -> None:
    cells = _sources(present_brief(_later(survey=True), FRAMEWORK, BEFORE))
    assert "Last wave" not in cells[0]
    assert cells[1] == "48, 9 records. Last wave: 48"
