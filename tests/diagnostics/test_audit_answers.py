"""The integer program finds exactly the answers that a person can have given, by trying out all of them."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.audit_answers import Table, possible_options
from diagnostics.audit_reading import told_by_score, told_by_share
from diagnostics.audit_solver import Program, Solution

SCORES = (0.0, 50.0, 100.0)


def printed_share(share: float) -> int:
    """As a page prints it: to the nearest 5, halves up, within 5 and 95."""
    return min(95, max(5, 5 * int(share / 5 + 0.5)))


def table_of(weights: list[list[float]], chosen: list[int], counts: list[int] | None = None) -> Table:
    """Print the answers of people with these weights (a row a version), each counted once."""
    share = 100 * np.array(weights) / np.array(weights).sum(axis=1, keepdims=True)
    answers = np.eye(len(SCORES))[chosen]
    told = [[told_by_share(printed_share(s)) for s in row] for row in share @ answers]
    means = [told_by_score(min(95, max(5, int(m + 0.5)))) for m in share @ answers @ np.array(SCORES) / 100]
    ends = np.array(told)
    return Table(
        count=np.array(counts or [1] * len(chosen)),
        share=share,
        least=ends[..., 0],
        most=np.where(ends[..., 1] == 100, 101.0, ends[..., 1]),
        scores=np.array(SCORES),
        least_mean=np.array([low for low, _ in means]),
        most_mean=np.array([101.0 if high == 100 else high for _, high in means]),
    )


def by_trying_all(table: Table) -> np.ndarray:
    """Every option of every person in any assignment that prints the same page."""
    people, options = len(table.count), len(table.scores)
    every = np.array(list(product(range(options), repeat=people)))
    shares = np.einsum("rv,nvo->nro", table.share, np.eye(options)[every])
    means = shares @ table.scores / 100
    slack = 1e-9
    same = ((shares >= table.least - slack) & (shares < table.most - slack)).all(axis=(1, 2))
    same &= ((means >= table.least_mean - slack) & (means < table.most_mean - slack)).all(axis=1)
    return np.array([[(every[same, p] == o).any() for o in range(options)] for p in range(people)])


# Weights that no rounding brings to the edge of a printed interval, where exact and floating sums differ.
WEIGHTS = st.sampled_from([1.0, 1.0, 1.0, 1.31, 0.77, 2.03, 0.463])


@given(
    st.integers(1, 6).flatmap(
        lambda n: st.tuples(
            st.lists(WEIGHTS, min_size=n, max_size=n),
            st.lists(st.integers(0, 2), min_size=n, max_size=n),
        )
    )
)
@settings(max_examples=40, deadline=None)
def test_one_version_is_what_trying_all_finds(people: tuple[list[float], list[int]]) -> None:
    weights, chosen = people
    table = table_of([weights], chosen)
    found = possible_options(table, len(SCORES), 10.0)
    assert not found.contradiction and not found.late.any()
    assert (found.options == by_trying_all(table)).all()


@given(
    st.integers(2, 6).flatmap(
        lambda n: st.tuples(
            st.lists(st.tuples(WEIGHTS, WEIGHTS), min_size=n, max_size=n),
            st.lists(st.integers(0, 2), min_size=n, max_size=n),
            st.integers(0, n - 1),
        )
    )
)
@settings(max_examples=25, deadline=None)
def test_two_versions_are_what_trying_all_finds(
    people: tuple[list[tuple[float, float]], list[int], int],
) -> None:
    weights, chosen, late = people
    first = [0.0 if p >= late and p > 0 else a for p, (a, _) in enumerate(weights)]
    table = table_of([first, [b for _, b in weights]], chosen)
    found = possible_options(table, len(SCORES), 10.0)
    assert not found.contradiction and not found.late.any()
    assert (found.options == by_trying_all(table)).all()


def test_twelve_of_one_mind_have_one_answer() -> None:
    table = table_of([[1.0]], [2], [12])
    table = Table(
        np.array([12]),
        np.array([[100 / 12]]),
        table.least,
        table.most,
        table.scores,
        table.least_mean,
        table.most_mean,
    )
    found = possible_options(table, 3, 10.0)
    # One of twelve elsewhere would be 8 %, and the page says 5 % or fewer.
    assert found.options.tolist() == [[False, False, True]]


def test_thirty_of_one_mind_may_hold_somebody_of_another() -> None:
    table = table_of([[1.0]], [2], [12])
    table = Table(
        np.array([30]),
        np.array([[100 / 30]]),
        table.least,
        table.most,
        table.scores,
        table.least_mean,
        table.most_mean,
    )
    assert possible_options(table, 3, 10.0).options.all()


def test_fewer_than_all_may_be_asked_for() -> None:
    weights = [[1.0, 1.31, 0.77, 2.03, 0.463, 1.0]]
    table = table_of(weights, [0, 1, 2, 1, 0, 2])
    all_of_them = by_trying_all(table)
    found = possible_options(table, 2, 10.0)
    assert (found.options <= all_of_them).all()
    assert (found.options.sum(axis=1) >= np.minimum(2, all_of_them.sum(axis=1))).all()


def test_numbers_that_cannot_all_be_true_are_a_contradiction() -> None:
    table = table_of([[1.0] * 4], [0, 0, 0, 0])
    wrong = np.array([[92.5, 42.5, 0.0]])
    broken = Table(
        table.count, table.share, wrong, wrong + 7.5, table.scores, table.least_mean, table.most_mean
    )
    found = possible_options(broken, 3, 10.0)
    assert found.contradiction and not found.options.any()


def test_a_solver_that_gives_up_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def gives_up(self: Program, aim: np.ndarray, seconds: float, gap: float = 0.0) -> Solution:
        return Solution("gave up", np.zeros(0), np.nan)

    monkeypatch.setattr(Program, "minimise", gives_up)
    found = possible_options(table_of([[1.0, 1.31]], [0, 1]), 3, 10.0)
    assert found.late.all() and not found.contradiction


def test_an_edge_that_floating_sums_miss_is_no_contradiction() -> None:
    # A share of 12.5 % exactly, printed as 10 because its sum came out a hair below.
    table = table_of([[1.0] * 8], [0, 1, 1, 1, 1, 2, 2, 2])
    low = np.array([[7.5, 47.5, 37.5 - 5]])
    edge = Table(table.count, table.share, low, low + 5.0, table.scores, np.array([0.0]), np.array([101.0]))
    found = possible_options(edge, 3, 10.0)
    assert not found.contradiction and found.options.all()
