"""The annex's tables of results: what was computed, with its base, and who decided what."""

from dataclasses import dataclass

from app.briefs import words
from diagnostics import wording
from diagnostics.framework import Framework
from diagnostics.published import (
    SOURCES,
    Coefficient,
    GroupScore,
    Pair,
    Pattern,
    PublishedChange,
    PublishedHeading,
    PublishedItem,
    PublishedProfile,
    Source,
    SourceScore,
    Status,
)

NOT_GIVEN = "not given"
_SILENT = "silent"
_TOO_SMALL = "too small before rounding"
_CODES = {"agreement": "agreement", "partial": "partial agreement", "dissonance": "dissonance"}
_DECIDED: dict[Status, str] = {
    "proposed": "proposed",
    "confirmed": "confirmed",
    "overruled": "overruled",
}
PATTERN_NAMES = {
    "said_not_seen": "Said, not seen",
    "written_not_done": "Written, not done",
    "done_not_written": "Done, not written",
    "leaders_above_practitioners": "{upper} above {lower}",
}


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """A row: its head, the words under its head, and its cells."""

    head: str
    cells: tuple[str, ...]
    under: str = ""


@dataclass(frozen=True, slots=True)
class AnnexTable:
    """A table. ``columns`` starts with the head of the row heads; ``look`` chooses the widths of columns."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[AnnexRow, ...]
    look: str
    note: str = ""
    id: str = ""


def item_tables(profile: PublishedProfile) -> tuple[AnnexTable, ...]:
    """Give the survey's questions heading by heading: answers, base, score and change."""
    with_change = any(_shown(item) and item.change for h in profile.headings for item in h.items)
    columns = ("Question", "Answers, worst first", "Don’t know", "Score", "Base")
    return tuple(
        AnnexTable(
            f"Questions on {_lower(heading)}",
            (*columns, "Change") if with_change else columns,
            tuple(_item(item, with_change) for item in heading.items),
            "items with-change" if with_change else "items",
        )
        for heading in profile.headings
        if heading.items
    )


def _shown(item: PublishedItem) -> bool:
    return not item.suppressed and item.shares is not None and item.score is not None


def _item(item: PublishedItem, with_change: bool) -> AnnexRow:
    if item.suppressed or item.shares is None or item.score is None:
        cells = (words.NOT_SHOWN,) * (5 if with_change else 4)
        return AnnexRow(item.code, cells, item.text)
    answers = ", ".join(
        f"{label} {words.share(share)}" for label, share in zip(item.labels, item.shares, strict=True)
    )
    unsure = words.share(item.dont_know) if item.dont_know else "none or very few"
    cells = (answers, unsure, words.score(item.score), words.band(item.n_band))
    return AnnexRow(item.code, (*cells, _moved(item.change)) if with_change else cells, item.text)


def interval_table(profile: PublishedProfile) -> AnnexTable:
    """Give the survey's scores with their intervals, and how far the silent would have to differ."""
    rows = []
    for heading in profile.headings:
        survey = heading.sources.survey
        if survey is None or survey.low is None or survey.high is None:
            rows.append(AnnexRow(heading.name, (_SILENT, NOT_GIVEN, NOT_GIVEN, NOT_GIVEN)))
            continue
        interval = words.score_range(survey.low, survey.high)
        base, tipping = words.band(survey.n_band), heading.tipping_note or NOT_GIVEN
        rows.append(AnnexRow(heading.name, (words.score(survey.score), interval, base, tipping)))
    columns = ("Heading", "Survey score", "95% interval", "Base", "What it would take to change the stage")
    return AnnexTable("Survey scores with their intervals", columns, tuple(rows), "intervals")


def change_table(profile: PublishedProfile) -> AnnexTable:
    """Give the change of every heading since the last wave."""
    rows = []
    for heading in profile.headings:
        change = heading.change
        if change is None:
            continue
        least = change.minimum_detectable
        said = wording.counted_noun(least, "point") if least is not None else NOT_GIVEN
        verdict = f"no: {_TOO_SMALL}" if words.is_too_small(change) else change.reason or "no"
        verdict = "yes" if change.reliable else verdict
        rows.append(AnnexRow(heading.name, (_difference(change), _interval(change), said, verdict)))
    columns = ("Heading", "Change", "95% interval", "Smallest change that would count", "Reliable change")
    return AnnexTable("Change of survey scores since the last wave", columns, tuple(rows), "changes")


def signed(points: int) -> str:
    """Write points with their sign: “+3”, “−2”, “0”."""
    return f"{points:+d}".replace("-", "−") if points else "0"


def _difference(change: PublishedChange) -> str:
    return NOT_GIVEN if change.difference is None else signed(change.difference)


