"""How sure we are of a heading: a grade apart from its score, with the reasons in words.

The vocabulary is borrowed from GRADE-CERQual (Lewin et al. 2018, Implementation Science 13, suppl. 1);
the rules are an adaptation of our own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from diagnostics.evidence import Record
from diagnostics.fieldwork import RaterAgreement
from diagnostics.framework_parts import Settings
from diagnostics.published import Grade, Source
from diagnostics.triangulation import PairCode, SourceResult, counted

GRADES: tuple[Grade, ...] = ("very low", "low", "moderate", "high")
ENOUGH_SOURCES = 3


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason for less confidence: its code and how many grades it costs."""

    code: str
    grades: int


@dataclass(frozen=True, slots=True)
class Confidence:
    """A grade and the doubts that lowered it, in the order of the method."""

    grade: Grade
    doubts: tuple[Doubt, ...]


def confidence_in(
    sources: Mapping[Source, SourceResult | None],
    pairs: Iterable[PairCode],
    settings: Settings,
    *,
    response_rate: float,
    practitioner_heard: bool,
    raters: RaterAgreement,
    rater_alpha: float | None,
    newest: date | None,
    as_of: date,
) -> Confidence:
    """Grade the confidence in one heading.

    Parameters
    ----------
    sources : mapping of source to result
    pairs : iterable of PairCode
        A dissonance counts unless a person has overruled it.
    settings : Settings
    response_rate : float
        0 to 1, of the whole survey.
    practitioner_heard : bool
        Whether an interview under the heading was with somebody on the lower side.
    raters : RaterAgreement
        Of the heading.
    rater_alpha : float or None
        The heading's coefficient, or the wave's where the heading has too few double ratings.
    newest : date or None
        Of the newest evidence under the heading.
    as_of : date
        The date on which the profile speaks.
    """
    present = counted(sources)
    doubts: list[Doubt] = []
    if not present:
        return Confidence("very low", (Doubt("no_source", 3),))
    if len(present) < ENOUGH_SOURCES:
        doubts.append(Doubt("one_source", 2) if len(present) == 1 else Doubt("two_sources", 1))
    if any(pair.code == "dissonance" and pair.decision.stands for pair in pairs):
        doubts.append(Doubt("sources_disagree", 1))
    survey = present.get("survey")
    if survey is not None:
        if survey.n < settings.indicative_answers:
            doubts.append(Doubt("few_answers", 1))
        elif response_rate < settings.indicative_rate:
            doubts.append(Doubt("low_response", 1))
    if "interview" in present and not practitioner_heard:
        doubts.append(Doubt("no_practitioner", 1))
    if any(source != "survey" for source in present):
        if raters.units == 0:
            doubts.append(Doubt("single_rater", 1))
        elif rater_alpha is not None and rater_alpha < settings.rater_alpha:
            doubts.append(Doubt("raters_differ", 1))
    if newest is not None and newest < months_before(as_of, settings.evidence_months):
        doubts.append(Doubt("old_evidence", 1))
    return _graded(doubts)


def _graded(doubts: Sequence[Doubt]) -> Confidence:
    lowered = len(GRADES) - 1 - sum(doubt.grades for doubt in doubts)
    return Confidence(GRADES[max(0, lowered)], tuple(doubts))


def as_far_as_sources_disagree(confidence: Confidence, pairs: Iterable[PairCode]) -> Confidence:
    """Grade again where the codes of the pairs have changed: without a dissonance that doubt falls away."""
    if any(pair.code == "dissonance" and pair.decision.stands for pair in pairs):
        return confidence
    return _graded([doubt for doubt in confidence.doubts if doubt.code != "sources_disagree"])


def newest_evidence(records: Iterable[Record], survey_closed: date | None) -> date | None:
    """Give the date of the newest evidence; a record counts to the end of its month."""
    dates = [month_end(record.month) for record in records]
    if survey_closed is not None:
        dates.append(survey_closed)
    return max(dates, default=None)


def months_before(day: date, months: int) -> date:
    """Give the same day some months earlier, or the last day of a shorter month."""
    month_index = day.year * 12 + day.month - 1 - months
    first = date(month_index // 12, month_index % 12 + 1, 1)
    return min(month_end(first), first.replace(day=min(day.day, month_end(first).day)))


def month_end(month: date) -> date:
    """Give the last day of a month."""
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
