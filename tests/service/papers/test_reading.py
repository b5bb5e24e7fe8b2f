"""The papers for staff read easily, use the law's words rightly, and say what must be said."""

import re
from collections.abc import Iterator

import pytest
import textstat

from app.commissioning.papers.catalogue import KINDS, PaperId
from app.commissioning.papers.paper import Block, Paper, Points, Table, Words
from tests.service.papers.diagnostic_facts import basis_of, invented_facts

HIGHEST_GRADE = 9
FOR_STAFF = (PaperId.STAFF_NOTICE, PaperId.PRIVACY_NOTICE, PaperId.INFORMATION_SHEET)
BASES = {
    "public task": basis_of("public_task"),
    "legitimate interests": basis_of("legitimate_interests"),
    "to be confirmed": basis_of("", confirmed=False),
}
AMERICAN = re.compile(r"\b(\w+iz(e[sd]?|ing|ations?)|behavior|centers?|analyz\w+|favor\w*)\b")


def prose(paper: Paper) -> str:
    """What is written as sentences; names in tables would only lower the grade."""
    return " ".join(text for section in paper.sections for block in section.blocks for text in _prose(block))


def _prose(block: Block) -> Iterator[str]:
    match block:
        case Words(text):
            yield text
        case Points(items):
            yield from items
        case Table():
            yield from (cell for row in block.rows for cell in row[1:] if cell.endswith("."))


def text_of(paper: PaperId, **changes: object) -> str:
    return " ".join(KINDS[paper].make(invented_facts(**changes)).texts())


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("paper", FOR_STAFF)
def test_papers_for_staff_are_read_with_nine_years_of_school(paper: PaperId, basis: str) -> None:
    text = prose(KINDS[paper].make(invented_facts(basis=BASES[basis])))
    assert len(text.split()) > 400
    assert textstat.textstat.flesch_kincaid_grade(text) <= HIGHEST_GRADE


@pytest.mark.parametrize("by_itself", [True, False])
@pytest.mark.parametrize("paper", PaperId)
def test_nothing_reads_oddly(paper: PaperId, by_itself: bool) -> None:
    people = {"contact": "Siân O’Brien, 01632 960001", "data_protection": "Data protection team"}
    made = KINDS[paper].make(invented_facts(by_itself=by_itself, **people))
    for text in made.texts():
        assert not re.search(r"  |\.\.|,,|\.,| ,| \.|['\"!]|\bNaN\b", text), text
        assert not re.search(r"\b(\w+) \1\b", text), text
        assert not AMERICAN.search(text), text
        assert text[0].isupper() or text[0].isdigit() or text[0] in "[“", text


@pytest.mark.parametrize(
    "asked",
    [
        "Controller: decides",
        "Data protection officer",
        "Article 6(1)(e)",
        "Where from, and why",
        "Who can see it",
        "12 months",
        "Articles 13 and 14",
        "Article 15",
        "Article 16",
        "Articles 17 to 19",
        "Article 20",
        "Article 21",
        "Article 22",
        "Article 11",
        "Article 28",
        "You do not have to take part, by law or by contract.",
        "transfer out of the UK",
        "how long backups are kept",
        "You can complain to the ICO",
        "within 30 days",
        "special category data",
    ],
)
def test_the_privacy_notice_says_all_that_the_law_asks_for(asked: str) -> None:
    assert asked in text_of(PaperId.PRIVACY_NOTICE, months=12)


@pytest.mark.parametrize(
    "asked",
    [
        "Article 35 of the UK GDPR",
        "Article 35(9)",
        "Consult the recognised trade unions before the survey is launched",
        "Article 6(3)",
        "Article 9",
        "Article 11(2)",
        "Article 28",
        "Articles 15 to 22",
        "Article 36",
        "Level",
        "What enforces it",
        "Advice of the data protection officer",
        "Purposes",
        "Would less do",
    ],
)
def test_the_assessment_says_what_one_must_hold(asked: str) -> None:
    assert asked in text_of(PaperId.IMPACT_ASSESSMENT)


@pytest.mark.parametrize("paper", FOR_STAFF)
def test_staff_are_told_of_their_union_and_not_to_report_concerns_in_the_survey(paper: PaperId) -> None:
    text = text_of(paper)
    assert "You can also ask your trade union." in text
    if paper != PaperId.INFORMATION_SHEET:
        assert "Please do not use the survey to report a concern about a child" in text
    else:
        assert "we must tell the council" in text


def test_no_paper_speaks_of_interviews_where_there_are_none() -> None:
    for paper in (PaperId.STAFF_NOTICE, PaperId.PRIVACY_NOTICE):
        assert "interview" not in text_of(paper, with_fieldwork=False).lower()


def test_the_numbers_of_questions_are_those_of_the_framework() -> None:
    facts = invented_facts()
    assert f"up to {len(facts.framework.questions) + len(facts.framework.outcomes)} questions" in text_of(
        PaperId.STAFF_NOTICE
    )
    for heading in facts.framework.headings:
        assert heading.name.lower() in text_of(PaperId.INFORMATION_SHEET).lower()


def test_a_later_wave_is_named() -> None:
    assert "wave 3" in text_of(PaperId.STAFF_NOTICE, wave=3)
    assert "wave" not in text_of(PaperId.STAFF_NOTICE)
