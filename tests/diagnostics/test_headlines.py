"""The verdict, how sure we are, who answered, why each step, what to keep, and what could not be seen."""

import re
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest

from diagnostics.disclosure import publish
from diagnostics.evidence import Evidence, Frame, Rating, Record
from diagnostics.framework import Framework
from diagnostics.published import PublishedProfile
from tests.diagnostics.plain_english import faults_of
from tests.diagnostics.planted_wave import (
    Cell,
    profile_of,
    published_of,
    record_of,
    records_of,
    value_at,
    wave_of,
    without_survey,
)
from tests.diagnostics.small_framework import load, published, put, small_data

Fieldwork = Iterable[tuple[Record, tuple[Rating, ...]]]
DOCUMENT = published().document_types[0].id


def staff(*levels: float, answered: int = 30, headcount: int = 50) -> list[Cell]:
    return [
        Cell("leaders", "A", headcount, answered, levels),
        Cell("registered", "B", headcount, answered, levels),
        Cell("other_practitioners", "B", headcount, answered, levels),
        Cell("support", "C", headcount, answered, levels),
    ]


def found_in(
    fieldwork: Fieldwork, cells: list[Cell] | None = None, framework: Framework | None = None, **about: object
) -> PublishedProfile:
    used = framework or published()
    wave = wave_of(used, cells or staff(answered=0), tuple(fieldwork), **about)  # type: ignore[arg-type] # the caller names fields
    wave = wave if cells else without_survey(wave)
    found = published_of(used, wave)
    assert not faults_of(found)
    return found


def of(source: str, stage: int, count: int = 3) -> list[tuple[Record, tuple[Rating, ...]]]:
    return records_of(published(), source, stage, count, role="registered")  # type: ignore[arg-type] # a source


# ---------------------------------------------------------------------------------------------------- verdict


def verdict(found: PublishedProfile) -> str:
    return found.finding(found.verdict).text


def test_without_evidence_there_is_no_claim() -> None:
    found = found_in(())
    assert "not yet enough evidence" in verdict(found) and "Wexbourne" in verdict(found)
    assert found.finding("verdict").evidence == ()


def test_verdict_names_the_place_and_rests_on_evidence() -> None:
    for fieldwork in (of("document", 4), of("document", 1), [*of("document", 4), *of("observation", 1)]):
        found = found_in(fieldwork, staff(0.5))
        assert "Wexbourne" in verdict(found)
        assert found.finding("verdict").evidence


def test_pattern_makes_the_verdict() -> None:
    text = verdict(found_in([*of("document", 4), *of("observation", 1)]))
    assert "seldom saw it" in text


def test_what_was_said_in_interviews_is_not_called_a_rating() -> None:
    fieldwork = [
        *records_of(published(), "interview", 4, 3, role="leaders", prefix="up-"),
        *records_of(published(), "interview", 1, 3, role="registered", prefix="down-"),
    ]
    text = verdict(found_in(fieldwork))
    assert "interviews" in text and " rate " not in text


def test_one_heading_alone_is_spoken_of_alone() -> None:
    one = published().headings[4]
    fieldwork = records_of(published(), "document", 3, 3, only=[c.id for c in one.characteristics])
    assert one.name.lower() in verdict(found_in(fieldwork)).lower()


def test_firm_ground_only_where_there_is_some() -> None:
    assert "firm ground" not in verdict(found_in(of("document", 1)))
    assert "beginning" not in verdict(found_in(of("document", 4)))


def test_verdict_over_some_strong_and_some_weak_headings_names_both() -> None:
    strong, weak = published().headings[1], published().headings[3]
    fieldwork = [
        *records_of(published(), "document", 4, 2, only=[c.id for c in strong.characteristics], prefix="s"),
        *records_of(published(), "document", 1, 2, only=[c.id for c in weak.characteristics], prefix="w"),
    ]
    text = verdict(found_in(fieldwork)).lower()
    assert text.index(strong.name.lower()) < text.index(weak.name.lower())


