"""Two tables of the same answers: what one hides must not come out of the other."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from diagnostics.joint_suppression import Crossing, hide_across
from diagnostics.suppression import hidden_groups
from tests.diagnostics.linear_attacker import points, what_print_tells

LEAST_SPAN = 10
K = 10


@dataclass(frozen=True)
class Organisation:
    """People by role (rows) and area (columns), and the mean score of each cell."""

    people: tuple[tuple[int, ...], ...]
    means: tuple[tuple[float, ...], ...]

    @property
    def n(self) -> NDArray[np.float64]:
        return np.array(self.people, dtype=float)

    @property
    def sums(self) -> NDArray[np.float64]:
        sums: NDArray[np.float64] = self.n * np.array(self.means, dtype=float)
        return sums


def hidden_in(organisation: Organisation) -> tuple[frozenset[int], frozenset[int]]:
    answers, means, alone = [], [], []
    for axis in (1, 0):
        counts, sums = organisation.n.sum(axis=axis), organisation.sums.sum(axis=axis)
        mean = np.divide(sums, counts, out=np.full_like(sums, np.nan), where=counts > 0).tolist()
        whole = [int(count) for count in counts]
        answers.append(whole)
        means.append(mean)
        headcount: list[int | None] = [count + 20 for count in whole]
        alone.append(hidden_groups(whole, headcount, K, weight=counts.tolist(), mean=mean))
    crossing = Crossing(organisation.n, (answers[0], answers[1]), (means[0], means[1]))
    found = hide_across(crossing, (alone[0], alone[1]))
    assert alone[0] <= found[0]
    assert alone[1] <= found[1]
    return found


def narrowest(organisation: Organisation, hidden: tuple[frozenset[int], frozenset[int]]) -> float:
    """How closely an attacker with both printed tables and the exact total can place a hidden mean."""
    from scipy.optimize import linprog

    n, sums = organisation.n, organisation.sums
    rows, low, high = [np.ones(n.size)], [sums.sum()], [sums.sum()]
    total = what_print_tells(points(sums.sum() / n.sum()))
    if 0.0 in total or 100.0 in total:
        low, high = [n.sum() * total[0]], [n.sum() * total[1]]
    groups = [(axis, g) for axis in (0, 1) for g in range(n.shape[axis])]
    member = {(axis, g): (np.indices(n.shape)[axis] == g).astype(float).ravel() for axis, g in groups}
    for axis, g in groups:
        size = float(member[axis, g] @ n.ravel())
        if size and g not in hidden[axis]:
            told = what_print_tells(points(float(member[axis, g] @ sums.ravel()) / size))
            rows.append(member[axis, g])
            low.append(size * told[0])
            high.append(size * told[1])
    spans = []
    for axis, g in groups:
        size = float(member[axis, g] @ n.ravel())
        if size and g in hidden[axis]:
            ends = [
                linprog(
                    sign * member[axis, g],
                    A_ub=np.vstack([rows, np.negative(rows)]),
                    b_ub=np.concatenate([high, np.negative(low)]) + 1e-6,
                    bounds=[(0.0, 100 * float(most)) for most in n.ravel()],
                ).fun
                for sign in (1, -1)
            ]
            assert ends[0] is not None and ends[1] is not None
            spans.append(float(-ends[1] - ends[0]) / size)
    return min(spans, default=100.0)


# Leaders 8, support 21: the 21 are exactly the people of the second area.
SUPPORT_IS_AN_AREA = Organisation(
    people=((8, 0), (0, 21), (31, 0), (40, 0)),
    means=((97, 50), (50, 62), (50, 50), (50, 50)),
)


def test_an_area_that_is_a_hidden_role_is_hidden_too() -> None:
    roles, areas = hidden_in(SUPPORT_IS_AN_AREA)
    assert {0, 1} <= roles
    assert 1 in areas or narrowest(SUPPORT_IS_AN_AREA, (roles, areas)) >= LEAST_SPAN
    assert narrowest(SUPPORT_IS_AN_AREA, (frozenset({0, 1}), frozenset())) < LEAST_SPAN


def test_nothing_more_is_hidden_where_the_tables_do_not_help_each_other() -> None:
    organisation = Organisation(
        people=((4, 4), (20, 20), (30, 30), (50, 50)),
        means=((80, 80), (50, 50), (50, 50), (50, 50)),
    )
    assert hidden_in(organisation) == (frozenset({0, 1}), frozenset())


def test_nothing_is_hidden_where_every_group_is_large() -> None:
    organisation = Organisation(people=((20, 20), (20, 20)), means=((1, 99), (99, 1)))
    assert hidden_in(organisation) == (frozenset(), frozenset())


@st.composite
def organisations(draw: st.DrawFn) -> Organisation:
    roles, areas = draw(st.integers(1, 4)), draw(st.integers(1, 5))
    count = st.one_of(st.just(0), st.integers(0, 12), st.integers(0, 80))
    mean = st.one_of(st.floats(0, 100), st.sampled_from([0.0, 50.0, 97.0, 100.0]))
    people = tuple(tuple(draw(count) for _ in range(areas)) for _ in range(roles))
    means = tuple(tuple(draw(mean) for _ in range(areas)) for _ in range(roles))
    return Organisation(people, means)


@settings(max_examples=60)
@given(organisations().filter(lambda made: made.n.sum() >= K))
@example(SUPPORT_IS_AN_AREA)
def test_both_printed_tables_together_do_not_place_a_hidden_group(organisation: Organisation) -> None:
    hidden = hidden_in(organisation)
    shown = [
        (axis, g)
        for axis in (0, 1)
        for g in range(organisation.n.shape[axis])
        if g not in hidden[axis] and organisation.n.sum(axis=1 - axis)[g] > 0
    ]
    if shown:
        assert narrowest(organisation, hidden) >= LEAST_SPAN - 0.01


@pytest.mark.parametrize("size", [9, 10])
def test_an_organisation_in_one_cell(size: int) -> None:
    found = hidden_in(Organisation(people=((size,),), means=((50.0,),)))
    assert found == ((frozenset({0}), frozenset({0})) if size < K else (frozenset(), frozenset()))
