"""The published numbers as plain tables: one number a cell, or words that say why there is none."""

from dataclasses import dataclass
from typing import Literal

from app.briefs import words
from diagnostics.published_parts import HIGHEST_PRINTED, LOWEST_PRINTED

Cell = int | str
Kind = Literal["text", "score", "share", "points", "number", "place"]
Part = Literal["heading", "question", "group", "measure"]

SILENT, NONE, NO_WAVE, NO_COMPARISON, NOT_FOR_THIS = (
    "silent",
    "none",
    "first wave",
    "cannot compare",
    "does not apply",
)
MEANINGS = {
    words.NOT_SHOWN: "Hidden to protect people in a small group, or too few people answered.",
    words.NOT_KNOWN: words.AREAS_NOT_KNOWN,
    SILENT: "The source said nothing on this heading. It is not a score of nought.",
    NONE: "There was too little evidence to say.",
    NO_WAVE: "There is no earlier wave to compare with.",
    NO_COMPARISON: "The two waves cannot be compared here.",
    NOT_FOR_THIS: "This column says nothing about this row.",
    words.NO_PEERS: "Too few other councils have a score on this heading to compare with.",
}


class Exact(int):
    """A score that is itself at the ends too, in a column where others have open ends."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column. ``part`` says what it does in a long table: it names the row, or it measures something."""

    title: str
    explains: str
    kind: Kind = "text"
    part: Part = "measure"
    width: int = 14


@dataclass(frozen=True, slots=True)
class PlainTable:
    """A table whose first row is its head and whose every cell is filled."""

    name: str
    explains: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class LongRow:
    """One number of one table, with all that says what it is."""

    table: str
    heading: str
    question: str
    group: str
    measure: str
    value: Cell
    note: str


EVERYTHING = "all"


def value_or(value: int | str | None, instead: str) -> Cell:
    """Give a value, or the words that stand in its place."""
    return instead if value is None or value == "" else value


def note_of(value: Cell, kind: Kind) -> str:
    """Say what a cell alone does not: that a number is at an open end, or why there is none."""
    if isinstance(value, str):
        return MEANINGS.get(value, "")
    if isinstance(value, Exact) or kind not in ("score", "share"):
        return ""
    if LOWEST_PRINTED < value < HIGHEST_PRINTED:
        return ""
    return words.score(value) if kind == "score" else words.share(value)


def long_rows(tables: tuple[PlainTable, ...]) -> tuple[LongRow, ...]:
    """Give all tables as one, with a row for each measure."""
    return tuple(
        LongRow(
            table.name,
            _named(table, row, "heading"),
            _named(table, row, "question"),
            _named(table, row, "group"),
            column.title,
            value,
            note_of(value, column.kind),
        )
        for table in tables
        for row in table.rows
        for column, value in zip(table.columns, row, strict=True)
        if column.part == "measure"
    )


def _named(table: PlainTable, row: tuple[Cell, ...], part: Part) -> str:
    named = [str(value) for column, value in zip(table.columns, row, strict=True) if column.part == part]
    return ". ".join(named) or EVERYTHING
