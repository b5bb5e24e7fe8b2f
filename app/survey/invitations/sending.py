"""Sending invitations and reminders.

An invitation's ballot is made in a batch, its token is in memory only, and nothing written down joins it to
an address. So a batch that was broken off cannot be taken up again: the addresses that nothing was sent to
get a fresh one, and the ballots that are left over after a crash are orphans. An address is marked before its
message leaves: where a process ended in that moment nobody knows whether it left, and a person decides.
"""

from dataclasses import dataclass
from datetime import datetime
from secrets import SystemRandom
from threading import Event
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.database.session import Database
from app.mail.carriers import Carrier, Undelivered
from app.mail.messages import Message
from app.settings import Settings
from app.survey.invitations.messages import REMINDER, Facts, invitation, reminder, replacement
from app.survey.invitations.patience import Patience
from app.survey.invitations.queries import invited_between, is_any, may_be_second, reminder_due, waiting_in
from app.survey.invitations.rounds import Round, by_day
from app.survey.models import LAUNCHED, PlannedReminder, SendLog, StaffAddress, Survey
from app.survey.queries import authority_name, contact_of, surveys_in_state
from app.survey.services.ballots import make_ballots, unmake_ballots
from app.survey.windows import may_start
from app.web.dates import LONDON, now, today
from app.web.logs import log

WAITING, SENDING, SENT, FAILED, BOUNCED = "waiting", "sending", "sent", "failed", "bounced"
# Somebody lost their link and asked for another; or nobody knows whether the first invitation left.
REPLACE, AGAIN = "replace", "again"
_SECOND = (REPLACE, AGAIN)
_UNSENT = (WAITING, *_SECOND)
BATCH = 50
_shuffle = SystemRandom().shuffle


@dataclass(frozen=True, slots=True)
class _Batch:
    """Addresses with fresh links, in memory only."""

    diagnostic_id: UUID
    facts: Facts
    pairs: list[tuple[UUID, str, str, str]]


@dataclass(frozen=True, slots=True)
class _Reminding:
    """A reminder whose address is marked, and what the mark was before."""

    planned_id: UUID
    number: int
    address_id: UUID
    before: int
    message: Message


