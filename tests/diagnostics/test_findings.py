"""A sentence says no more than its evidence, and names what bears it out."""

from collections.abc import Iterable

import pytest

from diagnostics.disclosure import publish
from diagnostics.evidence import Rating, Record, Review
from diagnostics.published import Finding, PublishedProfile
from diagnostics.wording import seemingly
from tests.diagnostics.plain_english import faults_of
from tests.diagnostics.planted_wave import Cell, profile_of, published_of, record_of, records_of, wave_of
from tests.diagnostics.small_framework import load, published, put, small, small_data

Fieldwork = Iterable[tuple[Record, tuple[Rating, ...]]]
SYSTEMS = next(heading for heading in published().headings if heading.id == "systems")
FIRST, SECOND, THIRD = SYSTEMS.characteristics[:3]
DOCUMENT = published().document_types[0].id
SETTING = published().observation_settings[0].id


def staff(*levels: float, answered: int = 30) -> list[Cell]:
    return [
        Cell("leaders", "A", 40, answered, levels),
        Cell("team_managers", "A", 40, answered, levels),
        Cell("registered", "B", 60, answered, levels),
        Cell("other_practitioners", "B", 60, answered, levels),
        Cell("support", "C", 40, answered, levels),
    ]


SILENT = staff(0.5, answered=0)


def found_in(
    fieldwork: Fieldwork, cells: list[Cell] | None = None, reviews: Iterable[Review] = ()
) -> PublishedProfile:
    wave = wave_of(published(), cells or SILENT, tuple(fieldwork), reviews=tuple(reviews))
    found = published_of(published(), wave)
    assert not faults_of(found)
    return found


def marks_by_source(finding: Finding) -> set[str]:
    return {mark[0] for mark in finding.evidence}


def about(stages: dict[str, int], count: int = 2) -> list[tuple[Record, tuple[Rating, ...]]]:
    return [record_of(f"D{place}", "document", DOCUMENT, dict(stages)) for place in range(count)]


# ------------------------------------------------------------------------------- what stands out in a heading


def contrast(stages: dict[str, int]) -> Finding:
    return found_in(about(stages)).finding("systems.contrast")


def test_strong_and_weak_stand_side_by_side() -> None:
    finding = contrast({FIRST.id: 4, SECOND.id: 1, THIRD.id: 2})
    assert FIRST.in_brief.strong in finding.text.lower() and SECOND.in_brief.weak in finding.text
    assert finding.evidence == ("D1", "D2")


def three_sources(stages: dict[str, int]) -> PublishedProfile:
    """Four sources are at one, staff were asked, and some records were rated twice."""
    fieldwork = [
        record_of("I1", "interview", "interview", stages, role="registered"),
        record_of("I2", "interview", "interview", stages, role="registered"),
        *(record_of(f"O{i}", "observation", SETTING, stages) for i in (1, 2)),
        *about(stages),
    ]
    return found_in(fieldwork)


def test_where_confidence_is_low_a_conclusion_only_seems_so() -> None:
    few, more = found_in(about({FIRST.id: 2, SECOND.id: 1})), three_sources({FIRST.id: 2, SECOND.id: 1})
    assert next(h for h in few.headings if h.id == "systems").confidence.grade in ("low", "very low")
    assert few.finding("systems.contrast").text.startswith("It seems that ")
    assert next(h for h in more.headings if h.id == "systems").confidence.grade in ("moderate", "high")
    assert more.finding("systems.contrast").text.lower() == f"{SECOND.in_brief.weak}."


def test_no_conclusion_under_a_doubtful_heading_is_plain() -> None:
    fieldwork = [*records_of(published(), "document", 4, 3), *records_of(published(), "observation", 1, 3)]
    found = found_in(fieldwork)
    doubtful = {h.id for h in found.headings if h.confidence.grade in ("low", "very low")}
    assert doubtful
    for finding in found.findings:
        if finding.heading in doubtful and finding.kind in ("heading", "step"):
            assert "seem" in finding.text, finding.text
        assert " shows" not in finding.text
        if finding.kind == "pattern" and finding.heading in doubtful:
            assert finding.lead.startswith("Perhaps ")
    assert "seem" in found.finding(found.verdict).text


def test_where_all_is_strong_nothing_is_called_weak() -> None:
    finding = contrast({FIRST.id: 4, SECOND.id: 3})
    assert finding.text == seemingly(f"{FIRST.in_brief.strong}.")


def test_a_sentence_cites_the_records_that_bear_it_out() -> None:
    """The third document rates it well: it lowers nothing, and what is called weak does not rest on it."""
    fieldwork = [*about({FIRST.id: 2, SECOND.id: 1}), record_of("D2", "document", DOCUMENT, {SECOND.id: 3})]
    finding = found_in(fieldwork).finding("systems.contrast")
    assert finding.text == seemingly(f"{SECOND.in_brief.weak}.")
    assert finding.evidence == ("D1", "D2")


