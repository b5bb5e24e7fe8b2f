"""What the survey says: means, intervals, items, needs and the weight of the headings."""

import dataclasses
import math
from collections.abc import Sequence

import numpy as np
import pytest

from diagnostics.errors import OutOfRange, UnknownStratum
from diagnostics.evidence import Answers, Frame
from diagnostics.framework import Framework
from diagnostics.framework_parts import Question
from diagnostics.intervals import mean_interval
from diagnostics.survey_groups import Mean
from diagnostics.survey_results import SurveyResults, survey_results
from tests.diagnostics.small_framework import changed, load, published, put, small
from tests.diagnostics.survey_by_hand import (
    answers_of,
    frame_of,
    invented_answers,
    scores_of,
    weighted_mean,
)

MUSEUM = frame_of(
    {
        "curators": {"Main house": 20, "Annexe": 14},
        "educators": {"Main house": 30, "Annexe": 22},
        "wardens": {"Main house": 60, "Annexe": 40},
        "friends": {"Main house": 10, "Annexe": 12},
    }
)
COUNCIL = frame_of(
    {
        "leaders": {"North": 8, "South": 7, "Central": 6},
        "team_managers": {"North": 20, "South": 18, "Central": 14},
        "registered": {"North": 70, "South": 60, "Central": 40},
        "other_practitioners": {"North": 40, "South": 50, "Central": 30},
        "support": {"North": 15, "South": 12, "Central": 20},
    }
)
CASES = [
    pytest.param(small(), MUSEUM, 1, 0.6, id="small"),
    pytest.param(small(), MUSEUM, 2, 0.3, id="small-few"),
    pytest.param(published(), COUNCIL, 3, 0.55, id="published"),
    pytest.param(published(), COUNCIL, 4, 1.0, id="published-everybody"),
]
each_case = pytest.mark.parametrize(("framework", "frame", "seed", "rate"), CASES)


def computed(framework: Framework, frame: Frame, answers: Answers, threshold: int = 10) -> SurveyResults:
    results = survey_results(framework, frame, answers, threshold)
    assert results is not None
    return results


def interval_of(
    framework: Framework, frame: Frame, answers: Answers, weights: Sequence[float], bundle: Sequence[Question]
) -> Mean:
    """The mean of a bundle, through the public function for one measure."""
    values = [math.nan if s is None else s for s in scores_of(framework, answers, bundle)]
    unsaid = sum(role is None for role in answers.role_group)
    # Those who did not give their role are a stratum that answers at the overall rate.
    sizes = {g.id: frame.role_groups.get(g.id, 0) for g in framework.role_groups}
    strata = {**sizes, "unsaid": unsaid * max(frame.total, answers.n) / answers.n}
    found = mean_interval(
        values,
        [role or "unsaid" for role in answers.role_group],
        strata,
        weights,
        neighbours={g.id: g.neighbours for g in framework.role_groups},
    )
    return Mean(found.mean, found.se, found.low, found.high, found.n, found.df)


def assert_same(found: Mean | None, expected: Mean) -> None:
    assert found is not None
    assert dataclasses.astuple(found) == pytest.approx(dataclasses.astuple(expected))


@pytest.mark.parametrize("answers", [None, answers_of(small(), [])])
def test_where_nobody_answered_there_are_no_results(answers: Answers | None) -> None:
    assert survey_results(small(), MUSEUM, answers, 10) is None


@each_case
def test_weighted_means_and_intervals(framework: Framework, frame: Frame, seed: int, rate: float) -> None:
    answers = invented_answers(framework, frame, seed, rate)
    results = computed(framework, frame, answers)
    weights = results.weighting.weights.tolist()
    bundles = [heading.questions for heading in framework.headings]
    for bundle, mean, plain in zip(bundles, results.headings, results.unweighted, strict=True):
        scores = scores_of(framework, answers, bundle)
        assert mean is not None
        assert mean.value == pytest.approx(weighted_mean(scores, weights))
        assert plain == pytest.approx(weighted_mean(scores, [1.0] * answers.n))
        assert mean.n == sum(score is not None for score in scores)
        assert_same(mean, interval_of(framework, frame, answers, weights, bundle))
    for characteristic, mean in zip(framework.characteristics, results.characteristics, strict=True):
        assert_same(mean, interval_of(framework, frame, answers, weights, characteristic.survey))
    for question, item in zip(framework.questions, results.items, strict=True):
        assert item is not None
        assert_same(item.mean, interval_of(framework, frame, answers, weights, [question]))


