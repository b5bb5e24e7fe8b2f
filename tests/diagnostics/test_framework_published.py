"""The published instrument: whether it holds all that the method asks of it."""

from collections import Counter

import pytest

from diagnostics.framework import Framework, check_framework
from diagnostics.framework_parts import Characteristic
from tests.diagnostics.looked_up_resources import LOOKED_UP
from tests.diagnostics.small_framework import PUBLISHED_FILE, published


@pytest.fixture
def framework() -> Framework:
    return published()


def each_characteristic(path: str) -> list[object]:
    return [pytest.param(c, id=f"{path}-{c.id}") for c in published().characteristics]


def test_it_has_no_faults() -> None:
    assert check_framework(PUBLISHED_FILE.read_text(encoding="utf-8")) == ()


def test_three_features_and_three_enablers(framework: Framework) -> None:
    assert [(h.name, h.kind) for h in framework.headings] == [
        ("Evidence capability", "feature"),
        ("Management systems and processes", "feature"),
        ("Direct practice", "feature"),
        ("Leadership", "enabler"),
        ("Culture", "enabler"),
        ("Skills", "enabler"),
    ]


def test_about_five_characteristics_a_heading(framework: Framework) -> None:
    assert all(4 <= len(h.characteristics) <= 6 for h in framework.headings)
    assert 28 <= len(framework.characteristics) <= 32


def test_the_survey_is_of_the_length_that_was_promised(framework: Framework) -> None:
    assert 40 <= len(framework.questions) <= 46
    assert len(framework.outcomes) == 3
    assert len(framework.needs.choices) > 1
    assert len(framework.comments) == 2
    assert sum(q.reversed for q in (*framework.questions, *framework.outcomes)) <= 2


def test_rated_items_have_five_options_and_a_way_out(framework: Framework) -> None:
    options = {scale.id: len(scale.options) for scale in framework.scales}
    assert {options[q.scale] for q in (*framework.questions, *framework.outcomes)} == {5}
    assert framework.dont_know
    assert framework.prefer_not_to_say


def test_most_items_ask_how_often_something_happens(framework: Framework) -> None:
    often = [q for q in framework.questions if q.scale == "frequency"]
    assert len(often) > len(framework.questions) / 2


def test_outcomes_are_asked_of_everybody(framework: Framework) -> None:
    assert all(not q.shown_to for q in framework.outcomes)


def test_everybody_is_asked_enough_under_every_heading(framework: Framework) -> None:
    for heading in framework.headings:
        for group in framework.role_groups:
            asked = [q for q in heading.questions if q.is_shown_to(group.id)]
            assert len(asked) >= 3, f"{group.id} under {heading.id}"


def test_both_sides_can_be_compared_under_every_heading(framework: Framework) -> None:
    sided = [group.id for group in framework.role_groups if group.side]
    for heading in framework.headings:
        shared = [q for q in heading.questions if all(q.is_shown_to(group) for group in sided)]
        assert len(shared) >= 3, heading.id


@pytest.mark.parametrize("characteristic", each_characteristic("sources"))
def test_a_survey_item_and_two_other_sources(characteristic: Characteristic) -> None:
    other = (characteristic.interview, characteristic.observation, characteristic.documents)
    assert characteristic.survey
    assert sum(bool(source) for source in (*other, characteristic.indicators)) >= 2


@pytest.mark.parametrize("characteristic", each_characteristic("words"))
def test_a_characteristic_is_described_in_full(characteristic: Characteristic) -> None:
    assert characteristic.statement.endswith(".")
    assert all(len(stage.split()) >= 10 for stage in characteristic.stages)
    brief = characteristic.in_brief
    for words in (brief.topic, brief.strong, brief.weak):
        assert words[0].islower() and not words.endswith(".")
    for question in characteristic.interview:
        assert question.question and question.probes and question.role_groups
    assert all(o.signs for o in characteristic.observation)
    assert all(d.criteria for d in characteristic.documents)


@pytest.mark.parametrize("characteristic", each_characteristic("steps"))
def test_there_is_a_next_step_from_every_stage_but_the_last(characteristic: Characteristic) -> None:
    steps = [step for step in published().steps if step.id in characteristic.steps]
    assert {1, 2, 3} <= {stage for step in steps for stage in step.from_stages}


def test_no_words_stand_twice(framework: Framework) -> None:
    written = [stage for c in framework.characteristics for stage in c.stages]
    written += [words for c in framework.characteristics for words in (c.statement, c.name)]
    written += [q.text for q in (*framework.questions, *framework.outcomes)]
    written += [q.question for c in framework.characteristics for q in c.interview]
    written += [sign for c in framework.characteristics for o in c.observation for sign in o.signs]
    written += [words for c in framework.characteristics for d in c.documents for words in d.criteria]
    for step in framework.steps:
        written += [step.title, step.action, step.first_30_days, step.six_month_sign, step.otherwise]
    counts = Counter(" ".join(words.lower().strip(". ").split()) for words in written)
    assert [words for words, count in counts.items() if count > 1] == []


