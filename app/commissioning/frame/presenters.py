"""The frame in rows and words: the grid, how two versions differ, and what can be shown of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from app.commissioning.frame.grid import Differences, Grid
from app.commissioning.frame.queries import LastSave
from app.commissioning.frame.scope import Scope
from app.commissioning.frame.typed_grid import GridForm, id_field, name_field, people_field
from app.interchange.frame_file import headcount_of
from app.interchange.vocabulary import quoted
from app.web.dates import uk_time
from diagnostics.evidence import Frame
from diagnostics.frame_preview import FramePreview, GroupPreview, Shown, preview_frame
from diagnostics.framework import Framework
from diagnostics.wording import counted_noun, listed


@dataclass(frozen=True, slots=True)
class CellView:
    """A field of the grid, its label in three parts, and what stands in it."""

    field: str
    group: str
    area: str
    value: str
    error: str


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of the grid."""

    number: int
    name_field: str
    id_field: str
    id: str
    name: str
    called: str
    error: str
    cells: tuple[CellView, ...]
    total: str


@dataclass(frozen=True, slots=True)
class GridView:
    """The grid for its page."""

    groups: tuple[str, ...]
    rows: tuple[RowView, ...]
    totals: tuple[str, ...]
    total: str


def grid_view(form: GridForm, scope: Scope) -> GridView:
    """Lay the grid out."""
    rows = []
    for row in form.rows:
        called = row.name or f"row {row.number}"
        cells = tuple(
            CellView(
                field=(name := people_field(row.number, group.id)),
                group=group.name,
                area=called,
                value=row.people.get(group.id, ""),
                error=form.brief.get(name, ""),
            )
            for group in scope.role_groups
        )
        rows.append(
            RowView(
                number=row.number,
                name_field=name_field(row.number),
                id_field=id_field(row.number),
                id=row.id,
                name=row.name,
                called=called,
                error=form.errors.get(name_field(row.number), ""),
                cells=cells,
                total=_sum(row.people.values()),
            )
        )
    columns = [[row.people.get(role, "") for row in form.rows] for role in scope.roles]
    return GridView(
        groups=tuple(group.name for group in scope.role_groups),
        rows=tuple(rows),
        totals=tuple(_sum(column) for column in columns),
        total=_sum([text for column in columns for text in column]),
    )


def _sum(texts: Iterable[str]) -> str:
    """Add up what was typed; a dash where some of it is no number."""
    numbers = [headcount_of(text) if text else 0 for text in texts]
    known = [number for number in numbers if number is not None]
    return f"{sum(known):,}" if len(known) == len(numbers) else "–"


def saver_in_words(last: LastSave | None, person_id: UUID) -> str:
    """Say who saved a frame that has changed since a page was opened."""
    if last is None:
        return "Somebody else saved this frame"
    who = "You" if last.person_id == person_id else last.name
    where = " in another window" if last.person_id == person_id else ""
    return f"{who} saved this frame{where} on {uk_time(last.at)}"


def size_in_words(grid: Grid) -> str:
    """Say how large a frame is: "405 people in 7 service areas"."""
    return f"{grid.total:,} {'person' if grid.total == 1 else 'people'} in {_areas(len(grid.areas))}"


def _areas(n: int) -> str:
    return counted_noun(n, "service area")


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of a comparison."""

    what: str
    before: str
    after: str


def differences_view(found: Differences, scope: Scope) -> tuple[Difference, ...]:
    """Lay two versions out side by side, a line for each difference."""
    names = {group.id: group.name for group in scope.role_groups}
    lines = [
        Difference(f"Service area {quoted(a.name)}", _people(a.total), "Not there") for a in found.removed
    ]
    lines += [
        Difference(f"Service area {quoted(a.name)}", "Not there", _people(a.total)) for a in found.added
    ]
    lines += [Difference("Name of a service area", old, new) for old, new in found.renamed]
    lines += [
        Difference(f"{names.get(c.role, c.role)} in {c.area}", f"{c.before:,}", f"{c.after:,}")
        for c in found.cells
    ]
    if found.reordered:
        lines.append(Difference("Order of the service areas", "As it was", "Another"))
    if found.people_before != found.people_after:
        lines.append(
            Difference("Everybody", f"{found.people_before:,} people", f"{found.people_after:,} people")
        )
    return tuple(lines)


def _people(n: int) -> str:
    return f"{n:,} {'person' if n == 1 else 'people'}"


@lru_cache(maxsize=64)
def preview_of(framework: Framework, frame: Frame, threshold: int) -> FramePreview:
    """Work out what can be shown. The same frame is looked at again and again, and this takes a moment."""
    return preview_frame(framework, frame, threshold)


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group, its people, and what can be shown of it, in words."""

    name: str
    people: str
    shown: str
    by_itself: bool


