"""Survey scores by group, and the gap between the two sides, against plain Python."""

import math

import numpy as np
import pytest

from diagnostics.evidence import Answers, Frame
from diagnostics.framework import Framework
from diagnostics.framework_parts import Question
from diagnostics.intervals import mean_interval
from diagnostics.reporting_groups import ReportingGroup, reporting_groups
from diagnostics.survey_groups import NOT_GIVEN, GroupTable, group_table
from diagnostics.survey_results import SurveyResults, survey_results
from tests.diagnostics.small_framework import changed, load, published, put, small
from tests.diagnostics.survey_by_hand import (
    answers_of,
    frame_of,
    invented_answers,
    scores_of,
    standard_error,
    weighted_mean,
)

MUSEUM = frame_of(
    {
        "curators": {"Main house": 30, "Annexe": 14},
        "educators": {"Main house": 3, "Annexe": 4},
        "wardens": {"Main house": 60, "Annexe": 40},
        "friends": {"Main house": 10, "Annexe": 0},
    }
)
COUNCIL = frame_of(
    {
        "leaders": {"North": 4, "South": 3},
        "team_managers": {"North": 20, "South": 32},
        "registered": {"North": 70, "South": 60},
        "other_practitioners": {"North": 40, "South": 50},
        "support": {"North": 15, "South": 12},
    }
)
CASES = [
    pytest.param(small(), MUSEUM, 1, id="small"),
    pytest.param(published(), COUNCIL, 2, id="published"),
]
each_case = pytest.mark.parametrize(("framework", "frame", "seed"), CASES)


def computed(framework: Framework, frame: Frame, answers: Answers) -> SurveyResults:
    results = survey_results(framework, frame, answers, 10)
    assert results is not None
    return results


def assert_table(
    framework: Framework,
    answers: Answers,
    weights: list[float],
    table: GroupTable,
    labels: tuple[str | None, ...],
) -> None:
    """Compare every cell of a breakdown with the same computed person by person."""
    for g, group in enumerate(table.groups):
        rows = [
            row
            for row, label in enumerate(labels)
            if (label in group.members if label is not None else group.id == NOT_GIVEN)
        ]
        headcount = group.people if group.id != NOT_GIVEN else math.inf
        assert table.answered[g] == len(rows)
        assert [row for row, index in enumerate(table.index) if index == g] == rows
        for h, heading in enumerate(framework.headings):
            everybody = scores_of(framework, answers, heading.questions)
            scores = [everybody[row] for row in rows]
            known = [weights[row] for row in rows if everybody[row] is not None]
            assert table.n[g, h] == len(known)
            assert table.weight[g, h] == pytest.approx(sum(known))
            if not known:
                assert math.isnan(table.mean[g, h])
                continue
            own = [weights[row] for row in rows]
            assert table.mean[g, h] == pytest.approx(weighted_mean(scores, own))
            if len(known) < 2:
                assert math.isnan(table.se[g, h])
            else:
                expected = standard_error(scores, own, headcount)
                assert table.se[g, h] == pytest.approx(expected, abs=1e-9)


@each_case
def test_tables_by_role_group_and_by_service_area(framework: Framework, frame: Frame, seed: int) -> None:
    answers = invented_answers(framework, frame, seed)
    results = computed(framework, frame, answers)
    weights = results.weighting.weights.tolist()
    assert_table(framework, answers, weights, results.role_groups, answers.role_group)
    assert_table(framework, answers, weights, results.service_areas, answers.service_area)


@each_case
def test_groups_are_those_that_are_reported(framework: Framework, frame: Frame, seed: int) -> None:
    results = computed(framework, frame, invented_answers(framework, frame, seed))
    assert results.role_groups.groups[:-1] == reporting_groups(framework, frame, 10)
    assert [g.id for g in results.service_areas.groups] == [*frame.service_areas, NOT_GIVEN]
    for table in (results.role_groups, results.service_areas):
        assert sum(group.people for group in table.groups) == frame.total
        assert table.answered.sum() == results.n


