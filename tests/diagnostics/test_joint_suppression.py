"""What the tables hide must not come out of them, and no more is hidden than that takes."""

from dataclasses import replace
from itertools import chain, combinations
from types import SimpleNamespace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from diagnostics.joint_suppression import hide
from diagnostics.measure import BothHidden
from tests.diagnostics.organisations import K, Organisation, alone, by_role, leaks, span

NOTHING: BothHidden = (frozenset(), frozenset())


def hidden_in(organisation: Organisation) -> BothHidden:
    return hide(organisation.measure())


# Leaders 8, support 21: the 21 are exactly the people of the second area.
SUPPORT_IS_AN_AREA = Organisation(
    people=((8, 0), (0, 21), (31, 0), (40, 0)),
    means=((97, 50), (50, 62), (50, 50), (50, 50)),
)
# The tenth of North leaves her nine colleagues 94 to 100. But North goes with the eight of East, and then the
# 54 of one role, less the 45 of South, place the nine between 92.5 and 100.
TOLD_ONCE_ITS_AREA_IS_HIDDEN = Organisation(
    people=((9, 45, 0, 0, 0), (1, 0, 8, 60, 0), (0, 0, 0, 0, 100)),
    means=((97, 50, 50, 50, 50), (97, 50, 50, 50, 50), (50, 50, 50, 50, 50)),
)
# All groups are large, but 31 of one role less the 22 of an area leave nine people.
NINE_BY_SUBTRACTION = Organisation(
    people=((22, 9), (0, 60)),
    means=((60, 95), (50, 50)),
)


@pytest.mark.parametrize(
    "answers, expected",
    [
        ((40, 31, 21, 8), {2, 3}),
        ((60, 34, 6), {1, 2}),
        ((92, 4, 4), {0, 1, 2}),
        ((9, 30, 40), {0, 1}),
        ((10, 30, 40), set()),
        ((5, 5, 40, 50), {0, 1}),
        ((4, 5, 40, 50), {0, 1, 2}),
        ((0, 30, 40), {0}),
    ],
)
def test_who_goes_with_the_small_group(answers: tuple[int, ...], expected: set[int]) -> None:
    """The first three are worked examples: 40, 31, 21 and 8; 60, 34 and 6; 92, 4 and 4."""
    assert hidden_in(by_role(*answers)) == (frozenset(expected), frozenset())


@pytest.mark.parametrize("order", [(8, 21, 31, 40), (31, 8, 40, 21), (21, 40, 8, 31)])
def test_order_of_groups_does_not_matter(order: tuple[int, ...]) -> None:
    assert sorted(order[g] for g in hidden_in(by_role(*order))[0]) == [8, 21]


def test_all_but_one_are_never_shown() -> None:
    """An authority mean with all team means but one gives the last."""
    for small in range(1, 10):
        assert len(hidden_in(by_role(small, 12, 40, 50))[0]) > 1


def test_a_higher_threshold_hides_what_a_lower_one_calls_too_small() -> None:
    organisation = by_role(12, 17, 40, 60)
    assert hide(organisation.measure()) == NOTHING
    assert {0, 1} <= hide(organisation.measure(threshold=20))[0]


def test_the_group_that_the_comparison_does_not_need_goes_first() -> None:
    """Leaders and practitioners can still be set side by side when support goes with the small group."""
    organisation = by_role(8, 15, 40, 21)
    assert hide(organisation.measure(kept=(0, 1, 2)))[0] == {0, 3}
    assert hide(organisation.measure(kept=()))[0] == {0, 1}


@pytest.mark.parametrize("unsaid", [1, 5, 9])
def test_few_who_did_not_say_are_protected_by_whole_points(unsaid: int) -> None:
    """No row of theirs exists, and half a point of two hundred people drowns what nine of them said."""
    organisation = by_role(60, 70, 80, unsaid, means=(50, 60, 40, 100), unsaid=True)
    hidden = hidden_in(organisation)
    assert hidden == (frozenset({3}), frozenset())
    assert leaks(organisation, hidden) == []


def test_many_who_did_not_say_take_a_group_along() -> None:
    organisation = by_role(60, 70, 50, means=(50, 60, 40), unsaid=True)
    assert len(hidden_in(organisation)[0]) > 1


