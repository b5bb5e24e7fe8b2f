"""A text cut into words: what stands before and after each, and where a name that begins with it ends."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from app.fieldwork.safety import vocabulary as words

PLAIN = re.compile(r" {1,3}|\n")
_WORD = re.compile(r"[^\W\d_]+(?:'(?!s\b)[^\W\d_]+|-[^\W\d_]+)*")
_SENTENCE = re.compile(r"[.!?:\n\"“”•*#|]|(?:^|\s)[-–]\s")
_MOST_WORDS = 5
_MOST_GAP = 40


class Word(NamedTuple):
    """A word, and how it is compared."""

    start: int
    end: int
    text: str
    key: str


def cut(text: str) -> list[Word]:
    return [
        Word(start, end, text[start:end], words.key(text[start:end]))
        for match in _WORD.finditer(text)
        for start, end in _apart(*match.span(), match.group())
    ]


def _apart(start: int, end: int, word: str) -> Iterator[tuple[int, int]]:
    """Part "mum-Agnieszka" where a word for a person stands before the dash."""
    first = word.partition("-")[0]
    if len(first) < len(word) and words.key(first) in words.KIN:
        yield start, start + len(first)
        start += len(first) + 1
    yield start, end


def is_capital(word: Word) -> bool:
    """Whether a word begins with a capital letter, as al-Sayed does."""
    return word.text[0].isupper() or (
        word.key.split("-")[0] in words.PARTICLES and word.text.split("-")[-1][0].isupper()
    )


class Wording:
    """The words of a text. None of its methods looks at more than a few of them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = cut(text)

    def key(self, at: int) -> str:
        return self.words[at].key if 0 <= at < len(self.words) else ""

    def gap(self, at: int) -> str:
        """Give what stands before a word, since the one before it."""
        if not 0 < at < len(self.words):
            return "\n\n" if at == 0 else ""
        before = self.words[at - 1].end
        return self.text[before : min(self.words[at].start, before + _MOST_GAP)]

    def may_name(self, at: int) -> bool:
        """Whether a word has a capital letter and is no ordinary word."""
        if not at < len(self.words):
            return False
        word = self.words[at]
        if (
            not is_capital(word)
            or len(word.text) < 2
            or words.is_ordinary(word.text)
            or word.key in words.TITLES
        ):
            return False
        return not (word.text.isupper() and len(word.text) > 2) or words.may_be_given_name(word.text)

    def is_english(self, at: int) -> bool:
        """Whether a word is an ordinary English one, though a surname may be such a word."""
        return words.is_english(self.words[at].key)

    def initial(self, at: int) -> bool:
        return (
            0 <= at < len(self.words) and len(self.words[at].text) == 1 and "A" <= self.words[at].text <= "Z"
        )

    def is_particle(self, at: int) -> bool:
        return self.key(at) in words.PARTICLES or (at < len(self.words) and self.words[at].text in ("Ó", "ó"))

    def begins_sentence(self, at: int) -> bool:
        return at == 0 or bool(_SENTENCE.search(self.gap(at)))

    def end(self, at: int) -> int:
        """Give the last word of the name that begins with a word: surnames, "ap", initials."""
        last = at
        while last + 1 < len(self.words) and last - at < _MOST_WORDS:
            gap, after = self.gap(last + 1), last + 1
            if (
                self.initial(after) and re.fullmatch(r"\.? |\.", gap) and self.key(after) not in ("a", "i")
            ) or (
                re.fullmatch(r" {1,2}|\n" + (r"|\.\s?" if self.initial(last) else ""), gap)
                and self.goes_on(after)
            ):
                last = after
            else:
                break
        while last > at and self.is_particle(last) and self.words[last].text.islower():
            last -= 1
        return last

    def goes_on(self, at: int) -> bool:
        if self.is_particle(at):
            return bool(PLAIN.fullmatch(self.gap(at + 1))) and self.may_name(at + 1)
        return self.may_name(at) and self.key(at) not in words.MONTHS

    def names_a_place(self, at: int, end: int) -> bool:
        """Whether a street, a team or a report is called so."""
        if self.key(at - 1) in ("st", "saint"):
            return True
        return self.key(end + 1) in words.PLACES and bool(PLAIN.fullmatch(self.gap(end + 1)))
