"""Who does what in a diagnostic."""

from uuid import UUID, uuid4

import pytest

from app.accounts.models import Account, Grant
from app.accounts.person import Role
from app.commissioning.models import GATHERS, HOLDS_A_KEY, LEADS
from app.database.session import Database
from app.web.dates import now
from tests.service.browser import Browser, Page, text_of
from tests.service.commissioning.furniture import actions, change, duties, kept, logged
from tests.service.people import HERE, People, account


def ask(browser: Browser, people: People, **chosen: UUID) -> Page:
    browser.sign_in(people.alice)
    page = browser.get(f"/diagnostics/{people.here}/people")
    return browser.submit(page, {name: str(value) for name, value in chosen.items()})


def options(page: Page, name: str) -> list[str]:
    (select,) = [one for one in page.all("select") if one.get("name") == name]
    return [text_of(one) for one in select.iter() if one.tag == "option"]


def test_each_duty_goes_to_somebody_who_can_have_it(
    browser: Browser, database: Database, people: People
) -> None:
    page = browser.sign_in(people.alice).get(f"/diagnostics/{people.here}/people")
    assert options(page, "lead") == ["Not chosen yet", "Alice Ashworth (commissioner)"]
    assert options(page, "gatherer") == ["Not chosen yet", "Dana Dale (practice development manager)"]
    assert options(page, "first_key") == [
        "Not chosen yet",
        "Alice Ashworth (commissioner)",
        "Bob Bright (reader)",
        "Dana Dale (practice development manager)",
    ]
    for words in ("launches the survey", "rates what is found", "both confirm that they have destroyed it"):
        assert words in page.text
    after = ask(
        browser,
        people,
        lead=people.alice,
        gatherer=people.dana,
        first_key=people.bob,
        second_key=people.alice,
    )
    assert "Who does what is saved." in after.text
    assert duties(database, people.here) == {
        (LEADS, people.alice),
        (GATHERS, people.dana),
        (HOLDS_A_KEY, people.bob),
        (HOLDS_A_KEY, people.alice),
    }


def test_people_of_another_council_are_neither_shown_nor_taken(
    browser: Browser, database: Database, people: People
) -> None:
    page = browser.sign_in(people.petra).get(f"/diagnostics/{people.here}/people")
    assert "Charlie" not in page.text
    assert "Petra" not in str(options(page, "lead"))
    again = ask(
        browser,
        people,
        lead=people.charlie,
        gatherer=people.charlie,
        first_key=people.charlie,
        second_key=uuid4(),
    )
    assert again.errors == [
        "Choose a commissioner of this council",
        "Choose somebody from the list who can gather evidence",
        "Choose somebody who has a role in this council",
        "Choose somebody who has a role in this council",
    ]
    assert duties(database, people.here) == set()


def test_the_lead_is_a_commissioner_and_the_key_has_two_holders(
    browser: Browser, database: Database, people: People
) -> None:
    again = ask(
        browser, people, lead=people.bob, gatherer=people.bob, first_key=people.bob, second_key=people.bob
    )
    assert again.errors == [
        "Choose a commissioner of this council",
        "Choose somebody from the list who can gather evidence",
        "Choose two different people to hold the key",
    ]
    assert again.fields()["second_key"] == [str(people.bob)]
    assert (actions(database), kept(database, people.here).revision) == ([], 1)


def test_a_council_by_itself_needs_two_of_its_people(
    browser: Browser, database: Database, people: People
) -> None:
    change(database, people.here, run_by="council")
    again = ask(browser, people, lead=people.alice, gatherer=people.alice)
    assert again.errors == ["Choose somebody other than the lead: the two parts need two people"]
    assert "Takes the part of a practice development manager." in again.text
    browser.submit(again, {"gatherer": str(people.bob)})
    assert duties(database, people.here) == {(LEADS, people.alice), (GATHERS, people.bob)}


def test_choices_can_be_left_open_and_taken_back(
    browser: Browser, database: Database, people: People
) -> None:
    ask(browser, people, lead=people.alice)
    assert duties(database, people.here) == {(LEADS, people.alice)}
    page = browser.get(f"/diagnostics/{people.here}/people")
    assert page.fields()["lead"] == [str(people.alice)]
    browser.submit(page, {"lead": ""})
    assert duties(database, people.here) == set()


def test_what_is_logged_are_ids_and_no_names(browser: Browser, database: Database, people: People) -> None:
    ask(browser, people, lead=people.alice)
    ask(browser, people, lead=people.alice)
    (entry,) = logged(database)
    assert entry.action == "diagnostic people changed"
    assert entry.details == {"duties": {LEADS: [str(people.alice)]}, "revision": 2}


def test_whoever_is_invited_can_be_chosen_and_whoever_is_disabled_cannot(
    browser: Browser, database: Database, people: People
) -> None:
    with database.transaction() as session:
        erin = account(session, "Erin Early", Role.COMMISSIONER, HERE)
        session.get_one(Account, erin).joined_at = None
        session.get_one(Account, people.bob).disabled_at = now()
    page = browser.sign_in(people.alice).get(f"/diagnostics/{people.here}/people")
    assert "Erin Early (commissioner, invited)" in options(page, "lead")
    assert "Bob" not in str(options(page, "first_key"))


def test_somebody_with_two_roles_is_one_person(browser: Browser, database: Database, people: People) -> None:
    with database.transaction() as session:
        session.add(Grant(account_id=people.alice, role=Role.PDM, authority_code=HERE))
    page = browser.sign_in(people.alice).get(f"/diagnostics/{people.here}/people")
    assert options(page, "lead")[1:] == ["Alice Ashworth (practice development manager, commissioner)"]


@pytest.mark.parametrize(
    ("persona", "words"), [("alice", "invite them first"), ("dana", "ask a commissioner")]
)
def test_the_page_says_how_somebody_who_is_missing_gets_in(
    browser: Browser, people: People, persona: str, words: str
) -> None:
    page = browser.sign_in(getattr(people, persona)).get(f"/diagnostics/{people.here}/people")
    assert words in page.text


def test_an_id_that_is_none_is_refused(browser: Browser, people: People) -> None:
    page = browser.sign_in(people.alice).get(f"/diagnostics/{people.here}/people")
    assert browser.submit(page, {"lead": "alice"}).errors == ["Choose somebody from the list"]
