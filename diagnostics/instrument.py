"""A framework's survey as arrays, made once and used for every person."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from diagnostics.framework import Framework
from diagnostics.framework_parts import Question

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Instrument:
    """The rated items (k of them), then the outcome items, as arrays.

    Attributes
    ----------
    codes, outcome_codes : tuple of str
    lowest, span : (k,) arrays
        Lowest value and the distance to the highest, in units of the scale.
    options : (k,) int array
        Number of answers on the item's scale.
    reversed : (k,) bool array
    in_heading, in_characteristic : (k, headings), (k, characteristics) arrays of 0 and 1
    shown : (role groups + 1, k) bool array
        The last row is for people who did not give their role: what everybody is shown.
    to_everybody, to_both_sides : (k,) bool arrays
        Shown to every role group; shown to every group on either side of the comparison.
    """

    codes: tuple[str, ...]
    outcome_codes: tuple[str, ...]
    lowest: FloatArray
    span: FloatArray
    options: NDArray[np.int64]
    reversed: BoolArray
    in_heading: FloatArray
    in_characteristic: FloatArray
    shown: BoolArray
    to_everybody: BoolArray
    to_both_sides: BoolArray
    outcome_lowest: FloatArray
    outcome_span: FloatArray
    outcome_reversed: BoolArray


@lru_cache(maxsize=8)
def instrument_of(framework: Framework) -> Instrument:
    """Give the framework's survey as arrays."""
    questions = framework.questions
    groups = framework.role_groups
    lowest, span, options = _scales(framework, questions)
    outcome_lowest, outcome_span, _ = _scales(framework, framework.outcomes)
    shown = np.array(
        [[q.is_shown_to(g.id) for q in questions] for g in groups]
        + [[all(q.is_shown_to(g.id) for g in groups) for q in questions]],
        dtype=np.bool_,
    ).reshape(len(groups) + 1, len(questions))
    on_a_side = [index for index, group in enumerate(groups) if group.side is not None]
    return Instrument(
        codes=tuple(q.code for q in questions),
        outcome_codes=tuple(q.code for q in framework.outcomes),
        lowest=lowest,
        span=span,
        options=options,
        reversed=np.array([q.reversed for q in questions], dtype=np.bool_),
        in_heading=_membership(questions, [heading.questions for heading in framework.headings]),
        in_characteristic=_membership(questions, [c.survey for c in framework.characteristics]),
        shown=shown,
        to_everybody=shown[-1],
        to_both_sides=np.logical_and.reduce(shown[on_a_side]) & bool(on_a_side),
        outcome_lowest=outcome_lowest,
        outcome_span=outcome_span,
        outcome_reversed=np.array([q.reversed for q in framework.outcomes], dtype=np.bool_),
    )


def _scales(
    framework: Framework, questions: tuple[Question, ...]
) -> tuple[FloatArray, FloatArray, NDArray[np.int64]]:
    scales = {scale.id: scale for scale in framework.scales}
    of = [scales[q.scale] for q in questions]
    lowest = np.array([scale.minimum for scale in of], dtype=np.float64)
    highest = np.array([scale.maximum for scale in of], dtype=np.float64)
    return lowest, highest - lowest, np.array([len(scale.options) for scale in of], dtype=np.int64)


def _membership(questions: tuple[Question, ...], bundles: list[tuple[Question, ...]]) -> FloatArray:
    codes = [{q.code for q in bundle} for bundle in bundles]
    table = [[float(q.code in bundle) for bundle in codes] for q in questions]
    return np.array(table, dtype=np.float64).reshape(len(questions), len(bundles))
