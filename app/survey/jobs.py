"""What the survey does by itself: counting once a day, closing in time, finishing what is over."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.audit.queries import noted_at
from app.audit.services import note
from app.commissioning.models import Diagnostic
from app.database.session import Database
from app.survey.keys import KeyStore
from app.survey.models import CLOSED, DESTROYED, LAUNCHED, Survey
from app.survey.queries import ANSWERS_FORGOTTEN, surveys_in_state, surveys_to_forget
from app.survey.services.closing import Outcome, close, finish, purge_answers, sweep
from app.survey.services.watching import count_for_today
from app.survey.windows import may_close, must_go_on, opens_at
from app.web.dates import LONDON
from app.web.logs import log

# Counted in the morning, so that the count never tells of the last hours before somebody looked.
_COUNTED_FROM = 6


def look_after_surveys(database: Database, keys: KeyStore, moment: datetime) -> int:
    """Do what is due, and say how much was done."""
    counted, closed = count_surveys(database, moment), close_surveys(database, keys, moment)
    return counted + closed + purge_surveys(database, moment)


def count_surveys(database: Database, moment: datetime) -> int:
    """Count the answers of every open survey, once a day."""
    local = moment.astimezone(LONDON)
    if local.hour < _COUNTED_FROM:
        return 0
    with database.transaction() as session:
        surveys = surveys_in_state(session, LAUNCHED)
        return sum(
            count_for_today(session, survey, local.date())
            for survey in surveys
            if moment >= opens_at(survey.opens_on)
        )


def close_surveys(database: Database, keys: KeyStore, moment: datetime) -> int:
    """Close what is over, and finish what was broken off or given up."""
    with database.transaction(writes=False) as session:
        over = [
            survey.diagnostic_id
            for survey in surveys_in_state(session, LAUNCHED)
            if may_close(survey, moment)
        ]
        unfinished = [
            survey.diagnostic_id
            for survey in surveys_in_state(session, CLOSED, DESTROYED)
            if survey.key_destroyed_at is None
        ]
    done = 0
    for diagnostic_id in over:
        outcome = close(database, keys, diagnostic_id, moment)
        if outcome is Outcome.NO_KEY:
            log().warning("a survey waits for its key, which is not on this machine")
        done += outcome is Outcome.CLOSED
    for diagnostic_id in unfinished:
        finish(database, keys, diagnostic_id, moment)
        done += 1
    return done


def purge_surveys(database: Database, moment: datetime) -> int:
    """Delete the stored answers of surveys whose time is up, as staff were promised.

    The log says so only when the database has forgotten them, so that a sweep that was broken off is made
    again.
    """
    day = moment.astimezone(LONDON).date()
    with database.transaction(writes=False) as session:
        if not _over(session, day) and not surveys_to_forget(session):
            return 0
    with database.transaction() as session:
        for survey in _over(session, day):
            purge_answers(session, survey, day)
        session.flush()
        deleted = [survey.diagnostic_id for survey in surveys_to_forget(session)]
    sweep(database)
    with database.transaction() as session:
        for diagnostic_id in deleted:
            _note(session, session.get_one(Diagnostic, diagnostic_id, with_for_update=True))
    return len(deleted)


def _note(session: Session, diagnostic: Diagnostic) -> None:
    if noted_at(session, ANSWERS_FORGOTTEN, diagnostic.authority_code, diagnostic.id) is None:
        note(
            session, ANSWERS_FORGOTTEN, None,
            authority_code=diagnostic.authority_code, subject_id=diagnostic.id,
            months=session.get_one(Survey, diagnostic.id).raw_data_months,
        )  # fmt: skip


def _over(session: Session, day: date) -> list[Survey]:
    found = []
    for survey in surveys_in_state(session, CLOSED):
        last = must_go_on(survey)
        if survey.purged_on is None and last is not None and last <= day:
            found.append(survey)
    return found
