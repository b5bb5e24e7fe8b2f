"""Personal details in notes: nothing is stored before its writer has judged it."""

from uuid import UUID

import pytest
from sqlalchemy import select

from app.audit.models import Entry
from app.database.session import Database
from app.fieldwork.models import FieldworkRecord
from app.fieldwork.safety.clearing import clear, settle, uncleared
from app.fieldwork.safety.detecting import Kind, sightings_in
from tests.service.browser import Browser, Page
from tests.service.fieldwork.writing import (
    address_of,
    autosave,
    cleared_in,
    note_of,
    text_of_note,
    write,
    write_record,
)
from tests.service.people import People

TEXT = "The worker rang 07700 900123 about a boy called Kofi. Kofi had not been seen."


@pytest.fixture
def record(database: Database, people: People, here: UUID) -> FieldworkRecord:
    return write_record(database, here, people.dana)


def choices(page: Page) -> dict[str, str]:
    """Give the field of each choice by the words that it is about."""
    found = {}
    for box in page.all("input"):
        name = box.get("name") or ""
        if name.startswith("choice-") and box.get("type") == "radio":
            about = next(
                item
                for item in page.errors
                if f"#{name}" in [a.get("href") for a in page.all("a") if a.text == item]
            )
            found[about] = name
    return found


def test_a_text_with_personal_details_is_not_stored_and_comes_back_to_be_judged(
    browser: Browser, database: Database, people: People, record: FieldworkRecord
) -> None:
    browser.sign_in(people.dana)
    page = write(browser, record, TEXT)
    assert page.title.startswith("Error: ")
    assert page.errors == [
        "Take out or keep a phone number: “07700 900123”",
        "Take out or keep a possible name: “Kofi”, 2 times",
    ]
    assert page.fields()["text"] == [TEXT]
    assert note_of(database, record) is None
    assert cleared_in(database, record) == []


def test_what_is_taken_out_never_reaches_the_database_and_what_is_kept_is_not_asked_again(
    browser: Browser, database: Database, people: People, record: FieldworkRecord
) -> None:
    browser.sign_in(people.dana)
    page = write(browser, record, TEXT)
    found = choices(page)
    phone = found["Take out or keep a phone number: “07700 900123”"]
    name = found["Take out or keep a possible name: “Kofi”, 2 times"]
    saved = browser.submit(page, {phone: "out", name: "keep"})
    assert "Your notes are saved." in saved.text
    expected = "The worker rang [phone number removed] about a boy called Kofi. Kofi had not been seen."
    assert text_of_note(database, record) == expected
    assert len(cleared_in(database, record)) == 1
    again = browser.submit(saved, {"text": f"{expected} A boy called KOFI came back."})
    assert "Your notes are saved." in again.text
    with database.transaction(writes=False) as session:
        entries = session.scalars(select(Entry).where(Entry.action == "kept as not personal")).all()
    assert [one.details for one in entries] == [{"record": "I01", "kept": "a possible name"}]


def test_a_choice_that_is_missing_is_asked_for_and_the_others_hold(
    browser: Browser, database: Database, people: People, record: FieldworkRecord
) -> None:
    browser.sign_in(people.dana)
    page = write(browser, record, TEXT)
    found = choices(page)
    page = browser.submit(page, {found["Take out or keep a possible name: “Kofi”, 2 times"]: "keep"})
    assert page.errors == ["Take out or keep a phone number: “07700 900123”"]
    assert note_of(database, record) is None
    page = browser.submit(page, {found["Take out or keep a phone number: “07700 900123”"]: "out"})
    assert "Your notes are saved." in page.text


def test_whoever_changes_the_text_instead_need_not_choose(
    browser: Browser, database: Database, people: People, record: FieldworkRecord
) -> None:
    browser.sign_in(people.dana)
    page = write(browser, record, TEXT)
    page = browser.submit(page, {"text": "The worker rang about a boy who had not been seen."})
    assert "Your notes are saved." in page.text


def test_a_choice_for_other_words_does_not_let_new_ones_through(
    browser: Browser, database: Database, people: People, record: FieldworkRecord
) -> None:
    browser.sign_in(people.dana)
    page = write(browser, record, "She rang 07700 900123.")
    [name] = choices(page).values()
    page = browser.submit(page, {name: "keep", "text": "She rang 07700 900456."})
    assert page.errors == ["Take out or keep a phone number: “07700 900456”"]
    assert note_of(database, record) is None


def test_autosave_says_what_to_check_and_stores_nothing(
    browser: Browser, database: Database, people: People, record: FieldworkRecord
) -> None:
    browser.sign_in(people.dana)
    answer = autosave(browser, record, TEXT)
    assert answer.status_code == 422
    assert answer.json() == {
        "state": "check",
        "number": 2,
        "message": "Check 2 things before this is saved",
    }
    assert note_of(database, record) is None


@pytest.mark.parametrize(
    ("field", "value"), [("owner_role", "Mum called Kofi"), ("reference", "Ask 07700 900123")]
)
def test_what_a_record_says_of_itself_is_judged_in_the_same_way(
    browser: Browser, database: Database, people: People, here: UUID, field: str, value: str
) -> None:
    browser.sign_in(people.dana)
    page = browser.get(f"/diagnostics/{here}/fieldwork/records/new/document")
    page = browser.submit(page, {"kind": "strategy", field: value})
    assert len(page.errors) == 1
    assert page.errors[0].startswith("Take out or keep")
    assert page.fields()[field] == [value]
    with database.transaction(writes=False) as session:
        assert session.scalars(select(FieldworkRecord)).all() == []
    [name] = choices(page).values()
    browser.submit(page, {name: "out"})
    with database.transaction(writes=False) as session:
        made = session.scalars(select(FieldworkRecord)).one()
    assert getattr(made, field) in ("Mum called [name removed]", "Ask [phone number removed]")
    page = browser.submit(browser.get(address_of(made, "")), {field: value})
    [name] = choices(page).values()
    browser.submit(page, {name: "keep"})
    with database.transaction(writes=False) as session:
        changed = session.get_one(FieldworkRecord, made.id)
    assert getattr(changed, field) == value
    assert len(changed.cleared) == 1


def test_clearing_holds_for_one_record_however_the_words_are_written() -> None:
    first = FieldworkRecord(id=UUID(int=1), cleared=[])
    second = FieldworkRecord(id=UUID(int=2), cleared=[])
    clear(first, sightings_in("a boy called Kofi"))
    assert uncleared(first, "a girl called KOFI") == ()
    assert [one.kind for one in uncleared(second, "a boy called Kofi")] == [Kind.NAME]
    assert "kofi" not in str(first.cleared).lower()
    assert not set(first.cleared) & {settle("a boy called Kofi", {}).doubts[0].name}
