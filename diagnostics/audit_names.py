"""Whom a quote or a line of the evidence list names: a band of enough people, and never a service area."""

import re
from collections.abc import Container, Iterator

from diagnostics.audit_reading import Reading
from diagnostics.audit_report import Weakness

_MONTH = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)


def named_bands(reading: Reading) -> Iterator[Weakness]:
    """Check the role bands of quotes and evidence against the frame, as far as their names are known."""
    people = _people_of_names(reading)
    areas = {
        name.casefold()
        for group in reading.knowledge.service_areas
        for name in (group.id, reading.name_of("service area", group.id))
    }
    mend = "Name a wider band of staff, or none."
    quotes = [(f"quote {quote.mark}", quote.role_band) for quote in reading.published.quotes]
    entries = [
        (f"evidence {entry.mark}", words)
        for entry in reading.published.evidence
        for words in (entry.role_band, entry.kind)
    ]
    for where, words in (*quotes, *entries):
        if words is None:
            continue
        name = words.casefold().strip()
        if name in people and people[name] < reading.threshold:
            found = f"It names “{words}”, of whom there are fewer than {reading.threshold}."
            yield Weakness("form", f"{reading.name}, {where}", found, mend)
        elif area := next((area for area in sorted(areas) if _is_of(name, area, people)), None):
            found = f"It names the service area “{words if name == area else area}”."
            yield Weakness("form", f"{reading.name}, {where}", found, mend)
        elif (month := _MONTH.search(words)) and not where.startswith("evidence D"):
            found = f"It names the month, “{month[0]}”."
            yield Weakness("form", f"{reading.name}, {where}", found, "Leave the month out.")


def _is_of(words: str, area: str, bands: Container[str]) -> bool:
    """Say whether words name an area: alone, or beside a band or a meeting ("leaders in Fostering").

    A band or a meeting may hold a word that is also the name of an area: "Leadership meeting".
    """
    if words == area:
        return True
    return words not in bands and bool(
        re.search(rf"(?:[,(:–—/-]|\b(?:in|of|at|from|for))\s*(?:the\s+)?{re.escape(area)}(?!\w)", words)
    )


def _people_of_names(reading: Reading) -> dict[str, int]:
    """Count the frame behind every name of a role group, reported or joined to another."""
    of_role: dict[str, int] = {}
    for (role, _), people in zip(reading.keys, reading.people.tolist(), strict=True):
        if role is not None:
            of_role[role] = of_role.get(role, 0) + people
    found = {role.replace("_", " ").casefold(): people for role, people in of_role.items()}
    for group in reading.knowledge.role_groups:
        printed = reading.name_of("role group", group.id)
        # "Leaders, team managers with support" is how joined groups are printed.
        *first, last = printed.split(" with ")
        parts = [*", ".join(first).split(", "), last] if first else [printed]
        if len(parts) == len(group.members):
            found |= {
                part.casefold(): of_role.get(member, 0)
                for part, member in zip(parts, group.members, strict=True)
            }
        found[printed.casefold()] = sum(of_role.get(member, 0) for member in group.members)
    return found
