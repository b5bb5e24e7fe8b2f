"""Who may see a plan and who may change it."""

from uuid import uuid4

import pytest

from app.database.session import Database
from tests.service.browser import Browser
from tests.service.frame.frames import plan_row, write
from tests.service.people import People


@pytest.mark.parametrize(
    ("who", "seen", "run"),
    [("alice", 200, 200), ("dana", 200, 200), ("petra", 200, 200), ("bob", 200, 403), ("charlie", 404, 404)],
)
def test_each_persona(
    browser: Browser, people: People, database: Database, who: str, seen: int, run: int
) -> None:
    from app.web.protection import TOKEN_HEADER, VISIT_COOKIE

    write(database, people.here)
    row = plan_row(database, people.here, "Early help", note="Look at the rota.")
    browser.sign_in(getattr(people, who))
    plan = f"/diagnostics/{people.here}/plan"
    assert browser.client.get(plan).status_code == seen
    for path in ("/reset", "/add/interview", f"/rows/{row}", f"/rows/{row}/remove"):
        assert browser.client.get(plan + path).status_code == run
    browser.client.cookies.set(VISIT_COOKIE, "a-visit", domain="diagnostic.test")
    headers = {TOKEN_HEADER: browser.service.state.secrets.sign("form", "a-visit")}
    refused = {200: 409, 403: 403, 404: 404}[run]
    for path in ("/proposal", "/confirm"):
        assert browser.client.post(plan + path, headers=headers).status_code == refused
    for path in ("/add/interview", f"/rows/{row}", f"/rows/{row}/remove"):
        assert browser.client.post(plan + path, headers=headers).status_code == run
    if seen == 200:
        page = browser.get(plan)
        assert "Look at the rota." in page.text
        assert bool(page.own_forms) is (run == 200)


def test_a_row_of_another_diagnostic_is_not_found(
    browser: Browser, people: People, database: Database
) -> None:
    write(database, people.elsewhere)
    theirs = plan_row(database, people.elsewhere, "Early help")
    browser.sign_in(people.alice)
    for row in (theirs, uuid4()):
        browser.get(f"/diagnostics/{people.here}/plan/rows/{row}", 404)
        browser.get(f"/diagnostics/{people.here}/plan/rows/{row}/remove", 404)
