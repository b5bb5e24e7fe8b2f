"""All published tables as one long CSV that a spreadsheet opens as it is."""

import csv
import re
from dataclasses import astuple
from io import StringIO

from app.briefs.plain_tables import Cell, PlainTable, long_rows

_HEAD = ("table", "heading", "question", "group", "measure", "value", "note")
# A spreadsheet computes a text that begins so, also after spaces; full-width signs count in some countries.
_FORMULA = re.compile(r"\A(?:[\t\r]|\s*[=+\-@＝＋－＠])")


def begins_like_a_formula(text: str) -> bool:
    """Say whether a spreadsheet might compute a text rather than show it."""
    return _FORMULA.match(text) is not None


def tables_csv(tables: tuple[PlainTable, ...]) -> bytes:
    """Write the tables as UTF-8 with a byte order mark, without which Excel misreads ŷ and Ł.

    A text that begins like a formula gets an apostrophe in front. A number is a number, also below nought.
    """
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_HEAD)
    for row in long_rows(tables):
        writer.writerow(_inert(cell) for cell in astuple(row))
    return out.getvalue().encode("utf-8-sig")


def _inert(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and begins_like_a_formula(cell) else cell
