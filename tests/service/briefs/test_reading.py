"""Reading a published brief: by its council, by councils it is shared with, by everybody if it is public."""

import pytest
from sqlalchemy import select

from app.audit.models import Entry
from app.briefs.models import BriefFile, BriefShare, InsightBrief
from app.briefs.published.services import damaged_files
from app.briefs.queries import find_entry
from app.database.session import Database
from tests.service.briefs.furniture import publish_through
from tests.service.browser import Browser, Page
from tests.service.people import ELSEWHERE, People
from tests.service.profiled import Council

pytestmark = pytest.mark.usefixtures("written_once")


@pytest.fixture
def brief(database: Database, people: People, council: Council) -> str:
    """The address of a published brief."""
    return f"/briefs/{publish_through(database, people, council.here)}"


def status(browser: Browser, path: str) -> int:
    return browser.client.get(path, follow_redirects=False).status_code


def share(browser: Browser, room: str) -> Page:
    return browser.submit(browser.get(f"{room}/readers"), {"council": ELSEWHERE}, action=f"{room}/readers")


def test_everybody_with_a_role_in_the_council_reads_it_and_its_files(
    browser: Browser, people: People, brief: str
) -> None:
    browser.sign_in(people.bob)
    listed = browser.get("/briefs")
    assert listed.link("Wexbourne") == brief
    read = browser.get(brief)
    assert "Leaders rate culture 30 points higher than practitioners do." in read.text
    policy = read.response.headers["content-security-policy"]
    assert "sandbox" in policy and "default-src 'none'" in policy
    files = browser.get(listed.link("Files"))
    for name in ("brief.pdf", "annex.pdf", "tables.xlsx", "for-staff.pdf", "brief.docx", "actions.xlsx"):
        answer = browser.client.get(f"{brief}/files/{name}")
        assert answer.status_code == 200
        assert f'filename="XWEX-wave-1-version-1-{name}"' in answer.headers["content-disposition"]
    assert "Who may read it" in files.text
    assert "Change who may read it" not in files.text
    browser.get(f"{brief}/files/nothing.pdf", status=404)


