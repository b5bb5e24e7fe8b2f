"""The frame as a grid: a row for each service area, a column for each role group."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from app.interchange.vocabulary import folded
from diagnostics.evidence import Frame, FrameCell


@dataclass(frozen=True, slots=True)
class Area:
    """A service area and its people by role group; ``id`` is None until it is saved."""

    name: str
    people: Mapping[str, int] = field(default_factory=dict)
    id: UUID | None = None

    @property
    def total(self) -> int:
        """Everybody who works there."""
        return sum(self.people.values())

    def count(self, role: str) -> int:
        """How many of a role group work there."""
        return self.people.get(role, 0)


@dataclass(frozen=True, slots=True)
class Grid:
    """A whole frame."""

    areas: tuple[Area, ...] = ()

    @property
    def total(self) -> int:
        """Everybody."""
        return sum(area.total for area in self.areas)

    def role_total(self, role: str) -> int:
        """Everybody of a role group."""
        return sum(area.count(role) for area in self.areas)

    @property
    def content(self) -> list[Any]:
        """What the grid says, for a digest of it: names and people, not ids."""
        return [[area.name, {r: n for r, n in sorted(area.people.items()) if n}] for area in self.areas]

    def frame(self, roles: Sequence[str]) -> Frame:
        """Give the frame that the method reads: every role group in every area, also where nobody is."""
        return Frame(
            tuple(FrameCell(role, area.name, area.count(role)) for role in roles for area in self.areas)
        )

    def find(self, name: str) -> Area | None:
        """Find an area by its name, with case and spaces forgiven."""
        return next((area for area in self.areas if folded(area.name) == folded(name)), None)

    def with_ids_of(self, saved: "Grid") -> "Grid":
        """Give each area the saved id that it has already, or else that of the saved area of its name."""
        there = {area.id for area in saved.areas}
        taken = {area.id for area in self.areas} & there
        free = {folded(area.name): area.id for area in saved.areas if area.id not in taken}
        return Grid(
            tuple(
                area if area.id in taken else Area(area.name, area.people, free.get(folded(area.name)))
                for area in self.areas
            )
        )


@dataclass(frozen=True, slots=True)
class CellChange:
    """People of a role group in an area, in one version and in another."""

    area: str
    role: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Differences:
    """How one version of a frame differs from another.

    ``renamed`` holds pairs of names; ``cells`` the people that differ in areas that both have.
    """

    added: tuple[Area, ...]
    removed: tuple[Area, ...]
    renamed: tuple[tuple[str, str], ...]
    cells: tuple[CellChange, ...]
    people_before: int
    people_after: int
    reordered: bool = False

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.renamed or self.cells or self.reordered)


def differences(before: Grid, after: Grid, roles: Sequence[str]) -> Differences:
    """Compare two versions; an area is the same where its id is, or else its name."""
    pairs = list(_pairs(before, after))
    return Differences(
        added=tuple(new for old, new in pairs if old is None and new is not None),
        removed=tuple(old for old, new in pairs if new is None and old is not None),
        renamed=tuple((old.name, new.name) for old, new in pairs if old and new and old.name != new.name),
        cells=tuple(
            CellChange(new.name, role, old.count(role), new.count(role))
            for old, new in pairs
            if old and new
            for role in roles
            if old.count(role) != new.count(role)
        ),
        people_before=before.total,
        people_after=after.total,
        reordered=[old.name for old, new in pairs if old and new] != _kept_order(before, pairs),
    )


def _pairs(before: Grid, after: Grid) -> Iterator[tuple[Area | None, Area | None]]:
    by_id = {area.id: area for area in before.areas if area.id is not None}
    left = list(before.areas)
    for new in after.areas:
        old = by_id.get(new.id) if new.id is not None else None
        if old is None or old not in left:
            old = next((area for area in left if folded(area.name) == folded(new.name)), None)
        if old is not None:
            left.remove(old)
        yield old, new
    for old in left:
        yield old, None


def _kept_order(before: Grid, pairs: Sequence[tuple[Area | None, Area | None]]) -> list[str]:
    kept = {old.name for old, new in pairs if old and new}
    return [area.name for area in before.areas if area.name in kept]
