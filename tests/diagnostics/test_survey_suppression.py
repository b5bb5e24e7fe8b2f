"""What of a survey is not shown: the log of reasons, and versions of a wave that are out already."""

from dataclasses import replace

import numpy as np
import pytest

from diagnostics.disclosure import cut, publish
from diagnostics.errors import CannotReissue
from diagnostics.evidence import Frame, FrameCell
from diagnostics.knowledge_of import side_knowledge
from diagnostics.profile import Profile, build_profile
from diagnostics.releases import Release, Withheld
from diagnostics.survey_suppression import FEW_ANSWERS, FOR_OTHERS, NEARLY_ALIKE, TOO_FEW, protect
from tests.benchmarks.workforce import FRAMEWORK, invented_wave
from tests.diagnostics.planted_wave import Cell, profile_of, wave_of

COUNCIL = [
    Cell("leaders", "Assessment", 13, 8, (0.25, 0.5, 1.0)),
    Cell("team_managers", "Assessment", 30, 21, (0.25, 0.5)),
    Cell("registered", "Children in care", 60, 40, (0.25, 0.5)),
    Cell("other_practitioners", "Early help", 52, 31, (0.25, 0.5)),
    Cell("support", "Early help", 30, 16, (0.25, 0.5)),
]


def released(profile: Profile, issued: tuple[Release, ...] = ()) -> Release:
    published = publish(profile, issued)
    return Release(published, side_knowledge(profile, published))


def shown(release: Release, heading: int = 0) -> dict[str, bool]:
    groups = release.published.headings[heading].groups
    return {row.id: not row.suppressed for row in (*groups.role_group, *groups.service_area)}


def with_headcount(profile_cells: list[Cell], role: str, headcount: int) -> Profile:
    cells = [replace(cell, headcount=headcount) if cell.role == role else cell for cell in profile_cells]
    return profile_of(FRAMEWORK, wave_of(FRAMEWORK, cells))


def survey_codes() -> set[str]:
    return {question.code for question in FRAMEWORK.questions}


# ----------------------------------------------------------------------------------------------- the log


def test_log_says_for_every_hidden_row_why() -> None:
    profile = profile_of(FRAMEWORK, wave_of(FRAMEWORK, COUNCIL))
    found = cut(profile)
    logged = {(line.measure, line.table, line.group) for line in found.withheld}
    for heading in found.published.headings:
        for table, rows in (
            ("role group", heading.groups.role_group),
            ("service area", heading.groups.service_area),
        ):
            for row in rows:
                assert row.suppressed == ((heading.id, table, row.id) in logged)
    items = {item.code: item.suppressed for h in found.published.headings for item in h.items}
    assert {code for code, hidden in items.items() if hidden} == {
        line.measure for line in found.withheld if line.measure in items
    }
    assert Withheld("capability", "role group", "leaders", TOO_FEW) in found.withheld
    others = [line for line in found.withheld if line.reason == FOR_OTHERS and line.measure == "capability"]
    assert others


def test_no_reason_leaves() -> None:
    text = publish(profile_of(FRAMEWORK, wave_of(FRAMEWORK, COUNCIL))).to_json()
    assert not any(reason in text for reason in (TOO_FEW, FOR_OTHERS, FEW_ANSWERS, NEARLY_ALIKE))


def test_log_tells_few_answers_from_answers_too_much_alike() -> None:
    cells = [Cell("registered", "Early help", 60, 29, (0.25, 0.5)), Cell("leaders", "Early help", 60, 11)]
    profile = profile_of(FRAMEWORK, wave_of(FRAMEWORK, cells))
    survey, log = profile.survey, cut(profile).withheld
    assert survey is not None
    reasons = {line.measure: line.reason for line in log if line.table == "authority"}
    few = {q.code for q, o in zip(FRAMEWORK.questions, survey.crossing.options, strict=True) if o.sum() < 30}
    assert few and len(few) < len(FRAMEWORK.questions)
    assert {code for code in survey_codes() & set(reasons) if reasons[code] == FEW_ANSWERS} == few
    alone = [Cell("registered", "Early help", 90, 33, (0.25, 0.75))]
    found = cut(profile_of(FRAMEWORK, wave_of(FRAMEWORK, alone)))
    assert NEARLY_ALIKE in {line.reason for line in found.withheld}