def test_where_all_is_weak_nothing_is_called_strong() -> None:
    finding = contrast({FIRST.id: 2, SECOND.id: 1})
    assert finding.text == seemingly(f"{SECOND.in_brief.weak}.")


def test_too_long_a_contrast_keeps_the_weak_half() -> None:
    data = small_data()
    strong, weak = f"labels are {'very ' * 12}good", f"loans are {'very ' * 12}bad"
    put(data, "headings[0].characteristics[0].in_brief.strong", strong)
    put(data, "headings[0].characteristics[1].in_brief.weak", weak)
    framework = load(data)
    fieldwork = [record_of(f"D{i}", "document", "plan", {"labels": 4, "loans": 1}) for i in range(2)]
    wave = wave_of(framework, [Cell("curators", "East", 30, 0)], fieldwork)
    finding = published_of(framework, wave).finding("objects.contrast")
    assert len(strong) + len(weak) > 125
    assert finding.text == seemingly(f"{weak}.")


def test_heading_that_is_too_thin_or_silent_says_so_without_evidence() -> None:
    found = found_in(about({FIRST.id: 4}, count=1))
    thin, silent = found.finding("systems.silent"), found.finding("culture.silent")
    assert "thin" in thin.text and "thin" not in silent.text
    assert thin.kind == silent.kind == "limit"


def test_heading_whose_parts_are_all_thin_does_not_tell_them_apart() -> None:
    fieldwork = [
        record_of("D1", "document", DOCUMENT, {FIRST.id: 4}),
        record_of("D2", "document", DOCUMENT, {SECOND.id: 1}),
    ]
    finding = found_in(fieldwork).finding("systems.contrast")
    assert (finding.kind, finding.evidence) == ("limit", ())


# --------------------------------------------------------------------------------------------------- patterns


def apart(high: int, low: int) -> list[tuple[Record, tuple[Rating, ...]]]:
    """Records of one characteristic each, so that every part is thin and the whole is not."""
    return [
        record_of("D1", "document", DOCUMENT, {FIRST.id: high}),
        record_of("D2", "document", DOCUMENT, {SECOND.id: high}),
        record_of("O1", "observation", SETTING, {FIRST.id: low}, role="registered"),
        record_of("O2", "observation", SETTING, {SECOND.id: low}, role="registered"),
    ]


def test_pattern_over_thin_parts_has_its_evidence() -> None:
    finding = found_in(apart(4, 1)).finding("systems.written_not_done")
    assert marks_by_source(finding) == {"D", "O"}
    assert "more of this" not in finding.text


def test_dissonance_over_thin_parts_has_its_evidence() -> None:
    reviews = [Review("systems", "written_not_done", False, "Too early.")]
    finding = found_in(apart(4, 1), reviews=reviews).finding("systems.dissonance")
    assert set(finding.evidence) == {"D1", "D2", "O1", "O2"}
    assert "100 points" in finding.text


def test_dissonance_is_not_told_beside_a_pattern_nor_when_overruled() -> None:
    together = found_in(apart(4, 1))
    assert "systems.dissonance" not in {finding.id for finding in together.findings}
    reviews = [
        Review("systems", "written_not_done", False, "Too early."),
        Review("systems", "observation-document", False, "Too early."),
    ]
    alone = found_in(apart(4, 1), reviews=reviews)
    assert "systems.dissonance" not in {finding.id for finding in alone.findings}


def test_dissonance_names_who_put_it_higher() -> None:
    fieldwork = [
        *records_of(published(), "interview", 1, 3, role="registered"),
        *records_of(published(), "document", 3, 3),
    ]
    finding = found_in(fieldwork).finding("systems.dissonance")
    assert finding.text == (
        "Documents put management systems and processes 67 points higher than interviews do."
    )
    assert marks_by_source(finding) == {"D", "I"}


def test_pattern_names_the_characteristic_that_is_furthest_apart() -> None:
    fieldwork = [
        *(record_of(f"D{i}", "document", DOCUMENT, {FIRST.id: 3, SECOND.id: 4}) for i in range(2)),
        *(
            record_of(f"O{i}", "observation", SETTING, {FIRST.id: 1, SECOND.id: 1}, role="registered")
            for i in range(2)
        ),
    ]
    finding = found_in(fieldwork).finding("systems.written_not_done")
    assert SECOND.in_brief.topic in finding.text


def test_what_leaders_describe_rests_on_interviews_with_leaders() -> None:
    """A practitioner alone spoke well of the second characteristic; leaders did not mention it."""
    fieldwork = [
        *(
            record_of(f"L{i}", "interview", "interview", {FIRST.id: 3, THIRD.id: 3}, role="leaders")
            for i in range(3)
        ),
        record_of("P1", "interview", "interview", {SECOND.id: 4}, role="registered"),
        record_of("P2", "interview", "interview", {SECOND.id: 4}, role="registered"),
        *(
            record_of(f"O{i}", "observation", SETTING, {c.id: 1 for c in (FIRST, SECOND, THIRD)})
            for i in range(2)
        ),
    ]
    found = found_in(fieldwork)
    finding = found.finding("systems.said_not_seen")
    bands = {entry.mark: entry.role_band for entry in found.evidence}
    assert SECOND.in_brief.topic not in finding.text
    assert {bands[mark] for mark in finding.evidence if mark[0] == "I"} == {"Leaders"}


