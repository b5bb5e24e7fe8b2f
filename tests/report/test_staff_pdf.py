"""The page for staff on paper: one page, whatever it has to hold, tagged, and reckoned as it is laid out."""

import hashlib
from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from typing import Any

import page
import pytest
from pypdf import PdfReader

from app.briefs.page_fit import FITS
from app.briefs.rendering import _fetcher, render_pdf
from app.briefs.staff_document import PDF_NAME, render_staff_page
from app.briefs.staff_fit import staff_page_height
from app.briefs.staff_page import present_staff_page
from app.briefs.templating import ASSET_SCHEME, shared_sheet, without_shared_sheet
from app.briefs.typesetting import MM_PER_POINT
from tests.report.explained_numbers import AuditedObject
from tests.report.rendered import numbers, words_of
from tests.report.staff_cases import (
    STAFF_CASES,
    staff_brief_of,
    staff_html_of,
    staff_page_of,
    staff_pdf_of,
)
from tests.report.variants import PREVIOUS

# WeasyPrint 70 leaves the colour profile that it reads for PDF/A to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:.*sRGB2014.icc:pytest.PytestUnraisableExceptionWarning")

# What stands between the upper and the lower edge, in mm.
ROOM = 297.0 - 13 - 12
REM = 10 * MM_PER_POINT
# Two lines: a page as much emptier than reckoned is crowded without need.
SLACK = 9.0


@pytest.mark.parametrize("case", STAFF_CASES)
def test_it_is_one_page_of_a4_and_passes_pdf_ua_1(case: str) -> None:
    (sheet,) = PdfReader(BytesIO(staff_pdf_of(case))).pages
    assert [round(float(side) / 72 * 25.4) for side in sheet.mediabox[2:]] == [210, 297]
    report = page.validate_pdf_bytes(staff_pdf_of(case), profile=page.ValidationProfile.PDF_UA_1)
    assert report.is_compliant, [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


@pytest.mark.parametrize("case", STAFF_CASES)
def test_it_prints_all_that_the_page_says(case: str) -> None:
    html = staff_html_of(case)
    said = numbers(" ".join(words_of(html[html.index("<main") :]).words))
    (sheet,) = PdfReader(BytesIO(staff_pdf_of(case))).pages
    printed = " ".join(sheet.extract_text().split())
    assert said <= numbers(printed)
    assert "Questions:" in printed


@pytest.mark.parametrize("case", ["sample", "no_survey", "ends_of_the_scale"])
def test_every_number_of_it_is_explained(case: str) -> None:
    audited = AuditedObject(*STAFF_CASES[case], PREVIOUS.get(case))
    assert audited.unexplained_in(PDF_NAME, staff_pdf_of(case)) == []


def test_it_says_what_it_is() -> None:
    reader = PdfReader(BytesIO(staff_pdf_of("sample")))
    catalogue: Any = reader.trailer["/Root"]
    metadata = catalogue["/Metadata"].get_data().decode()
    assert catalogue["/Lang"] == "en-GB"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    title = "What you told us, and what happens now: Wexbourne Metropolitan Borough Council, November 2026"
    assert reader.metadata.title == title
    assert reader.metadata.author == "Wexbourne Metropolitan Borough Council"
    assert reader.metadata.subject == staff_page_of("sample").description
    assert 'pdfuaid:part="1"' in metadata
    assert 'pdfaid:part="3"' in metadata
    outline: Any = reader.outline
    assert [entry["/Title"] for entry in outline if isinstance(entry, dict)] == [
        "What we found, in one sentence",
        "What you told us",
        "One strength to keep",
        "What happens now",
        "What we could not see",
        "What this is not",
        "When we ask again",
    ]


def test_it_is_the_same_each_time() -> None:
    again = render_pdf(staff_html_of("first_wave"))
    assert hashlib.sha256(again).digest() == hashlib.sha256(staff_pdf_of("first_wave")).digest()


@lru_cache
def _long_paper() -> tuple[Any, Any]:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    sheet = shared_sheet().replace("size: A4;", "size: 210mm 900mm;")
    return CSS(string=sheet, base_url=ASSET_SCHEME, url_fetcher=_fetcher(), font_config=fonts), fonts


def height(html: str) -> float:
    """Lay a page out on paper without an end, and give how high it is, in mm."""
    from weasyprint import HTML

    sheet, fonts = _long_paper()
    source = HTML(string=without_shared_sheet(html), base_url=ASSET_SCHEME, url_fetcher=_fetcher())
    (paper,) = source.render(stylesheets=[sheet], font_config=fonts).pages
    body: Any = next(box for box in paper._page_box.descendants() if box.element_tag == "body")
    return float(body.border_height()) * 25.4 / 96


@pytest.mark.parametrize("case", STAFF_CASES)
def test_the_page_fits_as_it_was_reckoned_and_no_looser(case: str) -> None:
    chosen = staff_page_of(case)
    laid_out = height(render_staff_page(chosen))
    assert laid_out <= ROOM
    assert abs(laid_out - staff_page_height(chosen) * REM) < SLACK / 2
    full = present_staff_page(staff_brief_of(case), STAFF_CASES[case][0])
    if chosen != full:
        looser = full if (chosen.told, chosen.asides) != (full.told, full.asides) else chosen
        fit = FITS[max(0, FITS.index(chosen.fit) - (looser is chosen))]
        assert height(render_staff_page(replace(looser, fit=fit))) > ROOM - SLACK, "needlessly full"
