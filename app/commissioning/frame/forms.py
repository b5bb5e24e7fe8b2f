"""What the pages of the frame may send: the grid as it was typed, and what is wrong with it, by cell."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from uuid import UUID

from starlette.datastructures import FormData

from app.commissioning.frame.grid import Area, Grid
from app.commissioning.frame.scope import Scope
from app.commissioning.frame.typed_grid import (
    GridForm,
    GridRow,
    id_field,
    name_field,
    numbered,
    people_field,
)
from app.interchange.frame_file import headcount_of
from app.interchange.frame_table import LONGEST_NAME, MOST_AREAS, MOST_IN_A_CELL, wrong_name
from app.interchange.vocabulary import cleaned, folded, quoted

VERSION, ACTION = "version", "action"
_ROW = re.compile(r"area-([0-9]{1,4})-name")


def sent_grid(sent: FormData, scope: Scope) -> GridForm:
    """Read what was typed, as it was typed."""
    numbers = sorted(int(match.group(1)) for name in sent if (match := _ROW.fullmatch(name)))
    rows = numbered(
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
    free = {area.id for area in saved.areas}
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
        id_ = _id_among(free, row.id)
        free.discard(id_)
        areas.append(Area(scope.name_of(row.name) or row.name, people, id_))
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
        elif folded(row.name) == folded(scope.unsaid):
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


def _id_among(free: set[UUID | None], text: str) -> UUID | None:
    """Give the id of a saved area that no row has taken yet."""
    return next((id_ for id_ in free if str(id_) == text), None)
