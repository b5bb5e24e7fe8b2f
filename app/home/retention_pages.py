"""What is kept of a diagnostic, and until when: a page for everybody who sees the council."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.briefs.retention import drafts_went_on
from app.commissioning.access import SeenDiagnostic
from app.commissioning.presenters.words import name_of
from app.database.session import SessionDep
from app.fieldwork.queries import purged_on
from app.home.retention import Gone, kept_of
from app.profiles.queries import words_went_on
from app.survey.queries import find_survey, list_went_at
from app.web.templating import page

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/retention")


@router.get("")
def show_retention(request: Request, session: SessionDep, diagnostic: SeenDiagnostic) -> HTMLResponse:
    """Show what is kept, until when, and what has been deleted."""
    survey = find_survey(session, diagnostic.id)
    gone = Gone(
        addresses=list_went_at(session, survey) if survey else None,
        notes=purged_on(session, diagnostic.id),
        words=words_went_on(session, diagnostic),
        drafts=drafts_went_on(session, diagnostic),
    )
    return page(
        request,
        "home/retention.html.j2",
        rows=kept_of(diagnostic, survey, gone),
        breadcrumbs=[{"text": name_of(diagnostic), "href": f"/diagnostics/{diagnostic.id}"}],
    )