def test_thirty_to_forty_steps_of_every_effort(framework: Framework) -> None:
    assert 30 <= len(framework.steps) <= 40
    assert {step.effort for step in framework.steps} == {"S", "M", "L"}
    assert any(step.requires for step in framework.steps)
    for step in framework.steps:
        assert all((step.title, step.action, step.owner, step.first_30_days, step.six_month_sign))
        assert step.otherwise


def test_a_required_step_can_be_taken_before_what_requires_it(framework: Framework) -> None:
    steps = {step.id: step for step in framework.steps}
    for step in framework.steps:
        for required in step.requires:
            assert min(steps[required].from_stages) <= min(step.from_stages), step.id


def test_the_interview_guide_asks_every_role_group_under_every_heading(framework: Framework) -> None:
    groups = {group.id for group in framework.role_groups}
    for heading in framework.headings:
        asked = {g for c in heading.characteristics for q in c.interview for g in q.role_groups}
        assert asked == groups, heading.id


def test_six_settings_are_observed(framework: Framework) -> None:
    assert {setting.id for setting in framework.observation_settings} == {
        "team_meeting",
        "group_supervision",
        "case_discussion",
        "leadership_meeting",
        "audit_moderation",
        "panel",
    }
    observed = Counter(o.setting for c in framework.characteristics for o in c.observation)
    assert all(observed[setting.id] >= 3 for setting in framework.observation_settings)


def test_nine_types_of_document_are_read(framework: Framework) -> None:
    assert {document.id for document in framework.document_types} == {
        "strategy",
        "improvement_plan",
        "supervision_policy",
        "supervision_records",
        "audit_report",
        "court_report",
        "performance_report",
        "commissioning_specification",
        "training_plan",
    }
    read = {d.document for c in framework.characteristics for d in c.documents}
    assert read == {document.id for document in framework.document_types}


def test_there_are_indicators_with_cut_offs(framework: Framework) -> None:
    indicators = [i for c in framework.characteristics for i in c.indicators]
    assert len(indicators) >= 5
    assert all(i.where_found and i.unit for i in indicators)


def test_role_groups_are_those_of_the_service(framework: Framework) -> None:
    assert [(group.name, group.side) for group in framework.role_groups] == [
        ("Leaders", "upper"),
        ("Team managers", "upper"),
        ("Registered practitioners", "lower"),
        ("Other practitioners", "lower"),
        ("Business support and commissioning", None),
    ]
    assert all(group.neighbours for group in framework.role_groups)


def test_the_figures_are_those_of_the_method(framework: Framework) -> None:
    s = framework.settings
    assert s.source_weights.as_mapping() == {
        "survey": 0.35,
        "observation": 0.25,
        "interview": 0.2,
        "document": 0.2,
    }
    assert (s.feasibility.S, s.feasibility.M, s.feasibility.L) == (1, 0.8, 0.6)
    assert (s.stage_cuts, s.target) == ((25, 50, 75), 75)
    assert (s.agreement_within, s.partial_within) == (10, 25)
    assert (s.pattern_high_from, s.pattern_difference) == (50, 25)
    assert (s.person_share_answered, s.thin_records, s.thin_characteristics) == (0.5, 2, 2)
    assert (s.weight_bounds, s.weight_rounds, s.margin_answers) == ((0.3, 3), 50, 5)
    assert (s.survey_answers, s.indicative_answers, s.indicative_rate) == (10, 30, 0.3)
    assert (s.alpha_answers, s.omega_answers, s.importance_answers) == (30, 100, 100)
    assert (s.low_r_star_wg, s.low_icc1, s.rater_alpha, s.rater_units) == (0.5, 0.1, 0.667, 10)
    assert (s.evidence_months, s.reliable_change, s.weighting_gap_said) == (6, 3, 3)
    assert (s.comparison_records, s.threshold) == (3, 10)
    assert (s.rank_draws, s.rank_spread, s.rank_equal_share, s.steps_first) == (1000, 0.25, 0.8, 3)


def test_only_resources_that_were_looked_up(framework: Framework) -> None:
    assert {r.id: r.address for r in framework.resources}.items() <= {
        id: address for id, (address, _, _) in LOOKED_UP.items()
    }.items()
    assert len(framework.resources) >= 20


def test_effect_and_strength_stand_only_where_the_resource_gives_them(framework: Framework) -> None:
    for resource in framework.resources:
        _, states_effect, states_strength = LOOKED_UP[resource.id]
        assert bool(resource.effectiveness) == states_effect, resource.id
        assert bool(resource.strength_of_evidence) == states_strength, resource.id


def test_the_library_serves_every_heading_and_a_masterclass(framework: Framework) -> None:
    assert {h for r in framework.resources for h in r.headings} == {h.id for h in framework.headings}
    assert any(r.masterclass for r in framework.resources)
    assert any(step.resources for step in framework.steps)
