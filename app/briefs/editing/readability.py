"""How long a brief is and how easily it reads: Flesch and Kincaid's grade, in years of school."""

import re
from collections.abc import Iterable

MOST_WORDS = 1500
HIGHEST_GRADE = 9.0
_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*")
_VOWELS = re.compile(r"[aeiouy]+")


def words_in(texts: Iterable[str]) -> int:
    """Count the words of texts."""
    return sum(len(text.split()) for text in texts)


def grade(texts: Iterable[str]) -> float:
    """Give the years of school that texts ask for, to a decimal; each text is one sentence or more."""
    sentences = [part for text in texts for part in re.split(r"(?<=[.?!])\s+", text) if _WORD.search(part)]
    words = [word for sentence in sentences for word in _WORD.findall(sentence)]
    if not words:
        return 0.0
    syllables = sum(map(_syllables, words))
    return round(0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59, 1)


def _syllables(word: str) -> int:
    plain = word.lower().replace("’", "").replace("'", "")
    count = len(_VOWELS.findall(plain))
    silent = plain.endswith("e") and not plain.endswith(("le", "ee", "ye"))
    silent = silent or (plain.endswith("ed") and not plain.endswith(("ted", "ded")))
    if silent and count > 1:
        count -= 1
    return max(1, count)
