"""Small releases made by hand: one heading, a few cells, and just what a test wants printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from diagnostics.published import (
    Gap,
    GroupResponse,
    GroupScore,
    Need,
    PublishedAuthority,
    PublishedConfidence,
    PublishedFramework,
    PublishedGroups,
    PublishedHeading,
    PublishedItem,
    PublishedProfile,
    PublishedResponse,
    PublishedSources,
    SourceScore,
)
from diagnostics.releases import Release
from diagnostics.side_knowledge import KnownCell, KnownGroup, KnownItem, KnownMethod, SideKnowledge

OPTIONS = ("Never", "Rarely", "Sometimes", "Often", "Always")
SCORES = (0.0, 25.0, 50.0, 75.0, 100.0)
WEIGHTS = {"survey": 0.35, "observation": 0.25, "interview": 0.2, "document": 0.2}
SIDES = {"leaders": "upper", "team_managers": "upper", "registered": "lower"}


@dataclass(frozen=True)
class Cell:
    """People of one role in one area: in the frame, who answered, and their weight."""

    role: str | None
    area: str | None
    people: int
    answered: int
    weight: float = 1.0


BANDS = ((100, "100 or more"), (50, "50 to 99"), (20, "20 to 49"), (0, "10 to 19"))


def band(n: int) -> str:
    return next(name for start, name in BANDS if n >= start)


def release(
    cells: Sequence[Cell],
    *,
    survey: int | None = None,
    ends: tuple[int, int] | None = None,
    roles: Mapping[str, int | None] | None = None,
    areas: Mapping[str, int | None] | None = None,
    items: Mapping[str, tuple[tuple[int, ...], int] | None] | None = None,
    needs: Mapping[str, int] | None = None,
    joined: Sequence[Sequence[str]] = (),
    wave: int = 1,
    answers: str = "the answers",
    weighting_gap: float = 100.0,
) -> Release:
    """Put together a release. ``roles`` and ``areas`` give printed scores, None where hidden.

    With a ``weighting_gap`` of 100 points, that weighting is not mentioned tells nothing.
    """
    role_groups = _groups([c.role for c in cells], joined)
    area_groups = _groups([c.area for c in cells], ())
    total = sum(c.answered for c in cells)
    codes = tuple(items or {})
    knowledge = SideKnowledge(
        schema="side-knowledge/1",
        digest="digest",
        inputs="inputs",
        answers=answers,
        authority="X1",
        wave=wave,
        threshold=10,
        method=KnownMethod(WEIGHTS, (25.0, 50.0, 75.0), SIDES, 10.0, 25.0, weighting_gap),
        headings=("culture",),
        items=tuple(KnownItem(code, SCORES, "culture", True) for code in codes),
        role_groups=role_groups,
        service_areas=area_groups,
        cells=tuple(
            KnownCell(
                role_group=c.role,
                service_area=c.area,
                people=c.people,
                answered=c.answered,
                weight=c.weight,
                scored=(c.answered,),
                rated=(c.answered,) * len(codes),
                ticking=c.answered,
            )
            for c in cells
        ),
    )
    low, high = ends or (None, None)
    source = None
    if survey is not None:
        source = SourceScore(survey, low, high, None, band(total), False, 2, 0)
    heading = PublishedHeading(
        id="culture",
        name="Culture",
        short="culture",
        kind="feature",
        sources=PublishedSources(source, None, None, None),
        pairs=(),
        patterns=(),
        combined=None,
        stage=None,
        confidence=PublishedConfidence("low", ()),
        groups=PublishedGroups(
            _rows(role_groups, roles or {}, [(c.role, c.answered) for c in cells]),
            _rows(area_groups, areas or {}, [(c.area, c.answered) for c in cells]),
        ),
        gap=None,
        change=None,
        tipping_point=None,
        tipping_note=None,
        staff_agree=None,
        items=tuple(_item(code, shown, total) for code, shown in (items or {}).items()),
        findings=(),
    )
    published = PublishedProfile(
        schema="profile/1",
        authority=PublishedAuthority("X1", "Madeup Council"),
        wave=wave,
        as_of="2026-11-16",
        survey_dates=("2026-09-07", "2026-10-02"),
        framework=PublishedFramework("f", "1", "A framework"),
        method="1.0",
        threshold=10,
        digest="digest",
        response=PublishedResponse(
            answered=total,
            frame=sum(c.people for c in cells),
            rate=50,
            indicative=False,
            replacement_links=0,
            weighting_note=None,
            by_role_group=_hidden(role_groups),
            by_service_area=_hidden(area_groups),
        ),
        records={},
        verdict="verdict",
        headings=(heading,),
        reliability={},
        steps=(),
        strength=None,
        findings=(),
        quotes=(),
        needs=tuple(Need(need, need.title(), share, False) for need, share in (needs or {}).items()),
        derived_importance=(),
        evidence=(),
        limits=(),
        comments_received=None,
    )
    return Release(published, knowledge)


def with_heading(given: Release, **parts: object) -> Release:
    """Change parts of the one heading."""
    heading = replace(given.published.headings[0], **parts)  # type: ignore[arg-type] # the test names its fields
    return replace(given, published=replace(given.published, headings=(heading,)))


def with_page(given: Release, **parts: object) -> Release:
    """Change parts of the page."""
    return replace(given, published=replace(given.published, **parts))  # type: ignore[arg-type] # as above


def gap(upper: int, lower: int) -> Gap:
    return Gap(upper, lower, upper - lower, False)


def _groups(labels: Sequence[str | None], joined: Sequence[Sequence[str]]) -> tuple[KnownGroup, ...]:
    names = [label for label in dict.fromkeys(labels) if label is not None]
    together = [tuple(members) for members in joined]
    alone = [(name,) for name in names if not any(name in members for members in together)]
    return tuple(KnownGroup("+".join(members), tuple(members)) for members in (*together, *alone))


def _rows(
    groups: Sequence[KnownGroup], scores: Mapping[str, int | None], labels: Sequence[tuple[str | None, int]]
) -> tuple[GroupScore, ...]:
    rows = []
    for group in groups:
        n = sum(count for label, count in labels if label in group.members)
        name, score = group.id.replace("_", " ").capitalize(), scores.get(group.id)
        rows.append(GroupScore(group.id, name, score, None if score is None else band(n), score is None))
    return tuple(rows)


def _hidden(groups: Sequence[KnownGroup]) -> tuple[GroupResponse, ...]:
    return tuple(GroupResponse(g.id, g.id.replace("_", " ").capitalize(), None, None, True) for g in groups)


def _item(code: str, shown: tuple[tuple[int, ...], int] | None, n: int) -> PublishedItem:
    if shown is None:
        return PublishedItem(code, f"{code}?", OPTIONS, None, None, None, None, True)
    shares, score = shown
    return PublishedItem(code, f"{code}?", OPTIONS, shares, score, 5, band(n), False)
