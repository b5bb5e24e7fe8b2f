"""The browser in which files and pages are opened, what is wrong there, and the marks of its tests."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
NEEDS_A_SOCKET = pytest.mark.enable_socket
# `make test` installs one. Whoever runs tests alone may have none, and still wants the others.
NEEDS_A_BROWSER = pytest.mark.skipif(
    BROWSER is None, reason="There is no Chromium on this computer: apt-get install -y chromium"
)
# A table that becomes cards, or has two columns, promises that nothing of it is out of sight.
_CUT_OFF = """() => [...document.querySelectorAll(".app-scroll:has(.app-stack, .app-paper-table--two)")]
    .filter(one => one.scrollWidth > one.clientWidth).map(one => one.querySelector("caption").textContent)"""
_LOOK = """colours => axe.run({resultTypes: ["violations"], rules: {"color-contrast": {enabled: colours}}})
    .then(all => all.violations.map(one => [one.id, one.nodes[0].html]))"""


@contextmanager
def started() -> Iterator["Browser"]:
    """Start Chromium, for as many pages as one likes. There can be one at a time in a process."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def bring_axe(page: "Page") -> None:
    """Have axe on every page that a window opens from now on, which is quicker than to fetch it each time."""
    from axe_playwright_python.sync_playwright import Axe

    page.add_init_script(Axe().axe_script)


def faults_of(page: "Page", *, colours: bool = True) -> list[tuple[str, str]]:
    """Let axe look at a page; also say whether it is wider than the window, or a table cut off.

    The contrast of colours takes axe longer than all else together.
    """
    from axe_playwright_python.sync_playwright import Axe

    # A key was perhaps all that led here, and a key waits even less than a click.
    page.wait_for_load_state()
    # Once a document: it takes nearly as long as the looking.
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = [(rule, html) for rule, html in page.evaluate(_LOOK, colours)]
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > page.evaluate("window.innerWidth"):
        found.append(("wider than the window", f"{width} pixels"))
    found += [("a table is cut off", caption) for caption in page.evaluate(_CUT_OFF)]
    return found


@dataclass
class OpenFile:
    """A file that is open in a browser without a network, and what the browser said of it."""

    page: "Page"
    said: list[str] = field(default_factory=list)

    def faults(self, widths: tuple[int, ...], *, colours_once: bool = True) -> list[tuple[int, object]]:
        """Give what is wrong with it in any width; ``colours_once``: they are the same in all."""
        found: list[tuple[int, object]] = []
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": 800})
            colours = not colours_once or width == widths[0]
            found += [(width, fault) for fault in faults_of(self.page, colours=colours)]
        return found + [(widths[-1], told) for told in self.said]


@contextmanager
def opened_file(browser: "Browser", html: str, path: Path) -> Iterator[OpenFile]:
    """Write a file and open it, in a window of its own."""
    path.write_text(html, encoding="utf-8")
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    one = OpenFile(context.new_page())
    one.page.on("console", lambda message: one.said.append(message.text))
    one.page.on("requestfailed", lambda request: one.said.append(request.url))
    one.page.goto(path.as_uri())
    try:
        yield one
    finally:
        context.close()
