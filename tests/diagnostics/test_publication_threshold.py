"""One below, at and one above each threshold: scores, their bases, response rates and questions."""

import pytest

from diagnostics.disclosure import publish
from diagnostics.published import PublishedProfile
from tests.diagnostics.planted_wave import Cell, profile_of, wave_of
from tests.diagnostics.small_framework import published

MIXED = (0.25, 0.5, 0.75)


def of(*cells: Cell, threshold: int = 10) -> PublishedProfile:
    return publish(profile_of(published(), wave_of(published(), cells, threshold=threshold)))


@pytest.mark.parametrize("threshold", [10, 15])
@pytest.mark.parametrize("more", [-1, 0, 1])
def test_a_group_of_so_many_answers(threshold: int, more: int) -> None:
    """Support answer just enough, or too few, in an area of their own; all other groups are large."""
    few = threshold + more
    found = of(
        Cell("registered", "Assessment", 80, 40, MIXED),
        Cell("other_practitioners", "Early help", 80, 40, MIXED),
        Cell("support", "Youth justice", 2 * threshold, few, MIXED),
        threshold=threshold,
    )
    hidden = few < threshold
    response = (*found.response.by_role_group, *found.response.by_service_area)
    scores = [row for h in found.headings for row in (*h.groups.role_group, *h.groups.service_area)]
    rates = [row for row in response if row.id in ("support", "Youth justice")]
    means = [row for row in scores if row.id in ("support", "Youth justice")]
    assert (len(rates), len(means)) == (2, 2 * len(found.headings))
    assert {(row.suppressed, row.rate is None, row.n_band is None) for row in rates} == {(hidden,) * 3}
    assert {(row.suppressed, row.score is None, row.n_band is None) for row in means} == {(hidden,) * 3}
    # Alone they would be what is left of the total, so that another goes with them.
    assert len({row.id for row in scores if row.suppressed}) == (4 if hidden else 0)


@pytest.mark.parametrize("answered", [29, 30, 31])
def test_a_question_of_so_many_answers(answered: int) -> None:
    found = of(Cell("registered", "Assessment", 80, answered, (0.0, 0.25, 0.5, 0.75, 1.0)))
    asked = {question.code for question in published().questions if not question.shown_to}
    items = [item for heading in found.headings for item in heading.items if item.code in asked]
    assert {item.suppressed for item in items} == {answered < 30}
    assert {(item.shares is None, item.score is None, item.n_band is None) for item in items} == {
        (answered < 30,) * 3
    }


@pytest.mark.parametrize("answered", [9, 10, 11])
def test_a_survey_of_so_many_answers(answered: int) -> None:
    found = of(Cell("registered", "Assessment", 40, answered, MIXED))
    none = answered < 10
    assert (found.response.answered is None, found.response.rate is None) == (none, none)
    assert {heading.sources.survey is None for heading in found.headings} == {none}
    assert (found.weighting is None, found.comments_received) == (none, None)
