"""What every sentence of a profile must look like, whatever the evidence."""

import re
from collections.abc import Iterator

from diagnostics.published import Finding, PublishedProfile

LONGEST = {"heading": 130, "pattern": 130, "agreement": 130, "change": 130, "step": 130, "verdict": 170}
# Claims need evidence; how sure we are and what is missing do not rest on a record.
NO_CLAIM = ("limit", "confidence")
ODD = (
    (r"  |^ | $", "a double or stray space"),
    (r"\bNone\b|\bnan\b|\binf\b|\bTrue\b|\bFalse\b|[{}_<>]|\bobject at\b", "a word of Python"),
    (r"\b0 (of|points?|staff)\b|\bby 0\b|\b0 to\b|-0\b", "a nought that says nothing"),
    (r"\b1 (points|answers|interviews|records)\b", "a wrong plural"),
    (r"\.\.|,,|,\.|\.,| ,| \.|;;|\. ?;", "doubled or lost punctuation"),
    (r"\d\.\d", "a decimal"),
    (r"\b(\w+) \1\b", "a word twice"),
    (r"\b(\w+ize|\w+ization|behavior|center|program)\b", "American spelling"),
    (r"r\*?wg|\balpha\b|\bICC\b|p-value", "a term of statistics"),
    (r"['\"]", "a straight quotation mark"),
)
DOUBLES = {"had had", "that that"}


def oddities(text: str) -> Iterator[str]:
    """What is wrong with the look of a sentence."""
    for pattern, what in ODD:
        for found in re.finditer(pattern, text):
            if found.group().lower() not in DOUBLES and not text[found.start() :].startswith("size"):
                yield f"{what}: {text!r}"
    if not text or not (text[0].isupper() or text[0].isdigit()):
        yield f"no capital: {text!r}"
    if not text.endswith("."):
        yield f"no stop: {text!r}"


def whole_sentence(finding: Finding) -> str:
    return f"{finding.lead} {finding.text}".strip()


def faults_of(profile: PublishedProfile) -> list[str]:
    """Everything that breaks a rule in the sentences of a profile."""
    listed = {entry.mark for entry in profile.evidence}
    ids = [finding.id for finding in profile.findings]
    found = [f"{twice} stands twice" for twice in {i for i in ids if ids.count(i) > 1}]
    marks = [entry.mark for entry in profile.evidence]
    found += [f"mark {twice} stands twice" for twice in {m for m in marks if marks.count(m) > 1}]
    for finding in profile.findings:
        found += [f"{finding.id}: {what}" for what in oddities(whole_sentence(finding))]
        if not finding.lead.endswith(":"):
            found += [f"{finding.id}: {what}" for what in oddities(finding.text)]
        if finding.lead and not finding.lead.endswith((".", ":")):
            found.append(f"{finding.id}: the lead {finding.lead!r} does not end")
        if finding.kind not in NO_CLAIM and not finding.evidence:
            found.append(f"{finding.id} claims without evidence: {finding.text!r}")
        found += [
            f"{finding.id}: {mark} is not in the list" for mark in finding.evidence if mark not in listed
        ]
        if len(set(finding.evidence)) != len(finding.evidence):
            found.append(f"{finding.id}: a mark stands twice")
        if len(finding.text) > LONGEST.get(finding.kind, 200):
            found.append(f"{finding.id}: {len(finding.text)} characters: {finding.text!r}")
    other = [limit.text for limit in profile.limits]
    other += [reason.text for heading in profile.headings for reason in heading.confidence.reasons]
    other += [heading.tipping_note for heading in profile.headings if heading.tipping_note]
    other += [row.rater_note for row in profile.reliability.values()]
    other += [profile.response.weighting_note] if profile.response.weighting_note else []
    found += [what for text in other for what in oddities(text.replace(" %", " per cent"))]
    return [*found, *_loose_ends(profile, set(ids))]


def _loose_ends(profile: PublishedProfile, ids: set[str]) -> Iterator[str]:
    if profile.verdict not in ids:
        yield "the verdict is missing"
    for heading in profile.headings:
        if not heading.findings:
            yield f"nothing is said of {heading.id}"
        yield from (f"{heading.id} has no {f}" for f in heading.findings if f not in ids)
        for pattern in heading.patterns:
            if (pattern.status != "overruled") != (pattern.finding in ids):
                yield f"{pattern.finding} is {pattern.status}, yet its sentence says otherwise"
    for step in profile.steps:
        if not step.findings:
            yield f"step {step.id} answers nothing"
        yield from (f"step {step.id} has no {f}" for f in step.findings if f not in ids)
    if profile.strength is not None and profile.strength.finding not in ids:
        yield "the strength has no finding"
