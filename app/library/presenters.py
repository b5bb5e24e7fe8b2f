"""The library in words: cards of entries, lists to choose from, and a masterclass."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.library.entries import KINDS, Entry, steps_with
from app.library.queries import Version
from app.web.dates import uk_time
from diagnostics.framework import Framework
from diagnostics.framework_parts import Step
from diagnostics.wording import counted_noun

NOT_GIVEN = "The resource does not say"
# A masterclass is for managers whose service is at the beginning or on its way.
_EARLY_STAGES = frozenset({1, 2})
Choices = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Card:
    """An entry as a list or its own page shows it; ``marked`` where the resource gives effect or strength."""

    key: str
    title: str
    source: str
    kind: str
    address: str
    helps_with: str
    effect: str
    strength: str
    marked: bool
    headings: tuple[str, ...]
    needs: tuple[str, ...]
    roles: tuple[str, ...]
    masterclass: str
    retired: bool
    reason: str
    version: int


def heading_names(framework: Framework) -> Mapping[str, str]:
    """Give the headings by their ids."""
    return {heading.id: heading.name for heading in framework.headings}


def need_names(framework: Framework) -> Mapping[str, str]:
    """Give the needs that a resource can speak to; whoever has all that they need looks for nothing."""
    return {choice.id: choice.label for choice in framework.needs.choices if choice.id != "enough"}


def role_names(framework: Framework) -> Mapping[str, str]:
    """Give the role groups by their ids."""
    return {group.id: group.name for group in framework.role_groups}


def options(names: Mapping[str, str], nothing: str) -> Choices:
    """Put names into a list that begins with none of them."""
    return [{"value": "", "text": nothing}, *boxes(names)]


def boxes(names: Mapping[str, str]) -> Choices:
    """Put names into boxes to tick."""
    return [{"value": value, "text": text} for value, text in names.items()]


def card(framework: Framework, entry: Entry) -> Card:
    """Put an entry into words."""
    headings, needs, roles = heading_names(framework), need_names(framework), role_names(framework)
    return Card(
        key=entry.key,
        title=entry.title,
        source=_source(entry),
        kind=KINDS.get(entry.kind, entry.kind),
        address=entry.address,
        helps_with=entry.helps_with,
        effect=entry.effectiveness or NOT_GIVEN,
        strength=entry.strength_of_evidence or NOT_GIVEN,
        marked=bool(entry.effectiveness or entry.strength_of_evidence),
        headings=tuple(headings[one] for one in entry.headings if one in headings),
        needs=tuple(needs[one] for one in entry.needs if one in needs),
        roles=tuple(roles[one] for one in entry.roles if one in roles),
        masterclass=entry.masterclass,
        retired=entry.retired,
        reason=entry.reason,
        version=entry.version,
    )


def _source(entry: Entry) -> str:
    return ", ".join(part for part in (entry.publisher, str(entry.year or "")) if part)


def how_many(found: int, total: int) -> str:
    """Say how many entries fit."""
    every = counted_noun(total, "entry", "entries")
    return f"{every}." if found == total else f"{found} of {every}."


def version_lines(versions: Sequence[Version]) -> list[str]:
    """Say what became of an entry, the newest first."""
    lines = []
    for place, version in enumerate(versions):
        before = versions[place + 1].entry if place + 1 < len(versions) else None
        was = before is not None and before.retired
        what = "Retired" if version.entry.retired and not was else "Changed"
        if was and not version.entry.retired:
            what = "Brought back"
        elif before is None and not version.entry.retired and version.entry.key.startswith("L"):
            what = "Added"
        reason = f": {version.entry.reason}" if what == "Retired" else ""
        lines.append(f"{what} by {version.who} on {uk_time(version.at)}{reason}")
    return lines


@dataclass(frozen=True, slots=True)
class Reading:
    """An entry to go to: its title, who made it, and the page of the library that says more."""

    title: str
    source: str
    href: str


def readings_of(step: Step | None, entries: Iterable[Entry]) -> tuple[Reading, ...]:
    """Give what helps with a step; entries that were retired are left out."""
    wanted = step.resources if step else ()
    known = {one.key: one for one in entries}
    return tuple(
        Reading(one.title, _source(one), f"/library/{one.key}")
        for key in wanted
        if (one := known.get(key)) is not None
    )


@dataclass(frozen=True, slots=True)
class StepToTake:
    """A step with what helps with it."""

    step: Step
    reading: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """One heading of a masterclass: what a team can ask itself, steps to begin with, and what to use."""

    heading: str
    about: str
    question: str
    steps: tuple[StepToTake, ...]
    exercises: tuple[Card, ...]
    reading: tuple[Card, ...]


def masterclass(framework: Framework, entries: Iterable[Entry], chosen: Sequence[str]) -> tuple[Lesson, ...]:
    """Put the steps and the resources for chosen headings together, for a day with team managers."""
    known = sorted(entries, key=lambda one: one.title.casefold())
    lessons = []
    for heading in framework.headings:
        if heading.id not in chosen:
            continue
        ids = {step for one in heading.characteristics for step in one.steps}
        early = [step for step in framework.steps if step.id in ids and _EARLY_STAGES & set(step.from_stages)]
        here = [one for one in known if heading.id in one.headings]
        lessons.append(
            Lesson(
                heading=heading.name,
                about=heading.about,
                question=heading.team_question,
                steps=tuple(StepToTake(step, readings_of(step, known)) for step in early),
                exercises=tuple(card(framework, one) for one in here if one.masterclass),
                reading=tuple(
                    card(framework, one)
                    for one in here
                    if not one.masterclass and "team_managers" in one.roles
                ),
            )
        )
    return tuple(lessons)


def step_titles(framework: Framework, key: str) -> tuple[str, ...]:
    """Give the titles of the steps that send people to an entry."""
    return tuple(step.title for step in steps_with(framework, key))
