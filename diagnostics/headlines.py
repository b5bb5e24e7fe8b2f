"""The sentences over the whole: the verdict, how sure we are, why each step, what to keep."""

from collections.abc import Sequence
from dataclasses import replace

from diagnostics.change import Change
from diagnostics.claims import Lean, Told, ends_of, lean_of, told_apart, told_of, widest
from diagnostics.confidence import GRADES
from diagnostics.findings import apart_in, named, pattern_findings
from diagnostics.priorities import RankedStep
from diagnostics.profile import CharacteristicProfile, HeadingProfile
from diagnostics.published import Finding, PublishedResponse, Source, Strength
from diagnostics.suppression import printed_score, whole
from diagnostics.triangulation import counted
from diagnostics.wording import by_points, counted_noun, listed, number, sentence
from diagnostics.writer import SAID_BY, Writer

# In this order a pattern makes the verdict: an unseen claim weighs more than a difference of view.
VERDICT_PATTERNS = ("written_not_done", "said_not_seen", "leaders_above_practitioners")
LONGEST_VERDICT = 165
# A tipping point further away than this is not worth a sentence.
NEAR_TIPPING = 20
MOST_TIPPING = 2
MOST_MARKED = 6


def verdict(writer: Writer) -> Finding:
    """Write the one sentence at the top of page 1."""
    scored = [(h, h.combined.score) for h in writer.profile.headings if h.combined is not None]
    if not scored:
        text = f"There is not yet enough evidence to say how well {writer.place} uses evidence."
        return Finding("verdict", "limit", None, "", text, ())
    told = _verdict_from_patterns(writer)
    if told is not None:
        return told
    printed = [printed_score(score) for _, score in scored]
    strong = [score >= writer.strong_from() for _, score in scored]
    # Headings whose printed scores are the same stand together.
    highest, lowest = (
        [h for (h, _), score in zip(scored, printed, strict=True) if score == end]
        for end in (max(printed), min(printed))
    )
    best, worst = _told_together(highest), _told_together(lowest)
    unsure = _unsure(writer, *highest, *lowest)
    is_, has, uses = ("seems", "seems to have", "seems to use") if unsure else ("is", "has", "uses")
    if len(scored) == 1:
        text = f"We can speak of one heading only in {writer.place}: {best}."
    elif len(set(printed)) == 1:
        under = (
            "every heading" if len(scored) == len(writer.profile.headings) else "every heading with a score"
        )
        start = f"{uses} evidence in most of its work" if all(strong) else f"{is_} at an early stage"
        text = f"{writer.place} {start}, much the same under {under}."
    elif all(strong):
        text = f"{writer.place} {uses} evidence in most of its work, best in {best} and least in {worst}."
    elif not any(strong):
        text = f"{writer.place} {is_} at an early stage: furthest on in {best}, with most to do in {worst}."
    else:
        text = f"{writer.place} {is_} on firm ground in {best}, and {has} furthest to go in {worst}."
    return Finding("verdict", "verdict", None, "", text, _heading_marks(writer, *highest, *lowest))


def _told_together(headings: Sequence[HeadingProfile]) -> str:
    """Name one heading, or two that are short, and count more."""
    names = [named(heading) for heading in headings]
    long = len(names) > 1 and any(" and " in name for name in names)
    return f"{number(len(names))} headings" if len(names) > 2 or long else listed(names)


def _unsure(writer: Writer, *headings: HeadingProfile) -> bool:
    """Say whether a heading is little known or disputed, or its likely range crosses the verdict's line."""
    line = writer.strong_from()
    return any(
        writer.is_doubtful(h.heading.id)
        or any(pair.code == "dissonance" and pair.decision.stands for pair in h.pairs)
        or (h.combined is not None and (whole(h.combined.low) < line) != (whole(h.combined.high) < line))
        for h in headings
    )


