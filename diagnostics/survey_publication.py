"""The survey's own tables as they are published: groups, the gap, items, reliability, needs."""

from collections.abc import Sequence
from typing import Literal

import numpy as np

from diagnostics.agreement import Alpha, Omega
from diagnostics.as_printed import printed_change
from diagnostics.change import Change, changes
from diagnostics.crossing import Turnout
from diagnostics.handing_on import group_mean
from diagnostics.last_wave import KeptGroup, KeptSurvey
from diagnostics.measure import Hidden
from diagnostics.narrowest import group_stratum, in_whole_points, least_reach, steepest
from diagnostics.profile import Profile
from diagnostics.publication import published_change, why_not_comparable
from diagnostics.published import (
    Coefficient,
    Derived,
    Gap,
    GroupScore,
    Need,
    PublishedGroups,
    PublishedItem,
    PublishedReliability,
)
from diagnostics.published_parts import HIGHEST_PRINTED
from diagnostics.reporting_groups import reporting_groups, sides_are_concealed
from diagnostics.staff_agreement import StaffAgreement
from diagnostics.suppression import (
    LEAST_FOR_DETAIL,
    LEAST_SPAN,
    MOST_AGREEMENT,
    band,
    printed_score,
    printed_share,
    whole,
)
from diagnostics.survey_groups import GroupTable, Mean
from diagnostics.survey_results import SurveyResults
from diagnostics.survey_suppression import Protection

Breakdown = Literal["role_groups", "service_areas"]
# Beside the table of its only item, agreement would tell who is the odd one out.
FEWEST_ITEMS = 3
GroupChanges = dict[tuple[str, int], Change]
# Its members and its people.
_Group = tuple[tuple[str, ...], int]


def published_groups(profile: Profile, hidden: Protection | None) -> tuple[PublishedGroups, ...]:
    """Publish both breakdowns of every heading.

    Changes of groups stand under one Holm correction a breakdown, over the groups that are shown in
    both waves and no others, so that a hidden group cannot move a published interval.
    """
    survey = profile.survey
    if survey is None or hidden is None:
        return (_groups_of_nobody(profile),) * len(profile.headings)
    then = profile.previous.survey if profile.previous and profile.comparable else None
    role_changes: GroupChanges = {}
    area_changes: GroupChanges = {}
    if then is not None:
        role_changes = _changes(profile, (then, survey), "role_groups", hidden.role_headings)
        area_changes = _changes(profile, (then, survey), "service_areas", hidden.area_headings)
    return tuple(
        PublishedGroups(
            role_group=_rows(survey.role_groups, hidden.role_headings[h], h, role_changes),
            service_area=_rows(survey.service_areas, hidden.area_headings[h], h, area_changes),
        )
        for h in range(len(profile.headings))
    )


def _groups_of_nobody(profile: Profile) -> PublishedGroups:
    """Publish, of a survey that nobody answered, what is published of one that too few answered."""
    if not profile.asked_staff:
        return PublishedGroups((), ())
    roles = reporting_groups(profile.framework, profile.frame, profile.diagnostic.threshold)
    areas = (area for area, people in profile.frame.service_areas.items() if people > 0)
    return PublishedGroups(
        role_group=tuple(GroupScore(role.id, role.name, None, None, True) for role in roles),
        service_area=tuple(GroupScore(area, area, None, None, True) for area in areas),
    )


def _rows(table: GroupTable, hidden: Hidden, heading: int, moved: GroupChanges) -> tuple[GroupScore, ...]:
    rows = []
    for g, group in enumerate(table.groups[:-1]):
        if g in hidden:
            rows.append(GroupScore(group.id, group.name, None, None, True))
            continue
        change = published_change(moved.get((group.id, heading)), None)
        score = printed_score(float(table.mean[g, heading]))
        rows.append(GroupScore(group.id, group.name, score, band(int(table.n[g, heading])), False, change))
    return tuple(rows)


