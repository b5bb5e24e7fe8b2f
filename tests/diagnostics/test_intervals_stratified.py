"""The stratified mean of a finite population and its interval."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.errors import MethodError, OutOfRange, ShapeMismatch, TooFewAnswers, UnknownStratum
from diagnostics.intervals import mean_interval, stratified_means, t_quantile

NAN = float("nan")


def by_hand(
    values: Sequence[float],
    strata: Sequence[str],
    sizes: dict[str, int],
    weights: Sequence[float] | None = None,
) -> tuple[float, float]:
    """Cochran (1977), ch. 5, written out stratum by stratum, with Kish's factor for weights."""
    total_n = sum(sizes.values())
    total_w = sum(weights) if weights is not None else 0.0
    mean = variance = 0.0
    for label, size in sizes.items():
        members = [i for i, stratum in enumerate(strata) if stratum == label]
        y = np.array([values[i] for i in members])
        w = np.ones(len(y)) if weights is None else np.array([weights[i] for i in members])
        n = len(y)
        share = size / total_n if weights is None else w.sum() / total_w
        centre = np.average(y, weights=w)
        s2 = n / (n - 1) * np.average((y - centre) ** 2, weights=w)
        design = n * (w**2).sum() / w.sum() ** 2
        mean += share * centre
        variance += share**2 * (1 - min(1, n / size)) * s2 * design / n
    return float(mean), math.sqrt(variance)


def values_with(mean: float, sd: float, n: int) -> list[float]:
    raw = np.linspace(-1, 1, n)
    standardised = (raw - raw.mean()) / raw.std(ddof=1)
    return [float(value) for value in mean + sd * standardised]


def test_finite_population_of_the_worked_example() -> None:
    # Cochran (1977), Sampling Techniques: N=420, n=210, s=18, mean 61.
    interval = mean_interval(values_with(61, 18, 210), ["all"] * 210, {"all": 420})
    assert interval.mean == pytest.approx(61)
    assert interval.se == pytest.approx(0.878310, abs=1e-6)
    assert (interval.low, interval.high) == pytest.approx((59.2685, 62.7315), abs=1e-4)
    assert (interval.n, interval.df) == (210, 209)


def test_everybody_answered_leaves_no_doubt() -> None:
    interval = mean_interval([10.1, 20.7, 55.3, 70.9], ["a", "a", "b", "b"], {"a": 2, "b": 2})
    assert interval.se == 0
    assert interval.low == interval.mean == interval.high


def test_more_answers_than_headcount_is_everybody() -> None:
    assert mean_interval([1, 2, 3, 4], ["a"] * 4, {"a": 3}).se == 0


def test_unweighted_mean_weighs_strata_by_their_headcount() -> None:
    # 10 of 100 leaders are not to count like 10 of 20 practitioners.
    interval = mean_interval([10, 20, 70, 90], ["a", "a", "b", "b"], {"a": 30, "b": 10})
    assert interval.mean == pytest.approx(0.75 * 15 + 0.25 * 80)


@settings(deadline=None)
@given(st.integers(0, 10_000), st.booleans())
def test_standard_error_is_that_of_cochran(seed: int, weighted: bool) -> None:
    rng = np.random.default_rng(seed)
    strata = ["a"] * int(rng.integers(2, 9)) + ["b"] * int(rng.integers(2, 9)) + ["c"] * 3
    values = rng.normal(50, 20, len(strata)).tolist()
    weights = rng.uniform(0.3, 3, len(strata)).tolist() if weighted else None
    sizes = {"a": 9, "b": 40, "c": 3}
    mean, se = by_hand(values, strata, sizes, weights)
    order = rng.permutation(len(strata))
    interval = mean_interval(
        [values[i] for i in order],
        [strata[i] for i in order],
        sizes,
        None if weights is None else [weights[i] for i in order],
    )
    assert (interval.mean, interval.se) == pytest.approx((mean, se))
    assert interval.df == len(strata) - 3
    half = t_quantile(0.975, interval.df) * se
    assert (interval.low, interval.high) == pytest.approx((mean - half, mean + half))


