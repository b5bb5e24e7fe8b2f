"""How far raters agree, source by source, for those who gather."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.commissioning.frameworks import framework_of
from app.database.session import SessionDep
from app.fieldwork.access import GatheredDiagnostic
from app.fieldwork.presenters import breadcrumbs
from app.fieldwork.queries import records_of
from app.fieldwork.ratings.agreement import agreement_by_source
from app.fieldwork.ratings.agreement_presenters import agreement_views, least_words
from app.fieldwork.ratings.queries import evidence_ratings
from app.web.templating import page

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/fieldwork/agreement")


@router.get("")
def show_agreement(request: Request, session: SessionDep, diagnostic: GatheredDiagnostic) -> HTMLResponse:
    """Say in plain words how far raters agree, with the figures behind it."""
    framework = framework_of(diagnostic)
    found = agreement_by_source(
        framework, records_of(session, diagnostic.id), evidence_ratings(session, diagnostic.id)
    )
    return page(
        request,
        "fieldwork/ratings/agreement.html.j2",
        diagnostic=diagnostic,
        sources=agreement_views(framework, found),
        least=least_words(framework),
        breadcrumbs=breadcrumbs(diagnostic),
    )
