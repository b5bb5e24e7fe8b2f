"""A carrier that keeps what it is given, and refuses what it is told to."""

from datetime import datetime
from uuid import UUID

from app.mail.carriers import Carrier, Undelivered
from app.mail.messages import Message
from app.settings import Settings

SERVER = Undelivered("The mail server cannot be reached.", server=True)
LATER = Undelivered("The mail server refused the recipient (450).")
FOR_GOOD = Undelivered("The mail server refused the recipient (550).", for_good=True)


class Postbag(Carrier):
    """Counts how often it was tried, by whatever was to be sent; ``lasts`` for so many messages, if given."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.messages: list[Message] = []
        self.server: Undelivered | None = None
        self.refused: dict[str, Undelivered] = {}
        self.tries = 0
        self.lasts: int | None = None

    @property
    def taken(self) -> list[str]:
        """To whom each message went."""
        return [message.to for message in self.messages]

    def carry(self, message: Message, row: UUID, moment: datetime) -> None:
        self.tries += 1
        problem = self.server or self.refused.get(message.to)
        if self.lasts is not None:
            self.lasts -= 1
            problem = problem or (SERVER if self.lasts < 0 else None)
        if problem is not None:
            raise problem
        self.messages.append(message)

    def take(self, *_: object) -> None:
        raise AssertionError("carry does it all")
