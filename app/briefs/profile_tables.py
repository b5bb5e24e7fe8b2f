"""Which plain tables a published profile gives, and what stands in them."""

from app.briefs import words
from app.briefs.plain_tables import (
    NO_COMPARISON,
    NO_WAVE,
    NONE,
    NOT_FOR_THIS,
    SILENT,
    Cell,
    Column,
    Exact,
    PlainTable,
    value_or,
)
from diagnostics.comparison import Comparison, HeadingComparison
from diagnostics.framework import Framework
from diagnostics.published import (
    SOURCES,
    GroupResponse,
    GroupScore,
    PublishedChange,
    PublishedHeading,
    PublishedItem,
    PublishedProfile,
    PublishedStep,
    Source,
)

_HEADING = Column("Heading", "One of the headings of the learning culture.", part="heading", width=34)
_CHANGE = (
    Column("Change", "Change of the survey score since the last wave, in points.", "points"),
    Column("Change from", "The lower end of the interval of that change.", "points"),
    Column("Change to", "The upper end of the interval of that change.", "points"),
    Column("More than chance", "Whether the change is more than chance is likely to bring.", width=22),
)
_EFFORTS = {"S": "small", "M": "medium", "L": "large"}
_SCORE_RULE = "Scores run from 0 to 100 and are whole points."
_BAND_RULE = "How many people answered, as a band, so that nobody can be counted."


def present_plain_tables(
    profile: PublishedProfile, framework: Framework, comparison: Comparison | None = None
) -> tuple[PlainTable, ...]:
    """Make every table that has rows, in the order of the brief."""
    tables = (
        _headings(profile, framework),
        *([_other_councils(profile, comparison)] if comparison else []),
        _sources(profile),
        _heard(profile),
        _response(profile),
        _groups(profile, "Role groups", by_area=False),
        _groups(profile, "Service areas", by_area=True),
        _questions(profile),
        _answers(profile),
        _needs(profile, framework),
        _steps(profile, framework),
    )
    return tuple(table for table in tables if table.rows)


def _headings(profile: PublishedProfile, framework: Framework) -> PlainTable:
    upper, lower = framework.comparison.upper, framework.comparison.lower
    columns = (
        _HEADING,
        Column("Stage", "The stage that the likely range reaches.", width=24),
        Column("Score", f"All sources together. {_SCORE_RULE}", "score"),
        Column("Likely from", "The lower end of the likely range of the score.", "score"),
        Column("Likely to", "The upper end of the likely range of the score.", "score"),
        Column("Confidence", "How sure we are: high, moderate, low or very low."),
        Column("Why no surer", "What lowers our confidence.", width=50),
        *_CHANGE,
        Column(
            words.sentence_case(upper),
            "Their survey score, on questions that both groups were shown.",
            "score",
        ),
        Column(words.sentence_case(lower), "Their survey score, on the same questions.", "score", width=14),
        Column("Gap", f"How far {upper} are above {lower}, in points.", "points"),
        Column("Staff", "Whether staff agree with each other.", width=24),
    )
    return PlainTable(
        "Headings", "Each heading over all sources.", columns,
        tuple(_heading(heading, profile) for heading in profile.headings),
    )  # fmt: skip


def _heading(heading: PublishedHeading, profile: PublishedProfile) -> tuple[Cell, ...]:
    combined, gap = heading.combined, heading.gap
    ranges: tuple[Cell, ...] = (combined.score, combined.low, combined.high) if combined else (NONE,) * 3
    reasons = " ".join(
        f"{words.sentence_case(reason.text).removesuffix('.')}." for reason in heading.confidence.reasons
    )
    if gap is None:
        sides: tuple[Cell, ...] = (NONE,) * 3
    elif gap.suppressed:
        sides = (words.NOT_SHOWN,) * 3
    else:
        sides = tuple(value_or(value, words.NOT_SHOWN) for value in (gap.upper, gap.lower, gap.difference))
    agree = {True: "agree with each other", False: "differ from each other", None: words.NOT_SHOWN}
    return (
        heading.name,
        words.stage(heading.stage),
        *ranges,
        heading.confidence.grade,
        reasons or "nothing lowers it",
        *_change(heading.change, profile.wave == 1),
        *sides,
        agree[heading.staff_agree],
    )


def _change(change: PublishedChange | None, first_wave: bool) -> tuple[Cell, ...]:
    if change is None:
        return (NO_WAVE if first_wave else NO_COMPARISON,) * len(_CHANGE)
    if change.difference is None or change.low is None or change.high is None:
        why = f"{NO_COMPARISON}: {change.reason}" if change.reason else NO_COMPARISON
        return (NO_COMPARISON, NO_COMPARISON, NO_COMPARISON, why)
    return (change.difference, change.low, change.high, "yes" if change.reliable else "no")


