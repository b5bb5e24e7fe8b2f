"""Numbers of people: NHS, telephone, National Insurance.

Digits are gathered in groups first, and every group looks at most 15 digits ahead: the time grows with the
text and no faster. An "O" or an "l" among digits is read as 0 or 1.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from app.fieldwork.safety.kinds import Kind
from app.fieldwork.safety.reading import Found

DIGIT = "[0-9OoIl]"
_RUN = re.compile(rf"(?<![\w£$€])[+(]{{0,2}}{DIGIT}+(?:[ \n()./-]{{1,3}}\+?{DIGIT}+)*(?!\w)")
_STUCK = re.compile(r"(?<=[A-Za-z])[0-9]{10}(?![0-9])")
_FULL_YEAR = re.compile("[0-9]{4}")
_GROUP = re.compile(rf"{DIGIT}+")
_MOST_DIGITS = 15
_NHS_CUE = re.compile(r"\bnhs\W{0,3}(?:(?:no|num|number|id)\b)?\W{0,4}(?:(?:is|was)\W{1,2})?$", re.IGNORECASE)
_PHONE_CUE = re.compile(
    r"\b(?:tel|telephone|phone|mobile|mob|landline|cell|ph|ring|text)\b\.?\W{0,3}(?:(?:no|number|num|is|on)\b\.?\W{0,3}){0,2}$",
    re.IGNORECASE,
)
# Codes of bookkeeping look like telephone numbers.
_CODE_CUE = re.compile(
    r"\b(?:budget|cost|ledger|invoice|account|purchase|order|finance|project|contract|grant|gl|po|activity)\b"
    r"[^.;\n0-9]{0,20}$",
    re.IGNORECASE,
)
_INSURANCE = re.compile(
    rf"(?<![A-Za-z0-9])([A-Za-z][ .-]?[A-Za-z])([ .:-]{{0,2}})({DIGIT}(?:[ .-]{{0,2}}{DIGIT}){{5}})"
    rf"(?:([ .-]{{0,2}})([A-Da-d]))?"
    r"(?![A-Za-z0-9])"
)
_INSURANCE_CUE = re.compile(
    r"\b(?:n\.?i\.?|nino|nat(?:ional|\.)? ins(?:urance|\.)?)(?![A-Za-z])"
    r"(?:\W{0,3}(?:no|num|number)\b\.?)?[^.;0-9]{0,25}$",
    re.IGNORECASE,
)


class _Group(NamedTuple):
    start: int
    end: int
    digits: str


def digits_of(text: str) -> str:
    """Give the digits of a text, an O as 0 and an I or l as 1."""
    read = text.translate(str.maketrans("OoIl", "0011"))
    return "".join(character for character in read if "0" <= character <= "9")


def mostly_digits(text: str) -> bool:
    """Whether at least half of what is read as digits are digits."""
    letters = sum(text.count(letter) for letter in "OoIl")
    return letters * 2 <= letters + sum("0" <= character <= "9" for character in text)


def is_nhs_number(digits: str) -> bool:
    """Whether the last of ten digits is the check digit (modulus 11) of the others."""
    if len(digits) != 10 or digits == digits[0] * 10:
        return False
    check = (
        11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    )
    return check != 10 and check % 11 == int(digits[9])


def numbers_in(text: str, dates: Sequence[Found]) -> Iterator[tuple[Kind, Found]]:
    """Give the telephone and the NHS numbers; what shares a digit with a plain date is neither.

    Of NHS numbers, which may be parted anywhere, only a date with a full year is believed.
    """
    with_year = [date for date in dates if _FULL_YEAR.search(text, *date)]
    for run in _RUN.finditer(text):
        groups = [
            _Group(g.start(), g.end(), digits_of(g.group())) for g in _GROUP.finditer(text, *run.span())
        ]
        first = 0
        while first < len(groups):
            kind, last = _number_from(text, groups, first)
            if kind is not None:
                found = Found(_opening(text, groups[first].start, run.start()), groups[last].end)
                if not meets(dates if kind is Kind.PHONE else with_year, found):
                    yield kind, found
                    first = last
            first += 1
    for match in _STUCK.finditer(text):
        if is_nhs_number(match.group()) and text[match.start() - 2 : match.start()].isalpha():
            yield Kind.NHS_NUMBER, Found(*match.span())


def _opening(text: str, start: int, least: int) -> int:
    """Take in the plus or the bracket before a number."""
    while start > least and text[start - 1] in "+(":
        start -= 1
    return start


def meets(others: Sequence[Found], found: Found) -> bool:
    """Whether a stretch shares a character with one of some others, which are in order and apart."""
    first = max(0, bisect_left(others, (found.start, 0)) - 1)
    return any(one.start < found.end and found.start < one.end for one in others[first : first + 3])


def _number_from(text: str, groups: Sequence[_Group], first: int) -> tuple[Kind | None, int]:
    """Give the kind of the number that begins with a group, and its last group."""
    digits, fits = "", None
    before = text[max(0, groups[first].start - 60) : groups[first].start]
    cued = bool(_PHONE_CUE.search(before.rstrip("(+")))
    may_be_phone = cued or not _CODE_CUE.search(before)
    singles = len(groups[first].digits) == 1
    for last in range(first, min(len(groups), first + _MOST_DIGITS)):
        digits += groups[last].digits
        if len(digits) > _MOST_DIGITS:
            break
        more = singles and last + 1 < len(groups) and len(groups[last + 1].digits) == 1
        if more or (singles and first and len(groups[first - 1].digits) == 1):
            continue
        whole = text[groups[first].start : groups[last].end]
        if not mostly_digits(whole):
            continue
        if may_be_phone and _is_phone(text, groups[first : last + 1], digits, cued):
            fits = (Kind.PHONE, last)
        elif fits is None and len(digits) == 10 and _is_nhs(text, groups[first].start, digits):
            return Kind.NHS_NUMBER, last
    return fits or (None, first)


def _is_nhs(text: str, start: int, digits: str) -> bool:
    """A number with a cue is one even if a digit was mistyped; without, the check digit decides."""
    return is_nhs_number(digits) or bool(_NHS_CUE.search(text, max(0, start - 30), start))


def _is_phone(text: str, groups: Sequence[_Group], digits: str, cued: bool) -> bool:
    start = groups[0].start
    abroad = text[max(0, start - 3) : start].rstrip("(").endswith("+")
    if cued and 6 <= len(digits) <= _MOST_DIGITS and not _looks_like_a_year(digits):
        return True
    separators = {text[one.end : two.start].strip(" \n") for one, two in pairwise(groups)}
    if len(separators - {"(", ")", ")("} - {""}) > 1 or ("." in separators and "" in separators):
        return False
    if len(groups) > 6 and any(len(group.digits) > 1 for group in groups):
        return False
    if abroad and not digits.startswith("44"):
        return 9 <= len(digits) <= _MOST_DIGITS
    national = _national(digits, abroad)
    return national is not None and len(national) in (10, 11) and national[1] in "12378"


def _looks_like_a_year(digits: str) -> bool:
    return len(digits) == 8 and digits[4:6] in ("19", "20")


def _national(digits: str, abroad: bool) -> str | None:
    """Give a British number as it is dialled at home, or None."""
    if abroad or digits.startswith("0044") or (digits.startswith("44") and len(digits) in (12, 13)):
        rest = digits.removeprefix("00").removeprefix("44")
        return rest if rest.startswith("0") else f"0{rest}"
    return digits if digits.startswith("0") else None


def insurance_numbers_in(text: str) -> Iterator[Found]:
    """Give what looks like National Insurance numbers.

    Without the last letter, or written like words ("to 100000 a year"), only after "NI" or the like.
    """
    for match in _INSURANCE.finditer(text):
        prefix, gap, digits, last_gap, last = match.groups()
        if not mostly_digits(digits):
            continue
        capitals = prefix.isupper() and bool(last) and last.isupper()
        tight = bool(last) and not gap and not last_gap
        if capitals or tight or _INSURANCE_CUE.search(text, max(0, match.start() - 45), match.start()):
            yield Found(match.start(), match.end())
