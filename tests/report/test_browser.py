"""The HTML in a real browser without a network: axe finds nothing and nothing scrolls sideways."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from app.briefs.services import HTML_NAME
from app.briefs.templating import with_assets_inside
from tests.report.chromium import NEEDS_A_BROWSER, NEEDS_A_SOCKET, opened_file, started
from tests.report.rendered import brief_of, html_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [NEEDS_A_SOCKET, NEEDS_A_BROWSER]


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with started() as one:
        yield one


@pytest.mark.parametrize("case", ["sample", "penwardine", "marlshire"])
def test_the_page_prints_on_four_pages_with_its_colours(
    case: str, browser: "Browser", tmp_path: Path
) -> None:
    with opened_file(browser, with_assets_inside(html_of(case)), tmp_path / HTML_NAME) as one:
        printed = PdfReader(BytesIO(one.page.pdf(prefer_css_page_size=True)))
        one.page.emulate_media(media="print")
        cell = one.page.locator(".cell.stage-3").first
        assert cell.evaluate("it => getComputedStyle(it).printColorAdjust") == "exact"
    brief = brief_of(case)
    kickers = (brief.one.kicker, brief.two.kicker, brief.three.kicker, brief.four.kicker)
    for sheet, kicker in zip(printed.pages, kickers, strict=False):
        assert kicker in " ".join(sheet.extract_text().split())
    assert "What every sentence and every chart rests on" in printed.pages[4].extract_text()


@pytest.mark.parametrize(
    "variant",
    [
        "sample",
        "penwardine",
        "usual",
        "questions_hidden",
        "many_areas",
        "silent_sources",
        "two_silent",
        "twelve_answers",
        "welsh_and_polish",
        "second_wave",
        "ends_of_the_scale",
        "longest",
    ],
)
def test_the_page_is_accessible_and_reflows(variant: str, browser: "Browser", tmp_path: Path) -> None:
    with opened_file(browser, with_assets_inside(html_of(variant)), tmp_path / HTML_NAME) as one:
        assert one.faults((320, 768, 1280), colours_once=variant != "sample") == []
        assert one.page.evaluate("document.fonts.check('16px \"Source Sans 3\"')")
        one.page.keyboard.press("Tab")
        assert one.page.evaluate("document.activeElement.textContent") == "Skip to the content"
