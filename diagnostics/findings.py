"""A profile in sentences, each with the evidence that it rests on.

A sentence says no more than its evidence: a characteristic is called strong from the third stage,
weak below it, and only the sources that were heard are named. Where confidence in the heading is low,
what we conclude "seems" so; what was counted (a change, a gap, a difference) is said as it was counted.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from diagnostics.evidence_list import Marks
from diagnostics.profile import CharacteristicProfile, HeadingProfile, Profile, fieldwork_source
from diagnostics.publication import sides_may_be_named
from diagnostics.published import Finding, Gap, Grade, PublishedChange, Source
from diagnostics.suppression import whole
from diagnostics.triangulation import NamedPattern, SourceResult, counted
from diagnostics.wording import by_points, counted_noun, place_name, seemingly, sentence

SAID_BY: dict[str, str] = {
    "survey": "staff answers",
    "interview": "interviews",
    "observation": "observation",
    "document": "documents",
}
PATTERN_LEADS = {
    "written_not_done": "Written, not done.",
    "said_not_seen": "Said, not seen.",
    "done_not_written": "Done, not written.",
    "leaders_above_practitioners": "{sides.upper} above {sides.lower}.",
}
# Below this score we seldom saw what we looked for; from there to stage 3, only sometimes.
SELDOM = 40
DOUBTFUL: tuple[Grade, ...] = ("very low", "low")
# Two clauses that are longer together are too long for their place; then the weak one stands alone.
LONGEST_CONTRAST = 130


@dataclass(frozen=True, slots=True, eq=False)
class Writer:
    """What every sentence is written from: the profile, its marks, and what may be shown."""

    profile: Profile
    marks: Marks
    gaps: tuple[Gap | None, ...]
    changes: tuple[PublishedChange | None, ...]

    @property
    def place(self) -> str:
        """The authority's short name."""
        return place_name(self.profile.diagnostic.authority_name)

    def leaders_describe(self, place: str = "") -> str:
        """Begin a sentence on what the upper side said in interviews; it is named only where it is large."""
        upper = self.profile.framework.comparison.upper
        who = f"{upper[0].upper()}{upper[1:]}" if sides_may_be_named(self.profile) else "Some"
        return f"{who} in {place} describe" if place else f"{who} describe"

    def is_doubtful(self, heading_id: str) -> bool:
        """Say whether confidence in a heading is too low for a plain statement."""
        heading = next(h for h in self.profile.headings if h.heading.id == heading_id)
        return heading.confidence.grade in DOUBTFUL

    def as_sure(self, heading_id: str, text: str) -> str:
        """Give a sentence the verb that confidence in its heading allows."""
        return seemingly(text) if self.is_doubtful(heading_id) else text

    def strong_from(self) -> float:
        """Give the score from which a characteristic is called strong: where stage 3 begins."""
        return self.profile.framework.settings.stage_cuts[1]

    def evidence_for(
        self, *characteristics: CharacteristicProfile, only: Iterable[Source] = ()
    ) -> tuple[str, ...]:
        """Give the marks of all that speaks to some characteristics of one heading, or of some sources."""
        wanted = set(only)
        survey: list[str] = []
        records: list[str] = []
        for characteristic in characteristics:
            for source, result in characteristic.sources.items():
                if result is None or (wanted and source not in wanted):
                    continue
                if source == "survey":
                    survey.append(f"S {characteristic.heading.short}")
                records += result.records
        return (*dict.fromkeys(survey), *self.marks.of_records(tuple(dict.fromkeys(records))))

    def evidence_of(self, characteristic: CharacteristicProfile, *results: SourceResult) -> tuple[str, ...]:
        """Give the marks of just these results about a characteristic."""
        survey = [f"S {characteristic.heading.short}" for result in results if result.source == "survey"]
        records = dict.fromkeys(record for result in results for record in result.records)
        return (*survey, *self.marks.of_records(tuple(records)))

    def evidence_under(self, heading: HeadingProfile, *sources: Source) -> tuple[str, ...]:
        """Give the marks of all that some sources said under a heading."""
        present = [result for source in sources if (result := heading.sources[source]) is not None]
        survey = [f"S {heading.heading.short}" for result in present if result.source == "survey"]
        records = dict.fromkeys(record for result in present for record in result.records)
        return (*survey, *self.marks.of_records(tuple(records)))

    def claims(self, characteristic: CharacteristicProfile, source: Source) -> SourceResult | None:
        """Give what a source says of a characteristic; of the interviews, only what leaders said."""
        if source != "interview":
            return characteristic.sources[source]
        upper = {group.id for group in self.profile.framework.role_groups if group.side == "upper"}
        score = self.profile.fieldwork.characteristic_score(
            "interview", characteristic.characteristic.id, lambda record: record.role_group in upper
        )
        return fieldwork_source("interview", score)

    def support_for(self, characteristic: CharacteristicProfile, strong: bool) -> tuple[str, ...]:
        """Give the marks that bear out that a characteristic is strong, or weak; all of them where none does.

        The other side is not hidden: where sources differ, a finding of its own says so.
        """
        line, short = self.strong_from(), characteristic.heading.short
        survey = characteristic.sources["survey"]
        marks = [f"S {short}"] if survey is not None and (survey.score >= line) is strong else []
        rated = self.profile.fieldwork.record_scores(characteristic.characteristic.id)
        records = tuple(record for record, score in rated.items() if (score >= line) is strong)
        return (*marks, *self.marks.of_records(records)) or self.evidence_for(characteristic)

    def of_heading(self, heading: HeadingProfile) -> list[CharacteristicProfile]:
        """Give the heading's characteristics that have a combined score, weakest first."""
        scored = [
            (c.combined.score, index, c)
            for index, c in enumerate(self.profile.characteristics)
            if c.heading is heading.heading and c.combined is not None
        ]
        return [c for _, _, c in sorted(scored, key=lambda entry: entry[:2])]