def _other_councils(profile: PublishedProfile, comparison: Comparison) -> PlainTable:
    by = f"({comparison.quartiles})"
    columns = (
        _HEADING,
        Column("Councils", "How many other councils have a score here.", "number"),
        Column("Median", f"The middle of their scores. {_SCORE_RULE}", "score"),
        Column("Middle half from", f"The lower quartile of their scores {by}, rounded down.", "score"),
        Column("Middle half to", f"The upper quartile of their scores {by}, rounded up.", "score"),
    )
    return PlainTable(
        "Other councils",
        "The newest scores of other councils under the same framework. No target and no league table.",
        columns,
        tuple((heading.name, *_peers(comparison.of(heading.id))) for heading in profile.headings),
    )


def _peers(found: HeadingComparison | None) -> tuple[Cell, ...]:
    if found is None:
        return (words.NO_PEERS,) * 4
    return (found.authorities, found.median, found.lower, found.upper)


def _sources(profile: PublishedProfile) -> PlainTable:
    columns = (
        _HEADING,
        Column("Source", "Who or what spoke.", part="group"),
        Column("Score", f"This source alone. {_SCORE_RULE}", "score"),
        Column("Interval from", "The lower end of the survey’s interval.", "score", width=14),
        Column("Interval to", "The upper end of the survey’s interval.", "score"),
        Column("Records", "Interviews, observations or documents that speak to the heading.", "number"),
        Column("People", _BAND_RULE, width=16),
        Column("Thin", "Yes: too few records or topics, so shown but not counted."),
        Column("Topics", "Characteristics that the source speaks to.", "number"),
        Column("Not seen", "Ratings that say: looked for and not seen.", "number"),
    )
    rows = tuple(
        (heading.name, words.SOURCE_NAMES[source], *_source(heading, source))
        for heading in profile.headings
        for source in SOURCES
    )
    return PlainTable("Sources", "Each heading by source.", columns, rows)


def _source(heading: PublishedHeading, source: Source) -> tuple[Cell, ...]:
    score = heading.sources.present().get(source)
    if score is None:
        return (SILENT,) * 8
    survey = source == "survey"
    return (
        score.score if survey else Exact(score.score),
        value_or(score.low, NOT_FOR_THIS),
        value_or(score.high, NOT_FOR_THIS),
        value_or(score.n, NOT_FOR_THIS),
        value_or(score.n_band, words.NOT_SHOWN) if survey else NOT_FOR_THIS,
        "yes" if score.thin else "no",
        score.characteristics,
        NOT_FOR_THIS if survey else score.not_seen,
    )


def _heard(profile: PublishedProfile) -> PlainTable:
    response = profile.response
    silent = NOT_FOR_THIS if profile.survey_dates is None else words.NOT_SHOWN
    rows: tuple[tuple[Cell, ...], ...] = (
        ("Staff asked", NOT_FOR_THIS if profile.survey_dates is None else response.frame),
        ("Staff who answered", value_or(response.answered, silent)),
        ("Staff who answered, in per cent", value_or(response.rate, silent)),
        *(
            (f"Records of {words.SOURCE_NAMES[source]}", profile.records.get(source) or NONE)
            for source in SOURCES[1:]
        ),
    )
    columns = (
        Column("What", "What was counted.", part="group", width=34),
        Column("Number", "How many.", "number"),
    )
    return PlainTable("Heard", "From whom we heard, in all.", columns, rows)


def _response(profile: PublishedProfile) -> PlainTable:
    columns = (
        Column("Breakdown", "By role or by service area.", part="question", width=16),
        Column("Group", "Role group or service area.", part="group", width=40),
        Column(
            "Answered", "Share of the group that answered, in per cent to the nearest 5%.", "share", width=16
        ),
        Column("People", _BAND_RULE, width=16),
    )
    by = (("role", profile.response.by_role_group), ("service area", profile.response.by_service_area))
    rows = tuple(
        (f"By {name}", group.name, *_group_response(group)) for name, groups in by for group in groups
    )
    return PlainTable("Response", "Who answered, by role and by service area.", columns, rows)


def _group_response(group: GroupResponse) -> tuple[Cell, ...]:
    if group.suppressed:
        return (words.NOT_SHOWN,) * 2
    return (value_or(group.rate, words.NOT_KNOWN), value_or(group.n_band, words.NOT_SHOWN))


