"""The pages about the service in a real browser: axe finds nothing, and nothing scrolls sideways."""

from pathlib import Path

import pytest

from app.database.session import Database
from tests.service.chromium import NEEDS_CHROMIUM, chromium, faults_of, served

pytestmark = NEEDS_CHROMIUM
PATHS = ("/method", "/method/formulas", "/privacy", "/accessibility")


@pytest.mark.parametrize("database_address", ["sqlite"], indirect=True)
@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_are_accessible_and_reflow(database: Database, tmp_path: Path, width: int) -> None:
    with served(database, tmp_path) as address, chromium(width) as page:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        for path in PATHS:
            page.goto(f"{address}{path}")
            assert faults_of(page) == [], path
        assert said == []


@pytest.mark.parametrize("database_address", ["sqlite"], indirect=True)
def test_the_contents_are_reached_by_keyboard_alone(database: Database, tmp_path: Path) -> None:
    with served(database, tmp_path) as address, chromium(1280) as page:
        page.goto(f"{address}/method")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent").strip() == "Skip to main content"
        for _ in range(20):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent") == "Confidence":
                break
        page.keyboard.press("Enter")
        assert page.url.endswith("#section-6")
