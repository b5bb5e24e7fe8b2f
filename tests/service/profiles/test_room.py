"""The profile room: who may ask for a profile, how far it is, and what becomes of one that failed."""

import pytest
from sqlalchemy import select

from app.audit.models import Entry
from app.database.session import Database
from app.profiles.building import build_due
from app.profiles.models import FAILED, RUNNING, ProfileBuild, ProfileSnapshot
from app.profiles.queries import newest_build
from app.survey.models import Survey
from app.web.dates import now
from tests.service.browser import Browser, Page
from tests.service.people import People
from tests.service.profiled import Council, gathered, profiled


@pytest.fixture
def closed(database: Database, people: People) -> Council:
    """A closed wave of which nobody has asked for a profile."""
    with database.transaction() as session:
        return gathered(session, people)


@pytest.fixture
def council(database: Database, people: People) -> Council:
    """A closed wave with its profile, on which nobody has decided."""
    return profiled(database, people, decided=False)


def room(council: Council) -> str:
    return f"/diagnostics/{council.here}/profile"


def refreshes(page: Page) -> bool:
    """A script looks again. A page that loads itself anew would take readers of a screen by surprise."""
    assert all(one.get("http-equiv") != "refresh" for one in page.all("meta"))
    return any("again" in (one.get("src") or "") for one in page.all("script"))


def test_a_profile_is_asked_for_waited_for_and_opened(
    browser: Browser, database: Database, people: People, closed: Council
) -> None:
    browser.sign_in(people.alice)
    first = browser.get(room(closed))
    assert "computed once from the evidence" in first.text
    assert not refreshes(first)
    waiting = browser.submit(first, action=f"{room(closed)}/build")
    assert "A profile is being computed" in waiting.text
    assert "It waits for its turn" in waiting.text
    assert "Alice Ashworth asked for it on" in waiting.text
    assert refreshes(waiting)
    assert waiting.link("Look again") == room(closed)
    assert waiting.own_forms == [], "nobody asks twice"
    with database.transaction() as session:
        build = newest_build(session, closed.here)
        assert build is not None
        build.state, build.progress, build.told_at = RUNNING, "Attacking what would be published", now()
    running = browser.get(room(closed))
    assert "Attacking what would be published." in running.text
    assert "It has been at this part since" in running.text
    with database.transaction() as session:
        session.get_one(ProfileBuild, build.id).state = "waiting"
    assert build_due(database, now()) == 1
    hers = browser.get(room(closed))
    assert "The people who gather the evidence are checking it." in hers.text
    assert not [row for row in hers.rows() if row[0].startswith("Profile")], (
        "it was not shown to the council yet"
    )
    done = browser.sign_in(people.dana).get(room(closed))
    assert not refreshes(done)
    row = next(row for row in done.rows() if row[0].startswith("Profile 1"))
    with database.transaction(writes=False) as session:
        snapshot = session.scalars(select(ProfileSnapshot)).one()
        noted = session.scalars(select(Entry.action)).all()
    framework = "Evidence use in children’s services, version 1"
    assert row[2:6] == ["Alice Ashworth", framework, snapshot.method, snapshot.digest[:12]]
    assert "profile asked for" in noted
    opened = browser.get(done.link("Open profile 1, the newest"))
    assert opened.heading == "Profile 1"
    assert f"with the framework “{framework}”" in opened.text


def test_before_the_survey_is_closed_the_room_says_so(browser: Browser, people: People) -> None:
    browser.sign_in(people.dana)
    page = browser.get(f"/diagnostics/{people.here}/profile")
    assert "The survey is not closed yet. A profile can be computed once it is." in page.text
    assert page.own_forms == []


def test_asking_twice_is_refused(browser: Browser, people: People, closed: Council) -> None:
    browser.sign_in(people.dana)
    page = browser.get(room(closed))
    browser.submit(page, action=f"{room(closed)}/build")
    again = browser.submit(page, action=f"{room(closed)}/build", status=409)
    assert "A profile is being computed already." in again.text


def test_a_failed_profile_says_why_to_those_who_gather_and_can_be_asked_for_again(
    browser: Browser, database: Database, people: People, closed: Council
) -> None:
    problem = (
        "Nothing was stored, because somebody could work out what a colleague said. What to do:\n"
        "Join Youth justice with another service area."
    )
    with database.transaction() as session:
        session.add(
            ProfileBuild(diagnostic_id=closed.here, asked_by=people.dana, state=FAILED, problem=problem)
        )
    told = browser.sign_in(people.dana).get(room(closed))
    assert "Join Youth justice with another service area." in told.text
    hidden = browser.sign_in(people.alice).get(room(closed))
    assert "could not be computed" in hidden.text
    assert "Nothing was stored, because somebody could work out what a colleague said." in hidden.text
    assert "Youth justice" not in hidden.text
    assert "A profile is being computed" in browser.submit(hidden, action=f"{room(closed)}/build").text


def test_whoever_only_reads_sees_no_draft_and_may_not_ask(
    browser: Browser, people: People, council: Council
) -> None:
    browser.sign_in(people.bob)
    page = browser.get(room(council))
    assert "There is nothing to read here yet." in page.text
    assert page.own_forms == []
    for path in ("", "/headings/culture", "/response", "/sure", "/evidence"):
        assert "This profile is a draft." in browser.get(f"{room(council)}/1{path}", status=403).text
    for path in ("/review", "/1/verify", "/1/verified"):
        browser.get(room(council) + path, status=403)


def test_another_council_sees_that_there_is_nothing(
    browser: Browser, people: People, council: Council
) -> None:
    browser.sign_in(people.charlie)
    for path in ("", "/1", "/1/headings/culture", "/review", "/reply", "/1/verified"):
        browser.get(room(council) + path, status=404)


def test_whoever_gathers_sees_that_a_profile_is_identical_or_damaged(
    browser: Browser, database: Database, people: People, council: Council
) -> None:
    browser.sign_in(people.dana)
    asked = browser.get(browser.get(room(council)).link("Verify profile 1"))
    form = asked.own_forms[0]
    assert "Nothing is changed" in asked.text
    outcome = browser.get(form.get("action") or "")
    assert outcome.heading == "Profile 1: identical"
    assert "It is the same, to the last byte." in outcome.text
    with database.transaction() as session:
        snapshot = session.scalars(select(ProfileSnapshot)).one()
        snapshot.published = snapshot.published.replace("Wexbourne", "Wexborne")
    damaged = browser.get(form.get("action") or "")
    assert damaged.heading == "Profile 1: damaged"
    assert "Do not publish from it." in damaged.text


def test_after_the_answers_went_verifying_says_so(
    browser: Browser, database: Database, people: People, council: Council
) -> None:
    with database.transaction() as session:
        session.get_one(Survey, council.here).purged_on = now().date()
    browser.sign_in(people.dana)
    assert "The answers were deleted" in browser.get(f"{room(council)}/1/verified").text
    assert "deleted on the day that staff were promised" in browser.get(room(council)).text
