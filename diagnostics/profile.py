"""The learning-culture profile: reads from top to bottom as the method does."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from diagnostics.change import Change, changes
from diagnostics.confidence import Confidence, confidence_in, newest_evidence
from diagnostics.digest import digest_of
from diagnostics.errors import OutOfRange
from diagnostics.evidence import FIELDWORK, Diagnostic, Evidence, Frame, Quote, Record, Review
from diagnostics.fieldwork import Fieldwork, FieldworkScore, RaterAgreement
from diagnostics.framework import Framework
from diagnostics.framework_checks import MINIMUM_THRESHOLD
from diagnostics.framework_parts import Characteristic, Heading
from diagnostics.last_wave import LastWave
from diagnostics.nonresponse import TippingPoint, tipping_point
from diagnostics.priorities import RankedStep, rank_steps
from diagnostics.published import Source
from diagnostics.survey_groups import Mean
from diagnostics.survey_results import SurveyResults, survey_results
from diagnostics.triangulation import (
    Combined,
    NamedPattern,
    PairCode,
    SourceResult,
    combine,
    counted,
    named_patterns,
    pair_codes,
)

METHOD_VERSION = "1.0"
# Any seed would do; a fixed one makes the same input give the same bytes.
SEED = 2018

Sources = Mapping[Source, SourceResult | None]


@dataclass(frozen=True, slots=True, eq=False)
class CharacteristicProfile:
    """One characteristic: what each source says, and the combined score."""

    characteristic: Characteristic
    heading: Heading
    sources: Sources
    combined: Combined | None


@dataclass(frozen=True, slots=True, eq=False)
class HeadingProfile:
    """One heading: sources, codes, patterns, combined score, confidence, change and tipping point."""

    heading: Heading
    sources: Sources
    pairs: tuple[PairCode, ...]
    patterns: tuple[NamedPattern, ...]
    combined: Combined | None
    confidence: Confidence
    raters: RaterAgreement
    rater_alpha: float | None
    change: Change | None
    tipping: TippingPoint | None
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """The computed result, unsuppressed: it leaves only through ``disclosure.publish``.

    ``item_changes`` has one entry an item of the framework; ``comparable`` says whether the last
    wave used the same framework version and had a survey.
    """

    framework: Framework
    method: str
    digest: str
    diagnostic: Diagnostic
    frame: Frame
    survey: SurveyResults | None
    fieldwork: Fieldwork
    headings: tuple[HeadingProfile, ...]
    characteristics: tuple[CharacteristicProfile, ...]
    steps: tuple[RankedStep, ...]
    item_changes: tuple[Change | None, ...]
    quotes: tuple[Quote, ...]
    previous: LastWave | None
    comparable: bool

    @property
    def asked_staff(self) -> bool:
        """Say whether a survey was open, though perhaps nobody answered it."""
        about = self.diagnostic
        return self.survey is not None or (
            about.survey_opened is not None and about.survey_closed is not None
        )

    def about(self, characteristic_id: str) -> CharacteristicProfile:
        """Give one characteristic's profile."""
        return next(c for c in self.characteristics if c.characteristic.id == characteristic_id)


def build_profile(
    framework: Framework,
    frame: Frame,
    evidence: Evidence,
    previous: LastWave | None = None,
    *,
    generator: np.random.Generator | None = None,
    progress: Callable[[str], None] = lambda _: None,
    rank_draws: bool = True,
) -> Profile:
    """Compute the profile of one wave.

    Parameters
    ----------
    framework : Framework
    frame : Frame
        Headcounts, at least one person.
    evidence : Evidence
        Answers (NaN is missing), records, ratings, quotes and reviews. Any source may be silent.
    previous : LastWave, optional
        What the last wave handed on, computed with its own framework.
    generator : numpy Generator, optional
        Seeded; draws the tests of the steps' order. By default one with a fixed seed.
    progress : callable, optional
        Called with a few words as each part of the work begins.
    rank_draws : bool
        False leaves the tests of the steps' order out.

    Raises
    ------
    OutOfRange
        The frame is empty, the threshold below 10 or the framework's, or an answer outside its scale.
    MethodError
        From the statistics: see ``survey_results`` and its parts.
    """
    diagnostic = evidence.diagnostic
    if frame.total < 1:
        raise OutOfRange("The frame holds nobody. Give the headcount of each role group and service area.")
    least = max(MINIMUM_THRESHOLD, framework.settings.threshold)
    if diagnostic.threshold < least:
        raise OutOfRange(f"The threshold may be raised, never lowered below {least}.")

    progress("Weighing the answers")
    survey = survey_results(framework, frame, evidence.answers, diagnostic.threshold)
    progress("Reading the ratings")
    fieldwork = Fieldwork(framework, evidence.records, evidence.ratings)

    progress("Setting the sources side by side")
    characteristics = tuple(
        _characteristic(framework, survey, fieldwork, index, characteristic)
        for index, characteristic in enumerate(framework.characteristics)
    )
    comparable = _comparable(framework, survey, previous)
    raters = fieldwork.rater_agreement([c.id for c in framework.characteristics])
    headings = tuple(
        _heading(
            framework,
            survey,
            fieldwork,
            diagnostic,
            evidence.reviews,
            previous if comparable else None,
            raters,
            h,
        )
        for h in range(len(framework.headings))
    )

    progress("Testing the order of the steps")
    scores = {
        c.characteristic.id: {source: result.score for source, result in counted(c.sources).items()}
        for c in characteristics
    }
    draws = (generator or np.random.default_rng(SEED)) if rank_draws else None
    return Profile(
        framework=framework,
        method=METHOD_VERSION,
        digest=digest_of(framework, frame, evidence, METHOD_VERSION, previous.inputs if previous else None),
        diagnostic=diagnostic,
        frame=frame,
        survey=survey,
        fieldwork=fieldwork,
        headings=headings,
        characteristics=characteristics,
        steps=rank_steps(framework, scores, draws),
        item_changes=_item_changes(framework, survey, previous if comparable else None),
        quotes=evidence.quotes,
        previous=previous,
        comparable=comparable,
    )


