"""What every page must be: accessible, no wider than the window, with one heading and a title of its own."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from tinyhtml5.parser import HTMLParser

from tests.browser.site import Site
from tests.browser.way import Way
from tests.service.chromium import bring_axe, faults_of, leave_by

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Page

WIDTHS = (1280, 320)
_PRODUCT = "Evidence-use diagnostic"
# Forms that somebody types into, chooses from or ticks something in.
_ASKING = "main form[method=post]:has(input:not([type=hidden]):not([readonly]), textarea, select)"
_EMPTY = """form => {
    for (const one of form.querySelectorAll("input:not([type=hidden]):not([readonly]), textarea, select")) {
        if (one.type === "checkbox" || one.type === "radio") one.checked = false;
        else if (one.tagName === "SELECT") one.selectedIndex = 0;
        else one.value = "";
    }
}"""
_TYPE = """(form, [name, value]) => {
    const field = form.elements.namedItem(name);
    if (field) field.value = value;
}"""


class Looking:
    """Goes through pages, and notes all that is wrong with any."""

    def __init__(self, site: Site, names: Mapping[str, str]) -> None:
        self.site = site
        self.names = names
        self.found: list[tuple[str, object]] = []
        self._at = ""
        self._windows: dict[str, Page] = {}
        self._alone: Page | None = None

    def follow(self, way: Way) -> None:
        """Go a way, and look at the page, and at what it says when its forms are sent empty."""
        self._at = way.address
        self.go(self._window(way), way)

    def go(self, page: "Page", way: Way) -> None:
        """Go a way in a window that is open already."""
        self._open(page, way)
        self._look(page, way.address, document=way.document)
        asking = page.locator(_ASKING).count()
        if (way.typed is None) == bool(asking):
            self.found.append((way.address, f"{asking} forms in which something can be wrong; see “typed”"))
            return
        for number in range(asking):
            if number:
                self._open(page, way)
            self._send_empty(page, way, number)

    def _window(self, way: Way) -> "Page":
        """Give a window of the person's, or a new one where what was done before matters."""
        if way.goes_on:
            assert self._alone is not None
            return self._alone
        if way.before is None and not way.alone and way.who in self._windows:
            return self._windows[way.who]
        page = self.site.window(UUID(self.names[way.who]) if way.who else None)
        page.on("console", self._note)
        if way.before is None and not way.alone:
            self._windows[way.who] = page
        else:
            if self._alone is not None:
                self._alone.context.close()
            self._alone = page
        if way.before is not None:
            way.before(page, self.site.address)
        bring_axe(page)
        return page

    def _open(self, page: "Page", way: Way) -> None:
        page.set_viewport_size({"width": WIDTHS[0], "height": 800})
        answer = page.goto(self.site.address + way.address.format(**self.names))
        assert answer is not None
        if answer.status != way.status:
            self.found.append((way.address, f"status {answer.status}"))
        html, parser = answer.text(), HTMLParser(namespace_html_elements=False)
        parser.parse(html)
        self.found += [(way.address, f"HTML that browsers must mend: {error}") for error in parser.errors]
        if way.document:
            # It is sent with the word that it may do nothing, which would keep axe from looking at it.
            page.goto("about:blank")
            page.set_content(html)
        if way.then:
            way.then(page, self.site.address)

    def _send_empty(self, page: "Page", way: Way, number: int) -> None:
        form = page.locator(_ASKING).nth(number)
        form.evaluate(_EMPTY)
        for name, value in (way.typed or {}).items():
            form.evaluate(_TYPE, [name, value.format(**self.names)])
        leave_by(form.locator("button[type=submit]").first)
        told = f"{way.address}, form {number + 1} with errors"
        if page.locator(".govuk-error-summary").count() != 1 or not page.title().startswith("Error: "):
            self.found.append((told, "no summary of errors, or no “Error: ” in the title"))
        self._look(page, told)

    def _look(self, page: "Page", told: str, *, document: bool = False) -> None:
        """Look at a page in each width, with all that it hides shown. Its colours are the same in each."""
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            faults = faults_of(page, colours=width == WIDTHS[-1])
            self.found += [(f"{told} at {width}", fault) for fault in faults]
        self.found += [(told, fault) for fault in _plain_faults(page, document=document)]

    def _note(self, message: "ConsoleMessage") -> None:
        # Chromium itself tells of every answer that is an error, which is what was asked for.
        if "the server responded with a status of 4" not in message.text:
            self.found.append((self._at, message.text))


def _plain_faults(page: "Page", *, document: bool) -> Iterator[str]:
    headings = page.locator("h1").all_inner_texts()
    if len(headings) != 1 or not headings[0].strip():
        yield f"main headings: {headings}"
    title = page.title().removeprefix("Error: ")
    if document:
        return
    if not title.endswith(f" – {_PRODUCT}") or title == f" – {_PRODUCT}":
        yield f"title: {title!r}"