@pytest.mark.parametrize(
    ("stage", "start"), [(3, "uses? evidence in most of its work"), (2, "at an early stage")]
)
def test_equal_printed_scores_have_no_best_and_no_least(stage: int, start: str) -> None:
    text = verdict(found_in([*of("observation", stage), *of("document", stage)]))
    assert re.search(f"{start}, much the same under every heading.$", text)


def test_ties_for_best_or_least_are_not_one_heading() -> None:
    one, two, *others = published().headings
    fieldwork = [
        *records_of(published(), "document", 4, 2, only=[c.id for c in one.characteristics], prefix="s"),
        *records_of(published(), "document", 4, 2, only=[c.id for c in two.characteristics], prefix="t"),
        *(
            record
            for other in others
            for record in records_of(
                published(), "document", 1, 2, only=[c.id for c in other.characteristics], prefix=other.id
            )
        ),
    ]
    assert "firm ground in two headings, and has furthest to go in four headings" in verdict(
        found_in(fieldwork)
    ).replace("seems to have", "has")


# -------------------------------------------------------------------------------------------- how sure we are


def test_sureness_follows_the_grades() -> None:
    unsure, surer = found_in(()), found_in([*of("document", 3), *of("observation", 3)], staff(0.75))
    assert unsure.finding("sureness").text != surer.finding("sureness").text
    assert {heading.confidence.grade for heading in unsure.headings} == {"very low"}


# ----------------------------------------------------------------------------------------------- who answered


def response(found: PublishedProfile) -> str:
    return found.finding("response").text


def test_response_is_told_with_both_numbers() -> None:
    assert response(found_in((), staff(0.5))).startswith("120 of 200 staff answered (60%).")


def test_few_answers_are_a_first_indication() -> None:
    assert "first indication" in response(found_in((), staff(0.5, answered=7)))
    assert "first indication" not in response(found_in((), staff(0.5)))


@pytest.mark.parametrize("threshold", [10, 15])
def test_too_few_answers_give_no_score_and_no_number(threshold: int) -> None:
    found = found_in((), staff(0.5, answered=2), threshold=threshold)
    assert f"Fewer than {threshold} staff answered" in response(found)
    assert "8" not in response(found)
    assert not any(finding.id == "tipping" for finding in found.findings)


def test_more_answers_than_headcount_is_not_called_a_part_of_it() -> None:
    text = response(found_in((), staff(0.5, answered=30, headcount=25)))
    assert "120" in text and "100" in text
    assert "120 of 100" not in text


def test_nobody_asked_nothing_said() -> None:
    assert not any(finding.kind == "response" for finding in found_in(of("document", 3)).findings)


def tipping(cells: list[Cell]) -> str | None:
    return next((f.text for f in found_in((), cells).findings if f.id == "tipping"), None)


def test_near_tipping_point_is_told_in_points() -> None:
    text = tipping(staff(0.5, 0.5, 0.5, 0.75))
    assert text is not None and "would change" in text and "lower" in text


def test_far_tipping_point_is_told_as_far() -> None:
    text = tipping(staff(0.25, 0.5, answered=45))
    assert text is not None and "more than 20 points" in text


def test_where_everybody_answered_nobody_could_tip_it() -> None:
    assert tipping(staff(0.5, answered=50)) == (
        "As many answered as the workforce counts, so there are no silent staff to move a stage."
    )


def test_survey_on_a_cut_tips_at_once_but_never_by_nothing() -> None:
    found = found_in((), staff(0.5))
    for heading in found.headings:
        assert heading.tipping_note is not None and heading.tipping_note.startswith("1 point lower")


def test_without_a_survey_score_no_tipping_point_is_claimed() -> None:
    """Twelve answered, but each left so much out that no heading has a score."""
    omits = tuple(q.code for q in published().questions)
    assert tipping([Cell("registered", "B", 60, 12, (0.5,), omits)]) is None


# ------------------------------------------------------------------------------------------------------ steps


def test_every_step_answers_a_finding_with_evidence() -> None:
    found = found_in([*of("document", 2), *of("interview", 1)], staff(0.25))
    assert len(found.steps) > 3
    for step in found.steps:
        (identity,) = step.findings
        assert found.finding(identity).evidence