class Inviter:
    """Sends what is due to staff, in one worker."""

    def __init__(self, database: Database, settings: Settings, carrier: Carrier, stop: Event) -> None:
        self.database = database
        self.settings = settings
        self.carrier = carrier
        self.stop = stop
        self.patience = Patience()
        self._pause = 60.0 / settings.invitations_a_minute

    def send_due(self) -> int:
        """Send some of the invitations and reminders that are due now, and say how many left.

        What is left goes out in the next rounds: each is short, since other work waits for its end.
        """
        if not by_day(now()) or self.patience.rests(now()):
            return 0
        sent, turn = 0, Round.begun(self.settings.invitations_a_minute)
        with self.database.transaction(writes=False) as session:
            due = [
                survey.diagnostic_id
                for survey in surveys_in_state(session, LAUNCHED)
                if _is_open(survey) and self._has_work(session, survey.diagnostic_id)
            ]
        # So that no survey waits for all rounds of another one.
        _shuffle(due)
        try:
            for diagnostic_id in due:
                sent += self._invite(diagnostic_id, turn) + self._remind(diagnostic_id, turn)
        finally:
            self.carrier.rest()
        return sent

    def _has_work(self, session: Session, diagnostic_id: UUID) -> bool:
        """Say whether there is anything to do for a survey; most of the time there is not."""
        put_off = self.patience.put_off(now())
        if is_any(session, waiting_in(diagnostic_id, _UNSENT, put_off)):
            return True
        planned = reminder_due(session, session.get_one(Survey, diagnostic_id), today())
        if planned is None:
            return False
        invited = waiting_in(diagnostic_id, (SENT,), ()).where(StaffAddress.reminded < planned.number)
        # Where nobody is left, that is still to be noted.
        return not is_any(session, invited) or is_any(session, invited.where(StaffAddress.id.not_in(put_off)))

    def _goes_on(self, turn: Round) -> bool:
        return turn.goes_on() and not self.stop.is_set() and not self.patience.rests(now())

    def _invite(self, diagnostic_id: UUID, turn: Round) -> int:
        """Send batch after batch, until nobody waits or something stands in the way."""
        sent = 0
        while self._goes_on(turn):
            batch = self._batch(diagnostic_id, min(BATCH, turn.left))
            if not batch.pairs:
                break
            sent += self._send_batch(batch, turn)
        return sent

    def _batch(self, diagnostic_id: UUID, most: int) -> _Batch:
        """Make fresh ballots for some of the addresses that wait, and pair them in memory."""
        with self.database.transaction() as session:
            survey = _locked(session, diagnostic_id)
            waiting = session.scalars(
                waiting_in(diagnostic_id, _UNSENT, self.patience.put_off(now()))
                .order_by(StaffAddress.id)
                .limit(most if may_start(survey, now()) else 0)
            ).all()
            tokens = make_ballots(session, survey, len(waiting))
            facts = facts_of(session, survey, self.settings)
            addresses = [(one.id, one.email, one.state) for one in waiting]
        _shuffle(tokens)
        _shuffle(addresses)
        pairs = [(*address, token) for address, token in zip(addresses, tokens, strict=True)]
        return _Batch(diagnostic_id, facts, pairs)

    def _send_batch(self, batch: _Batch, turn: Round) -> int:
        """Send a batch, or its beginning, and say how many left. The ballots of the others are deleted."""
        unsent = {token for *_, token in batch.pairs}
        sent = 0
        try:
            for address_id, email, state, token in batch.pairs:
                if not self._goes_on(turn):
                    break
                turn.left -= 1
                # Where this one fails in a way that nobody foresaw, its message may have left.
                unsent.discard(token)
                link = f"{self.settings.base_url}/s/{token}"
                write = replacement if state == REPLACE else invitation
                if self._send(batch.diagnostic_id, address_id, state, write(email, link, batch.facts)):
                    sent += 1
                else:
                    unsent.add(token)
        except Exception:
            self._unmake(unsent)
            raise
        self._unmake(unsent)
        return sent

    def _unmake(self, tokens: set[str]) -> None:
        if tokens:
            with self.database.transaction() as session:
                unmake_ballots(session, tokens)

    def _send(self, diagnostic_id: UUID, address_id: UUID, state: str, message: Message) -> bool:
        """Send one invitation, its address marked before and after; say whether it left.

        A second link counts from the moment at which it may have left: whoever reads how many people may have
        answered twice must not be told of too few.
        """
        counted = self._claim(diagnostic_id, address_id, state)
        if counted is None:
            return False
        try:
            self.carrier.carry(message, uuid4(), now())
        except Undelivered as problem:
            again = self._again(address_id, problem)
            with self.database.transaction() as session:
                _locked(session, diagnostic_id).replaced -= counted
                self._mark(session, address_id, state if again else FAILED)
                if not again:
                    note_sent(session, diagnostic_id, message.kind, now(), failed=1)
            return False
        self.patience.settled(address_id)
        with self.database.transaction() as session:
            survey = _locked(session, diagnostic_id)
            survey.issued += 1
            self._mark(session, address_id, SENT)
            self._spare(session, survey, address_id)
            note_sent(session, diagnostic_id, message.kind, now(), sent=1)
        self._wait()
        return True

    def _again(self, address_id: UUID, problem: Undelivered) -> bool:
        """Say whether a message that did not leave is tried again, and remember when."""
        if problem.server:
            self.patience.server_failed(now())
            log().warning("invitations and reminders wait for the mail server", problem=problem.problem)
            return True
        if not problem.for_good and self.patience.refused(address_id, now()):
            return True
        self.patience.settled(address_id)
        return False

    def _claim(self, diagnostic_id: UUID, address_id: UUID, state: str) -> int | None:
        """Mark an address before its message leaves, and give how many second links that makes: one or none.

        None where somebody else was faster, or took the address out.
        """
        with self.database.transaction() as session:
            survey = _locked(session, diagnostic_id)
            if not may_start(survey, now()):
                return None
            address = session.get(StaffAddress, address_id, with_for_update=True)
            if address is None or address.state != state:
                return None
            address.state = SENDING
            counted = int(state in _SECOND or may_be_second(session, survey))
            survey.replaced += counted
            return counted

    def _mark(self, session: Session, address_id: UUID, state: str) -> None:
        session.execute(update(StaffAddress).where(StaffAddress.id == address_id).values(state=state))

    def _spare(self, session: Session, survey: Survey, address_id: UUID) -> None:
        """Have somebody who was just written to get no reminder that is due at that moment."""
        planned = reminder_due(session, survey, today())
        if planned is not None:
            of_address = StaffAddress.id == address_id
            session.execute(update(StaffAddress).where(of_address).values(reminded=planned.number))

    def _wait(self) -> None:
        self.stop.wait(self._pause)

    def _remind(self, diagnostic_id: UUID, turn: Round) -> int:
        """Send reminder after reminder, until nobody is left or something stands in the way."""
        sent = 0
        while self._goes_on(turn):
            found = self._next_reminder(diagnostic_id)
            if found is None:
                break
            turn.left -= 1
            try:
                self.carrier.carry(found.message, uuid4(), now())
            except Undelivered as problem:
                self._not_reminded(diagnostic_id, found, problem)
                continue
            self.patience.settled(found.address_id)
            with self.database.transaction() as session:
                note_sent(session, diagnostic_id, REMINDER, now(), sent=1)
            sent += 1
            self._wait()
        return sent

    def _next_reminder(self, diagnostic_id: UUID) -> _Reminding | None:
        """Give the next reminder that is due, and mark its address first: a crash doubles nothing."""
        day = today()
        with self.database.transaction() as session:
            survey = session.get_one(Survey, diagnostic_id)
            planned = reminder_due(session, survey, day, lock=True)
            invited = invited_between(session, survey)
            if planned is None or invited is None or not may_start(survey, now()):
                return None
            unreminded = waiting_in(diagnostic_id, (SENT,), ()).where(StaffAddress.reminded < planned.number)
            if not is_any(session, unreminded):
                planned.done_on = day
                return None
            address = session.scalars(
                unreminded.where(StaffAddress.id.not_in(self.patience.put_off(now())))
                .order_by(StaffAddress.id)
                .limit(1)
                .with_for_update(skip_locked=True)
            ).one_or_none()
            if address is None:
                return None
            before, address.reminded = address.reminded, planned.number
            message = reminder(address.email, *invited, facts_of(session, survey, self.settings))
            return _Reminding(planned.id, planned.number, address.id, before, message)

    def _not_reminded(self, diagnostic_id: UUID, tried: _Reminding, problem: Undelivered) -> None:
        """Have a reminder that did not leave sent later, unless it never can."""
        again = self._again(tried.address_id, problem)
        with self.database.transaction() as session:
            if not again:
                note_sent(session, diagnostic_id, REMINDER, now(), failed=1)
                return
            session.execute(
                update(StaffAddress)
                .where(StaffAddress.id == tried.address_id, StaffAddress.reminded == tried.number)
                .values(reminded=tried.before)
            )
            # Another worker may have found nobody left in the meantime.
            session.execute(
                update(PlannedReminder).where(PlannedReminder.id == tried.planned_id).values(done_on=None)
            )


