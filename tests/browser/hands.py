"""The two ways in which a story is walked: clicking with scripts switched off, and by keyboard alone.

A story names what it touches by the words that stand on the page, and by nothing else.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tests.browser.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

_LONGEST_WAY = 150
# Where the focus is. That it can be seen is taken from what the style sheets change for it.
_FOCUS = """target => {
    const one = document.activeElement;
    const whole = one === document.body || one === null;
    if (whole) return {found: false, seen: true, words: "the page"};
    const shown = () => {
        const parts = [getComputedStyle(one)];
        for (const label of one.labels ?? []) parts.push(getComputedStyle(label, "::before"));
        return JSON.stringify(parts.map(
            style => [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow,
                      style.backgroundColor, style.borderWidth]));
    };
    const marked = shown();
    one.blur();
    const plain = shown();
    one.focus({preventScroll: true, focusVisible: true});
    const box = one.getBoundingClientRect();
    const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
        && box.width > 0 && box.height > 0;
    const group = one.type === "radio" && target.type === "radio"
        && one.name === target.name && one.form === target.form;
    return {found: one === target || group, seen: marked !== plain && inside,
            words: one.outerHTML.slice(0, 200)};
}"""
_IS_BEFORE = """target => {
    const one = document.activeElement;
    return one !== null && one !== document.body
        && Boolean(one.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_PRECEDING);
}"""


class Hands(ABC):
    """Somebody at a browser."""

    scripts: bool
    page: "Page"

    def __init__(self, site: Site) -> None:
        self.site = site
        self.sit_down()

    def sit_down(self, who: UUID | None = None, *, width: int = 1280) -> None:
        """Open a browser of one's own, as somebody who is signed in, or as nobody."""
        self.page = self.site.window(who, scripts=self.scripts, width=width)
        # From the beginning: whoever listens only when a key is pressed may come too late.
        self.page.on("filechooser", lambda _: None)

    def open(self, path: str) -> None:
        """Type an address, or open a link from a message."""
        self.page.goto(path if path.startswith("http") else self.site.address + path)

    def heads(self, heading: str) -> None:
        """Expect a page by its main heading."""
        self.page.get_by_role("heading", level=1, name=heading, exact=True).wait_for()

    def reads(self, words: str) -> None:
        """Expect words on the page."""
        self.page.get_by_text(words).first.wait_for()

    def looks_up(self, css: str) -> str:
        """Give what a part of the page says."""
        return self.page.locator(css).first.inner_text()

    def follow(self, words: str) -> None:
        """Follow a link to another page."""
        with self.page.expect_navigation():
            self.activate(self.link(words), "Enter")

    def jump(self, words: str) -> None:
        """Follow a link within the page, and be there."""
        link = self.link(words)
        field = (link.get_attribute("href") or "").removeprefix("#")
        self.activate(link, "Enter")
        assert self.page.evaluate("document.activeElement.id") == field

    def press(self, words: str) -> None:
        """Press a button that leads to another page."""
        with self.page.expect_navigation():
            self.activate(self.button(words), "Space")

    def button(self, words: str) -> "Locator":
        """Find a button by what stands on it."""
        return self.page.get_by_role("button", name=words, exact=True).first

    def unfold(self, words: str) -> None:
        """Unfold what lies beneath a line."""
        summary = self.page.locator("summary").filter(has_text=re.compile(rf"^\s*{re.escape(words)}\s*$"))
        self.activate(summary.first, "Space")

    def save(self, target: "Locator") -> bytes:
        """Download what a link or a button gives, and read it."""
        with self.page.expect_download() as started:
            self.activate(target, "Enter")
        return Path(started.value.path()).read_bytes()

    def shows(self, words: str) -> str:
        """Follow a link to a file that the browser itself shows, and give its kind."""
        with self.page.expect_navigation() as came:
            self.activate(self.link(words), "Enter")
        assert came.value is not None
        return came.value.headers["content-type"]

    def link(self, words: str) -> "Locator":
        """Find a link by its words, as whoever hears them does."""
        return self.page.get_by_role("link", name=words, exact=True).first

    def field(self, label: str) -> "Locator":
        """Find a field by its label."""
        return self.page.get_by_label(label, exact=True).first

    def date(self, legend: str, day: Any) -> None:
        """Type a day into its three fields."""
        group = self.page.get_by_role("group", name=legend, exact=True)
        for label, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            self.write(group.get_by_label(label, exact=True), str(number))

    def type(self, label: str, text: str) -> None:
        """Type into a field, in place of what stands there."""
        self.write(self.field(label), text)

    def choose(self, label: str, legend: str = "") -> None:
        """Choose one of several."""
        within: Any = self.page.get_by_role("group", name=legend, exact=True) if legend else self.page
        self.take(within.get_by_role("radio", name=label, exact=True).first)

    def tick(self, label: str) -> None:
        """Tick a box."""
        self.mark(self.page.get_by_role("checkbox", name=label, exact=True).first)

    @abstractmethod
    def activate(self, target: "Locator", key: str) -> None:
        """Use a link or a button."""

    @abstractmethod
    def write(self, target: "Locator", text: str) -> None:
        """Type into a field."""

    @abstractmethod
    def take(self, target: "Locator") -> None:
        """Choose a radio button."""

    @abstractmethod
    def mark(self, target: "Locator") -> None:
        """Tick a box."""

    @abstractmethod
    def pick(self, label: str, option: str) -> None:
        """Pick an option of a list."""

    @abstractmethod
    def attach(self, label: str, file: Path) -> None:
        """Choose a file."""


