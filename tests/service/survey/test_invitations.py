"""The list of addresses, and what goes out to it."""

import re
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from threading import Event
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import func, select, text, update

from app.database.session import Database
from app.mail.carriers import FileCarrier, Undelivered
from app.mail.messages import Message
from app.settings import Settings
from app.survey.invitations.addresses import read_addresses
from app.survey.invitations.sending import SENDING, SENT, WAITING, Inviter
from app.survey.invitations.services import add_addresses
from app.survey.keys import KeyStore
from app.survey.models import Ballot, PlannedReminder, SendLog, StaffAddress, Survey
from app.survey.services.closing import close
from tests.service.browser import Browser
from tests.service.people import People
from tests.service.survey.staff import FIRST_DAY, NOON, OVER, Person, let_answer

STAFF = [f"person{number}@example.org" for number in range(30)]


@pytest.fixture
def mailbox(settings: Settings) -> Path:
    return settings.data_folder / "mail"


@pytest.fixture
def quick(settings: Settings) -> Settings:
    return settings.model_copy(update={"invitations_a_minute": 6000})


@pytest.fixture
def inviter(database: Database, quick: Settings) -> Inviter:
    return Inviter(database, quick, FileCarrier(quick), Event())


@pytest.fixture
def listed(database: Database, survey_id: UUID) -> UUID:
    with database.transaction() as session:
        assert add_addresses(session, session.get_one(Survey, survey_id), STAFF) == len(STAFF)
    return survey_id


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with time_machine.travel(NOON):
        yield


def mails(mailbox: Path) -> list[tuple[str, str]]:
    """Give whom each message is to, and its text."""
    found = []
    for path in sorted(mailbox.glob("*.eml")):
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        body = mail.get_body(("plain",))
        assert body is not None
        found.append((str(mail["To"]), body.get_content()))
    return found


def states(database: Database) -> dict[str, int]:
    with database.transaction(writes=False) as session:
        query = select(StaffAddress.state, func.count()).group_by(StaffAddress.state)
        return {state: number for state, number in session.execute(query)}


def test_everybody_gets_one_invitation_with_a_link_of_their_own_that_works(
    browser: Browser, database: Database, listed: UUID, inviter: Inviter, mailbox: Path
) -> None:
    assert inviter.send_due() == len(STAFF)
    assert inviter.send_due() == 0
    sent = mails(mailbox)
    assert sorted(to for to, _ in sent) == sorted(STAFF)
    links = [re.search(r"https://\S+/s/(\S+)", text) for _, text in sent]
    tokens = {link.group(1) for link in links if link}
    assert len(tokens) == len(STAFF)
    assert browser.get(f"/s/{tokens.pop()}").text.count("Start the survey") == 1
    with database.transaction(writes=False) as session:
        survey = session.get_one(Survey, listed)
        assert survey.issued == len(STAFF)
        log = session.scalars(select(SendLog)).one()
        assert (log.sent, log.failed) == (len(STAFF), 0)


def test_nothing_goes_out_in_the_night_or_before_the_first_day(
    database: Database, listed: UUID, inviter: Inviter
) -> None:
    for moment in (NOON - timedelta(days=1), NOON + timedelta(hours=10)):
        with time_machine.travel(moment):
            assert inviter.send_due() == 0
    assert states(database) == {WAITING: len(STAFF)}


def test_an_address_and_a_ballot_have_no_column_in_common(database: Database, listed: UUID) -> None:
    shared = {column.name for column in StaffAddress.__table__.columns} & {
        column.name for column in Ballot.__table__.columns
    }
    assert shared == {"diagnostic_id"}


def test_a_crash_in_the_middle_gives_the_others_fresh_links_and_doubles_nobody(
    database: Database, listed: UUID, quick: Settings, inviter: Inviter, mailbox: Path
) -> None:
    class Crash(BaseException):
        """As when the process is killed: nothing that catches errors sees it."""

    class Crashing(FileCarrier):
        carried = 0

        def carry(self, message: Message, row: UUID, moment: object) -> None:
            self.carried += 1
            if self.carried == 11:
                raise Crash
            super().carry(message, row, moment)  # type: ignore[arg-type]

    with pytest.raises(Crash):
        Inviter(database, quick, Crashing(quick), Event()).send_due()
    assert states(database) == {SENT: 10, SENDING: 1, WAITING: len(STAFF) - 11}
    assert inviter.send_due() == len(STAFF) - 11
    assert len({to for to, _ in mails(mailbox)}) == len(mails(mailbox)) == len(STAFF) - 1
    assert states(database) == {SENT: len(STAFF) - 1, SENDING: 1}


def test_a_server_that_is_down_stops_the_round_and_loses_nobody(
    database: Database, listed: UUID, quick: Settings, inviter: Inviter
) -> None:
    class Down(FileCarrier):
        def carry(self, message: Message, row: UUID, moment: object) -> None:
            raise Undelivered("The mail server cannot be reached.", server=True)

    assert Inviter(database, quick, Down(quick), Event()).send_due() == 0
    assert states(database) == {WAITING: len(STAFF)}
    assert inviter.send_due() == len(STAFF)


