"""The right of reply: the council sees the draft, comments, and answers; closed, it stays readable."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.commissioning.models import Diagnostic
from app.database.session import Database
from app.profiles.models import AS_DRAFT, ReplyAnswer, ReplyComment, RightOfReply
from app.profiles.queries import comments_on, issued_in
from app.profiles.replying import can_reply, open_reply
from app.web.dates import today, uk_date
from tests.service.browser import Browser, Page
from tests.service.people import People
from tests.service.profiled import Council, build, profiled

FINDING = "culture.leaders_above_practitioners"


@pytest.fixture
def council(database: Database, people: People) -> Council:
    """A closed wave with its profile, on which everything is decided."""
    return profiled(database, people)


@pytest.fixture
def opened(database: Database, people: People, council: Council) -> str:
    """The address of a right of reply that is open."""
    with database.transaction() as session:
        open_reply(session, session.get_one(Diagnostic, council.here), today(), people.dana)
    return f"/diagnostics/{council.here}/profile/reply"


def day(when: date) -> dict[str, str]:
    return {f"session_on-{part}": str(getattr(when, part)) for part in ("day", "month", "year")}


def say(browser: Browser, reply: str, text: str) -> Page:
    return browser.submit(browser.get(f"{reply}/findings/{FINDING}"), {"text": text})


def test_a_commissioner_opens_it_with_the_day_of_the_session(
    browser: Browser, database: Database, people: People, council: Council
) -> None:
    reply = f"/diagnostics/{council.here}/profile/reply"
    assert "It is not open yet." in browser.sign_in(people.bob).get(reply).text
    browser.sign_in(people.alice)
    page = browser.get(browser.get(reply).link("Open the right of reply"))
    assert browser.submit(page).errors == ["Enter the day of the sense-making session"]
    wrong = browser.submit(page, day(today() - timedelta(days=1)))
    assert wrong.errors == ["The day of the session must be today or later"]
    never = {"session_on-day": "31", "session_on-month": "2", "session_on-year": "2027"}
    assert "must be a real date" in browser.submit(page, never).errors[0]
    session_on = today() + timedelta(days=21)
    done = browser.submit(page, day(session_on))
    assert f"The sense-making session is on {uk_date(session_on)}." in done.text
    browser.submit(page, day(session_on), status=409)
    with database.transaction(writes=False) as session:
        assert session.scalars(select(RightOfReply.session_on)).all() == [session_on]


def test_a_reader_sees_the_draft_and_its_pages_but_no_reasons_of_ratings(
    browser: Browser, people: People, council: Council, opened: str
) -> None:
    browser.sign_in(people.bob)
    page = browser.get(opened)
    assert "Leaders rate culture 30 points higher than practitioners do. (S culture)" in page.text
    assert re.search(r"\((?:[^)]*; )?[IOD]\d+–[IOD]\d+[;)]", page.text), (
        "marks are written short, as elsewhere"
    )
    room = f"/diagnostics/{council.here}/profile"
    assert page.link("profile 1") == f"{room}/1"
    for path in ("", "/headings/culture", "/response", "/sure", "/evidence"):
        assert "Reasons of the ratings" not in browser.get(f"{room}/1{path}").text
    assert "Close" not in " ".join(one.text or "" for one in page.all("a"))
    browser.get(f"{opened}/close", status=403)
    browser.get(f"{room}/review", status=403)
    own = browser.get(room)
    assert own.link("Open profile 1, the newest") == f"{room}/1"
    assert own.own_forms == []


def test_a_comment_stays_with_its_finding_and_is_answered(
    browser: Browser, database: Database, people: People, council: Council, opened: str
) -> None:
    browser.sign_in(people.bob)
    empty = say(browser, opened, " ")
    assert empty.errors == ["Enter what you want to say"]
    assert say(browser, opened, "x" * 2001).errors == ["It must be 2,000 characters or fewer"]
    page = say(browser, opened, "Our pulse survey says the same.")
    assert "Our pulse survey says the same." in page.text
    assert "Bob Bright" in page.text
    with database.transaction(writes=False) as session:
        (made,) = comments_on(session, council.here)[FINDING]
    assert made.sentence.endswith("Leaders rate culture 30 points higher than practitioners do.")
    answer = f"{opened}/comments/{made.id}"
    browser.get(answer, status=403)
    browser.sign_in(people.alice).get(answer, status=403)
    browser.sign_in(people.dana)
    asked, stale = browser.get(answer), browser.get(answer)
    assert browser.submit(asked).errors == ["Enter what you want to say"]
    done = browser.submit(asked, {"answer": "Thank you. We put it first."})
    assert "Answer: Thank you. We put it first." in done.text
    clash = browser.submit(stale, {"answer": "We leave it as it is."})
    assert clash.errors[0].startswith("Somebody else answered this")
    assert "Thank you. We put it first." in clash.text
    assert "We leave it as it is." in browser.submit(clash).text
    assert "We leave it as it is." in browser.sign_in(people.bob).get(opened).text


def test_each_person_answers_the_three_questions_and_may_change_their_mind(
    browser: Browser, database: Database, people: People, opened: str
) -> None:
    browser.sign_in(people.bob)
    page = browser.get(browser.get(opened).link("Answer the three questions"))
    wrong = browser.submit(page, {"accurate": "yes", "substance": "perhaps"})
    assert wrong.errors == [
        "Choose yes, partly or no",
        "Choose whether the draft helps you to get ready for action",
    ]
    values = {"accurate": "yes", "substance": "partly", "substance_why": "We knew some.", "helpful": "no"}
    done = browser.submit(page, values)
    assert "Partly: We knew some. (Bob Bright)" in done.text
    browser.sign_in(people.alice)
    browser.submit(browser.get(f"{opened}/questions"), {one: "yes" for one in values if "why" not in one})
    browser.sign_in(people.bob)
    again = browser.get(f"{opened}/questions")
    assert again.fields()["substance_why"] == ["We knew some."]
    done = browser.submit(again, {"helpful": "yes"})
    assert "Yes 2, Partly 0, No 0" in done.text
    with database.transaction(writes=False) as session:
        assert len(session.scalars(select(ReplyAnswer)).all()) == 6


def test_closed_it_stays_readable_and_comments_can_still_be_answered(
    browser: Browser, database: Database, people: People, council: Council, opened: str
) -> None:
    browser.sign_in(people.bob)
    say(browser, opened, "Our pulse survey says the same.")
    form = browser.get(f"{opened}/findings/{FINDING}")
    browser.sign_in(people.alice)
    closed = browser.submit(browser.get(browser.get(opened).link("Close the right of reply")))
    assert "Our pulse survey says the same." in closed.text
    browser.sign_in(people.bob)
    late = browser.submit(form, {"text": "One more thing."}, status=409)
    assert "The right of reply is not open." in late.text
    browser.get(f"{opened}/questions", status=409)
    page = browser.get(opened)
    assert "It was closed on" in page.text
    assert "Our pulse survey says the same." in page.text
    browser.get(f"/diagnostics/{council.here}/profile/1")
    with database.transaction(writes=False) as session:
        assert not can_reply(session, session.get_one(Diagnostic, council.here))
        (made,) = session.scalars(select(ReplyComment)).all()
    browser.sign_in(people.dana)
    answered = browser.submit(browser.get(f"{opened}/comments/{made.id}"), {"answer": "Noted."})
    assert "Answer: Noted." in answered.text


def test_opened_again_it_shows_the_newest_draft_and_keeps_what_was_said(
    browser: Browser, database: Database, people: People, council: Council, opened: str
) -> None:
    browser.sign_in(people.dana)
    say(browser, opened, "Our pulse survey says the same.")
    build(database, council.here, people.dana)
    with database.transaction() as session:
        made = session.scalars(select(ReplyComment)).one()
        made.sentence = "Leaders rate culture higher."
    assert "profile 1" in browser.get(opened).text, "whoever reads it keeps the draft that was opened"
    browser.submit(browser.get(f"{opened}/close"))
    again = browser.submit(browser.get(f"{opened}/open"), day(today()))
    assert again.link("profile 2").endswith("/profile/2")
    assert "About the sentence as it stood: Leaders rate culture higher." in again.text
    assert browser.sign_in(people.bob).get(f"/diagnostics/{council.here}/profile/1").status == 200, (
        "it was shown"
    )
    with database.transaction(writes=False) as session:
        held = issued_in(session, council.here)
    assert [one.shown_as for one in held] == [AS_DRAFT, AS_DRAFT], "whoever saw a draft may remember it"


def test_another_council_knows_nothing_of_it(browser: Browser, people: People, opened: str) -> None:
    browser.sign_in(people.charlie)
    for path in ("", "/questions", f"/findings/{FINDING}", "/open", "/close"):
        browser.get(opened + path, status=404)


def test_there_is_nothing_to_open_without_a_profile(browser: Browser, people: People) -> None:
    browser.sign_in(people.dana)
    reply = f"/diagnostics/{people.here}/profile/reply"
    assert "Compute the profile first" in browser.get(reply).text
    assert "There is no profile yet" in browser.get(f"{reply}/open", status=409).text
    browser.get(f"{reply}/findings/{FINDING}", status=409)