def _verdict_from_patterns(writer: Writer) -> Finding | None:
    found = {
        (finding.id.split(".")[-1], finding.heading): finding
        for index in range(len(writer.profile.headings))
        for finding in pattern_findings(writer, index)
    }
    for name in VERDICT_PATTERNS:
        named = [f for (pattern, _), f in found.items() if pattern == name]
        if not named:
            continue
        first = max(named, key=lambda finding: _widest_gap(writer, finding))
        text, marks = _opening(writer, name, first)
        gaps = [f for (pattern, _), f in found.items() if pattern == VERDICT_PATTERNS[-1]]
        if gaps and gaps[0] is not first:
            gap = max(gaps, key=lambda finding: _widest_gap(writer, finding))
            heading = next(h for h in writer.profile.headings if h.heading.id == gap.heading)
            more = _sides_apart(writer, gap, heading)
            longer = f"{text.removesuffix('.')}, and {more}."
            if len(longer) <= LONGEST_VERDICT:
                text, marks = longer, (*marks, *(m for m in gap.evidence if m not in marks))
        return Finding("verdict", "verdict", None, "", text, marks)
    return None


def _widest_gap(writer: Writer, finding: Finding) -> float:
    """How far apart sources, or leaders and practitioners, stand under the heading of a finding."""
    for heading, gap in zip(writer.profile.headings, writer.gaps, strict=True):
        if heading.heading.id == finding.heading:
            if finding.id.endswith(VERDICT_PATTERNS[-1]):
                return float(gap.difference or 0) if gap else 0.0
            return max((pair.difference for pair in heading.pairs), default=0.0)
    return 0.0


def _opening(writer: Writer, pattern: str, first: Finding) -> Told:
    heading = next(h for h in writer.profile.headings if h.heading.id == first.heading)
    if pattern == "leaders_above_practitioners":
        return f"In {writer.place}, {_sides_apart(writer, first, heading)}.", first.evidence
    found = next(found for found in heading.patterns if found.id == pattern)
    apart = apart_in(writer, heading, found)
    if apart is None:
        text = f"In {writer.place}, {first.text[0].lower()}{first.text[1:]}"
        return writer.as_sure(heading.heading.id, text), first.evidence
    return told_apart(writer, apart, writer.place, of_leaders=ends_of(found)[0] == "interview")


def _sides_apart(writer: Writer, gap: Finding, heading: HeadingProfile) -> str:
    """Say who stands higher; only the survey was rated by those who speak."""
    sides = writer.profile.framework.comparison
    if any(mark.startswith("S") for mark in gap.evidence):
        return f"{sides.upper} rate {named(heading)} far higher than {sides.lower} do"
    return f"{sides.upper} put {named(heading)} far higher in interviews than {sides.lower} do"


def _heading_marks(writer: Writer, *headings: HeadingProfile) -> tuple[str, ...]:
    marks: list[str] = []
    for heading in dict.fromkeys(headings):
        if heading.sources["survey"] is not None:
            marks.append(f"S {heading.heading.short}")
    records = [r.id for heading in headings for r in heading.records]
    return (*marks, *writer.marks.of_records(tuple(dict.fromkeys(records))))


def gap_finding(writer: Writer) -> Finding | None:
    """Write the title over the comparison of leaders and practitioners; None where it cannot be shown."""
    sides = writer.profile.framework.comparison
    least = writer.profile.framework.settings.partial_within
    shown = [
        (gap.difference, heading)
        for gap, heading in zip(writer.gaps, writer.profile.headings, strict=True)
        if gap is not None and gap.difference is not None
    ]
    if not shown:
        return None
    widest_first = sorted(shown, key=lambda entry: -entry[0])
    wide = [heading for difference, heading in widest_first if difference >= least / 2]
    turned = [heading for difference, heading in reversed(widest_first) if -difference >= least / 2]
    spoken = wide or turned or [heading for _, heading in shown]
    marks = tuple(f"S {heading.heading.short}" for heading in spoken[:MOST_MARKED])
    names = [named(heading) for heading in spoken[:2]]
    # A name with an "and" of its own leaves no room for another.
    names = names[:1] if any(" and " in name for name in names) else names
    gap_of = {heading.heading.id: difference for difference, heading in shown}
    gaps = [gap_of[heading.heading.id] for heading in spoken]
    # Of equal gaps none is the widest.
    while names and len(names) < len(spoken) and gaps[len(names)] == gaps[len(names) - 1]:
        names.pop()
    if not names:
        where = " under every heading" if len(spoken) == len(shown) else f" in {number(len(spoken))} headings"
    else:
        where = f" in {listed(names)}" if len(names) == len(spoken) else f", most of all in {listed(names)}"
    if wide:
        text = f"{sides.upper} see more than {sides.lower} do{where}"
    elif turned:
        text = f"{sides.lower} see more than {sides.upper} do{where}"
    else:
        text = f"{sides.upper} and {sides.lower} see much the same"
    return Finding("gap.overview", "gap", None, "", sentence(text), marks)


