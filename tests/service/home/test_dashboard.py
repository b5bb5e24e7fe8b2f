"""The first page."""

from tests.service.browser import Browser
from tests.service.people import People


def test_whoever_is_not_signed_in_is_asked_to(browser: Browser) -> None:
    answer = browser.client.get("/", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


def test_the_first_page_greets_whoever_is(browser: Browser, people: People) -> None:
    page = browser.sign_in(people.alice).get("/")
    assert page.heading == "Dashboard"
    assert "You are signed in as Alice Ashworth." in page.text