def _interval(change: PublishedChange) -> str:
    if change.low is None or change.high is None:
        return NOT_GIVEN
    return f"{signed(change.low)} to {signed(change.high)}"


def _moved(change: PublishedChange | None) -> str:
    if change is None or change.low is None:
        return NOT_GIVEN
    note = ", reliable" if change.reliable else f", {_TOO_SMALL}" if words.is_too_small(change) else ""
    return f"{_difference(change)} ({_interval(change)}){note}"


def group_tables(profile: PublishedProfile) -> tuple[AnnexTable, ...]:
    """Give the scores of both breakdowns with their bases."""
    return tuple(
        AnnexTable(
            f"Survey scores by {name.lower()}, with the band of people who answered",
            (name, *(words.sentence_case(heading.short) for heading in profile.headings)),
            rows,
            "groups",
        )
        for name, of in (
            ("Role group", [heading.groups.role_group for heading in profile.headings]),
            ("Service area", [heading.groups.service_area for heading in profile.headings]),
        )
        if (rows := _group_rows(of))
    )


def _group_rows(breakdowns: list[tuple[GroupScore, ...]]) -> tuple[AnnexRow, ...]:
    names = {group.id: group.name for groups in breakdowns for group in groups}
    by_id = [{group.id: group for group in groups} for groups in breakdowns]
    return tuple(
        AnnexRow(name, tuple(_group(groups.get(group_id)) for groups in by_id))
        for group_id, name in names.items()
    )


def _group(group: GroupScore | None) -> str:
    if group is None or group.suppressed or group.score is None:
        return words.NOT_SHOWN
    return f"{words.score(group.score)} ({words.band(group.n_band)})"


def reliability_table(profile: PublishedProfile) -> AnnexTable:
    """Give alpha and omega of every heading."""
    rows = []
    for heading in profile.headings:
        found = profile.reliability.get(heading.id)
        if found is not None:
            rows.append(AnnexRow(heading.name, (*_coefficient(found.alpha), *_coefficient(found.omega)[::2])))
    columns = ("Heading", "Cronbach’s α", "95% interval", "Base of α", "McDonald’s ω", "Base of ω")
    some = any(cell != NOT_GIVEN for row in rows for cell in row.cells)
    return AnnexTable(
        "How well the questions under a heading hang together",
        columns,
        tuple(rows) if some else (),
        "reliability",
    )


def _coefficient(found: Coefficient | None) -> tuple[str, str, str]:
    if found is None:
        return (NOT_GIVEN,) * 3
    interval = NOT_GIVEN
    if found.low is not None and found.high is not None:
        interval = f"{_two(found.low)} to {_two(found.high)}"
    return _two(found.value), interval, found.n_band


def _two(value: float | None) -> str:
    return NOT_GIVEN if value is None else f"{value:.2f}".replace("-", "−")


def agreement_table(profile: PublishedProfile) -> AnnexTable:
    """Give the agreement of staff under every heading."""
    rows = []
    for heading in profile.headings:
        found = profile.reliability.get(heading.id)
        if found is None:
            continue
        values = tuple(_two(v) for v in (found.r_star_wg, found.r_wg_j, found.icc1, found.icc2))
        read = {None: NOT_GIVEN, True: "staff agree with each other", False: "staff differ"}
        rows.append(AnnexRow(heading.name, (*values, read[heading.staff_agree])))
    columns = ("Heading", "r*wg", "rwg(j)", "ICC(1)", "ICC(2)", "How the brief reads it")
    some = any(cell != NOT_GIVEN for row in rows for cell in row.cells)
    caption = "How far staff agree with each other"
    return AnnexTable(caption, columns, tuple(rows) if some else (), "agreement")


def rater_table(profile: PublishedProfile) -> AnnexTable:
    """Give the agreement of raters under every heading."""
    rows = tuple(
        AnnexRow(heading.name, (_two(found.rater_alpha), found.rater_note))
        for heading in profile.headings
        if (found := profile.reliability.get(heading.id)) is not None
    )
    columns = ("Heading", "Krippendorff’s α", "Double ratings")
    return AnnexTable("How far raters of the same evidence agree", columns, rows, "raters")


def source_table(profile: PublishedProfile) -> AnnexTable:
    """Give what each source says under each heading, and the combined score."""
    rows = []
    for heading in profile.headings:
        cells = [_source(source, getattr(heading.sources, source)) for source in SOURCES]
        combined = heading.combined
        if combined is None:
            cells += [NOT_GIVEN, NOT_GIVEN]
        else:
            cells += [words.score(combined.score), words.score_range(combined.low, combined.high)]
        rows.append(AnnexRow(heading.name, (*cells, words.stage(heading.stage))))
    names = tuple(words.sentence_case(name) for name in words.SOURCE_NAMES.values())
    columns = ("Heading", *names, "Combined", "Likely range", "Stage")
    return AnnexTable("The four sources and the combined score", columns, tuple(rows), "sources")


