"""Numbers, dates and names in words. Whole points, ranges and no decimals."""

import re
from collections.abc import Sequence
from datetime import date

from diagnostics.published import Grade, Source, StageRange

STAGE_NAMES = ("starting", "developing", "established", "leading")
LETTERS: dict[Source, str] = {"survey": "S", "interview": "I", "observation": "O", "document": "D"}
SOURCE_NAMES: dict[Source, str] = {
    "survey": "survey",
    "interview": "interviews",
    "observation": "observation",
    "document": "documents",
}
GRADES: tuple[Grade, ...] = ("high", "moderate", "low", "very low")
NOT_SHOWN = "not shown"
HIDDEN = "not shown, to protect people in a small group"

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_LOWEST, _HIGHEST = 5, 95
_COUNCIL_ENDINGS = re.compile(
    r"\s+(Metropolitan Borough|Metropolitan District|London Borough|County Borough|Borough|County|City)?"
    r"\s*Council$"
)
_COUNCIL_BEGINNINGS = re.compile(r"^(London Borough of|Royal Borough of|City of|Council of)\s+")


def number(value: int, one: str, many: str) -> str:
    """Say how many of something, as a figure: “1 point”, “12 points”."""
    return f"{value} {one if value == 1 else many}"


def number_word(value: int) -> str:
    """Say a small number in a word: “three”; from eleven on as a figure."""
    return _NUMBERS[value] if 0 <= value < len(_NUMBERS) else str(value)


def sentence_case(text: str) -> str:
    """Begin with a capital and leave the rest as it is."""
    return text[:1].upper() + text[1:]


def joined(parts: Sequence[str]) -> str:
    """Join words as a sentence does: “a, b and c”."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def score(value: int) -> str:
    """Say a score; the ends of the scale are open."""
    return f"{value}{score_note(value) and ' ' + score_note(value)}"


def score_note(value: int) -> str:
    """Give what follows a score at one of the open ends of the scale, or nothing."""
    return "or lower" if value <= _LOWEST else "or higher" if value >= _HIGHEST else ""


def score_range(low: int, high: int) -> str:
    """Say a range of scores: “48 to 58”."""
    return score(low) if low == high else f"{score(low)} to {score(high)}"


def share(value: int) -> str:
    """Say a share to the nearest 5 per cent; the ends are open."""
    return (
        f"{value}% or fewer"
        if value <= _LOWEST
        else f"{value}% or more"
        if value >= _HIGHEST
        else f"{value}%"
    )


def band(n_band: str | None) -> str:
    """Say a band of people: “20 to 49”, “100 or more”."""
    if n_band is None:
        return NOT_SHOWN
    if n_band.endswith("+"):
        return f"{n_band[:-1]} or more"
    return " to ".join(re.split(r"\s*[–-]\s*", n_band))


def points_up_or_down(low: int, high: int) -> str:
    """Say a change that is more than chance: “Up by 2 to 10”."""
    direction, ends = ("Up", (low, high)) if low >= 0 else ("Down", (-high, -low))
    if ends[0] == 0:
        return f"{direction} by up to {ends[1]}"
    return f"{direction} by {ends[0]}" if ends[0] == ends[1] else f"{direction} by {ends[0]} to {ends[1]}"


def signed_range(low: int, high: int) -> str:
    """Say an interval of change that may lie on both sides of none: “4 down to 8 up”."""
    if low > 0 or high < 0:
        return points_up_or_down(low, high).lower()
    return f"{_signed(low)} to {_signed(high)}"


def _signed(value: int) -> str:
    return f"{value} up" if value > 0 else f"{-value} down" if value < 0 else "none"


def stage(stages: StageRange | None) -> str:
    """Say the stage that the likely range reaches."""
    if stages is None:
        return "No stage yet"
    if stages.low == stages.high:
        return f"Stage {stages.low}, {STAGE_NAMES[stages.low - 1]}"
    return f"Between {stages.low} and {stages.high}" if stages.high - stages.low == 1 else "Not settled yet"


def day(iso: str) -> str:
    """Say a date in full: “14 December 2026”."""
    when = date.fromisoformat(iso)
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def month(iso: str, later: int = 0) -> str:
    """Say the month that lies so many months after a date: “December 2027”."""
    when = month_start(iso, later)
    return f"{MONTHS[when.month - 1]} {when.year}"


def month_start(iso: str, later: int = 0) -> date:
    """Give the first day of the month that lies so many months after a date."""
    when = date.fromisoformat(iso)
    months = when.year * 12 + when.month - 1 + later
    return date(months // 12, months % 12 + 1, 1)


def short_name(authority: str) -> str:
    """Shorten a council's name: “Wexbourne Metropolitan Borough Council” is “Wexbourne”."""
    name = authority
    if match := re.fullmatch(r"(.+), (?:City|County) of", name):
        name = match[1]
    return _COUNCIL_BEGINNINGS.sub("", _COUNCIL_ENDINGS.sub("", name)) or authority


def out_of_ten(rate: int) -> str:
    """Say a rate in per cent as so many in ten: “Six in ten”."""
    tenths = round(rate / 10)
    if tenths == 0:
        return "Fewer than one in ten"
    return "Nearly all" if tenths == 10 else sentence_case(f"{number_word(tenths)} in ten")
