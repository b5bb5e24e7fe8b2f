"""The sample's profile, and variants of an invented one that bend one thing as far as it may go."""

from dataclasses import replace
from pathlib import Path

from diagnostics.framework import Framework, load_framework
from diagnostics.published import (
    Gap,
    GroupResponse,
    GroupScore,
    Limit,
    PublishedAuthority,
    PublishedChange,
    PublishedGroups,
    PublishedHeading,
    PublishedItem,
    PublishedProfile,
    ScoreRange,
    SourceScore,
    StageRange,
    read_profile,
)
from tests.report.invented_framework import FRAMEWORK
from tests.report.invented_profile import PROFILE
from tests.report.scarce_variants import twelve_answers, two_silent, wave_before, welsh_and_polish

ROOT = Path(__file__).parents[2]
HIDDEN_GAP = Gap(None, None, None, True)


def _headings(profile: PublishedProfile, **changes: object) -> tuple[PublishedHeading, ...]:
    return tuple(replace(heading, **changes) for heading in profile.headings)  # type: ignore[arg-type]


def first_wave() -> PublishedProfile:
    """No wave before: no change anywhere."""
    headings = tuple(
        replace(heading, change=None, items=tuple(replace(item, change=None) for item in heading.items))
        for heading in PROFILE.headings
    )
    return replace(PROFILE, wave=1, headings=headings)


def no_survey() -> PublishedProfile:
    """Fieldwork alone."""
    headings = tuple(
        replace(
            heading,
            sources=replace(heading.sources, survey=None),
            pairs=(),
            patterns=(),
            groups=replace(heading.groups, role_group=(), service_area=()),
            gap=None,
            change=None,
            tipping_point=None,
            tipping_note=None,
            staff_agree=None,
            items=(),
            findings=(),
        )
        for heading in PROFILE.headings
    )
    field = tuple(
        replace(
            finding, evidence=tuple(mark for mark in finding.evidence if not mark.startswith("S ")) or ("D1",)
        )
        for finding in PROFILE.findings
    )
    return replace(
        PROFILE,
        wave=1,
        survey_dates=None,
        headings=headings,
        findings=field,
        needs=(),
        evidence=tuple(entry for entry in PROFILE.evidence if entry.source != "survey"),
        response=replace(PROFILE.response, answered=None, rate=None, by_role_group=(), by_service_area=()),
        comments_received=None,
    )


def indicative() -> PublishedProfile:
    """Few answered."""
    response = replace(
        PROFILE.response,
        answered=24,
        rate=6,
        indicative=True,
        weighting_note="Weighting moved Skills by 4 points, so it matters who answered.",
    )
    return replace(PROFILE, response=response)


def small_groups_hidden() -> PublishedProfile:
    """Every breakdown is hidden, and so are the gaps."""
    hidden = tuple(
        replace(group, rate=None, n_band=None, suppressed=True) for group in PROFILE.response.by_role_group
    )
    headings = tuple(
        replace(
            heading,
            gap=HIDDEN_GAP,
            groups=replace(
                heading.groups,
                role_group=tuple(
                    replace(group, score=None, n_band=None, suppressed=True)
                    for group in heading.groups.role_group
                ),
            ),
        )
        for heading in PROFILE.headings
    )
    return replace(PROFILE, headings=headings, response=replace(PROFILE.response, by_role_group=hidden))


def hidden_item(item: PublishedItem) -> PublishedItem:
    """Hide a question."""
    return replace(item, shares=None, score=None, dont_know=None, n_band=None, suppressed=True, change=None)


def questions_hidden() -> PublishedProfile:
    """One question is hidden, all questions of one heading, and some of the needs."""
    headings = []
    for heading in PROFILE.headings:
        count = {"capability": 1, "culture": len(heading.items)}.get(heading.id, 0)
        items = (*map(hidden_item, heading.items[:count]), *heading.items[count:])
        headings.append(replace(heading, items=items))
    needs = tuple(
        replace(need, share=None, suppressed=True) if need.id in ("own", "law", "other") else need
        for need in PROFILE.needs
    )
    return replace(PROFILE, headings=tuple(headings), needs=needs)


