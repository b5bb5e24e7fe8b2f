"""The brief on the task list and the dashboard, from nothing to a correction."""

import pytest

from app.accounts.person import Role
from app.briefs.room.services import begin, check_draft, discard
from app.briefs.room.signing import sign, text_digest
from app.commissioning.models import Diagnostic
from app.database.session import Database
from tests.service.briefs.furniture import person, publish_through, sign_by_two
from tests.service.browser import Browser
from tests.service.people import People
from tests.service.profiled import Council


@pytest.mark.usefixtures("written_once")
def test_the_task_says_how_far_the_brief_is(
    browser: Browser, database: Database, people: People, council: Council, room: str
) -> None:
    def told() -> str:
        return browser.get(f"/diagnostics/{council.here}").text

    browser.sign_in(people.bob)
    assert "Brief The profile is there: begin the brief To do" in told()
    with database.transaction() as session:
        diagnostic = session.get_one(Diagnostic, council.here)
        begin(session, diagnostic, "", people.dana)
    assert "Brief It is being drafted In progress" in told()
    with database.transaction() as session:
        diagnostic = session.get_one(Diagnostic, council.here)
        draft = check_draft(session, diagnostic)
        sign(session, diagnostic, text_digest(draft), person(people.dana, Role.PDM))
    assert "Brief It waits for a second signature In progress" in told()
    with database.transaction() as session:
        diagnostic = session.get_one(Diagnostic, council.here)
        sign_by_two(session, diagnostic, people)
    assert "Brief It is signed by two people, and not published yet In progress" in told()
    with database.transaction() as session:
        diagnostic = session.get_one(Diagnostic, council.here)
        discard(session, diagnostic, check_draft(session, diagnostic).brief.revision, people.dana)
    publish_through(database, people, council.here)
    assert "Brief It was published on" in told()
    with database.transaction() as session:
        diagnostic = session.get_one(Diagnostic, council.here)
        begin(session, diagnostic, "The name of a team was wrong.", people.dana)
    assert "Brief A correction is being drafted In progress" in told()
    assert room in [one.get("href") for one in browser.get(f"/diagnostics/{council.here}").all("a")]


def test_there_is_no_task_before_there_is_a_profile(browser: Browser, people: People) -> None:
    browser.sign_in(people.bob)
    assert "begin the brief" not in browser.get(f"/diagnostics/{people.here}").text
