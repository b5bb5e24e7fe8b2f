"""Writing notes: saving, the guide beside them, two writers, and what autosave answers."""

from uuid import UUID

import pytest
import time_machine
from sqlalchemy import select

from app.audit.models import Entry
from app.database.session import Database
from app.fieldwork.models import FieldworkRecord
from app.fieldwork.notes.presenters import merged
from app.web.protection import TOKEN_HEADER
from tests.service.browser import Browser, text_of
from tests.service.fieldwork.writing import (
    address_of,
    autosave,
    note_of,
    text_of_note,
    versions_in,
    write,
    write_record,
)
from tests.service.people import People


@pytest.fixture
def record(database: Database, people: People, here: UUID) -> FieldworkRecord:
    return write_record(database, here, people.dana)


def test_a_save_button_does_it_all(
    browser: Browser, database: Database, people: People, record: FieldworkRecord
) -> None:
    browser.sign_in(people.dana)
    empty = browser.get(address_of(record))
    assert "Nothing is saved yet" in empty.text
    page = browser.submit(empty, {"text": "First line\r\n\r\nÉmigré practice & <b>more</b>"})
    assert "Your notes are saved." in page.text
    assert page.fields()["text"] == ["First line\n\nÉmigré practice & <b>more</b>"]
    assert "Saved on" in page.text and "by Dana Dale" in page.text
    note = note_of(database, record)
    assert note is not None
    assert (note.text, note.saved_by) == ("First line\n\nÉmigré practice & <b>more</b>", people.dana)


def test_the_address_names_the_draft_that_was_saved_and_nothing_else(
    browser: Browser, people: People, record: FieldworkRecord
) -> None:
    browser.sign_in(people.dana)
    page = browser.submit(browser.get(address_of(record)), {"text": "One", "draft": "0a-1b"})
    assert str(page.response.url).endswith("/notes?sent=0a-1b")
    wrong = browser.submit(page, {"text": "Two", "draft": "https://evil.example"})
    assert wrong.title.startswith("Error: ")


@pytest.mark.parametrize(
    ("values", "there", "not_there"),
    [
        (
            {"role_group": "leaders"},
            "Think of the last big question that you and your colleagues had to answer",
            "Tell me about the last time that you were unsure",
        ),
        (
            {"role_group": "support"},
            "Tell me about the last time that you were unsure",
            "Think of the last big question that you and your colleagues",
        ),
        (
            {"source": "observation", "kind": "team_meeting", "role_group": None},
            "Someone asks what is already known before the team discusses what to do",
            "Members tell apart what is known",
        ),
        (
            {"source": "document", "kind": "strategy", "role_group": None},
            "States how strong the evidence is for each main choice",
            "Says where staff find research",
        ),
    ],
)
def test_the_framework_stands_beside_the_notes(
    browser: Browser,
    database: Database,
    people: People,
    here: UUID,
    values: dict[str, str],
    there: str,
    not_there: str,
) -> None:
    browser.sign_in(people.dana)
    page = browser.get(address_of(write_record(database, here, people.dana, **values)))
    [guide] = page.all("aside", "app-guide")
    assert there in text_of(guide)
    assert not_there not in text_of(guide)
    if values.get("role_group") == "leaders":
        assert "Who did the looking, and how long did it take?" in text_of(guide)


def test_two_writers_get_both_texts_and_neither_is_lost(
    browser: Browser, database: Database, people: People, record: FieldworkRecord
) -> None:
    browser.sign_in(people.dana)
    write(browser, record, "Start\nMiddle")
    mine = browser.get(address_of(record))
    browser.sign_in(people.petra)
    write(browser, record, "Start\nHer line\nMiddle")
    browser.sign_in(people.dana)
    clash = browser.submit(mine, {"text": "Start\nMy line\nMiddle\nMy end"})
    assert clash.title.startswith("Error: ")
    assert "by Petra Price" in clash.text
    assert [text_of(one) for one in clash.all("div", "app-text")] == [
        "Start My line Middle My end",
        "Start Her line Middle",
    ]
    assert clash.fields()["text"] == ["Start\nHer line\nMy line\nMiddle\nMy end"]
    assert text_of_note(database, record) == "Start\nHer line\nMiddle"
    browser.submit(clash)
    assert text_of_note(database, record) == "Start\nHer line\nMy line\nMiddle\nMy end"
    assert versions_in(database, record) == ["Start\nMiddle", "Start\nHer line\nMiddle"]


