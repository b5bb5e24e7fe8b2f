"""What a diagnostic covers, as its frame has to follow it: some areas, some role groups, or all."""

from dataclasses import dataclass

from app.commissioning.frame.grid import Area, Grid
from app.commissioning.frameworks import framework_of
from app.commissioning.models import NAMED_AREAS, NAMED_ROLES, Diagnostic
from app.interchange.vocabulary import folded
from diagnostics.framework_parts import RoleGroup


@dataclass(frozen=True, slots=True)
class Scope:
    """The role groups and the areas that a frame should have. Without ``areas`` the council names its own.

    ``unsaid`` is how staff say that they will not tell their area, which is the name of none.
    """

    role_groups: tuple[RoleGroup, ...]
    areas: tuple[str, ...] | None = None
    named_roles: bool = False
    unsaid: str = ""

    @property
    def roles(self) -> tuple[str, ...]:
        """The ids of the role groups."""
        return tuple(group.id for group in self.role_groups)

    def name_of(self, area: str) -> str | None:
        """Give an area's name as the scope writes it; None where it is outside."""
        if self.areas is None:
            return area
        return next((name for name in self.areas if folded(name) == folded(area)), None)

    def within(self, grid: Grid) -> Grid:
        """Leave out of a grid what is outside the scope, and add the areas that it expects."""
        inside = [
            Area(name, {role: n for role, n in area.people.items() if role in self.roles}, area.id)
            for area in grid.areas
            if (name := self.name_of(area.name)) is not None
        ]
        if self.areas is None:
            return Grid(tuple(inside))
        saved = Grid(tuple(inside))
        return Grid(tuple(saved.find(name) or Area(name) for name in self.areas))

    def outside(self, grid: Grid) -> int:
        """Count the people of a grid who are outside the scope."""
        return grid.total - self.within(grid).total


def scope_of(diagnostic: Diagnostic) -> Scope:
    """Give what a diagnostic covers."""
    framework = framework_of(diagnostic)
    groups, unsaid = framework.role_groups, framework.prefer_not_to_say
    if diagnostic.scope == NAMED_ROLES:
        named = tuple(group for group in groups if group.id in diagnostic.scope_roles)
        return Scope(named, named_roles=True, unsaid=unsaid)
    if diagnostic.scope == NAMED_AREAS:
        return Scope(groups, tuple(diagnostic.scope_areas), unsaid=unsaid)
    return Scope(groups, unsaid=unsaid)
