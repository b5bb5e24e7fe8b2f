"""The Evidence section after page 4: the evidence list, released quotes, and the survey item by item."""

from dataclasses import dataclass

from app.briefs import words
from app.briefs.geometry import Scale, Span
from app.briefs.marks import MarkBook, target_of
from app.briefs.page_two import Quote, quote_of
from diagnostics import wording
from diagnostics.published import SOURCES, PublishedHeading, PublishedItem, PublishedProfile, Source

ITEM_WIDTH, ITEM_HEIGHT = 660, 44
_LIST_TITLES: dict[Source, str] = {
    "survey": "Staff survey (S)",
    "interview": "Interviews (I)",
    "observation": "Observations (O)",
    "document": "Documents and data (D)",
}
_HIDDEN_QUESTION = f"{words.sentence_case(words.HIDDEN)}."
_HIDDEN_HEADING = "No question under this heading is shown, to protect people in a small group."
_HIDDEN_SURVEY = "The questions are not shown one by one, to protect people in a small group."


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
    """One survey question: its words, its bar, and its numbers, or else ``instead``, which says why not.

    Under a heading that is wholly hidden, one row stands for all questions: ``code`` lists them.
    """

    code: str
    text: str
    instead: str
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
    """How the bars are read, once for all. ``instead`` stands in place of the groups where all are hidden."""

    centre: float
    groups: tuple[ItemGroup, ...]
    with_change: bool
    instead: str


@dataclass(frozen=True, slots=True)
class _Answers:
    """What may be shown of a question. ``below`` and ``above`` are the shares beside the middle answer."""

    shares: tuple[int, ...]
    score: int
    half: int
    odd: int

    @property
    def below(self) -> int:
        return sum(self.shares[: self.half])

    @property
    def above(self) -> int:
        return sum(self.shares[self.half + self.odd :])

    @property
    def half_of_middle(self) -> float:
        return self.shares[self.half] / 2 if self.odd else 0


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
                    what=_what(_kind(entry.kind), entry.role_band or "") or words.SOURCE_NAMES[source],
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


def _what(kind: str, role_band: str) -> str:
    """Say what it was and with whom: “Focus group, team managers”."""
    return f"{kind}, {role_band[:1].lower()}{role_band[1:]}" if kind and role_band else kind or role_band


def _kind(kind: str | None) -> str:
    return "" if kind is None else words.sentence_case(kind.replace("_", " "))


def present_quotes(profile: PublishedProfile, book: MarkBook) -> tuple[Quote, ...]:
    """Give every released quote."""
    return tuple(quote_of(quote, book) for quote in profile.quotes)


def not_shown_words(profile: PublishedProfile) -> str:
    """Say how much of the survey is hidden, over both breakdowns and all headings together; or nothing."""
    groups = [
        group.suppressed or group.score is None
        for heading in profile.headings
        for group in (*heading.groups.role_group, *heading.groups.service_area)
    ]
    questions = [_answers(item) is None for heading in profile.headings for item in heading.items]
    counts = [
        f"{'all' if all(hidden) else f'{sum(hidden)} of'} {wording.counted_noun(len(hidden), noun)}"
        for hidden, noun in ((groups, "group score"), (questions, "question"))
        if any(hidden)
    ]
    if not counts:
        return ""
    verb = "is" if sum(groups) + sum(questions) == 1 else "are"
    return wording.sentence(f"{wording.listed(counts)} {verb} not shown, to protect people in small groups")


def present_items(profile: PublishedProfile) -> ItemChart:
    """Draw the answers to every survey question that is shown, heading by heading."""
    items = [item for heading in profile.headings for item in heading.items]
    shown = [answers for item in items if (answers := _answers(item))]
    # Hidden questions have no say in how the others are drawn.
    widest = max(
        [50.0, *(max(answers.below, answers.above) + answers.half_of_middle for answers in shown)],
    )
    axis = Scale(-widest, widest, ITEM_WIDTH - 4, 2)
    with_change = any(item.change is not None and _answers(item) for item in items)
    had_survey = bool(items) or profile.survey_dates is not None
    return ItemChart(
        centre=axis.at(0),
        groups=tuple(
            ItemGroup(heading.name, _rows(heading.items, axis, with_change))
            for heading in profile.headings
            if heading.items and shown
        ),
        with_change=with_change,
        instead=_HIDDEN_SURVEY if had_survey and not shown else "",
    )


def _answers(item: PublishedItem) -> _Answers | None:
    """Give what may be shown of a question; the flag decides, whatever the fields hold."""
    if item.suppressed or item.shares is None or item.score is None:
        return None
    return _Answers(item.shares, item.score, *divmod(len(item.shares), 2))


def _rows(items: tuple[PublishedItem, ...], axis: Scale, with_change: bool) -> tuple[ItemRow, ...]:
    if all(_answers(item) is None for item in items):
        return (_hidden_row(", ".join(item.code for item in items), "", _HIDDEN_HEADING),)
    return tuple(_item(item, axis, with_change) for item in items)


def _hidden_row(code: str, text: str, instead: str) -> ItemRow:
    return ItemRow(
        code, text, instead, message="", segments=(), answers="", dont_know="", score="", change=""
    )


def _item(item: PublishedItem, axis: Scale, with_change: bool) -> ItemRow:
    found = _answers(item)
    if found is None:
        return _hidden_row(item.code, item.text, _HIDDEN_QUESTION)
    segments = []
    start = -(found.below + found.half_of_middle)
    for place, share in enumerate(found.shares):
        segments.append(Segment(axis.span(start, start + share), _look(place, found)))
        start += share
    answers = ", ".join(
        f"{label} {words.share(share)}" for label, share in zip(item.labels, found.shares, strict=True)
    )
    return ItemRow(
        code=item.code,
        text=item.text,
        instead="",
        message=_message(item.code, found),
        segments=tuple(segments),
        answers=answers,
        dont_know=words.share(item.dont_know) if item.dont_know else "none or very few",
        score=words.score(found.score),
        change=_change(item) if with_change else "",
    )


def _look(place: int, found: _Answers) -> str:
    half, odd = found.half, found.odd
    if odd and place == half:
        return "middle"
    if place < half:
        return "low-1" if place >= half - 1 and half > 1 else "low-2"
    return "high-1" if place == half + odd and half > 1 and place < len(found.shares) - 1 else "high-2"


def _message(code: str, found: _Answers) -> str:
    lean = (
        "more answers above the middle than below"
        if found.above > found.below
        else "more answers below the middle than above"
    )
    return f"{code}: {'as many answers above the middle as below' if found.above == found.below else lean}."


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
