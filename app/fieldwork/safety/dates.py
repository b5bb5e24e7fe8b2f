"""Dates of birth, among the dates on which things merely happened.

A date is one of birth where a word says so near it ("dob", "born", "birthday"), or where it follows a child,
a name or an age directly: "child (3rd of March '14)". A meeting date, "on 3 March 2026", is none, however it
is written. No clock is read, so that a note means the same next year: years of two digits count, and of four
those from 1900 to 2099. What has no year, or is written as digits alone, is a date only directly after such a
word.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from app.fieldwork.safety.numbers import digits_of, meets
from app.fieldwork.safety.reading import TAKEN_NAME, Found
from app.fieldwork.safety.vocabulary import is_given_name

_D = "[0-9OoIl]"
_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?)"
)
_ORDINALS = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth"
    "|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth"
    "|(?:twenty|thirty)[ -](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
)
_DAY = rf"(?:[0-3]?{_D}\s?(?:st|nd|rd|th)?|{_ORDINALS})"
_TEEN = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_YEAR = (
    rf"(?:(?:19|2[0Oo])\s?{_D}{{2}}|'?\s?{_D}{{2}}"
    rf"|(?:two thousand and|nineteen|twenty)[ -](?:[a-z]{{3,9}}[ -])?(?:{_TEEN}|{_ONES}|{_TENS}))"
)
_GAP = r"[\s.,/-]{0,3}"
_WHOLE = re.compile(
    rf"(?<![\w£$€])(?:"
    rf"{_DAY}\s?(?:day\s)?(?:of\s)?(?:the\s)?{_GAP}{_MONTH}\b{_GAP}(?:in\s|of\s)?{_YEAR}(?![0-9]|\s?%)"
    rf"|{_MONTH}\b[\s.]{{0,2}}(?:the\s)?{_DAY}[\s,]{{1,3}}{_YEAR}(?![0-9]|\s?%)"
    rf"|(?P<parts>{_D}{{1,2}}\s{{0,2}}(?P<sign>[./\\-])\s{{0,2}}{_D}{{1,2}}\s{{0,2}}(?P=sign)\s{{0,2}}(?:(?:19|2[0Oo]){_D}{{2}}|'?{_D}{{2}}))(?!\w|[./\\-]\w)"
    rf"|[0-3]?[0-9]\s?(?P<bar>[./-])\s?(?:i{{1,3}}|iv|vi{{0,3}}|ix|xi{{0,2}})\s?(?P=bar)\s?{_YEAR}(?![0-9])"
    rf"|(?P<iso>(?:19|2[0Oo]){_D}{{2}}\s{{0,2}}(?P<mark>[./-])\s{{0,2}}{_D}{{1,2}}\s{{0,2}}(?P=mark)\s{{0,2}}{_D}{{1,2}})(?![0-9])"
    r")",
    re.IGNORECASE,
)
# What is a date only because a cue stands directly before it.
_CUED = re.compile(
    rf"(?P<packed>{_D}{{8}}|{_D}{{6}})(?![0-9])"
    rf"|(?P<spaced>{_D}{{1,2}}\s{_D}{{1,2}}\s(?:(?:19|2[0Oo])\s?{_D}{{2}}|{_D}{{2}}))(?![0-9])"
    rf"|(?P<singles>{_D}\s{_D}\s?[ /.-]\s?{_D}\s{_D}\s?[ /.-]\s?(?:{_D}\s{_D}\s)?{_D}\s{_D})(?![0-9])"
    rf"|{_DAY}\s?(?:of\s)?{_GAP}{_MONTH}\b"
    rf"|{_MONTH}\b[\s.]{{0,2}}(?:the\s)?{_DAY}(?!\w)"
    rf"|{_MONTH}\b{_GAP}(?:19|20)[0-9]{{2}}(?![0-9])"
    rf"|{_D}{{1,2}}\s?[/.]\s?{_D}{{1,2}}(?![0-9./])",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"(?<![A-Za-z])(?:d\s?\.?\s?o\s?\.?\s?b(?:\.|s\b|\b)|dates?\s(?:of|at)\sbirth|birth\s?dates?|born|birthdays?|b'?days?|birth|b\.(?=\s?(?:[0-9]|$))|turn(?:s|ed|ing)\s(?:[0-9]{1,2}|[a-z]{3,9}))(?![A-Za-z])",
    re.IGNORECASE,
)
# Nothing of this stands between "born" and the day.
_ELSEWHERE = re.compile(
    r"\n\s*\n|[;!?]|\.\s+[A-Z]|\b(?:meetings?|reviews?|reviewed|visits?|visited|seen|saw|discuss\w*|audit\w*"
    r"|sessions?|conference|inspect\w*|supervis\w*|updated?|call|calls|called|panel|interview\w*|since|started"
    r"|joined|until|deadline|due|dated|report\w*|held|met|moved|placed|referred|referral|workshop|training"
    r"|checked|changed|celebrated|agreed|before|after|by)\b",
    re.IGNORECASE,
)
_LINK = r"[\s:;,=(\[*_|\"'-]{0,6}(?:(?:is|was|as|on|being|of|given as|recorded as|shown as|the)\s){0,2}"
_LINKED = re.compile(_LINK, re.IGNORECASE)
_CUE_AFTER = re.compile(
    r"[\s,()\[\]:=-]{0,4}(?:(?:is|was|as|for|being|on|that's|which is|which was)\s)?"
    r"(?:(?:his|her|their|the|a|my|our|child's|\w+'s)\s){0,2}" + _CUE.pattern,
    re.IGNORECASE,
)
_CHAIN = re.compile(
    r"[\s,;&/()]*(?:\b(?:and|or|instead of|not|rather than|vs|versus|to|in one place and)\b"
    r"|\d{1,2}(?=\s?\())?[\s,;&/()]*",
    re.IGNORECASE,
)
_CHILD = re.compile(
    r"(?:\b(?:child|boy|girl|y\.?p\.?|young person|baby|toddler|infant|son|daughter|brother|sister"
    r"|siblings?|twins?|kid|teenager)"
    r"|\b(?:aged?|age)\s?\d{1,2}|\b\d{1,2}\s?(?:y/?o|yrs?|years?\sold)|"
    + TAKEN_NAME
    + r"|(?P<mum>\b(?:mum|dad|mother|father))"
    r"|\bages?\b[^.;\n]{0,45}\b\d{1,2}(?=\s?\())"
    r"(?:\s?\(?\d{1,2}\)?)?(?P<gap>\s?[,:(\[/|-]{0,2}\s?[(\[-]?\s?)$",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?P<first>[^\W\d_]+)(?:[ '-][^\W\d_]+\.?){0,3}(?:,? \(?\d{1,2}\)?)?\s?[,:(\[/|-]{0,2}\s?[(\[-]?\s?$"
)
_BEFORE = 60


class Dates(NamedTuple):
    """The dates of birth in a text, and the other dates."""

    births: list[Found]
    others: list[Found]


def dates_in(text: str) -> Dates:
    """Find the dates in a text; they do not overlap."""
    births: list[Found] = []
    others: list[Found] = []
    for found in _candidates(text):
        earlier = [one[-1] for one in (births, others) if one]
        if earlier and found.start < max(one.end for one in earlier):
            continue
        chained = births and _chained(text, births[-1], found)
        (births if chained or _is_birth(text, found) else others).append(found)
    return _with_cued(text, births, others)


def _candidates(text: str) -> Iterator[Found]:
    for match in _WHOLE.finditer(text):
        parts, iso = match["parts"], match["iso"]
        numbers = [digits_of(part) for part in re.split(r"[./\\-]", iso or parts or "") if part]
        if parts and not (_day_and_month(numbers[0], numbers[1]) or _day_and_month(numbers[1], numbers[0])):
            continue
        if iso and not _day_and_month(numbers[2], numbers[1]):
            continue
        yield Found(*match.span())


def _day_and_month(day: str, month: str) -> bool:
    return 1 <= int(day or 0) <= 31 and 1 <= int(month or 0) <= 12


def _is_birth(text: str, found: Found) -> bool:
    before = text[max(0, found.start - _BEFORE) : found.start]
    cues = list(_CUE.finditer(before))
    if cues and not _ELSEWHERE.search(before, cues[-1].end()) and not _has_date(before[cues[-1].end() :]):
        return True
    if _CUE_AFTER.match(text, found.end, found.end + 50):
        return True
    if child := _CHILD.search(before):
        return not child["mum"] or "(" in child["gap"]
    named = _NAMED.search(before[-45:])
    return named is not None and any(map(is_given_name, re.findall(r"[^\W\d_]+", named.group())))


def _has_date(text: str) -> bool:
    return bool(re.search(r"\d{4}|\d[/.-]\d", text))


def _chained(text: str, birth: Found, found: Found) -> bool:
    """Whether a date follows a date of birth with no more than "and" between."""
    return found.start - birth.end <= 20 and bool(_CHAIN.fullmatch(text, birth.end, found.start))


def _with_cued(text: str, births: list[Found], others: list[Found]) -> Dates:
    """Add what is only a date because of the cue before it."""
    cued: list[Found] = []
    for cue in _CUE.finditer(text):
        link = _LINKED.match(text, cue.end(), cue.end() + 30)
        match = _CUED.match(text, link.end() if link else cue.end())
        if match is None or meets(births, found := Found(*match.span())) or meets(cued[-1:], found):
            continue
        packed = match["packed"] or match["spaced"]
        if packed and not _is_packed_date(digits_of(packed)):
            continue
        cued.append(found)
    return Dates(sorted(births + cued), [one for one in others if not meets(cued, one)])


def _is_packed_date(digits: str) -> bool:
    day, month, year_first = digits[:2], digits[2:4], digits[:2] in ("19", "20")
    return _day_and_month(day, month) or (
        len(digits) == 8 and year_first and _day_and_month(digits[6:], digits[4:6])
    )
