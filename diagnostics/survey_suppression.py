"""What of a wave's survey is not shown, decided for all its tables before any of them is made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from diagnostics.crossing import option_scores
from diagnostics.errors import CannotReissue
from diagnostics.item_suppression import AnswerTable, may_be_shown
from diagnostics.joint_suppression import hide
from diagnostics.knowledge_of import digest_of_answers
from diagnostics.measure import BothHidden, Hidden, Measure, Range, Version
from diagnostics.profile import Profile
from diagnostics.published import GroupScore
from diagnostics.releases import Release, Withheld
from diagnostics.side_knowledge import KnownGroup
from diagnostics.suppression import (
    LEAST_FOR_DETAIL,
    hidden_rates,
    primary_groups,
    printed_total,
    what_print_tells,
)
from diagnostics.survey_groups import GroupTable
from diagnostics.survey_results import SurveyResults

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
Cell = tuple[str | None, str | None]

TABLES = ("role group", "service area")
TOO_FEW = "fewer people or answers than the threshold"
FOR_OTHERS = "would give away a group that is too small"
FEW_ANSWERS = f"fewer than {LEAST_FOR_DETAIL} answers"
NEARLY_ALIKE = "leaves somebody too few possible answers"


@dataclass(frozen=True, slots=True)
class Protection:
    """What is hidden, by position in each breakdown, which items and needs are shown, and why."""

    role_response: Hidden
    area_response: Hidden
    role_headings: tuple[Hidden, ...]
    area_headings: tuple[Hidden, ...]
    items: tuple[bool, ...]
    needs: tuple[bool, ...]
    withheld: tuple[Withheld, ...]


def protect(profile: Profile, issued: Sequence[Release] = ()) -> Protection | None:
    """Decide what of one wave is hidden; None where nobody answered.

    Parameters
    ----------
    profile : Profile
    issued : sequence of Release
        Versions that people already hold; those of other waves are left aside.

    Raises
    ------
    CannotReissue
        A version of this wave rests on other answers.
    """
    survey, diagnostic = profile.survey, profile.diagnostic
    versions = [
        release
        for release in issued
        if (release.knowledge.authority, release.knowledge.wave)
        == (diagnostic.authority_code, diagnostic.wave)
        and release.knowledge.inputs != profile.digest
    ]
    for release in versions:
        _check_same_answers(profile, release)
    if survey is None:
        return None
    threshold = diagnostic.threshold
    by_heading = [_hidden_scores(profile, survey, h, versions) for h in range(len(survey.headings))]
    role_response, area_response = (
        hidden_rates(table.answered.tolist(), _people(table), threshold)
        for table in (survey.role_groups, survey.service_areas)
    )
    found = Protection(
        role_response=role_response,
        area_response=area_response,
        role_headings=tuple(role for role, _ in by_heading),
        area_headings=tuple(area for _, area in by_heading),
        items=tuple(_shown_items(profile, survey, versions)),
        needs=tuple(_shown_needs(profile, survey, versions)),
        withheld=(),
    )
    return _with_log(profile, survey, found)


def _check_same_answers(profile: Profile, release: Release) -> None:
    if digest_of_answers(profile.survey) == release.knowledge.answers:
        return
    then, now = sum(c.answered for c in release.knowledge.cells), profile.survey.n if profile.survey else 0
    counts = f"{then} answers, this one on {now}" if then != now else "other answers than this one"
    raise CannotReissue(
        f"A version of wave {profile.diagnostic.wave} that people already hold rests on {counts}. "
        "Whoever has both could work out what single people said. Use the answers of the first version "
        "again, or keep the new ones for the next wave."
    )


def _people(table: GroupTable) -> list[int | None]:
    return [*(group.people for group in table.groups[:-1]), None]


def _hidden_scores(
    profile: Profile, survey: SurveyResults, heading: int, versions: Sequence[Release]
) -> BothHidden:
    mean, tables = survey.headings[heading], (survey.role_groups, survey.service_areas)
    if mean is None:
        role, area = (frozenset(range(len(table.groups))) for table in tables)
        return role, area
    crossing, threshold = survey.crossing, profile.diagnostic.threshold
    sides = {group.id for group in profile.framework.role_groups if group.side is not None}
    group = (_places(tables[0], crossing.role_groups), _places(tables[1], crossing.service_areas))
    return hide(
        Measure(
            people=crossing.scored[:, heading],
            weight=crossing.weight * crossing.scored[:, heading],
            mean=crossing.mean[:, heading],
            group=group,
            headcount=(_people(tables[0]), _people(tables[1])),
            total=mean.value,
            threshold=threshold,
            kept=frozenset(g for g, known in enumerate(tables[0].groups) if sides & set(known.members)),
            sensitive=tuple(
                _merged(survey, heading, [group.members for group in tables[0].groups], threshold)
            ),
            lines=(_numbered(crossing.role_groups), _numbered(crossing.service_areas)),
            issued=tuple(
                version
                for release in versions
                if (version := _version(profile, survey, heading, release)) is not None
            ),
            moved=_moved(
                profile.framework.settings.weighting_gap_said, mean.value, float(survey.unweighted[heading])
            ),
        ),
    )


def _numbered(labels: Sequence[str | None]) -> IntArray:
    place = {label: number for number, label in enumerate(dict.fromkeys(labels))}
    return np.array([place[label] for label in labels], np.int64)


def _moved(most: float, weighted: float, plain: float) -> tuple[Range, ...]:
    """Give what the note on weighting tells: the headings that it names moved by more than ``most``."""
    return ((-most, most),) if abs(weighted - plain) <= most else ((-100.0, -most), (most, 100.0))


def _places(table: GroupTable, labels: Sequence[str | None]) -> IntArray:
    """Give each cell's group in a breakdown; the last is for those who did not say."""
    place = {member: g for g, group in enumerate(table.groups) for member in group.members}
    unsaid = len(table.groups) - 1
    return np.array([unsaid if label is None else place.get(label, unsaid) for label in labels], np.int64)


