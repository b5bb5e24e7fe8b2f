"""Who does what in a diagnostic."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.accounts.person import Role
from app.commissioning.models import BY_ITSELF, GATHERS, HOLDS_A_KEY, LEADS, Diagnostic, Duty
from app.commissioning.queries import Candidate, candidates, duties_of
from app.commissioning.revisions import check_is_draft
from app.commissioning.services.changing import Refused, claim, note_change

KEYS = 2


@dataclass(frozen=True, slots=True)
class Chosen:
    """The accounts that were chosen; None where nobody is yet."""

    lead: UUID | None = None
    gatherer: UUID | None = None
    first_key: UUID | None = None
    second_key: UUID | None = None

    def duties(self) -> frozenset[tuple[str, UUID]]:
        """Give each duty with who has it."""
        pairs = (
            (LEADS, self.lead),
            (GATHERS, self.gatherer),
            (HOLDS_A_KEY, self.first_key),
            (HOLDS_A_KEY, self.second_key),
        )
        return frozenset((duty, account) for duty, account in pairs if account is not None)


def can_lead(candidate: Candidate) -> bool:
    """Say whether somebody can lead for the council: its commissioners can."""
    return Role.COMMISSIONER in candidate.roles


def can_gather(candidate: Candidate, run_by: str) -> bool:
    """Say whether somebody can gather evidence: a PDM, or anybody where the council runs it by itself."""
    return run_by == BY_ITSELF or Role.PDM in candidate.roles


def set_people(session: Session, diagnostic: Diagnostic, actor_id: UUID, seen: int, chosen: Chosen) -> None:
    """Give the duties of a diagnostic to people who have a role in its council.

    Raises
    ------
    Refused
        Where somebody cannot have a duty, or one person has two that need two.
    """
    check_is_draft(diagnostic)
    found = candidates(session, diagnostic.authority_code)
    faults = _faults(chosen, diagnostic.run_by, found)
    if faults:
        raise Refused(faults)
    before = {(held.duty, held.account_id) for held in duties_of(session, [diagnostic.id])[diagnostic.id]}
    if before == chosen.duties():
        return
    claim(session, diagnostic, seen)
    session.execute(delete(Duty).where(Duty.diagnostic_id == diagnostic.id))
    session.add_all(
        Duty(diagnostic_id=diagnostic.id, account_id=account, duty=duty)
        for duty, account in sorted(chosen.duties(), key=lambda pair: (pair[0], pair[1].hex))
    )
    note_change(
        session,
        diagnostic,
        actor_id,
        "people",
        duties={duty: sorted(str(a) for d, a in chosen.duties() if d == duty) for duty, _ in chosen.duties()},
    )


def _faults(chosen: Chosen, run_by: str, found: Iterable[Candidate]) -> dict[str, str]:
    by_id = {candidate.id: candidate for candidate in found}
    lead = by_id.get(chosen.lead) if chosen.lead else None
    gatherer = by_id.get(chosen.gatherer) if chosen.gatherer else None
    faults: dict[str, str] = {}
    if chosen.lead and (lead is None or not can_lead(lead)):
        faults["lead"] = "Choose a commissioner of this council"
    if chosen.gatherer and (gatherer is None or not can_gather(gatherer, run_by)):
        faults["gatherer"] = "Choose somebody from the list who can gather evidence"
    elif run_by == BY_ITSELF and chosen.gatherer and chosen.gatherer == chosen.lead:
        faults["gatherer"] = "Choose somebody other than the lead: the two parts need two people"
    for name in ("first_key", "second_key"):
        account = getattr(chosen, name)
        if account and account not in by_id:
            faults[name] = "Choose somebody who has a role in this council"
    if chosen.first_key and chosen.first_key == chosen.second_key:
        faults.setdefault("second_key", "Choose two different people to hold the key")
    return faults
