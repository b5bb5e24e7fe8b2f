"""The linkage attack: thirty people whose answers are known, and somebody who holds the database.

The attacker knows who submitted when, holds the database with its files, two copies of it from around one
submission, and every link. Before the close the boxes stay shut; after it the attacker does no better than
chance.
"""

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from uuid import UUID

import pytest
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox
from sqlalchemy import Connection, text

from app.database.session import Database
from app.survey.answers import StoredRow, unpacked
from app.survey.keys import KeyStore
from app.survey.models import Survey
from app.survey.questionnaire import questionnaire_of
from app.survey.sealing import PADDED, Given
from app.survey.services.ballots import make_ballots, save_draft, submit
from app.survey.services.closing import Outcome, close
from app.survey.tokens import hash_of
from diagnostics.evidence import Answers
from diagnostics.framework import Framework
from tests.service.survey.staff import OVER, Person, answers_of

pytestmark = pytest.mark.reads_files

# In a random order of thirty, six or more stand in their own place once in 1,700 times.
BY_CHANCE = 6
STAFF = [
    *[Person("registered", "Early help", 1)] * 16,
    *[Person("team_managers", "Early help", 1)] * 11,
    Person("leaders", "Fostering", 1),
    *[Person("registered", "Courts", 1)] * 2,
]
TABLES = ("responses", "survey_comments", "inbox", "ballots", "spent_marks", "drafts")


