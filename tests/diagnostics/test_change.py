"""Change between two waves: Welch's test, Holm's correction and the least change that is called one."""

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import ArrayLike

from diagnostics.change import Change, changes, welch
from diagnostics.errors import OutOfRange
from diagnostics.quantiles import t_quantile, t_tail
from diagnostics.survey_groups import Mean


def mean(value: float, se: float, df: int = 100) -> Mean:
    return Mean(value, se, value - 2 * se, value + 2 * se, df + 5, df)


def mean_of(sample: ArrayLike) -> Mean:
    values = np.asarray(sample)
    return mean(float(values.mean()), float(values.std(ddof=1) / math.sqrt(values.size)), values.size - 1)


def change(earlier: Mean, later: Mean, least: float = 3) -> Change:
    (found,) = changes([(earlier, later)], least)
    assert found is not None
    return found


def family(pairs: Sequence[tuple[Mean, Mean] | None], least: float = 3) -> list[Change]:
    return [found for found in changes(pairs, least) if found is not None]


# ----------------------------------------------------------------------------------------------- Welch's test


def test_welch_agrees_with_scipy() -> None:
    from scipy import stats

    random = np.random.default_rng(1)
    earlier, later = random.normal(50, 8, 23).tolist(), random.normal(57, 20, 41).tolist()
    test = stats.ttest_ind(later, earlier, equal_var=False)
    se, df = welch(mean_of(earlier), mean_of(later))
    assert df == pytest.approx(test.df)
    assert (np.mean(later) - np.mean(earlier)) / se == pytest.approx(test.statistic)
    interval = test.confidence_interval(0.95)
    found = change(mean_of(earlier), mean_of(later))
    assert (found.low, found.high) == pytest.approx((interval.low, interval.high))
    assert found.difference == pytest.approx(np.mean(later) - np.mean(earlier))
    assert found.reliable is bool(test.pvalue < 0.05)


def test_welch_by_hand() -> None:
    # SE² = 9 + 16 = 25; ν = 625/(81/10 + 256/20) = 29.9.
    assert welch(mean(0, 3, 10), mean(0, 4, 20)) == pytest.approx((5, 625 / (8.1 + 12.8)))
    # Equal spreads and sizes add their degrees of freedom.
    assert welch(mean(0, 2, 15), mean(0, 2, 15))[1] == pytest.approx(30)


@pytest.mark.parametrize(("earlier", "later", "df"), [(0, 4, 20), (3, 0, 10)])
def test_a_full_count_in_one_wave_leaves_the_others_degrees_of_freedom(
    earlier: float, later: float, df: float
) -> None:
    assert welch(mean(0, earlier, 10), mean(0, later, 20)) == pytest.approx((earlier + later, df))


def test_a_full_count_in_both_waves_has_no_error() -> None:
    assert welch(mean(50, 0), mean(54, 0)) == (0, math.inf)


@pytest.mark.parametrize("t", [-3.0, -1.0, 0.0, 0.5, 1.96, 40.0])
@pytest.mark.parametrize("df", [1, 4.5, 29.9, 1000, math.inf])
def test_the_tail_of_t_agrees_with_scipy(t: float, df: float) -> None:
    from scipy import stats

    expected = stats.norm.sf(t) if math.isinf(df) else stats.t.sf(t, df)
    assert t_tail(t, df) == pytest.approx(expected, rel=1e-9, abs=1e-300)


@pytest.mark.parametrize("df", [0, -1, math.nan])
def test_the_tail_of_t_needs_degrees_of_freedom(df: float) -> None:
    with pytest.raises(OutOfRange):
        t_tail(1, df)


@given(st.floats(0.001, 0.999), st.floats(1, 500))
def test_the_tail_is_the_inverse_of_the_quantile(probability: float, df: float) -> None:
    assert t_tail(t_quantile(1 - probability, df), df) == pytest.approx(probability, rel=1e-6)


# ------------------------------------------------------------------------------------ what is called a change


