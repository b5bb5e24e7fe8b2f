"""A council with a plan."""

from uuid import UUID

import pytest

from app.actions.models import Action
from app.database.session import Database
from tests.service.actions.furniture import planned, published
from tests.service.people import People


@pytest.fixture
def here(database: Database, people: People) -> UUID:
    """The diagnostic whose brief is published; nothing is taken over yet."""
    return published(database, people).here


@pytest.fixture
def actions(database: Database, people: People, here: UUID) -> list[Action]:
    """The plan, as it was taken over: first what is to be done now, then what comes next."""
    with database.transaction() as session:
        return sorted(
            planned(session, here, people.alice).values(), key=lambda one: (one.later, one.position)
        )