def answers(number: int, survey: Survey) -> Given:
    """Everybody's answers to three questions tell them apart: they are what is looked for."""
    given = answers_of(STAFF[number], survey)
    digits = (number % 5, number // 5 % 5, number // 25)
    marked = {**given.answers, **{code: 1 + digit for code, digit in zip(marks(survey), digits, strict=True)}}
    comments = {question: f"Comment of person {number}" for question in ("COM1", "COM2")}
    return replace(given, answers=marked, comments=comments)


def marks(survey: Survey) -> list[str]:
    return sorted(question.code for question in questionnaire_of(survey).all_shown(""))[:3]


def _unpacked(packed: Sequence[bytes], framework: Framework) -> Answers:
    rows = [StoredRow(None, None, one) for one in packed]
    return unpacked(rows, framework, {}, replacement_links=0, open_link=False)


class Attack:
    """What was seen while thirty people answered, in their order."""

    def __init__(self, database: Database, survey_id: UUID) -> None:
        self.database, self.survey_id = database, survey_id
        self.tokens: list[str] = []

    def watch(self) -> None:
        with self.database.transaction() as session:
            survey = session.get_one(Survey, self.survey_id)
            self.tokens = make_ballots(session, survey, len(STAFF))
        for number, token in enumerate(self.tokens):
            for draft in (True, False):
                with self.database.transaction() as session:
                    survey = session.get_one(Survey, self.survey_id)
                    given = answers(number, survey)
                    if draft:
                        save_draft(session, token, self.survey_id, given)
                    else:
                        submit(session, token, survey, questionnaire_of(survey), given)

    def who(self, packed: bytes) -> int:
        """Say whose answers these are: the attacker's prize, from the answers themselves."""
        with self.database.transaction(writes=False) as session:
            survey = session.get_one(Survey, self.survey_id)
            framework = questionnaire_of(survey).framework
            found = unpacked(
                [StoredRow(None, None, packed)], framework, {}, replacement_links=0, open_link=False
            )
            for number in range(len(STAFF)):
                given = answers(number, survey)
                columns = [found.codes.index(code) for code in marks(survey)]
                if found.values[0, columns].tolist() == [given.answers[code] for code in marks(survey)]:
                    return number
        raise AssertionError("no row is anybody's")


@pytest.fixture
def attack(database: Database, survey_id: UUID) -> Attack:
    made = Attack(database, survey_id)
    made.watch()
    return made


def orders(connection: Connection) -> Iterator[tuple[str, str]]:
    """Every order in which the engine can be made to give the stored answers."""
    yield "as they lie", "SELECT answers FROM responses"
    yield "by their key", "SELECT answers FROM responses ORDER BY id"
    yield "by their key, backwards", "SELECT answers FROM responses ORDER BY id DESC"
    if connection.dialect.name == "postgresql":
        yield "by place", "SELECT answers FROM responses ORDER BY ctid"
        yield (
            "by transaction",
            "SELECT answers FROM responses ORDER BY xmin::text::bigint, cmin::text::int, ctid",
        )


def in_their_place(numbers: Sequence[int]) -> int:
    """Count the people who stand where they would if the order of answering had survived, or its reverse."""
    forwards = sum(place == number for place, number in enumerate(numbers))
    backwards = sum(place == number for place, number in enumerate(reversed(numbers)))
    return max(forwards, backwards)


def test_no_order_of_the_stored_answers_is_that_in_which_people_answered(
    attack: Attack, keys: KeyStore
) -> None:
    assert close(attack.database, keys, attack.survey_id, OVER) is Outcome.CLOSED
    with attack.database.engine.connect() as connection:
        for name, query in orders(connection):
            numbers = [attack.who(bytes(row[0])) for row in connection.execute(text(query))]
            assert sorted(numbers) == list(range(len(STAFF)))
            assert in_their_place(numbers) < BY_CHANCE, name


def test_the_stored_answers_have_nothing_to_join_on(attack: Attack, keys: KeyStore) -> None:
    close(attack.database, keys, attack.survey_id, OVER)
    engine = attack.database.engine
    with engine.connect() as connection:
        left = {table: connection.scalar(text(f"SELECT count(*) FROM {table}")) for table in TABLES}
        assert left == {**dict.fromkeys(TABLES, 0), "responses": 30, "survey_comments": 60}
        if engine.dialect.name == "postgresql":
            # One transaction wrote them all, so that it tells nothing about any of them.
            transactions = connection.execute(text("SELECT DISTINCT xmin::text FROM responses")).all()
            assert len(transactions) == 1
        else:
            for table in TABLES:
                with pytest.raises(Exception, match="no such column: rowid"):
                    connection.execute(text(f"SELECT rowid FROM {table}"))


def test_a_comment_cannot_be_put_together_with_the_other_answers_of_its_writer(
    attack: Attack, keys: KeyStore
) -> None:
    close(attack.database, keys, attack.survey_id, OVER)
    with attack.database.engine.connect() as connection:
        for order in ("", " ORDER BY id"):
            rows = connection.execute(text(f"SELECT answers FROM responses{order}")).all()
            lists = [[attack.who(bytes(row[0])) for row in rows]]
            for question in ("COM1", "COM2"):
                query = f"SELECT text FROM survey_comments WHERE question = '{question}'{order}"
                comments = connection.execute(text(query)).all()
                lists.append([int(row[0].rsplit(" ", 1)[1]) for row in comments])
            for found in lists:
                assert sorted(found) == list(range(len(STAFF)))
                assert in_their_place(found) < BY_CHANCE
            for some, others in combinations(lists, 2):
                assert sum(one == other for one, other in zip(some, others, strict=True)) < BY_CHANCE


def test_whoever_knows_all_roles_and_areas_finds_the_only_leader_among_ten_or_more(
    attack: Attack, keys: KeyStore
) -> None:
    close(attack.database, keys, attack.survey_id, OVER)
    with attack.database.engine.connect() as connection:
        rows = connection.execute(text("SELECT role_group, service_area, answers FROM responses")).all()
    groups: dict[tuple[str | None, str | None], list[int]] = {}
    for role, area, packed in rows:
        groups.setdefault((role, area), []).append(attack.who(bytes(packed)))
    assert min(len(members) for members in groups.values()) >= 10
    leader = next(number for number, person in enumerate(STAFF) if person.role_group == "leaders")
    with attack.database.transaction(writes=False) as session:
        survey = session.get_one(Survey, attack.survey_id)
        framework = questionnaire_of(survey).framework
    for members in groups.values():
        if leader in members:
            packed = [bytes(row[2]) for row in rows if attack.who(bytes(row[2])) in members]
            table = unpacked(
                [StoredRow(None, None, one) for one in packed],
                framework,
                {},
                replacement_links=0,
                open_link=False,
            )
            # Not even which questions were answered tells the leader from the others.
            assert len({tuple(row) for row in (table.values == table.values).tolist()}) == 1


def test_nothing_tells_the_ballot_of_somebody_who_joined_late_from_the_others(
    database: Database, survey_id: UUID
) -> None:
    """Whoever could tell it would see when it goes, and so that this person has answered."""
    for number in (40, 1, 1):
        with database.transaction() as session:
            make_ballots(session, session.get_one(Survey, survey_id), number)
    with database.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            written = connection.execute(
                text("SELECT xmin::text, cmin::text, count(*) FROM ballots GROUP BY 1, 2")
            ).all()
            assert [row[2] for row in written] == [42], "one statement of one transaction wrote them all"
            lie = "SELECT array_agg(token_hash ORDER BY ctid) FROM ballots GROUP BY (ctid::text::point)[0]"
            for (hashes,) in connection.execute(text(lie)):
                assert hashes == sorted(hashes), "in no page do they lie in the order in which they came"
        else:
            hashes = connection.scalars(text("SELECT token_hash FROM ballots")).all()
            assert len(hashes) == 42
            assert hashes == sorted(hashes), "they do not lie in the order in which they came"
            with pytest.raises(Exception, match="no such column: rowid"):
                connection.execute(text("SELECT rowid FROM ballots"))


def test_before_the_close_no_box_opens_without_the_key(attack: Attack, keys: KeyStore) -> None:
    private = PrivateKey(keys.get(attack.survey_id))
    with attack.database.engine.connect() as connection:
        sealed = [bytes(row[0]) for row in connection.execute(text("SELECT sealed FROM inbox"))]
        ids = [bytes(row[0]) for row in connection.execute(text("SELECT id FROM inbox"))]
    assert len({len(box) for box in sealed}) == 1
    assert len(sealed[0]) >= PADDED
    for box in sealed:
        with pytest.raises(CryptoError):
            SealedBox(PrivateKey.generate()).decrypt(box)
        assert SealedBox(private).decrypt(box)
    assert not {hash_of(token)[:16] for token in attack.tokens} & set(ids)


def test_two_copies_from_around_one_submission_say_nothing_after_the_close(
    database: Database, survey_id: UUID, keys: KeyStore, tmp_path: Path
) -> None:
    """The copies hold one box more, and the mark of its ballot: a name, for whoever has the mail."""
    attack = Attack(database, survey_id)
    attack.watch()
    with database.engine.connect() as connection:
        before = {bytes(row[0]) for row in connection.execute(text("SELECT sealed FROM inbox"))}
    with database.transaction() as session:
        survey = session.get_one(Survey, survey_id)
        [token] = make_ballots(session, survey, 1)
        given = replace(answers(0, survey), needs=("area",))
        submit(session, token, survey, questionnaire_of(survey), given)
    with database.engine.connect() as connection:
        after = {bytes(row[0]) for row in connection.execute(text("SELECT sealed FROM inbox"))}
    [box] = after - before
    close(database, keys, survey_id, OVER)
    assert not keys.has(survey_id)
    with database.engine.connect() as connection:
        kept = b"".join(
            bytes(row[0]) + bytes(row[1])
            for row in connection.execute(text("SELECT id, answers FROM responses"))
        )
    pieces = {box[place : place + 8] for place in range(0, len(box) - 8)}
    assert not any(piece in kept for piece in pieces)


def test_the_files_hold_nothing_of_what_was_deleted(
    attack: Attack, keys: KeyStore, tmp_path: Path, database_address: str
) -> None:
    """Free pages, the journal and every file beside the database, byte by byte."""
    if not database_address.startswith("sqlite"):
        pytest.skip("PostgreSQL's files are its own; VACUUM FULL writes the tables anew, see the next test")
    path = Path(database_address.removeprefix("sqlite:///"))
    with attack.database.engine.connect() as connection:
        sealed = [bytes(row[0]) for row in connection.execute(text("SELECT sealed FROM inbox"))]
    copy = tmp_path / "before.db"
    shutil.copyfile(path, copy)
    assert all(hash_of(token) in copy.read_bytes() for token in attack.tokens)
    close(attack.database, keys, attack.survey_id, OVER)
    attack.database.close()
    left = b"".join(file.read_bytes() for file in sorted(path.parent.rglob("*")) if file.is_file())
    for token in attack.tokens:
        assert hash_of(token) not in left
        assert token.encode() not in left
    for box in sealed:
        assert box[100:164] not in left
    with closing(sqlite3.connect(path)) as opened:
        assert opened.execute("PRAGMA freelist_count").fetchone() == (0,)


def test_postgresql_writes_its_tables_anew(attack: Attack, keys: KeyStore, database_address: str) -> None:
    if database_address.startswith("sqlite"):
        pytest.skip("see the test before")
    query = text(
        "SELECT relname, relfilenode, pg_relation_size(oid) FROM pg_class "
        "WHERE relname = 'inbox' OR relname = 'ballots'"
    )
    with attack.database.engine.connect() as connection:
        before = {row[0]: row[1] for row in connection.execute(query)}
    close(attack.database, keys, attack.survey_id, OVER)
    with attack.database.engine.connect() as connection:
        for name, node, size in connection.execute(query):
            assert node != before[name]
            assert size == 0
