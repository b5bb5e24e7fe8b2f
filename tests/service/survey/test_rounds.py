"""Invitations leave in short rounds, by day, and a server that takes none costs nothing."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from threading import Event
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.database.session import Database
from app.mail.messages import Message
from app.mail.sending import WAITS
from app.settings import Settings
from app.survey.invitations.patience import MOST_PUT_OFF, Patience
from app.survey.invitations.rounds import LONGEST
from app.survey.invitations.sending import FAILED, SENT, WAITING, Inviter
from app.survey.invitations.services import add_addresses
from app.survey.models import DESTROYED, Ballot, Survey
from app.survey.tokens import hash_of
from app.web.dates import now
from app.web.logs import set_up_logs
from tests.service.survey.postbag import LATER, SERVER, Postbag
from tests.service.survey.staff import NOON
from tests.service.survey.test_invitations import states

STAFF = [f"person{number}@example.org" for number in range(60)]
A_ROUND = 40


class Passing(Event):
    """Whoever waits for it has the test's own clock go on instead."""

    def __init__(self, clock: time_machine.Traveller) -> None:
        super().__init__()
        self.clock = clock

    def wait(self, timeout: float | None = None) -> bool:
        self.clock.shift(timeout or 0)
        return self.is_set()


class Watched(Postbag):
    """Does something with every message that it takes."""

    then: Callable[[], object] = staticmethod(lambda: None)

    def carry(self, message: Message, row: UUID, moment: object) -> None:
        super().carry(message, row, now())
        self.then()


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as found:
        yield found


@pytest.fixture
def bag(settings: Settings) -> Watched:
    return Watched(settings)


@pytest.fixture
def inviter(database: Database, settings: Settings, bag: Watched, clock: time_machine.Traveller) -> Inviter:
    """At the rate that the settings have by themselves: two messages a second."""
    return Inviter(database, settings, bag, Passing(clock))


@pytest.fixture(autouse=True)
def listed(database: Database, survey_id: UUID) -> UUID:
    with database.transaction() as session:
        add_addresses(session, session.get_one(Survey, survey_id), STAFF)
    return survey_id


def ballots(database: Database) -> set[bytes]:
    with database.transaction(writes=False) as session:
        return {bytes(one) for one in session.scalars(select(Ballot.token_hash))}


def given(bag: Postbag) -> set[bytes]:
    """The ballots of all links that left."""
    words = (word for message in bag.messages for word in message.text.split() if "/s/" in word)
    return {hash_of(link.rsplit("/", 1)[1]) for link in words}


def issued(database: Database) -> int:
    with database.transaction(writes=False) as session:
        return session.scalar(select(func.sum(Survey.issued))) or 0


def test_a_round_is_short_and_the_next_one_goes_on(
    database: Database, inviter: Inviter, bag: Watched
) -> None:
    began = now()
    assert inviter.send_due() == A_ROUND
    assert now() - began <= LONGEST
    assert states(database) == {SENT: A_ROUND, WAITING: len(STAFF) - A_ROUND}
    assert inviter.send_due() == len(STAFF) - A_ROUND
    assert inviter.send_due() == 0
    assert Counter(bag.taken) == Counter(STAFF)
    assert given(bag) == ballots(database)


def test_a_slow_server_makes_no_round_longer(
    database: Database, inviter: Inviter, bag: Watched, clock: time_machine.Traveller
) -> None:
    bag.then = lambda: clock.shift(timedelta(seconds=9))
    assert inviter.send_due() == 3
    assert given(bag) == ballots(database), "the ballots that nobody got are gone"


def test_a_round_that_is_under_way_ends_with_the_day(
    database: Database, inviter: Inviter, bag: Watched, clock: time_machine.Traveller
) -> None:
    clock.move_to(NOON.replace(hour=18, minute=59, second=55))
    assert inviter.send_due() == 10
    assert inviter.send_due() == 0
    assert given(bag) == ballots(database)
    clock.move_to(NOON.replace(hour=8) + timedelta(days=1))
    inviter.send_due()
    inviter.send_due()
    assert Counter(bag.taken) == Counter(STAFF)


