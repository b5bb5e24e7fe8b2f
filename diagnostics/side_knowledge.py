"""What an attacker is assumed to know beside the report: everything but the answers.

The auditor attacks with it. It counts people cell by cell, so it is kept inside and never published.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Literal

import numpy as np
from pydantic import TypeAdapter

from diagnostics.crossing import option_scores
from diagnostics.instrument import instrument_of
from diagnostics.profile import Profile
from diagnostics.survey_groups import GroupTable
from diagnostics.survey_results import SurveyResults

# Weights are compared between versions of a wave, so rounding must not make equal weights differ.
_DECIMALS = 9


@dataclass(frozen=True, slots=True)
class KnownGroup:
    """A group as it is reported: its id and the framework's role groups, or the area, that it joins."""

    id: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownItem:
    """An item: its code, what each option scores (0 to 100, worst first) and its heading."""

    code: str
    scores: tuple[float, ...]
    heading: str


@dataclass(frozen=True, slots=True)
class KnownMethod:
    """What the framework says of the method: weights of the sources, where stages begin, and the sides.

    ``sides`` names, for each role group of the framework that stands on one, the side of the
    comparison between leaders and practitioners: upper or lower.
    """

    source_weights: dict[str, float]
    stage_cuts: tuple[float, float, float]
    sides: dict[str, str]


@dataclass(frozen=True, slots=True)
class KnownCell:
    """One role group in one service area (null: not said): how many people, and what each weighs.

    ``people`` counts the frame (0 where the role or area was not said), ``answered`` those who
    answered at all. ``scored`` (a heading), ``rated`` (an item) and ``ticking`` (the question about
    needs) count those who answered to that measure. Everybody in a cell has the same ``weight``.
    """

    role_group: str | None
    service_area: str | None
    people: int
    answered: int
    weight: float
    scored: tuple[int, ...]
    rated: tuple[int, ...]
    ticking: int


@dataclass(frozen=True, slots=True)
class SideKnowledge:
    """All that is known beside one published profile, which has the same ``digest``.

    ``answers`` is a digest of the answers alone: two versions of a wave with the same one rest on
    the same answers. ``headings`` and ``items`` give the order of ``scored`` and ``rated``.
    """

    schema: Literal["side-knowledge/1"]
    digest: str
    answers: str
    authority: str
    wave: int
    threshold: int
    method: KnownMethod
    headings: tuple[str, ...]
    items: tuple[KnownItem, ...]
    role_groups: tuple[KnownGroup, ...]
    service_areas: tuple[KnownGroup, ...]
    cells: tuple[KnownCell, ...]

    def to_json(self) -> str:
        """Give it as JSON text."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":")) + "\n"


_ADAPTER: TypeAdapter[SideKnowledge] = TypeAdapter(SideKnowledge)


def read_side_knowledge(text: str) -> SideKnowledge:
    """Read side knowledge from its JSON text.

    Raises
    ------
    pydantic.ValidationError
        Where the text is not side knowledge of schema ``side-knowledge/1``.
    """
    return _ADAPTER.validate_json(text)


def side_knowledge(profile: Profile) -> SideKnowledge:
    """Take from a computed profile what an attacker may know of it."""
    framework, survey, diagnostic = profile.framework, profile.survey, profile.diagnostic
    heading_of = {q.code: heading.id for heading in framework.headings for q in heading.questions}
    return SideKnowledge(
        schema="side-knowledge/1",
        digest=profile.digest,
        answers=_digest_of_answers(survey),
        authority=diagnostic.authority_code,
        wave=diagnostic.wave,
        threshold=diagnostic.threshold,
        method=KnownMethod(
            dict(framework.settings.source_weights.as_mapping()),
            framework.settings.stage_cuts,
            {group.id: group.side for group in framework.role_groups if group.side is not None},
        ),
        headings=tuple(heading.id for heading in framework.headings),
        items=tuple(
            KnownItem(code, scores, heading_of[code])
            for code, scores in zip(instrument_of(framework).codes, option_scores(framework), strict=True)
        ),
        role_groups=_groups(survey.role_groups) if survey else (),
        service_areas=_groups(survey.service_areas) if survey else (),
        cells=_cells(survey) if survey else (),
    )


def _groups(table: GroupTable) -> tuple[KnownGroup, ...]:
    return tuple(KnownGroup(group.id, group.members) for group in table.groups[:-1])


def _cells(survey: SurveyResults) -> tuple[KnownCell, ...]:
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


def _digest_of_answers(survey: SurveyResults | None) -> str:
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
