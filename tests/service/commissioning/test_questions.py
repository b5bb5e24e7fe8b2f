"""The questions about a diagnostic: what each takes, and what it says of what it does not take."""

from pathlib import Path

import pytest

from app.commissioning import frameworks
from app.database.session import Database
from app.interchange.framework_files import supplied_frameworks
from app.web.dates import now
from tests.service.browser import Browser, Page
from tests.service.commissioning.furniture import actions, change, kept, logged
from tests.service.people import People

SECOND = Path(__file__).resolve().parents[2] / "second_framework.yaml"


def ask(browser: Browser, people: People, question: str, **values: str | list[str]) -> Page:
    """Open a question as Alice, and answer it."""
    browser.sign_in(people.alice)
    return browser.submit(browser.get(f"/diagnostics/{people.here}/{question}"), values)


def test_an_answer_goes_back_to_where_it_was_asked_from(browser: Browser, people: People) -> None:
    browser.sign_in(people.alice)
    from_check = browser.get(
        browser.get(f"/diagnostics/{people.here}/details").link("Change the smallest group")
    )
    assert browser.submit(from_check, {"threshold": "11"}).path == f"/diagnostics/{people.here}/details"
    from_list = browser.get(browser.get(f"/diagnostics/{people.here}").link("Contact for staff"))
    after = browser.submit(from_list, {"contact_name": "The team", "contact_email": "team@example.org"})
    assert after.path == f"/diagnostics/{people.here}"
    assert "The contact for staff is saved." in after.text


def test_each_change_is_logged_without_what_was_written(
    browser: Browser, database: Database, people: People
) -> None:
    ask(browser, people, "contact", contact_name="Zebedee", contact_phone="01632 960 001")
    ask(browser, people, "details/threshold", threshold="14")
    assert actions(database) == ["diagnostic contact changed", "diagnostic threshold changed"]
    entry = logged(database)[0]
    assert (entry.actor_id, entry.authority_code, entry.subject_id) == (people.alice, "XWEX", people.here)
    assert entry.details == {"fields": ["contact_name", "contact_phone"], "revision": 2}
    assert kept(database, people.here).revision == 3


def test_saving_what_is_saved_already_changes_nothing(
    browser: Browser, database: Database, people: People
) -> None:
    ask(browser, people, "details/threshold", threshold="10")
    assert (actions(database), kept(database, people.here).revision) == ([], 1)


def test_named_areas_are_written_one_on_a_line(browser: Browser, database: Database, people: People) -> None:
    areas = ask(browser, people, "details/scope", scope="areas")
    assert areas.path.endswith("/details/scope/areas")
    assert kept(database, people.here).scope == "whole"
    page = browser.submit(areas, {"areas": "  Early   help \r\n\r\nAssessment\r\n"})
    diagnostic = kept(database, people.here)
    assert (diagnostic.scope, diagnostic.scope_areas) == ("areas", ["Early help", "Assessment"])
    assert "The scope is saved." in page.text
    again = browser.get(f"/diagnostics/{people.here}/details/scope/areas")
    assert again.fields()["areas"] == ["Early help\nAssessment"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Name at least one area"),
        (" \n \n", "Name at least one area"),
        ("Early help\nearly  Help", "“early Help” stands twice. Write each area once"),
        ("x" * 121, f"Shorten “{'x' * 59}…” to 120 characters or fewer"),
        ("\n".join(f"Area {n}" for n in range(61)), "Name 60 areas at most; you named 61"),
    ],
)
def test_areas_that_cannot_be_told_apart_are_refused(
    browser: Browser, database: Database, people: People, text: str, message: str
) -> None:
    page = ask(browser, people, "details/scope/areas", areas=text)
    assert page.errors == [message]
    assert page.fields()["areas"] == [text]
    assert kept(database, people.here).scope == "whole"


def test_role_groups_come_from_the_framework(browser: Browser, database: Database, people: People) -> None:
    empty = ask(browser, people, "details/scope/roles")
    assert empty.errors == ["Choose at least one role group"]
    assert "Team managers and assistant team managers" in empty.text
    forged = browser.submit(empty, {"roles": ["team_managers", "wizards"]})
    assert forged.errors == ["Choose at least one role group"]
    browser.submit(forged, {"roles": ["registered", "leaders"]})
    diagnostic = kept(database, people.here)
    assert (diagnostic.scope, diagnostic.scope_roles) == ("roles", ["leaders", "registered"])


def test_another_scope_has_the_frame_and_the_plan_confirmed_anew(
    browser: Browser, database: Database, people: People
) -> None:
    change(database, people.here, frame_confirmed_at=now(), plan_confirmed_at=now())
    ask(browser, people, "details/scope", scope="whole")
    assert kept(database, people.here).frame_confirmed_at is not None
    ask(browser, people, "details/scope/roles", roles=["leaders"])
    diagnostic = kept(database, people.here)
    assert (diagnostic.frame_confirmed_at, diagnostic.plan_confirmed_at) == (None, None)
    assert ask(browser, people, "details/scope", scope="everything").errors == [
        "Choose what the diagnostic covers"
    ]


