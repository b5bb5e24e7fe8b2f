"""Whatever stands in a workbook, reading ends with evidence or with the folder's own error."""

import tempfile
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from app.interchange.evidence_folder import read_folder
from app.interchange.faults import EvidenceFolderError
from tests.app.exports import FRAMEWORK, forms
from tests.app.small_folder import write_folder
from tests.app.workbooks import packed, parts_of, sheets, workbook_bytes

CELLS = (
    st.none()
    | st.text(max_size=12)
    | st.integers(-5, 60_000)
    | st.floats(allow_nan=False, allow_infinity=False)
)
WORDS = st.sampled_from([
    "id", "submitdate", "Start time", "token", "NEED[other]", "NEED", "role_group", "role", "HEAR1", "A1",
    "-oth-",
    *(question.text for question in FRAMEWORK.questions[:3]), "1.", "[", "]", "A[B]", "_xD800_",
    "_x0000_", ";",
])  # fmt: skip
MARKUP = st.sampled_from([
    b"<c>", b"</c>", b"<v>", b'r="A1"', b't="s"', b't="e"', b"<row/>", b"</sheetData>", b"&#0;",
    b"<!DOCTYPE a>",
    b"1e999", b"-1", b"\xff", b'r="XFD1"', b's="99"', b"<is><t>x</t></is>", b"<f/>",
])  # fmt: skip


@cache
def good() -> bytes:
    return workbook_bytes(sheets(6))


def read(content: bytes, name: str = "evidence.xlsx") -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write_folder(Path(folder), {"survey.csv": None, name: content}, people=6)
        try:
            read_folder(path / name if name == "evidence.xlsx" else path)
        except EvidenceFolderError as error:
            assert str(error)
            assert all(fault.message and fault.file for fault in error.faults)


@given(st.binary(max_size=300), st.booleans())
def test_random_bytes(content: bytes, zipped: bool) -> None:
    read(b"PK\x03\x04" + content if zipped else content)


@given(st.integers(0, 40_000), st.binary(min_size=1, max_size=8))
@settings(max_examples=60)
def test_a_good_file_with_bytes_changed(place: int, new: bytes) -> None:
    content = good()
    place %= len(content)
    read(content[:place] + new + content[place + len(new) :])


@given(st.data())
@settings(max_examples=60)
def test_a_good_file_with_a_part_changed(data: st.DataObject) -> None:
    parts = parts_of(good())
    name = data.draw(st.sampled_from(sorted(parts)))
    part = parts[name]
    place = data.draw(st.integers(0, len(part)))
    length = data.draw(st.integers(0, 30))
    parts[name] = part[:place] + data.draw(MARKUP | st.binary(max_size=6)) + part[place + length :]
    read(packed(parts.items()))


@given(st.data())
@settings(max_examples=60)
def test_a_good_file_without_a_part(data: st.DataObject) -> None:
    parts = parts_of(good())
    del parts[data.draw(st.sampled_from(sorted(parts)))]
    read(packed(parts.items()))


@given(st.sampled_from(sorted(sheets(6))), st.lists(st.lists(CELLS | WORDS, max_size=9), max_size=6))
@settings(max_examples=60)
def test_random_cells_in_a_sheet(name: str, rows: list[list[object]]) -> None:
    read(workbook_bytes({**sheets(6), name: rows}))


@given(
    st.lists(WORDS | st.text(max_size=9), max_size=9),
    st.lists(st.lists(CELLS | WORDS, max_size=9), max_size=4),
)
@settings(max_examples=60)
def test_random_exports(header: list[str], rows: list[list[object]]) -> None:
    read(workbook_bytes({"a": [header, *rows]}), "survey.xlsx")


@given(st.integers(0, 18), st.integers(0, 6), CELLS | WORDS)
@settings(max_examples=60)
def test_an_export_with_a_cell_changed(column: int, row: int, value: object) -> None:
    rows = forms(6)
    rows[row][column] = value
    read(workbook_bytes({"Form1": rows}), "survey.xlsx")
