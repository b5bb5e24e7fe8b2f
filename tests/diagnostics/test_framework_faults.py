"""What must hold in a framework beyond its shape; every fault comes with the exact path to it."""

from typing import Any

import pytest

from diagnostics.framework import check_framework
from tests.diagnostics.small_framework import (
    as_yaml,
    changed,
    indicator,
    named,
    put,
    question,
    resource,
    role_group,
    small_data,
    step,
    without,
)

LABELS = "headings[0].characteristics[0]"
WORDS = "headings[2].characteristics[1]"


def faults(data: dict[str, Any]) -> list[str]:
    return [fault.path for fault in check_framework(as_yaml(data))]


def options(*values: int) -> list[dict[str, Any]]:
    return [{"value": value, "label": f"Option {number}"} for number, value in enumerate(values)]


@pytest.mark.parametrize(
    ("path", "value", "named_in_message"),
    [
        ("role_groups[3].neighbours", ["wardens", "ghosts"], "ghosts"),
        (f"{WORDS}.interview[0].role_groups", ["ghosts"], "ghosts"),
        (f"{WORDS}.observation[0].setting", "attic", "attic"),
        (f"{WORDS}.documents[0].document", "diary", "diary"),
        (f"{WORDS}.steps", ["keep_hours", "fly"], "fly"),
        (f"{WORDS}.survey[0].scale", "eleven", "eleven"),
        (f"{WORDS}.survey[0].shown_to", ["wardens", "ghosts"], "ghosts"),
        ("outcomes[1].scale", "eleven", "eleven"),
        ("outcomes[1].shown_to", ["ghosts"], "ghosts"),
        ("steps[4].requires", ["fly"], "fly"),
        ("steps[4].resources", ["R1", "R9"], "R9"),
        ("resources[1].headings", ["objects", "garden"], "garden"),
    ],
)
def test_a_missing_reference(path: str, value: object, named_in_message: str) -> None:
    (fault,) = check_framework(as_yaml(changed(path, value)))
    assert fault.path == path
    assert f"“{named_in_message}”" in fault.message


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        ("scales[3]", {"id": "two", "options": options(1, 2)}, "scales[3].id"),
        ("scales[1].options[2].label", "Never", "scales[1].options[2].label"),
        ("role_groups[3].id", "curators", "role_groups[3].id"),
        ("headings[1].id", "objects", "headings[1].id"),
        ("headings[1].short", "objects", "headings[1].short"),
        (f"{WORDS}.id", "labels", f"{WORDS}.id"),
        (f"{WORDS}.survey[0].code", "LAB1", f"{WORDS}.survey[0].code"),
        (f"{WORDS}.survey[1]", question("WOR1", "two") | {"text": "Other words."}, f"{WORDS}.survey[1].code"),
        (f"{WORDS}.survey[0].code", "role_group", f"{WORDS}.survey[0].code"),
        (f"{WORDS}.survey[0].code", "service_area", f"{WORDS}.survey[0].code"),
        ("outcomes[1].code", "LAB2", "outcomes[1].code"),
        ("needs.code", "OUT1", "needs.code"),
        ("comments[0].code", "NEED", "comments[0].code"),
        ("comments[1].code", "SAY1", "comments[1].code"),
        ("needs.choices[2].id", "time", "needs.choices[2].id"),
        ("interview_kinds[1]", named("talk"), "interview_kinds[1].id"),
        ("observation_settings[2]", named("store"), "observation_settings[2].id"),
        ("document_types[2]", named("plan"), "document_types[2].id"),
        ("resources[2]", resource("R1"), "resources[2].id"),
    ],
)
def test_an_id_that_stands_twice(path: str, value: object, fault: str) -> None:
    assert faults(changed(path, value)) == [fault]


def test_a_step_id_that_stands_twice() -> None:
    twin = step("fly", (1,), "S", ()) | {"id": "walk_rooms"}
    assert faults(changed("steps[5]", twin)) == ["steps[5].id"]


def test_an_indicator_id_that_stands_twice_anywhere() -> None:
    data = changed(f"{LABELS}.indicators", [indicator("dust"), indicator("dust")])
    assert faults(data) == [f"{LABELS}.indicators[1].id"]
    data = changed(f"{LABELS}.indicators", [indicator("dust")])
    put(data, f"{WORDS}.indicators", [indicator("light"), indicator("dust")])
    assert faults(data) == [f"{WORDS}.indicators[1].id"]


def test_weights_that_do_not_add_up() -> None:
    (fault,) = check_framework(as_yaml(changed("settings.source_weights.survey", 0.41)))
    assert fault.path == "settings.source_weights"
    assert "1.01" in fault.message


