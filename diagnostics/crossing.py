"""Where the breakdowns cross: the answers of each role group in each service area, never printed.

No table of the report is cut this fine. Disclosure control works here, because whoever holds both
breakdowns and the totals attacks exactly these cells.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from diagnostics.evidence import Answers, Frame
from diagnostics.framework import Framework
from diagnostics.instrument import instrument_of

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class CrossTable:
    """C cells, each one role group of the framework in one service area (None: not said).

    Attributes
    ----------
    role_groups, service_areas : tuple of str or None, length C
    people : (C,) int array
        Headcount in the frame; 0 where the role or the area was not said.
    answered : (C,) int array
        People who answered at all.
    weight : (C,) float array
        Weight of each of them, the same for all in a cell; 0 without answers.
    scored : (C, headings) int array
        People with a score under the heading.
    mean : (C, headings) float array
        Their mean score, 0 to 100; 0 without any.
    options : tuple of (C, options of the item) int arrays, one an item
        People by the option that they chose, worst first. "Don't know" and silence are no option.
    ticked : (C, choices) int array
        People who ticked each choice of what evidence they need.
    ticking : (C,) int array
        People who answered that question.
    """

    role_groups: tuple[str | None, ...]
    service_areas: tuple[str | None, ...]
    people: IntArray
    answered: IntArray
    weight: FloatArray
    scored: IntArray
    mean: FloatArray
    options: tuple[IntArray, ...]
    ticked: IntArray
    ticking: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Turnout:
    """Who answered, cell by cell, and never how. What the width of an interval may tell follows from it.

    Attributes
    ----------
    n, frame : int
        People who answered, and people in the frame.
    role_groups, service_areas, people, answered, weight, scored
        As in ``CrossTable``.
    rated : (C, items) int array
        People who answered the item.
    """

    n: int
    frame: int
    role_groups: tuple[str | None, ...]
    service_areas: tuple[str | None, ...]
    people: IntArray
    answered: IntArray
    weight: FloatArray
    scored: IntArray
    rated: IntArray


def turnout_of(n: int, frame: int, crossing: CrossTable) -> Turnout:
    """Leave out of a crossing how people answered."""
    return Turnout(
        n=n,
        frame=frame,
        role_groups=crossing.role_groups,
        service_areas=crossing.service_areas,
        people=crossing.people,
        answered=crossing.answered,
        weight=crossing.weight,
        scored=crossing.scored,
        rated=np.column_stack([table.sum(axis=1) for table in crossing.options]),
    )


def cross_table(
    framework: Framework,
    frame: Frame,
    answers: Answers,
    values: FloatArray,
    people: FloatArray,
    weights: FloatArray,
) -> CrossTable:
    """Cross the breakdowns.

    Parameters
    ----------
    framework, frame, answers
        Of one wave.
    values : (n, items) float array
        Answers on their scales, in the framework's order of items; NaN is missing.
    people : (n, headings) float array
        Person scores, 0 to 100; NaN is missing.
    weights : (n,) float array
        The same for everybody in a cell.
    """
    headcount: dict[tuple[str | None, str | None], int] = {}
    for cell in frame.cells:
        key = (cell.role_group, cell.service_area)
        headcount[key] = headcount.get(key, 0) + cell.headcount
    for at in zip(answers.role_group, answers.service_area, strict=True):
        headcount.setdefault(at, 0)
    place = {at: index for index, at in enumerate(headcount)}
    index = np.array(
        [place[at] for at in zip(answers.role_group, answers.service_area, strict=True)], np.intp
    )
    known = np.isfinite(people)
    answered = np.bincount(index, minlength=len(place))
    scored = _sums(index, known, len(place))
    total = _sums(index, np.where(known, people, 0.0), len(place))
    return CrossTable(
        role_groups=tuple(role for role, _ in place),
        service_areas=tuple(area for _, area in place),
        people=np.array(list(headcount.values()), np.int64),
        answered=answered.astype(np.int64),
        weight=np.bincount(index, weights, len(place)) / np.maximum(answered, 1),
        scored=scored.astype(np.int64),
        mean=total / np.maximum(scored, 1),
        options=_options(framework, values, index, len(place)),
        ticked=_ticked(framework, answers, index, len(place)),
        ticking=np.bincount(
            index[[i for i, needs in enumerate(answers.needs) if needs is not None]], minlength=len(place)
        ).astype(np.int64),
    )


def option_scores(framework: Framework) -> tuple[tuple[float, ...], ...]:
    """Give what each option of each item scores, 0 to 100, worst first."""
    instrument = instrument_of(framework)
    scores = []
    for question, lowest, span in zip(framework.questions, instrument.lowest, instrument.span, strict=True):
        plain = [float(100 * (o.value - lowest) / span) for o in framework.scale(question.scale).options]
        scores.append(tuple(100 - score for score in reversed(plain)) if question.reversed else tuple(plain))
    return tuple(scores)


def _sums(
    index: NDArray[np.intp], columns: NDArray[np.float64] | NDArray[np.bool_], cells: int
) -> FloatArray:
    sums = [np.bincount(index, column, cells) for column in columns.T]
    return np.array(sums, np.float64).reshape(columns.shape[1], cells).T


def _options(
    framework: Framework, values: FloatArray, index: NDArray[np.intp], cells: int
) -> tuple[IntArray, ...]:
    tables = []
    for column, question in zip(values.T, framework.questions, strict=True):
        options = [option.value for option in framework.scale(question.scale).options]
        chose = np.isfinite(column)
        order = np.argsort(options)
        place = order[np.searchsorted(options, column[chose], sorter=order)]
        counts = np.bincount(index[chose] * len(options) + place, minlength=cells * len(options))
        table = counts.reshape(cells, len(options)).astype(np.int64)
        tables.append(table[:, ::-1] if question.reversed else table)
    return tuple(tables)


def _ticked(framework: Framework, answers: Answers, index: NDArray[np.intp], cells: int) -> IntArray:
    place = {choice.id: index for index, choice in enumerate(framework.needs.choices)}
    pairs = [
        cell * len(place) + place[choice]
        for cell, ticked in zip(index.tolist(), answers.needs, strict=True)
        for choice in ticked or ()
    ]
    return np.bincount(np.array(pairs, np.intp), minlength=cells * len(place)).reshape(cells, len(place))