def all_questions_hidden() -> PublishedProfile:
    """Few answered, so that of the survey only the scores of the headings are shown."""
    profile = indicative()
    headings = tuple(
        replace(
            heading,
            gap=HIDDEN_GAP,
            items=tuple(map(hidden_item, heading.items)),
            groups=PublishedGroups(
                *(
                    tuple(replace(group, score=None, n_band=None, suppressed=True) for group in breakdown)
                    for breakdown in (heading.groups.role_group, heading.groups.service_area)
                )
            ),
        )
        for heading in profile.headings
    )
    needs = tuple(replace(need, share=None, suppressed=True) for need in profile.needs)
    return replace(profile, headings=headings, needs=needs)


def many_areas() -> PublishedProfile:
    """Forty service areas with long names, three of them hidden; names with Welsh and Polish letters."""
    names = [f"Area {place} of safeguarding, assessment and family help" for place in range(1, 38)]
    names += ["Siân Wŷn family centre", "Dom rodzinny Łukasz", "Żółw and ŵŷ outreach"]
    hidden = {3, 17, 38}
    areas = tuple(
        GroupResponse(
            f"area_{place}",
            name,
            None if place in hidden else 5 + 5 * (place % 19),
            None if place in hidden else "10 to 19",
            place in hidden,
        )
        for place, name in enumerate(names)
    )
    headings = tuple(
        replace(
            heading,
            groups=replace(
                heading.groups,
                service_area=tuple(
                    GroupScore(
                        area.id, area.name, None if area.suppressed else 50, area.n_band, area.suppressed
                    )
                    for area in areas
                ),
            ),
        )
        for heading in PROFILE.headings
    )
    return replace(
        PROFILE, headings=headings, response=replace(PROFILE.response, by_service_area=areas, rate=42)
    )


def silent_sources() -> PublishedProfile:
    """Documents silent everywhere, one heading with nothing at all and one with a thin source only."""
    headings = list(
        replace(heading, sources=replace(heading.sources, document=None), pairs=(), patterns=())
        for heading in PROFILE.headings
    )
    nothing = replace(headings[0].sources, survey=None, interview=None, observation=None, document=None)
    headings[0] = replace(headings[0], sources=nothing, combined=None, stage=None, change=None, findings=())
    only_thin = replace(nothing, interview=SourceScore(48, None, None, 1, None, True, 1, 3))
    headings[1] = replace(headings[1], sources=only_thin, combined=None, stage=None, change=None, findings=())
    headings[2] = replace(headings[2], combined=ScoreRange(50, 18, 84), stage=StageRange(1, 4))
    return replace(PROFILE, headings=tuple(headings))


def ends_of_the_scale() -> PublishedProfile:
    """Open ends, wide change, stages 1 and 4, leaders below practitioners, and equal steps."""
    headings = list(PROFILE.headings)
    low = SourceScore(5, 5, 8, None, "10 to 19", False, 5, 0)
    high = SourceScore(95, 92, 95, None, "100 or more", False, 5, 0)
    headings[0] = replace(
        headings[0],
        sources=replace(headings[0].sources, survey=low, interview=replace(low, low=None, high=None, n=3)),
        combined=ScoreRange(5, 5, 12),
        stage=StageRange(1, 1),
        change=PublishedChange(-30, -52, -8, True, 6, None),
        gap=Gap(30, 52, -22, False),
    )
    headings[1] = replace(
        headings[1],
        sources=replace(headings[1].sources, survey=high),
        combined=ScoreRange(95, 80, 95),
        stage=StageRange(4, 4),
        gap=Gap(95, 5, 90, False),
    )
    steps = (
        PROFILE.steps[0],
        replace(PROFILE.steps[1], tied_with=("evidence_leads",)),
        replace(PROFILE.steps[2], tied_with=("leaders_visit", "joined_data")),
        replace(PROFILE.steps[3], requires=(), tied_with=("evidence_leads",)),
        *PROFILE.steps[4:],
    )
    return replace(PROFILE, headings=tuple(headings), steps=steps)


