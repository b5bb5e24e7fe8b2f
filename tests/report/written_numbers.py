"""Numbers as people and programs write them: 1,234, 12.5, −3, 95%, ½, dates, I3, “six in ten”, “nine”."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["number", "code", "date", "tenths"]

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_UNIT = "|".join(UNITS)
# A code holds a letter and a digit; a leak written n47 or 47pts is one too, and known to nobody.
_WRITTEN = re.compile(
    rf"""
      (?P<date> \b\d{{4}}-\d\d-\d\d (?:T\d\d:\d\d (?::\d\d (?:\.\d+)?)? (?:Z|[+-]\d\d:?\d\d)?)? \b
              | \b(?:\d{{1,2}}\s)? (?:{"|".join(MONTHS)}) \s\d{{4}}\b )
    | (?P<tenths> \b(?:{_UNIT}) (?=\sin\sten\b) )
    | (?P<word> \b(?:{_UNIT}) (?=\s(?:people|persons?|staff|answers?|colleagues?)\b) )
    | (?P<number> (?: (?<![\w)\]%.,]) [−-] )? (?<!\w) (?: \d{{1,3}}(?:,\d{{3}})+ | \d+ ) (?:\.\d+)? (?!\w) )
    | (?P<code> (?=\w*\d) \w+ )
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Written:
    """A number as it is written. ``value`` is its worth; a date and a code have none."""

    kind: Kind
    text: str
    value: float | None


def plain_text(text: str) -> str:
    """Write every digit as 0 to 9, every fraction as a decimal, and every space as one space."""
    decimals = "".join(_decimal(text, place) for place in range(len(text)))
    return " ".join(unicodedata.normalize("NFKC", decimals).replace("\u00ad", "").split())


def _decimal(text: str, place: int) -> str:
    sign = text[place]
    if "VULGAR FRACTION" not in unicodedata.name(sign, "") or unicodedata.numeric(sign) >= 1:
        return sign
    decimals = f"{unicodedata.numeric(sign):g}"
    return decimals.removeprefix("0") if place and text[place - 1].isdigit() else decimals


def numbers_in(text: str) -> list[Written]:
    """Give every number of a text, in order."""
    return [_written(match) for match in _WRITTEN.finditer(plain_text(text))]


def _written(match: re.Match[str]) -> Written:
    said = match[0]
    if match["number"]:
        return Written("number", said, float(said.replace(",", "").replace("−", "-")))
    if match["word"]:
        return Written("number", said, float(UNITS.index(said.lower()) + 1))
    if match["tenths"]:
        return Written("tenths", said, float(UNITS.index(said.lower()) + 1))
    return Written("date" if match["date"] else "code", said, None)


def day_in_words(iso: str) -> str:
    """Write a date in full: “14 December 2026”."""
    when = date.fromisoformat(iso)
    return f"{when.day} {month_in_words(iso)}"


def month_in_words(iso: str, later: int = 0) -> str:
    """Write the month that lies so many months after a date: “December 2027”."""
    when = date.fromisoformat(iso)
    years, month = divmod(when.month - 1 + later, 12)
    return f"{MONTHS[month]} {when.year + years}"
