"""`diagnostic verify`: a line for every stored profile, and an exit code that tells whether all are well."""

from pathlib import Path

import pytest
from sqlalchemy import update
from typer.testing import CliRunner, Result

from app.cli import app
from app.database.session import Database
from app.profiles.models import ProfileSnapshot
from tests.service.people import HERE, People
from tests.service.profiled import Council, profiled


@pytest.fixture
def verify(
    database: Database, database_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> "Verify":
    """The command, on this test's database."""
    monkeypatch.setenv("DATA_FOLDER", str(tmp_path / "data"))
    monkeypatch.setenv("DATABASE_URL", database_address)
    return Verify()


class Verify:
    """Runs the command."""

    def __call__(self, *arguments: str) -> Result:
        return CliRunner().invoke(app, ["verify", *arguments])


def test_it_says_a_line_for_every_profile(database: Database, people: People, verify: Verify) -> None:
    assert verify().output == "There is no profile yet.\n"
    profiled(database, people, waves=2)
    every = verify()
    assert every.output.splitlines() == [
        "Wexbourne, wave 1, profile 1: identical",
        "Wexbourne, wave 2, profile 1: identical",
    ]
    assert every.exit_code == 0
    one = verify(HERE, "2")
    assert one.output.splitlines() == ["Wexbourne, wave 2, profile 1: identical"]
    for nothing in (("XNIX",), (HERE, "3")):
        unknown = verify(*nothing)
        assert unknown.exit_code == 2
        assert "There is no" in unknown.output


@pytest.mark.parametrize(
    ("changed", "outcome"),
    [
        ({"knowledge": "{}"}, "different"),
        ({"digest": "0" * 64}, "damaged"),
        ({"published": "{}"}, "damaged"),
    ],
)
def test_one_that_is_not_as_it_was_written_ends_it_with_1(
    database: Database, people: People, verify: Verify, changed: dict[str, str], outcome: str
) -> None:
    council: Council = profiled(database, people)
    with database.transaction() as session:
        session.execute(
            update(ProfileSnapshot).where(ProfileSnapshot.diagnostic_id == council.here).values(**changed)
        )
    found = verify(HERE)
    assert f"Wexbourne, wave 1, profile 1: {outcome}" in found.output
    assert "1 of them is not as it should be." in found.output
    assert found.exit_code == 1
