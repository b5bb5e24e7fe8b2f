"""One Chromium for each module of these tests, and migrated folders to copy."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.database.migrate import upgrade
from app.database.session import Database
from tests.browser.site import FILE, Site, copied, opened
from tests.service.chromium import started
from tests.service.conftest import database_address, migrated_database, migrated_file, postgresql
from tests.service.people import People, fill

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# The databases of either engine, for the tests that ask for one.
__all__ = ("database_address", "migrated_database", "migrated_file", "postgresql")


@pytest.fixture(scope="module")
def chromium() -> Iterator["Browser"]:
    with started() as browser:
        yield browser


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database on which all migrations have run."""
    folder = tmp_path_factory.mktemp("migrated")
    database = Database.at(f"sqlite:///{folder / FILE}")
    upgrade(database.engine)
    database.close()
    return folder


@pytest.fixture
def site(migrated: Path, chromium: "Browser", tmp_path: Path) -> Iterator[Site]:
    """A site of this test's own, in which nobody is."""
    with opened(copied(migrated, tmp_path / "data"), chromium) as one:
        yield one
        for context in chromium.contexts:
            context.close()


@pytest.fixture
def people(site: Site) -> People:
    """The personas, in that site."""
    with site.database.transaction() as session:
        return fill(session)
