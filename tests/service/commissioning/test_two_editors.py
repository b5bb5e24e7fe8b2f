"""Two people change one diagnostic: nobody overwrites what they have not seen, and nothing typed is lost."""

from datetime import date
from threading import Barrier, Thread
from typing import Any
from uuid import UUID

import pytest

from app.commissioning.models import Diagnostic
from app.commissioning.services.changing import ChangedMeanwhile
from app.commissioning.services.details import set_threshold
from app.database.session import Database
from app.web.dates import today
from tests.service.browser import Browser
from tests.service.commissioning.furniture import actions, change, duties, kept
from tests.service.people import People

CHANGED = (
    "Somebody changed this while the page was open. Nothing is overwritten yet: "
    "compare what is saved now with what you entered"
)
NEXT = today().year + 1
CONTACT = {"contact_name": "The team", "contact_email": "team@example.org", "contact_phone": ""}


def test_the_second_to_save_sees_both_and_decides(
    browser: Browser, database: Database, people: People
) -> None:
    browser.sign_in(people.dana)
    address = f"/diagnostics/{people.here}/contact"
    stale = browser.get(address)
    browser.sign_in(people.alice)
    browser.submit(browser.get(address), CONTACT)
    browser.sign_in(people.dana)
    again = browser.submit(stale, CONTACT | {"contact_name": "Another team"})
    assert again.errors == [CHANGED]
    assert again.title.startswith("Error: ")
    assert "What is saved now Name The team" in again.text
    assert again.fields()["contact_name"] == ["Another team"]
    assert kept(database, people.here).contact_name == "The team"
    assert actions(database) == ["diagnostic contact changed"]
    after = browser.submit(again)
    assert "The contact for staff is saved." in after.text
    assert kept(database, people.here).contact_name == "Another team"


def test_who_it_was_is_not_told(browser: Browser, people: People) -> None:
    address = f"/diagnostics/{people.here}/details/threshold"
    stale = browser.sign_in(people.dana).get(address)
    browser.sign_in(people.alice)
    browser.submit(browser.get(address), {"threshold": "12"})
    again = browser.sign_in(people.dana).submit(stale, {"threshold": "15"})
    assert "What is saved now" in again.text
    assert "Alice" not in again.text


def test_a_third_change_meanwhile_is_seen_as_well(
    browser: Browser, database: Database, people: People
) -> None:
    address = f"/diagnostics/{people.here}/details/threshold"
    stale = browser.sign_in(people.alice).get(address)
    browser.submit(browser.get(address), {"threshold": "12"})
    again = browser.submit(stale, {"threshold": "15"})
    assert "12 people" in again.text
    browser.submit(browser.get(address), {"threshold": "13"})
    third = browser.submit(again)
    assert "13 people" in third.text
    assert kept(database, people.here).threshold == 13


def test_a_wrong_answer_does_not_hide_that_somebody_else_saved(
    browser: Browser, database: Database, people: People
) -> None:
    address = f"/diagnostics/{people.here}/details/threshold"
    stale = browser.sign_in(people.alice).get(address)
    browser.submit(browser.get(address), {"threshold": "12"})
    wrong = browser.submit(stale, {"threshold": "many"})
    assert wrong.errors == ["Enter a whole number, such as 10"]
    again = browser.submit(wrong, {"threshold": "20"})
    assert again.errors == [CHANGED]
    assert kept(database, people.here).threshold == 12


def test_to_enter_what_the_other_entered_is_no_conflict(
    browser: Browser, database: Database, people: People
) -> None:
    address = f"/diagnostics/{people.here}/details/threshold"
    stale = browser.sign_in(people.alice).get(address)
    browser.submit(browser.get(address), {"threshold": "12"})
    assert "is saved." in browser.submit(stale, {"threshold": "12"}).text
    assert kept(database, people.here).revision == 2


