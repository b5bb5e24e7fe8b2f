"""What a PDF carries: files with their kind, their relationship to the pages, and the day of the object."""

from io import BytesIO
from typing import Any

import page
import pytest
from pypdf import PdfReader

from app.briefs.rendering import AttachedFile, render_pdf

# WeasyPrint 70 leaves the colour profile that it reads for PDF/A to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:.*sRGB2014.icc:pytest.PytestUnraisableExceptionWarning")

HTML = (
    '<!DOCTYPE html><html lang="en-GB"><head><title>A brief</title></head>'
    "<body><h1>A brief</h1></body></html>"
)
FILES = (
    AttachedFile("profile.json", b'{"n": 1}\n', "The profile", "Source", "2026-12-14"),
    AttachedFile("tables.csv", b"table,value\r\n", "The tables", "Data", "2026-12-14"),
)


def test_a_pdf_carries_its_files_and_says_what_they_are() -> None:
    data = render_pdf(HTML, FILES)
    reader = PdfReader(BytesIO(data))
    assert {name: parts[0] for name, parts in reader.attachments.items()} == {
        file.name: file.data for file in FILES
    }
    catalogue: Any = reader.trailer["/Root"]
    specs = [spec.get_object() for spec in catalogue["/AF"]]
    # WeasyPrint 70 names each file twice in this list.
    assert {(spec["/UF"], spec["/AFRelationship"]) for spec in specs} == {
        ("profile.json", "/Source"),
        ("tables.csv", "/Data"),
    }
    streams = [spec["/EF"]["/F"].get_object() for spec in specs]
    assert {stream["/Subtype"] for stream in streams} == {"/application/json", "/text/csv"}
    assert {stream["/Params"]["/ModDate"] for stream in streams} == {"D:20261214000000Z"}
    report = page.validate_pdf_bytes(data, profile=page.ValidationProfile.PDF_UA_1)
    assert report.is_compliant
    assert data == render_pdf(HTML, FILES)
