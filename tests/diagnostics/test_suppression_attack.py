"""An attacker who shares no code with the suppressor cannot place the mean of a hidden group."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from diagnostics.suppression import hidden_groups
from tests.diagnostics.linear_attacker import points, spans_of_hidden, what_print_tells

LEAST_SPAN = 10


@dataclass(frozen=True)
class Group:
    answers: int
    mean: float
    weight: float = 1.0
    """Of one person."""
    says: bool = True
    """Whether its people said which group they belong to."""

    @property
    def total_weight(self) -> float:
        return self.answers * self.weight


def spans(groups: Sequence[Group], hidden: frozenset[int], total: tuple[float, float]) -> dict[int, float]:
    """How far each hidden group's mean can still lie apart."""
    present = [g for g, group in enumerate(groups) if group.answers]
    weights = [groups[g].total_weight for g in present]
    known = [None if g in hidden else what_print_tells(points(groups[g].mean)) for g in present]
    return {present[place]: span for place, span in spans_of_hidden(weights, known, total).items()}


def total_of(groups: Sequence[Group]) -> float:
    weights = [g.total_weight for g in groups]
    return sum(w * g.mean for w, g in zip(weights, groups, strict=True)) / sum(weights)


def hide(groups: Sequence[Group], threshold: int = 10) -> frozenset[int]:
    return hidden_groups(
        [g.answers for g in groups],
        [g.answers + 20 if g.says else None for g in groups],
        threshold,
        weight=[g.total_weight for g in groups],
        mean=[g.mean if g.answers else float("nan") for g in groups],
    )


def shown(groups: Sequence[Group], concealed: frozenset[int]) -> list[Group]:
    return [group for g, group in enumerate(groups) if g not in concealed and group.answers]


group = st.builds(
    Group,
    answers=st.one_of(st.integers(0, 15), st.integers(5, 400)),
    mean=st.one_of(st.floats(0, 100), st.sampled_from([0.0, 3.0, 50.0, 97.0, 100.0])),
    weight=st.floats(0.3, 3),
    says=st.sampled_from([True, True, True, True, False]),
)
breakdown = st.lists(group, min_size=1, max_size=7).filter(lambda groups: any(g.answers for g in groups))


@given(breakdown, st.integers(10, 15))
@example([Group(40, 50), Group(31, 50), Group(21, 50), Group(8, 97)], 10)
@example([Group(400, 50), Group(400, 50), Group(9, 3)], 10)
@example([Group(50, 50), Group(10, 20, says=False)], 10)
def test_printed_means_do_not_place_a_hidden_group(groups: list[Group], threshold: int) -> None:
    concealed = hide(groups, threshold)
    if not shown(groups, concealed):
        return  # nothing of this breakdown is published, and no more can be hidden
    found = spans(groups, concealed, what_print_tells(points(total_of(groups))))
    assert all(span >= LEAST_SPAN - 0.01 for span in found.values()), (concealed, found)


@given(breakdown)
@example([Group(50, 50), Group(10, 20, says=False)])
@example([Group(100, 50), Group(260, 50), Group(40, 50, says=False)])
def test_total_to_its_last_digit_does_not_place_a_hidden_group(groups: list[Group]) -> None:
    """Its interval, the tipping point and the differences between sources tell it again, more finely."""
    concealed, total = hide(groups), total_of(groups)
    if not shown(groups, concealed) or not 5.5 <= total < 94.5:
        return
    found = spans(groups, concealed, (total, total))
    assert all(span >= LEAST_SPAN - 0.01 for span in found.values()), (concealed, found)


@pytest.mark.parametrize("small", [0.0, 100.0])
def test_hidden_group_at_the_end_of_the_scale(small: float) -> None:
    """Two hidden groups may give each other away when both sit at an end; then a third must join them."""
    groups = [Group(100, 50), Group(60, 50), Group(12, small), Group(9, small)]
    concealed = hide(groups)
    assert {2, 3} < concealed
    assert min(spans(groups, concealed, what_print_tells(points(total_of(groups)))).values()) >= LEAST_SPAN


def test_large_group_cannot_be_hidden_behind_a_small_one() -> None:
    groups = [Group(300, 60), Group(200, 50), Group(3, 50)]
    concealed = hide(groups)
    assert concealed == {0, 1, 2}


def test_means_hide_at_least_what_counts_hide() -> None:
    groups = [Group(40, 70), Group(31, 40), Group(21, 60), Group(8, 20)]
    by_counts = hidden_groups([g.answers for g in groups], [50] * 4, 10)
    assert by_counts <= hide(groups)
