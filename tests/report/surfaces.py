"""Readers of surfaces: every passage of a file in which a number may stand, whoever reads it there.

What is not named as structure is read. A kind of file that has no reader here is an error.
"""

import csv
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from typing import Any

# Lengths, places and colours. The import contract in test_surfaces.py guards what they are made from.
_LOOKS_WORDS = """
    d x y x1 x2 y1 y2 cx cy dx dy r rx ry width height viewbox transform points offset opacity
    pathlength fill stroke stroke-width stroke-dasharray stroke-opacity fill-opacity font-family font-size
    font-weight text-anchor style xmlns colspan rowspan span tabindex charset lang
"""
_LOOKS = frozenset(_LOOKS_WORDS.split())
_VOID_WORDS = "area base br col embed hr img input link meta source track wbr"
_VOID = frozenset(_VOID_WORDS.split())


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text on a surface.

    ``heads`` are the words that say what it is about: its row, its column, its caption. ``mixed`` says that
    the reader could not tell the rows of a table apart.
    """

    where: str
    text: str
    heads: tuple[str, ...] = ()
    mixed: bool = False


class NoReaderError(LookupError):
    """A surface of a kind that nobody can read here."""


Reader = Callable[[str, bytes], Iterator[Passage]]


def read_surface(name: str, data: bytes) -> Iterator[Passage]:
    """Give the passages of a file, by the kind that its name ends in.

    Raises
    ------
    NoReaderError
        Where there is no reader: write one, so that nothing is published unread.
    """
    from tests.report.packed_surfaces import PACKED_READERS

    readers: dict[str, Reader] = {**READERS, **PACKED_READERS}
    kind = Path(name).suffix.lower()
    if kind not in readers:
        raise NoReaderError(
            f"There is no reader for this kind of file: {name}. Add one to tests/report/surfaces.py."
        )
    yield Passage(f"{name} (its name)", Path(name).stem)
    yield from readers[kind](name, data)


def read_html(name: str, data: bytes) -> Iterator[Passage]:
    """Read HTML or SVG: texts, attributes, comments and scripts; not geometry, not style sheets."""
    parser = _Page(name)
    parser.feed(data.decode("utf-8"))
    parser.close()
    return iter(parser.passages)


def read_json(name: str, data: bytes) -> Iterator[Passage]:
    """Read JSON: every value, and the numbers in the names of fields, each with its path."""
    yield from _values(json.loads(data.decode("utf-8")), name, ())


def _values(value: Any, where: str, heads: tuple[str, ...]) -> Iterator[Passage]:
    if isinstance(value, dict):
        # What an entry says of itself (its id, its name) tells what its numbers are about.
        own = tuple(str(value[key]) for key in ("id", "name", "code") if isinstance(value.get(key), str))
        for key, part in value.items():
            yield Passage(f"{where}.{key} (field)", key, heads)
            yield from _values(part, f"{where}.{key}", (*heads, *own, key))
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from _values(part, f"{where}[{place}]", heads)
    elif isinstance(value, str) or (isinstance(value, int | float) and not isinstance(value, bool)):
        yield Passage(where, value if isinstance(value, str) else json.dumps(value), heads)


def read_csv(name: str, data: bytes) -> Iterator[Passage]:
    """Read CSV: every cell, with the other cells of its row and the head of its column."""
    rows = list(csv.reader(StringIO(data.decode("utf-8-sig"))))
    yield from table_passages(name, rows)


def read_text(name: str, data: bytes) -> Iterator[Passage]:
    """Read plain text, line by line."""
    for place, line in enumerate(data.decode("utf-8-sig").splitlines(), start=1):
        yield Passage(f"{name} line {place}", line)


def table_passages(name: str, rows: list[list[str]]) -> Iterator[Passage]:
    """Give the cells of a table whose first row holds the heads of the columns."""
    columns = rows[0] if rows else []
    for place, row in enumerate(rows, start=1):
        for at, cell in enumerate(row):
            if not cell:
                continue
            column = columns[at] if at < len(columns) and place > 1 else ""
            others = tuple(other for other in row if not _is_number(other)) if place > 1 else ()
            yield Passage(f"{name} row {place} column {at + 1}", cell, tuple(filter(None, (*others, column))))


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[\d.,%−-]+", text.strip()) is not None


READERS: dict[str, Reader] = {
    ".html": read_html,
    ".svg": read_html,
    ".json": read_json,
    ".csv": read_csv,
    ".txt": read_text,
    ".md": read_text,
}


class _Page(HTMLParser):
    """Collects passages; those of a table know the heads of their row and column once the row ends."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.passages: list[Passage] = []
        self._name = name
        self._open: list[tuple[str, str]] = []
        self._caption: list[str] = []
        self._columns: list[str] = []
        self._row: list[tuple[Passage, int]] = []
        self._row_head: list[str] = []
        self._cell = -1
        self._head_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter an element and read its attributes."""
        values = {key: value or "" for key, value in attrs}
        if tag == "table":
            self._caption, self._columns = [], []
        if tag == "tr":
            self._row, self._row_head, self._cell = [], [], -1
        if tag in {"td", "th"}:
            self._cell += 1
            self._head_cell = tag == "th"
            if self._inside("thead"):
                # A head that spans two columns is the head of both.
                self._columns.extend([""] * int(values.get("colspan") or 1))
        self._open.append((tag, f"{tag}.{values['class'].replace(' ', '.')}" if values.get("class") else tag))
        for key, value in values.items():
            if key not in _LOOKS:
                self._keep(f"{self._place()}@{key}", value)
        if tag in _VOID:
            self._open.pop()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read an element that closes itself, as in SVG."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Leave an element; at the end of a row its passages are complete."""
        if tag == "tr":
            self._end_row()
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Read a text; style sheets are the same in every brief, which a test checks."""
        if not data.strip() or self._inside("style"):
            return
        drawn = self._inside("svg")
        if self._inside("caption"):
            self._caption.append(data)
        elif self._inside("thead") and self._columns and not drawn:
            self._columns[-1] = f"{self._columns[-1]} {data}".strip()
        elif self._inside("tr") and not drawn and (self._head_cell or self._cell == 0):
            self._row_head.append(data)
        self._keep(self._place(), data)

    def handle_comment(self, data: str) -> None:
        """Read a comment."""
        self._keep(f"{self._place()} comment", data)

    def handle_pi(self, data: str) -> None:
        """Read a processing instruction."""
        self._keep(f"{self._place()} instruction", data)

    def unknown_decl(self, data: str) -> None:
        """Read whatever else is declared, such as CDATA."""
        self._keep(f"{self._place()} declaration", data)

    def _inside(self, tag: str) -> bool:
        return any(name == tag for name, _ in self._open)

    def _place(self) -> str:
        return f"{self._name}: {' '.join(shown for _, shown in self._open[-6:])}"

    def _keep(self, where: str, text: str) -> None:
        if not text.strip():
            return
        passage = Passage(where, text)
        if self._inside("tr"):
            self._row.append((passage, self._cell))
        else:
            caption = " ".join(self._caption) if self._inside("table") else ""
            self.passages.append(replace(passage, heads=(caption,) if caption else ()))

    def _end_row(self) -> None:
        head, caption = " ".join(self._row_head).strip(), " ".join(self._caption).strip()
        in_head = self._inside("thead")
        for passage, cell in self._row:
            column = self._columns[cell] if not in_head and 0 <= cell < len(self._columns) else ""
            heads = tuple(filter(None, (caption, "" if in_head else head, column)))
            self.passages.append(replace(passage, heads=heads))
        self._row = []