def test_a_late_joiner_is_invited_alone_and_their_ballot_cannot_be_told_from_the_others(
    database: Database, listed: UUID, inviter: Inviter
) -> None:
    inviter.send_due()
    with database.transaction() as session:
        add_addresses(session, session.get_one(Survey, listed), ["late@example.org"])
    assert inviter.send_due() == 1
    with database.engine.connect() as connection:
        postgresql = connection.dialect.name == "postgresql"
        told_by = "xmin::text, cmin::text" if postgresql else "kind"
        query = text(f"SELECT {told_by}, count(*) FROM ballots GROUP BY {told_by}")
        assert [row[-1] for row in connection.execute(query)] == [len(STAFF) + 1]


def test_a_reminder_goes_to_the_whole_list_once_and_holds_no_link(
    database: Database, listed: UUID, inviter: Inviter, mailbox: Path
) -> None:
    inviter.send_due()
    with database.transaction() as session:
        session.add(PlannedReminder(diagnostic_id=listed, on=FIRST_DAY + timedelta(days=7), number=1))
    for path in mailbox.glob("*.eml"):
        path.unlink()
    assert inviter.send_due() == 0
    with time_machine.travel(NOON + timedelta(days=7)):
        assert inviter.send_due() == len(STAFF)
        assert inviter.send_due() == 0
    reminders = mails(mailbox)
    assert sorted(to for to, _ in reminders) == sorted(STAFF)
    for _, said in reminders:
        assert "/s/" not in said and "http" not in said
        assert "1 March 2027" in said
        assert "If you have answered, ignore this message" in said


def test_somebody_who_lost_their_link_gets_another_which_is_counted(
    browser: Browser, database: Database, people: People, listed: UUID, inviter: Inviter, mailbox: Path
) -> None:
    inviter.send_due()
    browser.sign_in(people.alice)
    address = f"/diagnostics/{listed}/survey/invitations"
    page = browser.get(address)
    unknown = browser.submit(page, {"email": "nobody@example.org"}, action=address + "/new-link")
    assert unknown.errors == ["This address is not on the list. Add it with a file first"]
    unreachable = browser.submit(page, {"email": "ŵyn@example.org"}, action=address + "/new-link")
    assert unreachable.errors == [
        "This address has letters other than a to z before the @, and this service cannot send to it"
    ]
    browser.submit(page, {"email": STAFF[3].upper()}, action=address + "/new-link")
    assert inviter.send_due() == 1
    with database.transaction(writes=False) as session:
        assert session.get_one(Survey, listed).replaced == 1
    assert sum(to == STAFF[3] for to, _ in mails(mailbox)) == 2


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (SENDING, "The invitation to this address has perhaps left. Choose “Send again” further up"),
        (WAITING, "An invitation to this address is on its way."),
    ],
    ids=["perhaps invited", "waiting"],
)
def test_who_asks_for_a_new_link_too_early_is_told_what_to_do_on_the_same_page(
    browser: Browser, database: Database, people: People, listed: UUID, state: str, said: str
) -> None:
    with database.transaction() as session:
        session.execute(update(StaffAddress).values(state=state))
    browser.sign_in(people.alice)
    address = f"/diagnostics/{listed}/survey/invitations"
    page = browser.submit(browser.get(address), {"email": STAFF[3]}, action=address + "/new-link")
    [error] = page.errors
    assert error.startswith(said)
    assert ("Send again" in page.text) == (state == SENDING)
    assert page.fields(address + "/new-link")["email"] == [STAFF[3]]
    assert states(database) == {state: len(STAFF)}


def test_a_list_is_checked_before_anything_is_saved(
    browser: Browser, database: Database, people: People, survey_id: UUID
) -> None:
    browser.sign_in(people.alice)
    address = f"/diagnostics/{survey_id}/survey/invitations"
    rows = ("B,not an address", "C,A@example.org", "D,", "E,ŵyn@example.org", "F,f@bücher.example.org")
    content = "\n".join(["Name,Email", "A,a@example.org", *rows])
    checked = browser.submit(
        browser.get(address),
        action=address + "/upload",
        files={"file": ("staff.csv", content.encode(), "text/csv")},
    )
    assert "2 new addresses can be added." in checked.text
    assert "Row 3: “not an address” is not an email address. Correct it." in checked.text
    assert "Row 4: “A@example.org” stands twice; it is taken once." in checked.text
    assert "Row 5: The address is missing." in checked.text
    assert (
        "Row 6: “ŵyn@example.org” cannot be used. This address has letters other than a to z before the @, "
        "and this service cannot send to it. Ask for another address."
    ) in checked.text
    assert states(database) == {}
    browser.submit(checked, action=address + "/accept")
    assert states(database) == {WAITING: 2}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("staff.csv", b"", "The file is empty"),
        ("staff.pdf", b"%PDF", "must be a CSV file or an Excel workbook"),
        ("staff.csv", b"Name,Phone\nA,1\n", "No column is called “email”"),
        ("staff.csv", b"x" * (5 * 1024 * 1024 + 1), "smaller than 5 MB"),
    ],
)
def test_a_file_that_holds_no_list_is_refused_in_words(name: str, content: bytes, said: str) -> None:
    assert said in read_addresses(name, content).refused


def test_the_list_goes_at_the_close(
    database: Database, listed: UUID, keys: KeyStore, inviter: Inviter
) -> None:
    inviter.send_due()
    let_answer(database, listed, [Person("registered", "Early help", 3)] * 12)
    close(database, keys, listed, OVER)
    assert states(database) == {}
