"""Cronbach's alpha and McDonald's omega."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from diagnostics.agreement import cronbach_alpha, mcdonald_omega, omega_from_loadings
from diagnostics.errors import (
    FactorNotIdentified,
    HeywoodCase,
    MethodError,
    NoVariation,
    OutOfRange,
    ShapeMismatch,
    TooFewAnswers,
)
from diagnostics.reliability import one_factor_loadings

# 15 people by 10 items; the rows are items.
ITEMS: list[list[int]] = [
    [3, 5, 7, 2, 6, 1, 4, 2, 6, 5, 4, 4, 5, 6, 4],
    [2, 4, 3, 4, 5, 2, 3, 4, 5, 4, 3, 2, 5, 5, 3],
    [4, 6, 5, 3, 6, 3, 5, 4, 5, 6, 5, 3, 6, 5, 5],
    [1, 3, 5, 3, 5, 4, 3, 3, 5, 4, 2, 2, 2, 4, 5],
    [4, 5, 6, 2, 4, 2, 5, 7, 1, 3, 5, 5, 3, 2, 3],
    [5, 1, 4, 2, 4, 5, 2, 2, 6, 5, 3, 3, 3, 2, 1],
    [1, 2, 3, 2, 4, 2, 1, 2, 5, 3, 2, 4, 2, 1, 3],
    [4, 5, 3, 6, 6, 3, 2, 4, 2, 1, 3, 2, 4, 4, 2],
    [3, 5, 6, 6, 7, 5, 4, 6, 3, 7, 4, 3, 4, 6, 3],
    [2, 5, 5, 3, 5, 2, 3, 5, 2, 2, 1, 4, 5, 5, 4],
]
ANSWERS = np.array(ITEMS).T.tolist()


def one_factor_data(loadings: list[float], n: int, seed: int) -> NDArray[np.float64]:
    rng = np.random.default_rng(seed)
    lambdas = np.array(loadings)
    own = rng.normal(size=(n, lambdas.size)) * np.sqrt(1 - lambdas**2)
    return np.asarray(rng.normal(size=(n, 1)) * lambdas + own, dtype=np.float64)


def data_with_correlations(r: NDArray[np.float64], n: int = 50) -> NDArray[np.float64]:
    """Data whose sample correlations are exactly r."""
    raw = np.random.default_rng(0).normal(size=(n, len(r)))
    columns, _ = np.linalg.qr(raw - raw.mean(axis=0))
    return np.asarray(columns @ np.linalg.cholesky(r).T, dtype=np.float64)


def test_alpha_and_feldt_interval_of_the_worked_example() -> None:
    alpha = cronbach_alpha(ANSWERS)
    assert alpha.value == pytest.approx(0.591719, abs=1e-6)
    assert (alpha.low, alpha.high) == pytest.approx((0.195, 0.840), abs=1e-3)
    assert (alpha.n, alpha.k) == (15, 10)


def test_alpha_equals_the_mean_of_all_split_halves() -> None:
    # Cronbach (1951), Psychometrika: alpha is the mean of the Flanagan-Rulon coefficients of all splits.
    x = np.array(ANSWERS, dtype=float)[:, :4]
    halves = [[0, 1], [0, 2], [0, 3]]
    coefficients = []
    for half in halves:
        rest = [item for item in range(4) if item not in half]
        a, b = x[:, half].sum(axis=1), x[:, rest].sum(axis=1)
        coefficients.append(4 * np.cov(a, b)[0, 1] / (a + b).var(ddof=1))
    assert cronbach_alpha(x).value == pytest.approx(np.mean(coefficients))


def test_alpha_counts_complete_cases_only() -> None:
    holed = np.vstack([np.array(ANSWERS, dtype=float), np.full((3, 10), 4.0)])
    holed[15, 0] = holed[16, 9] = np.nan
    holed[17, :] = np.nan
    assert cronbach_alpha(holed) == cronbach_alpha(ANSWERS)


def test_alpha_may_be_negative_and_its_interval_contains_it() -> None:
    alpha = cronbach_alpha([[1.0, 5.0], [2.0, 4.0], [3.0, 3.5], [4.0, 1.5], [5.0, 1.0]])
    assert alpha.value < 0
    assert alpha.low < alpha.value < alpha.high


def test_identical_items_have_alpha_one() -> None:
    alpha = cronbach_alpha([[1, 1, 1], [2, 2, 2], [5, 5, 5]])
    assert (alpha.low, alpha.value, alpha.high) == pytest.approx((1, 1, 1))


def test_a_lower_confidence_gives_a_narrower_interval() -> None:
    wide, narrow = cronbach_alpha(ANSWERS), cronbach_alpha(ANSWERS, confidence=0.8)
    assert wide.low < narrow.low < narrow.high < wide.high


def test_feldt_interval_covers_the_true_alpha_as_often_as_it_says() -> None:
    # Parallel items with a loading of .6: the true alpha is 5·.36 / (1 + 4·.36).
    true = 5 * 0.36 / (1 + 4 * 0.36)
    samples = one_factor_data([0.6] * 5, 40 * 600, seed=7).reshape(600, 40, 5)
    intervals = [cronbach_alpha(sample) for sample in samples]
    covered = np.mean([interval.low <= true <= interval.high for interval in intervals])
    assert covered == pytest.approx(0.95, abs=0.025)


@pytest.mark.parametrize(
    ("items", "error"),
    [
        ([], TooFewAnswers),
        ([[1], [2], [3]], TooFewAnswers),
        ([[1, 2, 3]], TooFewAnswers),
        ([[1, np.nan], [np.nan, 2], [3, 4]], TooFewAnswers),
        (np.full((4, 3), np.nan), TooFewAnswers),
        ([[1, 5], [2, 4], [5, 1]], NoVariation),
        (np.full((4, 3), 100 / 3), NoVariation),
        ([1, 2, 3], ShapeMismatch),
        ([[1, 2], [3]], ShapeMismatch),
        ([["yes", "no"], ["no", "yes"]], ShapeMismatch),
        ([[1, np.inf], [2, 3]], OutOfRange),
    ],
)
def test_alpha_names_what_is_wrong(items: object, error: type[MethodError]) -> None:
    with pytest.raises(error):
        cronbach_alpha(items)  # type: ignore[arg-type]


@pytest.mark.parametrize("confidence", [0, 1, -1, 95, float("nan")])
def test_alpha_refuses_a_confidence_that_is_none(confidence: float) -> None:
    with pytest.raises(OutOfRange):
        cronbach_alpha(ANSWERS, confidence)


@settings(deadline=None)
@given(
    shift=st.lists(st.floats(-50, 50), min_size=10, max_size=10),
    scale=st.floats(0.1, 10),
    order=st.permutations(range(15)),
)
def test_alpha_does_not_depend_on_origin_unit_or_order(
    shift: list[float], scale: float, order: list[int]
) -> None:
    moved = (np.array(ANSWERS, dtype=float) * scale + shift)[order]
    assert cronbach_alpha(moved).value == pytest.approx(cronbach_alpha(ANSWERS).value, abs=1e-9)


def test_omega_from_the_loadings_of_the_worked_example() -> None:
    assert omega_from_loadings([0.5, 0.6, 0.7, 0.8]) == pytest.approx(0.749446, abs=1e-6)


def test_omega_equals_alpha_for_equal_loadings() -> None:
    # McDonald (1999): under tau-equivalence the two are the same; here alpha = k·r/(1+(k−1)·r) with r = .7².
    assert omega_from_loadings([0.7] * 5) == pytest.approx(5 * 0.49 / (1 + 4 * 0.49))


@pytest.mark.parametrize(
    ("loadings", "error"),
    [
        ([], TooFewAnswers),
        ([0.5, 1.01], OutOfRange),
        ([-1.2, 0.3], OutOfRange),
        ([0.5, np.nan], OutOfRange),
        ([1, -1], NoVariation),
        ([[0.5, 0.6]], ShapeMismatch),
    ],
)
def test_omega_from_loadings_names_what_is_wrong(loadings: object, error: type[MethodError]) -> None:
    with pytest.raises(error):
        omega_from_loadings(loadings)  # type: ignore[arg-type]


def test_loadings_come_back_from_the_correlations_that_they_imply() -> None:
    loadings = np.array([0.9, 0.7, 0.3, -0.2, 0.5])
    implied: NDArray[np.float64] = np.outer(loadings, loadings)
    np.fill_diagonal(implied, 1)
    np.testing.assert_allclose(one_factor_loadings(implied), loadings, atol=1e-9)


@pytest.mark.parametrize("seed", range(8))
def test_minres_reaches_the_optimum_that_a_general_optimiser_finds(seed: int) -> None:
    from scipy.optimize import minimize

    rng = np.random.default_rng(seed)
    k = int(rng.integers(4, 9))
    data = one_factor_data(list(rng.uniform(0.3, 0.8, k)), 150, seed)
    r = np.asarray(np.corrcoef(data.T), dtype=np.float64)
    off = ~np.eye(k, dtype=bool)

    def misfit(loadings: NDArray[np.float64]) -> float:
        return float(((r - np.outer(loadings, loadings))[off] ** 2).sum())

    best = minimize(misfit, np.full(k, 0.5), method="BFGS", options={"gtol": 1e-9})
    found = one_factor_loadings(r)
    assert misfit(found) <= best.fun + 1e-10
    np.testing.assert_allclose(found, best.x * np.sign(best.x.sum()), atol=1e-5)


def test_omega_recovers_a_population_and_counts_complete_cases() -> None:
    loadings = [0.5, 0.6, 0.7, 0.8]
    data = one_factor_data(loadings, 20_000, seed=3)
    data[:5000, 2] = np.nan
    omega = mcdonald_omega(data)
    assert omega.value == pytest.approx(omega_from_loadings(loadings), abs=0.01)
    assert (omega.n, omega.k) == (15_000, 4)


def test_omega_is_the_same_when_every_item_is_turned_or_rescaled() -> None:
    data = one_factor_data([0.5, 0.6, 0.7, 0.8], 200, seed=5)
    assert mcdonald_omega(7 - 2 * data).value == pytest.approx(mcdonald_omega(data).value)


def test_two_unrelated_clusters_give_one_of_the_clusters_and_not_the_saddle_between() -> None:
    r = np.eye(6)
    r[:3, :3] = r[3:, 3:] = 0.5
    np.fill_diagonal(r, 1)
    loadings = np.sort(one_factor_loadings(r))
    np.testing.assert_allclose(loadings, [0, 0, 0] + [np.sqrt(0.5)] * 3, atol=1e-6)


@pytest.mark.parametrize(
    "r",
    [
        # λ1² = r12·r13/r23 = 1.2; then exactly 1; then no optimum short of infinity; then all the same item.
        [[1, 0.6, 0.6], [0.6, 1, 0.3], [0.6, 0.3, 1]],
        [[1, 0.5, 0.5], [0.5, 1, 0.25], [0.5, 0.25, 1]],
        [[1, 0.5, 0.5], [0.5, 1, 0.0], [0.5, 0.0, 1]],
        [[1, 1, 1], [1, 1, 1], [1, 1, 1]],
    ],
)
def test_a_heywood_case_is_named(r: list[list[float]]) -> None:
    with pytest.raises(HeywoodCase):
        one_factor_loadings(np.array(r, dtype=float))


def test_a_heywood_case_in_the_data_is_named() -> None:
    r = np.array([[1, 0.6, 0.6], [0.6, 1, 0.3], [0.6, 0.3, 1]])
    with pytest.raises(HeywoodCase):
        mcdonald_omega(data_with_correlations(r))


def test_omega_of_three_items_solved_by_hand() -> None:
    # λ1² = r12·r13/r23 and so on: .8, .7 and .6.
    r = np.array([[1, 0.56, 0.48], [0.56, 1, 0.42], [0.48, 0.42, 1]])
    assert mcdonald_omega(data_with_correlations(r)).value == pytest.approx(
        omega_from_loadings([0.8, 0.7, 0.6])
    )


def test_loadings_just_below_one_are_no_heywood_case() -> None:
    loadings = np.array([0.99, 0.9, 0.8, 0.9])
    implied: NDArray[np.float64] = np.outer(loadings, loadings)
    np.fill_diagonal(implied, 1)
    assert one_factor_loadings(implied).max() == pytest.approx(0.99)


def test_unrelated_items_do_not_determine_a_factor() -> None:
    with pytest.raises(FactorNotIdentified):
        one_factor_loadings(np.eye(4))


def test_two_related_items_among_four_do_not_determine_a_factor() -> None:
    r = np.eye(4)
    r[0, 1] = r[1, 0] = 0.5
    with pytest.raises(FactorNotIdentified):
        one_factor_loadings(r)


@pytest.mark.parametrize(
    ("items", "error"),
    [
        ([], TooFewAnswers),
        ([[1, 2], [2, 3], [3, 1]], TooFewAnswers),
        ([[1, 2, 3]], TooFewAnswers),
        (np.full((5, 4), np.nan), TooFewAnswers),
        ([[1, 2, 3], [1, 3, 2], [1, 1, 5]], NoVariation),
    ],
)
def test_omega_names_what_is_wrong(items: object, error: type[MethodError]) -> None:
    with pytest.raises(error):
        mcdonald_omega(items)  # type: ignore[arg-type]
