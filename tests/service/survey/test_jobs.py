"""What the worker does for surveys: what goes wrong with one keeps no other waiting."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.commissioning.models import Diagnostic
from app.database.session import Database
from app.survey.jobs import look_after_surveys
from app.survey.keys import KeyStore
from app.survey.models import CLOSED, LAUNCHED, Response, SealedAnswers, Survey, SurveyComment
from app.survey.services.closing import close
from app.survey.windows import must_go_on
from app.web.logs import set_up_logs
from tests.service.people import HERE, People, diagnostic
from tests.service.survey.staff import OVER, launched, let_answer, noon
from tests.service.survey.test_closing import TWELVE


def another(database: Database, keys: KeyStore, people: People, wave: int) -> UUID:
    """Launch one more survey of the same council."""
    with database.transaction() as session:
        made = diagnostic(session, HERE, people.alice, wave=wave)
        return launched(session, keys, people, diagnostic_id=made).diagnostic_id


def states(database: Database) -> dict[UUID, str]:
    with database.transaction(writes=False) as session:
        return {survey.diagnostic_id: survey.state for survey in session.query(Survey)}


def left(session: Session, table: type[Response | SurveyComment | SealedAnswers], survey_id: UUID) -> int:
    return session.query(table).filter_by(diagnostic_id=survey_id).count()


def test_a_damaged_survey_keeps_no_other_from_its_close_and_no_answers_beyond_their_day(
    database: Database,
    keys: KeyStore,
    people: People,
    survey_id: UUID,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The first was closed a year ago, the second lost its framework, and the third is over as well."""
    set_up_logs("json")
    damaged, third = (another(database, keys, people, wave) for wave in (2, 3))
    for one in (survey_id, damaged, third):
        let_answer(database, one, TWELVE)
    with time_machine.travel(OVER):
        close(database, keys, survey_id, OVER)
    with database.transaction() as session:
        session.execute(
            update(Survey).where(Survey.diagnostic_id == damaged).values(framework_digest="of another file")
        )
        last_day = must_go_on(session.get_one(Survey, survey_id))
    assert last_day is not None
    with time_machine.travel(noon(last_day)):
        look_after_surveys(database, keys, noon(last_day))
    assert states(database) == {survey_id: CLOSED, damaged: LAUNCHED, third: CLOSED}
    with database.transaction(writes=False) as session:
        assert left(session, Response, survey_id) == left(session, SurveyComment, survey_id) == 0
        assert session.get_one(Survey, survey_id).purged_on == last_day
        assert left(session, SealedAnswers, damaged) == 12
        assert left(session, Response, third) == 12
    assert str(damaged) in capsys.readouterr().err


@pytest.mark.parametrize("duty", ["count_surveys", "close_surveys"])
def test_a_duty_that_fails_keeps_no_answers_beyond_their_day(
    database: Database, keys: KeyStore, survey_id: UUID, monkeypatch: pytest.MonkeyPatch, duty: str
) -> None:
    let_answer(database, survey_id, TWELVE)
    with time_machine.travel(OVER):
        close(database, keys, survey_id, OVER)

    def fail(*_: object) -> int:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(f"app.survey.jobs.{duty}", fail)
    look_after_surveys(database, keys, OVER + timedelta(days=400))
    with database.transaction(writes=False) as session:
        assert left(session, Response, survey_id) == 0
        assert session.get_one(Diagnostic, survey_id).state == CLOSED
