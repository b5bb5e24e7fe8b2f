"""Weights for people: raking to role and area within bounds."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.errors import MarginsContradict, MethodError, OutOfRange, ShapeMismatch, TooFewAnswers
from diagnostics.errors import UnknownStratum as Unknown
from diagnostics.weighting import effective_n, rake, raking_weights


def shares(weights: Iterable[float], labels: Sequence[str | None]) -> dict[str, float]:
    """Weighted shares among those whose label is known."""
    sums: dict[str, float] = defaultdict(float)
    for weight, label in zip(weights, labels, strict=True):
        if label:
            sums[label] += float(weight)
    total = sum(sums.values())
    return {label: value / total for label, value in sums.items()}


def people(cells: dict[tuple[Any, Any], int]) -> tuple[list[Any], list[Any]]:
    pairs = [cell for cell, count in cells.items() for _ in range(count)]
    return [role for role, _ in pairs], [area for _, area in pairs]


ROLES, AREAS = people({("rp", "n"): 20, ("rp", "s"): 30, ("op", "n"): 25, ("op", "s"): 10, ("tm", "n"): 8})


def test_weights_are_the_raked_cells_over_their_counts() -> None:
    result = raking_weights(ROLES, AREAS, {"rp": 100, "op": 80, "tm": 20}, {"n": 110, "s": 90})
    cells = rake([[20, 30], [25, 10], [8, 0]], [[100, 80, 20], [110, 90]])
    assert result.weights[0] == pytest.approx(cells[0, 0] / 20 * len(ROLES) / 200, rel=1e-8)
    assert result.weights[-1] == pytest.approx(cells[2, 0] / 8 * len(ROLES) / 200, rel=1e-8)
    assert result.weights.mean() == pytest.approx(1)
    assert result.n_eff == pytest.approx(effective_n(result.weights))
    assert (result.n, result.rounds, result.bounded, result.joined) == (93, 0, False, ())
    assert result.margin_gap < 1e-8


def test_a_sample_that_matches_the_frame_needs_no_weights() -> None:
    roles, areas = people({("a", "x"): 10, ("a", "y"): 20, ("b", "x"): 30, ("b", "y"): 5})
    result = raking_weights(roles, areas, {"a": 60, "b": 70}, {"x": 80, "y": 50})
    np.testing.assert_allclose(result.weights, 1)
    assert result.n_eff == pytest.approx(65)


def test_which_margin_comes_first_does_not_matter() -> None:
    one = raking_weights(ROLES, AREAS, {"rp": 100, "op": 80, "tm": 20}, {"n": 110, "s": 90})
    other = raking_weights(AREAS, ROLES, {"n": 110, "s": 90}, {"rp": 100, "op": 80, "tm": 20})
    np.testing.assert_allclose(one.weights, other.weights, rtol=1e-7)


def test_known_people_match_the_frame_and_the_others_are_left_out_of_that_margin() -> None:
    roles, areas = people(
        {("a", "x"): 30, ("a", "y"): 10, ("b", "x"): 10, ("b", "y"): 20, (None, "x"): 9, ("b", ""): 7}
    )
    result = raking_weights(roles, areas, {"a": 50, "b": 150}, {"x": 120, "y": 80})
    assert shares(result.weights, roles) == pytest.approx({"a": 0.25, "b": 0.75}, abs=1e-8)
    assert shares(result.weights, areas) == pytest.approx({"x": 0.6, "y": 0.4}, abs=1e-8)
    assert not result.bounded


def test_who_says_neither_role_nor_area_keeps_the_weight_of_one() -> None:
    roles, areas = people({("a", "x"): 30, ("b", "y"): 30, ("b", "x"): 10, (None, None): 5})
    result = raking_weights(roles, areas, {"a": 50, "b": 50}, {"x": 70, "y": 30})
    np.testing.assert_allclose(result.weights[-5:], 1)


def test_nobody_says_anything_and_all_weigh_one() -> None:
    result = raking_weights([None] * 6, [""] * 6, {"a": 5, "b": 5}, {"x": 10})
    assert result.weights.tolist() == [1] * 6
    assert (result.bounded, result.margin_gap) == (False, 0)


def test_categories_of_four_join_and_of_five_do_not() -> None:
    frame, areas = {"a": 50, "b": 30, "c": 20}, {"x": 100}
    five = raking_weights(["a"] * 20 + ["b"] * 10 + ["c"] * 5, ["x"] * 35, frame, areas)
    four = raking_weights(["a"] * 20 + ["b"] * 10 + ["c"] * 4, ["x"] * 34, frame, areas)
    assert five.joined == ()
    assert four.joined == (("role", "c", "b"),)
    assert shares(four.weights, ["a"] * 20 + ["bc"] * 14) == pytest.approx({"a": 0.5, "bc": 0.5})


def test_small_categories_join_the_neighbour_that_is_named() -> None:
    roles = ["a"] * 20 + ["b"] * 10 + ["c"] * 4
    result = raking_weights(
        roles, ["x"] * 34, {"a": 50, "b": 30, "c": 20}, {"x": 100}, role_neighbours={"c": ["a", "b"]}
    )
    assert result.joined == (("role", "c", "a"),)
    assert shares(result.weights, roles)["b"] == pytest.approx(0.3)


def test_joining_goes_on_until_all_are_large_enough_or_one_is_left() -> None:
    totals = {"x": 10, "y": 10, "z": 10}
    result = raking_weights(["a"] * 6, ["x", "x", "y", "y", "z", "z"], {"a": 30}, totals)
    assert result.joined == (("area", "x", "y"), ("area", "z", "y"))
    lonely = raking_weights(["a"] * 3, ["x", "y", "y"], {"a": 30}, totals)
    assert len(lonely.joined) == 2
    np.testing.assert_allclose(lonely.weights, 1)


def test_an_empty_category_joins_too() -> None:
    roles = ["a"] * 10 + ["b"] * 10
    result = raking_weights(roles, ["x"] * 20, {"a": 10, "gone": 20, "b": 10}, {"x": 40})
    assert result.joined == (("role", "gone", "a"),)
    assert shares(result.weights, roles) == pytest.approx({"a": 0.75, "b": 0.25})


def test_trimming_and_raking_find_weights_that_keep_bounds_and_margins() -> None:
    # A little less than raking gives the largest cell can be made up for by the other cells of both margins.
    roles, areas = people({("a", "x"): 100, ("a", "y"): 40, ("b", "x"): 40, ("b", "y"): 8})
    frame = {"a": 94, "b": 94}, {"x": 94, "y": 94}
    free = raking_weights(roles, areas, *frame, bounds=(0, 100))
    held = raking_weights(roles, areas, *frame, bounds=(0.3, float(free.weights.max()) - 0.2))
    assert held.rounds > 0
    assert not held.bounded
    assert held.weights.max() <= free.weights.max() - 0.2
    assert shares(held.weights, roles) == pytest.approx({"a": 0.5, "b": 0.5}, abs=1e-7)
    assert shares(held.weights, areas) == pytest.approx({"x": 0.5, "y": 0.5}, abs=1e-7)


@settings(deadline=None)
@given(st.integers(0, 10_000))
def test_margins_that_weights_within_the_bounds_can_meet_are_met(seed: int) -> None:
    # The margins are those of some weights well within the bounds, so that bounds and margins can both hold.
    rng = np.random.default_rng(seed)
    counts = rng.integers(3, 40, (4, 5))
    table = counts * rng.uniform(0.5, 2.5, (1, 5)) ** 2 * rng.uniform(0.5, 2.5, (4, 1))
    weights = np.clip(table / counts / (table.sum() / counts.sum()), 0.35, 2.5)
    mass = counts * weights
    roles, areas = people({(r, a): int(counts[r, a]) for r in range(4) for a in range(5)})
    role_totals, area_totals = dict(enumerate(mass.sum(axis=1))), dict(enumerate(mass.sum(axis=0)))
    mean = mass.sum() / counts.sum()
    bounds = (0.34 / mean, 2.6 / mean)
    if not bounds[0] <= 1 <= bounds[1]:
        return
    result = raking_weights(roles, areas, role_totals, area_totals, bounds=bounds)
    assert not result.bounded
    assert result.margin_gap <= 1e-8
    assert result.weights.min() >= bounds[0]
    assert result.weights.max() <= bounds[1]


def test_where_bounds_and_margins_cannot_both_hold_the_bounds_win_and_the_gap_is_told() -> None:
    # Five people cannot stand for 80 of 100 with weights up to 3.
    roles = ["a"] * 5 + ["b"] * 95
    result = raking_weights(roles, ["x"] * 100, {"a": 80, "b": 20}, {"x": 100})
    assert result.bounded
    assert result.weights.min() >= 0.3
    assert result.weights.max() == 3
    assert result.weights.mean() == pytest.approx(1)
    assert result.margin_gap == pytest.approx(0.8 - 0.15)


def test_empty_cells_that_contradict_the_margins_are_no_error() -> None:
    roles, areas = people({("a", "x"): 20, ("b", "y"): 20})
    result = raking_weights(roles, areas, {"a": 80, "b": 20}, {"x": 20, "y": 80})
    assert result.bounded
    assert 0.3 - 1e-12 <= result.margin_gap <= 0.6 + 1e-12
    assert result.weights.mean() == pytest.approx(1)


def test_a_category_that_the_frame_says_is_empty_is_held_at_the_lower_bound() -> None:
    roles = ["a"] * 10 + ["ghost"] * 10
    result = raking_weights(roles, ["x"] * 20, {"a": 50, "ghost": 0}, {"x": 50})
    assert result.bounded
    np.testing.assert_allclose(result.weights, [1.7] * 10 + [0.3] * 10)
    assert result.margin_gap == pytest.approx(0.15)


def test_a_frame_that_knows_none_of_those_who_answered_leaves_them_alike() -> None:
    result = raking_weights(
        ["ghost"] * 4, ["x"] * 4, {"a": 50, "ghost": 0}, {"x": 50}, minimum=0, bounds=(0, 3)
    )
    assert result.weights.tolist() == [1] * 4
    assert (result.bounded, result.margin_gap) == (True, 1)


def test_no_rounds_is_trimming_alone() -> None:
    roles = ["a"] * 5 + ["b"] * 95
    result = raking_weights(roles, ["x"] * 100, {"a": 80, "b": 20}, {"x": 100}, rounds=0)
    assert (result.rounds, result.weights.max()) == (0, 3)


def test_bounds_at_one_leave_all_alike() -> None:
    result = raking_weights(ROLES, AREAS, {"rp": 100, "op": 80, "tm": 20}, {"n": 110, "s": 90}, bounds=(1, 1))
    assert (result.weights == 1).all()
    assert result.bounded


@pytest.mark.parametrize(
    ("arguments", "options", "error"),
    [
        (([], [], {"a": 1}, {"x": 1}), {}, TooFewAnswers),
        ((["a"], [], {"a": 1}, {"x": 1}), {}, ShapeMismatch),
        ((["a"], ["x"], {"a": 10}, {"x": 11}), {}, MarginsContradict),
        ((["z"], ["x"], {"a": 10}, {"x": 10}), {}, Unknown),
        ((["a"], ["z"], {"a": 10}, {"x": 10}), {}, Unknown),
        ((["a"], ["x"], {"a": -1}, {"x": 1}), {}, OutOfRange),
        ((["a"], ["x"], {"a": 0}, {"x": 0}), {}, OutOfRange),
        (([None], [None], {}, {}), {}, OutOfRange),
        ((["a"], ["x"], {"a": 10}, {"x": 10}), {"bounds": (1.5, 3)}, OutOfRange),
        ((["a"], ["x"], {"a": 10}, {"x": 10}), {"bounds": (0.3, 0.9)}, OutOfRange),
        ((["a"], ["x"], {"a": 10}, {"x": 10}), {"bounds": (-1, 3)}, OutOfRange),
        ((["a"], ["x"], {"a": 10}, {"x": 10}), {"bounds": (float("nan"), 3)}, OutOfRange),
    ],
)
def test_what_is_wrong_is_named(
    arguments: tuple[Any, Any, Any, Any], options: dict[str, Any], error: type[MethodError]
) -> None:
    with pytest.raises(error):
        raking_weights(*arguments, **options)


LABELS = st.lists(
    st.tuples(st.sampled_from(["a", "b", "c", None]), st.sampled_from(["x", "y", ""])),
    min_size=1,
    max_size=80,
)


@settings(deadline=None)
@given(LABELS, st.integers(0, 10_000))
def test_whatever_the_answers_the_promises_hold(pairs: list[tuple[str | None, str]], seed: int) -> None:
    rng = np.random.default_rng(seed)
    role_totals = dict(zip("abc", rng.integers(1, 200, 3).tolist(), strict=True))
    x = int(rng.integers(0, sum(role_totals.values()) + 1))
    area_totals = {"x": x, "y": sum(role_totals.values()) - x}
    roles, areas = [role for role, _ in pairs], [area for _, area in pairs]
    result = raking_weights(roles, areas, role_totals, area_totals)
    assert result.weights.shape == (len(pairs),)
    assert result.weights.min() >= 0.3
    assert result.weights.max() <= 3
    assert result.weights.mean() == pytest.approx(1, abs=1e-9)
    assert 0 <= result.margin_gap <= 1
    assert result.bounded == (result.margin_gap > 1e-8)
    assert result.rounds <= 50
    order = rng.permutation(len(pairs))
    shuffled = raking_weights([roles[i] for i in order], [areas[i] for i in order], role_totals, area_totals)
    np.testing.assert_allclose(shuffled.weights, result.weights[order], rtol=1e-9)
