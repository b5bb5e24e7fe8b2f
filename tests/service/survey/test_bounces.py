"""What came back: noted as far as it is understood, and the rest is told."""

from collections.abc import Iterator
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import select, update

from app.audit.models import Entry
from app.database.session import Database
from app.survey.invitations.sending import BOUNCED, SENT
from app.survey.invitations.services import add_addresses
from app.survey.models import StaffAddress, Survey
from tests.service.browser import Browser, Page
from tests.service.people import People
from tests.service.survey.staff import NOON
from tests.service.survey.test_invitations import states

STAFF = [f"person{number}@example.org" for number in range(6)]


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with time_machine.travel(NOON):
        yield


@pytest.fixture
def address(browser: Browser, database: Database, people: People, survey_id: UUID) -> str:
    """The page of a survey whose invitations have left."""
    with database.transaction() as session:
        add_addresses(session, session.get_one(Survey, survey_id), STAFF)
        session.flush()
        session.execute(update(StaffAddress).values(state=SENT))
    browser.sign_in(people.alice)
    return f"/diagnostics/{survey_id}/survey/invitations"


def logged(database: Database) -> list[object]:
    with database.transaction(writes=False) as session:
        return list(session.scalars(select(Entry.details).where(Entry.action == "survey bounces noted")))


def upload(browser: Browser, address: str, content: bytes) -> Page:
    files = {"bounce-file": ("bounces.csv", content, "text/csv")}
    return browser.submit(browser.get(address), action=address + "/bounces", files=files)


def test_what_bounced_is_noted_and_strangers_are_named(
    browser: Browser, database: Database, address: str
) -> None:
    page = browser.submit(
        browser.get(address),
        {"addresses": f"{STAFF[0]}\n{STAFF[1]}; stranger@example.org"},
        action=address + "/bounces",
    )
    assert page.errors == ["2 noted. These are not on the list: stranger@example.org"]
    assert logged(database) == [{"number": 2}]
    assert states(database) == {BOUNCED: 2, SENT: len(STAFF) - 2}


def test_a_file_that_cannot_be_read_is_no_success(browser: Browser, database: Database, address: str) -> None:
    page = upload(browser, address, f"email\n{STAFF[0]}\n".encode("utf-16"))
    assert page.errors == [
        "The file is in UTF-16, not in UTF-8. Open it in the spreadsheet and save it again as “CSV UTF-8”."
    ]
    assert "Success" not in page.text
    assert states(database) == {SENT: len(STAFF)}


def test_rows_that_are_no_addresses_are_told_and_the_others_noted(
    browser: Browser, database: Database, address: str
) -> None:
    rows = ["email", STAFF[0], STAFF[0], f"mailto:{STAFF[1]}", f"Jane <{STAFF[2]}>", "stranger@example.org"]
    page = upload(browser, address, "\n".join(rows).encode())
    assert page.errors == [
        "1 noted. These are not on the list: stranger@example.org. This was not read. "
        f"Row 4: “mailto:{STAFF[1]}” is not an email address. Correct it. "
        f"Row 5: “Jane <{STAFF[2]}>” is not an email address. Correct it."
    ]
    assert states(database) == {BOUNCED: 1, SENT: len(STAFF) - 1}


def test_of_many_that_cannot_be_noted_the_first_are_named_and_the_others_counted(
    browser: Browser, database: Database, address: str
) -> None:
    rows = ["email", *(f"stranger{number}@example.org" for number in range(8))]
    [error] = upload(browser, address, "\n".join(rows).encode()).errors
    assert logged(database) == []
    assert error.endswith("stranger4@example.org, and 3 more")


def test_an_address_that_bounced_twice_is_no_problem(
    browser: Browser, database: Database, address: str
) -> None:
    page = upload(browser, address, f"email\n{STAFF[0]}\n{STAFF[0]}\n".encode())
    assert "1 noted as come back." in page.text
    assert states(database) == {BOUNCED: 1, SENT: len(STAFF) - 1}
