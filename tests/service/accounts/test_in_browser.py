"""The pages in a real browser: axe finds nothing, they reflow, and the warning needs no script."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.accounts.person import Role
from app.accounts.queries import find_account
from app.accounts.services.desk import Desk
from app.accounts.services.joining import invite
from app.accounts.services.leaving import disable
from app.accounts.services.links import JOIN, RESET, make_link
from app.accounts.services.passwords import hash_password
from app.accounts.services.second_step import keep_secret
from app.accounts.signed_in import as_person
from app.database.session import Database
from app.settings import Settings
from app.web.secrets import Secrets
from tests.service.accounts.visitor import ANOTHER, PASSWORD, SECRET, Keys
from tests.service.chromium import NEEDS_CHROMIUM, chromium, faults_of, served, session_of
from tests.service.people import HERE, People

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage

pytestmark = NEEDS_CHROMIUM
# What a browser shows does not depend on the engine.
on_sqlite = pytest.mark.parametrize("database_address", ["sqlite"], indirect=True)
_KEY = Secrets("for tests only, and long enough to be taken")
_OVER = "document.getAnimations().forEach(one => { one.currentTime = MINUTES * 60000; })"


def _note(said: list[str], message: "ConsoleMessage") -> None:
    said.append(message.text)


def fill(database: Database, people: People) -> dict[str, str]:
    """People in every state; the addresses whose links they were mailed."""
    settings = Settings(base_url="http://localhost")
    with database.transaction() as session:
        desk = Desk(session, _KEY, settings)
        for one in (people.alice, people.petra):
            found = find_account(session, one)
            assert found is not None
            found.password_hash = hash_password(PASSWORD)
            keep_secret(session, _KEY, one, SECRET, step=0)
        petra, bob = find_account(session, people.petra), find_account(session, people.bob)
        assert petra is not None and bob is not None
        erin = invite(
            desk,
            as_person(petra),
            "Erin Ellis-Featherstonehaugh",
            "erin.ellis-featherstonehaugh@wexbourne.example.org",
            Role.READER,
            HERE,
        )
        disable(desk, as_person(petra), bob)
        return {
            "erin": str(erin.id),
            "join": make_link(desk, erin.id, JOIN).removeprefix("http://localhost"),
            "reset": make_link(desk, people.alice, RESET).removeprefix("http://localhost"),
        }


@on_sqlite
@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_are_accessible_and_reflow(
    database: Database, people: People, tmp_path: Path, width: int
) -> None:
    links = fill(database, people)
    council = f"/authorities/{HERE}/people"
    visits = {
        None: ["/sign-in", "/reset", "/reset/sent", links["join"], links["reset"], "/join/none"],
        people.petra: [
            "/people",
            "/people?q=nobody",
            "/people/invite",
            f"/people/{people.alice}",
            f"/people/{people.alice}/disable",
            f"/people/{people.alice}/roles",
            f"/people/{links['erin']}",
            f"/people/{links['erin']}/withdraw",
            "/log",
            "/log?action=none",
            "/sign-out",
        ],
        people.alice: [
            council,
            f"{council}/invite",
            f"{council}/{links['erin']}",
            f"{council}/{links['erin']}/role",
            "/account",
            "/account/name",
            "/account/email",
            "/account/password",
            "/account/app",
            "/account/recovery-codes",
            "/account/close",
            "/account/stay",
        ],
    }
    with served(database, tmp_path) as address:
        for who, paths in visits.items():
            token = session_of(database, who) if who else ""
            with chromium(width, session=token) as page:
                said: list[str] = []
                page.on("console", partial(_note, said))
                for path in paths:
                    page.goto(f"{address}{path}")
                    assert faults_of(page) == [], path
                    if path.endswith(("invite", "/sign-in", "/password")):
                        page.locator("main form button[type=submit]").last.click()
                        assert page.title().startswith("Error: ")
                        assert faults_of(page) == [], f"{path} with errors"
                assert [one for one in said if "410" not in one] == []


@on_sqlite
@pytest.mark.parametrize("scripts", [True, False])
def test_joining_and_signing_in_by_keyboard_alone(
    database: Database, people: People, tmp_path: Path, scripts: bool
) -> None:
    links = fill(database, people)
    with served(database, tmp_path) as address, chromium(320, scripts=scripts) as page:

        def type_into(field: str, text: str) -> None:
            for _ in range(40):
                page.keyboard.press("Tab")
                if page.evaluate("document.activeElement.name") == field:
                    page.keyboard.type(text)
                    return
            raise AssertionError(f"{field} cannot be reached by keyboard")

        page.goto(f"{address}{links['join']}")
        type_into("password", ANOTHER)
        page.keyboard.press("Enter")
        page.wait_for_url("**/sign-in/app")
        letters = page.locator(".app-key code").inner_text().replace(" ", "")
        if scripts:
            assert faults_of(page) == []
            assert page.locator(".app-qr img").evaluate("one => one.complete && one.naturalWidth > 100")
        type_into("code", Keys("", secret=letters).code())
        page.keyboard.press("Enter")
        page.wait_for_selector(".app-codes")
        if scripts:
            assert faults_of(page) == []
        page.get_by_role("button", name="I have kept them: continue").focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}/")
        page.get_by_role("button", name="Sign out").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/sign-in")

        type_into("email", "erin.ellis-featherstonehaugh@wexbourne.example.org")
        type_into("password", ANOTHER)
        page.keyboard.press("Enter")
        page.wait_for_url("**/sign-in/code")
        # The code of these 30 seconds proved the app; the next one is accepted too.
        type_into("code", Keys("", secret=letters).code(1))
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}/")


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
