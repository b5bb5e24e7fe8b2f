"""A profile in sentences, each with the evidence that it rests on.

A sentence says no more than its evidence (``claims``), and only the sources that were heard are named. Where
confidence in the heading is low, what we conclude "seems" so; what was counted (a change, a gap, a
difference) is said as it was counted.
"""

from diagnostics.claims import Apart, Told, across, described, ends_of, lean_of, told_apart, told_of, widest
from diagnostics.profile import CharacteristicProfile, HeadingProfile
from diagnostics.publication import sides_may_be_named
from diagnostics.published import Finding, Gap, Source
from diagnostics.suppression import whole
from diagnostics.triangulation import NamedPattern, counted
from diagnostics.wording import by_points, counted_noun, sentence
from diagnostics.writer import SAID_BY, Writer

PATTERN_LEADS = {
    "written_not_done": "Written, not done.",
    "said_not_seen": "Said, not seen.",
    "done_not_written": "Done, not written.",
    "leaders_above_practitioners": "{sides.upper} above {sides.lower}.",
}
_PUTS: dict[Source, str] = {
    "document": "documents put",
    "survey": "staff put",
    "interview": "{leaders} put",
    "observation": "what we saw puts",
}
_FOUND: dict[Source, str] = {
    "observation": "what we saw",
    "survey": "what staff report",
    "document": "what is written",
}
# The second time on a page, in fewer words.
_SPLIT = {
    "areas": (
        "Service areas differ widely on {heading}, so the average hides much.",
        "Service areas differ widely on {heading} too.",
    ),
    "people": (
        "The average for {heading} hides wide differences between people.",
        "People differ widely on {heading} too.",
    ),
}
# What is longer is too long for its place.
LONGEST = 130


def named(heading: HeadingProfile) -> str:
    """Name a heading inside a sentence, so that no two headings get the same one."""
    name = heading.heading.name
    return name[0].lower() + name[1:]


def heading_findings(writer: Writer, index: int) -> list[Finding]:
    """Write what page 2 says of a heading: its patterns or its contrast, then what else matters most."""
    heading = writer.profile.headings[index]
    if heading.combined is None:
        return [_silence(heading)]
    patterns = pattern_findings(writer, index)
    first, *others = patterns or [_contrast(writer, heading)]
    # One mean over a split organisation is never printed without saying so: that comes before all the rest.
    return [
        first,
        *_staff_split(writer, index),
        *others,
        *_disagreement(writer, heading, patterns),
        *_change(writer, index),
    ]


def _silence(heading: HeadingProfile) -> Finding:
    present = [result for result in heading.sources.values() if result is not None]
    text = (
        "What we have is too thin to give a score."
        if present
        else "No source spoke to this heading, so there is no score."
    )
    return Finding(f"{heading.heading.id}.silent", "limit", heading.heading.id, "", text, ())


def pattern_findings(writer: Writer, index: int) -> list[Finding]:
    """Write the patterns of a heading that nobody has overruled, the most telling first."""
    heading = writer.profile.headings[index]
    standing = [pattern for pattern in heading.patterns if pattern.decision.stands]
    findings: list[Finding] = []
    before: Apart | None = None
    for pattern in sorted(standing, key=lambda pattern: list(PATTERN_LEADS).index(pattern.id)):
        if pattern.id == "leaders_above_practitioners":
            written = _gap_pattern(writer, heading, pattern.high, writer.gaps[index])
        else:
            apart = apart_in(writer, heading, pattern)
            written = _pattern(writer, heading, pattern, apart, before)
            before = apart
        if written is not None:
            text, evidence = written
            identity = f"{heading.heading.id}.{pattern.id}"
            lead = sentence(PATTERN_LEADS[pattern.id].format(sides=writer.profile.framework.comparison))
            if pattern.id != "leaders_above_practitioners" and writer.is_doubtful(heading.heading.id):
                lead = f"Perhaps {lead[0].lower()}{lead[1:]}"
            findings.append(Finding(identity, "pattern", heading.heading.id, lead, text, evidence))
    return findings


def apart_in(writer: Writer, heading: HeadingProfile, pattern: NamedPattern) -> Apart | None:
    """Find what tells a pattern best: one characteristic, or two, one claimed and one not met with."""
    high, low = ends_of(pattern)
    found = widest(writer, heading, high, low)
    return found or (across(writer, heading, high, low) if pattern.id != "done_not_written" else None)


def _pattern(
    writer: Writer, heading: HeadingProfile, pattern: NamedPattern, apart: Apart | None, before: Apart | None
) -> Told:
    """Tell a pattern; one beside another that says the same of the same thing is told in fewer words.

    How sure we are of it is said by its lead.
    """
    high, low = ends_of(pattern)
    if before is not None and apart is not None and apart.shown is apart.missed is before.shown:
        text = described("staff" if high == "survey" else writer.leaders, apart.shown, "too describe")
        return sentence(text), writer.evidence_of(heading.heading, apart.high, apart.low)
    if apart is not None and (before is None or apart.shown is apart.missed):
        told = told_apart(writer, apart, of_leaders=high == "interview", plain=True)
        if len(told[0]) <= LONGEST:
            return told
    text = f"{_PUTS[high].format(leaders=writer.leaders)} {named(heading)} well above {_FOUND[low]}"
    results = [r for source in (high, low) if (r := writer.claims_under(heading, source)) is not None]
    return sentence(f"{text}{', too' if before else ''}"), writer.evidence_of(heading.heading, *results)