# ---------------------------------------------------------------------------------- versions of one wave


def test_late_answer_makes_no_new_version() -> None:
    """24 answers, and then 25: whoever has both has the last person's answer."""
    first = profile_of(FRAMEWORK, wave_of(FRAMEWORK, [Cell("registered", "Early help", 60, 24)]))
    second = profile_of(FRAMEWORK, wave_of(FRAMEWORK, [Cell("registered", "Early help", 60, 25)]))
    with pytest.raises(CannotReissue, match="24 answers, this one on 25"):
        publish(second, (released(first),))


def test_corrected_answer_makes_no_new_version() -> None:
    frame, evidence = invented_wave(60, 3)
    assert evidence.answers is not None
    values = evidence.answers.values.copy()
    row, column = np.argwhere(values == 4)[0]
    values[row, column] = 1
    corrected = replace(evidence, answers=replace(evidence.answers, values=values))
    first, second = (build_profile(FRAMEWORK, frame, e, rank_draws=False) for e in (evidence, corrected))
    with pytest.raises(CannotReissue, match="other answers than this one"):
        publish(second, (released(first),))


def test_moved_answer_makes_no_new_version() -> None:
    frame, evidence = invented_wave(60, 3)
    assert evidence.answers is not None
    areas = list(evidence.answers.service_area)
    place = next(i for i, area in enumerate(areas) if area != areas[0])
    areas[0], areas[place] = areas[place], areas[0]
    moved = replace(evidence, answers=replace(evidence.answers, service_area=tuple(areas)))
    first, second = (build_profile(FRAMEWORK, frame, e, rank_draws=False) for e in (evidence, moved))
    with pytest.raises(CannotReissue):
        publish(second, (released(first),))


def test_same_answers_in_another_order_are_the_same() -> None:
    frame, evidence = invented_wave(60, 3)
    answers = evidence.answers
    assert answers is not None
    order = np.random.default_rng(1).permutation(answers.n)
    shuffled = replace(
        answers,
        values=answers.values[order],
        dont_know=answers.dont_know[order],
        role_group=tuple(answers.role_group[i] for i in order),
        service_area=tuple(answers.service_area[i] for i in order),
        needs=tuple(answers.needs[i] for i in order),
    )
    first = build_profile(FRAMEWORK, frame, evidence, rank_draws=False)
    again = build_profile(FRAMEWORK, frame, replace(evidence, answers=shuffled), rank_draws=False)
    assert first.digest != again.digest
    assert shown(released(again, (released(first),))) == shown(released(first))


def test_group_that_a_version_hid_stays_hidden_when_the_frame_is_corrected() -> None:
    """Eleven answered from a frame of nine; a corrected frame counts twelve, but the first version is out."""
    cells = [replace(COUNCIL[0], answered=11, headcount=9), *COUNCIL[1:]]
    first = profile_of(FRAMEWORK, wave_of(FRAMEWORK, [*cells, Cell("leaders", "Early help", 1, 0)]))
    second = with_headcount(cells, "leaders", 12)
    fresh, again = released(second), released(second, (released(first),))
    hidden_first = {group for group, is_shown in shown(released(first)).items() if not is_shown}
    for group in hidden_first & set(shown(again)):
        assert not shown(again)[group]
    assert sum(shown(again).values()) <= sum(shown(fresh).values())


def test_items_that_a_version_hid_stay_hidden() -> None:
    profile = profile_of(FRAMEWORK, wave_of(FRAMEWORK, COUNCIL))
    first = released(profile)
    heading = first.published.headings[0]
    code = next(item.code for item in heading.items if not item.suppressed)
    items = tuple(
        replace(item, shares=None, score=None, dont_know=None, n_band=None, suppressed=True)
        if item.code == code
        else item
        for item in heading.items
    )
    doctored = replace(
        first.published, headings=(replace(heading, items=items), *first.published.headings[1:])
    )
    second = with_headcount(COUNCIL, "registered", 61)
    again = publish(second, (replace(first, published=doctored),))
    assert next(i for h in again.headings for i in h.items if i.code == code).suppressed


