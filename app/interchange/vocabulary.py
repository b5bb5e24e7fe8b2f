"""Words that a cell may hold: found with case and spaces forgiven, and the nearest one when they are "
"wrong."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence

_LISTED = 12
_SHOWN = 60
_WHOLE = re.compile(r"([0-9]{1,9})(?:\.0+)?")
_UNPRINTABLE = {code: None for code in (*range(9), 11, 12, *range(14, 32), *range(127, 160), 0xFFFE, 0xFFFF)}


def folded(text: str) -> str:
    """Give the text as it is compared: lower case, single spaces, plain apostrophes, _ and - as spaces.

    An accent is the same whether a letter was typed with it or it was added to the letter.
    """
    plain = unicodedata.normalize("NFC", text).replace("’", "'").replace("_", " ").replace("-", " ")
    return " ".join(plain.split()).casefold()


def printable_text(text: str) -> str:
    """Take control characters out of a text, save tabs and line breaks."""
    return text.translate(_UNPRINTABLE)


def cleaned(text: str) -> str:
    """Take control characters out of a text, and what is blank about it."""
    return printable_text(text).strip()


def quoted(value: str) -> str:
    """Give a value for a message: in quotation marks, on one line, shortened."""
    plain = " ".join(cleaned(value).split())
    return f"“{plain if len(plain) <= _SHOWN else plain[: _SHOWN - 1] + '…'}”"


def listed(values: Sequence[str], last: str = "or") -> str:
    """Give "a, b or c"."""
    return values[0] if len(values) == 1 else f"{', '.join(values[:-1])} {last} {values[-1]}"


def whole_number(text: str) -> int | None:
    """Read a whole number from 0 upwards, 4.0 too; None where it is something else."""
    match = _WHOLE.fullmatch(text)
    return int(match.group(1)) if match else None


def rows_in_words(rows: Sequence[int]) -> str:
    """Name rows: "row 12", "rows 12, 15 and 20", "rows 12, 15, 20, 21, 22 and 40 more"."""
    if len(rows) == 1:
        return f"row {rows[0]}"
    if len(rows) <= 6:
        return f"rows {listed([str(row) for row in rows], 'and')}"
    return f"rows {', '.join(str(row) for row in rows[:5])} and {len(rows) - 5:,} more"


class Vocabulary:
    """The words that may stand in one place, each with what it stands for.

    Parameters
    ----------
    what : str
        What a word is, with its article: "a role group of this framework".
    words : iterable of (str, str)
        Ids and the names by which people may call them. Ids win over names.
    """

    def __init__(self, what: str, words: Iterable[tuple[str, str]]) -> None:
        pairs = tuple(words)
        self.what = what
        self.ids = tuple(dict.fromkeys(word for word, _ in pairs))
        self._exact = {word: word for word in self.ids}
        self._folded: dict[str, str] = {}
        for key, word in [(word, word) for word, _ in pairs] + [(name, word) for word, name in pairs]:
            self._folded.setdefault(folded(key), word)

    def find(self, text: str) -> str | None:
        """Give the id that the text means, or None."""
        return self._exact.get(text) or self._folded.get(folded(text))

    def nearest(self, text: str) -> str | None:
        """Give the id that looks most like the text, if one does."""
        close = difflib.get_close_matches(folded(text)[:80], self._folded, n=1, cutoff=0.6)
        return self._folded[close[0]] if close else None

    def mend(self, text: str) -> str:
        """Say what would be right instead of the text."""
        if not self.ids:
            return "There is none that you could name here."
        near = self.nearest(text) if text else None
        if len(self.ids) <= _LISTED:
            allowed = f"Write {'one of: ' if len(self.ids) > 1 else ''}{listed(self.ids)}."
        elif near is None:
            allowed = f"There are {len(self.ids)}, such as {listed(self.ids[:3])}."
        else:
            allowed = ""
        return f"Did you mean “{near}”? {allowed}".strip() if near else allowed

    def unknown(self, text: str) -> str:
        """Say that the text is not one of the words, and what would be right."""
        return f"{quoted(text)} is not {self.what}. {self.mend(text)}"
