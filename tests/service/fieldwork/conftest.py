"""A launched diagnostic in which Dana gathers."""

from uuid import UUID

import pytest

from app.database.session import Database
from app.settings import Settings
from app.survey.keys import KeyStore
from tests.service.people import People
from tests.service.survey.staff import launched


@pytest.fixture
def here(database: Database, people: People, settings: Settings) -> UUID:
    """The diagnostic of Wexbourne, launched, so that its fieldwork has begun."""
    with database.transaction() as session:
        return launched(session, KeyStore(settings.data_folder), people).diagnostic_id