@dataclass(frozen=True, slots=True, eq=False)
class Apart:
    """A characteristic on which two sources stand apart, with what each of them says."""

    characteristic: CharacteristicProfile
    high: SourceResult
    low: SourceResult


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
    told: CharacteristicProfile | None = None
    for pattern in sorted(standing, key=lambda pattern: list(PATTERN_LEADS).index(pattern.id)):
        if pattern.id == "leaders_above_practitioners":
            written = _gap_pattern(writer, heading, pattern.high, writer.gaps[index])
        else:
            high, low = ends_of(pattern)
            apart = widest(writer, heading, high, low)
            again = apart is not None and apart.characteristic is told
            written = (
                _again(writer, apart) if apart and again else sources_apart(writer, heading, apart, high, low)
            )
            told = apart.characteristic if apart else told
        if written is not None:
            text, evidence = written
            identity = f"{heading.heading.id}.{pattern.id}"
            lead = sentence(PATTERN_LEADS[pattern.id].format(sides=writer.profile.framework.comparison))
            if pattern.id != "leaders_above_practitioners" and writer.is_doubtful(heading.heading.id):
                lead = f"Perhaps {lead[0].lower()}{lead[1:]}"
            findings.append(Finding(identity, "pattern", heading.heading.id, lead, text, evidence))
    return findings


def ends_of(pattern: NamedPattern) -> tuple[Source, Source]:
    """Say which source stands for the high end of a pattern, and which for the low one."""
    if pattern.id == "written_not_done":
        return "document", "observation" if "observation" in pattern.low else "survey"
    if pattern.id == "said_not_seen":
        return "survey" if "survey" in pattern.high else "interview", "observation"
    return "observation" if "observation" in pattern.high else "survey", "document"


def _again(writer: Writer, apart: "Apart") -> tuple[str, tuple[str, ...]]:
    topic = apart.characteristic.characteristic.in_brief.topic
    describe = writer.leaders_describe() if apart.high.source == "interview" else "Staff describe"
    text = writer.as_sure(apart.characteristic.heading.id, f"{describe} {topic} too.")
    return text, writer.evidence_of(apart.characteristic, apart.high, apart.low)


def sources_apart(
    writer: Writer, heading: HeadingProfile, apart: "Apart | None", high: Source, low: Source, place: str = ""
) -> tuple[str, tuple[str, ...]]:
    """Say what one source shows and another does not, by the characteristic where they are furthest apart.

    With ``place`` the sentence can stand alone, at the top of a page.
    """
    if apart is None:
        text = sentence(f"{SAID_BY[high]} spoke of more of this than {SAID_BY[low]} did.")
        return writer.as_sure(heading.heading.id, text), writer.evidence_under(heading, high, low)
    rarely = how_rarely(apart.low.score)
    shown = {
        "document": f"On paper {place} calls for" if place else "Documents call for",
        "survey": f"Staff in {place} describe" if place else "Staff describe",
        "interview": writer.leaders_describe(place),
        "observation": f"In {place} we saw" if place else "We saw",
    }
    missing = {
        "observation": f"but we {rarely} saw it",
        "survey": f"but staff {rarely} report it",
        "document": f"but the documents {rarely} call for it",
    }
    text = f"{shown[high]} {apart.characteristic.characteristic.in_brief.topic}, {missing[low]}."
    return writer.as_sure(heading.heading.id, text), writer.evidence_of(
        apart.characteristic, apart.high, apart.low
    )


