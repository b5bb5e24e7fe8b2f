"""Who may open the fieldwork: how far it is, whoever sees the council; its notes, whoever gathers."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends

from app.accounts.access import Access, PersonDep
from app.accounts.person import Capability, Person, can
from app.commissioning.models import DRAFT, GATHERS, Diagnostic
from app.commissioning.queries import duties_of, find_diagnostic
from app.database.session import SessionDep
from app.fieldwork.models import FieldworkRecord
from app.fieldwork.queries import find_record, purged_on
from app.web.dates import uk_date
from app.web.errors import Conflict, Deleted, NotAllowed, NotFound


@dataclass(frozen=True, slots=True)
class OfFieldwork(Access):
    """Whoever gathers evidence for the diagnostic that the address names; its commissioners do not."""

    begun: bool = True

    def __call__(self, diagnostic_id: UUID, session: SessionDep, person: PersonDep) -> Diagnostic:
        """Give the diagnostic.

        Raises
        ------
        NotFound
            Where there is none, or none that this person may know of; the two look the same.
        NotAllowed
            Where the person may see it, but does not gather its evidence.
        Conflict
            Where there is no fieldwork, or not yet.
        Deleted
            Where the notes of the diagnostic were deleted, as its papers promise.
        """
        diagnostic = find_diagnostic(session, diagnostic_id, person)
        if diagnostic is None:
            raise NotFound
        if not gathers(session, person, diagnostic):
            raise NotAllowed(
                "Notes, ratings and quotes are open only to the people who gather the evidence for this "
                "diagnostic. You can see the plan, and how much of it is done."
            )
        if self.begun:
            check_has_begun(diagnostic)
            check_not_deleted(session, diagnostic)
        return diagnostic


def gathers(session: SessionDep, person: Person, diagnostic: Diagnostic) -> bool:
    """Say whether a person gathers a diagnostic's evidence: by role, or because the council chose them."""
    if can(person, Capability.GATHER, diagnostic.authority_code):
        return True
    held = duties_of(session, [diagnostic.id])[diagnostic.id]
    return any(duty.duty == GATHERS and duty.account_id == person.id for duty in held)


def check_has_begun(diagnostic: Diagnostic) -> None:
    """Stop what belongs to fieldwork where there is none.

    Raises
    ------
    Conflict
        Where the diagnostic does without fieldwork, or is not launched yet.
    """
    if not diagnostic.with_fieldwork:
        raise Conflict("This diagnostic was set up without fieldwork.")
    if diagnostic.state == DRAFT:
        raise Conflict(
            "Fieldwork begins when the diagnostic is launched, as questions and groups stay from then on. "
            "Until then you can work on the plan."
        )


def check_not_deleted(session: SessionDep, diagnostic: Diagnostic) -> None:
    """Stop whatever needs the notes of a diagnostic, or would add to them after their time.

    Raises
    ------
    Deleted
        Where they were deleted.
    """
    purged = purged_on(session, diagnostic.id)
    if purged is not None:
        raise Deleted(
            f"The notes and files of this fieldwork were deleted on {uk_date(purged)}, as everybody who took "
            "part was promised."
        )


GatheredDiagnostic = Annotated[Diagnostic, Depends(OfFieldwork(), scope="function")]


def gathered_record(record_id: UUID, session: SessionDep, diagnostic: GatheredDiagnostic) -> FieldworkRecord:
    """Give the record that the address names, to whoever gathers.

    Raises
    ------
    NotFound
        Where the diagnostic has no such record.
    """
    record = find_record(session, diagnostic.id, record_id)
    if record is None:
        raise NotFound("This record is not there any more. Somebody may have removed it.")
    return record


GatheredRecord = Annotated[FieldworkRecord, Depends(gathered_record, scope="function")]