@pytest.mark.parametrize(
    ("difference", "reliable"),
    [(2.99, False), (3, True), (3.01, True), (-2.99, False), (-3, True), (0, False)],
)
def test_a_change_is_three_points_or_more(difference: float, reliable: bool) -> None:
    found = change(mean(50, 0.1), mean(50 + difference, 0.1))
    assert found.reliable is reliable
    assert found.minimum_detectable == 3


@pytest.mark.parametrize("earlier", [13.4, 15.9, 29.3, 60.1])
def test_three_points_are_three_points_whatever_the_binary_fractions(earlier: float) -> None:
    assert change(mean(earlier, 0.1), mean(earlier + 3, 0.1)).reliable


def test_a_large_difference_that_chance_explains_is_no_change() -> None:
    found = change(mean(50, 4), mean(60, 4))
    assert not found.reliable
    assert found.low < 0 < found.high
    reach = math.sqrt(32) * t_quantile(0.975, 200)
    assert (found.low, found.high) == pytest.approx((10 - reach, 10 + reach))
    assert found.minimum_detectable == pytest.approx(reach)


def test_the_least_change_is_a_setting() -> None:
    assert not change(mean(50, 0.1), mean(54, 0.1), least=5).reliable
    assert change(mean(50, 0.1), mean(55, 0.1), least=5).reliable
    assert change(mean(50, 0.1), mean(55, 0.1), least=5).minimum_detectable == 5


@pytest.mark.parametrize(("difference", "reliable"), [(0, False), (2.9, False), (3, True), (-8, True)])
def test_full_counts_differ_by_what_they_differ(difference: float, reliable: bool) -> None:
    found = change(mean(50, 0), mean(50 + difference, 0))
    assert found.low == found.difference == found.high
    assert (found.reliable, found.minimum_detectable) == (reliable, 3)


def test_waves_the_other_way_round_turn_the_sign() -> None:
    there, back = change(mean(50, 2), mean(61, 3)), change(mean(61, 3), mean(50, 2))
    assert (there.difference, there.low, there.high) == pytest.approx(
        (-back.difference, -back.high, -back.low)
    )
    assert there.reliable and back.reliable


@pytest.mark.parametrize("confidence", [0, 1, -0.5, 95, math.nan])
def test_confidence_is_a_share(confidence: float) -> None:
    with pytest.raises(OutOfRange):
        changes([], 3, confidence)


# ------------------------------------------------------------------------------------------ Holm's correction


def with_p(p: float, df: int = 30) -> tuple[Mean, Mean]:
    """Two waves whose plain comparison has this p-value: the earlier is a full count."""
    return mean(20, 0, df), mean(20 + 10 * t_quantile(1 - p / 2, df), 10, df)


def test_holm_by_a_worked_example() -> None:
    # Wikipedia, "Holm–Bonferroni method", example. Four hypotheses with p = .01, .04, .03, .005: .005 < .05/4
    # and .01 < .05/3 are rejected; .03 > .05/2 stops it, so .04 is not rejected though it is below .05.
    found = family([with_p(p) for p in (0.01, 0.04, 0.03, 0.005)])
    assert [c.reliable for c in found] == [True, False, False, True]


def test_holm_rejects_more_than_bonferroni() -> None:
    # .012 and .02 are above .05/5; all of them are below .05 over the number that are left.
    found = family([with_p(p) for p in (0.012, 0.009, 0.024, 0.016, 0.049)])
    assert [c.reliable for c in found] == [True] * 5


def test_each_interval_is_drawn_at_the_level_of_its_test() -> None:
    found = family([with_p(p) for p in (0.01, 0.04, 0.03, 0.005)])
    # The smallest p at .05/4, the next at .05/3, the first that fails at .05/2, and so what follows.
    levels = (0.05 / 3, 0.05 / 2, 0.05 / 2, 0.05 / 4)
    for c, level in zip(found, levels, strict=True):
        assert c.high - c.difference == pytest.approx(10 * t_quantile(1 - level / 2, 30))
        assert c.minimum_detectable == pytest.approx(c.high - c.difference)


