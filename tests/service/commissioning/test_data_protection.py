"""The data protection facts: organisations, the lawful basis that the council confirms, retention."""

import pytest

from app.database.session import Database
from tests.service.browser import Browser, Page
from tests.service.commissioning.furniture import actions, kept, logged
from tests.service.people import HERE, People


def basis(browser: Browser, people: People) -> Page:
    return browser.get(f"/diagnostics/{people.here}/data-protection/basis")


def test_the_three_questions_follow_one_another_the_first_time(
    browser: Browser, database: Database, people: People
) -> None:
    browser.sign_in(people.alice)
    first = browser.get(browser.get(f"/diagnostics/{people.here}").link("Data protection facts"))
    assert first.fields()["controller"] == ["Wexbourne"]
    second = browser.submit(
        first,
        {
            "controller": "Wexbourne Council",
            "data_protection_contact": "dpo@wexbourne.example.org",
            "processor": "An institute",
        },
    )
    assert second.path == f"/diagnostics/{people.here}/data-protection/basis"
    third = browser.submit(second, {"lawful_basis": "public_task", "confirmed": "yes"})
    assert third.path == f"/diagnostics/{people.here}/data-protection/retention"
    check = browser.submit(third, {"raw_data_months": "6"})
    assert check.path == f"/diagnostics/{people.here}/details"
    for answer in ("Wexbourne Council", "Public task Confirmed by the council on", "6 months after"):
        assert answer in check.text
    diagnostic = kept(database, people.here)
    assert (diagnostic.controller, diagnostic.processor) == ("Wexbourne Council", "An institute")
    assert (diagnostic.lawful_basis, diagnostic.raw_data_months) == ("public_task", 6)
    assert actions(database) == [
        "diagnostic data protection changed",
        "diagnostic lawful basis changed",
        "diagnostic retention changed",
    ]
    assert "institute" not in str([entry.details for entry in logged(database)])
    back = browser.get(f"/diagnostics/{people.here}").link("Data protection facts")
    assert back == f"/diagnostics/{people.here}/details#data-protection"


def test_what_is_likely_is_proposed_but_not_kept(
    browser: Browser, database: Database, people: People
) -> None:
    from app.commissioning.models import Authority

    with database.transaction() as session:
        session.get_one(Authority, HERE).children_trust = "Wexbourne Children’s Trust"
    page = browser.sign_in(people.alice).get(f"/diagnostics/{people.here}/data-protection")
    assert page.fields()["controller"] == ["Wexbourne Children’s Trust"]
    assert kept(database, people.here).controller == ""


def test_every_organisation_is_needed(browser: Browser, people: People) -> None:
    page = browser.sign_in(people.alice).get(f"/diagnostics/{people.here}/data-protection")
    again = browser.submit(page, {"controller": " ", "data_protection_contact": "", "processor": "x" * 201})
    assert again.errors == [
        "Enter the controller",
        "Enter the data protection contact",
        "Shorten the processor to 200 characters or fewer",
    ]


def test_another_lawful_basis_is_named(browser: Browser, database: Database, people: People) -> None:
    browser.sign_in(people.alice)
    assert browser.submit(basis(browser, people)).errors == ["Choose the lawful basis"]
    again = browser.submit(basis(browser, people), {"lawful_basis": "other"})
    assert again.errors == ["Name the lawful basis"]
    browser.submit(again, {"lawful_basis": "other", "other_basis": "Legal obligation"})
    assert "Legal obligation Not confirmed" in browser.get(f"/diagnostics/{people.here}/details").text
    browser.submit(basis(browser, people), {"lawful_basis": "public_task"})
    assert kept(database, people.here).other_basis == ""
    assert browser.submit(basis(browser, people), {"lawful_basis": "whim"}).errors == [
        "Choose the lawful basis"
    ]


def test_only_the_council_s_commissioner_confirms_it(
    browser: Browser, database: Database, people: People
) -> None:
    for account in (people.dana, people.petra):
        page = browser.sign_in(account).get(f"/diagnostics/{people.here}/data-protection/basis")
        assert "A commissioner of the council confirms the lawful basis" in page.text
        assert "confirmed" not in page.fields()
        refused = browser.submit(page, {"lawful_basis": "public_task", "confirmed": "yes"}, status=403)
        assert "Only a commissioner of the council" in refused.text
    assert kept(database, people.here).lawful_basis == ""
    browser.sign_in(people.alice)
    browser.submit(basis(browser, people), {"lawful_basis": "public_task", "confirmed": "yes"})
    assert kept(database, people.here).lawful_basis_confirmed_at is not None


def test_others_keep_a_confirmation_unless_they_choose_another_basis(
    browser: Browser, database: Database, people: People
) -> None:
    browser.sign_in(people.alice)
    browser.submit(basis(browser, people), {"lawful_basis": "public_task", "confirmed": "yes"})
    first = kept(database, people.here).lawful_basis_confirmed_at
    browser.sign_in(people.dana)
    browser.submit(basis(browser, people))
    assert kept(database, people.here).lawful_basis_confirmed_at == first
    browser.submit(basis(browser, people), {"lawful_basis": "legitimate_interests"})
    assert kept(database, people.here).lawful_basis_confirmed_at is None


def test_a_commissioner_may_take_the_confirmation_back(
    browser: Browser, database: Database, people: People
) -> None:
    browser.sign_in(people.alice)
    browser.submit(basis(browser, people), {"lawful_basis": "public_task", "confirmed": "yes"})
    page = basis(browser, people)
    assert page.fields()["confirmed"] == ["yes"]
    browser.submit(page, {"confirmed": []})
    assert kept(database, people.here).lawful_basis_confirmed_at is None


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("0", "Raw data are kept for between 1 and 36 months"),
        ("37", "Raw data are kept for between 1 and 36 months"),
        ("", "Enter the number of months"),
        ("a year", "Enter a whole number of months, such as 12"),
    ],
)
def test_raw_data_are_kept_for_a_month_to_three_years(
    browser: Browser, database: Database, people: People, typed: str, message: str
) -> None:
    page = browser.sign_in(people.alice).get(f"/diagnostics/{people.here}/data-protection/retention")
    again = browser.submit(page, {"raw_data_months": typed})
    assert (again.errors, again.fields()["raw_data_months"]) == ([message], [typed])
    assert kept(database, people.here).raw_data_months == 12
