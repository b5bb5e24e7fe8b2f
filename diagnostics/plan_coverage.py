"""What a fieldwork plan would reach: whom it hears, what it sees of each heading, how long it takes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from diagnostics.evidence import FIELDWORK, Frame
from diagnostics.fieldwork_plan import PlannedWork, shown_in
from diagnostics.framework import Framework
from diagnostics.framework_parts import Side
from diagnostics.published import Source

# Hours on site, with the way from one to the next: ours. Documents are read elsewhere.
HOURS_WITH_ONE, HOURS_WITH_SEVERAL, HOURS_OBSERVING = 1.0, 1.5, 2.0
# What a day on site leaves for them.
HOURS_A_DAY = 6.5


@dataclass(frozen=True, slots=True)
class HeadingReach:
    """What one source would have under one heading: records, and characteristics looked for in any of them.

    ``thin`` tells that even if everything is found, the source would not be counted.
    """

    heading: str
    source: Source
    records: int
    characteristics: int
    thin: bool


@dataclass(frozen=True, slots=True)
class SideReach:
    """One side of the comparison: the people in the frame, and the interviews planned with them."""

    side: Side
    people: int
    interviews: int
    enough: bool


@dataclass(frozen=True, slots=True)
class PlanCoverage:
    """What a plan would reach.

    Attributes
    ----------
    sides : tuple of SideReach
        The sides that have people in the frame.
    unheard_groups : tuple of str
        Role groups of the frame with whom no interview is planned.
    unheard_areas : tuple of str
        Service areas with practitioners of whom none would be interviewed there, the largest first.
    settings : int
        Different settings of observation.
    reach : tuple of HeadingReach
        One for each source of fieldwork and heading, by heading.
    days : float
        On site, in half days; 0 for a plan without interviews and observations.
    """

    sides: tuple[SideReach, ...]
    unheard_groups: tuple[str, ...]
    unheard_areas: tuple[str, ...]
    settings: int
    reach: tuple[HeadingReach, ...]
    days: float


def plan_coverage(framework: Framework, frame: Frame, plan: Sequence[PlannedWork]) -> PlanCoverage:
    """Say what a plan would reach if all of it were carried out and everything were found.

    Parameters
    ----------
    framework : Framework
    frame : Frame
        In people.
    plan : sequence of PlannedWork
        Its service areas by their names in the frame.
    """
    side_of = {group.id: group.side for group in framework.role_groups}
    people = frame.role_groups
    interviews = [row for row in plan if row.source == "interview"]
    heard = {row.role_group for row in interviews}
    practitioners: dict[str, int] = {}
    for cell in frame.cells:
        if side_of.get(cell.role_group) == "lower" and cell.headcount > 0:
            practitioners[cell.service_area] = practitioners.get(cell.service_area, 0) + cell.headcount
    visited = {row.service_area for row in interviews if side_of.get(row.role_group or "") == "lower"}
    sides: list[SideReach] = []
    for side in ("upper", "lower"):
        here = sum(n for role, n in people.items() if side_of.get(role) == side)
        talks = sum(row.number for row in interviews if side_of.get(row.role_group or "") == side)
        if here:
            sides.append(SideReach(side, here, talks, talks >= framework.settings.comparison_records))
    return PlanCoverage(
        sides=tuple(sides),
        unheard_groups=tuple(
            group.id for group in framework.role_groups if people.get(group.id) and group.id not in heard
        ),
        unheard_areas=tuple(
            area
            for area in sorted(practitioners, key=lambda name: -practitioners[name])
            if area not in visited
        ),
        settings=len({row.kind for row in plan if row.source == "observation"}),
        reach=tuple(_reach(framework, plan)),
        days=days_on_site(framework, plan),
    )


def days_on_site(framework: Framework, plan: Iterable[PlannedWork]) -> float:
    """Give the days that a plan takes on site, to the next half day.

    Parameters
    ----------
    framework : Framework
        Its first kind of interview is with one person, the others are with several.
    plan : iterable of PlannedWork
    """
    alone = framework.interview_kinds[0].id
    hours = 0.0
    for row in plan:
        if row.source == "interview":
            hours += row.number * (HOURS_WITH_ONE if row.kind == alone else HOURS_WITH_SEVERAL)
        elif row.source == "observation":
            hours += row.number * HOURS_OBSERVING
    return max(0.5, round(2 * hours / HOURS_A_DAY) / 2) if hours else 0.0


def _reach(framework: Framework, plan: Sequence[PlannedWork]) -> Iterable[HeadingReach]:
    settings = framework.settings
    shown = {source: shown_in(framework, source) for source in ("observation", "document")}
    looked_for = [
        (
            row,
            _asked(framework, row)
            if row.source == "interview"
            else shown[row.source].get(row.kind, frozenset()),
        )
        for row in plan
    ]
    for heading in framework.headings:
        own = {c.id for c in heading.characteristics}
        few = min(settings.thin_characteristics, len(own))
        for source in FIELDWORK:
            here = [(row, found & own) for row, found in looked_for if row.source == source and found & own]
            records = sum(row.number for row, _ in here)
            characteristics = len(set().union(*(found for _, found in here)))
            thin = records < settings.thin_records or characteristics < few
            yield HeadingReach(heading.id, source, records, characteristics, thin)


def _asked(framework: Framework, row: PlannedWork) -> frozenset[str]:
    """Give the characteristics that an interview asks about: without a role group, those asked of all."""
    groups = {row.role_group} if row.role_group else {group.id for group in framework.role_groups}
    return frozenset(
        c.id
        for c in framework.characteristics
        if c.interview and groups <= {role for question in c.interview for role in question.role_groups}
    )
