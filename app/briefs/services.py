"""Writing a brief: one HTML file that works offline, the PDF of the same page, and the files beside them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.briefs import annex_document, staff_document
from app.briefs.action_plan import action_workbook, present_actions
from app.briefs.annex_document import annex_html
from app.briefs.brief import PLAIN, Brief, Edition, present_brief
from app.briefs.profile_tables import present_plain_tables
from app.briefs.rendering import AttachedFile, pdf_problem, render_pdf
from app.briefs.self_evaluation import self_evaluation
from app.briefs.staff_document import staff_html
from app.briefs.tables_file import tables_csv
from app.briefs.templating import render_html, with_assets_inside
from app.briefs.word_pages import brief_docx
from app.briefs.workbook import tables_workbook
from diagnostics.comparison import Comparison
from diagnostics.framework import Framework
from diagnostics.published import PublishedProfile

HTML_NAME = "brief.html"
PDF_NAME = "brief.pdf"
DOCX_NAME = "brief.docx"
SELF_EVALUATION_NAME = "self-evaluation.txt"
ACTIONS_NAME = "actions.xlsx"
WORKBOOK_NAME = "tables.xlsx"
TABLES_NAME = "tables.csv"
PROFILE_NAME = "profile.json"
COMPARISON_NAME = "comparison.json"


@dataclass(frozen=True, slots=True)
class BriefFiles:
    """What was written. Without PDFs, ``problem`` says why in plain words.

    ``names`` are the files in the order in which people want them; ``missing`` are the PDFs that could not be
    made.
    """

    html: Path
    pdf: Path | None
    problem: str | None
    names: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Document:
    """A file to write."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class _Page:
    """A page that is written as HTML and set as a PDF, with what the PDF carries."""

    html_name: str
    pdf_name: str
    html: str
    attached: tuple[AttachedFile, ...] = ()


def write_brief(
    profile: PublishedProfile,
    framework: Framework,
    out: Path,
    *,
    previous: PublishedProfile | None = None,
    comparison: Comparison | None = None,
    edition: Edition = PLAIN,
    strict: bool = False,
    progress: Callable[[str], None],
) -> BriefFiles:
    """Write the brief and its files into a folder of the caller's, who moves them once all is whole.

    Parameters
    ----------
    profile, framework, previous, comparison, edition
        As in ``brief.present_brief``.
    out
        A folder; it is made where it does not exist.
    strict
        Whether a page that runs over ends it, as it must where somebody wrote the sentences.
    progress
        Is told in a few words what is being done.

    Raises
    ------
    PageTooFull
        Where it is strict and a page runs over.
    """
    progress("Wording the brief")
    brief = present_brief(profile, framework, previous, comparison, edition)
    documents = _documents(brief, profile, framework, comparison)
    pages = (
        _Page(HTML_NAME, PDF_NAME, render_html(brief), _attached(profile, comparison, documents)),
        _Page(staff_document.HTML_NAME, staff_document.PDF_NAME, staff_html(brief, profile)),
        _Page(annex_document.HTML_NAME, annex_document.PDF_NAME, annex_html(profile, framework)),
    )
    out.mkdir(parents=True, exist_ok=True)
    progress("Writing the page")
    for page in pages:
        (out / page.html_name).write_text(with_assets_inside(page.html), encoding="utf-8", newline="\n")
    for document in documents:
        (out / document.name).write_bytes(document.data)
    names = (*(page.html_name for page in pages), *(document.name for document in documents))
    pdfs = tuple(page.pdf_name for page in pages)
    if problem := pdf_problem():
        return BriefFiles(out / HTML_NAME, None, problem, names, pdfs)
    progress("Setting the PDF")
    for page in pages:
        (out / page.pdf_name).write_bytes(render_pdf(page.html, page.attached, strict=strict))
    return BriefFiles(out / HTML_NAME, out / PDF_NAME, None, (*pdfs, *names), ())


def _documents(
    brief: Brief, profile: PublishedProfile, framework: Framework, comparison: Comparison | None
) -> tuple[_Document, ...]:
    tables = present_plain_tables(profile, framework, comparison)
    actions = present_actions(brief, profile, framework)
    return (
        _Document(DOCX_NAME, brief_docx(brief)),
        _Document(SELF_EVALUATION_NAME, self_evaluation(brief, profile).encode()),
        _Document(ACTIONS_NAME, action_workbook(brief, actions)),
        _Document(WORKBOOK_NAME, tables_workbook(tables, brief.furniture)),
        _Document(TABLES_NAME, tables_csv(tables)),
        *([_Document(COMPARISON_NAME, comparison.to_json().encode())] if comparison else []),
    )


def _attached(
    profile: PublishedProfile, comparison: Comparison | None, documents: tuple[_Document, ...]
) -> tuple[AttachedFile, ...]:
    tables = next(document.data for document in documents if document.name == TABLES_NAME)
    return (
        AttachedFile(
            PROFILE_NAME,
            profile.to_json().encode(),
            "The published profile that this brief was made from, as data",
            "Source",
            profile.as_of,
        ),
        AttachedFile(TABLES_NAME, tables, "All tables of this brief, as data", "Data", profile.as_of),
        *(
            [
                AttachedFile(
                    COMPARISON_NAME,
                    comparison.to_json().encode(),
                    "Where other councils stand, as data",
                    "Source",
                    profile.as_of,
                )
            ]
            if comparison
            else []
        ),
    )
