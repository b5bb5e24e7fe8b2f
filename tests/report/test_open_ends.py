"""Only survey scores, and the scores that hold them, have open ends: ratings are exact."""

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from app.briefs.annex import present_annex
from app.briefs.brief import Brief, present_brief
from app.briefs.plain_tables import long_rows
from app.briefs.profile_pages.presenters import present_heading
from app.briefs.profile_tables import present_plain_tables
from app.briefs.workbook import tables_workbook
from diagnostics.published import PublishedProfile
from tests.report.invented_framework import FRAMEWORK
from tests.report.invented_profile import PROFILE


def _profile(interview: int, observation: int) -> PublishedProfile:
    """The first heading with a survey score at the end, and with two sources that were rated."""
    first, *rest = PROFILE.headings
    found = first.sources
    assert found.survey and found.interview
    sources = replace(
        found,
        survey=replace(found.survey, score=95, low=95, high=95),
        interview=replace(found.interview, score=interview),
        observation=replace(found.interview, score=observation),
    )
    return replace(PROFILE, headings=(replace(first, sources=sources), *rest))


def _brief(profile: PublishedProfile) -> Brief:
    return present_brief(profile, FRAMEWORK, replace(profile, wave=1, as_of="2025-12-01"))


@pytest.mark.parametrize(("interview", "observation"), [(0, 100), (5, 95), (3, 97)])
def test_ratings_at_the_ends_are_printed_as_they_are(interview: int, observation: int) -> None:
    profile = _profile(interview, observation)
    brief = _brief(profile)
    said = brief.one.rows[0].chart.message
    assert f"Survey 95 or higher. Interviews {interview}. Observation {observation}." in said
    cells = brief.two.rows[0].cells[:3]
    assert [(cell.text, cell.note) for cell in cells] == [
        ("95", "or higher"),
        (str(interview), ""),
        (str(observation), ""),
    ]
    table = next(table for table in brief.tables if table.id == "table-2").rows[0].cells
    assert "Last wave: 95 or higher" in table[0]
    assert table[1] == f"{interview}, 9 records. Last wave: {interview}"
    annex = present_annex(profile, FRAMEWORK)
    (sources,) = (table for one in annex.sections for table in one.tables if table.look == "sources")
    assert sources.rows[0].cells[2].startswith(f"{observation} (9 records")
    page = present_heading(profile, FRAMEWORK, None, 0)
    assert [line.note for line in page.sources][:3] == ["or higher", "", ""]


def test_files_mark_the_open_ends_of_the_survey_alone() -> None:
    profile = _profile(0, 100)
    tables = present_plain_tables(profile, FRAMEWORK)
    name = profile.headings[0].name
    rows = [r for r in long_rows(tables) if (r.table, r.heading, r.measure) == ("Sources", name, "Score")]
    assert [(row.value, row.note) for row in rows[:3]] == [(95, "95 or higher"), (0, ""), (100, "")]
    sheet = load_workbook(BytesIO(tables_workbook(tables, _brief(profile).furniture)))["Sources"]
    looks = [sheet.cell(row, 3).number_format for row in (2, 3, 4)]
    assert "or higher" in looks[0]
    assert looks[1:] == ["0", "0"]


def test_the_chart_of_the_gap_says_open_ends_and_which_side_is_below() -> None:
    first, second, *rest = PROFILE.headings
    assert first.gap and second.gap
    gaps = (
        replace(first, gap=replace(first.gap, upper=95, lower=40, difference=55)),
        replace(second, gap=replace(second.gap, upper=50, lower=67, difference=-17)),
    )
    brief = present_brief(replace(PROFILE, headings=(*gaps, *rest)), FRAMEWORK)
    messages = [row.message for row in brief.two.gaps]
    assert f"{first.name}: leaders and team managers 95 or higher, practitioners 40." in messages
    table = next(table for table in brief.tables if table.id == "table-3")
    assert [row.cells[2] for row in table.rows[:2]] == ["55 points", "17 points below"]
