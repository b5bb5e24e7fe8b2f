"""The annex as HTML, whose fonts are links to our assets, as those of the brief are."""

from functools import lru_cache

from markupsafe import Markup

from app.briefs.annex import Annex, present_annex
from app.briefs.templating import TEMPLATES, render_template
from diagnostics.framework import Framework
from diagnostics.published import PublishedProfile

HTML_NAME = "annex.html"
PDF_NAME = "annex.pdf"


@lru_cache(maxsize=1)
def _sheets() -> dict[str, Markup]:
    folder = TEMPLATES / "annex"
    return {
        "annex": Markup((folder / "annex.css").read_text(encoding="utf-8")),  # noqa: S704
        "annex_screen": Markup((folder / "screen.css").read_text(encoding="utf-8")),  # noqa: S704
    }


def render_annex(annex: Annex) -> str:
    """Print an annex as HTML, for ``templating.with_assets_inside`` and ``rendering.render_pdf``."""
    return render_template("annex/annex.html.j2", _sheets(), annex=annex)


def annex_html(profile: PublishedProfile, framework: Framework) -> str:
    """Print the annex of a published profile as HTML."""
    return render_annex(present_annex(profile, framework))
