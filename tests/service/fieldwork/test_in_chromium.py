"""The fieldwork's pages in a real browser: selecting words into a quote, axe, and the width of a phone."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from sqlalchemy import select

from app.database.session import Database
from app.fieldwork.models import FieldworkQuote
from tests.service.chromium import NEEDS_CHROMIUM, chromium, faults_of, leave_by, served, session_of
from tests.service.fieldwork.gathering import NOTE, record
from tests.service.fieldwork.whole_fieldwork import half_done
from tests.service.people import People

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Page

pytestmark = NEEDS_CHROMIUM
# What a browser shows does not depend on the engine.
on_sqlite = pytest.mark.parametrize("database_address", ["sqlite"], indirect=True)
_SELECT = "([from, to]) => document.getElementById('note-text').setSelectionRange(from, to)"


def _note(said: list[str], message: "ConsoleMessage") -> None:
    said.append(message.text)


def take(page: "Page", words: str) -> None:
    """Select words in the note, as a hand would, and press the button."""
    page.locator("#note-text").focus()
    page.evaluate(_SELECT, [NOTE.index(words), NOTE.index(words) + len(words)])
    page.get_by_role("button", name="Use what I selected").click()


@on_sqlite
def test_words_are_selected_into_a_quote(
    database: Database, people: People, here: UUID, tmp_path: Path
) -> None:
    with database.transaction() as session:
        one = record(session, here, people.dana, role="leaders", note=NOTE)
        path = f"/diagnostics/{here}/fieldwork/records/{one.id}/quotes"
    with (
        served(database, tmp_path) as address,
        chromium(1280, session=session_of(database, people.dana)) as page,
    ):
        said: list[str] = []
        page.on("console", partial(_note, said))
        page.goto(f"{address}{path}")
        page.get_by_role("button", name="Use what I selected").click()
        assert page.locator("#selected-state").inner_text() == "Nothing is selected in the note."
        take(page, "We asked what the research says")
        assert page.locator("#text").input_value() == "We asked what the research says"
        assert page.evaluate("document.activeElement.id") == "text"
        # A second part is joined to the first, and what lies between is shown to be left out.
        take(page, "it changed the plan")
        page.locator("summary", has_text="Evidence capability").click()
        page.get_by_label("Finding what is already known").check()
        leave_by(page.get_by_role("button", name="Add the quote"))
        assert "The quote is added." in page.inner_text("main")
        assert "Not word for word" not in page.inner_text("main")
        assert said == []
    with database.transaction(writes=False) as session:
        made = session.scalars(select(FieldworkQuote)).one()
    assert made.text == "We asked what the research says … it changed the plan"
    assert made.characteristics == ["cap_find"]


@on_sqlite
def test_words_are_selected_with_the_keyboard_alone(
    database: Database, people: People, here: UUID, tmp_path: Path
) -> None:
    with database.transaction() as session:
        one = record(session, here, people.dana, note=NOTE)
        path = f"/diagnostics/{here}/fieldwork/records/{one.id}/quotes"
    with (
        served(database, tmp_path) as address,
        chromium(1280, session=session_of(database, people.dana)) as page,
    ):
        page.goto(f"{address}{path}")
        page.locator("#note-text").focus()
        page.keyboard.press("Control+Home")
        for _ in range(len("We asked")):
            page.keyboard.press("Shift+ArrowRight")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.locator("#text").input_value() == "We asked"
        # What is shown of the note cannot be changed there.
        page.locator("#note-text").focus()
        page.keyboard.type("x")
        page.keyboard.press("Delete")
        assert page.locator("#note-text").input_value() == NOTE


@on_sqlite
def test_without_scripts_the_button_is_not_there(
    database: Database, people: People, here: UUID, tmp_path: Path
) -> None:
    with database.transaction() as session:
        one = record(session, here, people.dana, note=NOTE)
        path = f"/diagnostics/{here}/fieldwork/records/{one.id}/quotes"
    with (
        served(database, tmp_path) as address,
        chromium(1280, scripts=False, session=session_of(database, people.dana)) as page,
    ):
        page.goto(f"{address}{path}")
        assert not page.locator("#use-selected").is_visible()
        page.locator("#text").fill("it changed the plan")
        page.locator("summary", has_text="Evidence capability").click()
        page.get_by_label("Finding what is already known").check()
        leave_by(page.get_by_role("button", name="Add the quote"))
        assert "The quote is added." in page.inner_text("main")


@on_sqlite
@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_are_accessible_and_reflow(
    database: Database, people: People, here: UUID, tmp_path: Path, width: int
) -> None:
    with database.transaction() as session:
        one = half_done(session, here, people)
        raw = session.scalars(select(FieldworkQuote.id).where(FieldworkQuote.state == "raw")).one()
        record_quotes = f"/records/{one.id}/quotes"
    fieldwork = f"/diagnostics/{here}/fieldwork"
    visits = {
        people.dana: [
            "",
            record_quotes,
            f"{record_quotes}/{raw}",
            f"{record_quotes}/{raw}/remove",
            "/quotes",
            "/quotes?state=proposed",
            "/checks",
        ],
        people.alice: ["", "/people", f"/people/{people.bob}/remove"],
    }
    with served(database, tmp_path) as address:
        for who, paths in visits.items():
            with chromium(width, session=session_of(database, who)) as page:
                said: list[str] = []
                page.on("console", partial(_note, said))
                for path in paths:
                    page.goto(f"{address}{fieldwork}{path}")
                    assert faults_of(page) == [], path
                    if path == record_quotes:
                        leave_by(page.get_by_role("button", name="Add the quote"))
                        assert page.title().startswith("Error: ")
                        assert faults_of(page) == [], f"{path} with errors"
                assert said == []
