"""How an attacker reads a page: who is in which group, and what a printed number tells."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from diagnostics.audit_report import KnowledgeOfAnother
from diagnostics.published import (
    GroupResponse,
    GroupScore,
    PublishedChange,
    PublishedHeading,
    PublishedItem,
    PublishedProfile,
)
from diagnostics.releases import Release
from diagnostics.side_knowledge import KnownGroup, SideKnowledge

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
Interval = tuple[float, float]
Kind = Literal["role group", "service area"]

LOWEST, HIGHEST = 5, 95
STEP = 5
BANDS = ((10, 19, "10 to 19"), (20, 49, "20 to 49"), (50, 99, "50 to 99"), (100, None, "100 or more"))
BAND_NAMES = tuple(name for *_, name in BANDS)


@dataclass(frozen=True, slots=True, eq=False)
class Breakdown:
    """One breakdown of C cells into G groups, and a last one for people who did not say.

    ``of_cell`` is each cell's group; ``people`` counts each group's frame, 0 for the last.
    """

    kind: Kind
    groups: tuple[KnownGroup, ...]
    of_cell: IntArray
    people: IntArray

    def sums(self, counts: IntArray) -> FloatArray:
        """Add up the cells of each group, the last one too."""
        return np.bincount(self.of_cell, counts, len(self.groups) + 1).astype(np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A release as its attacker sees it, its C cells as arrays.

    ``scored`` is (C, headings), ``rated`` (C, items); ``breakdowns`` are the role groups' and the
    service areas'.
    """

    name: str
    published: PublishedProfile
    knowledge: SideKnowledge
    keys: tuple[tuple[str | None, str | None], ...]
    people: IntArray
    answered: IntArray
    weight: FloatArray
    scored: IntArray
    rated: IntArray
    ticking: IntArray
    breakdowns: tuple[Breakdown, Breakdown]

    @property
    def threshold(self) -> int:
        """Fewest people of whom anything is shown."""
        return self.knowledge.threshold

    def place(self, heading: str) -> int | None:
        """Give the column of a heading in ``scored``; None where nothing is known of it."""
        return self.knowledge.headings.index(heading) if heading in self.knowledge.headings else None

    def heading(self, heading: str) -> PublishedHeading | None:
        """Give a heading as it is published."""
        return next((found for found in self.published.headings if found.id == heading), None)

    def item(self, code: str) -> PublishedItem | None:
        """Give an item as it is published."""
        return next((i for heading in self.published.headings for i in heading.items if i.code == code), None)

    def name_of(self, kind: Kind, group: str | None) -> str:
        """Name a group as it is printed, or else by its id in words."""
        if group is None or group == "":
            return "people who did not say"
        rows = (
            self.published.response.by_role_group
            if kind == "role group"
            else self.published.response.by_service_area
        )
        known: Sequence[GroupResponse | GroupScore] = (
            *rows,
            *(row for h in self.published.headings for row in group_rows(h, kind)),
        )
        return next((row.name for row in known if row.id == group), group.replace("_", " "))

    def name_of_cell(self, cell: int) -> str:
        """Name who is in a cell."""
        role, area = self.keys[cell]
        where = "in no area that they gave" if area is None else f"in {self.name_of('service area', area)}"
        return f"{self.name_of('role group', role)} {where}"


def group_rows(heading: PublishedHeading, kind: Kind) -> tuple[GroupScore, ...]:
    """Give the rows of one breakdown of a heading."""
    return heading.groups.role_group if kind == "role group" else heading.groups.service_area


def response_rows(published: PublishedProfile, kind: Kind) -> tuple[GroupResponse, ...]:
    """Give the rows of one breakdown of the response table."""
    response = published.response
    return response.by_role_group if kind == "role group" else response.by_service_area


