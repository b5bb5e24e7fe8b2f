"""Raking a table to its margins, and the effective number."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.errors import (
    MarginsCannotBeMet,
    MarginsContradict,
    MethodError,
    OutOfRange,
    ShapeMismatch,
    TooFewAnswers,
)
from diagnostics.weighting import effective_n, rake

# Ardilly & Tillé (2006), Sampling Methods: Exercises and Solutions.
SEED = [[80, 170, 150], [90, 80, 210], [10, 80, 130]]
ROWS, COLUMNS = [430, 360, 210], [150, 300, 550]
FITTED = [
    [73.008211, 167.640619, 189.351170],
    [69.390389, 66.649272, 223.960339],
    [7.601400, 65.710109, 136.688491],
]


def test_raking_of_ardilly_and_tille() -> None:
    np.testing.assert_allclose(rake(SEED, [ROWS, COLUMNS]), FITTED, atol=5e-7)


def test_the_order_of_the_margins_does_not_matter() -> None:
    turned = rake(np.transpose(SEED), [COLUMNS, ROWS])
    np.testing.assert_allclose(turned.T, rake(SEED, [ROWS, COLUMNS]), rtol=1e-10)


def test_the_table_given_is_left_alone() -> None:
    seed = np.array(SEED, dtype=float)
    rake(seed, [ROWS, COLUMNS])
    np.testing.assert_array_equal(seed, SEED)


def test_a_zero_stays_zero() -> None:
    fitted = rake([[1, 0, 2], [3, 4, 0]], [[5, 5], [4, 3, 3]])
    assert (fitted[0, 1], fitted[1, 2]) == (0, 0)
    assert fitted.sum(axis=1).tolist() == pytest.approx([5, 5])


def test_a_margin_of_zero_empties_its_cells() -> None:
    fitted = rake([[1, 1], [1, 1]], [[0, 4], [2, 2]])
    np.testing.assert_allclose(fitted, [[0, 0], [2, 2]], rtol=1e-10)


def test_raking_keeps_the_odds_ratios_of_the_seed() -> None:
    # Deming & Stephan (1940): rows and columns are multiplied, so cross-product ratios are unchanged.
    fitted = rake(SEED, [ROWS, COLUMNS])

    def ratio(t: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
        return float(t[0, 0] * t[1, 1] / (t[0, 1] * t[1, 0]))

    assert ratio(fitted) == pytest.approx(ratio(np.array(SEED, dtype=float)))


def test_one_dimension_and_nobody_at_all() -> None:
    assert rake([1, 3], [[10, 30]]).tolist() == pytest.approx([10, 30])
    assert rake([[1, 2], [3, 4]], [[0, 0], [0, 0]]).tolist() == [[0, 0], [0, 0]]


@settings(deadline=None)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=4), st.integers(0, 10_000))
def test_margins_are_met_in_any_number_of_dimensions(shape: list[int], seed: int) -> None:
    rng = np.random.default_rng(seed)
    table, target = rng.uniform(0.1, 5, shape), rng.uniform(0.1, 5, shape) * 100
    axes = range(len(shape))
    margins = [target.sum(axis=tuple(a for a in axes if a != kept)) for kept in axes]
    fitted = rake(table, margins)
    for kept in axes:
        others = tuple(a for a in axes if a != kept)
        np.testing.assert_allclose(fitted.sum(axis=others), margins[kept], rtol=1e-10)
    turned = rake(table.transpose(), margins[::-1])
    np.testing.assert_allclose(turned.transpose(), fitted, rtol=1e-8)


@pytest.mark.parametrize(
    ("seed", "margins", "error"),
    [
        (SEED, [ROWS, [150, 300, 551]], MarginsContradict),
        ([[1, 1], [1, 1]], [[0, 0], [1, 1]], MarginsContradict),
        ([[0, 0], [1, 1]], [[1, 1], [1, 1]], MarginsCannotBeMet),
        # The first row can only fill the first column, whose total is smaller.
        ([[1, 0], [1, 1]], [[8, 2], [5, 5]], MarginsCannotBeMet),
        ([[1, 0], [0, 1]], [[8, 2], [5, 5]], MarginsCannotBeMet),
        ([[1, -1], [1, 1]], [[1, 1], [1, 1]], OutOfRange),
        ([[1, 1], [1, 1]], [[3, -1], [1, 1]], OutOfRange),
        ([[1, np.nan], [1, 1]], [[1, 1], [1, 1]], OutOfRange),
        ([[1, 1], [1, 1]], [[1, np.nan], [1, 1]], OutOfRange),
        ([[1, np.inf], [1, 1]], [[1, 1], [1, 1]], OutOfRange),
        (SEED, [ROWS, COLUMNS[:2]], ShapeMismatch),
        (SEED, [ROWS], ShapeMismatch),
        (SEED, [ROWS, COLUMNS, [1000]], ShapeMismatch),
        (SEED, [], ShapeMismatch),
    ],
)
def test_what_is_wrong_is_named(
    seed: list[list[float]], margins: list[list[float]], error: type[MethodError]
) -> None:
    with pytest.raises(error):
        rake(seed, margins)


def test_effective_number_of_kish() -> None:
    assert effective_n([1, 1, 1, 1]) == 4
    assert effective_n([2, 1, 1]) == pytest.approx(16 / 6)
    assert effective_n([5, 0, 0]) == 1
    assert effective_n([1e-200, 1e-200]) == 2


@settings(deadline=None)
@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=30), st.floats(0.01, 100))
def test_effective_number_lies_between_one_and_all_and_has_no_unit(w: list[float], scale: float) -> None:
    n = effective_n(w)
    assert 1 - 1e-9 <= n <= len(w) + 1e-9
    assert effective_n([weight * scale for weight in w]) == pytest.approx(n)


@pytest.mark.parametrize(
    ("weights", "error"),
    [
        ([], TooFewAnswers),
        ([0, 0], OutOfRange),
        ([1, -1], OutOfRange),
        ([1, np.nan], OutOfRange),
        ([1, np.inf], OutOfRange),
        ([[1, 2]], ShapeMismatch),
    ],
)
def test_effective_number_names_what_is_wrong(weights: list[float], error: type[MethodError]) -> None:
    with pytest.raises(error):
        effective_n(weights)
