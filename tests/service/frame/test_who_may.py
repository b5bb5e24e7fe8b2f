"""Who may see a frame and who may change it."""

import pytest

from app.database.session import Database
from tests.service.browser import Browser
from tests.service.frame.frames import USUAL, address, read, write
from tests.service.people import People

SEEN = ("", "/preview", "/frame.csv", "/frame.xlsx", "/template.csv", "/template.xlsx")
RUN = ("/upload",)
POSTED = ("", "/preview", "/upload", "/upload/accept")


def statuses(browser: Browser, people: People) -> list[int]:
    from app.web.protection import TOKEN_HEADER, VISIT_COOKIE

    browser.client.cookies.set(VISIT_COOKIE, "a-visit", domain="diagnostic.test")
    headers = {TOKEN_HEADER: browser.service.state.secrets.sign("form", "a-visit")}
    found = [browser.client.get(address(people.here, path)).status_code for path in (*SEEN, *RUN)]
    posted = [
        browser.client.post(address(people.here, path), data={"action": "add"}, headers=headers).status_code
        for path in POSTED
    ]
    return [*found, *posted]


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("alice", [200] * 7 + [200, 409, 200, 403]),
        ("dana", [200] * 7 + [200, 409, 200, 403]),
        ("petra", [200] * 7 + [200, 409, 200, 403]),
        ("bob", [200] * 6 + [403] * 5),
        ("charlie", [404] * 11),
    ],
)
def test_each_persona(
    browser: Browser, people: People, database: Database, who: str, expected: list[int]
) -> None:
    write(database, people.here)
    browser.sign_in(getattr(people, who))
    assert statuses(browser, people) == expected
    assert read(database, people.here) == dict(USUAL)


def test_whoever_is_not_signed_in_is_asked_to(browser: Browser, people: People) -> None:
    for path in (*SEEN, *RUN):
        answer = browser.client.get(address(people.here, path), follow_redirects=False)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/sign-in")


def test_a_reader_sees_the_numbers_and_no_form(browser: Browser, people: People, database: Database) -> None:
    page = browser.sign_in(people.bob).get(address(people.here))
    assert "The workforce has not been described yet." in page.text
    write(database, people.here)
    for part in ("", "/preview"):
        page = browser.get(address(people.here, part))
        assert page.own_forms == []
        assert [one for main in page.all("main") for one in main.iter() if one.tag == "input"] == []
        assert ["Early help", "4", "8", "8", "44", "9", "73"] in page.rows()
