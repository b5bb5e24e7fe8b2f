"""Workbooks for tests: the small folder and the sample as sheets, and whatever else somebody may save."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from xlsxwriter import Workbook

from app.interchange.evidence_files import TABLES, sheet_of
from app.interchange.evidence_folder import EvidenceFolder
from tests.app.small_folder import files

Rows = Sequence[Sequence[object]]

SETTINGS: tuple[tuple[str, str], ...] = (
    ("key", "value"),
    ("authority.code", "X0000001"),
    ("authority.name", "Exampleton"),
    ("wave", "2"),
    ("dates.survey_opened", "2026-09-01"),
    ("dates.survey_closed", "2026-09-30"),
    ("as_of", "2026-11-15"),
    ("framework", "second.yaml"),
    ("threshold", "10"),
)


def workbook_bytes(sheets: Mapping[str, Rows], hidden: Sequence[str] = ()) -> bytes:
    """Give a workbook with these sheets; texts stay texts, numbers numbers, and “=…” becomes a formula."""
    memory = io.BytesIO()
    with Workbook(memory, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            if name in hidden:
                sheet.hide()
            for number, row in enumerate(rows):
                for place, value in enumerate(row):
                    if value is not None:
                        sheet.write(number, place, value)
    return memory.getvalue()


def rows_of(text: str) -> list[list[str]]:
    """Give the rows of a CSV text."""
    return list(csv.reader(io.StringIO(text)))


def sheets(people: int = 60) -> dict[str, list[list[object]]]:
    """Give the small folder as sheets."""
    tables: dict[str, list[list[object]]] = {"diagnostic": [list(row) for row in SETTINGS]}
    for name, text in files(people).items():
        if name in TABLES:
            tables[sheet_of(name)] = [list(row) for row in rows_of(text)]
    return tables


def same_evidence(one: EvidenceFolder, other: EvidenceFolder) -> bool:
    """Say whether two hold the same evidence, answer for answer."""
    mine, theirs = one.evidence, other.evidence
    assert mine.answers is not None
    assert theirs.answers is not None
    return (
        one.frame == other.frame
        and mine.diagnostic == theirs.diagnostic
        and (mine.records, mine.ratings, mine.quotes, mine.reviews)
        == (theirs.records, theirs.ratings, theirs.quotes, theirs.reviews)
        and mine.answers.codes == theirs.answers.codes
        and mine.answers.values.tobytes() == theirs.answers.values.tobytes()
        and mine.answers.dont_know.tobytes() == theirs.answers.dont_know.tobytes()
        and mine.answers.role_group == theirs.answers.role_group
        and mine.answers.service_area == theirs.answers.service_area
        and mine.answers.needs == theirs.answers.needs
        and mine.answers.comments == theirs.answers.comments
    )


def packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """Give a zip file with these parts."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return memory.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    """Give the parts of a zip file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def csv_rows(path: Path) -> list[list[str]]:
    """Give the rows of a CSV file."""
    return rows_of(path.read_text(encoding="utf-8"))