def test_equal_weights_of_any_size_are_no_design_effect() -> None:
    values, strata = [1, 4, 9, 3, 7, 5], ["a"] * 3 + ["b"] * 3
    by_headcount = mean_interval(values, strata, {"a": 10, "b": 10})
    weighted = mean_interval(values, strata, {"a": 10, "b": 10}, [7.5] * 6)
    assert (weighted.mean, weighted.se) == pytest.approx((by_headcount.mean, by_headcount.se))


def test_missing_values_take_their_stratum_and_weight_with_them() -> None:
    full = mean_interval([1, 2, 3, 4], ["a", "a", "b", "b"], {"a": 5, "b": 9}, [1, 2, 1, 2])
    holed = mean_interval(
        [NAN, 1, 2, NAN, 3, 4],
        ["a", "a", "a", "elsewhere", "b", "b"],
        {"a": 5, "b": 9},
        [9, 1, 2, NAN, 1, 2],
    )
    assert holed == full


def test_a_stratum_of_one_joins_its_named_neighbour() -> None:
    values, strata = [50, 10, 20, 80, 90], ["lead", "tm", "tm", "op", "op"]
    sizes = {"lead": 2, "tm": 4, "op": 14}
    joined = mean_interval(values, strata, sizes, neighbours={"lead": ["gone", "op", "tm"]})
    same = mean_interval(values, ["op", "tm", "tm", "op", "op"], {"tm": 4, "op": 16})
    assert joined.joined == (("lead", "op"),)
    assert joined.empty == ()
    assert (joined.mean, joined.se, joined.df) == pytest.approx((same.mean, same.se, 3))


def test_without_named_neighbours_the_nearest_in_order_is_joined() -> None:
    strata = ["a", "a", "c", "d", "d"]
    assert mean_interval(range(5), strata, {"a": 9, "c": 9, "d": 9}).joined == (("c", "a"),)
    assert mean_interval(range(5), strata, {"c": 9, "d": 9, "a": 9}).joined == (("c", "d"),)


def test_an_empty_stratum_is_named_and_its_headcount_joins() -> None:
    values, strata = [10, 20, 70, 90], ["a", "a", "b", "b"]
    interval = mean_interval(values, strata, {"a": 10, "gone": 20, "b": 10}, neighbours={"gone": ["b"]})
    assert interval.empty == ("gone",)
    assert interval.joined == (("gone", "b"),)
    assert interval.mean == pytest.approx(0.25 * 15 + 0.75 * 80)


def test_a_neighbour_without_answers_is_passed_over() -> None:
    interval = mean_interval(
        [1, 2, 3, 5, 6], ["a", "c", "c", "d", "d"], {"a": 5, "b": 5, "c": 5, "d": 5}, neighbours={"a": "bd"}
    )
    assert ("a", "d") in interval.joined
    assert interval.empty == ("b",)


def test_a_stratum_with_neither_people_nor_answers_is_nothing_to_report() -> None:
    interval = mean_interval([1, 2, 3], ["a"] * 3, {"a": 10, "none": 0})
    assert (interval.empty, interval.joined) == ((), ())


def test_small_strata_join_until_only_one_is_left() -> None:
    interval = mean_interval([10, 20, 60], ["a", "b", "c"], {"a": 10, "b": 10, "c": 10})
    assert interval.joined == (("a", "b"), ("c", "b"))
    assert (interval.mean, interval.df) == (30, 2)
    pooled = mean_interval([10, 20], ["a", "b"], {"a": 10, "b": 10})
    assert (pooled.mean, pooled.df, len(pooled.joined)) == (15, 1, 1)


def test_all_equal_has_no_error_but_keeps_its_degrees() -> None:
    interval = mean_interval([100 / 3] * 6, ["a", "a", "a", "b", "b", "b"], {"a": 30, "b": 40})
    assert interval.mean == pytest.approx(100 / 3)
    assert interval.se == pytest.approx(0, abs=1e-12)


def test_the_interval_is_not_cut_at_the_ends_of_a_scale() -> None:
    interval = mean_interval([0, 0, 100, 0], ["a"] * 4, {"a": 400})
    assert interval.low < 0


