"""What to do, and in which order: priorities, eligibility, required steps and two headings."""

import dataclasses
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics import importance, priorities
from diagnostics.framework import Framework
from diagnostics.priorities import RankedStep, rank_steps
from diagnostics.published import SOURCES, Source
from diagnostics.scoring import stage_of
from diagnostics.triangulation import combined_score
from tests.diagnostics.small_framework import HEADINGS, Steps, published, small, with_steps

Scores = Mapping[str, Mapping[Source, float]]

# Combined: labels (.4·20 + .3·40)/.7 = 28.57, loans 50, asking 60, walking 33⅓, hours 70, words 0.
HEARD: Scores = {
    "labels": {"survey": 20, "observation": 40},
    "loans": {"document": 50},
    "asking": {"survey": 60},
    "walking": {"observation": 100 / 3},
    "hours": {"survey": 70},
    "words": {"interview": 0},
}


def ranked(framework: Framework, scores: Scores) -> dict[str, RankedStep]:
    found = rank_steps(framework, scores, None)
    assert [step.rank for step in found] == list(range(1, len(found) + 1))
    return {step.id: step for step in found}


def scored(**scores: float) -> Scores:
    """One source, so that the score is what it says."""
    return {name: {"survey": score} for name, score in scores.items()}


def test_priorities_by_hand() -> None:
    # need·importance/5·feasibility, averaged over the step's characteristics; the target is 80.
    labels, loans = (80 - 20 / 0.7) / 80 * 5 / 5, (80 - 50) / 80 * 2 / 5
    hours, words = (80 - 70) / 80 * 4 / 5, 1 * 1 / 5
    found = ranked(small(), HEARD)
    assert {name: step.priority for name, step in found.items()} == pytest.approx(
        {
            "write_labels": labels,
            "test_labels": (labels + loans) / 2 * 0.7,
            "ask_visitors": (80 - 60) / 80 * 4 / 5,
            "walk_rooms": (80 - 100 / 3) / 80 * 3 / 5 * 0.5,
            "keep_hours": (hours + words) / 2 * 0.7,
        }
    )
    assert list(found) == ["write_labels", "test_labels", "ask_visitors", "walk_rooms", "keep_hours"]
    assert [step.first_share for step in found.values()] == [1, 1, 1, 0, 0]
    assert found["test_labels"].requires == ("write_labels",)
    assert all(step.tied_with == () for step in found.values())


def test_without_scores_there_are_no_steps() -> None:
    assert rank_steps(small(), {}, None) == ()
    assert rank_steps(small(), {"labels": {}, "loans": {}}, None) == ()
    assert rank_steps(small(), {"labels": {}}, np.random.default_rng(1)) == ()


def test_a_characteristic_without_a_source_is_left_out_of_the_average() -> None:
    found = ranked(small(), scored(hours=40))
    assert list(found) == ["keep_hours"]
    assert found["keep_hours"].priority == pytest.approx(0.5 * 0.8 * 0.7)


def test_a_source_without_weight_is_no_source() -> None:
    data = dataclasses.replace(
        small().settings,
        source_weights=dataclasses.replace(small().settings.source_weights, survey=0.5, document=0.0),
    )
    framework = dataclasses.replace(small(), settings=data)
    assert rank_steps(framework, {"asking": {"document": 10}}, None) == ()
    assert rank_steps(framework, {"asking": {"document": 10, "survey": 40}}, None)[
        0
    ].priority == pytest.approx(0.5 * 0.8)


@pytest.mark.parametrize(
    ("score", "stage"),
    [(0, 1), (29.99, 1), (30, 2), (54.99, 2), (55, 3), (79.99, 3)],
)
@pytest.mark.parametrize("from_stages", [(1,), (2,), (3,), (1, 3), (1, 2, 3)])
def test_a_step_is_eligible_at_its_from_stages(
    score: float, stage: int, from_stages: tuple[int, ...]
) -> None:
    framework = with_steps({"one": (("asking",), from_stages, "S", ())})
    assert bool(ranked(framework, scored(asking=score))) is (stage in from_stages)


def test_eligibility_goes_by_the_mean_of_the_characteristics() -> None:
    framework = with_steps({"one": (("asking", "walking"), (2,), "S", ())})
    assert "one" in ranked(framework, scored(asking=0, walking=60))
    assert "one" not in ranked(framework, scored(asking=0, walking=59))


