"""What a reader gets in place of the exact numbers, where those would tell too much of single answers.

Two things happen before a profile is put into words and tables. A survey score that is printed as
"5 or lower" or "95 or higher" enters every number beside it as 5 or 95, because a difference or a
combined score worked out from the exact one would undo the open end. And an interval is never
printed so narrow that everybody must have answered alike.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from diagnostics.change import Change
from diagnostics.framework_parts import Settings
from diagnostics.nonresponse import tipping_point
from diagnostics.profile import HeadingProfile, Profile
from diagnostics.quantiles import t_quantile
from diagnostics.suppression import HALF_A_POINT, LEAST_SPAN, printed_score, within_the_ends
from diagnostics.survey_results import SurveyResults
from diagnostics.triangulation import SourceResult, combine


def as_printed(profile: Profile, items_compared: Sequence[bool]) -> Profile:
    """Give the profile with the numbers that a reader may be told.

    Parameters
    ----------
    profile : Profile
    items_compared : sequence of bool, one an item of the framework
        Shown in this wave and the last. Changes of the others are left out, and those that stay are of
        the printed scores.

    Returns
    -------
    Profile
        The same but for headings whose survey score stands at an end of the scale, or whose interval
        is too narrow, and for the changes of items. Codes, patterns and confidence are as computed.
    """
    survey = profile.survey
    if survey is None:
        return profile
    return replace(
        profile,
        headings=tuple(
            _heading(profile, survey, index, heading) for index, heading in enumerate(profile.headings)
        ),
        item_changes=_item_changes(profile, survey, items_compared),
    )


def printed_change(change: Change, then: float, now: float, least: float) -> Change:
    """Give a change of printed scores, so that it tells no more than they do.

    Parameters
    ----------
    change : Change
        As computed.
    then, now : float
        The scores, 0 to 100, before they are printed.
    least : float
        Points; a smaller difference of the printed scores is not called reliable.
    """
    return _moved(change, printed_score(now) - printed_score(then), least)


def _moved(change: Change, difference: float, least: float) -> Change:
    reach = (change.high - change.low) / 2
    return replace(
        change,
        difference=difference,
        low=difference - reach,
        high=difference + reach,
        reliable=change.reliable and abs(difference) >= least,
    )


def _item_changes(
    profile: Profile, survey: SurveyResults, items_compared: Sequence[bool]
) -> tuple[Change | None, ...]:
    previous = profile.previous.survey if profile.previous and profile.comparable else None
    if previous is None:
        return (None,) * len(profile.item_changes)
    least = profile.framework.settings.reliable_change
    return tuple(
        printed_change(change, then.mean.value, now.mean.value, least)
        if change and then and now and shown
        else None
        for change, then, now, shown in zip(
            profile.item_changes, previous.items, survey.items, items_compared, strict=True
        )
    )


def _heading(profile: Profile, survey: SurveyResults, index: int, heading: HeadingProfile) -> HeadingProfile:
    source, settings = heading.sources["survey"], profile.framework.settings
    if source is None:
        return heading
    printed = _printed_source(source, least_half_width(survey, index))
    change = _heading_change(profile, heading, index, settings)
    if printed == source:
        return replace(heading, change=change)
    sources = {**heading.sources, "survey": printed}
    pairs = tuple(
        replace(pair, difference=abs(a.score - b.score))
        if "survey" in (pair.a, pair.b) and (a := sources[pair.a]) and (b := sources[pair.b])
        else pair
        for pair in heading.pairs
    )
    return replace(
        heading,
        sources=sources,
        pairs=pairs,
        combined=combine(sources, settings),
        change=change,
        tipping=tipping_point(printed.score, printed.n, survey.frame, settings.stage_cuts),
    )


def _printed_source(source: SourceResult, half: float) -> SourceResult:
    score = within_the_ends(source.score)
    low, high = source.low, source.high
    if low is None or high is None:
        return replace(source, score=score)
    low, high = min(low, source.score - half), max(high, source.score + half)
    if score != source.score:
        low, high = within_the_ends(low), within_the_ends(high)
    return replace(source, score=score, low=low, high=high)


def _heading_change(
    profile: Profile, heading: HeadingProfile, index: int, settings: Settings
) -> Change | None:
    then = profile.previous.survey.headings[index] if profile.previous and profile.previous.survey else None
    now = profile.survey.headings[index] if profile.survey else None
    if heading.change is None or then is None or now is None:
        return heading.change
    difference = within_the_ends(now.value) - within_the_ends(then.value)
    if difference == now.value - then.value:
        return heading.change
    return _moved(heading.change, difference, settings.reliable_change)


def least_half_width(survey: SurveyResults, heading: int) -> int:
    """Give the least half-width, in whole points, with which a heading's interval may be printed.

    Were all of a stratum of one mind but one, that one's distance D from the rest would make the
    standard error at least W·√(1 − f)·√(p(1 − p)·n/(n − 1)·Σw²/(Σw)²)·D, with W the stratum's share of
    weight, f the share of it that answered, and p the one's share of its weight. A printed half-width
    must leave D half of the least span for everybody. It depends on who answered, never on how.

    Parameters
    ----------
    survey : SurveyResults
    heading : int
        Its position.

    Returns
    -------
    int
        0 where whole points alone are coarse enough, which they are from about 30 answers.
    """
    mean, crossing = survey.headings[heading], survey.crossing
    if mean is None:
        return 0
    roles = np.array([role or "" for role in crossing.role_groups])
    people, weight = crossing.scored[:, heading], crossing.weight
    everybody = max(survey.frame, survey.n)
    strata = []
    for role in dict.fromkeys(roles.tolist()):
        chosen = (roles == role) & (people > 0)
        n = int(people[chosen].sum())
        said = float(crossing.answered[roles == role].sum())
        size = float(crossing.people[roles == role].sum()) if role else said * everybody / survey.n
        if n:
            strata.append((n, size, np.repeat(weight[chosen], people[chosen])))
    strata.sort(key=lambda stratum: -stratum[0])
    while len(strata) > 1 and strata[-1][0] < 2:
        n, size, w = strata.pop()
        most = strata[0]
        strata[0] = (most[0] + n, most[1] + size, np.concatenate([most[2], w]))
    whole = sum(float(w.sum()) for _, _, w in strata)
    steepest = 0.0
    for n, size, w in strata:
        if n >= 2:
            p = float(w.max() / w.sum())
            spread = p * (1 - p) * n / (n - 1) * float((w**2).sum() / w.sum() ** 2)
            steepest = max(steepest, w.sum() / whole * math.sqrt(max(0.0, 1 - n / size) * spread))
    needed = LEAST_SPAN / 2 * steepest * t_quantile(0.975, mean.df) - HALF_A_POINT
    return max(0, math.ceil(needed))