def test_nothing_more_leaves_once_the_survey_is_over(
    database: Database, listed: UUID, inviter: Inviter, bag: Watched
) -> None:
    def give_up() -> None:
        with database.transaction() as session:
            session.get_one(Survey, listed).state = DESTROYED

    bag.then = give_up
    assert inviter.send_due() == 1
    assert bag.tries == 1


def test_a_server_that_is_down_is_said_in_the_log_without_an_address(
    inviter: Inviter, bag: Watched, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs("plain")
    bag.server = SERVER
    inviter.send_due()
    lines = capsys.readouterr().err
    assert "wait for the mail server problem=The mail server cannot be reached." in lines
    assert "example.org" not in lines


def test_a_server_that_is_down_leaves_no_ballots_behind(
    database: Database, inviter: Inviter, bag: Watched, clock: time_machine.Traveller
) -> None:
    bag.server = SERVER
    for _ in range(360):
        assert inviter.send_due() == 0
        clock.shift(timedelta(seconds=5))
    assert bag.tries < 10, "it is not asked at every round"
    assert ballots(database) == set()
    assert states(database) == {WAITING: len(STAFF)}
    bag.server = None
    clock.shift(timedelta(minutes=15))
    assert inviter.send_due() + inviter.send_due() == len(STAFF)
    assert Counter(bag.taken) == Counter(STAFF)
    assert given(bag) == ballots(database)
    assert issued(database) == len(STAFF)


def test_an_address_that_is_put_off_waits_and_holds_up_nobody(
    database: Database, inviter: Inviter, bag: Watched, clock: time_machine.Traveller
) -> None:
    bag.refused[STAFF[4]] = LATER
    for _ in range(5):
        inviter.send_due()
    assert bag.tries == len(STAFF)
    assert given(bag) == ballots(database)
    assert states(database) == {SENT: len(STAFF) - 1, WAITING: 1}
    del bag.refused[STAFF[4]]
    clock.shift(WAITS[0])
    assert inviter.send_due() == 1
    assert Counter(bag.taken) == Counter(STAFF)
    assert given(bag) == ballots(database)


def test_an_address_that_is_put_off_again_and_again_is_shown_as_refused(
    database: Database, inviter: Inviter, bag: Watched, clock: time_machine.Traveller
) -> None:
    bag.refused[STAFF[4]] = LATER
    for _ in range(12):
        inviter.send_due()
        clock.shift(timedelta(days=1))
    assert bag.tries == len(STAFF) + len(WAITS)
    assert states(database) == {SENT: len(STAFF) - 1, FAILED: 1}


def test_a_fault_that_nobody_foresaw_deletes_no_ballot_that_may_have_left(
    database: Database, inviter: Inviter, bag: Watched
) -> None:
    def fail() -> None:
        raise RuntimeError

    bag.then = fail
    with pytest.raises(RuntimeError):
        inviter.send_due()
    assert len(given(bag)) == 1
    assert given(bag) == ballots(database)


def test_a_server_that_puts_off_everybody_is_left_alone_until_the_first_are_due_again() -> None:
    patience = Patience()
    for number in range(MOST_PUT_OFF):
        assert not patience.rests(NOON)
        assert patience.refused(UUID(int=number), NOON)
    assert patience.rests(NOON)
    assert not patience.rests(NOON + WAITS[0])


def test_a_round_in_which_nothing_is_due_writes_nothing(
    database: Database, inviter: Inviter, bag: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    bag.refused[STAFF[4]] = LATER
    inviter.send_due()
    inviter.send_due()
    opened: list[bool] = []
    transaction = database.transaction

    def noting(*, writes: bool = True) -> AbstractContextManager[Session]:
        opened.append(writes)
        return transaction(writes=writes)

    monkeypatch.setattr(database, "transaction", noting)
    assert inviter.send_due() == 0
    assert opened == [False]
