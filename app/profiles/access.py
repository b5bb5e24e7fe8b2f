"""Who may open a profile: whoever gathers at once, the council's people once it was shown to them.

Each profile that the council sees is held against the next, so that commissioners do not see every draft.
"""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlalchemy.orm import Session

from app.accounts.access import Access, PersonDep
from app.accounts.person import Capability, Person, can
from app.commissioning.access import SeenDiagnostic
from app.commissioning.models import Diagnostic
from app.commissioning.queries import find_diagnostic
from app.database.session import SessionDep
from app.fieldwork.access import gathers
from app.profiles.models import ProfileSnapshot
from app.profiles.queries import find_snapshot, shown_to_council
from app.web.errors import NotAllowed, NotFound

_NOT_SHOWN = (
    "This profile is a draft. The council’s people see it when the right of reply is opened, "
    "or when its brief is published."
)
_NOT_GATHERING = "Only the people who gather the evidence for this diagnostic can do this."
_NOT_RUNNING = (
    "Only the people who run this diagnostic, or gather its evidence, can do this. "
    "Ask a commissioner of your council, or your practice development manager."
)


@dataclass(frozen=True, slots=True)
class OfProfile(Access):
    """Whoever gathers the evidence of the diagnostic that the address names, or runs it if that will do."""

    running: bool = False

    def __call__(self, diagnostic_id: UUID, session: SessionDep, person: PersonDep) -> Diagnostic:
        """Give the diagnostic.

        Raises
        ------
        NotFound
            Where there is none, or none that this person may know of; the two look the same.
        NotAllowed
            Where the person may see it, but not do this.
        """
        diagnostic = find_diagnostic(session, diagnostic_id, person)
        if diagnostic is None:
            raise NotFound
        allowed = works_on if self.running else gathers
        if not allowed(session, person, diagnostic):
            raise NotAllowed(_NOT_RUNNING if self.running else _NOT_GATHERING)
        return diagnostic


def works_on(session: Session, person: Person, diagnostic: Diagnostic) -> bool:
    """Say whether a person runs a diagnostic or gathers its evidence."""
    return can(person, Capability.RUN, diagnostic.authority_code) or gathers(session, person, diagnostic)


def may_read(session: Session, person: Person, diagnostic: Diagnostic, snapshot: ProfileSnapshot) -> bool:
    """Say whether a person who may see the diagnostic may read one of its profiles."""
    return gathers(session, person, diagnostic) or snapshot.id in shown_to_council(session, diagnostic.id)


def read_snapshot(
    number: int, session: SessionDep, person: PersonDep, diagnostic: SeenDiagnostic
) -> ProfileSnapshot:
    """Give the profile that the address names, to whoever may read it.

    Raises
    ------
    NotFound
        Where the diagnostic has no such profile.
    NotAllowed
        Where it is a draft that the council has not been shown.
    """
    snapshot = find_snapshot(session, diagnostic.id, number)
    if snapshot is None:
        raise NotFound("There is no such profile.")
    if not may_read(session, person, diagnostic, snapshot):
        raise NotAllowed(_NOT_SHOWN)
    return snapshot


WorkedOnDiagnostic = Annotated[Diagnostic, Depends(OfProfile(running=True), scope="function")]
GatheringDiagnostic = Annotated[Diagnostic, Depends(OfProfile(), scope="function")]
ReadSnapshot = Annotated[ProfileSnapshot, Depends(read_snapshot, scope="function")]
