"""How a sentence of the brief is put together: lists, capitals, plurals, and what a stage is called."""

import re
from collections.abc import Sequence

STAGE_NAMES = {1: "starting", 2: "developing", 3: "established", 4: "leading"}
SMALL_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

_CORPORATE = re.compile(
    r"\s+(metropolitan borough council|metropolitan district council|city council|county council"
    r"|borough council|district council|council|corporation"
    r"|children['’]s trust|children and families trust)$",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"^(the\s+)?((london borough|royal borough|metropolitan borough|city(?! of london)|county) of"
    r"|council of the)\s+",
    re.IGNORECASE,
)
# As the ONS writes "Bristol, City of".
_OFFICE_BEHIND = re.compile(r",\s+(city|county) of$", re.IGNORECASE)


def place_name(authority: str) -> str:
    """Shorten an authority's full name to the place: "Wexbourne Borough Council" becomes "Wexbourne"."""
    short = _OFFICE.sub("", _OFFICE_BEHIND.sub("", _CORPORATE.sub("", authority.strip())))
    return short or authority.strip()


def sentence(words: str) -> str:
    """Start with a capital and end with a full stop."""
    words = words.strip()
    capital = words[0].upper() + words[1:]
    return capital if capital.endswith((".", "?", "”")) else f"{capital}."


def listed(words: Sequence[str], joint: str = "and") -> str:
    """Join words with commas and a last "and"; a comma before it where a word holds an "and" of its own."""
    if len(words) < 2:
        return "".join(words)
    comma = "," if any(f" {joint} " in word for word in words) else ""
    return f"{', '.join(words[:-1])}{comma} {joint} {words[-1]}"


def seemingly(words: str) -> str:
    """Begin a sentence so that it claims less: "Staff say so." becomes "It seems that staff say so."."""
    is_a_name = words[1:2].isupper()
    return f"It seems that {words if is_a_name else words[:1].lower() + words[1:]}"


def on_balance(words: str) -> str:
    """Begin a sentence so that it says where the evidence leans: "On balance, staff say so."."""
    is_a_name = words[1:2].isupper()
    return f"On balance, {words if is_a_name else words[:1].lower() + words[1:]}"


def number(n: int) -> str:
    """Write a small number as a word."""
    return SMALL_NUMBERS[n] if 0 <= n < len(SMALL_NUMBERS) else str(n)


def counted_noun(n: int, singular: str, plural: str | None = None) -> str:
    """Write a number with its noun: "1 interview", "9 interviews"."""
    return f"{n} {singular if n == 1 else plural or singular + 's'}"


def by_points(low: int, high: int) -> str:
    """Write a range of change, whichever way it goes: "by 2 to 10 points", "by up to 6 points" from 0."""
    ends = sorted((abs(low), abs(high)))
    if ends[0] == 0:
        return f"by up to {counted_noun(ends[1], 'point')}"
    return (
        f"by {ends[0]} to {ends[1]} points" if ends[0] != ends[1] else f"by {counted_noun(ends[0], 'point')}"
    )
