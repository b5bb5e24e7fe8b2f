"""Johnson's relative weights."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike

from diagnostics.errors import MethodError, NotACorrelationMatrix, OutOfRange, ShapeMismatch
from diagnostics.importance import relative_weights


def test_two_predictors_of_the_worked_example() -> None:
    # Johnson (2000), Multivariate Behavioral Research 35:1-19.
    weights = relative_weights([[1, 0.5], [0.5, 1]], [0.5, 0.4])
    assert weights.tolist() == pytest.approx([0.185, 0.095])


def test_unrelated_predictors_get_their_squared_correlations() -> None:
    assert relative_weights(np.eye(3), [0.5, -0.3, 0.0]).tolist() == pytest.approx([0.25, 0.09, 0.0])


def test_one_predictor_gets_all_there_is() -> None:
    assert relative_weights([[1]], [-0.6]).tolist() == pytest.approx([0.36])


def test_predictors_that_are_alike_share_alike() -> None:
    weights = relative_weights([[1, 0.9], [0.9, 1]], [0.5, 0.5])
    assert weights[0] == pytest.approx(weights[1])


@settings(deadline=None)
@given(st.integers(1, 6), st.integers(0, 10_000))
def test_weights_are_shares_of_the_r_squared_of_the_regression(p: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    data = rng.normal(size=(60, p + 1)) + rng.normal(size=(60, 1))
    standard = (data - data.mean(axis=0)) / data.std(axis=0)
    r = standard.T @ standard / 60
    weights = relative_weights(r[:-1, :-1], r[:-1, -1])
    fitted = standard[:, :-1] @ np.linalg.lstsq(standard[:, :-1], standard[:, -1], rcond=None)[0]
    assert weights.sum() == pytest.approx(fitted.var())
    assert (weights >= 0).all()
    order = rng.permutation(p)
    turned = relative_weights(r[:-1, :-1][np.ix_(order, order)], r[:-1, -1][order])
    np.testing.assert_allclose(turned, weights[order], atol=1e-9)


@pytest.mark.parametrize(
    ("correlations", "criterion", "error"),
    [
        ([[1, 1], [1, 1]], [0.5, 0.5], NotACorrelationMatrix),
        ([[1, 0.9, 0.9], [0.9, 1, -0.9], [0.9, -0.9, 1]], [0.1, 0.1, 0.1], NotACorrelationMatrix),
        ([[1, 0.5], [0.4, 1]], [0.5, 0.4], NotACorrelationMatrix),
        ([[2, 0.5], [0.5, 2]], [0.5, 0.4], NotACorrelationMatrix),
        ([[1, np.nan], [np.nan, 1]], [0.5, 0.4], NotACorrelationMatrix),
        ([[1, 0.5], [0.5, 1]], [0.5, 1.4], NotACorrelationMatrix),
        ([[1, 0.5], [0.5, 1]], [0.5, np.nan], NotACorrelationMatrix),
        ([[1, 0.9], [0.9, 1]], [0.9, -0.9], NotACorrelationMatrix),
        ([[1, 0.5], [0.5, 1]], [0.5], ShapeMismatch),
        ([[1, 0.5]], [0.5, 0.4], ShapeMismatch),
        ([], [], ShapeMismatch),
        ([[1, np.inf], [np.inf, 1]], [0.5, 0.4], OutOfRange),
    ],
)
def test_what_is_wrong_is_named(
    correlations: ArrayLike, criterion: ArrayLike, error: type[MethodError]
) -> None:
    with pytest.raises(error):
        relative_weights(correlations, criterion)
