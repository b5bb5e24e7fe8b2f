"""What a reader gets in place of the exact numbers, where those would tell too much of single answers.

Two things happen before a profile is put into words and tables. A survey score that is printed as
"5 or lower" or "95 or higher" enters every number beside it as 5 or 95, because a difference or a
combined score worked out from the exact one would undo the open end. And an interval is never
printed so narrow that everybody must have answered alike.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

from diagnostics.change import Change
from diagnostics.confidence import as_far_as_sources_disagree
from diagnostics.crossing import Turnout, option_scores
from diagnostics.framework_parts import Settings
from diagnostics.item_suppression import SHORT_SCALE
from diagnostics.narrowest import in_whole_points, least_reach, steepest, strata_by_role
from diagnostics.nonresponse import tipping_point
from diagnostics.profile import HeadingProfile, Profile
from diagnostics.published import Source
from diagnostics.suppression import HALF_A_POINT, LEAST_SPAN, printed_score, whole, within_the_ends
from diagnostics.survey_results import SurveyResults
from diagnostics.triangulation import NamedPattern, SourceResult, code_of, combine, stands_above


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
        is too narrow, and for changes.
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


def printed_change(change: Change, then: float, now: float, least: float, reach: int) -> Change:
    """Give a change of printed scores, so that it tells no more than they do.

    Parameters
    ----------
    change : Change
        As computed.
    then, now : float
        The scores, 0 to 100, before they are printed.
    least : float
        Points; a smaller difference of the printed scores is not called reliable.
    reach : int
        Points; the least half-width with which it may be printed (see ``narrowest``).

    Returns
    -------
    Change
        Reliable only where the interval that is printed leaves out 0, which that of mere chance never does.
    """
    return _moved(change, printed_score(now) - printed_score(then), least, reach)


def _moved(change: Change, difference: float, least: float, least_reach: float) -> Change:
    reach = max((change.high - change.low) / 2, least_reach)
    if change.low <= 0 <= change.high and whole(abs(difference) - reach) > 0:
        # The printed scores may lie further apart than the exact ones: chance must not look like more.
        reach = abs(difference)
    return _as_told(
        replace(
            change,
            difference=difference,
            low=difference - reach,
            high=difference + reach,
            reliable=change.reliable and abs(difference) >= least,
            minimum_detectable=max(change.minimum_detectable, reach),
        )
    )


def _as_told(change: Change) -> Change:
    """Call a change reliable only where its interval leaves out 0 after its ends are rounded too."""
    return replace(change, reliable=change.reliable and (whole(change.low) > 0 or whole(change.high) < 0))


def _item_changes(
    profile: Profile, survey: SurveyResults, items_compared: Sequence[bool]
) -> tuple[Change | None, ...]:
    previous = profile.previous.survey if profile.previous and profile.comparable else None
    if previous is None:
        return (None,) * len(profile.item_changes)
    least = profile.framework.settings.reliable_change
    family = sum(change is not None for change in profile.item_changes)
    turnouts = (previous.turnout, survey.turnout)
    found: list[Change | None] = []
    for place, (change, compared, scores) in enumerate(
        zip(profile.item_changes, items_compared, option_scores(profile.framework), strict=True)
    ):
        then, now = previous.items[place], survey.items[place]
        if change is None or then is None or now is None or not compared:
            found.append(None)
            continue
        apart = 100 / (len(scores) - 1) * (1 if len(scores) < SHORT_SCALE else 2)
        steepness = max(steepest(strata_by_role(turnout, turnout.rated[:, place]), 1) for turnout in turnouts)
        reach = in_whole_points(least_reach(steepness, apart, min(then.df, now.mean.df), family))
        found.append(printed_change(change, then.value, now.mean.value, least, reach))
    return tuple(found)


def _heading(profile: Profile, survey: SurveyResults, index: int, heading: HeadingProfile) -> HeadingProfile:
    source, settings = heading.sources["survey"], profile.framework.settings
    if source is None:
        return heading
    few = profile.diagnostic.threshold - 1
    printed = _printed_source(source, least_half_width(survey, index, few))
    change = _heading_change(profile, survey, heading, index)
    if printed == source:
        return replace(heading, change=change)
    sources = {**heading.sources, "survey": printed}
    pairs = tuple(
        replace(pair, difference=(apart := abs(a.score - b.score)), code=code_of(apart, settings))
        if "survey" in (pair.a, pair.b) and (a := sources[pair.a]) and (b := sources[pair.b])
        else pair
        for pair in heading.pairs
    )
    return replace(
        heading,
        sources=sources,
        pairs=pairs,
        patterns=_patterns(heading, sources, settings),
        combined=combine(sources, settings),
        confidence=as_far_as_sources_disagree(heading.confidence, pairs),
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


def _patterns(
    heading: HeadingProfile, sources: Mapping[Source, SourceResult | None], settings: Settings
) -> tuple[NamedPattern, ...]:
    """Leave out what stands only on a survey score beyond the end that is printed."""
    survey, found = sources["survey"], []
    for pattern in heading.patterns:
        high, low = pattern.high, pattern.low
        if survey is not None and high != low:
            # One end of such a pattern is a single source; at the other the survey may stand, alone or not.
            if "survey" in high and (below := sources[cast(Source, low[0])]):
                high = _without_survey(high, stands_above(survey.score, below.score, settings))
            if "survey" in low and (above := sources[cast(Source, high[0])]):
                low = _without_survey(low, stands_above(above.score, survey.score, settings))
        if high and low:
            found.append(replace(pattern, high=high, low=low))
    return tuple(found)


def _without_survey(who: tuple[str, ...], stands: bool) -> tuple[str, ...]:
    return who if stands else tuple(one for one in who if one != "survey")


def _heading_change(
    profile: Profile, survey: SurveyResults, heading: HeadingProfile, index: int
) -> Change | None:
    previous = profile.previous.survey if profile.previous else None
    then = previous.headings[index] if previous else None
    now, change = survey.headings[index], heading.change
    if change is None or previous is None or then is None or now is None:
        return None
    few = profile.diagnostic.threshold - 1
    steepness = max(_steepness(wave.turnout, index, few) for wave in (previous, survey))
    # The difference is no whole number, and its ends are rounded one by one: they hide half a point less.
    needed = least_reach(steepness, LEAST_SPAN / 2, min(then.df, now.df))
    reach = math.ceil(needed) if needed > HALF_A_POINT else 0
    difference = change.difference
    if (clipped := within_the_ends(now.value) - within_the_ends(then.value)) != now.value - then.value:
        difference = clipped
    elif reach <= (change.high - change.low) / 2:
        return _as_told(change)
    return _moved(change, difference, profile.framework.settings.reliable_change, reach)


def least_half_width(survey: SurveyResults, heading: int, few: int) -> int:
    """Give the least half-width, in whole points, with which a heading's interval may be printed.

    Parameters
    ----------
    survey : SurveyResults
    heading : int
        Its position.
    few : int
        The most people who are protected together: one fewer than the threshold.

    Returns
    -------
    int
        0 where whole points alone are coarse enough, which they are from some 60 answers.
    """
    mean = survey.headings[heading]
    if mean is None:
        return 0
    return in_whole_points(least_reach(_steepness(survey.turnout, heading, few), LEAST_SPAN / 2, mean.df))


def _steepness(turnout: Turnout, heading: int, few: int) -> float:
    return steepest(strata_by_role(turnout, turnout.scored[:, heading]), few)
