"""actions.xlsx and self-evaluation.txt: what a council fills in, and what it copies."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from app.briefs.action_plan import STATES, action_workbook, present_actions
from app.briefs.self_evaluation import MOST_WORDS, self_evaluation
from tests.report.explained_numbers import AuditedObject
from tests.report.rendered import brief_of
from tests.report.variants import PREVIOUS, VARIANTS

QUESTIONS = (
    "What do you know about the quality and impact of practice?",
    "How do you know it?",
    "What are your plans for the next twelve months?",
)


def plan(variant: str) -> bytes:
    brief = brief_of(variant)
    return action_workbook(brief, present_actions(brief, *VARIANTS[variant]))


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_number_is_in_the_object(variant: str) -> None:
    audited = AuditedObject(*VARIANTS[variant], PREVIOUS.get(variant))
    passage = self_evaluation(brief_of(variant), VARIANTS[variant][0]).encode()
    assert audited.unexplained_in("actions.xlsx", plan(variant)) == []
    assert audited.unexplained_in("self-evaluation.txt", passage) == []


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_passage_answers_three_questions_in_150_words(variant: str) -> None:
    profile, _ = VARIANTS[variant]
    brief = brief_of(variant)
    passage = self_evaluation(brief, profile)
    assert len(passage.split()) <= MOST_WORDS
    paragraphs = [paragraph.splitlines() for paragraph in passage.strip().split("\n\n")]
    assert tuple(paragraph[0] for paragraph in paragraphs) == QUESTIONS
    assert all(len(paragraph) == 2 and paragraph[1].endswith(".") for paragraph in paragraphs)
    sure = next(finding for finding in profile.findings if finding.kind == "confidence")
    assert brief.one.verdict.plain in passage
    assert sure.text in passage
    assert all(step.title[1:] in paragraphs[2][1] for step in brief.three.steps)
    assert "keep: A" not in passage and "; A" not in passage


@pytest.mark.parametrize("variant", ["sample", "ends_of_the_scale"])
def test_the_plan_has_the_steps_of_page_three_in_their_order(variant: str) -> None:
    brief = brief_of(variant)
    head, *rows = load_workbook(BytesIO(plan(variant)))["Actions"].values
    given = [dict(zip(map(str, head), row, strict=True)) for row in rows]
    first = [row for row in given if row["Order"] != "next"]
    assert [row["Step"] for row in first] == [step.title for step in brief.three.steps]
    assert [row["Step"] for row in given[len(first) :]] == [step.title for step in brief.three.next_steps]
    for row, step in zip(first, brief.three.steps, strict=True):
        assert row["What to do"] == step.action
        assert row["First 30 days"] == step.first_30_days
        assert row["Owner: role"] == step.owner
        assert step.answers is not None
        assert str(row["Why"]).startswith(step.answers.plain)
    assert all(row["State"] == "not started" and not row["Owner: person"] for row in given)


def test_the_plan_offers_its_states_and_prints_on_landscape_paper() -> None:
    with ZipFile(BytesIO(plan("sample"))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        names = book.read("xl/workbook.xml").decode()
    assert f"&quot;{','.join(STATES)}&quot;" in sheet or f'"{",".join(STATES)}"' in sheet
    assert 'paperSize="9"' in sheet
    assert 'orientation="landscape"' in sheet
    assert 'state="frozen"' in sheet
    assert "Print_Titles" in names
