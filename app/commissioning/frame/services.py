"""Changing a frame, all of it at once or not at all, and confirming it."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.audit.services import note
from app.commissioning.frame.grid import Area, Grid, differences
from app.commissioning.frame.queries import CHANGED, REPLACED, grid_of, saved_grid
from app.commissioning.frame.scope import scope_of
from app.commissioning.models import Diagnostic, FrameCell, ServiceArea
from app.commissioning.revisions import is_current, lock_draft
from app.web.dates import now
from app.web.errors import Changed, Conflict


def newer_grid(session: Session, diagnostic: Diagnostic, version: str) -> Grid | None:
    """Give what somebody else has saved since a page was made; None where that is still all there is.

    From here to the end of the transaction nobody else can save.
    """
    lock_draft(session, diagnostic)
    saved = saved_grid(session, diagnostic)
    return None if is_current(version, diagnostic, saved.content) else saved


def save_frame(
    session: Session, diagnostic: Diagnostic, grid: Grid, person_id: UUID, *, from_file: bool = False
) -> bool:
    """Replace the frame; say whether that changed anything. Areas that keep their id keep their plan.

    Ask `newer_grid` first. Whatever changes has to be confirmed again, and so has the plan that rests on it.
    """
    scope = scope_of(diagnostic)
    before = saved_grid(session, diagnostic)
    roles = tuple(dict.fromkeys([*scope.roles, *(r for area in before.areas for r in area.people)]))
    changed = differences(before, grid, roles)
    if not changed:
        return False
    _write(session, diagnostic, grid)
    diagnostic.frame_confirmed_at = None
    diagnostic.plan_confirmed_at = None
    diagnostic.revision += 1
    note(
        session,
        REPLACED if from_file else CHANGED,
        person_id,
        authority_code=diagnostic.authority_code,
        subject_id=diagnostic.id,
        revision=diagnostic.revision,
        areas=len(grid.areas),
        people=grid.total,
        people_before=before.total,
        areas_added=len(changed.added),
        areas_removed=len(changed.removed),
        areas_renamed=len(changed.renamed),
        cells_changed=len(changed.cells),
    )
    return True


def _write(session: Session, diagnostic: Diagnostic, grid: Grid) -> None:
    query = (
        select(ServiceArea)
        .where(ServiceArea.diagnostic_id == diagnostic.id)
        .options(selectinload(ServiceArea.cells))
    )
    saved = {area.id: area for area in session.scalars(query)}
    kept = {area.id for area in grid.areas}
    for id_, row in saved.items():
        if id_ not in kept:
            session.delete(row)
        elif any(area.id == id_ and area.name != row.name for area in grid.areas):
            # Two areas may have exchanged their names, and no two may have the same in between.
            row.name = str(uuid4())
    session.flush()
    for position, area in enumerate(grid.areas):
        known = saved.get(area.id) if area.id is not None else None
        if known is None:
            known = ServiceArea(id=uuid4(), diagnostic_id=diagnostic.id, cells=[])
            session.add(known)
        known.name, known.position = area.name, position
        _write_cells(known, area)
    session.flush()


def _write_cells(row: ServiceArea, area: Area) -> None:
    cells = {cell.role_group: cell for cell in row.cells}
    wanted = {role: people for role, people in area.people.items() if people > 0}
    for role, cell in cells.items():
        if role not in wanted:
            row.cells.remove(cell)
    for role, people in wanted.items():
        if role in cells:
            cells[role].headcount = people
        else:
            row.cells.append(FrameCell(role_group=role, headcount=people))


def missing_of(session: Session, diagnostic: Diagnostic) -> tuple[str, ...]:
    """Say what a frame still lacks before it can be confirmed, a sentence each."""
    scope, saved = scope_of(diagnostic), saved_grid(session, diagnostic)
    grid = grid_of(session, diagnostic)
    if grid.total == 0:
        return ("Nobody is in the frame yet.",)
    found = []
    if grid.total < diagnostic.threshold:
        found.append(
            f"There are {grid.total} people in the frame, and of fewer than {diagnostic.threshold} nothing "
            "can be shown."
        )
    found += [
        f"Nobody is counted in “{area.name}”. Enter its people, or take it out of the frame."
        if scope.areas is None
        else f"Nobody is counted in “{area.name}”, which the diagnostic covers."
        for area in grid.areas
        if area.total == 0
    ]
    if scope.named_roles:
        found += [
            f"Nobody is counted as {group.name}, whom the diagnostic covers."
            for group in scope.role_groups
            if grid.role_total(group.id) == 0
        ]
    if {area.id for area in saved.areas} - {area.id for area in grid.areas} or scope.outside(saved):
        found.append("Part of the frame is outside what the diagnostic covers now. Save the frame anew.")
    return tuple(found)


def previewed(diagnostic: Diagnostic, saved: Grid) -> list[Any]:
    """Give all that a preview rests on: whoever confirms it has seen this and nothing else."""
    return [
        saved.content,
        diagnostic.framework,
        diagnostic.threshold,
        [diagnostic.scope, diagnostic.scope_roles, diagnostic.scope_areas],
    ]


def confirm_frame(session: Session, diagnostic: Diagnostic, version: str, person_id: UUID) -> None:
    """Confirm the frame as a page showed it.

    Raises
    ------
    Conflict
        Where it has changed since, or still lacks something.
    """
    lock_draft(session, diagnostic)
    if not is_current(version, diagnostic, previewed(diagnostic, saved_grid(session, diagnostic))):
        raise Changed(
            "Somebody else changed the frame, or what the diagnostic covers, while you looked at it. "
            "Look at the preview again, then confirm it."
        )
    missing = missing_of(session, diagnostic)
    if missing:
        raise Conflict(" ".join(missing))
    if diagnostic.frame_confirmed_at is not None:
        return
    diagnostic.frame_confirmed_at = now()
    diagnostic.revision += 1
    note(
        session,
        "frame confirmed",
        person_id,
        authority_code=diagnostic.authority_code,
        subject_id=diagnostic.id,
        revision=diagnostic.revision,
    )
