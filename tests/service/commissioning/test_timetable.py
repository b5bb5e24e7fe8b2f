"""The days of a diagnostic: their order, and what is rather short."""

from datetime import date, timedelta

import pytest
import time_machine

from app.commissioning.timetable import DAYS, Timetable, faults, warnings
from app.database.session import Database
from tests.service.browser import Browser, Page
from tests.service.commissioning.furniture import change, kept
from tests.service.people import People

TODAY = date(2027, 1, 4)
# Five days that fit: a Saturday, a Sunday and a bank holiday among them.
RIGHT = Timetable(date(2027, 2, 6), date(2027, 2, 28), date(2027, 2, 10), date(2027, 3, 26), date(2027, 5, 3))


def parts(**days: date | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, day in days.items():
        numbers = ("", "", "") if day is None else (day.day, day.month, day.year)
        found |= {f"{name}-{part}": str(n) for part, n in zip(("day", "month", "year"), numbers, strict=True)}
    return found


def ask(browser: Browser, people: People, **typed: str) -> Page:
    with time_machine.travel(TODAY, tick=False):
        browser.sign_in(people.alice)
        return browser.submit(browser.get(f"/diagnostics/{people.here}/timetable"), typed)


def test_days_that_fit_have_no_fault_and_no_warning() -> None:
    assert (faults(RIGHT, TODAY), warnings(RIGHT)) == ({}, ())


@pytest.mark.parametrize(
    ("name", "day", "field", "message"),
    [
        (
            "survey_closes_on",
            date(2027, 2, 6),
            "survey_closes_on",
            "The survey must close after it opens on 6 February 2027",
        ),
        (
            "fieldwork_until",
            date(2027, 2, 9),
            "fieldwork_until",
            "Fieldwork must end on or after 10 February 2027, when it begins",
        ),
        (
            "brief_due_on",
            date(2027, 2, 28),
            "brief_due_on",
            "The brief must be due after the survey closes on 28 February 2027",
        ),
        (
            "brief_due_on",
            date(2027, 3, 26),
            "brief_due_on",
            "The brief must be due after fieldwork ends on 26 March 2027",
        ),
        (
            "survey_opens_on",
            date(2027, 1, 3),
            "survey_opens_on",
            "The day the survey opens must be today or later",
        ),
        (
            "brief_due_on",
            date(2062, 5, 3),
            "brief_due_on",
            "The day the brief is due must be within the next three years",
        ),
        (
            "brief_due_on",
            date(27, 5, 3),
            "brief_due_on",
            "Write the year in which the brief is due with four figures, such as 2027",
        ),
    ],
)
def test_days_that_cannot_be_are_named(name: str, day: date, field: str, message: str) -> None:
    wrong = Timetable(**{one: getattr(RIGHT, one) for one in DAYS} | {name: day})
    assert faults(wrong, TODAY) == {field: message}


def test_today_is_early_enough_and_one_day_of_fieldwork_is_possible() -> None:
    one_day = Timetable(TODAY, TODAY + timedelta(days=1), TODAY, TODAY)
    assert faults(one_day, TODAY) == {}


def test_a_day_that_has_passed_since_may_stay() -> None:
    before = Timetable(survey_opens_on=TODAY - timedelta(days=3))
    assert faults(before, TODAY, before=before) == {}
    assert faults(before, TODAY, before=Timetable()) != {}


@pytest.mark.parametrize(
    ("timetable", "begins"),
    [
        (Timetable(date(2027, 2, 1), date(2027, 2, 13)), "The survey is open for 13 days."),
        (Timetable(fieldwork_from=TODAY, fieldwork_until=TODAY), "Fieldwork lasts 1 day."),
        (
            Timetable(survey_closes_on=date(2027, 2, 1), brief_due_on=date(2027, 2, 14)),
            "There are 13 days from the last evidence to the brief.",
        ),
        (
            Timetable(fieldwork_until=date(2027, 2, 1), brief_due_on=date(2027, 2, 2)),
            "There is 1 day from the last evidence to the brief.",
        ),
    ],
)
def test_what_is_short_is_warned_of(timetable: Timetable, begins: str) -> None:
    (warning,) = warnings(timetable)
    assert warning.startswith(begins)


def test_what_is_just_long_enough_is_not() -> None:
    assert warnings(Timetable(date(2027, 2, 1), date(2027, 2, 14), brief_due_on=date(2027, 2, 28))) == ()


def test_the_days_are_kept_and_shown_as_written_in_england(
    browser: Browser, database: Database, people: People
) -> None:
    page = ask(browser, people, **parts(**RIGHT.days()))
    assert "The timetable is saved." in page.text
    assert "6 February 2027" in page.text
    assert Timetable.of(kept(database, people.here)) == RIGHT


def test_a_short_survey_is_kept_and_warned_of(browser: Browser, database: Database, people: People) -> None:
    page = ask(browser, people, **parts(survey_opens_on=date(2027, 2, 6), survey_closes_on=date(2027, 2, 12)))
    assert "Some of it is rather short: see below." in page.text
    assert "The survey is open for 7 days." in page.text
    assert "The survey is open for 7 days." in browser.get(f"/diagnostics/{people.here}/details").text
    browser.sign_in(people.bob)
    assert "rather" not in browser.get(f"/diagnostics/{people.here}").text


def test_days_can_be_left_open_and_taken_back(browser: Browser, database: Database, people: People) -> None:
    ask(browser, people, **parts(survey_opens_on=date(2027, 2, 6)))
    assert kept(database, people.here).survey_opens_on == date(2027, 2, 6)
    ask(browser, people, **parts(survey_opens_on=None))
    assert kept(database, people.here).survey_opens_on is None


def test_impossible_days_are_explained_and_nothing_typed_is_lost(
    browser: Browser, database: Database, people: People
) -> None:
    typed = parts(**RIGHT.days()) | {"survey_opens_on-day": "31", "brief_due_on-month": "May"}
    page = ask(browser, people, **typed)
    assert page.errors == [
        "Enter a real day for when the survey opens, in numbers: day, month and year",
        "Enter a real day for when the brief is due, in numbers: day, month and year",
    ]
    assert page.fields()["survey_opens_on-day"] == ["31"]
    assert page.fields()["brief_due_on-month"] == ["May"]
    assert kept(database, people.here).survey_closes_on is None


def test_all_faults_are_told_at_once(browser: Browser, database: Database, people: People) -> None:
    page = ask(
        browser,
        people,
        **parts(
            survey_opens_on=date(2027, 2, 6),
            survey_closes_on=date(2027, 2, 1),
            fieldwork_from=date(2026, 2, 6),
            brief_due_on=date(2027, 1, 10),
        ),
    )
    assert page.errors == [
        "The survey must close after it opens on 6 February 2027",
        "The day fieldwork begins must be today or later",
        "The brief must be due after the survey closes on 1 February 2027",
    ]
    assert kept(database, people.here).survey_opens_on is None


def test_without_fieldwork_its_days_are_not_asked_for(
    browser: Browser, database: Database, people: People
) -> None:
    browser.sign_in(people.alice)
    before = browser.get(f"/diagnostics/{people.here}/timetable")
    change(database, people.here, with_fieldwork=False)
    assert "fieldwork_from-day" not in browser.get(f"/diagnostics/{people.here}/timetable").fields()
    late = browser.submit(before, parts(fieldwork_from=date.today() + timedelta(days=9)))
    assert late.errors == ["This diagnostic runs without fieldwork, so leave this empty"]
