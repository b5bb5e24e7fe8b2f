"""A published profile page by page, in the words and charts of the brief. No statistics here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from app.briefs import words
from app.briefs.annex_tables import (
    AnnexRow,
    AnnexTable,
    agreement_table,
    code_table,
    confidence_table,
    importance_table,
    interval_table,
    pattern_table,
    rater_table,
    reliability_table,
    source_table,
)
from app.briefs.evidence_section import (
    EvidenceGroup,
    ItemChart,
    not_shown_words,
    present_evidence_list,
    present_items,
    present_quotes,
)
from app.briefs.marks import MarkBook, Sentence
from app.briefs.page_one import PageOne, StripRow, present_page_one
from app.briefs.page_three import printed_steps
from app.briefs.page_two import GapRow, PageTwo, Quote, present_page_two, stage_of
from app.fieldwork.ratings.presenters import stage_words
from app.profiles.presenters import CODE_WORDS
from diagnostics import wording
from diagnostics.comparison import LEAST_AUTHORITIES, Comparison
from diagnostics.evidence import Rating
from diagnostics.framework import Framework
from diagnostics.published import SOURCES, GroupScore, PublishedHeading, PublishedProfile

_NO_COMPARISON = (
    f"No comparison group yet: it takes {LEAST_AUTHORITIES} other councils that have published under this "
    "framework version."
)


@dataclass(frozen=True, slots=True)
class HeadingLink:
    """A heading, and where its page is."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole profile: the strip, the heat map, and the numbers of both as a table."""

    one: PageOne
    two: PageTwo
    headings: tuple[HeadingLink, ...]
    table: AnnexTable
    confidence: AnnexTable
    steps: tuple[tuple[str, str], ...]
    no_comparison: str


def present_overview(
    profile: PublishedProfile,
    framework: Framework,
    previous: PublishedProfile | None,
    comparison: Comparison | None,
) -> Overview:
    """Make the page of the whole profile; ``previous`` is that of the wave before."""
    book, steps = MarkBook(profile), printed_steps(profile)
    titles = {step.id: step.title for step in framework.steps}
    return Overview(
        one=present_page_one(profile, framework, book, steps, previous, comparison),
        two=present_page_two(profile, framework, book),
        headings=links(profile),
        table=source_table(profile),
        confidence=confidence_table(profile),
        steps=tuple((label, titles[step.id]) for step, label in steps),
        no_comparison="" if comparison else _NO_COMPARISON,
    )


