"""Planted reports: what a bad system would have printed of invented answers, beside what the method prints.

What leaks is what was computed of the answers: a bad report prints the true number. Only where any number
would be too much (an alpha of twenty answers, the ends of a change) does one stand for it.
"""

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from diagnostics.disclosure import publish
from diagnostics.knowledge_of import side_knowledge
from diagnostics.profile import Profile
from diagnostics.published import (
    GroupResponse,
    GroupScore,
    PublishedHeading,
    PublishedItem,
    PublishedProfile,
    PublishedReliability,
    Source,
)
from diagnostics.releases import Release
from diagnostics.suppression import band, printed_score, printed_share
from diagnostics.survey_groups import GroupTable
from tests.diagnostics.planted_wave import Cell, profile_of, record_of, wave_of
from tests.diagnostics.small_framework import published

Table = Literal["role_group", "service_area"]
Cells = tuple[Cell, ...]

FRAMEWORK = published()
HEADING = FRAMEWORK.headings[0].name


@dataclass(frozen=True, slots=True)
class Caught:
    """A weakness that must be found: its rule, its exact table, words of the finding, and the mending."""

    rule: str
    table: str
    found: tuple[str, ...]
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Plant:
    """Bad releases, the clean ones that mend them, and all that must be found in the bad ones.

    ``only`` names where in the JSON of the last release the two differ; without it the plant lies in what
    was released together, and the releases differ as such.
    """

    bad: tuple[Release, ...]
    clean: tuple[Release, ...]
    caught: tuple[Caught, ...]
    only: tuple[str, ...] = ()


Planting = Callable[[], Plant]


@cache
def computed(cells: Cells, after: Cells = (), needs: frozenset[str] = frozenset(), **sources: int) -> Profile:
    """Compute a wave of the published framework; ``after`` are the cells of the wave before.

    ``interview=3`` and the like add records of a source that put every characteristic at that stage.
    """
    fieldwork = [record for source, stage in sources.items() for record in _records(source, stage)]
    previous = computed(after) if after else None
    return profile_of(
        FRAMEWORK, wave_of(FRAMEWORK, cells, fieldwork, needs=needs, wave=2 if after else 1), previous
    )


def _records(source: str, stage: int) -> Iterator[Any]:
    kinds: dict[str, tuple[Source, str]] = {
        "interview": ("interview", "interview"),
        "observation": ("observation", "team_meeting"),
        "document": ("document", "strategy"),
    }
    stages = dict.fromkeys((c.id for c in FRAMEWORK.characteristics), stage)
    for place in range(2):
        yield record_of(f"{source}-{place}", *kinds[source], stages)


@cache
def issued(profile: Profile) -> Release:
    """Publish a profile as the method does, as if it were the first."""
    published = publish(profile)
    return Release(published, side_knowledge(profile, published))


def issued_after(profile: Profile, before: Release) -> Release:
    """Publish a profile as the method does, in view of a version that people hold."""
    published = publish(profile, [before])
    return Release(published, side_knowledge(profile, published))


def reprinted(release: Release, **changes: Any) -> Release:
    """Print other fields of the profile."""
    return replace(release, published=replace(release.published, **changes))


def under(release: Release, change: Callable[[PublishedHeading], PublishedHeading]) -> Release:
    """Print the first heading otherwise."""
    first, *others = release.published.headings
    return reprinted(release, headings=(change(first), *others))


def surveyed(release: Release, **changes: Any) -> Release:
    """Print the survey score of the first heading otherwise."""

    def change(heading: PublishedHeading) -> PublishedHeading:
        assert heading.sources.survey is not None
        survey = replace(heading.sources.survey, **changes)
        return replace(heading, sources=replace(heading.sources, survey=survey))

    return under(release, change)


def grouped(release: Release, table: Table, group: str, **changes: Any) -> Release:
    """Print one row of a breakdown of the first heading otherwise."""

    def change(heading: PublishedHeading) -> PublishedHeading:
        rows = tuple(
            replace(row, **changes) if row.id == group else row for row in getattr(heading.groups, table)
        )
        assert group in {row.id for row in rows}
        return replace(heading, groups=replace(heading.groups, **{table: rows}))

    return under(release, change)


