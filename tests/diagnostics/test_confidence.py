"""How sure we are of a heading: each doubt alone, their sum, and the dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.confidence import Confidence, Doubt, confidence_in, months_before, newest_evidence
from diagnostics.evidence import Record
from diagnostics.fieldwork import RaterAgreement
from diagnostics.framework_parts import Settings
from diagnostics.published import SOURCES, Code, Source
from diagnostics.triangulation import Decision, PairCode, SourceResult
from tests.diagnostics.small_framework import published, small

SETTINGS = published().settings
AS_OF = date(2026, 11, 22)
AGREED = RaterAgreement(12, 0.8, 0.9)


def sources(
    *present: Source, n: int = 200, thin: tuple[Source, ...] = ()
) -> dict[Source, SourceResult | None]:
    return {
        s: SourceResult(s, 60, n if s == "survey" else 4, s in thin, 4) if s in present else None
        for s in SOURCES
    }


def pair(code: Code, status: str = "proposed") -> PairCode:
    return PairCode("survey", "observation", 30, code, Decision(status, None))  # type: ignore[arg-type]


def confidence(
    present: tuple[Source, ...] = SOURCES,
    *,
    pairs: tuple[PairCode, ...] = (),
    settings: Settings = SETTINGS,
    n: int = 200,
    thin: tuple[Source, ...] = (),
    response_rate: float = 0.6,
    practitioner_heard: bool = True,
    raters: RaterAgreement = AGREED,
    rater_alpha: float | None = 0.8,
    newest: date | None = AS_OF,
    as_of: date = AS_OF,
) -> Confidence:
    return confidence_in(
        sources(*present, n=n, thin=thin),
        iter(pairs),
        settings,
        response_rate=response_rate,
        practitioner_heard=practitioner_heard,
        raters=raters,
        rater_alpha=rater_alpha,
        newest=newest,
        as_of=as_of,
    )


def assert_doubt(found: Confidence, code: str | None, grades: int = 1) -> None:
    if code is None:
        assert found == Confidence("high", ())
    else:
        assert found.doubts == (Doubt(code, grades),)
        assert found.grade == {1: "moderate", 2: "low"}[grades]


def test_without_a_doubt_confidence_is_high() -> None:
    assert confidence() == Confidence("high", ())
    assert confidence(("survey", "observation", "document")) == Confidence("high", ())


@pytest.mark.parametrize("present", [("survey", "document"), ("observation", "document")])
def test_two_sources_cost_a_grade(present: tuple[Source, ...]) -> None:
    assert_doubt(confidence(present), "two_sources")


@pytest.mark.parametrize("present", [("survey",), ("document",)])
def test_one_source_costs_two_grades(present: tuple[Source, ...]) -> None:
    assert_doubt(confidence(present), "one_source", 2)


def test_thin_sources_do_not_count() -> None:
    assert_doubt(confidence(thin=("document", "interview")), "two_sources")


def test_without_a_counted_source_confidence_is_very_low() -> None:
    assert confidence(()) == Confidence("very low", (Doubt("no_source", 3),))
    assert confidence(("document",), thin=("document",)).grade == "very low"


@pytest.mark.parametrize(
    ("code", "status", "doubted"),
    [
        ("dissonance", "confirmed", True),
        ("dissonance", "proposed", True),
        ("dissonance", "overruled", False),
        ("partial", "confirmed", False),
        ("agreement", "confirmed", False),
    ],
)
def test_a_dissonance_costs_a_grade_unless_it_is_overruled(code: Code, status: str, doubted: bool) -> None:
    assert_doubt(confidence(pairs=(pair(code, status),)), "sources_disagree" if doubted else None)


def test_many_dissonances_cost_one_grade() -> None:
    assert_doubt(confidence(pairs=(pair("dissonance"), pair("dissonance", "confirmed"))), "sources_disagree")
    mixed = (pair("dissonance", "overruled"), pair("dissonance", "confirmed"))
    assert_doubt(confidence(pairs=mixed), "sources_disagree")


@pytest.mark.parametrize(("n", "doubt"), [(10, "few_answers"), (29, "few_answers"), (30, None)])
def test_few_answers(n: int, doubt: str | None) -> None:
    assert_doubt(confidence(n=n), doubt)


@pytest.mark.parametrize(
    ("rate", "doubt"), [(0, "low_response"), (0.2999, "low_response"), (0.3, None), (1, None)]
)
def test_low_response(rate: float, doubt: str | None) -> None:
    assert_doubt(confidence(response_rate=rate), doubt)


def test_few_answers_and_low_response_cost_one_grade_together() -> None:
    assert_doubt(confidence(n=29, response_rate=0.1), "few_answers")


def test_response_does_not_matter_where_the_survey_is_silent() -> None:
    assert_doubt(confidence(("interview", "observation", "document"), response_rate=0), None)


def test_interviews_without_a_practitioner() -> None:
    assert_doubt(confidence(practitioner_heard=False), "no_practitioner")
    assert_doubt(confidence(("survey", "observation", "document"), practitioner_heard=False), None)
    assert_doubt(confidence(practitioner_heard=False, thin=("interview",)), None)


@pytest.mark.parametrize(
    ("units", "alpha", "doubt"),
    [
        (0, None, "single_rater"),
        (0, 0.9, "single_rater"),
        (12, 0.6669, "raters_differ"),
        (12, -0.2, "raters_differ"),
        (12, 0.667, None),
        (12, None, None),
        (3, None, None),
        (3, 0.5, "raters_differ"),
    ],
)
def test_raters(units: int, alpha: float | None, doubt: str | None) -> None:
    share = 0.9 if units else None
    found = confidence(raters=RaterAgreement(units, None, share), rater_alpha=alpha)
    assert_doubt(found, doubt)


def test_raters_do_not_matter_where_nothing_was_rated() -> None:
    found = confidence(("survey",), raters=RaterAgreement(0, None, None), rater_alpha=None)
    assert_doubt(found, "one_source", 2)


@pytest.mark.parametrize(
    ("newest", "doubt"),
    [
        (date(2026, 5, 21), "old_evidence"),
        (date(2026, 5, 22), None),
        (date(2026, 11, 22), None),
        (date(2026, 12, 1), None),
        (None, None),
    ],
)
def test_evidence_older_than_six_months(newest: date | None, doubt: str | None) -> None:
    assert_doubt(confidence(newest=newest), doubt)


def test_the_figures_of_another_framework() -> None:
    settings = small().settings
    assert_doubt(confidence(settings=settings, n=25), None)
    assert_doubt(confidence(settings=settings, n=24), "few_answers")
    assert_doubt(confidence(settings=settings, response_rate=0.39), "low_response")
    assert_doubt(confidence(settings=settings, rater_alpha=0.69), "raters_differ")
    assert_doubt(confidence(settings=settings, newest=date(2025, 11, 22)), None)
    assert_doubt(confidence(settings=settings, newest=date(2025, 11, 21)), "old_evidence")


def test_doubts_add_up_in_the_order_of_the_method() -> None:
    found = confidence(("survey", "interview"), pairs=(pair("dissonance"),))
    assert found == Confidence("low", (Doubt("two_sources", 1), Doubt("sources_disagree", 1)))
    found = confidence(practitioner_heard=False, newest=date(2025, 1, 1), response_rate=0.1)
    assert found.grade == "very low"
    assert [doubt.code for doubt in found.doubts] == ["low_response", "no_practitioner", "old_evidence"]


def test_confidence_is_never_below_very_low_and_keeps_every_reason() -> None:
    found = confidence(
        ("survey", "interview"),
        pairs=(pair("dissonance"),),
        n=12,
        practitioner_heard=False,
        raters=RaterAgreement(0, None, None),
        newest=date(2020, 1, 1),
    )
    assert found.grade == "very low"
    assert [doubt.code for doubt in found.doubts] == [
        "two_sources",
        "sources_disagree",
        "few_answers",
        "no_practitioner",
        "single_rater",
        "old_evidence",
    ]


# ------------------------------------------------------------------------------------------------- the dates


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 22), 6, date(2026, 5, 22)),
        (date(2026, 3, 15), 6, date(2025, 9, 15)),
        (date(2026, 8, 31), 6, date(2026, 2, 28)),
        (date(2024, 8, 31), 6, date(2024, 2, 29)),
        (date(2024, 8, 29), 6, date(2024, 2, 29)),
        (date(2026, 12, 31), 6, date(2026, 6, 30)),
        (date(2026, 10, 31), 1, date(2026, 9, 30)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 1, 31), 1, date(2025, 12, 31)),
        (date(2026, 6, 30), 6, date(2025, 12, 30)),
        (date(2026, 5, 5), 0, date(2026, 5, 5)),
        (date(2026, 12, 1), 24, date(2024, 12, 1)),
    ],
)
def test_some_months_before_a_day(day: date, months: int, expected: date) -> None:
    assert months_before(day, months) == expected


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_months_before_is_the_same_day_or_the_last_of_a_shorter_month(day: date, months: int) -> None:
    found = months_before(day, months)
    assert (day.year * 12 + day.month) - (found.year * 12 + found.month) == months
    is_last = (found + timedelta(days=1)).month != found.month
    assert found.day == day.day or (is_last and found.day < day.day)


def record(month: date) -> Record:
    return Record("r", "interview", "talk", None, None, None, month, 1)


def test_a_record_counts_to_the_end_of_its_month() -> None:
    assert newest_evidence([record(date(2026, 2, 1))], None) == date(2026, 2, 28)
    assert newest_evidence([record(date(2024, 2, 1))], None) == date(2024, 2, 29)
    assert newest_evidence([record(date(2026, 12, 1))], None) == date(2026, 12, 31)


def test_the_newest_evidence_is_a_record_or_the_survey() -> None:
    records = [record(date(2026, 3, 1)), record(date(2026, 4, 1))]
    assert newest_evidence(iter(records), date(2026, 4, 29)) == date(2026, 4, 30)
    assert newest_evidence(records, date(2026, 5, 2)) == date(2026, 5, 2)
    assert newest_evidence([], date(2026, 5, 2)) == date(2026, 5, 2)
    assert newest_evidence([], None) is None


@pytest.mark.parametrize(("month", "doubt"), [(5, None), (4, "old_evidence")])
def test_records_of_the_sixth_month_back_are_still_new(month: int, doubt: str | None) -> None:
    newest = newest_evidence([record(date(2026, month, 1))], None)
    for day in (1, 22, 30):
        found = confidence(newest=newest, as_of=date(2026, 11, day))
        assert_doubt(found, doubt)
