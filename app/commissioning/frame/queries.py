"""Reads of a diagnostic's frame."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from app.accounts.models import Account
from app.audit.models import Entry
from app.commissioning.frame.grid import Area, Grid
from app.commissioning.frame.scope import scope_of
from app.commissioning.models import Diagnostic, PlannedFieldwork, ServiceArea
from diagnostics.evidence import Frame

# How the log calls what saves a frame: in the grid, and from a file.
SAVED = (CHANGED, REPLACED) = ("frame changed", "frame replaced from a file")


def saved_grid(session: Session, diagnostic: Diagnostic) -> Grid:
    """Give all that is saved of a frame, also what has fallen out of the scope since."""
    query = (
        select(ServiceArea)
        .where(ServiceArea.diagnostic_id == diagnostic.id)
        .order_by(ServiceArea.position, ServiceArea.name)
        .options(selectinload(ServiceArea.cells))
        .execution_options(populate_existing=True)
    )
    return Grid(
        tuple(
            Area(area.name, {cell.role_group: cell.headcount for cell in area.cells}, area.id)
            for area in session.scalars(query)
        )
    )


def grid_of(session: Session, diagnostic: Diagnostic) -> Grid:
    """Give the frame as far as the diagnostic covers it, with the areas that it expects."""
    return scope_of(diagnostic).within(saved_grid(session, diagnostic))


def frame_of(session: Session, diagnostic: Diagnostic) -> Frame:
    """Give the frame as the method reads it."""
    return grid_of(session, diagnostic).frame(scope_of(diagnostic).roles)


@dataclass(frozen=True, slots=True)
class LastSave:
    """Who saved a frame last, and when."""

    person_id: UUID | None
    name: str
    at: datetime


def last_save(session: Session, diagnostic: Diagnostic) -> LastSave | None:
    """Give who saved the frame last, as the log has it."""
    query = (
        select(Entry.actor_id, Account.name, Entry.at)
        .outerjoin(Account, Account.id == Entry.actor_id)
        .where(Entry.subject_id == diagnostic.id, Entry.action.in_(SAVED))
        .order_by(Entry.at.desc())
        .limit(1)
    )
    found = session.execute(query).one_or_none()
    return None if found is None else LastSave(found[0], found[1] or "Somebody", found[2])


def planned_in_areas(session: Session, diagnostic: Diagnostic) -> dict[str, int]:
    """Count the rows of the fieldwork plan by the name of their service area."""
    query = (
        select(ServiceArea.name, func.count())
        .join(PlannedFieldwork, PlannedFieldwork.service_area_id == ServiceArea.id)
        .where(PlannedFieldwork.diagnostic_id == diagnostic.id)
        .group_by(ServiceArea.name)
    )
    return {name: number for name, number in session.execute(query)}
