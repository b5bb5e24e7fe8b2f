"""The fieldwork plan in rows and words: what is planned, why, and whom it would not hear."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.commissioning.plan.queries import PlanRow
from app.interchange.vocabulary import quoted
from diagnostics.evidence import DATA_REVIEW, FIELDWORK, Frame
from diagnostics.fieldwork_plan import (
    FOCUS_GROUP_FROM,
    LARGER_FROM,
    LEAST_SETTINGS,
    SPARE_OBSERVATIONS,
    PlannedWork,
)
from diagnostics.framework import Framework
from diagnostics.plan_coverage import (
    HOURS_A_DAY,
    HOURS_OBSERVING,
    HOURS_WITH_ONE,
    HOURS_WITH_SEVERAL,
    PlanCoverage,
    plan_coverage,
)
from diagnostics.published import Source
from diagnostics.wording import counted_noun, listed, number

SOURCES: Mapping[Source, str] = {
    "interview": "Interviews",
    "observation": "Observations",
    "document": "Documents and data",
}
WHAT: Mapping[Source, str] = {"interview": "Kind", "observation": "Setting", "document": "Type"}
ONE: Mapping[Source, str] = {
    "interview": "an interview or focus group",
    "observation": "an observation",
    "document": "a document or data review",
}
ANY = "Any"
REVIEW_OF_DATA = "Review of the council’s own figures"
MOST_NAMED = 8


def kinds_of(framework: Framework, source: Source) -> dict[str, str]:
    """Give the kinds of a source by id, with their names."""
    kinds = {
        "interview": framework.interview_kinds,
        "observation": framework.observation_settings,
        "document": framework.document_types,
    }.get(source, ())
    found = {kind.id: kind.name for kind in kinds}
    return {**found, DATA_REVIEW: REVIEW_OF_DATA} if source == "document" else found


@dataclass(frozen=True, slots=True)
class WorkLine:
    """A row of the plan in words; ``id`` is empty in a proposal."""

    kind: str
    role_group: str
    service_area: str
    number: int
    note: str = ""
    id: str = ""

    @property
    def called(self) -> str:
        """Name the row for whoever hears only the link beside it."""
        parts = [self.kind, *(part for part in (self.role_group, self.service_area) if part != ANY)]
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class SourceView:
    """The rows of one source."""

    source: Source
    name: str
    what: str
    one: str
    total: int
    lines: tuple[WorkLine, ...]

    @property
    def with_role_groups(self) -> bool:
        """Whether any row is tied to a role group."""
        return any(line.role_group != ANY for line in self.lines)

    @property
    def with_service_areas(self) -> bool:
        """Whether any row is tied to a service area."""
        return any(line.service_area != ANY for line in self.lines)


def proposal_view(framework: Framework, proposal: Sequence[PlannedWork]) -> tuple[SourceView, ...]:
    """Lay a proposal out by source."""
    return _by_source([(work, _line(framework, work)) for work in proposal])


def plan_view(framework: Framework, rows: Sequence[PlanRow]) -> tuple[SourceView, ...]:
    """Lay a plan out by source."""
    return _by_source([(row.work, row_line(framework, row)) for row in rows])


def row_line(framework: Framework, row: PlanRow) -> WorkLine:
    """Put a row into words."""
    return _line(framework, row.work, row.note, str(row.id))


def _line(framework: Framework, work: PlannedWork, note: str = "", id_: str = "") -> WorkLine:
    names = {group.id: group.name for group in framework.role_groups}
    return WorkLine(
        kind=kinds_of(framework, work.source).get(work.kind, work.kind),
        role_group=names.get(work.role_group or "", work.role_group or ANY),
        service_area=work.service_area or ANY,
        number=work.number,
        note=note,
        id=id_,
    )


def _by_source(lines: Sequence[tuple[PlannedWork, WorkLine]]) -> tuple[SourceView, ...]:
    return tuple(
        SourceView(
            source=source,
            name=SOURCES[source],
            what=WHAT[source],
            one=ONE[source],
            total=sum(work.number for work, _ in lines if work.source == source),
            lines=tuple(line for work, line in lines if work.source == source),
        )
        for source in FIELDWORK
    )


def reasons(framework: Framework) -> tuple[str, ...]:
    """Say by which rules a plan is proposed, a sentence each."""
    settings, sides = framework.settings, framework.comparison
    least = settings.thin_records + SPARE_OBSERVATIONS
    first, second = LARGER_FROM
    return (
        f"Every role group is interviewed at least {_times(settings.thin_records)}, so that none "
        "speaks through one voice alone.",
        f"{sides.upper.capitalize()} and {sides.lower} are each interviewed at least "
        f"{_times(settings.comparison_records)}, so that the report can say in words where the two "
        "differ.",
        f"{sides.lower.capitalize()} talk in a group where {number(FOCUS_GROUP_FROM)} or more of them work "
        "in one service area, each time in another area, the largest first.",
        f"Meetings are observed in at least {number(LEAST_SETTINGS)} settings, until every heading can be "
        f"seen in {number(least)} of them: one more than it needs, because not every sign shows itself.",
        "Documents are read until everything that a document can show is looked for, and the council’s own "
        "figures are read once.",
        f"A source counts under a heading from {number(settings.thin_records)} records on; below that it is "
        "thin, which means that it is shown but not counted.",
        f"From {first} staff on there is one more interview on each side and one more observation, and from "
        f"{second:,} on there are two.",
        f"On site, an interview takes {_hours(HOURS_WITH_ONE)} with the way to the next, a group "
        f"{_hours(HOURS_WITH_SEVERAL)} and an observation {_hours(HOURS_OBSERVING)}; a day has room for "
        f"{_hours(HOURS_A_DAY)} of them, and documents are read elsewhere.",
        f"Two people should rate the same evidence at least {_times(settings.rater_units)}, because "
        "ratings that nobody checked lower our confidence.",
    )


def _times(n: int) -> str:
    return {1: "once", 2: "twice"}.get(n, f"{number(n)} times")


def _hours(hours: float) -> str:
    whole, half = int(hours), hours % 1 == 0.5
    if half:
        return f"{number(whole)} and a half hours"
    return "one hour" if whole == 1 else f"{number(whole)} hours"


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """How many records each source would have under a heading, in words."""

    heading: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CoverageView:
    """What a plan reaches: its gaps, what it covers, and its records by heading."""

    gaps: tuple[str, ...]
    covered: tuple[str, ...]
    headings: tuple[HeadingLine, ...]


def coverage_view(framework: Framework, frame: Frame, work: Sequence[PlannedWork]) -> CoverageView:
    """Say what a plan would and would not reach."""
    coverage = plan_coverage(framework, frame, work)
    thin = [one for one in coverage.reach if one.thin]
    return CoverageView(
        gaps=tuple(_gaps(framework, frame, work, coverage)),
        covered=tuple(_covered(framework, coverage, bool(thin))),
        headings=tuple(
            HeadingLine(
                heading.name,
                tuple(
                    f"{one.records}, thin" if one.thin else str(one.records)
                    for one in coverage.reach
                    if one.heading == heading.id
                ),
            )
            for heading in framework.headings
        ),
    )


def _gaps(
    framework: Framework, frame: Frame, work: Sequence[PlannedWork], coverage: PlanCoverage
) -> Iterator[str]:
    sides = {"upper": framework.comparison.upper, "lower": framework.comparison.lower}
    needed = framework.settings.comparison_records
    for side in coverage.sides:
        if not side.enough:
            yield (
                f"{_talks(side.interviews)} with {sides[side.side]} would be too few to compare the two "
                f"sides: it takes {number(needed)}."
            )
    for group in coverage.unheard_groups:
        yield f"Nobody would be interviewed from {framework.role_group(group).name}."
    if coverage.unheard_areas:
        named = coverage.unheard_areas[:MOST_NAMED]
        more = len(coverage.unheard_areas) - len(named)
        words = [quoted(area) for area in named] + ([f"{more} more service areas"] if more else [])
        yield f"None of the {sides['lower']} would be heard in {listed(words)}."
    if coverage.settings < LEAST_SETTINGS:
        yield (
            f"Observations in {counted_noun(coverage.settings, 'setting')} would be too few: plan at least "
            f"{number(LEAST_SETTINGS)}."
        )
    for source in FIELDWORK:
        thin = [one.heading for one in coverage.reach if one.source == source and one.thin]
        if thin:
            names = [heading.name for heading in framework.headings if heading.id in thin]
            yield f"{SOURCES[source]} would be thin under {listed([quoted(name) for name in names])}."
    people = frame.role_groups
    for role in dict.fromkeys(row.role_group for row in work if row.role_group):
        if not people.get(role):
            name = next((group.name for group in framework.role_groups if group.id == role), role)
            yield f"The plan names {name}, but nobody is counted there in the frame."


def _talks(n: int) -> str:
    return "No interview" if n == 0 else counted_noun(n, "interview")


def _covered(framework: Framework, coverage: PlanCoverage, thin: bool) -> Iterator[str]:
    sides = {"upper": framework.comparison.upper, "lower": framework.comparison.lower}
    enough = [
        f"{counted_noun(s.interviews, 'interview')} with {sides[s.side]}" for s in coverage.sides if s.enough
    ]
    if enough:
        yield f"There would be {listed(enough)}."
    if not coverage.unheard_groups:
        yield "Every role group in the frame would be heard."
    if not thin:
        yield "No source would be thin under any heading, if what is looked for is found."
    if coverage.settings >= LEAST_SETTINGS:
        yield f"Meetings would be observed in {number(coverage.settings)} settings."
    if coverage.days:
        yield f"This takes about {_days(coverage.days)} on site."


def _days(days: float) -> str:
    whole, half = int(days), days % 1 == 0.5
    if half:
        return f"{number(whole)} and a half days" if whole else "half a day"
    return "one day" if whole == 1 else f"{number(whole)} days"
