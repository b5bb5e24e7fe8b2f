"""Numbers, dates and names in words. Whole points, ranges and no decimals."""

from collections.abc import Sequence
from datetime import date

from diagnostics import wording
from diagnostics.comparison import Comparison, HeadingComparison
from diagnostics.published import GroupResponse, PublishedChange, PublishedResponse, Source, StageRange
from diagnostics.published_parts import HIGHEST_PRINTED, LOWEST_PRINTED

SOURCE_NAMES: dict[Source, str] = {
    "survey": "survey",
    "interview": "interviews",
    "observation": "observation",
    "document": "documents",
}
NOT_SHOWN = "not shown"
NO_PEERS = "fewer than ten councils"
HIDDEN = "not shown, to protect people in a small group"
NOT_KNOWN = "not known"
AREAS_NOT_KNOWN = (
    "How many answered in each service area is not known. "
    "The survey keeps an area only where enough people of one role answered there."
)

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


def sentence_case(text: str) -> str:
    """Begin with a capital and leave the rest as it is."""
    return text[:1].upper() + text[1:]


def score(value: int) -> str:
    """Say a score; the ends of the scale are open."""
    return f"{value}{score_note(value) and ' ' + score_note(value)}"


def score_note(value: int) -> str:
    """Give what follows a score at one of the open ends of the scale, or nothing."""
    return "or lower" if value <= LOWEST_PRINTED else "or higher" if value >= HIGHEST_PRINTED else ""


def source_score(source: Source, value: int) -> str:
    """Say the score of one source: the survey's has open ends, the ratings of the others are exact."""
    return f"{value} {source_note(source, value)}".rstrip()


def source_note(source: Source, value: int) -> str:
    """Give what follows the score of one source, or nothing."""
    return score_note(value) if source == "survey" else ""


def score_range(low: int, high: int) -> str:
    """Say a range of scores: “48 to 58”; from an open end, “12 or lower” or “80 or higher”."""
    if low == high:
        return score(low)
    if low <= LOWEST_PRINTED:
        return "0 to 100" if high >= HIGHEST_PRINTED else f"{high} or lower"
    return f"{low} or higher" if high >= HIGHEST_PRINTED else f"{low} to {high}"


def peers(found: HeadingComparison) -> str:
    """Say where the middle half of other councils lies: “45 to 61, median 52”."""
    return f"{score_range(found.lower, found.upper)}, median {score(found.median)}"


def other_councils(comparison: Comparison) -> str:
    """Say how many councils a comparison rests on: “12 other councils”, “10 to 12 other councils”."""
    counts = [heading.authorities for heading in comparison.headings]
    fewest, most = min(counts), max(counts)
    return f"{most if fewest == most else f'{fewest} to {most}'} other councils"


def share(value: int) -> str:
    """Say a share to the nearest 5 per cent; the ends are open."""
    return (
        f"{value}% or fewer"
        if value <= LOWEST_PRINTED
        else f"{value}% or more"
        if value >= HIGHEST_PRINTED
        else f"{value}%"
    )


def shares_are_unknown(groups: Sequence[GroupResponse]) -> bool:
    """Say whether groups are shown, and of none is it known how many of its people answered."""
    shown = [group for group in groups if not group.suppressed]
    return bool(shown) and all(group.rate is None for group in shown)


def share_or_unknown(share_of_group: int | None) -> str:
    """Say a share, or that nobody can know it."""
    return NOT_KNOWN if share_of_group is None else share(share_of_group)


def answered(response: PublishedResponse) -> str:
    """Say how many staff answered; where more did than the staff list counts, without a share."""
    if response.answered is not None and response.answered > response.frame:
        return f"{response.answered:,} answers came in, from a workforce counted at {response.frame:,}"
    rate = f" ({response.rate}%)" if response.rate is not None else ""
    return f"{response.answered or 0:,} of {response.frame:,} staff answered{rate}"


def band(n_band: str | None) -> str:
    """Say a band of people: “20 to 49”, “100 or more”."""
    return n_band or NOT_SHOWN


def points_up_or_down(low: int, high: int) -> str:
    """Say a change that is more than chance: “Up by 2 to 10”, “Down, by 6 at most”."""
    direction, ends = ("Up", (low, high)) if low >= 0 else ("Down", (-high, -low))
    if ends[0] == 0:
        return f"{direction}, by {ends[1]} at most"
    return f"{direction} by {ends[0]}" if ends[0] == ends[1] else f"{direction} by {ends[0]} to {ends[1]}"


def is_too_small(change: PublishedChange) -> bool:
    """Say whether a change looks as if it counted, but before it was rounded it was too small."""
    if change.reliable or change.difference is None or change.low is None or change.high is None:
        return False
    least = change.minimum_detectable
    return change.low > 0 or change.high < 0 or (least is not None and abs(change.difference) >= least)


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
        return f"Stage {stages.low}, {wording.STAGE_NAMES[stages.low]}"
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


def out_of_ten(rate: int) -> str:
    """Say a rate in per cent as so many in ten: “Six in ten”."""
    tenths = round(rate / 10)
    named = {0: "Fewer than one in ten", 5: "About half the", 10: "Nearly all"}
    return named.get(tenths) or sentence_case(f"{wording.number(tenths)} in ten")
