"""The checks before analysis: each with its place, and nothing that would tell a blind rater."""

from uuid import UUID

import pytest

from app.database.session import Database
from tests.service.browser import Browser, Page
from tests.service.fieldwork.gathering import let_gather, plan, quote, rate, record
from tests.service.fieldwork.whole_fieldwork import half_done
from tests.service.people import People

ALIKE = "somebody gave the same stage to all three characteristics that they saw"
THREE: dict[str, int | None] = {"cap_find": 2, "cap_weigh": 2, "cap_ask": 2}


def checks(browser: Browser, here: UUID) -> Page:
    return browser.get(f"/diagnostics/{here}/fieldwork/checks")


def test_nothing_is_found_where_nothing_is(browser: Browser, people: People, here: UUID) -> None:
    page = checks(browser.sign_in(people.dana), here)
    assert "0 errors, 0 warnings, 0 notes." in page.text


def test_each_finding_leads_to_its_place(
    browser: Browser, database: Database, people: People, here: UUID
) -> None:
    with database.transaction() as session:
        one = record(session, here, people.dana, dated=False, role="leaders")
        rate(session, one, people.dana, "Dana", {"cap_find": 2}, reason="")
        quote(session, one, "Mum, Siobhan Kelly, read it")
        unrated = record(session, here, people.dana, "O01", "observation")
        plan(session, here, number=2, role="leaders")
    page = checks(browser.sign_in(people.dana), here)
    of_record = f"/diagnostics/{here}/fieldwork/records/{one.id}"
    assert page.link("I01: 1 rating has no reason") == f"{of_record}/ratings"
    assert page.link("I01: its month is not known") == of_record
    assert page.link("I01: 1 quote holds what may be a name") == f"{of_record}/quotes"
    assert page.link("O01: nobody has finished rating it").endswith(f"/records/{unrated.id}/ratings")
    assert page.link("Interviews: 1 of 2 planned is not done") == f"/diagnostics/{here}/fieldwork#plan"
    assert "Interviews heard only leaders." in page.text
    assert "Siobhan" not in page.text


def test_everything_at_once_can_be_read(
    browser: Browser, database: Database, people: People, here: UUID
) -> None:
    with database.transaction() as session:
        half_done(session, here, people)
    page = checks(browser.sign_in(people.dana), here)
    assert "3 errors, 6 warnings, 6 notes." in page.text
    for words in (
        "I03: 5 ratings have no reason.",
        "Observations are thin under Direct practice.",
        "Nothing is rated by two people under Evidence capability, Management systems and processes, ",
        "D01: it is more than six months old.",
        "Documents and data: 8 of 9 planned are not done.",
    ):
        assert words in page.text


@pytest.mark.parametrize(("bob", "sees"), [("not begun", False), ("begun", False), ("finished", True)])
def test_whoever_is_still_to_rate_does_not_learn_that_all_stages_are_alike(
    browser: Browser, database: Database, people: People, here: UUID, bob: str, sees: bool
) -> None:
    with database.transaction() as session:
        let_gather(session, here, people.bob)
        one = record(session, here, people.dana)
        rate(session, one, people.dana, "Dana", THREE)
        if bob != "not begun":
            rate(session, one, people.bob, "Bob", {"cap_find": 1}, done=bob == "finished")
    assert (ALIKE in checks(browser.sign_in(people.bob), here).text) is sees
    assert ALIKE in checks(browser.sign_in(people.dana), here).text
    # A third, who has rated nothing, could still rate it blind.
    assert ALIKE not in checks(browser.sign_in(people.petra), here).text
