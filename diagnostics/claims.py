"""What may be said of a characteristic, and of two sources that stand apart.

A characteristic is called strong or weak in plain words only where its whole likely range lies on one side
of stage 3 and no source says the opposite. Else the sentence says that it weighs, or that accounts are mixed,
or sets the two accounts side by side.
"""

from dataclasses import dataclass

from diagnostics.profile import CharacteristicProfile, HeadingProfile
from diagnostics.published import Source
from diagnostics.scoring import SAME_SCORE
from diagnostics.suppression import whole
from diagnostics.triangulation import NamedPattern, SourceResult, code_of, counted
from diagnostics.wording import sentence
from diagnostics.writer import Writer

# Below this score we seldom saw what we looked for; from there to stage 3, only sometimes.
SELDOM = 40
_OF_SIDES = "leaders_above_practitioners"
Told = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Apart:
    """Two sources that stand apart, ``high`` and ``low``: what the one shows, and what the other misses.

    Mostly that is one characteristic. Where no single one tells it, ``shown`` and ``missed`` are two.
    """

    shown: CharacteristicProfile
    missed: CharacteristicProfile
    high: SourceResult
    low: SourceResult


@dataclass(frozen=True, slots=True)
class Lean:
    """Whether a characteristic is strong: None where accounts are mixed; and whether that is firm."""

    strong: bool | None
    firm: bool


def lean_of(writer: Writer, c: CharacteristicProfile) -> Lean:
    """Say which words the evidence on a characteristic allows."""
    if c.combined is None:
        return Lean(None, False)
    line = writer.strong_from()
    strong = c.combined.score >= line - SAME_SCORE
    sides = {result.score >= line - SAME_SCORE for result in counted(c.sources).values()}
    settled = (whole(c.combined.low) >= line) if strong else (whole(c.combined.high) < line)
    if not settled and len(sides) > 1:
        return Lean(None, False)
    return Lean(strong, settled and not _is_denied(writer, c))


def _is_denied(writer: Writer, c: CharacteristicProfile) -> bool:
    """Say whether any source, thin ones too, stands across the line and far from a counted one."""
    line, settings = writer.strong_from(), writer.profile.framework.settings
    heard = [result.score for result in c.sources.values() if result is not None]
    return any(
        (other >= line) != (result.score >= line)
        and code_of(abs(other - result.score), settings) == "dissonance"
        for result in counted(c.sources).values()
        for other in heard
    )


def told_of(writer: Writer, c: CharacteristicProfile, and_if_strong: str = "") -> Told:
    """Say the most that the evidence on a characteristic allows, with a few words more if it is strong."""
    apart = _dissent(writer, c)
    if apart is not None:
        return told_apart(writer, apart)
    lean, words = lean_of(writer, c), c.characteristic.in_brief
    if lean.strong is None:
        have = "seem to have" if writer.is_doubtful(c.heading.id) else "have"
        return f"We {have} mixed accounts of {words.topic}.", writer.evidence_for(c)
    text = sentence(f"{words.strong}{and_if_strong}" if lean.strong else words.weak)
    return writer.as_sure(c.heading.id, text, lean.firm), writer.support_for(c, lean.strong)


def _dissent(writer: Writer, c: CharacteristicProfile) -> Apart | None:
    """Find the two counted sources that are furthest apart, if that is far and nobody overruled it."""
    heard = sorted(counted(c.sources).values(), key=lambda result: result.score)
    if len(heard) < 2:
        return None
    low, high = heard[0], heard[-1]
    line, settings = writer.strong_from(), writer.profile.framework.settings
    is_far = code_of(high.score - low.score, settings) == "dissonance"
    if not is_far or not high.score >= line > low.score:
        return None
    heading = next(h for h in writer.profile.headings if h.heading is c.heading)
    overruled = [{pair.a, pair.b} for pair in heading.pairs if not pair.decision.stands]
    # Who overruled that it is written and not done must not read just that in the next sentence.
    overruled += [
        set(ends_of(pattern))
        for pattern in heading.patterns
        if not pattern.decision.stands and pattern.id != _OF_SIDES
    ]
    return None if {low.source, high.source} in overruled else Apart(c, c, high, low)


def ends_of(pattern: NamedPattern) -> tuple[Source, Source]:
    """Say which source stands for the high end of a pattern, and which for the low one."""
    if pattern.id == "written_not_done":
        return "document", "observation" if "observation" in pattern.low else "survey"
    if pattern.id == "said_not_seen":
        return "survey" if "survey" in pattern.high else "interview", "observation"
    return "observation" if "observation" in pattern.high else "survey", "document"


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
    return Apart(c, c, above, below)


def across(writer: Writer, heading: HeadingProfile, high: Source, low: Source) -> Apart | None:
    """Find what one source shows best and another misses most, where no single characteristic tells both."""
    line = writer.strong_from()
    under = [c for c in writer.profile.characteristics if c.heading is heading.heading]
    above = [(not r.thin, r.score, c, r) for c in under if (r := writer.claims(c, high)) and r.score >= line]
    below = [(not r.thin, -r.score, c, r) for c in under if (r := writer.claims(c, low)) and r.score < line]
    if not above or not below:
        return None
    *_, shown, most = max(above, key=lambda entry: entry[:2])
    *_, missed, least = max(below, key=lambda entry: entry[:2])
    return Apart(shown, missed, most, least)


def told_apart(
    writer: Writer, apart: Apart, place: str = "", of_leaders: bool = False, plain: bool = False
) -> Told:
    """Say what one source shows and another does not.

    Parameters
    ----------
    writer, apart
    place
        With it the sentence can stand alone, at the top of a page.
    of_leaders
        The interviews are those with the upper side.
    plain
        How sure we are is said beside it.
    """
    missed = "it" if apart.missed is apart.shown else apart.missed.characteristic.in_brief.topic
    text = f"{_shows(writer, apart, place, of_leaders)}, {_misses(apart.low, missed)}."
    heading = apart.shown.heading
    text = sentence(text) if plain else writer.as_sure(heading.id, sentence(text))
    return text, writer.evidence_of(heading, apart.high, apart.low)


def described(who: str, c: CharacteristicProfile, how: str = "describe") -> str:
    """Say who describes a characteristic; not "leaders describe leaders asking", as if they were others."""
    return f"{who} {how} {c.characteristic.in_brief.topic}".replace(f"{how} {who} ", f"{how} themselves ")


def _shows(writer: Writer, apart: Apart, place: str, of_leaders: bool) -> str:
    topic, source = apart.shown.characteristic.in_brief.topic, apart.high.source
    here = f" in {place}" if place else ""
    if source == "document":
        return f"On paper {place} calls for {topic}" if place else f"Documents call for {topic}"
    if source == "observation":
        return f"In {place} we saw {topic}" if place else f"We saw {topic}"
    if source == "survey":
        return f"Staff{here} describe {topic}"
    if not of_leaders:
        return f"Interviews{here} speak of {topic}"
    return described(writer.leaders, apart.shown, f"{here} describe".strip())


def _misses(low: SourceResult, topic: str) -> str:
    rarely, few = ("seldom", "few") if low.score < SELDOM else ("only sometimes", "only some")
    return {
        "observation": f"but we {rarely} saw {topic}",
        "survey": f"but staff {rarely} report {topic}",
        "document": f"but the documents {rarely} show {topic}",
        "interview": f"but {few} spoke of {topic}",
    }[low.source]
