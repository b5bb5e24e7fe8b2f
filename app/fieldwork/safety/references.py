"""References of cases, and addresses: postcodes and email addresses."""

import re
from collections.abc import Iterator, Sequence

from app.fieldwork.safety.numbers import digits_of, meets, mostly_digits
from app.fieldwork.safety.reading import Found
from app.fieldwork.safety.vocabulary import POSTCODE_AREAS

_SYSTEM = (
    r"l\s?c\s?s|mosaic|liquid\s?logic|care\s?first|care\s?director|e\s?h\s?m|ics|protocol|systm\s?one|rio"
    r"|capita(?:\sone)?|azeus|eclipse"
)
_OWNER = (
    r"(?:(?:young\s)?person|case|file|records?|client|child|yp|y\.p\.|service\suser|family|families|pupil"
    r"|student|court|crime|police|incident|referral|safeguarding|complaint|hospital|patient|contact|carer|social\scare|assessment)(?:'s)?"
)
_WORD = r"(?:i\.?d\.?s?|no\.?s?|nos?\.|num(?:ber)?s?|ref(?:erence)?s?\.?|record|case|file|code|\#)"
_IDENTIFIER = (
    r"(?P<id>(?:[A-Za-z]{1,5}\s?[/-]?\s?|(?:[A-Z]\s){1,3})?[0-9OoIl]"
    r"(?:\s?[/.-]?\s?[0-9OoIl]|[A-Z]{1,4}(?=[0-9])|[/-][A-Za-z]{1,4}(?=[/-]?[0-9])){1,24}[A-Z]?)(?![A-Za-z0-9])"
)
_LINK = r"[\s:;.,#(\[=*\"'_-]{0,4}(?:(?:is|was|are|of)\s)?[\s\"'(]{0,2}"
_CUED = re.compile(
    rf"(?<![A-Za-z])(?:(?P<system>{_SYSTEM})(?:[\s:./-]{{0,2}}{_WORD}){{0,3}}"
    rf"|(?P<owner>{_OWNER})(?:[\s:./-]{{0,2}}{_WORD}){{1,3}}"
    rf"|(?:case|file|ids?|ids?\b(?:\s[a-z]{{1,12}}){{1,7}}(?=\s?[:=]))"
    rf"|(?P<ref>(?:our\s|your\s|my\s)?ref(?:erence)?s?(?:\s(?:no|number))?)"
    rf"|(?:u\.?p\.?n|u\.?l\.?n|u\.?r\.?n|uci|pid|mrn|unique\spupil\snumber))(?![A-Za-z])\.?{_LINK}{_IDENTIFIER}",
    re.IGNORECASE,
)
_MORE = re.compile(rf"\s?(?:,|and|or|&|/|;)\s?(?:and\s)?{_IDENTIFIER}", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![\w/-])(?:[A-HJ-NP-RT-Z][0-9]{11}[0-9A-Z]|[A-Z]{1,5}/(?:19|20)?[0-9]{2}/[0-9]{3,6}"
    r"|[A-Z]{2}[0-9]{2}[CPFZ][0-9]{5})(?![\w/])"
)
# What else has a reference.
_NO_PERSON = re.compile(
    r"\b(?:budget|invoice|order|purchase|policy|procurement|tender|contract|room|dfe|document|publication|isbn"
    r"|grant|finance|cost|booking|meeting|minutes?|paper|report|agenda|project|licence|register)\W{1,2}$",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(?:19|20)[0-9]{2}(?:\s?[/-]\s?(?:[0-9]{2}|(?:19|20)[0-9]{2}))?")
_TRAILING = re.compile(r"([^\s]*[0-9]{5,}[A-Z]?)\s.*", re.DOTALL)

_POSTCODE = re.compile(
    r"(?<![A-Za-z0-9£])([A-Za-z]{1,2})\s?([0-9OoIl][0-9A-Za-z]?)(\s?[.,-]?\s{0,2})([0-9OoIl])(\s?)([A-Za-z]{2})(?![A-Za-z0-9])"
)
_SPELLED = re.compile(r"(?<![A-Za-z0-9])[A-Z0-9](?:[ -]{1,3}[A-Z0-9]){4,6}(?![A-Za-z0-9])")
_INWARD = re.compile(r"[ABD-HJLNP-UW-Z]{2}")
# "E1 2nd floor"; "B12 2hr".
_UNITS = frozenset({"st", "nd", "rd", "th", "hr", "yr", "pp", "pt", "px", "kb", "gb", "ft"})

_LABEL = r"[A-Za-z0-9-]{1,63}"
_TOP = r"(?:uk|com|org|net|gov|nhs|co|ac|sch|info|io|eu|ie|wales|scot|me|biz|example|test)"
_EMAIL = re.compile(
    rf"(?<![\w.+-])(?:[\w+-]{{1,64}}\s\.\s){{0,3}}[\w.+'-]{{1,64}}\s{{0,2}}@\s{{0,2}}{_LABEL}(?:\s?\.\s?(?:{_LABEL}(?=\s?\.)|{_TOP}\b)|\.{_LABEL}){{1,5}}",
    re.IGNORECASE,
)
_AT = r"\s?(?:[(\[{<]\s?(?:at|@|a)\s?[)\]}>]|\s(?:at|@)\s|@)\s?"
_DOT = r"\s?(?:[(\[{<]\s?(?:dot|\.)\s?[)\]}>]|(?<=\s)dot(?=\s)|\.)\s?"
_SPOKEN = re.compile(
    rf"(?<![\w.+-])(?P<local>[\w+'-]{{1,64}}(?:(?:{_DOT}|\s(?:underscore|dash|hyphen)\s)[\w+'-]{{1,64}}){{0,3}}){_AT}"
    rf"(?P<domain>(?!the\b|a\b){_LABEL}(?:{_DOT}{_LABEL}){{0,4}}{_DOT}{_TOP}\b)",
    re.IGNORECASE,
)
_PROVIDERS = r"(?:gmail|googlemail|hotmail|outlook|yahoo|icloud|live|aol|btinternet|sky|protonmail)"
_AT_PROVIDER = re.compile(
    rf"(?<![\w.+-])[\w.+'-]{{1,64}}\sat\s{_PROVIDERS}\b(?:{_DOT}{_TOP}\b){{0,2}}", re.IGNORECASE
)
_MAIL_CUE = re.compile(r"\be-?mail\b[^.;\n]{0,25}$", re.IGNORECASE)


def emails_in(text: str) -> Iterator[Found]:
    """Give email addresses, spelled "at" and "dot" too; "look at gov.uk" is none."""
    taken: list[Found] = []
    for pattern in (_EMAIL, _SPOKEN, _AT_PROVIDER):
        for match in pattern.finditer(text):
            found = Found(*match.span())
            if pattern is _SPOKEN and not _is_spoken(text, match):
                continue
            if not meets(taken, found):
                taken.append(found)
        taken.sort()
    yield from taken


def _is_spoken(text: str, match: re.Match[str]) -> bool:
    """Whether "at" stands for the sign: in brackets, with a spelled dot, or after the word "email"."""
    whole = match.group()
    if "@" in whole or re.search(r"[(\[{<]", whole) or re.search(r"\bdot\b", match["domain"], re.IGNORECASE):
        return True
    return bool(_MAIL_CUE.search(text, max(0, match.start() - 45), match.start()))


def references_in(text: str, dates: Sequence[Found]) -> Iterator[Found]:
    """Give references of cases: what follows a cue and has four digits or more, and what has their form."""
    taken: list[Found] = []
    at = 0
    while match := _CUED.search(text, at):
        at = match.end()
        if _NO_PERSON.search(text, max(0, match.start() - 20), match.start()):
            continue
        found = _trimmed(text, match)
        if found is None or meets(dates, found):
            at = max(match.start("id"), match.start() + 1)
            continue
        while True:
            taken.append(found)
            at = found.end
            more = _MORE.match(text, at)
            after = more and _trimmed(text, more)
            if (
                not after
                or meets(dates, after)
                or len(digits_of(text[slice(*after)])) != len(digits_of(text[slice(*found)]))
            ):
                break
            found = after
    for match in _BARE.finditer(text):
        if not meets(taken, Found(*match.span())):
            yield Found(*match.span())
    yield from taken


def _trimmed(text: str, match: re.Match[str]) -> Found | None:
    """Give the identifier without what only follows it, or None where it is none."""
    start, written = match.start("id"), match["id"]
    if whole := _TRAILING.fullmatch(written):
        written = whole.group(1)
    if re.match(r"(?:PO|INV|GL|BACS)\b", written, re.IGNORECASE):
        return None
    if len(digits_of(written)) < 4 or not mostly_digits(written) or _YEARS.fullmatch(written):
        return None
    prefix = re.match(r"[A-Za-z]*", written)
    if prefix and re.match(r"[a-z]+\s", written) and prefix.group().islower():
        return None
    return Found(start, start + len(written))


def postcodes_in(text: str) -> Iterator[Found]:
    """Give postcodes of areas that exist, with O for 0 and letter by letter too."""
    taken: list[Found] = []
    for match in _POSTCODE.finditer(text):
        area, district, gap, sector, split, unit = match.groups()
        if _is_postcode(area, district, sector, unit) and _is_written_as_one(
            area, gap, split, unit, match.group()
        ):
            taken.append(Found(*match.span()))
    for match in _SPELLED.finditer(text):
        letters = re.sub("[ -]", "", match.group())
        parts = re.fullmatch(r"([A-Z]{1,2})([0-9OI][0-9A-Z]?)([0-9OI])([A-Z]{2})", letters)
        if parts and _is_postcode(*parts.groups()) and not meets(taken, Found(*match.span())):
            yield Found(*match.span())
    yield from taken


def _is_postcode(area: str, district: str, sector: str, unit: str) -> bool:
    if area.upper() not in POSTCODE_AREAS or not _INWARD.fullmatch(unit.upper()):
        return False
    return any("0" <= character <= "9" for character in district + sector)


def _is_written_as_one(area: str, gap: str, split: str, unit: str, whole: str) -> bool:
    """Whether the letters and digits belong together, and are not words beside a number."""
    if whole.isupper():
        return True
    body = whole[len(area) :]
    if split or body[:1].isspace() or re.search("[OoIl]", body[: -len(unit)]):
        return False
    return not (unit in _UNITS and bool(gap))