def test_those_who_did_not_say_are_company_for_a_small_group() -> None:
    organisation = by_role(6, 70, 80, 8, unsaid=True)
    assert hidden_in(organisation)[0] == {0, 3}


def test_an_area_that_is_a_hidden_role_is_hidden_too() -> None:
    found = hidden_in(SUPPORT_IS_AN_AREA)
    assert 0 in found[0]
    assert leaks(SUPPORT_IS_AN_AREA, (frozenset({0, 1}), frozenset()))
    assert leaks(SUPPORT_IS_AN_AREA, found) == []


def test_nine_people_between_two_large_groups_are_protected() -> None:
    """Nothing is too small to be shown, and yet one role less one area would tell of nine people."""
    assert leaks(NINE_BY_SUBTRACTION, NOTHING)
    found = hidden_in(NINE_BY_SUBTRACTION)
    assert found != NOTHING
    assert leaks(NINE_BY_SUBTRACTION, found) == []


def test_what_one_area_tells_counts_no_more_once_the_area_is_hidden() -> None:
    found = hidden_in(TOLD_ONCE_ITS_AREA_IS_HIDDEN)
    assert leaks(TOLD_ONCE_ITS_AREA_IS_HIDDEN, (frozenset(), frozenset({0, 2})))
    assert leaks(TOLD_ONCE_ITS_AREA_IS_HIDDEN, found) == []