def _changes(
    profile: Profile,
    waves: tuple[KeptSurvey, SurveyResults],
    breakdown: Breakdown,
    hidden: Sequence[Hidden],
) -> GroupChanges:
    before: dict[str, KeptGroup] = {group.id: group for group in getattr(waves[0], breakdown)}
    table: GroupTable = getattr(waves[1], breakdown)
    keys: list[tuple[str, int]] = []
    pairs: list[tuple[Mean, Mean]] = []
    sizes: list[tuple[_Group, _Group]] = []
    for heading, concealed in enumerate(hidden):
        for g, group in enumerate(table.groups[:-1]):
            then = before.get(group.id)
            was = then.means[heading] if then is not None else None
            if then is None or was is None or g in concealed:
                continue
            keys.append((group.id, heading))
            pairs.append((was, group_mean(table, g, heading)))
            sizes.append(((then.members, then.people), (group.members, group.people)))
    least, few = profile.framework.settings.reliable_change, profile.diagnostic.threshold - 1
    turnouts = (waves[0].turnout, waves[1].turnout)
    found = {}
    for key, change, (was, is_now), groups in zip(keys, changes(pairs, least), pairs, sizes, strict=True):
        steepness = max(
            _steepness(turnout, breakdown, group, key[1], few)
            for turnout, group in zip(turnouts, groups, strict=True)
        )
        reach = least_reach(steepness, LEAST_SPAN / 2, min(was.df, is_now.df), len(pairs))
        if change is not None:
            found[key] = printed_change(change, was.value, is_now.value, least, in_whole_points(reach))
    return found


def _steepness(turnout: Turnout, breakdown: Breakdown, group: _Group, heading: int, few: int) -> float:
    members, people = group
    cells = np.array([label in members for label in getattr(turnout, breakdown)])
    return steepest((group_stratum(turnout, turnout.scored[:, heading], cells, people),), few)


def published_gap(profile: Profile, hidden: Protection | None, heading: int) -> Gap | None:
    """Publish leaders beside practitioners where every role group on either side is shown."""
    survey = profile.survey
    if not profile.asked_staff or not any(g.side for g in profile.framework.role_groups):
        return None
    if survey is None or hidden is None:
        return Gap(None, None, None, True)
    gap = survey.gaps[heading]
    concealed = sides_are_concealed(
        profile.framework, survey.role_groups.groups, hidden.role_headings[heading]
    )
    if gap is None or concealed:
        return Gap(None, None, None, True)
    upper, lower = printed_score(gap.upper.value), printed_score(gap.lower.value)
    return Gap(upper, lower, upper - lower, False)


def published_items(profile: Profile, heading: int, shown: Sequence[bool]) -> tuple[PublishedItem, ...]:
    """Publish the items of a heading over the whole authority, those that may be shown with their answers."""
    survey, framework = profile.survey, profile.framework
    if not profile.asked_staff:
        return ()
    nobody = (None,) * len(framework.questions)
    wanted = {question.code for question in framework.headings[heading].questions}
    items = []
    for question, answers, may_be_shown, change in zip(
        framework.questions,
        survey.items if survey else nobody,
        shown if survey else nobody,
        profile.item_changes,
        strict=True,
    ):
        if question.code not in wanted:
            continue
        labels = [option.label for option in framework.scale(question.scale).options]
        if question.reversed:
            labels.reverse()
        if answers is None or not may_be_shown:
            items.append(
                PublishedItem(question.code, question.text, tuple(labels), None, None, None, None, True)
            )
            continue
        items.append(
            PublishedItem(
                code=question.code,
                text=question.text,
                labels=tuple(labels),
                shares=tuple(printed_share(share) for share in answers.shares),
                score=printed_score(answers.mean.value),
                dont_know=printed_share(answers.dont_know),
                n_band=band(answers.mean.n),
                suppressed=False,
                change=published_change(change, why_not_comparable(profile)),
            )
        )
    return tuple(items)


