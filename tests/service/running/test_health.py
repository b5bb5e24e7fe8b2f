"""What a watcher is told: that the service lives, and whether it can do its work. Nothing else."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Client
from sqlalchemy import text

from app.database.session import Database
from app.main import create_app
from app.settings import Settings
from tests.service.browser import Browser
from tests.service.conftest import ADDRESS


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(("path", "word"), [("/health/live", "live"), ("/health/ready", "ready")])
def test_a_service_that_can_work_says_so(browser: Browser, path: str, word: str, method: str) -> None:
    answer = browser.client.request(method, path)
    assert answer.status_code == 200
    assert answer.text == (word if method == "GET" else "")


@pytest.mark.parametrize("version", ["0000", "9999"])
def test_a_database_of_another_version_is_not_ready(
    browser: Browser, database: Database, version: str
) -> None:
    with database.engine.begin() as connection:
        before = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})
    try:
        check_only_alive(browser.client)
    finally:
        with database.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": before})


@pytest.mark.parametrize("address", ["", "postgresql://nobody:swordfish@/nothing?host=/nowhere"])
def test_a_database_that_is_empty_or_cannot_be_reached_is_not_ready(address: str, tmp_path: Path) -> None:
    service = create_app(Settings(data_folder=tmp_path, base_url=ADDRESS, database_url=address))
    client = TestClient(service, base_url=ADDRESS)
    check_only_alive(client)
    service.state.database.close()


def check_only_alive(client: Client) -> None:
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.text) == (503, "not ready")
    assert client.get("/health/live").status_code == 200
