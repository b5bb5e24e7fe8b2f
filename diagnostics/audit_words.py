"""Numbers in sentences: each must stand in a table too, or sentences would say more than the tables."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass

from diagnostics.audit_reading import Reading
from diagnostics.audit_report import Weakness
from diagnostics.published import Finding, PublishedHeading, PublishedProfile

_NUMBER = re.compile(r"(?<![\w.,])(\d+(?:,\d{3})*(?:\.\d+)?)")
_GLUED = re.compile(r"\b[A-Za-z]+\d+\b")
_WHO = r"(?:people|persons?|staff|answers?|answered|colleagues?|respondents?)\b"
_COUNTED = re.compile(
    rf"\b(?:one|two|three|four|five|six|seven|eight|nine)\s+(?:of\s+(?:the\s+)?)?{_WHO}", re.IGNORECASE
)
_COUNTED_IN_NAME = re.compile(rf"\d+\s+{_WHO}|\bn\s*=\s*\d+", re.IGNORECASE)
# What the method says by itself, or the framework through it: stages, how far is far, how old is old. How
# often we rated twice counts our own work and no answer of staff, so no table has it.
_OF_THE_METHOD = re.compile(
    r"\bstage [1-4]\b|\b1 point\b|more than \d+ months old|moved the score by more than [\d.]+ points"
    r"|would have to differ by more than 20 points|in \d+% of pairs \(\d+ rated twice\)|which needs \d+"
)
_FREE_TEXT = frozenset(
    {"text", "lead", "label", "labels", "name", "title", "reason", "brief", "topics", "contact"}
)

Texts = list[tuple[str, frozenset[float]]]


def words(reading: Reading) -> Iterator[Weakness]:
    """Check all that the method wrote; what a person wrote was read by a person.

    A sentence may say what stands beside it: one of a heading the differences of that heading, one on
    response the response. Any number of the page would let a small count pass for some other number.
    """
    published = reading.published
    for text, known in _texts(published):
        for number in _unexplained(text, known, published):
            yield Weakness(
                "words",
                f"{reading.name}, sentences",
                f"“{text}” says “{number}”, which stands in no table beside it.",
                "Take the number out of the sentence, or take it from a table.",
            )
    for name in _names(published):
        for match in _COUNTED_IN_NAME.finditer(name):
            yield Weakness(
                "words",
                f"{reading.name}, names",
                f"“{name}” says “{match[0]}”.",
                "Take the count out of the name.",
            )


def unexplained_numbers(texts: Iterable[str], published: PublishedProfile) -> list[tuple[str, str]]:
    """Find numbers in texts that no field of the published profile explains, and no phrase of the method.

    A small count of people in words ("seven people") is found too.

    Returns
    -------
    list of (text, number as it is written)
    """
    known = frozenset(abs(float(number)) for number in _numbers(published))
    return [(text, number) for text in texts for number in _unexplained(text, known, published)]


def _unexplained(text: str, known: frozenset[float], published: PublishedProfile) -> list[str]:
    marks = {mark for entry in published.evidence for mark in entry.mark.split()}
    plain = _OF_THE_METHOD.sub(" ", text)
    for name in sorted(_names(published), key=len, reverse=True):
        if re.search(r"\d", name):
            plain = plain.replace(name, " ")
    known = known | {float(published.threshold)}
    found = [m[1] for m in _NUMBER.finditer(plain) if float(m[1].replace(",", "")) not in known]
    found += [match[0] for match in _GLUED.finditer(plain) if match[0] not in marks]
    found += [match[0] for match in _COUNTED.finditer(plain)]
    return found


def _texts(published: PublishedProfile) -> Texts:
    """Give every sentence with the numbers that it may say."""
    response = frozenset(
        _numbers((published.response.answered, published.response.frame, published.response.rate))
    )
    heading = {h.id: _beside(h) for h in published.headings}
    nothing = frozenset[float]()
    everywhere = nothing.union(*heading.values()) | response

    def beside(finding: Finding) -> frozenset[float]:
        return heading.get(finding.heading, nothing) if finding.heading else everywhere

    texts: Texts = [(text, beside(f)) for f in published.findings for text in (f.lead, f.text)]
    # How many lost links were replaced is counted from the list of links, and no answer of staff.
    replaced = frozenset((float(published.response.replacement_links),))
    texts += [(limit.text, replaced) for limit in published.limits]
    for h in published.headings:
        texts += [(text, nothing) for reason in h.confidence.reasons for text in (reason.text, reason.brief)]
        texts.append((h.tipping_note or "", frozenset(_numbers(h.tipping_point))))
    texts += [(row.rater_note, nothing) for row in published.reliability.values()]
    texts.append((published.response.weighting_note or "", nothing))
    texts.append((published.steps_note or "", nothing))
    if published.strength is not None:
        texts.append((published.strength.title, nothing))
    return list(dict.fromkeys(texts))


def _beside(heading: PublishedHeading) -> frozenset[float]:
    """Give what a sentence under a heading may say: its scores, and how far they are apart or have moved."""
    gap = heading.gap
    sides = gap.upper - gap.lower if gap and gap.upper is not None and gap.lower is not None else None
    parts = (
        [(score.score, score.low, score.high) for score in heading.sources.present().values()],
        [pair.difference for pair in heading.pairs],
        heading.combined,
        (gap, sides),
        heading.change,
        heading.tipping_point,
        [item.change for item in heading.items],
    )
    return frozenset(abs(float(number)) for number in _numbers(parts))


def _names(published: PublishedProfile) -> list[str]:
    """Give the names and labels of the page; they may hold digits of their own, but no counts of people."""
    names = [published.authority.name, published.framework.name]
    names += [row.name for row in (*published.response.by_role_group, *published.response.by_service_area)]
    names += [need.label for need in published.needs]
    for heading in published.headings:
        names += [heading.name, heading.short]
        names += [row.name for row in (*heading.groups.role_group, *heading.groups.service_area)]
        names += [label for item in heading.items for label in item.labels]
    return list(dict.fromkeys(names))


def _numbers(value: object, name: str = "") -> Iterator[float]:
    """Give every number in the fields of a published object: also those of bands, dates and versions."""
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, int | float):
        yield value
    elif isinstance(value, str):
        if name in ("n_band", "comments_received", "as_of", "survey_dates", "version", "method"):
            yield from (float(digits) for digits in re.findall(r"\d+(?:\.\d+)?", value))
    elif is_dataclass(value):
        for part in fields(value):
            if part.name not in _FREE_TEXT:
                yield from _numbers(getattr(value, part.name), part.name)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _numbers(part, name)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _numbers(part, name)
