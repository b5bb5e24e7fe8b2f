"""A frame as a file to keep, to change and to upload again, or with nothing in it but its headings."""

import csv
import io
from datetime import datetime

from xlsxwriter import Workbook

from app.interchange.frame_file import COLUMNS
from app.interchange.frame_table import SHEET
from diagnostics.evidence import Frame
from diagnostics.framework_parts import RoleGroup

_LAST_ROW = 2_000
_WIDTHS = (24, 48, 12)
# The same frame gives the same bytes.
_WRITTEN = datetime(2026, 1, 1)
_NOTES = "role groups"


def frame_csv(frame: Frame) -> bytes:
    """Write a frame as frame.csv: UTF-8 with a byte order mark, without which Excel misreads ŷ and Ł."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows((cell.role_group, cell.service_area, cell.headcount) for cell in frame.cells)
    return out.getvalue().encode("utf-8-sig")


def frame_workbook(frame: Frame, role_groups: tuple[RoleGroup, ...]) -> bytes:
    """Write a frame as a workbook with a sheet of the same columns, and one that explains the role groups."""
    memory = io.BytesIO()
    # No text is ever taken for a formula, a link or a number.
    with Workbook(
        memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"title": "Frame", "created": _WRITTEN})
        bold = book.add_format({"bold": True, "bg_color": "#DCE6EE"})
        text, prose = (
            book.add_format({"num_format": "@"}),
            book.add_format({"text_wrap": True, "valign": "top"}),
        )
        sheet = book.add_worksheet(SHEET)
        sheet.freeze_panes(1, 0)
        for place, (name, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
            sheet.set_column(place, place, width, text if place < 2 else None)
            sheet.write_string(0, place, name, bold)
        for row, cell in enumerate(frame.cells, start=1):
            sheet.write_string(row, 0, cell.role_group, text)
            sheet.write_string(row, 1, cell.service_area, text)
            sheet.write_number(row, 2, cell.headcount)
        sheet.data_validation(
            1, 0, _LAST_ROW, 0,
            {"validate": "list", "source": f"='{_NOTES}'!$A$2:$A${1 + len(role_groups)}",
             "error_title": "Not one of the list", "error_message": "Pick a role group from the list."},
        )  # fmt: skip
        sheet.data_validation(
            1, 2, _LAST_ROW, 2,
            {"validate": "integer", "criteria": ">=", "value": 0,
             "error_title": "Not a headcount", "error_message": "Write a whole number from 0."},
        )  # fmt: skip
        notes = book.add_worksheet(_NOTES)
        notes.set_column(0, 1, 28, prose)
        notes.set_column(2, 2, 80, prose)
        for place, name in enumerate((COLUMNS[0], "name", "who it is")):
            notes.write_string(0, place, name, bold)
        for row, group in enumerate(role_groups, start=1):
            for place, words in enumerate((group.id, group.name, group.description)):
                notes.write_string(row, place, words, prose)
    return memory.getvalue()
