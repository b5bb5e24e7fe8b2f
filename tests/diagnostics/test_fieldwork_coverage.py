"""How far fieldwork is beside its plan, and what would make the evidence surer."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.evidence import Frame, FrameCell, Rating, Record
from diagnostics.fieldwork import Fieldwork
from diagnostics.fieldwork_coverage import Gathered, Need, plan_progress, source_reach, still_needed
from diagnostics.fieldwork_plan import PlannedWork
from tests.diagnostics.gathered import FRAME, KINDS, RECENT, TODAY, every, of, record
from tests.diagnostics.small_framework import published


def needed(*records: Gathered, frame: Frame = FRAME) -> tuple[Need, ...]:
    return still_needed(published(), frame, records, TODAY)


def codes(*records: Gathered, frame: Frame = FRAME) -> list[str]:
    return [need.code for need in needed(*records, frame=frame)]


def everything(twice: bool = True) -> list[Gathered]:
    """All that confidence asks of fieldwork: two of each source, everything seen and rated twice."""
    talks = [
        *(record(f"I{n}", role="leaders", seen=every()) for n in range(3)),
        *(record(f"I{n}", role="registered", area="Early help", seen=every()) for n in range(3, 6)),
        record("I6", role="registered", area="Fostering", seen=every()),
        record("I7", role="support", seen=every()),
    ]
    watched = [record(f"O{n}", "observation", seen=every(), raters=2) for n in range(2)]
    read = [record(f"D{n}", "document", seen=every()) for n in range(2)]
    if twice:
        watched = [record(f"O{n}", "observation", seen=every(), twice=every(), raters=2) for n in range(2)]
    return [*talks, *watched, *read]


# The plan beside the records.


def test_a_record_counts_towards_the_row_that_says_most_about_it() -> None:
    plan = [
        PlannedWork("interview", "interview", None, None, 1),
        PlannedWork("interview", "interview", "leaders", None, 1),
    ]
    progress = plan_progress(plan, [record("I1", role="leaders")])
    assert [row.done for row in progress.rows] == [0, 1]


def test_a_record_moves_on_where_only_that_makes_room() -> None:
    plan = [
        PlannedWork("interview", "interview", "registered", None, 1),
        PlannedWork("interview", "interview", None, "Fostering", 1),
    ]
    # The first would take the first row, and the second fits no other.
    records = [
        record("I1", role="registered", area="Fostering"),
        record("I2", role="registered", area="Courts"),
    ]
    progress = plan_progress(plan, records)
    assert [row.done for row in progress.rows] == [1, 1]
    assert progress.unexpected == ()


def test_begun_done_and_double_are_told_apart_and_those_further_on_come_first() -> None:
    plan = [PlannedWork("interview", "interview", None, None, 2)]
    records = [record("I1", raters=0), record("I2", raters=1), record("I3", raters=2)]
    progress = plan_progress(plan, records)
    row = progress.rows[0]
    assert (row.begun, row.done, row.double, row.missing) == (2, 2, 1, 0)
    assert [one.id for one in progress.unexpected] == ["I1"]


@pytest.mark.parametrize(
    "other",
    [record("X", "observation"), record("X", kind="focus_group"), record("X"), record("X", role="support")],
    ids=["source", "kind", "no role", "role"],
)
def test_what_differs_from_its_row_was_not_expected(other: Gathered) -> None:
    progress = plan_progress([PlannedWork("interview", "interview", "leaders", None, 3)], [other])
    assert progress.unexpected == (other,)
    assert progress.rows[0].missing == 3


@given(
    st.lists(st.tuples(st.sampled_from([None, "a", "b"]), st.sampled_from([None, "x", "y"])), max_size=6),
    st.lists(st.tuples(st.sampled_from([None, "a", "b"]), st.sampled_from([None, "x", "y"])), max_size=6),
)
def test_as_many_records_as_possible_find_a_row(
    rows: list[tuple[str | None, str | None]], found: list[tuple[str | None, str | None]]
) -> None:
    plan = [PlannedWork("interview", "interview", role, area, 1) for role, area in rows]
    records = [record(f"I{n}", role=role, area=area) for n, (role, area) in enumerate(found)]
    progress = plan_progress(plan, records)
    fits = [
        [n for n, (role, area) in enumerate(found) if row_role in (None, role) and row_area in (None, area)]
        for row_role, row_area in rows
    ]

    def most(row: int, used: frozenset[int]) -> int:
        if row == len(rows):
            return 0
        return max(
            most(row + 1, used),
            *(1 + most(row + 1, used | {n}) for n in fits[row] if n not in used),
            0,
        )

    assert sum(row.done for row in progress.rows) == most(0, frozenset())
    assert len(progress.unexpected) == len(found) - sum(row.done for row in progress.rows)


# What is thin.


@pytest.mark.parametrize(
    ("records", "seen", "counts", "short"),
    [(1, 2, False, (1, 0)), (2, 1, False, (0, 1)), (2, 2, True, (0, 0)), (0, 0, False, (2, 2))],
)
def test_a_source_counts_from_two_records_and_two_characteristics(
    records: int, seen: int, counts: bool, short: tuple[int, int]
) -> None:
    watched = [record(f"O{n}", "observation", seen=of("culture", seen)) for n in range(records)]
    reach = next(
        one
        for one in source_reach(published(), watched)
        if (one.heading, one.source) == ("culture", "observation")
    )
    assert reach.counts is counts
    assert (reach.records_short, reach.characteristics_short) == short
    assert reach.thin is (not counts and records > 0)


@given(st.lists(st.frozensets(st.sampled_from(sorted(every())), max_size=6), max_size=5))
def test_what_is_thin_here_is_thin_in_the_method(seen: list[frozenset[str]]) -> None:
    records = [Record(f"O{n}", "observation", "panel", None, None, None, RECENT, 3) for n in range(len(seen))]
    ratings = [Rating(f"O{n}", c, "ann", 2, "Because") for n, own in enumerate(seen) for c in sorted(own)]
    fieldwork = Fieldwork(published(), tuple(records), tuple(ratings))
    here = [record(f"O{n}", "observation", seen=own) for n, own in enumerate(seen)]
    reach = {one.heading: one for one in source_reach(published(), here) if one.source == "observation"}
    for heading in published().headings:
        score = fieldwork.heading_score("observation", [c.id for c in heading.characteristics])
        assert reach[heading.id].counts is (score is not None and not score.thin)
        assert reach[heading.id].thin is (score is not None and score.thin)


# What is still needed.


def test_nothing_is_needed_where_everything_is_there() -> None:
    assert needed(*everything()) == ()


def test_without_records_each_source_is_needed_and_costs_a_grade_a_heading() -> None:
    found = needed()
    assert [(one.code, one.source, one.grades) for one in found[:3]] == [
        ("no_record", "interview", 6),
        ("no_record", "observation", 6),
        ("no_record", "document", 6),
    ]


def test_what_costs_most_comes_first() -> None:
    grades = [one.grades for one in needed(*everything(twice=False)[:9])]
    assert grades == sorted(grades, reverse=True)
    assert grades[0] > grades[-1]


def test_a_record_that_nobody_has_finished_rating_counts_for_nothing() -> None:
    assert needed(record("I1", raters=0, seen=every())) == needed()


def test_a_thin_source_is_named_with_what_it_lacks() -> None:
    records = [one for one in everything() if one.id != "O1"]
    found = [one for one in needed(*records) if one.source == "observation"]
    assert {(one.code, one.number) for one in found} == {("few_records", 1)}
    assert {one.heading for one in found} == {heading.id for heading in published().headings}
    # Two other sources and the survey count, so that confidence does not wait for this one.
    assert {one.grades for one in found} == {0}


def test_two_records_of_one_characteristic_need_another_characteristic() -> None:
    watched = [record(f"O{n}", "observation", seen=of("culture", 1)) for n in range(2)]
    found = [one for one in needed(*watched) if one.heading == "culture" and one.source == "observation"]
    assert [(one.code, one.number, one.grades) for one in found] == [("few_seen", 1, 1)]


def test_no_practitioner_costs_a_grade_under_every_heading_whose_interviews_count() -> None:
    leaders = [record(f"I{n}", role="leaders", seen=of("culture")) for n in range(2)]
    found = [one for one in needed(*leaders) if one.code == "no_practitioner"]
    assert [(one.grades, one.heading) for one in found] == [(1, None)]
    # Heard, but of something else.
    spoke = record("I9", role="registered", area="Early help", seen=of("skills"))
    found = [one for one in needed(*leaders, spoke) if one.code == "no_practitioner"]
    assert [(one.grades, one.heading) for one in found] == [(1, "culture")]
    heard = record("I9", role="registered", area="Early help", seen=of("culture", 1))
    assert "no_practitioner" not in codes(*leaders, heard)


def test_nobody_misses_practitioners_where_there_are_none() -> None:
    leaders = [record(f"I{n}", role="leaders", seen=of("culture")) for n in range(2)]
    only_leaders = Frame((FrameCell("leaders", "Early help", 5),))
    assert "no_practitioner" not in codes(*leaders, frame=only_leaders)


def test_one_double_rating_in_all_names_the_headings_that_have_none() -> None:
    single = everything(twice=False)
    assert [(one.grades, one.heading) for one in needed(*single) if one.code == "no_double"] == [(6, None)]
    once = record("O9", "observation", seen=every(), twice=of("culture", 1), raters=2)
    found = [one.heading for one in needed(*single, once) if one.code == "no_double"]
    assert found == ["capability", "systems", "practice", "leadership", "skills"]


@pytest.mark.parametrize(("pairs", "more"), [(9, [1]), (10, []), (11, [])])
def test_a_coefficient_needs_ten_double_ratings(pairs: int, more: list[int]) -> None:
    twice = frozenset(sorted(every())[:pairs])
    watched = record("O9", "observation", seen=every(), twice=twice, raters=2)
    assert [one.number for one in needed(watched) if one.code == "few_double"] == more


@pytest.mark.parametrize(
    ("month", "old"), [(date(2026, 4, 1), True), (date(2026, 5, 1), False), (date(2026, 6, 1), False)]
)
def test_evidence_is_old_six_months_after_the_end_of_its_month(month: date, old: bool) -> None:
    one = record("O1", "observation", month=month, seen=of("culture"))
    assert [need.heading for need in needed(one) if need.code == "old"] == (["culture"] if old else [])


def test_areas_and_role_groups_that_were_not_heard_are_named_the_largest_area_first() -> None:
    found = needed(record("I1", role="registered", area="Early help", seen=every()))
    assert [one.area for one in found if one.code == "unheard_area"] == ["Fostering"]
    assert [one.group for one in found if one.code == "unheard_group"] == ["leaders", "support"]


@pytest.mark.parametrize(("talks", "more"), [(0, []), (2, [1]), (3, [])])
def test_a_side_is_set_beside_the_other_from_three_interviews(talks: int, more: list[int]) -> None:
    found = needed(*(record(f"I{n}", role="leaders", seen=every()) for n in range(talks)))
    assert [one.number for one in found if (one.code, one.side) == ("few_talks", "upper")] == more


def test_kinds_of_the_tests_are_the_frameworks() -> None:
    assert KINDS["interview"] in {one.id for one in published().interview_kinds}
