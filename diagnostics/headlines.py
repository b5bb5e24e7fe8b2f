"""The sentences over the whole: the verdict, how sure we are, why each step, what to keep, what we could not see."""

from diagnostics.confidence import GRADES
from diagnostics.evidence import FIELDWORK
from diagnostics.findings import SAID_BY, Writer, pattern_findings, widest
from diagnostics.priorities import RankedStep
from diagnostics.profile import CharacteristicProfile, HeadingProfile
from diagnostics.published import Finding, Limit, PublishedResponse, Source, Strength
from diagnostics.suppression import whole
from diagnostics.wording import by_points, counted_noun, listed, sentence

# In this order a pattern makes the verdict: what is claimed and not seen weighs more than what is done unwritten.
VERDICT_PATTERNS = ("written_not_done", "said_not_seen", "leaders_above_practitioners")
LONGEST_VERDICT = 165
# A tipping point further away than this is not worth a sentence.
NEAR_TIPPING = 20
MOST_MARKS = 3


def verdict(writer: Writer) -> Finding:
    """Write the one sentence at the top of page 1."""
    scored = [h for h in writer.profile.headings if h.combined is not None]
    if not scored:
        text = f"There is not yet enough evidence to say how well {writer.place} uses evidence."
        return Finding("verdict", "limit", None, "", text, ())
    told = _verdict_from_patterns(writer)
    if told is not None:
        return told
    ranked = sorted(scored, key=lambda h: h.combined.score if h.combined else 0.0)
    low, high = ranked[0], ranked[-1]
    line = writer.strong_from()
    best, worst = _plain(high), _plain(low)
    if low is high:
        text = f"We can speak of one heading only in {writer.place}: {best}."
    elif low.combined and low.combined.score >= line:
        text = f"{writer.place} uses evidence in most of its work, best in {best} and least in {worst}."
    elif high.combined and high.combined.score < line:
        text = (
            f"{writer.place} is at the beginning with evidence: {best} leads, and {worst} has furthest to go."
        )
    else:
        text = f"{writer.place} is on firm ground in {best}, and has furthest to go in {worst}."
    return Finding("verdict", "verdict", None, "", text, _heading_marks(writer, high, low))


def _verdict_from_patterns(writer: Writer) -> Finding | None:
    found = {
        (finding.id.split(".")[-1], finding.heading): finding
        for index in range(len(writer.profile.headings))
        for finding in pattern_findings(writer, index)
    }
    for name in VERDICT_PATTERNS:
        first = next((f for (pattern, _), f in found.items() if pattern == name), None)
        if first is None:
            continue
        text, marks = _opening(writer, name, first)
        gap = next((f for (pattern, _), f in found.items() if pattern == VERDICT_PATTERNS[-1]), None)
        if gap is not None and gap is not first:
            sides = writer.profile.framework.comparison
            heading = next(h for h in writer.profile.headings if h.heading.id == gap.heading)
            longer = f"{text.removesuffix('.')}, and {sides.upper} see more {_plain(heading)} than {sides.lower} do."
            if len(longer) <= LONGEST_VERDICT:
                text, marks = longer, (*marks, *(m for m in gap.evidence if m not in marks))
        return Finding("verdict", "verdict", None, "", text, marks)
    return None


def _opening(writer: Writer, pattern: str, first: Finding) -> tuple[str, tuple[str, ...]]:
    heading = next(h for h in writer.profile.headings if h.heading.id == first.heading)
    if pattern == "leaders_above_practitioners":
        sides = writer.profile.framework.comparison
        text = f"In {writer.place}, {sides.upper} see much more {_plain(heading)} than {sides.lower} do."
        return text, first.evidence
    text = first.text.replace("Documents ask for", f"{writer.place} asks on paper for", 1)
    text = text.replace("Staff describe", f"Staff in {writer.place} describe", 1)
    text = text.replace("Leaders describe", f"Leaders in {writer.place} describe", 1)
    return text, first.evidence


def _plain(heading: HeadingProfile) -> str:
    name = heading.heading.name
    return name[0].lower() + name[1:]


def _heading_marks(writer: Writer, *headings: HeadingProfile) -> tuple[str, ...]:
    marks: list[str] = []
    for heading in dict.fromkeys(headings):
        if heading.sources["survey"] is not None:
            marks.append(f"S {heading.heading.short}")
    records = [r.id for heading in headings for r in heading.records]
    return (*marks, *writer.marks.of_records(tuple(dict.fromkeys(records))))


