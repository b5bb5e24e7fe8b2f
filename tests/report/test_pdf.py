"""The PDF: accessible, whole, the same each time, and never at odds with the page."""

import hashlib
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import page
import pytest
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from app.briefs import rendering
from app.briefs.rendering import PdfError, pdf_problem, render_pdf
from tests.report.rendered import brief_of, html_of, numbers, pages_of, pdf_of, reader_of, words_of
from tests.report.variants import VARIANTS

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("variant", VARIANTS)
def test_it_passes_pdf_ua_1(variant: str) -> None:
    report = page.validate_pdf_bytes(pdf_of(variant), profile=page.ValidationProfile.PDF_UA_1)
    assert report.is_compliant, [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def test_it_says_what_it_is() -> None:
    reader = reader_of("usual")
    catalogue: Any = reader.trailer["/Root"]
    metadata = catalogue["/Metadata"].get_data().decode()
    assert catalogue["/Lang"] == "en-GB"
    assert reader.metadata is not None
    assert reader.metadata.title == brief_of("usual").furniture.title
    assert str(reader.metadata.creation_date).startswith("2026-12-14")
    assert 'pdfuaid:part="1"' in metadata
    assert 'pdfaid:part="3"' in metadata
    assert metadata.count("<rdf:RDF") == 1
    outline: Any = reader.outline
    assert [entry["/Title"] for entry in outline if isinstance(entry, dict)] == [
        "What do you know about the quality and impact of practice?",
        "How do you know it?",
        "What are your plans for the next twelve months?",
        "How to read this brief",
        "Evidence",
    ]


def test_every_font_is_ours_and_embedded() -> None:
    for sheet in reader_of("many_areas").pages:
        resources: Any = sheet["/Resources"]
        for font in resources["/Font"].values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            assert "Source-Sans-3" in descendant["/BaseFont"]
            assert "/FontFile2" in descendant["/FontDescriptor"].get_object()


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_number_in_the_pdf_is_one_of_the_presenter(variant: str) -> None:
    known = numbers(" ".join(_texts(brief_of(variant))))
    known |= {"0", "1", "2", "3", "4", "100"}  # the scale, the stages and “of 4”
    known |= numbers("30 first days, 5% steps, 50 on two scales")
    for place, text in enumerate(pages_of(variant), start=1):
        strange = numbers(text) - known - {str(place)}
        assert not strange, f"page {place}"


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_pdf_says_what_the_page_says(variant: str) -> None:
    """Every word of the HTML stands in the PDF, apart from what only screens or only phones show."""
    html = html_of(variant)
    said = numbers(" ".join(words_of(html[html.index("<main") :]).words))
    printed = numbers(" ".join(pages_of(variant)))
    assert said <= printed | {"0"}


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_link_of_the_pdf_leads_somewhere(variant: str) -> None:
    reader = reader_of(variant)
    links = 0
    for sheet in reader.pages:
        for annotation in sheet.get("/Annots", ()):
            link = annotation.get_object()
            target = link.get("/Dest") or link["/A"]["/D"]
            assert _lands(reader.named_destinations, target)
            links += 1
    assert links > 20


def test_two_processes_make_the_same_bytes() -> None:
    program = (
        "import hashlib;from tests.report.rendered import pdf_of;"
        "print(hashlib.sha256(pdf_of('first_wave')).hexdigest())"
    )
    made = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.strip()
    assert made == hashlib.sha256(pdf_of("first_wave")).hexdigest()
    assert pdf_of("first_wave") == render_pdf(html_of("first_wave"))


@pytest.mark.parametrize(
    "link", ["https://example.org/logo.png", "file:///etc/hostname", "asset:../brief.css", "asset:none.woff2"]
)
def test_a_file_that_is_not_ours_ends_the_rendering(link: str) -> None:
    with pytest.raises(PdfError, match="cannot be made"):
        render_pdf(html_of("first_wave").replace("</h1>", f'</h1><img alt="" src="{link}">', 1))


def test_weasyprint_has_nothing_to_complain_of(caplog: pytest.LogCaptureFixture) -> None:
    render_pdf(html_of("ends_of_the_scale"))
    assert [record.getMessage() for record in caplog.records if record.name == "weasyprint"] == []


def test_without_pango_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    problem = pdf_problem()
    assert problem is not None
    assert "make install" in problem
    with pytest.raises(PdfError, match="make install"):
        render_pdf("<!DOCTYPE html><title>x</title>")


def test_rendering_does_not_load_weasyprint_before_it_must() -> None:
    program = "import sys, app.briefs.services; sys.exit('weasyprint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False, cwd=ROOT).returncode == 0
    assert rendering.pdf_problem() is None


def _texts(value: object) -> list[str]:
    if is_dataclass(value):
        return [text for field in fields(value) for text in _texts(getattr(value, field.name))]
    if isinstance(value, tuple):
        return [text for part in value for text in _texts(part)]
    return [str(value)] if isinstance(value, str | int) and not isinstance(value, bool) else []


def _lands(destinations: Mapping[str, object], target: object) -> bool:
    if isinstance(target, ArrayObject):
        first = target[0]
        return isinstance(first, IndirectObject) and isinstance(first.get_object(), DictionaryObject)
    return str(target) in destinations
