"""From a computed profile to what an attacker may know of it."""

import hashlib

import numpy as np

from diagnostics.crossing import option_scores
from diagnostics.instrument import instrument_of
from diagnostics.profile import Profile
from diagnostics.published import PublishedProfile
from diagnostics.side_knowledge import KnownCell, KnownGroup, KnownItem, KnownMethod, SideKnowledge
from diagnostics.survey_groups import GroupTable
from diagnostics.survey_results import SurveyResults

# Weights are compared between versions of a wave, so rounding must not make equal weights differ.
_DECIMALS = 9


def side_knowledge(profile: Profile, published: PublishedProfile) -> SideKnowledge:
    """Take from a computed profile what an attacker may know beside the published one."""
    framework, survey, diagnostic = profile.framework, profile.survey, profile.diagnostic
    heading_of = {q.code: heading.id for heading in framework.headings for q in heading.questions}
    instrument, settings = instrument_of(framework), framework.settings
    asked = zip(instrument.codes, option_scores(framework), instrument.to_everybody.tolist(), strict=True)
    return SideKnowledge(
        schema="side-knowledge/1",
        digest=published.digest,
        inputs=profile.digest,
        answers=digest_of_answers(survey),
        authority=diagnostic.authority_code,
        wave=diagnostic.wave,
        threshold=diagnostic.threshold,
        method=KnownMethod(
            dict(settings.source_weights.as_mapping()),
            settings.stage_cuts,
            {group.id: group.side for group in framework.role_groups if group.side is not None},
            settings.agreement_within,
            settings.partial_within,
            settings.weighting_gap_said,
        ),
        headings=tuple(heading.id for heading in framework.headings),
        items=tuple(
            KnownItem(code, scores, heading_of[code], to_everybody) for code, scores, to_everybody in asked
        ),
        role_groups=_groups(survey.role_groups) if survey else (),
        service_areas=_groups(survey.service_areas) if survey else (),
        cells=cells_of(survey) if survey else (),
    )


def _groups(table: GroupTable) -> tuple[KnownGroup, ...]:
    return tuple(KnownGroup(group.id, group.members) for group in table.groups[:-1])


def cells_of(survey: SurveyResults) -> tuple[KnownCell, ...]:
    """Count who answered in each cell, and say what each weighs."""
    crossing = survey.crossing
    rated = np.column_stack([table.sum(axis=1) for table in crossing.options])
    return tuple(
        KnownCell(
            role_group=role,
            service_area=area,
            people=int(crossing.people[c]),
            answered=int(crossing.answered[c]),
            weight=round(float(crossing.weight[c]), _DECIMALS),
            scored=tuple(crossing.scored[c].tolist()),
            rated=tuple(rated[c].tolist()),
            ticking=int(crossing.ticking[c]),
        )
        for c, (role, area) in enumerate(zip(crossing.role_groups, crossing.service_areas, strict=True))
    )


def digest_of_answers(survey: SurveyResults | None) -> str:
    """Digest what was answered in each cell, whatever the order of people, areas and roles."""
    if survey is None:
        return hashlib.sha256(b"no survey").hexdigest()
    crossing = survey.crossing
    tables = (*crossing.options, crossing.ticked, np.round(crossing.mean, _DECIMALS))
    rows = sorted(
        repr((role, area, [table[c].tolist() for table in tables]))
        for c, (role, area) in enumerate(zip(crossing.role_groups, crossing.service_areas, strict=True))
        if crossing.answered[c]
    )
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()
