"""The next wave begins with what the last one knew, to be brought up to date."""

from uuid import UUID

from sqlalchemy import select

from app.accounts.models import Account
from app.commissioning.checklist import checklist, ready
from app.commissioning.models import GATHERS, HOLDS_A_KEY, LEADS, Diagnostic
from app.commissioning.queries import frame_of, plan_of
from app.database.session import Database
from app.web.dates import now
from tests.service.browser import Browser, Page
from tests.service.commissioning.furniture import change, complete, duties, kept, logged
from tests.service.people import HERE, People


def launched(database: Database, people: People) -> None:
    complete(database, people.here, people)
    change(
        database,
        people.here,
        state="closed",
        scope="roles",
        scope_roles=["registered", "support"],
        threshold=15,
        run_by="pdm",
        raw_data_months=6,
    )


def begin(browser: Browser, people: People) -> Page:
    return browser.submit(browser.get(f"/diagnostics/{people.here}/next-wave"))


def second(database: Database) -> Diagnostic:
    with database.transaction(writes=False) as session:
        return session.scalars(
            select(Diagnostic).where(Diagnostic.authority_code == HERE, Diagnostic.wave == 2)
        ).one()


def test_what_is_likely_the_same_is_taken_over(browser: Browser, database: Database, people: People) -> None:
    launched(database, people)
    browser.sign_in(people.alice)
    page = browser.get(browser.get(f"/diagnostics/{people.here}").link("Begin wave 2"))
    assert "The timetable begins empty." in page.text
    after = browser.submit(page)
    made, last = second(database), kept(database, people.here)
    assert after.path == f"/diagnostics/{made.id}"
    assert "Wave 2 is begun." in after.text
    assert (made.previous_id, made.state, made.revision) == (last.id, "draft", 1)
    for name in (
        "scope",
        "scope_roles",
        "threshold",
        "framework",
        "contact_name",
        "contact_email",
        "controller",
        "processor",
        "lawful_basis",
        "raw_data_months",
    ):
        assert getattr(made, name) == getattr(last, name), name
    assert duties(database, made.id) == {
        (LEADS, people.alice),
        (GATHERS, people.dana),
        (HOLDS_A_KEY, people.alice),
        (HOLDS_A_KEY, people.bob),
    }
    assert last.state == "closed"


def test_days_are_empty_and_nothing_is_confirmed(
    browser: Browser, database: Database, people: People
) -> None:
    launched(database, people)
    browser.sign_in(people.alice)
    page = begin(browser, people)
    made = second(database)
    for name in ("survey_opens_on", "survey_closes_on", "fieldwork_from", "fieldwork_until", "brief_due_on"):
        assert getattr(made, name) is None, name
    for name in ("frame_confirmed_at", "plan_confirmed_at", "lawful_basis_confirmed_at"):
        assert getattr(made, name) is None, name
    assert "The frame was taken over from the last wave: bring it up to date and confirm it." in page.text
    assert "The fieldwork plan was taken over from the last wave" in page.text
    with database.transaction(writes=False) as session:
        assert not ready(checklist(session, session.get_one(Diagnostic, made.id)))


def frame_and_plan(database: Database, diagnostic_id: UUID) -> tuple[object, object]:
    with database.transaction(writes=False) as session:
        diagnostic = session.get_one(Diagnostic, diagnostic_id)
        areas = frame_of(session, diagnostic)
        names = {area.id: area.name for area in areas}
        frame = [
            (area.name, area.position, sorted((cell.role_group, cell.headcount) for cell in area.cells))
            for area in areas
        ]
        plan = [
            (
                line.source,
                line.kind,
                line.role_group,
                line.number,
                line.note,
                line.service_area_id and names[line.service_area_id],
            )
            for line in plan_of(session, diagnostic)
        ]
        return frame, plan


def test_the_frame_and_the_plan_are_copies_of_their_own(
    browser: Browser, database: Database, people: People
) -> None:
    launched(database, people)
    browser.sign_in(people.dana)
    begin(browser, people)
    made = second(database)
    before = frame_and_plan(database, people.here)
    assert frame_and_plan(database, made.id) == before
    browser.submit(browser.get(f"/diagnostics/{made.id}/delete"))
    assert frame_and_plan(database, people.here) == before


def test_whoever_left_the_council_is_not_taken_over(
    browser: Browser, database: Database, people: People
) -> None:
    launched(database, people)
    with database.transaction() as session:
        session.get_one(Account, people.bob).disabled_at = now()
    page = begin(browser.sign_in(people.alice), people)
    assert (HOLDS_A_KEY, people.bob) not in duties(database, second(database).id)
    assert "Only one person is chosen to hold the key; it takes two." in page.text


def test_it_is_logged(browser: Browser, database: Database, people: People) -> None:
    launched(database, people)
    begin(browser.sign_in(people.alice), people)
    (entry,) = logged(database)
    assert (entry.action, entry.actor_id, entry.details) == ("diagnostic created", people.alice, {"wave": 2})


def test_there_is_one_draft_at_a_time(browser: Browser, database: Database, people: People) -> None:
    browser.sign_in(people.alice)
    page = browser.get(f"/diagnostics/{people.here}/next-wave")
    assert "Wave 1 is in preparation." in page.text
    (main,) = page.all("main")
    assert [one for one in main.iter() if one.tag == "form"] == []
    launched(database, people)
    stale = browser.get(f"/diagnostics/{people.here}/next-wave")
    browser.submit(stale)
    assert "later wave already" in browser.submit(stale, status=409).text
    late = browser.get(f"/diagnostics/{people.here}/next-wave")
    assert late.link("Go to wave 2") == f"/diagnostics/{second(database).id}"


def test_the_next_one_may_not_begin_from_a_draft(
    browser: Browser, database: Database, people: People
) -> None:
    launched(database, people)
    browser.sign_in(people.alice)
    page = browser.get(f"/diagnostics/{people.here}/next-wave")
    change(database, people.here, state="draft")
    assert "still a draft" in browser.submit(page, status=409).text


def test_readers_and_other_councils_may_not(browser: Browser, database: Database, people: People) -> None:
    launched(database, people)
    browser.sign_in(people.bob).get(f"/diagnostics/{people.here}/next-wave", status=403)
    assert "Begin wave 2" not in browser.get(f"/diagnostics/{people.here}").text
    browser.sign_in(people.charlie).get(f"/diagnostics/{people.here}/next-wave", status=404)
