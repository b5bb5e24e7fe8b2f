"""Numbers beside a survey score tell no more of it than the score itself does."""

import numpy as np
import pytest

from diagnostics.as_printed import as_printed, least_half_width, printed_change
from diagnostics.change import Change
from diagnostics.disclosure import publish
from diagnostics.profile import Profile
from diagnostics.published import PublishedProfile
from diagnostics.quantiles import t_quantile
from tests.diagnostics.planted_wave import Cell, profile_of, records_of, wave_of
from tests.diagnostics.small_framework import published

ROLES = ("leaders", "team_managers", "registered", "support")
FRAMEWORK = published()
ALL_ITEMS = (True,) * len(FRAMEWORK.questions)


def wave(
    *levels: float, answered: int = 24, headcount: int = 40, number: int = 1, before: Profile | None = None
) -> Profile:
    """A council whose people all answer at these levels in turn; observation is at 33⅓, documents at 66⅔."""
    cells = [Cell(role, "Early help", headcount, answered, levels) for role in ROLES]
    fieldwork = [*records_of(FRAMEWORK, "observation", 2), *records_of(FRAMEWORK, "document", 3)]
    return profile_of(FRAMEWORK, wave_of(FRAMEWORK, cells, fieldwork, wave=number), before)


def told_beside_the_score(found: PublishedProfile) -> list[object]:
    """Everything that is worked out from the authority's survey scores, and not from its spread."""
    return [
        (h.sources.survey, h.pairs, h.combined, h.stage, h.tipping_point, h.tipping_note, h.change)
        for h in found.headings
    ]


def test_nothing_beside_95_or_higher_tells_how_much_higher() -> None:
    """97 on average and 99 on average print the same page."""
    # The eleventh or the twenty-first person says a step less.
    first = publish(wave(*([1.0] * 9), 0.75, headcount=60))
    second = publish(wave(*([1.0] * 20), 0.75, headcount=60))
    assert {h.sources.survey.score for h in first.headings if h.sources.survey} == {95}
    exact = [wave(*([1.0] * n), 0.75).survey for n in (9, 20)]
    assert exact[0] and exact[1] and exact[0].headings[0] and exact[1].headings[0]
    assert abs(exact[0].headings[0].value - exact[1].headings[0].value) > 1
    assert told_beside_the_score(first) == told_beside_the_score(second)


def test_nothing_beside_5_or_lower_tells_how_much_lower() -> None:
    first, second = (publish(wave(*([0.0] * n), 0.25, headcount=60)) for n in (9, 20))
    assert {h.sources.survey.score for h in first.headings if h.sources.survey} == {5}
    assert told_beside_the_score(first) == told_beside_the_score(second)


def test_derived_numbers_can_be_worked_out_from_the_printed_end() -> None:
    """95 in the survey, 33 seen, 67 written: (.35·95 + .25·33⅓ + .20·66⅔) / .80 = 68.6."""
    heading = publish(wave(1.0)).headings[0]
    assert heading.combined is not None and heading.combined.score == 69
    assert [(p.a, p.b, p.difference) for p in heading.pairs] == [
        ("survey", "observation", 62),
        ("survey", "document", 28),
        ("observation", "document", 33),
    ]
    # (95 − 75)·160/(160 − 96) = 50, with which the score would lie at 75, still in stage 4.
    assert heading.tipping_point == 51


def test_away_from_the_ends_numbers_are_exact() -> None:
    profile = wave(0.25, 0.75, 1.0)
    printed = as_printed(profile, ALL_ITEMS)
    assert [h.sources for h in printed.headings] == [h.sources for h in profile.headings]
    assert [h.combined for h in printed.headings] == [h.combined for h in profile.headings]


def test_change_to_an_end_is_a_change_of_printed_scores() -> None:
    before = wave(0.75, number=1)
    now = wave(1.0, number=2, before=before)
    change = publish(now).headings[0].change
    assert change is not None
    assert (change.difference, change.reliable) == (20, True)


def test_change_between_two_scores_at_the_same_end_is_none() -> None:
    before = wave(*([1.0] * 9), 0.5, number=1)
    change = publish(wave(1.0, number=2, before=before)).headings[0].change
    assert change is not None and (change.difference, change.reliable) == (0, False)


