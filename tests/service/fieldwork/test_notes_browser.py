"""Notes in a real browser: saved while somebody types, kept when the connection drops, nobody's text lost."""

import shutil
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.accounts.signed_in import COOKIE
from app.database.session import Database
from app.fieldwork.models import FieldworkRecord
from app.survey.keys import KeyStore
from tests.report.chromium import BROWSER
from tests.service.chromium import NEEDS_CHROMIUM, faults_of, served, session_of
from tests.service.fieldwork.writing import address_of, note_of, text_of_note, versions_in, write_record
from tests.service.people import People, fill
from tests.service.survey.staff import launched

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = NEEDS_CHROMIUM
SAVE = "#notes button"
KEPT = "Object.keys(localStorage).filter(name => name.startsWith('notes:')).length"


@dataclass(frozen=True, slots=True)
class Site:
    """The served site, the browser, and a record in it."""

    address: str
    chromium: "Browser"
    database: Database
    people: People
    record: FieldworkRecord

    def open(
        self, further: str = "/notes", who: str = "dana", *, width: int = 1280, scripts: bool = True
    ) -> "Page":
        """Open a page of the record in a browser of somebody's own."""
        context = self.chromium.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=scripts, locale="en-GB"
        )
        context.set_default_timeout(60_000)
        token = session_of(self.database, getattr(self.people, who))
        cookie = {"name": COOKIE, "value": token, "domain": "localhost", "path": "/"}
        context.add_cookies([{**cookie, "secure": True, "httpOnly": True}])  # type: ignore[typeddict-item]
        page = context.new_page()
        page.goto(self.address + address_of(self.record, further))
        return page

    @property
    def text(self) -> str:
        return text_of_note(self.database, self.record)


@pytest.fixture
def site(migrated_file: Path, tmp_path: Path) -> Iterator[Site]:
    from playwright.sync_api import sync_playwright

    path = tmp_path / "diagnostic.db"
    shutil.copyfile(migrated_file, path)
    with closing(Database.at(f"sqlite:///{path}")) as database:
        with database.transaction() as session:
            people = fill(session)
            here = launched(session, KeyStore(tmp_path), people).diagnostic_id
        record = write_record(database, here, people.dana)
        with served(database, tmp_path) as address, sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
            try:
                yield Site(address, chromium, database, people, record)
            finally:
                chromium.close()


def state(page: "Page") -> str:
    """Give what is announced of the notes' state."""
    return page.locator("[role=status]#note-state").inner_text()


def expect_state(page: "Page", words: str) -> None:
    page.wait_for_function(
        "words => document.getElementById('note-state').textContent.startsWith(words)", arg=words
    )


def test_what_is_typed_is_saved_by_itself(site: Site) -> None:
    page = site.open()
    page.locator("#text").press_sequentially("They ask what is known first.")
    expect_state(page, "Saved")
    assert page.locator("#note-when").inner_text().startswith("at ")
    page.wait_for_function(f"() => {KEPT} === 0")
    assert site.text == "They ask what is known first."
    page.locator("#text").press_sequentially(" Then they look.")
    page.wait_for_function(f"() => {KEPT} === 0")
    assert site.text == "They ask what is known first. Then they look."
    assert versions_in(site.database, site.record) == []


def test_a_dropped_connection_loses_nothing_and_a_reload_catches_up(site: Site) -> None:
    from playwright.sync_api import Error

    page = site.open()
    page.fill("#text", "Before the lift.")
    expect_state(page, "Saved")
    page.context.set_offline(True)
    page.locator("#text").press_sequentially(" In the lift.")
    expect_state(page, "Not saved yet: no connection.")
    assert page.locator("#note-when").inner_text() == "Kept in this browser."
    page.click(SAVE)
    assert page.input_value("#text") == "Before the lift. In the lift."
    assert site.text == "Before the lift."
    # The page is killed, as by a tablet that is short of memory: it can send nothing any more.
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash")
    context = page.context
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(site.address + address_of(site.record))
    page.wait_for_selector("#kept-draft:not([hidden])")
    assert page.locator("#kept-draft-text").inner_text() == "Before the lift. In the lift."
    assert page.locator("#kept-draft .app-text").nth(1).inner_text() == "Before the lift."
    assert page.evaluate("document.activeElement.id") == "kept-draft-heading"
    assert faults_of(page) == []
    page.click("text=Use the notes in this browser")
    expect_state(page, "Saved")
    page.wait_for_function(f"() => {KEPT} === 0")
    assert site.text == "Before the lift. In the lift."


def test_the_same_page_catches_up_by_itself_when_the_connection_is_back(site: Site) -> None:
    page = site.open()
    page.context.set_offline(True)
    page.locator("#text").press_sequentially("Typed in a basement.")
    expect_state(page, "Not saved yet: no connection.")
    page.context.set_offline(False)
    expect_state(page, "Saved")
    assert site.text == "Typed in a basement."


