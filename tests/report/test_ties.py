"""Steps that came out equal share a number only where each is equal to each other one."""

from dataclasses import replace

import pytest

from app.briefs.brief import Brief, present_brief
from tests.report.invented_framework import FRAMEWORK
from tests.report.invented_profile import PROFILE

OPEN = "Steps marked = came out equal in our tests: their order among themselves is open."


def _with_ties(*pairs: tuple[int, int]) -> Brief:
    """The brief of a profile in which the steps of these places are tied."""
    ids = {step.rank: step.id for step in PROFILE.steps}
    steps = tuple(
        replace(
            step, tied_with=tuple(ids[b if step.rank == a else a] for a, b in pairs if step.rank in (a, b))
        )
        for step in PROFILE.steps
    )
    return present_brief(replace(PROFILE, steps=steps), FRAMEWORK)


@pytest.mark.parametrize(
    ("pairs", "labels", "note"),
    [
        ((), ["1", "2", "3"], ""),
        (((2, 3),), ["1", "2 =", "2 ="], OPEN),
        (((1, 2), (2, 3), (1, 3)), ["1 =", "1 =", "1 ="], OPEN),
        (
            ((1, 2), (2, 3)),
            ["1", "2", "3"],
            "Our tests did not settle the order of steps 1 and 2, nor of 2 and 3.",
        ),
        (((1, 3),), ["1", "2", "3"], "Our tests did not settle the order of steps 1 and 3."),
        (((3, 4),), ["1", "2", "3"], ""),
    ],
)
def test_a_number_is_shared_only_where_the_order_is_open(
    pairs: tuple[tuple[int, int], ...], labels: list[str], note: str
) -> None:
    brief = _with_ties(*pairs)
    assert [thing.label for thing in brief.one.things] == labels
    assert brief.one.ties_note == note
    in_order = len(set(labels)) > 1 and "did not settle" not in note
    assert brief.one.things_title.endswith("in this order") is in_order
    assert note.replace(" in our tests: their order among themselves is open", "") in brief.three.tests


def test_nothing_says_that_a_later_step_may_go_first() -> None:
    """Step 1 is settled; only the order of the others is open."""
    brief = _with_ties((2, 3))
    assert brief.one.things_title == "Three things to do first, in this order"
    assert "may go first" not in brief.one.ties_note + brief.three.tests