@dataclass(frozen=True, slots=True)
class PreviewView:
    """What can be shown, in words and two small tables; ``advice`` says what can be done about it."""

    summary: tuple[str, ...]
    merged: tuple[str, ...]
    role_groups: tuple[GroupLine, ...]
    service_areas: tuple[GroupLine, ...]
    advice: tuple[str, ...]


def preview_view(
    framework: Framework, preview: FramePreview, grid: Grid, scope: Scope, threshold: int
) -> PreviewView:
    """Put a preview into words."""
    return PreviewView(
        summary=tuple(_summary(framework, preview, threshold)),
        merged=tuple(_merged(framework, preview, grid, threshold)),
        role_groups=tuple(_line(one, threshold) for one in preview.role_groups),
        service_areas=tuple(_line(one, threshold) for one in preview.service_areas),
        advice=tuple(_advice(preview, scope, threshold)),
    )


def _summary(framework: Framework, preview: FramePreview, threshold: int) -> Sequence[str]:
    if not preview.survey:
        least = max(threshold, framework.settings.survey_answers)
        return [f"Nothing can be shown: a survey score needs {least} answers, and there are fewer people."]
    roles, areas = (
        f"{sum(one.score == Shown.YES for one in groups)} of {len(groups)}"
        for groups in (preview.role_groups, preview.service_areas)
    )
    sentences = [
        f"Scores can be shown for everybody together, for {roles} role groups and for {areas} service areas."
    ]
    upper, lower = framework.comparison.upper, framework.comparison.lower
    if preview.sides:
        sentences.append(f"What {upper} say can be set beside what {lower} say.")
    elif preview.sides is False:
        sentences.append(
            f"What {upper} say cannot be set beside what {lower} say, because one of the two sides is too "
            "small to be shown by itself."
        )
    if preview.people < framework.settings.indicative_answers:
        sentences.append(
            f"Fewer than {framework.settings.indicative_answers} people can answer, so all scores will be "
            "marked as indicative."
        )
    return sentences


def _merged(framework: Framework, preview: FramePreview, grid: Grid, threshold: int) -> Iterator[str]:
    for one in preview.role_groups:
        if len(one.group.members) > 1:
            members = [
                f"{framework.role_group(member).name} ({_people(grid.role_total(member))})"
                for member in one.group.members
            ]
            yield (
                f"{listed(members)} will be reported together, as “{one.group.name}” "
                f"({_people(one.group.people)}), so that no group has fewer than {threshold} people."
            )


def _line(one: GroupPreview, threshold: int) -> GroupLine:
    return GroupLine(
        name=one.group.name,
        people=f"{one.group.people:,}",
        shown=_shown(one, threshold),
        by_itself=one.score == Shown.YES,
    )


def _shown(one: GroupPreview, threshold: int) -> str:
    if one.score == Shown.TOO_FEW:
        return f"No. It has fewer than {threshold} people."
    if one.score == Shown.NOT_KEPT:
        return (
            f"No. No role group has {threshold} or more people there, so answers are kept without the area."
        )
    if one.score == Shown.SET_APART:
        return (
            f"No. A role group has {threshold} or more people there, but fewer than {threshold} in the areas "
            "where it is small. To protect those few, answers are kept without the area."
        )
    if one.score == Shown.FOR_OTHERS:
        response = " Its response rate can be shown." if one.response == Shown.YES else ""
        return f"No. Beside the other groups it would give away a smaller one.{response}"
    kept = "" if one.kept == one.group.people else f", from the answers of up to {one.kept:,} people"
    response = (
        "" if one.response == Shown.YES else " Its response rate is not shown, to protect a smaller group."
    )
    return f"Yes{kept}.{response}"


def _advice(preview: FramePreview, scope: Scope, threshold: int) -> Iterator[str]:
    small = [one for one in preview.service_areas if one.score in (Shown.TOO_FEW, Shown.NOT_KEPT)]
    if small:
        named = listed([f"{quoted(one.group.name)} ({_people(one.group.people)})" for one in small])
        what = "This service area is" if len(small) == 1 else "These service areas are"
        yield f"{what} too small to be shown: {named}."
        how = (
            "add the people of one to the row of the other, change that row’s name, and remove the row that "
            "is left."
            if scope.areas is None
            else "name them as one area in what the diagnostic covers, and then enter its people here."
        )
        yield f"If that matters, put small areas together under one name that staff know: {how}"
    if any(one.group.people < threshold for one in preview.role_groups):
        yield (
            f"There are fewer than {threshold} people in all role groups together. Check that everybody is "
            "counted."
        )
