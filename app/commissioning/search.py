"""Finding a council by the beginnings of words, however somebody writes its name."""

import re
import unicodedata
from collections.abc import Sequence

from app.commissioning.models import Authority

# What people write one way or the other.
_ALIKE = {"&": " and ", "’": "", "'": "", "‘": ""}
_SHORT = {"saint": "st"}


def words_of(text: str) -> list[str]:
    """Give the words of a text as they are compared: no case, accents, apostrophes or full stops."""
    for mark, instead in _ALIKE.items():
        text = text.replace(mark, instead)
    plain = unicodedata.normalize("NFKD", text).casefold()
    found = re.findall(r"[a-z0-9]+", "".join(one for one in plain if not unicodedata.combining(one)))
    return [_SHORT.get(word, word) for word in found]


def matching(authorities: Sequence[Authority], sought: str) -> list[Authority]:
    """Give the authorities in whose name, region, code or trust every sought word begins a word.

    Where the words fit no single one of these, they may be spread over them: "helens north west".
    """
    words = words_of(sought)
    texts = [(one, (one.name, one.region, one.code, one.children_trust)) for one in authorities]
    found = [one for one, fields in texts if any(_fits(words, field) for field in fields)]
    return found or [one for one, fields in texts if _fits(words, " ".join(fields))]


def _fits(words: Sequence[str], text: str) -> bool:
    known = words_of(text)
    return all(any(one.startswith(word) for one in known) for word in words)
