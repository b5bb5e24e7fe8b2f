"""The parts of a published profile, each already suppressed, banded and rounded."""

from dataclasses import dataclass
from typing import Literal

Source = Literal["survey", "interview", "observation", "document"]
LETTERS: dict[Source, str] = {"survey": "S", "interview": "I", "observation": "O", "document": "D"}
SOURCES: tuple[Source, ...] = ("survey", "interview", "observation", "document")
# The end of a scale says the same of everybody, so it is printed as "5 or lower" and "95 or higher".
LOWEST_PRINTED, HIGHEST_PRINTED = 5, 95
Grade = Literal["high", "moderate", "low", "very low"]
Code = Literal["agreement", "partial", "dissonance"]
Status = Literal["proposed", "confirmed", "overruled"]
Margins = Literal["met", "close", "apart"]
# Margins within one percentage point of the frame are "close", and wider ones "apart".
CLOSE_MARGIN = 0.01


@dataclass(frozen=True, slots=True)
class PublishedAuthority:
    """The authority that the profile is of."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class PublishedFramework:
    """The framework version that was used."""

    id: str
    version: str
    name: str


@dataclass(frozen=True, slots=True)
class GroupResponse:
    """Response of one group. ``rate`` is to the nearest 5 %, ``n_band`` the band of answers.

    ``rate`` is null where answers were kept without their group, so that the share is not known.
    """

    id: str
    name: str
    rate: int | None
    n_band: str | None
    suppressed: bool


@dataclass(frozen=True, slots=True)
class PublishedResponse:
    """Who answered. ``answered`` is null where fewer than the threshold did."""

    answered: int | None
    frame: int
    rate: int | None
    indicative: bool
    replacement_links: int
    weighting_note: str | None
    by_role_group: tuple[GroupResponse, ...]
    by_service_area: tuple[GroupResponse, ...]


@dataclass(frozen=True, slots=True)
class PublishedWeighting:
    """How far the answers had to be weighted to look like the frame.

    ``effective_share`` is Kish's effective number in per cent of the answers, to the nearest 5.
    ``margins`` says how near the weighted shares came to the frame's, ``trimmed`` whether a weight
    had to be held within the bounds. Which categories were joined is not said: it would tell which
    groups had few answers.
    """

    effective_share: int
    margins: Margins
    trimmed: bool


@dataclass(frozen=True, slots=True)
class SourceScore:
    """One source under a heading.

    ``n`` counts fieldwork records and is null for the survey, whose base is the band ``n_band``.
    ``low`` and ``high`` bound the survey's 95 % interval and are null for fieldwork.
    ``thin`` sources are shown and not combined. ``not_seen`` counts ratings of “not seen”.
    """

    score: int
    low: int | None
    high: int | None
    n: int | None
    n_band: str | None
    thin: bool
    characteristics: int
    not_seen: int


@dataclass(frozen=True, slots=True)
class PublishedSources:
    """The four sources; null is silent."""

    survey: SourceScore | None
    interview: SourceScore | None
    observation: SourceScore | None
    document: SourceScore | None

    def present(self) -> dict[Source, SourceScore]:
        """Give the sources that are not silent, thin ones too."""
        found = {source: getattr(self, source) for source in SOURCES}
        return {source: score for source, score in found.items() if score is not None}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sources side by side. ``status`` says whether a person has looked at the code."""

    a: Source
    b: Source
    difference: int
    code: Code
    status: Status
    reason: str | None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A named pattern: said_not_seen, written_not_done, done_not_written, leaders_above_practitioners."""

    id: str
    finding: str | None
    status: Status
    reason: str | None


@dataclass(frozen=True, slots=True)
class ScoreRange:
    """A score with the range that it is likely to lie in."""

    score: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class StageRange:
    """The stages that the likely range reaches, 1 to 4; more than two means “not settled yet”."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why confidence is not higher, as a code and in words (``brief`` is three words or so)."""

    code: str
    text: str
    brief: str


@dataclass(frozen=True, slots=True)
class PublishedConfidence:
    """How sure we are of a heading, and why."""

    grade: Grade
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class GroupScore:
    """Survey score of one group. Null and suppressed where it could reveal somebody."""

    id: str
    name: str
    score: int | None
    n_band: str | None
    suppressed: bool
    change: "PublishedChange | None" = None


