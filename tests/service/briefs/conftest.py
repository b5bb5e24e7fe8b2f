"""What tests of briefs begin with."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from app.briefs.room import publishing
from app.briefs.room.telling import Material
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


_WRITTEN: dict[tuple[object, ...], Mapping[str, bytes]] = {}


def _written_once(
    work: Callable[..., Mapping[str, bytes]], material: Material, *rest: Any
) -> Mapping[str, bytes]:
    beside = (material.previous, material.comparison)
    key = (material.told.digest, material.edition, *(one.digest if one else "" for one in beside))
    if key not in _WRITTEN:
        _WRITTEN[key] = work(material, *rest)
    return _WRITTEN[key]


@pytest.fixture
def written_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the files of one text written once a process: the real ones, and always the same bytes."""
    monkeypatch.setattr(publishing, "apart", _written_once)