def readings_of(releases: Sequence[Release]) -> tuple[Reading, ...]:
    """Read releases, and name each by its wave and, where a wave has several, by its place among them.

    Raises
    ------
    KnowledgeOfAnother
        What is known belongs to another profile than the one it comes with.
    """
    of_wave: dict[tuple[str, int], int] = {}
    total: dict[tuple[str, int], int] = {}
    for release in releases:
        key = (release.published.authority.code, release.published.wave)
        total[key] = total.get(key, 0) + 1
    readings = []
    for release in releases:
        published, knowledge = release.published, release.knowledge
        if published.digest != knowledge.digest:
            raise KnowledgeOfAnother(
                f"The side knowledge handed in with wave {published.wave} belongs to another profile. "
                "Take both from the same computed profile."
            )
        key = (published.authority.code, published.wave)
        of_wave[key] = of_wave.get(key, 0) + 1
        name = f"Wave {published.wave}"
        readings.append(_reading(f"{name} (version {of_wave[key]})" if total[key] > 1 else name, release))
    return tuple(readings)


def _reading(name: str, release: Release) -> Reading:
    knowledge = release.knowledge
    cells = knowledge.cells
    people = np.array([cell.people for cell in cells], np.int64)
    return Reading(
        name=name,
        published=release.published,
        knowledge=knowledge,
        keys=tuple((cell.role_group, cell.service_area) for cell in cells),
        people=people,
        answered=np.array([cell.answered for cell in cells], np.int64),
        weight=np.array([cell.weight for cell in cells], np.float64),
        scored=np.array([cell.scored for cell in cells], np.int64).reshape(
            len(cells), len(knowledge.headings)
        ),
        rated=np.array([cell.rated for cell in cells], np.int64).reshape(len(cells), len(knowledge.items)),
        ticking=np.array([cell.ticking for cell in cells], np.int64),
        breakdowns=(
            _breakdown("role group", knowledge.role_groups, [cell.role_group for cell in cells], people),
            _breakdown(
                "service area", knowledge.service_areas, [cell.service_area for cell in cells], people
            ),
        ),
    )


def _breakdown(
    kind: Kind, groups: tuple[KnownGroup, ...], labels: list[str | None], people: IntArray
) -> Breakdown:
    position = {member: g for g, group in enumerate(groups) for member in group.members}
    of_cell = np.array([position.get(label or "", len(groups)) for label in labels], np.int64)
    headcount = np.bincount(of_cell, people, len(groups) + 1).astype(np.int64)
    headcount[-1] = 0
    return Breakdown(kind, groups, of_cell, headcount)


def has_numbers(change: PublishedChange | None) -> bool:
    """Say whether a change has any number, or a judgement that rests on one."""
    if change is None:
        return False
    numbers = (change.difference, change.low, change.high, change.minimum_detectable)
    return change.reliable or any(number is not None for number in numbers)


def told_by_score(printed: float) -> Interval:
    """Say between which ends a score must lie: 5 is “5 or lower”, 95 “95 or higher”."""
    half = _half_a_unit(printed)
    low = 0.0 if printed == LOWEST else printed - half
    high = 100.0 if printed == HIGHEST else printed + half
    return max(0.0, low), min(100.0, high)


def told_by_share(printed: float) -> Interval:
    """Say between which ends a share must lie, in per cent: to the nearest 5, open at 5 and at 95."""
    half = STEP / 2 if printed % STEP == 0 else _half_a_unit(printed)
    low = 0.0 if printed == LOWEST else printed - half
    high = 100.0 if printed == HIGHEST else printed + half
    return max(0.0, low), min(100.0, high)


def _half_a_unit(printed: float) -> float:
    """Half of the last digit that is printed."""
    exponent = Decimal(repr(printed)).normalize().as_tuple().exponent
    return 0.5 * 10.0 ** min(0, exponent) if isinstance(exponent, int) else 0.5


def band_of(n: int) -> str | None:
    """Name the band of a number of people; None where there are too few for any."""
    return next((name for low, high, name in BANDS if n >= low and (high is None or n <= high)), None)


def between(low: float, high: float, unit: str = "") -> str:
    """Write an interval in whole or one-decimal points."""
    ends = [f"{round(end, 1):g}{unit}" for end in (low, high)]
    return f"be {ends[0]}" if ends[0] == ends[1] else f"lie between {ends[0]} and {ends[1]}"