def test_weights_with_rounding_do_add_up() -> None:
    data = changed("settings.source_weights", {"survey": 0.7, "observation": 0.1, "interview": 0.1})
    put(data, "settings.source_weights.document", 1 - 0.7 - 0.1 - 0.1)
    assert faults(data) == []


def test_a_negative_weight_is_named() -> None:
    data = changed("settings.source_weights.survey", 0.6)
    put(data, "settings.source_weights.document", -0.1)
    assert faults(data) == ["settings.source_weights.document"]


@pytest.mark.parametrize(
    ("path", "wrong", "right"),
    [
        ("settings.feasibility.M", (0, -0.1, 1.01), (0.01, 1)),
        ("settings.person_share_answered", (-0.01, 1.01), (0, 1)),
        ("settings.indicative_rate", (-0.01, 1.01), (0, 1)),
        ("settings.low_r_star_wg", (-0.01, 1.01), (0, 1)),
        ("settings.low_icc1", (-0.01, 1.01), (0, 1)),
        ("settings.rater_alpha", (-0.01, 1.01), (0, 1)),
        ("settings.rank_spread", (-0.01, 1.01), (0, 1)),
        ("settings.rank_equal_share", (-0.01, 1.01), (0, 1)),
        ("settings.thin_records", (0, -1), (1,)),
        ("settings.thin_characteristics", (0,), (1,)),
        ("settings.weight_rounds", (0,), (1,)),
        ("settings.margin_answers", (0,), (1,)),
        ("settings.indicative_answers", (0,), (1,)),
        ("settings.alpha_answers", (0,), (1,)),
        ("settings.omega_answers", (0,), (1,)),
        ("settings.importance_answers", (0,), (1,)),
        ("settings.rater_units", (0,), (1,)),
        ("settings.evidence_months", (0,), (1,)),
        ("settings.comparison_records", (0,), (1,)),
        ("settings.rank_draws", (0,), (1,)),
        ("settings.steps_first", (0,), (1,)),
        ("settings.target", (0, 100.1), (0.1, 100)),
        ("settings.pattern_high_from", (0, 100.1), (0.1, 100)),
        ("settings.pattern_difference", (0, 100.1), (0.1, 100)),
        ("settings.weighting_gap_said", (0, 100.1), (0.1, 100)),
        ("settings.reliable_change", (0, 100.1), (0.1, 100)),
        ("settings.partial_within", (12, 11, 100.1), (12.1, 100)),
        ("settings.stage_cuts", ([30, 30, 80], [55, 30, 80], [0, 55, 80], [30, 55, 100]), ([1, 2, 99],)),
        ("settings.weight_bounds", ([0, 3], [1.1, 3], [0.3, 0.9]), ([1, 1], [0.1, 9])),
        ("settings.threshold", (9, 0), (10, 11, 25)),
        ("settings.survey_answers", (9, 0), (10, 11, 25)),
        (f"{WORDS}.importance", (0, 6), (1, 5)),
        ("steps[3].from_stages", ([], [0], [2, 5]), ([4], [1, 2, 3, 4])),
        ("resources[0].address", ("example.org", "ftp://example.org"), ("http://example.org",)),
    ],
)
def test_a_figure_out_of_range(path: str, wrong: tuple[Any, ...], right: tuple[Any, ...]) -> None:
    assert [faults(changed(path, value)) for value in wrong] == [[path]] * len(wrong)
    assert [faults(changed(path, value)) for value in right] == [[]] * len(right)


@pytest.mark.parametrize("count", [0, 1, 8])
def test_a_scale_has_two_to_seven_options(count: int) -> None:
    scale = {"id": "other", "options": options(*range(count))}
    assert faults(changed("scales[3]", scale)) == ["scales[3].options"]


@pytest.mark.parametrize("count", [2, 3, 4, 5, 6, 7])
def test_scales_of_two_to_seven_options_are_welcome(count: int) -> None:
    assert faults(changed("scales[3]", {"id": "other", "options": options(*range(count))})) == []


@pytest.mark.parametrize("values", [(3, 2, 1), (1, 1, 2), (1, 3, 2)])
def test_the_values_of_a_scale_rise(values: tuple[int, ...]) -> None:
    scale = {"id": "other", "options": options(*values)}
    assert faults(changed("scales[3]", scale)) == ["scales[3].options"]


def test_role_groups_need_neighbours_other_than_themselves() -> None:
    assert faults(changed("role_groups[3].neighbours", [])) == ["role_groups[3].neighbours"]
    assert faults(changed("role_groups[3].neighbours", ["friends"])) == ["role_groups[3].neighbours"]


def test_an_item_for_every_role_group_is_shown_to_everybody() -> None:
    """Somebody who gave no role would otherwise lose an item that all are shown."""
    every = [group["id"] for group in small_data()["role_groups"]]
    path = f"{WORDS}.survey[0].shown_to"
    assert path in faults(changed(path, every))


