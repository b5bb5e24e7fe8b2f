"""When two wordings are the same: a question as an export repeats it, and as the framework has it."""

import html
import re
import unicodedata

_QUOTES = str.maketrans({
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "´": "'", "`": "'",
    "“": '"', "”": '"', "„": '"', "‐": "-", "‑": "-", "–": "-", "—": "-",
})  # fmt: skip
_NUMBER = re.compile(r"(?:(?:question|q)\s*)?[0-9]{1,3}\s*[.):]\s+|q(?:uestion)?\s?[0-9]{1,3}\s+")
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_ENDS = " .:;?!*…"
_NOT_IN_CODES = re.compile(r"[\W_]+")
_CODE_FIRST = re.compile(r"([a-z]\w*)\s*[.:]\s+(.+)", re.DOTALL)


def same_wording(text: str) -> str:
    """Give a wording as it is compared.

    Case, spaces, kinds of quotation marks and dashes, tags and entities of HTML, a number before it and
    punctuation after it make no difference. Nothing else is forgiven.
    """
    plain = unicodedata.normalize("NFKC", without_markup(text)).translate(_QUOTES).casefold()
    plain = " ".join(plain.split())
    return _NUMBER.sub("", plain, count=1).strip(_ENDS) if _NUMBER.match(plain) else plain.strip(_ENDS)


def without_markup(text: str) -> str:
    """Take the tags of HTML out of a text, and give its entities as what they stand for."""
    return html.unescape(_TAG.sub(" ", text))


def same_code(text: str) -> str:
    """Give a code as it is compared: survey tools allow no underscores in codes."""
    return _NOT_IN_CODES.sub("", text.casefold())


def codes_of(heading: str) -> frozenset[str]:
    """Give what may be the code of a tool's own column: the heading, or its parts as in “id. Response ID”."""
    plain = same_wording(heading)
    match = _CODE_FIRST.fullmatch(plain)
    return frozenset(map(same_code, (plain, *(match.groups() if match else ()))))
