"""What the pages of the frame may send: the grid as it was typed, and what is wrong with it, by cell."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from starlette.datastructures import FormData

from app.commissioning.frame.grid import Area, Grid
from app.commissioning.frame.scope import Scope
from app.interchange.frame_file import headcount_of
from app.interchange.frame_table import LONGEST_NAME, MOST_AREAS, MOST_IN_A_CELL, wrong_name
from app.interchange.vocabulary import cleaned, folded, quoted
from app.web.forms import Bound

VERSION, ACTION = "version", "action"
ROWS_AT_FIRST, ROWS_ADDED = 5, 3
_ROW = re.compile(r"area-([0-9]{1,4})-name")
_NOT_AN_AREA = folded("prefer not to say")


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
        return replace(self, rows=_numbered((*self.rows, *more)))

    def without_row(self, number: int) -> "GridForm":
        """Take a row out."""
        return replace(self, rows=_numbered(row for row in self.rows if row.number != number))

    def row(self, number: int) -> GridRow | None:
        """Find a row by its number."""
        return next((row for row in self.rows if row.number == number), None)


def _numbered(rows: Iterable[GridRow]) -> tuple[GridRow, ...]:
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


def sent_grid(sent: FormData, scope: Scope) -> GridForm:
    """Read what was typed, as it was typed."""
    numbers = sorted(int(match.group(1)) for name in sent if (match := _ROW.fullmatch(name)))
    rows = _numbered(
        GridRow(
            number,
            _text(sent, name_field(number)),
            {role: _text(sent, people_field(number, role)) for role in scope.roles},
            _text(sent, id_field(number)),
        )
        for number in dict.fromkeys(numbers)
    )
    return GridForm(rows, _text(sent, VERSION))


def _text(sent: FormData, name: str) -> str:
    value = sent.get(name, "")
    return " ".join(unicodedata.normalize("NFC", cleaned(value)).split()) if isinstance(value, str) else ""


def checked_grid(form: GridForm, scope: Scope, saved: Grid) -> tuple[GridForm, Grid | None]:
    """Give the frame that was typed, or the form with all that is wrong with it.

    ``saved`` tells which ids exist; an area whose id is gone is a new one of that name.
    """
    errors: dict[str, str] = {}
    brief: dict[str, str] = {}
    known = {area.id for area in saved.areas}
    areas: list[Area] = []
    filled = [row for row in form.rows if not row.blank]
    for row, wrong in zip(filled, _wrong_names(filled, scope), strict=True):
        if wrong:
            errors[name_field(row.number)] = wrong
        people: dict[str, int] = {}
        for group in scope.role_groups:
            text = row.people.get(group.id, "")
            count = headcount_of(text) if text else 0
            cell = people_field(row.number, group.id)
            what = f"Headcount of {group.name} in {row.name or f'row {row.number}'}"
            if count is None:
                errors[cell] = f"{what} must be a whole number from 0, such as 12"
                brief[cell] = "Enter a whole number"
            elif count > MOST_IN_A_CELL:
                errors[cell] = f"{what} must be {MOST_IN_A_CELL:,} or fewer"
                brief[cell] = f"{MOST_IN_A_CELL:,} at most"
            people[group.id] = count or 0
        areas.append(Area(scope.name_of(row.name) or row.name, people, _known_id(row.id, known)))
    if len(filled) > MOST_AREAS:
        field_name = name_field(filled[MOST_AREAS].number)
        errors[field_name] = (
            f"There are {len(filled)} service areas; the most is {MOST_AREAS}. Put small ones together under "
            "one name"
        )
    if errors:
        return replace(form, errors=errors, brief=brief), None
    return form, Grid(tuple(areas))


def _wrong_names(rows: Sequence[GridRow], scope: Scope) -> Iterator[str]:
    first: dict[str, int] = {}
    for row in rows:
        other = first.setdefault(folded(row.name), row.number)
        if not row.name:
            yield f"Enter the name of the service area in row {row.number}, or remove the row"
        elif len(row.name) > LONGEST_NAME:
            yield f"The name in row {row.number} must be {LONGEST_NAME} characters or fewer"
        elif folded(row.name) == _NOT_AN_AREA:
            yield f"The name in row {row.number} must say where people work"
        elif other != row.number:
            yield (
                f"{quoted(row.name)} stands in rows {other} and {row.number}. Put both into one row, or give "
                "one another name"
            )
        elif scope.name_of(row.name) is None:
            yield f"{quoted(row.name)} is outside what the diagnostic covers. Remove the row"
        else:
            yield wrong_name(row.name)


def _known_id(text: str, known: set[UUID | None]) -> UUID | None:
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if found in known else None
