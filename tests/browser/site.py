"""A served database, the one Chromium of a module, and the windows that people open in it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from app.accounts.services.desk import Desk
from app.database.session import Database
from app.mail.messages import Message
from app.mail.models import OutgoingMail
from app.settings import Settings
from app.survey.keys import KeyStore
from app.web.secrets import Secrets
from tests.service.chromium import SECRET_KEY, new_page, served, session_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from sqlalchemy.orm import Session

FILE = "diagnostic.db"
SECRETS = Secrets(SECRET_KEY)


@dataclass(frozen=True, slots=True)
class Site:
    """A service that answers, with a database of its own."""

    address: str
    chromium: "Browser"
    database: Database
    folder: Path

    @property
    def keys(self) -> KeyStore:
        """Where this site keeps the keys of surveys."""
        return KeyStore(self.folder)

    def window(self, who: UUID | None = None, *, width: int = 1280, scripts: bool = True) -> "Page":
        """Open a window of somebody's own, signed in."""
        token = session_of(self.database, who) if who else ""
        page = new_page(self.chromium, width, scripts=scripts, session=token)
        page.set_default_timeout(30_000)
        return page

    def mails(self) -> list[Message]:
        """Read the mail that waits, the oldest first."""
        from sqlalchemy import select

        with self.database.transaction(writes=False) as session:
            rows = session.scalars(select(OutgoingMail).order_by(OutgoingMail.created_at)).all()
            return [Message.opened(SECRETS, row.sealed) for row in rows]


@contextmanager
def opened(folder: Path, chromium: "Browser", **more: Any) -> Iterator[Site]:
    """Serve the database that lies in a folder, with other settings if need be; they may name another one."""
    database = Database.at(more.get("database_url") or f"sqlite:///{folder / FILE}")
    with served(database, folder, **more) as address:
        yield Site(address, chromium, database, folder)
    database.close()


def copied(source: Path, target: Path) -> Path:
    """Give a test a folder of its own, as another one stands."""
    shutil.copytree(source, target)
    return target


def desk_of(session: "Session", address: str = "http://localhost") -> Desk:
    """Give what the services of accounts work with, outside a request."""
    return Desk(session, SECRETS, Settings(base_url=address))
