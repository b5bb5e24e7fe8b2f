"""The only way out: from the computed profile to the published one."""

import operator
from collections.abc import Sequence
from dataclasses import dataclass, replace

from diagnostics.as_printed import as_printed
from diagnostics.change import Change
from diagnostics.confidence import Doubt
from diagnostics.evidence_list import evidence_entries, marks_of
from diagnostics.findings import heading_findings
from diagnostics.framework_checks import MINIMUM_THRESHOLD
from diagnostics.handing_on import handed_on
from diagnostics.headlines import (
    gap_finding,
    response_findings,
    step_findings,
    strength,
    sureness,
    verdict,
)
from diagnostics.last_wave import LastWave
from diagnostics.limits import limits
from diagnostics.profile import HeadingProfile, Profile
from diagnostics.publication import (
    published_change,
    published_pairs,
    published_patterns,
    published_range,
    published_response,
    published_sources,
    published_stage,
    published_weighting,
    why_not_comparable,
)
from diagnostics.published import (
    Finding,
    Gap,
    PublishedAuthority,
    PublishedChange,
    PublishedConfidence,
    PublishedFramework,
    PublishedGroups,
    PublishedHeading,
    PublishedProfile,
    PublishedQuote,
    PublishedStep,
    Reason,
)
from diagnostics.releases import Release, Withheld
from diagnostics.suppression import SHARE_STEP, band, printed_score, printed_share, whole
from diagnostics.survey_publication import (
    published_derived,
    published_gap,
    published_groups,
    published_items,
    published_needs,
    published_reliability,
)
from diagnostics.survey_results import SurveyResults
from diagnostics.survey_suppression import protect
from diagnostics.wording import counted_noun
from diagnostics.writer import Writer

__all__ = [
    "MINIMUM_THRESHOLD",
    "band",
    "printed_score",
    "printed_share",
    "publish",
    "whole",
]

MOST_FINDINGS = 2
REASONS = {
    "no_source": ("No source could be counted.", "no source"),
    "one_source": ("Only one source could be counted, which costs two grades.", "one source only"),
    "two_sources": ("Only two sources could be counted.", "two sources only"),
    "sources_disagree": ("Two sources are far apart.", "sources disagree"),
    "few_answers": ("Few staff answered the survey.", "few answers"),
    "low_response": ("A small share of staff answered the survey.", "low response"),
    "no_practitioner": ("We interviewed no practitioner about this.", "no practitioner heard"),
    "single_rater": ("Nobody rated the same evidence a second time.", "rated only once"),
    "raters_differ": ("Our raters differed more than they should.", "our raters differed"),
    "old_evidence": ("The newest evidence is more than {months} months old.", "evidence is old"),
}


@dataclass(frozen=True, slots=True)
class Cut:
    """The published profile, the internal log of what is not shown in it, and what the next wave needs."""

    published: PublishedProfile
    withheld: tuple[Withheld, ...]
    hands_on: LastWave


def publish(profile: Profile, issued: Sequence[Release] = ()) -> PublishedProfile:
    """Give the published profile alone: see ``cut``."""
    return cut(profile, issued).published


def cut(profile: Profile, issued: Sequence[Release] = ()) -> Cut:
    """Cut the published profile from the computed one.

    Everything that any surface shows comes from the object returned here: groups suppressed,
    people in bands, scores in whole points, shares to the nearest 5 %.

    Parameters
    ----------
    profile : Profile
    issued : sequence of Release
        Versions of the same wave that people already hold.

    Returns
    -------
    Cut
        With the published profile, schema ``profile/1``.

    Raises
    ------
    CannotReissue
        An earlier version of this wave rests on other answers.
    """
    hidden = protect(profile, issued)
    last = profile.previous.survey if profile.previous else None
    items = hidden.items if hidden else ()
    compared = tuple(map(operator.and_, items, last.items_shown)) if last else items
    profile = as_printed(profile, compared)
    incomparable = why_not_comparable(profile)
    gaps = tuple(published_gap(profile, hidden, h) for h in range(len(profile.headings)))
    changes = tuple(_heading_change(h, h.change, incomparable) for h in profile.headings)
    marks = marks_of(profile)
    writer = Writer(profile, marks, gaps, changes)
    response = published_response(profile, hidden)
    by_heading = [heading_findings(writer, index) for index in range(len(profile.headings))]
    groups = published_groups(profile, hidden)
    headings = tuple(
        _heading(profile, index, groups[index], gaps[index], changes[index], by_heading[index], items)
        for index in range(len(profile.headings))
    )

    whole_verdict = verdict(writer)
    first_strength = strength(writer)
    reasons = step_findings(writer)
    overview = gap_finding(writer)
    findings = [
        whole_verdict,
        *(finding for written in by_heading for finding in written),
        *([overview] if overview else []),
        *reasons.values(),
        *([first_strength[1]] if first_strength else []),
        sureness(writer),
        *response_findings(writer, response),
    ]
    diagnostic = profile.diagnostic
    opened, closed = diagnostic.survey_opened, diagnostic.survey_closed
    published = PublishedProfile(
        schema="profile/1",
        authority=PublishedAuthority(diagnostic.authority_code, diagnostic.authority_name),
        wave=diagnostic.wave,
        as_of=diagnostic.as_of.isoformat(),
        survey_dates=(opened.isoformat(), closed.isoformat()) if opened and closed else None,
        framework=PublishedFramework(profile.framework.id, profile.framework.version, profile.framework.name),
        method=profile.method,
        threshold=diagnostic.threshold,
        digest="",
        response=response,
        records=_records(profile),
        verdict=whole_verdict.id,
        headings=headings,
        reliability=published_reliability(profile, hidden, [heading.items for heading in headings]),
        steps=_steps(profile, reasons),
        strength=first_strength[0] if first_strength else None,
        findings=tuple(findings),
        quotes=_quotes(profile),
        needs=published_needs(profile, hidden.needs if hidden else ()),
        derived_importance=published_derived(profile),
        evidence=evidence_entries(profile, marks),
        limits=tuple(limits(writer)),
        comments_received=_comments(profile),
        contact=diagnostic.contact,
        weighting=published_weighting(profile),
    )
    published = replace(published, digest=published.own_digest())
    return Cut(published, hidden.withheld if hidden else (), handed_on(profile, hidden))