@pytest.mark.parametrize(
    ("values", "strata", "sizes", "weights", "error"),
    [
        ([], [], {"a": 5}, None, TooFewAnswers),
        ([NAN, NAN], ["a", "a"], {"a": 5}, None, TooFewAnswers),
        ([1], ["a"], {"a": 5}, None, TooFewAnswers),
        ([1], ["a"], {"a": 1}, None, TooFewAnswers),
        ([1, 2], ["a", "z"], {"a": 5}, None, UnknownStratum),
        ([1, 2], ["a", "a"], {}, None, UnknownStratum),
        ([1, 2], ["a"], {"a": 5}, None, ShapeMismatch),
        ([1, 2], ["a", "a"], {"a": 5}, [1], ShapeMismatch),
        ([[1, 2]], ["a"], {"a": 5}, None, ShapeMismatch),
        ([1, 2], ["a", "a"], {"a": 5}, [1, -1], OutOfRange),
        ([1, 2], ["a", "a"], {"a": 5}, [1, NAN], OutOfRange),
        ([1, 2], ["a", "a"], {"a": 5}, [0, 0], OutOfRange),
        ([1, math.inf], ["a", "a"], {"a": 5}, None, OutOfRange),
        ([1, 2], ["a", "a"], {"a": -5}, None, OutOfRange),
        ([1, 2], ["a", "a"], {"a": NAN}, None, OutOfRange),
        ([1, 2], ["a", "a"], {"a": 0}, None, OutOfRange),
    ],
)
def test_what_is_wrong_is_named(
    values: Any, strata: list[str], sizes: dict[str, float], weights: Any, error: type[MethodError]
) -> None:
    with pytest.raises(error):
        mean_interval(values, strata, sizes, weights)


def test_a_weight_of_nothing_counts_as_nothing() -> None:
    interval = mean_interval([1, 3, 90, 95], ["a", "a", "b", "b"], {"a": 9, "b": 9}, [1, 1, 0, 0])
    assert interval.mean == 2
    assert math.isfinite(interval.se)


def test_columns_at_once_are_columns_one_by_one() -> None:
    rng = np.random.default_rng(4)
    labels, sizes = ["a", "b", "c", "d"], {"a": 30, "b": 9, "c": 60, "d": 3}
    strata = rng.integers(0, 4, 40)
    values = rng.normal(50, 20, (40, 7))
    values[rng.random(values.shape) < 0.5] = NAN
    values[strata == 3, 2] = NAN
    weights = rng.uniform(0.3, 3, 40)
    table = stratified_means(values, strata, list(sizes.values()), weights)
    for column in range(7):
        one = mean_interval(values[:, column], [labels[s] for s in strata], sizes, weights)
        assert (table.mean[column], table.se[column]) == pytest.approx((one.mean, one.se))
        assert (table.low[column], table.high[column]) == pytest.approx((one.low, one.high))
        assert (table.n[column], table.df[column]) == (one.n, one.df)
        assert tuple((labels[i], labels[j]) for i, j in table.joined[column]) == one.joined
        assert tuple(labels[i] for i in table.empty[column]) == one.empty


def test_columns_with_too_few_answers_are_missing_and_spoil_no_other() -> None:
    values = np.array([[1, NAN, 5], [2, NAN, NAN], [4, NAN, NAN]])
    table = stratified_means(values, [0, 0, 0], [10])
    assert np.isnan(table.se).tolist() == [False, True, True]
    assert np.isnan(table.mean).tolist() == [False, True, False]
    assert table.n.tolist() == [3, 0, 1]


@pytest.mark.parametrize("weighted", [False, True])
def test_the_interval_covers_the_true_mean_as_often_as_it_says(weighted: bool) -> None:
    # 1,500 stratified samples without replacement from one council of three groups of very different means.
    rng = np.random.default_rng(20)
    sizes = {"a": 20, "b": 60, "c": 200}
    people = {"a": rng.normal(80, 8, 20), "b": rng.normal(55, 15, 60), "c": rng.normal(30, 20, 200)}
    takes = {"a": 12, "b": 20, "c": 30}
    truth = np.concatenate(list(people.values())).mean()
    strata = [label for label in sizes for _ in range(takes[label])]
    weights = [sizes[label] / takes[label] for label in strata] if weighted else None
    covered = 0
    for _ in range(1500):
        sample = np.concatenate([rng.choice(people[label], takes[label], replace=False) for label in sizes])
        interval = mean_interval(sample, strata, sizes, weights)
        covered += interval.low <= truth <= interval.high
    assert covered / 1500 == pytest.approx(0.95, abs=0.015)
