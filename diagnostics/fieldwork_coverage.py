"""How far fieldwork is: what fits the plan, what was seen of each heading, what confidence still needs."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from diagnostics.confidence import ENOUGH_SOURCES, month_end, months_before
from diagnostics.evidence import FIELDWORK, Frame
from diagnostics.fieldwork_plan import PlannedWork
from diagnostics.framework import Framework
from diagnostics.framework_parts import Heading, Side
from diagnostics.published import Source


@dataclass(frozen=True, slots=True)
class Gathered:
    """A record as far as it is gathered.

    Attributes
    ----------
    id : str
    source, kind, role_group, service_area
        As in a record of the evidence.
    month : date or None
        None where it is not known yet.
    raters : int
        Those who have finished rating it.
    seen, seen_twice : frozenset of str
        Characteristics to which one of them, or two, gave a stage.
    """

    id: str
    source: Source
    kind: str
    role_group: str | None
    service_area: str | None
    month: date | None
    raters: int = 0
    seen: frozenset[str] = frozenset()
    seen_twice: frozenset[str] = frozenset()

    @property
    def done(self) -> bool:
        """Whether somebody has finished rating it."""
        return self.raters > 0

    @property
    def double(self) -> bool:
        """Whether two people have."""
        return self.raters > 1


@dataclass(frozen=True, slots=True)
class RowProgress:
    """A row of the plan with the records that count towards it; never more than it has planned."""

    work: PlannedWork
    begun: int
    done: int
    double: int

    @property
    def missing(self) -> int:
        """Those that are planned and not done."""
        return self.work.number - self.done


@dataclass(frozen=True, slots=True)
class Progress:
    """A plan beside the records: its rows in order, and the records that no row expected."""

    rows: tuple[RowProgress, ...]
    unexpected: tuple[Gathered, ...]


@dataclass(frozen=True, slots=True)
class SourceReach:
    """What a source has under one heading, from records that somebody has finished rating.

    ``records_short`` and ``characteristics_short`` are what it lacks to be counted; both 0 where it counts.
    """

    heading: str
    source: Source
    records: int
    characteristics: int
    records_short: int
    characteristics_short: int

    @property
    def thin(self) -> bool:
        """Whether there is something, and not enough to count."""
        return self.records > 0 and not self.counts

    @property
    def counts(self) -> bool:
        """Whether the method counts the source under this heading."""
        return not (self.records_short or self.characteristics_short)


@dataclass(frozen=True, slots=True)
class Need:
    """Something that would make the evidence surer.

    Attributes
    ----------
    code : str
        What is needed.
    grades : int
        Of confidence that it costs as things stand, over all headings; 0 for what the report loses otherwise.
    heading, source, side, group, area
        What it is about, as far as it is about one.
    number : int
        How many more are needed, or are there.
    """

    code: str
    grades: int
    heading: str | None = None
    source: Source | None = None
    side: Side | None = None
    group: str | None = None
    area: str | None = None
    number: int = 0


def plan_progress(plan: Sequence[PlannedWork], records: Iterable[Gathered]) -> Progress:
    """Set records beside the rows of a plan that expected them.

    As many records as possible find a row; those that are further on come first, and each goes to the row
    that says most about it. A row that is not tied to a role group or an area expects any.
    """
    ordered = sorted(records, key=lambda one: (-min(one.raters, 2), one.id))
    held: list[list[Gathered]] = [[] for _ in plan]
    found = [record for record in ordered if _place(record, plan, held, set())]
    rows = tuple(
        RowProgress(work, len(own), sum(one.done for one in own), sum(one.double for one in own))
        for work, own in zip(plan, held, strict=True)
    )
    placed = {one.id for one in found}
    return Progress(rows, tuple(one for one in ordered if one.id not in placed))


def _place(
    record: Gathered, plan: Sequence[PlannedWork], held: list[list[Gathered]], tried: set[int]
) -> bool:
    """Put a record into a row, moving others on where only that makes room."""
    fitting = sorted(
        (index for index, work in enumerate(plan) if _fits(record, work)),
        key=lambda index: (plan[index].role_group is None) + (plan[index].service_area is None),
    )
    for index in fitting:
        if len(held[index]) < plan[index].number:
            held[index].append(record)
            return True
    for index in fitting:
        if index in tried:
            continue
        tried.add(index)
        for other in held[index]:
            if _place(other, plan, held, tried):
                held[index].remove(other)
                held[index].append(record)
                return True
    return False


def _fits(record: Gathered, work: PlannedWork) -> bool:
    return (
        (record.source, record.kind) == (work.source, work.kind)
        and work.role_group in (None, record.role_group)
        and work.service_area in (None, record.service_area)
    )


def source_reach(framework: Framework, records: Sequence[Gathered]) -> tuple[SourceReach, ...]:
    """Say what each source of fieldwork has under each heading, by the method's rule of what is thin."""
    settings = framework.settings
    found = []
    for heading in framework.headings:
        own = frozenset(c.id for c in heading.characteristics)
        few = min(settings.thin_characteristics, len(own))
        for source in FIELDWORK:
            seen = [one.seen & own for one in records if one.source == source and one.seen & own]
            characteristics = len(frozenset[str]().union(*seen))
            found.append(
                SourceReach(
                    heading.id,
                    source,
                    len(seen),
                    characteristics,
                    max(0, settings.thin_records - len(seen)),
                    max(0, few - characteristics),
                )
            )
    return tuple(found)