def published_reliability(
    profile: Profile, hidden: Protection | None, items: Sequence[Sequence[PublishedItem]]
) -> dict[str, PublishedReliability]:
    """Publish reliability and agreement by heading, to two decimals.

    Where staff nearly all agree, reliability and what service areas share are left out: they would
    tell how the few others answered. What service areas share is left out too where one is hidden.

    Parameters
    ----------
    profile : Profile
    hidden : Protection or None
    items : sequence of sequences of PublishedItem
        As they are published, heading by heading.
    """
    rows = {}
    for h, heading in enumerate(profile.headings):
        survey = profile.survey
        mean = survey.headings[h] if survey else None
        staff = survey.agreement[h] if survey and mean else None
        # Coefficients of agreement from few answers or items tell that everybody gave the same one.
        many = staff if mean and mean.n >= LEAST_FOR_DETAIL and _enough_for_agreement(profile, h) else None
        alike = _nearly_alike(staff, items[h])
        whole = survey is not None and hidden is not None and _all_areas_shown(survey, hidden, h)
        rows[heading.heading.id] = PublishedReliability(
            alpha=_alpha(staff.alpha) if staff and not alike else None,
            omega=_omega(staff.omega) if staff and not alike else None,
            r_star_wg=_agreement(many.r_star_wg) if many else None,
            r_wg_j=_agreement(many.r_wg_j) if many else None,
            icc1=_agreement(many.icc1) if many and whole and not alike else None,
            icc2=_agreement(many.icc2) if many and whole and not alike else None,
            rater_alpha=_two(heading.raters.alpha),
            rater_note=_rater_note(profile, h),
        )
    return rows


def _enough_for_agreement(profile: Profile, heading: int) -> bool:
    """Say whether agreement rests on three items or more that everybody is shown and enough answered."""
    survey, groups = profile.survey, profile.framework.role_groups
    within = {question.code for question in profile.framework.headings[heading].questions}
    answers = [
        int(table.sum())
        for question, table in zip(
            profile.framework.questions, survey.crossing.options if survey else (), strict=False
        )
        if question.code in within and all(question.is_shown_to(group.id) for group in groups)
    ]
    return len(answers) >= FEWEST_ITEMS and min(answers) >= LEAST_FOR_DETAIL


def _nearly_alike(staff: StaffAgreement | None, items: Sequence[PublishedItem]) -> bool:
    capped = staff is not None and staff.r_star_wg is not None and round(staff.r_star_wg, 2) >= MOST_AGREEMENT
    return capped or any(item.shares is None or max(item.shares) >= HIGHEST_PRINTED for item in items)


def _all_areas_shown(survey: SurveyResults, hidden: Protection, heading: int) -> bool:
    answers = survey.service_areas.n[:-1, heading]
    return not any(answers[g] for g in hidden.area_headings[heading] if g < len(answers))


def _alpha(alpha: Alpha | None) -> Coefficient | None:
    if alpha is None:
        return None
    return Coefficient(round(alpha.value, 2), round(alpha.low, 2), round(alpha.high, 2), band(alpha.n))


def _omega(omega: Omega | None) -> Coefficient | None:
    return None if omega is None else Coefficient(round(omega.value, 2), None, None, band(omega.n))


def _two(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _agreement(value: float | None) -> float | None:
    """Print a coefficient of agreement within 0.95: 1 would say that everybody gave the same answer."""
    return None if value is None else round(min(MOST_AGREEMENT, max(-MOST_AGREEMENT, value)), 2)


def _rater_note(profile: Profile, heading: int) -> str:
    raters = profile.headings[heading].raters
    if raters.units == 0 or raters.share is None:
        return "No rating was done twice."
    least = profile.framework.settings.rater_units
    share = whole(100 * raters.share)
    agreed = f"Two raters gave the same stage in {share}% of pairs ({raters.units} rated twice)."
    if raters.units < least:
        return f"{agreed} Too few to say whether that is more than chance, which needs {least}."
    if raters.alpha is None:
        return f"{agreed} Every rating was the same, so nobody can say whether that is more than chance."
    return agreed


def published_needs(profile: Profile, shown: Sequence[bool]) -> tuple[Need, ...]:
    """Publish the evidence that staff say they need, most wanted first, then what is not shown."""
    survey = profile.survey
    if survey is None or survey.needs_n < profile.diagnostic.threshold:
        return ()
    needs = [
        Need(choice.id, choice.label, printed_share(share) if may_be_shown else None, not may_be_shown)
        for choice, share, may_be_shown in zip(
            profile.framework.needs.choices, survey.needs, shown, strict=True
        )
    ]
    return tuple(sorted(needs, key=lambda need: -(need.share or 0)))


def published_derived(profile: Profile) -> tuple[Derived, ...]:
    """Publish how closely each heading goes with the outcome items, in whole per cent."""
    survey = profile.survey
    if survey is None or not survey.derived_importance:
        return ()
    return tuple(
        Derived(heading.heading.id, whole(100 * share))
        for heading, share in zip(profile.headings, survey.derived_importance, strict=True)
    )
