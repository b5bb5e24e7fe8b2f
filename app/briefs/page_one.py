"""Page 1, complete alone: the verdict, the strip, three things to do first, one strength, how sure we are."""

from collections import Counter
from dataclasses import dataclass

from app.briefs import words
from app.briefs.marks import MarkBook, Sentence, Title, chart_title, room_for_marks
from app.briefs.page_three import ties_note, unsettled
from app.briefs.strip import (
    ChangeChart,
    StripChart,
    change_chart,
    change_reach,
    disagreements,
    score_before,
    strip_chart,
)
from app.briefs.typesetting import Run, kept, lines_of
from diagnostics import wording
from diagnostics.comparison import Comparison
from diagnostics.framework import Framework
from diagnostics.published import PublishedHeading, PublishedProfile, PublishedStep

_PAGE = 176.0
_LEGEND = (
    "Large dot: score. Bar: likely range. {before}"
    "Small dots: S survey, I interviews, O observation, D documents. Shaded: the stage."
)
_FIRST_WAVE = "This is the first wave, so there is no change to show yet."
_NO_SCORES_NOW = "No change can be shown: there are no survey scores this time."
_NO_SCORES_BEFORE = "No change can be shown: there are no earlier survey scores to set beside these."


@dataclass(frozen=True, slots=True)
class ConfidenceLine:
    """A reason beneath the confidence. ``differs`` is set where two accounts differ."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class StripRow:
    """One heading on the strip."""

    name: str
    stage: str
    chart: StripChart
    scored: bool
    score: str
    score_note: str
    likely: str
    confidence: str
    reasons: tuple[ConfidenceLine, ...]
    change: ChangeChart | None
    peers: str


@dataclass(frozen=True, slots=True)
class StageHead:
    """A stage at the head of the strip."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class ToDo:
    """One of the things to do first."""

    label: str
    title: str
    why: Sentence | None


@dataclass(frozen=True, slots=True)
class Keep:
    """The strength to keep."""

    title: str
    why: Sentence


@dataclass(frozen=True, slots=True)
class PageOne:
    """All that page 1 prints. Without a change to show there is no column of them, and ``since`` is empty."""

    kicker: str
    verdict: Sentence
    verdict_below: bool
    strip_title: Title
    stages: tuple[StageHead, ...]
    since: str
    down: str
    up: str
    legend: str
    peers_title: str
    rows: tuple[StripRow, ...]
    things_title: str
    things: tuple[ToDo, ...]
    ties_note: str
    keep: Keep | None
    how_sure: str
    heard: str
    heard_apart: bool
    fit: str = ""


def present_page_one(
    profile: PublishedProfile,
    framework: Framework,
    book: MarkBook,
    steps: tuple[tuple[PublishedStep, str], ...],
    previous: PublishedProfile | None,
    comparison: Comparison | None,
) -> PageOne:
    """Make page 1. ``steps`` are the first steps with the numbers that they are printed with."""
    reach = change_reach(profile)
    no_change = _why_no_change(profile)
    things = tuple(_thing(step, label, profile, framework, book) for step, label in steps)
    strength = profile.strength
    keep = Keep(strength.title, book.sentence(profile.finding(strength.finding))) if strength else None
    named = next((heading for heading in profile.headings if heading.combined), None)
    verdict = book.sentence(profile.finding(profile.verdict))
    strip_title = chart_title(_strip_title(profile), book.of_sources())
    how_sure, heard_from = _how_sure(profile), heard(profile)
    rows = tuple(
        _row(heading, heading is named, reach, previous, not no_change, framework, comparison)
        for heading in profile.headings
    )
    peers = words.other_councils(comparison) if comparison else ""
    return PageOne(
        kicker="What do you know about the quality and impact of practice?",
        verdict=verdict,
        verdict_below=not room_for_marks(verdict.marks, _PAGE, Run(kept(verdict.plain), 21, True)),
        strip_title=strip_title,
        stages=tuple(StageHead(n, words.sentence_case(name)) for n, name in wording.STAGE_NAMES.items()),
        since="" if no_change else _since(previous),
        down=f"{reach} down",
        up=f"up {reach}",
        legend=_legend(rows, no_change or _beyond_note(profile, reach), peers),
        peers_title=f"Middle half of {peers}" if peers else "",
        rows=rows,
        things_title=_things_title(steps),
        things=things,
        ties_note=ties_note(steps),
        keep=keep,
        how_sure=how_sure,
        heard=heard_from,
        heard_apart=_is_long(how_sure, heard_from),
    )


def _why_no_change(profile: PublishedProfile) -> str:
    """Say why no change of any heading is shown, or nothing where some is or is said to be none."""
    if profile.wave == 1:
        return _FIRST_WAVE
    if any(heading.change is not None for heading in profile.headings):
        return ""
    heard_now = any(heading.sources.survey is not None for heading in profile.headings)
    return _NO_SCORES_BEFORE if heard_now else _NO_SCORES_NOW


def _legend(rows: tuple[StripRow, ...], of_change: str, peers: str) -> str:
    before = "Hollow: last wave. " if any(row.chart.before_x is not None for row in rows) else ""
    others = f"Bracket: middle half of {peers}; tick: median. " if peers else ""
    return f"{_LEGEND.format(before=before)} {others}{of_change}".strip()


def _is_long(how_sure: str, heard_from: str) -> bool:
    return lines_of(_PAGE, Run("How sure we are:", 10, True), Run(f"{how_sure} {heard_from}", 10)) > 1


