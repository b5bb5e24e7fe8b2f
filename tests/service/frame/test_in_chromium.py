"""The frame in a real browser: where the keys lead in its grid, and a file that is far too large."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.accounts.signed_in import COOKIE, start_session
from app.database.session import Database
from tests.service.chromium import served
from tests.service.frame.frames import read
from tests.service.people import People, fill

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

pytestmark = [
    pytest.mark.enable_socket,
    pytest.mark.skipif(
        CHROMIUM is None, reason="There is no Chromium on this computer: apt-get install -y chromium"
    ),
]


@dataclass(frozen=True, slots=True)
class Site:
    """The served site, the browser, and what is in its database."""

    address: str
    chromium: "Browser"
    database: Database
    people: People

    def open(self, path: str, who: str = "alice", *, width: int = 1280, scripts: bool = True) -> "Page":
        """Open a page as somebody."""
        with self.database.transaction() as session:
            token = start_session(session, getattr(self.people, who))
        context = self.chromium.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=scripts
        )
        context.set_default_timeout(30_000)
        context.add_cookies(
            [
                {"name": COOKIE, "value": token, "domain": "localhost", "path": "/", "secure": True,
                 "httpOnly": True}
            ]
        )  # fmt: skip
        page = context.new_page()
        page.goto(self.address + path)
        return page


@pytest.fixture
def site(migrated_file: Path, tmp_path: Path) -> Iterator[Site]:
    from playwright.sync_api import sync_playwright

    path = tmp_path / "diagnostic.db"
    shutil.copyfile(migrated_file, path)
    database = Database.at(f"sqlite:///{path}")
    with database.transaction() as session:
        people = fill(session)
    with served(database, tmp_path) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield Site(address, chromium, database, people)
        finally:
            chromium.close()
    database.close()


def focused(page: "Page") -> str:
    """Give the id of what has the focus, or the words on it."""
    return str(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))


def tab_to(page: "Page", target: str, most: int = 60) -> None:
    """Press Tab until something has the focus."""
    passed = []
    for _ in range(most):
        page.keyboard.press("Tab")
        passed.append(focused(page))
        if passed[-1] == target:
            return
    pytest.fail(f"Tab does not reach {target!r}, only {passed}")


def test_a_frame_is_described_by_keyboard_alone(site: Site) -> None:
    diagnostic = site.people.here
    page = site.open(f"/diagnostics/{diagnostic}/frame")
    tab_to(page, "area-1-name")
    page.keyboard.type("Early help")
    for number in ("4", "8", "8", "44", "9"):
        page.keyboard.press("Tab")
        page.keyboard.type(number)
    assert focused(page) == "area-1-people-support"
    tab_to(page, "area-2-name", 2)
    page.keyboard.type("Safegarding")
    page.keyboard.press("Tab")
    page.keyboard.type("seven")
    # Enter in a field saves, and the summary of errors leads to the cell.
    page.keyboard.press("Enter")
    page.wait_for_selector(".govuk-error-summary")
    tab_to(page, "Headcount of Leaders in Safegarding must be a whole number from 0, such as 12")
    page.keyboard.press("Enter")
    assert focused(page) == "area-2-people-leaders"
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("70")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Safeguarding")
    tab_to(page, "Add service areas")
    page.keyboard.press("Enter")
    page.wait_for_selector("#area-6-name")
    assert focused(page) == "area-6-name"
    page.keyboard.type("Fostering")
    page.keyboard.press("Tab")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('What can be shown')")
    assert read(site.database, diagnostic) == {
        "Early help": (4, 8, 8, 44, 9),
        "Safeguarding": (70, 0, 0, 0, 0),
        "Fostering": (3, 0, 0, 0, 0),
    }
    tab_to(page, "Change the frame")
    page.keyboard.press("Enter")
    page.wait_for_selector("#area-3-name")
    tab_to(page, "area-3-people-support")
    page.keyboard.press("Tab")
    assert focused(page).startswith("Remove")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Are you sure')")
    tab_to(page, "Remove it")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=“Fostering” is taken out.")
    tab_to(page, "Save the frame")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('What can be shown')")
    assert list(read(site.database, diagnostic)) == ["Early help", "Safeguarding"]
    tab_to(page, "Confirm the frame")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=The frame is confirmed.")


def test_a_file_that_is_far_too_large_is_answered_with_a_page(site: Site, tmp_path: Path) -> None:
    page = site.open(f"/diagnostics/{site.people.here}/frame/upload")
    file = tmp_path / "frame.csv"
    file.write_bytes(b"x" * (22 * 1024 * 1024))
    page.set_input_files("#file", file)
    page.click("text=Check the file")
    page.wait_for_selector("h1:has-text('The file is too large')")
