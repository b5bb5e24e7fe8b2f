"""What is to do after the survey stands on the dashboard and on the page of the diagnostic."""

from datetime import date

from sqlalchemy import event

from app.commissioning.models import Diagnostic
from app.database.session import Database
from app.profiles.building import ask_for_build
from app.profiles.replying import close_reply, open_reply
from app.profiles.tasks import profile_tasks
from app.survey.models import Survey
from app.web.dates import today
from app.web.tasks import TaskState
from tests.service.browser import Browser, text_of
from tests.service.people import People
from tests.service.profiled import Council, gathered, profiled


def hints(database: Database, council: Council) -> list[tuple[str, str, str]]:
    with database.transaction(writes=False) as session:
        here = session.get_one(Diagnostic, council.here)
        found = profile_tasks(session, [here])[council.here]
    return [(one.id, one.state.value, one.hint) for one in found]


def test_from_the_closed_survey_to_the_closed_reply(
    browser: Browser, database: Database, people: People
) -> None:
    with database.transaction(writes=False) as session:
        assert profile_tasks(session, [session.get_one(Diagnostic, people.here)]) == {}
    with database.transaction() as session:
        council = gathered(session, people)
    assert hints(database, council) == [("profile", "To do", "The survey is closed: compute the profile")]
    browser.sign_in(people.dana)
    assert "Profile: the survey is closed: compute the profile" in browser.get("/").text
    with database.transaction() as session:
        ask_for_build(session, session.get_one(Diagnostic, council.here), people.dana)
    assert hints(database, council) == [("profile", "In progress", "It is being computed")]
    page = browser.get(f"/diagnostics/{council.here}")
    assert page.link("Profile") == f"/diagnostics/{council.here}/profile"


def test_codes_to_review_and_the_reply(browser: Browser, database: Database, people: People) -> None:
    council = profiled(database, people, decided=False)
    found = hints(database, council)
    assert found[0] == ("profile", "Done", "Profile 1 is the newest")
    assert found[1][:2] == ("review", "In progress")
    assert found[1][2].endswith("codes are still open")
    assert found[2] == ("reply", "To do", "The council has not seen the draft yet")
    with database.transaction() as session:
        open_reply(session, session.get_one(Diagnostic, council.here), today(), people.dana)
    assert hints(database, council)[2][1] == "In progress"
    items = [
        text_of(one) for one in browser.sign_in(people.bob).get(f"/diagnostics/{council.here}").all("li")
    ]
    assert any("Right of reply" in one and "The council reads the draft" in one for one in items)
    with database.transaction() as session:
        close_reply(session, session.get_one(Diagnostic, council.here), people.dana)
    assert hints(database, council)[2] == ("reply", "Done", "It is closed: read what was said")


def test_several_are_read_as_often_as_one(database: Database, people: People) -> None:
    council = profiled(database, people, waves=2)
    statements: list[str] = []
    event.listen(database.reading, "before_cursor_execute", lambda *told: statements.append(str(told[2])))
    counts = []
    for ids in (council.waves[:1], council.waves):
        with database.transaction(writes=False) as session:
            diagnostics = [session.get_one(Diagnostic, one) for one in ids]
            statements.clear()
            assert set(profile_tasks(session, diagnostics)) == set(ids)
        counts.append(len(statements))
    assert counts[0] == counts[1]
    with database.transaction(writes=False) as session:
        here = session.get_one(Diagnostic, council.here)
        assert profile_tasks(session, [here])[council.here][1].hint == "Every code is decided"


def test_nothing_is_left_to_do_after_the_answers_went(database: Database, people: People) -> None:
    council = profiled(database, people, decided=False)
    with database.transaction() as session:
        session.get_one(Survey, council.here).purged_on = date(2027, 10, 3)
    with database.transaction(writes=False) as session:
        here = session.get_one(Diagnostic, council.here)
        profile, *others = profile_tasks(session, [here])[council.here]
    assert profile.hint == "Profile 1 is the newest"
    assert {one.state for one in (profile, *others)} == {TaskState.DONE}
    assert {one.hint for one in others} == {"Over: the answers were deleted on 3 October 2027"}
