"""Unions of small cells, and what the note on weighting tells: further rows and aims of the same attack."""

from dataclasses import replace
from itertools import combinations

import pytest

from diagnostics.audit_means import attack_means, printed_total
from diagnostics.audit_note import moved
from diagnostics.audit_reading import readings_of
from diagnostics.audit_targets import unions
from diagnostics.releases import Release
from tests.diagnostics.audit_material import Cell, release, with_heading, with_page


def told(given: Release) -> list[str]:
    readings = readings_of([given])
    total = printed_total(readings[0], "culture")
    return [weakness.found for weakness in attack_means(readings, "culture", [total], 10.0).weaknesses]


def test_all_unions_of_few_parts() -> None:
    sizes = (5, 2, 3, 9, 1)
    expected = {
        frozenset(chosen)
        for size in range(2, 6)
        for chosen in combinations(range(5), size)
        if sum(sizes[part] for part in chosen) < 10
    }
    found = [frozenset(chosen) for chosen in unions(sizes, 10)]
    assert set(found) == expected and len(found) == len(expected) == 9


def test_pairs_and_the_smallest_of_many_parts() -> None:
    sizes = (4, 1, 1, 2, 1, 3, 2, 5, 1)
    found = [frozenset(chosen) for chosen in unions(sizes, 10)]
    assert len(found) == len(set(found)) == 36 + 4
    assert {frozenset((1, 2, 4)), frozenset((1, 2, 4, 8)), frozenset((1, 2, 3, 4, 8))} <= set(found)
    assert max(sum(sizes[part] for part in chosen) for chosen in found) == 9


@pytest.mark.parametrize("sizes", [(), (4,), (9, 9), (12,)])
def test_no_union_of_too_few_or_too_many(sizes: tuple[int, ...]) -> None:
    assert not list(unions(sizes, 10))


CELLS = [
    Cell("registered", "A", 6, 4),
    Cell("registered", "B", 6, 4),
    Cell("registered", "C", 30, 20),
    Cell("support", "A", 30, 18),
    Cell("support", "B", 30, 18),
]


def test_a_role_less_the_area_that_it_fills_leaves_a_few() -> None:
    # The 28 registered, 28·52.5 to 28·53.5, less the 20 of C, 20·49.5 to 20·50.5, leave 8 with 57.5 to 63.5.
    found = told(release(CELLS, roles={"registered": 53}, areas={"C": 50}))
    name = "Registered in A and Registered in B together"
    assert f"The score of {name} (hidden) must lie between 57.5 and 63.5." in found


def test_without_the_area_the_few_are_not_told() -> None:
    assert not told(release(CELLS, roles={"registered": 53}))


HEAVY = [Cell("registered", "North", 60, 20, 0.5), Cell("support", "North", 60, 9, 3.0)]


def test_what_the_total_and_the_note_tell_together_is_accepted() -> None:
    # Weighted, support are 27/37, unweighted 9/29: the two differ by 0.4194·(support − registered), so
    # three points put the two means 7.15 apart; with the total of 49.5 to 50.5 support span 4.9 points.
    assert not told(release(HEAVY, survey=50, weighting_gap=3.0))


def test_that_weighting_moved_little_is_a_row_of_its_own() -> None:
    """Beside a shown group the note tells more than it does beside the total alone."""
    cells = [*HEAVY, Cell("leaders", "South", 60, 30, 0.3)]
    roles: dict[str, int | None] = {"leaders": 50}
    support = "The score of Support (hidden) must lie between 45.6 and 54.4."
    assert support in told(release(cells, roles=roles, survey=50, weighting_gap=3.0))
    assert support not in told(release(cells, roles=roles, survey=50, weighting_gap=40.0))


NOTE = "Weighting the answers to match the workforce moved the score by more than {:g} points under {}."


WITH_LEADERS = [
    Cell("leaders", "South", 60, 30, 0.3),
    Cell("registered", "South", 60, 20, 0.5),
    Cell("support", "South", 60, 9, 3.0),
]


def beside_leaders(survey: int, gap: float, named: str) -> list[str]:
    """Leaders are shown at 50, and the note names a heading that weighting moved by more than so much."""
    given = release(WITH_LEADERS, survey=survey, roles={"leaders": 50}, weighting_gap=gap)
    response = replace(given.published.response, weighting_note=NOTE.format(gap, named))
    return told(with_page(given, response=response))


def test_that_weighting_moved_much_is_told_too() -> None:
    """At 84 in all and leaders at 50, 27 s + 10 r is 3,414 ± 27.5, which leaves support 88.5 to 100.

    That the weighted mean is 14 above the plain one, 0.4344 s − 0.1216 r − 0.3128 l, puts them above 92.
    """
    support = "The score of Support (hidden) must lie between 92.8 and 100."
    assert support in beside_leaders(84, 14, "culture")
    assert not beside_leaders(84, 30, "skills")


def test_that_weighting_moved_much_one_way_or_the_other_is_little() -> None:
    """In the middle of the scale support may lie far above the rest, or as far below them."""
    assert not beside_leaders(55, 3, "culture")


def noted(name: str, gap: float, under: str) -> tuple[tuple[float, float], ...]:
    given = with_heading(release(HEAVY, survey=50, weighting_gap=3.0), name=name)
    response = replace(given.published.response, weighting_note=NOTE.format(gap, under))
    (reading,) = readings_of([with_page(given, response=response)])
    return moved(reading, "culture")


def test_a_heading_that_the_note_names_has_moved_one_way_or_the_other() -> None:
    either = ((-100, -3), (3, 100))
    assert noted("Culture", 3, "skills and culture") == either
    assert noted("Management systems and processes", 3, "management systems and processes") == either


def test_a_heading_that_the_note_does_not_name_has_not() -> None:
    assert noted("Culture", 2.5, "direct practice and skills") == ((-2.5, 2.5),)


def test_a_name_that_is_part_of_another_is_not_named_by_it() -> None:
    given = with_heading(release(HEAVY, survey=50, weighting_gap=3.0), name="Practice")
    other = replace(given.published.headings[0], id="direct", name="Direct practice")
    response = replace(given.published.response, weighting_note=NOTE.format(3, "direct practice"))
    page = with_page(given, response=response, headings=(*given.published.headings, other))
    (reading,) = readings_of([page])
    assert moved(reading, "culture") == ((-3, 3),)
    assert moved(reading, "direct") == ((-100, -3), (3, 100))


def test_without_a_survey_score_there_is_no_note() -> None:
    (reading,) = readings_of([release(HEAVY, weighting_gap=3.0)])
    assert moved(reading, "culture") == ()
