"""What stands in the log, and what never does."""

import json
import logging

import pytest
from fastapi import APIRouter, Depends
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.accounts.access import Everyone
from app.database.session import SessionDep
from app.main import Service
from app.web.logs import cleaned, log, set_up_logs
from app.web.request_log import silent
from tests.service.browser import Browser
from tests.service.people import People

EMAIL, ADDRESS_V4, ADDRESS_V6 = "alice@example.org", "203.0.113.77", "2001:db8::7:12"
TOKEN = "Zx9_aB3kQ7mT2pLr8sVw-dE5fGh1jK4nY6uI0oPq"
PRIVATE = (EMAIL, "alice", ADDRESS_V4, ADDRESS_V6, TOKEN, ":db8:", "swordfish")


@pytest.fixture
def service(own_service: Service) -> Service:
    router = APIRouter(prefix="/test")

    @router.get("/join/{token}", dependencies=[Depends(Everyone())])
    def join(token: str) -> str:
        return token

    @router.get("/fails/{token}", dependencies=[Depends(Everyone())])
    def fails(token: str, session: SessionDep) -> None:
        try:
            session.execute(text(f"SELECT * FROM nowhere WHERE a = '{token}'"))
        except Exception as error:
            raise KeyError(f"{token} of {EMAIL} at {ADDRESS_V4}") from error

    @router.get("/answer/{token}", dependencies=[Depends(Everyone())])
    @silent
    def answer(token: str) -> str:
        if token == "fails":
            raise ValueError(token)
        return token

    own_service.include_router(router)
    return own_service


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().err


def test_a_request_leaves_its_method_route_status_and_time(
    browser: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    browser.client.get(f"/test/join/{TOKEN}?email={EMAIL}", headers={"x-forwarded-for": ADDRESS_V4})
    line = said(capsys).strip()
    assert "request method=GET route=/test/join/{token} status=200 ms=" in line
    assert [one for one in PRIVATE if one in line] == []


def test_an_address_that_is_no_route_is_not_repeated(
    browser: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    browser.client.get(f"/{TOKEN}/{EMAIL}")
    line = said(capsys).strip()
    assert "route=none status=404" in line
    assert [one for one in PRIVATE if one in line] == []


def test_an_error_leaves_its_way_through_the_code_and_no_value(
    browser: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    browser.client.get(f"/test/fails/{TOKEN}")
    lines = said(capsys)
    assert "unexpected error reference=" in lines
    assert "test_logs.py" in lines
    assert "OperationalError" in lines or "ProgrammingError" in lines
    assert "KeyError" in lines
    assert [one for one in PRIVATE if one in lines] == []


@pytest.mark.parametrize(
    "path", ["/test/answer/abc", "/test/answer/a/b", "/health/live", "/health/ready", "/static/product.css"]
)
def test_a_silent_route_leaves_no_line(
    browser: Browser, capsys: pytest.CaptureFixture[str], path: str
) -> None:
    browser.client.get(path)
    browser.client.post(path)
    assert said(capsys) == ""


def test_an_error_on_a_silent_route_leaves_its_place_and_the_day_only(
    browser: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    page = browser.get("/test/answer/fails", status=500)
    assert "reference" not in page.text
    first, *others = said(capsys).splitlines()
    assert first.split()[1:] == ["error", "unexpected", "error", "on", "a", "silent", "route"]
    assert "T" not in first.split()[0]
    assert not any("request" in line and "ms=" in line for line in others)


@pytest.mark.parametrize("form", ["plain", "json"])
def test_lines_of_libraries_are_cleaned_too(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs(form)
    logging.getLogger("uvicorn.error").warning(
        "%s tried postgresql://somebody:swordfish@db/x from %s with %s", EMAIL, ADDRESS_V6, TOKEN
    )
    try:
        raise ValueError(f"{EMAIL} {TOKEN}")
    except ValueError:
        logging.getLogger("uvicorn.error").exception("it failed for %s", EMAIL)
    lines = said(capsys)
    assert "[address] tried [address]" in lines
    assert "ValueError" in lines
    assert [one for one in PRIVATE if one in lines] == []


def test_lines_for_programs_are_json_each(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("json")
    log().info("mail sent", kind="invitation", number=3)
    try:
        raise TypeError("a name is missing")
    except TypeError as error:
        log().error("unexpected error", reference="12ab34cd", exc_info=error)
    first, second = (json.loads(line) for line in said(capsys).splitlines())
    assert {"event": "mail sent", "kind": "invitation", "number": 3, "level": "info"}.items() <= first.items()
    assert first["timestamp"].endswith("Z")
    assert "TypeError: a name is missing" in second["trace"]
    set_up_logs("plain")


def test_a_value_cannot_begin_a_line_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("plain")
    log().info("mail not sent", problem="refused\n2026-01-01T00:00:00Z error   all is lost")
    assert len(said(capsys).splitlines()) == 1


def test_an_error_of_a_constraint_does_not_tell_whose_address_it_is(
    people: People, service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(IntegrityError) as caught, service.state.database.transaction() as session:
        session.execute(text("UPDATE accounts SET email = 'alice@example.org'"))
    set_up_logs("plain")
    log().error("unexpected error", exc_info=caught.value)
    lines = said(capsys)
    assert "IntegrityError" in lines
    assert "alice" not in lines


@pytest.mark.parametrize(
    "kept",
    [
        "2026-11-26T10:11:12.123456Z",
        "app/commissioning/presenters.py:120 in Presenter.rows_of_a_very_long_name",
        "at 10:11:12",
        "version 3.12.1",
        "0f8fad5b-d9cb-469f-a165-70867728950e",
    ],
)
def test_what_names_nobody_is_kept(kept: str) -> None:
    assert cleaned(kept) == kept


@pytest.mark.parametrize(
    "private",
    [
        EMAIL,
        ADDRESS_V4,
        ADDRESS_V6,
        "::1",
        "fe80::1",
        "2001:0db8:0:0:0:0:0:1",
        "2001:db8::7",
        f"{ADDRESS_V4}:5123",
        TOKEN,
    ],
)
def test_what_could_name_somebody_is_not(private: str) -> None:
    assert private not in cleaned(f"from {private}, and ({private}).")
