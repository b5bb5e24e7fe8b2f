"""The named patterns: who is high, who is low, and on which side of every boundary."""

import dataclasses

import pytest

from diagnostics.evidence import Review
from diagnostics.framework_parts import Settings
from diagnostics.published import SOURCES, Source
from diagnostics.triangulation import PATTERNS, NamedPattern, SourceResult, named_patterns, stands_above
from tests.diagnostics.small_framework import published, small

SETTINGS = published().settings
Pair = tuple[float, float]


def patterns(
    *,
    leaders: float | None = None,
    gap: Pair | None = None,
    interview_gap: Pair | None = None,
    reviews: tuple[Review, ...] = (),
    settings: Settings = SETTINGS,
    thin: tuple[Source, ...] = (),
    survey: float | None = None,
    observation: float | None = None,
    document: float | None = None,
    interview: float | None = None,
) -> tuple[NamedPattern, ...]:
    scores = zip(SOURCES, (survey, interview, observation, document), strict=True)
    sources: dict[Source, SourceResult | None] = {
        source: SourceResult(source, score, 12, source in thin, 3) if score is not None else None
        for source, score in scores
    }
    return named_patterns(
        "h",
        sources,
        settings,
        iter(reviews),
        leaders_interviewed=leaders,
        gap=gap,
        interview_gap=interview_gap,
    )


def names(found: tuple[NamedPattern, ...]) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [(pattern.id, pattern.high, pattern.low) for pattern in found]


# high, low, whether the pattern stands: high from 50, low below 50, more than 25 apart, another stage.
BOUNDARIES = [
    (50.0, 24.9, True),
    (50.0, 25.0, False),
    (49.9, 0.0, False),
    (75.0, 49.9, True),
    (74.9, 49.9, False),
    (75.1, 50.0, False),
    (75.0, 50.0, False),
    (100.0, 50.0, False),
    (100.0, 49.9, True),
    (70.0, 45.0, False),
    (70.0, 44.9, True),
]
each_boundary = pytest.mark.parametrize(("high", "low", "stands"), BOUNDARIES)


@each_boundary
def test_high_and_low_far_apart_in_different_stages(high: float, low: float, stands: bool) -> None:
    assert stands_above(high, low, SETTINGS) is stands


@pytest.mark.parametrize(("high", "low"), [(None, 10), (90, None), (None, None)])
def test_nothing_stands_above_silence(high: float | None, low: float | None) -> None:
    assert not stands_above(high, low, SETTINGS)


def test_the_lower_does_not_stand_above_the_higher() -> None:
    assert not stands_above(20, 70, SETTINGS)
    assert names(patterns(survey=20, observation=70)) == []


def test_a_difference_of_a_rounding_is_no_difference() -> None:
    # 66⅔ − 41⅔ is 25 points, not more.
    assert not stands_above(100 * 2 / 3, 100 * 1.25 / 3, SETTINGS)


def test_the_same_stage_is_no_pattern_even_far_apart() -> None:
    wide = dataclasses.replace(SETTINGS, stage_cuts=(5.0, 10.0, 95.0))
    assert not stands_above(90, 20, wide)
    assert stands_above(90, 9, wide)


def test_the_boundaries_of_another_framework() -> None:
    assert stands_above(55, 26.9, small().settings)
    assert not stands_above(55, 27, small().settings)
    assert not stands_above(54.9, 0, small().settings)


@each_boundary
def test_said_not_seen_from_the_survey(high: float, low: float, stands: bool) -> None:
    expected = [("said_not_seen", ("survey",), ("observation",))] if stands else []
    assert names(patterns(survey=high, observation=low)) == expected


@each_boundary
def test_said_not_seen_from_interviews_with_leaders(high: float, low: float, stands: bool) -> None:
    expected = [("said_not_seen", ("leaders",), ("observation",))] if stands else []
    assert names(patterns(leaders=high, observation=low)) == expected


