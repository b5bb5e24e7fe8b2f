"""A launched survey on either engine."""

from uuid import UUID

import pytest

from app.database.session import Database
from app.settings import Settings
from app.survey.keys import KeyStore
from tests.service.people import People
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
