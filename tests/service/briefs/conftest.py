"""What tests of briefs begin with."""

import pytest

from app.database.session import Database
from tests.service.people import People
from tests.service.profiled import Council, profiled


@pytest.fixture
def council(database: Database, people: People) -> Council:
    """A closed wave with its profile, on which everything is decided."""
    return profiled(database, people)


@pytest.fixture
def room(council: Council) -> str:
    """The address of its brief room."""
    return f"/diagnostics/{council.here}/brief"
