"""Every route, for every role, in one's own council and in another's."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID, uuid4

import pytest
from fastapi.routing import APIRoute, iter_route_contexts
from httpx2 import Response

from app.accounts.access import Access
from app.main import Service
from app.rooms import BALLOT_ROUTES
from app.web.plain_routes import PlainEndpoint
from app.web.protection import TOKEN_HEADER, VISIT_COOKIE
from tests.service.access_table import (
    BRIEF_READER,
    EVERYONE,
    GATHER,
    LINK_HOLDER,
    OUTCOMES,
    PEOPLE,
    PROGRAMME_LEAD,
    RUN,
    SEE,
    SHARE,
    SIGNED_IN,
)
from tests.service.browser import Browser
from tests.service.people import ELSEWHERE, HERE, People

# What each persona may do in the council "here" and in the one "elsewhere", beyond what anyone signed in may.
_ALL = frozenset({SEE, RUN, GATHER, SHARE, PEOPLE, PROGRAMME_LEAD})
PERSONAS = {
    "alice": {HERE: frozenset({SEE, RUN, SHARE, PEOPLE}), ELSEWHERE: frozenset()},
    "bob": {HERE: frozenset({SEE}), ELSEWHERE: frozenset()},
    "charlie": {HERE: frozenset(), ELSEWHERE: frozenset({SEE, RUN, SHARE, PEOPLE})},
    "dana": {HERE: frozenset({SEE, RUN, GATHER}), ELSEWHERE: frozenset()},
    "petra": {HERE: _ALL, ELSEWHERE: _ALL},
}


@dataclass(frozen=True, slots=True)
class Address:
    """One route, with one of its methods."""

    method: str
    path: str

    @property
    def outcome(self) -> str:
        return OUTCOMES[self.method, self.path]

    def filled(self, people: People, council: str) -> str:
        """Give an address that exists as far as it can: that of a diagnostic in a council."""
        values = {
            "diagnostic_id": people.here if council == HERE else people.elsewhere,
            "authority_code": council,
            "account_id": people.bob,
            "browser_id": uuid4(),
            "row_id": uuid4(),
            "key": "R01",
            "record_id": uuid4(),
            "file_id": uuid4(),
            "revision": 1,
            "characteristic": "cap_find",
            "quote_id": uuid4(),
            "number": 1,
            "heading": "culture",
            "subject": "survey-interview",
            "finding": "verdict",
            "comment_id": uuid4(),
            "action_id": uuid4(),
            "brief_id": uuid4(),
            "name": "brief.pdf",
            "page_id": "about-you",
            "paper_id": "staff-notice",
            "source": "interview",
            "what": "frame",
            "kind": "csv",
            "role": "reader",
            "place": HERE,
            "deed": "disable",
            "token": "x" * 43,
            "code": "nothing",
            "version": "evidence_use-1",
            "table": "stages",
        }
        return self.path.format(**values)


def addresses(service: Service) -> Iterator[Address]:
    found: list[Any] = [*iter_route_contexts(service.routes), *BALLOT_ROUTES]
    for route in found:
        for method in sorted((getattr(route, "methods", None) or set()) - {"HEAD"}):
            yield Address(method, str(route.path))


def routes(service: Service) -> list[APIRoute]:
    found: list[Any] = [getattr(one, "original_route", one) for one in iter_route_contexts(service.routes)]
    return [one for one in found if isinstance(one, APIRoute)]


def ask(browser: Browser, address: Address, path: str) -> Response:
    browser.client.cookies.set(VISIT_COOKIE, "a-visit", domain="diagnostic.test")
    headers = {TOKEN_HEADER: browser.service.state.secrets.sign("form", "a-visit")}
    return browser.client.request(address.method, path, headers=headers, follow_redirects=False)


def asked_to_sign_in(answer: Response) -> bool:
    return answer.status_code == 303 and answer.headers["location"].startswith("/sign-in")


def refused(answer: Response) -> bool:
    return answer.status_code == 403 and "You cannot do this" in answer.text


def test_every_route_has_a_declared_outcome(service: Service) -> None:
    found = {(address.method, address.path) for address in addresses(service)}
    assert found - OUTCOMES.keys() == set(), "declare these in tests/service/access_table.py"
    assert OUTCOMES.keys() - found == set(), "these are declared, but there are no such routes"


def test_every_route_declares_its_access_itself(service: Service) -> None:
    def declared(route: APIRoute) -> bool:
        waiting = [route.dependant]
        while waiting:
            one = waiting.pop()
            if isinstance(cast("object", one.call), Access):
                return True
            waiting += one.dependencies
        return False

    assert routes(service)
    assert [route.path for route in routes(service) if not declared(route)] == []
    plain: list[tuple[str, object]] = [
        (route.path, cast("PlainEndpoint", route.endpoint).check) for route in BALLOT_ROUTES
    ]
    assert plain
    assert [path for path, check in plain if not isinstance(check, Access)] == []


def test_whoever_is_not_signed_in_gets_nothing_but_what_everyone_may(
    service: Service, browser: Browser, people: People
) -> None:
    for address in addresses(service):
        answer = ask(browser, address, address.filled(people, HERE))
        if address.outcome == EVERYONE:
            assert not asked_to_sign_in(answer) or address.path.startswith("/sign"), address
            assert answer.status_code < 500, (address, answer.status_code)
        elif address.outcome == LINK_HOLDER:
            assert answer.status_code in (403, 404), (address, answer.status_code)
        else:
            assert asked_to_sign_in(answer), (address, answer.status_code)


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("council", [HERE, ELSEWHERE])
def test_each_role_may_do_what_is_declared_and_nothing_else(
    service: Service, browser: Browser, people: People, persona: str, council: str
) -> None:
    account: UUID = getattr(people, persona)
    may = PERSONAS[persona][council]
    asked = [one for one in addresses(service) if one.outcome not in (EVERYONE, LINK_HOLDER)]
    # Whoever closes their account can open nothing any more.
    for address in sorted(asked, key=lambda one: one.path == "/account/close"):
        # Some pages end sessions, so that every address is asked for anew.
        browser.sign_in(account)
        path = address.filled(people, council)
        answer = ask(browser, address, path)
        told = (persona, address, answer.status_code)
        assert answer.status_code < 500, told
        if address.outcome == SIGNED_IN:
            # Whoever signs in without a password of ours cannot change one.
            assert not asked_to_sign_in(answer) or path.startswith("/account"), told
        elif address.outcome == BRIEF_READER:
            # There is none; who may read one that is there, the tests of briefs say.
            assert answer.status_code == 404, told
        elif address.outcome in may:
            # Of those who may see the council, its two custodians alone may open the pages of the key.
            assert not refused(answer) or "/survey/key" in address.path, told
            assert not asked_to_sign_in(answer), told
            # What is named beyond council and diagnostic may not be there; those two must be found.
            if set(re.findall(r"{(\w+)}", address.path)) <= {"diagnostic_id", "authority_code"}:
                nothing_there = address.path.startswith("/diagnostics/{diagnostic_id}/survey/")
                assert answer.status_code != 404 or nothing_there, told
        elif address.outcome == PROGRAMME_LEAD or SEE in may:
            assert refused(answer), told
        else:
            assert answer.status_code == 404, told
