"""Commissioning a diagnostic: from the council's page through the first questions to its task list."""

from uuid import UUID

import pytest
from sqlalchemy import select

from app.accounts.person import Role
from app.commissioning.models import Authority, Diagnostic
from app.database.session import Database
from tests.service.browser import Browser, Page
from tests.service.commissioning.furniture import actions, change, kept, logged
from tests.service.people import ELSEWHERE, HERE, People, account

NEW = "XNEW"


@pytest.fixture
def carol(database: Database, people: People) -> UUID:
    """The commissioner of a council that has no diagnostic yet."""
    with database.transaction() as session:
        session.add(Authority(code=NEW, name="Newmouth", kind="invented", region="South West"))
        session.flush()
        return account(session, "Carol Cole", Role.COMMISSIONER, NEW)


def only_diagnostic(database: Database) -> Diagnostic:
    with database.transaction(writes=False) as session:
        return session.scalars(select(Diagnostic).where(Diagnostic.authority_code == NEW)).one()


def begin(browser: Browser) -> Page:
    page = browser.get(f"/authorities/{NEW}/diagnostics/new")
    return browser.submit(page, {"run_by": "pdm", "fieldwork": "yes"})


def test_the_first_questions_follow_one_another(browser: Browser, database: Database, carol: UUID) -> None:
    browser.sign_in(carol)
    new = browser.get(browser.get(f"/authorities/{NEW}").link("Commission a diagnostic"))
    assert "Nothing is sent to staff before you launch the survey." in new.text
    scope = browser.submit(new, {"run_by": "council", "fieldwork": "no"})
    made = only_diagnostic(database)
    assert scope.path == f"/diagnostics/{made.id}/details/scope"
    assert "A draft for Newmouth is begun." in scope.text
    roles = browser.submit(scope, {"scope": "roles"})
    assert roles.path.endswith("/details/scope/roles")
    threshold = browser.submit(roles, {"roles": ["team_managers", "leaders"]})
    assert threshold.path.endswith("/details/threshold")
    check = browser.submit(threshold, {"threshold": "12"})
    assert check.path == f"/diagnostics/{made.id}/details"
    assert "The diagnostic is set up." in check.text
    for answer in ("By the council itself", "No: the survey alone", "Leaders Team managers", "12 people"):
        assert answer in check.text
    made = only_diagnostic(database)
    assert (made.wave, made.state, made.run_by, made.with_fieldwork) == (1, "draft", "council", False)
    assert (made.scope, made.scope_roles, made.threshold) == ("roles", ["leaders", "team_managers"], 12)
    assert (made.created_by, made.framework, made.previous_id) == (carol, "evidence_use_v1", None)


def test_beginning_is_logged_for_the_council(browser: Browser, database: Database, carol: UUID) -> None:
    browser.sign_in(carol)
    begin(browser)
    (entry,) = logged(database)
    assert (entry.action, entry.actor_id, entry.authority_code) == ("diagnostic created", carol, NEW)
    assert (entry.subject_id, entry.details) == (only_diagnostic(database).id, {"wave": 1})


def test_both_questions_need_an_answer(browser: Browser, database: Database, carol: UUID) -> None:
    page = browser.sign_in(carol).get(f"/authorities/{NEW}/diagnostics/new")
    again = browser.submit(page, {})
    assert again.errors == ["Choose who runs the diagnostic", "Choose whether there is fieldwork"]
    assert again.title.startswith("Error: ")
    forged = browser.submit(page, {"run_by": "nobody", "fieldwork": "yes"})
    assert forged.errors == ["Choose who runs the diagnostic"]
    assert actions(database) == []


def test_a_council_has_one_draft_at_a_time(browser: Browser, database: Database, carol: UUID) -> None:
    browser.sign_in(carol)
    stale = browser.get(f"/authorities/{NEW}/diagnostics/new")
    begin(browser)
    page = browser.get(f"/authorities/{NEW}/diagnostics/new")
    assert "There is a draft already" in page.text
    assert page.link("Go on with wave 1") == f"/diagnostics/{only_diagnostic(database).id}"
    refused = browser.submit(stale, {"run_by": "pdm", "fieldwork": "yes"}, status=409)
    assert "Go on with that one, or delete it first." in refused.text
    assert only_diagnostic(database).wave == 1


