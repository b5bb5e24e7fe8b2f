"""Councils that are described together: full groups, in the order in which they published, each once.

So no two looks at what is said of councils differ in fewer of them than a group has.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from diagnostics.published import PublishedProfile

# No fewer councils than this may be told apart from the others.
LEAST = 5
# So many councils are described together: either side of half then covers enough numbers.
GROUP = 2 * LEAST


@dataclass(frozen=True, slots=True)
class Event:
    """A council published something under a framework version."""

    council: str
    version: Hashable
    wave: int
    release: int


def in_groups(events: Iterable[Event], version: Hashable) -> tuple[tuple[int, ...], ...]:
    """Give the releases of a version in full groups, the oldest first.

    What a council publishes anew while its group fills replaces what it published before. A correction of
    what was counted, and a wave older than that, are left out: they would tell one council from its group.
    """
    full: list[tuple[int, ...]] = []
    counted: dict[str, int] = {}
    filling: dict[str, Event] = {}
    for event in events:
        before = filling.get(event.council)
        old = before is not None and event.wave < before.wave
        if event.version != version or old or event.wave <= counted.get(event.council, 0):
            continue
        filling[event.council] = event
        if len(filling) == GROUP:
            full.append(tuple(one.release for one in filling.values()))
            counted |= {one.council: one.wave for one in filling.values()}
            filling = {}
    return tuple(full)


def version_of(profile: PublishedProfile) -> tuple[str, str]:
    """Give the framework version under which profiles can be set side by side."""
    return profile.framework.id, profile.framework.version


def full_groups(
    published: Sequence[tuple[str, PublishedProfile]],
    version: tuple[str, str],
    counts: Callable[[PublishedProfile], bool] = lambda _: True,
) -> list[list[PublishedProfile]]:
    """Give what councils published under a version in full groups, the oldest first.

    ``published`` is in the order of publication, each with its council's code; ``counts`` says which of it is
    taken in.
    """
    events = (
        Event(code, version_of(one), one.wave, place)
        for place, (code, one) in enumerate(published)
        if counts(one)
    )
    return [[published[place][1] for place in group] for group in in_groups(events, version)]
