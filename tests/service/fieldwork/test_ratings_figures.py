"""The council's own figures: each keeps its value and makes a stage, beside which people may rate."""

import dataclasses
from uuid import UUID

import pytest
from sqlalchemy import select

from app.commissioning.frameworks import framework_of
from app.commissioning.models import Diagnostic
from app.database.session import Database
from app.fieldwork.models import FieldworkRecord, IndicatorValue
from app.fieldwork.ratings.figures import stage_of_figures
from app.fieldwork.ratings.figures_presenters import cut_words
from app.fieldwork.ratings.queries import evidence_ratings
from diagnostics.evidence import Rating
from tests.service.browser import Browser, Page
from tests.service.fieldwork.raters import begin, done, page_of, press, rate, saved, states
from tests.service.people import People

DAYS, AUDITS = "value-cap_own_data_days", "value-sys_audit_checked"
DAYS_REASON = (
    "Time from a new question to an answer: 31 working days (median). Stage 2 by the framework’s cut-offs."
)


@pytest.fixture
def review(browser: Browser, database: Database, people: People, here: UUID) -> FieldworkRecord:
    """A review of figures that Dana has begun."""
    browser.sign_in(people.dana)
    return begin(browser, database, here, "document", kind="data_review")


def enter(browser: Browser, record: FieldworkRecord, **values: str) -> Page:
    fields = {name.replace("__", "-"): value for name, value in values.items()}
    return browser.submit(browser.get(page_of(record, "/figures")), fields)


def values(database: Database) -> dict[str, float]:
    with database.transaction(writes=False) as session:
        return {one.indicator: one.value for one in session.scalars(select(IndicatorValue))}


def test_a_figure_is_kept_with_the_stage_that_it_makes(
    browser: Browser, database: Database, review: FieldworkRecord
) -> None:
    page = browser.get(page_of(review, "/figures"))
    assert "In working days (median). Log of requests to the performance or data team" in page.text
    assert "Stage 2, developing: at most 40, more than 20" in page.text
    page = browser.submit(page, {DAYS: "31", AUDITS: " 70.0% "})
    assert "2 figures are saved." in page.text
    assert "As saved, it is stage 2, developing , for “Answers from our own records”." in page.text
    assert values(database) == {"cap_own_data_days": 31, "sys_audit_checked": 70}
    assert saved(database, review) == {
        ("figures", "cap_own_data"): (2, DAYS_REASON),
        ("figures", "sys_audit"): (
            4,
            "Audit actions checked for effect: 70% of actions due in the last twelve months. "
            "Stage 4 by the framework’s cut-offs.",
        ),
    }
    assert browser.get(page_of(review, "/figures")).fields()[DAYS] == ["31"]


def test_taking_a_figure_away_takes_its_rating(
    browser: Browser, database: Database, review: FieldworkRecord
) -> None:
    enter(browser, review, **{DAYS: "31", AUDITS: "70"})
    enter(browser, review, **{DAYS: ""})
    assert set(saved(database, review)) == {("figures", "sys_audit")}
    enter(browser, review, **{AUDITS: ""})
    assert (values(database), saved(database, review), states(database, review)) == ({}, {}, {})


@pytest.mark.parametrize(
    ("field", "text", "error"),
    [
        (AUDITS, "101", "“Audit actions checked for effect” must be a number from 0 to 100"),
        (AUDITS, "half", "“Audit actions checked for effect” must be a number from 0 to 100"),
        (DAYS, "-3", "“Time from a new question to an answer” must be a number such as 12 or 12.5"),
        (DAYS, "1e5", "“Time from a new question to an answer” must be a number such as 12 or 12.5"),
        (DAYS, "NaN", "“Time from a new question to an answer” must be a number such as 12 or 12.5"),
        (DAYS, "12%", "“Time from a new question to an answer” must be a number such as 12 or 12.5"),
    ],
)
def test_what_is_no_figure_comes_back(
    browser: Browser, database: Database, review: FieldworkRecord, field: str, text: str, error: str
) -> None:
    page = enter(browser, review, **{field: text})
    assert page.errors == [error]
    assert page.fields()[field] == [text]
    assert values(database) == {}


