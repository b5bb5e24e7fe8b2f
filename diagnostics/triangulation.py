"""Sources side by side: pairwise codes, named patterns, the combined score, its range and its stage.

The order of work follows Farmer et al. (2006), Qualitative Health Research 16: sort, code
convergence, assess, look at completeness, compare. The cut-offs are ours and live in the framework.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from diagnostics.evidence import Review
from diagnostics.framework_parts import Settings
from diagnostics.published import SOURCES, Code, Source, Status
from diagnostics.scoring import SAME_SCORE, stage_of
from diagnostics.suppression import whole

PATTERNS = ("said_not_seen", "written_not_done", "done_not_written", "leaders_above_practitioners")


@dataclass(frozen=True, slots=True)
class SourceResult:
    """What one source says, 0 to 100. ``low`` and ``high`` exist for the survey only.

    ``n`` counts people for the survey and records otherwise. Thin results are not counted.
    """

    source: Source
    score: float
    n: int
    thin: bool
    characteristics: int
    records: tuple[str, ...] = ()
    not_seen: int = 0
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a person has looked at what the engine proposes, and what they said."""

    status: Status
    reason: str | None

    @property
    def stands(self) -> bool:
        """A proposal stands until somebody overrules it: silence must not make us look surer."""
        return self.status != "overruled"


@dataclass(frozen=True, slots=True)
class PairCode:
    """Two counted sources: the absolute difference in points and its code."""

    a: Source
    b: Source
    difference: float
    code: Code
    decision: Decision


@dataclass(frozen=True, slots=True)
class NamedPattern:
    """A pattern across sources: who was high, who was low (a source, or a side of the comparison)."""

    id: str
    high: tuple[str, ...]
    low: tuple[str, ...]
    decision: Decision


@dataclass(frozen=True, slots=True)
class Combined:
    """The combined score and its likely range, 0 to 100, with the stages that the range reaches."""

    score: float
    low: float
    high: float
    stage_low: int
    stage_high: int


def decision_on(reviews: Iterable[Review], heading: str, *subjects: str) -> Decision:
    """Find the decision on a code or pattern; without one it is proposed."""
    for review in reviews:
        if review.heading == heading and review.subject in subjects:
            return Decision("confirmed" if review.confirmed else "overruled", review.reason)
    return Decision("proposed", None)


def counted(sources: Mapping[Source, SourceResult | None]) -> dict[Source, SourceResult]:
    """Keep the sources that count: neither silent nor thin, in the fixed order."""
    return {s: result for s in SOURCES if (result := sources.get(s)) is not None and not result.thin}


def code_of(difference: float, settings: Settings) -> Code:
    """Code an absolute difference in points: agreement, partial or dissonance."""
    if difference <= settings.agreement_within + SAME_SCORE:
        return "agreement"
    return "partial" if difference <= settings.partial_within + SAME_SCORE else "dissonance"


def pair_codes(
    heading: str,
    sources: Mapping[Source, SourceResult | None],
    settings: Settings,
    reviews: Iterable[Review],
) -> tuple[PairCode, ...]:
    """Code every pair of counted sources."""
    decided = tuple(reviews)
    codes = []
    for a, b in combinations(counted(sources).values(), 2):
        difference = abs(a.score - b.score)
        decision = decision_on(decided, heading, f"{a.source}-{b.source}", f"{b.source}-{a.source}")
        codes.append(PairCode(a.source, b.source, difference, code_of(difference, settings), decision))
    return tuple(codes)


def stands_above(high: float | None, low: float | None, settings: Settings) -> bool:
    """Say whether two scores make a pattern: high and low, far apart, in different stages."""
    if high is None or low is None:
        return False
    return (
        high >= settings.pattern_high_from - SAME_SCORE > low
        and high - low > settings.pattern_difference + SAME_SCORE
        and stage_of(high, settings.stage_cuts) != stage_of(low, settings.stage_cuts)
    )


