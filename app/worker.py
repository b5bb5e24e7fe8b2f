"""What happens by itself: mail leaves, and what is over goes.

There is no queue. What is due follows from the data, so a job may be run at any time, by several workers, and
again after it was broken off. A room adds a job to `JOBS` that is a function of its own.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from threading import Event, Thread

from sqlalchemy.orm import Session

import app.rooms  # noqa: F401 - tables that point at each other must all be known
from app.accounts.expiry import purge_expired
from app.actions.reminders import Reminder
from app.briefs.retention import purge_drafts
from app.briefs.room.publishing import publish_due
from app.database.session import Database
from app.fieldwork.files.store import FileStore
from app.fieldwork.jobs import purge_fieldwork, remove_orphans
from app.fieldwork.notes.taking_out import forget
from app.mail.carriers import Carrier, make_carrier
from app.mail.sending import Postman
from app.mail.services import purge_given_up
from app.profiles.building import build_due
from app.profiles.retention import purge_words
from app.settings import Settings
from app.survey.invitations.files import delete_invitation_files
from app.survey.invitations.sending import Inviter
from app.survey.jobs import look_after_surveys
from app.survey.keys import KeyStore
from app.web.dates import now
from app.web.logs import log
from app.web.secrets import Secrets, load_secrets

_A_MINUTE, _AN_HOUR = 60.0, 3600.0
_SECONDS_BETWEEN_ROUNDS = 1.0
_LONGEST_REST = 60.0
# What is under way when the worker must end has this long. It is then cut off, which no job minds.
_SECONDS_TO_END = 5.0


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do every so many seconds, in a transaction of its own; it says how much it did."""

    name: str
    do: Callable[[Session, datetime], int]
    seconds: float


JOBS: Sequence[Job] = (
    Job("expired sessions, links and attempts deleted", purge_expired, 10 * _A_MINUTE),
    Job("mail deleted that was given up a month ago", purge_given_up, _AN_HOUR),
)


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to do every so many seconds that opens its transactions itself."""

    name: str
    do: Callable[[datetime], int]
    seconds: float


def chores_of(database: Database, settings: Settings, carrier: Carrier, stop: Event) -> Sequence[Chore]:
    """Give what surveys and fieldwork need: sending, counting, closing and deleting in time."""
    inviter, keys = Inviter(database, settings, carrier, stop), KeyStore(settings.data_folder)
    folder = settings.data_folder
    files, reminder = FileStore(folder), Reminder.of(database, settings)
    return (
        Chore("invitations and reminders sent", lambda _: inviter.send_due(), 1.0),
        Chore("surveys counted or closed", partial(look_after_surveys, database, keys), _A_MINUTE),
        Chore("files of invitations deleted", partial(delete_invitation_files, database, folder), _A_MINUTE),
        Chore("notes and files of fieldwork deleted", partial(purge_fieldwork, database, files), _A_MINUTE),
        Chore("decisions and comments on profiles deleted", partial(purge_words, database), _A_MINUTE),
        Chore("drafts of briefs deleted", partial(purge_drafts, database), _A_MINUTE),
        Chore("words forgotten that were taken out", lambda _: forget(database), _A_MINUTE),
        Chore("files deleted that belong to nothing", partial(remove_orphans, database, files), _A_MINUTE),
        Chore("people reminded of actions", reminder.remind_due, 10 * _A_MINUTE),
        Chore("profiles computed", partial(build_due, database), 1.0),
        Chore("briefs published", partial(publish_due, database), 1.0),
    )


class Worker:
    """Does what is due, again and again."""

    def __init__(
        self,
        database: Database,
        secrets: Secrets,
        carrier: Carrier,
        jobs: Sequence[Job] = JOBS,
        settings: Settings | None = None,
    ) -> None:
        self.database = database
        self.postman = Postman(database, secrets, carrier)
        self.jobs = jobs
        self.stop = Event()
        self.chores = chores_of(database, settings, carrier, self.stop) if settings else ()
        self._last: dict[str, float] = {}
        self._thread = Thread(target=self.run, name="worker", daemon=True)

    @classmethod
    def of(cls, settings: Settings) -> "Worker":
        """Make the worker that the settings ask for, with its own connections."""
        database, secrets = Database.at(settings.address), load_secrets(settings)
        return cls(database, secrets, make_carrier(settings), settings=settings)

    def start(self) -> None:
        """Work beside whatever else this process does."""
        self._thread.start()

    def end(self) -> None:
        """Begin nothing more, and let what is under way come to its end."""
        self.stop.set()
        if self._thread.is_alive():
            self._thread.join(_SECONDS_TO_END)
        self.database.close()

    def run(self) -> None:
        """Work until told to stop. After something went wrong the next rounds come more slowly."""
        rest = _SECONDS_BETWEEN_ROUNDS
        while not self.stop.is_set():
            rest = _SECONDS_BETWEEN_ROUNDS if self.work_once() else min(2 * rest, _LONGEST_REST)
            self.stop.wait(rest)

    def work_once(self) -> bool:
        """Do all that is due now, and say whether it could be done."""
        went_well = True
        due_now: list[Job | Chore] = [*self.jobs, *self.chores]
        for job in due_now:
            due = time.monotonic() >= self._last.get(job.name, -job.seconds) + job.seconds
            if due and not self.stop.is_set():
                went_well &= self._safely(job.name, partial(self._do, job))
        return self._safely("mail", self._deliver) and went_well

    def _deliver(self) -> None:
        while self.postman.deliver(self.stop):
            pass

    def _do(self, job: Job | Chore) -> None:
        if isinstance(job, Chore):
            number = job.do(now())
        else:
            with self.database.transaction() as session:
                number = job.do(session, now())
        self._last[job.name] = time.monotonic()
        if number:
            log().info(job.name, number=number)

    def _safely(self, name: str, do: Callable[[], None]) -> bool:
        try:
            do()
        except Exception as error:
            log().error("a job failed", job=name, exc_info=error)
            return False
        return True
