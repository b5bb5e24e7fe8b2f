"""The grid as somebody typed it, before it is known to be a frame."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.commissioning.frame.grid import Grid
from app.commissioning.frame.scope import Scope
from app.interchange.frame_file import headcount_of
from app.interchange.frame_table import MOST_AREAS
from app.web.forms import Bound

ROWS_AT_FIRST, ROWS_ADDED = 5, 3


def name_field(row: int) -> str:
    """Name the field of an area's name."""
    return f"area-{row}-name"


def id_field(row: int) -> str:
    """Name the field of an area's id."""
    return f"area-{row}-id"


def people_field(row: int, role: str) -> str:
    """Name the field of a headcount."""
    return f"area-{row}-people-{role}"


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row as it was typed; ``id`` is empty for an area that is not saved."""

    number: int
    name: str = ""
    people: Mapping[str, str] = field(default_factory=dict)
    id: str = ""

    @property
    def blank(self) -> bool:
        """Whether nothing was typed into a row that is not saved."""
        return not (self.id or self.name or any(self.people.values()))

    @property
    def counted(self) -> int:
        """The people in the row, as far as they can be read."""
        return sum(headcount_of(text) or 0 for text in self.people.values())


@dataclass(frozen=True, slots=True)
class GridForm:
    """The grid as it was typed or is first shown, and what is wrong with it by field.

    ``brief`` says the same in the few words that fit into a cell.
    """

    rows: tuple[GridRow, ...]
    version: str
    errors: Mapping[str, str] = field(default_factory=dict)
    brief: Mapping[str, str] = field(default_factory=dict)

    @property
    def bound(self) -> Bound[Any]:
        """What the error summary of a page needs."""
        return Bound({}, self.errors)

    def with_rows_added(self) -> "GridForm":
        """Add empty rows at the end."""
        room = max(0, MOST_AREAS - len(self.rows))
        more = tuple(GridRow(0) for _ in range(min(ROWS_ADDED, room)))
        return replace(self, rows=numbered((*self.rows, *more)))

    def without_row(self, number: int) -> "GridForm":
        """Take a row out."""
        return replace(self, rows=numbered(row for row in self.rows if row.number != number))

    def row(self, number: int) -> GridRow | None:
        """Find a row by its number."""
        return next((row for row in self.rows if row.number == number), None)


def numbered(rows: Iterable[GridRow]) -> tuple[GridRow, ...]:
    return tuple(replace(row, number=number) for number, row in enumerate(rows, start=1))


def shown_grid(grid: Grid, scope: Scope, version: str) -> GridForm:
    """Show what is saved."""
    rows = tuple(
        GridRow(
            number,
            area.name,
            {role: str(area.count(role) or "") for role in scope.roles},
            str(area.id) if area.id else "",
        )
        for number, area in enumerate(grid.areas, start=1)
    )
    if not rows and scope.areas is None:
        rows = tuple(GridRow(number) for number in range(1, ROWS_AT_FIRST + 1))
    return GridForm(rows, version)
