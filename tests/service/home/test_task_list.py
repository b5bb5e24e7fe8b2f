"""The task list of a diagnostic: what is done, what is missing, when things happen and who does what."""

from datetime import timedelta

import pytest

from app.commissioning.models import Diagnostic
from app.database.session import Database
from app.home import rows
from app.web.dates import today, uk_date
from app.web.tasks import Task, TaskState
from tests.service.browser import Browser, Page, text_of
from tests.service.commissioning.furniture import change, complete
from tests.service.people import People


def tasks(page: Page) -> dict[str, str]:
    """Give the state of each row by its name."""
    found = {}
    for item in page.all("li", "govuk-task-list__item"):
        (status,) = [
            one for one in item.iter() if "govuk-task-list__status" in (one.get("class") or "").split()
        ]
        (about,) = [one for one in item.iter() if one.get("class") == "govuk-task-list__name-and-hint"]
        found[text_of(next(iter(about)))] = text_of(status)
    return found


def test_a_commissioner_sees_what_there_is_to_do(browser: Browser, people: People) -> None:
    page = browser.sign_in(people.alice).get(f"/diagnostics/{people.here}")
    assert page.heading == "Wexbourne, wave 1"
    assert tasks(page) == {
        "Details": "Done",
        "People": "To do",
        "Timetable": "To do",
        "Contact for staff": "To do",
        "Data protection facts": "To do",
        "Frame": "To do",
        "Fieldwork plan": "Cannot start yet",
        "Papers": "Cannot start yet",
    }
    assert "What is missing" in page.text
    assert "No practice development manager is chosen." in page.text
    assert page.link("Frame") == f"/diagnostics/{people.here}/frame"
    assert page.link("Timetable") == f"/diagnostics/{people.here}/timetable"


def test_what_cannot_start_yet_has_no_link(browser: Browser, people: People) -> None:
    page = browser.sign_in(people.alice).get(f"/diagnostics/{people.here}")
    assert f"/diagnostics/{people.here}/plan" not in [one.get("href") for one in page.all("a")]


def test_when_all_is_there_the_page_says_so_and_leads_to_the_launch(
    browser: Browser, database: Database, people: People
) -> None:
    complete(database, people.here, people)
    page = browser.sign_in(people.alice).get(f"/diagnostics/{people.here}")
    assert set(tasks(page).values()) == {"Done"}
    assert "Everything that launching needs is there." in page.text
    assert "What is missing" not in page.text
    launch = browser.get(page.link("Go to the launch"))
    assert launch.heading == "Launch the survey"
    assert [one for one in launch.all("input") if one.get("name") == "confirm"] != []


def test_days_and_people_are_shown(browser: Browser, database: Database, people: People) -> None:
    complete(database, people.here, people)
    page = browser.sign_in(people.alice).get(f"/diagnostics/{people.here}")
    assert f"Survey opens {uk_date(today() + timedelta(days=30))}" in page.text
    assert f"Brief is due {uk_date(today() + timedelta(days=90))}" in page.text
    assert "Lead for the council Alice Ashworth" in page.text
    assert "Practice development manager Dana Dale" in page.text
    assert "Holds the key Alice Ashworth Bob Bright" in page.text
    change(database, people.here, state="closed")
    assert "Held the key Alice Ashworth Bob Bright" in browser.get(f"/diagnostics/{people.here}").text


def test_a_reader_reads_it_and_has_nothing_to_change(browser: Browser, people: People) -> None:
    page = browser.sign_in(people.bob).get(f"/diagnostics/{people.here}")
    assert "You can read this, but not change it." in page.text
    assert "What is missing" in page.text
    links = [one.get("href") or "" for one in page.all("a")]
    home = f"/diagnostics/{people.here}"
    # Details stand in the list and below it; the page of the frame shows readers what there is.
    assert [one for one in links if one.startswith("/diagnostics/")] == [
        f"{home}/details",
        f"{home}/frame",
        f"{home}/details",
        f"{home}/retention",
    ]
    details = browser.get(f"/diagnostics/{people.here}/details")
    assert [one for one in details.all("a") if text_of(one).startswith("Change")] == []


def test_without_fieldwork_the_plan_is_not_needed(
    browser: Browser, database: Database, people: People
) -> None:
    change(database, people.here, with_fieldwork=False)
    page = browser.sign_in(people.alice).get(f"/diagnostics/{people.here}")
    assert tasks(page)["Fieldwork plan"] == "Not needed"
    assert "fieldwork plan is not" not in page.text


def test_another_council_s_is_not_found(browser: Browser, people: People) -> None:
    page = browser.sign_in(people.alice).get(f"/diagnostics/{people.elsewhere}", status=404)
    assert "Marlshire" not in page.text
    browser.sign_in(people.dana).get(f"/diagnostics/{people.elsewhere}", status=404)
    assert (
        browser.sign_in(people.petra).get(f"/diagnostics/{people.elsewhere}").heading == "Marlshire, wave 1"
    )


def test_after_the_launch_the_next_wave_can_begin(
    browser: Browser, database: Database, people: People
) -> None:
    change(database, people.here, state="closed")
    page = browser.sign_in(people.alice).get(f"/diagnostics/{people.here}")
    assert page.link("Begin wave 2") == f"/diagnostics/{people.here}/next-wave"
    assert "Delete this draft" not in page.text
    assert "What is missing" not in page.text


def test_other_rooms_add_their_rows(
    browser: Browser, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    def survey(_session: object, diagnostics: list[Diagnostic]) -> dict[object, tuple[Task, ...]]:
        task = Task("survey", "Survey", "/somewhere", TaskState.TO_DO, missing=("The survey is not there.",))
        return {one.id: (task,) for one in diagnostics}

    monkeypatch.setattr(rows, "ROOMS", (*rows.ROOMS, survey))
    page = browser.sign_in(people.alice).get(f"/diagnostics/{people.here}")
    assert tasks(page)["Survey"] == "To do"
    assert list(tasks(page))[-1] == "Survey"
    assert "The survey is not there." in page.text
    assert "Survey" in browser.get("/").text
