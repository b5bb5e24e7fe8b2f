"""A token that is not exactly ours never passes: in a form, in the cookie, or in the address."""

from collections.abc import Callable, Iterator
from urllib.parse import urlencode
from uuid import UUID

import pytest
import time_machine

from app.database.session import Database
from app.survey.models import Ballot, Draft, SealedAnswers, SpentMark, Survey
from app.survey.respondent.access import COOKIE
from app.survey.services.ballots import make_ballots
from app.web.protection import TOKEN_HEADER, VISIT_COOKIE
from tests.service.browser import Browser
from tests.service.survey.staff import NOON
from tests.service.survey.test_respondent import answer_all, rows

Pairs = list[tuple[str, str]]
FORM = {"content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin"}
# What a browser sends is the field or the cookie of this name, once, with this value. Each of these is not.
SPOILT = [
    pytest.param(lambda name, value, other: [], id="omitted"),
    pytest.param(lambda name, value, other: [(name, "")], id="empty"),
    pytest.param(lambda name, value, other: [(name, value), (name, value)], id="repeated"),
    pytest.param(lambda name, value, other: [(name, value), (name, other)], id="with another"),
    pytest.param(lambda name, value, other: [(name, other), (name, value)], id="after another"),
    pytest.param(lambda name, value, other: [(name, ""), (name, value)], id="after an empty one"),
    pytest.param(lambda name, value, other: [(f"{name}[]", value)], id="array"),
    pytest.param(lambda name, value, other: [(f"{name}[0]", value)], id="array with a number"),
    pytest.param(lambda name, value, other: [(name, f'["{value}"]')], id="array as a value"),
    pytest.param(lambda name, value, other: [(name, f"{value},{value}")], id="joined"),
    pytest.param(lambda name, value, other: [(name.swapcase(), value)], id="name in another case"),
    pytest.param(lambda name, value, other: [(name, value.swapcase())], id="other case"),
    pytest.param(lambda name, value, other: [(name, value.lower())], id="lower case"),
    pytest.param(lambda name, value, other: [(name, value[:-8])], id="cut"),
    pytest.param(lambda name, value, other: [(name, value + "A")], id="longer"),
]
Spoil = Callable[[str, str, str], Pairs]


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with time_machine.travel(NOON):
        yield


@pytest.fixture
def tokens(database: Database, survey_id: UUID) -> list[str]:
    """The link of somebody who is about to send, and that of somebody who has not begun."""
    with database.transaction() as session:
        return make_ballots(session, session.get_one(Survey, survey_id), 2)


@pytest.fixture
def sealed(browser: Browser, tokens: list[str]) -> list[str]:
    """Both tokens as they stand in forms; all that is asked is answered with the first."""
    other = browser.get(f"/s/{tokens[1]}").fields()["ballot"][0]
    return [answer_all(browser, tokens[0]).fields()["ballot"][0], other]


def assert_nothing_was_taken(database: Database) -> None:
    assert rows(database, Ballot, Draft, SpentMark, SealedAnswers) == [2, 1, 0, 0]


@pytest.mark.parametrize("spoil", SPOILT)
def test_no_spoilt_field_passes(
    browser: Browser, database: Database, tokens: list[str], sealed: list[str], spoil: Spoil
) -> None:
    sent = urlencode(spoil("ballot", *sealed))
    for path in ("/survey/submit", "/survey/questions/about-you"):
        for cookie in ({}, {"cookie": f"{COOKIE}={tokens[0]}"}):
            browser.client.cookies.clear()
            answer = browser.client.post(path, content=sent, headers={**FORM, **cookie})
            assert answer.status_code == 403, (path, cookie)
    assert_nothing_was_taken(database)


@pytest.mark.parametrize("value", ["unsealed", "x" * 43])
def test_no_token_passes_that_is_not_sealed(
    browser: Browser, database: Database, tokens: list[str], sealed: list[str], value: str
) -> None:
    value = tokens[0] if value == "unsealed" else value
    assert browser.client.post("/survey/submit", data={"ballot": value}, headers=FORM).status_code == 403
    assert_nothing_was_taken(database)


