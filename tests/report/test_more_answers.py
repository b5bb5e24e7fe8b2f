"""More may answer than the staff list counts; no page then says that so many of fewer answered."""

from dataclasses import replace

import pytest

from app.briefs.annex import present_annex
from app.briefs.brief import present_brief
from diagnostics.published import PublishedProfile
from tests.diagnostics.planted_wave import Cell, published_of, wave_of
from tests.diagnostics.small_framework import published
from tests.report.invented_framework import FRAMEWORK
from tests.report.invented_profile import PROFILE

SAID = "217 answers came in, from a workforce counted at 184"
NOBODY_LEFT = "Nobody is left who did not answer."


def _crowded() -> PublishedProfile:
    return replace(PROFILE, response=replace(PROFILE.response, answered=217, frame=184, rate=100))


def _answered(answered: int) -> PublishedProfile:
    """So many of twenty leaders and of twenty registered practitioners."""
    framework = published()
    cells = [Cell(role, "A", 20, answered, (0.5, 0.75)) for role in ("leaders", "registered")]
    return published_of(framework, wave_of(framework, cells))


def test_pages_say_what_came_in_and_what_was_counted() -> None:
    brief = present_brief(_crowded(), FRAMEWORK)
    assert brief.one.heard.startswith(f"{SAID}. We also drew on")
    assert brief.four.title.text.startswith("More answers came in than the staff list counts; ")
    weights = next(one for one in present_annex(_crowded(), FRAMEWORK).sections if one.id == "weights")
    assert weights.paragraphs[0] == f"{SAID}."


@pytest.mark.parametrize("answered", [20, 22])
def test_where_all_answered_nobody_is_left_who_could_tip_a_stage(answered: int) -> None:
    notes = {heading.tipping_note for heading in _answered(answered).headings}
    assert notes == {NOBODY_LEFT}


def test_where_some_did_not_answer_the_note_speaks_of_them() -> None:
    notes = [heading.tipping_note or "" for heading in _answered(18).headings]
    assert all("those who did not answer" in note for note in notes)
