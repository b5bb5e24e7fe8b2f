"""A fieldwork plan proposed from the frame: whom to interview, what to observe and to read, and how much.

The numbers that the method has a reason for come from the framework's settings. The others are ours, and
stand here beside their reasons; the plan is a proposal that a person edits.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from diagnostics.evidence import DATA_REVIEW, Frame
from diagnostics.framework import Framework
from diagnostics.published import Source

# So many settings at least: one meeting shows how one meeting goes.
LEAST_SETTINGS = 2
# Observations under each heading beyond those without which it is thin: not every sign shows itself.
SPARE_OBSERVATIONS = 1
# From so many staff on, each time, one more interview a side and one more observation are proposed.
LARGER_FROM = (500, 1000)
# So many practitioners in one service area make a focus group, or a meeting in which nobody stands out.
FOCUS_GROUP_FROM = 6


@dataclass(frozen=True, slots=True)
class PlannedWork:
    """So many interviews, observations or document audits of one kind, and with whom.

    ``role_group`` and ``service_area`` are None where the row is not tied to one.
    """

    source: Source
    kind: str
    role_group: str | None
    service_area: str | None
    number: int


def propose_plan(framework: Framework, frame: Frame) -> tuple[PlannedWork, ...]:
    """Propose the fieldwork for one diagnostic.

    Every role group of the frame is interviewed as often as a source needs not to be thin, each side of the
    comparison at least as often as comparing them in words needs, and both more often in a larger council.
    Practitioners talk in focus groups where enough of them work in one service area, each time in another
    area, the largest first. Meetings are observed until every heading can be seen in one more of them than
    it needs not to be thin, in two settings at least. The organisation's figures are read, and documents
    until each characteristic that they can show is looked for.

    Parameters
    ----------
    framework : Framework
        Says who stands on which side, and where a characteristic can be heard, seen or read. Its kinds of
        interview go from one person to several.
    frame : Frame
        In people; cells without anybody count for nothing.

    Returns
    -------
    tuple of PlannedWork
        Empty for a frame without anybody.
    """
    if frame.total == 0:
        return ()
    larger = sum(frame.total >= start for start in LARGER_FROM)
    visits = _Visits(framework, frame)
    interviews = _interviews(framework, frame, larger, visits)
    observations = [
        PlannedWork("observation", setting, None, visits.observed(setting), 1)
        for setting in _settings(framework, larger)
    ]
    documents = [PlannedWork("document", kind, None, None, 1) for kind in _documents(framework)]
    return _counted([*interviews, *observations, *documents])


def shown_in(framework: Framework, source: Source) -> dict[str, frozenset[str]]:
    """Give the characteristics that each setting of observation, or each type of document, can show.

    Parameters
    ----------
    framework : Framework
    source : Source
        "observation", or "document", which includes the review of data.

    Returns
    -------
    dict of kind to frozenset of str
        In the framework's order; kinds that show nothing are left out.
    """
    every = framework.characteristics
    if source == "observation":
        shown = {
            kind.id: frozenset(c.id for c in every if any(one.setting == kind.id for one in c.observation))
            for kind in framework.observation_settings
        }
    else:
        shown = {
            kind.id: frozenset(c.id for c in every if any(one.document == kind.id for one in c.documents))
            for kind in framework.document_types
        }
        shown[DATA_REVIEW] = frozenset(c.id for c in every if c.indicators)
    return {kind: found for kind, found in shown.items() if found}


class _Visits:
    """Which service areas are visited: each once before any is visited again, the largest first."""

    def __init__(self, framework: Framework, frame: Frame) -> None:
        self._frame = frame
        self._times = {area: 0 for area, people in frame.service_areas.items() if people > 0}
        practitioners = {group.id for group in framework.role_groups if group.side == "lower"}
        self._working = self._people(practitioners or frame.role_groups.keys())
        operational = {c.id for c in framework.characteristics if c.level == "operational"}
        shown = shown_in(framework, "observation")
        self._of_an_area = {setting for setting, found in shown.items() if found & operational}

    def _people(self, roles: Collection[str]) -> dict[str, int]:
        people = dict.fromkeys(self._times, 0)
        for cell in self._frame.cells:
            if cell.role_group in roles and cell.service_area in people:
                people[cell.service_area] += cell.headcount
        return people

    def observed(self, setting: str) -> str | None:
        """Give the area in which to observe; a setting that shows nothing operational belongs to none."""
        if setting not in self._of_an_area:
            return None
        return self._visit({area: n for area, n in self._working.items() if n >= FOCUS_GROUP_FROM})

    def talked_to(self, role: str) -> tuple[str | None, int]:
        """Give the area in which to talk to some of a role group, and how many of them work there."""
        people = self._people({role})
        area = self._visit({area: n for area, n in people.items() if n > 0})
        return area, people[area] if area else 0

    def _visit(self, people: Mapping[str, int]) -> str | None:
        area = min(people, key=lambda name: (self._times[name], -people[name]), default=None)
        if area is not None:
            self._times[area] += 1
        return area


def _interviews(framework: Framework, frame: Frame, larger: int, visits: _Visits) -> list[PlannedWork]:
    found: list[PlannedWork] = []
    numbers = _interviews_by_role(framework, frame, larger)
    alone, together = framework.interview_kinds[0].id, framework.interview_kinds[-1].id
    for group in framework.role_groups:
        for _ in range(numbers.get(group.id, 0)):
            if group.side != "lower":
                found.append(PlannedWork("interview", alone, group.id, None, 1))
                continue
            area, people = visits.talked_to(group.id)
            kind = together if people >= FOCUS_GROUP_FROM else alone
            found.append(PlannedWork("interview", kind, group.id, area, 1))
    return found


def _interviews_by_role(framework: Framework, frame: Frame, larger: int) -> dict[str, int]:
    """Say how often each role group is interviewed, never more often than it has people."""
    people = {g.id: frame.role_groups[g.id] for g in framework.role_groups if frame.role_groups.get(g.id)}
    settings = framework.settings
    numbers = {role: min(settings.thin_records, n) for role, n in people.items()}
    for side in ("upper", "lower"):
        roles = [group.id for group in framework.role_groups if group.side == side and group.id in people]
        wanted = max(settings.comparison_records, sum(numbers[role] for role in roles)) + larger
        for _ in range(wanted - sum(numbers[role] for role in roles)):
            spare = [role for role in roles if numbers[role] < people[role]]
            if spare:
                # The group with the most people for each of its interviews is heard once more.
                numbers[max(spare, key=lambda role: people[role] / (numbers[role] + 1))] += 1
    return numbers


def _settings(framework: Framework, larger: int) -> list[str]:
    """Choose settings until every heading is seen often enough, and some more in a larger council."""
    shown = shown_in(framework, "observation")
    by_heading = {kind: _by_heading(framework, found) for kind, found in shown.items()}
    visible = _by_heading(framework, frozenset().union(*shown.values()))
    least = framework.settings.thin_records + SPARE_OBSERVATIONS
    chosen: list[str] = []

    def wanting(heading: str) -> bool:
        seen = frozenset().union(*(by_heading[kind].get(heading, frozenset()) for kind in chosen))
        few = min(framework.settings.thin_characteristics, len(visible[heading]))
        return len(seen) < few or sum(heading in by_heading[kind] for kind in chosen) < least

    def gain(kind: str) -> int:
        return len(_new(shown, kind, chosen)) + sum(map(wanting, by_heading[kind]))

    def add() -> None:
        # What was not visited yet comes first; then what shows most; then the framework's own order.
        chosen.append(max(shown, key=lambda kind: (-chosen.count(kind), gain(kind))))

    while any(map(wanting, visible)) or len(set(chosen)) < min(LEAST_SETTINGS, len(shown)):
        add()
    for _ in range(larger if shown else 0):
        add()
    return sorted(chosen, key=list(shown).index)


def _documents(framework: Framework) -> list[str]:
    """Choose types until every characteristic that can be read is looked for, and no heading is thin."""
    shown = shown_in(framework, "document")
    by_heading = {kind: _by_heading(framework, found) for kind, found in shown.items()}
    # The organisation's own figures are read in any case: no document stands in for them.
    chosen = [DATA_REVIEW] if DATA_REVIEW in shown else []
    while shown and _new(shown, best := max(shown, key=lambda kind: len(_new(shown, kind, chosen))), chosen):
        chosen.append(best)
    for heading in _by_heading(framework, frozenset().union(*shown.values())):
        while sum(heading in by_heading[kind] for kind in chosen) < framework.settings.thin_records:
            chosen.append(max(shown, key=lambda kind: len(by_heading[kind].get(heading, ()))))
    return sorted(chosen, key=list(shown).index)


def _new(shown: Mapping[str, frozenset[str]], kind: str, chosen: Collection[str]) -> frozenset[str]:
    """Give what a kind shows that none of those chosen does."""
    return shown[kind].difference(*(shown[one] for one in chosen))


def _by_heading(framework: Framework, characteristics: Collection[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for characteristic in characteristics:
        found.setdefault(framework.heading_of[characteristic].id, set()).add(characteristic)
    return {heading: frozenset(ids) for heading, ids in found.items()}


def _counted(rows: Sequence[PlannedWork]) -> tuple[PlannedWork, ...]:
    """Put equal rows together."""
    numbers: dict[tuple[Source, str, str | None, str | None], int] = {}
    for row in rows:
        at = (row.source, row.kind, row.role_group, row.service_area)
        numbers[at] = numbers.get(at, 0) + row.number
    return tuple(PlannedWork(*at, number) for at, number in numbers.items())
