"""The board of the fieldwork: the plan beside the records, in rows and numbers."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from app.commissioning.models import Diagnostic
from app.commissioning.plan.presenters import ANY, SOURCES, WHAT, kinds_of
from app.commissioning.plan.queries import PlanRow
from app.commissioning.presenters.words import survey_is_over
from diagnostics.evidence import FIELDWORK
from diagnostics.fieldwork_coverage import Gathered, Progress, RowProgress, SourceReach
from diagnostics.framework import Framework
from diagnostics.framework_parts import RoleGroup
from diagnostics.plan_coverage import HeadingReach
from diagnostics.published import Source
from diagnostics.wording import counted_noun

NOT_TIED = "Not tied to one"
# A bar is drawn so wide, in units of its own.
BAR = 200


@dataclass(frozen=True, slots=True)
class Bar:
    """How far something is, as a picture beside its numbers: both ends in units of the bar."""

    done: float
    double: float

    @classmethod
    def of(cls, planned: int, done: int, double: int) -> "Bar":
        """Draw as much as is planned at most."""
        if not planned:
            return cls(0, 0)
        return cls(
            round(BAR * min(done, planned) / planned, 1), round(BAR * min(double, planned) / planned, 1)
        )


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A row of the plan with what of it is there; ``start`` is where to begin a record, if one is missing."""

    kind: str
    role_group: str
    service_area: str
    planned: int
    begun: int
    done: int
    double: int
    start: str

    @property
    def called(self) -> str:
        """Name the row for whoever hears only the link beside it."""
        parts = [self.kind, *(part for part in (self.role_group, self.service_area) if part != ANY)]
        return ", ".join(parts)

    @property
    def state(self) -> str:
        """Say how far it is, for its tag."""
        if self.done >= self.planned:
            return "Done"
        return "In progress" if self.begun else "To do"


@dataclass(frozen=True, slots=True)
class BoardSource:
    """The rows of one source with their sums, and the records of it that no row expected."""

    source: Source
    name: str
    what: str
    planned: int
    begun: int
    done: int
    double: int
    lines: tuple[BoardLine, ...]
    others: int
    others_double: int
    unexpected: tuple[str, ...]

    @property
    def bar(self) -> Bar:
        """Draw how far it is."""
        return Bar.of(self.planned, self.done, self.double)

    @property
    def with_role_groups(self) -> bool:
        """Whether any row is tied to a role group."""
        return any(line.role_group != ANY for line in self.lines)

    @property
    def with_service_areas(self) -> bool:
        """Whether any row is tied to a service area."""
        return any(line.service_area != ANY for line in self.lines)


@dataclass(frozen=True, slots=True)
class TallyLine:
    """What is planned and there for one role group, service area or kind."""

    name: str
    planned: int
    done: int
    double: int


@dataclass(frozen=True, slots=True)
class Cell:
    """What one source has under one heading, in words, and how the cell is marked."""

    text: str
    word: str
    mark: str
    planned: str


@dataclass(frozen=True, slots=True)
class HeadingCells:
    """The cells of one heading, one a source."""

    heading: str
    cells: tuple[Cell, ...]


def board_sources(
    framework: Framework, rows: Sequence[PlanRow], progress: Progress, address: str
) -> tuple[BoardSource, ...]:
    """Lay the plan out by source; ``address`` is where records begin, empty for whoever only reads."""
    lines = [
        (row.work.source, _line(framework, row, so_far, address))
        for row, so_far in zip(rows, progress.rows, strict=True)
    ]
    return tuple(_source(framework, source, lines, progress) for source in FIELDWORK)


def _source(
    framework: Framework, source: Source, lines: Sequence[tuple[Source, BoardLine]], progress: Progress
) -> BoardSource:
    own = tuple(line for of, line in lines if of == source)
    kinds = kinds_of(framework, source)
    others = [one for one in progress.unexpected if one.source == source]
    counted = Counter(kinds.get(one.kind, one.kind) for one in others)
    return BoardSource(
        source=source,
        name=SOURCES[source],
        what=WHAT[source],
        planned=sum(line.planned for line in own),
        begun=sum(line.begun for line in own),
        done=sum(line.done for line in own),
        double=sum(line.double for line in own),
        lines=own,
        others=len(others),
        others_double=sum(one.double for one in others),
        unexpected=tuple(f"{name}: {n}" for name, n in counted.items()),
    )


def _line(framework: Framework, row: PlanRow, so_far: RowProgress, address: str) -> BoardLine:
    work = row.work
    names = {group.id: group.name for group in framework.role_groups}
    known = {"kind": work.kind, "role_group": work.role_group, "service_area": row.area_id}
    query = urlencode({name: str(value) for name, value in known.items() if value})
    return BoardLine(
        kind=kinds_of(framework, work.source).get(work.kind, work.kind),
        role_group=names.get(work.role_group or "", work.role_group or ANY),
        service_area=work.service_area or ANY,
        planned=work.number,
        begun=so_far.begun,
        done=so_far.done,
        double=so_far.double,
        start=f"{address}/records/new/{work.source}?{query}"
        if address and so_far.begun < work.number
        else "",
    )


