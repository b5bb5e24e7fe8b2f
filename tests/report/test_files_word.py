"""brief.docx: the four pages with real headings and tables, in British English, and nothing more."""

import re
from functools import lru_cache
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as Opened
from docx.oxml.ns import qn

from app.briefs.typesetting import width_of
from app.briefs.word_pages import brief_docx
from tests.report.explained_numbers import AuditedObject
from tests.report.rendered import brief_of
from tests.report.variants import PREVIOUS, VARIANTS

SOME = ["sample", "no_survey", "all_questions_hidden", "second_wave", "ends_of_the_scale", "longest"]


@lru_cache
def docx_of(variant: str) -> bytes:
    return brief_docx(brief_of(variant))


def opened(variant: str) -> Opened:
    return Document(BytesIO(docx_of(variant)))


def part(variant: str, name: str) -> str:
    with ZipFile(BytesIO(docx_of(variant))) as packed:
        return packed.read(name).decode()


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_number_is_in_the_object(variant: str) -> None:
    audited = AuditedObject(*VARIANTS[variant], PREVIOUS.get(variant))
    assert audited.unexplained_in("brief.docx", docx_of(variant)) == []


def test_it_says_what_it_is() -> None:
    about = opened("sample").core_properties
    assert about.title == brief_of("sample").furniture.title
    assert about.language == "en-GB"
    assert re.findall(r'w:lang w:val="([^"]+)"', part("sample", "word/styles.xml")) == ["en-GB"]


@pytest.mark.parametrize("variant", SOME)
def test_headings_are_headings_and_no_level_is_left_out(variant: str) -> None:
    brief = brief_of(variant)
    named = [(p.style.name or "", p.text) for p in opened(variant).paragraphs if p.style is not None]
    levels = [int(name[-1]) for name, _ in named if re.fullmatch(r"Heading \d", name)]
    first = [text for name, text in named if name == "Heading 1"]
    pages = (brief.one.kicker, brief.two.kicker, brief.three.kicker, brief.four.kicker)
    assert tuple(first[:4]) == pages
    assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False))


@pytest.mark.parametrize("variant", SOME)
def test_every_table_has_a_head_a_name_and_no_empty_cell(variant: str) -> None:
    document = opened(variant)
    assert len(document.tables) > len(brief_of(variant).tables)
    text = part(variant, "word/document.xml")
    assert text.count("<w:tblHeader") == text.count("<w:tblCaption") == len(document.tables)
    for table in document.tables:
        # Asking each cell through python-docx takes seconds.
        for cell in table._tbl.xpath(".//w:tc"):
            assert "".join(cell.itertext()).strip()


@pytest.mark.parametrize("variant", ["sample", "marlshire", "many_areas", "longest"])
def test_no_column_is_narrower_than_its_longest_word(variant: str) -> None:
    """Source Sans stands in for Arial, which is a tenth wider; a cell keeps 3.8 mm free at its sides."""
    for table in opened(variant).tables:
        widths = [int(column.get(qn("w:w"))) / 1440 * 25.4 for column in table._tbl.tblGrid.gridCol_lst]
        assert sum(widths) == pytest.approx(174, abs=1)
        for row in table._tbl.tr_lst:
            for width, cell in zip(widths, row.tc_lst, strict=True):
                for word in re.split(r"[\s\-–]", "".join(cell.xpath(".//w:t/text()"))):
                    assert 1.1 * width_of(word, 9.5) <= width - 3.8, word


@pytest.mark.parametrize("variant", SOME)
def test_every_mark_leads_to_its_line(variant: str) -> None:
    text = part(variant, "word/document.xml")
    links = set(re.findall(r'w:anchor="([^"]+)"', text))
    assert links
    assert links <= set(re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', text))


def test_it_says_what_the_page_says() -> None:
    brief = brief_of("sample")
    said = "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", part("sample", "word/document.xml")))
    for sentence in (brief.one.verdict, *(f for row in brief.two.rows for f in row.findings)):
        assert sentence.text in said
    for passage in brief.four.passages:
        assert passage.title in said
    for step in brief.three.steps:
        assert step.otherwise in said
    assert brief.furniture.drawn_from in said


def test_it_brings_nothing_of_its_template_and_is_the_same_each_time() -> None:
    with ZipFile(BytesIO(docx_of("usual"))) as packed:
        assert not [name for name in packed.namelist() if "thumbnail" in name or "customXml" in name]
    assert docx_of("usual") == brief_docx(brief_of("usual"))
