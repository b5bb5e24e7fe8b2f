"""Choosing who else gathers, also after the launch: rating twice and releasing a quote need two people."""

from uuid import UUID

from sqlalchemy import delete, inspect
from sqlalchemy.orm import Session

from app.audit.services import note
from app.commissioning.models import GATHERS, Diagnostic, Duty
from app.fieldwork.gatherers.queries import could_gather, gatherers_of

NOT_ANY_MORE = "They do not gather any more, or gather by their role"
THE_LAST = "Nobody would gather any more. Choose somebody else first"


def add_gatherer(session: Session, diagnostic: Diagnostic, account_id: UUID, actor_id: UUID) -> str:
    """Let somebody gather as well; say what stands in the way, or nothing."""
    _lock(session, diagnostic)
    if account_id not in {one.id for one in could_gather(session, diagnostic)}:
        return "Choose somebody from the list"
    session.add(Duty(diagnostic_id=diagnostic.id, account_id=account_id, duty=GATHERS))
    _log(session, diagnostic, "gatherer added", account_id, actor_id)
    return ""


def remove_gatherer(session: Session, diagnostic: Diagnostic, account_id: UUID, actor_id: UUID) -> str:
    """Let somebody not gather any more; say what stands in the way, or nothing. What they wrote stays."""
    _lock(session, diagnostic)
    there = [one for one in gatherers_of(session, diagnostic) if not one.programme_lead]
    if not any(one.account_id == account_id and one.chosen and not one.by_role for one in there):
        return NOT_ANY_MORE
    if len(there) == 1:
        return THE_LAST
    session.execute(
        delete(Duty).where(
            Duty.diagnostic_id == diagnostic.id, Duty.account_id == account_id, Duty.duty == GATHERS
        )
    )
    _log(session, diagnostic, "gatherer removed", account_id, actor_id)
    return ""


def _lock(session: Session, diagnostic: Diagnostic) -> None:
    """Hold the diagnostic, so that two people do not each remove the last but one."""
    columns = [column.key for column in inspect(Diagnostic).column_attrs]
    session.refresh(diagnostic, attribute_names=columns, with_for_update=True)


def _log(session: Session, diagnostic: Diagnostic, action: str, account_id: UUID, actor_id: UUID) -> None:
    note(
        session,
        action,
        actor_id,
        authority_code=diagnostic.authority_code,
        subject_id=diagnostic.id,
        account=str(account_id),
    )