def _merged(
    survey: SurveyResults, heading: int, groups: Sequence[Sequence[str]], threshold: int
) -> Iterator[BoolArray]:
    """Give the role groups that are reported only together with a neighbour, and are small alone."""
    roles = np.array([role or "" for role in survey.crossing.role_groups])
    for members in groups:
        for member in members if len(members) > 1 else ():
            mask: BoolArray = roles == member
            if 0 < survey.crossing.scored[mask, heading].sum() < threshold:
                yield mask


def _version(profile: Profile, survey: SurveyResults, index: int, release: Release) -> Version | None:
    """Give what an issued version tells of a heading; None where it has no score of it."""
    heading = next(
        (h for h in release.published.headings if h.id == profile.framework.headings[index].id), None
    )
    if heading is None or heading.sources.survey is None:
        return None
    crossing, known = survey.crossing, release.knowledge
    then = {(cell.role_group, cell.service_area): cell for cell in known.cells}
    keys: list[Cell] = list(zip(crossing.role_groups, crossing.service_areas, strict=True))
    people = crossing.scored[:, index]
    weight = people * np.array([then[key].weight if key in then else 0.0 for key in keys])
    total = float(weight @ crossing.mean[:, index] / weight.sum())
    plain = float(people @ crossing.mean[:, index] / people.sum())
    shown: list[tuple[BoolArray, Range]] = []
    hidden: tuple[list[BoolArray], list[BoolArray]] = ([], [])
    tables: tuple[tuple[Sequence[KnownGroup], Sequence[GroupScore]], ...] = (
        (known.role_groups, heading.groups.role_group),
        (known.service_areas, heading.groups.service_area),
    )
    for side, (groups, rows) in enumerate(tables):
        scores = {row.id: row.score for row in rows}
        unsaid = np.ones(len(keys), np.bool_)
        for group in groups:
            mask = np.array([key[side] in group.members for key in keys], np.bool_)
            unsaid &= ~mask
            score = scores.get(group.id)
            if score is None:
                hidden[side].append(mask)
            else:
                shown.append((mask, what_print_tells(score)))
        hidden[side].append(unsaid)
    return Version(
        weight=weight,
        total=printed_total(total),
        shown=tuple(shown),
        hidden=(tuple(hidden[0]), tuple(hidden[1])),
        merged=tuple(_merged(survey, index, [group.members for group in known.role_groups], known.threshold)),
        moved=_moved(known.method.weighting_gap, total, plain),
    )