@pytest.mark.parametrize(
    "then, now, difference", [(60.4, 66.5, 7), (60.5, 66.4, 5), (97, 99.9, 0), (50, 47, -3)]
)
def test_change_of_a_group_is_that_of_the_printed_scores(then: float, now: float, difference: int) -> None:
    computed = Change(now - then, now - then - 2, now - then + 2, True, 3.0)
    change = printed_change(computed, then, now, least=3.0, reach=0)
    assert change.difference == difference
    assert (change.low, change.high) == pytest.approx((difference - 2, difference + 2))
    assert change.reliable is (abs(difference) >= 3)


def test_changes_of_groups_and_items_are_differences_of_what_is_printed() -> None:
    before = wave(0.25, 0.5, 0.5, number=1)
    now = wave(0.5, 0.5, 0.75, 1.0, answered=21, number=2, before=before)
    then, found = publish(before), publish(now)
    compared = 0
    for earlier, later in zip(then.headings, found.headings, strict=True):
        groups = zip(earlier.groups.role_group, later.groups.role_group, strict=True)
        scores = [(a.score, b.score, b.change) for a, b in groups]
        scores += [(a.score, b.score, b.change) for a, b in zip(earlier.items, later.items, strict=True)]
        for was, now_is, change in scores:
            if change is not None and was is not None and now_is is not None:
                assert change.difference == now_is - was
                compared += 1
    assert compared > 40


def test_a_group_that_was_hidden_before_has_no_change() -> None:
    """Else whoever has this wave would learn how the last one's hidden group scored."""
    small = [Cell("leaders", "Early help", 12, 9, (0.75,)), *_others()]
    large = [Cell("leaders", "Early help", 12, 10, (0.5,)), *_others()]
    before = profile_of(FRAMEWORK, wave_of(FRAMEWORK, small))
    now = publish(profile_of(FRAMEWORK, wave_of(FRAMEWORK, large, wave=2), before))
    leaders = next(g for g in now.headings[0].groups.role_group if g.id == "leaders")
    assert not leaders.suppressed and leaders.change is None


def _others() -> list[Cell]:
    return [
        Cell(role, area, 30, 16, (0.25, 0.5)) for role in ROLES[1:] for area in ("Early help", "Assessment")
    ]


# ------------------------------------------------------------------------------------------- intervals


def unanimous(answered: int, headcount: int) -> Profile:
    return profile_of(
        FRAMEWORK, wave_of(FRAMEWORK, [Cell("registered", "Early help", headcount, answered, (0.75,))])
    )


def test_interval_of_one_mind_leaves_room_for_a_few_others() -> None:
    """Twelve of 120, all at 75: the true interval has no width, and would say so of everybody.

    Half of them five points apart make s² = 25/4·12/11, so the standard error √(6.82/12·0.9) = 0.715, and
    the half-width 2.201·0.715 = 1.57. A printed half-width of 2 hides as much as that.
    """
    profile = unanimous(12, 120)
    mean = profile.survey and profile.survey.headings[0]
    assert mean and mean.high - mean.low == pytest.approx(0)
    assert profile.survey and least_half_width(profile.survey, 0, few=9) == 2
    source = publish(profile).headings[0].sources.survey
    assert source is not None
    assert (source.low, source.score, source.high) == (73, 75, 77)


@pytest.mark.parametrize("answered, headcount", [(12, 12), (200, 400)])
def test_interval_stays_where_it_gives_nobody_away(answered: int, headcount: int) -> None:
    """Where everybody answered it has no width, whatever they said; among many, a few are lost."""
    profile = unanimous(answered, headcount)
    assert profile.survey and least_half_width(profile.survey, 0, few=9) == 0


@pytest.mark.parametrize("few", [1, 9])
@pytest.mark.parametrize("answered", [10, 11, 15, 20, 29, 45])
def test_least_half_width_is_enough_and_not_too_much(answered: int, few: int) -> None:
    """Against the interval of answers of which a few stand exactly five points apart."""
    survey = unanimous(answered, 10 * answered).survey
    assert survey is not None
    half = least_half_width(survey, 0, few)
    apart = min(few, answered / 2)
    variance = 25 * apart * (answered - apart) / answered / (answered - 1)
    reach = t_quantile(0.975, answered - 1) * np.sqrt(variance / answered * 0.9)
    assert reach <= half + 0.5
    assert half == 0 or reach > half - 0.5


