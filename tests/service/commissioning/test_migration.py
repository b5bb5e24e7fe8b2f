"""The change to diagnostics runs up, down and up again on a filled database."""

from sqlalchemy import text

from app.database.migrate import check_drift, downgrade, upgrade
from app.database.session import Database
from tests.service.commissioning.furniture import complete, kept
from tests.service.people import People


def test_diagnostics_survive_the_change_up_and_down(database: Database, people: People) -> None:
    complete(database, people.here, people)
    downgrade(database.engine, "0001")
    with database.transaction(writes=False) as session:
        columns = session.execute(text("SELECT * FROM diagnostics")).keys()
        assert {"with_fieldwork", "other_basis"}.isdisjoint(columns)
    upgrade(database.engine)
    check_drift(database.engine)
    diagnostic = kept(database, people.here)
    assert (diagnostic.with_fieldwork, diagnostic.other_basis) == (True, "")
    assert diagnostic.contact_name == "Evidence team"
