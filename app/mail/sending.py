"""Sending what is due. A message is claimed, sent and forgotten, each kept before the next begins.

While a message is claimed nobody else sends it. Where a process ends between sending and forgetting, nobody
can know whether the message left; it is sent again when the claim is over, under the same Message-ID.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from threading import Event
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.exc import SQLAlchemyError

from app.database.session import Database
from app.mail.carriers import Carrier, Undelivered
from app.mail.messages import Message
from app.mail.models import MOST_ATTEMPTS, OutgoingMail
from app.mail.queries import is_any_due, next_due
from app.web.dates import now
from app.web.logs import log
from app.web.secrets import Secrets, UnreadableSecret

# Far longer than a carrier may take.
CLAIMED = timedelta(minutes=10)
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 3 * 60, 8 * 60, 24 * 60))
# When the server itself is the trouble, the others need not find that out one by one.
_OTHERS_WAIT = timedelta(minutes=1)
_MOST_IN_A_ROW = 50


@dataclass(frozen=True, slots=True)
class _Claimed:
    id: UUID
    sealed: bytes
    kind: str
    attempts: int


class Postman:
    """Sends what is due, in one worker."""

    def __init__(self, database: Database, secrets: Secrets, carrier: Carrier) -> None:
        self.database = database
        self.secrets = secrets
        self.carrier = carrier
        # What left although its row could not be deleted. It must not leave again.
        self._left: set[UUID] = set()

    def deliver(self, stop: Event) -> int:
        """Send what is due, until nothing is, or until told to stop; say how many messages left."""
        for row in tuple(self._left):
            self._forget(row)
        sent: Counter[str] = Counter()
        try:
            for _ in range(_MOST_IN_A_ROW):
                claimed = None if stop.is_set() else self._claim()
                if claimed is None:
                    break
                problem = self._send(claimed)
                if problem is None:
                    sent[claimed.kind] += 1
                elif problem.server:
                    break
        finally:
            self.carrier.rest()
            for kind, number in sorted(sent.items()):
                log().info("mail sent", kind=kind, number=number)
        return sent.total()

    def _claim(self) -> _Claimed | None:
        moment = now()
        with self.database.transaction(writes=False) as session:
            if not is_any_due(session, moment):
                return None
        with self.database.transaction() as session:
            found = next_due(session, moment)
            if found is None:
                return None
            if found.id in self._left:
                session.delete(found)
                return None
            found.attempts += 1
            found.due_at = moment + CLAIMED
            return _Claimed(found.id, found.sealed, found.kind, found.attempts)

    def _send(self, claimed: _Claimed) -> Undelivered | None:
        """Send one message, and say what stood in the way, if anything did."""
        try:
            message = Message.opened(self.secrets, claimed.sealed)
            self.carrier.carry(message, claimed.id, now())
        except UnreadableSecret as error:
            problem = Undelivered(str(error))
        except Undelivered as error:
            problem = error
        else:
            self._left.add(claimed.id)
            self._forget(claimed.id)
            return None
        self._put_back(claimed, problem)
        return problem

    def _forget(self, row: UUID) -> None:
        try:
            with self.database.transaction() as session:
                session.execute(delete(OutgoingMail).where(OutgoingMail.id == row))
        except SQLAlchemyError as error:
            log().error("a message left, but its row is still there", exc_info=error)
        else:
            self._left.discard(row)

    def _put_back(self, claimed: _Claimed, problem: Undelivered) -> None:
        """Have a message wait for its next attempt, or give it up."""
        moment = now()
        last = problem.for_good or claimed.attempts >= MOST_ATTEMPTS
        attempts = MOST_ATTEMPTS if last else claimed.attempts
        wait = WAITS[min(claimed.attempts, len(WAITS)) - 1]
        with self.database.transaction() as session:
            session.execute(
                update(OutgoingMail)
                .where(OutgoingMail.id == claimed.id)
                .values(attempts=attempts, due_at=moment + wait, problem=problem.problem)
            )
            if problem.server:
                session.execute(
                    update(OutgoingMail)
                    .where(OutgoingMail.due_at < moment + _OTHERS_WAIT, OutgoingMail.attempts < MOST_ATTEMPTS)
                    .values(due_at=moment + _OTHERS_WAIT)
                )
        tell = log().error if last else log().warning
        tell(
            "mail given up" if last else "mail not sent",
            kind=claimed.kind,
            attempts=claimed.attempts,
            problem=problem.problem,
        )
