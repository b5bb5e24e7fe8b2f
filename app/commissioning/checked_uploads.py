"""What was read from a file travels through the browser until it is accepted, so that nothing is kept before.

It is signed for one diagnostic and one person: what is saved is what was checked, by whoever checked it.
"""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.commissioning.models import Diagnostic
from app.web.secrets import Secrets

_SECONDS = 12 * 60 * 60


@dataclass(frozen=True, slots=True)
class Checked:
    """What was read, and the version of what it was set beside when it was shown."""

    version: str
    content: Any


def sign_checked(
    secrets: Secrets, purpose: str, diagnostic: Diagnostic, person_id: UUID, version: str, content: Any
) -> str:
    """Put what was read into a text that only this service can have made."""
    return secrets.sign(purpose, json.dumps([str(diagnostic.id), str(person_id), version, content]))


def checked(
    secrets: Secrets, purpose: str, diagnostic: Diagnostic, person_id: UUID, text: str
) -> Checked | None:
    """Take back what was signed; None where it was not signed here, for this diagnostic and this person."""
    value = secrets.signed(purpose, text, _SECONDS)
    if value is None:
        return None
    diagnostic_id, signed_for, version, content = json.loads(value)
    if (diagnostic_id, signed_for) != (str(diagnostic.id), str(person_id)):
        return None
    return Checked(version, content)
