"""Sources side by side: codes, the combined score, its likely range and its stage."""

import dataclasses
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.evidence import Review
from diagnostics.framework_parts import Settings, SourceWeights
from diagnostics.published import SOURCES, Source
from diagnostics.triangulation import (
    Combined,
    Decision,
    SourceResult,
    code_of,
    combine,
    combined_score,
    counted,
    pair_codes,
)
from tests.diagnostics.small_framework import published, small

SETTINGS = published().settings
WEIGHTS = {"survey": 0.35, "observation": 0.25, "interview": 0.2, "document": 0.2}
Sources = dict[Source, SourceResult | None]


def result(
    source: Source, score: float, *, thin: bool = False, low: float | None = None, high: float | None = None
) -> SourceResult:
    return SourceResult(source, score, 40, thin, 5, low=low, high=high)


def heard(**scores: float) -> Sources:
    """Sources with these scores, none of them thin and the survey without an interval."""
    return {source: result(source, scores[source]) for source in SOURCES if source in scores}


def combined(sources: Sources, settings: Settings = SETTINGS) -> Combined:
    found = combine(sources, settings)
    assert found is not None
    return found


# ------------------------------------------------------------------------------------------- pairwise codes


@pytest.mark.parametrize(
    ("difference", "code"),
    [
        (0, "agreement"),
        (10, "agreement"),
        (10.0001, "partial"),
        (25, "partial"),
        (25.0001, "dissonance"),
        (100, "dissonance"),
    ],
)
def test_codes_on_and_beside_their_cut_offs(difference: float, code: str) -> None:
    assert code_of(difference, SETTINGS) == code


def test_the_cut_offs_of_another_framework() -> None:
    assert [code_of(d, small().settings) for d in (12, 12.1, 28, 28.1)] == [
        "agreement",
        "partial",
        "partial",
        "dissonance",
    ]


def test_thirds_do_not_push_a_difference_over_a_cut_off() -> None:
    # Stage 3 beside a mean stage of 2.25 is 66⅔ beside 41⅔: 25 points, whatever the binary fractions say.
    interview, document = 100 * 2 / 3, 100 * 1.25 / 3
    assert interview - document > 25
    (pair,) = pair_codes("h", heard(interview=interview, document=document), SETTINGS, ())
    assert pair.code == "partial"


def test_every_pair_of_counted_sources_is_coded_once() -> None:
    sources = heard(survey=60, interview=52, observation=30, document=90)
    pairs = pair_codes("h", sources, SETTINGS, ())
    assert [(p.a, p.b, p.difference, p.code) for p in pairs] == [
        ("survey", "interview", 8, "agreement"),
        ("survey", "observation", 30, "dissonance"),
        ("survey", "document", 30, "dissonance"),
        ("interview", "observation", 22, "partial"),
        ("interview", "document", 38, "dissonance"),
        ("observation", "document", 60, "dissonance"),
    ]
    assert all(p.decision == Decision("proposed", None) for p in pairs)


def test_the_order_in_which_sources_come_does_not_matter() -> None:
    sources = heard(survey=60, interview=52, observation=30)
    backwards: Sources = dict(reversed(sources.items()))
    assert pair_codes("h", backwards, SETTINGS, ()) == pair_codes("h", sources, SETTINGS, ())
    assert combine(backwards, SETTINGS) == combine(sources, SETTINGS)


def test_thin_and_silent_sources_are_not_counted() -> None:
    sources = heard(survey=60, document=20)
    sources["observation"] = result("observation", 0, thin=True)
    sources["interview"] = None
    assert list(counted(sources)) == ["survey", "document"]
    assert [(p.a, p.b) for p in pair_codes("h", sources, SETTINGS, ())] == [("survey", "document")]
    assert combine(sources, SETTINGS) == combine(heard(survey=60, document=20), SETTINGS)


@pytest.mark.parametrize("subject", ["survey-document", "document-survey"])
@pytest.mark.parametrize("confirmed", [True, False])
def test_a_decision_is_kept_with_its_reason_beside_the_code(subject: str, confirmed: bool) -> None:
    reviews = [
        Review("another", subject, not confirmed, "Of another heading"),
        Review("h", "survey-interview", not confirmed, "Of another pair"),
        Review("h", subject, confirmed, "The policy is of last year"),
    ]
    (pair,) = pair_codes("h", heard(survey=80, document=20), SETTINGS, iter(reviews))
    assert (pair.difference, pair.code) == (60, "dissonance")
    assert pair.decision.status == ("confirmed" if confirmed else "overruled")
    assert pair.decision.reason == "The policy is of last year"
    assert pair.decision.stands is confirmed