@dataclass(frozen=True, slots=True)
class PublishedGroups:
    """Both breakdowns of a heading's survey score."""

    role_group: tuple[GroupScore, ...]
    service_area: tuple[GroupScore, ...]


@dataclass(frozen=True, slots=True)
class PublishedChange:
    """Change of the survey score since the last wave, in points, with its interval.

    ``reliable`` is true only where the corrected interval, as it is printed, excludes 0 and the change was
    3 points or more before it was rounded. ``minimum_detectable`` is the smallest change that would have
    been, rounded up. Where the waves cannot be compared, the numbers are null and ``reason`` says why.
    """

    difference: int | None
    low: int | None
    high: int | None
    reliable: bool
    minimum_detectable: int | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class PublishedItem:
    """One survey item over the whole authority: ``shares`` in per cent to the nearest 5, worst answer first.

    A share of 5 means “5 % or fewer” and one of 95 “95 % or more”. ``change`` is in points of the item.
    Where the answers could reveal somebody, or too few gave one, all numbers are null and ``suppressed``
    is true.
    """

    code: str
    text: str
    labels: tuple[str, ...]
    shares: tuple[int, ...] | None
    score: int | None
    dont_know: int | None
    n_band: str | None
    suppressed: bool
    change: PublishedChange | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """Leaders and practitioners on the items that both were shown. ``suppressed`` hides all numbers."""

    upper: int | None
    lower: int | None
    difference: int | None
    suppressed: bool


@dataclass(frozen=True, slots=True)
class PublishedHeading:
    """One heading of the learning-culture profile."""

    id: str
    name: str
    short: str
    kind: Literal["feature", "enabler"]
    sources: PublishedSources
    pairs: tuple[Pair, ...]
    patterns: tuple[Pattern, ...]
    combined: ScoreRange | None
    stage: StageRange | None
    confidence: PublishedConfidence
    groups: PublishedGroups
    gap: Gap | None
    change: PublishedChange | None
    tipping_point: int | None
    tipping_note: str | None
    staff_agree: bool | None
    items: tuple[PublishedItem, ...]
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A reliability coefficient to two decimals, with its interval where there is one."""

    value: float
    low: float | None
    high: float | None
    n_band: str


@dataclass(frozen=True, slots=True)
class PublishedReliability:
    """How well the items of a heading hang together and how far staff and raters agree."""

    alpha: Coefficient | None
    omega: Coefficient | None
    r_star_wg: float | None
    r_wg_j: float | None
    icc1: float | None
    icc2: float | None
    rater_alpha: float | None
    rater_note: str


@dataclass(frozen=True, slots=True)
class PublishedStep:
    """A step in its place; ``top_three_share`` is the per cent of tests that put it in the first three."""

    id: str
    rank: int
    first: bool
    top_three_share: int
    tied_with: tuple[str, ...]
    requires: tuple[str, ...]
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence with the marks of the evidence that it rests on.

    ``kind`` says where the brief uses it: verdict, heading, pattern, agreement, gap, change, response,
    step, strength or limit. ``lead`` is the bold beginning of the sentence, or empty.
    """

    id: str
    kind: str
    heading: str | None
    lead: str
    text: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublishedQuote:
    """A released quote, with the band of its speaker."""

    mark: str
    heading: str
    characteristic: str
    role_band: str
    text: str


@dataclass(frozen=True, slots=True)
class Need:
    """Evidence that staff say they need: per cent of those who answered, to the nearest 5.

    Null and suppressed where it could reveal somebody.
    """

    id: str
    label: str
    share: int | None
    suppressed: bool


@dataclass(frozen=True, slots=True)
class EvidenceEntry:
    """A line of the evidence list: its mark, its source, the role band and what it speaks to."""

    mark: str
    source: Source
    kind: str | None
    role_band: str | None
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """Something that could not be seen or should not be concluded."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Strength:
    """The one thing to keep."""

    heading: str
    title: str
    finding: str


@dataclass(frozen=True, slots=True)
class Derived:
    """How closely a heading goes with the outcome items, in per cent of R²: a check on stated importance."""

    heading: str
    share: int
