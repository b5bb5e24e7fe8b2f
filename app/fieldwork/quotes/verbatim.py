"""Whether a quote stands in its note word for word."""

import re
from unicodedata import normalize

# What was left out, or put in place of something: "…", "[…]", "[name removed]".
_GAP = re.compile(r"\[[^\]]*\]|…|\.\.\.")
_MARKS = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00ad": "", "\u200b": ""}
)


def stands_in(quote: str, note: str) -> bool:
    """Say whether the words of a quote stand in a note, in their order. It may leave some out.

    Case, spaces and kinds of quotation marks make no difference.
    """
    folded, at = _folded(note), 0
    parts = [part for part in map(_folded, _GAP.split(quote.translate(_MARKS))) if part]
    for part in parts:
        found = folded.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return bool(parts)


def _folded(text: str) -> str:
    return " ".join(normalize("NFKC", text.translate(_MARKS)).casefold().strip(" \n\t\"'").split())