def test_a_proposal_stands_until_it_is_overruled() -> None:
    assert Decision("proposed", None).stands
    assert Decision("confirmed", "Yes").stands
    assert not Decision("overruled", "No").stands


# ---------------------------------------------------------------------------------------- the combined score


def test_the_combined_score_by_hand() -> None:
    sources = heard(survey=60, observation=40, interview=50, document=80)
    # .35·60 + .25·40 + .20·50 + .20·80 = 21 + 10 + 10 + 16
    assert combined(sources).score == pytest.approx(57)


def test_weights_are_renormalised_over_the_sources_that_are_present() -> None:
    # (.35·60 + .20·80) / .55
    assert combined(heard(survey=60, document=80)).score == pytest.approx(37 / 0.55)
    assert combined(heard(observation=42)).score == pytest.approx(42)


def test_silence_has_no_score() -> None:
    assert combine({}, SETTINGS) is None
    assert combine({"survey": None, "document": result("document", 0, thin=True)}, SETTINGS) is None
    with pytest.raises(ValueError, match="silence has no score"):
        combined_score({}, WEIGHTS)


def test_zero_is_a_score_and_not_silence() -> None:
    found = combined(heard(survey=60, document=0))
    assert found.score == pytest.approx(21 / 0.55)
    assert (found.low, found.high) == pytest.approx((0, 60))


def test_a_source_without_weight_is_not_combined() -> None:
    weights = SourceWeights(survey=0.6, observation=0.4, interview=0.0, document=0.0)
    settings = dataclasses.replace(SETTINGS, source_weights=weights)
    assert combine(heard(interview=50), settings) is None
    assert combined(heard(survey=60, interview=10), settings).score == pytest.approx(60)
    found = combined(heard(survey=60, observation=40, document=100), settings)
    assert (found.low, found.score, found.high) == pytest.approx((40, 52, 60))


# ------------------------------------------------------------------------------------------ the likely range


def test_the_likely_range_leaves_out_each_source_in_turn() -> None:
    found = combined(heard(survey=60, observation=40, interview=50, document=80))
    left_out = {
        "survey": (10 + 10 + 16) / 0.65,
        "observation": (21 + 10 + 16) / 0.75,
        "interview": (21 + 10 + 16) / 0.8,
        "document": (21 + 10 + 10) / 0.8,
    }
    assert found.low == pytest.approx(min(left_out.values())) == pytest.approx(51.25)
    assert found.high == pytest.approx(max(left_out.values())) == pytest.approx(62.6666667)


def test_the_likely_range_joins_the_interval_of_the_survey_part() -> None:
    sources = heard(observation=40, interview=50, document=80)
    sources["survey"] = result("survey", 60, low=20, high=100)
    found = combined(sources)
    # The survey's part moves by .35·40 = 14 points either way, which reaches further than leaving one out.
    assert (found.low, found.score, found.high) == pytest.approx((43, 57, 71))


def test_a_narrow_survey_interval_adds_nothing() -> None:
    sources = heard(observation=40, interview=50, document=80)
    sources["survey"] = result("survey", 60, low=59, high=61)
    assert combined(sources) == combined(heard(survey=60, observation=40, interview=50, document=80))


def test_one_source_alone_has_its_own_interval_or_none() -> None:
    alone: Sources = {"survey": result("survey", 60, low=55, high=65)}
    found = combined(alone)
    assert (found.low, found.score, found.high) == pytest.approx((55, 60, 65))
    found = combined(heard(document=60))
    assert found.low == found.score == found.high


def test_a_survey_interval_beyond_the_scale_reaches_to_its_end_only() -> None:
    found = combined({"survey": result("survey", 95, low=85, high=105)})
    assert (found.low, found.high) == pytest.approx((85, 100))
    sources = heard(document=50)
    sources["survey"] = result("survey", 3, low=-7, high=13)
    # Leaving the document out gives 3; the survey at 0 gives .20·50/.55, the survey at 13 (.35·13 + 10)/.55.
    found = combined(sources)
    assert found.low == pytest.approx(3)
    assert found.high == pytest.approx(50)


