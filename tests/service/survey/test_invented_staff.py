"""The command that lets invented staff answer, against a service that really runs."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from typer.testing import CliRunner, Result

from app.cli import app
from app.database.session import Database
from app.settings import Settings
from app.survey.keys import KeyStore
from app.survey.models import Draft, SealedAnswers, SpentMark, Survey
from app.survey.sealing import unseal
from tests.service.running.process import serving
from tests.service.survey.staff import open_today
from tests.service.survey.test_canary import refusing_answers
from tests.service.survey.test_respondent import rows

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost", "::1"])
CODE = "marlshire-7f3k"


@pytest.fixture
def link(database: Database, settings: Settings, survey_id: UUID) -> Iterator[str]:
    """The open link of a survey that is open, at a service on this machine without https."""
    with database.transaction() as session:
        survey = session.get_one(Survey, survey_id)
        open_today(survey)
        survey.open_code = CODE
    with serving(settings.data_folder, settings=[("DATABASE_URL", settings.database_url)]) as service:
        yield f"{service.address}/o/{CODE}"


def let_answer(link: str, number: int) -> Result:
    return CliRunner().invoke(app, ["demo-respondents", link, "--number", str(number)])


def test_everybody_answers_as_a_person_of_their_own(
    link: str, database: Database, survey_id: UUID, keys: KeyStore
) -> None:
    result = let_answer(link, 3)
    assert (result.exit_code, "3 invented people have answered." in result.output) == (0, True), result.output
    assert rows(database, SpentMark, SealedAnswers, Draft) == [3, 3, 0]
    with database.transaction(writes=False) as session:
        boxes = session.query(SealedAnswers.sealed).all()
    given = [unseal(sealed, keys.get(survey_id)) for (sealed,) in boxes]
    assert len({str(one.answers) for one in given}) == 3


def test_a_survey_that_takes_no_answers_is_told_in_words(link: str, database: Database) -> None:
    with refusing_answers(database):
        result = let_answer(link, 2)
    assert result.exit_code == 2
    assert "“Sorry, there is a problem with the service”" in result.output
    assert "0 of 2 invented people have answered." in result.output
    assert rows(database, SealedAnswers) == [0]


def test_a_link_that_leads_nowhere_is_told_in_words(link: str) -> None:
    result = let_answer(link.replace(CODE, "another"), 2)
    assert (result.exit_code, "no survey that is open now" in result.output) == (2, True), result.output
