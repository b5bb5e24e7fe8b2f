"""The Evidence section after page 4: the evidence list, released quotes, and the survey item by item."""

from dataclasses import dataclass

from app.briefs import words
from app.briefs.geometry import Scale, Span
from app.briefs.marks import MarkBook, target_of
from app.briefs.page_two import Quote, quote_of
from diagnostics.published import SOURCES, PublishedHeading, PublishedItem, PublishedProfile, Source

ITEM_WIDTH, ITEM_HEIGHT = 660, 44
_LIST_TITLES: dict[Source, str] = {
    "survey": "Staff survey (S)",
    "interview": "Interviews (I)",
    "observation": "Observations (O)",
    "document": "Documents and data (D)",
}


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A line of the evidence list, the target of its marks."""

    mark: str
    target: str
    what: str
    topics: str


@dataclass(frozen=True, slots=True)
class EvidenceGroup:
    """The lines of one source."""

    title: str
    what_head: str
    lines: tuple[EvidenceLine, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """One answer's stretch of a diverging bar. ``look`` is low-2, low-1, middle, high-1 or high-2."""

    span: Span
    look: str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One survey question: its words, its bar, and its numbers."""

    code: str
    text: str
    message: str
    segments: tuple[Segment, ...]
    answers: str
    dont_know: str
    score: str
    change: str


@dataclass(frozen=True, slots=True)
class ItemGroup:
    """The survey questions of one heading."""

    title: str
    rows: tuple[ItemRow, ...]


@dataclass(frozen=True, slots=True)
class ItemChart:
    """How the bars are read, once for all."""

    centre: float
    groups: tuple[ItemGroup, ...]
    with_change: bool


def present_evidence_list(profile: PublishedProfile) -> tuple[EvidenceGroup, ...]:
    """Give the evidence list, source by source."""
    groups = []
    for source in SOURCES:
        entries = [entry for entry in profile.evidence if entry.source == source]
        if entries:
            lines = tuple(
                EvidenceLine(
                    mark=entry.mark,
                    target=target_of(entry.mark),
                    what=", ".join(part for part in (_kind(entry.kind), entry.role_band) if part)
                    or words.SOURCE_NAMES[source],
                    topics="; ".join(entry.topics),
                )
                for entry in entries
            )
            head = (
                "Answered by"
                if source == "survey"
                else "What it was"
                if source == "document"
                else "Who or what"
            )
            groups.append(EvidenceGroup(_LIST_TITLES[source], head, lines))
    return tuple(groups)


def _kind(kind: str | None) -> str:
    return "" if kind is None else words.sentence_case(kind.replace("_", " "))


def present_quotes(profile: PublishedProfile, book: MarkBook) -> tuple[Quote, ...]:
    """Give every released quote."""
    return tuple(quote_of(quote, book) for quote in profile.quotes)


def present_items(profile: PublishedProfile) -> ItemChart:
    """Draw the answers to every survey question, heading by heading."""
    widest = _widest_side(profile)
    axis = Scale(-widest, widest, ITEM_WIDTH - 4, 2)
    with_change = any(item.change is not None for heading in profile.headings for item in heading.items)
    return ItemChart(
        centre=axis.at(0),
        groups=tuple(
            ItemGroup(heading.name, tuple(_item(item, axis, with_change) for item in heading.items))
            for heading in profile.headings
            if heading.items
        ),
        with_change=with_change,
    )


def _sides(item: PublishedItem) -> tuple[float, float]:
    """Give what stands left and right of the centre: the middle answer is halved."""
    half, odd = divmod(len(item.shares), 2)
    middle = item.shares[half] / 2 if odd else 0
    return sum(item.shares[:half]) + middle, sum(item.shares[half + odd :]) + middle


def _widest_side(profile: PublishedProfile) -> float:
    sides = [side for heading in profile.headings for item in heading.items for side in _sides(item)]
    return max([50.0, *sides])


def _item(item: PublishedItem, axis: Scale, with_change: bool) -> ItemRow:
    left, _ = _sides(item)
    half, odd = divmod(len(item.shares), 2)
    segments = []
    start = -left
    for place, share in enumerate(item.shares):
        segments.append(Segment(axis.span(start, start + share), _look(place, half, odd, len(item.shares))))
        start += share
    answers = ", ".join(
        f"{label} {words.share(share)}" for label, share in zip(item.labels, item.shares, strict=True)
    )
    return ItemRow(
        code=item.code,
        text=item.text,
        message=_message(item, half, odd),
        segments=tuple(segments),
        answers=answers,
        dont_know=words.share(item.dont_know) if item.dont_know else "none or very few",
        score=words.score(item.score),
        change=_change(item) if with_change else "",
    )


def _look(place: int, half: int, odd: int, options: int) -> str:
    if odd and place == half:
        return "middle"
    if place < half:
        return "low-1" if place >= half - 1 and half > 1 else "low-2"
    return "high-1" if place == half + odd and half > 1 and place < options - 1 else "high-2"


def _message(item: PublishedItem, half: int, odd: int) -> str:
    low, high = sum(item.shares[:half]), sum(item.shares[half + odd :])
    lean = (
        "more answers above the middle than below"
        if high > low
        else "more answers below the middle than above"
    )
    return f"{item.code}: {'as many answers above the middle as below' if high == low else lean}."


def _change(item: PublishedItem) -> str:
    change = item.change
    if change is None or change.low is None or change.high is None:
        return "cannot compare"
    return (
        words.points_up_or_down(change.low, change.high).lower() if change.reliable else "no reliable change"
    )


def staff_agreement(heading: PublishedHeading) -> str:
    """Say whether staff agree with each other on a heading."""
    if heading.staff_agree is None:
        return "not shown"
    return "agree with each other" if heading.staff_agree else "differ from each other"