def named_patterns(
    heading: str,
    sources: Mapping[Source, SourceResult | None],
    settings: Settings,
    reviews: Iterable[Review],
    *,
    leaders_interviewed: float | None,
    gap: tuple[float, float] | None,
    interview_gap: tuple[float, float] | None,
) -> tuple[NamedPattern, ...]:
    """Find the named patterns of a heading.

    Parameters
    ----------
    heading : str
    sources : mapping
        Thin and silent sources make no pattern.
    settings : Settings
    reviews : iterable of Review
    leaders_interviewed : float or None
        Score of the interviews with the upper side, 0 to 100, None where thin or silent.
    gap : (upper, lower) or None
        Survey scores of both sides on the items that both were shown.
    interview_gap : (upper, lower) or None
        Interview scores of both sides, only with enough records a side; reported in words only.
    """
    decided = tuple(reviews)
    score = {source: result.score for source, result in counted(sources).items()}
    document, observation, survey = score.get("document"), score.get("observation"), score.get("survey")
    done = {"observation": observation, "survey": survey}
    said = {"survey": survey, "leaders": leaders_interviewed}
    found: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = []
    high_said = tuple(who for who, value in said.items() if stands_above(value, observation, settings))
    if high_said:
        found.append(("said_not_seen", high_said, ("observation",)))
    low_done = tuple(who for who, value in done.items() if stands_above(document, value, settings))
    if low_done:
        found.append(("written_not_done", ("document",), low_done))
    high_done = tuple(who for who, value in done.items() if stands_above(value, document, settings))
    if high_done:
        found.append(("done_not_written", high_done, ("document",)))
    apart = tuple(
        where
        for where, sides in (("survey", gap), ("interview", interview_gap))
        if sides is not None and stands_above(sides[0], sides[1], settings)
    )
    if apart:
        found.append(("leaders_above_practitioners", apart, apart))
    return tuple(
        NamedPattern(name, high, low, decision_on(decided, heading, name)) for name, high, low in found
    )


def combined_score(scores: Mapping[Source, float], weights: Mapping[str, float]) -> float:
    """Mean of the present sources by their fixed weights, renormalised.

    Raises
    ------
    ValueError
        No source is present; silence has no score.
    """
    total = sum(weights[source] for source in scores)
    if not scores or total <= 0:
        raise ValueError("No source is present, and silence has no score.")
    return sum(weights[source] * score for source, score in scores.items()) / total


def combine(sources: Mapping[Source, SourceResult | None], settings: Settings) -> Combined | None:
    """Combine the counted sources of a heading or characteristic; None where none of them has weight.

    The likely range is the combined score recomputed leaving out each source in turn, joined with
    the combined score at both ends of the survey's own interval within 0 to 100. Its stages are those
    of its ends in whole points, so that a score that is printed as 50 never stands beside the stage
    below 50. No stage 4 while any counted source sits in stage 1.
    """
    present = counted(sources)
    weights = settings.source_weights.as_mapping()
    scores = {source: result.score for source, result in present.items() if weights[source] > 0}
    if not scores:
        return None
    score = combined_score(scores, weights)
    reach = [score]
    if len(scores) > 1:
        reach += [
            combined_score({s: v for s, v in scores.items() if s != left_out}, weights) for left_out in scores
        ]
    survey = present.get("survey") if "survey" in scores else None
    if survey is not None and survey.low is not None and survey.high is not None:
        ends = (max(0.0, survey.low), min(100.0, survey.high))
        reach += [combined_score({**scores, "survey": end}, weights) for end in ends]
    low, high = min(reach), max(reach)
    stages = [stage_of(whole(end), settings.stage_cuts) for end in (low, high)]
    if any(stage_of(whole(result.score), settings.stage_cuts) == 1 for result in present.values()):
        stages = [min(stage, 3) for stage in stages]
    return Combined(score, low, high, stages[0], stages[1])