@pytest.mark.parametrize(
    ("question", "answer", "meanwhile"),
    [
        ("details/running", {"run_by": "council"}, {"with_fieldwork": False}),
        ("details/scope", {"scope": "whole"}, {"scope": "roles", "scope_roles": ["support"]}),
        ("details/scope/areas", {"areas": "Early help"}, {"scope": "areas", "scope_areas": ["Assessment"]}),
        ("details/scope/roles", {"roles": ["leaders"]}, {"scope": "roles", "scope_roles": ["support"]}),
        ("details/threshold", {"threshold": "20"}, {"threshold": 15}),
        (
            "timetable",
            {"survey_opens_on-day": "1", "survey_opens_on-month": "1", "survey_opens_on-year": str(NEXT)},
            {"brief_due_on": date(NEXT, 6, 1)},
        ),
        ("contact", CONTACT, {"contact_name": "Somebody"}),
        (
            "data-protection",
            {"controller": "A council", "data_protection_contact": "dpo@example.org", "processor": "Us"},
            {"processor": "Them"},
        ),
        ("data-protection/basis", {"lawful_basis": "public_task"}, {"lawful_basis": "legitimate_interests"}),
        ("data-protection/retention", {"raw_data_months": "3"}, {"raw_data_months": 4}),
    ],
)
def test_every_question_minds_what_it_showed(
    browser: Browser,
    database: Database,
    people: People,
    question: str,
    answer: dict[str, str | list[str]],
    meanwhile: dict[str, Any],
) -> None:
    page = browser.sign_in(people.alice).get(f"/diagnostics/{people.here}/{question}")
    change(database, people.here, revision=7, **meanwhile)
    again = browser.submit(page, answer)
    assert again.errors == [CHANGED]
    assert again.fields()["revision"] == ["7"]
    assert (actions(database), kept(database, people.here).revision) == ([], 7)
    for name, value in meanwhile.items():
        assert getattr(kept(database, people.here), name) == value
    browser.submit(again)
    assert kept(database, people.here).revision == 8


def test_people_are_not_chosen_over_somebody_else_s_choice(
    browser: Browser, database: Database, people: People
) -> None:
    address = f"/diagnostics/{people.here}/people"
    stale = browser.sign_in(people.alice).get(address)
    browser.submit(browser.get(address), {"first_key": str(people.bob)})
    again = browser.submit(stale, {"lead": str(people.alice)})
    assert again.errors == [CHANGED]
    assert "Holds the key Bob Bright" in again.text
    assert duties(database, people.here) == {("key", people.bob)}


def test_a_change_elsewhere_in_the_diagnostic_is_no_conflict(
    browser: Browser, database: Database, people: People
) -> None:
    stale = browser.sign_in(people.alice).get(f"/diagnostics/{people.here}/contact")
    browser.submit(browser.get(f"/diagnostics/{people.here}/details/threshold"), {"threshold": "12"})
    assert "The contact for staff is saved." in browser.submit(stale, CONTACT).text
    diagnostic = kept(database, people.here)
    assert (diagnostic.contact_name, diagnostic.threshold, diagnostic.revision) == ("The team", 12, 3)


def test_a_form_without_its_revision_is_refused(browser: Browser, database: Database, people: People) -> None:
    page = browser.sign_in(people.alice).get(f"/diagnostics/{people.here}/details/threshold")
    again = browser.submit(page, {"threshold": "12", "revision": ""})
    assert again.errors == ["Load this page again: it does not say which version it shows"]
    assert kept(database, people.here).threshold == 10


def test_of_two_who_save_at_the_same_moment_one_is_told(database: Database, people: People) -> None:
    barrier, outcomes = Barrier(2), []

    def save(account: UUID, threshold: int) -> None:
        barrier.wait()
        try:
            with database.transaction() as session:
                diagnostic = session.get_one(Diagnostic, people.here)
                set_threshold(session, diagnostic, account, 1, threshold)
            outcomes.append(threshold)
        except ChangedMeanwhile:
            outcomes.append(0)

    both = [
        Thread(target=save, args=(people.alice, 12)),
        Thread(target=save, args=(people.dana, 15)),
    ]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(outcomes)[0] == 0
    assert kept(database, people.here).threshold == max(outcomes)
    assert (len(actions(database)), kept(database, people.here).revision) == (1, 2)
