"""Who may read a published brief: its council, those it is shared with, and everybody if it is public."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request

from app.accounts.access import Access
from app.accounts.person import Capability, Person, can
from app.accounts.signed_in import find_person
from app.briefs.models import InsightBrief
from app.briefs.queries import find_published, is_shared_with
from app.commissioning.access import OfDiagnostic
from app.commissioning.models import Diagnostic
from app.database.session import SessionDep
from app.web.errors import NotFound, SignInNeeded


@dataclass(frozen=True, slots=True)
class OfBrief(Access):
    """Whoever may read the published brief that the address names; its page everybody, if it is public."""

    page: bool = False

    def __call__(self, brief_id: UUID, request: Request, session: SessionDep) -> InsightBrief:
        """Give the brief.

        Raises
        ------
        SignInNeeded
            Where nobody is signed in and it is not public, or not there: the two look the same.
        NotFound
            Where there is none, or none that this person may know of; the two look the same.
        """
        person = find_person(request)
        brief = find_published(session, brief_id)
        if brief is not None and self.page and brief.public:
            return brief
        if person is None:
            raise SignInNeeded
        if brief is None or not may_read_brief(session, person, brief):
            raise NotFound("There is no such brief, or it is not shared with you.")
        return brief


def may_read_brief(session: SessionDep, person: Person, brief: InsightBrief) -> bool:
    """Say whether somebody who is signed in may read a published brief with all its files."""
    diagnostic = session.get_one(Diagnostic, brief.diagnostic_id)
    if can(person, Capability.SEE, diagnostic.authority_code):
        return True
    return bool(person.seen) and is_shared_with(session, diagnostic.id, person.seen or frozenset())


ReadBrief = Annotated[InsightBrief, Depends(OfBrief(), scope="function")]
ReadBriefPage = Annotated[InsightBrief, Depends(OfBrief(page=True), scope="function")]
SharedDiagnostic = Annotated[Diagnostic, Depends(OfDiagnostic(Capability.SHARE), scope="function")]