def test_a_browser_that_has_a_file_does_not_load_it_again(
    browser: Browser, database: Database, people: People, brief: str
) -> None:
    browser.sign_in(people.bob)
    path = f"{brief}/files/brief.pdf"
    first = browser.client.get(path)
    with database.transaction(writes=False) as session:
        one = session.scalars(select(InsightBrief)).one()
        entry = find_entry(session, one.id, "brief.pdf")
    assert entry is not None
    assert first.headers["etag"] == f'"{entry.sha256}"'
    assert first.headers["cache-control"] == "private, no-cache"
    for known in (f'"{entry.sha256}"', f'W/"{entry.sha256}", "other"', "*"):
        again = browser.client.get(path, headers={"if-none-match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
    assert browser.client.get(path, headers={"if-none-match": '"other"'}).content == first.content


def test_nobody_else_knows_of_it(browser: Browser, people: People, brief: str) -> None:
    paths = (brief, f"{brief}/page", f"{brief}/files", f"{brief}/files/brief.pdf")
    for path in paths:
        assert status(browser, path) == 303, "asked to sign in"
    browser.sign_in(people.charlie)
    for path in paths:
        assert status(browser, path) == 404
    assert "There is no brief that you may read yet." in browser.get("/briefs").text


def test_a_council_that_it_is_shared_with_reads_it_until_it_is_not(
    browser: Browser, database: Database, people: People, brief: str, room: str
) -> None:
    browser.sign_in(people.alice)
    page = browser.get(f"{room}/readers")
    assert browser.submit(page, action=f"{room}/readers").errors == ["Choose the council to share with"]
    wrong = browser.submit(page, {"council": "XNONE"}, action=f"{room}/readers")
    assert wrong.errors == ["Choose a council from the list"]
    shared = share(browser, room)
    assert "Everybody with a role in Marlshire can read the brief now." in shared.text
    share_again = browser.submit(page, {"council": ELSEWHERE}, action=f"{room}/readers")
    assert share_again.status == 200
    with database.transaction(writes=False) as session:
        assert len(session.scalars(select(BriefShare)).all()) == 1
        actions = [one.action for one in session.scalars(select(Entry))]
    assert actions.count("brief shared") == 1
    browser.sign_in(people.charlie)
    listed = browser.get("/briefs")
    assert "shared with you" in listed.text
    assert status(browser, brief) == 200
    files = browser.get(f"{brief}/files")
    assert "Who may read it" not in files.text, "that is for the council"
    assert status(browser, f"{brief}/files/tables.csv") == 200
    assert status(browser, room) == 404
    assert status(browser, f"{room}/readers") == 404
    browser.sign_in(people.alice)
    ended = browser.submit(browser.get(f"{room}/readers"), action=f"{room}/readers/{ELSEWHERE}/end")
    assert "It is shared with no other council." in ended.text
    browser.sign_in(people.charlie)
    assert status(browser, brief) == 404


def test_a_public_brief_is_read_by_everybody_and_its_other_files_are_not(
    browser: Browser, people: People, brief: str, room: str
) -> None:
    browser.sign_in(people.alice)
    page = browser.get(f"{room}/readers")
    assert browser.submit(page, {"public": ()}, action=f"{room}/readers/public").errors == [
        "Choose whether everybody may read it"
    ]
    done = browser.submit(page, {"public": "yes"}, action=f"{room}/readers/public")
    assert f"https://diagnostic.test{brief}" in done.text
    browser.client.cookies.clear()
    assert status(browser, brief) == 200
    assert status(browser, f"{brief}/page") == 200
    for path in (f"{brief}/files", f"{brief}/files/brief.pdf", "/briefs"):
        assert status(browser, path) == 303
    browser.sign_in(people.alice)
    browser.submit(browser.get(f"{room}/readers"), {"public": "no"}, action=f"{room}/readers/public")
    browser.client.cookies.clear()
    assert status(browser, brief) == 303


def test_only_the_council_decides_who_reads_it(
    browser: Browser, people: People, brief: str, room: str
) -> None:
    for who in (people.bob, people.dana):
        browser.sign_in(who)
        assert status(browser, f"{room}/readers") == 403
        assert "Change who may read it" not in browser.get(f"{brief}/files").text


def test_nothing_is_shared_before_it_is_published(
    browser: Browser, people: People, council: Council, room: str
) -> None:
    browser.sign_in(people.alice)
    browser.get(f"{room}/readers", status=409)


def test_a_correction_reaches_whoever_could_read_what_it_mends(
    browser: Browser, database: Database, people: People, council: Council, brief: str, room: str
) -> None:
    browser.sign_in(people.alice)
    share(browser, room)
    browser.submit(browser.get(f"{room}/readers"), {"public": "yes"}, action=f"{room}/readers/public")
    second = publish_through(database, people, council.here, "The name of a team was wrong.")
    browser.client.cookies.clear()
    old = browser.get(brief)
    assert "The name of a team was wrong." in old.text
    assert old.link("Read version 2") == f"/briefs/{second}"
    assert status(browser, f"/briefs/{second}") == 200
    browser.sign_in(people.charlie)
    assert browser.get("/briefs").link("Wexbourne") == f"/briefs/{second}"
    assert "A newer version took its place." in browser.get(f"{brief}/files").text


def test_a_file_that_was_tampered_with_is_found_out(
    database: Database, people: People, council: Council, brief: str
) -> None:
    with database.transaction() as session:
        published = session.scalars(select(InsightBrief)).one()
        assert damaged_files(session, published) == ()
        one = session.scalars(select(BriefFile).where(BriefFile.name == "brief.html")).one()
        one.data = one.data.replace(b"30 points higher", b"20 points higher")
        session.flush()
        assert damaged_files(session, published) == ("brief.html",)
