"""Steps become actions, and nothing of the plan is lost when a corrected brief is published."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.actions.models import Action
from app.actions.queries import actions_of
from app.commissioning.models import Diagnostic
from app.database.session import Database
from tests.service.actions.furniture import STEPS, planned, publish, told_in
from tests.service.browser import Browser, Page, text_of
from tests.service.people import People


def titles(page: Page) -> list[str]:
    return [text_of(one) for article in page.all("article") for one in article.iter() if one.tag == "h3"]


def saved(database: Database, diagnostic_id: UUID) -> list[Action]:
    with database.transaction(writes=False) as session:
        return list(actions_of(session, diagnostic_id))


def test_before_a_brief_is_published_the_page_says_what_comes(browser: Browser, people: People) -> None:
    page = browser.sign_in(people.alice).get(f"/diagnostics/{people.here}/actions")
    assert "There is nothing here yet. When the brief is published" in page.text
    assert page.own_forms == []


def test_a_commissioner_sees_what_would_be_made_and_takes_it_over_with_one_button(
    browser: Browser, database: Database, people: People, here: UUID
) -> None:
    profile = told_in(database, here)
    first = [STEPS[one.id] for one in sorted(profile.steps, key=lambda one: one.rank) if one.first]
    page = browser.sign_in(people.alice).get(f"/diagnostics/{here}/actions")
    assert saved(database, here) == []
    for step in first:
        for words in (step.title, step.action, step.owner, step.first_30_days, step.six_month_sign):
            assert words in page.text
    assert (
        f"Take over {len(first)} actions and {len(profile.steps) - len(first)} steps for later" in page.text
    )
    after = browser.submit(page, action=f"/diagnostics/{here}/actions/take-over")
    assert titles(after) == [step.title for step in first]
    made = saved(database, here)
    assert [one.step for one in made if not one.later] == [step.id for step in first]
    assert len(made) == len(profile.steps)
    assert all(one.owner_role == STEPS[one.step].owner for one in made)
    assert all(one.sign == STEPS[one.step].six_month_sign for one in made)
    waiting = [
        STEPS[one.id].title for one in sorted(profile.steps, key=lambda one: one.rank) if not one.first
    ]
    lists = [one for one in after.all("ul", "app-later")]
    assert [title for title in waiting if title in text_of(lists[0])] == waiting
    again = browser.submit(page, action=f"/diagnostics/{here}/actions/take-over")
    assert "Everything had been taken over already" in again.text
    assert len(saved(database, here)) == len(made)


def test_a_reader_sees_the_plan_and_has_nothing_to_press(
    browser: Browser, database: Database, people: People, here: UUID
) -> None:
    browser.sign_in(people.bob)
    page = browser.get(f"/diagnostics/{here}/actions")
    assert "A commissioner of the council can take them over" in page.text
    assert page.own_forms == []
    with database.transaction() as session:
        one = next(iter(planned(session, here, people.alice).values()))
    page = browser.get(f"/diagnostics/{here}/actions")
    assert titles(page)
    assert page.own_forms == []
    assert "Bring forward" not in page.text
    inner = browser.get(f"/diagnostics/{here}/actions/{one.id}")
    assert inner.own_forms == []
    browser.get(f"/diagnostics/{here}/actions/{one.id}/change", status=403)


def test_a_corrected_brief_offers_what_is_new_and_nothing_is_lost(
    browser: Browser, database: Database, people: People, here: UUID
) -> None:
    with database.transaction() as session:
        made = planned(session, here, people.alice)
        first = [one.step for one in made.values() if not one.later]
        later = [one.step for one in made.values() if one.later]
        made[first[1]].owner_name = "Sam Seagrave"
    new = next(step for step in STEPS if step not in made)

    def correct(told: dict[str, Any]) -> None:
        by_id = {one["id"]: one for one in told["steps"]}
        by_id[first[1]]["first"] = False
        by_id[later[0]]["first"] = True
        told["steps"] = [one for one in told["steps"] if one["id"] != first[2]]
        told["steps"].append({**by_id[first[0]], "id": new, "rank": 90, "first": True, "findings": []})

    publish(database, people, here, correct)
    page = browser.sign_in(people.alice).get(f"/diagnostics/{here}/actions")
    assert "The corrected brief has something new" in page.text
    assert STEPS[new].title in page.text
    assert "Take over 2 actions" in page.text
    assert f"though the brief now puts them later {STEPS[first[1]].title}" in page.text
    assert f"though the brief does not name them any more {STEPS[first[2]].title}" in page.text
    after = browser.submit(page, action=f"/diagnostics/{here}/actions/take-over")
    assert set(titles(after)) == {STEPS[one].title for one in (*first, later[0], new)}
    assert "something new" not in after.text
    kept = {one.step: one for one in saved(database, here)}
    assert set(kept) == {*made, new}
    assert kept[first[1]].owner_name == "Sam Seagrave"
    assert not kept[first[1]].later
    assert kept[later[0]].brought_on is not None


def test_a_brief_that_was_published_meanwhile_is_not_taken_over_unseen(
    browser: Browser, database: Database, people: People, here: UUID
) -> None:
    page = browser.sign_in(people.alice).get(f"/diagnostics/{here}/actions")
    publish(database, people, here)
    browser.submit(page, action=f"/diagnostics/{here}/actions/take-over", status=409)
    assert saved(database, here) == []


def test_a_step_comes_forward_only_with_a_reason(
    browser: Browser, database: Database, people: People, here: UUID, actions: list[Action]
) -> None:
    waiting = next(one for one in actions if one.later)
    address = f"/diagnostics/{here}/actions/{waiting.id}"
    browser.sign_in(people.alice).get(f"{address}/change", status=409)
    page = browser.get(f"{address}/bring-forward")
    assert browser.submit(page).errors == ["Enter why you bring it forward"]
    after = browser.submit(page, {"reason": "The inspection asked for it."})
    assert "The step is an action now" in after.text
    assert "The inspection asked for it." in after.text
    assert "Alice Ashworth" in after.text
    found = [one for one in saved(database, here) if not one.later]
    assert found[-1].id == waiting.id
    assert waiting.title in titles(browser.get(f"/diagnostics/{here}/actions"))
    browser.get(f"{address}/bring-forward", status=409)
    # The framework may be gone: the plan still opens.
    with database.transaction() as session:
        session.scalars(select(Diagnostic).where(Diagnostic.id == here)).one().framework = "gone_v0"
    assert waiting.title in titles(browser.get(f"/diagnostics/{here}/actions"))
    browser.get(address)


def test_an_action_leads_to_what_helps_with_its_step(
    browser: Browser, database: Database, people: People, here: UUID
) -> None:
    with database.transaction() as session:
        made = planned(session, here, people.alice)
        action = next(one for key, one in made.items() if STEPS[key].resources)
        address, key = f"/diagnostics/{here}/actions/{action.id}", STEPS[action.step].resources[0]
    browser.sign_in(people.bob)
    link = next(one for one in browser.get(address).all("a") if one.get("href") == f"/library/{key}")
    assert browser.get(link.get("href") or "").heading == text_of(link)