def test_rounding_moves_no_step_out_of_its_stage() -> None:
    framework = with_steps({"one": (("asking",), (3,), "S", ())}, target=100)
    # A mean of nothing but 55s need not be 55 to the last digit.
    for score in (55.0, 55.0 - 1e-11, 55.0 + 1e-11):
        assert len(ranked(framework, scored(asking=score))) == 1


def test_what_is_at_the_target_needs_no_step() -> None:
    framework = with_steps(
        {"one": (("asking",), (1, 2, 3, 4), "S", ()), "two": (("walking",), (4,), "S", ())}
    )
    assert ranked(framework, scored(asking=80, walking=90)) == {}
    assert list(ranked(framework, scored(asking=79.9, walking=90))) == ["one"]


def test_what_is_above_the_target_does_not_make_up_for_what_is_below() -> None:
    framework = with_steps({"one": (("asking", "walking"), (1, 2, 3), "S", ())})
    found = ranked(framework, scored(asking=100, walking=40))
    assert found["one"].priority == pytest.approx((0 + 0.5 * 3 / 5) / 2)


def test_feasibility_goes_by_effort() -> None:
    framework = with_steps({effort: (("asking",), (1,), effort, ()) for effort in "LMS"})
    found = ranked(framework, scored(asking=0))
    assert {name: step.priority for name, step in found.items()} == pytest.approx(
        {"S": 0.8, "M": 0.8 * 0.7, "L": 0.8 * 0.5}
    )
    assert list(found) == ["S", "M", "L"]


# -------------------------------------------------------------------------------------------- required steps


def test_a_required_step_comes_first_though_its_priority_is_lower() -> None:
    framework = with_steps(
        {
            "between": (("asking",), (1,), "S", ()),
            "dear": (("labels",), (1,), "S", ("humble",)),
            "humble": (("words",), (1, 2), "L", ()),
        }
    )
    found = ranked(framework, scored(asking=10, labels=0, words=50))
    assert list(found) == ["humble", "dear", "between"]
    assert found["humble"].priority < found["between"].priority < found["dear"].priority
    assert (found["dear"].requires, found["humble"].requires) == (("humble",), ())


@pytest.mark.parametrize(
    ("score", "done"), [(10, False), (29.9, False), (54.9, False), (55, True), (90, True)]
)
def test_a_required_step_counts_as_done_above_its_from_stages(score: float, done: bool) -> None:
    framework = with_steps(
        {"later": (("labels",), (1,), "S", ("earlier",)), "earlier": (("loans",), (2,), "S", ())}
    )
    found = ranked(framework, scored(labels=0, loans=score))
    assert list(found) == (["later"] if done else ["earlier", "later"])
    assert found["later"].requires == (() if done else ("earlier",))


def test_a_required_step_about_which_nothing_is_known_is_not_done() -> None:
    framework = with_steps(
        {"later": (("labels",), (1,), "S", ("earlier",)), "earlier": (("loans",), (1,), "S", ())}
    )
    found = ranked(framework, scored(labels=0))
    assert list(found) == ["earlier", "later"]
    assert found["earlier"].priority == 0


def test_a_chain_of_required_steps_comes_in_its_order() -> None:
    framework = with_steps(
        {
            "third": (("labels",), (1,), "S", ("second",)),
            "second": (("walking",), (1, 2), "M", ("first",)),
            "first": (("words",), (1, 2), "L", ()),
            "other": (("asking",), (1, 2, 3), "S", ()),
        }
    )
    found = ranked(framework, scored(labels=0, walking=40, words=50, asking=20))
    assert list(found) == ["first", "second", "third", "other"]


def test_steps_that_nobody_needs_now_are_not_pulled_in() -> None:
    framework = with_steps(
        {"later": (("labels",), (3,), "S", ("earlier",)), "earlier": (("loans",), (2,), "S", ())}
    )
    assert ranked(framework, scored(labels=10, loans=10)) == {}


def test_one_step_may_be_required_by_two() -> None:
    framework = with_steps(
        {
            "one": (("labels",), (1,), "S", ("base",)),
            "two": (("asking",), (1,), "S", ("base",)),
            "base": (("words",), (1,), "L", ()),
            "three": (("hours",), (1,), "M", ()),
        }
    )
    found = ranked(framework, scored(labels=0, asking=0, words=20, hours=0))
    assert list(found) == ["base", "one", "two", "three"]