def _gap_pattern(
    writer: Writer, heading: HeadingProfile, where: tuple[str, ...], gap: Gap | None
) -> tuple[str, tuple[str, ...]] | None:
    sides = writer.profile.framework.comparison
    if "survey" in where and gap is not None and gap.difference is not None:
        text = f"{sides.upper} rate {named(heading)} {gap.difference} points higher than {sides.lower} do."
        return sentence(text), (f"S {heading.heading.short}",)
    if "interview" in where and sides_may_be_named(writer.profile):
        records = tuple(r.id for r in heading.records if r.source == "interview")
        text = f"In interviews, {sides.upper} saw much more of this than {sides.lower} did."
        return text, writer.marks.of_records(records)
    return None


def widest(writer: Writer, heading: HeadingProfile, high: Source, low: Source) -> Apart | None:
    """Find the characteristic on which one source is strong, another weak, and they are furthest apart.

    Interviews speak for leaders here: only those with the upper side count. A characteristic that
    rests on several records is preferred to one that rests on a single record.
    """
    found = []
    for index, c in enumerate(writer.of_heading(heading)):
        above, below = writer.claims(c, high), writer.claims(c, low)
        if above is not None and below is not None and above.score >= writer.strong_from() > below.score:
            found.append((not (above.thin or below.thin), above.score - below.score, -index, c, above, below))
    if not found:
        return None
    *_, c, above, below = max(found, key=lambda entry: entry[:3])
    return Apart(c, above, below)


def faulted(writer: Writer) -> list[CharacteristicProfile]:
    """List what a standing pattern says was claimed but not met with."""
    told = []
    for heading in writer.profile.headings:
        for pattern in heading.patterns:
            if pattern.decision.stands and pattern.id in ("written_not_done", "said_not_seen"):
                apart = widest(writer, heading, *ends_of(pattern))
                told += [apart.characteristic] if apart else []
    return told


def how_rarely(score: float) -> str:
    """Say how often something was seen that scored below stage 3."""
    return "seldom" if score < SELDOM else "only sometimes"


def _contrast(writer: Writer, heading: HeadingProfile) -> Finding:
    """Say what is strongest and weakest under a heading, as far as the stages allow those words."""
    scored = writer.of_heading(heading)
    identity = f"{heading.heading.id}.contrast"
    if not scored:
        return Finding(
            identity,
            "limit",
            heading.heading.id,
            "",
            "No part of it was heard well enough to tell apart.",
            (),
        )
    weakest, strongest = scored[0], scored[-1]
    line = writer.strong_from()
    strong = strongest.combined is not None and strongest.combined.score >= line
    weak = weakest.combined is not None and weakest.combined.score < line
    both = f"{strongest.characteristic.in_brief.strong}, but {weakest.characteristic.in_brief.weak}"
    if strong and weak and len(writer.as_sure(heading.heading.id, sentence(both))) <= LONGEST_CONTRAST:
        text = both
        marks = (*writer.support_for(strongest, True), *writer.support_for(weakest, False))
    elif strong and not weak:
        text = strongest.characteristic.in_brief.strong
        marks = writer.support_for(strongest, True)
    else:
        text = weakest.characteristic.in_brief.weak
        marks = writer.support_for(weakest, False)
    text = writer.as_sure(heading.heading.id, sentence(text))
    return Finding(identity, "heading", heading.heading.id, "", text, writer.marks.in_order(marks))


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
    text = f"The score from {SAID_BY[high]} is {points} points above the one from {SAID_BY[low]}."
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
    survey, heading = writer.profile.survey, writer.profile.headings[index]
    if survey is None or survey.headings[index] is None:
        return []
    agreement = survey.agreement[index]
    if not agreement.is_low(writer.profile.framework.settings):
        return []
    by_area = agreement.icc1 is not None and agreement.icc1 > writer.profile.framework.settings.low_icc1
    text = (
        f"Service areas differ widely on {named(heading)}, so the average hides much."
        if by_area
        else f"The average for {named(heading)} hides wide differences between people."
    )
    return [
        Finding(
            f"{heading.heading.id}.split",
            "agreement",
            heading.heading.id,
            "Staff do not agree.",
            text,
            (f"S {heading.heading.short}",),
        )
    ]


def _change(writer: Writer, index: int) -> list[Finding]:
    heading, change = writer.profile.headings[index], writer.changes[index]
    if change is None or change.difference is None or change.low is None or change.high is None:
        return []
    mark = (f"S {heading.heading.short}",)
    identity = f"{heading.heading.id}.change"
    if change.reliable:
        up = change.difference > 0
        lead = "A real improvement." if up else "A real fall."
        verb = "rose" if up else "fell"
        text = f"The survey score for {named(heading)} {verb} {by_points(change.low, change.high)}."
        return [Finding(identity, "change", heading.heading.id, lead, text, mark)]
    if abs(change.difference) < writer.profile.framework.settings.reliable_change:
        return []
    way = "higher" if change.difference > 0 else "lower"
    points = counted_noun(abs(change.difference), "point")
    text = f"The survey score for {named(heading)} is {points} {way}, which may be chance."
    return [Finding(identity, "change", heading.heading.id, "No reliable change.", text, mark)]