def test_no_interval_excludes_0_without_a_reliable_change() -> None:
    for c in family([with_p(p) for p in (0.01, 0.04, 0.03, 0.005)]):
        assert c.reliable is (c.low > 0 or c.high < 0)


def test_a_change_too_small_to_be_called_one_does_not_stop_the_others() -> None:
    pairs = [(mean(50, 0.01), mean(51, 0.01)), with_p(0.02)]
    assert [c.reliable for c in family(pairs)] == [False, True]


def test_full_counts_that_differ_do_not_wait_for_others() -> None:
    pairs = [with_p(0.9), (mean(50, 0), mean(60, 0)), (mean(50, 0), mean(50, 0))]
    assert [c.reliable for c in family(pairs)] == [False, True, False]


def test_missing_comparisons_stay_missing_and_do_not_count() -> None:
    pair = with_p(0.03)
    assert changes([None, pair, None], 3) == (None, changes([pair], 3)[0], None)
    assert changes([None, None], 3) == (None, None)
    assert changes([], 3) == ()
    assert [c.reliable for c in family([pair, None, pair])] == [False, False]


def test_equal_comparisons_are_treated_in_their_order() -> None:
    found = family([with_p(0.02)] * 2)
    assert [c.reliable for c in found] == [True, True]
    assert found[0].high > found[1].high


values = st.tuples(st.floats(5, 95), st.floats(0.1, 8), st.integers(5, 200))
pairs_of_waves = st.lists(st.tuples(values, values), min_size=1, max_size=8)


@given(pairs_of_waves)
def test_reliable_is_an_adjusted_p_below_five_per_cent_and_three_points(
    drawn: list[tuple[tuple[float, float, int], tuple[float, float, int]]],
) -> None:
    pairs = [(mean(*a), mean(*b)) for a, b in drawn]
    p = []
    for earlier, later in pairs:
        se, df = welch(earlier, later)
        p.append(2 * t_tail(abs(later.value - earlier.value) / se, df))
    order = sorted(range(len(p)), key=p.__getitem__)
    adjusted, highest = [0.0] * len(p), 0.0
    for rank, index in enumerate(order):
        highest = max(highest, (len(p) - rank) * p[index])
        adjusted[index] = highest
    for c, value in zip(family(pairs), adjusted, strict=True):
        if abs(value - 0.05) > 1e-9 and abs(abs(c.difference) - 3) > 1e-6:
            assert c.reliable is (value < 0.05 and abs(c.difference) >= 3)
            assert (c.low > 0 or c.high < 0) is (value < 0.05)
        assert c.minimum_detectable >= 3


# ------------------------------------------------------------------------------------------------- simulation


def test_intervals_cover_the_true_change_as_often_as_they_say() -> None:
    random = np.random.default_rng(2018)
    covered, repetitions, truth = 0, 3000, 4.0
    for _ in range(repetitions):
        found = change(mean_of(random.normal(50, 25, 12)), mean_of(random.normal(50 + truth, 10, 40)))
        covered += found.low <= truth <= found.high
    # Within three standard errors of 95 %.
    assert covered / repetitions == pytest.approx(0.95, abs=0.012)


def test_a_family_without_a_change_seldom_shows_one() -> None:
    random = np.random.default_rng(2019)
    alarms, repetitions = 0, 800
    for _ in range(repetitions):
        pairs = [(mean_of(random.normal(50, 20, 25)), mean_of(random.normal(50, 20, 35))) for _ in range(12)]
        alarms += any(c.reliable for c in family(pairs, least=0.001))
    assert 0.02 < alarms / repetitions < 0.05 + 0.023


def test_a_change_as_large_as_the_minimum_detectable_is_called_one() -> None:
    earlier = mean(40, 2.5, 40)
    needed = change(earlier, mean(40, 2.5, 40)).minimum_detectable
    assert needed > 3
    assert change(earlier, mean(40 + needed * 1.000001, 2.5, 40)).reliable
    assert not change(earlier, mean(40 + needed * 0.999999, 2.5, 40)).reliable
