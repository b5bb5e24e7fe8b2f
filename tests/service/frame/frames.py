"""Frames for tests: written into the database, read back, and typed into the grid."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from app.audit.models import Entry
from app.commissioning.frame.forms import name_field, people_field
from app.commissioning.frame.queries import saved_grid
from app.commissioning.models import Diagnostic, FrameCell, PlannedFieldwork, ServiceArea
from app.database.session import Database

ROLES = ("leaders", "team_managers", "registered", "other_practitioners", "support")
Rows = Mapping[str, Sequence[int]]
# People by role group, in the order of ROLES.
USUAL: Rows = {
    "Early help": (4, 8, 8, 44, 9),
    "Safeguarding": (7, 16, 93, 14, 8),
    "Plant Cymru: Tŷ Ŵyl": (3, 4, 27, 6, 4),
}


def address(diagnostic: UUID, part: str = "") -> str:
    """Give the address of a page of the frame."""
    return f"/diagnostics/{diagnostic}/frame{part}"


def write(database: Database, diagnostic: UUID, rows: Rows = USUAL) -> None:
    """Write a frame without the pages for it."""
    with database.transaction() as session:
        for position, (name, people) in enumerate(rows.items()):
            session.add(
                ServiceArea(
                    diagnostic_id=diagnostic,
                    name=name,
                    position=position,
                    cells=[
                        FrameCell(role_group=role, headcount=n)
                        for role, n in zip(ROLES, people, strict=True)
                        if n
                    ],
                )
            )


def read(database: Database, diagnostic: UUID) -> dict[str, tuple[int, ...]]:
    """Give the frame that is saved."""
    with database.transaction(writes=False) as session:
        found = session.get_one(Diagnostic, diagnostic)
        return {
            area.name: tuple(area.count(role) for role in ROLES) for area in saved_grid(session, found).areas
        }


def area_ids(database: Database, diagnostic: UUID) -> dict[str, UUID]:
    """Give the ids of the saved service areas by name."""
    with database.transaction(writes=False) as session:
        rows = session.execute(
            select(ServiceArea.name, ServiceArea.id).where(ServiceArea.diagnostic_id == diagnostic)
        )
        return {name: id_ for name, id_ in rows}


def state(database: Database, diagnostic: UUID) -> Diagnostic:
    """Give the diagnostic as it is saved."""
    with database.transaction(writes=False) as session:
        return session.get_one(Diagnostic, diagnostic)


def set_state(database: Database, diagnostic: UUID, **values: Any) -> None:
    """Change the diagnostic behind everybody's back."""
    with database.transaction() as session:
        session.execute(update(Diagnostic).where(Diagnostic.id == diagnostic).values(**values))


def plan_row(database: Database, diagnostic: UUID, area: str, **values: Any) -> UUID:
    """Write a row of the plan in a service area."""
    area_id = area_ids(database, diagnostic)[area]
    with database.transaction() as session:
        row = PlannedFieldwork(
            **{
                "diagnostic_id": diagnostic,
                "source": "interview",
                "kind": "focus_group",
                "role_group": "registered",
                "service_area_id": area_id,
                "number": 1,
                "note": "",
                "position": 0,
                **values,
            }
        )
        session.add(row)
        session.flush()
        return row.id


def typed(row: int, name: str, people: Sequence[int | str]) -> dict[str, str]:
    """Give the fields of a row of the grid as somebody types them."""
    cells = {people_field(row, role): str(n) for role, n in zip(ROLES, people, strict=True)}
    return {name_field(row): name, **cells}


def log(database: Database) -> list[tuple[str, dict[str, Any]]]:
    """Give what was logged, oldest first."""
    with database.transaction(writes=False) as session:
        return [(entry.action, entry.details) for entry in session.scalars(select(Entry).order_by(Entry.at))]
