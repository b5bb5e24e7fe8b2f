"""The short way to the database keeps the promises of the long one, and its routes drop no check."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from fastapi.routing import iter_route_contexts
from sqlalchemy import bindparam, func, insert, select, text
from sqlalchemy.exc import DBAPIError

from app.commissioning.models import Authority
from app.database.direct import Statement
from app.database.session import Database
from app.main import Service
from app.rooms import BALLOT_ROUTES
from app.survey.asked import open_survey, questionnaire_asked
from app.survey.models import Survey
from app.survey.questionnaire import questionnaire_of
from app.survey.respondent.pages import answering
from app.survey.respondent.start_pages import starting
from app.web.plain_routes import PlainRoutes
from tests.service.browser import Browser

ADD = Statement(insert(Authority))
NAME = Statement(select(Authority.name).where(Authority.code == bindparam("code")))
NEW = {"code": "XNEW", "name": "Secret Borough", "kind": "invented", "region": "None", "judged_on": None}


def new() -> dict[str, object]:
    return {column.name: NEW.get(column.name, "") for column in Authority.__table__.columns}


def count(database: Database) -> int:
    with database.transaction(writes=False) as session:
        return session.scalar(select(func.count()).select_from(Authority)) or 0


def test_what_was_done_on_the_short_way_is_kept(database: Database) -> None:
    with database.direct() as direct:
        direct.run(ADD, new())
    with database.direct(writes=False) as direct:
        assert direct.one(NAME, {"code": "XNEW"}) == ("Secret Borough",)
        assert direct.one(NAME, {"code": "XNONE"}) is None


def test_what_was_raised_on_the_short_way_undoes_everything(database: Database) -> None:
    with pytest.raises(RuntimeError), database.direct() as direct:
        direct.run(ADD, new())
        raise RuntimeError
    assert count(database) == 0


def test_whoever_only_looks_cannot_write_on_any_way(database: Database) -> None:
    with pytest.raises(DBAPIError), database.direct(writes=False) as direct:
        direct.run(ADD, new())
    with pytest.raises(DBAPIError), database.transaction(writes=False) as session:
        session.execute(insert(Authority), new())
    assert count(database) == 0
    # The same connections look on, and others write.
    with database.direct() as direct:
        direct.run(ADD, new())
    assert count(database) == 1


def test_an_error_on_the_short_way_does_not_repeat_what_was_sent(database: Database) -> None:
    missing = Statement(select(text("1")).where(text("nowhere = 1"), Authority.name == bindparam("name")))
    with pytest.raises(DBAPIError) as caught, database.direct() as direct:
        direct.one(missing, {"name": "Secret Borough"})
    assert "Secret" not in str(caught.value)


def test_both_ways_read_the_same_survey(database: Database, survey_id: UUID) -> None:
    with database.transaction() as session:
        survey = session.get_one(Survey, survey_id)
        survey.open_code = "code"
        session.flush()
        asked = open_survey(session, "code")
        assert asked is not None
        assert {name: getattr(survey, name) for name in asked.__slots__} == {
            name: getattr(asked, name) for name in asked.__slots__
        }
        assert questionnaire_asked(session, asked) is questionnaire_of(survey)


def test_what_staff_who_answer_open_is_behind_their_own_door(service: Service) -> None:
    """So that nothing which looks at other requests, such as the log of requests, can see theirs."""
    assert [*service.respondents.routes] == [*answering, *starting]
    others = {str(route.path) for route in iter_route_contexts(service.routes)}
    assert {route.path for route in BALLOT_ROUTES}.isdisjoint(others)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/s/" + "x" * 43, 404),
        ("GET", "/s/one/too/many", 404),
        ("GET", "/survey/saved", 404),
        ("PUT", "/survey/submit", 405),
        ("POST", "/survey/submit", 403),
    ],
)
def test_every_answer_at_that_door_is_protected(
    browser: Browser, method: str, path: str, status: int
) -> None:
    """The address of a link tells no other page that there is such a token, not even a wrong one."""
    answer = browser.client.request(method, path)
    assert answer.status_code == status
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "<h1" in answer.text


def test_that_door_knows_the_service_only_by_its_own_names(browser: Browser) -> None:
    answer = browser.client.get("/survey/saved", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400


@pytest.mark.parametrize("way", ["headers", "no headers"])
def test_more_text_than_any_form_takes_is_refused_in_words(browser: Browser, way: str) -> None:
    """Also where nobody says beforehand how much it will be."""
    sent = b"ballot=x&COM1=" + b"a" * 1024**2
    content: Any = sent if way == "headers" else iter([sent])
    answer = browser.client.post(
        "/survey/questions/about-you",
        content=content,
        headers={"content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin"},
    )
    assert answer.status_code == 413
    assert "Go back, shorten what you wrote" in answer.text


def test_a_connection_that_is_lost_in_the_middle_of_a_form_is_no_error(
    service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    said: list[Any] = []
    parts: list[Any] = [
        {"type": "http.request", "body": b"ballot=", "more_body": True},
        {"type": "http.disconnect"},
    ]
    headers = [(b"host", b"diagnostic.test"), (b"content-type", b"application/x-www-form-urlencoded")]
    scope = {"type": "http", "method": "POST", "path": "/survey/submit", "headers": headers}

    async def receive() -> Any:
        return parts.pop(0)

    async def send(message: Any) -> None:
        said.append(message)

    asyncio.run(service({**scope, "query_string": b"", "root_path": ""}, receive, send))
    assert (parts, said, capsys.readouterr().err) == ([], [], "")


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("application/x-www-form-urlencoded", b"&".join([b"ballot=x"] * 1001)),
        ("application/x-www-form-urlencoded", b"\xff=%ff&ballot=%zz&="),
        ("multipart/form-data; boundary=a", b"--a\r\n"),
        ("application/json", b"{}"),
        ("", b""),
    ],
)
def test_what_no_page_of_ours_sends_is_refused(browser: Browser, kind: str, content: bytes) -> None:
    headers = {"content-type": kind, "sec-fetch-site": "same-origin"}
    for path in ("/survey/questions/about-you", "/survey/submit", "/s/begin"):
        answer = browser.client.post(path, content=content, headers=headers)
        assert answer.status_code in (400, 403), path
        assert "<h1" in answer.text


def test_a_route_that_only_the_framework_could_call_is_refused() -> None:
    routes = PlainRoutes(lambda request, form: None)

    async def waits(request: object) -> None: ...

    def wants(request: object, database: object) -> None: ...

    for endpoint in (waits, wants):
        with pytest.raises(TypeError, match="not an endpoint"):
            routes.get("/")(endpoint)  # type: ignore[type-var] # which is what is tested
    assert list(routes) == []
