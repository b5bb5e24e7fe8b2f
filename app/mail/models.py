"""Mail that is to be sent."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Base, Identified
from app.web.dates import now

# After so many a message stays, with what stood in its way, until somebody has it tried again.
MOST_ATTEMPTS = 8


class OutgoingMail(Identified, Base):
    """One message, sealed under the service's secret. The row goes when it has been sent.

    ``problem`` says what stood in the way of the last attempt; it names no address.
    """

    __tablename__ = "outgoing_mail"
    __table_args__ = (Index(None, "due_at"),)

    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    kind: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime] = mapped_column(default=now)
    attempts: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(String(300), default="")
