"""No route changes anything for a request that did not come from a page of ours."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
import time_machine
from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse
from fastapi.routing import iter_route_contexts
from httpx2 import Client, Response
from sqlalchemy import select

from app.accounts.access import Everyone
from app.commissioning.models import Authority
from app.database.session import SAFE_METHODS, Database, SessionDep
from app.main import Service
from app.rooms import BALLOT_ROUTES
from app.web.errors import NotFound
from app.web.protection import TOKEN_FIELD, TOKEN_HEADER, VISIT_COOKIE, check_form, form_token
from app.web.templating import page
from tests.service.browser import Browser
from tests.service.people import HERE, People

OWN, STRANGER = "same-origin", "cross-site"


@pytest.fixture
def service(own_service: Service) -> Service:
    router = APIRouter()

    @router.post("/test/rename/{authority_code}", dependencies=[Depends(Everyone())])
    def rename(authority_code: str, session: SessionDep) -> str:
        session.get_one(Authority, authority_code).name = "Renamed"
        return "renamed"

    own_service.include_router(router, dependencies=[Depends(check_form)])
    return own_service


def changing(service: Service, people: People) -> Iterator[tuple[str, str]]:
    """Every method and address that can change something, with its parts filled in."""
    routes: list[Any] = [*iter_route_contexts(service.routes), *BALLOT_ROUTES]
    for route in routes:
        for method in sorted((route.methods or set()) - SAFE_METHODS):
            yield method, re.sub(r"{(\w+)(:\w+)?}", lambda part: _value(part[1], people), route.path or "")


def _value(name: str, people: People) -> str:
    known = {"authority_code": HERE, "diagnostic_id": people.here, "account_id": people.bob}
    return str(known.get(name, UUID(int=1) if name.endswith("_id") else "x"))


@pytest.fixture
def client(browser: Browser, people: People) -> Client:
    """A browser in which the programme lead, who may do most, is signed in."""
    client = browser.sign_in(people.petra).client
    client.cookies.set(VISIT_COOKIE, "her-visit", domain=client.base_url.host)
    client.follow_redirects = False
    return client


def token(service: Service, visit: str = "her-visit", purpose: str = "form") -> str:
    signed: str = service.state.secrets.sign(purpose, visit)
    return signed


def check_refused(answer: Response, method: str, path: str) -> None:
    assert answer.status_code == 403, f"{method} {path} answers {answer.status_code}"
    assert "We could not accept this form" in answer.text or path.startswith("/api/"), f"{method} {path}"


def test_every_changing_route_refuses_a_form_that_is_not_ours(
    service: Service, client: Client, people: People
) -> None:
    found = list(changing(service, people))
    assert ("POST", f"/test/rename/{HERE}") in found
    wrong: list[dict[str, str]] = [
        {},
        {TOKEN_FIELD: ""},
        {TOKEN_FIELD: "made-up"},
        {TOKEN_FIELD: token(service, "another-visit")},
        {TOKEN_FIELD: token(service, purpose="notice")},
    ]
    for method, path in found:
        for data in wrong:
            headers = {"sec-fetch-site": OWN}
            check_refused(client.request(method, path, data=data, headers=headers), method, path)
        right = {TOKEN_FIELD: token(service)}
        for site in (STRANGER, "same-site"):
            answer = client.request(method, path, data=right, headers={"sec-fetch-site": site})
            check_refused(answer, method, path)
        check_refused(client.request(method, path, json={TOKEN_FIELD: token(service)}), method, path)


def name_of(database: Database) -> str:
    with database.transaction(writes=False) as session:
        return session.scalars(select(Authority.name).where(Authority.code == HERE)).one()


def test_a_refused_form_changes_nothing_and_a_right_one_does(
    service: Service, client: Client, database: Database
) -> None:
    path = f"/test/rename/{HERE}"
    client.post(path, data={TOKEN_FIELD: "made-up"})
    assert name_of(database) == "Wexbourne"
    answer = client.post(path, data={TOKEN_FIELD: token(service)}, headers={"sec-fetch-site": OWN})
    assert answer.status_code == 200
    assert name_of(database) == "Renamed"


def test_a_token_may_come_in_a_header_and_older_browsers_say_no_site(
    service: Service, client: Client
) -> None:
    path = f"/test/rename/{HERE}"
    assert client.post(path, headers={TOKEN_HEADER: token(service)}).status_code == 200


def test_a_token_without_the_cookie_it_was_made_for_is_refused(service: Service, client: Client) -> None:
    client.cookies.delete(VISIT_COOKIE)
    check_refused(client.post(f"/test/rename/{HERE}", data={TOKEN_FIELD: token(service)}), "POST", "/test")


def test_a_token_is_good_for_half_a_day(service: Service, client: Client) -> None:
    with time_machine.travel("2026-11-26T08:00:00Z", tick=False) as clock:
        old = token(service)
        clock.shift(12 * 60 * 60 + 1)
        answer = client.post(f"/test/rename/{HERE}", data={TOKEN_FIELD: old})
    check_refused(answer, "POST", "/test")
    assert "copy anything you do not want to type again" in answer.text


def test_the_visit_cookie_is_kept_from_scripts_other_sites_and_other_hosts(browser: Browser) -> None:
    @browser.service.get("/test/form", dependencies=[Depends(Everyone())])
    def form(request: Request) -> HTMLResponse:
        form_token(request)
        return page(request, "errors/problem.html.j2", problem=NotFound())

    cookie = browser.client.get("/test/form").headers["set-cookie"]
    name, *attributes = (part.strip() for part in cookie.split(";"))
    assert name.startswith("__Host-visit=")
    assert {"Path=/", "Secure", "HttpOnly", "SameSite=Lax"} <= set(attributes)
    assert not any(part.startswith("Domain") for part in attributes)
