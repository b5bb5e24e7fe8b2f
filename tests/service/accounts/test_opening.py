"""Accounts that are made without an invitation by mail: by the command, and for demonstrations."""

from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from typer.testing import CliRunner

from app.accounts.models import Account
from app.accounts.person import Role
from app.accounts.services.desk import Desk
from app.accounts.services.opening import open_account
from app.cli import app
from app.database.session import Database
from app.settings import Settings
from tests.service.accounts.visitor import ANOTHER, PASSWORD, SECRET, Keys, log_actions, mails, sign_in
from tests.service.browser import Browser
from tests.service.people import ELSEWHERE, HERE, People


@pytest.fixture
def environment(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command reads the same settings as the service under test."""
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    monkeypatch.setenv("DATA_FOLDER", str(settings.data_folder))
    monkeypatch.setenv("BASE_URL", settings.base_url)
    monkeypatch.setenv("SECRET_KEY", settings.secret_key.get_secret_value())


def create_user(*arguments: str) -> tuple[int, str]:
    ran = CliRunner().invoke(app, ["create-user", *arguments])
    return ran.exit_code, ran.output


NEW = ("--email", "Erin@example.org", "--name", "Erin Ellis")


@pytest.mark.usefixtures("environment")
def test_the_first_account_joins_by_the_printed_link(browser: Browser, database: Database) -> None:
    code, said = create_user(*NEW)
    assert code == 0
    link = next(line.strip() for line in said.splitlines() if "/join/" in line)
    assert link.startswith("https://diagnostic.test/join/")
    page = browser.submit(browser.get(link.removeprefix("https://diagnostic.test")), {"password": ANOTHER})
    letters = (page.all("code")[0].text or "").replace(" ", "")
    page = browser.submit(page, {"code": Keys("erin@example.org", ANOTHER, letters).code()})
    assert page.heading == "Keep your recovery codes"
    assert browser.get("/people").heading == "People"
    assert mails(browser) == []
    assert log_actions(database) == ["person invited", "person joined"]


@pytest.mark.usefixtures("environment", "people")
def test_a_commissioner_of_a_council(database: Database) -> None:
    assert create_user(*NEW, "--role", "commissioner", "--council", HERE)[0] == 0
    with database.transaction(writes=False) as session:
        erin = session.scalars(select(Account).where(Account.email == "erin@example.org")).one()
        assert erin.joined_at is None and erin.password_hash is None


@pytest.mark.usefixtures("environment", "people")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("--email", "alice@example.org", "--name", "A"),
            "There is an account for alice@example.org already.",
        ),
        ((*NEW, "--role", "reader", "--council", "XNONE"), "There is no council with the code “XNONE”."),
        ((*NEW, "--role", "pdm"), "Give --council the code of the council"),
        ((*NEW, "--council", HERE), "A programme lead belongs to no council"),
        (("--email", "erin", "--name", "Erin"), "--email: Enter an email address in the correct format"),
        (
            ("--email", "zoë@example.org", "--name", "Zoë"),
            "--email: This address has letters other than a to z",
        ),
        (("--email", "erin@example.org", "--name", " "), "Give --name the person’s name"),
        ((*NEW, "--role", "king"), "king"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_made(
    database: Database, arguments: tuple[str, ...], said: str
) -> None:
    code, output = create_user(*arguments)
    assert code == 2
    assert said in " ".join(output.split())
    assert "/join/" not in output
    with database.transaction(writes=False) as session:
        assert len(session.scalars(select(Account)).all()) == 5


@pytest.mark.usefixtures("environment")
def test_whoever_has_not_joined_gets_a_new_link_but_no_second_account(
    browser: Browser, database: Database
) -> None:
    links = []
    for _ in range(2):
        code, said = create_user(*NEW)
        assert code == 0
        links.append(next(line.strip() for line in said.splitlines() if "/join/" in line))
    browser.get(links[0].removeprefix("https://diagnostic.test"), 410)
    assert browser.get(links[1].removeprefix("https://diagnostic.test")).heading == "Join"
    with database.transaction(writes=False) as session:
        assert len(session.scalars(select(Account)).all()) == 1


def test_an_embedded_database_is_made_where_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_FOLDER", str(tmp_path / "new"))
    monkeypatch.setenv("DATABASE_URL", "")
    code, said = create_user(*NEW)
    assert code == 0 and "http://localhost:8000/join/" in said
    assert (tmp_path / "new" / "diagnostic.db").is_file()


def test_wrong_settings_are_named_without_their_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "hunter2")
    code, said = create_user(*NEW)
    assert code == 2
    assert "SECRET_KEY" in said and "hunter2" not in said


def test_an_account_that_was_opened_signs_in(
    service: FastAPI, browser: Browser, database: Database, people: People
) -> None:
    with database.transaction() as session:
        desk = Desk(session, service.state.secrets, service.state.settings)
        roles = [(Role.PDM, HERE), (Role.PDM, ELSEWHERE)]
        open_account(desk, "Demo Person", "demo@example.org", PASSWORD, SECRET, roles)
    sign_in(browser, Keys("demo@example.org"))
    assert "Practice development manager, Marlshire" in browser.get("/account").text
