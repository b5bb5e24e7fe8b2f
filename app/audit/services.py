"""Adding to the log, in the transaction of what is logged: either both are kept, or neither."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.audit.models import Entry


def note(
    session: Session,
    action: str,
    actor_id: UUID | None,
    *,
    authority_code: str | None = None,
    subject_id: UUID | None = None,
    **details: Any,
) -> None:
    """Log what somebody did.

    ``action`` says what was done, such as "diagnostic created". ``details`` never hold a name, an address or
    what somebody wrote; a programme lead reads them.
    """
    session.add(
        Entry(
            action=action,
            actor_id=actor_id,
            authority_code=authority_code,
            subject_id=subject_id,
            details=details,
        )
    )
