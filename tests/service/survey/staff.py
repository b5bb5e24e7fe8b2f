"""A launched survey in a test, and scripted staff who answer it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.commissioning.models import HOLDS_A_KEY, Diagnostic, Duty, FrameCell, ServiceArea
from app.database.session import Database
from app.survey.keys import KeyStore
from app.survey.models import Custody, Survey
from app.survey.questionnaire import questionnaire_of
from app.survey.sealing import Given
from app.survey.services.ballots import BallotState, make_ballots, submit
from app.survey.services.custody import keys_in_hand
from app.survey.services.launching import launch
from app.survey.windows import closes_at, opens_at
from app.web.dates import today
from tests.service.people import People

FIRST_DAY, LAST_DAY = date(2027, 3, 1), date(2027, 3, 19)
NOON = opens_at(FIRST_DAY) + timedelta(hours=12)
OVER = closes_at(LAST_DAY) + timedelta(hours=2)
FRAME = {
    "Early help": {"leaders": 3, "team_managers": 12, "registered": 40, "other_practitioners": 30},
    "Fostering": {"leaders": 1, "team_managers": 6, "registered": 20, "support": 15},
    "Courts": {"leaders": 8, "registered": 4},
}


@dataclass(frozen=True, slots=True)
class Person:
    """One scripted member of staff."""

    role_group: str
    service_area: str
    value: int
    comment: str = ""


def launched(
    session: Session,
    keys: KeyStore,
    people: People,
    frame: dict[str, dict[str, int]] | None = None,
    *,
    diagnostic_id: UUID | None = None,
) -> Survey:
    """Describe the workforce of a draft diagnostic and launch it; both custodians have fetched their copies.

    A passphrase is slow to try by design, so the copies are made only where a test is about them.
    """
    diagnostic = described(session, people, frame, diagnostic_id=diagnostic_id)
    survey = launch(session, keys, diagnostic, FIRST_DAY - timedelta(days=7))
    session.execute(update(Custody).where(Custody.diagnostic_id == diagnostic.id).values(copies=1))
    survey.keys_fetched = keys_in_hand(session, survey)
    assert survey.keys_fetched
    return survey


def not_fetched(session: Session, survey_id: UUID, account_id: UUID) -> None:
    """Let a custodian have no copy of the key yet."""
    custody = Custody.diagnostic_id == survey_id, Custody.account_id == account_id
    session.execute(update(Custody).where(*custody).values(copies=0))
    session.get_one(Survey, survey_id).keys_fetched = False


def described(
    session: Session,
    people: People,
    frame: dict[str, dict[str, int]] | None = None,
    *,
    diagnostic_id: UUID | None = None,
) -> Diagnostic:
    """Describe the workforce of a draft diagnostic, its days and its custodians: it can be launched."""
    diagnostic = session.get_one(Diagnostic, diagnostic_id or people.here)
    diagnostic.survey_opens_on, diagnostic.survey_closes_on = FIRST_DAY, LAST_DAY
    for position, (name, cells) in enumerate((frame or FRAME).items()):
        area = ServiceArea(diagnostic_id=diagnostic.id, name=name, position=position)
        session.add(area)
        session.flush()
        session.add_all(
            FrameCell(service_area_id=area.id, role_group=role, headcount=headcount)
            for role, headcount in cells.items()
        )
    for account in (people.alice, people.dana):
        session.add(Duty(diagnostic_id=diagnostic.id, account_id=account, duty=HOLDS_A_KEY))
    session.flush()
    return diagnostic


def answers_of(person: Person, survey: Survey) -> Given:
    """Give all answers of a scripted person: the same value to every question that they are asked."""
    questionnaire = questionnaire_of(survey)
    areas = {area["name"]: area["id"] for area in survey.areas} | {"": ""}
    return Given(
        role_group=person.role_group,
        service_area=areas[person.service_area],
        answers={question.code: person.value for question in questionnaire.all_shown(person.role_group)},
        needs=("works", "risk"),
        comments={"COM1": person.comment} if person.comment else {},
    )


def let_answer(database: Database, diagnostic_id: UUID, staff: Sequence[Person]) -> list[str]:
    """Give everybody a ballot and let them submit, each in a transaction of their own, in their order."""
    with database.transaction() as session:
        survey = session.get_one(Survey, diagnostic_id)
        tokens = make_ballots(session, survey, len(staff))
        survey.issued += len(staff)
    for token, person in zip(tokens, staff, strict=True):
        with database.transaction() as session:
            survey = session.get_one(Survey, diagnostic_id)
            given = answers_of(person, survey)
            assert submit(session, token, survey, questionnaire_of(survey), given) is BallotState.READY
    return tokens


def open_today(survey: Survey) -> None:
    """Move a survey's days around today, for whoever answers over a real connection, by its clock."""
    survey.opens_on, survey.closes_on = today() - timedelta(days=1), today() + timedelta(days=14)


def noon(day: date) -> datetime:
    """Give midday of a day, more or less."""
    return opens_at(day) + timedelta(hours=12)
