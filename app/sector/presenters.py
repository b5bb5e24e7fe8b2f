"""What many councils published, as tables of words. No table knows the name of a council."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import floor

from app.profiles.council_groups import GROUP, full_groups, version_of
from app.sector.disclosure import (
    chosen_by_most,
    middle,
    more_than_half,
    where_most_are,
)
from diagnostics.published import PublishedHeading, PublishedProfile

NOT_SHOWN = "Not shown: the councils are too alike to show it safely"
NO_GROUP = "No comparison group yet"
_STAGES = ("Stage 1 or 2", "Between stages 2 and 3, or not settled", "Stage 3 or 4")
_CHANGES = ("Slipped", "No clear change", "Improved")
_MORE, _FEWER = "More than half", "Half or fewer"
_PATTERNS = {
    "said_not_seen": "Said, but not seen",
    "written_not_done": "Written, but not done",
    "done_not_written": "Done, but not written",
    "leaders_above_practitioners": "Leaders see it better than practitioners",
}
_PAIRS = {
    "survey-interview": "The survey and interviews",
    "survey-observation": "The survey and observations",
    "survey-document": "The survey and documents",
    "interview-observation": "Interviews and observations",
    "interview-document": "Interviews and documents",
    "observation-document": "Observations and documents",
}
_NO_CHANGE = f"Not shown until {GROUP} councils have published a second wave or a later one"
_NO_KIND = "No answer fits more than half"
_NO_STEP = "No step is among the first three of more than half of the councils"
# A need is common in a council where at least this share of its staff named it.
_COMMON = 50
# Each council's brief names so many steps to begin with.
_FIRST_STEPS = 3
# The newest groups, which hold about as many councils as there are in England.
_NEWEST = 15
Councils = Sequence[PublishedProfile]


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
    rests_on: str


def groups(
    published: Sequence[tuple[str, PublishedProfile]], step_names: dict[str, str]
) -> tuple[Group, ...]:
    """Put what was published together, never across versions of the framework."""
    made = []
    for version in sorted({version_of(one) for _, one in published}):
        newest = next(one for _, one in reversed(published) if version_of(one) == version)
        shown = full_groups(published, version)[-_NEWEST:]
        compared = full_groups(published, version, _compared)[-_NEWEST:]
        made.append(
            Group(
                name=newest.framework.name,
                version=newest.framework.version,
                key="-".join(version),
                tables=_tables(shown, compared, step_names) if shown else (),
                rests_on=_rests_on(len(shown)),
            )
        )
    return tuple(made)


def why_nothing() -> str:
    """Say why a group is not described."""
    return (
        f"{NO_GROUP}. Figures appear once {GROUP} councils have published a brief under this version. "
        f"Newly published briefs are taken in {GROUP} councils at a time."
    )


def _compared(one: PublishedProfile) -> bool:
    """Say whether a council has an earlier wave to compare with, under every heading."""
    return all(here.change is not None and here.change.difference is not None for here in one.headings)


def _rests_on(number: int) -> str:
    if number == 1:
        return f"This rests on the briefs of {GROUP} councils."
    return (
        f"This rests on {GROUP * number} briefs, in {number} groups of {GROUP} councils, in the order in "
        "which they were published."
    )


def _tables(
    shown: Sequence[Councils], compared: Sequence[Councils], step_names: dict[str, str]
) -> tuple[Table, ...]:
    return (
        _strengths(shown),
        _middles(shown),
        _patterns(shown),
        _pairs(shown),
        _needs(shown),
        _steps(shown, step_names),
        _changes(compared),
    )


def _headings(shown: Sequence[Councils]) -> Iterable[tuple[str, list[list[PublishedHeading]]]]:
    for heading in shown[0][0].headings:
        yield (
            heading.name,
            [[here for one in group for here in one.headings if here.id == heading.id] for group in shown],
        )


def _told(sides: Sequence[bool]) -> str:
    """Say in how many groups more than half of the councils are in a kind."""
    many, all_of = sum(sides), len(sides)
    if many in (0, all_of):
        words = _MORE if many else _FEWER
        return words if all_of == 1 else f"{words} in each of {all_of} groups"
    return f"{_MORE} in {many} of {all_of} groups"


def _most(kinds: Sequence[int | None], labels: Sequence[str]) -> str:
    """Say in which kind more than half of a group are, and in how many groups."""
    names = [*labels, _NO_KIND]
    counts = Counter(len(labels) if kind is None else kind for kind in kinds)
    (first, number), *others = sorted(counts.items())
    if not others:
        return names[first] if number == 1 else f"{names[first]}, in each of {number} groups"
    more = (f"; {names[place][:1].lower()}{names[place][1:]}, in {count}" for place, count in others)
    return f"{names[first]}, in {number} of {len(kinds)} groups{''.join(more)}"


def _spread(
    shown: Sequence[Councils], kind: Callable[[PublishedHeading], int], labels: Sequence[str]
) -> tuple[tuple[str, ...], ...]:
    rows = []
    for name, found in _headings(shown):
        counted = [Counter(kind(one) for one in group) for group in found]
        most = [where_most_are([counts[place] for place in range(len(labels))]) for counts in counted]
        rows.append((name, _most(most, labels)))
    return tuple(rows)


def _stage(heading: PublishedHeading) -> int:
    if heading.stage is None:
        return 1
    return 0 if heading.stage.high <= 2 else 2 if heading.stage.low >= 3 else 1


def _strengths(shown: Sequence[Councils]) -> Table:
    return Table(
        "stages", "Strengths and barriers",
        "Where most councils are at stage 3 or 4, the sector has something to build on. Where most are at "
        "stage 1 or 2, the barrier is likely to be larger than one council.",
        ("Heading", "Most councils are at"), _spread(shown, _stage, _STAGES),
    )  # fmt: skip


def _middles(shown: Sequence[Councils]) -> Table:
    rows: list[tuple[str, ...]] = []
    for name, found in _headings(shown):
        scores = [[one.combined.score for one in group if one.combined is not None] for group in found]
        # Whose score is missing could be told from a median of some, so it is all of a group or none.
        medians = sorted(floor(middle(group) + 0.5) for group in scores if len(group) == GROUP)
        if not medians:
            rows.append((name, NO_GROUP))
        elif medians[0] == medians[-1]:
            rows.append((name, str(medians[0])))
        else:
            rows.append((name, f"{medians[0]} to {medians[-1]}"))
    return Table(
        "middle", "The council in the middle",
        "Half of the councils of a group score at or below its median. Where there are several groups, the "
        "lowest and the highest of their medians stand here. Scores go from 0 to 100.",
        ("Heading", "Median score"), tuple(rows),
    )  # fmt: skip


def _sides(
    shown: Sequence[Councils], labels: dict[str, str], has: Callable[[PublishedProfile], Iterable[str]]
) -> tuple[tuple[str, ...], ...]:
    """Say of each thing in how many groups most councils have it; what most have comes first."""
    counted = [Counter(key for one in group for key in set(has(one))) for group in shown]
    sides = {key: [more_than_half(counts[key]) for counts in counted] for key in labels}
    ordered = sorted(labels, key=lambda key: -sum(sides[key]))
    return tuple((labels[key], _told(sides[key])) for key in ordered)


def _patterns(shown: Sequence[Councils]) -> Table:
    def has(one: PublishedProfile) -> Iterable[str]:
        return (p.id for h in one.headings for p in h.patterns if p.status == "confirmed")

    return Table(
        "patterns", "Where words and practice differ",
        "Patterns that somebody confirmed under at least one heading of a council’s profile.",
        ("Pattern", "Councils"), _sides(shown, _PATTERNS, has),
    )  # fmt: skip


def _pairs(shown: Sequence[Councils]) -> Table:
    def has(one: PublishedProfile) -> Iterable[str]:
        return (
            f"{p.a}-{p.b}"
            for h in one.headings
            for p in h.pairs
            if p.code == "dissonance" and p.status == "confirmed"
        )

    return Table(
        "pairs", "Sources that say different things",
        "Sources that somebody confirmed to disagree under at least one heading.",
        ("Sources", "Councils"), _sides(shown, _PAIRS, has),
    )  # fmt: skip


def _needs(shown: Sequence[Councils]) -> Table:
    labels = {need.id: need.label for group in shown for one in group for need in one.needs}

    def has(one: PublishedProfile) -> Iterable[str]:
        return (need.id for need in one.needs if need.share is not None and need.share >= _COMMON)

    return Table(
        "needs", "Evidence that staff need",
        f"Councils in which {_COMMON}% or more of those who answered named the need.",
        ("Need", "Councils"), _sides(shown, labels, has),
    )  # fmt: skip


def _steps(shown: Sequence[Councils], names: dict[str, str]) -> Table:
    chosen = [
        chosen_by_most(Counter(step.id for one in group for step in one.steps if step.first), _FIRST_STEPS)
        for group in shown
    ]
    told = [set(one) for one in chosen if one is not None]
    hidden = len(shown) - len(told)
    which = "" if not hidden else " in the group that is shown" if len(told) == 1 else " that are shown"
    common = Counter(key for one in told for key in one)
    rows: list[tuple[str, ...]] = [
        (names.get(key, key), f"{_told([key in one for one in told])}{which}")
        for key in sorted(common, key=lambda key: (-common[key], key))
    ]
    if told and not rows:
        rows = [(_NO_STEP, "")]
    if hidden:
        # A group by itself would be said not to be shown, so the number of such groups tells nothing more.
        rows.append((NOT_SHOWN, f"In {hidden} of {len(shown)} groups" if told else ""))
    return Table(
        "steps", "Steps most often needed",
        "Steps that are among the first three in the briefs of more than half of the councils.",
        ("Step", "Councils"), tuple(rows),
    )  # fmt: skip


def _change(heading: PublishedHeading) -> int:
    change = heading.change
    if change is None or not change.reliable or change.difference is None:
        return 1
    return 2 if change.difference > 0 else 0


def _changes(compared: Sequence[Councils]) -> Table:
    """Say what changed where councils have an earlier wave; those are put into groups of their own."""
    rows = _spread(compared, _change, _CHANGES) if compared else ((_NO_CHANGE, ""),)
    return Table(
        "change", "Change between waves",
        "Only change that is larger than chance is counted as improved or slipped.",
        ("Heading", "Most councils"), rows,
    )  # fmt: skip
