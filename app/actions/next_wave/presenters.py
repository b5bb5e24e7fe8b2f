"""Change in plain words. Every number is the published profile's own; none is computed here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.actions.models import Action
from app.actions.next_wave.queries import Frame
from app.actions.offers import headings_served
from app.actions.presenters import sign_words
from app.actions.services import STATE_NAMES
from app.briefs.strip import ChangeChart, change_chart, change_reach
from app.briefs.words import HIDDEN, is_too_small
from diagnostics.framework import Framework
from diagnostics.published import (
    GroupScore,
    PublishedChange,
    PublishedFramework,
    PublishedHeading,
    PublishedProfile,
)
from diagnostics.wording import counted_noun, listed

NO_CHANGE = "No reliable change"
NOTHING_SAID = "No comparison with the last wave"


def change_words(change: PublishedChange | None) -> str:
    """Say a change with its interval, or why there is none: “Up 8 points, likely 4 to 12”."""
    if change is None:
        return NOTHING_SAID
    if change.difference is None or change.low is None or change.high is None:
        return f"Cannot be compared. {change.reason}" if change.reason else "Cannot be compared"
    if not change.reliable:
        why = ": too small to count" if is_too_small(change) else ""
        return f"{NO_CHANGE}{why} (likely {_range(change.low, change.high)})"
    up = change.difference > 0
    points = counted_noun(abs(change.difference), "point")
    low, high = (change.low, change.high) if up else (-change.high, -change.low)
    # The interval of a group is widened before it is published, and may then reach beyond none.
    likely = f"{low} to {high}" if low >= 0 else _range(change.low, change.high)
    return f"{'Up' if up else 'Down'} {points}, likely {likely}"


def _range(low: int, high: int) -> str:
    """Say an interval that may lie on both sides of none: “3 down to 5 up”."""
    return f"{_way(low)} to {_way(high)}"


def _way(value: int) -> str:
    return f"{value} up" if value > 0 else f"{-value} down" if value < 0 else "none"


def detectable_words(change: PublishedChange | None) -> str:
    """Say the smallest change that could have been noticed."""
    if change is None or change.minimum_detectable is None:
        return ""
    return counted_noun(change.minimum_detectable, "point")


@dataclass(frozen=True, slots=True)
class Moved:
    """One thing that changed or did not: a heading, an item, a group."""

    name: str
    words: str
    detectable: str
    reliable: bool


@dataclass(frozen=True, slots=True)
class Deed:
    """An action of the last wave, and whether its sign was seen."""

    title: str
    address: str
    state: str
    sign: str
    sign_seen: str


@dataclass(frozen=True, slots=True)
class HeadingChange:
    """A heading: its change, that of its groups and items, and the actions that serve it."""

    id: str
    name: str
    moved: Moved
    chart: ChangeChart
    groups: tuple[Moved, ...]
    items: tuple[Moved, ...]
    deeds: tuple[Deed, ...]


def heading_changes(
    profile: PublishedProfile, actions: Sequence[Action], framework: Framework | None
) -> tuple[HeadingChange, ...]:
    """Give the headings with what the last wave's actions, under its framework, were to move."""
    reach = change_reach(profile)
    return tuple(
        HeadingChange(
            id=heading.id,
            name=heading.name,
            moved=_moved(heading.name, heading.change),
            chart=change_chart(heading.change, heading.name, reach),
            groups=tuple(_group(group) for group in heading.groups.role_group),
            items=_items(heading),
            deeds=tuple(_deed(one) for one in actions if heading.id in headings_served(framework, one.step)),
        )
        for heading in profile.headings
    )


def other_deeds(
    profile: PublishedProfile, actions: Sequence[Action], framework: Framework | None
) -> tuple[Deed, ...]:
    """Give the actions that serve no heading of this wave."""
    here = {heading.id for heading in profile.headings}
    return tuple(_deed(one) for one in actions if not here & set(headings_served(framework, one.step)))


def _deed(action: Action) -> Deed:
    seen = sign_words(action)
    return Deed(
        action.title,
        f"/diagnostics/{action.diagnostic_id}/actions/{action.id}",
        STATE_NAMES[action.state],
        action.sign,
        f"{seen[:1].lower()}{seen[1:]}",
    )


def _moved(name: str, change: PublishedChange | None) -> Moved:
    return Moved(name, change_words(change), detectable_words(change), change is not None and change.reliable)


