"""Where staff nearly all agree, no coefficient tells how the few others answered."""

import numpy as np
import pytest

from diagnostics.disclosure import publish
from diagnostics.profile import build_profile
from diagnostics.published import PublishedProfile
from tests.benchmarks.workforce import FRAMEWORK, invented_wave
from tests.diagnostics.invented_variants import all_say, answering, in_areas
from tests.diagnostics.organisations import Organisation, leaks
from tests.diagnostics.planted_wave import Cell, profile_of, wave_of


def published(wave: object) -> PublishedProfile:
    return publish(build_profile(FRAMEWORK, *wave, rank_draws=False))  # type: ignore[misc] # a frame and its evidence


def all_alike_but_one() -> PublishedProfile:
    frame, evidence = all_say(invented_wave(60, 3), 5.0)
    assert evidence.answers is not None
    values = evidence.answers.values.copy()
    values[0] = np.where(np.isfinite(values[0]), 4.0, np.nan)
    return published(answering((frame, evidence), values=values))


def test_the_one_who_differs_leaves_no_trace_in_the_coefficients() -> None:
    """α is undefined when all are alike, and 0 when one is not: both say nothing here."""
    everybody, but_one = published(all_say(invented_wave(60, 3), 5.0)), all_alike_but_one()
    for heading in FRAMEWORK.headings:
        for found in (everybody, but_one):
            row = found.reliability[heading.id]
            assert (row.alpha, row.omega, row.icc1, row.icc2) == (None, None, None, None)
        assert everybody.reliability[heading.id] == but_one.reliability[heading.id]


def test_coefficients_stand_where_answers_differ() -> None:
    found = published(invented_wave(700, 2))
    for heading in FRAMEWORK.headings:
        row = found.reliability[heading.id]
        assert row.alpha is not None and row.icc1 is not None and row.r_star_wg is not None


def test_what_areas_share_is_left_out_where_one_is_hidden() -> None:
    """The shown areas taken from it would place the hidden one."""
    found = published(in_areas(invented_wave(300, 3), 20, 3))
    hidden = [any(g.suppressed for g in h.groups.service_area) for h in found.headings]
    assert any(hidden)
    for heading, some_hidden in zip(found.headings, hidden, strict=True):
        assert not some_hidden or found.reliability[heading.id].icc1 is None


def test_agreement_is_never_complete() -> None:
    found = published(all_say(invented_wave(90, 4), 4.0))
    for row in found.reliability.values():
        assert row.r_star_wg is None or row.r_star_wg <= 0.95
        assert row.r_wg_j is None or row.r_wg_j <= 0.95


def test_few_answers_give_no_agreement() -> None:
    found = published(invented_wave(29, 29))
    for row in found.reliability.values():
        assert (row.r_star_wg, row.r_wg_j, row.icc1, row.icc2) == (None, None, None, None)


def test_shares_of_tests_are_in_fives() -> None:
    """The exact share rests on answers to questions that may be hidden."""
    found = publish(build_profile(FRAMEWORK, *invented_wave(60, 3)))
    assert found.steps
    assert all(step.top_three_share % 5 == 0 for step in found.steps)


def test_eight_people_in_two_areas_of_one_role_are_attacked_together() -> None:
    """The role less its twenty in the third area, where nobody else works, are these eight."""
    organisation = Organisation(people=((4, 4, 20), (30, 30, 0)), means=((45, 52, 50), (60, 40, 50)))
    nothing: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset())
    assert [name for name, _ in leaks(organisation, nothing)] == ["cells (0, 1)"]
    cells = [
        Cell("leaders", "A", 6, 4, (0.25, 0.75)),
        Cell("leaders", "B", 6, 4, (0.25, 0.75)),
        Cell("leaders", "C", 30, 20, (0.5,)),
        Cell("registered", "A", 45, 30, (0.5, 0.75)),
        Cell("registered", "B", 45, 30, (0.25, 0.5)),
    ]
    groups = publish(profile_of(FRAMEWORK, wave_of(FRAMEWORK, cells))).headings[0].groups
    shown = {row.id for row in (*groups.role_group, *groups.service_area) if not row.suppressed}
    assert not {"leaders", "C"} <= shown


@pytest.mark.parametrize("named", [True, False])
def test_note_on_weighting_counts_as_known(named: bool) -> None:
    """Nine who weigh ten times as much as the others: that weighting moved nothing tells how they scored."""
    from dataclasses import replace

    from diagnostics.joint_suppression import hide

    organisation = Organisation(
        people=((29, 0), (0, 9), (20, 20)),
        means=((50, 50), (50, 52), (50, 50)),
        weights=((0.3, 1), (1, 3), (0.3, 0.3)),
    )
    measure = organisation.measure()
    hidden = hide(measure if named else replace(measure, moved=((-3.0, 3.0),)))
    assert 1 in hidden[0]
    if not named:
        assert sum(map(len, hidden)) >= sum(map(len, hide(measure)))
