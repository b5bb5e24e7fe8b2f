"""What a frame lets a report show, before anybody has answered: merged groups, areas that are too small."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from diagnostics.coarsening import kept_areas
from diagnostics.evidence import Frame
from diagnostics.framework import Framework
from diagnostics.joint_suppression import hide
from diagnostics.measure import BothHidden, Measure
from diagnostics.reporting_groups import ReportingGroup, reporting_groups, sides_are_concealed
from diagnostics.suppression import hidden_rates

# Where everybody says the same, in the middle of the scale, the ends of the scale tell an attacker nothing.
MIDDLE = 50.0


class Shown(StrEnum):
    """Whether a group can be shown by itself, and if not, why.

    ``NOT_KEPT``: no role group is large enough in an area. ``SET_APART``: one is, and keeping its area would
    set too few of the same role group apart, in the areas where they are few.
    """

    YES = "yes"
    TOO_FEW = "too_few"
    NOT_KEPT = "not_kept"
    SET_APART = "set_apart"
    FOR_OTHERS = "for_others"


@dataclass(frozen=True, slots=True)
class GroupPreview:
    """A group as it would be reported if everybody answered.

    ``kept`` counts the people whose answers would carry the group: all of a role group; of a service area
    those whose area is kept beside their answer. ``score`` and ``response`` say what can be shown of it.
    """

    group: ReportingGroup
    kept: int
    score: Shown
    response: Shown


@dataclass(frozen=True, slots=True)
class FramePreview:
    """What can be shown if everybody answers.

    ``survey`` says whether there can be a survey score at all; ``sides`` whether leaders can be set beside
    practitioners, None where the frame has only one of the two.
    """

    people: int
    survey: bool
    role_groups: tuple[GroupPreview, ...]
    service_areas: tuple[GroupPreview, ...]
    sides: bool | None


def preview_frame(framework: Framework, frame: Frame, threshold: int) -> FramePreview:
    """Say what can be shown if everybody answers.

    The rules of disclosure control are run on the frame itself, as if everybody in it had answered, and
    everybody alike. Fewer answers never show more; answers that differ may hide other groups.

    Parameters
    ----------
    framework : Framework
    frame : Frame
    threshold : int
        People.
    """
    roles = reporting_groups(framework, frame, threshold)
    areas = tuple(ReportingGroup(a, a, (a,), n) for a, n in frame.service_areas.items() if n > 0)
    people = _combinations(roles, frame)
    kept = kept_areas(people, threshold)
    by_area = [sum(n for at, n in people.items() if at in kept and at[1] == area.id) for area in areas]
    largest = [max(n for at, n in people.items() if at[1] == area.id) for area in areas]
    by_role = [group.people for group in roles]
    survey = frame.total >= max(threshold, framework.settings.survey_answers)
    scores: BothHidden = (frozenset(range(len(roles))), frozenset(range(len(areas))))
    if survey:
        scores = hide(_measure(framework, roles, areas, people, kept, threshold))
    unsaid = frame.total - sum(by_area)
    responses = (
        hidden_rates(by_role, by_role, threshold),
        hidden_rates([*by_area, unsaid], [*(area.people for area in areas), None], threshold),
    )
    sided = {group.side for group in framework.role_groups if frame.role_groups.get(group.id)} - {None}
    return FramePreview(
        people=frame.total,
        survey=survey,
        role_groups=_previews(roles, by_role, by_role, scores[0], responses[0], threshold),
        service_areas=_previews(areas, by_area, largest, scores[1], responses[1], threshold),
        sides=not sides_are_concealed(framework, roles, scores[0]) if len(sided) > 1 else None,
    )


def _combinations(roles: tuple[ReportingGroup, ...], frame: Frame) -> dict[tuple[str, str], int]:
    """Count people by role group as it is reported, and service area."""
    reported = {member: group.id for group in roles for member in group.members}
    people: dict[tuple[str, str], int] = {}
    for cell in frame.cells:
        if cell.headcount > 0:
            at = (reported[cell.role_group], cell.service_area)
            people[at] = people.get(at, 0) + cell.headcount
    return people


def _measure(
    framework: Framework,
    roles: tuple[ReportingGroup, ...],
    areas: tuple[ReportingGroup, ...],
    people: dict[tuple[str, str], int],
    kept: frozenset[tuple[str, str]],
    threshold: int,
) -> Measure:
    """Give the answers as a heading's scores: the last area is for those whose area is not kept."""
    role_place = {group.id: place for place, group in enumerate(roles)}
    area_place = {area.id: place for place, area in enumerate(areas)}
    cells: dict[tuple[int, int], int] = {}
    for at, n in people.items():
        place = (role_place[at[0]], area_place[at[1]] if at in kept else len(areas))
        cells[place] = cells.get(place, 0) + n
    counts = np.array(list(cells.values()), np.int64)
    sides = {group.id for group in framework.role_groups if group.side is not None}
    said = framework.settings.weighting_gap_said
    return Measure(
        people=counts,
        weight=counts.astype(np.float64),
        mean=np.full(counts.size, MIDDLE),
        group=(
            np.array([role for role, _ in cells], np.int64),
            np.array([area for _, area in cells], np.int64),
        ),
        headcount=([*(group.people for group in roles), None], [*(area.people for area in areas), None]),
        total=MIDDLE,
        threshold=threshold,
        kept=frozenset(place for place, group in enumerate(roles) if sides & set(group.members)),
        moved=((-said, said),),
    )


def _previews(
    groups: tuple[ReportingGroup, ...],
    kept: list[int],
    largest: list[int],
    scores: frozenset[int],
    responses: frozenset[int],
    threshold: int,
) -> tuple[GroupPreview, ...]:
    def shown(place: int, hidden: frozenset[int]) -> Shown:
        if groups[place].people < threshold:
            return Shown.TOO_FEW
        if kept[place] < threshold:
            return Shown.NOT_KEPT if largest[place] < threshold else Shown.SET_APART
        return Shown.FOR_OTHERS if place in hidden else Shown.YES

    return tuple(
        GroupPreview(group, kept[place], shown(place, scores), shown(place, responses))
        for place, group in enumerate(groups)
    )
