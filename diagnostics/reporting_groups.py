"""The groups that a diagnostic reports: small role groups join the neighbour that the framework names."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from diagnostics.evidence import Frame
from diagnostics.framework import Framework


@dataclass(frozen=True, slots=True)
class ReportingGroup:
    """A role group as it is reported: one or several of the framework's groups.

    ``id`` and ``name`` join those of its members; ``people`` counts the frame.
    """

    id: str
    name: str
    members: tuple[str, ...]
    people: int


def reporting_groups(framework: Framework, frame: Frame, threshold: int) -> tuple[ReportingGroup, ...]:
    """Merge role groups with fewer than ``threshold`` people in the frame into a neighbour.

    The smallest goes first; it joins the first neighbour that the framework names and the frame
    has. Role groups without anybody in the frame are left out.

    Parameters
    ----------
    framework : Framework
        Names the groups, in the order of reporting, and their neighbours.
    frame : Frame
        Role groups that it has joined are reported together.
    threshold : int
        People.
    """
    headcount = frame.role_groups
    bundles: dict[str, list[str]] = {
        group.id: [group.id] for group in framework.role_groups if headcount.get(group.id, 0) > 0
    }

    def people(root: str) -> int:
        return sum(headcount[member] for member in bundles[root])

    while len(bundles) > 1:
        smallest = min(bundles, key=people)
        if people(smallest) >= threshold:
            break
        target = _neighbour(framework, bundles, smallest)
        if target is None:
            break
        bundles[target] = [*bundles[target], *bundles.pop(smallest)]
    order = [group.id for group in framework.role_groups]
    reported = []
    for root in sorted(bundles, key=order.index):
        together = {member for one in bundles[root] for member in frame.members(one)}
        members = tuple(sorted(together, key=order.index))
        names = [framework.role_group(member).name for member in members]
        reported.append(ReportingGroup("+".join(members), _join(names), members, people(root)))
    return tuple(reported)


def sides_are_concealed(
    framework: Framework, groups: Sequence[ReportingGroup], hidden: Collection[int]
) -> bool:
    """Say whether leaders must not be set beside practitioners.

    A group that was merged across the sides would give its small part away: the whole of it is
    shown, and so would be the side that holds the rest. And no group on a side may be hidden.

    Parameters
    ----------
    framework : Framework
        Says on which side each role group stands.
    groups : sequence of ReportingGroup
    hidden : collection of int
        Positions of the groups that are not shown.
    """
    side = {group.id: group.side for group in framework.role_groups}
    return any(
        len(sides := {side[member] for member in group.members}) > 1 or (place in hidden and sides - {None})
        for place, group in enumerate(groups)
    )


def _neighbour(framework: Framework, bundles: dict[str, list[str]], group: str) -> str | None:
    for member in bundles[group]:
        for neighbour in framework.role_group(member).neighbours:
            for root, members in bundles.items():
                if neighbour in members and root != group:
                    return root
    return next((root for root in bundles if root != group), None)


def _join(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    lowered = [names[0], *(_mid_sentence(name) for name in names[1:])]
    return f"{', '.join(lowered[:-1])} with {lowered[-1]}"


def _mid_sentence(name: str) -> str:
    """Write a name without its capital, unless it begins with an abbreviation."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
