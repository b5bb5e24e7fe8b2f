"""The short way to the database keeps the promises of the long one, and its routes drop no check."""

from uuid import UUID

import pytest
from fastapi import APIRouter, Depends, FastAPI
from fastapi.routing import iter_route_contexts
from sqlalchemy import bindparam, func, insert, select, text
from sqlalchemy.exc import DBAPIError

from app.commissioning.models import Authority
from app.database.direct import Statement
from app.database.session import Database
from app.survey.asked import open_survey, questionnaire_asked
from app.survey.models import Survey
from app.survey.questionnaire import questionnaire_of
from app.survey.respondent.pages import answering, starting
from app.web.plain_routes import PlainRoute
from app.web.protection import form_data

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


def test_a_plain_route_runs_every_check_that_is_declared_for_it(service: FastAPI) -> None:
    """It would not see a check that is added where its router is included."""
    found = 0
    for context in iter_route_contexts(service.routes):
        route = context.original_route
        if isinstance(route, PlainRoute):
            found += 1
            declared = [one.dependency for one in route.dependencies]
            assert [one.call for one in context.dependant.dependencies][: len(declared)] == declared
            calls = {one.call for one in context.dependant.dependencies} - {form_data}
            assert calls == set(declared)
    assert found == len(starting.routes) + len(answering.routes)


def _with_a_session() -> None:
    """Stand for a dependency that FastAPI would have to call."""


def test_a_route_that_only_the_framework_could_call_is_refused() -> None:
    router = APIRouter(route_class=PlainRoute)

    async def waits(request: object) -> None: ...

    def wants(request: object, database: object) -> None: ...

    for endpoint in (waits, wants):
        with pytest.raises(TypeError, match="not an endpoint"):
            router.get("/")(endpoint)
    with pytest.raises(TypeError, match="not a dependency"):
        router.get("/", dependencies=[Depends(_with_a_session)])(lambda request: None)
