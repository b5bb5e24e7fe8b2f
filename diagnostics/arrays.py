"""Reading numbers from whoever calls: shapes and ranges are checked once, here, with named errors."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from diagnostics.errors import OutOfRange, ShapeMismatch

FloatArray = NDArray[np.float64]

# Differences this small beside the values themselves are rounding, not information.
NEGLIGIBLE = 1e-12


def as_floats(values: ArrayLike, dimensions: int, what: str) -> FloatArray:
    """Read ``values`` as floats with the given number of dimensions; NaN (or None) is missing.

    Parameters
    ----------
    values : array_like
        Numbers of any type. Nothing at all (``[]``) is read as an empty array of the right dimensions.
    dimensions : int
        1 for a list, 2 for a table.
    what : str
        How the message calls the values, e.g. ``"the answers"``.

    Raises
    ------
    ShapeMismatch
        Not numbers, rows of unequal length, or another number of dimensions.
    OutOfRange
        Infinite values.
    """
    try:
        # Column after column in memory, because nearly everything here is computed item by item.
        array = np.asarray(values, dtype=np.float64, order="F")
    except (TypeError, ValueError) as problem:
        raise ShapeMismatch(f"{what} must be numbers in rows of equal length; {problem}") from problem
    if array.size == 0 and array.ndim < dimensions:
        return np.empty((0,) * dimensions)
    if array.ndim != dimensions:
        raise ShapeMismatch(
            f"{what} must have {dimensions} dimension(s), but have {array.ndim}; "
            "pass a table as one row a person and a list as a flat list"
        )
    if np.isinf(array).any():
        raise OutOfRange(f"{what} must be finite; write NaN for a missing value")
    return array


def as_weights(weights: ArrayLike, what: str = "the weights") -> FloatArray:
    """Read weights: one finite number a person, none negative, not all zero (an empty list is let through).

    Raises
    ------
    ShapeMismatch, OutOfRange
    """
    array = as_floats(weights, 1, what)
    if array.size and not (np.isfinite(array).all() and array.min() >= 0 and array.max() > 0):
        raise OutOfRange(f"{what} must be numbers from 0 upwards, none missing and not all 0")
    return array


def complete_cases(items: FloatArray) -> FloatArray:
    """Keep the rows without a missing value."""
    missing = np.isnan(items).any(axis=1)
    return items[~missing] if missing.any() else items


def spread_is_negligible(values: FloatArray) -> NDArray[np.bool_]:
    """Say for each column whether its values differ by no more than rounding would make them differ."""
    constant: NDArray[np.bool_] = np.ptp(values, axis=0) <= NEGLIGIBLE * np.abs(values).max(axis=0)
    return constant