def _heading_change(
    heading: HeadingProfile, change: Change | None, incomparable: str | None
) -> PublishedChange | None:
    if heading.sources["survey"] is None:
        return None
    return published_change(change, incomparable)


def _heading(
    profile: Profile,
    index: int,
    groups: PublishedGroups,
    gap: Gap | None,
    change: PublishedChange | None,
    findings: list[Finding],
    items: Sequence[bool],
) -> PublishedHeading:
    heading, survey, settings = profile.headings[index], profile.survey, profile.framework.settings
    described = heading.heading
    has_survey = survey is not None and heading.sources["survey"] is not None
    agreement = survey.agreement[index] if survey is not None and has_survey else None
    return PublishedHeading(
        id=described.id,
        name=described.name,
        short=described.short,
        kind=described.kind,
        sources=published_sources(profile, heading),
        pairs=published_pairs(heading),
        patterns=published_patterns(profile, heading, gap is not None and not gap.suppressed),
        combined=published_range(heading.combined),
        stage=published_stage(heading.combined),
        confidence=PublishedConfidence(
            heading.confidence.grade,
            tuple(_reason(doubt, settings.evidence_months) for doubt in heading.confidence.doubts),
        ),
        groups=groups,
        gap=gap,
        change=change,
        tipping_point=heading.tipping.points if heading.tipping else None,
        tipping_note=_tipping_note(heading, survey if has_survey else None),
        staff_agree=None if agreement is None else not agreement.is_low(settings),
        items=published_items(profile, index, items),
        findings=tuple(finding.id for finding in findings[:MOST_FINDINGS]),
    )


def _reason(doubt: Doubt, months: int) -> Reason:
    text, brief = REASONS[doubt.code]
    return Reason(doubt.code, text.format(months=months), brief)


def _tipping_note(heading: HeadingProfile, survey: SurveyResults | None) -> str | None:
    if survey is None:
        return None
    if heading.tipping is None and survey.n >= survey.frame:
        return "Nobody is left who did not answer."
    if heading.tipping is None:
        return "No plausible difference among those who did not answer would change the survey’s stage."
    tip = heading.tipping
    points = counted_noun(tip.points, "point")
    return f"{points} {tip.direction} among those who did not answer would make it stage {tip.stage}."


def _records(profile: Profile) -> dict[str, int]:
    counts = {"interview": 0, "observation": 0, "document": 0}
    for record in profile.fieldwork.records.values():
        counts[record.source] += 1
    return counts


def _steps(profile: Profile, findings: dict[str, Finding]) -> tuple[PublishedStep, ...]:
    first = profile.framework.settings.steps_first
    return tuple(
        PublishedStep(
            id=step.id,
            rank=step.rank,
            first=step.rank <= first,
            top_three_share=SHARE_STEP * whole(100 * step.first_share / SHARE_STEP),
            tied_with=step.tied_with,
            requires=step.requires,
            findings=(findings[step.id].id,) if step.id in findings else (),
        )
        for step in profile.steps
    )


def _quotes(profile: Profile) -> tuple[PublishedQuote, ...]:
    """Publish released quotes whose speaker stands in a band of enough people."""
    marks = marks_of(profile)
    heading_of = profile.framework.heading_of
    quotes = []
    for quote in profile.quotes:
        record = profile.fieldwork.records.get(quote.record)
        if not quote.released or record is None or quote.record not in marks.of_record:
            continue
        if record.role_group not in marks.bands:
            continue
        quotes.append(
            PublishedQuote(
                mark=marks.of_record[quote.record],
                heading=heading_of[quote.characteristic].id,
                characteristic=quote.characteristic,
                role_band=marks.band_of(record),
                text=quote.text,
            )
        )
    return tuple(quotes)


def _comments(profile: Profile) -> str | None:
    survey = profile.survey
    if survey is None or min(survey.n, survey.comments) < profile.diagnostic.threshold:
        return None
    return band(survey.comments)
