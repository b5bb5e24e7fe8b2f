"""The table of authorities follows the list that comes with the service."""

from sqlalchemy import select

from app.accounts.person import Role
from app.commissioning.models import Authority
from app.commissioning.services import sync_authorities
from app.database.session import Database
from app.interchange.authorities import authorities
from tests.service.people import HERE, People, account, diagnostic


def rows(database: Database) -> dict[str, Authority]:
    with database.transaction(writes=False) as session:
        return {row.code: row for row in session.scalars(select(Authority))}


def add(database: Database, code: str, **values: str) -> None:
    facts = {"name": "Former", "kind": "county", "region": "North West"} | values
    with database.transaction() as session:
        session.add(Authority(code=code, **facts))


def test_an_empty_table_is_filled_with_all_153(database: Database) -> None:
    with database.transaction() as session:
        synced = sync_authorities(session)
    assert len(synced.added) == len(rows(database)) == len(authorities()) == 153
    birmingham = rows(database)["E08000025"]
    assert (birmingham.name, birmingham.children_trust) == ("Birmingham", "Birmingham Children's Trust")


def test_a_second_run_changes_nothing(database: Database) -> None:
    with database.transaction() as session:
        sync_authorities(session)
    with database.transaction() as session:
        synced = sync_authorities(session)
    assert (synced.added, synced.changed, synced.deleted) == ((), (), ())


def test_a_renamed_authority_takes_its_new_name_and_keeps_what_was_noted(database: Database) -> None:
    add(database, "E08000025", name="Old name", judgement="good")
    with database.transaction() as session:
        synced = sync_authorities(session)
    assert synced.changed == ("E08000025",)
    assert (rows(database)["E08000025"].name, rows(database)["E08000025"].judgement) == ("Birmingham", "good")


def test_one_that_is_not_on_the_list_goes_only_if_nothing_hangs_on_it(database: Database) -> None:
    for code in ("E10000001", "E10000002", "E10000004", "E10000005"):
        add(database, code, judgement="good" if code == "E10000005" else "")
    with database.transaction() as session:
        person = account(session, "Rita Reader", Role.READER, "E10000002")
        diagnostic(session, "E10000004", person)
    with database.transaction() as session:
        synced = sync_authorities(session)
    assert synced.deleted == ("E10000001",)
    assert {"E10000002", "E10000004", "E10000005"} <= rows(database).keys()


def test_invented_councils_stay(database: Database, people: People) -> None:
    add(database, "XEMPTY")
    with database.transaction() as session:
        assert sync_authorities(session).deleted == ()
    assert {"XEMPTY", HERE} <= rows(database).keys()