def test_the_only_role_group_needs_no_neighbour() -> None:
    data = small_data()
    data["role_groups"] = [role_group("staff", None, [])]
    text = as_yaml(data).replace("- curators", "- staff").replace("- educators", "- staff")
    assert check_framework(text.replace("- wardens", "- staff")) == ()


def test_a_framework_without_role_groups() -> None:
    assert "role_groups" in faults(changed("role_groups", []))


@pytest.mark.parametrize("side", ["upper", "lower"])
def test_a_comparison_needs_both_sides_or_none(side: str) -> None:
    data = small_data()
    for group in data["role_groups"]:
        group["side"] = None
    assert faults(data) == []
    put(data, "role_groups[0].side", side)
    assert faults(data) == ["role_groups"]


def test_headings_and_characteristics_are_not_empty() -> None:
    assert "headings" in faults(changed("headings", []))
    assert "headings[1].characteristics" in faults(changed("headings[1].characteristics", []))


def test_something_asks_for_every_characteristic() -> None:
    ways = ("survey", "interview", "observation", "documents", "indicators")
    data = small_data()
    for way in ways:
        put(data, f"{WORDS}.{way}", [])
    assert faults(data) == [WORDS]
    put(data, f"{WORDS}.indicators", [indicator("dust")])
    assert faults(data) == []


@pytest.mark.parametrize(
    ("better", "cuts", "holds"),
    [
        ("higher", [10, 20, 30], True),
        ("lower", [30, 20, 10], True),
        ("higher", [30, 20, 10], False),
        ("lower", [10, 20, 30], False),
        ("higher", [10, 10, 30], False),
        ("lower", [30, 10, 20], False),
    ],
)
def test_each_cut_of_an_indicator_is_better_than_the_last(better: str, cuts: list[int], holds: bool) -> None:
    data = changed(f"{WORDS}.indicators", [indicator("dust") | {"better": better, "cuts": cuts}])
    assert faults(data) == ([] if holds else [f"{WORDS}.indicators[0].cuts"])


def test_a_step_that_moves_nothing() -> None:
    data = changed("headings[1].characteristics[1].steps", [])
    assert faults(data) == ["steps[3]"]


@pytest.mark.parametrize(
    ("requires", "in_cycle"),
    [
        ({0: ["write_labels"]}, [0]),
        ({0: ["test_labels"]}, [0, 1]),
        ({0: ["ask_visitors"], 2: ["walk_rooms"], 3: ["test_labels"]}, [0, 1, 2, 3]),
        ({2: ["walk_rooms"], 3: ["ask_visitors"], 4: ["walk_rooms"]}, [2, 3]),
    ],
)
def test_every_step_of_a_cycle_is_reported(requires: dict[int, list[str]], in_cycle: list[int]) -> None:
    data = small_data()
    for index, ids in requires.items():
        put(data, f"steps[{index}].requires", ids)
    found = check_framework(as_yaml(data))
    assert [fault.path for fault in found] == [f"steps[{index}].requires" for index in in_cycle]
    assert all("cycle" in fault.message for fault in found)


def test_two_ways_to_the_same_step_are_no_cycle() -> None:
    data = changed("steps[3].requires", ["write_labels", "test_labels"])
    put(data, "steps[4].requires", ["walk_rooms", "write_labels"])
    assert faults(data) == []


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (f"{WORDS}.stages[2]", "Stage 1 of labels."),
        (f"{WORDS}.stages[2]", "  STAGE 1  of   labels. "),
        (f"{WORDS}.stages[3]", "Stage 1 of words."),
        (f"{WORDS}.survey[0].text", "We do what LAB1 asks for."),
        ("outcomes[0].text", "We do what LAB1 asks for."),
        ("steps[4].title", "To walk rooms"),
        ("steps[4].action", "We walk rooms with care."),
        ("steps[4].first_30_days", "Begin to walk rooms."),
        ("steps[4].six_month_sign", "All can walk rooms."),
        ("steps[4].otherwise", "Nobody will walk rooms."),
        ("steps[4].otherwise", "All can keep hours."),
        (f"{WORDS}.stages[0]", " "),
        ("steps[4].action", ""),
    ],
)
def test_no_words_stand_twice_or_are_missing(path: str, words: str) -> None:
    assert faults(changed(path, words)) == [path]


def test_a_framework_may_do_without_what_it_may_leave_out() -> None:
    for key in ("survey", "interview", "observation", "documents", "indicators"):
        assert faults(without(f"{WORDS}.{key}")) == []
    assert faults(without("role_groups[3].side")) == []
    assert faults(without("steps[4].requires")) == []
    assert faults(changed("outcomes", [])) == []
    assert faults(changed("comments", [])) == []
