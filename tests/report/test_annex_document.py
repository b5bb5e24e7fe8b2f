"""The annex as a page and as a PDF: whole, accessible, and the same each time."""

import re
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import page
import pytest
from pypdf import PdfReader
from tinyhtml5.parser import HTMLParser as StrictParser

from app.briefs.annex_document import HTML_NAME, annex_html
from app.briefs.rendering import render_pdf
from app.briefs.templating import with_assets_inside
from tests.report.chromium import NEEDS_A_BROWSER, NEEDS_A_SOCKET, opened_file, started
from tests.report.test_html import Balance
from tests.report.variants import VARIANTS

# WeasyPrint 70 leaves the colour profile that it reads for PDF/A to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:.*sRGB2014.icc:pytest.PytestUnraisableExceptionWarning")

OF_EACH_KIND = ["sample", "first_wave", "no_survey", "all_questions_hidden", "many_areas", "longest"]


@lru_cache
def html_of(variant: str) -> str:
    return annex_html(*VARIANTS[variant])


@lru_cache
def pdf_of(variant: str) -> bytes:
    return render_pdf(html_of(variant))


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_page_is_well_formed(variant: str) -> None:
    balance = Balance()
    balance.feed(html_of(variant))
    balance.close()
    assert balance.open == []
    assert all(count == 1 for count in balance.ids.values())
    assert {link[1:] for link in balance.links} | balance.references <= set(balance.ids)
    parser = StrictParser()
    parser.parse(html_of(variant))
    assert parser.errors == []


def test_every_table_has_a_caption_and_heads() -> None:
    html = html_of("sample")
    tables = re.findall(r"<table.*?</table>", html, re.DOTALL)
    assert len(tables) > 15
    for table in tables:
        assert "<caption>Table A" in table
        columns = table.count('scope="col"')
        rows = re.findall(r"<tr>(.*?)</tr>", table.partition("<tbody>")[2], re.DOTALL)
        assert rows
        assert all(row.count('scope="row"') == 1 and row.count("<td>") == columns - 1 for row in rows)


def test_one_file_holds_all_that_it_needs() -> None:
    whole = with_assets_inside(html_of("sample"))
    assert "asset:" not in whole
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", whole)
    assert "<script" not in whole


@pytest.mark.parametrize("variant", OF_EACH_KIND)
def test_the_pdf_passes_pdf_ua_1(variant: str) -> None:
    report = page.validate_pdf_bytes(pdf_of(variant), profile=page.ValidationProfile.PDF_UA_1)
    assert report.is_compliant, [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def test_the_pdf_says_what_it_is() -> None:
    reader = PdfReader(BytesIO(pdf_of("sample")))
    catalogue: Any = reader.trailer["/Root"]
    metadata = catalogue["/Metadata"].get_data().decode()
    assert catalogue["/Lang"] == "en-GB"
    assert reader.metadata is not None
    assert reader.metadata.title == "Statistical annex: evidence use in Wexbourne, wave 2"
    assert 'pdfuaid:part="1"' in metadata
    assert 'pdfaid:part="3"' in metadata
    outline: Any = reader.outline
    titles = [entry["/Title"] for entry in outline if isinstance(entry, dict)]
    assert titles[0] == "What this annex is"
    assert titles[-1] == "References"
    assert len(titles) == 11


def test_heads_of_long_tables_stand_on_every_page_again() -> None:
    texts = [sheet.extract_text() for sheet in PdfReader(BytesIO(pdf_of("sample"))).pages]
    with_items = [text for text in texts if re.search(r"\b(?:CAP|SYS|PRA|LEA|CUL|SKI)\d\b", text)]
    assert len(with_items) >= 3
    assert all("Answers, worst first" in text for text in with_items)


def test_it_is_the_same_each_time() -> None:
    assert pdf_of("first_wave") == render_pdf(annex_html(*VARIANTS["first_wave"]))


@NEEDS_A_SOCKET
@NEEDS_A_BROWSER
@pytest.mark.parametrize("variant", ["sample", "no_survey", "longest"])
def test_the_page_is_accessible_and_reflows(variant: str, tmp_path: Path) -> None:
    with (
        started() as browser,
        opened_file(browser, with_assets_inside(html_of(variant)), tmp_path / HTML_NAME) as one,
    ):
        assert one.faults((320, 1280)) == []
