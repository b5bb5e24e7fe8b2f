"""From the computed profile to the tables of the published one: suppressed, banded and rounded."""

from diagnostics.change import Change
from diagnostics.measure import Hidden
from diagnostics.profile import HeadingProfile, Profile
from diagnostics.published import (
    GroupResponse,
    Margins,
    Pair,
    Pattern,
    PublishedChange,
    PublishedResponse,
    PublishedSources,
    PublishedWeighting,
    ScoreRange,
    SourceScore,
    StageRange,
)
from diagnostics.published_parts import CLOSE_MARGIN
from diagnostics.suppression import HALF_A_POINT, at_least, band, printed_score, printed_share, whole
from diagnostics.survey_groups import GroupTable
from diagnostics.survey_suppression import Protection
from diagnostics.triangulation import Combined, SourceResult
from diagnostics.wording import listed


def published_response(profile: Profile, hidden: Protection | None) -> PublishedResponse:
    """Say who answered, by group as far as nobody can be singled out."""
    survey, settings = profile.survey, profile.framework.settings
    if survey is None or hidden is None or survey.n < profile.diagnostic.threshold:
        return PublishedResponse(
            answered=None,
            frame=profile.frame.total,
            rate=None,
            indicative=True,
            replacement_links=survey.replacement_links if survey else 0,
            weighting_note=None,
            by_role_group=(),
            by_service_area=(),
        )
    return PublishedResponse(
        answered=survey.n,
        frame=survey.frame,
        rate=whole(100 * survey.rate),
        indicative=survey.n < settings.indicative_answers or survey.rate < settings.indicative_rate,
        replacement_links=survey.replacement_links,
        weighting_note=_weighting_note(profile),
        by_role_group=_response_rows(survey.role_groups, hidden.role_response),
        by_service_area=_response_rows(
            survey.service_areas, hidden.area_response, known=not survey.areas_coarsened
        ),
    )


def _response_rows(table: GroupTable, hidden: Hidden, *, known: bool = True) -> tuple[GroupResponse, ...]:
    """Give the groups' shares; none where it is not known of everybody in which group they are."""
    rows = []
    for g, group in enumerate(table.groups[:-1]):
        if g in hidden:
            rows.append(GroupResponse(group.id, group.name, None, None, True))
            continue
        n = int(table.answered[g])
        rate = printed_share(min(1.0, n / group.people)) if known else None
        rows.append(GroupResponse(group.id, group.name, rate, band(n), False))
    return tuple(rows)


def published_weighting(profile: Profile) -> PublishedWeighting | None:
    """Publish how far the answers were weighted; None where too few answered."""
    survey = profile.survey
    if survey is None or survey.n < profile.diagnostic.threshold:
        return None
    made = survey.weighting
    near: Margins = "close" if made.margin_gap <= CLOSE_MARGIN else "apart"
    return PublishedWeighting(
        effective_share=printed_share(made.n_eff / made.n),
        margins=near if made.bounded else "met",
        trimmed=made.rounds > 0,
    )


def _weighting_note(profile: Profile) -> str | None:
    """Say in words where weighting moved a heading by more than the framework allows in silence."""
    survey = profile.survey
    if survey is None:
        return None
    moved = [
        heading.heading.name[0].lower() + heading.heading.name[1:]
        for heading, mean, plain in zip(profile.headings, survey.headings, survey.unweighted, strict=True)
        if mean is not None and abs(mean.value - plain) > profile.framework.settings.weighting_gap_said
    ]
    if not moved:
        return None
    return (
        f"Weighting the answers to match the workforce moved the score by more than "
        f"{profile.framework.settings.weighting_gap_said:g} points under {listed(moved)}."
    )


def published_sources(profile: Profile, heading: HeadingProfile) -> PublishedSources:
    """Publish the four sources of a heading."""
    return PublishedSources(**{source: _source(result) for source, result in heading.sources.items()})


def _source(result: SourceResult | None) -> SourceScore | None:
    if result is None:
        return None
    if result.source == "survey":
        low, high = _end(result.low), _end(result.high)
        return SourceScore(
            printed_score(result.score), low, high, None, band(result.n), False, result.characteristics, 0
        )
    return SourceScore(
        whole(result.score), None, None, result.n, None, result.thin, result.characteristics, result.not_seen
    )


def _end(value: float | None) -> int | None:
    """Print an end of the survey's interval like its score, or it would undo "95 or higher"."""
    return None if value is None else printed_score(value)


def published_pairs(heading: HeadingProfile) -> tuple[Pair, ...]:
    """Publish the pairwise codes, with what a person decided."""
    return tuple(
        Pair(p.a, p.b, whole(p.difference), p.code, p.decision.status, p.decision.reason)
        for p in heading.pairs
    )


def sides_may_be_named(profile: Profile) -> bool:
    """Say whether both sides of the comparison are bands of enough people in the frame."""
    people = profile.frame.role_groups
    sides = {"upper": 0, "lower": 0}
    for group in profile.framework.role_groups:
        if group.side is not None:
            sides[group.side] += people.get(group.id, 0)
    return min(sides.values()) >= profile.diagnostic.threshold


def published_patterns(profile: Profile, heading: HeadingProfile, gap_is_shown: bool) -> tuple[Pattern, ...]:
    """Publish the named patterns; the gap only where both sides are shown, or may be named."""
    told = {"survey": gap_is_shown, "interview": sides_may_be_named(profile)}
    found = []
    for pattern in heading.patterns:
        if pattern.id == "leaders_above_practitioners" and not any(told[where] for where in pattern.high):
            continue
        finding = f"{heading.heading.id}.{pattern.id}" if pattern.decision.stands else None
        found.append(Pattern(pattern.id, finding, pattern.decision.status, pattern.decision.reason))
    return tuple(found)


def published_range(combined: Combined | None) -> ScoreRange | None:
    """Publish a combined score with its likely range."""
    if combined is None:
        return None
    return ScoreRange(*(printed_score(value) for value in (combined.score, combined.low, combined.high)))


def published_stage(combined: Combined | None) -> StageRange | None:
    """Publish the stages that the likely range reaches."""
    return None if combined is None else StageRange(combined.stage_low, combined.stage_high)


def published_change(change: Change | None, reason: str | None) -> PublishedChange | None:
    """Publish a change, or why there is none to publish; None where there is nothing to say."""
    if change is None:
        return None if reason is None else PublishedChange(None, None, None, False, None, reason)
    difference, reach = whole(change.difference), (change.high - change.low) / 2
    # An end nearer to 0 than half a point is printed as 0.
    least = at_least(max(change.minimum_detectable, reach + HALF_A_POINT))
    return PublishedChange(
        difference=difference,
        low=whole(change.low),
        high=whole(change.high),
        reliable=change.reliable,
        # 5.3 counts from 5.2, and is printed as 5: a change that counted is never below what it took.
        minimum_detectable=min(least, abs(difference)) if change.reliable else least,
        reason=None,
    )


def why_not_comparable(profile: Profile) -> str | None:
    """Say why this wave cannot be compared with the last; None where it can, or where there is none."""
    previous = profile.previous
    if previous is None or profile.comparable:
        return None
    if profile.survey is None and previous.survey is None:
        return "Neither wave had a survey."
    if profile.survey is None or previous.survey is None:
        return "One of the two waves had no survey."
    return "The two waves used different versions of the framework."
