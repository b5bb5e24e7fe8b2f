"""The days of a survey are London's, also where the clocks change: in October 2026 back, in March 2027 on.

Moments are written as Greenwich has them, so that no test reckons as the service does.
"""

from datetime import UTC, date, datetime, timedelta
from threading import Event
from uuid import UUID, uuid4

import pytest
import time_machine
from sqlalchemy import select

from app.database.session import Database
from app.mail.carriers import FileCarrier
from app.settings import Settings
from app.survey.conduct.presenters import view_of
from app.survey.invitations.sending import Inviter
from app.survey.invitations.services import add_addresses, plan_reminders
from app.survey.models import LAUNCHED, PlannedReminder, Survey
from app.survey.windows import may_close, may_go_on, may_start

SHORTLY = timedelta(seconds=1)
LAST = "today is the last day"
TOMORROW = "1 more day after today"


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)


def open_between(opens_on: date, closes_on: date) -> Survey:
    return Survey(
        state=LAUNCHED,
        keys_fetched=True,
        opens_on=opens_on,
        closes_on=closes_on,
        people=100,
        counted={},
        returned={},
    )


@pytest.mark.parametrize(
    ("first", "opens"),
    [
        pytest.param(date(2026, 10, 24), "2026-10-23T23:00", id="the day before the clocks go back"),
        pytest.param(date(2026, 10, 25), "2026-10-24T23:00", id="the day on which they go back"),
        pytest.param(date(2026, 10, 26), "2026-10-26T00:00", id="the day after"),
        pytest.param(date(2027, 3, 27), "2027-03-27T00:00", id="the day before they go on"),
        pytest.param(date(2027, 3, 28), "2027-03-28T00:00", id="the day on which they go on"),
        pytest.param(date(2027, 3, 29), "2027-03-28T23:00", id="the day after that"),
    ],
)
def test_a_survey_opens_when_its_first_day_begins_in_london(first: date, opens: str) -> None:
    survey = open_between(first, first + timedelta(days=14))
    for allowed in (may_start, may_go_on):
        assert not allowed(survey, at(opens) - SHORTLY)
        assert allowed(survey, at(opens))


@pytest.mark.parametrize(
    ("last", "ends"),
    [
        # This hour of grace is the one that comes before 1am, not the one that comes twice.
        pytest.param(date(2026, 10, 24), "2026-10-24T23:00", id="the day before the clocks go back"),
        pytest.param(date(2026, 10, 25), "2026-10-26T00:00", id="the day on which they go back"),
        pytest.param(date(2026, 10, 26), "2026-10-27T00:00", id="the day after"),
        # Midnight to 1am: the next moment is 2am.
        pytest.param(date(2027, 3, 27), "2027-03-28T00:00", id="the day before they go on"),
        pytest.param(date(2027, 3, 28), "2027-03-28T23:00", id="the day on which they go on"),
        pytest.param(date(2027, 3, 29), "2027-03-29T23:00", id="the day after that"),
    ],
)
def test_a_survey_ends_with_its_last_day_in_london_and_closes_an_hour_later(last: date, ends: str) -> None:
    survey = open_between(last - timedelta(days=14), last)
    end, closes = at(ends), at(ends) + timedelta(hours=1)
    assert may_start(survey, end - SHORTLY)
    assert not may_start(survey, end)
    assert may_go_on(survey, end)
    assert may_go_on(survey, closes - SHORTLY)
    assert not may_close(survey, closes - SHORTLY)
    assert not may_go_on(survey, closes)
    assert may_close(survey, closes)


@pytest.mark.parametrize(
    ("last", "moment", "said"),
    [
        (date(2026, 10, 25), "2026-10-23T23:00", TOMORROW),
        (date(2026, 10, 25), "2026-10-24T22:30", TOMORROW),
        (date(2026, 10, 25), "2026-10-24T23:30", LAST),
        (date(2026, 10, 25), "2026-10-25T23:59", LAST),
        (date(2027, 3, 28), "2027-03-26T12:00", "2 more days after today"),
        (date(2027, 3, 28), "2027-03-27T23:30", TOMORROW),
        (date(2027, 3, 28), "2027-03-28T00:30", LAST),
        (date(2027, 3, 28), "2027-03-28T22:59", LAST),
    ],
)
def test_the_headline_counts_days_as_the_calendar_does(last: date, moment: str, said: str) -> None:
    survey = open_between(last - timedelta(days=14), last)
    nothing_wrong = dict.fromkeys(("too_few", "unreadable", "key_missing", "key_lost"), False)
    view = view_of(survey, [], uuid4(), at(moment), left=(), **nothing_wrong)
    assert view.headline.endswith(f": {said}")