def tallies_by_group(
    groups: Sequence[RoleGroup], rows: Sequence[PlanRow], records: Sequence[Gathered]
) -> tuple[TallyLine, ...]:
    """Sum the plan and the records by role group; documents belong to none."""
    return _tallies(
        {group.id: group.name for group in groups},
        [(row.work.role_group, row.work.number) for row in rows if row.work.source != "document"],
        [(one.role_group, one) for one in records if one.source != "document"],
    )


def tallies_by_area(
    areas: Mapping[UUID, str], rows: Sequence[PlanRow], records: Sequence[Gathered]
) -> tuple[TallyLine, ...]:
    """Sum the plan and the records by service area; documents belong to none."""
    return _tallies(
        {name: name for name in areas.values()},
        [(row.work.service_area, row.work.number) for row in rows if row.work.source != "document"],
        [(one.service_area, one) for one in records if one.source != "document"],
    )


def tallies_by_kind(
    framework: Framework, rows: Sequence[PlanRow], records: Sequence[Gathered]
) -> tuple[TallyLine, ...]:
    """Sum the plan and the records by kind; kinds that are neither planned nor there are left out."""
    names = {
        f"{source}.{kind}": name for source in FIELDWORK for kind, name in kinds_of(framework, source).items()
    }
    found = _tallies(
        names,
        [(f"{row.work.source}.{row.work.kind}", row.work.number) for row in rows],
        [(f"{one.source}.{one.kind}", one) for one in records],
    )
    return tuple(line for line in found if line.planned or line.done)


def _tallies(
    names: Mapping[str, str],
    planned: Sequence[tuple[str | None, int]],
    records: Sequence[tuple[str | None, Gathered]],
) -> tuple[TallyLine, ...]:
    def line(name: str, keys: Iterable[str | None]) -> TallyLine:
        own = frozenset(keys)
        here = [one for key, one in records if key in own]
        return TallyLine(
            name,
            sum(number for key, number in planned if key in own),
            sum(one.done for one in here),
            sum(one.double for one in here),
        )

    rest = {key for key, _ in [*planned, *records] if key not in names}
    lines = tuple(line(name, [key]) for key, name in names.items())
    return (*lines, line(NOT_TIED, rest)) if rest else lines


def fieldwork_is_over(diagnostic: Diagnostic, day: date) -> bool:
    """Say whether its days have passed and the survey is closed, so that nobody should begin a record."""
    last = diagnostic.fieldwork_until
    return survey_is_over(diagnostic) and last is not None and last < day


def heading_cells(
    framework: Framework, reach: Sequence[SourceReach], planned: Sequence[HeadingReach]
) -> tuple[HeadingCells, ...]:
    """Lay out what each source has under each heading, beside what the plan would reach."""
    would = {(one.heading, one.source): one.records for one in planned}
    return tuple(
        HeadingCells(
            heading.name,
            tuple(_cell(one, would[one.heading, one.source]) for one in reach if one.heading == heading.id),
        )
        for heading in framework.headings
    )


def _cell(reach: SourceReach, planned: int) -> Cell:
    text, of_plan = f"{counted_noun(reach.records, 'record')}:", f"{planned or 'none'} planned"
    if reach.counts:
        return Cell(text, "counts", "counts", of_plan)
    if reach.records:
        return Cell(text, "thin", "thin", of_plan)
    return Cell(text, "nothing", "none", of_plan)


def done_words(progress: Progress) -> str:
    """Say how many records are done, those that no row of the plan expected among them."""
    planned, done = (sum(row.work.number for row in progress.rows), sum(row.done for row in progress.rows))
    others = sum(one.done for one in progress.unexpected)
    if not others:
        if not planned:
            return "Nothing is planned"
        if not done:
            return f"{counted_noun(planned, 'record is', 'records are')} planned, and none is done yet"
        return f"{done} of {counted_noun(planned, 'planned record')} {'is' if done == 1 else 'are'} done"
    all_done = counted_noun(done + others, "record is", "records are")
    if not planned:
        return f"{all_done} done, and none was planned"
    return f"{all_done} done: {done or 'none'} of the {planned} planned and {counted_noun(others, 'other')}"


def summary(progress: Progress) -> str:
    """Say in a sentence how far the records are."""
    if not (any(row.done for row in progress.rows) or any(one.done for one in progress.unexpected)):
        return f"{done_words(progress)}."
    double = sum(row.double for row in progress.rows) + sum(one.double for one in progress.unexpected)
    twice = "none is" if not double else "1 is" if double == 1 else f"{double} are"
    return f"{done_words(progress)}; {twice} rated by two people."
