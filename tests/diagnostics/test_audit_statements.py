"""Numbers derived from scores: what they may not say, and how finely they tell the survey's mean."""

from dataclasses import replace

import pytest

from diagnostics.audit_reading import readings_of
from diagnostics.audit_statements import statements
from diagnostics.audit_total import totals
from diagnostics.published import Code, Pair, PublishedChange, PublishedSources, ScoreRange, SourceScore
from diagnostics.releases import Release
from tests.diagnostics.audit_material import Cell, gap, release, with_heading

CELLS = [Cell("leaders", "North", 30, 20), Cell("registered", "North", 60, 40)]
SHOWN = {"leaders": 60, "registered": 50}
SECONDS = 10.0


def moved(by: int, low: int, high: int) -> PublishedChange:
    return PublishedChange(by, low, high, False, 3, None)


def told(*given: Release) -> list[str]:
    return [str(weakness) for weakness in statements(readings_of(given))]


def with_group_change(given: Release, change: PublishedChange) -> Release:
    groups = given.published.headings[0].groups
    row = replace(groups.role_group[0], change=change)
    return with_heading(given, groups=replace(groups, role_group=(row, *groups.role_group[1:])))


def waves(change: PublishedChange, then: dict[str, int | None]) -> list[str]:
    before = release(CELLS, survey=50, roles=then, wave=1)
    after = with_group_change(release(CELLS, survey=50, roles=SHOWN, wave=2), change)
    return told(before, after)


def test_a_change_is_the_difference_of_the_printed_scores() -> None:
    assert not waves(moved(8, 2, 14), {"leaders": 52})
    assert "is not the difference of the printed scores" in waves(moved(9, 3, 15), {"leaders": 52})[0]


def test_a_change_tells_a_group_that_was_hidden() -> None:
    found = waves(moved(8, 2, 14), {"leaders": None})
    assert "tells the score of the last wave, which was hidden" in found[0]
    assert found[0].startswith("Wave 2, Culture, by role group, Leaders: ")


def test_a_change_of_a_group_that_was_not_there() -> None:
    before = release(CELLS[1:], survey=50, roles={"registered": 50}, wave=1)
    after = with_group_change(release(CELLS, survey=50, roles=SHOWN, wave=2), moved(8, 2, 14))
    assert "which was hidden" in told(before, after)[0]


def test_an_interval_lies_evenly_about_its_change() -> None:
    assert "does not lie evenly" in waves(moved(8, 2, 15), {"leaders": 52})[0]


def test_a_change_of_a_question_that_was_hidden() -> None:
    before = release(CELLS, survey=50, items={"CUL1": None}, wave=1)
    after = release(CELLS, survey=50, items={"CUL1": ((5, 25, 45, 25, 5), 50)}, wave=2)
    item = replace(after.published.headings[0].items[0], change=moved(4, -1, 9))
    assert "which was hidden" in told(before, with_heading(after, items=(item,)))[0]


def test_a_change_of_a_survey_score_that_was_hidden() -> None:
    before = release(CELLS, survey=None, wave=1)
    after = with_heading(release(CELLS, survey=50, wave=2), change=moved(4, -1, 9))
    assert "which was hidden" in told(before, after)[0]


def test_the_version_that_a_change_was_taken_from_may_be_any() -> None:
    versions = [release(CELLS, survey=50, roles={"leaders": s}, wave=1, answers=str(s)) for s in (40, 52)]
    after = with_group_change(release(CELLS, survey=50, roles=SHOWN, wave=2), moved(8, 2, 14))
    assert not told(*versions, after)


def test_a_gap_is_the_difference_of_its_sides() -> None:
    given = release(CELLS, survey=50, roles=SHOWN)
    assert not told(with_heading(given, gap=gap(60, 50)))
    finer = replace(gap(60, 50), difference=11)
    assert "is not that of the printed scores" in told(with_heading(given, gap=finer))[0]


def test_a_gap_shows_the_side_of_a_hidden_group() -> None:
    given = release(CELLS, survey=50, roles={"leaders": 60, "registered": None})
    assert "The score of Registered is hidden" in told(with_heading(given, gap=gap(60, 50)))[0]


def test_a_gap_parts_groups_that_join_both_sides() -> None:
    given = release(CELLS, survey=50, roles={"leaders+registered": 55}, joined=[("leaders", "registered")])
    assert "join both sides" in told(with_heading(given, gap=gap(60, 50)))[0]


def survey(score: int, low: int | None = None, high: int | None = None) -> SourceScore:
    return SourceScore(score, low, high, None, "50 to 99", False, 2, 0)


def fieldwork(score: int) -> SourceScore:
    return SourceScore(score, None, None, 6, None, False, 3, 0)


def known(given: Release, *others: Release) -> tuple[tuple[float, float], list[str]]:
    found, weaknesses = totals(readings_of([given, *others]), SECONDS)
    return found[0, "culture"], [weakness.found for weakness in weaknesses]


def with_sources(score: SourceScore, document: int | None = None, **parts: object) -> Release:
    sources = PublishedSources(score, None, None, None if document is None else fieldwork(document))
    return with_heading(release(CELLS, survey=score.score), sources=sources, **parts)


