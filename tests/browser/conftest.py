"""One Chromium for each module of these tests, and migrated folders to copy."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.database.migrate import upgrade
from app.database.session import Database
from tests.browser.site import FILE
from tests.service.chromium import started

if TYPE_CHECKING:
    from playwright.sync_api import Browser


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
