"""From a proposed profile and what somebody changed to the profile that is published."""

from collections.abc import Mapping
from dataclasses import replace

from app.briefs.editing.edits import Edits
from app.briefs.editing.numbers import foreign_numbers, hidden_groups
from diagnostics.published import (
    Finding,
    PublishedHeading,
    PublishedProfile,
    PublishedStep,
    Strength,
)

# What the method counted itself is said as it said it.
COUNTED = frozenset({"confidence", "response", "limit"})
LONGEST_WORDING = 300
MOST_STEPS = 3


class Inconsistent(ValueError):
    """The changes do not make a brief. The message says in plain words why, and how to mend it."""


def may_change(finding: Finding) -> bool:
    """Say whether a person may reword a finding."""
    return finding.kind not in COUNTED


def check_sentence(text: str, heading: str | None, profile: PublishedProfile) -> None:
    """Stop a sentence that says a number or names a group that the page does not show.

    Raises
    ------
    Inconsistent
        With what has to go.
    """
    if not text.strip():
        raise Inconsistent("Enter the sentence, or drop the finding")
    if len(text) > LONGEST_WORDING:
        raise Inconsistent(f"The sentence must be {LONGEST_WORDING} characters or fewer")
    numbers = foreign_numbers(text, heading, profile)
    if numbers:
        listed = ", ".join(f"“{one}”" for one in numbers)
        raise Inconsistent(
            f"Take {listed} out. A sentence may only say numbers that the sentences proposed under its "
            "heading say, as any other count could point at a person"
        )
    groups = hidden_groups(text, profile)
    if groups:
        listed = ", ".join(f"“{one}”" for one in groups)
        raise Inconsistent(f"Take {listed} out. Nothing of so small a group may be told")


def edited(profile: PublishedProfile, edits: Edits) -> PublishedProfile:
    """Apply what somebody changed; every reference stays valid, and the digest is that of the new text.

    Raises
    ------
    Inconsistent
        Where the changes do not make a brief.
    """
    if edits == Edits():
        return profile
    findings = {one.id: one for one in profile.findings}
    _add(findings, edits, profile)
    _reword(findings, edits, profile)
    _merge(findings, edits, profile)
    gone = {*edits.dropped, *(one.gone for one in edits.merged)}
    for one in edits.dropped:
        if one in findings and not may_change(findings[one]):
            raise Inconsistent("What the method says of response, limits and sureness cannot be dropped")
    verdict = _verdict(findings, edits, profile, gone)
    strength = _strength(findings, edits, profile, gone)
    made = replace(
        profile,
        findings=tuple(one for key, one in findings.items() if key not in gone),
        verdict=verdict,
        strength=strength,
        headings=tuple(_heading(one, edits, gone) for one in profile.headings),
        steps=_steps(profile, edits, gone),
        steps_note=edits.steps_reason or None,
        digest="",
    )
    return replace(made, digest=made.own_digest())


def _add(findings: dict[str, Finding], edits: Edits, profile: PublishedProfile) -> None:
    marks = {entry.mark for entry in profile.evidence}
    headings = {one.id for one in profile.headings}
    for one in edits.added:
        if one.id in findings:
            raise Inconsistent("A finding of this name is there already")
        if one.heading not in headings:
            raise Inconsistent("Choose the heading of the added sentence")
        if not one.evidence or not set(one.evidence) <= marks:
            raise Inconsistent(
                "An added sentence needs evidence: choose at least one line of the evidence list"
            )
        check_sentence(one.text, one.heading, profile)
        findings[one.id] = Finding(one.id, "heading", one.heading, "", one.text, one.evidence)


def _reword(findings: dict[str, Finding], edits: Edits, profile: PublishedProfile) -> None:
    for key, words in edits.wordings.items():
        finding = findings.get(key)
        if finding is None:
            raise Inconsistent(
                "A reworded finding is no longer proposed. Begin again from the newest profile"
            )
        if not may_change(finding):
            raise Inconsistent("What the method says of response, limits and sureness cannot be reworded")
        check_sentence(words.text, finding.heading, profile)
        if words.lead:
            check_sentence(words.lead, finding.heading, profile)
        findings[key] = replace(finding, lead=words.lead, text=words.text)


def _merge(findings: dict[str, Finding], edits: Edits, profile: PublishedProfile) -> None:
    order = [entry.mark for entry in profile.evidence]
    for one in edits.merged:
        kept, gone = findings.get(one.kept), findings.get(one.gone)
        if kept is None or gone is None or kept is gone:
            raise Inconsistent("Choose another finding to merge with")
        if kept.heading != gone.heading or not (may_change(kept) and may_change(gone)):
            raise Inconsistent("Only findings under one heading can be merged")
        if one.gone in edits.dropped or one.kept in edits.dropped:
            raise Inconsistent("A dropped finding cannot be merged. Bring it back first")
        united = {*kept.evidence, *gone.evidence}
        marks = tuple(mark for mark in order if mark in united)
        findings[one.kept] = replace(kept, evidence=marks)


def _verdict(findings: Mapping[str, Finding], edits: Edits, profile: PublishedProfile, gone: set[str]) -> str:
    verdict = edits.verdict or profile.verdict
    if verdict not in findings or verdict in gone:
        raise Inconsistent("The verdict cannot be dropped. Choose another finding as the verdict first")
    return verdict


def _strength(
    findings: Mapping[str, Finding], edits: Edits, profile: PublishedProfile, gone: set[str]
) -> Strength | None:
    if edits.strength is None:
        strength = profile.strength
        if strength is not None and strength.finding in gone:
            raise Inconsistent("The strength to keep cannot be dropped. Choose another strength first")
        return strength
    finding = findings.get(edits.strength.finding)
    if finding is None or finding.id in gone or finding.heading is None:
        raise Inconsistent("Choose a finding that is in the brief as the strength")
    check_sentence(edits.strength.title, finding.heading, profile)
    return Strength(finding.heading, edits.strength.title, finding.id)


def _heading(heading: PublishedHeading, edits: Edits, gone: set[str]) -> PublishedHeading:
    own = (*heading.findings, *(one.id for one in edits.added if one.heading == heading.id))
    there = [one for one in own if one not in gone]
    first = [one for one in edits.order.get(heading.id, ()) if one in there]
    return replace(
        heading,
        findings=(*first, *(one for one in there if one not in first)),
        patterns=tuple(
            replace(one, finding=None) if one.finding in gone else one for one in heading.patterns
        ),
    )


def _steps(profile: PublishedProfile, edits: Edits, gone: set[str]) -> tuple[PublishedStep, ...]:
    kept = [
        replace(one, findings=tuple(finding for finding in one.findings if finding not in gone))
        for one in profile.steps
    ]
    if not edits.steps:
        if edits.steps_reason:
            raise Inconsistent("Choose the first steps that the reason is for")
        return tuple(kept)
    by_id = {one.id: one for one in kept}
    if len(set(edits.steps)) != len(edits.steps) or not set(edits.steps) <= by_id.keys():
        raise Inconsistent("Choose each step once")
    if len(edits.steps) > MOST_STEPS:
        raise Inconsistent("Choose three steps at most")
    if not edits.steps_reason.strip():
        raise Inconsistent("Say why the ranking is overruled. The reason is printed in the annex")
    ranked = sorted(kept, key=lambda one: one.rank)
    wanted = [by_id[one] for one in edits.steps]
    check_sentence(edits.steps_reason, None, profile)
    after = [one for one in ranked if one.id not in edits.steps]
    return tuple(
        replace(one, rank=place, first=place <= len(wanted))
        for place, one in enumerate((*wanted, *after), start=1)
    )
