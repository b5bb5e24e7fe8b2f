"""A message, as it is written and as it waits."""

import json
from dataclasses import asdict, dataclass

from app.web.secrets import Secrets

_PURPOSE = "mail"


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one person: plain text, and the same as HTML where there is any.

    ``kind`` names it in the log and for whoever looks at what waits; it never says to whom. ``about`` is the
    id, without dashes, of what the message belongs to, where its file goes when that is over.
    """

    to: str
    subject: str
    text: str
    html: str = ""
    kind: str = "message"
    about: str = ""

    def sealed(self, secrets: Secrets) -> bytes:
        """Give the message as it waits in the database, where nobody can read it."""
        return secrets.seal(_PURPOSE, json.dumps(asdict(self)))

    @classmethod
    def opened(cls, secrets: Secrets, sealed: bytes) -> "Message":
        """Give back a message that waited."""
        return cls(**json.loads(secrets.open(_PURPOSE, sealed)))
