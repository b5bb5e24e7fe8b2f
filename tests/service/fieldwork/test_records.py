"""Beginning a record, changing it, two people at once, and removing it."""

import re
from uuid import UUID

import pytest
from sqlalchemy import select

from app.commissioning.models import GATHERS, Diagnostic, Duty
from app.database.session import Database
from app.fieldwork.models import FieldworkNote, FieldworkRecord
from tests.service.browser import Browser, Page
from tests.service.people import People


def begun(browser: Browser, here: UUID, source: str = "interview", **values: str) -> Page:
    kind = {"interview": "interview", "observation": "team_meeting", "document": "strategy"}[source]
    page = browser.get(f"/diagnostics/{here}/fieldwork/records/new/{source}")
    return browser.submit(page, {"kind": kind, **values})


def the_record(database: Database) -> FieldworkRecord:
    with database.transaction(writes=False) as session:
        return session.scalars(select(FieldworkRecord)).one()


def page_of(record: FieldworkRecord, further: str = "") -> str:
    return f"/diagnostics/{record.diagnostic_id}/fieldwork/records/{record.id}{further}"


def test_codes_go_on_by_source(browser: Browser, database: Database, people: People, here: UUID) -> None:
    browser.sign_in(people.dana)
    for source in ("interview", "interview", "observation", "document"):
        begun(browser, here, source)
    page = browser.get(f"/diagnostics/{here}/fieldwork")
    assert re.findall(r"[IOD]\d\d", page.text) == ["D01", "I01", "I02", "O01"]


def test_a_record_keeps_what_was_said_of_it(
    browser: Browser, database: Database, people: People, here: UUID
) -> None:
    browser.sign_in(people.dana)
    begun(browser, here, role_group="registered", people="6", level="operational")
    record = the_record(database)
    assert (record.code, record.kind, record.role_group, record.people) == (
        "I01",
        "interview",
        "registered",
        6,
    )
    assert record.month is not None
    page = browser.get(page_of(record))
    assert page.fields()["role_group"] == ["registered"]
    changed = browser.submit(page, {"role_group": "", "month": "", "kind": "focus_group"})
    assert "The record is changed." in changed.text
    after = the_record(database)
    assert (after.kind, after.role_group, after.month, after.revision) == ("focus_group", None, None, 2)


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("kind", "", "Choose what it is"),
        ("kind", "séance", "Choose what it is from the list"),
        ("role_group", "chiefs", "Choose a role group from the list"),
        ("service_area", "00000000-0000-0000-0000-000000000000", "Choose a service area from the list"),
        ("month", "2031-01-01", "Choose the month from the list"),
        ("people", "0", "People must be a whole number from 1 to 1000"),
    ],
)
def test_what_is_not_on_the_list_comes_back_with_words(
    browser: Browser, database: Database, people: People, here: UUID, field: str, value: str, error: str
) -> None:
    browser.sign_in(people.dana)
    page = begun(browser, here, **{"people": "4", field: value})
    assert page.errors == [error]
    assert page.title.startswith("Error: ")
    if field != "people":
        assert page.fields()["people"] == ["4"]
    with database.transaction(writes=False) as session:
        assert session.scalars(select(FieldworkRecord)).all() == []


def test_two_people_at_one_record_notice_each_other(
    browser: Browser, database: Database, people: People, here: UUID
) -> None:
    browser.sign_in(people.dana)
    begun(browser, here)
    record = the_record(database)
    mine, theirs = browser.get(page_of(record)), browser.get(page_of(record))
    browser.submit(theirs, {"role_group": "leaders"})
    clash = browser.submit(mine, {"role_group": "support"})
    assert "Somebody else changed this record. It now says: Interview, Leaders" in clash.errors[0]
    assert the_record(database).role_group == "leaders"
    browser.submit(clash)
    assert the_record(database).role_group == "support"


def test_removing_takes_everything_with_it_after_asking(
    browser: Browser, database: Database, people: People, here: UUID
) -> None:
    browser.sign_in(people.dana)
    begun(browser, here)
    record = the_record(database)
    with database.transaction() as session:
        session.add(FieldworkNote(record_id=record.id, text="What was said", saved_by=people.dana))
    page = browser.get(page_of(record, "/remove"))
    assert "This cannot be undone" in page.text
    browser.submit(page)
    with database.transaction(writes=False) as session:
        assert session.scalars(select(FieldworkRecord)).all() == []
        assert session.scalars(select(FieldworkNote)).all() == []
    browser.get(page_of(record), status=404)


@pytest.mark.parametrize(
    ("persona", "sees"), [("dana", True), ("petra", True), ("alice", False), ("bob", False)]
)
def test_only_those_who_gather_see_a_record(
    browser: Browser, database: Database, people: People, here: UUID, persona: str, sees: bool
) -> None:
    browser.sign_in(people.dana)
    begun(browser, here, role_group="leaders")
    record = the_record(database)
    browser.sign_in(getattr(people, persona))
    browser.get(page_of(record), status=200 if sees else 403)
    board = browser.get(f"/diagnostics/{here}/fieldwork")
    assert ("I01" in board.text) is sees


def test_a_council_on_its_own_may_choose_who_gathers(
    browser: Browser, database: Database, people: People, here: UUID
) -> None:
    with database.transaction() as session:
        session.add(Duty(diagnostic_id=here, account_id=people.bob, duty=GATHERS))
    browser.sign_in(people.bob)
    browser.get(f"/diagnostics/{here}/fieldwork/records/new/interview")


def test_fieldwork_waits_for_the_launch_and_may_be_left_out(
    browser: Browser, database: Database, people: People, here: UUID
) -> None:
    browser.sign_in(people.petra)
    browser.get(f"/diagnostics/{people.elsewhere}/fieldwork/records/new/interview", status=409)
    with database.transaction() as session:
        session.get_one(Diagnostic, here).with_fieldwork = False
    browser.get(f"/diagnostics/{here}/fieldwork/records/new/interview", status=409)
    assert "without fieldwork" in browser.get(f"/diagnostics/{here}/fieldwork").text
