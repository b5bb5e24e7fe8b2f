"""A characteristic is called strong or weak no more surely than all that was heard of it allows."""

from collections.abc import Iterable

import pytest

from diagnostics.disclosure import publish
from diagnostics.evidence import Rating, Record, Review
from diagnostics.published import Finding, PublishedProfile
from diagnostics.wording import on_balance, seemingly
from tests.diagnostics.plain_english import faults_of
from tests.diagnostics.planted_wave import Cell, profile_of, published_of, record_of, records_of, wave_of
from tests.diagnostics.small_framework import published

Fieldwork = Iterable[tuple[Record, tuple[Rating, ...]]]
SYSTEMS = next(heading for heading in published().headings if heading.id == "systems")
LEADERSHIP = next(heading for heading in published().headings if heading.id == "leadership")
FIRST, SECOND, THIRD, FOURTH, *_ = SYSTEMS.characteristics
DOCUMENT = published().document_types[0].id
SETTING = published().observation_settings[0].id


def staff(*levels: float, answered: int = 30) -> list[Cell]:
    return [
        Cell("leaders", "A", 40, answered, levels),
        Cell("registered", "B", 60, answered, levels),
        Cell("other_practitioners", "B", 60, answered, levels),
    ]


def seen(stages: dict[str, int], count: int = 2) -> list[tuple[Record, tuple[Rating, ...]]]:
    return [record_of(f"O{i}", "observation", SETTING, stages, role="registered") for i in range(count)]


def read(stages: dict[str, int], count: int = 2) -> list[tuple[Record, tuple[Rating, ...]]]:
    return [record_of(f"D{i}", "document", DOCUMENT, stages) for i in range(count)]


def heard(stages: dict[str, int], role: str = "registered") -> list[tuple[Record, tuple[Rating, ...]]]:
    return [record_of(f"I{role}{i}", "interview", "interview", stages, role=role) for i in range(2)]


def found_in(
    fieldwork: Fieldwork, cells: list[Cell] | None = None, reviews: Iterable[Review] = ()
) -> PublishedProfile:
    wave = wave_of(published(), cells or staff(0.5, answered=0), tuple(fieldwork), reviews=tuple(reviews))
    found = published_of(published(), wave)
    assert not faults_of(found)
    return found


def contrast(
    fieldwork: Fieldwork, cells: list[Cell] | None = None, reviews: Iterable[Review] = ()
) -> Finding:
    return found_in(fieldwork, cells, reviews).finding("systems.contrast")


def all_of(stage: int) -> dict[str, int]:
    return {c.id: stage for c in SYSTEMS.characteristics}


# -------------------------------------------------------------------------------- strong, weak, mixed, apart


def test_what_all_sources_bear_out_is_said_plainly() -> None:
    finding = contrast([*seen(all_of(3)), *read(all_of(3)), *heard(all_of(3))])
    assert finding.text[0].lower() + finding.text[1:-1] in {
        c.in_brief.strong for c in SYSTEMS.characteristics
    }


def test_a_strength_that_another_source_denies_is_not_praised() -> None:
    """Papers and interviews praise everything; of the first part we saw nothing."""
    denied = {**all_of(3), FIRST.id: 1}
    finding = contrast([*seen(denied), *read({**all_of(3), FIRST.id: 4}), *heard(all_of(3))])
    assert FIRST.in_brief.strong not in finding.text.lower()
    assert "," not in finding.text.removesuffix(f", but {FIRST.in_brief.weak}.")


def test_a_weakness_that_another_source_denies_is_not_said_plainly() -> None:
    denying = {**all_of(1), FIRST.id: 4}
    finding = contrast([*seen(all_of(1)), *read(denying), *heard(all_of(1))])
    assert FIRST.in_brief.weak not in finding.text.lower()


def test_what_a_person_overruled_as_a_pattern_no_other_sentence_tells_again() -> None:
    only = {FIRST.id: 4, SECOND.id: 3}
    seldom = {FIRST.id: 1, SECOND.id: 1}
    reviews = [Review("systems", "written_not_done", False, "Too early.")]
    finding = contrast([*seen(seldom), *read(only), *heard({FIRST.id: 2, SECOND.id: 2})], reviews=reviews)
    topics = {FIRST.in_brief.topic, SECOND.in_brief.topic}
    assert finding.text in {f"We seem to have mixed accounts of {topic}." for topic in topics}


def test_where_a_person_overruled_the_dissonance_accounts_are_mixed() -> None:
    reviews = [
        Review("systems", "written_not_done", False, "Too early."),
        Review("systems", "observation-document", False, "They speak of other teams."),
    ]
    stages = {FIRST.id: 1, SECOND.id: 1}
    fieldwork = [*seen(stages), *read({FIRST.id: 4, SECOND.id: 4}), *heard({FIRST.id: 3, SECOND.id: 3})]
    finding = contrast(fieldwork, reviews=reviews)
    assert finding.text == f"We seem to have mixed accounts of {FIRST.in_brief.topic}."
    assert {mark[0] for mark in finding.evidence} == {"D", "I", "O"}


