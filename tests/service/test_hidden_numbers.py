"""A version or a number that no page of ours carries is an old one or none, never a fault of the service."""

import pytest

from app.commissioning.models import Diagnostic
from app.database.session import Database
from app.web.forms import number_in
from tests.service.browser import Browser
from tests.service.people import People

# Digits of other scripts, more of them than Python reads, and more than a database has room for.
STRANGE = ("", "-1", "²", "٣", "1.0", " 1", "9" * 4301, str(2**31), str(2**63), str(2**64))


@pytest.mark.parametrize("sent", STRANGE)
def test_what_is_no_number_of_ours_is_none(sent: str) -> None:
    assert number_in(sent, 7) == 7


def test_a_number_of_ours_is_read() -> None:
    assert [number_in(sent, 7) for sent in ("0", "12", str(2**31 - 1), None)] == [0, 12, 2**31 - 1, 7]


@pytest.mark.parametrize("sent", [one for one in STRANGE if not one.strip().startswith("1")])
def test_a_details_page_of_a_strange_version_saves_nothing_and_says_so(
    browser: Browser, database: Database, people: People, sent: str
) -> None:
    page = browser.sign_in(people.alice).get(f"/diagnostics/{people.here}/details/threshold")
    answer = browser.submit(page, {"threshold": "17", "revision": sent})
    assert answer.errors
    with database.transaction(writes=False) as session:
        assert session.get_one(Diagnostic, people.here).threshold != 17


@pytest.mark.parametrize("sent", STRANGE[1:])
def test_an_address_of_a_strange_number_is_of_no_page(browser: Browser, people: People, sent: str) -> None:
    browser.sign_in(people.dana).get(f"/diagnostics/{people.here}/profile/{sent}/verified", status=404)


@pytest.mark.parametrize("sent", [one for one in STRANGE if one != "-1"])
def test_a_button_for_a_strange_row_removes_none(browser: Browser, people: People, sent: str) -> None:
    page = browser.sign_in(people.alice).get(f"/diagnostics/{people.here}/frame")
    answer = browser.submit(page, {"area-1-name": "Early help"}, button=("action", f"remove-{sent}"))
    assert "Early help" in answer.fields()["area-1-name"]


@pytest.mark.parametrize("sent", STRANGE)
def test_an_entry_is_brought_back_as_the_page_shows_it_or_as_it_is(
    browser: Browser, people: People, sent: str
) -> None:
    browser.sign_in(people.petra)
    browser.submit(browser.get("/library/R01/retire"), {"reason": "It is out of date."})
    page = browser.submit(browser.get("/library/R01"), {"version": sent})
    assert "The entry is in the library again." in page.text
