"""A text as a person reads it: odd digits, spaces and letters made plain, with the way back to the original.

Full-width digits become digits, all spaces one kind of space, letters of other alphabets that look Latin
become Latin, and what cannot be seen is left out. Every character knows the stretch of the original that it
stands for.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple, Self

from app.fieldwork.safety.kinds import REMOVED, Kind

# What was found already, or removed before. They are no letters, digits, spaces or punctuation, so that
# nothing reaches across them; a removed name still shows that a person is spoken of.
TAKEN, TAKEN_NAME = "\0", "\1"

_ALIKE = str.maketrans(
    "АВЕКМНОРСТХУІЈЅаеорсухіјѕԁһΑΒΕΖΗΙΚΜΝΟΡΤΥΧον" + "‘’ʼ‛′´`" + "‐‑‒–—―−⁃" + "\u2800\u115f\u1160",
    "ABEKMHOPCTXYIJSaeopcyxijsdhABEZHIKMNOPTYXov" + "'''''''" + "--------" + "   ",
)
_LINES = "\n\r\v\f\u0085\u2028\u2029"
_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"
_MOST_MARKS = 8  # composing many marks on one letter takes time that grows with their square
_PLACEHOLDER = re.compile("|".join(map(re.escape, REMOVED.values())))


class Found(NamedTuple):
    """A stretch of the text as it is read."""

    start: int
    end: int


class Reading:
    """The characters as they are read, and where each stands in the original."""

    def __init__(self, text: str, starts: list[int], ends: list[int]) -> None:
        self.text = text
        self._starts = starts
        self._ends = ends

    @classmethod
    def of(cls, original: str) -> Self:
        """Read a text."""
        characters: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        placeholders = {found.start(): found for found in _PLACEHOLDER.finditer(original)}
        at, length = 0, len(original)
        while at < length:
            if at in placeholders:
                found = placeholders[at]
                end = found.end()
                plain = TAKEN_NAME if found.group() == REMOVED[Kind.NAME] else TAKEN
            else:
                end = at + 1
                while end < length and end - at <= _MOST_MARKS and _is_mark(original[end]):
                    end += 1
                plain = _plain(original[at:end])
                if (
                    not plain
                    and original[at] in _ZERO_WIDTH
                    and _joins_words(characters, original[end : end + 1])
                ):
                    plain = " "
            for character in plain:
                characters.append(character)
                starts.append(at)
                ends.append(end)
            at = end
        return cls("".join(characters), starts, ends)

    def without(self, found: Iterable[tuple[Found, Kind]]) -> tuple["Reading", list[tuple[Kind, int, int]]]:
        """Put a sign in place of each stretch, in their order; give where they stood in the original.

        A character of the original that is read as several is taken as a whole.
        """
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        taken: list[tuple[Kind, int, int]] = []
        at = 0
        for stretch, kind in found:
            first, last = stretch
            while first > at and self._starts[first - 1] == self._starts[first]:
                first -= 1
            while last < len(self.text) and self._starts[last] == self._starts[last - 1]:
                last += 1
            if first < at:
                continue
            place = (self._starts[first], self._ends[last - 1])
            taken.append((kind, *place))
            pieces += (self.text[at:first], _sign(kind))
            starts += (*self._starts[at:first], place[0])
            ends += (*self._ends[at:first], place[1])
            at = last
        pieces.append(self.text[at:])
        return Reading("".join(pieces), starts + self._starts[at:], ends + self._ends[at:]), taken


def _sign(kind: Kind) -> str:
    return TAKEN_NAME if kind is Kind.NAME else TAKEN


def _is_mark(character: str) -> bool:
    return character > "\u02ff" and unicodedata.category(character) in ("Mn", "Me")


def _joins_words(before: list[str], after: str) -> bool:
    """Whether something of no width stands where a space should: "mumKayleigh"."""
    return bool(before) and before[-1].islower() and after.isupper()


def _plain(character: str) -> str:
    """Give a character, with the marks on it, as it is read."""
    if len(character) == 1 and " " <= character <= "~":
        return character if character != "`" else "'"
    if character in _LINES:
        return "\n"
    return "".join(map(_plain_one, unicodedata.normalize("NFKC", character).translate(_ALIKE)))


def _plain_one(character: str) -> str:
    if character in _LINES:
        return "\n"
    if character == "\t" or character.isspace():
        return " "
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    return "" if category[0] == "C" or category in ("Mn", "Me") else character
