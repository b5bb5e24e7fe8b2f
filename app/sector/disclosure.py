"""What may be shown of councils together. Three rules, which hold against somebody who knows them.

*Whole rows.* Councils are sorted into ordered rows that make up the whole group. Neighbours are merged until
every row counts `LEAST` councils, so that no row is hidden that the total would give away, and none says 0.

*Bands.* Of a yes or no only the side on which most councils are is told: "fewer than half" or "half or more".
Each covers at least five numbers, also that in which all or no councils are.

*Batches.* The page takes in what was published only when it is new of `LEAST` councils. Whoever looks before
and after one council publishes sees the same page.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

# No fewer councils than this may be counted, or make two looks at the page differ.
LEAST = 5
# A group of councils can be described from here on: both halves then hold five numbers.
LEAST_GROUP = 10


@dataclass(frozen=True, slots=True)
class Row:
    """Neighbouring kinds, from the first to the last place, and how many councils are in them together."""

    first: int
    last: int
    councils: int


@dataclass(frozen=True, slots=True)
class Event:
    """A council published something under a framework version."""

    council: str
    version: Hashable
    wave: int
    release: int


def may_describe(councils: int) -> bool:
    """Say whether a group is large enough to say anything about."""
    return councils >= LEAST_GROUP


def whole_rows(counts: Sequence[int]) -> tuple[Row, ...]:
    """Merge neighbours until every row counts enough; nothing where only one row would be left."""
    if not may_describe(sum(counts)):
        return ()
    rows: list[Row] = []
    first = held = 0
    for place, count in enumerate(counts):
        held += count
        if held >= LEAST:
            rows.append(Row(first, place, held))
            first, held = place + 1, 0
    if first < len(counts):
        last = rows.pop()
        rows.append(Row(last.first, len(counts) - 1, last.councils + held))
    return tuple(rows) if len(rows) > 1 else ()


def half(councils: int) -> int:
    """Give the number from which on it is half or more."""
    return (councils + 1) // 2


def half_or_more(count: int, councils: int) -> bool | None:
    """Say on which side of half a number is; None where the group is too small."""
    return count >= half(councils) if may_describe(councils) else None


def chosen_by_half(counts: Mapping[str, int], councils: int, each: int) -> tuple[str, ...] | None:
    """Give what half or more chose where every council chose ``each`` things.

    None where the group is too small, or where so many were chosen by half that next to nothing is left for
    the others: their numbers could then be worked out.
    """
    if not may_describe(councils):
        return None
    found = tuple(sorted(one for one, count in counts.items() if count >= half(councils)))
    left = each * councils - len(found) * half(councils)
    return found if left >= LEAST else None


def in_batches(events: Iterable[Event], version: Hashable) -> Mapping[str, int]:
    """Give the releases on which a version's page rests, by council: those up to the last full batch.

    A council that moves to another version leaves this one, which counts as news like any other.
    """
    shown: dict[str, int] = {}
    newest: dict[str, Event] = {}
    held: dict[str, int] = {}
    news: set[str] = set()
    for event in events:
        before = newest.get(event.council)
        if before is not None and event.wave < before.wave:
            continue
        newest[event.council] = event
        was = held.pop(event.council, None)
        if event.version == version:
            held[event.council] = event.release
        if was is not None or event.version == version:
            news.add(event.council)
        if len(news) >= LEAST:
            shown, news = dict(held), set()
    return shown
