"""Other councils beside a brief: on page 1, on page 4, in every table, and nowhere without a group."""

import re
from functools import lru_cache

import page
import pytest

from app.briefs.brief import Brief, present_brief
from app.briefs.profile_tables import present_plain_tables
from app.briefs.rendering import render_pdf
from app.briefs.self_evaluation import self_evaluation
from app.briefs.tables_file import tables_csv
from app.briefs.templating import render_html
from app.briefs.word_pages import brief_docx
from app.briefs.workbook import tables_workbook
from diagnostics.comparison import Comparison
from tests.report.explained_numbers import AuditedObject
from tests.report.invented_peers import comparison_for
from tests.report.rendered import html_of, words_of
from tests.report.surfaces import read_surface
from tests.report.variants import PREVIOUS, VARIANTS

# WeasyPrint 70 leaves the colour profile that it reads for PDF/A to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:.*sRGB2014.icc:pytest.PytestUnraisableExceptionWarning")

BESIDE = ("sample", "second_wave", "silent_sources", "ends_of_the_scale", "longest")
LACKING = "leadership"


@lru_cache
def comparison_of(variant: str) -> Comparison:
    return comparison_for(VARIANTS[variant][0], *([LACKING] if variant == "second_wave" else []))


@lru_cache
def beside(variant: str) -> Brief:
    return present_brief(*VARIANTS[variant], PREVIOUS.get(variant), comparison_of(variant))


@lru_cache
def page_of(variant: str) -> str:
    return render_html(beside(variant))


@lru_cache
def pdf_beside(variant: str) -> bytes:
    return render_pdf(page_of(variant))


@pytest.mark.parametrize("variant", BESIDE)
def test_every_number_is_in_the_profile_or_in_the_comparison(variant: str) -> None:
    profile, framework = VARIANTS[variant]
    comparison = comparison_of(variant)
    tables = present_plain_tables(profile, framework, comparison)
    with_it = AuditedObject(profile, framework, PREVIOUS.get(variant), comparison)
    without = AuditedObject(profile, framework, PREVIOUS.get(variant))
    surfaces = {
        "brief.html": page_of(variant).encode(),
        "brief.pdf": pdf_beside(variant),
        "brief.docx": brief_docx(beside(variant)),
        "tables.csv": tables_csv(tables),
        "tables.xlsx": tables_workbook(tables, beside(variant).furniture),
        "comparison.json": comparison.to_json().encode(),
        "self-evaluation.txt": self_evaluation(beside(variant), profile).encode(),
    }
    for name, data in surfaces.items():
        passages = tuple(read_surface(name, data))
        assert with_it.unexplained_in(name, data, passages) == [], name
        assert without.unexplained_in(name, data, passages) or name == "self-evaluation.txt", name


@pytest.mark.parametrize("variant", BESIDE)
def test_the_brief_keeps_to_four_pages(variant: str) -> None:
    sheets = [passage.text for passage in read_surface("brief.pdf", pdf_beside(variant)) if passage.mixed]
    assert sum(re.search(r"\b[1-4] of 4\b", sheet) is not None for sheet in sheets) == 4


def test_the_pdf_is_as_accessible_as_without() -> None:
    report = page.validate_pdf_bytes(pdf_beside("second_wave"), profile=page.ValidationProfile.PDF_UA_1)
    assert report.is_compliant


def test_a_bracket_stands_where_the_middle_half_is() -> None:
    comparison = comparison_of("second_wave")
    for row, heading in zip(beside("second_wave").one.rows, VARIANTS["second_wave"][0].headings, strict=True):
        found = comparison.of(heading.id)
        if heading.id == LACKING:
            assert found is None
            assert row.chart.peers is None
            assert row.peers == "fewer than ten councils"
            continue
        assert found is not None
        assert row.chart.peers is not None
        assert (row.chart.peers.x, row.chart.peers.end) == (6 * found.lower, 6 * found.upper)
        assert row.chart.peers_x == 6 * found.median
        said = f"Middle half of 12 other councils: {found.lower} to {found.upper}, median {found.median}."
        assert said in row.chart.message


def test_a_heading_without_a_score_has_no_bracket() -> None:
    rows = zip(beside("silent_sources").one.rows, VARIANTS["silent_sources"][0].headings, strict=True)
    assert [row.chart.peers is None for row, _ in rows] == [
        heading.combined is None for heading in VARIANTS["silent_sources"][0].headings
    ]


def test_page_four_says_what_the_brackets_are_and_are_not() -> None:
    passages = {
        passage.title: " ".join(sentence.plain for sentence in passage.sentences)
        for passage in beside("second_wave").four.passages
    }
    assert "No comparison group yet" not in passages
    said = passages["Beside other councils"]
    assert "the middle half of 12 other councils" in said
    assert "no target and no rank" in said
    assert "fewer than ten councils have a score" in said
    assert "not an inspection or a league table" in passages["What not to conclude"]
    assert "fewer than ten" not in page_of("sample")


def test_a_legend_explains_the_bracket_only_where_there_is_one() -> None:
    assert "Bracket: middle half of 12 other councils; tick: median." in page_of("sample")
    assert "Bracket" not in html_of("sample")
    assert "other councils" not in html_of("sample").lower()
    assert "No comparison group yet" in html_of("sample")


def test_the_passage_for_the_self_evaluation_knows_of_the_comparison() -> None:
    passages = [self_evaluation(beside(variant), VARIANTS[variant][0]) for variant in BESIDE]
    assert not any("no comparison" in passage for passage in passages)
    said = "The brief shows the middle half of 12 other councils."
    assert any(said in passage for passage in passages)


def test_nobody_else_is_named() -> None:
    for variant in BESIDE:
        text = " ".join(words_of(page_of(variant)).words)
        assert "Invented a Council" not in text
        assert "Y00000001" not in page_of(variant)


def test_tables_hold_the_quartiles_and_say_how_they_are_computed() -> None:
    profile, framework = VARIANTS["second_wave"]
    comparison = comparison_of("second_wave")
    tables = {table.name: table for table in present_plain_tables(profile, framework, comparison)}
    table = tables["Other councils"]
    for row, heading in zip(table.rows, profile.headings, strict=True):
        found = comparison.of(heading.id)
        if found is None:
            assert set(row[1:]) == {"fewer than ten councils"}
        else:
            assert row[1:] == (found.authorities, found.median, found.lower, found.upper)
    assert sum("Hyndman and Fan 1996" in column.explains for column in table.columns) == 2
    assert "Other councils" not in {table.name for table in present_plain_tables(profile, framework)}
