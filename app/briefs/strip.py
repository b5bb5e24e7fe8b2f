"""Page 1's strip: every heading's stage, score, likely range, sources and change on one line."""

from dataclasses import dataclass
from itertools import chain

from app.briefs import words
from app.briefs.geometry import Box, Scale, Span, spread
from diagnostics.comparison import HeadingComparison
from diagnostics.framework_parts import Settings
from diagnostics.published import (
    LETTERS,
    Pair,
    PublishedChange,
    PublishedHeading,
    PublishedProfile,
    Source,
    SourceScore,
)

WIDTH, HEIGHT = 600, 140
CHANGE_WIDTH, CHANGE_HEIGHT = 240, 70
_LETTERS_APART = 26
_LEAST_REACH = 12
_WIDEST_REACH = 40
_LETTER_WIDTH = 14
_TOP_LINE, _BOTTOM_LINE = 30, 124
_BEFORE_RADIUS = 9


@dataclass(frozen=True, slots=True)
class SourceDot:
    """A source on the strip. ``stands_out`` marks the two ends of a disagreement."""

    letter: str
    x: float
    letter_x: float
    thin: bool
    stands_out: bool


@dataclass(frozen=True, slots=True)
class Label:
    """A few words in the chart."""

    text: str
    x: float
    y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class StripChart:
    """One row of the strip. ``message`` is its alternative text."""

    message: str
    cuts: tuple[float, ...]
    block: Span | None
    likely: Span | None
    score_x: float | None
    before_x: float | None
    peers: Span | None
    peers_x: float | None
    joined: Span | None
    disagree: bool
    dots: tuple[SourceDot, ...]
    labels: tuple[Label, ...]
    nothing: Box | None


@dataclass(frozen=True, slots=True)
class ChangeChart:
    """Change of the survey score since the last wave, on the scale of its column."""

    message: str
    words: str
    zero_x: float
    bar: Span | None
    dot_x: float | None
    reliable: bool
    hatched: Box | None
    beyond: bool


def strip_chart(
    heading: PublishedHeading,
    settings: Settings,
    first_row: bool,
    before: int | None = None,
    peers: HeadingComparison | None = None,
) -> StripChart:
    """Draw one heading, with its score of the wave ``before``, and other councils as its ``peers``.

    The first row also names the dots.
    """
    axis = Scale(0, 100, WIDTH)
    edges = (0, *settings.stage_cuts, 100)
    stages = heading.stage
    settled = stages is not None and stages.high - stages.low <= 1
    block = axis.span(edges[stages.low - 1], edges[stages.high]) if stages and settled else None
    dots = _dots(heading, axis)
    counted = [dot.x for dot in dots if not dot.thin]
    combined = heading.combined
    return StripChart(
        message=_message(heading, before, peers),
        cuts=tuple(axis.at(cut) for cut in settings.stage_cuts),
        block=block,
        likely=axis.span(combined.low, combined.high) if combined else None,
        score_x=axis.at(combined.score) if combined else None,
        before_x=axis.at(before) if before is not None else None,
        peers=axis.span(peers.lower, peers.upper) if peers else None,
        peers_x=axis.at(peers.median) if peers else None,
        joined=Span(min(counted), round(max(counted) - min(counted), 1)) if len(counted) > 1 else None,
        disagree=any(dot.stands_out for dot in dots),
        dots=dots,
        labels=_labels(heading, axis, dots, block, first_row, before),
        nothing=None if dots or combined else Box(4, 30, WIDTH - 8, 44),
    )


def score_before(heading: PublishedHeading, previous: PublishedProfile | None) -> int | None:
    """Give a heading's score of the wave before, where the waves can be compared and both have one.

    A score of other sources is another score: beside it this one would look like a rise or a fall.
    """
    if previous is None or heading.combined is None:
        return None
    if heading.change is None or heading.change.difference is None:
        return None
    earlier = next((other for other in previous.headings if other.id == heading.id), None)
    if earlier is None or earlier.combined is None or _counted(earlier) != _counted(heading):
        return None
    return earlier.combined.score


def source_before(
    heading: PublishedHeading, source: Source, profile: PublishedProfile, previous: PublishedProfile | None
) -> SourceScore | None:
    """Give what a source said of a heading in the wave before, where both were asked in the same way."""
    if previous is None or _made_with(previous) != _made_with(profile):
        return None
    if source == "survey" and (heading.change is None or heading.change.difference is None):
        return None
    earlier = next((other for other in previous.headings if other.id == heading.id), None)
    return earlier.sources.present().get(source) if earlier else None


def _made_with(profile: PublishedProfile) -> tuple[str, str]:
    return profile.framework.id, profile.framework.version


def _counted(heading: PublishedHeading) -> set[Source]:
    return {source for source, score in heading.sources.present().items() if not score.thin}


def disagreements(heading: PublishedHeading) -> tuple[Pair, ...]:
    """Give the pairs of sources that disagree and that nobody has overruled."""
    return tuple(pair for pair in heading.pairs if pair.code == "dissonance" and pair.status != "overruled")