@each_case
def test_groups_weigh_up_to_the_authority(framework: Framework, frame: Frame, seed: int) -> None:
    results = computed(framework, frame, invented_answers(framework, frame, seed))
    for table in (results.role_groups, results.service_areas):
        means = np.where(table.weight > 0, table.mean, 0.0)
        together = (table.weight * means).sum(axis=0) / table.weight.sum(axis=0)
        for found, mean in zip(together, results.headings, strict=True):
            assert mean is not None
            assert found == pytest.approx(mean.value)


def one_group(scores: list[float], people: int, weights: list[float] | None = None) -> GroupTable:
    group = ReportingGroup("all", "All", ("all",), people)
    column = np.array(scores)[:, np.newaxis]
    return group_table([group], ["all"] * len(scores), column, np.array(weights or [1.0] * len(scores)))


def test_a_group_by_hand() -> None:
    # Mean 60; s² = (400 + 0 + 400)/2 = 400; SE² = (1 − 3/12)·400/3 = 100.
    table = one_group([40, 60, 80], 12)
    assert (table.mean[0, 0], table.se[0, 0], table.n[0, 0]) == (60, pytest.approx(10), 3)
    # Weights 1, 1, 2: mean 65; s² = 3/2 · (625 + 25 + 2·225)/4 = 412.5; d/n = 6/16; SE² = ¾·412.5·6/16.
    table = one_group([40, 60, 80], 12, [1, 1, 2])
    assert table.mean[0, 0] == 65
    assert table.se[0, 0] == pytest.approx(math.sqrt(0.75 * 412.5 * 6 / 16))


def test_a_group_of_whom_all_answered_has_no_error() -> None:
    assert one_group([40, 60, 80], 3).se[0, 0] == 0
    assert one_group([40, 60, 80], 2).se[0, 0] == 0


@pytest.mark.parametrize(("scores", "n"), [([50.0], 1), ([math.nan], 0), ([50.0, math.nan], 1)])
def test_below_two_answers_there_is_no_error_to_speak_of(scores: list[float], n: int) -> None:
    table = one_group(scores, 12)
    assert math.isnan(table.se[0, 0])
    assert (table.n[0, 0], table.answered[0]) == (n, len(scores))
    assert math.isnan(table.mean[0, 0]) == (n == 0)


def test_those_who_did_not_say_have_a_row_of_their_own() -> None:
    group = ReportingGroup("all", "All", ("all",), 4)
    table = group_table([group], ["all", None, None], np.array([[10.0], [20.0], [40.0]]), np.ones(3))
    assert [g.id for g in table.groups] == ["all", NOT_GIVEN]
    assert table.index.tolist() == [0, 1, 1]
    assert table.mean[:, 0].tolist() == [10, 30]
    # Nobody knows how many they are, so nothing is taken off: s² = 200, n = 2.
    assert table.se[1, 0] == pytest.approx(10)


# ---------------------------------------------------------------- the two sides of the comparison

Person = tuple[str | None, str | None, dict[str, float]]


def shared_items(framework: Framework, questions: tuple[Question, ...]) -> list[Question]:
    sided = [group.id for group in framework.role_groups if group.side]
    return [q for q in questions if all(q.is_shown_to(group) for group in sided)]


@each_case
def test_sides_are_compared_on_the_items_that_both_were_shown(
    framework: Framework, frame: Frame, seed: int
) -> None:
    answers = invented_answers(framework, frame, seed)
    results = computed(framework, frame, answers)
    weights = results.weighting.weights
    for heading, gap in zip(framework.headings, results.gaps, strict=True):
        assert gap is not None
        scores = scores_of(framework, answers, shared_items(framework, heading.questions))
        for side, mean in (("upper", gap.upper), ("lower", gap.lower)):
            groups = [group.id for group in framework.role_groups if group.side == side]
            rows = [row for row, role in enumerate(answers.role_group) if role in groups]
            values = [math.nan if (s := scores[row]) is None else s for row in rows]
            expected = mean_interval(
                values,
                [answers.role_group[row] for row in rows],
                {group: frame.role_groups[group] for group in groups},
                weights[rows],
            )
            assert (mean.n, mean.df) == (expected.n, expected.df)
            assert mean.value == pytest.approx(expected.mean)
            assert mean.se == pytest.approx(expected.se)


