"""When a survey may be answered: whole days in London, and one more hour for whoever has begun."""

from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache

from app.survey.asked import AskedSurvey
from app.survey.models import LAUNCHED, Survey
from app.web.dates import LONDON, months_after

GRACE = timedelta(hours=1)
# So long after the last day nobody who could still close or extend a survey needs its list of addresses.
LIST_DAYS = 14
# By then the machine that has the key has closed a survey, if there is one.
_TIME_TO_CLOSE = timedelta(minutes=15)


class Standing(Enum):
    """Where a survey stands for whoever would begin to answer."""

    SOON = "its first day is to come"
    NOT_READY = "a custodian has yet to fetch their copy of the key"
    OPEN = "open"
    OVER = "over"


@lru_cache(maxsize=1000)
def opens_at(opens_on: date) -> datetime:
    """Give the first moment of a day in London."""
    return datetime.combine(opens_on, time(), tzinfo=LONDON).astimezone(UTC)


def closes_at(closes_on: date) -> datetime:
    """Give the moment at which a day in London ends, which is 23 or 25 hours after it began twice a year."""
    return opens_at(closes_on + timedelta(days=1))


def standing(survey: Survey | AskedSurvey, moment: datetime) -> Standing:
    """Say where a survey stands at a moment."""
    if survey.state != LAUNCHED or moment >= closes_at(survey.closes_on):
        return Standing.OVER
    if moment < opens_at(survey.opens_on):
        return Standing.SOON
    return Standing.OPEN if survey.keys_fetched else Standing.NOT_READY


def closable_at(closes_on: date) -> datetime:
    """Give the moment from which the inbox may be opened: an hour after a survey's last day."""
    return closes_at(closes_on) + GRACE


def needs_key_here(survey: Survey, moment: datetime, *, alone: bool) -> bool:
    """Say whether a survey's key should be on the machine that asks.

    Where the service runs on several machines another one may have it, until it should have closed by then.
    """
    late = moment >= closable_at(survey.closes_on) + _TIME_TO_CLOSE
    return survey.state == LAUNCHED and (alone or late)


def list_goes_at(closes_on: date) -> datetime:
    """Give the moment at which the list of addresses goes, whether or not the survey was closed by then."""
    return closes_at(closes_on + timedelta(days=LIST_DAYS))


def may_start(survey: Survey | AskedSurvey, moment: datetime) -> bool:
    """Say whether somebody may begin to answer; not before both custodians have their copy of the key."""
    return standing(survey, moment) is Standing.OPEN


def may_go_on(survey: Survey | AskedSurvey, moment: datetime) -> bool:
    """Say whether somebody who has begun may still answer and submit."""
    end = closable_at(survey.closes_on)
    return survey.state == LAUNCHED and opens_at(survey.opens_on) <= moment < end


def is_last_hour(survey: Survey | AskedSurvey, moment: datetime) -> bool:
    """Say whether a survey has ended and only those who have begun may still send."""
    return moment >= closes_at(survey.closes_on) and may_go_on(survey, moment)


def must_go_on(survey: Survey) -> date | None:
    """Give the day on which the stored answers must be gone: so many months after the close."""
    if survey.closed_on is None:
        return None
    return months_after(survey.closed_on, survey.raw_data_months)


def may_close(survey: Survey, moment: datetime) -> bool:
    """Say whether the inbox may be opened."""
    return survey.state == LAUNCHED and moment >= closable_at(survey.closes_on)