def _is_open(survey: Survey) -> bool:
    """Say whether staff may answer; one whose days cannot be reckoned with keeps no other survey waiting."""
    try:
        return may_start(survey, now())
    except OverflowError:
        # Whoever closes surveys logs it once a minute; this is asked every second.
        return False


def facts_of(session: Session, survey: Survey, settings: Settings) -> Facts:
    """Give what the messages of a survey say of it."""
    return Facts(
        authority_name(session, survey),
        survey.closes_on,
        contact_of(session, survey),
        settings.operator,
        about=survey.diagnostic_id.hex,
    )


def note_sent(
    session: Session, diagnostic_id: UUID, kind: str, moment: datetime, *, sent: int = 0, failed: int = 0
) -> None:
    """Count what left, by the day."""
    day = moment.astimezone(LONDON).date()
    entry = session.scalars(
        select(SendLog)
        .where(SendLog.diagnostic_id == diagnostic_id, SendLog.on == day, SendLog.kind == kind)
        .with_for_update()
    ).one_or_none()
    if entry is None:
        entry = SendLog(diagnostic_id=diagnostic_id, on=day, kind=kind, sent=0, failed=0)
        session.add(entry)
    entry.sent += sent
    entry.failed += failed


def _locked(session: Session, diagnostic_id: UUID) -> Survey:
    """Give the survey, before any address as the pages have it: two that wait for each other lose a mark."""
    return session.get_one(Survey, diagnostic_id, with_for_update={"key_share": True})