def test_an_answer_that_was_lost_is_no_clash_with_oneself(site: Site) -> None:
    page = site.open()
    page.route("**/autosave", lambda route: (route.fetch(), route.abort()))
    page.locator("#text").press_sequentially("Sent")
    expect_state(page, "Not saved yet: no connection.")
    assert site.text == "Sent"
    page.unroute("**/autosave")
    page.locator("#text").press_sequentially(", and sent again.")
    expect_state(page, "Saved")
    page.wait_for_function(f"() => {KEPT} === 0")
    assert site.text == "Sent, and sent again."


def test_two_browsers_get_both_texts(site: Site) -> None:
    mine, theirs = site.open(), site.open(who="petra")
    theirs.fill("#text", "What she wrote")
    expect_state(theirs, "Saved")
    mine.locator("#text").press_sequentially("What I wrote")
    expect_state(mine, "Somebody else saved other notes")
    assert "Petra Price" in state(mine)
    mine.locator("#text").press_sequentially(" and went on")
    mine.click(SAVE)
    mine.wait_for_selector("h2:has-text('Theirs')")
    assert [one.inner_text() for one in mine.locator(".app-text").all()] == [
        "What I wrote and went on",
        "What she wrote",
    ]
    assert site.text == "What she wrote"
    assert faults_of(mine) == []
    mine.click("text=Save as one")
    mine.wait_for_selector("text=Your notes are saved.")
    assert site.text == "What she wrote\nWhat I wrote and went on"
    assert mine.evaluate(KEPT) == 0
    assert "sent=" not in mine.url


def test_personal_details_stay_in_the_browser_until_they_are_judged(site: Site) -> None:
    page = site.open()
    page.locator("#text").press_sequentially("She rang 07700 900123 about a boy called Kofi.")
    expect_state(page, "Check 2 things before this is saved.")
    assert note_of(site.database, site.record) is None
    assert page.evaluate(KEPT) == 1
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Save"
    page.keyboard.press("Enter")
    page.wait_for_selector(".govuk-error-summary")
    assert faults_of(page) == []
    # By keyboard: from the summary to the first choice, and on.
    page.locator(".govuk-error-summary a").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    page.locator(".govuk-error-summary a").nth(1).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    page.click(SAVE)
    page.wait_for_selector("text=Your notes are saved.")
    assert site.text == "She rang [phone number removed] about a boy called [name removed]."
    # What was taken out is not offered again from the browser.
    assert page.evaluate(KEPT) == 0
    assert page.locator("#kept-draft").is_hidden()


def test_signing_out_leaves_nothing_in_the_browser_and_warns_of_what_is_not_saved(site: Site) -> None:
    page = site.open()
    page.locator("#text").press_sequentially("A boy called Kofi")
    expect_state(page, "Check 1 thing before this is saved.")
    page.evaluate("localStorage.other = 'of another script'")
    page.click(".app-sign-out button")
    page.wait_for_selector("#unsaved-notes:not([hidden])")
    assert page.locator("#unsaved-notes a").inner_text() == "Notes of record I01"
    assert faults_of(page) == []
    page.click("main button:has-text('Sign out')")
    page.wait_for_selector("text=You have signed out.")
    # The second is cleared by the answer's header alone.
    page.wait_for_function("() => localStorage.length === 0")


def test_signing_out_saves_the_last_words_first(site: Site) -> None:
    page = site.open()
    page.fill("#text", "The last words")
    page.click(".app-sign-out button")
    page.wait_for_selector("text=You have signed out.")
    assert site.text == "The last words"
    assert page.evaluate("localStorage.length") == 0


def test_without_scripts_the_button_does_it_all(site: Site) -> None:
    page = site.open(scripts=False)
    page.fill("#text", "Typed without a script")
    page.click(SAVE)
    page.wait_for_selector("text=Your notes are saved.")
    page.fill("#text", "Ring 07700 900123")
    page.click(SAVE)
    page.check("text=Take it out")
    page.click(SAVE)
    page.wait_for_selector("text=Your notes are saved.")
    assert site.text == "Ring [phone number removed]"


@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_is_accessible_and_reflows(site: Site, width: int) -> None:
    page = site.open(width=width)
    assert faults_of(page) == []
    page.fill("#text", "They ask who knows.\n" * 30)
    page.click(SAVE)
    page.wait_for_selector("text=Your notes are saved.")
    page.locator("details").first.click()
    assert faults_of(page) == []
    page.fill("#text", "Much shorter")
    page.click(SAVE)
    page.wait_for_selector("text=Your notes are saved.")
    board = address_of(site.record, "").partition("/records")[0]
    for path in (
        address_of(site.record, "/notes/history"), address_of(site.record, "/notes/history/1"),
        f"{board}/search?q=shorter",
    ):  # fmt: skip
        page.goto(site.address + path)
        assert faults_of(page) == [], path
    page.goto(site.address + address_of(site.record, "/notes/take-out"))
    assert faults_of(page) == []
    page.fill("#words", "Much")
    page.click("text=Find them")
    page.wait_for_selector("text=Take them out")
    assert faults_of(page) == []
