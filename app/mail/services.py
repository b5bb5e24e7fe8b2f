"""Writing mail down, in the transaction of what caused it: nobody is told of what did not happen."""

from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app.mail.messages import Message
from app.mail.models import MOST_ATTEMPTS, OutgoingMail
from app.web.dates import now
from app.web.secrets import Secrets

_GIVEN_UP_KEPT = timedelta(days=30)


def post(session: Session, secrets: Secrets, message: Message, due_at: datetime | None = None) -> None:
    """Have a message sent once what caused it is kept, or from a moment on."""
    session.add(OutgoingMail(sealed=message.sealed(secrets), kind=message.kind, due_at=due_at or now()))


def try_again(session: Session) -> int:
    """Have what was given up tried again, and say how many messages that are."""
    found = session.execute(
        update(OutgoingMail)
        .where(OutgoingMail.attempts >= MOST_ATTEMPTS)
        .values(attempts=0, due_at=now())
        .returning(OutgoingMail.id)
    )
    return len(found.all())


def purge_given_up(session: Session, moment: datetime) -> int:
    """Delete what was given up a month ago, and say how many messages that were."""
    found = session.execute(
        delete(OutgoingMail)
        .where(OutgoingMail.attempts >= MOST_ATTEMPTS, OutgoingMail.created_at < moment - _GIVEN_UP_KEPT)
        .returning(OutgoingMail.id)
    )
    return len(found.all())
