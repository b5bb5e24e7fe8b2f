"""The log: what it shows to whom, and that nothing in it changes."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from app.audit.models import Entry
from app.audit.services import note
from app.database.session import Database
from tests.diagnostics.small_framework import published
from tests.service.accounts.visitor import START
from tests.service.browser import Browser
from tests.service.people import ELSEWHERE, HERE, People


def write(database: Database, people: People) -> None:
    """Three entries, a minute apart; British summer time is over."""
    with time_machine.travel(START, tick=False) as clock:
        for action, actor, place, subject in (
            ("diagnostic created", people.alice, HERE, people.here),
            ("role given", people.petra, ELSEWHERE, people.dana),
            ("person invited", None, None, uuid4()),
        ):
            with database.transaction() as session:
                note(
                    session,
                    action,
                    actor,
                    authority_code=place,
                    subject_id=subject,
                    role="pdm",
                    areas_kept=["one", "two"],
                    whole=True,
                )
            clock.shift(timedelta(minutes=1))


def test_the_newest_comes_first_in_words_and_london_time(
    browser: Browser, people: People, database: Database
) -> None:
    write(database, people)
    browser.sign_in(people.petra)
    more = "role: Practice development manager, areas kept: one, two, whole: yes"
    assert browser.get("/log").rows()[1:] == [
        ["3 December 2026 at 9:02am", "The service itself", "Person invited", "", "", more],
        ["3 December 2026 at 9:01am", "Petra Price", "Role given", "Marlshire", "Dana Dale", more],
        ["3 December 2026 at 9:00am", "Alice Ashworth", "Diagnostic created", "Wexbourne", "", more],
    ]


def test_it_is_narrowed_by_council_and_action(browser: Browser, people: People, database: Database) -> None:
    write(database, people)
    browser.sign_in(people.petra)
    page = browser.get(f"/log?authority={HERE}")
    assert [row[2] for row in page.rows()[1:]] == ["Diagnostic created"]
    assert "1 entry, the newest first." in page.text
    page = browser.get("/log?action=role+given")
    assert [row[2] for row in page.rows()[1:]] == ["Role given"]
    selected = [one.get("value") for one in page.all("option") if one.get("selected") is not None]
    assert "role given" in selected
    page = browser.get(f"/log?authority={HERE}&action=role+given")
    assert "No entry fits." in page.text
    assert page.link("Show all") == "/log"


def test_codes_are_told_in_the_words_of_the_pages(
    browser: Browser, people: People, database: Database
) -> None:
    told: dict[str, Any] = {
        "step": "cap_step_guide",
        "state": "to_do",
        "council": ELSEWHERE,
        "account": str(people.dana),
    }
    with database.transaction() as session:
        note(session, "action changed", people.alice, authority_code=HERE, **told)
        note(session, "steps taken over", people.alice, authority_code=HERE, brief=1, actions=3, later=21)
    taken, changed = [row[5] for row in browser.sign_in(people.petra).get("/log").rows()[1:]]
    step = next(one.title for one in published().steps if one.id == "cap_step_guide")
    assert changed == f"step: {step}, state: To do, council: Marlshire, account: Dana Dale"
    assert taken == "version of the brief: 1, actions: 3, steps that wait: 21"


def test_an_empty_log_says_so(browser: Browser, people: People) -> None:
    browser.sign_in(people.petra)
    assert "Nothing has been logged yet." in browser.get("/log").text


def test_a_long_log_comes_in_pages_that_keep_the_filter(
    browser: Browser, people: People, database: Database
) -> None:
    with database.transaction() as session:
        for number in range(120):
            note(session, "role given", people.petra, authority_code=HERE, number=number)
        note(session, "role taken", people.petra)
    browser.sign_in(people.petra)
    page = browser.get("/log?action=role+given")
    assert "120 entries" in page.text
    seen = [row[5] for row in page.rows()[1:]]
    while len(page.rows()) == 51:
        page = browser.get(page.link("Next"))
        seen += [row[5] for row in page.rows()[1:]]
    assert sorted(seen) == sorted(f"number: {number}" for number in range(120))


@pytest.mark.parametrize(
    "change",
    [
        update(Entry).values(action="nothing happened"),
        delete(Entry),
        text("UPDATE audit_entries SET details = '{}'"),
        text("DELETE FROM audit_entries"),
    ],
)
def test_no_entry_can_be_changed_or_deleted(database: Database, people: People, change: object) -> None:
    write(database, people)
    with pytest.raises(DBAPIError, match="append-only"), database.transaction() as session:
        session.execute(change)  # type: ignore[call-overload]
    with database.transaction(writes=False) as session:
        assert len(session.scalars(select(Entry).where(Entry.action != "nothing happened")).all()) == 3
