"""The board of the fieldwork: the plan beside the records, in rows and numbers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from app.commissioning.plan.presenters import ANY, SOURCES, WHAT, kinds_of
from app.commissioning.plan.queries import PlanRow
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
    others: dict[str, int] = {}
    kinds = kinds_of(framework, source)
    for one in progress.unexpected:
        if one.source == source:
            name = kinds.get(one.kind, one.kind)
            others[name] = others.get(name, 0) + 1
    return BoardSource(
        source=source,
        name=SOURCES[source],
        what=WHAT[source],
        planned=sum(line.planned for line in own),
        begun=sum(line.begun for line in own),
        done=sum(line.done for line in own),
        double=sum(line.double for line in own),
        lines=own,
        unexpected=tuple(f"{name}: {n}" for name, n in others.items()),
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
    text = f"{reach.records} of {planned}" if planned else str(reach.records)
    if reach.counts:
        return Cell(text, "counts", "counts")
    return Cell(text, "thin" if reach.records else "nothing yet", "thin" if reach.records else "none")


def summary(sources: Sequence[BoardSource]) -> str:
    """Say in a sentence how far the plan is."""
    planned, done, double = (
        sum(getattr(one, name) for one in sources) for name in ("planned", "done", "double")
    )
    if not planned:
        return "No fieldwork is planned."
    if not done:
        are = "is" if planned == 1 else "are"
        return f"{counted_noun(planned, 'record')} {are} planned, and none is done yet."
    twice = "none is" if not double else "1 is" if double == 1 else f"{double} are"
    are = "is" if done == 1 else "are"
    return f"{done} of {counted_noun(planned, 'planned record')} {are} done; {twice} rated by two people."
