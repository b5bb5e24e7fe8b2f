"""Writing a brief: one HTML file that works offline, and the PDF of the same page."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.briefs.brief import present_brief
from app.briefs.rendering import pdf_problem, render_pdf
from app.briefs.templating import render_html, with_assets_inside
from diagnostics.framework import Framework
from diagnostics.published import PublishedProfile

HTML_NAME = "brief.html"
PDF_NAME = "brief.pdf"


@dataclass(frozen=True, slots=True)
class BriefFiles:
    """Where the brief was written. Without a PDF, ``problem`` says why in plain words."""

    html: Path
    pdf: Path | None
    problem: str | None


def write_brief(
    profile: PublishedProfile,
    framework: Framework,
    out: Path,
    *,
    previous: PublishedProfile | None = None,
    progress: Callable[[str], None],
) -> BriefFiles:
    """Write ``brief.html`` and ``brief.pdf`` into a folder of the caller's, who moves them once all is whole.

    Parameters
    ----------
    profile, framework, previous
        As in ``brief.present_brief``.
    out
        A folder; it is made where it does not exist.
    progress
        Is told in a few words what is being done.
    """
    progress("Wording the brief")
    page = render_html(present_brief(profile, framework, previous))
    out.mkdir(parents=True, exist_ok=True)
    progress("Writing the page")
    html, pdf = out / HTML_NAME, out / PDF_NAME
    html.write_text(with_assets_inside(page), encoding="utf-8", newline="\n")
    if problem := pdf_problem():
        return BriefFiles(html, None, problem)
    progress("Setting the PDF")
    pdf.write_bytes(render_pdf(page))
    return BriefFiles(html, pdf, None)