def _groups(profile: PublishedProfile, name: str, *, by_area: bool) -> PlainTable:
    columns = (
        _HEADING,
        Column("Service area" if by_area else "Role group", "The group.", part="group", width=40),
        Column("Score", f"Survey score of the group. {_SCORE_RULE}", "score"),
        Column("People", _BAND_RULE, width=16),
        *_CHANGE,
    )
    rows = tuple(
        (heading.name, group.name, *_group_score(group, profile.wave == 1))
        for heading in profile.headings
        for group in (heading.groups.service_area if by_area else heading.groups.role_group)
    )
    return PlainTable(name, f"Survey scores by {'service area' if by_area else 'role'}.", columns, rows)


def _group_score(group: GroupScore, first_wave: bool) -> tuple[Cell, ...]:
    if group.suppressed or group.score is None:
        return (words.NOT_SHOWN,) * (2 + len(_CHANGE))
    return (group.score, value_or(group.n_band, words.NOT_SHOWN), *_change(group.change, first_wave))


_QUESTION = (
    Column("Code", "The question’s code.", part="question"),
    Column("Question", "The question as staff read it.", part="question", width=70),
)


def _questions(profile: PublishedProfile) -> PlainTable:
    columns = (
        _HEADING,
        *_QUESTION,
        Column("Score", f"Over all staff who answered. {_SCORE_RULE}", "score"),
        Column("Don’t know", "Don’t know or not my role, in per cent to the nearest 5%.", "share"),
        Column("People", _BAND_RULE, width=16),
        *_CHANGE,
    )
    rows = tuple(
        (heading.name, item.code, item.text, *_question(item, profile.wave == 1))
        for heading in profile.headings
        for item in heading.items
    )
    return PlainTable("Questions", "The survey, question by question.", columns, rows)


def _question(item: PublishedItem, first_wave: bool) -> tuple[Cell, ...]:
    if item.suppressed or item.score is None:
        return (words.NOT_SHOWN,) * (3 + len(_CHANGE))
    return (
        item.score,
        item.dont_know or "none or very few",
        value_or(item.n_band, words.NOT_SHOWN),
        *_change(item.change, first_wave),
    )


def _answers(profile: PublishedProfile) -> PlainTable:
    columns = (
        _HEADING,
        *_QUESTION,
        Column("Answer", "The answers, the lowest first.", part="group", width=20),
        Column("Share", "Staff who gave this answer, in per cent to the nearest 5%.", "share", width=14),
    )
    rows = tuple(
        (heading.name, item.code, item.text, label, share)
        for heading in profile.headings
        for item in heading.items
        for label, share in zip(item.labels, _shares(item), strict=True)
    )
    return PlainTable("Answers", "How staff answered each question.", columns, rows)


def _shares(item: PublishedItem) -> tuple[Cell, ...]:
    if item.suppressed or item.shares is None:
        return (words.NOT_SHOWN,) * len(item.labels)
    return item.shares


def _needs(profile: PublishedProfile, framework: Framework) -> PlainTable:
    columns = (
        Column("Answer", f"An answer to “{framework.needs.text}”.", part="group", width=60),
        Column("Share", "Staff who chose it, in per cent to the nearest 5%.", "share", width=14),
    )
    rows = tuple(
        (need.label, words.NOT_SHOWN if need.suppressed else value_or(need.share, words.NOT_SHOWN))
        for need in profile.needs
    )
    return PlainTable("Needs", "Evidence that staff ask for.", columns, rows)


def _steps(profile: PublishedProfile, framework: Framework) -> PlainTable:
    columns = (
        Column("Step", "What to do, in a few words.", part="group", width=44),
        Column("Place", "Its place in the order of steps.", "number", width=8),
        Column("First", "Yes: one of the steps to do first.", width=8),
        Column(
            "In the first three",
            "How often tests with other weights put it there, in per cent.",
            "number",
            width=16,
        ),
        Column("Equal to", "Steps that came out equal in our tests.", width=44),
        Column("Owner", "The role that owns the step.", width=30),
        Column("Effort", "Small, medium or large."),
        Column("Finding", "What we found that the step answers.", width=60),
        Column("Evidence", "The marks of the evidence list.", width=30),
    )
    titles = {step.id: step for step in framework.steps}
    rows = tuple(
        (
            titles[step.id].title,
            step.rank,
            "yes" if step.first else "no",
            step.top_three_share,
            "; ".join(f"“{titles[other].title}”" for other in step.tied_with) or NONE,
            titles[step.id].owner,
            _EFFORTS[titles[step.id].effort],
            *_finding(step, profile),
        )
        for step in sorted(profile.steps, key=lambda step: step.rank)
    )
    return PlainTable("Steps", "Every step that was weighed, in order.", columns, rows)


def _finding(step: PublishedStep, profile: PublishedProfile) -> tuple[Cell, Cell]:
    if not step.findings:
        return NONE, NONE
    finding = profile.finding(step.findings[0])
    return f"{finding.lead} {finding.text}".strip(), "; ".join(finding.evidence) or NONE
