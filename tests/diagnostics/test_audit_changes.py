"""Intervals of changes: so narrow that nobody, or no nine together, can stand apart from the others."""

from dataclasses import replace

import pytest

from diagnostics.audit_changes import _within, changes
from diagnostics.audit_reading import readings_of
from diagnostics.published import PublishedChange
from diagnostics.releases import Release
from tests.diagnostics.audit_material import Cell, release, with_heading

CELLS = [Cell("registered", "North", 90, 30), Cell("support", "North", 60, 20)]
ALIKE = ((5, 5, 5, 5, 95), 95)


def found(later: Release, *earlier: Release) -> list[tuple[str, str]]:
    readings = readings_of([later, *earlier])
    return [(weakness.table, weakness.found) for weakness in changes(readings[0], readings[1:])]


def moved(half: int, detectable: int | None = None) -> PublishedChange:
    return PublishedChange(0, -half, half, False, half + 1 if detectable is None else detectable, None)


def with_change(half: int, *, cells: list[Cell] = CELLS, detectable: int | None = None) -> Release:
    return with_heading(release(cells, survey=50), change=moved(half, detectable))


def asked(half: int, answered: int = 40, items: int = 1) -> Release:
    cells = [Cell("registered", "North", 80, answered)]
    given = release(cells, survey=50, items={f"CUL{i}": ALIKE for i in range(items)}, wave=2)
    shown = given.published.headings[0].items
    return with_heading(given, items=tuple(replace(item, change=moved(half)) for item in shown))


def test_the_change_of_a_heading_is_worked_out_by_hand() -> None:
    # t for 48 degrees of freedom is 2.0106. Nine of thirty give 30/50·√(2/3·0.3·0.7·30/29·1/30)·D = 0.0417·D,
    # nine of twenty, 0.45 of them, 20/50·√(2/3·0.45·0.55·20/19·1/20)·D = 0.0373·D. At 0.5 D is 5.97; where
    # ten times as many people stand behind the answers it is 5.97·√(0.6667/0.9667) = 4.96.
    assert not found(with_change(0))
    few = [Cell("registered", "North", 900, 30), Cell("support", "North", 600, 20)]
    ((table, told),) = found(with_change(0, cells=few))
    assert table == "Wave 1, Culture, survey"
    assert told == (
        "The interval of its change, 0 to 0, is so narrow that 9 people cannot differ from all others by "
        "more than 5.0 points."
    )
    assert not found(with_change(1, cells=few))


def test_the_least_change_that_would_show_tells_the_interval_too() -> None:
    few = [Cell("registered", "North", 300, 12)]
    assert not found(with_change(6, cells=few))
    assert found(with_change(6, cells=few, detectable=0))


def test_what_counted_is_never_below_what_it_took() -> None:
    """Half an interval of 4.7 asks for 5.2, printed as 6; where 5.3 counted, both are printed as 5."""
    assert _within(PublishedChange(5, 1, 10, False, 6, None), 6) == 5.5
    assert _within(PublishedChange(5, 1, 10, True, 5, None), 5) == 5.0


def test_a_question_on_which_all_agree_is_worked_out_by_hand() -> None:
    # One of forty gives √(½·1/40·39/40·40/39·1/40)·D = 0.01768·D, t for 39 is 2.0227: at 0.5 D is 14.
    ((table, told),) = found(asked(0))
    assert table == "Wave 2, Culture, question CUL0"
    assert "somebody cannot differ from all others by more than 14.0 points" in told
    # At 1.5 it is 42, short of two options; at 2.5 it is 70.
    assert found(asked(1)) and not found(asked(2))


def test_a_family_of_questions_is_corrected_as_a_whole() -> None:
    # For one of ten t is 2.9587 (at 1 − 0.05/20): at 2.5 D is 2.5/(2.9587·0.01768) = 47.8.
    assert len(found(asked(2, items=10))) == 10
    assert not found(asked(3, items=10))


@pytest.mark.parametrize(("then", "is_found"), [(40, False), (14, True)])
def test_the_wave_before_is_attacked_too(then: int, is_found: bool) -> None:
    before = release(
        [Cell("registered", "North", 80, then)], survey=50, items={"CUL0": ALIKE}, wave=1, answers="then"
    )
    # One of fourteen gives √(66/80·1/14·13/14·14/13·1/14)·D = 0.0649·D, and t for 13 is 2.1604: 3.5 allow 25.
    assert bool(found(asked(3), before)) is is_found
    # Of two versions of the wave before it is not known on which the change rests.
    other = release([Cell("registered", "North", 80, 40)], survey=50, items={"CUL0": ALIKE}, wave=1)
    assert not found(asked(3), before, other)


def test_a_short_scale_keeps_one_option() -> None:
    given = asked(0, answered=70)
    (item,) = given.knowledge.items
    # One of seventy of eighty: √(1/8·1/70·1/70)·D = 0.00505·D, t for 69 is 1.9949: 49.6 points at 0.5.
    three = replace(item, scores=(0.0, 50.0, 100.0))
    given = replace(given, knowledge=replace(given.knowledge, items=(three,)))
    ((_, told),) = found(given)
    assert "by more than 49.6 points" in told
    four = replace(item, scores=(0.0, 100 / 3, 200 / 3, 100.0))
    assert found(replace(given, knowledge=replace(given.knowledge, items=(four,))))
    assert not found(
        with_heading(given, items=(replace(given.published.headings[0].items[0], change=moved(1)),))
    )


def test_the_change_of_a_group_is_worked_out_by_hand() -> None:
    cells = [Cell("registered", "North", 22, 11), Cell("support", "North", 60, 40)]
    given = release(cells, survey=50, roles={"registered": 50, "support": 50})
    groups = given.published.headings[0].groups
    registered, support = groups.role_group

    def printed(half: int) -> Release:
        rows = (replace(registered, change=moved(half)), support)
        return with_heading(given, groups=replace(groups, role_group=rows))

    # Half of eleven give √(½·¼·11/10·1/11)·D = 0.1118·D, and t for 10 is 2.2281: 0.5 allows 2, 1.5 six.
    ((table, told),) = found(printed(0))
    assert table == "Wave 1, Culture, by role group, Registered"
    assert "9 people cannot differ from all others by more than 2.0 points" in told
    assert not found(printed(1))
    # With a change of the other group as well t is 2.6338 (at 1 − 0.05/4), and 1.5 allows 5.09 points.
    both = with_heading(
        given,
        groups=replace(groups, role_group=tuple(replace(row, change=moved(1)) for row in groups.role_group)),
    )
    assert not found(both)


def test_a_change_without_an_interval_tells_nothing() -> None:
    none = PublishedChange(None, None, None, False, None, "The two waves had different questions.")
    assert not found(with_heading(release(CELLS, survey=50), change=none))
    assert not found(release(CELLS, survey=50))