def test_first_three_steps_have_reasons_of_their_own() -> None:
    found = found_in([*of("document", 4), *of("observation", 1)], staff(0.25))
    texts = [found.finding(step.findings[0]).text for step in found.steps[:3]]
    assert len(set(texts)) == 3


def test_step_that_a_later_one_needs_answers_its_finding() -> None:
    """The first step moves labels, of which nothing was heard; the second moves loans and needs it."""
    data = small_data()
    put(data, "headings[0].characteristics[0].steps", ["write_labels"])
    framework = load(data)
    fieldwork = [record_of(f"D{i}", "document", "plan", {"loans": 2}) for i in range(2)]
    found = found_in(fieldwork, [Cell("curators", "East", 30, 0)], framework)
    reasons = {step.id: found.finding(step.findings[0]) for step in found.steps}
    assert reasons["write_labels"].text == reasons["test_labels"].text
    assert reasons["write_labels"].evidence == reasons["test_labels"].evidence != ()
    assert reasons["write_labels"].id != reasons["test_labels"].id


# --------------------------------------------------------------------------------------------------- strength


def test_strength_needs_moderate_confidence() -> None:
    sources = [*of("document", 3), *of("observation", 3), *of("interview", 3)]
    assert found_in(of("document", 3)).strength is None
    kept = found_in(sources, staff(0.75)).strength
    assert kept is not None


def test_nothing_weak_is_kept_as_a_strength() -> None:
    sources = [*of("document", 2), *of("observation", 2), *of("interview", 2)]
    assert found_in(sources, staff(0.25)).strength is None


def test_strength_names_the_sources_that_bear_it_and_no_other() -> None:
    surer = records_of(published(), "interview", 3, 1, role="leaders", prefix="x")
    hesitant = [*of("interview", 2, 2), *surer]
    found = found_in([*of("document", 3), *of("observation", 3), *hesitant], staff(0.5, 0.75))
    finding = found.finding("strength")
    assert "interviews" not in finding.text
    assert {mark[0] for mark in finding.evidence} == {"S", "O", "D"}


def test_strength_is_not_what_a_pattern_faults() -> None:
    """Documents and staff praise everything, yet nobody saw the first part of any heading."""
    firsts = {heading.characteristics[0].id for heading in published().headings}
    seen = {c.id: 1 if c.id in firsts else 3 for c in published().characteristics}
    setting = published().observation_settings[0].id
    fieldwork = [
        *of("document", 4),
        *(record_of(f"O{i}", "observation", setting, dict(seen), role="registered") for i in range(3)),
    ]
    found = found_in(fieldwork, staff(1.0))
    faulted = {c.in_brief.strong.lower() for c in published().characteristics if c.id in firsts}
    assert found.strength is None or found.strength.title.lower() not in faulted


def test_what_rose_is_the_strength_to_keep() -> None:
    def cells(level: float) -> list[Cell]:
        omits = tuple(q.code for h in published().headings[1:] for q in h.questions)
        usual = [Cell(c.role, c.area, c.headcount, 20, (level, level + 0.25)) for c in staff()]
        return [*usual, *(Cell(c.role, c.area, 0, 5, (0.5,), omits) for c in staff())]

    fieldwork = [*of("document", 3), *of("observation", 3)]
    before = profile_of(published(), wave_of(published(), cells(0.25), fieldwork))
    found = publish(profile_of(published(), wave_of(published(), cells(0.75), fieldwork, wave=2), before))
    assert not faults_of(found)
    assert "rose" in found.finding("strength").text
    assert any(mark.startswith("S ") for mark in found.finding("strength").evidence)