def sureness(writer: Writer) -> Finding:
    """Say in one line how sure we are over all, and where less so."""
    graded = [(GRADES.index(h.confidence.grade), h) for h in writer.profile.headings]
    words = ("hardly", "not very", "fairly", "very")
    usual = sorted(grade for grade, _ in graded)[(len(graded) - 1) // 2]
    less = [named(h) for grade, h in graded if grade < usual]
    more = [named(h) for grade, h in graded if grade > usual]
    text = f"{words[usual]} sure"
    if less:
        text += f"; less sure of {listed(less)}"
    elif more:
        text += f"; surer of {listed(more)}"
    return Finding("sureness", "confidence", None, "How sure we are:", f"{text}.", ())


def response_findings(writer: Writer, response: PublishedResponse) -> list[Finding]:
    """Say who answered, and how far the silent staff could move a stage."""
    survey = writer.profile.survey
    if not writer.profile.asked_staff:
        return []
    if survey is None or response.answered is None:
        text = (
            f"Fewer than {writer.profile.diagnostic.threshold} staff answered, so there is no survey score."
        )
        return [Finding("response", "response", None, "", text, ("S",))]
    text = f"{response.answered:,} of {response.frame:,} staff answered ({response.rate}%)."
    if response.answered > response.frame:
        text = f"{response.answered:,} answers came in, from a workforce counted at {response.frame:,}."
    if response.indicative:
        text += " That is few, so read the survey as a first indication."
    findings = [Finding("response", "response", None, "", text, ("S",))]
    near = sorted(
        (
            (heading.tipping.distance, index, heading, heading.tipping)
            for index, heading in enumerate(writer.profile.headings)
            if heading.tipping is not None and heading.tipping.points <= NEAR_TIPPING
        ),
        key=lambda entry: entry[:2],
    )
    if near:
        nearest = near[:MOST_TIPPING]
        told = [f"{counted_noun(t.points, 'point')} {t.direction} on {named(h)}" for *_, h, t in nearest]
        scored = f"If the staff who did not answer scored {listed(told, 'or')}"
        text = f"{scored}, the survey’s stage would change there."
        marks = tuple(f"S {h.heading.short}" for _, _, h, _ in nearest)
        findings.append(Finding("tipping", "response", None, "", text, marks))
    elif survey.n < survey.frame and any(survey.headings):
        text = (
            f"Staff who did not answer would have to differ by more than {NEAR_TIPPING} points "
            "to move the survey’s stage under any heading."
        )
        findings.append(Finding("tipping", "response", None, "", text, ("S",)))
    elif any(survey.headings):
        text = "As many answered as the workforce counts, so there are no silent staff to move a stage."
        findings.append(Finding("tipping", "response", None, "", text, ("S",)))
    return findings


def step_findings(writer: Writer) -> dict[str, Finding]:
    """Say for every ranked step which finding it answers; two steps share a reason only where they must.

    A step that stands here only because a later one needs it answers the finding of the later one.
    """
    used: set[str] = set()
    written: dict[str, Finding] = {}
    for ranked in writer.profile.steps:
        reasons = _reasons(writer, ranked)
        fresh = [reason for reason in reasons if reason.text not in used]
        chosen = next(iter(fresh or reasons), None)
        if chosen is not None:
            used.add(chosen.text)
            written[ranked.id] = chosen
    for ranked in reversed(writer.profile.steps):
        if ranked.id not in written:
            # It has no score of its own: it stands here because a later step needs it.
            needed_by = (s.id for s in writer.profile.steps if ranked.id in s.requires and s.id in written)
            reason = next((written[later] for later in needed_by), None)
            written |= {ranked.id: replace(reason, id=f"step.{ranked.id}")} if reason else {}
    return {step.id: written[step.id] for step in writer.profile.steps if step.id in written}


def _reasons(writer: Writer, ranked: RankedStep) -> list[Finding]:
    """List what a step could answer: a pattern first, then what it moves, weakest first."""
    moved = [writer.profile.about(c.id) for c in writer.profile.framework.moved_by(ranked.id)]
    scored = sorted(
        (c for c in moved if c.combined is not None), key=lambda c: c.combined.score if c.combined else 0.0
    )
    reasons = _pattern_reasons(writer, ranked, scored)
    for c in scored:
        text, marks = told_of(writer, c, and_if_strong=", with more to do")
        reasons.append(Finding(f"step.{ranked.id}", "step", c.heading.id, "", text, marks))
    return reasons


def _pattern_reasons(
    writer: Writer, ranked: RankedStep, scored: list[CharacteristicProfile]
) -> list[Finding]:
    reasons = []
    for heading in writer.profile.headings:
        for pattern in heading.patterns:
            if pattern.id != "written_not_done" or not pattern.decision.stands:
                continue
            low: Source = "observation" if "observation" in pattern.low else "survey"
            apart = widest(writer, heading, "document", low)
            if apart is None or apart.shown not in scored:
                continue
            text, marks = told_apart(writer, apart)
            reasons.append(Finding(f"step.{ranked.id}", "step", heading.heading.id, "", text, marks))
    return reasons


def strength(writer: Writer) -> tuple[Strength, Finding] | None:
    """Choose the one strength to keep, of which we are sure and which no source denies."""
    trusted = [
        h
        for h in writer.profile.headings
        if h.combined is not None and GRADES.index(h.confidence.grade) >= GRADES.index("moderate")
    ]
    risen = [h for h in trusted if h.change is not None and h.change.reliable and h.change.difference > 0]
    candidates = [
        (h in risen, len(counted(c.sources)) > 1, c.combined.score, -place, h, c)
        for place, h in enumerate(trusted)
        for c in writer.of_heading(h)
        if c.combined is not None and lean_of(writer, c) == Lean(True, True)
    ]
    if not candidates:
        return None
    *_, heading, best = max(candidates, key=lambda entry: entry[:4])
    change = writer.changes[writer.profile.headings.index(heading)]
    marks = writer.support_for(best, True)
    risen_most = _risen_most(writer, best)
    if risen_most is not None:
        on_it, change_of_item = risen_most
        rose = by_points(whole(change_of_item.low), whole(change_of_item.high))
        text = f"Staff answers {on_it} rose {rose} since the last wave."
        mark = f"S {heading.heading.short}"
        marks = (mark, *(m for m in marks if m != mark))
    elif heading in risen and change is not None and change.low is not None and change.high is not None:
        text = f"Under {named(heading)} the survey score rose {by_points(change.low, change.high)}."
        mark = f"S {heading.heading.short}"
        marks = (mark, *(m for m in marks if m != mark))
    else:
        bearing = [
            s
            for s, r in best.sources.items()
            if r is not None and not r.thin and r.score >= writer.strong_from()
        ]
        sources = listed([SAID_BY[s] for s in bearing])
        verb = "bears" if bearing == ["observation"] else "bear"
        marks = writer.evidence_for(best, only=bearing)
        text = f"{sources} {verb} this out."
    finding = Finding(
        "strength", "strength", heading.heading.id, "", f"{sentence(text)} Keep what makes it so.", marks
    )
    title = sentence(best.characteristic.in_brief.strong).removesuffix(".")
    return Strength(heading.heading.id, title, finding.id), finding


def _risen_most(writer: Writer, c: CharacteristicProfile) -> tuple[str, Change] | None:
    """Find what rose most since the last wave of a characteristic's questions, none of which fell.

    With it comes whether that can be said of them all.
    """
    codes = {question.code for question in c.characteristic.survey}
    moved = [
        change if change is not None and change.reliable else None
        for question, change in zip(
            writer.profile.framework.questions, writer.profile.item_changes, strict=True
        )
        if question.code in codes
    ]
    risen = [change for change in moved if change is not None and change.difference > 0]
    if not risen or any(change is not None and change.difference < 0 for change in moved):
        return None
    on_it = "on this" if len(risen) == len(moved) else "to a question on this"
    return on_it, max(risen, key=lambda change: change.difference)
