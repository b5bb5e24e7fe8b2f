"""Councils that differ: a real profile of Wexbourne, and what of it each of them has otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from diagnostics.published import PublishedChange, PublishedProfile
from diagnostics.published_parts import Pattern, StageRange

LOW, BETWEEN, HIGH = StageRange(1, 2), StageRange(2, 3), StageRange(3, 4)


@dataclass(frozen=True, slots=True)
class Like:
    """What a council is like: under its first heading, in its patterns, needs and first steps."""

    score: int = 60
    stage: StageRange = BETWEEN
    said_not_seen: bool = False
    need: bool = False
    changed: int | None = None
    steps: tuple[int, ...] = (0, 1, 2)
    wave: int = 1


def council(base: PublishedProfile, code: str, like: Like) -> PublishedProfile:
    """Give a profile that is the base in all but what a council is like."""
    first, *others = base.headings
    assert first.combined is not None
    patterns = (Pattern("said_not_seen", None, "confirmed", "Read again."),) if like.said_not_seen else ()
    change = None
    if (by := like.changed) is not None:
        change = PublishedChange(by, by - 1, by + 1, by != 0, 3, None)
    first = replace(
        first,
        combined=replace(first.combined, score=like.score),
        stage=like.stage,
        patterns=patterns,
        change=change,
    )
    headings = (first, *(replace(one, patterns=(), change=change) for one in others))
    share = 60 if like.need else 20
    return replace(
        base,
        authority=replace(base.authority, code=code, name=f"Council {code}"),
        wave=like.wave,
        headings=headings,
        needs=(replace(base.needs[0], share=share, suppressed=False), *base.needs[1:]),
        steps=tuple(replace(step, first=place in like.steps) for place, step in enumerate(base.steps)),
    )


def published(base: PublishedProfile, likes: Sequence[Like]) -> list[tuple[str, PublishedProfile]]:
    """Have councils publish one after the other."""
    return [(f"C{place:02}", council(base, f"C{place:02}", like)) for place, like in enumerate(likes)]
