"""Every page of the service in a real browser: axe finds nothing, and it fits a phone and a desk."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import httpx2
import pytest
from fastapi.routing import iter_route_contexts
from pydantic import SecretStr

from app.database.session import Database
from app.main import create_app
from app.rooms import BALLOT_ROUTES
from app.settings import Settings
from tests.browser.looking import Looking
from tests.browser.site import Site, copied, opened
from tests.browser.way import Way
from tests.browser.ways import NO_PAGES, PARTS, SINGLE_SIGN_ON
from tests.browser.world import Names, build
from tests.service.chromium import NEEDS_CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = NEEDS_CHROMIUM


@pytest.fixture(scope="session")
def filled(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Names]:
    """A folder whose database has something on every page, and the names in it."""
    folder = copied(migrated, tmp_path_factory.mktemp("filled") / "data")
    return folder, build(folder)


@pytest.fixture
def names(filled: tuple[Path, Names]) -> Names:
    return filled[1]


@pytest.fixture
def site(filled: tuple[Path, Names], chromium: "Browser", tmp_path: Path) -> Iterator[Site]:
    """A site of this test's own, since sending its forms may change it."""
    with opened(copied(filled[0], tmp_path / "data"), chromium) as one:
        yield one


def test_every_route_has_a_way_to_its_page(migrated: Path, tmp_path: Path) -> None:
    """So that no page of a new room is forgotten."""
    folder = copied(migrated, tmp_path / "data")
    database = Database.at(f"sqlite:///{folder / 'diagnostic.db'}")
    service = create_app(Settings(data_folder=folder), database)
    found: list[Any] = [*iter_route_contexts(service.routes), *BALLOT_ROUTES]
    routes = {str(route.path) for route in found if "GET" in (getattr(route, "methods", None) or ())}
    database.close()
    declared = [*(path for part in PARTS.values() for path in part), *NO_PAGES]
    assert len(declared) == len(set(declared)), "declared twice"
    assert routes - set(declared) == set(), "say in tests/browser/ways.py how these are opened"
    assert set(declared) - routes == set(), "these are declared, but there are no such routes"
    assert [path for part in PARTS.values() for path, ways in part.items() if not ways] == []


def test_what_is_declared_to_be_no_page_is_none(site: Site, names: Names) -> None:
    from app.accounts.signed_in import COOKIE
    from tests.service.chromium import session_of

    cookies = {COOKIE: session_of(site.database, UUID(names["petra"]))}
    for path in NO_PAGES.values():
        answer = httpx2.get(site.address + path.format(**names), cookies=cookies, timeout=60)
        is_file = answer.headers.get("content-disposition", "").startswith("attachment")
        # Single sign-on is not set up here, so its addresses lead nowhere.
        assert is_file or answer.status_code == 404 or "html" not in answer.headers["content-type"], path


@pytest.mark.parametrize("part", PARTS)
def test_nothing_is_wrong_with_any_page(site: Site, names: Names, part: str) -> None:
    looking = Looking(site, names)
    for ways in PARTS[part].values():
        for way in ways:
            looking.follow(way)
    assert not looking.found, told(looking)


def test_nothing_is_wrong_where_people_sign_in_elsewhere(
    filled: tuple[Path, Names], chromium: "Browser", tmp_path: Path
) -> None:
    elsewhere = {
        "oidc_issuer": "https://login.example.org",
        "oidc_client_id": "diagnostic",
        "oidc_client_secret": SecretStr("not so secret"),
        "oidc_name": "Example ID",
    }
    with opened(copied(filled[0], tmp_path / "data"), chromium, **elsewhere) as site:
        looking = Looking(site, filled[1])
        for way in SINGLE_SIGN_ON:
            looking.follow(way)
        assert not looking.found, told(looking)


def told(looking: Looking) -> str:
    return "\n".join(f"{where}: {what}" for where, what in looking.found)


def test_what_is_wrong_with_a_page_is_noticed(site: Site, names: Names) -> None:
    """That nothing was found means something only where it would have been."""
    wrong = """<title>Wrong</title><main><h1>One</h1><h1>Two</h1><img src="/x">
        <form method="post"><input name="a"><button type="submit">Go</button></form>
        <p style="color: #999; width: 2000px">Pale and wide</p></main>"""
    looking = Looking(site, names)
    page = site.window()
    page.route("**/*", lambda route: route.fulfill(body=wrong, content_type="text/html"))
    looking.go(page, Way("/anything"))
    found = told(looking)
    for what in ("image-alt", "label", "color-contrast", "wider than the window", "main headings", "title"):
        assert what in found
    assert "no summary of errors" not in found
    assert "see “typed”" in found
    assert "HTML that browsers must mend" in found
