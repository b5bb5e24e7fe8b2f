"""One request, one transaction, kept before the answer is sent."""

import pytest
from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from app.accounts.access import Everyone
from app.commissioning.models import Authority
from app.database.session import Database, SessionDep
from app.main import Service
from app.web.notices import redirect
from app.web.templating import page
from tests.service.browser import Browser
from tests.service.conftest import ADDRESS


def add_routes(service: Service) -> None:
    @service.get("/add", dependencies=[Depends(Everyone())])
    def form(request: Request) -> HTMLResponse:
        return page(
            request, "errors/problem.html.j2", problem={"title": "A form", "message": "", "status": 200}
        )

    @service.post("/add/{code}", dependencies=[Depends(Everyone())])
    def add(request: Request, session: SessionDep, code: str) -> object:
        session.add(Authority(code=code, name=code, kind="invented", region="None"))
        session.flush()
        if code == "XRAISES":
            raise RuntimeError("after the flush")
        return redirect(request, "/add", "It is saved.")

    @service.get("/write", dependencies=[Depends(Everyone())])
    def write(session: SessionDep) -> str:
        session.add(Authority(code="XGET", name="Looked", kind="invented", region="None"))
        session.flush()
        return "written"


def token(browser: Browser) -> dict[str, str]:
    from app.web.protection import TOKEN_HEADER, VISIT_COOKIE

    browser.client.cookies.set(VISIT_COOKIE, "a-visit", domain="diagnostic.test")
    return {TOKEN_HEADER: browser.service.state.secrets.sign("form", "a-visit")}


def codes(database: Database) -> list[str]:
    with database.transaction(writes=False) as session:
        return list(session.scalars(select(Authority.code).where(Authority.code.startswith("X"))))


@pytest.fixture
def browser(own_service: Service) -> Browser:
    add_routes(own_service)
    return Browser(own_service, ADDRESS)


def test_what_a_request_did_is_kept_when_it_answers(browser: Browser, database: Database) -> None:
    answer = browser.client.post("/add/XNEW", headers=token(browser))
    assert answer.status_code == 200
    assert "It is saved." in answer.text
    assert codes(database) == ["XNEW"]


def test_an_error_after_the_flush_undoes_everything(browser: Browser, database: Database) -> None:
    answer = browser.client.post("/add/XRAISES", headers=token(browser))
    assert answer.status_code == 500
    assert "after the flush" not in answer.text
    assert codes(database) == []


def test_a_commit_that_fails_never_shows_success(
    browser: Browser, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(self: Session) -> None:
        raise OperationalError("COMMIT", {}, Exception("disk full"))

    monkeypatch.setattr(Session, "commit", lost)
    answer = browser.client.post("/add/XLOST", headers=token(browser), follow_redirects=False)
    monkeypatch.undo()
    assert answer.status_code == 500
    assert "set-cookie" not in answer.headers or "notice" not in answer.headers["set-cookie"]
    assert codes(database) == []


def test_looking_at_a_page_cannot_change_anything(browser: Browser, database: Database) -> None:
    assert browser.client.get("/write").status_code == 500
    assert codes(database) == []


def test_a_promise_to_only_read_is_held_by_the_database(database: Database) -> None:
    with pytest.raises(DBAPIError), database.transaction(writes=False) as session:
        session.execute(text("DELETE FROM authorities"))