@each_case
def test_response(framework: Framework, frame: Frame, seed: int, rate: float) -> None:
    answers = invented_answers(framework, frame, seed, rate)
    results = computed(framework, frame, answers)
    assert (results.n, results.frame) == (answers.n, frame.total)
    assert results.rate == pytest.approx(answers.n / frame.total)
    assert results.weighting.weights.mean() == pytest.approx(1)


def museum_people(number: int, **given: float) -> list[tuple[str | None, str | None, dict[str, float]]]:
    return [("wardens", "Main house" if i % 2 else "Annexe", dict(given)) for i in range(number)]


def test_more_answers_than_headcount_is_a_full_count_and_no_failure() -> None:
    frame = frame_of({"wardens": {"Main house": 6, "Annexe": 6}})
    people = [
        (role, area, {"HOU1": 1 + i % 4, "HOU2": 1.0}) for i, (role, area, _) in enumerate(museum_people(16))
    ]
    results = computed(small(), frame, answers_of(small(), people))
    house = results.headings[2]
    assert results.rate == 1
    assert house is not None
    assert house.se == 0
    assert house.low == house.value == house.high


@pytest.mark.parametrize(
    ("threshold", "answered", "shown"),
    # The small framework wants 12 answers; a threshold may want more.
    [(10, 11, False), (10, 12, True), (14, 13, False), (14, 14, True)],
)
def test_too_few_answers_to_a_measure_are_no_score(threshold: int, answered: int, shown: bool) -> None:
    people = museum_people(20, WAL1=2)
    for row, (_, _, given) in enumerate(people):
        if row < answered:
            given.update(HOU1=1 + row % 3, HOU2=2)
    results = computed(small(), MUSEUM, answers_of(small(), people), threshold)
    hours, words = results.characteristics[4:]
    items = dict(zip((q.code for q in small().questions), results.items, strict=True))
    assert (results.headings[2] is not None) is shown
    assert (hours is not None, words) == (shown, None)
    assert ((items["HOU1"] is not None), items["WOR1"]) == (shown, None)
    assert items["WAL1"] is not None


def test_those_who_do_not_say_who_they_are_count_for_the_authority() -> None:
    people = museum_people(20, HOU1=2, HOU2=2)
    people += [(None, "Annexe", {"HOU1": 4.0, "HOU2": 4.0}), ("wardens", None, {"HOU1": 4.0, "HOU2": 4.0})]
    results = computed(small(), MUSEUM, answers_of(small(), people))
    house = results.headings[2]
    assert house is not None and house.n == 22
    assert house.value > 100 / 3
    assert results.role_groups.answered.tolist() == [0, 0, 21, 0, 1]
    assert results.service_areas.answered.tolist() == [10, 11, 1]


def test_the_order_of_columns_and_unknown_columns_do_not_matter() -> None:
    answers = invented_answers(small(), MUSEUM, 5)
    order = list(range(len(answers.codes)))[::-1]
    shuffled = dataclasses.replace(
        answers,
        codes=(*(answers.codes[i] for i in order), "EXTRA"),
        values=np.column_stack([answers.values[:, order], np.full(answers.n, 99.0)]),
        dont_know=np.column_stack([answers.dont_know[:, order], np.zeros(answers.n, dtype=np.bool_)]),
    )
    one, other = computed(small(), MUSEUM, answers), computed(small(), MUSEUM, shuffled)
    assert one.derived_importance == pytest.approx(other.derived_importance)
    for found, expected in zip(one.headings, other.headings, strict=True):
        assert expected is not None
        assert_same(found, expected)
    for item, again in zip(one.items, other.items, strict=True):
        assert item is not None and again is not None
        assert item.shares == pytest.approx(again.shares)
        assert item.dont_know == pytest.approx(again.dont_know)


