"""Tables of answers in releases: who is left with too few answers, in one version and in two."""

import pytest

from diagnostics.audit_answers import Possible, Table, possible_options
from diagnostics.audit_items import ItemsAttack
from diagnostics.audit_reading import readings_of
from diagnostics.audit_report import Weakness
from diagnostics.releases import Release
from tests.diagnostics.audit_material import Cell, release

ALL_OFTEN = ((5, 5, 5, 95, 5), 75)


def attack(*given: Release) -> tuple[list[Weakness], ItemsAttack]:
    items = ItemsAttack(readings_of(given), 10.0)
    return [*items.items(), *items.needs()], items


def table(cells: list[Cell], shares: tuple[int, ...], score: int) -> Release:
    return release(cells, items={"CUL1": (shares, score)})


def test_twelve_of_one_mind_are_found_out() -> None:
    found, _ = attack(table([Cell("registered", "North", 40, 12)], *ALL_OFTEN))
    assert [weakness.rule for weakness in found] == ["item"]
    assert found[0].table == "Wave 1, question CUL1, “CUL1?”"
    assert found[0].found == (
        "A person among Registered in North can only have answered “Often”; "
        "12 people in all have too few answers left to hide among."
    )
    assert found[0].mend == "Hide this question."


def test_two_hundred_of_one_mind_hide_one_another() -> None:
    assert not attack(table([Cell("registered", "North", 400, 200)], *ALL_OFTEN))[0]


def test_the_one_who_weighs_most_is_found_out() -> None:
    cells = [Cell("registered", "North", 90, 36), Cell("leaders", "North", 9, 1, 3.2)]
    found, _ = attack(table(cells, *ALL_OFTEN))
    # 3.2 of 39.2 is 8 %, and no answer but one has more than 5; each of the others is 2.6 %.
    assert found[0].found == (
        "A person among Leaders in North can only have answered “Often”; "
        "this person alone has too few answers left to hide among."
    )


def test_hidden_questions_are_not_attacked() -> None:
    found, items = attack(release([Cell("registered", "North", 40, 12)], items={"CUL1": None}))
    assert not found and items.attacked == 0


def test_the_answer_of_one_who_joins_is_told_by_two_versions() -> None:
    # Of 24, the shares leave 1, 5, 11, 6 and 1, and so the mean 51; anybody may be any of them.
    cell = Cell("registered", "North", 40, 24)
    before = table([cell], (5, 20, 45, 25, 5), 51)
    assert not attack(before)[0]
    # Of 25, a point of the mean is one option of one person: 49 steps became 51.
    after = release(
        [cell, Cell("support", "North", 9, 1)],
        items={"CUL1": ((5, 20, 50, 25, 5), 51)},
        answers="one more",
    )
    assert not attack(after)[0]
    found, _ = attack(before, after)
    assert [weakness.rule for weakness in found] == ["item"]
    assert found[0].table.startswith("Wave 1 (version 1) and Wave 1 (version 2), question CUL1")
    assert found[0].found == (
        "A person among Support in North can only have answered “Sometimes”; "
        "this person alone has too few answers left to hide among."
    )


def test_versions_that_contradict_each_other_are_attacked_one_by_one() -> None:
    before = table([Cell("registered", "North", 400, 200)], (95, 5, 5, 5, 5), 5)
    after = release(
        [Cell("registered", "North", 400, 200)], items={"CUL1": ((5, 5, 5, 5, 95), 95)}, answers="other"
    )
    found, items = attack(before, after)
    assert not found and items.attacked == 2


def test_numbers_that_cannot_be_true_are_told() -> None:
    found, _ = attack(table([Cell("registered", "North", 400, 200)], (95, 5, 5, 5, 95), 50))
    assert [weakness.rule for weakness in found] == ["contradiction"]


@pytest.mark.parametrize(
    ("answered", "share", "is_found"), [(12, 95, True), (200, 95, False), (12, 50, False)]
)
def test_everybody_may_have_ticked_or_not(answered: int, share: int, is_found: bool) -> None:
    given = release([Cell("registered", "North", 400, answered)], needs={"works": share})
    found, _ = attack(given)
    assert bool(found) is is_found
    if found:
        assert "“evidence" not in found[0].found and "“ticked”" in found[0].found
        assert found[0].mend == "Hide the whole table."


def test_the_same_problem_is_solved_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def counted(problem: Table, wanted: int, seconds: float) -> Possible:
        calls.append(wanted)
        return possible_options(problem, wanted, seconds)

    monkeypatch.setattr("diagnostics.audit_items.possible_options", counted)
    shown = ((5, 25, 45, 25, 5), 50)
    given = release([Cell("registered", "North", 400, 200)], items={"CUL1": shown, "CUL2": shown})
    _, items = attack(given)
    assert calls == [3] and items.attacked == 2


def test_small_scales_leave_two_answers() -> None:
    given = release([Cell("registered", "North", 400, 200)], needs={"works": 40})
    assert not attack(given)[0]