def _group(group: GroupScore) -> Moved:
    if group.suppressed:
        return Moved(group.name, f"{HIDDEN[0].upper()}{HIDDEN[1:]}", "", reliable=False)
    return _moved(group.name, group.change)


def _items(heading: PublishedHeading) -> tuple[Moved, ...]:
    return tuple(
        Moved(item.text, f"{HIDDEN[0].upper()}{HIDDEN[1:]}", "", reliable=False)
        if item.suppressed
        else _moved(item.text, item.change)
        for item in heading.items
    )


def summary(changes: Sequence[HeadingChange]) -> str:
    """Say in a sentence which headings changed."""
    up = [one.name for one in changes if one.moved.reliable and one.moved.words.startswith("Up")]
    down = [one.name for one in changes if one.moved.reliable and one.moved.words.startswith("Down")]
    parts = [f"{words}: {listed(names)}." for words, names in (("Up", up), ("Down", down)) if names]
    same = sum(one.moved.words.startswith(NO_CHANGE) for one in changes)
    if same:
        parts.append(f"No reliable change in {counted_noun(same, 'heading')}.")
    apart = len(changes) - same - len(up) - len(down)
    if apart:
        parts.append(f"{counted_noun(apart, 'heading')} cannot be compared.")
    return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Versions:
    """What two versions of the framework leave to be compared."""

    before: str
    now: str
    can: tuple[str, ...]
    cannot: tuple[str, ...]


def versions_of(before: PublishedFramework, now: PublishedFramework) -> Versions | None:
    """Say what can be compared and what cannot; None where both waves used the same version."""
    if (before.id, before.version) == (now.id, now.version):
        return None
    return Versions(
        before=f"{before.name}, version {before.version}",
        now=f"{now.name}, version {now.version}",
        can=(
            "Whether the last wave’s actions were done, and whether their signs were seen.",
            "Who was asked: the service areas, role groups and headcounts of both waves.",
            "What each wave’s own brief says about strengths and next steps, read side by side.",
        ),
        cannot=(
            "Scores of headings, groups and questions: other questions, weights or stages give other numbers "
            "for the same practice.",
            "Stages: a stage of one version is not that of the other.",
        ),
    )


@dataclass(frozen=True, slots=True)
class FrameRow:
    """A part of the workforce in both waves."""

    name: str
    before: str
    now: str
    words: str


@dataclass(frozen=True, slots=True)
class FrameChange:
    """What changed in whom the two waves describe."""

    areas: tuple[FrameRow, ...]
    groups: tuple[FrameRow, ...]
    total: FrameRow
    sentences: tuple[str, ...]


def frame_change(before: Frame, now: Frame, names: Mapping[str, str]) -> FrameChange:
    """Compare two frames; areas are the same where their names are, whatever the case.

    ``names`` are those of the role groups by id, in the order in which they are shown.
    """
    areas = _compared(before.areas, now.areas)
    groups = _compared(
        *(
            {names.get(one, one): frame.groups[one] for one in [*names, *frame.groups] if one in frame.groups}
            for frame in (before, now)
        )
    )
    total = _row("All staff", sum(before.areas.values()), sum(now.areas.values()))
    sentences = []
    for what, rows in (("service area", areas), ("role group", groups)):
        for word, verb in ((_NEW, "new in this wave"), (_GONE, "no longer in the frame")):
            found = [row.name for row in rows if row.words == word]
            if found:
                parts = counted_noun(len(found), f"{what} is", f"{what}s are")
                sentences.append(f"{parts} {verb}: {listed(found)}.")
    if sentences:
        sentences.append(
            "So a change of the whole service is also a change of who belongs to it. "
            "Read it beside the groups that are in both waves."
        )
    return FrameChange(areas, groups, total, tuple(sentences))


_NEW, _GONE = "New", "Not in this wave"


def _compared(before: Mapping[str, int], now: Mapping[str, int]) -> tuple[FrameRow, ...]:
    known = {name.casefold(): number for name, number in before.items()}
    rows = [_row(name, known.get(name.casefold()), number) for name, number in now.items()]
    here = {name.casefold() for name in now}
    rows += [_row(name, number, None) for name, number in before.items() if name.casefold() not in here]
    return tuple(rows)


def _row(name: str, before: int | None, now: int | None) -> FrameRow:
    if before is None or now is None:
        words = _NEW if before is None else _GONE
    else:
        moved = now - before
        words = "The same" if not moved else f"{abs(moved)} {'more' if moved > 0 else 'fewer'}"
    was, will = ("–" if one is None else str(one) for one in (before, now))
    return FrameRow(name, was, will, words)
