"""What many councils published, as tables of words. No table knows the name of a council."""

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor

from app.sector.disclosure import (
    LEAST_GROUP,
    Event,
    chosen_by_half,
    half_or_more,
    in_batches,
    may_describe,
    whole_rows,
)
from diagnostics.published import PublishedHeading, PublishedProfile

NOT_SHOWN = "Not shown: the councils are too alike to show it safely"
NO_GROUP = "No comparison group yet"
_STAGES = ("Stage 1 or 2", "Between, or not settled", "Stage 3 or 4")
_CHANGES = ("Slipped", "No clear change, or no earlier wave to compare", "Improved")
_SIDES = {True: "Half or more", False: "Fewer than half", None: NOT_SHOWN}
_PATTERNS = {
    "said_not_seen": "Said, but not seen",
    "written_not_done": "Written, but not done",
    "done_not_written": "Done, but not written",
    "leaders_above_practitioners": "Leaders see it better than practitioners",
}
# A need is common in a council where at least this share of its staff named it.
_COMMON = 50
# Each council's brief names so many steps to begin with.
_FIRST_STEPS = 3


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the page, with what it means."""

    id: str
    title: str
    meaning: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The councils of one framework version together; without tables where they are too few."""

    name: str
    version: str
    key: str
    tables: tuple[Table, ...]
    councils: int


def groups(
    published: Sequence[tuple[str, PublishedProfile]], step_names: dict[str, str]
) -> tuple[Group, ...]:
    """Put what was published together, never across versions of the framework."""
    events = [
        Event(code, (one.framework.id, one.framework.version), one.wave, place)
        for place, (code, one) in enumerate(published)
    ]
    made = []
    for version in sorted({(one.framework.id, one.framework.version) for _, one in published}):
        newest = next(one for _, one in published if (one.framework.id, one.framework.version) == version)
        shown = [published[place][1] for _, place in sorted(in_batches(events, version).items())]
        enough = may_describe(len(shown))
        made.append(
            Group(
                name=newest.framework.name,
                version=newest.framework.version,
                key="-".join(version),
                tables=_tables(shown, step_names) if enough else (),
                councils=len(shown) if enough else 0,
            )
        )
    return tuple(made)


def why_nothing() -> str:
    """Say why a group is not described."""
    return (
        f"{NO_GROUP}. Figures appear once {LEAST_GROUP} councils have published a brief under this version. "
        "Newly published briefs are taken in five councils at a time."
    )


def _tables(shown: Sequence[PublishedProfile], step_names: dict[str, str]) -> tuple[Table, ...]:
    return (
        _strengths(shown),
        _middles(shown),
        _patterns(shown),
        _pairs(shown),
        _needs(shown),
        _steps(shown, step_names),
        _changes(shown),
    )


def _headings(shown: Sequence[PublishedProfile]) -> Iterable[tuple[str, list[PublishedHeading]]]:
    for heading in shown[0].headings:
        yield heading.name, [here for one in shown for here in one.headings if here.id == heading.id]


def _spread(name: str, counts: Sequence[int], labels: Sequence[str]) -> list[tuple[str, ...]]:
    rows = whole_rows(counts)
    if not rows:
        return [(name, NOT_SHOWN, "")]
    return [(name, "; or: ".join(labels[row.first : row.last + 1]), str(row.councils)) for row in rows]


def _stage(heading: PublishedHeading) -> int:
    if heading.stage is None:
        return 1
    return 0 if heading.stage.high <= 2 else 2 if heading.stage.low >= 3 else 1


def _strengths(shown: Sequence[PublishedProfile]) -> Table:
    rows: list[tuple[str, ...]] = []
    for name, found in _headings(shown):
        counts = Counter(_stage(one) for one in found)
        rows += _spread(name, [counts[place] for place in range(len(_STAGES))], _STAGES)
    return Table(
        "stages", "Strengths and barriers",
        "Where many councils are at stage 3 or 4, the sector has something to build on. Where many are at "
        "stage 1 or 2, the barrier is likely to be larger than one council.",
        ("Heading", "Stage", "Councils"), tuple(rows),
    )  # fmt: skip


