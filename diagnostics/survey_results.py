"""What the survey says: scores with their intervals, groups, agreement, reliability, weights."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from diagnostics.crossing import CrossTable, Turnout, cross_table, turnout_of
from diagnostics.errors import MethodError
from diagnostics.evidence import Answers, Frame
from diagnostics.framework import Framework
from diagnostics.framework_parts import Settings
from diagnostics.importance import relative_weights
from diagnostics.instrument import Instrument, instrument_of
from diagnostics.reporting_groups import ReportingGroup, reporting_groups
from diagnostics.scoring import item_scores, person_scores
from diagnostics.staff_agreement import StaffAgreement, staff_agreement
from diagnostics.stratification import stratified_means
from diagnostics.survey_groups import GroupTable, Mean, group_table, means_of
from diagnostics.weighting import RakingWeights, raking_weights

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SidesGap:
    """Both sides of the comparison under one heading, on the items that both were shown."""

    upper: Mean
    lower: Mean


@dataclass(frozen=True, slots=True)
class ItemAnswers:
    """How one item was answered: weighted shares of its options, worst first, adding up to 1."""

    mean: Mean
    shares: tuple[float, ...]
    dont_know: float


@dataclass(frozen=True, slots=True, eq=False)
class SurveyResults:
    """The survey of one wave. Means are None where too few answered to that measure.

    ``crossing`` holds the cells in which the two breakdowns cross, for disclosure control alone.
    """

    n: int
    frame: int
    rate: float
    weighting: RakingWeights
    headings: tuple[Mean | None, ...]
    unweighted: tuple[float, ...]
    characteristics: tuple[Mean | None, ...]
    items: tuple[ItemAnswers | None, ...]
    role_groups: GroupTable
    service_areas: GroupTable
    crossing: CrossTable
    gaps: tuple[SidesGap | None, ...]
    agreement: tuple[StaffAgreement, ...]
    derived_importance: tuple[float, ...]
    needs: tuple[float, ...]
    needs_n: int
    comments: int
    replacement_links: int
    open_link: bool
    areas_coarsened: bool

    @property
    def turnout(self) -> Turnout:
        """Who answered, cell by cell."""
        return turnout_of(self.n, self.frame, self.crossing)


def survey_results(
    framework: Framework, frame: Frame, answers: Answers | None, threshold: int
) -> SurveyResults | None:
    """Compute what the survey says.

    Parameters
    ----------
    framework : Framework
    frame : Frame
        Strata of the interval are its role groups; both margins are raked to.
    answers : Answers or None
        NaN is missing; a person counts for a measure where the measure exists for that person.
    threshold : int
        Role groups with fewer people in the frame are merged for reporting. Fewer answers than this, or
        than the framework's ``survey_answers``, give no mean.

    Returns
    -------
    SurveyResults or None
        None where nobody answered.

    Raises
    ------
    OutOfRange, UnknownStratum, MarginsContradict
        See ``scoring.item_scores`` and ``weighting.raking_weights``.
    """
    if answers is None or answers.n == 0:
        return None
    settings, instrument = framework.settings, instrument_of(framework)
    least = max(settings.survey_answers, threshold)
    values = _columns(answers.values, answers.codes, instrument.codes)
    items = item_scores(values, instrument.lowest, instrument.span, instrument.reversed)
    strata = {group.id: index for index, group in enumerate(framework.role_groups)}
    unknown_role = len(strata)
    role_index = np.array([unknown_role if r is None else strata[r] for r in answers.role_group], np.intp)
    shown = instrument.shown[role_index].astype(np.float64)
    share = settings.person_share_answered
    bundles = np.hstack([instrument.in_heading, instrument.in_characteristic])
    both = person_scores(items, shown, bundles, share)
    people, by_characteristic = np.hsplit(both, [instrument.in_heading.shape[1]])

    neighbours = {group.id: group.neighbours for group in framework.role_groups}
    weighting = raking_weights(
        answers.role_group,
        answers.service_area,
        frame.role_groups,
        frame.service_areas,
        bounds=settings.weight_bounds,
        rounds=settings.weight_rounds,
        minimum=settings.margin_answers,
        role_neighbours=neighbours,
    )
    weights = weighting.weights
    headcount = [frame.role_groups.get(group, 0) for group in strata]
    sizes = _stratum_sizes(headcount, role_index, frame.total)
    columns = np.hstack([both, items])
    estimate = stratified_means(
        columns,
        role_index,
        sizes,
        weights,
        neighbours=[[strata[n] for n in neighbours[group]] for group in strata] + [[]],
    )
    means = means_of(estimate, least)
    h, c = people.shape[1], by_characteristic.shape[1]
    roles = reporting_groups(framework, frame, threshold)
    areas = tuple(ReportingGroup(a, a, (a,), n) for a, n in frame.service_areas.items() if n > 0)
    by_role = group_table(roles, answers.role_group, people, weights)
    by_area = group_table(areas, answers.service_area, people, weights)
    area_index = np.where(by_area.index < len(areas), by_area.index, -1)
    return SurveyResults(
        n=answers.n,
        frame=frame.total,
        rate=min(1.0, answers.n / frame.total),
        weighting=weighting,
        headings=tuple(means[:h]),
        unweighted=tuple(_plain_means(people)),
        characteristics=tuple(means[h : h + c]),
        items=_item_answers(framework, values, answers, weights, means[h + c :]),
        role_groups=by_role,
        service_areas=by_area,
        crossing=cross_table(framework, frame, answers, values, people, weights),
        gaps=_gaps(framework, instrument, items, role_index, weights, sizes, least),
        agreement=tuple(
            staff_agreement(settings, instrument, items, people[:, index], area_index, index)
            for index in range(h)
        ),
        derived_importance=_derived_importance(settings, instrument, answers, people),
        needs=_needs(framework, answers, weights),
        needs_n=sum(ticked is not None for ticked in answers.needs),
        comments=sum(len(texts) for texts in answers.comments.values()),
        replacement_links=answers.replacement_links,
        open_link=answers.open_link,
        areas_coarsened=answers.areas_coarsened,
    )


def _columns(values: FloatArray, have: tuple[str, ...], want: tuple[str, ...]) -> FloatArray:
    if have[: len(want)] == want:
        return values[:, : len(want)]
    position = {code: index for index, code in enumerate(have)}
    return values[:, [position[code] for code in want]]


def _stratum_sizes(headcount: list[int], role_index: NDArray[np.intp], total: int) -> FloatArray:
    """Headcounts, and for those who did not give their role as many as answer at the overall rate."""
    unknown = int((role_index == len(headcount)).sum())
    answered = role_index.size
    return np.array([*headcount, unknown * max(total, answered) / answered], dtype=np.float64)


def _plain_means(people: FloatArray) -> FloatArray:
    counts = np.isfinite(people).sum(axis=0)
    sums = np.where(np.isfinite(people), people, 0.0).sum(axis=0)
    means: FloatArray = np.divide(sums, counts, out=np.full(sums.shape, np.nan), where=counts > 0)
    return means


def _item_answers(
    framework: Framework,
    values: FloatArray,
    answers: Answers,
    weights: FloatArray,
    means: list[Mean | None],
) -> tuple[ItemAnswers | None, ...]:
    instrument = instrument_of(framework)
    scales = {s.id: [option.value - s.minimum for option in s.options] for s in framework.scales}
    offsets = values - instrument.lowest
    steps = range(int(instrument.span.max(initial=0)) + 1)
    # One pass a step of the scale: a missing answer is NaN and equals none of them.
    table = np.column_stack([weights @ (offsets == step) for step in steps])
    unsure = weights @ _columns(answers.dont_know.astype(np.float64), answers.codes, instrument.codes)
    answered = table.sum(axis=1)
    results: list[ItemAnswers | None] = []
    for j, (question, mean) in enumerate(zip(framework.questions, means, strict=True)):
        if mean is None:
            results.append(None)
            continue
        shares = (table[j, scales[question.scale]] / answered[j]).tolist()
        if question.reversed:
            shares.reverse()
        results.append(ItemAnswers(mean, tuple(shares), float(unsure[j] / (unsure[j] + answered[j]))))
    return tuple(results)


def _gaps(
    framework: Framework,
    instrument: Instrument,
    items: FloatArray,
    role_index: NDArray[np.intp],
    weights: FloatArray,
    sizes: FloatArray,
    least: int,
) -> tuple[SidesGap | None, ...]:
    both = instrument.in_heading * instrument.to_both_sides[:, np.newaxis]
    people = person_scores(items, np.ones_like(items), both, framework.settings.person_share_answered)
    sides: dict[str, list[Mean | None]] = {}
    for side in ("upper", "lower"):
        on_side = np.array([group.side == side for group in framework.role_groups] + [False])
        chosen = on_side[role_index]
        # The other side has no headcount here, or it would join this side's strata as groups without answers.
        headcount = np.where(on_side, sizes, 0.0)
        result = stratified_means(people[chosen], role_index[chosen], headcount, weights[chosen])
        sides[side] = means_of(result, least)
    return tuple(
        SidesGap(upper, lower) if upper and lower else None
        for upper, lower in zip(sides["upper"], sides["lower"], strict=True)
    )


def _derived_importance(
    settings: Settings, instrument: Instrument, answers: Answers, people: FloatArray
) -> tuple[float, ...]:
    """Relative weights of the headings on the mean of the outcome items, complete cases, unweighted."""
    if not instrument.outcome_codes:
        return ()
    outcomes = item_scores(
        _columns(answers.values, answers.codes, instrument.outcome_codes),
        instrument.outcome_lowest,
        instrument.outcome_span,
        instrument.outcome_reversed,
    )
    together = np.column_stack([people, outcomes.mean(axis=1)])
    complete = together[np.isfinite(together).all(axis=1)]
    if len(complete) < settings.importance_answers or (np.ptp(complete, axis=0) == 0).any():
        return ()
    correlations = np.corrcoef(complete, rowvar=False)
    try:
        weights = relative_weights(correlations[:-1, :-1], correlations[:-1, -1])
    except MethodError:
        return ()
    total = float(weights.sum())
    return tuple(float(weight) / total for weight in weights) if total > 0 else ()


def _needs(framework: Framework, answers: Answers, weights: FloatArray) -> tuple[float, ...]:
    """Weighted share, 0 to 1, of those who answered the question that ticked each choice."""
    answered = [index for index, ticked in enumerate(answers.needs) if ticked is not None]
    total = float(weights[answered].sum())
    if not total:
        return ()
    shares = dict.fromkeys((choice.id for choice in framework.needs.choices), 0.0)
    for index in answered:
        for choice in answers.needs[index] or ():
            shares[choice] += float(weights[index])
    return tuple(share / total for share in shares.values())