def test_said_not_seen_names_everybody_who_said_it() -> None:
    found = patterns(survey=80, leaders=90, observation=20)
    assert names(found) == [("said_not_seen", ("survey", "leaders"), ("observation",))]
    found = patterns(survey=30, leaders=90, observation=20)
    assert names(found) == [("said_not_seen", ("leaders",), ("observation",))]


def test_interviews_with_others_do_not_make_said_not_seen() -> None:
    assert names(patterns(interview=90, observation=20)) == []


@each_boundary
def test_written_not_done(high: float, low: float, stands: bool) -> None:
    for where, found in (
        ("observation", patterns(document=high, observation=low)),
        ("survey", patterns(document=high, survey=low)),
    ):
        assert names(found) == ([("written_not_done", ("document",), (where,))] if stands else [])


@each_boundary
def test_done_not_written(high: float, low: float, stands: bool) -> None:
    for where, found in (
        ("observation", patterns(document=low, observation=high)),
        ("survey", patterns(document=low, survey=high)),
    ):
        assert names(found) == ([("done_not_written", (where,), ("document",))] if stands else [])


def test_written_not_done_names_everything_that_is_low() -> None:
    found = patterns(document=90, observation=20, survey=30)
    assert names(found) == [("written_not_done", ("document",), ("observation", "survey"))]


@each_boundary
def test_leaders_above_practitioners_in_the_survey(high: float, low: float, stands: bool) -> None:
    expected = [("leaders_above_practitioners", ("survey",), ("survey",))] if stands else []
    assert names(patterns(gap=(high, low))) == expected


@each_boundary
def test_leaders_above_practitioners_in_interviews(high: float, low: float, stands: bool) -> None:
    expected = [("leaders_above_practitioners", ("interview",), ("interview",))] if stands else []
    assert names(patterns(interview_gap=(high, low))) == expected


def test_practitioners_above_leaders_is_no_pattern() -> None:
    assert names(patterns(gap=(20, 90), interview_gap=(10, 80))) == []


def test_several_patterns_come_in_their_order() -> None:
    found = patterns(survey=80, observation=20, document=90, gap=(90, 20), interview_gap=(80, 10))
    assert names(found) == [
        ("said_not_seen", ("survey",), ("observation",)),
        ("written_not_done", ("document",), ("observation",)),
        ("leaders_above_practitioners", ("survey", "interview"), ("survey", "interview")),
    ]
    assert [pattern.id for pattern in found] == [name for name in PATTERNS if name != "done_not_written"]


def test_a_policy_between_practice_seen_and_practice_told_makes_two_patterns() -> None:
    # Documents are high beside what is observed and low beside what staff say: both are findings.
    found = patterns(survey=100, document=50, observation=20)
    assert names(found) == [
        ("said_not_seen", ("survey",), ("observation",)),
        ("written_not_done", ("document",), ("observation",)),
    ]


def test_thin_sources_make_no_pattern() -> None:
    assert len(patterns(survey=90, observation=10)) == len(patterns(survey=90, document=10)) == 1
    assert patterns(survey=90, observation=10, thin=("observation",)) == ()
    assert patterns(survey=90, document=10, thin=("document",)) == ()
    assert patterns(survey=90, document=10, observation=10, thin=("document", "observation")) == ()


def test_nothing_at_all_makes_no_pattern() -> None:
    assert patterns() == ()


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_decision_on_a_pattern_is_kept_with_its_reason(confirmed: bool) -> None:
    reviews = (
        Review("other", "written_not_done", not confirmed, "Of another heading"),
        Review("h", "said_not_seen", not confirmed, "Of another pattern"),
        Review("h", "written_not_done", confirmed, "The policy began in May"),
    )
    (pattern,) = patterns(document=90, observation=20, reviews=reviews)
    assert pattern.decision.status == ("confirmed" if confirmed else "overruled")
    assert pattern.decision.reason == "The policy began in May"
    (alone,) = patterns(document=90, observation=20)
    assert alone.decision.status == "proposed"
