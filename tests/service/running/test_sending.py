"""What is due leaves once; what cannot leave waits longer each time, and is given up with its problem."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from threading import Event
from uuid import UUID

import pytest
import time_machine
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.database.session import Database
from app.mail.carriers import Carrier, Undelivered
from app.mail.messages import Message
from app.mail.models import MOST_ATTEMPTS, OutgoingMail
from app.mail.queries import what_waits
from app.mail.sending import CLAIMED, WAITS, Postman
from app.mail.services import post, purge_given_up, try_again
from app.settings import Settings
from app.web.dates import now
from app.web.secrets import Secrets

START = "2026-11-26T08:00:00Z"


class Bag(Carrier):
    """Keeps what it is given, and refuses what it is told to."""

    def __init__(self) -> None:
        super().__init__(Settings())
        self.taken: list[tuple[str, UUID]] = []
        self.problem: Undelivered | None = None
        self.tries = 0

    def carry(self, message: Message, row: UUID, moment: object) -> None:
        self.tries += 1
        if self.problem is not None:
            raise self.problem
        self.taken.append((message.to, row))

    def take(self, *_: object) -> None:
        raise AssertionError("carry does it all")


@pytest.fixture
def bag() -> Bag:
    return Bag()


@pytest.fixture
def secrets(service: FastAPI) -> Secrets:
    found: Secrets = service.state.secrets
    return found


@pytest.fixture
def postman(database: Database, secrets: Secrets, bag: Bag) -> Postman:
    return Postman(database, secrets, bag)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as found:
        yield found


def write(database: Database, secrets: Secrets, *to: str, late: timedelta | None = None) -> None:
    with database.transaction() as session:
        for one in to:
            message = Message(to=one, subject="s", text="t", kind="invitation")
            post(session, secrets, message, now() + late if late else None)


def rows(database: Database) -> list[OutgoingMail]:
    with database.transaction(writes=False) as session:
        return list(session.scalars(select(OutgoingMail).order_by(OutgoingMail.created_at)))


def test_what_is_due_leaves_and_its_row_goes(
    database: Database, secrets: Secrets, postman: Postman, bag: Bag, clock: time_machine.Traveller
) -> None:
    write(database, secrets, "alice@example.org", "bob@example.org")
    write(database, secrets, "later@example.org", late=timedelta(hours=1))
    assert postman.deliver(Event()) == 2
    assert {to for to, _ in bag.taken} == {"alice@example.org", "bob@example.org"}
    assert len(rows(database)) == 1
    clock.shift(timedelta(hours=1))
    assert postman.deliver(Event()) == 1
    assert rows(database) == []


def test_a_message_is_never_written_where_what_caused_it_is_undone(
    database: Database, secrets: Secrets, postman: Postman, bag: Bag
) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction() as session:
        post(session, secrets, Message(to="alice@example.org", subject="s", text="t"))
        session.flush()
        raise ZeroDivisionError
    assert postman.deliver(Event()) == 0
    assert bag.taken == []


def test_what_waits_cannot_be_read_in_the_database(database: Database, secrets: Secrets) -> None:
    write(database, secrets, "alice@example.org")
    (row,) = rows(database)
    assert b"alice" not in row.sealed


def test_a_message_that_does_not_leave_waits_longer_each_time_and_is_then_given_up(
    database: Database, secrets: Secrets, postman: Postman, bag: Bag, clock: time_machine.Traveller
) -> None:
    write(database, secrets, "alice@example.org")
    bag.problem = Undelivered("The mail server refused the message (451).")
    for attempt in range(1, MOST_ATTEMPTS):
        assert postman.deliver(Event()) == 0
        (row,) = rows(database)
        assert (row.attempts, row.problem) == (attempt, bag.problem.problem)
        assert row.due_at - now() == WAITS[attempt - 1]
        assert bag.tries == attempt
        clock.shift(WAITS[attempt - 1] - timedelta(seconds=1))
        postman.deliver(Event())
        assert bag.tries == attempt, "not before its time"
        clock.shift(timedelta(seconds=1))
    postman.deliver(Event())
    clock.shift(timedelta(days=20))
    postman.deliver(Event())
    assert bag.tries == MOST_ATTEMPTS
    with database.transaction(writes=False) as session:
        found = what_waits(session, now())
    assert (found.waiting, found.given_up, found.problem) == (0, 1, bag.problem.problem)
    assert list(WAITS) == sorted(WAITS)
    assert len(WAITS) == MOST_ATTEMPTS - 1


def test_what_was_given_up_leaves_when_somebody_has_it_tried_again(
    database: Database, secrets: Secrets, postman: Postman, bag: Bag, clock: time_machine.Traveller
) -> None:
    write(database, secrets, "alice@example.org")
    bag.problem = Undelivered("The mail server refused the recipient (550).", for_good=True)
    postman.deliver(Event())
    clock.shift(timedelta(days=2))
    bag.problem = None
    assert postman.deliver(Event()) == 0
    with database.transaction() as session:
        assert try_again(session) == 1
    assert postman.deliver(Event()) == 1


def test_what_was_given_up_goes_after_a_month(
    database: Database, secrets: Secrets, postman: Postman, bag: Bag, clock: time_machine.Traveller
) -> None:
    write(database, secrets, "alice@example.org")
    bag.problem = Undelivered("no", for_good=True)
    postman.deliver(Event())
    write(database, secrets, "bob@example.org", late=timedelta(days=60))
    for days, left in ((30, 2), (1, 1)):
        clock.shift(timedelta(days=days))
        with database.transaction() as session:
            purge_given_up(session, now())
        assert len(rows(database)) == left


def test_where_the_server_is_the_trouble_the_others_are_not_tried_one_by_one(
    database: Database, secrets: Secrets, postman: Postman, bag: Bag, clock: time_machine.Traveller
) -> None:
    write(database, secrets, *(f"person{number}@example.org" for number in range(5)))
    bag.problem = Undelivered("The mail server cannot be reached.", server=True)
    postman.deliver(Event())
    postman.deliver(Event())
    assert bag.tries == 1
    bag.problem = None
    clock.shift(timedelta(minutes=1))
    assert postman.deliver(Event()) == 5


def test_a_refused_recipient_does_not_hold_up_the_others(
    database: Database, secrets: Secrets, postman: Postman, bag: Bag
) -> None:
    write(database, secrets, "wrong, address@example.org", "bob@example.org")

    def carry(message: Message, row: UUID, moment: object) -> None:
        if "," in message.to:
            raise Undelivered("The message cannot be written.", for_good=True)
        bag.taken.append((message.to, row))

    bag.carry = carry  # type: ignore[method-assign]
    assert postman.deliver(Event()) == 1
    assert [to for to, _ in bag.taken] == ["bob@example.org"]


def test_a_message_under_another_secret_is_kept_and_said(
    database: Database, secrets: Secrets, bag: Bag
) -> None:
    write(database, secrets, "alice@example.org")
    other = Postman(database, Secrets("another secret key, and a long one"), bag)
    assert other.deliver(Event()) == 0
    (row,) = rows(database)
    assert "SECRET_KEY" in row.problem


def test_nobody_else_sends_a_message_that_is_under_way(
    database: Database, secrets: Secrets, clock: time_machine.Traveller
) -> None:
    write(database, secrets, "alice@example.org")
    holding, released = Event(), Event()

    class Slow(Bag):
        def carry(self, message: Message, row: UUID, moment: object) -> None:
            holding.set()
            assert released.wait(20)
            super().carry(message, row, moment)

    slow, quick = Slow(), Bag()
    sender = threading.Thread(target=Postman(database, secrets, slow).deliver, args=(Event(),))
    sender.start()
    assert holding.wait(20)
    assert Postman(database, secrets, quick).deliver(Event()) == 0
    released.set()
    sender.join()
    assert len(slow.taken) == 1
    assert quick.taken == []
    assert rows(database) == []


def test_many_workers_send_each_message_once(database: Database, secrets: Secrets) -> None:
    addresses = [f"person{number}@example.org" for number in range(40)]
    write(database, secrets, *addresses)
    bags = [Bag() for _ in range(4)]
    threads = [
        threading.Thread(target=Postman(database, secrets, one).deliver, args=(Event(),)) for one in bags
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(to for one in bags for to, _ in one.taken) == sorted(addresses)
    assert rows(database) == []


def test_a_process_that_dies_while_it_sends_leaves_the_message_for_later_under_the_same_name(
    database: Database, secrets: Secrets, bag: Bag, clock: time_machine.Traveller
) -> None:
    write(database, secrets, "alice@example.org")

    class Dies(Bag):
        def carry(self, message: Message, row: UUID, moment: object) -> None:
            super().carry(message, row, moment)
            raise KeyboardInterrupt

    dying = Dies()
    with pytest.raises(KeyboardInterrupt):
        Postman(database, secrets, dying).deliver(Event())
    assert Postman(database, secrets, bag).deliver(Event()) == 0
    clock.shift(CLAIMED)
    assert Postman(database, secrets, bag).deliver(Event()) == 1
    assert bag.taken == dying.taken, "the same row, so the same Message-ID"


def test_a_message_that_left_does_not_leave_again_where_its_row_cannot_be_deleted(
    database: Database,
    secrets: Secrets,
    postman: Postman,
    bag: Bag,
    clock: time_machine.Traveller,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(database, secrets, "alice@example.org")
    commit, seen = Session.commit, []

    def lost(self: Session) -> None:
        if bag.taken:
            seen.append("lost")
            raise OperationalError("COMMIT", {}, Exception("disk full"))
        commit(self)

    monkeypatch.setattr(Session, "commit", lost)
    with pytest.raises(OperationalError):
        postman.deliver(Event())
        postman.deliver(Event())
    monkeypatch.undo()
    assert seen
    clock.shift(2 * CLAIMED)
    assert postman.deliver(Event()) == 0
    assert len(bag.taken) == 1
    assert rows(database) == []


def test_nothing_begins_after_the_word_to_stop(
    database: Database, secrets: Secrets, postman: Postman, bag: Bag
) -> None:
    write(database, secrets, "alice@example.org")
    stop = Event()
    stop.set()
    assert postman.deliver(stop) == 0
    assert bag.tries == 0


def test_the_log_counts_and_names_nobody(
    database: Database, secrets: Secrets, postman: Postman, bag: Bag, capsys: pytest.CaptureFixture[str]
) -> None:
    write(database, secrets, "alice@example.org", "bob@example.org")
    postman.deliver(Event())
    write(database, secrets, "alice@example.org")
    bag.problem = Undelivered("The mail server refused the recipient (550).", for_good=True)
    postman.deliver(Event())
    lines = capsys.readouterr().err
    assert "mail sent kind=invitation number=2" in lines
    assert "mail given up kind=invitation attempts=1 problem=The mail server refused" in lines
    assert "example.org" not in lines
