"""frame.csv: the workforce described, headcount by role group and service area."""

import re
from dataclasses import dataclass

from app.interchange.delimited import Cells, Table, each_row, match_columns
from app.interchange.faults import Report
from app.interchange.vocabulary import Vocabulary, folded, quoted, whole_number
from diagnostics.evidence import Frame, FrameCell
from diagnostics.framework import Framework

FILE = "frame.csv"
COLUMNS = ("role_group", "service_area", "headcount")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.0+)?")


@dataclass(frozen=True, slots=True)
class Workforce:
    """The frame, and the words by which the other files may name its groups.

    ``service_areas`` is None where the frame could not be read, so that nothing can be said of an area.
    ``in_frame`` are the role groups that it names.
    """

    frame: Frame
    role_groups: Vocabulary
    service_areas: Vocabulary | None
    in_frame: frozenset[str]


def role_group_words(framework: Framework) -> Vocabulary:
    """Give the framework's role groups, by id or by name."""
    return Vocabulary(
        "a role group of the framework", [(group.id, group.name) for group in framework.role_groups]
    )


def read_frame(table: Table | None, framework: Framework, report: Report, *, present: bool) -> Workforce:
    """Read the frame; faults go into the report."""
    roles = role_group_words(framework)
    if table is None:
        if not present:
            report.fault(
                FILE, None, None, f"The file is missing. Add it, with the columns {', '.join(COLUMNS)}."
            )
        return Workforce(Frame(()), roles, None, frozenset(roles.ids))
    columns = match_columns(table, COLUMNS)
    rows = list(each_row(table, columns))
    spelling: dict[str, str] = {}
    named: set[str] = set()
    first: dict[tuple[str, str], int] = {}
    cells: list[FrameCell] = []
    for row in rows:
        role, area = _role(row, roles), read_area(row, "service_area", spelling, framework)
        headcount = read_headcount(row, "headcount")
        if role is not None:
            named.add(role)
        if role is None or area is None:
            continue
        if (role, area) in first:
            row.fault(
                "service_area",
                f"{quoted(role)} in {quoted(area)} stands in row {first[role, area]} already. "
                "Put them in one row.",
            )
            continue
        first[role, area] = row.row.number
        cells.append(FrameCell(role, area, -1 if headcount is None else headcount))
    if not rows:
        table.fault(None, None, "The frame is empty. Write one row for each role group in each service area.")
    elif columns.keys() >= set(COLUMNS) and cells and all(cell.headcount == 0 for cell in cells):
        report.fault(
            FILE, None, "headcount", "The frame counts nobody. Write how many people each group has."
        )
    areas = Vocabulary("a service area of frame.csv", [(area, area) for area in spelling.values()])
    return Workforce(
        Frame(tuple(cells)),
        roles,
        areas if spelling else None,
        frozenset(named or roles.ids),
    )


def headcount_of(text: str) -> int | None:
    """Read a headcount: a whole number from 0, also as 12.0 or 1,200; None where it is something else."""
    return whole_number(text.replace(",", "") if _THOUSANDS.fullmatch(text) else text)


def read_headcount(row: Cells, column: str) -> int | None:
    """Read the headcount in a cell, or note what is wrong with it."""
    text = row[column]
    headcount = headcount_of(text)
    if headcount is None:
        wrong = f"{quoted(text)} is not a headcount." if text else "The headcount is empty."
        row.fault(column, f"{wrong} Write a whole number from 0, such as 12.")
    return headcount


def _role(row: Cells, roles: Vocabulary) -> str | None:
    text = row["role_group"]
    role = roles.find(text) if text else None
    if role is None:
        row.fault("role_group", roles.unknown(text) if text else f"The role group is empty. {roles.mend('')}")
    return role


def read_area(row: Cells, column: str, spelling: dict[str, str], framework: Framework) -> str | None:
    """Read the service area in a cell as it was spelled first, or note what is wrong with it."""
    text = " ".join(row[column].split())
    if not text:
        row.fault(column, "The service area is empty. Write its name.")
        return None
    if folded(text) in (folded("prefer not to say"), folded(framework.prefer_not_to_say)):
        row.fault(column, "The frame counts people where they work. Write the name of a service area.")
        return None
    return spelling.setdefault(folded(text), text)
