"""The poster of a survey's open link: one sheet with the address and its QR code, to hang up."""

from dataclasses import dataclass

import segno
from markupsafe import Markup

from app.briefs.rendering import render_pdf
from app.briefs.templating import render_document, with_assets_inside


@dataclass(frozen=True, slots=True)
class Poster:
    """What the poster says. ``code`` is the QR code as SVG, with the address as its alternative text."""

    council: str
    title: str
    closes: str
    address: str
    code: Markup
    promises: tuple[str, ...]
    contact: str


def make_poster(council: str, closes: str, address: str, promises: tuple[str, ...], contact: str) -> Poster:
    """Put a poster together."""
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(scale=8, border=0, title=f"QR code of {address}", omitsize=True)
    return Poster(council, "A survey of all staff", closes, address, Markup(drawn), promises, contact)  # noqa: S704


def poster_page(poster: Poster) -> str:
    """Give the poster as one HTML file, to be printed from a browser."""
    return with_assets_inside(render_document("poster", poster=poster))


def poster_pdf(poster: Poster) -> bytes:
    """Give the poster as a PDF.

    Raises
    ------
    app.briefs.rendering.PdfError
        Where it cannot be made.
    """
    return render_pdf(render_document("poster", poster=poster))
