"""Reading a framework: what is not YAML, what has another shape, and what a framework then gives."""

import dataclasses
from typing import Any

import pytest

from diagnostics.framework import FrameworkError, check_framework, load_framework
from diagnostics.framework_parts import Indicator, Polarity, Question, Scale
from tests.diagnostics.small_framework import as_yaml, changed, load, put, small, small_data, without

UNKNOWN_KEY = "Unknown key"
MISSING_KEY = "This key is missing."


def paths(data: dict[str, Any]) -> list[str]:
    return [fault.path for fault in check_framework(as_yaml(data))]


def test_another_framework_loads() -> None:
    framework = small()
    assert [heading.id for heading in framework.headings] == ["objects", "visitors", "house"]
    assert [len(scale.options) for scale in framework.scales] == [2, 4, 7]
    assert [q.code for q in framework.questions][:3] == ["LAB1", "LAB2", "LOA1"]
    assert check_framework(as_yaml(small_data())) == ()


def test_a_framework_finds_its_parts() -> None:
    framework = small()
    assert [c.id for c in framework.characteristics][-2:] == ["hours", "words"]
    assert framework.heading_of["words"].id == "house"
    assert framework.scale("seven").minimum == -3
    assert framework.scale("seven").maximum == 3
    assert framework.role_group("wardens").side == "lower"
    assert [c.id for c in framework.moved_by("test_labels")] == ["labels", "loans"]
    assert [q.code for q in framework.headings[1].questions] == ["ASK1", "ASK2", "WAL1"]


def test_a_framework_is_frozen_and_compared_by_identity() -> None:
    framework = load(small_data())
    with pytest.raises(dataclasses.FrozenInstanceError):
        framework.name = "Another"  # type: ignore[misc]
    assert framework != load(small_data())
    assert hash(framework) == hash(framework)


def test_a_question_is_shown_to_all_or_to_those_who_are_named() -> None:
    everybody = Question(code="A", text="A", scale="two")
    wardens = Question(code="B", text="B", scale="two", shown_to=("wardens",))
    assert everybody.is_shown_to("curators") and everybody.is_shown_to(None)
    assert wardens.is_shown_to("wardens")
    assert not wardens.is_shown_to("curators")
    assert not wardens.is_shown_to(None)


@pytest.mark.parametrize(
    ("better", "cuts", "stages"),
    [
        ("higher", (20, 45, 70), {0: 1, 19.9: 1, 20: 2, 44.9: 2, 45: 3, 69.9: 3, 70: 4, 100: 4}),
        ("lower", (40, 25, 10), {100: 1, 40.1: 1, 40: 2, 25.1: 2, 25: 3, 10.1: 3, 10: 4, 0: 4}),
    ],
)
def test_a_value_on_a_cut_belongs_to_the_better_stage(
    better: Polarity, cuts: tuple[float, float, float], stages: dict[float, int]
) -> None:
    indicator = Indicator(id="i", name="i", unit="%", better=better, cuts=cuts, where_found="")
    assert {value: indicator.stage(value) for value in stages} == stages


@pytest.mark.parametrize(
    "text",
    [
        "a: [",
        "a: {b",
        "\tkey: 1",
        "a: *nobody",
        "a: !!python/object:os.system x",
        "\x00",
        "? [a, list]\n: as a key",
        "version: 2024-13-45",
        "version: !!int many",
        "version: !!timestamp never",
        "[" * 5000,
    ],
)
def test_what_is_not_yaml_is_one_fault(text: str) -> None:
    (fault,) = check_framework(text)
    assert fault.path == ""
    assert "not readable YAML" in fault.message
    with pytest.raises(FrameworkError):
        load_framework(text)


@pytest.mark.parametrize("text", ["", "# only a comment", "- a\n- list", "just words", "42"])
def test_yaml_that_is_no_mapping_is_one_fault(text: str) -> None:
    (fault,) = check_framework(text)
    assert "YAML mapping" in str(fault)


def test_a_framework_that_holds_itself_is_refused() -> None:
    assert check_framework("about: &a {b: *a}")


def test_keys_that_stand_twice_are_all_reported_where_they_stand() -> None:
    text = as_yaml(small_data()).replace("  target: 80\n", "  target: 80\n  target: 60\n")
    text = text.replace("  - id: words\n", "  - id: words\n    id: words\n")
    text += "name: Another name\n"
    faults = check_framework(text)
    assert [fault.path for fault in faults] == [
        "settings.target",
        "headings[2].characteristics[1].id",
        "name",
    ]
    assert f"again on line {len(text.splitlines())}" in faults[-1].message


