"""HTML to PDF. The only module that knows WeasyPrint, and it loads it only when it is asked to render."""

import atexit
import gc
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO, StringIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from app.briefs.templating import (
    ASSET_SCHEME,
    MissingAssetError,
    read_asset,
    shared_sheet,
    without_shared_sheet,
)

if TYPE_CHECKING:
    from weasyprint import CSS, Attachment, Document
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

SECTIONS = {"page-1": "page-one", "page-2": "page-two", "page-3": "page-three", "page-4": "page-four"}
EVIDENCE_ANCHOR = "evidence"
# As in page_fit.py, and one more.
_FITS = ("", " snug", " snug dense", " snug dense tight")
_OPTIONS: dict[str, Any] = {"pdf_variant": "pdf/a-3a", "pdf_tags": True}

_UA = (
    b'<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1"/>'
    b'<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    b"<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>"
    b"</rdf:li></rdf:Seq></pdfaSchema:property>"
    b"</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)


class PdfError(RuntimeError):
    """The PDF could not be made. The message says in plain words what is missing."""


def pdf_problem() -> str | None:
    """Say in plain words what is missing before a PDF can be made, or None when nothing is."""
    try:
        # Where Pango is missing, WeasyPrint prints a page of advice of its own; ours says it in a line.
        with redirect_stdout(StringIO()):
            import weasyprint  # noqa: F401
    except OSError as error:
        reason = " ".join(str(error).split())[:160]
        return f"The PDF cannot be made: Pango, the library that sets the text, is missing ({reason})."
    except ImportError as error:
        return f"The PDF cannot be made: WeasyPrint is not installed. It comes with: make install ({error})"
    return None


class PageTooFull(PdfError):
    """One of the four pages runs over, however tightly it is set."""


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file inside a PDF. ``relationship`` is how PDF/A calls what it is to the pages, ``day`` its date."""

    name: str
    data: bytes
    description: str
    relationship: Literal["Source", "Data", "Alternative", "Supplement"]
    day: str


def render_pdf(html: str, attached: tuple[AttachedFile, ...] = (), *, strict: bool = False) -> bytes:
    """Render a brief as PDF/UA-1 and PDF/A-3a: tagged, fonts embedded, the same bytes each time.

    Parameters
    ----------
    html
        A page of ``templating.render_html``. Whatever it loads must be an asset of ours.
    attached
        Files that the PDF carries.
    strict
        Whether a page that runs over is refused. Otherwise it goes on overleaf.

    Raises
    ------
    PageTooFull
        Where it is strict and a page runs over.
    PdfError
        Where Pango is missing, or where the page asks for a file that is not ours.
    """
    if problem := pdf_problem():
        raise PdfError(problem)
    from weasyprint.urls import FatalURLFetchingError

    try:
        with _garbage_kept(), warnings.catch_warnings():
            # WeasyPrint forgets to close its colour profile.
            warnings.filterwarnings("ignore", category=ResourceWarning)
            document = _set(html)
            # Only where the presenters' sums were too low.
            while tighter := _tighter(html, _pages_that_run_over(document)):
                html = tighter
                document = _set(html)
            if strict and (over := _pages_that_run_over(document)):
                raise PageTooFull(_too_full(over))
            document.metadata.attachments = [_attachment(file) for file in attached]
            result: bytes = document.write_pdf(finisher=_declare_ua, **_OPTIONS)
    except FatalURLFetchingError as error:
        raise PdfError(f"The PDF cannot be made: {error}") from error
    return result


def _attachment(file: AttachedFile) -> "Attachment":
    """Wrap a file for WeasyPrint, which can read it once only."""
    from weasyprint import Attachment

    day = datetime.fromisoformat(file.day).replace(tzinfo=UTC)
    return Attachment(
        file_obj=BytesIO(file.data),
        name=file.name,
        description=file.description,
        created=day,
        modified=day,
        relationship=file.relationship,
        url_fetcher=_fetcher(),
    )


@contextmanager
def _garbage_kept() -> Iterator[None]:
    """Collect no garbage while a layout is built: nearly all is kept; looking takes a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _set(html: str) -> "Document":
    from weasyprint import HTML

    sheet, fonts = _sheet_and_fonts()
    page = HTML(string=without_shared_sheet(html), base_url=ASSET_SCHEME, url_fetcher=_fetcher())
    return page.render(stylesheets=[sheet], font_config=fonts, **_OPTIONS)


@lru_cache(maxsize=1)
def _sheet_and_fonts() -> "tuple[CSS, FontConfiguration]":
    """Read the style sheet and unpack its fonts once a process; every brief has the same."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    # WeasyPrint removes its font files itself, which it can no longer do once the interpreter winds down.
    atexit.register(_sheet_and_fonts.cache_clear)
    fonts = FontConfiguration()
    sheet = CSS(string=shared_sheet(), base_url=ASSET_SCHEME, url_fetcher=_fetcher(), font_config=fonts)
    return sheet, fonts


def _pages_that_run_over(document: "Document") -> list[str]:
    """Name the sections that take up more than their one page."""
    starts = {anchor: number for number, page in enumerate(document.pages) for anchor in page.anchors}
    sections = list(SECTIONS.items())
    return [
        section
        for (anchor, section), (following, _) in pairwise([*sections, (EVIDENCE_ANCHOR, "")])
        if starts.get(following, 0) - starts.get(anchor, 0) > 1
    ]


def _too_full(sections: list[str]) -> str:
    order = list(SECTIONS.values())
    pages = " and ".join(str(order.index(section) + 1) for section in sections)
    which = f"Page {pages} says" if len(sections) == 1 else f"Pages {pages} say"
    return f"{which} more than there is room for. Shorten the sentences there, or drop one."


def _tighter(html: str, sections: list[str]) -> str | None:
    """Take the next tighter fit for each of these sections; None where none is left to tighten."""
    tightened = html
    for section in sections:
        for loose, close in pairwise(_FITS):
            if f'class="page {section}{loose}"' in html:
                tightened = tightened.replace(f'"page {section}{loose}"', f'"page {section}{close}"', 1)
    return tightened if tightened != html else None


@lru_cache(maxsize=1)
def _fetcher() -> "URLFetcher":
    """Make a fetcher that hands out our own files and nothing else; anything else ends the rendering."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            scheme, _, name = url.partition(":")
            if f"{scheme}:" != ASSET_SCHEME:
                raise FatalURLFetchingError(f"the page asks for {url[:120]}, which is not part of it.")
            try:
                body = read_asset(name)
            except MissingAssetError as error:
                raise FatalURLFetchingError(str(error)) from error
            return URLFetcherResponse(url, body, {"Content-Type": "font/woff2"})

    return OwnFiles(allowed_protocols=(), fail_on_errors=True)


def _declare_ua(document: object, pdf: Any) -> None:
    """Say in the metadata that the file is PDF/UA too; a second RDF block would be ignored by validators."""
    reference = int(pdf.catalog["Metadata"].split()[0])
    stream = pdf.objects[reference]
    stream.stream = [part.replace(b"</rdf:RDF>", _UA + b"</rdf:RDF>") for part in stream.stream]
