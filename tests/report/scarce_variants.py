"""Variants of the invented profile: little heard, letters of other languages, and the wave before."""

from dataclasses import replace

from diagnostics.published import (
    Limit,
    PublishedAuthority,
    PublishedConfidence,
    PublishedProfile,
    Reason,
    ScoreRange,
    StageRange,
)
from tests.report.invented_profile import PROFILE


def two_silent() -> PublishedProfile:
    """Neither observation nor documents brought anything; nothing is settled on the first heading."""
    field = ("interview",)
    only_two = PublishedConfidence("low", (Reason("sources", "only two sources", "two sources only"),))
    headings = list(
        replace(
            heading,
            sources=replace(heading.sources, observation=None, document=None),
            pairs=(),
            patterns=(),
            confidence=only_two,
        )
        for heading in PROFILE.headings
    )
    headings[0] = replace(headings[0], combined=ScoreRange(50, 22, 80), stage=StageRange(1, 4))
    kept = tuple(entry for entry in PROFILE.evidence if entry.source in ("survey", *field))
    marks = {entry.mark for entry in kept}
    findings = tuple(
        replace(finding, evidence=tuple(m for m in finding.evidence if m in marks) or ("I1",))
        for finding in PROFILE.findings
    )
    quotes = tuple(quote for quote in PROFILE.quotes if quote.mark in marks)
    limits = (
        Limit("silent.observation", "No observation at all."),
        Limit("silent.document", "No documents at all."),
    )
    return replace(
        PROFILE,
        headings=tuple(headings),
        evidence=kept,
        findings=findings,
        quotes=quotes,
        limits=(*limits, PROFILE.limits[-1]),
        records={source: PROFILE.records[source] for source in field},
    )


def twelve_answers(profile: PublishedProfile) -> PublishedProfile:
    """So few answered that only the headings have a survey score, with wide ranges and low confidence."""
    few = PublishedConfidence("low", (Reason("few_answers", "few staff answered", "few staff answered"),))
    headings = tuple(
        replace(
            heading,
            confidence=few,
            combined=ScoreRange(heading.combined.score, heading.combined.low - 14, heading.combined.high + 14)
            if heading.combined
            else None,
            stage=StageRange(2, 4) if heading.combined else None,
            change=None,
        )
        for heading in profile.headings
    )
    findings = tuple(
        replace(finding, text="not very sure.") if finding.kind == "confidence" else finding
        for finding in profile.findings
    )
    response = replace(
        profile.response,
        answered=12,
        rate=3,
        by_role_group=tuple(
            replace(group, rate=None, n_band=None, suppressed=True)
            for group in profile.response.by_role_group
        ),
        by_service_area=tuple(
            replace(group, rate=None, n_band=None, suppressed=True)
            for group in profile.response.by_service_area
        ),
    )
    return replace(profile, wave=1, headings=headings, response=response, strength=None, findings=findings)


def welsh_and_polish() -> PublishedProfile:
    """Names with letters that the main part of the font has not."""
    names = ("Tîm Plant Sir Gâr a’r Wŷn", "Żółw – zespół Łukasza", "Siân Ŵyn fostering", "Ćma i Świt")
    areas = tuple(
        replace(area, name=names[place % len(names)] if place < len(names) else area.name)
        for place, area in enumerate(PROFILE.response.by_service_area)
    )
    quotes = tuple(
        replace(quote, text="Łukasz asked Siân how we knew, and ŵyr neb.") for quote in PROFILE.quotes
    )
    return replace(
        PROFILE,
        authority=PublishedAuthority("W06000999", "Cyngor Bwrdeistref Sirol Tŷ Ŵyn a Łąka"),
        response=replace(PROFILE.response, by_service_area=areas),
        quotes=quotes,
        contact="Zoë Dŵr-Wiśniewska, zoe@example.org",
    )


def wave_before() -> PublishedProfile:
    """The wave before PROFILE: some headings higher, some lower, one without a score."""
    moved = (-4, 2, -9, 0, 12, -6)
    headings = [
        replace(
            heading,
            change=None,
            combined=ScoreRange(
                heading.combined.score + by, heading.combined.low + by, heading.combined.high + by
            )
            if heading.combined
            else None,
        )
        for heading, by in zip(PROFILE.headings, moved, strict=True)
    ]
    headings[3] = replace(headings[3], combined=None, stage=None)
    return replace(PROFILE, wave=1, as_of="2025-12-01", headings=tuple(headings))
