"""Quantiles and Wilson's interval."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.errors import MethodError, OutOfRange, TooFewAnswers
from diagnostics.intervals import f_quantile, normal_quantile, t_quantile, wilson


# Newcombe (1998), Statistics in Medicine 17:857-872, table I, method 3.
@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (0, 10, 0.0, 0.2775),
    ],
)
def test_wilson_of_newcombe(successes: int, n: int, low: float, high: float) -> None:
    interval = wilson(successes, n)
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=5e-5)
    assert (interval.value, interval.n) == (successes / n, n)


def test_wilson_ends_exactly_at_the_ends() -> None:
    for n in (1, 3, 10, 97, 1000):
        assert wilson(0, n).low == 0
        assert wilson(n, n).high == 1


@settings(deadline=None)
@given(st.integers(1, 3000), st.data(), st.floats(0.5, 0.999))
def test_wilson_solves_the_score_equation_and_mirrors(n: int, data: st.DataObject, confidence: float) -> None:
    x = data.draw(st.integers(0, n))
    interval, mirror = wilson(x, n, confidence), wilson(n - x, n, confidence)
    assert 0 <= interval.low <= interval.value <= interval.high <= 1
    assert (interval.low, interval.high) == pytest.approx((1 - mirror.high, 1 - mirror.low), abs=1e-12)
    z = normal_quantile(0.5 + confidence / 2)
    for bound in (interval.low, interval.high):
        assert (x / n - bound) ** 2 == pytest.approx(z * z * bound * (1 - bound) / n, abs=1e-9)


def test_wilson_of_weighted_counts() -> None:
    between = wilson(4.5, 12.5)
    assert wilson(4, 12.5).low < between.low < wilson(5, 12.5).low


@pytest.mark.parametrize(
    ("successes", "n", "confidence", "error"),
    [
        (0, 0, 0.95, TooFewAnswers),
        (-1, 10, 0.95, OutOfRange),
        (11, 10, 0.95, OutOfRange),
        (1, -5, 0.95, OutOfRange),
        (math.nan, 10, 0.95, OutOfRange),
        (1, math.nan, 0.95, OutOfRange),
        (1, math.inf, 0.95, OutOfRange),
        (1, 10, 1, OutOfRange),
        (1, 10, 95, OutOfRange),
    ],
)
def test_wilson_names_what_is_wrong(
    successes: float, n: float, confidence: float, error: type[MethodError]
) -> None:
    with pytest.raises(error):
        wilson(successes, n, confidence)


# Student's and Fisher's tables, as every textbook prints them.
@pytest.mark.parametrize(
    ("probability", "df", "t"),
    [
        (0.975, 1, 12.7062),
        (0.975, 10, 2.2281),
        (0.95, 30, 1.6973),
        (0.975, math.inf, 1.9600),
        (0.5, 4, 0),
    ],
)
def test_t_quantiles_of_the_table(probability: float, df: float, t: float) -> None:
    assert t_quantile(probability, df) == pytest.approx(t, abs=5e-5)
    assert t_quantile(1 - probability, df) == pytest.approx(-t, abs=5e-5)


def test_f_and_normal_quantiles_of_the_table() -> None:
    assert f_quantile(0.95, 3, 20) == pytest.approx(3.0984, abs=5e-5)
    assert f_quantile(0.05, 20, 3) == pytest.approx(1 / 3.0984, abs=5e-5)
    assert normal_quantile(0.975) == pytest.approx(1.959964, abs=5e-7)


@settings(deadline=None)
@given(st.floats(0.001, 0.999), st.floats(0.6, 5000))
def test_t_quantiles_agree_with_an_independent_computation(probability: float, df: float) -> None:
    from scipy import stats

    assert stats.t.cdf(t_quantile(probability, df), df) == pytest.approx(probability, abs=1e-9)


@pytest.mark.parametrize("probability", [0, 1, -0.1, 1.1, math.nan])
def test_quantiles_refuse_what_is_no_probability(probability: float) -> None:
    with pytest.raises(OutOfRange):
        t_quantile(probability, 5)
    with pytest.raises(OutOfRange):
        f_quantile(probability, 5, 5)
    with pytest.raises(OutOfRange):
        normal_quantile(probability)


@pytest.mark.parametrize("df", [0, -1, math.nan])
def test_quantiles_refuse_no_degrees_of_freedom(df: float) -> None:
    with pytest.raises(OutOfRange):
        t_quantile(0.975, df)
    with pytest.raises(OutOfRange):
        f_quantile(0.975, 5, df)