def links(profile: PublishedProfile) -> tuple[HeadingLink, ...]:
    """Give the headings in their order."""
    return tuple(HeadingLink(heading.id, heading.name) for heading in profile.headings)


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source under a heading. ``look`` is that of its cell in the heat map."""

    name: str
    look: str
    score: str
    note: str
    stage: str
    base: str


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """A rating with its reason, for those who gather."""

    record: str
    rater: str
    stage: str
    reason: str


@dataclass(frozen=True, slots=True)
class HeadingPage:
    """All that is known of one heading."""

    heading: PublishedHeading
    about: str
    row: StripRow
    sources: tuple[SourceLine, ...]
    findings: tuple[Sentence, ...]
    quotes: tuple[Quote, ...]
    items: ItemChart
    groups: tuple[AnnexTable, ...]
    gap: GapRow | None
    gap_cuts: tuple[float, ...]
    gap_words: str
    gap_upper: str
    codes: AnnexTable
    patterns: AnnexTable
    confidence: tuple[str, ...]
    tipping: str
    staff: str
    before: HeadingLink | None
    after: HeadingLink | None


def present_heading(
    profile: PublishedProfile, framework: Framework, previous: PublishedProfile | None, place: int
) -> HeadingPage:
    """Make the page of the heading in this place."""
    heading, book = profile.headings[place], MarkBook(profile)
    alone = replace(profile, headings=(heading,))
    one = present_page_one(profile, framework, book, (), previous, None)
    two = present_page_two(profile, framework, book)
    quoted = tuple(quote for quote in profile.quotes if quote.heading == heading.id)
    around = links(profile)
    return HeadingPage(
        heading=heading,
        about=next((entry.about for entry in framework.headings if entry.id == heading.id), ""),
        row=one.rows[place],
        sources=tuple(_source(heading, framework)),
        findings=tuple(book.sentence(profile.finding(finding)) for finding in heading.findings),
        quotes=present_quotes(replace(profile, quotes=quoted), book),
        items=present_items(alone),
        groups=(
            _groups("By role group", heading.groups.role_group),
            _groups("By service area", heading.groups.service_area),
        ),
        gap=next((gap for gap in two.gaps if gap.name == heading.name), None),
        gap_cuts=two.gap_cuts,
        gap_upper=two.gap_upper.lower(),
        gap_words=f"{two.gap_upper} beside {two.gap_lower.lower()}",
        codes=_codes(alone),
        patterns=pattern_table(alone, framework),
        confidence=tuple(wording.sentence(reason.text) for reason in heading.confidence.reasons),
        tipping=heading.tipping_note or "",
        staff=_staff(heading.staff_agree),
        before=around[place - 1] if place else None,
        after=around[place + 1] if place + 1 < len(around) else None,
    )


def _codes(alone: PublishedProfile) -> AnnexTable:
    """Give the annex's table with the words of the review in place of the method's terms."""
    table, pairs = code_table(alone), [pair for heading in alone.headings for pair in heading.pairs]
    rows = tuple(
        replace(row, cells=(row.cells[0], CODE_WORDS[pair.code], *row.cells[2:]))
        for row, pair in zip(table.rows, pairs, strict=True)
    )
    return replace(table, columns=(*table.columns[:2], "Do they agree?", *table.columns[3:]), rows=rows)


def _source(heading: PublishedHeading, framework: Framework) -> Iterable[SourceLine]:
    present = heading.sources.present()
    for source in SOURCES:
        name, score = words.sentence_case(words.SOURCE_NAMES[source]), present.get(source)
        if score is None:
            yield SourceLine(name, "silent", "silent", "", "", "It said nothing on this heading")
            continue
        stage = stage_of(score.score, framework.settings.stage_cuts)
        base = (
            f"{words.band(score.n_band)} people"
            if score.n is None
            else f"{wording.counted_noun(score.n, 'record')}"
        )
        parts = [base]
        if score.low is not None and score.high is not None:
            parts.append(f"likely {words.score_range(score.low, score.high)}")
        if score.not_seen:
            parts.append(f"{wording.counted_noun(score.not_seen, 'rating')} of “not seen”")
        if score.thin:
            parts.append("too thin to be counted")
        yield SourceLine(
            name,
            "thin" if score.thin else f"stage-{stage}",
            str(score.score),
            "thin" if score.thin else words.source_note(source, score.score),
            f"{stage}, {wording.STAGE_NAMES[stage]}",
            ", ".join(parts),
        )


def _groups(caption: str, groups: tuple[GroupScore, ...]) -> AnnexTable:
    rows = tuple(
        AnnexRow(group.name, (words.HIDDEN, ""))
        if group.suppressed or group.score is None
        else AnnexRow(group.name, (words.score(group.score), words.band(group.n_band)))
        for group in groups
    )
    return AnnexTable(caption, ("Group", "Survey score", "People who answered"), rows, "groups")


def _staff(agree: bool | None) -> str:
    if agree is None:
        return "How far staff agree with each other is not shown."
    return "Staff agree with each other." if agree else "Staff differ from each other."


def present_reasons(
    ratings: Iterable[Rating], framework: Framework, heading_id: str
) -> Mapping[str, tuple[ReasonLine, ...]]:
    """Give the reasons of ratings under a heading, by the name of the characteristic."""
    found: dict[str, list[ReasonLine]] = {}
    names = {
        one.id: one.name
        for heading in framework.headings
        if heading.id == heading_id
        for one in heading.characteristics
    }
    for rating in ratings:
        if rating.characteristic in names and rating.reason:
            found.setdefault(names[rating.characteristic], []).append(
                ReasonLine(rating.record, rating.rater, stage_words(rating.stage), rating.reason)
            )
    return {name: tuple(found[name]) for name in names.values() if name in found}


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """What every sentence rests on, and what is not shown."""

    groups: tuple[EvidenceGroup, ...]
    quotes: tuple[Quote, ...]
    limits: tuple[str, ...]
    not_shown: str


def present_evidence(profile: PublishedProfile) -> EvidencePage:
    """Make the page of the evidence."""
    return EvidencePage(
        groups=present_evidence_list(profile),
        quotes=present_quotes(profile, MarkBook(profile)),
        limits=tuple(limit.text for limit in profile.limits),
        not_shown=not_shown_words(profile),
    )


@dataclass(frozen=True, slots=True)
class SureLine:
    """How sure we are of a heading, in plain words."""

    name: str
    grade: str
    why: tuple[str, ...]
    questions: str
    staff: str
    raters: str
    silent: str


@dataclass(frozen=True, slots=True)
class SurePage:
    """How sure we are: plain words, and the figures behind them."""

    lines: tuple[SureLine, ...]
    tables: tuple[AnnexTable, ...]


# As reliability is usually read (Nunnally 1978): from .7 good enough for groups, from .8 good.
_GOOD, _ENOUGH = 0.8, 0.7


def present_sureness(profile: PublishedProfile, framework: Framework) -> SurePage:
    """Make the page of reliability and agreement."""
    tables = (
        interval_table(profile),
        reliability_table(profile),
        agreement_table(profile),
        rater_table(profile),
        importance_table(profile, framework),
    )
    return SurePage(
        lines=tuple(_sure(heading, profile) for heading in profile.headings),
        tables=tuple(table for table in tables if table.rows),
    )


def _sure(heading: PublishedHeading, profile: PublishedProfile) -> SureLine:
    found = profile.reliability.get(heading.id)
    alpha = found.alpha.value if found and found.alpha else None
    if alpha is None:
        questions = (
            "Whether the questions hang together is not given: too few answered, or it could tell how."
        )
    elif alpha >= _GOOD:
        questions = "The questions hang together well, so one score for all of them is fair."
    elif alpha >= _ENOUGH:
        questions = "The questions hang together well enough to be read as one score."
    else:
        questions = "The questions hang together loosely: read them one by one."
    return SureLine(
        name=heading.name,
        grade=words.sentence_case(heading.confidence.grade),
        why=tuple(wording.sentence(reason.text) for reason in heading.confidence.reasons)
        or ("Nothing lowers it.",),
        questions=questions,
        staff=_staff(heading.staff_agree),
        raters=wording.sentence(found.rater_note) if found and found.rater_note else "",
        silent=wording.sentence(heading.tipping_note) if heading.tipping_note else "",
    )
