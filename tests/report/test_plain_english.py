"""Every brief reads easily: short, plain, British, without decimals, and no surer than its evidence."""

import re
from collections.abc import Sequence

import pytest
import textstat

from app.briefs.reading import HIGHEST_GRADE, grade_of, sentences
from tests.diagnostics.plain_english import ODD
from tests.report.rendered import CASES, brief_of, html_of, words_of
from tests.report.variants import SAMPLES

AMERICAN = re.compile(
    r"\b(\w+iz(e[sd]?|ing|ations?)|behavior\w*|centers?|programs?|analyz\w+|favor\w*|color\w*|labor\w*|judgments?"
    r"|fulfill|enroll|skillful|gotten|toward|among?st|licenses?|practic(ing|ed)|counsel(ed|ing)|model(ed|ing))\b",
    re.IGNORECASE,
)
BRITISH_TOO = {"size", "sizes", "sized", "prize", "prizes", "seize", "seized"}
# Their texts are filler of the longest length that is allowed.
FILLED = {"longest"}


def pages_said(case: str) -> Sequence[str]:
    return sentences(brief_of(case))


@pytest.mark.parametrize("case", [case for case in CASES if case not in FILLED])
def test_a_brief_is_read_with_nine_years_of_school(case: str) -> None:
    said = pages_said(case)
    assert len(said) > 20
    grade = textstat.textstat.flesch_kincaid_grade(" ".join(said))
    assert grade <= HIGHEST_GRADE
    assert grade_of(said) == pytest.approx(grade, abs=0.6)


@pytest.mark.parametrize("case", [case for case in CASES if case not in FILLED])
def test_nothing_reads_oddly(case: str) -> None:
    for text in (text.replace("0 to 100", "all") for text in pages_said(case)):
        for pattern, what in ODD:
            odd = [
                found.group() for found in re.finditer(pattern, text) if what != "a straight quotation mark"
            ]
            assert odd in ([], ["size"]), f"{what}: {text}"


@pytest.mark.parametrize("case", CASES)
def test_spelling_is_british(case: str) -> None:
    text = " ".join(words_of(html_of(case)).words)
    american = {found.group().lower() for found in AMERICAN.finditer(text)} - BRITISH_TOO
    assert american == set()


@pytest.mark.parametrize("case", CASES)
def test_what_is_printed_has_no_decimals(case: str) -> None:
    brief = brief_of(case)
    text = " ".join(words_of(html_of(case)).words).replace(brief.furniture.drawn_from, " ")
    assert re.findall(r"\d+\.\d+", text) == []


@pytest.mark.parametrize("case", [case for case in CASES if case not in FILLED])
def test_no_two_headings_get_the_same_sentence(case: str) -> None:
    # A limit claims nothing, and two headings may be as silent as each other.
    limits = {finding.text for finding in CASES[case][0].findings if finding.kind == "limit"}
    limits.add("We heard too little to say more.")
    rows = brief_of(case).two.rows
    said = [sentence.plain for row in rows for sentence in row.findings if sentence.plain not in limits]
    assert [text for text in set(said) if said.count(text) > 1] == []


@pytest.mark.parametrize("case", SAMPLES)
def test_what_is_doubtful_is_not_said_plainly(case: str) -> None:
    profile, _ = SAMPLES[case]
    doubtful = {heading.id for heading in profile.headings if heading.confidence.grade in ("low", "very low")}
    for finding in profile.findings:
        if finding.heading in doubtful and finding.kind in ("heading", "pattern", "step"):
            counted = finding.id.endswith("leaders_above_practitioners")
            assert counted or "seem" in finding.text or "Perhaps" in finding.lead, finding.text
        assert not re.search(r"\b(shows?|proves?|clearly|always|never)\b that", finding.text), finding.text
