"""Closed forms: one person told by a mean, by the survey's interval, or by agreement."""

import numpy as np
import pytest

from diagnostics.audit_reading import readings_of
from diagnostics.audit_spread import agreement, interval, persons
from diagnostics.published import PublishedReliability
from diagnostics.releases import Release
from diagnostics.stratification import stratified_means
from tests.diagnostics.audit_material import Cell, release, with_page

TABLE = ((5, 25, 45, 25, 5), 50)


def found(check: object, given: Release, total: tuple[float, float] | None = None) -> list[str]:
    (reading,) = readings_of([given])
    heading = reading.published.headings[0]
    arguments = (reading, heading) if check is agreement else (reading, heading, total)
    return [weakness.found for weakness in check(*arguments)]  # type: ignore[operator] # one of the checks


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
    # The half-width is at most 0.5, t for 9 degrees of freedom 2.2622, so SE is at most 0.2210. One of six
    # who differs by D gives 6/11·√(1 − 6/300)·√(1/6·5/6·6/5·1/6)·D = 0.0900·D, one of five as much.
    told = found(interval, release(CELLS, survey=50, ends=(50, 50)), (49.5, 50.5))
    assert "cannot differ from their own role group by more than 2.5 points" in told[0]


def test_many_answers_hide_one_who_differs() -> None:
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
    # One of the heaviest stratum differs by so much: the interval that the method computes is as narrow.
    values = np.full((20, 1), 50.0)
    values[0] += furthest
    index = np.array([0] * 12 + [1] * 8)
    half = []
    for first in (0, 12):
        column = np.full((20, 1), 50.0)
        column[first] += furthest
        estimate = stratified_means(column, index, [300, 90], [weight] * 12 + [1.0] * 8)
        half.append(float(estimate.high[0] - estimate.mean[0]))
    assert max(half) == pytest.approx(0.5, abs=0.02)


def with_agreement(answered: int, items: int, **parts: float) -> Release:
    row = PublishedReliability(None, None, None, None, None, None, None, "No rating was done twice.")
    given = release(
        [Cell("registered", "North", 90, answered)],
        survey=50,
        items={f"CUL{i}": TABLE for i in range(items)},
    )
    from dataclasses import replace

    return with_page(given, reliability={"culture": replace(row, **parts)})  # type: ignore[arg-type] # coefficients


@pytest.mark.parametrize(
    ("answered", "items", "value", "is_found"),
    [
        # (1 − r + 0.005)·2·(n − 1)·J must be 4 or more.
        (30, 1, 0.95, True),  # 0.055·58 = 3.19
        (30, 1, 0.93, False),  # 0.075·58 = 4.35
        (30, 2, 0.95, False),  # 6.38
        (40, 1, 0.95, False),  # 4.29
        (200, 1, 0.99, False),  # 5.97
        (100, 1, 1.0, True),  # 0.99
    ],
)
def test_agreement_leaves_room_for_one_who_differs(
    answered: int, items: int, value: float, is_found: bool
) -> None:
    assert bool(found(agreement, with_agreement(answered, items, r_star_wg=value))) is is_found


def test_agreement_on_several_items_tells_their_spread_too() -> None:
    # J = 4, r = 0.99: v is at most 4·0.015/(0.985 + 4·0.015) = 0.0574, and 0.0574·2·29·4 = 13.3.
    assert not found(agreement, with_agreement(30, 4, r_wg_j=0.99))
    # J = 1: r_wg(j) is 1 − v, as r*wg.
    assert found(agreement, with_agreement(30, 1, r_wg_j=0.95))


def test_without_agreement_there_is_nothing_to_attack() -> None:
    assert not found(agreement, with_agreement(30, 1))
    assert not found(agreement, release(CELLS, survey=50))
