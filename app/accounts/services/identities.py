"""Who somebody is elsewhere: what the browser carries while it is away, and what comes back with it."""

import json
from dataclasses import asdict, dataclass

from app.web.errors import Problem

CALLBACK = "/sign-in/single/back"


class SingleSignOnFailed(Problem):
    """Signing in elsewhere did not work; the message says what to do."""

    status = 400
    title = "You are not signed in"


@dataclass(frozen=True, slots=True)
class Started:
    """What the browser keeps, signed, while it is away."""

    state: str
    nonce: str
    verifier: str
    next: str = ""
    connect: str = ""

    def written(self) -> str:
        """Give it as text."""
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, text: str) -> "Started":
        """Read it."""
        return cls(**json.loads(text))


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the issuer says it is. ``subject`` stands for issuer and subject together."""

    subject: str
    email: str
    email_verified: bool
    name: str