def still_needed(
    framework: Framework, frame: Frame, records: Sequence[Gathered], today: date
) -> tuple[Need, ...]:
    """Say what the evidence needs before confidence can rise, what costs most first.

    The survey is taken to count under every heading: whether it will is known when it closes.

    Parameters
    ----------
    framework : Framework
        Its settings say what is thin, how old evidence may be, and how often two people rate the same.
    frame : Frame
        In people; nobody is missed who is not in it.
    records : sequence of Gathered
        Those that nobody has finished rating count for nothing.
    today : date
        On which evidence is found old.
    """
    done = [one for one in records if one.done]
    reach = source_reach(framework, done)
    needs = [
        *_sources(framework, done, reach),
        *_practitioners(framework, frame, done, reach),
        *_second_raters(framework, done, reach),
        *_old(framework, done, today),
        *_voices(framework, frame, done),
    ]
    # Sorting keeps the order of those that weigh the same.
    return tuple(sorted(needs, key=lambda need: -need.grades))


def _sources(framework: Framework, done: Sequence[Gathered], reach: Sequence[SourceReach]) -> Iterator[Need]:
    """Name the sources that do not count: in all headings at once where nothing of one is done."""
    counted = {h.id: sum(one.counts for one in reach if one.heading == h.id) for h in framework.headings}
    # One more is worth a grade while there are fewer than the method wants, the survey among them.
    worth = {heading: int(1 + n < ENOUGH_SOURCES) for heading, n in counted.items()}
    for source in FIELDWORK:
        here = [one for one in reach if one.source == source]
        if not any(one.source == source for one in done):
            yield Need("no_record", sum(worth[one.heading] for one in here), source=source)
            continue
        for one in here:
            if one.counts:
                continue
            code = "nothing" if not one.records else "few_records" if one.records_short else "few_seen"
            short = one.records_short or one.characteristics_short
            yield Need(code, worth[one.heading], heading=one.heading, source=source, number=short)


def _practitioners(
    framework: Framework, frame: Frame, done: Sequence[Gathered], reach: Sequence[SourceReach]
) -> Iterator[Need]:
    """Name the headings whose interviews count though no practitioner was heard in any of them."""
    lower = _on_side(framework, "lower")
    if not any(n for group, n in frame.role_groups.items() if group in lower):
        return
    heard = [one for one in done if one.source == "interview" and one.role_group in lower]
    counted = [one.heading for one in reach if one.source == "interview" and one.counts]
    if not heard:
        yield Need("no_practitioner", len(counted))
        return
    for heading in framework.headings:
        if heading.id in counted and not any(one.seen & _ids(heading) for one in heard):
            yield Need("no_practitioner", 1, heading=heading.id)


def _second_raters(
    framework: Framework, done: Sequence[Gathered], reach: Sequence[SourceReach]
) -> Iterator[Need]:
    """Name the headings under which nothing was rated twice; then how many double ratings there are."""
    counted = {one.heading for one in reach if one.counts}
    pairs = sum(len(one.seen_twice) for one in done)
    if not pairs:
        yield Need("no_double", len(counted))
        return
    for heading in framework.headings:
        if heading.id in counted and not any(one.seen_twice & _ids(heading) for one in done):
            yield Need("no_double", 1, heading=heading.id)
    if pairs < framework.settings.rater_units:
        yield Need("few_double", 0, number=framework.settings.rater_units - pairs)


def _old(framework: Framework, done: Sequence[Gathered], today: date) -> Iterator[Need]:
    """Name the headings of which the newest record is too old."""
    for heading in framework.headings:
        months = [one.month for one in done if one.month is not None and one.seen & _ids(heading)]
        if months and is_old(max(months), framework.settings.evidence_months, today):
            yield Need("old", 1, heading=heading.id)


def _voices(framework: Framework, frame: Frame, done: Sequence[Gathered]) -> Iterator[Need]:
    """Name the areas, role groups and sides that interviews have not heard, or not often enough."""
    lower = _on_side(framework, "lower")
    talks = [one for one in done if one.source == "interview"]
    practitioners: dict[str, int] = {}
    for cell in frame.cells:
        if cell.role_group in lower and cell.headcount > 0:
            practitioners[cell.service_area] = practitioners.get(cell.service_area, 0) + cell.headcount
    visited = {one.service_area for one in talks if one.role_group in lower}
    if visited:
        for area in sorted(practitioners, key=lambda name: -practitioners[name]):
            if area not in visited:
                yield Need("unheard_area", 0, area=area)
    heard = {one.role_group for one in talks}
    for group in framework.role_groups:
        if talks and frame.role_groups.get(group.id) and group.id not in heard:
            yield Need("unheard_group", 0, group=group.id)
    sides: tuple[Side, Side] = ("upper", "lower")
    for side in sides:
        groups = _on_side(framework, side)
        n = sum(one.role_group in groups for one in talks)
        people = sum(count for group, count in frame.role_groups.items() if group in groups)
        if n and people and n < framework.settings.comparison_records:
            yield Need("few_talks", 0, side=side, number=framework.settings.comparison_records - n)


def is_old(month: date, months: int, today: date) -> bool:
    """Say whether a record of a month, which counts to its end, is older than so many months."""
    return month_end(month) < months_before(today, months)


def _on_side(framework: Framework, side: Side) -> frozenset[str]:
    return frozenset(group.id for group in framework.role_groups if group.side == side)


def _ids(heading: Heading) -> frozenset[str]:
    return frozenset(c.id for c in heading.characteristics)
