"""Page 2: where you are and how we know it, source by source, and leaders beside practitioners."""

from collections import Counter
from dataclasses import dataclass

from app.briefs import words
from app.briefs.geometry import Box, Scale, Span
from app.briefs.marks import MarkBook, Marks, Sentence, Title, chart_title, page_title
from app.briefs.strip import disagreements
from diagnostics import wording
from diagnostics.framework import Framework
from diagnostics.published import (
    LETTERS,
    SOURCES,
    Finding,
    PublishedHeading,
    PublishedProfile,
    PublishedQuote,
    Source,
    SourceScore,
)

GAP_WIDTH = 700
_WIDE_GAP = 15
THICK = f"Thick: {_WIDE_GAP} points or more."
FINDINGS_A_HEADING = 2
_LONGEST_QUOTE, _QUOTES = 110, 3
_LEADERS_ABOVE = "leaders_above_practitioners"
# In this order a pattern makes the title.
_AHEAD = {
    "written_not_done": ("policy", "practice"),
    _LEADERS_ABOVE: ("leaders", "staff"),
    "said_not_seen": ("words", "practice"),
    "done_not_written": ("practice", "policy"),
}


@dataclass(frozen=True, slots=True)
class SourceHead:
    """A source at the head of the heat map."""

    letter: str
    name: str
    base: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the heat map. ``look`` is stage-1 to stage-4, thin or silent."""

    letter: str
    source: str
    look: str
    text: str
    note: str
    differs: bool


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One heading of the heat map with what was found."""

    name: str
    stage: str
    cells: tuple[Cell, ...]
    findings: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class GapRow:
    """Leaders and practitioners under one heading."""

    name: str
    message: str
    lower: str
    upper: str
    lower_x: float
    upper_x: float
    bar: Span
    wide: bool
    gap: str
    unit: str
    hatched: Box | None


@dataclass(frozen=True, slots=True)
class Quote:
    """A released quote."""

    said_by: str
    text: str
    marks: Marks


@dataclass(frozen=True, slots=True)
class PageTwo:
    """All that page 2 prints."""

    kicker: str
    title: Title
    sources: tuple[SourceHead, ...]
    rows: tuple[HeatRow, ...]
    key_words: str
    gap_title: Title
    gap_upper: str
    gap_lower: str
    gap_cuts: tuple[float, ...]
    gaps: tuple[GapRow, ...]
    gap_note: str
    quotes_title: str
    quotes: tuple[Quote, ...]
    fit: str = ""


def present_page_two(profile: PublishedProfile, framework: Framework, book: MarkBook) -> PageTwo:
    """Make page 2."""
    rows = tuple(_row(heading, profile, framework, book) for heading in profile.headings)
    gaps = _gaps(profile, framework)
    quotes = _quotes(profile, framework, book, beside_gaps=bool(gaps))
    return PageTwo(
        kicker="How do you know it?",
        title=page_title(*_title(profile, book)),
        sources=tuple(_head(source, profile) for source in SOURCES),
        rows=rows,
        key_words=_key_words([cell for row in rows for cell in row.cells]),
        gap_title=_gap_title_with_marks(profile, framework, book),
        gap_upper=words.sentence_case(framework.comparison.upper),
        gap_lower=words.sentence_case(framework.comparison.lower),
        gap_cuts=tuple(_gap_axis().at(cut) for cut in framework.settings.stage_cuts),
        gaps=gaps,
        gap_note=_gap_note(profile, gaps),
        quotes_title="" if gaps or not quotes else "In their own words",
        quotes=quotes,
    )


def _key_words(cells: list[Cell]) -> str:
    """Explain what stands in the heat map beside the stages, and nothing that does not."""
    looks = {cell.look for cell in cells}
    words_for = (
        (any(cell.differs for cell in cells), "Outlined: sources that disagree."),
        ("silent" in looks, "Silent is not zero."),
        ("thin" in looks, "Thin is not counted."),
    )
    return " ".join(said for there, said in words_for if there)


def _head(source: Source, profile: PublishedProfile) -> SourceHead:
    if source == "survey":
        answered = profile.response.answered
        none = "none shown" if profile.survey_dates else "none"
        base = none if answered is None else f"{answered:,} staff"
    else:
        count = profile.records.get(source, 0)
        base = str(count) if count else "none"
    return SourceHead(LETTERS[source], words.SOURCE_NAMES[source], base)


def _row(
    heading: PublishedHeading, profile: PublishedProfile, framework: Framework, book: MarkBook
) -> HeatRow:
    ends = {source for pair in disagreements(heading) for source in (pair.a, pair.b)}
    return HeatRow(
        name=heading.name,
        stage=words.stage(heading.stage),
        cells=tuple(
            _cell(source, getattr(heading.sources, source), source in ends, framework.settings.stage_cuts)
            for source in SOURCES
        ),
        findings=tuple(
            book.sentence(profile.finding(finding_id)) for finding_id in heading.findings[:FINDINGS_A_HEADING]
        )
        or (Sentence("", "We heard too little to say more.", book.marks(())),),
    )