def _things_title(steps: tuple[tuple[PublishedStep, str], ...]) -> str:
    if not steps:
        return "No step comes first"
    count = words.sentence_case(wording.number(len(steps)))
    title = f"{count} {'thing' if len(steps) == 1 else 'things'} to do first"
    one_place = len({label for _, label in steps}) == 1
    return title if one_place or unsettled(steps) else f"{title}, in this order"


def heard(profile: PublishedProfile) -> str:
    """Say from whom we heard."""
    response, also = profile.response, ""
    if response.answered is not None:
        survey = words.answered(response)
        survey += ", too few to be more than indicative" if response.indicative else ""
        also = "also "
    elif profile.survey_dates is None:
        survey = "No staff survey was run"
    else:
        survey = "Too few staff answered to show survey scores"
    nouns = {
        "interview": ("interview", "interviews"),
        "observation": ("observation", "observations"),
        "document": ("document", "documents"),
    }
    counts = [(profile.records.get(source, 0), noun) for source, noun in nouns.items()]
    some = [wording.counted_noun(count, *noun) for count, noun in counts if count]
    none = [plural for count, (_, plural) in counts if not count]
    if not some:
        return f"{survey}. There were no {wording.listed(none, 'or')}."
    but = f", but on no {wording.listed(none, 'or')}" if none else ""
    return f"{survey}. We {also}drew on {wording.listed(some)}{but}."


def _strip_title(profile: PublishedProfile) -> str:
    stages = [heading.stage for heading in profile.headings]
    settled = Counter(stage.low for stage in stages if stage and stage.low == stage.high)
    between = Counter((stage.low, stage.high) for stage in stages if stage and stage.high - stage.low == 1)
    parts = []
    if settled:
        best, count = max(settled.items())
        parts.append(f"{_headings(count, len(stages))} {wording.STAGE_NAMES[best]}")
    elif between:
        (low, high), count = max(between.items())
        parts.append(f"{_headings(count, len(stages))} between stages {low} and {high}")
    else:
        parts.append("no stage is settled yet")
    changes = [heading.change for heading in profile.headings if heading.change and heading.change.reliable]
    up = sum((change.difference or 0) > 0 for change in changes)
    # The words before this name the headings, or the first number here has to.
    named = bool(settled or between)
    for count, moved in ((up, "improved"), (len(changes) - up, "slipped")):
        if count:
            of = "" if named else " heading" if count == 1 else " headings"
            parts.append(f"{wording.number(count)}{of} {'has' if count == 1 else 'have'} {moved}")
            named = True
    return f"Where you are: {wording.listed(parts)}"


def _headings(count: int, of: int) -> str:
    if count == of:
        return "all headings are" if of > 1 else "the heading is"
    return f"{wording.number(count)} of {wording.number(of)} headings {'is' if count == 1 else 'are'}"


def _since(previous: PublishedProfile | None) -> str:
    return f"Since {words.month_start(previous.as_of).year}" if previous else "Since last wave"


def _beyond_note(profile: PublishedProfile, reach: int) -> str:
    charts = [change_chart(heading.change, heading.name, reach) for heading in profile.headings]
    if not any(chart.beyond for chart in charts):
        return ""
    return f"The change column reaches {reach} points each way; longer bars are cut at its edge."


def _row(
    heading: PublishedHeading,
    first_row: bool,
    reach: int,
    previous: PublishedProfile | None,
    with_change: bool,
    framework: Framework,
    comparison: Comparison | None,
) -> StripRow:
    combined = heading.combined
    peers = comparison.of(heading.id) if comparison else None
    before = score_before(heading, previous) if with_change else None
    change = change_chart(heading.change, heading.name, reach) if with_change else None
    return StripRow(
        name=heading.name,
        stage=words.stage(heading.stage),
        # Without a score of its own, a heading has nothing to set beside others.
        chart=strip_chart(heading, framework.settings, first_row, before, peers if combined else None),
        scored=combined is not None,
        score=str(combined.score) if combined else "No score",
        score_note=words.score_note(combined.score) if combined else "",
        likely=words.score_range(combined.low, combined.high) if combined else "too little evidence",
        confidence=words.sentence_case(heading.confidence.grade),
        reasons=_reasons(heading, 1 if with_change else 2),
        change=change,
        peers=words.peers(peers) if peers else words.NO_PEERS,
    )


def _reasons(heading: PublishedHeading, most: int) -> tuple[ConfidenceLine, ...]:
    """Give the reasons beneath the confidence; two sources that differ always have a line of their own."""
    lines = [ConfidenceLine("sources disagree", True)] if disagreements(heading) else []
    lines += [
        ConfidenceLine(reason.brief, False)
        for reason in heading.confidence.reasons
        if not (lines and "disagree" in reason.brief)
    ]
    if lines:
        return tuple(lines[: max(most, 1 + lines[0].differs)])
    counted = sum(not score.thin for score in heading.sources.present().values())
    return (ConfidenceLine(f"{wording.number(counted)} sources heard", False),)


def _thing(
    step: PublishedStep, label: str, profile: PublishedProfile, framework: Framework, book: MarkBook
) -> ToDo:
    title = next(entry.title for entry in framework.steps if entry.id == step.id)
    why = book.sentence(profile.finding(step.findings[0])) if step.findings else None
    return ToDo(label=label, title=title, why=why)


def _how_sure(profile: PublishedProfile) -> str:
    return next(finding.text for finding in profile.findings if finding.kind == "confidence")