@pytest.mark.parametrize("spoil", SPOILT)
def test_no_spoilt_field_begins(
    browser: Browser, database: Database, sealed: list[str], spoil: Spoil
) -> None:
    browser.client.cookies.delete(COOKIE)
    visit = browser.client.cookies.get(VISIT_COOKIE) or ""
    signed = {TOKEN_HEADER: browser.service.state.secrets.sign("form", visit)}
    answer = browser.client.post(
        "/s/begin", content=urlencode(spoil("ballot", *sealed)), headers={**FORM, **signed}
    )
    assert answer.status_code == 404
    assert COOKIE not in answer.headers.get("set-cookie", "")
    assert_nothing_was_taken(database)


@pytest.mark.parametrize("spoil", SPOILT)
def test_no_spoilt_cookie_passes(
    browser: Browser, database: Database, tokens: list[str], sealed: list[str], spoil: Spoil
) -> None:
    pairs = spoil(COOKIE, *tokens)
    browser.client.cookies.clear()
    cookie = {"cookie": "; ".join(f"{name}={value}" for name, value in pairs)}
    for path in ("/survey/check", "/survey/saved", "/survey/questions/about-you"):
        assert browser.client.get(path, headers=cookie).status_code == 404, path
    # A form whose cookie is gone arrives; one beside a cookie that is spoilt does not.
    if any(name == COOKIE for name, _ in pairs):
        for path in ("/survey/submit", "/survey/questions/about-you"):
            answer = browser.client.post(path, data={"ballot": sealed[0]}, headers={**FORM, **cookie})
            assert answer.status_code == 403, path
    assert_nothing_was_taken(database)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda token, other: "/s", id="omitted"),
        pytest.param(lambda token, other: "/s/", id="empty"),
        pytest.param(lambda token, other: f"/s?token={token}", id="as a parameter"),
        pytest.param(lambda token, other: f"/s/{token}/{token}", id="repeated"),
        pytest.param(lambda token, other: f"/s/{token}{token}", id="repeated without a stroke"),
        pytest.param(lambda token, other: f"/s/{token},{other}", id="with another"),
        pytest.param(lambda token, other: f"/s/{token}[]", id="array"),
        pytest.param(lambda token, other: f"/s/[{token}]", id="in brackets"),
        pytest.param(lambda token, other: f"/s/{token.swapcase()}", id="other case"),
        pytest.param(lambda token, other: f"/s/{token.lower()}", id="lower case"),
        pytest.param(lambda token, other: f"/S/{token}", id="path in another case"),
        pytest.param(lambda token, other: f"/s/{token[:-1]}", id="cut"),
        pytest.param(lambda token, other: f"/s/{token}%00", id="longer"),
        pytest.param(lambda token, other: f"/s/%20{token}", id="after a space"),
    ],
)
def test_no_spoilt_address_passes(
    browser: Browser, database: Database, tokens: list[str], spoil: Callable[[str, str], str]
) -> None:
    answer = browser.client.get(spoil(*tokens))
    assert answer.status_code == 404
    assert "Start the survey" not in answer.text
    assert rows(database, Ballot, Draft, SpentMark, SealedAnswers) == [2, 0, 0, 0]


def test_what_is_not_spoilt_passes_in_the_same_way(
    browser: Browser, database: Database, tokens: list[str], sealed: list[str]
) -> None:
    """So that what is refused here is refused because it is spoilt."""
    browser.client.cookies.clear()
    cookie = {"cookie": f"{COOKIE}={tokens[0]}"}
    assert browser.client.get("/survey/check", headers=cookie).status_code == 200
    assert browser.get(f"/s/{tokens[1]}").heading.startswith("How we use evidence")
    sent = browser.client.post(
        "/survey/submit", content=urlencode({"ballot": sealed[0]}), headers={**FORM, **cookie}
    )
    assert "We have your answers" in sent.text
    assert rows(database, Ballot, Draft, SpentMark, SealedAnswers) == [1, 0, 1, 1]
