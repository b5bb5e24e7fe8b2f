"""Writing mail down, in the transaction of what caused it: nobody is told of what did not happen."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.mail.messages import Message
from app.mail.models import OutgoingMail
from app.web.dates import now
from app.web.secrets import Secrets


def post(session: Session, secrets: Secrets, message: Message, due_at: datetime | None = None) -> None:
    """Have a message sent once what caused it is kept, or from a moment on."""
    session.add(OutgoingMail(sealed=message.sealed(secrets), kind=message.kind, due_at=due_at or now()))
