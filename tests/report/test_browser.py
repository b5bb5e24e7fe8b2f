"""The HTML in a real browser without a network: axe finds nothing and nothing scrolls sideways."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.briefs.services import HTML_NAME
from app.briefs.templating import with_assets_inside
from tests.report.chromium import BROWSER, NEEDS_A_BROWSER, NEEDS_A_SOCKET
from tests.report.rendered import brief_of, html_of

pytestmark = [NEEDS_A_SOCKET, NEEDS_A_BROWSER]


@pytest.mark.parametrize("case", ["sample", "penwardine", "marlshire"])
def test_the_page_prints_on_four_pages_with_its_colours(case: str, tmp_path: Path) -> None:
    from playwright.sync_api import sync_playwright

    path = tmp_path / HTML_NAME
    path.write_text(with_assets_inside(html_of(case)), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        try:
            page = browser.new_context(offline=True).new_page()
            page.goto(path.as_uri())
            printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
            page.emulate_media(media="print")
            cell = page.locator(".cell.stage-3").first
            assert cell.evaluate("it => getComputedStyle(it).printColorAdjust") == "exact"
        finally:
            browser.close()
    brief = brief_of(case)
    kickers = (brief.one.kicker, brief.two.kicker, brief.three.kicker, brief.four.kicker)
    for sheet, kicker in zip(printed.pages, kickers, strict=False):
        assert kicker in " ".join(sheet.extract_text().split())
    assert "What every sentence and every chart rests on" in printed.pages[4].extract_text()


@pytest.mark.parametrize("width", [320, 768, 1280])
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
def test_the_page_is_accessible_and_reflows(variant: str, width: int, tmp_path: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    path = tmp_path / HTML_NAME
    path.write_text(with_assets_inside(html_of(variant)), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        try:
            page = browser.new_context(viewport={"width": width, "height": 800}, offline=True).new_page()
            faults: list[str] = []
            page.on("console", lambda message: faults.append(message.text))
            page.on("requestfailed", lambda request: faults.append(request.url))
            page.goto(path.as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.evaluate("document.fonts.check('16px \"Source Sans 3\"')")
            result = Axe().run(page)
            violations = [
                (violation["id"], violation["nodes"][0]["html"])
                for violation in result.response["violations"]
            ]
            assert violations == []
            assert faults == []
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
        finally:
            browser.close()
