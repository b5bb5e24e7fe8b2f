"""Writing a brief: one HTML file that works offline, and the PDF of the same page."""

import os
import tempfile
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
    """Write ``brief.html`` and ``brief.pdf`` into a folder, each whole or not at all.

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
    html = _write_whole(out / HTML_NAME, with_assets_inside(page).encode("utf-8"))
    if problem := pdf_problem():
        return BriefFiles(html, None, problem)
    progress("Setting the PDF")
    return BriefFiles(html, _write_whole(out / PDF_NAME, render_pdf(page)), None)


def _write_whole(path: Path, content: bytes) -> Path:
    """Write a file beside its place and move it there, so that nobody ever sees half of it."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return path
