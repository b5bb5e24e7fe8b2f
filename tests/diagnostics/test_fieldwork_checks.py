"""What to look at before the analysis: each check present, absent, and at its boundary."""

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from diagnostics.evidence import RECONCILED, Rating
from diagnostics.fieldwork_checks import Check, Severity, fieldwork_checks
from diagnostics.fieldwork_coverage import Gathered, plan_progress
from diagnostics.fieldwork_plan import PlannedWork
from tests.diagnostics.gathered import TODAY, every, of, record
from tests.diagnostics.small_framework import published


def checked(
    records: Sequence[Gathered],
    ratings: Sequence[Rating] = (),
    plan: Sequence[PlannedWork] = (),
    sighted: Mapping[str, int] | None = None,
) -> tuple[Check, ...]:
    return fieldwork_checks(published(), records, ratings, plan_progress(plan, records), sighted or {}, TODAY)


def only(code: str, found: Sequence[Check]) -> list[Check]:
    return [one for one in found if one.code == code]


def rated(record_id: str, *stages: int | None, rater: str = "ann", reason: str = "Because") -> list[Rating]:
    names = sorted(every())
    return [Rating(record_id, names[n], rater, stage, reason) for n, stage in enumerate(stages)]


def test_the_gravest_comes_first() -> None:
    found = checked([record("I1", month=None, raters=0), record("O1", "observation", seen=of("culture", 1))])
    assert [one.severity for one in found] == sorted(one.severity for one in found)
    assert found[0].code == "no_month"


def test_nothing_is_wrong_with_nothing() -> None:
    assert checked([]) == ()


def test_a_rating_without_reason_is_an_error_counted_by_record() -> None:
    ratings = [*rated("I1", 1, 2, reason=" "), *rated("I1", 3, None), *rated("I2", 4)]
    found = only("no_reason", checked([record("I1"), record("I2")], ratings))
    assert [(one.record, one.number, one.severity) for one in found] == [("I1", 2, Severity.ERROR)]


def test_not_seen_needs_no_reason_and_a_reconciled_stage_does() -> None:
    ratings = [*rated("I1", None, reason=""), *rated("I1", 3, rater=RECONCILED, reason="")]
    assert [one.number for one in only("no_reason", checked([record("I1")], ratings))] == [1]


def test_a_record_without_month_is_an_error() -> None:
    found = only("no_month", checked([record("I1", month=None), record("I2")]))
    assert [(one.record, one.severity) for one in found] == [("I1", Severity.ERROR)]


@pytest.mark.parametrize(("quotes", "found"), [(0, []), (1, [1]), (2, [2])])
def test_a_quote_with_a_possible_name_is_an_error(quotes: int, found: list[int]) -> None:
    checks = only("possible_name", checked([record("I1")], sighted={"I1": quotes}))
    assert [one.number for one in checks] == found


@pytest.mark.parametrize(("raters", "missing"), [(0, ["I1"]), (1, []), (2, [])])
def test_a_record_without_rating_is_a_warning(raters: int, missing: list[str]) -> None:
    found = only("no_rating", checked([record("I1", raters=raters)]))
    assert [one.record for one in found] == missing


@pytest.mark.parametrize(
    ("records", "seen", "thin"), [(0, 0, False), (1, 2, True), (2, 1, True), (2, 2, False)]
)
def test_a_thin_source_is_a_warning(records: int, seen: int, thin: bool) -> None:
    found = checked([record(f"O{n}", "observation", seen=of("culture", seen)) for n in range(records)])
    assert [(one.heading, one.source) for one in only("thin", found)] == (
        [("culture", "observation")] if thin else []
    )


def test_a_record_that_nobody_has_finished_rating_speaks_to_nothing() -> None:
    found = checked([record("O1", "observation", raters=0, seen=of("culture"))])
    assert [one.code for one in found] == ["no_rating"]


