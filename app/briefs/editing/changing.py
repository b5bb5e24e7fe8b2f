"""One change at a time to what somebody made of the proposed brief. `applying` says whether it makes one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.briefs.editing.applying import LONGEST_WORDING, Inconsistent, edited, may_change
from app.briefs.editing.edits import Added, ChosenStrength, Edits, Merged, Wording
from diagnostics.published import Finding, PublishedProfile

_ADDED = "added-"


def reword(edits: Edits, profile: PublishedProfile, finding: str, wording: Wording) -> Edits:
    """Give a finding other words; its own words again are no change."""
    words = {key: one for key, one in edits.wordings.items() if key != finding}
    if any(one.id == finding for one in edits.added):
        again = tuple(replace(one, text=wording.text) if one.id == finding else one for one in edits.added)
        return replace(edits, added=again, wordings=words)
    proposed = _proposed(profile, finding)
    if (proposed.lead, proposed.text) != (wording.lead, wording.text):
        words[finding] = wording
    return replace(edits, wordings=words)


def drop(edits: Edits, profile: PublishedProfile, finding: str) -> Edits:
    """Take a finding out of the brief. One that somebody added goes for good."""
    if any(one.id == finding for one in edits.added):
        return replace(
            edits,
            added=tuple(one for one in edits.added if one.id != finding),
            merged=tuple(one for one in edits.merged if finding not in (one.kept, one.gone)),
            wordings={key: one for key, one in edits.wordings.items() if key != finding},
            order=_without(edits, finding),
            verdict="" if edits.verdict == finding else edits.verdict,
            strength=None if edits.strength and edits.strength.finding == finding else edits.strength,
        )
    _proposed(profile, finding)
    # What was merged into it comes back, or it would be lost with it.
    merged = tuple(one for one in edits.merged if finding not in (one.kept, one.gone))
    return replace(edits, dropped=(*(one for one in edits.dropped if one != finding), finding), merged=merged)


def bring_back(edits: Edits, finding: str) -> Edits:
    """Bring back a finding that was dropped, or that was merged into another."""
    return replace(
        edits,
        dropped=tuple(one for one in edits.dropped if one != finding),
        merged=tuple(one for one in edits.merged if one.gone != finding),
    )


def merge(edits: Edits, profile: PublishedProfile, kept: str, gone: str) -> Edits:
    """Tell one finding in another; what was merged into the first moves with it.

    Raises
    ------
    Inconsistent
        Where the words of both together are too long, or the two cannot be merged.
    """
    before = edited(profile, edits)
    there = {one.id for one in before.findings}
    if kept not in there or gone not in there or kept == gone:
        raise Inconsistent("Choose another finding to merge with")
    moved = tuple(replace(one, kept=kept) if one.kept == gone else one for one in edits.merged)
    told = f"{before.finding(kept).text} {before.finding(gone).lead} {before.finding(gone).text}"
    wording = Wording(before.finding(kept).lead, " ".join(told.split()))
    if len(wording.text) > LONGEST_WORDING:
        raise Inconsistent(
            f"Together they are {len(wording.text)} characters long, and there is room for "
            f"{LONGEST_WORDING}. Shorten one of them first"
        )
    made = replace(edits, merged=(*moved, Merged(kept, gone)))
    return reword(made, profile, kept, wording)


def move(edits: Edits, profile: PublishedProfile, finding: str, *, up: bool) -> Edits:
    """Put a finding before the one above it under its heading, or after the one below."""
    for heading in edited(profile, edits).headings:
        if finding in heading.findings:
            order = list(heading.findings)
            place = order.index(finding)
            other = place - 1 if up else place + 1
            if 0 <= other < len(order):
                order[place], order[other] = order[other], order[place]
            return replace(edits, order={**edits.order, heading.id: tuple(order)})
    raise Inconsistent("Only findings under a heading have an order")


def add(edits: Edits, heading: str, text: str, evidence: Sequence[str]) -> Edits:
    """Add a sentence under a heading."""
    taken = [int(one.id.removeprefix(_ADDED)) for one in edits.added]
    made = Added(f"{_ADDED}{max(taken, default=0) + 1}", heading, text, tuple(evidence))
    return replace(edits, added=(*edits.added, made))


def choose_verdict(edits: Edits, profile: PublishedProfile, finding: str) -> Edits:
    """Choose the finding that is the verdict."""
    return replace(edits, verdict="" if finding == profile.verdict else finding)


def choose_strength(edits: Edits, profile: PublishedProfile, finding: str, title: str) -> Edits:
    """Choose the strength to keep and its title."""
    proposed = profile.strength
    if proposed is not None and (proposed.finding, proposed.title) == (finding, title):
        return replace(edits, strength=None)
    return replace(edits, strength=ChosenStrength(finding, title))


def choose_steps(edits: Edits, profile: PublishedProfile, steps: Sequence[str], reason: str) -> Edits:
    """Choose the first steps; the ranking as it was proposed needs no reason."""
    proposed = [one.id for one in sorted(profile.steps, key=lambda one: one.rank) if one.first]
    if list(steps) == proposed:
        return replace(edits, steps=(), steps_reason="")
    return replace(edits, steps=tuple(steps), steps_reason=reason)


def fitted(profile: PublishedProfile, edits: Edits) -> tuple[Edits, tuple[str, ...]]:
    """Give those of the changes that make a brief of another profile, and the others in words."""
    made, lost = Edits(), list[str]()
    for words, part in _one_by_one(edits):
        tried = _joined(made, part)
        try:
            edited(profile, tried)
        except Inconsistent as why:
            lost.append(f"{words}. {why}.")
        else:
            made = tried
    return made, tuple(lost)


def _one_by_one(edits: Edits) -> Iterator[tuple[str, Edits]]:
    """Give each change in words and alone, in an order in which none needs a later one."""
    for added in edits.added:
        yield f"The added sentence “{added.text}”", Edits(added=(added,))
    for key, wording in edits.wordings.items():
        said = f"{wording.lead} {wording.text}".strip()
        yield f"The wording “{said}”", Edits(wordings={key: wording})
    if edits.verdict:
        yield "The chosen verdict", Edits(verdict=edits.verdict)
    if edits.strength:
        yield f"The strength “{edits.strength.title}”", Edits(strength=edits.strength)
    for merged in edits.merged:
        yield "Two findings that became one", Edits(merged=(merged,))
    for dropped in edits.dropped:
        yield "A dropped finding", Edits(dropped=(dropped,))
    for heading, order in edits.order.items():
        yield "The order under a heading", Edits(order={heading: order})
    if edits.steps:
        chosen = Edits(steps=edits.steps, steps_reason=edits.steps_reason)
        yield f"The first steps, chosen because “{edits.steps_reason}”", chosen


def _joined(made: Edits, part: Edits) -> Edits:
    return Edits(
        wordings={**made.wordings, **part.wordings},
        dropped=(*made.dropped, *part.dropped),
        merged=(*made.merged, *part.merged),
        order={**made.order, **part.order},
        added=(*made.added, *part.added),
        verdict=part.verdict or made.verdict,
        strength=part.strength or made.strength,
        steps=part.steps or made.steps,
        steps_reason=part.steps_reason or made.steps_reason,
    )


def can_be_verdict(finding: Finding) -> bool:
    """Say whether a finding can be the verdict: one that claims something, and rests on evidence."""
    return may_change(finding) and finding.kind != "strength" and bool(finding.evidence)


def can_be_strength(finding: Finding) -> bool:
    """Say whether a finding can be the strength to keep: one on a heading, with evidence."""
    return finding.heading is not None and may_change(finding) and bool(finding.evidence)


def _proposed(profile: PublishedProfile, finding: str) -> Finding:
    found = next((one for one in profile.findings if one.id == finding), None)
    if found is None:
        raise Inconsistent("The profile proposes no such finding")
    return found


def _without(edits: Edits, finding: str) -> dict[str, tuple[str, ...]]:
    return {heading: tuple(one for one in order if one != finding) for heading, order in edits.order.items()}