class Mouse(Hands):
    """Clicks; scripts are switched off."""

    scripts = False

    def activate(self, target: "Locator", key: str) -> None:
        target.click()

    def write(self, target: "Locator", text: str) -> None:
        target.fill(text)

    def take(self, target: "Locator") -> None:
        target.check()

    def mark(self, target: "Locator") -> None:
        target.check()

    def pick(self, label: str, option: str) -> None:
        self.field(label).select_option(label=option)

    def attach(self, label: str, file: Path) -> None:
        self.field(label).set_input_files(file)


class Keyboard(Hands):
    """Touches nothing but keys, and sees where the focus is at every stop; scripts run."""

    scripts = True

    def activate(self, target: "Locator", key: str) -> None:
        self._go_to(target)
        self.page.keyboard.press(key)

    def write(self, target: "Locator", text: str) -> None:
        self._go_to(target)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.press("Delete")
        self.page.keyboard.type(text)

    def take(self, target: "Locator") -> None:
        # Only one of a group is a stop of the Tab key; the arrows lead to the others, and choose.
        self._go_to(target)
        self._arrow_until(lambda: bool(target.evaluate("one => one === document.activeElement")))
        if not target.is_checked():
            self.page.keyboard.press("Space")
        assert target.is_checked()

    def mark(self, target: "Locator") -> None:
        self._go_to(target)
        if not target.is_checked():
            self.page.keyboard.press("Space")
        assert target.is_checked()

    def pick(self, label: str, option: str) -> None:
        target = self.field(label)
        self._go_to(target)
        self.page.keyboard.press("Home")
        self._arrow_until(lambda: target.evaluate("one => one.selectedOptions[0].label.trim()") == option)

    def attach(self, label: str, file: Path) -> None:
        self._go_to(self.field(label))
        with self.page.expect_file_chooser() as asked:
            self.page.keyboard.press("Space")
        # From here on it is the system's own window.
        asked.value.set_files(file)

    def _arrow_until(self, there: Callable[[], bool]) -> None:
        for _ in range(_LONGEST_WAY):
            if there():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError("the arrow keys do not lead there")

    def _go_to(self, target: "Locator") -> None:
        """Press Tab, or Shift and Tab, until the focus is there; it must be seen wherever it stops."""
        handle = target.element_handle()
        key = "Shift+Tab" if handle.evaluate(_IS_BEFORE) else "Tab"
        at = handle.evaluate(_FOCUS)
        for _ in range(_LONGEST_WAY):
            if at["found"]:
                return
            self.page.keyboard.press(key)
            at = handle.evaluate(_FOCUS)
            assert at["seen"], f"{self.page.url}: the focus cannot be seen on {at['words']}"
        raise AssertionError(f"{self.page.url}: the {key} key does not lead to {target}")


HANDS: tuple[type[Hands], ...] = (Mouse, Keyboard)


def link_in(text: str) -> str:
    """Give the first link of a message."""
    found = re.search(r"http\S+", text)
    assert found, text
    return found[0]