def test_a_council_that_had_one_begins_the_next_wave_instead(
    browser: Browser, database: Database, people: People
) -> None:
    change(database, people.here, state="closed")
    page = browser.sign_in(people.alice).get(f"/authorities/{HERE}/diagnostics/new")
    assert page.link("Begin wave 2") == f"/diagnostics/{people.here}/next-wave"


def test_a_practice_development_manager_and_a_programme_lead_may_begin_one(
    browser: Browser, database: Database, people: People, carol: UUID
) -> None:
    with database.transaction() as session:
        dana = account(session, "Dora Dunn", Role.PDM, NEW)
    assert browser.sign_in(dana).get(f"/authorities/{NEW}/diagnostics/new").status == 200
    browser.sign_in(people.petra)
    assert begin(browser).path.endswith("/details/scope")


def test_a_reader_may_not_and_others_do_not_know_of_it(
    browser: Browser, database: Database, people: People
) -> None:
    page = browser.sign_in(people.charlie).get(f"/authorities/{ELSEWHERE}/diagnostics/new")
    assert page.status == 200
    browser.sign_in(people.bob)
    browser.get(f"/authorities/{HERE}/diagnostics/new", status=403)
    browser.get(f"/authorities/{ELSEWHERE}/diagnostics/new", status=404)


def test_a_draft_is_deleted_after_a_confirmation(
    browser: Browser, database: Database, people: People
) -> None:
    browser.sign_in(people.alice)
    page = browser.get(browser.get(f"/diagnostics/{people.here}").link("Delete this draft"))
    assert "You cannot undo this." in page.text
    assert kept(database, people.here).state == "draft"
    after = browser.submit(page)
    assert after.path == f"/authorities/{HERE}"
    assert "The draft of Wexbourne, wave 1 is deleted." in after.text
    assert after.link("Commission a diagnostic") == f"/authorities/{HERE}/diagnostics/new"
    browser.get(f"/diagnostics/{people.here}", status=404)
    (entry,) = logged(database)
    assert (entry.action, entry.subject_id) == ("diagnostic draft deleted", people.here)


def test_a_draft_that_somebody_changed_is_not_deleted_unseen(
    browser: Browser, database: Database, people: People
) -> None:
    page = browser.sign_in(people.alice).get(f"/diagnostics/{people.here}/delete")
    browser.submit(browser.get(f"/diagnostics/{people.here}/details/threshold"), {"threshold": "15"})
    again = browser.submit(page)
    assert again.errors == [
        "Somebody changed this draft while the page was open. Look at it before you delete it"
    ]
    assert again.link("Look at what is saved now") == f"/diagnostics/{people.here}/details"
    assert kept(database, people.here).threshold == 15
    assert browser.submit(again).path == f"/authorities/{HERE}"


def test_only_drafts_are_deleted(browser: Browser, database: Database, people: People) -> None:
    page = browser.sign_in(people.alice).get(f"/diagnostics/{people.here}/delete")
    change(database, people.here, state="launched")
    assert "has been launched" in browser.submit(page, status=409).text
    browser.get(f"/diagnostics/{people.here}/delete", status=409)
    assert kept(database, people.here).state == "launched"


def test_deleting_takes_the_frame_and_the_plan_along(
    browser: Browser, database: Database, people: People
) -> None:
    from sqlalchemy import func

    from app.commissioning.models import Duty, FrameCell, PlannedFieldwork, ServiceArea
    from tests.service.commissioning.furniture import complete

    complete(database, people.here, people)
    page = browser.sign_in(people.dana).get(f"/diagnostics/{people.here}/delete")
    assert "the frame, which describes 83 people" in page.text
    browser.submit(page)
    with database.transaction(writes=False) as session:
        for table in (Duty, FrameCell, PlannedFieldwork, ServiceArea):
            assert session.scalar(select(func.count()).select_from(table)) == 0
