"""The note on weighting: under a heading that it does not name, weighting moved the score by little."""

import re

from diagnostics.audit_classes import Classes
from diagnostics.audit_reading import FloatArray, Interval, Reading

_UNDER = re.compile(r"(\d+(?:\.\d+)?) points under (.+)\.$", re.DOTALL)


def moved_little(reading: Reading, heading: str) -> float | None:
    """Say by how many points weighting moved a heading's score at the most; None where nothing tells it."""
    published = reading.heading(heading)
    response = reading.published.response
    if published is None or published.sources.survey is None or response.answered is None:
        return None
    found = _UNDER.search(response.weighting_note or "")
    if found is None:
        return reading.knowledge.method.weighting_gap
    return None if heading in _named(reading, found[2]) else float(found[1])


def _named(reading: Reading, names: str) -> set[str]:
    """Find the headings of a list in words; a name that is part of another is looked for last."""
    named = set()
    for heading in sorted(reading.published.headings, key=lambda heading: -len(heading.name)):
        name = heading.name[:1].lower() + heading.name[1:]
        if name in names:
            named.add(heading.id)
            names = names.replace(name, "")
    return named


def note_row(
    reading: Reading, heading: str, classes: Classes, version: int
) -> tuple[FloatArray, Interval] | None:
    """Give weighted less unweighted mean as a row, and its ends; None where the note tells nothing of it."""
    gap = moved_little(reading, heading)
    inside = classes.inside[version]
    if gap is None or not inside.any():
        return None
    people = classes.count * inside
    weighted = classes.weight[version] * people
    if not weighted.any():
        return None
    row = weighted / weighted.sum() - people / people.sum()
    # Equal weights move nothing.
    return (row, (-gap, gap)) if abs(row).max() > 1e-9 else None