def test_texts_are_put_together_line_by_line() -> None:
    assert merged("A\nB goes on\nC", "A\nB\nX\nC") == "A\nX\nB goes on\nC"
    assert merged("", "Theirs") == "Theirs\n"
    assert merged("Mine", "Theirs") == "Theirs\nMine"
    assert merged("Same", "Same") == "Same"


def test_a_second_clash_while_the_first_is_resolved_is_noticed_too(
    browser: Browser, database: Database, people: People, record: FieldworkRecord
) -> None:
    browser.sign_in(people.dana)
    mine = browser.get(address_of(record))
    write(browser, record, "Theirs")
    clash = browser.submit(mine, {"text": "Mine"})
    write(browser, record, "Theirs again")
    again = browser.submit(clash, {"text": "Both"})
    assert again.title.startswith("Error: ")
    assert text_of_note(database, record) == "Theirs again"


def test_saving_the_same_text_twice_is_no_clash(
    browser: Browser, database: Database, people: People, record: FieldworkRecord
) -> None:
    browser.sign_in(people.dana)
    page = browser.get(address_of(record))
    browser.submit(page, {"text": "Sent once, and again as the answer was lost"})
    again = browser.submit(page, {"text": "Sent once, and again as the answer was lost"})
    assert "Your notes are saved." in again.text
    note = note_of(database, record)
    assert note is not None
    assert note.revision == 1


def test_autosave_says_what_it_did(
    browser: Browser, database: Database, people: People, record: FieldworkRecord
) -> None:
    with time_machine.travel("2027-03-04T14:05:00Z", tick=False):
        browser.sign_in(people.dana)
        saved = autosave(browser, record, "While I type")
    assert saved.status_code == 200
    assert saved.json() == {"state": "saved", "revision": 1, "at": "at 2:05pm", "until": "2:35pm"}
    browser.sign_in(people.dana)
    clash = autosave(browser, record, "Another window", revision=0)
    assert clash.status_code == 409
    assert (clash.json()["text"], clash.json()["revision"]) == ("While I type", 1)
    assert "by Dana Dale" in clash.json()["message"]
    assert autosave(browser, record, "x" * 50_001, revision=1).status_code == 422
    assert text_of_note(database, record) == "While I type"


def test_autosave_takes_nothing_without_the_token_and_nothing_when_signed_out(
    browser: Browser, database: Database, people: People, record: FieldworkRecord
) -> None:
    browser.sign_in(people.dana)
    answer = browser.client.post(address_of(record, "/notes/autosave"), data={"text": "x"})
    assert answer.status_code == 403
    browser.sign_in(people.alice)
    token = browser.service.state.secrets.sign("form", "a-visit")
    browser.client.cookies.set("__Host-visit", "a-visit", domain="diagnostic.test")
    answer = browser.client.post(
        address_of(record, "/notes/autosave"), data={"text": "x"}, headers={TOKEN_HEADER: token}
    )
    assert answer.status_code == 403
    browser.client.cookies.delete("__Host-session")
    answer = browser.client.post(
        address_of(record, "/notes/autosave"), data={"text": "x"}, headers={TOKEN_HEADER: token}
    )
    assert answer.status_code == 401
    assert note_of(database, record) is None


def test_a_text_that_is_too_long_comes_back_whole(
    browser: Browser, people: People, record: FieldworkRecord
) -> None:
    browser.sign_in(people.dana)
    page = write(browser, record, "word " * 10_001)
    assert page.errors == ["The notes must be 50,000 characters or fewer. Begin another record"]
    assert page.fields()["text"][0].count("word") == 10_001


def test_the_log_never_holds_a_word_of_it(
    browser: Browser, database: Database, people: People, record: FieldworkRecord
) -> None:
    browser.sign_in(people.dana)
    write(browser, record, "Zanzibar")
    with database.transaction(writes=False) as session:
        entries = session.scalars(select(Entry).where(Entry.subject_id == record.diagnostic_id)).all()
    assert "notes written" in [one.action for one in entries]
    assert "Zanzibar" not in str([one.details for one in entries])


def test_a_record_begins_with_its_notes(browser: Browser, people: People, here: UUID) -> None:
    browser.sign_in(people.dana)
    page = browser.get(f"/diagnostics/{here}/fieldwork/records/new/interview")
    assert "Save and write notes" in page.text
    begun = browser.submit(page, {"kind": "interview"})
    assert begun.path.endswith("/notes")
    board = browser.get(f"/diagnostics/{here}/fieldwork")
    assert board.link("I01") == begun.path
