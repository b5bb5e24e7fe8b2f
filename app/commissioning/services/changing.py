"""Changing a draft so that nobody overwrites what they have not seen.

A form carries the revision that it showed. The revision grows in the same statement that compares it, so of
two people who save at the same moment one is told.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import inspect, update
from sqlalchemy.orm import Session

from app.audit.services import note
from app.commissioning.models import DRAFT, Diagnostic
from app.commissioning.revisions import check_is_draft
from app.web.errors import Changed, Conflict


class Refused(Conflict):
    """What was asked is not done; ``faults`` says why, by the field of the form to put right."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


class ChangedMeanwhile(Changed):
    """Somebody else saved since the form was shown. Nothing was written."""

    def __init__(self) -> None:
        super().__init__("Somebody changed this after you opened the page. Load the page again.")


def claim(session: Session, diagnostic: Diagnostic, seen: int) -> None:
    """Take the next revision for a change that was made on what revision ``seen`` showed.

    Raises
    ------
    ChangedMeanwhile
        Where there is a newer one; the diagnostic then holds what is saved now.
    """
    check_is_draft(diagnostic)
    taken = session.scalars(
        update(Diagnostic)
        .where(Diagnostic.id == diagnostic.id, Diagnostic.revision == seen, Diagnostic.state == DRAFT)
        .values(revision=Diagnostic.revision + 1)
        .returning(Diagnostic.revision)
    ).one_or_none()
    session.refresh(diagnostic, inspect(Diagnostic).column_attrs.keys())
    if taken is None:
        raise ChangedMeanwhile


def write(
    session: Session, diagnostic: Diagnostic, actor_id: UUID, seen: int, part: str, **values: Any
) -> bool:
    """Set what differs, and log which fields that were; say whether anything did."""
    check_is_draft(diagnostic)
    fields = sorted(name for name, value in values.items() if getattr(diagnostic, name) != value)
    if not fields:
        return False
    claim(session, diagnostic, seen)
    for name in fields:
        setattr(diagnostic, name, values[name])
    note_change(session, diagnostic, actor_id, part, fields=fields)
    return True


def note_change(session: Session, diagnostic: Diagnostic, actor_id: UUID, part: str, **details: Any) -> None:
    """Log a change of one part of a diagnostic."""
    note(
        session,
        f"diagnostic {part} changed",
        actor_id,
        authority_code=diagnostic.authority_code,
        subject_id=diagnostic.id,
        revision=diagnostic.revision,
        **details,
    )