def test_evidence_of_a_pattern_is_of_its_two_sources_only() -> None:
    fieldwork = [
        *records_of(published(), "document", 4, 3),
        *records_of(published(), "observation", 1, 3, role="registered"),
        *records_of(published(), "interview", 2, 3, role="registered"),
    ]
    finding = found_in(fieldwork, staff(0.25)).finding("systems.written_not_done")
    assert marks_by_source(finding) == {"D", "O"}


# ------------------------------------------------------------------------------------------- staff who differ


def test_split_staff_are_named_at_once_and_within_what_is_shown() -> None:
    found = found_in(records_of(published(), "document", 3, 3), staff(0.0, 1.0))
    for heading in found.headings:
        assert heading.staff_agree is False
        assert f"{heading.id}.split" in heading.findings
        assert found.finding(f"{heading.id}.split").evidence == (f"S {heading.short}",)


def test_staff_who_agree_are_not_called_split() -> None:
    found = found_in((), staff(0.5))
    assert all(heading.staff_agree for heading in found.headings)
    assert not any(finding.id.endswith(".split") for finding in found.findings)


# -------------------------------------------------------------------------------------------- change of waves


def after(then: float, now: float, answered: int = 30) -> PublishedProfile:
    def wave(level: float) -> list[Cell]:
        return staff(level, level, min(1.0, level + 0.25), answered=answered)

    before = profile_of(published(), wave_of(published(), wave(then)))
    found = publish(profile_of(published(), wave_of(published(), wave(now), wave=2), before))
    assert not faults_of(found)
    return found


@pytest.mark.parametrize(
    "then, now, word, lead",
    [(0.25, 0.5, "rose", "improvement"), (0.5, 0.25, "fell", "fall")],
)
def test_reliable_change_is_told_with_its_range(then: float, now: float, word: str, lead: str) -> None:
    found = after(then, now)
    for heading in found.headings:
        finding = found.finding(f"{heading.id}.change")
        assert word in finding.text and lead in finding.lead
        assert finding.evidence == (f"S {heading.short}",)
        assert heading.change is not None and heading.change.low is not None
        assert str(min(abs(heading.change.low), abs(heading.change.high or 0))) in finding.text


def test_no_change_is_not_told() -> None:
    assert not any(finding.kind == "change" for finding in after(0.5, 0.5).findings)


def test_change_that_may_be_chance_says_so() -> None:
    def wave(levels: tuple[float, ...]) -> list[Cell]:
        return [Cell("registered", "B", 100, 12, levels), Cell("other_practitioners", "A", 100, 12, levels)]

    before = profile_of(published(), wave_of(published(), wave((0.0, 1.0, 0.25))))
    now = wave_of(published(), wave((0.25, 1.0, 0.25)), wave=2)
    found = publish(profile_of(published(), now, before))
    for heading in found.headings:
        assert heading.change is not None and not heading.change.reliable
        finding = found.finding(f"{heading.id}.change")
        assert "chance" in finding.text and finding.lead == "No reliable change."
        assert "rose" not in finding.text


# ------------------------------------------------------------------------------------------- the gap over all


def gap(upper: float, lower: float) -> Finding | None:
    cells = [*staff(upper)[:2], *staff(lower)[2:]]
    found = found_in((), cells)
    return next((finding for finding in found.findings if finding.kind == "gap"), None)


def test_leaders_above() -> None:
    finding = gap(1.0, 0.25)
    # The gaps are all the same, so that none is the widest.
    assert (
        finding is not None and finding.text == "Leaders see more than practitioners do under every heading."
    )
    assert marks_by_source(finding) == {"S"}


def test_practitioners_above_is_not_called_much_the_same() -> None:
    finding = gap(0.25, 1.0)
    assert finding is not None and finding.text.startswith("Practitioners see more than leaders do")


def test_much_the_same() -> None:
    finding = gap(0.5, 0.5)
    assert finding is not None and "much the same" in finding.text


def test_no_title_where_the_gap_is_hidden() -> None:
    cells = [*staff(1.0)[:2], *staff(0.0)[2:]]
    cells[0] = Cell("leaders", "A", 40, 4, (1.0,))
    assert not any(finding.kind == "gap" for finding in found_in((), cells).findings)


def test_sides_are_called_as_the_framework_calls_them() -> None:
    framework = small()
    cells = [Cell("curators", "East", 30, 20, (1.0,)), Cell("educators", "East", 60, 40, (0.0,))]
    found = published_of(framework, wave_of(framework, cells))
    leads = {f.lead for f in found.findings if f.id.endswith("leaders_above_practitioners")}
    assert leads == {"Curators above front of house."}