def both_sides(upper: dict[str, float], lower: dict[str, float]) -> list[Person]:
    areas = ("Main house", "Annexe")
    people: list[Person] = [("curators", areas[i % 2], dict(upper)) for i in range(12)]
    return people + [("wardens", areas[i % 2], dict(lower)) for i in range(12)]


def test_an_item_that_one_side_never_saw_does_not_make_a_gap() -> None:
    # LAB2 is shown to curators and educators only, ASK2 to educators and wardens only.
    people = both_sides(
        {"LAB1": 0, "LAB2": 4, "LOA1": 1, "ASK1": 0, "WAL1": 1},
        {"LAB1": 0, "LOA1": 1, "ASK1": 0, "ASK2": 3, "WAL1": 1},
    )
    results = computed(small(), MUSEUM, answers_of(small(), people))
    objects, visitors, house = results.gaps
    assert objects is not None and visitors is not None
    assert objects.upper.value == objects.lower.value == pytest.approx(75)
    assert visitors.upper.value == visitors.lower.value == pytest.approx(25)
    assert house is None


def test_leaders_above_practitioners_show_in_the_gap() -> None:
    people = both_sides({"HOU1": 4, "HOU2": 4, "WOR1": 1}, {"HOU1": 1, "HOU2": 2, "WOR1": 0})
    gap = computed(small(), MUSEUM, answers_of(small(), people)).gaps[2]
    assert gap is not None
    assert (gap.upper.value, gap.lower.value) == pytest.approx((100, 100 / 9))
    assert (gap.upper.n, gap.lower.n) == (12, 12)


@pytest.mark.parametrize(("number", "compared"), [(11, False), (12, True)])
def test_a_side_with_too_few_answers_is_not_compared(number: int, compared: bool) -> None:
    people = both_sides({"HOU1": 4, "HOU2": 4, "WOR1": 1}, {"HOU1": 1, "HOU2": 2, "WOR1": 0})
    for _, _, given in people[number:12]:
        given.clear()
    gap = computed(small(), MUSEUM, answers_of(small(), people)).gaps[2]
    assert (gap is not None) is compared


def test_those_on_neither_side_and_those_who_do_not_say_are_left_out() -> None:
    people = both_sides({"HOU1": 4, "HOU2": 4, "WOR1": 1}, {"HOU1": 1, "HOU2": 1, "WOR1": 0})
    others: list[Person] = [("friends", "Main house", {"HOU1": 4, "HOU2": 4, "WOR1": 1})] * 5
    others += [(None, "Annexe", {"HOU1": 4, "HOU2": 4, "WOR1": 1})] * 5
    gap = computed(small(), MUSEUM, answers_of(small(), people + others)).gaps[2]
    assert gap is not None
    assert (gap.lower.value, gap.lower.n, gap.upper.n) == (0, 12, 12)


def test_a_side_that_answered_in_full_has_no_error() -> None:
    frame = frame_of(
        {"curators": {"Main house": 6, "Annexe": 6}, "wardens": {"Main house": 50, "Annexe": 50}}
    )
    people = both_sides({}, {})
    for row, (_, _, given) in enumerate(people):
        given.update(HOU1=1 + row % 4, HOU2=2, WOR1=row % 2)
    gap = computed(small(), frame, answers_of(small(), people)).gaps[2]
    assert gap is not None
    assert gap.upper.se == 0
    assert gap.lower.se > 0


def test_without_sides_there_is_no_gap() -> None:
    data = changed("role_groups[0].side", None)
    put(data, "role_groups[1].side", None)
    put(data, "role_groups[2].side", None)
    people = both_sides({"HOU1": 4, "HOU2": 4, "WOR1": 1}, {"HOU1": 1, "HOU2": 2, "WOR1": 0})
    assert computed(load(data), MUSEUM, answers_of(load(data), people)).gaps == (None, None, None)
