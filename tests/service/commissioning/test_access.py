"""Who may open and change what: by role, and never across councils."""

import pytest
from fastapi.routing import APIRoute

from app.commissioning.pages import authorities, beginning, data_protection, details, timetable
from app.commissioning.pages import people as people_pages
from app.database.session import Database
from tests.service.browser import Browser
from tests.service.commissioning.furniture import actions, complete
from tests.service.people import ELSEWHERE, HERE, People

PERSONAS = ("alice", "bob", "charlie", "dana", "petra")
SEEN = {"alice": 200, "bob": 200, "charlie": 404, "dana": 200, "petra": 200}
RUN = SEEN | {"bob": 403}
# Every address of the room that can be looked at, and what it answers to whom.
ADDRESSES = {
    "/authorities": dict.fromkeys(PERSONAS, 200),
    "/authorities/{authority_code}": SEEN,
    "/authorities/{authority_code}/judgement": RUN,
    "/authorities/{authority_code}/diagnostics/new": RUN,
    "/diagnostics/{diagnostic_id}/details": SEEN,
    "/diagnostics/{diagnostic_id}/details/running": RUN,
    "/diagnostics/{diagnostic_id}/details/scope": RUN,
    "/diagnostics/{diagnostic_id}/details/scope/areas": RUN,
    "/diagnostics/{diagnostic_id}/details/scope/roles": RUN,
    "/diagnostics/{diagnostic_id}/details/framework": RUN,
    "/diagnostics/{diagnostic_id}/details/threshold": RUN,
    "/diagnostics/{diagnostic_id}/people": RUN,
    "/diagnostics/{diagnostic_id}/timetable": RUN,
    "/diagnostics/{diagnostic_id}/contact": RUN,
    "/diagnostics/{diagnostic_id}/data-protection": RUN,
    "/diagnostics/{diagnostic_id}/data-protection/basis": RUN,
    "/diagnostics/{diagnostic_id}/data-protection/retention": RUN,
    "/diagnostics/{diagnostic_id}/next-wave": RUN,
    "/diagnostics/{diagnostic_id}/delete": RUN,
}


def routes(method: str) -> list[str]:
    parts = (authorities, beginning, details, people_pages, timetable, data_protection)
    found = [route for part in parts for route in part.router.routes]
    assert all(isinstance(one, APIRoute) for one in found)
    return sorted({one.path for one in found if isinstance(one, APIRoute) and method in (one.methods or ())})


def filled(address: str, people: People) -> str:
    return address.format(authority_code=HERE, diagnostic_id=people.here)


def test_every_address_of_the_room_is_listed_here() -> None:
    assert routes("GET") == sorted(ADDRESSES)
    assert set(routes("POST")) <= set(ADDRESSES)


@pytest.mark.parametrize("persona", PERSONAS)
def test_what_each_role_may_look_at(
    browser: Browser, database: Database, people: People, persona: str
) -> None:
    complete(database, people.here, people)
    browser.sign_in(getattr(people, persona))
    for address, expected in ADDRESSES.items():
        page = browser.get(filled(address, people), status=expected[persona])
        if persona == "charlie":
            assert "Wexbourne" not in page.text, address


@pytest.mark.parametrize("persona", ["bob", "charlie"])
def test_whoever_may_not_change_anything_cannot_send_it_either(
    browser: Browser, database: Database, people: People, persona: str
) -> None:
    """The token of a form that somebody may send is no permission for another form."""
    browser.sign_in(people.alice)
    token = browser.get(f"/diagnostics/{people.here}/contact").fields()["form-token"][0]
    browser.sign_in(getattr(people, persona))
    for address in routes("POST"):
        answer = browser.client.post(filled(address, people), data={"form-token": token, "revision": "1"})
        assert answer.status_code == ADDRESSES[address][persona], address
    assert actions(database) == []


def test_whoever_is_not_signed_in_is_sent_to_sign_in(browser: Browser, people: People) -> None:
    for address in ADDRESSES:
        answer = browser.client.get(filled(address, people), follow_redirects=False)
        assert (answer.status_code, answer.headers["location"][:8]) == (303, "/sign-in"), address


def test_an_unknown_diagnostic_and_another_council_s_look_the_same(browser: Browser, people: People) -> None:
    browser.sign_in(people.alice)
    other = browser.get(f"/diagnostics/{people.elsewhere}/details", status=404)
    unknown = browser.get(f"/diagnostics/{people.alice}/details", status=404)
    assert other.text == unknown.text
    browser.get("/diagnostics/nonsense/details", status=404)
    assert ELSEWHERE not in other.text