def _characteristic(
    framework: Framework,
    survey: SurveyResults | None,
    fieldwork: Fieldwork,
    index: int,
    characteristic: Characteristic,
) -> CharacteristicProfile:
    sources: dict[Source, SourceResult | None] = {
        "survey": _survey_source(survey.characteristics[index], 1) if survey else None
    }
    for source in FIELDWORK:
        score = fieldwork.characteristic_score(source, characteristic.id)
        sources[source] = fieldwork_source(source, score)
    heading = framework.heading_of[characteristic.id]
    return CharacteristicProfile(characteristic, heading, sources, combine(sources, framework.settings))


def _heading(
    framework: Framework,
    survey: SurveyResults | None,
    fieldwork: Fieldwork,
    diagnostic: Diagnostic,
    reviews: Iterable[Review],
    previous: LastWave | None,
    all_raters: RaterAgreement,
    index: int,
) -> HeadingProfile:
    settings, heading = framework.settings, framework.headings[index]
    ids = [c.id for c in heading.characteristics]
    mean = survey.headings[index] if survey else None
    sources: dict[Source, SourceResult | None] = {
        "survey": _survey_source(mean, sum(bool(c.survey) for c in heading.characteristics))
    }
    for source in FIELDWORK:
        sources[source] = fieldwork_source(source, fieldwork.heading_score(source, ids))

    side = {group.id: group.side for group in framework.role_groups}
    upper = fieldwork.heading_score("interview", ids, lambda r: side.get(r.role_group or "") == "upper")
    lower = fieldwork.heading_score("interview", ids, lambda r: side.get(r.role_group or "") == "lower")
    gap = survey.gaps[index] if survey else None
    pairs = pair_codes(heading.id, sources, settings, reviews)
    patterns = named_patterns(
        heading.id,
        sources,
        settings,
        reviews,
        leaders_interviewed=upper.score if upper and not upper.thin else None,
        gap=(gap.upper.value, gap.lower.value) if gap else None,
        interview_gap=_enough_a_side(upper, lower, settings.comparison_records),
    )
    records = fieldwork.records_about(ids)
    raters = fieldwork.rater_agreement(ids)
    rater_alpha = raters.alpha if raters.alpha is not None else all_raters.alpha
    closed = diagnostic.survey_closed if mean else None
    confidence = confidence_in(
        sources,
        pairs,
        settings,
        response_rate=survey.rate if survey else 0.0,
        practitioner_heard=any(
            record.source == "interview" and side.get(record.role_group or "") == "lower"
            for record in records
        ),
        raters=raters,
        rater_alpha=rater_alpha,
        newest=newest_evidence(records, closed),
        as_of=diagnostic.as_of,
    )
    return HeadingProfile(
        heading=heading,
        sources=sources,
        pairs=pairs,
        patterns=patterns,
        combined=combine(sources, settings),
        confidence=confidence,
        raters=raters,
        rater_alpha=rater_alpha,
        change=_heading_change(framework, mean, previous, index),
        tipping=tipping_point(mean.value, mean.n, survey.frame, settings.stage_cuts)
        if mean and survey
        else None,
        records=records,
    )


def _survey_source(mean: Mean | None, characteristics: int) -> SourceResult | None:
    if mean is None:
        return None
    return SourceResult("survey", mean.value, mean.n, False, characteristics, (), 0, mean.low, mean.high)


def fieldwork_source(source: Source, score: FieldworkScore | None) -> SourceResult | None:
    """Put a fieldwork score beside the other sources; silence stays None."""
    if score is None:
        return None
    return SourceResult(
        source,
        score.score,
        len(score.records),
        score.thin,
        score.characteristics,
        score.records,
        score.not_seen,
    )


def _enough_a_side(
    upper: FieldworkScore | None, lower: FieldworkScore | None, records: int
) -> tuple[float, float] | None:
    if upper is None or lower is None or min(len(upper.records), len(lower.records)) < records:
        return None
    return upper.score, lower.score


def _comparable(framework: Framework, survey: SurveyResults | None, previous: LastWave | None) -> bool:
    if previous is None or previous.survey is None or survey is None:
        return False
    return (previous.framework, previous.version) == (framework.id, framework.version)


def _heading_change(
    framework: Framework, mean: Mean | None, previous: LastWave | None, index: int
) -> Change | None:
    before = previous.survey.headings[index] if previous and previous.survey else None
    if mean is None or before is None:
        return None
    return changes([(before, mean)], framework.settings.reliable_change)[0]


def _item_changes(
    framework: Framework, survey: SurveyResults | None, previous: LastWave | None
) -> tuple[Change | None, ...]:
    """Compare every item, under one Holm correction; items that too few answered are no part of it."""
    if survey is None or previous is None or previous.survey is None:
        return (None,) * len(framework.questions)
    pairs = [
        (then, now.mean) if then and now else None
        for then, now in zip(previous.survey.items, survey.items, strict=True)
    ]
    return changes(pairs, framework.settings.reliable_change)