def _cell(source: Source, score: SourceScore | None, differs: bool, cuts: tuple[float, ...]) -> Cell:
    if score is None:
        look, text, note = "silent", "silent", ""
    else:
        look = "thin" if score.thin else f"stage-{stage_of(score.score, cuts)}"
        text = str(score.score)
        note = "thin" if score.thin else words.source_note(source, score.score)
    return Cell(LETTERS[source], words.SOURCE_NAMES[source], look, text, note, differs)


def stage_of(score: int, cuts: tuple[float, ...]) -> int:
    """Give the stage that colours a score."""
    return 1 + sum(score >= cut for cut in cuts)


def patterns_found(profile: PublishedProfile) -> dict[str, list[Finding]]:
    """Give the findings of each named pattern that nobody has overruled, most frequent pattern first."""
    found: dict[str, list[Finding]] = {}
    for heading in profile.headings:
        for pattern in heading.patterns:
            if pattern.finding is not None:
                found.setdefault(pattern.id, []).append(profile.finding(pattern.finding))
    order = Counter({pattern: len(findings) for pattern, findings in found.items()})
    return {pattern: found[pattern] for pattern, _ in order.most_common()}


def _title(profile: PublishedProfile, book: MarkBook) -> tuple[str, Marks]:
    found = patterns_found(profile)
    told = [pattern for pattern in _AHEAD if pattern in found][:2]
    if told:
        # That leaders see more is counted, and never only seems so: it makes no other pattern surer.
        sure = all(_is_sure(profile, found[pattern]) for pattern in told if pattern != _LEADERS_ABOVE)
        title = _ahead(told, sure)
        return words.sentence_case(title), book.of_findings([found[pattern][0] for pattern in told])
    return _how_far_sources_agree(profile), book.of_sources()


def _how_far_sources_agree(profile: PublishedProfile) -> str:
    heard = {source for heading in profile.headings for source in heading.sources.present()}
    if len(heard) < 2:
        return (
            "We have heard only one kind of evidence so far" if heard else "We have heard no evidence so far"
        )
    differing = sum(bool(disagreements(heading)) for heading in profile.headings)
    if differing:
        of = wording.number(len(profile.headings))
        return f"Our sources disagree on {wording.number(differing)} of {of} headings"
    pairs = [pair for heading in profile.headings for pair in heading.pairs]
    if not pairs:
        return "No heading has two sources that count"
    # What a person overruled says neither that sources agree nor that they do not.
    if {pair.code for pair in pairs if pair.status != "overruled"} != {"agreement"}:
        return "Our sources agree in part"
    compared = {source for pair in pairs for source in (pair.a, pair.b)}
    if compared != heard or not all(heading.pairs for heading in profile.headings):
        return "Our sources tell much the same story where they can be compared"
    which = f"{wording.number(len(heard))} sources" if len(heard) < len(SOURCES) else "sources"
    return f"Our {which} tell much the same story"


def _ahead(told: list[str], sure: bool) -> str:
    """Say what runs ahead of what."""
    if told == [_LEADERS_ABOVE]:
        return "leaders see more than practitioners do"
    one, *more = sorted(told, key=lambda pattern: pattern == _LEADERS_ABOVE)
    (who, behind), other = _AHEAD[one], _AHEAD[more[0]] if more else ("", "")
    if other[1] == behind:
        return f"{who} and {other[0]} {'run' if sure else 'seem to run'} ahead of {behind}"
    if other == (behind, who):
        return f"{who} and {behind} {'are' if sure else 'seem'} out of step"
    plural = one == "said_not_seen"
    runs = ("run" if plural else "runs") if sure else ("seem to run" if plural else "seems to run")
    title = f"{who} {runs} ahead of {behind}"
    return f"{title}, and {other[0]} ahead of {other[1]}" if more else title


def _is_sure(profile: PublishedProfile, findings: list[Finding]) -> bool:
    """Say whether one of these findings stands under a heading that we are sure enough of."""
    told = {finding.heading for finding in findings}
    return any(
        heading.id in told and heading.confidence.grade not in ("low", "very low")
        for heading in profile.headings
    )


def _gap_axis() -> Scale:
    return Scale(0, 100, GAP_WIDTH)


def _gaps(profile: PublishedProfile, framework: Framework) -> tuple[GapRow, ...]:
    rows = []
    shown = [heading for heading in profile.headings if heading.gap is not None]
    for heading in sorted(shown, key=lambda entry: -(entry.gap.difference or 0) if entry.gap else 0):
        gap = heading.gap
        if gap is None:
            continue
        if gap.suppressed or gap.upper is None or gap.lower is None or gap.difference is None:
            rows.append(_hidden_gap(heading.name))
            continue
        axis = _gap_axis()
        low, high = sorted((gap.lower, gap.upper))
        size, unit = gap_words(gap.difference)
        lower, upper = words.score(gap.lower), words.score(gap.upper)
        rows.append(
            GapRow(
                name=heading.name,
                message=f"{heading.name}: {framework.comparison.upper} {upper},"
                f" {framework.comparison.lower} {lower}.",
                lower=lower,
                upper=upper,
                lower_x=axis.at(gap.lower),
                upper_x=axis.at(gap.upper),
                bar=axis.span(low, high),
                wide=abs(gap.difference) >= _WIDE_GAP,
                gap=size,
                unit=unit,
                hatched=None,
            )
        )
    if all(row.hatched for row in rows):
        return ()
    return tuple(sorted(rows, key=lambda row: row.hatched is not None))