# ------------------------------------------------------------------------------------------------- the stage


@pytest.mark.parametrize(
    ("low", "high", "stages"),
    [
        (55, 65, (3, 3)),
        (49, 51, (2, 3)),
        (50, 74.4, (3, 3)),
        (50, 74.5, (3, 4)),
        (50, 75, (3, 4)),
        (24, 76, (1, 4)),
        (24.4, 50, (1, 3)),
        (24.5, 50, (2, 3)),
        (49.4, 49.6, (2, 3)),
        (0, 24.4, (1, 1)),
        (75, 100, (4, 4)),
    ],
)
def test_the_likely_range_decides_the_stage(low: float, high: float, stages: tuple[int, int]) -> None:
    """In whole points, as it is printed: 49.6 is a 50, and beside a 50 nothing says stage 2."""
    # A survey at the middle of its interval; alone, so that the range is the interval.
    found = combined({"survey": result("survey", (low + high) / 2, low=low, high=high)})
    assert (found.stage_low, found.stage_high) == stages


def test_equal_sources_on_a_cut_are_in_one_stage() -> None:
    for cut, stage in ((25, 2), (50, 3), (75, 4)):
        for present in (("survey", "interview"), ("survey", "document"), SOURCES):
            found = combined(heard(**dict.fromkeys(present, cut)))
            assert (found.stage_low, found.stage_high) == (stage, stage)


def test_no_stage_4_while_a_source_sits_in_stage_1() -> None:
    sources = heard(survey=100, observation=100, interview=100, document=24.4)
    found = combined(sources)
    # At the lowest, without the survey, (45 + .20·24.4)/.65 = 76.7: all of the range is above 75.
    assert found.low == pytest.approx((45 + 0.2 * 24.4) / 0.65)
    assert (found.stage_low, found.stage_high) == (3, 3)
    sources["document"] = result("document", 25)
    assert (combined(sources).stage_low, combined(sources).stage_high) == (4, 4)


def test_a_thin_source_in_stage_1_does_not_hold_stage_4_back() -> None:
    sources = heard(survey=90, observation=90, interview=90)
    sources["document"] = result("document", 0, thin=True)
    assert combined(sources).stage_high == 4


def test_the_cuts_of_another_framework() -> None:
    found = combined(heard(document=54), small().settings)
    assert (found.stage_low, found.stage_high) == (2, 2)
    assert combined(heard(document=55), small().settings).stage_low == 3


scores = st.dictionaries(st.sampled_from(SOURCES), st.floats(0, 100), min_size=1)


@given(scores, st.floats(0, 50), st.floats(0, 50))
def test_the_score_lies_in_its_range_and_both_on_the_scale(
    given_scores: dict[Source, float], below: float, above: float
) -> None:
    sources = heard(**given_scores)
    if "survey" in given_scores:
        score = given_scores["survey"]
        sources["survey"] = result("survey", score, low=score - below, high=score + above)
    found = combined(sources)
    assert -1e-9 <= found.low <= found.score + 1e-9
    assert found.score - 1e-9 <= found.high <= 100 + 1e-9
    assert 1 <= found.stage_low <= found.stage_high <= 4
    assert min(given_scores.values()) - 1e-9 <= found.score <= max(given_scores.values()) + 1e-9


@given(scores)
def test_leaving_out_a_source_stays_inside_the_range(given_scores: dict[Source, float]) -> None:
    found = combined(heard(**given_scores))
    for left_out in given_scores:
        rest = {s: v for s, v in given_scores.items() if s != left_out}
        if rest:
            again = combined(heard(**rest)).score
            assert found.low - 1e-9 <= again <= found.high + 1e-9


@given(scores)
def test_codes_are_the_same_from_both_sides(given_scores: dict[Source, float]) -> None:
    for pair in pair_codes("h", heard(**given_scores), SETTINGS, ()):
        assert pair.difference == abs(given_scores[pair.a] - given_scores[pair.b])
        assert pair.code == code_of(pair.difference, SETTINGS)
        assert not math.isnan(pair.difference)
