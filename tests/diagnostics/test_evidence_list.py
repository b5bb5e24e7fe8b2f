"""The evidence list names a source, a role band and characteristics, and nothing that points further."""

import json
from dataclasses import asdict
from datetime import date

import pytest

from diagnostics.evidence import Rating, Record
from diagnostics.evidence_list import ALL_STAFF, evidence_entries, marks_of
from diagnostics.framework import Framework
from diagnostics.published import EvidenceEntry, PublishedProfile
from tests.diagnostics.planted_wave import (
    Cell,
    profile_of,
    published_of,
    record_of,
    records_of,
    wave_of,
    without_survey,
)
from tests.diagnostics.small_framework import published

Fieldwork = list[tuple[Record, tuple[Rating, ...]]]
SUPERVISION = "group_supervision"


def cells(leaders: int = 12, managers: int = 20) -> list[Cell]:
    return [
        Cell("leaders", "Assessment", leaders, 0),
        Cell("team_managers", "Assessment", managers, 0),
        Cell("registered", "Early help", 60, 30),
        Cell("other_practitioners", "Early help", 40, 20),
    ]


def entries(fieldwork: Fieldwork, framework: Framework | None = None, **sizes: int) -> list[EvidenceEntry]:
    used = framework or published()
    profile = profile_of(used, wave_of(used, cells(**sizes), fieldwork))
    return [entry for entry in evidence_entries(profile, marks_of(profile)) if entry.source != "survey"]


def seen(*names: int) -> dict[str, int | None]:
    return {published().characteristics[name].id: 3 for name in names}


def test_entry_names_source_band_and_characteristics() -> None:
    (entry,) = entries([record_of("R-9", "interview", "interview", seen(0, 7), role="registered")])
    names = [published().characteristics[index].name for index in (0, 7)]
    assert (entry.mark, entry.source, entry.role_band) == ("I1", "interview", "Registered practitioners")
    assert entry.topics == tuple(names)


def test_nothing_but_these_fields_is_in_an_entry() -> None:
    fieldwork = [
        record_of(
            "VISIT-TO-TEAM-B", "observation", SUPERVISION, seen(0), role="registered",
            area="Early help", people=6, month=date(2026, 8, 1),
        )
    ]  # fmt: skip
    (entry,) = entries(fieldwork)
    text = json.dumps(asdict(entry))
    assert set(asdict(entry)) == {"mark", "source", "kind", "role_band", "topics"}
    assert not any(word in text for word in ("VISIT", "Early help", "2026", "upervision", "6"))


@pytest.mark.parametrize("people, named", [(None, False), (9, False), (10, True), (11, True)])
def test_meeting_is_named_only_where_enough_attend(people: int | None, named: bool) -> None:
    fieldwork = [record_of("O1", "observation", SUPERVISION, seen(0), role="registered", people=people)]
    (entry,) = entries(fieldwork)
    assert (entry.kind is not None) == named


@pytest.mark.parametrize(
    "leaders, managers, band",
    [
        (10, 20, "Leaders"),
        (9, 20, "Leaders with team managers"),
        (4, 5, "Leaders, team managers with registered practitioners"),
    ],
)
def test_small_role_group_is_named_with_the_neighbour_that_it_joined(
    leaders: int, managers: int, band: str
) -> None:
    fieldwork = [record_of("I1", "interview", "interview", seen(0), role="leaders")]
    (entry,) = entries(fieldwork, leaders=leaders, managers=managers)
    assert entry.role_band == band


def test_interview_with_an_unknown_role_is_with_all_staff() -> None:
    (entry,) = entries([record_of("I1", "interview", "interview", seen(0))])
    assert entry.role_band == ALL_STAFF


def test_document_has_its_kind_and_no_band() -> None:
    (entry,) = entries(
        [record_of("D1", "document", published().document_types[0].id, seen(0), role="leaders")]
    )
    assert (entry.kind, entry.role_band) == (published().document_types[0].name, None)


