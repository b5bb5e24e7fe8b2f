"""What changed since the last wave: the published profile's own numbers, beside what the council did."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from app.actions.models import Action
from app.actions.next_wave.presenters import change_words, frame_change
from app.actions.next_wave.queries import Frame
from app.actions.tasks import action_tasks
from app.briefs.models import InsightBrief
from app.commissioning.models import Diagnostic, FrameCell, ServiceArea
from app.database.session import Database
from app.profiles.models import IssuedRelease
from app.web.dates import months_after, today
from diagnostics.published import PublishedChange
from tests.service.actions.furniture import FRAMEWORK, planned, publish, published, told_in
from tests.service.browser import Browser, Page, text_of
from tests.service.people import People
from tests.service.profiled import Council, profiled


@pytest.fixture
def two(database: Database, people: People) -> Council:
    return published(database, people, waves=2)


def section(page: Page, heading: str) -> str:
    found = [one for one in page.all("section") if one.get("aria-labelledby") == f"heading-{heading}"]
    return text_of(found[0])


def test_change_in_plain_words() -> None:
    def said(difference: int, low: int, high: int, *, reliable: bool = True) -> str:
        return change_words(PublishedChange(difference, low, high, reliable, 5, None))

    assert said(8, 4, 12) == "Up 8 points, likely 4 to 12"
    assert said(-8, -12, -4) == "Down 8 points, likely 4 to 12"
    assert said(1, 0, 2) == "Up 1 point, likely 0 to 2"
    assert said(5, -1, 11) == "Up 5 points, likely 1 down to 11 up"
    assert said(1, -3, 5, reliable=False) == "No reliable change (likely 3 down to 5 up)"
    assert said(2, 0, 4, reliable=False) == "No reliable change (likely none to 4 up)"
    too_small = "No reliable change: too small to count (likely 1 up to 3 up)"
    assert said(2, 1, 3, reliable=False) == too_small
    reason = "The two waves used different versions of the framework."
    assert (
        change_words(PublishedChange(None, None, None, False, None, reason))
        == f"Cannot be compared. {reason}"
    )


def test_every_number_is_the_published_profile_s(
    browser: Browser, database: Database, people: People, two: Council
) -> None:
    profile = told_in(database, two.here)
    page = browser.sign_in(people.bob).get(f"/diagnostics/{two.here}/change")
    rows = page.rows()
    for heading in profile.headings:
        change = heading.change
        assert change is not None
        (row,) = [row for row in rows if row[0] == heading.name and len(row) == 4 and row[1]]
        assert row[2] == change_words(change)
        assert row[3] == f"{change.minimum_detectable} points"
        for number in (change.low, change.high):
            assert str(abs(number or 0)) in row[2].replace("none", "0")
        for group in heading.groups.role_group:
            if not group.suppressed and group.change is not None:
                assert [
                    group.name,
                    change_words(group.change),
                    f"{group.change.minimum_detectable} points",
                ] in rows
        for item in heading.items:
            if not item.suppressed and item.change is not None:
                assert [
                    item.text,
                    change_words(item.change),
                    f"{item.change.minimum_detectable} points",
                ] in rows
    (up,) = [one.name for one in profile.headings if one.change and one.change.reliable]
    assert f"Up: {up}. No reliable change in 5 headings." in page.text
    drawn = [one for drawing in page.all("svg") for one in drawing.iter() if one.tag == "title"]
    assert [text_of(one).partition(":")[0] for one in drawn] == [one.name for one in profile.headings]


def test_what_is_suppressed_says_so_and_shows_no_number(
    browser: Browser, database: Database, people: People, two: Council
) -> None:
    def hide(told: dict[str, Any]) -> None:
        group = told["headings"][0]["groups"]["role_group"][0]
        group.update(score=None, n_band=None, suppressed=True, change=None)
        told["headings"][0]["items"][0].update(
            shares=None, score=None, dont_know=None, n_band=None, suppressed=True, change=None
        )

    publish(database, people, two.here, hide)
    profile = told_in(database, two.here)
    page = browser.sign_in(people.bob).get(f"/diagnostics/{two.here}/change")
    hidden = "Not shown, to protect people in a small group"
    assert [profile.headings[0].groups.role_group[0].name, hidden, "–"] in page.rows()
    assert [profile.headings[0].items[0].text, hidden, "–"] in page.rows()


def test_actions_of_the_last_wave_stand_beside_the_heading_that_they_serve(
    browser: Browser, database: Database, people: People, two: Council
) -> None:
    assert FRAMEWORK is not None
    with database.transaction() as session:
        made = [one for one in planned(session, two.waves[0], people.alice).values() if not one.later]
        made[0].state, made[0].sign_seen, made[0].sign_evidence = "done", "seen", "We asked."
        made[0].sign_on = date(2026, 6, 16)
    page = browser.sign_in(people.bob).get(f"/diagnostics/{two.here}/change")
    for action in made:
        serves = {FRAMEWORK.heading_of[one.id].id for one in FRAMEWORK.moved_by(action.step)}
        for heading in FRAMEWORK.headings:
            assert (action.title in section(page, heading.id)) == (heading.id in serves)
    served = FRAMEWORK.heading_of[FRAMEWORK.moved_by(made[0].step)[0].id].id
    assert f"{made[0].title} : done. Sign at six months: seen, 16 June 2026. {made[0].sign}" in section(
        page, served
    )
    assert "Steps of the last wave that still wait:" in page.text


def test_where_there_is_nothing_it_says_why(browser: Browser, people: People, two: Council) -> None:
    page = browser.sign_in(people.bob).get(f"/diagnostics/{two.here}/change")
    assert "No actions were recorded after the last wave." in page.text
    assert page.link("Go to its plan") == f"/diagnostics/{two.waves[0]}/actions"
    assert "different versions" not in page.text
    page = browser.get(f"/diagnostics/{two.waves[0]}/change")
    assert "The service has no earlier wave of this council" in page.text


def test_a_draft_is_for_those_who_gather_alone(
    browser: Browser, database: Database, people: People, two: Council
) -> None:
    with database.transaction() as session:
        session.execute(delete(InsightBrief).where(InsightBrief.diagnostic_id == two.here))
        session.execute(delete(IssuedRelease).where(IssuedRelease.diagnostic_id == two.here))
    for account in (people.alice, people.bob):
        page = browser.sign_in(account).get(f"/diagnostics/{two.here}/change")
        assert "What changed is shown when the brief of this wave is published." in page.text
        assert page.all("table") == []
    page = browser.sign_in(people.dana).get(f"/diagnostics/{two.here}/change")
    assert "This is a draft" in page.text
    assert page.all("table")
    browser.sign_in(people.charlie).get(f"/diagnostics/{two.here}/change", status=404)


def test_a_changed_framework_says_what_can_and_cannot_be_compared(
    browser: Browser, database: Database, people: People, two: Council
) -> None:
    reason = "The two waves used different versions of the framework."
    nothing = {"difference": None, "low": None, "high": None, "reliable": False, "minimum_detectable": None}

    def other(told: dict[str, Any]) -> None:
        told["framework"]["version"] = "2"
        for heading in told["headings"]:
            heading["change"] = {**nothing, "reason": reason}
            for one in (*heading["groups"]["role_group"], *heading["items"]):
                one["change"] = None

    publish(database, people, two.here, other)
    page = browser.sign_in(people.bob).get(f"/diagnostics/{two.here}/change")
    assert "version 1. This wave: Evidence use in children’s services, version 2." in page.text
    assert "What you can compare" in page.text
    assert "What you cannot compare Scores of headings" in page.text
    rows = [row for row in page.rows() if len(row) == 4 and row[2].startswith("Cannot be compared")]
    assert [row[2] for row in rows] == [f"Cannot be compared. {reason}"] * 6
    assert "6 headings cannot be compared." in page.text


def test_a_changed_frame_is_explained(
    browser: Browser, database: Database, people: People, two: Council
) -> None:
    with database.transaction() as session:
        areas = session.scalars(
            select(ServiceArea).where(ServiceArea.diagnostic_id == two.here).order_by(ServiceArea.position)
        ).all()
        gone = areas[0].name
        session.execute(update(ServiceArea).where(ServiceArea.id == areas[0].id).values(name="Night duty"))
        cell = session.scalars(
            select(FrameCell).where(FrameCell.service_area_id == areas[1].id).order_by(FrameCell.id)
        ).first()
        assert cell is not None
        cell.headcount += 7
    page = browser.sign_in(people.bob).get(f"/diagnostics/{two.here}/change")
    assert "1 service area is new in this wave: Night duty." in page.text
    assert f"1 service area is no longer in the frame: {gone}." in page.text
    rows = {row[0]: row[1:] for row in page.rows() if len(row) == 4}
    assert rows["Night duty"][0::2] == ["–", "New"]
    assert rows[gone][1:] == ["–", "Not in this wave"]
    before, now, words = rows[areas[1].name]
    assert int(now) - int(before) == int(words.split()[0]) * (1 if words.endswith("more") else -1)


def test_areas_are_the_same_whatever_their_case() -> None:
    found = frame_change(
        Frame({"Early Help": 10, "Fostering": 5}, {"leaders": 3}),
        Frame({"Early help": 12}, {"leaders": 3, "support": 4}),
        {"leaders": "Leaders"},
    )
    assert [(row.name, row.words) for row in found.areas] == [
        ("Early help", "2 more"),
        ("Fostering", "Not in this wave"),
    ]
    assert [(row.name, row.words) for row in found.groups] == [("Leaders", "The same"), ("support", "New")]
    assert (found.total.before, found.total.now) == ("15", "12")


def test_role_groups_stand_in_the_order_of_the_framework() -> None:
    frame = Frame({"Early help": 9}, {"support": 4, "left": 1, "leaders": 3, "managers": 1})
    found = frame_change(frame, frame, {"leaders": "Leaders", "managers": "Managers", "support": "Support"})
    assert [row.name for row in found.groups] == ["Leaders", "Managers", "Support", "left"]


def test_a_wave_whose_framework_is_gone_still_opens(
    browser: Browser, database: Database, people: People, two: Council
) -> None:
    with database.transaction() as session:
        planned(session, two.waves[0], people.alice)
        session.execute(update(Diagnostic).where(Diagnostic.id == two.waves[0]).values(framework="gone_v0"))
    page = browser.sign_in(people.bob).get(f"/diagnostics/{two.here}/change")
    assert "Actions that serve no heading of this wave" in page.text


def test_the_task_says_what_waits(browser: Browser, database: Database, people: People, two: Council) -> None:
    def hint(session: Any) -> str:
        return action_tasks(session, [session.get_one(Diagnostic, two.waves[0])])[two.waves[0]].hint

    with database.transaction() as session:
        assert hint(session) == "The brief is published: take its steps over as actions"
        made = planned(session, two.waves[0], people.alice)
        assert hint(session) == "0 actions are done, 3 still to do"
        first: Action = next(one for one in made.values() if not one.later)
        first.due_on = months_after(today(), -1)
        session.flush()
        assert hint(session) == "1 action is overdue"
    publish(database, people, two.waves[0])
    with database.transaction() as session:
        assert hint(session) == "1 action is overdue; a corrected brief is published"
        other = session.get_one(Diagnostic, people.elsewhere)
        assert action_tasks(session, [other]) == {}
    page = browser.sign_in(people.bob).get(f"/diagnostics/{two.waves[0]}")
    assert page.link("Go to the actions") == f"/diagnostics/{two.waves[0]}/actions"
    assert (
        "The brief is published: take its steps over as actions"
        in browser.sign_in(people.alice).get("/").text
    )


def test_what_is_overdue_in_the_wave_before_is_on_the_dashboard_while_the_next_goes_on(
    browser: Browser, database: Database, people: People
) -> None:
    waves = profiled(database, people, waves=2).waves
    publish(database, people, waves[0])
    with database.transaction() as session:
        made = planned(session, waves[0], people.alice)
        first = next(one for one in made.values() if not one.later)
        first.due_on = months_after(today(), -1)
    told = "In the plan of wave 1, 1 action is overdue"
    assert told in browser.sign_in(people.alice).get("/").text
    publish(database, people, waves[1])
    assert told not in browser.get("/").text
