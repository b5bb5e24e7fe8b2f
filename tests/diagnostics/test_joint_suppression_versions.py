"""What two versions of one wave tell together: the answers are the same, and the weights are not."""

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from diagnostics.errors import CannotReissue
from diagnostics.joint_suppression import hide
from diagnostics.measure import Version
from tests.diagnostics.linear_attacker import points, what_print_tells
from tests.diagnostics.organisations import K, Organisation, by_role
from tests.diagnostics.two_versions import Printed, leaks_of_two

Table = tuple[tuple[float, ...], ...]

FOUR = by_role(8, 21, 31, 40, means=(80, 50, 50, 50))


def told_of(organisation: Organisation, *roles: int) -> tuple[Version, ...]:
    """What a version that shows these roles has told."""
    shown = []
    for g in roles:
        mask = organisation.mask(0, g)
        shown.append((mask.astype(bool), what_print_tells(points(organisation.mean_of(mask)))))
    weight, total = organisation.weight.ravel(), organisation.total
    return (Version(weight, (total, total), tuple(shown)),)


def test_what_an_issued_version_shows_is_known() -> None:
    """Had it hidden another group with the eight, the eight would come out between the two versions."""
    issued = told_of(FOUR, 1, 2)
    first, second = frozenset({0, 1}), frozenset({0, 3})
    assert hide(FOUR.measure()) == (first, frozenset())
    assert hide(FOUR.measure(issued=issued)) == (second, frozenset())


def test_eight_that_two_versions_would_give_away_make_no_new_version() -> None:
    """With everything hidden the two totals are still there: only the version is left to hide."""
    with pytest.raises(CannotReissue, match="Keep the first version"):
        hide(FOUR.measure(issued=told_of(FOUR, 1, 2, 3)))


def reweighted(people: Table, means: Table, *weights: Table) -> tuple[Organisation, Organisation]:
    counts = tuple(tuple(int(n) for n in row) for row in people)
    first, second = (Organisation(counts, means, weight) for weight in weights)
    return first, second


# The first hides both areas; in the second nothing would be hidden, if it were the first.
HIDDEN_BEFORE = reweighted(
    ((4, 9, 20), (12, 1, 12)),
    ((50, 80, 60), (50, 0, 0)),
    ((2.0, 3.0, 1.0), (0.5, 1.0, 2.0)),
    ((2.0, 3.15, 1.05), (0.525, 0.95, 3.0)),
)
# As the first weighs them, eighteen people lie within 8.7 points; as the second does, within more than 10.
TOLD_OF_THE_FIRST = reweighted(
    ((1, 8, 9), (4, 40, 4), (9, 20, 12)),
    ((3, 50, 3), (50, 30, 3), (3, 30, 3)),
    ((1.0, 3.0, 0.5), (3.0, 1.0, 0.3), (2.0, 0.3, 1.0)),
    ((1.2, 2.85, 0.5), (3.0, 1.05, 0.45), (1.6, 0.285, 1.2)),
)


def both(first: Organisation, second: Organisation) -> tuple[Printed, Printed] | None:
    """Publish one after the other; None where the second is refused."""
    before = Printed(first, hide(first.measure()))
    try:
        return before, Printed(second, hide(second.measure(issued=(before.version(),))))
    except CannotReissue:
        return None


def test_what_a_version_hid_stays_hidden_though_it_need_not_be() -> None:
    """A headcount of nine hid a group, and another with it; the corrected one is large enough."""
    organisation = by_role(20, 21, 31, 40)
    before = Printed(organisation, (frozenset({0, 1}), frozenset()))
    assert hide(organisation.measure()) == (frozenset(), frozenset())
    assert hide(organisation.measure(issued=(before.version(),))) == before.hidden


def test_a_version_must_not_tell_of_what_the_first_hid_as_the_first_weighs_it() -> None:
    first, second = TOLD_OF_THE_FIRST
    before = Printed(first, hide(first.measure()))
    [(name, left)] = leaks_of_two(before, Printed(second, before.hidden))
    assert (name, round(left, 2)) == ("version 1, area 0", 8.73)
    printed = both(first, second)
    assert printed is None or leaks_of_two(*printed) == []


@st.composite
def versions(draw: st.DrawFn) -> tuple[Organisation, Organisation]:
    roles, areas = draw(st.integers(2, 3)), draw(st.integers(1, 3))
    shape = [range(areas)] * roles
    people = tuple(tuple(draw(st.sampled_from([0, 1, 4, 9, 12, 20, 40])) for _ in row) for row in shape)
    means = tuple(tuple(draw(st.sampled_from([0.0, 3.0, 50.0, 80.0, 97.0])) for _ in row) for row in shape)
    weights = tuple(tuple(draw(st.sampled_from([0.3, 1.0, 2.0, 3.0])) for _ in row) for row in shape)
    moved = tuple(
        tuple(weight * draw(st.sampled_from([0.8, 1.0, 1.05, 1.5])) for weight in row) for row in weights
    )
    return Organisation(people, means, weights), Organisation(people, means, moved)


@settings(max_examples=40, deadline=None)
@given(versions())
@example(HIDDEN_BEFORE)
@example(TOLD_OF_THE_FIRST)
def test_two_versions_together_do_not_place_anything_hidden(made: tuple[Organisation, Organisation]) -> None:
    assume(made[0].n.sum() >= K)
    printed = both(*made)
    assume(printed is not None)
    assert printed is not None
    assert leaks_of_two(*printed) == []
    before, after = printed
    for axis, (earlier, later) in enumerate(zip(before.hidden, after.hidden, strict=True)):
        assert {g for g in earlier if made[0].answers(axis, g)} <= later
