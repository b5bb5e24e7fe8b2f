"""How easy the published instrument is to read: Flesch–Kincaid grade, measured with textstat."""

import pytest
import textstat

from diagnostics.framework_parts import Step
from tests.diagnostics.small_framework import published

GRADE_OF_ITEMS = 7
GRADE_OF_STEPS = 9

ASKED = [
    *((q.code, q.text) for q in (*published().questions, *published().outcomes)),
    (published().needs.code, published().needs.text),
    *((comment.code, comment.text) for comment in published().comments),
]


def grade(text: str) -> float:
    return float(textstat.textstat.flesch_kincaid_grade(text))


def test_the_measure_tells_plain_words_from_others() -> None:
    assert grade("The cat sat on the mat. The dog ran off.") < 2
    assert grade("Organisational evaluation necessitates interdisciplinary methodological deliberation.") > 15


@pytest.mark.parametrize(("code", "text"), [pytest.param(code, text, id=code) for code, text in ASKED])
def test_what_staff_are_asked_is_easy_to_read(code: str, text: str) -> None:
    assert grade(text) <= GRADE_OF_ITEMS


@pytest.mark.parametrize("step", [pytest.param(step, id=step.id) for step in published().steps])
def test_steps_are_easy_to_read(step: Step) -> None:
    parts = (step.action, step.first_30_days, step.six_month_sign, step.otherwise)
    assert all(part.endswith(".") for part in parts)
    assert [part for part in parts if grade(part) > GRADE_OF_STEPS] == []
    assert grade(" ".join((f"{step.title}.", *parts))) <= GRADE_OF_STEPS
