"""What is done in a window before a page is there to look at."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pyotp

from app.accounts.signed_in import COOKIE
from tests.service.accounts.visitor import PASSWORD
from tests.service.chromium import leave_by

if TYPE_CHECKING:
    from playwright.sync_api import Page

OTHER_PAGES = ("systems", "practice", "leadership", "culture", "skills", "in-your-words")


def press(label: str) -> Callable[["Page", str], None]:
    """Press a button of the page."""

    def step(page: "Page", _: str) -> None:
        leave_by(page.get_by_role("button", name=label, exact=True).first)

    return step


def upload(field: str, content: str, label: str) -> Callable[["Page", str], None]:
    """Choose a CSV file and send it."""

    def step(page: "Page", address: str) -> None:
        file = {"name": "file.csv", "mimeType": "text/csv", "buffer": content.encode()}
        page.set_input_files(f"#{field}", file)  # type: ignore[arg-type]
        press(label)(page, address)

    return step


def password_of(name: str) -> Callable[["Page", str], None]:
    """Take the first step of signing in."""

    def step(page: "Page", address: str) -> None:
        page.goto(f"{address}/sign-in")
        page.fill("#email", f"{name}@example.org")
        page.fill("#password", PASSWORD)
        press("Continue")(page, address)

    return step


def set_app_up(page: "Page", address: str) -> None:
    """Type the code of the app that the page offers."""
    letters = page.locator(".app-key code").inner_text().replace(" ", "")
    page.fill("#code", pyotp.TOTP(letters).now())
    press("Continue")(page, address)
    page.wait_for_selector(".app-codes")


def with_password(page: "Page", _: str) -> None:
    """Say once more who one is."""
    page.fill("#password", PASSWORD)
    leave_by(page.locator("main form button[type=submit]").last)


def signed_out(page: "Page", _: str) -> None:
    """Send a form after having been signed out in another tab."""
    page.fill("#name", "Alice Archer")
    page.context.clear_cookies(name=COOKIE)
    leave_by(page.locator("main form button[type=submit]").last)


def begin(page: "Page", address: str) -> None:
    """Start the survey by the open link, as somebody new."""
    page.goto(f"{address}/o/wexbourne-7f3k")
    press("Start the survey")(page, address)
    press("Go to the first question")(page, address)


def about_you(page: "Page", address: str) -> None:
    """Start, and answer the first page: then each of the others can be opened, and nothing is answered."""
    begin(page, address)
    _answer_page(page, address)


def answer_all(page: "Page", address: str) -> None:
    """Answer all questions, with the first choice of each."""
    begin(page, address)
    while "/questions/" in page.url:
        _answer_page(page, address)


def _answer_page(page: "Page", address: str) -> None:
    page.evaluate(
        "document.querySelectorAll('.govuk-radios').forEach(one => one.querySelector('input').click())"
    )
    press("Save and continue")(page, address)


def overtaken(field: str, label: str) -> Callable[["Page", str], None]:
    """Save what somebody else has saved meanwhile."""

    def step(page: "Page", address: str) -> None:
        other = page.context.new_page()
        other.goto(page.url)
        for window, number in ((other, "15"), (page, "20")):
            window.fill(f"#{field}", number)
            press(label)(window, address)
        other.close()

    return step