@pytest.mark.parametrize(("text", "value"), [("0", 0), ("1,200", 1200), ("12.3456", 12.3456), ("0.1", 0.1)])
def test_a_figure_comes_back_as_it_was_entered(
    browser: Browser, database: Database, review: FieldworkRecord, text: str, value: float
) -> None:
    enter(browser, review, **{DAYS: text})
    assert values(database) == {"cap_own_data_days": value}
    # Saving what the page shows changes nothing, and clashes with nobody.
    assert enter(browser, review).errors == []
    assert values(database) == {"cap_own_data_days": value}


def test_two_who_enter_figures_lose_nothing(
    browser: Browser, database: Database, review: FieldworkRecord
) -> None:
    first, second = (browser.get(page_of(review, "/figures")) for _ in range(2))
    browser.submit(first, {DAYS: "31"})
    browser.submit(second, {AUDITS: "70"})
    assert values(database) == {"cap_own_data_days": 31, "sys_audit_checked": 70}
    clash = browser.submit(second, {DAYS: "12", AUDITS: "70"})
    assert clash.errors == [
        "Somebody else changed “Time from a new question to an answer” to 31 while this page was open. "
        "Save again to keep yours instead"
    ]
    assert values(database)["cap_own_data_days"] == 31
    browser.submit(clash)
    assert values(database) == {"cap_own_data_days": 12, "sys_audit_checked": 70}


def test_people_rate_beside_the_figures(
    browser: Browser, database: Database, people: People, review: FieldworkRecord
) -> None:
    enter(browser, review, **{DAYS: "31"})
    page = rate(browser, review, "cap_own_data", "3", "The log leaves out what was never asked")
    assert states(database, review) == {"figures": "done", "DD": "rating"}
    overview = browser.get(page_of(review))
    assert "The figures say: stage 2, developing" in overview.text
    assert page.errors == []
    press(browser, review, "done")
    with database.transaction(writes=False) as session:
        found = evidence_ratings(session, review.diagnostic_id)
    assert found == (
        Rating(review.code, "cap_own_data", "DD", 3, "The log leaves out what was never asked"),
        Rating(review.code, "cap_own_data", "figures", 2, DAYS_REASON),
    )
    # One person and the figures are not two raters.
    browser.get(page_of(review, "/ratings/compare"), status=409)
    browser.sign_in(people.petra)
    done(browser, review, {"cap_own_data": ("2", "As the figure says")})
    page = browser.get(page_of(review, "/ratings/compare"))
    assert "The figures: Stage 2, developing" in page.text and "Different stages" in page.text


def test_of_several_indicators_the_lowest_stage_counts(database: Database, here: UUID) -> None:
    with database.transaction(writes=False) as session:
        framework = framework_of(session.get_one(Diagnostic, here))
    characteristic = next(one for one in framework.characteristics if one.id == "cap_own_data")
    first = characteristic.indicators[0]
    second = dataclasses.replace(
        first,
        id="second",
        name="Questions answered",
        unit="per cent",
        better="higher",
        cuts=(20.0, 50.0, 80.0),
    )
    both = dataclasses.replace(characteristic, indicators=(first, second))
    assert stage_of_figures(both, {first.id: 5, "second": 55}) == (
        3,
        "Time from a new question to an answer: 5 working days (median) (stage 4); Questions answered: "
        "55% (stage 3). The lowest stage counts by the framework’s cut-offs.",
    )
    assert stage_of_figures(both, {}) is None
    alone = stage_of_figures(both, {"second": 80})
    assert alone is not None and alone[0] == 4


def test_cut_offs_in_words_say_what_the_framework_does(database: Database, here: UUID) -> None:
    """Each stage's span holds the very values to which the framework gives that stage."""
    with database.transaction(writes=False) as session:
        framework = framework_of(session.get_one(Diagnostic, here))
    for indicator in (one for c in framework.characteristics for one in c.indicators):
        first, second, third = indicator.cuts
        step = -0.5 if indicator.better == "lower" else 0.5
        by_words = (first - step, first, second, third)
        assert [indicator.stage(value) for value in by_words] == [1, 2, 3, 4]
        assert indicator.stage(third - step) == 3 and indicator.stage(second - step) == 2
        words = cut_words(indicator)
        assert words[3].endswith("or less" if indicator.better == "lower" else "or more")
        assert [line.split(",")[0] for line in words] == ["Stage 1", "Stage 2", "Stage 3", "Stage 4"]