def sureness(writer: Writer) -> Finding:
    """Say in one line how sure we are over all, and where less so."""
    graded = [(GRADES.index(h.confidence.grade), h) for h in writer.profile.headings]
    words = ("hardly sure at all", "not very sure", "fairly sure", "sure")
    usual = sorted(grade for grade, _ in graded)[len(graded) // 2]
    less = [_plain(h) for grade, h in graded if grade < usual]
    more = [_plain(h) for grade, h in graded if grade > usual]
    text = f"we are {words[usual]}"
    if less:
        text += f", less so of {listed(less)}"
    elif more:
        text += f", more so of {listed(more)}"
    return Finding("sureness", "confidence", None, "How sure we are:", f"{text}.", ())


def response_findings(writer: Writer, response: PublishedResponse) -> list[Finding]:
    """Say who answered, and how far the silent staff could move a stage."""
    survey = writer.profile.survey
    if survey is None:
        return []
    if response.answered is None:
        text = (
            f"Fewer than {writer.profile.diagnostic.threshold} staff answered, so there is no survey score."
        )
        return [Finding("response", "response", None, "", text, ("S",))]
    text = f"{response.answered} of {response.frame} staff answered ({response.rate}%)."
    if response.indicative:
        text += " That is few, so read the survey as a first indication."
    findings = [Finding("response", "response", None, "", text, ("S",))]
    near = sorted(
        (
            (heading.tipping.distance, index, heading, heading.tipping)
            for index, heading in enumerate(writer.profile.headings)
            if heading.tipping is not None and heading.tipping.distance <= NEAR_TIPPING
        ),
        key=lambda entry: entry[:2],
    )
    if near:
        told = [
            f"{_plain(h)} (if they scored {counted_noun(max(1, whole(d)), 'point')} {t.direction})"
            for d, _, h, t in near[:MOST_MARKS]
        ]
        text = f"Staff who did not answer could move the survey’s stage in {listed(told)}."
        marks = tuple(f"S {h.heading.short}" for _, _, h, _ in near[:MOST_MARKS])
        findings.append(Finding("tipping", "response", None, "", text, marks))
    elif survey.n < survey.frame:
        text = (
            f"Staff who did not answer would have to differ by more than {NEAR_TIPPING} points "
            "to move the survey’s stage under any heading."
        )
        findings.append(Finding("tipping", "response", None, "", text, ("S",)))
    return findings


def step_finding(writer: Writer, ranked: RankedStep) -> Finding | None:
    """Say which finding a step answers: the pattern, or else the weakest, of what it moves."""
    moved = [writer.profile.about(c.id) for c in writer.profile.framework.moved_by(ranked.id)]
    scored = [c for c in moved if c.combined is not None]
    if not scored:
        return None
    written = _answers_pattern(writer, ranked, scored)
    if written is not None:
        return written
    weakest = min(scored, key=lambda c: c.combined.score if c.combined else 0.0)
    words = weakest.characteristic.in_brief
    score = weakest.combined.score if weakest.combined else 0.0
    text = (
        words.weak if score < writer.strong_from() else f"{words.topic} is in place, but not yet everywhere"
    )
    return Finding(
        f"step.{ranked.id}",
        "step",
        weakest.heading.id,
        "",
        sentence(text),
        writer.evidence_for(weakest),
    )


def _answers_pattern(
    writer: Writer, ranked: RankedStep, scored: list[CharacteristicProfile]
) -> Finding | None:
    for heading in writer.profile.headings:
        for pattern in heading.patterns:
            if pattern.id != "written_not_done" or not pattern.decision.stands:
                continue
            low: Source = "observation" if "observation" in pattern.low else "survey"
            focus = widest(writer, heading, "document", low)
            if focus is not None and focus in scored:
                seen = "we seldom saw it" if low == "observation" else "staff seldom report it"
                text = f"The documents ask for this, but {seen}."
                marks = writer.evidence_for(focus, only=("document", low))
                return Finding(f"step.{ranked.id}", "step", heading.heading.id, "", text, marks)
    return None


def strength(writer: Writer) -> tuple[Strength, Finding] | None:
    """Choose the one strength to keep, among headings of at least moderate confidence."""
    trusted = [
        h
        for h in writer.profile.headings
        if h.combined is not None and GRADES.index(h.confidence.grade) >= GRADES.index("moderate")
    ]
    risen = [h for h in trusted if h.change is not None and h.change.reliable and h.change.difference > 0]
    candidates = [
        (h in risen, c.combined.score, -place, h, c)
        for place, h in enumerate(trusted)
        for c in writer.of_heading(h)
        if c.combined is not None and c.combined.score >= writer.strong_from()
    ]
    if not candidates:
        return None
    _, _, _, heading, best = max(candidates, key=lambda entry: entry[:3])
    change = writer.changes[writer.profile.headings.index(heading)]
    marks = writer.evidence_for(best)
    if heading in risen and change is not None and change.low is not None and change.high is not None:
        text = (
            f"Under {_plain(heading)} the survey score rose {by_points(change.low, change.high)}. Keep it up."
        )
        mark = f"S {heading.heading.short}"
        marks = marks if mark in marks else (mark, *marks)
    else:
        sources = [SAID_BY[s] for s, r in best.sources.items() if r is not None and not r.thin]
        text = f"{listed(sources)} {'agree' if len(sources) > 1 else 'shows this'}. Keep what makes it so."
    finding = Finding("strength", "strength", heading.heading.id, "", sentence(text), marks)
    title = sentence(best.characteristic.in_brief.strong).removesuffix(".")
    return Strength(heading.heading.id, title, finding.id), finding


def limits(writer: Writer) -> list[Limit]:
    """Say what could not be seen: silent and thin sources, and whom nobody asked."""
    found = []
    names: dict[Source, str] = {
        "survey": "No survey answers",
        "interview": "No interviews",
        "observation": "No observation",
        "document": "No documents",
    }
    for source, words in names.items():
        silent = [_plain(h) for h in writer.profile.headings if h.sources[source] is None]
        if len(silent) == len(writer.profile.headings):
            found.append(Limit(f"silent.{source}", f"{words} at all."))
        elif silent:
            found.append(Limit(f"silent.{source}", f"{words} spoke to {listed(silent)}."))
    for source in FIELDWORK:
        thin = [_plain(h) for h in writer.profile.headings if (r := h.sources[source]) is not None and r.thin]
        if thin:
            text = f"{SAID_BY[source]} on {listed(thin)} is thin: shown, but not counted."
            found.append(Limit(f"thin.{source}", sentence(text)))
    found.append(Limit("voices", "We did not ask children, families or partner agencies."))
    return found
