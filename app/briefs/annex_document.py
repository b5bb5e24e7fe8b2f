"""The annex as HTML, whose fonts are links to our assets, as those of the brief are."""

from app.briefs.annex import Annex, present_annex
from app.briefs.templating import render_document
from diagnostics.framework import Framework
from diagnostics.published import PublishedProfile

HTML_NAME = "annex.html"
PDF_NAME = "annex.pdf"


def render_annex(annex: Annex) -> str:
    """Print an annex as HTML, for ``templating.with_assets_inside`` and ``rendering.render_pdf``."""
    return render_document("annex", annex=annex)


def annex_html(profile: PublishedProfile, framework: Framework) -> str:
    """Print the annex of a published profile as HTML."""
    return render_annex(present_annex(profile, framework))
