"""Reads of who gathers the evidence of a diagnostic, and who else could."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account, Grant
from app.accounts.person import Role
from app.commissioning.models import BY_ITSELF, GATHERS, LEADS, Diagnostic
from app.commissioning.queries import Candidate, candidates, duties_of


@dataclass(frozen=True, slots=True)
class Gatherer:
    """Somebody who gathers: by role in the council, because they were chosen, or as a programme lead."""

    account_id: UUID
    name: str
    by_role: bool
    chosen: bool
    programme_lead: bool
    joined: bool


def gatherers_of(session: Session, diagnostic: Diagnostic) -> Sequence[Gatherer]:
    """Give whoever may open the notes of a diagnostic: its own people first, then programme leads."""
    held = {
        one.account_id: one
        for one in duties_of(session, [diagnostic.id])[diagnostic.id]
        if one.duty == GATHERS and one.active
    }
    found = {
        one.id: Gatherer(one.id, one.name, Role.PDM in one.roles, one.id in held, False, one.joined)
        for one in candidates(session, diagnostic.authority_code)
        if Role.PDM in one.roles or one.id in held
    }
    leads = session.execute(
        select(Account.id, Account.name, Account.joined_at)
        .join(Grant, Grant.account_id == Account.id)
        .where(Grant.role == Role.PROGRAMME_LEAD)
        .where(Account.disabled_at.is_(None), Account.closed_at.is_(None))
    ).all()
    for row in leads:
        if row.id not in found:
            found[row.id] = Gatherer(row.id, row.name, False, False, True, row.joined_at is not None)
    return sorted(
        found.values(), key=lambda one: (one.programme_lead, one.name.casefold(), one.account_id.hex)
    )


def could_gather(session: Session, diagnostic: Diagnostic) -> Sequence[Candidate]:
    """Give who else can be chosen to gather.

    Whoever leads for the council cannot: finding and answering for it are two people's parts. Where a PDM
    runs the diagnostic no commissioner can: whoever spoke to the PDM was told that they read no notes.
    """
    there = {one.account_id for one in gatherers_of(session, diagnostic) if not one.programme_lead}
    leads = {
        one.account_id for one in duties_of(session, [diagnostic.id])[diagnostic.id] if one.duty == LEADS
    }
    return [
        one
        for one in candidates(session, diagnostic.authority_code)
        if one.id not in there | leads
        and (diagnostic.run_by == BY_ITSELF or Role.COMMISSIONER not in one.roles)
    ]