@pytest.mark.parametrize("falls", [True, False])
def test_a_strength_rose_only_where_none_of_its_questions_fell(falls: bool) -> None:
    def waved(first: float, second: float, number: int) -> tuple[Frame, Evidence]:
        frame, evidence = wave_of(published(), staff(0.75, 0.75, 0.5), fieldwork, wave=number)
        answers = evidence.answers
        assert answers is not None
        values = answers.values.copy()
        values[:, answers.codes.index("CAP1")] = value_at(published(), published().questions[0], first)
        values[:, answers.codes.index("CAP2")] = value_at(published(), published().questions[1], second)
        values[np.isnan(answers.values)] = np.nan
        # One in three says something else, so that the questions may be shown.
        values[2::3, :2] = answers.values[2::3, :2]
        return frame, replace(evidence, answers=replace(answers, values=values))

    fieldwork = [
        (record, tuple(replace(rating, rater=rater) for rating in ratings for rater in "AB"))
        for record, ratings in (*of("document", 3), *of("observation", 3), *of("interview", 3))
    ]
    before = profile_of(published(), waved(0.75, 1.0 if falls else 0.75, 1))
    found = publish(profile_of(published(), waved(1.0, 0.75, 2), before))
    assert found.strength is not None and found.strength.heading == "capability"
    text = found.finding("strength").text
    assert ("rose" not in text) if falls else text.startswith("Staff answers to a question on this rose")


# ----------------------------------------------------------------------------------------------------- limits


def limits(found: PublishedProfile) -> dict[str, str]:
    return {limit.id: limit.text for limit in found.limits}


def test_silent_sources_are_named_once_each() -> None:
    found = limits(found_in(of("document", 3)))
    assert {"silent.survey", "silent.interview", "silent.observation", "voices"} <= set(found)
    assert "silent.document" not in found


def test_source_that_is_silent_in_part_names_the_headings() -> None:
    one, *others = published().headings
    fieldwork = records_of(published(), "document", 3, 3, only=[c.id for c in one.characteristics])
    text = limits(found_in(fieldwork))["silent.document"].lower()
    assert one.name.lower() not in text and all(other.name.lower() in text for other in others)


def test_thin_source_is_named_as_thin() -> None:
    assert "thin.document" in limits(found_in(of("document", 3, 1)))


def test_few_answers_are_not_called_none() -> None:
    assert limits(found_in((), staff(0.5, answered=2)))["silent.survey"] == "Too few survey answers."
    assert limits(found_in(()))["silent.survey"] == "No survey answers at all."


def test_a_survey_that_nobody_answered_is_published_like_one_that_few_did() -> None:
    """That nobody at all answered would tell of each of them what they did."""
    assert found_in((), staff(answered=0)) == found_in((), staff(0.5, answered=2))
    assert found_in((), staff(answered=0)) != found_in(())


def test_records_in_which_nothing_was_seen_are_not_called_none() -> None:
    setting = published().observation_settings[0].id
    nothing = dict.fromkeys((c.id for c in published().characteristics), None)
    found = found_in([record_of(f"O{i}", "observation", setting, nothing) for i in range(3)])
    assert found.records["observation"] == 3
    assert limits(found)["silent.observation"] == "We could rate nothing in what we observed."


@pytest.mark.parametrize(
    ("replaced", "told"),
    [
        (1, "Lost links were replaced, so up to 1 answer may be a second one."),
        (12, "Lost links were replaced, so up to 12 answers may be second ones."),
    ],
)
def test_second_answers_are_counted_where_links_were_replaced(replaced: int, told: str) -> None:
    frame, evidence = wave_of(published(), staff(0.5), ())
    assert evidence.answers is not None
    again = replace(evidence, answers=replace(evidence.answers, replacement_links=replaced))
    found = published_of(published(), (frame, again))
    assert limits(found)["second_links"] == told
    assert not faults_of(found)


def test_an_open_link_is_said_and_enters_the_digest_alone() -> None:
    frame, evidence = wave_of(published(), staff(0.5), ())
    assert evidence.answers is not None
    again = replace(evidence, answers=replace(evidence.answers, open_link=True))
    closed, opened = (profile_of(published(), (frame, one)) for one in (evidence, again))
    assert "open_link" not in limits(publish(closed))
    assert "cannot be sure that nobody answered twice" in limits(publish(opened))["open_link"]
    assert closed.digest != opened.digest


def test_nobody_asked_families_is_always_said() -> None:
    assert "families" in limits(found_in((), staff(0.5)))["voices"]
