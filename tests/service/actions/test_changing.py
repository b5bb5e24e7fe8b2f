"""Who does an action by when, and how far it is: every change leaves a trace, and none overwrites another."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from app.actions.models import Action
from app.actions.queries import actions_of, find_action
from app.audit.models import Entry
from app.database.session import Database
from app.web.dates import today, uk_date
from tests.service.browser import Browser, Page, text_of
from tests.service.people import People

SOON = today() + timedelta(days=10)


def parts(day: date, name: str = "due_on") -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


@pytest.fixture
def address(browser: Browser, people: People, here: UUID, actions: list[Action]) -> str:
    browser.sign_in(people.alice)
    return f"/diagnostics/{here}/actions/{actions[0].id}"


def fresh(database: Database, here: UUID, action: Action) -> Action:
    with database.transaction(writes=False) as session:
        found = find_action(session, here, action.id)
        assert found is not None
        return found


def test_an_owner_a_date_and_a_state_are_kept_with_who_changed_them(
    browser: Browser, database: Database, people: People, here: UUID, actions: list[Action], address: str
) -> None:
    page = browser.get(f"{address}/change")
    wanted = {
        "state": "under_way",
        "owner_role": "Head of practice",
        "owner": str(people.bob),
        "note": "We began with two teams.",
        **parts(SOON),
    }
    after = browser.submit(page, wanted)
    for words in (
        "Bob Bright (Head of practice)",
        f"{uk_date(SOON)}, in 10 days",
        "Under way",
        "“To do” became “Under way”.",
        f"Due date: {uk_date(SOON)}, before: none.",
        "The person who owns it was changed.",
        "We began with two teams.",
        "Alice Ashworth, ",
    ):
        assert words in after.text
    found = fresh(database, here, actions[0])
    assert (found.owner_id, found.due_on, found.state) == (people.bob, SOON, "under_way")
    again = browser.submit(browser.get(f"{address}/change"))
    assert "Nothing had changed." in again.text
    with database.transaction(writes=False) as session:
        logged = [one for one in session.query(Entry) if one.action == "action changed"]
    assert [one.details for one in logged] == [{"step": actions[0].step, "state": "under_way"}]


def test_somebody_without_an_account_is_named(browser: Browser, address: str, people: People) -> None:
    after = browser.submit(browser.get(f"{address}/change"), {"owner_name": "Sam Seagrave", "owner_role": ""})
    assert "Owner Sam Seagrave Due" in after.text
    both = browser.submit(browser.get(f"{address}/change"), {"owner": str(people.bob)})
    assert both.errors == ["Choose somebody with an account or enter a name, not both"]
    assert both.title.startswith("Error: ")
    nobody = browser.submit(browser.get(f"{address}/change"), {"owner_name": "", "owner_role": ""})
    assert nobody.errors == ["Enter the role of the owner, or name a person"]

    # Nor can somebody of another council own it.
    other = {"owner": str(people.charlie), "owner_name": ""}
    page = browser.submit(browser.get(f"{address}/change"), other)
    assert page.errors == ["Choose somebody from the list"]
    assert browser.submit(browser.get(f"{address}/change"), {"owner": "nobody"}).errors == [
        "Choose somebody from the list"
    ]


def test_a_wrong_date_is_told_and_stays_typed(
    browser: Browser, database: Database, here: UUID, actions: list[Action], address: str
) -> None:
    names = ("due_on-day", "due_on-month", "due_on-year")
    for typed, said in (
        (("31", "2", "2027"), "The due date must be a real date, such as 27 3 2027"),
        (("", "3", "2027"), "The due date must be a real date, such as 27 3 2027"),
        (("1", "1", "2020"), "The due date must be today or later"),
        (("1", "1", "2206"), "The due date must be within the next 5 years"),
    ):
        page = browser.submit(browser.get(f"{address}/change"), dict(zip(names, typed, strict=True)))
        assert page.errors == [said]
        assert [page.fields()[name][0] for name in names] == list(typed)
        assert fresh(database, here, actions[0]).due_on is None


def test_a_date_in_the_past_stays_when_something_else_changes(
    browser: Browser, database: Database, here: UUID, actions: list[Action], address: str
) -> None:
    was = today() - timedelta(days=40)
    with database.transaction() as session:
        session.merge(actions[0]).due_on = was
    after = browser.submit(browser.get(f"{address}/change"), {"state": "under_way"})
    assert "Overdue" in after.text
    assert "overdue by 40 days" in after.text
    assert fresh(database, here, actions[0]).due_on == was


def test_stopping_needs_a_reason_and_notes_overwrite_nothing(browser: Browser, address: str) -> None:
    page = browser.submit(browser.get(f"{address}/change"), {"state": "stopped"})
    assert page.errors == ["Enter why you stop it"]
    after = browser.submit(page, {"note": "The team was merged into another."})
    assert "Stopped" in after.text
    assert "The team was merged into another." in after.text
    first, second = browser.get(address), browser.get(address)
    assert browser.submit(first).errors == ["Enter a note"]
    browser.submit(first, {"note": "One team has begun."})
    after = browser.submit(second, {"note": "<b>Two</b> teams have begun."})
    assert "One team has begun." in after.text
    assert "<b>Two</b> teams have begun." in after.text
    assert browser.submit(after, {"note": "x" * 2001}).errors == ["The note must be 2000 characters or fewer"]


def test_whoever_comes_second_sees_both_versions_and_decides(
    browser: Browser, database: Database, here: UUID, actions: list[Action], address: str
) -> None:
    first, second = browser.get(f"{address}/change"), browser.get(f"{address}/change")
    browser.submit(first, {"owner_role": "Director", "state": "done"})
    clash = browser.submit(second, {"owner_role": "Principal social worker"})
    assert clash.errors[0].startswith("Somebody changed this action while the page was open")
    saved = [text_of(one) for one in clash.all("section", "app-saved-now")]
    assert "Director" in saved[0]
    assert "Done" in saved[0]
    assert clash.fields()["owner_role"] == ["Principal social worker"]
    assert fresh(database, here, actions[0]).owner_role == "Director"
    browser.submit(clash)
    assert fresh(database, here, actions[0]).owner_role == "Principal social worker"


def test_the_sign_was_seen_by_what_and_when(
    browser: Browser, database: Database, here: UUID, actions: list[Action], address: str
) -> None:
    page = browser.get(f"{address}/sign")
    assert actions[0].sign in page.text
    assert browser.submit(page, {**parts(today(), "on")}).errors == [
        "Choose whether the sign was seen",
        "Enter what you saw, or where you looked",
    ]
    seen = {"seen": "partly", "evidence": "Six of ten could name the page."}
    tomorrow = browser.submit(page, {**seen, **parts(today() + timedelta(days=1), "on")})
    assert tomorrow.errors == ["The day must be today or in the past"]
    after = browser.submit(page, seen)
    assert f"Partly seen, {uk_date(today())}" in after.text
    assert "Six of ten could name the page." in after.text
    found = fresh(database, here, actions[0])
    assert (found.sign_seen, found.sign_on) == ("partly", today())
    clash = browser.submit(page, {"seen": "seen", "evidence": "All could."})
    assert clash.errors[0].startswith("Somebody changed this action")
    assert "Six of ten could name the page." in text_of(clash.all("section", "app-saved-now")[0])


def views(page: Page) -> list[str]:
    return [text_of(one) for one in page.all("a", "app-tabs__link")]


def test_views_hold_what_they_say_and_the_rest_stays_in_view(
    browser: Browser, database: Database, people: People, here: UUID, actions: list[Action]
) -> None:
    now = [one for one in actions if not one.later]
    with database.transaction() as session:
        for one, state, days in zip(
            actions_of(session, here), ("under_way", "done", "to_do"), (-1, -3, 28), strict=False
        ):
            one.state, one.due_on = state, today() + timedelta(days=days)
    browser.sign_in(people.bob)
    for show, expected in (("overdue", now[0]), ("done", now[1]), ("soon", now[2])):
        page = browser.get(f"/diagnostics/{here}/actions?show={show}")
        assert [text_of(one) for one in page.all("h3")] == [expected.title]
        assert views(page) == ["All (3)", "Overdue (1)", "Due soon (1)", "Done (1)"]
        assert "Next, not now" in page.text
    with database.transaction() as session:
        for one in actions_of(session, here):
            one.due_on = today() + timedelta(days=29)
            one.state = "to_do"
    assert "Nothing is overdue." in browser.get(f"/diagnostics/{here}/actions?show=overdue").text
    assert "Nothing is due in the next 28 days." in browser.get(f"/diagnostics/{here}/actions?show=soon").text
    assert "Nothing is done yet." in browser.get(f"/diagnostics/{here}/actions?show=done").text


def test_another_council_has_no_way_to_it(
    browser: Browser, people: People, here: UUID, actions: list[Action]
) -> None:
    browser.sign_in(people.charlie)
    for further in ("", f"/{actions[0].id}", f"/{actions[0].id}/change", "/progress"):
        browser.get(f"/diagnostics/{here}/actions{further}", status=404)
    # Nor through a diagnostic of their own.
    browser.get(f"/diagnostics/{people.elsewhere}/actions/{actions[0].id}", status=404)