def test_a_solver_without_an_answer_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is hidden, also where the note on weighting would be there in any case."""
    from scipy import optimize

    def gives_up(*given: object, **named: object) -> SimpleNamespace:
        return SimpleNamespace(x=None, fun=None, status=1)

    monkeypatch.setattr(optimize, "linprog", gives_up)
    measure = by_role(8, 21, 31, 40).measure()
    everything = frozenset(range(4))
    for moved in ((), ((-3.0, 3.0),)):
        assert hide(replace(measure, moved=moved))[0] == everything


# Leaders 30, registered 20 and support 9, who weigh 0.3, 0.5 and 3 each.
HEAVY = Organisation(((30,), (20,), (9,)), ((50,), (79.5,), (97,)), ((0.3,), (0.5,), (3.0,)))


def test_that_weighting_moved_the_score_by_much_is_known() -> None:
    """Support can lie anywhere from 89 by the leaders and the total, but not by 14 points above the rest."""
    measure = HEAVY.measure()
    assert hide(measure)[0] == {1, 2}
    assert hide(replace(measure, moved=((-100.0, -14.0), (14.0, 100.0))))[0] == {0, 1, 2}


def test_nothing_more_is_hidden_where_the_tables_do_not_help_each_other() -> None:
    organisation = Organisation(
        people=((4, 4), (20, 20), (30, 30), (50, 50)),
        means=((80, 80), (50, 50), (50, 50), (50, 50)),
    )
    assert hidden_in(organisation) == (frozenset({0, 1}), frozenset())


def test_nothing_is_hidden_where_every_group_is_large() -> None:
    organisation = Organisation(people=((20, 20), (20, 20)), means=((1, 99), (99, 1)))
    assert hidden_in(organisation) == NOTHING


def test_merged_role_is_attacked_though_it_is_no_row() -> None:
    """Six leaders who are reported with forty managers are also an area: then that area must go."""
    organisation = Organisation(people=((6, 0), (0, 40), (30, 30)), means=((90, 50), (50, 50), (50, 50)))
    measure = organisation.measure()
    together = replace(
        measure,
        group=(measure.group[0].clip(1) - 1, measure.group[1]),
        headcount=([60, 80], measure.headcount[1]),
        sensitive=(organisation.mask(0, 0).astype(bool),),
    )
    found = hide(together)
    assert leaks(organisation, (found[0] | {0, 1, 2}, found[1])) == []


@pytest.mark.parametrize("small", [0.0, 100.0])
def test_hidden_group_at_the_end_of_the_scale(small: float) -> None:
    """Two hidden groups may give each other away when both sit at an end; then a third must join them."""
    organisation = by_role(100, 60, 12, 9, means=(50, 50, small, small))
    found = hidden_in(organisation)
    assert 3 in found[0] and len(found[0]) > 1
    assert leaks(organisation, found) == []


def test_everybody_at_an_end_of_the_scale_hides_no_large_group() -> None:
    """The total says "95 or higher", and so does every group: nobody learns more of any of them."""
    assert hidden_in(by_role(30, 40, 50, means=(100, 100, 100))) == NOTHING


@st.composite
def organisations(draw: st.DrawFn) -> Organisation:
    roles, areas = draw(st.integers(1, 4)), draw(st.integers(1, 5))
    count = st.one_of(st.just(0), st.integers(0, 12), st.integers(0, 80))
    mean = st.one_of(st.floats(0, 100), st.sampled_from([0.0, 50.0, 97.0, 100.0]))
    people = tuple(tuple(draw(count) for _ in range(areas)) for _ in range(roles))
    means = tuple(tuple(draw(mean) for _ in range(areas)) for _ in range(roles))
    weights = None
    if draw(st.booleans()):
        weights = tuple(tuple(draw(st.floats(0.3, 3)) for _ in range(areas)) for _ in range(roles))
    return Organisation(people, means, weights, draw(st.booleans()))


@settings(max_examples=80, deadline=None)
@given(organisations().filter(lambda made: made.n.sum() >= K))
@example(SUPPORT_IS_AN_AREA)
@example(NINE_BY_SUBTRACTION)
@example(TOLD_ONCE_ITS_AREA_IS_HIDDEN)
@example(by_role(300, 200, 3))
@example(by_role(50, 10, means=(50, 20), unsaid=True))
@example(by_role(100, 260, 40, means=(50, 50, 50), unsaid=True))
def test_all_that_is_printed_does_not_place_anything_hidden(organisation: Organisation) -> None:
    hidden = hidden_in(organisation)
    for axis, g in organisation.groups():
        unsaid = organisation.unsaid and (axis, g) == (0, len(organisation.people) - 1)
        too_small = organisation.answers(axis, g) < K
        assert g in hidden[axis] or not (too_small or unsaid) or (unsaid and not organisation.answers(0, g))
    assert leaks(organisation, hidden) == []


@settings(max_examples=25, deadline=None)
@given(organisations().filter(lambda made: made.n.sum() >= K))
@example(NINE_BY_SUBTRACTION)
def test_no_group_is_hidden_for_others_without_need(organisation: Organisation) -> None:
    """Showing again any single one that is large enough would leave a leak, or a group without company."""
    hidden, measure = hidden_in(organisation), organisation.measure()
    first = measure.primary()
    for axis, g in chain(((0, g) for g in hidden[0] - first[0]), ((1, g) for g in hidden[1] - first[1])):
        fewer = (hidden[0] - {g}, hidden[1]) if axis == 0 else (hidden[0], hidden[1] - {g})
        rows = [h for h in fewer[axis] if measure.headcount[axis][h] is not None]
        lonely = sum(organisation.answers(axis, h) for h in rows) > 0 and (
            sum(organisation.answers(axis, h) for h in fewer[axis]) < K
        )
        assert lonely or leaks(organisation, fewer)


@pytest.mark.parametrize("size", [9, 10])
def test_an_organisation_in_one_cell(size: int) -> None:
    found = hidden_in(Organisation(people=((size,),), means=((50.0,),)))
    assert found == ((frozenset({0}), frozenset({0})) if size < K else NOTHING)


def test_attacker_of_these_tests_knows_three_hand_computed_spans() -> None:
    """Total 50 exactly; 90 shown at 50 ± 0.5 leave ten within ±4.5; nothing shown leaves all but the end."""
    organisation = by_role(90, 10, means=(50, 50))
    ten = organisation.mask(0, 1)
    assert span(organisation, (frozenset({1}), frozenset()), ten) == pytest.approx(9.0, abs=0.01)
    assert alone(organisation, ten) == pytest.approx(100.0, abs=0.01)
    ninety = organisation.mask(0, 0)
    assert alone(organisation, ninety) == pytest.approx(100 * 10 / 90, abs=0.01)


def test_fewest_groups_are_hidden_in_a_table_that_can_be_counted_out() -> None:
    """Against every way to hide groups of one breakdown."""
    organisation = by_role(8, 15, 21, 31, 40, means=(90, 50, 40, 60, 50))
    found = hidden_in(organisation)
    sizes = [
        len(way)
        for size in range(1, 6)
        for way in map(frozenset, combinations(range(5), size))
        if 0 in way
        and sum(organisation.answers(0, g) for g in way) >= K
        and not leaks(organisation, (way, frozenset()))
    ]
    assert len(found[0]) == min(sizes)
