"""What counts give away: bases that can be subtracted, response rates, and versions of one wave."""

from dataclasses import replace

import pytest

from diagnostics.audit_counts import bases, rates, versions
from diagnostics.audit_reading import readings_of
from diagnostics.published import GroupResponse
from diagnostics.releases import Release
from tests.diagnostics.audit_material import Cell, band, release, with_page


def found(check: object, *given: Release) -> list[str]:
    (reading,) = readings_of(given)
    return [str(weakness) for weakness in check(reading)]  # type: ignore[operator] # a check of one reading


@pytest.mark.parametrize(("answered", "is_found"), [(9, True), (10, False), (11, False)])
def test_hidden_groups_hold_ten_answers_together(answered: int, is_found: bool) -> None:
    cells = [
        Cell("registered", "N", 60, 40),
        Cell("support", "N", 30, 4),
        Cell("leaders", "N", 30, answered - 4),
    ]
    told = found(bases, release(cells, survey=60, roles={"registered": 60}))
    assert bool(told) is is_found
    if told:
        assert "hold 9 answers together" in told[0] and "Wave 1, Culture, by role group" in told[0]


def test_those_who_did_not_say_count_with_the_hidden_groups() -> None:
    cells = [Cell("registered", "North", 60, 40), Cell("support", "North", 30, 4), Cell(None, "North", 0, 3)]
    told = found(bases, release(cells, survey=60, roles={"registered": 60}))
    assert any("hold 7 answers together" in weakness for weakness in told)
    cells[-1] = Cell(None, "North", 0, 6)
    assert not found(bases, release(cells, survey=60, roles={"registered": 60}))


def test_a_hidden_group_without_answers_is_no_base() -> None:
    cells = [Cell("registered", "North", 60, 40), Cell("support", "North", 30, 0)]
    assert not found(bases, release(cells, survey=60, roles={"registered": 60}))


def test_where_nothing_is_shown_nothing_can_be_subtracted() -> None:
    assert not found(bases, release([Cell("registered", "North", 60, 4)]))


def with_rates(given: Release, shown: dict[str, tuple[int, int]]) -> Release:
    """Print response rates by role group: the rate and the answers of each."""
    rows = tuple(
        GroupResponse(row.id, row.name, shown[row.id][0], band(shown[row.id][1]), False)
        if row.id in shown
        else row
        for row in given.published.response.by_role_group
    )
    return with_page(given, response=replace(given.published.response, by_role_group=rows))


def test_a_hidden_base_of_the_response_table_is_found() -> None:
    cells = [Cell("registered", "North", 60, 40), Cell("support", "North", 30, 6)]
    told = found(bases, with_rates(release(cells), {"registered": (65, 40)}))
    assert any("Wave 1, response, by role group" in weakness for weakness in told)


def test_a_hidden_rate_that_the_others_tell_is_found() -> None:
    cells = [Cell("registered", "North", 20, 12), Cell("leaders", "North", 60, 4)]
    # 16 in all, less the 11.5 or more that 57.5 % of 20 are, leave at most 4 of the 60 leaders.
    told = found(rates, with_rates(release(cells), {"registered": (60, 12)}))
    assert len(told) == 1
    assert "The response rate of Leaders (hidden) must lie between 0 % and 6.7 %." in told[0]


def test_all_of_a_hidden_group_may_have_kept_their_group_to_themselves() -> None:
    cells = [Cell("registered", "North", 20, 12), Cell("leaders", "North", 20, 20)]
    assert not found(rates, with_rates(release(cells), {"registered": (60, 12)}))


def test_what_the_total_tells_of_a_rate_is_accepted() -> None:
    cells = [
        Cell("registered", "North", 20, 20),
        Cell("support", "North", 40, 40),
        Cell("leaders", "N", 20, 20),
    ]
    assert not found(rates, with_rates(release(cells), {"registered": (95, 20)}))


def test_wide_rates_protect() -> None:
    cells = [
        Cell("registered", "North", 200, 100),
        Cell("support", "North", 20, 10),
        Cell("leaders", "N", 15, 7),
    ]
    assert not found(rates, with_rates(release(cells), {"registered": (50, 100)}))


def pair(before: int, after: int, same: bool = False) -> list[str]:
    given = [
        release([Cell("registered", "North", 90, n)], answers="same" if same else str(place))
        for place, n in enumerate((before, after))
    ]
    return [weakness.found for weakness in versions(readings_of(given))]


@pytest.mark.parametrize(("more", "is_found"), [(1, True), (9, True), (10, False), (11, False)])
def test_versions_differ_by_ten_people(more: int, is_found: bool) -> None:
    assert bool(pair(40, 40 + more)) is is_found
    assert bool(pair(40 + more, 40)) is is_found


def test_a_corrected_answer_is_found() -> None:
    assert "differ although as many answered" in pair(40, 40)[0]


def test_the_same_answers_may_be_published_again() -> None:
    assert not pair(40, 40, same=True)


def test_people_who_came_and_went_are_counted_both() -> None:
    before = release([Cell("registered", "N", 90, 40), Cell("support", "N", 90, 44)], answers="a")
    after = release([Cell("registered", "N", 90, 44), Cell("support", "N", 90, 40)], answers="b")
    assert "fewer than 10 people" in next(versions(readings_of([before, after]))).found
