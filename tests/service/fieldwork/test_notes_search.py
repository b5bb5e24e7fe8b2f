"""Searching the notes of a diagnostic."""

from urllib.parse import quote
from uuid import UUID

import pytest

from app.database.session import Database
from app.fieldwork.models import FieldworkNote
from app.fieldwork.notes.presenters import places_of
from tests.service.browser import Browser, text_of
from tests.service.fieldwork.writing import write_record
from tests.service.people import People


@pytest.fixture
def filled(database: Database, people: People, here: UUID) -> UUID:
    texts = {
        "I01": "They rarely look at the dashboard.\nThe DASHBOARD is “slow” & old. " + "More words. " * 40,
        "I02": "Élan and 100% of the team’s time",
        "O01": "Nothing of the kind",
    }
    for code, text in texts.items():
        record = write_record(database, here, people.dana, code=code)
        with database.transaction() as session:
            session.add(FieldworkNote(record_id=record.id, text=text, saved_by=people.dana))
    return here


def test_notes_are_found_by_their_words(browser: Browser, people: People, filled: UUID) -> None:
    browser.sign_in(people.dana)
    sought = {
        "dashboard": ["I01"],
        "dashboard.  the dashboard": ["I01"],
        "ÉLAN": ["I02"],
        "team's": ["I02"],
        "100%": ["I02"],
        "%": ["I02"],
        "_": [],
        "nothing like this": [],
    }
    for words, found in sought.items():
        page = browser.get(f"/diagnostics/{filled}/fieldwork/search?q={quote(words)}")
        codes = [text_of(one)[:3] for one in page.all("a") if text_of(one)[3:5] == ": "]
        assert codes == found, words
        assert ("No notes have" in page.text) is (not found)


def test_an_extract_shows_the_first_place_and_how_often(
    browser: Browser, people: People, filled: UUID
) -> None:
    browser.sign_in(people.dana)
    page = browser.get(f"/diagnostics/{filled}/fieldwork/search?q=slow")
    assert "The DASHBOARD is “ slow ” & old." in page.text
    assert "2 times" in browser.get(f"/diagnostics/{filled}/fieldwork/search?q=dashboard").text


def test_nothing_to_find_is_said_to_be_missing(browser: Browser, people: People, filled: UUID) -> None:
    address = f"/diagnostics/{filled}/fieldwork/search"
    assert browser.sign_in(people.dana).get(address).errors == []
    for sent in ("", "+"):
        wrong = browser.get(f"{address}?q={sent}")
        assert wrong.errors == ["Enter the words to find"]
        assert wrong.title.startswith("Error: ")


def test_commissioners_cannot_search(browser: Browser, people: People, filled: UUID) -> None:
    for who in (people.alice, people.bob):
        browser.sign_in(who)
        page = browser.get(f"/diagnostics/{filled}/fieldwork/search?q=dashboard", status=403)
        assert "slow" not in page.text


def test_places_stand_in_the_text_as_it_was_written() -> None:
    text = "Straße  und   STRASSE"
    assert [text[start:end] for start, end in places_of(text, "strasse")] == ["Straße", "STRASSE"]
    assert [text[start:end] for start, end in places_of(text, "und strasse")] == ["und   STRASSE"]
