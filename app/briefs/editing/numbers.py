"""Numbers that somebody types into a sentence. A count of people could point at one of them.

The auditor takes any number that stands beside a heading; a typed count could equal one by chance. So a
sentence may say only the numbers that the method itself said under its heading, and no count in words.
"""

import re
import unicodedata
from collections.abc import Iterable

from diagnostics.published import PublishedProfile

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_SMALL = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    "|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|dozen|both"
)
_WHO = "people|persons?|staff|workers?|managers?|leaders?|colleagues?|respondents?|practitioners?|answers?"
_IN_WORDS = re.compile(
    rf"\b(?:{_SMALL})\b|\b(?:one|none|half|third|quarter|fifth|tenth)s?\s+(?:out\s+)?(?:of|in)\b"
    rf"|\bone\s+(?:\w+\s+)?(?:{_WHO})\b|\bper\s*cent\b|%",
    re.IGNORECASE,
)
# "5 to 11 points" allows both numbers, and still not "5 of 11 people".
_COUNTED = re.compile(
    rf"\b\d[\d,]*\s+(?:out\s+of|of|in)\s+(?:\w+\s+)?\d[\d,]*|\b\d[\d,]*\s+(?:\w+\s+){{0,2}}(?:{_WHO})\b",
    re.IGNORECASE,
)


def foreign_numbers(text: str, heading: str | None, profile: PublishedProfile) -> tuple[str, ...]:
    """Give the numbers and counts of a sentence that the method did not say under its heading."""
    said = [
        unicodedata.normalize("NFKC", f"{one.lead} {one.text}").casefold()
        for one in profile.findings
        if one.heading == heading or heading is None
    ]
    plain = unicodedata.normalize("NFKC", text)
    return tuple(
        dict.fromkeys(
            (
                *_missing(_DIGITS, plain, said),
                *_missing(_IN_WORDS, plain, said),
                *_missing(_COUNTED, plain, said),
            )
        )
    )


def hidden_groups(text: str, profile: PublishedProfile) -> tuple[str, ...]:
    """Give the groups that a sentence names although nothing of them is shown."""
    rows = [
        row
        for heading in profile.headings
        for row in (*heading.groups.role_group, *heading.groups.service_area)
    ]
    shown = {row.name for row in rows if not row.suppressed}
    said = text.casefold()
    names = dict.fromkeys(row.name for row in rows if row.name not in shown)
    return tuple(name for name in names if re.search(rf"\b{re.escape(name.casefold())}\b", said))


def _missing(pattern: re.Pattern[str], text: str, said: Iterable[str]) -> list[str]:
    known = {match[0] for one in said for match in pattern.finditer(one)}
    return [match[0] for match in pattern.finditer(text) if match[0].casefold() not in known]