def test_a_score_alone_tells_a_point() -> None:
    assert known(with_sources(survey(60)))[0] == pytest.approx((59.5, 60.5))


def test_an_interval_tells_nothing_by_itself() -> None:
    # Its middle is M too: between 44.5 + H and 45.5 + H, and so on: from 59.5 to 60.5 all agree.
    assert known(with_sources(survey(60, 45, 75)))[0] == pytest.approx((59.5, 60.5))
    # Printed 45 and 74 the middle is at most 60: both ends and the score agree below that only.
    assert known(with_sources(survey(60, 45, 74)))[0] == pytest.approx((59.5, 60.0))


def test_a_tipping_point_tells_a_score_more_finely() -> None:
    # 60 of 90 answered, so d = |M − 50|·90/30, rounded up, is 31: M is 10 to 10.33 above 50.
    note = "31 points lower among those who did not answer would make it stage 2."
    found, _ = known(with_sources(survey(60), tipping_point=31, tipping_note=note))
    assert found == pytest.approx((50 + 30 / 3, 50 + 31 / 3), abs=1e-6)


def test_a_tipping_point_without_its_sentence_fits_one_cut() -> None:
    found, _ = known(with_sources(survey(60), tipping_point=31))
    assert found == pytest.approx((50 + 30 / 3, 50 + 31 / 3), abs=1e-6)


def test_a_distance_from_another_source_tells_at_its_ends() -> None:
    # 60 and 40 lie between 19 and 21 apart; 21 leaves the upper end of the one, the lower of the other.
    pair = Pair("survey", "document", 21, "partial", "proposed", None)
    found, _ = known(with_sources(survey(60), 40, pairs=(pair,)))
    assert found == pytest.approx((60.0, 60.5))


@pytest.mark.parametrize(
    ("difference", "code", "is_found"),
    [
        (10, "agreement", False),
        (11, "agreement", True),
        (9, "partial", True),
        (10, "partial", False),
        (25, "partial", False),
        (26, "partial", True),
        (24, "dissonance", True),
        (25, "dissonance", False),
        (60, "dissonance", False),
    ],
)
def test_a_code_is_what_the_printed_difference_says(difference: int, code: Code, is_found: bool) -> None:
    pair = Pair("survey", "document", difference, code, "proposed", None)
    given = with_sources(survey(70), 70 - difference, pairs=(pair,))
    words = f"survey beside document: Their difference of {difference} points is called “{code}”"
    assert [words in weakness for weakness in told(given)] == [True] * is_found
    # What a person decided is theirs.
    assert not told(with_heading(given, pairs=(replace(pair, status="overruled", reason="No."),)))


def test_a_combined_score_narrows_with_what_it_is_made_of() -> None:
    # 35 parts of 60 and 20 of 40 make 52.7: printed 53, it says 52.5 or more; a printed 54 needs 53.5.
    wide, _ = known(with_sources(survey(60), 40, combined=ScoreRange(53, 40, 70)))
    assert wide == pytest.approx((59.5, 60.5))
    narrow, _ = known(with_sources(survey(60), 41, combined=ScoreRange(54, 41, 70)))
    assert narrow[0] > 60.2 and narrow[1] == pytest.approx(60.5)


def test_numbers_that_contradict_each_other_leave_the_printed_score() -> None:
    pair = Pair("survey", "document", 35, "dissonance", "proposed", None)
    found, weaknesses = known(with_sources(survey(60), 40, pairs=(pair,)))
    assert found == pytest.approx((59.5, 60.5)) and not weaknesses


def test_a_change_ties_two_waves_together() -> None:
    then = release(CELLS, survey=50, wave=1)
    now = with_heading(release(CELLS, survey=60, wave=2), change=moved(11, 5, 17))
    found, _ = totals(readings_of([then, now]), SECONDS)
    assert found[0, "culture"] == pytest.approx((49.5, 50.0))
    assert found[1, "culture"] == pytest.approx((60.0, 60.5))


def test_an_open_end_stays_open_where_all_is_derived_from_what_is_printed() -> None:
    pair = Pair("survey", "document", 55, "dissonance", "proposed", None)
    found, weaknesses = known(with_sources(survey(95, 90, 95), 40, pairs=(pair,)))
    assert found == (94.5, 100.0) and not weaknesses


def test_what_undoes_an_open_end_is_found() -> None:
    pair = Pair("survey", "document", 59, "dissonance", "proposed", None)
    found, weaknesses = known(with_sources(survey(95, 90, 95), 40, pairs=(pair,)))
    assert found == pytest.approx((98.0, 100.0))
    assert "“95 or higher”" in weaknesses[0] and "between 98.0 and 100.0" in weaknesses[0]


def test_a_tipping_point_undoes_the_low_end() -> None:
    # 25 − M, stretched by 90/30 and rounded up, is 69: M is 2, though the page says 5 or lower.
    note = "69 points higher among those who did not answer would make it stage 2."
    found, weaknesses = known(with_sources(survey(5, 5, 6), tipping_point=69, tipping_note=note))
    assert "“5 or lower”" in weaknesses[0]
    assert found == pytest.approx((25 - 69 / 3, 25 - 68 / 3), abs=1e-6)
