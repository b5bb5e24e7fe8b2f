"""What the plain rule would have shown: hide the next smallest group until the attack on means fails.

It is the yardstick of `make audit`, a copy of the rule that the method began with, on purpose apart from the
method's own code: that may become better, and this stays what it is measured by.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from diagnostics.profile import Profile
from diagnostics.survey_groups import GroupTable
from diagnostics.survey_results import SurveyResults

LEAST_SPAN = 10.0
LOWEST, HIGHEST = 5, 95
SLACK = 1e-6

FloatArray = NDArray[np.float64]
Group = tuple[int, int]
Hidden = tuple[set[int], set[int]]
Range = tuple[float, float]


def shown_by_the_plain_rule(profile: Profile) -> int:
    """Count the group scores, of all headings in both breakdowns, that the plain rule would show."""
    survey = profile.survey
    if survey is None:
        return 0
    shown = 0
    for heading, total in enumerate(survey.headings):
        if total is not None:
            hidden = _hidden(survey, heading, profile.diagnostic.threshold)
            # The last group of each breakdown, who did not say, is never a row of the report.
            shown += sum(
                g not in hidden[side]
                for side, table in enumerate((survey.role_groups, survey.service_areas))
                for g in range(len(table.groups) - 1)
            )
    return shown


def _hidden(survey: SurveyResults, heading: int, threshold: int) -> Hidden:
    tables = (survey.role_groups, survey.service_areas)
    roles, areas = (_hidden_in_one(table, heading, threshold) for table in tables)
    return _hide_across(_Attack(survey, heading), (roles, areas))


def _told(mean: float) -> Range:
    point = min(HIGHEST, max(LOWEST, math.floor(mean + 0.5)))
    return (0.0 if point == LOWEST else point - 0.5, 100.0 if point == HIGHEST else point + 0.5)


def _told_of_the_total(mean: float) -> Range:
    told = _told(mean)
    return told if told[0] == 0 or told[1] == 100 else (mean, mean)


def _hidden_in_one(table: GroupTable, heading: int, threshold: int) -> set[int]:
    answers = table.n[:, heading].tolist()
    weight, mean = table.weight[:, heading].tolist(), table.mean[:, heading].tolist()
    unsaid = len(table.groups) - 1
    groups = [g for g in range(len(answers)) if answers[g] > 0 or g != unsaid]
    hidden = {
        g for g in groups if answers[g] < threshold or g == unsaid or table.groups[g].people < threshold
    }
    shown = sorted((g for g in groups if g not in hidden), key=lambda g: (answers[g], g))
    while hidden and shown:
        if sum(answers[g] for g in hidden) >= threshold and _none_placed(
            hidden, shown, answers, weight, mean
        ):
            break
        hidden.add(shown.pop(0))
    return hidden


def _none_placed(
    hidden: set[int],
    shown: Sequence[int],
    answers: Sequence[int],
    weight: Sequence[float],
    mean: Sequence[float],
) -> bool:
    present = [g for g in (*hidden, *shown) if answers[g] > 0]
    total_weight = sum(weight[g] for g in present)
    total = _told_of_the_total(sum(weight[g] * mean[g] for g in present) / total_weight)
    low, high = total_weight * total[0], total_weight * total[1]
    for g in shown:
        if answers[g] > 0:
            least, most = _told(mean[g])
            low, high = low - weight[g] * most, high - weight[g] * least
    concealed = [g for g in hidden if answers[g] > 0]
    all_weight = sum(weight[g] for g in concealed)
    return all(
        min(100.0, high / weight[g]) - max(0.0, (low - 100 * (all_weight - weight[g])) / weight[g])
        >= LEAST_SPAN
        for g in concealed
    )


def _hide_across(attack: "_Attack", hidden: Hidden) -> Hidden:
    now = hidden
    while any(now):
        placed = next((g for g in attack.hidden(now) if attack.span(g, now) < LEAST_SPAN), None)
        shown = sorted(attack.shown(now), key=lambda g: (attack.answers[g], g))
        if placed is None or not shown:
            break
        mends = (g for g in shown if attack.span(placed, _with(now, g)) >= LEAST_SPAN)
        now = _with(now, next(mends, shown[0]))
    return now


def _with(hidden: Hidden, group: Group) -> Hidden:
    added = (set(hidden[0]), set(hidden[1]))
    added[group[0]].add(group[1])
    return added


@dataclass(frozen=True, slots=True)
class _Known:
    members: FloatArray
    weight: float
    told: Range


class _Attack:
    """Linear programs over the cells of both breakdowns."""

    def __init__(self, survey: SurveyResults, heading: int) -> None:
        tables = (survey.role_groups, survey.service_areas)
        weight = _crossed(survey, tables, heading)
        at = np.nonzero(weight > 0)
        self._capacity = 100.0 * weight[at]
        self.answers: dict[Group, int] = {}
        self._known: dict[Group, _Known] = {}
        for side, table in enumerate(tables):
            for g in range(len(table.groups)):
                members = (at[side] == g).astype(np.float64)
                heavy = float(members @ self._capacity) / 100.0
                if heavy > 0:
                    self.answers[side, g] = int(table.n[g, heading])
                    self._known[side, g] = _Known(members, heavy, _told(float(table.mean[g, heading])))
        roles = [g for side, g in self._known if side == 0]
        heavy = sum(self._known[0, g].weight for g in roles)
        total = sum(self._known[0, g].weight * float(tables[0].mean[g, heading]) for g in roles)
        self._total = _Known(
            np.ones_like(self._capacity), heavy, _told_of_the_total(total / heavy) if heavy else (0.0, 0.0)
        )

    def hidden(self, hidden: Hidden) -> Iterator[Group]:
        return (g for g in sorted(self._known) if g[1] in hidden[g[0]])

    def shown(self, hidden: Hidden) -> Iterator[Group]:
        return (g for g in self._known if g[1] not in hidden[g[0]])

    def span(self, group: Group, hidden: Hidden) -> float:
        """Within how many points a group's mean can be placed; 0 where the solver does not know."""
        from scipy.optimize import linprog

        told = [self._total, *(self._known[g] for g in self.shown(hidden))]
        table = np.array([known.members for known in told])
        low, high = (np.array([known.weight * known.told[end] for known in told]) for end in (0, 1))
        aim = self._known[group]
        reach = []
        for sign in (1.0, -1.0):
            found = linprog(
                sign * aim.members / aim.weight,
                A_ub=np.vstack([table, -table]),
                b_ub=np.concatenate([high, -low]) + SLACK,
                bounds=[(0.0, float(most)) for most in self._capacity],
                method="highs",
            )
            if found.fun is None:
                return 0.0
            reach.append(sign * found.fun)
        return float(reach[1] - reach[0]) + SLACK


def _crossed(survey: SurveyResults, tables: tuple[GroupTable, GroupTable], heading: int) -> FloatArray:
    crossing = survey.crossing
    weight = np.zeros((len(tables[0].groups), len(tables[1].groups)))
    rows, columns = (
        {member: g for g, group in enumerate(table.groups) for member in group.members} for table in tables
    )
    for c, (role, area) in enumerate(zip(crossing.role_groups, crossing.service_areas, strict=True)):
        at = rows.get(role or "", len(weight) - 1), columns.get(area or "", weight.shape[1] - 1)
        weight[at] += crossing.weight[c] * crossing.scored[c, heading]
    return weight
