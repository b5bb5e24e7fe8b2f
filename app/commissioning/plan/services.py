"""Making a fieldwork plan from the proposal, changing it row by row, and confirming it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app.audit.services import note
from app.commissioning.frame.queries import grid_of, saved_grid
from app.commissioning.frame.scope import scope_of
from app.commissioning.frameworks import framework_of
from app.commissioning.models import Diagnostic, PlannedFieldwork
from app.commissioning.plan.queries import PlanRow, find_row, next_position, plan_rows
from app.commissioning.revisions import is_current, lock_draft
from app.web.dates import now
from app.web.errors import Changed, Conflict, NotFound
from diagnostics.fieldwork_plan import PlannedWork, propose_plan

MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """A row as somebody wants it."""

    kind: str
    role_group: str | None
    area_id: UUID | None
    number: int
    note: str


def proposal_for(session: Session, diagnostic: Diagnostic) -> tuple[PlannedWork, ...]:
    """Give the plan that the frame suggests."""
    scope = scope_of(diagnostic)
    return propose_plan(framework_of(diagnostic), grid_of(session, diagnostic).frame(scope.roles))


def plan_content(session: Session, diagnostic: Diagnostic) -> list[Any]:
    """Give all that a page of the whole plan rests on: its rows, and the frame that they should cover."""
    frame = saved_grid(session, diagnostic).content
    scope = [diagnostic.framework, diagnostic.scope, diagnostic.scope_roles, diagnostic.scope_areas]
    return [[row.content for row in plan_rows(session, diagnostic)], frame, scope]


def use_proposal(session: Session, diagnostic: Diagnostic, version: str, person_id: UUID) -> None:
    """Make the plan what the frame suggests; what was there before is gone.

    Raises
    ------
    Conflict
        Where the plan or the frame has changed since the page was made, or there is nobody in the frame.
    """
    lock_draft(session, diagnostic)
    if not is_current(version, diagnostic, plan_content(session, diagnostic)):
        raise Changed(
            "Somebody else changed the plan or the frame after you opened the page. Nothing was changed. "
            "Look at the plan again."
        )
    proposal = proposal_for(session, diagnostic)
    if not proposal:
        raise Conflict(
            "Nobody is in the frame yet, and the plan is made from it. Describe the workforce first."
        )
    before = len(plan_rows(session, diagnostic))
    areas = {area.name: area.id for area in grid_of(session, diagnostic).areas}
    session.execute(delete(PlannedFieldwork).where(PlannedFieldwork.diagnostic_id == diagnostic.id))
    session.add_all(
        PlannedFieldwork(
            diagnostic_id=diagnostic.id,
            source=work.source,
            kind=work.kind,
            role_group=work.role_group,
            service_area_id=areas.get(work.service_area or ""),
            number=work.number,
            note="",
            position=position,
        )
        for position, work in enumerate(proposal)
    )
    _note(session, diagnostic, person_id, "plan reset" if before else "plan made", rows=len(proposal))


def add_row(session: Session, diagnostic: Diagnostic, source: str, wanted: Wanted, person_id: UUID) -> None:
    """Add a row.

    Raises
    ------
    Conflict
        Where the plan has too many rows already.
    """
    lock_draft(session, diagnostic)
    if len(plan_rows(session, diagnostic)) >= MOST_ROWS:
        raise Conflict(f"A plan can have {MOST_ROWS} rows. Put equal ones together first.")
    session.add(
        PlannedFieldwork(
            diagnostic_id=diagnostic.id,
            source=source,
            kind=wanted.kind,
            role_group=wanted.role_group,
            service_area_id=wanted.area_id,
            number=wanted.number,
            note=wanted.note,
            position=next_position(session, diagnostic),
        )
    )
    _note(session, diagnostic, person_id, "plan row added", source=source, number=wanted.number)


def newer_row(session: Session, diagnostic: Diagnostic, row_id: UUID, version: str) -> PlanRow | None:
    """Give a row as somebody else has saved it since a page was made; None where nobody has.

    From here to the end of the transaction nobody else can change the plan.

    Raises
    ------
    NotFound
        Where somebody has removed it.
    """
    lock_draft(session, diagnostic)
    row = find_row(session, diagnostic, row_id)
    if row is None:
        raise NotFound("This row is not in the plan any more. Somebody may have removed it.")
    return None if is_current(version, diagnostic, row.content) else row


def change_row(
    session: Session, diagnostic: Diagnostic, row: PlanRow, wanted: Wanted, person_id: UUID
) -> bool:
    """Change a row, and say whether that changed anything. Ask `newer_row` first."""
    before = (row.work.kind, row.work.role_group, row.area_id, row.work.number, row.note)
    after = (wanted.kind, wanted.role_group, wanted.area_id, wanted.number, wanted.note)
    if before == after:
        return False
    session.execute(
        update(PlannedFieldwork)
        .where(PlannedFieldwork.id == row.id)
        .values(
            kind=wanted.kind,
            role_group=wanted.role_group,
            service_area_id=wanted.area_id,
            number=wanted.number,
            note=wanted.note,
        )
    )
    _note(session, diagnostic, person_id, "plan row changed", source=row.work.source, number=wanted.number)
    return True


def remove_row(session: Session, diagnostic: Diagnostic, row: PlanRow, person_id: UUID) -> None:
    """Remove a row. Ask `newer_row` first."""
    session.execute(delete(PlannedFieldwork).where(PlannedFieldwork.id == row.id))
    _note(session, diagnostic, person_id, "plan row removed", source=row.work.source, number=row.work.number)


def confirm_plan(session: Session, diagnostic: Diagnostic, version: str, person_id: UUID) -> None:
    """Confirm the plan as a page showed it.

    Raises
    ------
    Conflict
        Where the plan or the frame has changed since, or the plan has no row.
    """
    lock_draft(session, diagnostic)
    if not is_current(version, diagnostic, plan_content(session, diagnostic)):
        raise Changed(
            "Somebody else changed the plan or the frame while you looked at it. Look at the plan again, "
            "then confirm it."
        )
    if not plan_rows(session, diagnostic):
        raise Conflict("The plan is empty. Start from the proposal, or add a row.")
    if diagnostic.plan_confirmed_at is None:
        _note(session, diagnostic, person_id, "plan confirmed")
        diagnostic.plan_confirmed_at = now()


def _note(session: Session, diagnostic: Diagnostic, person_id: UUID, action: str, **details: Any) -> None:
    """Make a revision of it, and log it. Whatever changes has to be confirmed again."""
    diagnostic.plan_confirmed_at = None
    diagnostic.revision += 1
    note(
        session,
        action,
        person_id,
        authority_code=diagnostic.authority_code,
        subject_id=diagnostic.id,
        revision=diagnostic.revision,
        **details,
    )