def test_the_only_framework_version_is_shown_and_cannot_be_changed(
    browser: Browser, database: Database, people: People
) -> None:
    page = browser.sign_in(people.alice).get(f"/diagnostics/{people.here}/details")
    assert "Evidence use in children’s services, version 1" in page.text
    assert f"/diagnostics/{people.here}/details/framework?way=check" not in page.response.text
    assert ask(browser, people, "details/framework", framework="secret").errors == [
        "Choose a framework version from the list"
    ]


def test_another_framework_version_can_be_chosen_where_there_is_one(
    browser: Browser, database: Database, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = supplied_frameworks() | {"second": SECOND}
    monkeypatch.setattr(frameworks, "supplied_frameworks", lambda: both)
    change(
        database, people.here, scope="roles", scope_roles=["leaders"], frame_confirmed_at=now(), revision=4
    )
    page = browser.sign_in(people.alice).get(f"/diagnostics/{people.here}/details")
    question = browser.get(page.link("Change the framework version"))
    browser.submit(question, {"framework": "second"})
    diagnostic = kept(database, people.here)
    assert (diagnostic.framework, diagnostic.frame_confirmed_at) == ("second", None)
    assert diagnostic.threshold >= 10


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("9", "The smallest group must be between 10 and 100 people"),
        ("-20", "The smallest group must be between 10 and 100 people"),
        ("101", "The smallest group must be between 10 and 100 people"),
        ("", "Enter the size of the smallest group"),
        ("ten", "Enter a whole number, such as 10"),
        ("10.5", "Enter a whole number, such as 10"),
    ],
)
def test_the_smallest_group_is_never_fewer_than_ten(
    browser: Browser, database: Database, people: People, typed: str, message: str
) -> None:
    page = ask(browser, people, "details/threshold", threshold=typed)
    assert page.errors == [message]
    assert page.fields()["threshold"] == [typed]
    assert kept(database, people.here).threshold == 10


def test_the_page_says_what_a_higher_number_does(browser: Browser, people: People) -> None:
    page = browser.sign_in(people.alice).get(f"/diagnostics/{people.here}/details/threshold")
    assert "10 is the least. It cannot be lower, for anybody." in page.text
    assert "A higher number protects staff more and shows less" in page.text


def test_doing_without_fieldwork_drops_its_days(browser: Browser, database: Database, people: People) -> None:
    from datetime import date

    change(database, people.here, fieldwork_from=date(2030, 1, 1), fieldwork_until=date(2030, 2, 1))
    page = ask(browser, people, "details/running", run_by="pdm", fieldwork="no")
    diagnostic = kept(database, people.here)
    assert (diagnostic.with_fieldwork, diagnostic.fieldwork_from, diagnostic.fieldwork_until) == (
        False,
        None,
        None,
    )
    assert "Fieldwork begins" not in page.text


def test_a_contact_needs_a_name_and_one_way_to_reach_it(
    browser: Browser, database: Database, people: People
) -> None:
    assert ask(browser, people, "contact").errors == ["Enter the name of the person or team"]
    assert ask(browser, people, "contact", contact_name="The team").errors == [
        "Enter an email address or a phone number, or both"
    ]
    assert kept(database, people.here).contact_name == ""
    ask(browser, people, "contact", contact_name="The team", contact_phone="+44 1632 960 001 ext 12")
    diagnostic = kept(database, people.here)
    assert (diagnostic.contact_email, diagnostic.contact_phone) == ("", "+44 1632 960 001 ext 12")


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        (
            "contact_email",
            "team at example",
            "Enter an email address in the right form, such as name@example.gov.uk",
        ),
        (
            "contact_email",
            "a@b@example.org",
            "Enter an email address in the right form, such as name@example.gov.uk",
        ),
        ("contact_phone", "12345", "Enter a phone number, such as 01632 960 001 or +44 1632 960 001"),
        (
            "contact_phone",
            "ask at the desk",
            "Enter a phone number, such as 01632 960 001 or +44 1632 960 001",
        ),
        ("contact_name", "x" * 121, "Shorten the name to 120 characters or fewer"),
    ],
)
def test_a_contact_that_nobody_could_reach_is_refused_and_kept_on_the_page(
    browser: Browser, people: People, field: str, typed: str, message: str
) -> None:
    right = {
        "contact_name": "The team",
        "contact_email": "team@example.org",
        "contact_phone": "01632 960 001",
    }
    page = ask(browser, people, "contact", **(right | {field: typed}))
    assert page.errors == [message]
    assert page.fields()[field] == [typed]


def test_launched_means_that_nothing_of_this_changes(
    browser: Browser, database: Database, people: People
) -> None:
    browser.sign_in(people.alice)
    questions = (
        "details/running",
        "details/scope",
        "details/scope/areas",
        "details/scope/roles",
        "details/framework",
        "details/threshold",
        "people",
        "timetable",
        "contact",
        "data-protection",
        "data-protection/basis",
        "data-protection/retention",
    )
    open_ = {question: browser.get(f"/diagnostics/{people.here}/{question}") for question in questions}
    change(database, people.here, state="launched")
    for question, page in open_.items():
        assert "has been launched" in browser.submit(page, status=409).text
        browser.get(f"/diagnostics/{people.here}/{question}", status=409)
    details = browser.get(f"/diagnostics/{people.here}/details")
    assert "Change" not in [one.text for one in details.all("a")]
    assert (actions(database), kept(database, people.here).revision) == ([], 1)
