"""The warning that nobody will be signed in here soon, in a real browser: it needs no script."""

from pathlib import Path

import pytest

from app.database.session import Database
from tests.service.chromium import NEEDS_CHROMIUM, chromium, faults_of, served, session_of
from tests.service.people import HERE, People

pytestmark = NEEDS_CHROMIUM
# What a browser shows does not depend on the engine.
on_sqlite = pytest.mark.parametrize("database_address", ["sqlite"], indirect=True)
_OVER = "document.getAnimations().forEach(one => { one.currentTime = MINUTES * 60000; })"


@on_sqlite
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scripts", [True, False])
def test_the_warning_appears_by_itself_and_hides_nothing_that_was_typed(
    database: Database, people: People, tmp_path: Path, width: int, scripts: bool
) -> None:
    """The style sheet does it; only this test uses a script, to move the time."""
    with (
        served(database, tmp_path) as address,
        chromium(width, scripts=scripts, session=session_of(database, people.alice)) as page,
    ):
        page.goto(f"{address}/authorities/{HERE}/people/invite")
        page.locator("#name").fill("Erin")
        soon, over = page.locator(".app-session__part--soon"), page.locator(".app-session__part--over")
        expected = {
            0: (False, False),
            24: (False, False),
            26: (True, False),
            29: (True, False),
            31: (False, True),
        }
        for minutes, shown in expected.items():
            page.evaluate(_OVER.replace("MINUTES", str(minutes)))
            assert (soon.is_visible(), over.is_visible()) == shown, minutes
            assert page.locator("#name").input_value() == "Erin"
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            if minutes == 26:
                if scripts:
                    assert faults_of(page) == []
                with page.context.expect_page() as opened:
                    page.get_by_role("link", name="Stay signed in (opens in a new tab)").click()
                assert opened.value.locator("h1").inner_text() == "You are still signed in"
                opened.value.close()
            if minutes < 25:
                # What is hidden cannot be reached by keyboard either.
                assert page.get_by_role("link", name="Stay signed in").count() == 0