def test_answers_outside_a_scale_and_people_outside_the_frame_are_refused() -> None:
    with pytest.raises(OutOfRange):
        survey_results(small(), MUSEUM, answers_of(small(), museum_people(12, HOU1=5)), 10)
    people = [("wardens", "Attic", {"HOU1": 1.0})] * 12
    with pytest.raises(UnknownStratum):
        survey_results(small(), MUSEUM, answers_of(small(), people), 10)
    with pytest.raises(UnknownStratum):
        survey_results(small(), frame_of({"curators": {"Attic": 20}}), answers_of(small(), people), 10)


def test_shares_of_an_item_run_from_the_worst_answer_to_the_best() -> None:
    # Everybody is alike in role and area is balanced, so that all weights are equal.
    frame = frame_of({"educators": {"Main house": 20, "Annexe": 20}})
    given = [1, 1, 1, 1, 2, 2, 2, 4, 4, 4, math.nan, math.nan]
    people: list[tuple[str | None, str | None, dict[str, float]]] = [
        ("educators", area, {"LAB2": value, "HOU1": value})
        for value in given
        for area in ("Main house", "Annexe")
    ]
    unsure = [(row, "HOU1") for row in range(20, 24)]
    results = computed(small(), frame, answers_of(small(), people, dont_know=unsure))
    items = dict(zip((q.code for q in small().questions), results.items, strict=True))
    plain, turned = items["HOU1"], items["LAB2"]
    assert plain is not None and turned is not None
    assert plain.shares == pytest.approx((0.4, 0.3, 0, 0.3))
    assert turned.shares == pytest.approx((0.3, 0, 0.3, 0.4))
    assert plain.mean.value == pytest.approx(100 * (0.3 / 3 + 0.3))
    assert turned.mean.value == pytest.approx(100 - plain.mean.value)
    assert plain.dont_know == pytest.approx(4 / 24)
    assert turned.dont_know == 0


@each_case
def test_shares_add_up_and_give_the_mean(framework: Framework, frame: Frame, seed: int, rate: float) -> None:
    answers = invented_answers(framework, frame, seed, rate)
    results = computed(framework, frame, answers)
    weights = results.weighting.weights
    for question, item in zip(framework.questions, results.items, strict=True):
        assert item is not None
        values = np.array([option.value for option in framework.scale(question.scale).options])
        scores = 100 * (values - values[0]) / (values[-1] - values[0])
        column = answers.codes.index(question.code)
        unsure = weights[answers.dont_know[:, column]].sum()
        answered = weights[np.isfinite(answers.values[:, column])].sum()
        assert len(item.shares) == values.size
        assert sum(item.shares) == pytest.approx(1)
        assert sum(item.shares * scores) == pytest.approx(item.mean.value)
        assert item.dont_know == pytest.approx(unsure / (unsure + answered))


@each_case
def test_shares_of_needs(framework: Framework, frame: Frame, seed: int, rate: float) -> None:
    answers = invented_answers(framework, frame, seed, rate)
    results = computed(framework, frame, answers)
    weights = results.weighting.weights.tolist()
    answered = [row for row, ticked in enumerate(answers.needs) if ticked is not None]
    total = sum(weights[row] for row in answered)
    expected = [
        sum(weights[row] for row in answered if choice.id in (answers.needs[row] or ())) / total
        for choice in framework.needs.choices
    ]
    assert results.needs == pytest.approx(expected)
    assert results.needs_n == len(answered)


def test_needs_that_nobody_answered_are_empty() -> None:
    results = computed(small(), MUSEUM, answers_of(small(), museum_people(12, HOU1=2)))
    assert (results.needs, results.needs_n) == ((), 0)


def test_needs_without_a_tick_count_as_an_answer() -> None:
    ticked = [frozenset({"maps"})] * 3 + [frozenset[str]()] * 9
    results = computed(small(), MUSEUM, answers_of(small(), museum_people(12, HOU1=2), needs=ticked))
    assert results.needs_n == 12
    assert 0 < results.needs[1] < 1
    assert results.needs[0] == results.needs[2] == 0


