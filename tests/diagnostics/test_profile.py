"""The profile reads from evidence to steps as the method does, whatever is silent, in any framework."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from diagnostics.disclosure import publish
from diagnostics.errors import OutOfRange
from diagnostics.evidence import Answers, Evidence, Frame, FrameCell, Rating, Record, Review
from diagnostics.framework import Framework
from diagnostics.profile import METHOD_VERSION, Profile, build_profile
from diagnostics.published import SOURCES, PublishedProfile, Source, read_profile
from diagnostics.triangulation import combined_score
from tests.diagnostics.planted_wave import Cell, profile_of, records_of, wave_of, without_survey
from tests.diagnostics.small_framework import load, published, put, small, small_data

ROLES = ("leaders", "team_managers", "registered", "other_practitioners", "support")
Fieldwork = list[tuple[Record, tuple[Rating, ...]]]


def staff(*levels: float, answered: int = 30) -> list[Cell]:
    return [
        Cell(role, area, 50, answered, levels or (0.25, 0.5, 0.75))
        for role, area in zip(ROLES, ("A", "B", "A", "B", "C"), strict=True)
    ]


def rated(framework: Framework, *sources: tuple[Source, int], count: int = 3) -> Fieldwork:
    roles = {"interview": "registered", "observation": "registered", "document": None}
    return [
        record
        for source, stage in sources
        for record in records_of(framework, source, stage, count, role=roles[source])
    ]


def all_four() -> Profile:
    framework = published()
    fieldwork = rated(framework, ("interview", 2), ("observation", 2), ("document", 3))
    return profile_of(framework, wave_of(framework, staff(), fieldwork))


def test_score_range_and_stage_flow_from_the_sources_to_the_published_profile() -> None:
    profile = all_four()
    weights = profile.framework.settings.source_weights.as_mapping()
    found = publish(profile)
    for heading, shown in zip(profile.headings, found.headings, strict=True):
        scores = {source: result.score for source, result in heading.sources.items() if result}
        assert heading.combined is not None and shown.combined is not None and shown.stage is not None
        assert heading.combined.score == pytest.approx(combined_score(scores, weights))
        without = [combined_score({s: v for s, v in scores.items() if s != out}, weights) for out in scores]
        assert heading.combined.low <= min(without) and heading.combined.high >= max(without)
        assert (shown.combined.score, shown.combined.low, shown.combined.high) == tuple(
            round(value) for value in (heading.combined.score, heading.combined.low, heading.combined.high)
        )
        assert (shown.stage.low, shown.stage.high) == (2, 3)
        for source in SOURCES:
            present = heading.sources[source]
            assert present is not None
            assert shown.sources.present()[source].score == round(present.score)


def test_confidence_and_its_reasons_flow_through() -> None:
    for heading in publish(all_four()).headings:
        assert heading.confidence.grade == "low"
        assert [reason.code for reason in heading.confidence.reasons] == ["sources_disagree", "single_rater"]
        assert all(reason.text.endswith(".") and reason.brief for reason in heading.confidence.reasons)


@pytest.mark.parametrize(
    "sources, code, grade",
    [
        ([("interview", 2)], "two_sources", "low"),
        ([("document", 4)], "sources_disagree", "very low"),
        ([], "one_source", "low"),
    ],
)
def test_doubts_are_told(sources: list[tuple[Source, int]], code: str, grade: str) -> None:
    framework = published()
    wave = wave_of(framework, staff(), rated(framework, *sources))
    for heading in publish(profile_of(framework, wave)).headings:
        assert code in {reason.code for reason in heading.confidence.reasons}
        assert heading.confidence.grade == grade


def test_old_evidence_is_told_with_the_months_of_the_framework() -> None:
    framework = published()
    wave = wave_of(framework, staff(), rated(framework, ("document", 3)), as_of=date(2027, 6, 1))
    reasons = {r.code: r.text for r in publish(profile_of(framework, wave)).headings[0].confidence.reasons}
    assert str(framework.settings.evidence_months) in reasons["old_evidence"]


# ---------------------------------------------------------------------------------------------------- silence


@pytest.mark.parametrize("silent", SOURCES)
def test_silent_source_is_null_and_never_zero(silent: Source) -> None:
    framework = published()
    fieldwork = [(s, 3) for s in ("interview", "observation", "document") if s != silent]
    wave = wave_of(
        framework,
        staff(0.75, answered=0 if silent == "survey" else 30),
        rated(framework, *fieldwork),  # type: ignore[arg-type] # the names are sources
    )
    found = publish(profile_of(framework, wave))
    for heading in found.headings:
        present = heading.sources.present()
        assert set(present) == set(SOURCES) - {silent}
        assert heading.combined is not None and heading.combined.low >= 66
        assert not any(silent in (pair.a, pair.b) for pair in heading.pairs)
    assert any(limit.id == f"silent.{silent}" for limit in found.limits)


def test_survey_alone() -> None:
    framework = published()
    for heading in publish(profile_of(framework, wave_of(framework, staff()))).headings:
        survey = heading.sources.survey
        assert survey is not None and heading.combined is not None
        assert set(heading.sources.present()) == {"survey"}
        assert (heading.combined.score, heading.combined.low, heading.combined.high) == (
            survey.score,
            survey.low,
            survey.high,
        )
        assert not heading.pairs and not heading.patterns


@pytest.mark.parametrize("only", ["interview", "observation", "document"])
def test_one_source_of_fieldwork_alone(only: Source) -> None:
    framework = published()
    wave = without_survey(wave_of(framework, staff(answered=0), rated(framework, (only, 3))))
    profile = profile_of(framework, wave)
    found = publish(profile)
    assert profile.survey is None and found.survey_dates is None
    assert found.response.answered is None and found.response.frame == 250
    for heading in found.headings:
        assert set(heading.sources.present()) == {only}
        assert heading.combined is not None and heading.combined.score == 67
        assert heading.sources.present()[only].n == 3
    assert found.steps, "the survey is not needed for steps"


def test_thin_source_is_shown_and_not_counted() -> None:
    framework = published()
    fieldwork = [*rated(framework, ("document", 1), count=1), *rated(framework, ("observation", 4))]
    for heading in publish(profile_of(framework, wave_of(framework, staff(answered=0), fieldwork))).headings:
        assert heading.sources.document is not None and heading.sources.document.thin
        assert heading.combined is not None and heading.combined.score == 95
        assert heading.pairs == ()


def test_nothing_at_all() -> None:
    framework = published()
    found = publish(profile_of(framework, without_survey(wave_of(framework, staff(answered=0)))))
    assert not found.steps and not found.quotes
    assert found.strength is None and found.evidence == ()
    for heading in found.headings:
        assert heading.combined is None and heading.stage is None
        assert heading.confidence.grade == "very low"
        assert [reason.code for reason in heading.confidence.reasons] == ["no_source"]
    assert found.finding(found.verdict).kind == "limit"


# ----------------------------------------------------------------------------------------------------- errors


@pytest.mark.parametrize("cells", [(), (FrameCell("leaders", "A", 0),)])
def test_empty_frame_is_an_error(cells: tuple[FrameCell, ...]) -> None:
    _, evidence = wave_of(published(), staff())
    with pytest.raises(OutOfRange, match="frame"):
        build_profile(published(), Frame(cells), evidence)


@pytest.mark.parametrize("threshold", [9, 0, -1])
def test_threshold_below_ten_is_an_error(threshold: int) -> None:
    wave = wave_of(published(), staff(), threshold=threshold)
    with pytest.raises(OutOfRange, match="never lowered below 10"):
        build_profile(published(), *wave)


def test_threshold_may_be_raised() -> None:
    wave = wave_of(published(), staff(answered=12), threshold=13)
    found = publish(profile_of(published(), wave))
    assert all(row.suppressed for row in found.headings[0].groups.role_group)


def test_answer_outside_its_scale_is_an_error() -> None:
    frame, evidence = wave_of(published(), staff())
    assert evidence.answers is not None
    values = evidence.answers.values.copy()
    values[0, 0] = 6.0
    broken: Answers = replace(evidence.answers, values=values)
    with pytest.raises(OutOfRange):
        build_profile(published(), frame, replace(evidence, answers=broken))


# ------------------------------------------------------------------------------------------ waves and digests


def test_wave_before_is_compared_where_framework_and_version_agree() -> None:
    framework = small()
    cells = [Cell("educators", "East", 60, 40, (0.0, 1.0)), Cell("wardens", "West", 60, 40, (0.0, 1.0))]
    before = profile_of(framework, wave_of(framework, cells))
    later = profile_of(framework, wave_of(framework, cells, wave=2), before)
    assert later.comparable
    assert all(heading.change is not None for heading in later.headings)
    assert all(change is not None for change in later.item_changes)

    data = small_data()
    put(data, "version", "4")
    other = profile_of(load(data), wave_of(load(data), cells))
    later = profile_of(framework, wave_of(framework, cells, wave=2), other)
    assert not later.comparable
    assert all(heading.change is None for heading in later.headings)
    assert all(change is None for change in later.item_changes)


def test_profile_carries_versions_and_digest() -> None:
    profile = all_four()
    found = publish(profile)
    assert (found.method, found.digest) == (METHOD_VERSION, found.own_digest())
    assert (found.framework.id, found.framework.version) == (published().id, published().version)


def test_progress_is_told_in_words() -> None:
    told: list[str] = []
    framework = small()
    build_profile(framework, *wave_of(framework, [Cell("educators", "East", 9, 0)]), progress=told.append)
    assert len(told) > 2 and all(words[0].isupper() and " " in words for words in told)


def test_same_seed_same_profile_and_another_seed_the_same_order() -> None:
    framework = small()
    fieldwork = rated_small(framework, [("interview", 2), ("document", 1)])
    wave = wave_of(framework, [Cell("educators", "East", 60, 40, (0.0, 0.5))], fieldwork)
    runs = [
        publish(build_profile(framework, *wave, generator=np.random.default_rng(seed))) for seed in (1, 1, 2)
    ]
    usual = publish(build_profile(framework, *wave))
    assert runs[0].to_json() == runs[1].to_json()
    assert [step.id for step in runs[0].steps] == [step.id for step in runs[2].steps]
    assert usual.to_json() == publish(build_profile(framework, *wave)).to_json()


def test_inputs_are_left_alone() -> None:
    frame, evidence = wave_of(published(), staff(), rated(published(), ("document", 3)))
    assert evidence.answers is not None
    before = evidence.answers.values.copy()
    profile_of(published(), (frame, evidence))
    assert np.array_equal(before, evidence.answers.values, equal_nan=True)


# ---------------------------------------------------------------------------------- leaders and practitioners


def interviews(leaders: int, practitioners: int) -> Fieldwork:
    framework = published()
    return [
        *records_of(framework, "interview", 4, leaders, role="leaders", prefix="up-"),
        *records_of(framework, "interview", 1, practitioners, role="registered", prefix="down-"),
    ]


@pytest.mark.parametrize(
    "leaders, practitioners, stands",
    [(3, 3, True), (2, 3, False), (3, 2, False), (4, 5, True), (6, 0, False)],
)
def test_leaders_above_practitioners_in_interviews_needs_three_records_a_side(
    leaders: int, practitioners: int, stands: bool
) -> None:
    framework = published()
    wave = wave_of(framework, staff(answered=0), interviews(leaders, practitioners))
    found = publish(profile_of(framework, wave))
    for heading in found.headings:
        ids = {pattern.id for pattern in heading.patterns}
        assert ("leaders_above_practitioners" in ids) == stands
        if stands:
            finding = found.finding(f"{heading.id}.leaders_above_practitioners")
            assert not any(letter.isdigit() for letter in finding.text), "in words only"
            assert {mark[0] for mark in finding.evidence} == {"I"}


def test_sides_smaller_than_a_band_are_not_named() -> None:
    """Nine leaders and managers in all: "in interviews, leaders saw more" would speak of them alone."""
    framework = published()
    frame = [Cell("leaders", "A", 9, 0), Cell("registered", "A", 60, 0)]
    found = publish(profile_of(framework, wave_of(framework, frame, interviews(3, 3))))
    assert not any(heading.patterns for heading in found.headings)
    seen = records_of(framework, "observation", 1, 3, role="registered")
    said = publish(profile_of(framework, wave_of(framework, frame, [*interviews(3, 0), *seen])))
    assert all(heading.patterns for heading in said.headings)
    told = [finding for finding in said.findings if finding.kind in ("pattern", "verdict")]
    assert told and not any(finding.text.startswith("Leaders") for finding in told)


# ------------------------------------------------------------------------------------------ another framework


def rated_small(framework: Framework, sources: Iterable[tuple[Source, int]]) -> Fieldwork:
    return [r for source, stage in sources for r in records_of(framework, source, stage, 3, role="curators")]


@pytest.mark.parametrize("answered", [0, 11, 12, 40])
def test_other_framework_runs_unchanged(answered: int) -> None:
    framework = small()
    cells = [
        Cell("curators", "East", 20, min(15, answered), (0.5, 1.0)),
        Cell("educators", "East", 60, answered, (0.0, 0.5)),
        Cell("wardens", "West", 60, answered, (0.0, 0.0, 1.0)),
        Cell("friends", "West", 60, answered, (0.5,)),
        Cell(None, None, 0, answered // 4),
    ]
    fieldwork = rated_small(framework, [("interview", 4), ("observation", 1), ("document", 4)])
    reviews = [Review("objects", "written_not_done", False, "Another day.")]
    wave = wave_of(framework, cells, fieldwork, reviews=reviews, needs=("time",))
    profile = build_profile(framework, *wave)
    found = publish(profile)
    assert [heading.id for heading in found.headings] == [heading.id for heading in framework.headings]
    assert read_profile(found.to_json()) == found
    assert {step.id for step in found.steps} <= {step.id for step in framework.steps}
    if answered >= 12:
        assert [len(item.labels) for item in found.headings[0].items] == [7, 4, 2]


def test_other_framework_is_spoken_of_in_its_own_words() -> None:
    framework = small()
    cells = [Cell("curators", "East", 30, 20, (1.0,)), Cell("educators", "East", 60, 40, (0.0,))]
    fieldwork = [
        *records_of(framework, "interview", 4, 3, role="curators", prefix="up-"),
        *records_of(framework, "interview", 1, 3, role="educators", prefix="down-"),
        *records_of(framework, "observation", 1, 3, role="educators"),
    ]
    found = publish(profile_of(framework, wave_of(framework, cells, fieldwork)))
    text = " ".join(f"{finding.lead} {finding.text}" for finding in found.findings)
    assert "urators" in text
    assert "eaders" not in text and "ractitioner" not in text


def comparable_parts(profile: PublishedProfile) -> object:
    return replace(profile, digest="")


def test_evidence_in_another_order_gives_the_same_numbers() -> None:
    framework = small()
    cells = [Cell("educators", "East", 60, 40, (0.0, 0.5)), Cell("wardens", "West", 50, 25, (0.5, 1.0))]
    fieldwork = rated_small(framework, [("interview", 2), ("document", 3)])
    frame, evidence = wave_of(framework, cells, fieldwork)
    assert evidence.answers is not None
    turned = Evidence(
        diagnostic=evidence.diagnostic,
        answers=replace(
            evidence.answers,
            values=evidence.answers.values[::-1],
            dont_know=evidence.answers.dont_know[::-1],
            role_group=evidence.answers.role_group[::-1],
            service_area=evidence.answers.service_area[::-1],
        ),
        records=evidence.records[::-1],
        ratings=evidence.ratings[::-1],
    )
    straight = publish(profile_of(framework, (frame, evidence)))
    assert comparable_parts(straight) == comparable_parts(publish(profile_of(framework, (frame, turned))))