def _source(source: Source, score: SourceScore | None) -> str:
    if score is None:
        return _SILENT
    base = (
        score.n_band
        if score.n_band
        else wording.counted_noun(score.n, "record")
        if score.n is not None
        else NOT_GIVEN
    )
    parts = [base, *(["thin"] if score.thin else [])]
    if score.not_seen:
        parts.append(f"{score.not_seen} rated not seen")
    return f"{words.source_score(source, score.score)} ({', '.join(parts)})"


def code_table(profile: PublishedProfile) -> AnnexTable:
    """Give every pair of counted sources with its code and who decided it."""
    names = words.SOURCE_NAMES
    rows = [
        AnnexRow(heading.name, _pair(pair), words.sentence_case(f"{names[pair.a]} and {names[pair.b]}"))
        for heading in profile.headings
        for pair in heading.pairs
    ]
    columns = ("Heading and sources", "Points apart", "Code", "Decision and reason")
    return AnnexTable("Pairs of sources and their codes", columns, tuple(rows), "codes")


def _pair(pair: Pair) -> tuple[str, ...]:
    return str(pair.difference), _CODES[pair.code], _decision(pair.status, pair.reason)


def _decision(status: Status, reason: str | None) -> str:
    """Say what a person decided, and why; what nobody decided on needs no reason."""
    if status == "proposed":
        return _DECIDED[status]
    return f"{_DECIDED[status]}: {reason or 'no reason given'}"


def pattern_table(profile: PublishedProfile, framework: Framework) -> AnnexTable:
    """Give every named pattern and who decided on it."""
    rows = tuple(
        AnnexRow(heading.name, _pattern(pattern, framework))
        for heading in profile.headings
        for pattern in heading.patterns
    )
    columns = ("Heading", "Pattern", "Decision and reason")
    return AnnexTable("Named patterns", columns, rows, "patterns")


def _pattern(pattern: Pattern, framework: Framework) -> tuple[str, ...]:
    comparison = framework.comparison
    name = PATTERN_NAMES.get(pattern.id, pattern.id.replace("_", " "))
    said = words.sentence_case(name.format(upper=comparison.upper, lower=comparison.lower))
    return said, _decision(pattern.status, pattern.reason)


def confidence_table(profile: PublishedProfile) -> AnnexTable:
    """Give the grade of confidence of every heading with its reasons."""
    rows = tuple(
        AnnexRow(
            heading.name,
            (
                words.sentence_case(heading.confidence.grade),
                " ".join(wording.sentence(reason.text) for reason in heading.confidence.reasons)
                or "Nothing lowers it.",
            ),
        )
        for heading in profile.headings
    )
    return AnnexTable("Confidence and its reasons", ("Heading", "Confidence", "Reasons"), rows, "confidence")


def step_table(profile: PublishedProfile, framework: Framework) -> AnnexTable:
    """Give the order of the steps, how often each came among the first, and which orders are not settled."""
    titles = {step.id: step.title for step in framework.steps}
    place = {step.id: step.rank for step in profile.steps}
    first = framework.settings.steps_first
    rows = []
    for step in profile.steps:
        tied = sorted(place[other] for other in step.tied_with if other in place)
        before = wording.listed([titles[other] for other in step.requires if other in titles])
        cells = (
            str(step.rank),
            _tests(step.top_three_share),
            _places(tied) if tied else "settled",
            before or "nothing",
        )
        rows.append(AnnexRow(titles.get(step.id, step.id), cells))
    among = f"Among the first {wording.number(first)}"
    columns = ("Step", "Place", among, "Order not settled with", "Needs first")
    return AnnexTable("The order of the steps, tested", columns, tuple(rows), "steps")


def _tests(share: int) -> str:
    return "none or very few" if share == 0 else "nearly all draws" if share == 100 else f"{share}% of draws"


def _places(places: list[int]) -> str:
    noun = "place" if len(places) == 1 else "places"
    return f"{noun} {wording.listed([str(place) for place in places])}"


def importance_table(profile: PublishedProfile, framework: Framework) -> AnnexTable:
    """Give how closely each heading goes with the outcome items."""
    names = {heading.id: heading.name for heading in framework.headings}
    rows = tuple(
        AnnexRow(names.get(derived.heading, derived.heading), (f"{derived.share}%",))
        for derived in profile.derived_importance
    )
    columns = ("Heading", "Share of the explained spread of the outcome questions")
    return AnnexTable("Which headings go with the outcome questions", columns, rows, "importance")


def _lower(heading: PublishedHeading) -> str:
    return heading.name[:1].lower() + heading.name[1:]