def test_versions_of_other_waves_and_councils_do_not_count() -> None:
    first = profile_of(FRAMEWORK, wave_of(FRAMEWORK, COUNCIL))
    more = [replace(COUNCIL[1], answered=22), *COUNCIL[:1], *COUNCIL[2:]]
    elsewhere = profile_of(FRAMEWORK, wave_of(FRAMEWORK, more, authority_code="X00000009"))
    later = profile_of(FRAMEWORK, wave_of(FRAMEWORK, more, wave=2))
    for profile in (elsewhere, later):
        assert publish(profile, (released(first),)) == publish(profile)


def test_the_same_profile_again_is_no_new_version() -> None:
    profile = profile_of(FRAMEWORK, wave_of(FRAMEWORK, COUNCIL))
    assert publish(profile, (released(profile),)) == publish(profile)


def test_nobody_answered() -> None:
    assert protect(profile_of(FRAMEWORK, wave_of(FRAMEWORK, [Cell("leaders", "Early help", 9, 0)]))) is None


# ------------------------------------------------------------------------- the cells that all of it rests on


def test_cells_hold_what_each_role_answered_in_each_area() -> None:
    cells = [
        Cell("leaders", "Assessment", 13, 4, (0.25, 1.0)),
        Cell("registered", "Assessment", 60, 3, (0.5,)),
        Cell(None, "Assessment", 0, 2, (0.75,)),
        Cell("registered", None, 0, 1, (1.0,)),
    ]
    profile = profile_of(FRAMEWORK, wave_of(FRAMEWORK, cells, needs={"works"}))
    survey = profile.survey
    assert survey is not None
    crossing = survey.crossing
    at = list(zip(crossing.role_groups, crossing.service_areas, strict=True))
    assert set(at) == {(cell.role, cell.area) for cell in cells}
    item = next(i for i, q in enumerate(FRAMEWORK.questions) if not q.shown_to and not q.reversed)
    turned = next(i for i, q in enumerate(FRAMEWORK.questions) if not q.shown_to and q.reversed)
    leaders = at.index(("leaders", "Assessment"))
    for place in (item, turned):
        assert crossing.options[place][leaders].tolist() == [0, 2, 0, 0, 2]
    assert crossing.mean[leaders, 0] == pytest.approx(62.5)
    assert [int(crossing.people[at.index(k)]) for k in at] == [13, 60, 0, 0]
    assert [int(crossing.answered[at.index(k)]) for k in at] == [4, 3, 2, 1]
    works = next(i for i, choice in enumerate(FRAMEWORK.needs.choices) if choice.id == "works")
    assert crossing.ticked[:, works].tolist() == crossing.ticking.tolist() == crossing.answered.tolist()
    weights = survey.weighting.weights
    assert crossing.weight @ crossing.answered == pytest.approx(weights.sum())


def test_side_knowledge_says_who_and_how_many_but_not_what() -> None:
    cells = [
        Cell("leaders", "Assessment", 13, 4, (0.25, 1.0)),
        Cell("registered", "Assessment", 60, 30, (0.5,)),
    ]
    one = released(profile_of(FRAMEWORK, wave_of(FRAMEWORK, cells))).knowledge
    other_answers = [replace(cell, levels=(0.0, 0.75)) for cell in cells]
    other = released(profile_of(FRAMEWORK, wave_of(FRAMEWORK, other_answers))).knowledge
    assert one.answers != other.answers
    nameless = {"answers": "", "digest": "", "inputs": ""}
    assert replace(one, **nameless) == replace(other, **nameless)  # type: ignore[arg-type] # names fields


def test_frame_of_two_cells_that_name_the_same_people_adds_up() -> None:
    frame, evidence = wave_of(FRAMEWORK, COUNCIL)
    halves = Frame((*frame.cells, FrameCell("leaders", "Assessment", 5)))
    profile = build_profile(FRAMEWORK, halves, evidence, rank_draws=False)
    assert profile.survey is not None
    at = list(zip(profile.survey.crossing.role_groups, profile.survey.crossing.service_areas, strict=True))
    assert profile.survey.crossing.people[at.index(("leaders", "Assessment"))] == 18
