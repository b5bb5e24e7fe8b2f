"""The contents of a long page, in a real browser."""

from pathlib import Path

import pytest

from app.database.session import Database
from tests.service.chromium import NEEDS_CHROMIUM, chromium, served

pytestmark = NEEDS_CHROMIUM


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
