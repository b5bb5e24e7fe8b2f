"""Which headings go with the outcome: Johnson's relative weights."""

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.arrays import FloatArray, as_floats
from diagnostics.errors import NotACorrelationMatrix, ShapeMismatch

# Correlations that differ from their mirror image or from 1 by this much were not rounded, they are wrong.
TOLERANCE = 1e-8
SINGULAR = 1e-10


def relative_weights(correlations: ArrayLike, criterion: ArrayLike) -> FloatArray:
    """Johnson's relative weights: the share of R² that goes to each of several correlated predictors.

    With Λ the symmetric square root of R and β = Λ⁻¹·r_y, ``ε_j = Σ_i Λ_ji²·β_i²``; all ε are 0 or more.

    Parameters
    ----------
    correlations : array_like, shape (p, p)
        R, among the predictors; none missing.
    criterion : array_like, shape (p,)
        r_y, of each predictor with the outcome; none missing.

    Returns
    -------
    ndarray, shape (p,)
        In the order of the predictors; their sum is R² = r_y'·R⁻¹·r_y, from 0 to 1.

    Raises
    ------
    NotACorrelationMatrix
        R is not symmetric with a diagonal of 1, or one predictor follows from the others, or R and r_y could
        not both come from the same data (R² over 1), or a value is missing.
    ShapeMismatch, OutOfRange

    References
    ----------
    Johnson (2000), Multivariate Behavioral Research.
    """
    matrix = as_floats(correlations, 2, "the correlations")
    with_outcome = as_floats(criterion, 1, "the correlations with the outcome")
    p = with_outcome.size
    if p == 0 or matrix.shape != (p, p):
        raise ShapeMismatch(
            f"{p} correlations with the outcome need a table of {p} by {p}, "
            f"at least 1 by 1; it is {matrix.shape}"
        )
    symmetric = np.allclose(matrix, matrix.T, rtol=0, atol=TOLERANCE)
    if not (symmetric and np.allclose(np.diag(matrix), 1, rtol=0, atol=TOLERANCE)):
        raise NotACorrelationMatrix(
            "correlations must be symmetric with 1 on the diagonal, none missing; "
            "pass correlations, not covariances"
        )
    if not (np.abs(with_outcome) <= 1 + TOLERANCE).all():
        raise NotACorrelationMatrix("correlations with the outcome must lie between -1 and 1, none missing")
    values, vectors = np.linalg.eigh(matrix)
    if values[0] <= SINGULAR:
        raise NotACorrelationMatrix(
            "one predictor follows from the others, or the cells of the table come from different people; "
            "leave out a predictor, or use complete cases"
        )
    beta = vectors @ ((vectors.T @ with_outcome) / np.sqrt(values))
    if beta @ beta > 1 + TOLERANCE:
        raise NotACorrelationMatrix(
            "the predictors would explain more than all of the outcome; "
            "compute all correlations from the same people"
        )
    root = (vectors * np.sqrt(values)) @ vectors.T
    weights: FloatArray = root**2 @ beta**2
    return weights
