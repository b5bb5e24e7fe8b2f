"""A data table for every chart, printed in the Evidence section."""

from dataclasses import dataclass

from app.briefs import words
from app.briefs.evidence_section import staff_agreement
from app.briefs.page_three import Year
from app.briefs.page_two import gap_words
from app.briefs.strip import score_before, source_before
from diagnostics import wording
from diagnostics.comparison import Comparison
from diagnostics.framework import Framework
from diagnostics.published import (
    LETTERS,
    SOURCES,
    GroupResponse,
    GroupScore,
    PublishedChange,
    PublishedHeading,
    PublishedProfile,
    Source,
    SourceScore,
)

ROLE_TABLE, AREA_TABLE = "table 5", "table 6"


@dataclass(frozen=True, slots=True)
class DataRow:
    """A row: its head and its cells."""

    head: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table with a caption that says what it is. ``columns`` starts with the head of the row heads."""

    id: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[DataRow, ...]
    note: str = ""


def present_data_tables(
    profile: PublishedProfile,
    framework: Framework,
    year: Year,
    previous: PublishedProfile | None,
    comparison: Comparison | None,
) -> tuple[DataTable, ...]:
    """Make the tables, numbered in the order of the charts that they belong to."""
    tables = (
        _strip(profile, previous, comparison),
        _sources(profile, previous),
        _gaps(profile, framework),
        _year(year),
        _response(profile),
        _areas(profile),
        _groups(profile, by_area=False),
        _groups(profile, by_area=True),
        _needs(profile, framework),
    )
    return tuple(
        DataTable(f"table-{place}", f"Table {place}. {table.caption}", table.columns, table.rows, table.note)
        for place, table in enumerate(tables, start=1)
        if table.rows
    )


def _strip(
    profile: PublishedProfile, previous: PublishedProfile | None, comparison: Comparison | None
) -> DataTable:
    rows = tuple(
        DataRow(
            heading.name,
            (
                words.stage(heading.stage),
                _score_words(heading, score_before(heading, previous)),
                words.score_range(heading.combined.low, heading.combined.high)
                if heading.combined
                else "none",
                words.sentence_case(heading.confidence.grade) + _because(heading),
                change_words(heading.change, profile.wave == 1),
                staff_agreement(heading),
                *_peers(heading, comparison),
            ),
        )
        for heading in profile.headings
    )
    return DataTable(
        "",
        "Stage, score, confidence and change (chart on page 1)",
        ("Heading", "Stage", "Score", "Likely range", "Confidence and why", "Survey change", "Staff")
        + (("Other councils",) if comparison else ()),
        rows,
        "The survey change is in points, with its interval. The likely range shows how far the score moves"
        " when any one source is left out, joined with the survey’s own interval. Confidence starts high."
        " It falls when sources are few or disagree, when few people were heard, when raters differ"
        " or when the evidence is old." + _peers_note(comparison),
    )


def _peers(heading: PublishedHeading, comparison: Comparison | None) -> tuple[str, ...]:
    if comparison is None:
        return ()
    found = comparison.of(heading.id)
    return (f"{words.peers(found)} ({found.authorities} councils)" if found else words.NO_PEERS,)


def _peers_note(comparison: Comparison | None) -> str:
    if comparison is None:
        return ""
    first, last = comparison.first_year, comparison.last_year
    years = f"{first}" if first == last else f"{first} to {last}"
    return (
        " Other councils: the middle half of their scores, with the median, from the newest evidence of each"
        f" under the same framework, of {years}. It is no target and no rank."
    )


def _score_words(heading: PublishedHeading, before: int | None) -> str:
    said = words.score(heading.combined.score) if heading.combined else "none"
    return f"{said}. Last wave: {words.score(before)}" if before is not None else said


def _because(heading: PublishedHeading) -> str:
    reasons = [
        f"{words.sentence_case(reason.text).removesuffix('.')}." for reason in heading.confidence.reasons
    ]
    return f". {' '.join(reasons)}" if reasons else ""


def change_words(change: PublishedChange | None, first_wave: bool) -> str:
    """Say a change with its interval, or why there is none."""
    if change is None:
        return "first wave" if first_wave else "cannot compare"
    if change.low is None or change.high is None:
        return f"cannot compare: {change.reason}" if change.reason else "cannot compare"
    said = words.signed_range(change.low, change.high)
    if change.reliable:
        return said
    why = ": too small to count" if words.is_too_small(change) else ""
    return f"no reliable change{why} ({said})"


def _sources(profile: PublishedProfile, previous: PublishedProfile | None) -> DataTable:
    rows = []
    for heading in profile.headings:
        cells = []
        for source in SOURCES:
            cell = _source_words(source, getattr(heading.sources, source))
            earlier = source_before(heading, source, profile, previous)
            if earlier is not None:
                cell += f". Last wave: {words.source_score(source, earlier.score)}"
            cells.append(cell)
        differing = [pair for pair in heading.pairs if pair.code == "dissonance"]
        cells.append(
            "; ".join(
                f"{LETTERS[pair.a]} and {LETTERS[pair.b]}, {pair.difference} apart"
                + (f" (overruled: {pair.reason or 'no reason given'})" if pair.status == "overruled" else "")
                for pair in differing
            )
            or "none"
        )
        rows.append(DataRow(heading.name, tuple(cells)))
    return DataTable(
        "",
        "Each heading by source (chart on page 2)",
        ("Heading", "Survey", "Interviews", "Observation", "Documents", "Sources that disagree"),
        tuple(rows),
        "Silent: the source said nothing on this heading."
        " Thin: too few records or topics, so shown but not counted.",
    )


def _source_words(source: Source, score: SourceScore | None) -> str:
    if score is None:
        return "silent"
    said = words.source_score(source, score.score)
    if score.low is not None and score.high is not None:
        said += f" ({words.score_range(score.low, score.high)}), {words.band(score.n_band)} people"
    elif score.n is not None:
        said += f", {wording.counted_noun(score.n, 'record', 'records')}"
    return f"{said}, thin" if score.thin else said


def _gaps(profile: PublishedProfile, framework: Framework) -> DataTable:
    rows = []
    for heading in profile.headings:
        gap = heading.gap
        if gap is None:
            continue
        if gap.suppressed or gap.upper is None or gap.lower is None or gap.difference is None:
            rows.append(DataRow(heading.name, (words.HIDDEN, words.HIDDEN, words.HIDDEN)))
        else:
            cells = (
                words.score(gap.lower),
                words.score(gap.upper),
                " ".join(gap_words(gap.difference)),
            )
            rows.append(DataRow(heading.name, cells))
    comparison = framework.comparison
    return DataTable(
        "",
        f"{words.sentence_case(comparison.upper)} and {comparison.lower} (chart on page 2)",
        ("Heading", words.sentence_case(comparison.lower), words.sentence_case(comparison.upper), "Gap"),
        tuple(rows),
    )


def _year(year: Year) -> DataTable:
    rows = [DataRow(f"{bar.label}. {bar.title}", (bar.starts, bar.sign)) for bar in year.bars]
    rows.append(DataRow(words.sentence_case(year.wave), (year.wave_month, "")))
    return DataTable(
        "",
        "The year (chart on page 3)",
        ("Step", "First 30 days", "Sign at six months"),
        tuple(DataRow(row.head, tuple(cell or "does not apply" for cell in row.cells)) for row in rows),
    )


def _response(profile: PublishedProfile) -> DataTable:
    rows = tuple(_response_row(group) for group in profile.response.by_role_group)
    return DataTable(
        "", "Who answered, by role (chart on page 4)", ("Role group", "Answered", "People who answered"), rows
    )


def _areas(profile: PublishedProfile) -> DataTable:
    areas = profile.response.by_service_area
    known = not words.shares_are_unknown(areas)
    return DataTable(
        "",
        "Who answered, by service area (chart on page 4)"
        if known
        else "Answers kept with their service area",
        ("Service area", "Answered", "People who answered" if known else "Answers kept"),
        tuple(_response_row(group) for group in areas),
        "Shares are to the nearest 5%." if known else words.AREAS_NOT_KNOWN,
    )


def _response_row(group: GroupResponse) -> DataRow:
    if group.suppressed:
        return DataRow(group.name, (words.HIDDEN, words.NOT_SHOWN))
    return DataRow(group.name, (words.share_or_unknown(group.rate), words.band(group.n_band)))


def _groups(profile: PublishedProfile, by_area: bool) -> DataTable:
    breakdowns = [_breakdown(heading, by_area) for heading in profile.headings]
    names = {group.id: group.name for groups in breakdowns for group in groups}
    rows = tuple(
        DataRow(
            name,
            tuple(
                _group_score(next((group for group in groups if group.id == group_id), None))
                for groups in breakdowns
            ),
        )
        for group_id, name in names.items()
    )
    return DataTable(
        "",
        f"Survey scores by {'service area' if by_area else 'role'}",
        (
            "Service area" if by_area else "Role group",
            *(words.sentence_case(heading.short) for heading in profile.headings),
        ),
        rows,
        "Survey scores from 0 to 100. “Not shown” protects people in a small group.",
    )


def _breakdown(heading: PublishedHeading, by_area: bool) -> tuple[GroupScore, ...]:
    return heading.groups.service_area if by_area else heading.groups.role_group


def _group_score(group: GroupScore | None) -> str:
    if group is None or group.suppressed or group.score is None:
        return words.NOT_SHOWN
    change = group.change
    if change is not None and change.reliable and change.low is not None and change.high is not None:
        return f"{words.score(group.score)} ({words.points_up_or_down(change.low, change.high).lower()})"
    return words.score(group.score)


def _needs(profile: PublishedProfile, framework: Framework) -> DataTable:
    rows = tuple(
        DataRow(
            need.label,
            (words.HIDDEN if need.suppressed or need.share is None else words.share(need.share),),
        )
        for need in profile.needs
    )
    return DataTable(
        "", f"Evidence that staff ask for: “{framework.needs.text}”", ("Answer", "Staff who chose it"), rows
    )
