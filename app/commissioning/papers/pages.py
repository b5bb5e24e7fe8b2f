"""The papers of a diagnostic: to read, to print and to download."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.commissioning.access import SeenDiagnostic
from app.commissioning.frameworks import framework_named
from app.commissioning.models import Diagnostic
from app.commissioning.papers.catalogue import KINDS, Kind, PaperId, kinds
from app.commissioning.papers.facts import Facts, read_facts
from app.commissioning.papers.html_file import paper_html
from app.commissioning.papers.paper import block_kind, pieces
from app.commissioning.papers.presenters import paper_row, paper_rows, papers_address
from app.commissioning.papers.word_file import paper_docx
from app.database.session import SessionDep
from app.web.errors import NotFound, Problem
from app.web.templating import page

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/papers")

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@router.get("")
def papers(request: Request, session: SessionDep, diagnostic: SeenDiagnostic) -> HTMLResponse:
    """List the papers, each with what is missing from it."""
    facts = _facts(session, diagnostic)
    return page(
        request,
        "papers/list.html.j2",
        diagnostic=diagnostic,
        facts=facts,
        rows=paper_rows(facts, diagnostic.id),
        breadcrumbs=_breadcrumbs(facts, diagnostic),
    )


@router.get("/{paper_id}.docx")
def word_file(session: SessionDep, diagnostic: SeenDiagnostic, paper_id: PaperId) -> Response:
    """Give a paper as a Word document."""
    facts = _facts(session, diagnostic)
    kind = _kind(facts, paper_id)
    return _file(paper_docx(kind.make(facts), facts), _DOCX, diagnostic, f"{paper_id}.docx")


@router.get("/{paper_id}.html")
def html_file(session: SessionDep, diagnostic: SeenDiagnostic, paper_id: PaperId) -> Response:
    """Give a paper as a web page of one file."""
    facts = _facts(session, diagnostic)
    text = paper_html(_kind(facts, paper_id).make(facts), facts)
    return _file(text.encode(), "text/html; charset=utf-8", diagnostic, f"{paper_id}.html")


@router.get("/{paper_id}")
def paper(
    request: Request, session: SessionDep, diagnostic: SeenDiagnostic, paper_id: PaperId
) -> HTMLResponse:
    """Show a paper."""
    facts = _facts(session, diagnostic)
    kind = _kind(facts, paper_id)
    made = kind.make(facts)
    return page(
        request,
        "papers/paper.html.j2",
        diagnostic=diagnostic,
        facts=facts,
        paper=made,
        row=paper_row(kind, made, diagnostic.id),
        pieces=pieces,
        block_kind=block_kind,
        breadcrumbs=[
            *_breadcrumbs(facts, diagnostic),
            {"text": "Papers", "href": papers_address(diagnostic.id)},
        ],
    )


def _facts(session: SessionDep, diagnostic: Diagnostic) -> Facts:
    framework = framework_named(diagnostic.framework)
    if framework is None:
        raise Problem(f"The framework {diagnostic.framework} no longer comes with this service.")
    return read_facts(session, diagnostic, framework)


def _kind(facts: Facts, paper_id: PaperId) -> Kind:
    """Give a paper that the diagnostic needs."""
    kind = KINDS[paper_id]
    if kind not in kinds(facts):
        raise NotFound
    return kind


def _breadcrumbs(facts: Facts, diagnostic: Diagnostic) -> list[dict[str, str]]:
    return [
        {"text": "Dashboard", "href": "/"},
        {"text": f"{facts.place}, wave {facts.wave}", "href": f"/diagnostics/{diagnostic.id}"},
    ]


def _file(content: bytes, kind: str, diagnostic: Diagnostic, name: str) -> Response:
    """Give a file to keep; its name holds the authority's code, which every system can write."""
    full_name = f"{diagnostic.authority_code}-wave-{diagnostic.wave}-{name}".lower()
    return Response(
        content, media_type=kind, headers={"content-disposition": f'attachment; filename="{full_name}"'}
    )