# ---------------------------------------------------------------------------------------------- two headings

ONE_HEADING: Steps = {
    "one": (("labels",), (1,), "S", ()),
    "two": (("labels",), (1,), "M", ()),
    "three": (("labels",), (1,), "L", ()),
    "four": (("loans",), (1,), "S", ()),
}


def test_the_first_three_come_from_two_headings_where_possible() -> None:
    framework = with_steps({**ONE_HEADING, "other": (("words",), (1,), "L", ())})
    found = ranked(framework, scored(labels=0, loans=0, words=0))
    assert list(found) == ["one", "two", "other", "three", "four"]
    assert found["other"].priority < found["four"].priority < found["three"].priority
    assert [step.first_share for step in found.values()] == [1, 1, 1, 0, 0]


def test_where_only_one_heading_needs_steps_all_three_are_from_it() -> None:
    framework = with_steps({**ONE_HEADING, "other": (("words",), (1,), "L", ())})
    assert list(ranked(framework, scored(labels=0, loans=0, words=90))) == ["one", "two", "three", "four"]


def test_the_first_three_stay_where_two_headings_are_among_them() -> None:
    framework = with_steps({**ONE_HEADING, "other": (("asking",), (1,), "S", ())})
    found = list(ranked(framework, scored(labels=0, loans=0, asking=0)))
    assert found == ["one", "other", "two", "three", "four"]


def test_a_step_whose_requirement_would_be_left_behind_does_not_move_up() -> None:
    framework = with_steps(
        {
            **ONE_HEADING,
            "needs_four": (("asking",), (3,), "S", ("four",)),
            "free": (("words",), (1,), "L", ()),
        }
    )
    found = list(ranked(framework, scored(labels=0, loans=0, asking=60, words=10)))
    assert found[:3] == ["one", "two", "free"]
    assert found.index("four") < found.index("needs_four")


def test_a_step_whose_requirement_is_among_those_kept_may_move_up() -> None:
    framework = with_steps({**ONE_HEADING, "other": (("words",), (1,), "L", ("one",))})
    assert list(ranked(framework, scored(labels=0, loans=0, words=0)))[:3] == ["one", "two", "other"]


def test_how_many_steps_come_first_is_a_setting() -> None:
    steps = {**ONE_HEADING, "other": (("words",), (1,), "L", ())}
    scores = scored(labels=0, loans=0, words=0)
    assert list(ranked(with_steps(steps, steps_first=2), scores))[:2] == ["one", "other"]
    found = ranked(with_steps(steps, steps_first=1), scores)
    assert [step.first_share for step in found.values()] == [1, 0, 0, 0, 0]


# ------------------------------------------------------------------------------------------ what always holds


def test_relative_weights_are_offered_here_too() -> None:
    assert priorities.relative_weights is importance.relative_weights


@pytest.mark.parametrize("framework", [small(), published()], ids=["small", "published"])
@given(data=st.data())
def test_ranks_keep_every_promise(framework: Framework, data: st.DataObject) -> None:
    sources = st.dictionaries(st.sampled_from(SOURCES), st.floats(0, 100), max_size=4)
    scores = {c.id: data.draw(sources) for c in framework.characteristics}
    weights = framework.settings.source_weights.as_mapping()
    combined = {name: combined_score(heard, weights) for name, heard in scores.items() if heard}
    found = rank_steps(framework, scores, None)
    rank = {step.id: step.rank for step in found}
    assert list(rank.values()) == list(range(1, len(found) + 1))
    wanted = {r for step in found for r in step.requires}
    for step in found:
        assert 0 <= step.priority <= 1
        assert all(rank[required] < step.rank for required in step.requires)
        own = [combined[c.id] for c in framework.moved_by(step.id) if c.id in combined]
        definition = next(s for s in framework.steps if s.id == step.id)
        stage = stage_of(sum(own) / len(own), framework.settings.stage_cuts) if own else None
        assert stage in definition.from_stages or step.id in wanted
        assert set(step.requires) <= set(definition.requires)


def test_the_order_of_scores_and_sources_does_not_matter() -> None:
    backwards = {name: dict(reversed(list(heard.items()))) for name, heard in reversed(list(HEARD.items()))}
    assert rank_steps(small(), backwards, None) == rank_steps(small(), HEARD, None)
    assert set(HEARD) == {c for characteristics in HEADINGS.values() for c in characteristics}