def test_accounts_on_both_sides_of_the_line_are_mixed() -> None:
    """Leaving out the papers takes the score below the line."""
    fieldwork = [*read(all_of(4)), *heard(all_of(3)), *seen(all_of(2))]
    reviews = [
        Review("systems", subject, False, "They speak of other teams.")
        for subject in ("written_not_done", "observation-document")
    ]
    text = contrast(fieldwork, staff(0.5), reviews).text
    assert text.endswith(f"mixed accounts of {FIRST.in_brief.topic}.")


def test_one_thin_record_on_the_other_side_takes_the_plainness() -> None:
    """The record is not counted, and yet it is there."""
    others = {c.id: 1 for c in (SECOND, THIRD, FOURTH)}
    fieldwork = [*seen({**others, FIRST.id: 3}), *heard({**others, FIRST.id: 3}), *read(others)]
    plain = contrast(fieldwork).text.lower()
    assert plain.startswith(FIRST.in_brief.strong)
    thin = [record_of("D9", "document", DOCUMENT, {FIRST.id: 1})]
    assert contrast([*fieldwork, *thin]).text.lower().startswith(on_balance(FIRST.in_brief.strong).lower())


def test_what_is_strong_enough_for_a_reason_has_more_to_do() -> None:
    everywhere = {c.id: 3 for c in published().characteristics}
    fieldwork = [
        *records_of(published(), "document", 3, 3),
        *seen(everywhere, 3),
        *records_of(published(), "interview", 3, 3, role="registered"),
    ]
    found = found_in(fieldwork, staff(0.5, 0.75))
    reasons = [found.finding(step.findings[0]).text for step in found.steps]
    assert any(text.endswith(", with more to do.") for text in reasons)
    assert not any("not yet everywhere" in text for text in reasons)


# --------------------------------------------------------------------------------------------- the strength


def test_no_strength_is_kept_that_a_single_record_denies() -> None:
    praise = [
        *records_of(published(), "document", 4, 3),
        *records_of(published(), "interview", 4, 3, role="registered"),
    ]
    denied = [record_of("O1", "observation", SETTING, {c.id: 1 for c in published().characteristics})]
    assert found_in(praise, staff(1.0)).strength is not None
    assert found_in([*praise, *denied], staff(1.0)).strength is None


# ----------------------------------------------------------------------------------------------- patterns


def without_one_characteristic() -> PublishedProfile:
    """Papers speak of two parts, and we watched two others: no single part tells the pattern."""
    return found_in(
        [
            *read({FIRST.id: 4, SECOND.id: 3}),
            *seen({THIRD.id: 1, FOURTH.id: 2}),
            *heard({FIRST.id: 4, SECOND.id: 3}, role="leaders"),
            *heard({THIRD.id: 1, FOURTH.id: 1}),
        ]
    )


def test_pattern_over_two_characteristics_names_both() -> None:
    found = without_one_characteristic()
    said = f"calls for {FIRST.in_brief.topic}, but we seldom saw {THIRD.in_brief.topic}."
    assert found.finding(found.verdict).text == seemingly(f"On paper Wexbourne {said}")
    assert found.finding("systems.written_not_done").text == f"Documents {said.replace('calls', 'call')}"


def test_second_pattern_of_a_heading_says_it_in_fewer_words() -> None:
    finding = without_one_characteristic().finding("systems.said_not_seen")
    assert finding.text == "Leaders put management systems and processes well above what we saw, too."
    assert "I" in {mark[0] for mark in finding.evidence}


def test_nothing_is_said_of_nothing() -> None:
    found = without_one_characteristic()
    assert not [finding.text for finding in found.findings if "of this" in finding.text]


def test_leaders_who_describe_themselves_are_not_others() -> None:
    theirs = [c for c in LEADERSHIP.characteristics if c.in_brief.topic.startswith("leaders ")]
    assert theirs
    stages = {c.id: 3 for c in LEADERSHIP.characteristics} | {c.id: 4 for c in theirs}
    low = {c.id: 1 for c in LEADERSHIP.characteristics}
    text = found_in([*heard(stages, role="leaders"), *seen(low)]).finding("leadership.said_not_seen").text
    assert text.startswith("Leaders describe themselves ")


# ------------------------------------------------------------------------------------- the second time


def test_what_splits_staff_again_is_said_in_fewer_words() -> None:
    found = found_in(records_of(published(), "document", 3, 3), staff(0.0, 1.0))
    said = [found.finding(f"{heading.id}.split").text for heading in found.headings]
    assert "hides" in said[0]
    assert all(text.endswith(" too.") for text in said[1:])


@pytest.mark.parametrize(("then", "now", "word"), [(0.25, 0.5, "improvement"), (0.5, 0.25, "fall")])
def test_each_change_is_told_by_itself(then: float, now: float, word: str) -> None:
    def wave(level: float) -> list[Cell]:
        return staff(level, level, min(1.0, level + 0.25), answered=40)

    before = profile_of(published(), wave_of(published(), wave(then)))
    found = publish(profile_of(published(), wave_of(published(), wave(now), wave=2), before))
    leads = [finding.lead for finding in found.findings if finding.kind == "change"]
    # The one before may have had no place on the page, so that “another” would be the first.
    assert set(leads) == {f"A real {word}."}
