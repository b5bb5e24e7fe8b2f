"""What the survey does by itself: counting once a day, closing in time, finishing what is over."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from uuid import UUID

from sqlalchemy.orm import Session

from app.audit.queries import noted_at
from app.audit.services import note
from app.commissioning.models import Diagnostic
from app.database.session import Database
from app.survey.keys import KeyStore
from app.survey.models import CLOSED, DESTROYED, LAUNCHED, Survey
from app.survey.queries import (
    ANSWERS_FORGOTTEN,
    LIST_FORGOTTEN,
    find_survey,
    has_old_list,
    surveys_in_state,
    surveys_to_forget,
)
from app.survey.services.closing import Outcome, close, finish, forget_list, purge_answers, sweep
from app.survey.services.watching import count_for_today
from app.survey.windows import LIST_DAYS, list_goes_at, may_close, must_go_on, opens_at
from app.web.dates import LONDON
from app.web.logs import log

# Counted in the morning, so that the count never tells of the last hours before somebody looked.
_COUNTED_FROM = 6


def look_after_surveys(database: Database, keys: KeyStore, moment: datetime) -> int:
    """Do what is due, and say how much was done.

    What goes wrong with one survey, or with one of these duties, keeps none of the others waiting: the day on
    which answers are deleted was promised. Where a whole duty failed, the caller is told when all were tried.
    """
    duties: Sequence[tuple[str, Callable[[], int]]] = (
        ("counting", partial(count_surveys, database, moment)),
        ("closing", partial(close_surveys, database, keys, moment)),
        ("deleting", partial(purge_surveys, database, moment)),
        ("deleting lists", partial(forget_lists, database, moment)),
    )
    done, failed = 0, None
    for duty, do in duties:
        try:
            done += do()
        except Exception as error:
            log().error("surveys could not be looked after", duty=duty, exc_info=error)
            failed = failed or error
    if failed is not None:
        raise failed
    return done


def _safely(duty: str, do: Callable[[], int], diagnostic_id: UUID) -> int:
    """Do something for one survey; where it fails, log it and go on. The next round tries it again.

    Nobody else is told, since such a survey may wait for days for a person, and the worker slows down after
    failures.
    """
    try:
        return do()
    except Exception as error:
        log().error(
            "a survey could not be looked after", duty=duty, diagnostic=str(diagnostic_id), exc_info=error
        )
        return 0


def _due(duty: str, surveys: Sequence[Survey], is_due: Callable[[Survey], bool]) -> list[UUID]:
    """Give the surveys for which a duty is due; one whose days cannot be reckoned with is left out."""
    return [one.diagnostic_id for one in surveys if _safely(duty, partial(is_due, one), one.diagnostic_id)]


def count_surveys(database: Database, moment: datetime) -> int:
    """Count the answers of every open survey, once a day."""
    local = moment.astimezone(LONDON)
    if local.hour < _COUNTED_FROM:
        return 0
    day = local.date()
    with database.transaction(writes=False) as session:
        due = _due(
            "counting",
            surveys_in_state(session, LAUNCHED),
            lambda survey: survey.counted_on != day and moment >= opens_at(survey.opens_on),
        )
    return sum(_safely("counting", partial(_count, database, one, day), one) for one in due)


def _count(database: Database, diagnostic_id: UUID, day: date) -> int:
    with database.transaction() as session:
        survey = find_survey(session, diagnostic_id, lock=True)
        return int(survey is not None and count_for_today(session, survey, day))


def close_surveys(database: Database, keys: KeyStore, moment: datetime) -> int:
    """Close what is over, finish what was broken off or given up, and keep no key that is not needed."""
    with database.transaction(writes=False) as session:
        launched = surveys_in_state(session, LAUNCHED)
        over = _due("closing", launched, lambda survey: may_close(survey, moment))
        unfinished = [
            survey.diagnostic_id
            for survey in surveys_in_state(session, CLOSED, DESTROYED)
            if survey.key_destroyed_at is None
        ]
        closed_elsewhere = [
            survey.diagnostic_id
            for survey in surveys_in_state(session, CLOSED, DESTROYED)
            if survey.key_destroyed_at is not None and keys.has(survey.diagnostic_id)
        ]
    done = 0
    for one in over:
        done += _safely("closing", partial(_close, database, keys, one, moment), one)
    for one in unfinished:
        done += _safely("closing", partial(_finish, database, keys, one, moment), one)
    for one in closed_elsewhere:
        # Another machine, to which a custodian brought the key, could only destroy its own.
        keys.destroy(one)
        done += 1
    return done


def _close(database: Database, keys: KeyStore, diagnostic_id: UUID, moment: datetime) -> int:
    outcome = close(database, keys, diagnostic_id, moment)
    if outcome is Outcome.NO_KEY:
        log().warning("a survey waits for its key, which is not on this machine")
    if outcome is Outcome.UNREADABLE:
        log().warning("too few answers of a survey can be read, so it stays as it is")
    return int(outcome is Outcome.CLOSED)


def _finish(database: Database, keys: KeyStore, diagnostic_id: UUID, moment: datetime) -> int:
    finish(database, keys, diagnostic_id, moment)
    return 1


def purge_surveys(database: Database, moment: datetime) -> int:
    """Delete the stored answers of surveys whose time is up, as staff were promised.

    The log says so only when the database has forgotten them, so that a sweep that was broken off is made
    again.
    """
    day = moment.astimezone(LONDON).date()
    with database.transaction(writes=False) as session:
        closed = surveys_in_state(session, CLOSED)
        over = _due("deleting", closed, lambda survey: _must_purge(survey, day))
    for one in over:
        _safely("deleting", partial(_purge, database, one, day), one)
    with database.transaction(writes=False) as session:
        deleted = [survey.diagnostic_id for survey in surveys_to_forget(session)]
    if not deleted:
        return 0
    sweep(database)
    with database.transaction() as session:
        for one in deleted:
            _note(session, session.get_one(Diagnostic, one, with_for_update=True))
    return len(deleted)


def _purge(database: Database, diagnostic_id: UUID, day: date) -> int:
    with database.transaction() as session:
        survey = find_survey(session, diagnostic_id, lock=True)
        if survey is None or survey.purged_on is not None:
            return 0
        purge_answers(session, survey, day)
    return 1


def forget_lists(database: Database, moment: datetime) -> int:
    """Delete addresses, reminders and drafts a fortnight after the last day, if nobody closed the survey.

    A survey that too few answered, or whose key is missing, may wait for long; its list must not. The log
    says so only when the database has forgotten it.
    """
    with database.transaction(writes=False) as session:
        launched = surveys_in_state(session, LAUNCHED)
        due = _due("deleting lists", launched, lambda survey: has_old_list(session, survey, moment))
    if not due:
        return 0
    with database.transaction() as session:
        for one in due:
            survey = find_survey(session, one, lock=True)
            if survey is not None and moment >= list_goes_at(survey.closes_on):
                forget_list(session, one)
    sweep(database)
    with database.transaction() as session:
        for one in due:
            diagnostic = session.get_one(Diagnostic, one)
            note(
                session, LIST_FORGOTTEN, None,
                authority_code=diagnostic.authority_code, subject_id=one, days=LIST_DAYS,
            )  # fmt: skip
    return len(due)


def _note(session: Session, diagnostic: Diagnostic) -> None:
    if noted_at(session, ANSWERS_FORGOTTEN, diagnostic.authority_code, diagnostic.id) is None:
        note(
            session, ANSWERS_FORGOTTEN, None,
            authority_code=diagnostic.authority_code, subject_id=diagnostic.id,
            months=session.get_one(Survey, diagnostic.id).raw_data_months,
        )  # fmt: skip


def _must_purge(survey: Survey, day: date) -> bool:
    last = must_go_on(survey)
    return survey.purged_on is None and last is not None and last <= day