def test_a_word_shared_by_an_alias_stands_once() -> None:
    text = as_yaml(small_data()).replace("team_question: What of objects?", "team_question: &words What?")
    assert check_framework(text.replace("team_question: What of house?", "team_question: *words")) == ()


@pytest.mark.parametrize(
    "path",
    [
        "colour",
        "settings.colour",
        "settings.source_weights.colour",
        "scales[1].options[0].colour",
        "role_groups[3].colour",
        "headings[2].colour",
        "headings[2].characteristics[1].colour",
        "headings[0].characteristics[0].survey[1].colour",
        "headings[0].characteristics[0].interview[0].colour",
        "needs.choices[2].colour",
        "steps[4].colour",
        "resources[1].colour",
        "comparison.colour",
    ],
)
def test_an_unknown_key_is_refused(path: str) -> None:
    (fault,) = check_framework(as_yaml(changed(path, "red")))
    assert fault.path == path
    assert fault.message.startswith(UNKNOWN_KEY)


@pytest.mark.parametrize("key", [key for key in small_data() if key != "schema"])
def test_every_part_of_a_framework_is_needed(key: str) -> None:
    (fault,) = check_framework(as_yaml(without(key)))
    assert str(fault) == f"{key}: {MISSING_KEY}"


@pytest.mark.parametrize(
    "path",
    [
        "schema",
        *(f"settings.{key}" for key in small_data()["settings"]),
        "settings.feasibility.L",
        "settings.stage_cuts[2]",
        "headings[1].team_question",
        "headings[2].characteristics[1].in_brief.weak",
        "headings[2].characteristics[1].stages[3]",
        "headings[0].characteristics[0].survey[0].scale",
        "steps[2].otherwise",
        "needs.code",
        "comments[1].text",
    ],
)
def test_a_missing_key_is_reported_with_its_path(path: str) -> None:
    (fault,) = check_framework(as_yaml(without(path)))
    assert str(fault) == f"{path}: {MISSING_KEY}"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("schema", "framework/2"),
        ("version", 1),
        ("headings", "none"),
        ("headings[1]", "visitors"),
        ("headings[1].kind", "bug"),
        ("headings[2].characteristics[1].level", "middling"),
        ("headings[2].characteristics[1].builds", "muscle"),
        ("headings[2].characteristics[1].importance", 3.5),
        ("headings[2].characteristics[1].stages", ["a", "b", "c", "d", "e"]),
        ("role_groups[0].side", "middle"),
        ("steps[0].effort", "XL"),
        ("steps[0].from_stages[0]", "first"),
        ("settings.target", float("nan")),
        ("settings.target", float("inf")),
        ("settings.stage_cuts", [1, 2, 3, 4]),
        ("settings.rank_draws", 10.5),
        ("scales[0].options[0].label", False),
    ],
)
def test_a_value_of_another_kind_is_reported_with_its_path(path: str, value: object) -> None:
    assert paths(changed(path, value)) == [path]


def test_all_faults_are_listed_at_once() -> None:
    data = changed("settings.source_weights.survey", 0.5)
    put(data, "headings[2].characteristics[1].steps", ["fly"])
    put(data, "headings[0].characteristics[1].id", "labels")
    put(data, "steps[0].requires", ["test_labels"])
    put(data, "outcomes[0].scale", "eleven")
    faults = check_framework(as_yaml(data))
    expected = {
        "settings.source_weights",
        "headings[2].characteristics[1].steps",
        "headings[0].characteristics[1].id",
        "steps[0].requires",
        "steps[1].requires",
        "outcomes[0].scale",
    }
    assert {fault.path for fault in faults} == expected
    with pytest.raises(FrameworkError) as raised:
        load(data)
    assert raised.value.faults == faults
    assert str(raised.value).splitlines() == [str(fault) for fault in faults]


def test_unknown_keys_do_not_hide_what_else_is_wrong() -> None:
    data = changed("headings[1].colour", "red")
    put(data, "steps[3].colour", "blue")
    put(data, "steps[3].requires", ["fly"])
    assert paths(data) == ["headings[1].colour", "steps[3].colour", "steps[3].requires"]


def test_faults_of_shape_are_listed_together() -> None:
    data = without("needs.text")
    put(data, "settings.target", "high")
    put(data, "steps[1].colour", "blue")
    assert set(paths(data)) == {"needs.text", "settings.target", "steps[1].colour"}


def test_the_ends_of_a_scale_are_its_values() -> None:
    scale: Scale = small().scale("two")
    assert (scale.minimum, scale.maximum) == (0, 1)
