"""Where answers were kept without their area, nobody reads a share of an area that is too low."""

from dataclasses import replace

import pytest

from app.briefs import words
from app.briefs.annex import present_annex
from app.briefs.brief import present_brief
from app.briefs.profile_pages.response import present_response
from app.briefs.profile_tables import present_plain_tables
from diagnostics.disclosure import publish
from diagnostics.published import PublishedProfile
from tests.diagnostics.planted_wave import Cell, profile_of, wave_of
from tests.diagnostics.small_framework import published as published_framework
from tests.report.invented_framework import FRAMEWORK
from tests.report.invented_profile import PROFILE

AREAS = PROFILE.response.by_service_area


@pytest.fixture
def unknown() -> PublishedProfile:
    """Who answered in the profile of the pictures, as a survey that the service ran would give it."""
    areas = tuple(replace(group, rate=None) for group in AREAS)
    return replace(PROFILE, response=replace(PROFILE.response, by_service_area=areas))


@pytest.mark.parametrize("coarsened", [False, True])
def test_the_share_of_an_area_is_published_only_where_every_answer_has_its_area(coarsened: bool) -> None:
    framework = published_framework()
    cells = [Cell(role, "Early help", 40, 24, (0.5, 0.75)) for role in ("leaders", "registered", "support")]
    frame, evidence = wave_of(framework, cells)
    assert evidence.answers is not None
    answers = replace(evidence.answers, areas_coarsened=coarsened)
    profile = profile_of(framework, (frame, replace(evidence, answers=answers)))
    (area,) = publish(profile).response.by_service_area
    assert (area.rate, area.n_band) == (None if coarsened else 60, "50 to 99")
    assert all(group.rate == 60 for group in publish(profile).response.by_role_group)


def test_whether_areas_were_coarsened_enters_the_digest() -> None:
    framework = published_framework()
    frame, evidence = wave_of(framework, [Cell("leaders", "Early help", 40, 24, (0.5,))])
    assert evidence.answers is not None
    again = replace(evidence, answers=replace(evidence.answers, areas_coarsened=True))
    assert profile_of(framework, (frame, evidence)).digest != profile_of(framework, (frame, again)).digest


def test_page_four_says_that_areas_are_not_known_and_keeps_the_roles(unknown: PublishedProfile) -> None:
    roles, areas = present_brief(unknown, FRAMEWORK).four.tables
    assert roles.rows and not roles.instead
    assert (areas.rows, areas.instead) == ((), words.AREAS_NOT_KNOWN)


def test_the_tables_and_the_annex_say_how_many_are_kept_and_no_share(unknown: PublishedProfile) -> None:
    tables = present_brief(unknown, FRAMEWORK).tables
    table = next(one for one in tables if one.caption.endswith("Answers kept with their service area"))
    assert table.note == words.AREAS_NOT_KNOWN
    sections = present_annex(unknown, FRAMEWORK).sections
    section = next(one for one in sections if words.AREAS_NOT_KNOWN in one.paragraphs)
    plain = next(one for one in present_plain_tables(unknown, FRAMEWORK) if one.name == "Response")
    annex = section.tables[0].rows
    for group in AREAS:
        shown = (words.NOT_SHOWN if group.suppressed else words.NOT_KNOWN, group.n_band or words.NOT_SHOWN)
        (line,) = (row.cells for row in table.rows if row.head == group.name)
        assert line == ((words.HIDDEN, words.NOT_SHOWN) if group.suppressed else shown)
        assert next(row.cells for row in annex if row.head == group.name) == ("area", *shown)
        assert next(row for row in plain.rows if row[1] == group.name)[2:] == shown


def test_the_page_of_who_answered_has_no_chart_of_areas(unknown: PublishedProfile) -> None:
    page = present_response(unknown)
    assert [caption for caption, _ in page.tables] == ["By role group"]
    assert page.instead == words.AREAS_NOT_KNOWN
    assert [caption for caption, _ in present_response(PROFILE).tables] == [
        "By role group",
        "By service area",
    ]
