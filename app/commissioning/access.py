"""The diagnostic that an address names, given to whoever may do something with it."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends

from app.accounts.access import Access, PersonDep
from app.accounts.person import Capability, check_can
from app.commissioning.models import Diagnostic
from app.commissioning.queries import find_diagnostic
from app.commissioning.revisions import check_is_draft
from app.database.session import SessionDep
from app.web.errors import NotFound


@dataclass(frozen=True, slots=True)
class OfDiagnostic(Access):
    """Whoever may do something in the authority of the diagnostic that the address names."""

    capability: Capability
    draft: bool = False

    def __call__(self, diagnostic_id: UUID, session: SessionDep, person: PersonDep) -> Diagnostic:
        """Give the diagnostic.

        Raises
        ------
        NotFound
            Where there is none, or none that this person may know of; the two look the same.
        NotAllowed
            Where the person may see it, but not do this.
        Conflict
            Where this can only be done with a draft, and it is none.
        """
        diagnostic = find_diagnostic(session, diagnostic_id, person)
        if diagnostic is None:
            raise NotFound
        check_can(person, self.capability, diagnostic.authority_code)
        if self.draft:
            check_is_draft(diagnostic)
        return diagnostic


SeenDiagnostic = Annotated[Diagnostic, Depends(OfDiagnostic(Capability.SEE), scope="function")]
RunDiagnostic = Annotated[Diagnostic, Depends(OfDiagnostic(Capability.RUN), scope="function")]
DraftDiagnostic = Annotated[Diagnostic, Depends(OfDiagnostic(Capability.RUN, draft=True), scope="function")]
