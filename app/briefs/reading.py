"""How long a brief is and how easily it reads, for whoever words it.

The grade of Flesch and Kincaid is the number of years at school that a text takes. The libraries that count
syllables exactly carry a dictionary under the GPL, so ours counts groups of vowels, as the formula's authors
did by hand; a test holds it within half a grade of such a library.

Reference: Kincaid, J. P., Fishburne, R. P., Rogers, R. L. and Chissom, B. S. (1975). Derivation of new
readability formulas for Navy enlisted personnel. Naval Technical Training Command, Research Branch Report
8-75.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass

from app.briefs.brief import Brief
from app.briefs.marks import Mark, Sentence, Title

MOST_WORDS, HIGHEST_GRADE = 1500, 9
# Alternative texts stand beside what they describe, and count as charts; resources stand with the evidence.
_NOT_READ = ("message", "chart", "id", "resources")
_WORD = re.compile(r"[^\W\d_][^\W\d_'’]*")
_SENTENCE_END = re.compile(r"[.?!]+(?=\s|$)|:(?=\s)")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?<![aeiouyl])es?$|(?<=[^aeiouytd])ed$|(?<=[aeiouy]l)es?$")
_APART = re.compile(r"i(?:a(?!l\b|n\b|ge)|o(?!n|us)|um|en)|eate|[^q]ua(?!r|l\b)|eo|creat|idea|area")


@dataclass(frozen=True, slots=True)
class Measures:
    """How many words the four pages hold, and the years at school that they take."""

    words: int
    grade: float

    @property
    def too_long(self) -> bool:
        """Whether there are more words than a brief may have."""
        return self.words > MOST_WORDS


def measure(brief: Brief) -> Measures:
    """Measure the four pages of a brief."""
    said = [text for page in _pages(brief) for text, _ in _said(page)]
    words = sum(len([one for one in _WORD.findall(text) if len(one) > 1]) for text in said)
    return Measures(words, grade_of(sentences(brief)))


def sentences(brief: Brief) -> Sequence[str]:
    """Give every sentence and title of the four pages, each with its full stop. Labels of charts are none."""
    said = [text for page in _pages(brief) for text, whole in _said(page) if whole]
    return [text if text.endswith((".", "?", "”")) else f"{text}." for text in said]


def _pages(brief: Brief) -> tuple[object, ...]:
    return brief.one, brief.two, brief.three, brief.four


def grade_of(texts: Sequence[str]) -> float:
    """Give the grade of Flesch and Kincaid: 0.39 words a sentence + 11.8 syllables a word - 15.59."""
    text = " ".join(texts)
    words = _WORD.findall(text)
    if not words:
        return 0.0
    ends = max(1, len(_SENTENCE_END.findall(text)))
    return 0.39 * len(words) / ends + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59


def _syllables(word: str) -> int:
    plain = re.sub(r"['’].*$", "", word.lower())
    groups = len(_VOWELS.findall(_SILENT.sub("", plain)))
    return max(1, groups + len(_APART.findall(plain)))


def _said(part: object) -> Iterator[tuple[str, bool]]:
    """Give what is printed of a part, and whether it is a sentence."""
    if isinstance(part, Sentence):
        yield part.plain, True
    elif isinstance(part, Title):
        yield part.text, True
    elif isinstance(part, str):
        yield part, part.endswith((".", "?")) and " " in part
    elif isinstance(part, tuple):
        for piece in part:
            yield from _said(piece)
    elif is_dataclass(part) and not isinstance(part, Mark):
        for field in fields(part):
            if field.name not in _NOT_READ:
                yield from _said(getattr(part, field.name))
