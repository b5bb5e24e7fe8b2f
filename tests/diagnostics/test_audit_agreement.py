"""What reliability and agreement tell: that all agree, how the few others answered, and of hidden areas."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from diagnostics.audit_agreement import agreement
from diagnostics.audit_reading import readings_of
from diagnostics.published import Coefficient, PublishedReliability
from diagnostics.releases import Release
from tests.diagnostics.audit_material import Cell, release, with_page

MIXED = ((5, 25, 45, 25, 5), 50)
ALIKE = ((5, 5, 5, 5, 95), 95)
NOTHING = PublishedReliability(None, None, None, None, None, None, None, "No rating was done twice.")
ALPHA = Coefficient(0.8, 0.7, 0.9, "20 to 49")


def found(given: Release) -> list[str]:
    (reading,) = readings_of([given])
    return [weakness.found for weakness in agreement(reading, reading.published.headings[0])]


def with_agreement(
    answered: int, items: int | Mapping[str, tuple[tuple[int, ...], int] | None], **parts: object
) -> Release:
    tables = {f"CUL{i}": MIXED for i in range(items)} if isinstance(items, int) else items
    given = release([Cell("registered", "North", 90, answered)], survey=50, items=tables, areas={"North": 50})
    row = replace(NOTHING, **parts)  # type: ignore[arg-type] # coefficients
    return with_page(given, reliability={"culture": row})


@pytest.mark.parametrize(
    ("answered", "items", "value", "is_found"),
    [
        # (1 − r + 0.005)·2·(n − 1)·J must be 4 or more.
        (30, 3, 0.99, True),  # 0.015·58·3 = 2.61
        (50, 3, 0.99, False),  # 4.41
        (30, 4, 0.99, True),  # 3.48
        (30, 5, 0.99, False),  # 4.35
        (30, 3, 0.95, False),  # 9.57
        (100, 3, 1.0, True),  # 2.97
        (200, 3, 1.0, False),  # 5.97
    ],
)
def test_agreement_leaves_room_for_one_who_differs(
    answered: int, items: int, value: float, is_found: bool
) -> None:
    assert bool(found(with_agreement(answered, items, r_star_wg=value))) is is_found


def test_agreement_on_several_items_tells_their_spread_too() -> None:
    # J = 4, r = 0.99: v is at most 4·0.015/(0.985 + 4·0.015) = 0.0574, and 0.0574·2·29·4 = 13.3.
    assert not found(with_agreement(30, 4, r_wg_j=0.99))
    # J = 3, r = 1: v is at most 3·0.005/(0.995 + 3·0.005) = 0.0149, and 0.0149·2·29·3 = 2.6.
    assert found(with_agreement(30, 3, r_wg_j=1.0))


def test_agreement_needs_three_questions_that_everybody_is_shown() -> None:
    assert found(with_agreement(60, 2, r_star_wg=0.6)) == [
        "Agreement rests on 2 questions that everybody is shown, fewer than 3."
    ]
    three = with_agreement(60, 3, r_star_wg=0.6)
    assert not found(three)
    first, *others = three.knowledge.items
    items = (replace(first, to_everybody=False), *others)
    assert found(replace(three, knowledge=replace(three.knowledge, items=items)))


@pytest.mark.parametrize("name", ["alpha", "omega", "icc1", "icc2"])
def test_a_coefficient_beside_a_question_on_which_nearly_all_agree(name: str) -> None:
    value = ALPHA if name in ("alpha", "omega") else 0.1
    tables = {"CUL0": MIXED, "CUL1": MIXED, "CUL2": MIXED}
    assert not found(with_agreement(60, tables, **{name: value}))
    (alike,) = found(with_agreement(60, tables | {"CUL1": ALIKE}, **{name: value}))
    assert "while on question CUL1 nearly all gave one answer" in alike
    (hidden,) = found(with_agreement(60, tables | {"CUL2": None}, **{name: value}))
    assert "while question CUL2 is hidden" in hidden


def test_a_coefficient_beside_agreement_at_its_end() -> None:
    (capped,) = found(with_agreement(60, 3, alpha=ALPHA, icc1=0.1, icc2=0.2, r_star_wg=0.95))
    assert capped.startswith("It shows alpha and ICC, while agreement stands at 0.95")
    assert not found(with_agreement(60, 3, alpha=ALPHA, r_star_wg=0.94))
    assert not found(with_agreement(60, 3, r_star_wg=0.95))


def test_icc_beside_a_hidden_area() -> None:
    cells = [Cell("registered", "North", 90, 30), Cell("registered", "South", 60, 20)]
    tables = {f"CUL{i}": MIXED for i in range(3)}
    shown = release(cells, survey=50, items=tables, areas={"North": 50, "South": None})
    row = replace(NOTHING, icc1=0.1)
    (told,) = found(with_page(shown, reliability={"culture": row}))
    assert told.startswith("It shows ICC over all service areas, and South is hidden")
    both = release(cells, survey=50, items=tables, areas={"North": 50, "South": 50})
    assert not found(with_page(both, reliability={"culture": row}))
    # Nobody in East answered, so there is nothing of it in the coefficient.
    silent = [*cells, Cell("registered", "East", 30, 0)]
    empty = release(silent, survey=50, items=tables, areas={"North": 50, "South": 50})
    assert not found(with_page(empty, reliability={"culture": row}))


def test_without_coefficients_there_is_nothing_to_attack() -> None:
    assert not found(with_agreement(30, 1))
    assert not found(release([Cell("registered", "North", 90, 30)], survey=50))
