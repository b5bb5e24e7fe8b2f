"""Searching the notes of a diagnostic. There is no index: it would keep words that were taken out."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.commissioning.frameworks import framework_of
from app.database.session import SessionDep
from app.fieldwork.access import GatheredDiagnostic
from app.fieldwork.notes.forms import MOST_WORDS
from app.fieldwork.notes.presenters import Hit, extract_at, places_of
from app.fieldwork.notes.queries import notes_of
from app.fieldwork.presenters import breadcrumbs, fieldwork_address, record_address, record_name
from app.fieldwork.queries import areas_of
from app.web.forms import shown
from app.web.templating import page

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/fieldwork/search")


@router.get("")
def search(
    request: Request, session: SessionDep, diagnostic: GatheredDiagnostic, q: str | None = None
) -> HTMLResponse:
    """Show the records in whose notes some words stand, each with the first place."""
    words = " ".join((q or "").split())[:MOST_WORDS]
    form = shown(q=words)
    if q is not None and not words:
        form = form.with_error("q", "Enter the words to find")
    framework, areas = framework_of(diagnostic), areas_of(session, diagnostic.id)
    hits = []
    for record, note in notes_of(session, diagnostic.id) if words else ():
        places = places_of(note.text, words)
        if places:
            extract = extract_at(note.text, *places[0])
            whole, href = record_name(framework, record, areas).whole, record_address(record, "/notes")
            hits.append(Hit(record.code, whole, href, len(places), extract))
    return page(
        request,
        "fieldwork/notes_search.html.j2",
        diagnostic=diagnostic,
        form=form,
        words=words,
        hits=hits,
        address=fieldwork_address(diagnostic),
        breadcrumbs=breadcrumbs(diagnostic),
    )
