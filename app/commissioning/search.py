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
    """Give the authorities in whose name, region, code or trust every sought word begins a word."""
    words = words_of(sought)
    return [one for one in authorities if all(_begins(word, one) for word in words)]


def _begins(word: str, authority: Authority) -> bool:
    text = f"{authority.name} {authority.region} {authority.code} {authority.children_trust}"
    return any(known.startswith(word) for known in words_of(text))
