"""An entry of the library as a value: the framework's own, or what has taken its place since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from app.commissioning.frameworks import framework_named
from app.interchange.framework_files import PUBLISHED
from app.library.models import LibraryEntry
from diagnostics.framework import Framework
from diagnostics.framework_parts import Resource, Step

KINDS: Mapping[str, str] = {
    "practice_guide": "Practice guide",
    "guide": "Guide",
    "toolkit": "Toolkit",
    "systematic_review": "Systematic review",
    "standard": "Standard",
    "data": "Data",
    "training": "Training and events",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody can look up. Effect and strength of evidence stand apart, and may not be given.

    ``version`` is 0 for an entry as the framework has it.
    """

    key: str
    title: str
    publisher: str
    year: int | None
    address: str
    kind: str
    helps_with: str
    headings: tuple[str, ...]
    needs: tuple[str, ...]
    roles: tuple[str, ...]
    effectiveness: str
    strength_of_evidence: str
    masterclass: str
    version: int = 0
    retired: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; what is empty does not narrow it."""

    words: str = ""
    heading: str = ""
    need: str = ""
    role: str = ""
    kind: str = ""

    @property
    def narrows(self) -> bool:
        """Whether anything is asked for."""
        return any((self.words, self.heading, self.need, self.role, self.kind))


@cache
def _subjects() -> Mapping[str, Mapping[str, list[str]]]:
    """Give the needs and the role groups of the supplied entries."""
    text = (Path(__file__).parent / "subjects.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, list[str]]] = yaml.safe_load(text)
    return found


def library_framework() -> Framework:
    """Give the framework whose resources the library begins with: the one that a new diagnostic uses."""
    framework = framework_named(PUBLISHED)
    if framework is None:
        raise LookupError(f"the framework {PUBLISHED} does not come with the service")
    return framework


def of_framework(resource: Resource) -> Entry:
    """Give a framework's resource as an entry."""
    subjects = _subjects().get(resource.id, {})
    return Entry(
        key=resource.id,
        title=resource.title,
        publisher=resource.publisher,
        year=resource.year,
        address=resource.address,
        kind=resource.kind,
        helps_with=resource.helps_with,
        headings=resource.headings,
        needs=tuple(subjects.get("needs", ())),
        roles=tuple(subjects.get("roles", ())),
        effectiveness=resource.effectiveness or "",
        strength_of_evidence=resource.strength_of_evidence or "",
        masterclass=resource.masterclass or "",
    )


def of_row(row: LibraryEntry) -> Entry:
    """Give a saved version as an entry."""
    return Entry(
        key=row.key,
        title=row.title,
        publisher=row.publisher,
        year=row.year,
        address=row.address,
        kind=row.kind,
        helps_with=row.helps_with,
        headings=tuple(row.headings),
        needs=tuple(row.needs),
        roles=tuple(row.roles),
        effectiveness=row.effectiveness,
        strength_of_evidence=row.strength_of_evidence,
        masterclass=row.masterclass,
        version=row.version,
        retired=row.retired,
        reason=row.reason,
    )


def matching(entries: Iterable[Entry], wanted: Wanted) -> tuple[Entry, ...]:
    """Give the entries that fit, those with all words in their title first, then by title."""
    words = wanted.words.casefold().split()
    found = [one for one in entries if _fits(one, wanted, words)]
    return tuple(sorted(found, key=lambda one: (not _in_title(one, words), one.title.casefold(), one.key)))


def _fits(entry: Entry, wanted: Wanted, words: list[str]) -> bool:
    text = " ".join(
        (entry.title, entry.publisher, entry.helps_with, entry.effectiveness, entry.strength_of_evidence)
    ).casefold()
    return (
        all(word in text for word in words)
        and (not wanted.heading or wanted.heading in entry.headings)
        and (not wanted.need or wanted.need in entry.needs)
        and (not wanted.role or wanted.role in entry.roles)
        and (not wanted.kind or wanted.kind == entry.kind)
    )


def _in_title(entry: Entry, words: list[str]) -> bool:
    return all(word in entry.title.casefold() for word in words)


def steps_with(framework: Framework, key: str) -> tuple[Step, ...]:
    """Give the steps that send people to an entry."""
    return tuple(step for step in framework.steps if key in step.resources)