def gap_words(difference: int) -> tuple[str, str]:
    """Say how far one side is from the other: “17” and “points”, or “points below”."""
    size = abs(difference)
    return str(size), f"{'point' if size == 1 else 'points'}{' below' if difference < 0 else ''}"


def _hidden_gap(name: str) -> GapRow:
    box = Box(2, 22, GAP_WIDTH - 4, 36)
    return GapRow(
        name, f"{name}: {words.HIDDEN}.", "", "", 0, 0, Span(0, 0), False, words.NOT_SHOWN, "", hatched=box
    )


def _gap_title_with_marks(profile: PublishedProfile, framework: Framework, book: MarkBook) -> Title:
    written = next(
        (finding for finding in profile.findings if finding.kind == "gap" and not finding.heading), None
    )
    if written:
        return chart_title(written.text.removesuffix("."), book.marks(written.evidence))
    return chart_title(_gap_title(profile, framework), _gap_marks(profile, book))


def _gap_title(profile: PublishedProfile, framework: Framework) -> str:
    upper = words.sentence_case(framework.comparison.upper)
    lower = framework.comparison.lower
    gaps = [
        (heading.gap.difference or 0, heading.name)
        for heading in profile.headings
        if heading.gap and not heading.gap.suppressed
    ]
    if not gaps:
        hidden = any(heading.gap for heading in profile.headings)
        return f"{upper} beside {lower}: {'not shown' if hidden else 'no answers to compare'}"
    if max(gaps)[0] >= _WIDE_GAP:
        most = [
            name[:1].lower() + name[1:]
            for difference, name in sorted(gaps, reverse=True)[:2]
            if difference >= _WIDE_GAP
        ]
        return f"{upper} see more than {lower} do, most of all in {wording.listed(most)}"
    if min(gaps)[0] <= -_WIDE_GAP:
        return f"{words.sentence_case(lower)} see more than {framework.comparison.upper} do"
    return f"{upper} and {lower} see much the same"


def _gap_marks(profile: PublishedProfile, book: MarkBook) -> Marks:
    shown = [(abs(heading.gap.difference or 0), heading) for heading in profile.headings if heading.gap]
    shown = [(size, heading) for size, heading in shown if heading.gap and not heading.gap.suppressed]
    widest = sorted((pair for pair in shown if pair[0] >= _WIDE_GAP), key=lambda pair: -pair[0])[:2]
    if widest:
        return book.marks(f"S {heading.short}" for _, heading in widest)
    return book.of_sources("survey") if shown else book.marks(())


def _gap_note(profile: PublishedProfile, gaps: tuple[GapRow, ...]) -> str:
    if not gaps and any(heading.gap for heading in profile.headings):
        return "These answers are not shown side by side, to protect people in a small group."
    if not gaps:
        return "This comparison needs a staff survey that both groups answered."
    note = "Staff survey, only questions that both groups were shown, 0 to 100."
    if any(row.wide for row in gaps):
        note += f" {THICK}"
    if any(row.hatched for row in gaps):
        note += " Hatched: not shown, to protect people in a small group."
    return note


def _quotes(
    profile: PublishedProfile, framework: Framework, book: MarkBook, *, beside_gaps: bool
) -> tuple[Quote, ...]:
    """Give a quote on what the two sides see differently, better of the lower one; without a chart, some."""
    short = [quote for quote in profile.quotes if len(quote.text) <= _LONGEST_QUOTE]
    if not beside_gaps:
        return tuple(quote_of(quote, book) for quote in short[:_QUOTES])
    differ = {
        heading.id: -heading.gap.difference
        for heading in profile.headings
        if heading.gap and heading.gap.difference is not None and abs(heading.gap.difference) >= _WIDE_GAP
    }
    lower = {group.name.lower() for group in framework.role_groups if group.side == "lower"}
    lower.add(framework.comparison.lower)
    fitting = [quote for quote in short if quote.heading in differ]
    fitting.sort(key=lambda quote: (quote.role_band.lower() not in lower, differ[quote.heading]))
    return tuple(quote_of(quote, book) for quote in fitting[:1])


def quote_of(quote: PublishedQuote, book: MarkBook) -> Quote:
    """Give a released quote with who said it and where it stands; a quote within it has single marks."""
    text = quote.text.strip('“”"').replace("“", "‘").replace("”", "’")
    return Quote(quote.role_band[:1].lower() + quote.role_band[1:], text, book.marks([quote.mark]))