def _dots(heading: PublishedHeading, axis: Scale) -> tuple[SourceDot, ...]:
    ends: set[Source] = set(chain.from_iterable((pair.a, pair.b) for pair in disagreements(heading)))
    present = sorted(heading.sources.present().items(), key=lambda item: item[1].score)
    letters = spread(
        [axis.at(score.score) for _, score in present], _LETTERS_APART, _LETTER_WIDTH, WIDTH - _LETTER_WIDTH
    )
    return tuple(
        SourceDot(
            LETTERS[source],
            axis.at(score.score),
            letter_x,
            score.thin,
            source in ends and not score.thin,
        )
        for (source, score), letter_x in zip(present, letters, strict=True)
    )


def _labels(
    heading: PublishedHeading,
    axis: Scale,
    dots: tuple[SourceDot, ...],
    block: Span | None,
    first_row: bool,
    before: int | None,
) -> tuple[Label, ...]:
    present = heading.sources.present()
    silent = [letter for source, letter in LETTERS.items() if source not in present]
    thin = [LETTERS[source] for source, score in present.items() if score.thin]
    combined = heading.combined
    top = (axis.at(combined.low), axis.at(combined.high)) if combined else (WIDTH / 2, WIDTH / 2)
    if before is not None:
        top = (
            min(top[0], axis.at(before) - _BEFORE_RADIUS),
            max(top[1], axis.at(before) + _BEFORE_RADIUS),
        )
    row = [(dot.x, dot.letter_x) for dot in dots] or [(WIDTH / 2, WIDTH / 2)]
    bottom = (min(min(pair) for pair in row) - _LETTER_WIDTH, max(max(pair) for pair in row) + _LETTER_WIDTH)
    labels: list[Label] = []
    free = [
        (WIDTH - bottom[1], WIDTH - 6, _BOTTOM_LINE, "end"),
        (bottom[0], 6, _BOTTOM_LINE, "start"),
        (WIDTH - top[1], WIDTH - 6, _TOP_LINE, "end"),
        (top[0], 6, _TOP_LINE, "start"),
    ]
    if first_row and combined and dots:
        left, right = min(top[0], bottom[0]), max(top[1], bottom[1])
        if block is not None:
            left, right = min(left, block.x), max(right, block.end)
        place, anchor = (left - 12, "end") if left >= WIDTH - right else (right + 12, "start")
        labels += [Label("score", place, 55, anchor), Label("sources", place, 96, anchor)]
        free = [spot for spot in free if (spot[3] == "end") == (anchor == "end")] or free
    for name, letters in (("silent", silent), ("thin", thin)):
        if letters and dots:
            text = f"{name}: {', '.join(letters)}"
            needed = 15 * len(text)
            spot = next((spot for spot in free if spot[0] >= needed), max(free))
            free = [other for other in free if other is not spot] or free
            labels.append(Label(text, spot[1], spot[2], spot[3]))
    return tuple(labels)


def _message(heading: PublishedHeading, before: int | None, peers: HeadingComparison | None) -> str:
    present = heading.sources.present()
    parts = [f"{heading.name}: {words.stage(heading.stage).lower()}."]
    if heading.combined:
        combined = heading.combined
        likely = words.score_range(combined.low, combined.high)
        parts.append(f"Score {words.score(combined.score)}, likely range {likely}.")
    if before is not None:
        parts.append(f"Last wave: {words.score(before)}.")
    if peers:
        parts.append(f"Middle half of {peers.authorities} other councils: {words.peers(peers)}.")
    for source, letter_name in words.SOURCE_NAMES.items():
        score = present.get(source)
        thin = " (thin, not counted)" if score and score.thin else ""
        said = words.source_score(source, score.score) if score else "silent"
        parts.append(f"{words.sentence_case(letter_name)} {said}{thin}.")
    if disagreements(heading):
        parts.append("Two sources disagree.")
    return " ".join(parts)


def change_reach(profile: PublishedProfile) -> int:
    """Give the points that the change column reaches up and down: one scale for every row."""
    bounds = [0]
    for heading in profile.headings:
        if heading.change is not None:
            bounds += [abs(bound) for bound in (heading.change.low, heading.change.high) if bound is not None]
    reach = max(_LEAST_REACH, *bounds)
    return min(_WIDEST_REACH, reach if reach == _LEAST_REACH else -(-reach // 5) * 5)


def change_chart(change: PublishedChange | None, name: str, reach: int) -> ChangeChart:
    """Draw the change of one heading; hatched where the waves cannot be compared."""
    axis = Scale(-reach, reach, CHANGE_WIDTH - 20, 10)
    if change is None or change.difference is None or change.low is None or change.high is None:
        return ChangeChart(
            message=f"{name}: the waves cannot be compared.",
            words="cannot compare",
            zero_x=axis.at(0),
            bar=None,
            dot_x=None,
            reliable=False,
            hatched=Box(5, 22, CHANGE_WIDTH - 10, 32),
            beyond=False,
        )
    said = words.points_up_or_down(change.low, change.high) if change.reliable else "no reliable change"
    return ChangeChart(
        message=f"{name}: {said.lower()}{' points' if change.reliable else ''}.",
        words=said,
        zero_x=axis.at(0),
        bar=axis.span(change.low, change.high),
        dot_x=axis.at(change.difference),
        reliable=change.reliable,
        hatched=None,
        beyond=max(abs(change.low), abs(change.high)) > reach,
    )