def asked(release: Release, code: str, **changes: Any) -> Release:
    """Print one question of the first heading otherwise."""

    def change(heading: PublishedHeading) -> PublishedHeading:
        return replace(
            heading,
            items=tuple(replace(item, **changes) if item.code == code else item for item in heading.items),
        )

    return under(release, change)


def relied(release: Release, **changes: Any) -> Release:
    """Print other coefficients of the first heading."""
    first = release.published.headings[0].id
    row: PublishedReliability = replace(release.published.reliability[first], **changes)
    return reprinted(release, reliability={**release.published.reliability, first: row})


def hiding(release: Release, profile: Profile, **hidden: Collection[str]) -> Release:
    """Print both breakdowns of the first heading as they are, but for the groups named here."""

    def change(heading: PublishedHeading) -> PublishedHeading:
        rows = {
            table: tuple(
                _score(profile, table, place, hidden.get(table, ())) for place in _places(profile, table)
            )
            for table in ("role_group", "service_area")
        }
        return replace(heading, groups=replace(heading.groups, **rows))

    return under(release, change)


def _places(profile: Profile, table: str) -> range:
    return range(len(table_of(profile, table).groups) - 1)


def _score(profile: Profile, table: str, place: int, hidden: Collection[str]) -> GroupScore:
    groups = table_of(profile, table)
    group = groups.groups[place]
    if group.id in hidden:
        return GroupScore(group.id, group.name, None, None, True)
    return GroupScore(
        group.id, group.name, printed_score(true_mean(profile, table, group.id)), n_band(groups, place), False
    )


def table_of(profile: Profile, table: str) -> GroupTable:
    assert profile.survey is not None
    return profile.survey.role_groups if table == "role_group" else profile.survey.service_areas


def n_band(groups: GroupTable, place: int) -> str:
    return band(int(groups.n[place, 0]))


def true_mean(profile: Profile, table: str, group: str) -> float:
    """Give a group's mean under the first heading, to its last digit."""
    groups = table_of(profile, table)
    return float(groups.mean[[g.id for g in groups.groups].index(group), 0])


def true_item(profile: Profile, code: str) -> dict[str, Any]:
    """Give what a system without any protection prints of a question: rounded as usual, and shown."""
    assert profile.survey is not None
    place = [question.code for question in FRAMEWORK.questions].index(code)
    answers = profile.survey.items[place]
    assert answers is not None
    return {
        "shares": tuple(printed_share(share) for share in answers.shares),
        "score": printed_score(answers.mean.value),
        "dont_know": printed_share(answers.dont_know),
        "n_band": band(answers.mean.n),
        "suppressed": False,
    }


def item_of(release: Release, code: str) -> PublishedItem:
    """Give a question of the first heading as it is printed."""
    return next(item for item in release.published.headings[0].items if item.code == code)


def answering(release: Release, profile: Profile, hidden: Collection[str]) -> Release:
    """Print the response of every area as it is, but for the areas named here."""
    groups = table_of(profile, "service_area")
    rows = []
    for place, group in enumerate(groups.groups[:-1]):
        n = int(groups.answered[place])
        if group.id in hidden:
            rows.append(GroupResponse(group.id, group.name, None, None, True))
        else:
            rows.append(GroupResponse(group.id, group.name, printed_share(n / group.people), band(n), False))
    return reprinted(release, response=replace(release.published.response, by_service_area=tuple(rows)))


def differences(one: PublishedProfile, other: PublishedProfile) -> list[str]:
    """Give the places in which two profiles differ, as paths into their JSON."""
    return list(_apart(json.loads(one.to_json()), json.loads(other.to_json()), ""))


def _apart(one: Any, other: Any, path: str) -> Iterator[str]:
    if isinstance(one, dict) and isinstance(other, dict):
        for key in {**one, **other}:
            yield from _apart(one.get(key), other.get(key), f"{path}.{key}" if path else key)
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for place, pair in enumerate(zip(one, other, strict=True)):
            yield from _apart(*pair, f"{path}[{place}]")
    elif one != other:
        yield path
