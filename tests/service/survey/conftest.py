"""A launched survey on either engine."""

from threading import Event
from uuid import UUID

import pytest

from app.database.session import Database
from app.main import Service
from app.settings import Settings
from app.survey.invitations.sending import Inviter
from app.survey.keys import KeyStore
from app.survey.models import Survey
from app.survey.respondent.access import COOKIE
from app.survey.services.ballots import make_ballots
from tests.service.browser import Browser
from tests.service.conftest import ADDRESS
from tests.service.people import People
from tests.service.survey.postbag import Postbag
from tests.service.survey.staff import launched


@pytest.fixture
def keys(settings: Settings) -> KeyStore:
    """Where this machine keeps the keys of surveys."""
    return KeyStore(settings.data_folder)


@pytest.fixture
def survey_id(database: Database, people: People, keys: KeyStore) -> UUID:
    """A survey that is launched and may be answered."""
    with database.transaction() as session:
        return launched(session, keys, people).diagnostic_id


@pytest.fixture
def token(database: Database, survey_id: UUID) -> str:
    """A personal link."""
    with database.transaction() as session:
        return make_ballots(session, session.get_one(Survey, survey_id), 1)[0]


@pytest.fixture
def other(service: Service, token: str) -> Browser:
    """A second tab, with a cookie as the first has it."""
    other = Browser(service, ADDRESS)
    other.client.cookies.set(COOKIE, token, domain="diagnostic.test")
    return other


@pytest.fixture
def bag(settings: Settings) -> Postbag:
    """Where mail to staff ends up."""
    return Postbag(settings)


@pytest.fixture
def inviter(database: Database, settings: Settings, bag: Postbag) -> Inviter:
    """Whoever sends mail to staff, as fast as it can."""
    return Inviter(database, settings.model_copy(update={"invitations_a_minute": 6000}), bag, Event())
