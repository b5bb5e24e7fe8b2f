"""How far the order of the steps would hold if our weights were others."""

import numpy as np
import pytest

from diagnostics.framework import Framework
from diagnostics.priorities import RankedStep, rank_steps
from tests.diagnostics.small_framework import published, small, with_steps
from tests.diagnostics.test_priorities import HEARD, Scores, scored

Named = dict[str, RankedStep]


def drawn(framework: Framework, scores: Scores, seed: int = 7) -> Named:
    return {step.id: step for step in rank_steps(framework, scores, np.random.default_rng(seed))}


def two_steps(importance_first: str, importance_second: str, **settings: float) -> Framework:
    """Two steps of one effort, of the characteristics that are named, and always both among the first."""
    steps = {
        "one": ((importance_first,), (1, 2, 3), "S", ()),
        "two": ((importance_second,), (1, 2, 3), "S", ()),
    }
    return with_steps(steps, **settings)


def test_the_same_seed_gives_the_same_result() -> None:
    assert drawn(small(), HEARD) == drawn(small(), HEARD)


def test_another_seed_moves_the_shares_a_little_and_the_order_not_at_all() -> None:
    one, other = drawn(small(), HEARD, 1), drawn(small(), HEARD, 2)
    assert list(one) == list(other)
    assert [s.priority for s in one.values()] == [s.priority for s in other.values()]
    for name, step in one.items():
        assert step.first_share == pytest.approx(other[name].first_share, abs=0.15)
    assert [s.first_share for s in one.values()] != [s.first_share for s in other.values()]


def test_draws_change_neither_priorities_nor_ranks() -> None:
    plain = rank_steps(small(), HEARD, None)
    for without, tested in zip(plain, drawn(small(), HEARD).values(), strict=True):
        assert (without.id, without.rank, without.priority) == (tested.id, tested.rank, tested.priority)


def test_three_steps_come_first_in_every_draw() -> None:
    found = drawn(small(), HEARD)
    assert sum(step.first_share for step in found.values()) == pytest.approx(3)
    assert all(0 <= step.first_share <= 1 for step in found.values())


def test_an_order_beyond_the_reach_of_the_draws_always_holds() -> None:
    # Importance 5 and 3, moved by a fifth: 5·0.8 is still more than 3·1.2.
    framework = two_steps("labels", "walking", steps_first=1, rank_equal_share=1.0)
    found = drawn(framework, scored(labels=0, walking=0))
    assert [(s.first_share, s.tied_with) for s in found.values()] == [(1, ()), (0, ())]


def test_an_order_within_the_reach_of_the_draws_holds_as_often_as_it_should() -> None:
    # Importance 5 and 4: P(5·U > 4·V) = 0.9 for U and V even on 0.8 to 1.2.
    framework = two_steps("labels", "asking", steps_first=1, rank_draws=20_000)
    found = drawn(framework, scored(labels=0, asking=0))
    assert found["one"].first_share == pytest.approx(0.9, abs=0.01)
    assert found["one"].first_share + found["two"].first_share == pytest.approx(1)


@pytest.mark.parametrize(("share", "tied"), [(0.85, False), (0.95, True)])
def test_steps_are_equal_where_their_order_holds_too_seldom(share: float, tied: bool) -> None:
    framework = two_steps("labels", "asking", rank_draws=5_000, rank_equal_share=share)
    found = drawn(framework, scored(labels=0, asking=0))
    assert found["one"].tied_with == (("two",) if tied else ())
    assert found["two"].tied_with == (("one",) if tied else ())


def test_the_published_framework_calls_steps_equal_below_four_in_five() -> None:
    # Need 1 with importance 4, beside need .96 with importance 4: nobody can tell them apart.
    framework = two_steps("asking", "hours")
    found = drawn(framework, scored(asking=0, hours=3))
    assert (found["one"].tied_with, found["two"].tied_with) == (("two",), ("one",))


def test_steps_with_the_very_same_priority_are_equal() -> None:
    framework = with_steps(
        {name: (("asking",), (1,), "S", ()) for name in ("one", "two")} | {"far": (("words",), (1,), "L", ())}
    )
    one, two, far = rank_steps(framework, scored(asking=0, words=20), np.random.default_rng(3))
    assert (one.tied_with, two.tied_with, far.tied_with) == (("two",), ("one",), ())


def test_a_step_and_what_it_requires_are_not_equal() -> None:
    framework = with_steps(
        {
            "later": (("asking",), (1,), "S", ("middle",)),
            "middle": (("asking",), (1,), "S", ("earlier",)),
            "earlier": (("asking",), (1,), "S", ()),
        }
    )
    found = drawn(framework, scored(asking=0))
    assert list(found) == ["earlier", "middle", "later"]
    assert all(step.tied_with == () for step in found.values())


def test_without_draws_nothing_is_said_about_ties() -> None:
    framework = two_steps("asking", "hours")
    for step in rank_steps(framework, scored(asking=0, hours=0), None):
        assert step.tied_with == ()


@pytest.mark.parametrize(("score", "always"), [(30, True), (29.9999, False), (54.9999, True), (55, False)])
def test_draws_never_move_the_cuts(score: float, always: bool) -> None:
    # One source, so that no weight can move the score: the step is in every draw or in none.
    framework = with_steps({"one": (("labels",), (2,), "S", ())})
    found = drawn(framework, scored(labels=score))
    assert [step.first_share for step in found.values()] == ([1] if always else [])


def test_draws_never_move_the_target() -> None:
    steps = {"one": (("labels",), (1, 2, 3, 4), "S", ()), "two": (("words",), (1,), "S", ())}
    found = drawn(with_steps(steps), scored(labels=80, words=0))
    assert list(found) == ["two"]


def test_draws_move_the_weights_of_the_sources() -> None:
    # Survey 0 and observation 70: 30 by the published weights .4 and .3, in draws on either side of the cut.
    framework = with_steps({"one": (("labels",), (2,), "S", ())}, rank_draws=2_000)
    found = drawn(framework, {"labels": {"survey": 0, "observation": 70}})
    assert found["one"].first_share == pytest.approx(0.5, abs=0.05)


def test_without_spread_every_draw_is_the_published_one() -> None:
    framework = two_steps("labels", "asking", rank_spread=0, steps_first=1, rank_equal_share=1.0)
    found = drawn(framework, scored(labels=0, asking=0))
    assert [(s.first_share, s.tied_with) for s in found.values()] == [(1, ()), (0, ())]


def test_a_step_that_some_draws_do_not_have_is_not_first_in_them() -> None:
    # 30.9 by the published weights, so not eligible where the observation weighs much less.
    framework = with_steps(
        {"at_times": (("labels",), (2,), "S", ()), "sure": (("words",), (1,), "S", ())}, rank_draws=1_000
    )
    found = drawn(framework, {"labels": {"survey": 0, "observation": 72}, "words": {"survey": 0}})
    assert 0.5 < found["at_times"].first_share < 0.9
    assert found["sure"].first_share == 1


def test_the_published_framework_draws_a_thousand_times() -> None:
    scores: Scores = {
        c.id: {"survey": 40.0 + i, "document": 55.0 - i} for i, c in enumerate(published().characteristics)
    }
    shares = [1000 * step.first_share for step in drawn(published(), scores).values()]
    assert shares == pytest.approx([round(share) for share in shares])
    # Steps that are eligible in some draws only, and not by the published weights, are not in the list.
    assert 2500 < sum(shares) <= 3000
    assert any(0 < share < 1000 for share in shares)
