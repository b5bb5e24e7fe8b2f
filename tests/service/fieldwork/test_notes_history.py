"""How notes stood earlier: what becomes a version, and bringing one back."""

from uuid import UUID

import pytest
import time_machine

from app.database.session import Database
from app.fieldwork.models import FieldworkRecord
from tests.service.browser import Browser
from tests.service.fieldwork.writing import address_of, autosave, text_of_note, versions_in, write_record
from tests.service.people import People

BEGUN = "2027-03-04T10:00:00Z"


@pytest.fixture
def record(database: Database, people: People, here: UUID) -> FieldworkRecord:
    with time_machine.travel(BEGUN, tick=False):
        return write_record(database, here, people.dana)


def type_at(browser: Browser, who: UUID, record: FieldworkRecord, texts: dict[str, str]) -> None:
    """Have somebody's page save these texts, each at its time of the day."""
    for clock, text in texts.items():
        with time_machine.travel(f"2027-03-04T{clock}Z", tick=False):
            browser.sign_in(who)
            revision = int(browser.get(address_of(record)).fields()["revision"][0])
            assert autosave(browser, record, text, revision).status_code == 200


def test_what_one_writer_saves_within_ten_minutes_is_one_version(
    browser: Browser, database: Database, people: People, record: FieldworkRecord
) -> None:
    typed = "Notes of a long talk"
    texts = {f"10:{minute:02}:30": f"{typed}{'.' * minute}" for minute in range(0, 25, 3)}
    type_at(browser, people.dana, record, texts)
    # Saved nine times in 24 minutes, from a minute after the record was begun.
    assert versions_in(database, record) == [typed + "." * 9, typed + "." * 18]


def test_another_writer_makes_a_version(
    browser: Browser, database: Database, people: People, record: FieldworkRecord
) -> None:
    type_at(browser, people.dana, record, {"10:01:00": "One"})
    type_at(browser, people.petra, record, {"10:02:00": "One, two"})
    type_at(browser, people.dana, record, {"10:03:00": "One, two, three"})
    assert versions_in(database, record) == ["One", "One, two"]


def test_deleting_much_by_mistake_loses_nothing(
    browser: Browser, database: Database, people: People, record: FieldworkRecord
) -> None:
    type_at(browser, people.dana, record, {"10:01:00": "A whole morning of notes", "10:01:05": "x"})
    assert versions_in(database, record) == ["A whole morning of notes"]


def test_a_version_comes_back_as_a_new_one(
    browser: Browser, database: Database, people: People, record: FieldworkRecord
) -> None:
    type_at(browser, people.dana, record, {"10:01:00": "The first text"})
    type_at(browser, people.petra, record, {"10:02:00": "Something else"})
    browser.sign_in(people.dana)
    history = browser.get(address_of(record, "/notes/history"))
    assert ["4 March 2027 at 10:01am", "Dana Dale", "3"] in [row[:3] for row in history.rows()]
    version = browser.get(history.link("Look at"))
    assert "The first text" in version.text
    assert "Something else" in version.text
    back = browser.submit(version)
    assert "The earlier version is back." in back.text
    assert text_of_note(database, record) == "The first text"
    assert versions_in(database, record) == ["The first text", "Something else"]


def test_there_is_nothing_to_list_at_first_and_no_version_that_never_was(
    browser: Browser, people: People, record: FieldworkRecord
) -> None:
    browser.sign_in(people.dana)
    assert "There is no earlier version yet." in browser.get(address_of(record, "/notes/history")).text
    browser.get(address_of(record, "/notes/history/7"), status=404)
