"""Every brief reads easily: short, plain, British, without decimals, and no surer than its evidence."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest
import textstat

from app.briefs.marks import Sentence, Title
from tests.diagnostics.plain_english import ODD
from tests.report.rendered import CASES, brief_of, html_of, words_of
from tests.report.variants import SAMPLES

HIGHEST_GRADE = 9
# Alternative texts stand beside what they describe, and count as charts.
BESIDE_CHARTS = ("message", "chart")
AMERICAN = re.compile(
    r"\b(\w+iz(e[sd]?|ing|ations?)|behavior\w*|centers?|programs?|analyz\w+|favor\w*|color\w*|labor\w*|judgments?"
    r"|fulfill|enroll|skillful|gotten|toward|among?st|licenses?|practic(ing|ed)|counsel(ed|ing)|model(ed|ing))\b",
    re.IGNORECASE,
)
BRITISH_TOO = {"size", "sizes", "sized", "prize", "prizes", "seize", "seized"}
# Their texts are filler of the longest length that is allowed.
FILLED = {"longest"}


def said_in(part: object, name: str = "") -> Iterator[str]:
    """Give every sentence of a part of a brief."""
    if isinstance(part, Sentence):
        yield part.plain
    elif isinstance(part, Title):
        yield part.text
    elif isinstance(part, str):
        if part.endswith((".", "?")) and " " in part:
            yield part
    elif isinstance(part, tuple):
        for piece in part:
            yield from said_in(piece, name)
    elif is_dataclass(part):
        for field in fields(part):
            if field.name not in BESIDE_CHARTS:
                yield from said_in(getattr(part, field.name), field.name)


def pages_said(case: str) -> list[str]:
    brief = brief_of(case)
    said = [text for page in (brief.one, brief.two, brief.three, brief.four) for text in said_in(page)]
    return [text if text.endswith((".", "?", "”")) else f"{text}." for text in said]


@pytest.mark.parametrize("case", [case for case in CASES if case not in FILLED])
def test_a_brief_is_read_with_nine_years_of_school(case: str) -> None:
    said = pages_said(case)
    assert len(said) > 20
    assert textstat.textstat.flesch_kincaid_grade(" ".join(said)) <= HIGHEST_GRADE


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