@pytest.mark.parametrize(
    ("month", "old"), [(date(2026, 4, 1), True), (date(2026, 5, 1), False), (date(2026, 11, 1), False)]
)
def test_stale_evidence_is_noted_and_a_heading_without_newer_is_a_warning(month: date, old: bool) -> None:
    found = checked([record("O1", "observation", month=month, seen=of("culture"))])
    assert [one.record for one in only("old_record", found)] == (["O1"] if old else [])
    assert [one.heading for one in only("old_heading", found)] == (["culture"] if old else [])
    newer = record("O2", "observation", seen=of("culture", 1))
    both = checked([record("O1", "observation", month=month, seen=of("culture")), newer])
    assert only("old_heading", both) == []


def test_double_rating_is_missing_in_all_or_under_a_heading() -> None:
    single = record("O1", "observation", seen=every())
    assert [one.heading for one in only("no_double", checked([single]))] == [None]
    some = record("O2", "observation", seen=every(), twice=every() - of("culture"), raters=2)
    assert [one.heading for one in only("no_double", checked([single, some]))] == ["culture"]
    whole = record("O2", "observation", seen=every(), twice=every(), raters=2)
    assert only("no_double", checked([single, whole])) == []


@pytest.mark.parametrize(("pairs", "noted"), [(9, [9]), (10, [])])
def test_too_few_double_ratings_for_a_coefficient_are_noted(pairs: int, noted: list[int]) -> None:
    one = record("O1", "observation", seen=every(), twice=sorted(every())[:pairs], raters=2)
    assert [found.number for found in only("few_double", checked([one]))] == noted


@pytest.mark.parametrize(
    ("roles", "side"),
    [(("leaders", "team_managers"), "upper"), (("registered",), "lower"), (("leaders", "registered"), None)],
)
def test_one_side_heard_alone_is_a_warning(roles: tuple[str, ...], side: str | None) -> None:
    records = [record(f"I{n}", role=role, seen=every()) for n, role in enumerate(roles)]
    found = only("one_sided", checked(records))
    assert [(one.side, one.heading) for one in found] == ([(side, None)] if side else [])


def test_one_side_may_be_missing_under_one_heading_only() -> None:
    leader = record("I1", role="leaders", seen=every())
    practitioner = record("I2", role="registered", seen=every() - of("culture"))
    found = only("one_sided", checked([leader, practitioner]))
    assert [(one.side, one.heading) for one in found] == [("upper", "culture")]


def test_those_on_neither_side_make_nothing_one_sided() -> None:
    assert only("one_sided", checked([record("I1", role="support", seen=every())])) == []
    assert only("one_sided", checked([record("I1", seen=every())])) == []


def test_a_characteristic_that_no_record_has_seen_is_noted_as_the_survey_asks_about_it() -> None:
    missing = sorted(every())[0]
    found = only("no_source", checked([record("O1", "observation", seen=every() - {missing})]))
    assert [(one.characteristic, one.severity) for one in found] == [(missing, Severity.NOTE)]
    assert only("no_source", checked([record("O1", "observation", seen=every())])) == []


@pytest.mark.parametrize(
    ("stages", "number"), [((2, 2), []), ((2, 2, 2), [3]), ((2, 2, 3), []), ((2, 2, None), [])]
)
def test_the_same_stage_for_everything_is_noted_from_three_on(
    stages: tuple[int | None, ...], number: list[int]
) -> None:
    assert [one.number for one in only("alike", checked([record("I1")], rated("I1", *stages)))] == number


def test_two_raters_are_not_mixed_and_what_they_agreed_is_no_rater() -> None:
    mixed = [*rated("I1", 2, 2), *rated("I1", 2, 2, rater="ben"), *rated("I1", 2, 2, 2, rater=RECONCILED)]
    assert only("alike", checked([record("I1")], mixed)) == []


@pytest.mark.parametrize(("done", "missing"), [(1, [1]), (2, []), (3, [])])
def test_what_is_planned_and_not_done_is_noted(done: int, missing: list[int]) -> None:
    plan = [PlannedWork("interview", "interview", None, None, 2)]
    found = checked([record(f"I{n}") for n in range(done)], plan=plan)
    assert [one.number for one in only("planned", found)] == missing
    assert all(one.row == 0 for one in only("planned", found))