def _middles(shown: Sequence[PublishedProfile]) -> Table:
    rows: list[tuple[str, ...]] = []
    for name, found in _headings(shown):
        scores = [one.combined.score for one in found if one.combined is not None]
        # Whose score is missing could be told from a median of some, so it is all or none.
        if len(scores) < len(shown):
            rows.append((name, NO_GROUP, ""))
            continue
        lower, middle, upper = statistics.quantiles(scores, n=4, method="inclusive")
        rows.append((name, str(floor(middle + 0.5)), f"{floor(lower)} to {ceil(upper)}"))
    return Table(
        "middle", "The council in the middle",
        "Half of the councils score at or below the median. The middle half of councils score within the "
        "range. Scores go from 0 to 100.",
        ("Heading", "Median score", "Middle half"), tuple(rows),
    )  # fmt: skip


def _patterns(shown: Sequence[PublishedProfile]) -> Table:
    counts: Counter[str] = Counter()
    for one in shown:
        counts.update({p.id for h in one.headings for p in h.patterns if p.status == "confirmed"})
    rows = tuple((name, _SIDES[half_or_more(counts[key], len(shown))]) for key, name in _PATTERNS.items())
    return Table(
        "patterns", "Where words and practice differ",
        "Patterns that somebody confirmed under at least one heading of a council’s profile.",
        ("Pattern", "Councils"), rows,
    )  # fmt: skip


def _pairs(shown: Sequence[PublishedProfile]) -> Table:
    counts: Counter[str] = Counter()
    names = {f"{p.a} and {p.b}".capitalize() for one in shown for h in one.headings for p in h.pairs}
    for one in shown:
        counts.update(
            {
                f"{p.a} and {p.b}".capitalize()
                for h in one.headings
                for p in h.pairs
                if p.code == "dissonance" and p.status == "confirmed"
            }
        )
    rows = tuple((name, _SIDES[half_or_more(counts[name], len(shown))]) for name in sorted(names))
    return Table(
        "pairs", "Sources that say different things",
        "Sources that somebody confirmed to disagree under at least one heading.",
        ("Sources", "Councils"), rows,
    )  # fmt: skip


def _needs(shown: Sequence[PublishedProfile]) -> Table:
    labels = {need.id: need.label for one in shown for need in one.needs}
    counts = Counter(
        need.id for one in shown for need in one.needs if need.share is not None and need.share >= _COMMON
    )
    rows = tuple((label, _SIDES[half_or_more(counts[key], len(shown))]) for key, label in labels.items())
    return Table(
        "needs", "Evidence that staff need",
        f"Councils in which {_COMMON}% or more of those who answered named the need.",
        ("Need", "Councils"), rows,
    )  # fmt: skip


def _steps(shown: Sequence[PublishedProfile], names: dict[str, str]) -> Table:
    counts = Counter(step.id for one in shown for step in one.steps if step.first)
    common = chosen_by_half(counts, len(shown), _FIRST_STEPS)
    if common is None:
        rows: tuple[tuple[str, ...], ...] = ((NOT_SHOWN, ""),)
    else:
        rows = tuple((names.get(key, key), _SIDES[True]) for key in common) or (
            ("No step is among the first three of half or more councils", ""),
        )
    return Table(
        "steps", "Steps most often needed",
        "Steps that are among the first three in the briefs of half or more councils.",
        ("Step", "Councils"), rows,
    )  # fmt: skip


def _change(heading: PublishedHeading) -> int:
    change = heading.change
    if change is None or not change.reliable or change.difference is None:
        return 1
    return 2 if change.difference > 0 else 0


def _changes(shown: Sequence[PublishedProfile]) -> Table:
    rows: list[tuple[str, ...]] = []
    for name, found in _headings(shown):
        counts = Counter(_change(one) for one in found)
        rows += _spread(name, [counts[place] for place in range(len(_CHANGES))], _CHANGES)
    return Table(
        "change", "Change between waves",
        "Only change that is larger than chance is counted as improved or slipped.",
        ("Heading", "Change", "Councils"), tuple(rows),
    )  # fmt: skip