def _gap_pattern(
    writer: Writer, heading: HeadingProfile, where: tuple[str, ...], gap: Gap | None
) -> tuple[str, tuple[str, ...]] | None:
    sides = writer.profile.framework.comparison
    if "survey" in where and gap is not None and gap.difference is not None:
        text = f"{sides.upper} rate {named(heading)} {gap.difference} points higher than {sides.lower} do."
        return sentence(text), (f"S {heading.heading.short}",)
    if "interview" in where and sides_may_be_named(writer.profile):
        records = tuple(r.id for r in heading.records if r.source == "interview")
        text = f"In interviews, {sides.upper} put {named(heading)} far higher than {sides.lower} did."
        return text, writer.marks.of_records(records)
    return None


def _contrast(writer: Writer, heading: HeadingProfile) -> Finding:
    """Say what is strongest and weakest under a heading, as far as the evidence allows those words."""
    scored = writer.of_heading(heading)
    identity = f"{heading.heading.id}.contrast"
    if not scored:
        text = "No part of it was heard well enough to tell apart."
        return Finding(identity, "limit", heading.heading.id, "", text, ())
    strong, weak = _clearest(writer, scored[::-1], True), _clearest(writer, scored, False)
    if strong is None or weak is None:
        text, marks = told_of(writer, strong or weak or scored[0])
        return Finding(identity, "heading", heading.heading.id, "", text, marks)
    doubtful = writer.is_doubtful(heading.heading.id)
    leans = "" if doubtful or lean_of(writer, weak).firm else "on balance "
    both = f"{strong.characteristic.in_brief.strong}, but {leans}{weak.characteristic.in_brief.weak}"
    text = writer.as_sure(heading.heading.id, sentence(both), lean_of(writer, strong).firm)
    marks = writer.support_for(weak, False)
    if len(text) > LONGEST:
        text, marks = told_of(writer, weak)
    else:
        marks = writer.marks.in_order((*writer.support_for(strong, True), *marks))
    return Finding(identity, "heading", heading.heading.id, "", text, marks)


def _clearest(
    writer: Writer, ordered: list[CharacteristicProfile], strong: bool
) -> CharacteristicProfile | None:
    """Find the first that is strong, or weak: firm ones before others, several sources before one."""
    found = [c for c in ordered if lean_of(writer, c).strong is strong]
    found.sort(key=lambda c: (not lean_of(writer, c).firm, len(counted(c.sources)) < 2))
    return next(iter(found), None)


def _disagreement(writer: Writer, heading: HeadingProfile, patterns: list[Finding]) -> list[Finding]:
    """Name the widest dissonance that no pattern on the page explains.

    A pattern that may not be shown counts for nothing here, or its silence would tell of it.
    """
    if patterns:
        return []
    apart = [p for p in heading.pairs if p.code == "dissonance" and p.decision.stands]
    if not apart:
        return []
    pair = max(apart, key=lambda p: p.difference)
    sources = counted(heading.sources)
    high, low = sorted((pair.a, pair.b), key=lambda s: -sources[s].score)
    points = whole(pair.difference)
    do = "does" if low == "observation" else "do"
    puts = "puts" if high == "observation" else "put"
    text = f"{SAID_BY[high]} {puts} {named(heading)} {points} points higher than {SAID_BY[low]} {do}."
    marks = writer.evidence_under(heading, high, low)
    return [
        Finding(
            f"{heading.heading.id}.dissonance",
            "agreement",
            heading.heading.id,
            "Sources disagree.",
            sentence(text),
            marks,
        )
    ]


def _staff_split(writer: Writer, index: int) -> list[Finding]:
    kind, heading = _kind_of_split(writer, index), writer.profile.headings[index]
    if kind is None:
        return []
    again = any(_kind_of_split(writer, before) == kind for before in range(index))
    text = _SPLIT[kind][again].format(heading=named(heading))
    mark = (f"S {heading.heading.short}",)
    identity = f"{heading.heading.id}.split"
    return [Finding(identity, "agreement", heading.heading.id, "Staff do not agree.", text, mark)]


def _kind_of_split(writer: Writer, index: int) -> str | None:
    """Say whether service areas differ or people everywhere; None where staff agree, or nothing is shown."""
    survey, heading = writer.profile.survey, writer.profile.headings[index]
    if survey is None or survey.headings[index] is None or heading.combined is None:
        return None
    agreement, settings = survey.agreement[index], writer.profile.framework.settings
    if not agreement.is_low(settings):
        return None
    return "areas" if agreement.icc1 is not None and agreement.icc1 > settings.low_icc1 else "people"


def _change(writer: Writer, index: int) -> list[Finding]:
    heading, change = writer.profile.headings[index], writer.changes[index]
    if change is None or change.difference is None or change.low is None or change.high is None:
        return []
    mark = (f"S {heading.heading.short}",)
    identity = f"{heading.heading.id}.change"
    if change.reliable:
        up = change.difference > 0
        # Each stands alone: there may be no place for the one before.
        lead = f"A real {'improvement' if up else 'fall'}."
        verb = "rose" if up else "fell"
        text = f"The survey score for {named(heading)} {verb} {by_points(change.low, change.high)}."
        return [Finding(identity, "change", heading.heading.id, lead, text, mark)]
    least = writer.profile.framework.settings.reliable_change
    if abs(change.difference) < least:
        return []
    way = "higher" if change.difference > 0 else "lower"
    if change.low > 0 or change.high < 0:
        # It is printed as large enough, but was not before it was rounded.
        lead = "Too small to count."
        points = f"just under {least:g} points"
        text = f"The survey score for {named(heading)} is {points} {way}, which is more than chance."
        return [Finding(identity, "change", heading.heading.id, lead, text, mark)]
    points = counted_noun(abs(change.difference), "point")
    text = f"The survey score for {named(heading)} is {points} {way}, which may be chance."
    return [Finding(identity, "change", heading.heading.id, "No reliable change.", text, mark)]