def test_group_of_one_mind_in_both_waves_has_no_interval_of_nothing() -> None:
    """Eleven of 22, all at 75 twice: a change of 0 with an interval of 0 would place every one of them."""
    cells = [Cell("leaders", "Early help", 22, 11, (0.75,)), *_others()]
    before = profile_of(FRAMEWORK, wave_of(FRAMEWORK, cells))
    now = publish(profile_of(FRAMEWORK, wave_of(FRAMEWORK, cells, wave=2), before))
    change = next(g for g in now.headings[0].groups.role_group if g.id == "leaders").change
    assert change is not None and change.high is not None and change.difference == 0
    # Five of the eleven five points apart: s² = 25·30/121·11/10, the standard error √(6.82/11·0.5) = 0.557,
    # and t of ten degrees of freedom is at least 2.228 under any correction.
    assert change.high >= 2.228 * 0.557 - 0.5
    assert change.minimum_detectable is not None and change.minimum_detectable >= change.high


def test_question_that_all_answer_alike_twice_has_no_interval_of_nothing() -> None:
    """Sixty of 100 say “always” in both waves: one of them must still be able to have said “sometimes”."""
    cells = [Cell(role, "Early help", 25, 15, (1.0,)) for role in ROLES]
    before = profile_of(FRAMEWORK, wave_of(FRAMEWORK, cells))
    now = publish(profile_of(FRAMEWORK, wave_of(FRAMEWORK, cells, wave=2), before))
    shown = [item for heading in now.headings for item in heading.items if not item.suppressed]
    everybodys = [item for item in shown if item.n_band == "50 to 99"]
    assert everybodys
    for item in everybodys:
        assert item.score == 95 and item.change is not None and item.change.high is not None
        # One of fifteen in a stratum of a quarter: 50·¼·√(14/225·15/14/15·0.4) = 0.53, times 2 or more.
        assert item.change.difference == 0 and item.change.high >= 1


def test_a_change_no_wider_than_its_least_reach_is_not_reliable() -> None:
    computed = Change(4.0, 3.5, 4.5, True, 3.0)
    assert printed_change(computed, 50.0, 54.0, least=3.0, reach=3).reliable
    widened = printed_change(computed, 50.0, 54.0, least=3.0, reach=5)
    assert (widened.low, widened.high, widened.reliable) == (-1.0, 9.0, False)


@pytest.mark.parametrize(("then", "now"), [(2.0, 13.0), (13.0, 2.0), (98.0, 87.0), (87.0, 98.0)])
def test_no_change_is_reliable_whose_printed_interval_holds_0(then: float, now: float) -> None:
    """2 is printed as 5: the change of 11 ± 10 that was computed is printed as one of 8 ± 10."""
    difference = now - then
    computed = Change(difference, difference - 10, difference + 10, True, 10.0)
    change = printed_change(computed, then, now, least=3.0, reach=0)
    assert change.low < 0 < change.high
    assert not change.reliable


# -------------------------------------------------------------------------------- codes at the ends


def test_codes_and_patterns_are_those_of_the_printed_end() -> None:
    """Survey 1, documents 26⅔: 25.4 apart as computed, but 5 and 27 are printed, and 22 is no dissonance."""
    cells = [Cell(role, "Early help", 40, 24, (*([0.0] * 23), 0.25)) for role in ROLES]
    codes = [c.id for c in FRAMEWORK.headings[0].characteristics]
    documents = [
        *records_of(FRAMEWORK, "document", 1, 1, only=codes, prefix="a"),
        *records_of(FRAMEWORK, "document", 2, 4, only=codes, prefix="b"),
    ]
    profile = profile_of(FRAMEWORK, wave_of(FRAMEWORK, cells, documents))
    computed = profile.headings[0]
    assert [(p.code, round(p.difference, 1)) for p in computed.pairs] == [("dissonance", 25.6)]
    printed = publish(profile).headings[0]
    assert [(p.code, p.difference) for p in printed.pairs] == [("partial", 22)]
    assert "sources_disagree" in {d.code for d in computed.confidence.doubts}
    assert "sources_disagree" not in {r.code for r in printed.confidence.reasons}


def test_no_survey_is_left_alone() -> None:
    profile = profile_of(FRAMEWORK, wave_of(FRAMEWORK, [Cell("registered", "Early help", 12, 0)]))
    assert as_printed(profile, ()) is profile


def test_change_without_difference_stays() -> None:
    change = Change(0.0, -1.0, 1.0, False, 3.0)
    assert printed_change(change, 50.0, 50.0, 3.0, 0) == change