@pytest.fixture
def inviter(database: Database, settings: Settings) -> Inviter:
    quick = settings.model_copy(update={"invitations_a_minute": 6000})
    return Inviter(database, quick, FileCarrier(quick), Event())


def move(database: Database, survey_id: UUID, opens_on: date) -> None:
    """Move the survey's days, and put somebody on its list."""
    with database.transaction() as session:
        survey = session.get_one(Survey, survey_id)
        survey.opens_on, survey.closes_on = opens_on, opens_on + timedelta(days=14)
        add_addresses(session, survey, ["sian@example.org"])


@pytest.mark.parametrize(
    ("opens_on", "moment", "leaves"),
    [
        pytest.param(date(2026, 10, 19), "2026-10-24T06:59", False, id="7:59am in summer"),
        pytest.param(date(2026, 10, 19), "2026-10-24T07:00", True, id="8am in summer"),
        pytest.param(date(2026, 10, 19), "2026-10-24T17:59", True, id="6:59pm in summer"),
        pytest.param(date(2026, 10, 19), "2026-10-24T18:00", False, id="7pm in summer"),
        pytest.param(date(2026, 10, 19), "2026-10-25T07:00", False, id="7am on the day they go back"),
        pytest.param(date(2026, 10, 19), "2026-10-25T08:00", True, id="8am on the day they go back"),
        pytest.param(date(2026, 10, 19), "2026-10-25T18:59", True, id="6:59pm on the day they go back"),
        pytest.param(date(2026, 10, 19), "2026-10-25T19:00", False, id="7pm on the day they go back"),
        pytest.param(date(2027, 3, 22), "2027-03-27T07:59", False, id="7:59am in winter"),
        pytest.param(date(2027, 3, 22), "2027-03-27T08:00", True, id="8am in winter"),
        pytest.param(date(2027, 3, 22), "2027-03-28T07:00", True, id="8am on the day they go on"),
        pytest.param(date(2027, 3, 22), "2027-03-28T18:00", False, id="7pm on the day they go on"),
    ],
)
def test_invitations_leave_between_8_and_7_as_the_clocks_in_london_say(
    database: Database, survey_id: UUID, inviter: Inviter, opens_on: date, moment: str, leaves: bool
) -> None:
    move(database, survey_id, opens_on)
    with time_machine.travel(at(moment), tick=False):
        assert inviter.send_due() == int(leaves)


@pytest.mark.parametrize(
    ("opens_on", "reminded_on", "too_early", "first"),
    [
        pytest.param(
            date(2026, 10, 19), date(2026, 10, 25), "2026-10-25T07:59", "2026-10-25T08:00", id="back"
        ),
        pytest.param(
            date(2026, 10, 19), date(2026, 10, 26), "2026-10-26T07:59", "2026-10-26T08:00", id="after back"
        ),
        pytest.param(date(2027, 3, 22), date(2027, 3, 28), "2027-03-28T06:59", "2027-03-28T07:00", id="on"),
        pytest.param(
            date(2027, 3, 22), date(2027, 3, 29), "2027-03-29T06:59", "2027-03-29T07:00", id="after on"
        ),
    ],
)
def test_a_reminder_leaves_in_the_morning_of_its_day_in_london(
    database: Database,
    survey_id: UUID,
    inviter: Inviter,
    opens_on: date,
    reminded_on: date,
    too_early: str,
    first: str,
) -> None:
    move(database, survey_id, opens_on)
    with time_machine.travel(at(f"{opens_on}T12:00"), tick=False):
        assert inviter.send_due() == 1
    with database.transaction() as session:
        plan_reminders(session, session.get_one(Survey, survey_id), [reminded_on])
    evening_before = at(f"{reminded_on - timedelta(days=1)}T17:30")
    for moment, leave in ((evening_before, 0), (at(too_early), 0), (at(first), 1), (at(first), 0)):
        with time_machine.travel(moment, tick=False):
            assert inviter.send_due() == leave
    with database.transaction(writes=False) as session:
        assert session.scalars(select(PlannedReminder.done_on)).all() == [reminded_on]