def _shown_items(profile: Profile, survey: SurveyResults, versions: Sequence[Release]) -> Iterator[bool]:
    scores = option_scores(profile.framework)
    for question, people, score, answers in zip(
        profile.framework.questions, survey.crossing.options, scores, survey.items, strict=True
    ):
        code = question.code
        earlier = [
            (release, next((i for h in release.published.headings for i in h.items if i.code == code), None))
            for release in versions
        ]
        if answers is None or any(item is None or item.suppressed for _, item in earlier):
            yield False
            continue
        weights = _weights(survey, [release for release, _ in earlier])
        yield may_be_shown(AnswerTable(people, weights, np.array(score), (True,) * len(score)))


def _shown_needs(profile: Profile, survey: SurveyResults, versions: Sequence[Release]) -> Iterator[bool]:
    crossing = survey.crossing
    for column, choice in enumerate(profile.framework.needs.choices):
        earlier = [
            next((need for need in release.published.needs if need.id == choice.id), None)
            for release in versions
        ]
        ticked = crossing.ticked[:, column]
        people = np.column_stack([ticked, crossing.ticking - ticked])
        hidden = any(need is None or need.suppressed for need in earlier)
        yield not hidden and may_be_shown(
            AnswerTable(people, _weights(survey, versions), None, (True, False))
        )


def _weights(survey: SurveyResults, versions: Sequence[Release]) -> FloatArray:
    """Give everybody's weight in this version and in others, a row each."""
    crossing = survey.crossing
    rows = [crossing.weight]
    for release in versions:
        then = {(cell.role_group, cell.service_area): cell.weight for cell in release.knowledge.cells}
        keys = zip(crossing.role_groups, crossing.service_areas, strict=True)
        rows.append(np.array([then.get(key, 0.0) for key in keys]))
    return np.array(rows)


def _with_log(profile: Profile, survey: SurveyResults, found: Protection) -> Protection:
    lines: list[Withheld] = []
    threshold = profile.diagnostic.threshold
    for name, table, responses, headings in (
        (TABLES[0], survey.role_groups, found.role_response, found.role_headings),
        (TABLES[1], survey.service_areas, found.area_response, found.area_headings),
    ):
        for g in sorted(responses):
            few = g in primary_groups(table.answered.tolist(), _people(table), threshold)
            lines.append(Withheld("response", name, table.groups[g].id, TOO_FEW if few else FOR_OTHERS))
        for h, (heading, hidden) in enumerate(zip(profile.framework.headings, headings, strict=True)):
            few_here = primary_groups(table.n[:, h].tolist(), _people(table), threshold)
            for g in sorted(hidden):
                if table.groups[g].members or table.n[g, h]:
                    reason = TOO_FEW if g in few_here else FOR_OTHERS
                    lines.append(Withheld(heading.id, name, table.groups[g].id, reason))
    for question, people, shown in zip(
        profile.framework.questions, survey.crossing.options, found.items, strict=True
    ):
        if not shown:
            reason = FEW_ANSWERS if people.sum() < LEAST_FOR_DETAIL else NEARLY_ALIKE
            lines.append(Withheld(question.code, "authority", "", reason))
    for choice, shown in zip(profile.framework.needs.choices, found.needs, strict=True):
        if not shown:
            reason = FEW_ANSWERS if survey.needs_n < LEAST_FOR_DETAIL else NEARLY_ALIKE
            lines.append(Withheld(f"needs: {choice.id}", "authority", "", reason))
    return replace(found, withheld=tuple(lines))
