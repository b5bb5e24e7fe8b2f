"""When two wordings are the same: a question as an export repeats it, and as the framework has it."""

import re
import unicodedata

_QUOTES = str.maketrans({
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "´": "'", "`": "'",
    "“": '"', "”": '"', "„": '"', "‐": "-", "‑": "-", "–": "-", "—": "-",
})  # fmt: skip
_NUMBER = re.compile(r"(?:(?:question|q)\s*)?[0-9]{1,3}\s*[.):]\s+|q(?:uestion)?\s?[0-9]{1,3}\s+")
_TAG = re.compile(r"</?[a-z][^<>]*>")
_ENDS = " .:;?!*…"
_NOT_IN_CODES = re.compile(r"[\W_]+")


def same_wording(text: str) -> str:
    """Give a wording as it is compared.

    Case, spaces, kinds of quotation marks and dashes, tags, a number before it and punctuation after it make
    no difference. Nothing else is forgiven.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold()
    plain = " ".join(_TAG.sub(" ", plain).split())
    return _NUMBER.sub("", plain, count=1).strip(_ENDS) if _NUMBER.match(plain) else plain.strip(_ENDS)


def same_code(text: str) -> str:
    """Give a code as it is compared: survey tools allow no underscores in codes."""
    return _NOT_IN_CODES.sub("", text.casefold())