def test_order_of_the_list_does_not_tell_roles_within_a_band() -> None:
    """Eight leaders joined the managers: were they numbered first, I1 would be one of the eight."""
    fieldwork = [
        record_of("A", "interview", "interview", seen(0), role="team_managers"),
        record_of("B", "interview", "interview", seen(0, 1), role="leaders"),
        record_of("C", "interview", "interview", seen(0, 2), role="team_managers"),
    ]
    found = entries(fieldwork, leaders=8)
    assert {entry.role_band for entry in found} == {"Leaders with team managers"}
    assert [len(entry.topics) for entry in found] == [1, 2, 2]
    assert found[1].topics[1] == published().characteristics[1].name


def test_order_does_not_tell_when_a_record_was_made() -> None:
    months = [date(2026, 3, 1), date(2026, 9, 1), date(2026, 6, 1)]
    fieldwork = [
        record_of(name, "interview", "interview", seen(0, place), role="registered", month=month)
        for place, (name, month) in enumerate(zip("CAB", months, strict=True), start=1)
    ]
    other_months = [
        record_of(name, "interview", "interview", seen(0, place), role="registered")
        for place, name in enumerate("CAB", start=1)
    ]
    assert entries(fieldwork) == entries(other_months)


def whole_profile() -> PublishedProfile:
    framework = published()
    fieldwork = [
        *records_of(framework, "interview", 3, 4, role="registered", prefix="x"),
        *records_of(framework, "interview", 2, 4, role="leaders", prefix="y"),
        *records_of(framework, "observation", 1, 3, role="registered"),
        *records_of(framework, "document", 4, 5),
    ]
    answered = [Cell(c.role, c.area, c.headcount, c.headcount // 2, (0.25, 0.75)) for c in cells()]
    return published_of(framework, wave_of(framework, answered, fieldwork))


def test_marks_are_unique_and_numbered_without_gaps() -> None:
    marks = [entry.mark for entry in whole_profile().evidence]
    assert len(marks) == len(set(marks))
    assert [mark for mark in marks if mark[0] == "I"] == [f"I{place}" for place in range(1, 9)]
    assert [mark for mark in marks if mark[0] == "O"] == [f"O{place}" for place in range(1, 4)]
    assert [mark for mark in marks if mark[0] == "D"] == [f"D{place}" for place in range(1, 6)]


def test_every_mark_of_a_finding_and_of_a_quote_stands_in_the_list() -> None:
    found = whole_profile()
    listed = {entry.mark for entry in found.evidence}
    used = {mark for finding in found.findings for mark in finding.evidence}
    assert used and used <= listed
    assert {quote.mark for quote in found.quotes} <= listed


def test_survey_has_one_line_and_one_a_heading() -> None:
    marks = [entry.mark for entry in whole_profile().evidence if entry.source == "survey"]
    assert marks == ["S", *(f"S {heading.short}" for heading in published().headings)]


def test_survey_that_speaks_to_a_characteristic_but_not_to_its_heading_is_listed() -> None:
    """Twelve people answer one part of each heading: too little for a heading, enough for a finding."""
    framework = published()
    answered = {q.code for heading in framework.headings for q in heading.characteristics[0].survey}
    omits = tuple(q.code for q in framework.questions if q.code not in answered)
    people = [Cell("registered", "Early help", 60, 12, (0.0,), omits)]
    found = published_of(framework, wave_of(framework, people))
    marks = {entry.mark for entry in found.evidence}
    assert {mark for finding in found.findings for mark in finding.evidence} <= marks


def test_record_in_which_nothing_was_seen_is_not_listed() -> None:
    nothing: dict[str, int | None] = {published().characteristics[0].id: None}
    assert entries([record_of("I1", "interview", "interview", nothing, role="registered")]) == []


def test_no_survey_no_survey_line() -> None:
    framework = published()
    people = [Cell("registered", "Early help", 60, 0)]
    wave = without_survey(wave_of(framework, people, records_of(framework, "document", 3)))
    found = published_of(framework, wave)
    assert {entry.source for entry in found.evidence} == {"document"}
