"""The note on weighting: it names the headings whose score weighting moved by more than some points.

So of every heading it tells whether the weighted and the plain mean are nearer or farther apart than that.
"""

import re

from diagnostics.audit_classes import Classes
from diagnostics.audit_reading import FloatArray, Interval, Reading

_UNDER = re.compile(r"(\d+(?:\.\d+)?) points under (.+)\.$", re.DOTALL)
_FARTHEST = 100.0
# Equal weights move nothing.
_NOTHING = 1e-9


def moved(reading: Reading, heading: str) -> tuple[Interval, ...]:
    """Say between which ends weighting moved a heading's score: one interval, or one each way; or nothing."""
    published = reading.heading(heading)
    response = reading.published.response
    if published is None or published.sources.survey is None or response.answered is None:
        return ()
    found = _UNDER.search(response.weighting_note or "")
    gap = float(found[1]) if found else reading.knowledge.method.weighting_gap
    if found and heading in _named(reading, found[2]):
        return ((-_FARTHEST, -gap), (gap, _FARTHEST))
    return ((-gap, gap),)


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
) -> tuple[FloatArray, tuple[Interval, ...]] | None:
    """Give weighted less plain mean as a row, and its ends; None where the note tells nothing of it."""
    told = moved(reading, heading)
    inside = classes.inside[version]
    if not told or not inside.any():
        return None
    people = classes.count * inside
    weighted = classes.weight[version] * people
    if not weighted.any():
        return None
    row = weighted / weighted.sum() - people / people.sum()
    return (row, told) if abs(row).max() > _NOTHING else None
