"""A frame that somebody uploads: a CSV file or a workbook, in rows as in frame.csv or as a table across.

Across, each service area has one row and each role group one column, by its name or its id.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from app.interchange.delimited import Cells, Table, each_row, match_columns, read_table
from app.interchange.faults import Report
from app.interchange.frame_file import (
    COLUMNS,
    headcount_of,
    read_area,
    read_frame,
    read_headcount,
    role_group_words,
)
from app.interchange.vocabulary import Vocabulary, folded, listed, quoted
from app.interchange.workbook import is_workbook, only_sheet, read_workbook
from diagnostics.evidence import Frame, FrameCell
from diagnostics.framework import Framework

SHEET = "frame"
MOST_AREAS = 60
MOST_IN_A_CELL = 20_000
LONGEST_NAME = 120
# A spreadsheet computes a text that begins so, also after spaces; full-width signs count in some countries.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
_TOTALS = frozenset(["total", "totals", "grand total", "sum", "all", "all staff", "all areas"])
_AREA = "service_area"
_TWO_LAYOUTS = (
    f"The first row must name the columns: {listed(COLUMNS, 'and')}. Or make it {_AREA} and one column for "
    "each role group."
)


@dataclass(frozen=True, slots=True)
class Expected:
    """What a frame may name: these role groups, and areas in whose name ``wrong_area`` finds nothing."""

    framework: Framework
    roles: tuple[str, ...]
    wrong_area: Callable[[str], str]


def wrong_name(name: str) -> str:
    """Say what is wrong with the name of a service area, if anything is."""
    if len(name) > LONGEST_NAME:
        return f"The name has {len(name)} characters; the most is {LONGEST_NAME}. Shorten it."
    if _FORMULA.match(name):
        return "A spreadsheet would take this name for a formula. Begin it with a letter or a number."
    if folded(name) in _TOTALS:
        return "This looks like a row of totals, which would count people twice. Delete it."
    return ""


def read_frame_file(path: Path, expected: Expected, report: Report) -> Frame | None:
    """Read a frame; None where it cannot be used, and the report says why."""
    table = _table(path, report)
    if table is None:
        return None
    known = role_group_words(expected.framework)
    in_rows = {folded(name) for name in table.header} & {folded(COLUMNS[0]), folded(COLUMNS[2])}
    if in_rows or not any(known.find(name) for name in table.header):
        frame = _in_rows(table, expected, report)
    else:
        frame = _across(table, known, expected, report)
    areas = frame.service_areas
    if len(areas) > MOST_AREAS:
        table.fault(
            None, _AREA,
            f"The file has {len(areas)} service areas; the most is {MOST_AREAS}. Put small ones together "
            "under one name.",
        )  # fmt: skip
    return None if report.faults else frame


def _table(path: Path, report: Report) -> Table | None:
    if not is_workbook(path):
        return read_table(path, report)
    sheets = read_workbook(path, report)
    if sheets is None:
        return None
    sheet = only_sheet(sheets, SHEET, path.name, report)
    return None if sheet is None else sheet.table(report)


def _in_rows(table: Table, expected: Expected, report: Report) -> Frame:
    if not any(folded(name) in map(folded, COLUMNS) for name in table.header):
        table.fault(None, None, _TWO_LAYOUTS)
        return Frame(())
    frame = read_frame(table, expected.framework, report, present=True).frame
    known = role_group_words(expected.framework)
    # What is wrong with the header has been said.
    columns = match_columns(replace(table, report=Report()), COLUMNS)
    for row in each_row(table, columns):
        role = known.find(row["role_group"])
        if role is not None and role not in expected.roles:
            row.fault("role_group", _outside(role, expected))
        _check_area(row, _AREA, expected)
        _check_size(row, "headcount")
    return frame


def _across(table: Table, known: Vocabulary, expected: Expected, report: Report) -> Frame:
    area_column, roles = _columns_across(table, known, expected)
    if area_column is None:
        table.fault(None, _AREA, f"There is no column with the service areas. Call it {_AREA}.")
        return Frame(())
    columns = {name: place for place, name in enumerate(table.header) if name}
    rows = list(each_row(table, columns))
    spelling: dict[str, str] = {}
    first: dict[str, int] = {}
    cells: list[FrameCell] = []
    for row in rows:
        area = read_area(row, area_column, spelling, expected.framework)
        if area is None:
            continue
        if area in first:
            row.fault(
                area_column, f"{quoted(area)} stands in row {first[area]} already. Put both into one row."
            )
            continue
        first[area] = row.row.number
        _check_area(row, area_column, expected)
        for column, role in roles.items():
            people = read_headcount(row, column) if row[column] else 0
            _check_size(row, column)
            cells.append(FrameCell(role, area, people or 0))
    if not rows:
        table.fault(None, None, "The frame is empty. Write one row for each service area.")
    elif cells and not report.faults and not any(cell.headcount for cell in cells):
        table.fault(None, None, "The frame counts nobody. Write how many people each group has.")
    return Frame(tuple(cells))


def _columns_across(table: Table, known: Vocabulary, expected: Expected) -> tuple[str | None, dict[str, str]]:
    """Find the column of the areas, and the role group of each other column."""
    area: str | None = None
    roles: dict[str, str] = {}
    for name in table.header:
        role = known.find(name)
        if role in roles.values():
            table.fault(None, name, f"Two columns are for {quoted(role or '')}. Put them into one.")
        elif role is not None and role not in expected.roles:
            table.fault(None, name, _outside(role, expected))
        elif role is not None:
            roles[name] = role
        elif folded(name) in _TOTALS:
            table.warn(name, "The column of totals is left aside.")
        elif area is None:
            area = name or None
        elif name:
            table.fault(None, name, f"{known.unknown(name)} Rename the column, or delete it.")
    for role in expected.roles:
        if role not in roles.values():
            name = expected.framework.role_group(role).name
            table.warn(None, f"There is no column for {name}, so nobody is counted there.")
    return area, roles


def _outside(role: str, expected: Expected) -> str:
    inside = [expected.framework.role_group(one).name for one in expected.roles]
    return (
        f"{quoted(expected.framework.role_group(role).name)} is outside what the diagnostic covers: "
        f"{listed(inside, 'and')}. Take it out of the file."
    )


def _check_area(row: Cells, column: str, expected: Expected) -> None:
    name = " ".join(row[column].split())
    wrong = (wrong_name(name) or expected.wrong_area(name)) if name else ""
    if wrong:
        row.fault(column, wrong)


def _check_size(row: Cells, column: str) -> None:
    people = headcount_of(row[column])
    if people is not None and people > MOST_IN_A_CELL:
        row.fault(column, f"{people:,} people are more than one cell can have, {MOST_IN_A_CELL:,}. Check it.")