def _filled(length: int, start: str = "Staff") -> str:
    words = f"{start} look for what they know and weigh it with what families said before they plan a step "
    text = (words * 4)[: length - 1].rstrip()
    return f"{text}{'m' * (length - 1 - len(text))}."


def longest() -> tuple[PublishedProfile, Framework]:
    """Every text as long as its limit lets it be."""
    findings = tuple(
        replace(
            finding,
            lead=finding.lead or ("A new finding here." if finding.kind in ("heading", "gap") else ""),
            text=_filled(130, start=f"On {finding.id}, staff"),
            evidence=("S capability", "I1", "I3", "O2", "O4", "D5"),
        )
        for finding in PROFILE.findings
    )
    headings = tuple(
        replace(heading, findings=(PROFILE.findings[1].id, PROFILE.findings[2].id))
        for heading in PROFILE.headings
    )
    limits = tuple(Limit(f"limit_{place}", _filled(90)) for place in range(6))
    steps = tuple(replace(step, findings=("sys_1",), requires=()) for step in PROFILE.steps)
    profile = replace(
        PROFILE,
        authority=PublishedAuthority(
            "E09000999", "Royal Borough of Bournemouth, Christchurch and Upper Wŷn Council"
        ),
        as_of="2026-06-30",
        findings=findings,
        headings=headings,
        limits=limits,
        steps=steps,
    )
    framework = replace(
        FRAMEWORK,
        steps=tuple(
            replace(
                step,
                title=_filled(48)[:-1],
                action=_filled(150),
                owner=_filled(38)[:-1],
                first_30_days=_filled(95),
                six_month_sign=_filled(105),
                otherwise=_filled(100),
            )
            for step in FRAMEWORK.steps
        ),
        headings=tuple(
            replace(heading, team_question=_filled(69)[:-1] + "?") for heading in FRAMEWORK.headings
        ),
    )
    return profile, framework


def sample(name: str = "wexbourne") -> tuple[PublishedProfile, Framework]:
    """Take the profile of a sample authority, made by the method under the published framework."""
    framework = ROOT / "diagnostics" / "frameworks" / "evidence_use_v1.yaml"
    profile = ROOT / "sample_data" / name / "expected_profile.json"
    return read_profile(profile.read_text("utf-8")), load_framework(framework.read_text("utf-8"))


VARIANTS: dict[str, tuple[PublishedProfile, Framework]] = {
    "sample": sample(),
    "usual": (PROFILE, FRAMEWORK),
    "first_wave": (first_wave(), FRAMEWORK),
    "no_survey": (no_survey(), FRAMEWORK),
    "indicative": (indicative(), FRAMEWORK),
    "small_groups_hidden": (small_groups_hidden(), FRAMEWORK),
    "questions_hidden": (questions_hidden(), FRAMEWORK),
    "all_questions_hidden": (all_questions_hidden(), FRAMEWORK),
    "many_areas": (many_areas(), FRAMEWORK),
    "silent_sources": (silent_sources(), FRAMEWORK),
    "two_silent": (two_silent(), FRAMEWORK),
    "twelve_answers": (twelve_answers(all_questions_hidden()), FRAMEWORK),
    "welsh_and_polish": (welsh_and_polish(), FRAMEWORK),
    "second_wave": (PROFILE, FRAMEWORK),
    "ends_of_the_scale": (ends_of_the_scale(), FRAMEWORK),
    "longest": longest(),
}
# The published profile of the wave before, where a variant is presented beside one.
PREVIOUS: dict[str, PublishedProfile] = {"second_wave": wave_before(), "ends_of_the_scale": wave_before()}
SAMPLES: dict[str, tuple[PublishedProfile, Framework]] = {
    path.parent.name: sample(path.parent.name)
    for path in sorted((ROOT / "sample_data").glob("*/expected_profile.json"))
}
