"""A paper before it is a page or a file: sections of paragraphs, points and tables, and what is missing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_GAP = re.compile(r"\[to be completed: ([^\]]+)\]")


def gap(what: str) -> str:
    """Stand in for a fact that nobody has given yet; a paper never leaves a blank."""
    return f"[to be completed: {what}]"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; ``missing`` where it stands in for a fact."""

    text: str
    missing: bool


def pieces(text: str) -> list[Piece]:
    """Part a text into what it says and what is missing from it."""
    found: list[Piece] = []
    start = 0
    for hole in _GAP.finditer(text):
        if hole.start() > start:
            found.append(Piece(text[start : hole.start()], False))
        found.append(Piece(hole.group(), True))
        start = hole.end()
    if start < len(text):
        found.append(Piece(text[start:], False))
    return found


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list of points."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading within a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table. A row's first cell names it; ``widths`` are shares of the line, in per cent."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


Block = Words | Points | Subheading | Table


@dataclass(frozen=True, slots=True)
class Section:
    """A section with its heading."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper. ``under`` is the line beneath its title, and ``foot`` the last line."""

    title: str
    under: str
    sections: tuple[Section, ...]
    foot: str

    def texts(self) -> Iterator[str]:
        """Give all that it says, in order."""
        yield self.title
        yield self.under
        for section in self.sections:
            yield section.title
            for block in section.blocks:
                yield from _texts(block)
        yield self.foot

    @property
    def missing(self) -> tuple[str, ...]:
        """What is still to be completed, each once, in the order in which it is read."""
        return tuple(dict.fromkeys(what for text in self.texts() for what in _GAP.findall(text)))


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Words(text) | Subheading(text):
            yield text
        case Points(items):
            yield from items
        case Table():
            yield block.caption
            yield from block.columns
            for row in block.rows:
                yield from row


def block_kind(block: Block) -> str:
    """Name a block's kind, for templates."""
    match block:
        case Words():
            return "words"
        case Points():
            return "points"
        case Subheading():
            return "subheading"
        case Table():
            return "table"
