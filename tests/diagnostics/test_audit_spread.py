"""Closed forms: one person told by a mean, or a few by the survey's interval."""

import numpy as np
import pytest

from diagnostics.audit_reading import readings_of
from diagnostics.audit_spread import interval, persons
from diagnostics.releases import Release
from diagnostics.stratification import stratified_means
from tests.diagnostics.audit_material import Cell, release


def found(check: object, given: Release, total: tuple[float, float] | None = None) -> list[str]:
    (reading,) = readings_of([given])
    heading = reading.published.headings[0]
    return [weakness.found for weakness in check(reading, heading, total)]  # type: ignore[operator] # one of the checks


def test_a_mean_at_the_very_end_tells_everybody() -> None:
    given = release([Cell("registered", "North", 60, 10)], survey=60, roles={"registered": 100})
    # Ten people at 99.5 or more: each of them has 95 or more.
    assert found(persons, given) == ["The mean of one person among Registered must lie between 95 and 100."]


def test_open_ends_leave_one_person_room() -> None:
    cells = [Cell("registered", "North", 60, 10)]
    assert not found(persons, release(cells, survey=95, roles={"registered": 95}), (94.5, 100.0))
    assert found(persons, release(cells, survey=95), (99.2, 100.0))


def test_the_heaviest_person_is_told_first() -> None:
    cells = [Cell("registered", "North", 60, 19, 0.5), Cell("leaders", "North", 3, 1, 3.0)]
    # A total of 12.5: the others can make up for 9.5 of 12.5, so the heavy one is told within 8.4 points.
    assert found(persons, release(cells, survey=98), (98.0, 100.0))
    assert not found(persons, release(cells, survey=97), (97.0, 100.0))


CELLS = [Cell("registered", "North", 300, 6), Cell("support", "North", 250, 5)]


@pytest.mark.parametrize(("ends", "is_found"), [((50, 50), True), ((49, 51), False), ((40, 60), False)])
def test_an_interval_tells_that_all_agree(ends: tuple[int, int], is_found: bool) -> None:
    assert bool(found(interval, release(CELLS, survey=50, ends=ends), (49.5, 50.5))) is is_found


def test_an_interval_without_width_is_worked_out_by_hand() -> None:
    # The half-width is at most 0.5, t for 9 degrees of freedom 2.2622, so SE is at most 0.2210. Half of six
    # who differ by D give 6/11·√(1 − 6/300)·√(½·½·6/5·1/6)·D = 0.1207·D, half of five 0.1125·D.
    told = found(interval, release(CELLS, survey=50, ends=(50, 50)), (49.5, 50.5))
    assert "9 people cannot differ from the rest of their own role group by more than 1.8 points" in told[0]


def test_nine_are_told_where_one_is_not() -> None:
    # Half-width 0.5, t for 48 degrees of freedom 2.0106: SE up to 0.2487. Nine of thirty give
    # 30/50·√(½·0.3·0.7·30/29·1/30)·D = 0.0361·D and 6.9 points; nine of twenty, 0.45 of them, 0.0323·D.
    cells = [Cell("registered", "North", 60, 30), Cell("support", "North", 40, 20)]
    assert not found(interval, release(cells, survey=50, ends=(50, 50)), (49.5, 50.5))
    # Of 3,000 who stand behind them nearly nobody is heard: 0.0508·D, and 4.9 points; one alone had 8.
    few = [Cell("registered", "North", 3000, 30), Cell("support", "North", 40, 20)]
    told = found(interval, release(few, survey=50, ends=(50, 50)), (49.5, 50.5))
    assert len(told) == 1 and "9 people" in told[0] and told[0].endswith("by more than 4.9 points.")


def test_many_answers_hide_nine_who_differ() -> None:
    cells = [Cell("registered", "North", 60, 30), Cell("support", "North", 40, 20)]
    assert not found(interval, release(cells, survey=50, ends=(50, 50)), (49.5, 50.5))


def test_an_interval_cut_at_one_end_is_read_at_the_other() -> None:
    # From 93.5 at least to 94.5 at most is half of it, a point; from 92.5 it is two.
    assert found(interval, release(CELLS, survey=94, ends=(94, 95)), (93.5, 94.5))
    assert not found(interval, release(CELLS, survey=94, ends=(93, 95)), (93.5, 94.5))


def test_everybody_answered_and_the_interval_says_nothing() -> None:
    cells = [Cell("registered", "North", 30, 30), Cell("support", "North", 20, 20)]
    assert not found(interval, release(cells, survey=50, ends=(50, 50)), (49.5, 50.5))


def test_an_interval_cut_at_both_ends_says_nothing() -> None:
    cells = [Cell("registered", "North", 60, 5), Cell("support", "North", 40, 6)]
    assert not found(interval, release(cells, survey=50, ends=(5, 95)), (49.5, 50.5))


@pytest.mark.parametrize("weight", [1.0, 2.0])
def test_the_furthest_is_what_the_method_would_compute(weight: float) -> None:
    cells = [Cell("registered", "North", 300, 12, weight), Cell("support", "North", 90, 8)]
    given = release(cells, survey=50, ends=(50, 50))
    words = found(interval, given, (49.5, 50.5))
    assert words
    furthest = float(words[0].rsplit(" ", 2)[1])
    # Half of a stratum differ by so much: the interval that the method computes is as narrow.
    index = np.array([0] * 12 + [1] * 8)
    half = []
    for half_of_stratum in (slice(0, 6), slice(12, 16)):
        column = np.full((20, 1), 50.0)
        column[half_of_stratum] += furthest
        estimate = stratified_means(column, index, [300, 90], [weight] * 12 + [1.0] * 8)
        half.append(float(estimate.high[0] - estimate.mean[0]))
    assert max(half) == pytest.approx(0.5, abs=0.02)
