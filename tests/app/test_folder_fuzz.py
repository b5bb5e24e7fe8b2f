"""Whatever stands in the files, reading ends with evidence or with the folder's own error."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from app.interchange.evidence_files import TABLES
from app.interchange.evidence_folder import read_folder
from app.interchange.faults import EvidenceFolderError
from app.interchange.settings_file import FILE
from tests.app.small_folder import files, write_folder

NAMES = (FILE, *TABLES)
FRAGMENTS = (
    "",
    ",",
    ";",
    '"',
    '""',
    "\n",
    "\r",
    "\r\n",
    "\0",
    "DK",
    "=1+1",
    "I01",
    "4.0",
    "-",
    "reconciled",
    "\ufeff",
    "é",
)
CELLS = st.text(max_size=20) | st.sampled_from(
    ["", "4", "4.0", "-3", "DK", "yes", "trades", "North", "2026-10", "|", "a|b"]
)


def read(changed: dict[str, str | bytes | None]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        try:
            read_folder(write_folder(Path(folder), changed, people=6))
        except EvidenceFolderError as error:
            assert error.faults
            assert str(error)
            assert all(fault.message and fault.file for fault in error.faults)


@given(st.sampled_from(NAMES), st.binary(max_size=400))
def test_random_bytes(name: str, content: bytes) -> None:
    read({name: content})


@given(st.sampled_from(NAMES), st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=5), max_size=30))
def test_random_text(name: str, parts: list[str]) -> None:
    read({name: "".join(parts).encode("utf-8", errors="replace")})


@given(
    st.sampled_from(NAMES),
    st.integers(0, 2000),
    st.integers(0, 10),
    st.sampled_from(FRAGMENTS) | st.text(max_size=9),
)
def test_a_good_file_with_something_put_in_or_taken_out(name: str, place: int, length: int, new: str) -> None:
    text = files(6)[name]
    place %= len(text)
    read({name: (text[:place] + new + text[place + length :]).encode("utf-8", errors="replace")})


@given(st.sampled_from(TABLES), st.data())
def test_random_cells_below_a_good_header(name: str, data: st.DataObject) -> None:
    header = files(6)[name].split("\n", maxsplit=1)[0]
    width = header.count(",") + 1
    rows = data.draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=6))
    body = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    read({name: f"{header}\n{body}\n".encode("utf-8", errors="replace")})


@given(
    st.dictionaries(
        st.sampled_from(["wave", "as_of", "threshold", "previous", "framework", "x"]), CELLS, max_size=4
    )
)
@settings(max_examples=60)
def test_random_settings(values: dict[str, str]) -> None:
    lines = "".join(f"{key}: {value}\n" for key, value in values.items())
    read({FILE: f"authority: {{code: X1, name: A}}\n{lines}".encode("utf-8", errors="replace")})