def museum_with_outcomes(number: int) -> Answers:
    """Complete answers in which the outcome follows the second heading and nothing else."""
    random = np.random.default_rng(7)
    people: list[tuple[str | None, str | None, dict[str, float]]] = []
    for row in range(number):
        visitors = float(random.integers(-3, 4))
        outcome = max(-3.0, min(3.0, visitors + random.integers(-1, 2)))
        given = {code: float(random.integers(1, 5)) for code in ("LAB2", "WAL1", "HOU1", "HOU2")}
        given |= {"LAB1": float(random.integers(-3, 4)), "LOA1": float(random.integers(0, 2))}
        given |= {"ASK1": visitors, "ASK2": visitors, "WAL1": round(1 + (visitors + 3) / 2)}
        given |= {"WOR1": float(random.integers(0, 2)), "OUT1": outcome, "OUT2": 3.0}
        people.append(("educators", ("Main house", "Annexe")[row % 2], given))
    return answers_of(small(), people)


@pytest.mark.parametrize(("number", "computed_at_all"), [(59, False), (60, True), (61, True)])
def test_derived_importance_needs_enough_answers(number: int, computed_at_all: bool) -> None:
    # The small framework asks for 60; the published one for 100.
    results = computed(small(), MUSEUM, museum_with_outcomes(number))
    assert bool(results.derived_importance) is computed_at_all


def test_derived_importance_finds_the_heading_that_matters() -> None:
    shares = computed(small(), MUSEUM, museum_with_outcomes(80)).derived_importance
    assert len(shares) == 3
    assert sum(shares) == pytest.approx(1)
    assert all(share >= 0 for share in shares)
    assert shares[1] > 0.8


@pytest.mark.parametrize(("number", "expected"), [(99, 0), (100, 6)])
def test_derived_importance_in_the_published_framework(number: int, expected: int) -> None:
    frame = frame_of({"registered": {"North": 100, "South": 100}})
    random = np.random.default_rng(11)
    codes = [q.code for q in (*published().questions, *published().outcomes)]
    people: list[tuple[str | None, str | None, dict[str, float]]] = [
        ("registered", ("North", "South")[row % 2], {code: float(random.integers(1, 6)) for code in codes})
        for row in range(number)
    ]
    results = computed(published(), frame, answers_of(published(), people))
    assert len(results.derived_importance) == expected


def test_only_people_with_every_heading_and_outcome_count_for_derived_importance() -> None:
    answers = museum_with_outcomes(60)
    answers.values[0, answers.codes.index("OUT2")] = math.nan
    assert computed(small(), MUSEUM, answers).derived_importance == ()


def test_an_outcome_that_never_varies_gives_no_derived_importance() -> None:
    answers = museum_with_outcomes(80)
    answers.values[:, answers.codes.index("OUT1")] = 1
    assert computed(small(), MUSEUM, answers).derived_importance == ()


def test_a_framework_without_outcomes_or_sides_or_characteristics_in_the_survey() -> None:
    data = changed("outcomes", [])
    for index in range(4):
        put(data, f"role_groups[{index}].side", None)
    for index in range(2):
        put(data, f"headings[2].characteristics[{index}].survey", [])
    framework = load(data)
    results = computed(framework, MUSEUM, invented_answers(framework, MUSEUM, 8))
    assert results.derived_importance == ()
    assert results.gaps == (None, None, None)
    assert results.headings[2] is None
    assert math.isnan(results.unweighted[2])
    assert results.characteristics[4:] == (None, None)


def test_a_framework_without_any_rated_item() -> None:
    data = changed("outcomes", [])
    for heading in range(3):
        for index in range(2):
            put(data, f"headings[{heading}].characteristics[{index}].survey", [])
    framework = load(data)
    results = computed(framework, MUSEUM, invented_answers(framework, MUSEUM, 9))
    assert results.headings == (None, None, None)
    assert results.items == ()
    assert results.n > 0
