"""Who gathers, and choosing others after the launch."""

from uuid import UUID

import pytest
from sqlalchemy import delete, select

from app.accounts.models import Grant
from app.accounts.person import Role
from app.audit.models import Entry
from app.commissioning.models import BY_ITSELF, GATHERS, LEADS, Diagnostic, Duty
from app.database.session import Database
from tests.service.browser import Browser, Page, text_of
from tests.service.fieldwork.gathering import let_gather
from tests.service.people import HERE, People, account


def people_page(browser: Browser, here: UUID) -> Page:
    return browser.get(f"/diagnostics/{here}/fieldwork/people")


def choices(page: Page) -> list[str]:
    return [text_of(one) for one in page.all("option")][1:]


def test_those_who_gather_by_role_are_listed_and_stay(browser: Browser, people: People, here: UUID) -> None:
    page = people_page(browser.sign_in(people.alice), here)
    assert "Dana Dale Practice development manager of the council" in page.text
    assert "Petra Price Programme lead, may gather everywhere" in page.text
    assert "Two people are needed" in page.text
    browser.get(f"/diagnostics/{here}/fieldwork/people/{people.dana}/remove", status=404)


def test_a_commissioner_lets_somebody_gather_and_takes_it_back(
    browser: Browser, database: Database, people: People, here: UUID
) -> None:
    notes = f"/diagnostics/{here}/fieldwork/quotes"
    browser.sign_in(people.bob).get(notes, status=403)
    page = people_page(browser.sign_in(people.alice), here)
    assert choices(page) == ["Bob Bright (reader)"]
    added = browser.submit(page, {"account": str(people.bob)})
    assert "Bob Bright Chosen for this diagnostic" in added.text
    assert "Two people are needed" not in added.text
    browser.sign_in(people.bob).get(notes)
    asked = browser.sign_in(people.alice).get(added.link("Remove Bob Bright"))
    browser.submit(asked)
    browser.sign_in(people.bob).get(notes, status=403)
    with database.transaction(writes=False) as session:
        log = session.scalars(
            select(Entry).where(Entry.action.startswith("gatherer")).order_by(Entry.at)
        ).all()
    assert [(one.action, one.actor_id, one.details) for one in log] == [
        ("gatherer added", people.alice, {"account": str(people.bob)}),
        ("gatherer removed", people.alice, {"account": str(people.bob)}),
    ]


def test_nobody_is_chosen_without_choosing(browser: Browser, people: People, here: UUID) -> None:
    page = people_page(browser.sign_in(people.alice), here)
    assert browser.submit(page).errors == ["Choose who else gathers"]


@pytest.mark.parametrize("who", ["alice", "charlie", "petra"])
def test_commissioners_and_those_from_elsewhere_cannot_be_chosen(
    browser: Browser, database: Database, people: People, here: UUID, who: str
) -> None:
    page = people_page(browser.sign_in(people.alice), here)
    refused = browser.submit(page, {"account": str(getattr(people, who))})
    assert refused.errors == ["Choose somebody from the list"]
    with database.transaction(writes=False) as session:
        assert session.scalars(select(Duty).where(Duty.duty == GATHERS)).all() == []


def test_a_council_on_its_own_may_choose_a_commissioner_but_not_its_lead(
    browser: Browser, database: Database, people: People, here: UUID
) -> None:
    with database.transaction() as session:
        session.get_one(Diagnostic, here).run_by = BY_ITSELF
        session.add(Duty(diagnostic_id=here, account_id=people.alice, duty=LEADS))
        account(session, "Erin Ellis", Role.COMMISSIONER, HERE)
    page = people_page(browser.sign_in(people.alice), here)
    assert choices(page) == ["Bob Bright (reader)", "Erin Ellis (commissioner)"]


def test_the_last_who_gathers_stays(browser: Browser, database: Database, people: People, here: UUID) -> None:
    with database.transaction() as session:
        session.execute(delete(Grant).where(Grant.account_id == people.dana))
        let_gather(session, here, people.bob)
    page = people_page(browser.sign_in(people.alice), here)
    kept = browser.submit(browser.get(page.link("Remove Bob Bright")))
    assert kept.errors == ["Nobody would gather any more. Choose somebody else first"]
    assert "Bob Bright Chosen" in people_page(browser, here).text


def test_before_the_launch_and_without_fieldwork_there_is_nobody_to_choose(
    browser: Browser, database: Database, people: People, here: UUID
) -> None:
    browser.sign_in(people.petra)
    browser.get(f"/diagnostics/{people.elsewhere}/fieldwork/people", status=409)
    with database.transaction() as session:
        session.get_one(Diagnostic, here).with_fieldwork = False
    browser.get(f"/diagnostics/{here}/fieldwork/people", status=409)
