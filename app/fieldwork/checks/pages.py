"""The checks before analysis, for whoever gathers."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.accounts.access import PersonDep
from app.commissioning.frameworks import framework_of
from app.commissioning.plan.queries import plan_rows
from app.database.session import SessionDep
from app.fieldwork.access import GatheredDiagnostic
from app.fieldwork.checks.presenters import Places, severities
from app.fieldwork.coverage.queries import gathered_of
from app.fieldwork.presenters import breadcrumbs, fieldwork_address
from app.fieldwork.queries import records_of
from app.fieldwork.quotes.queries import unjudged_quotes
from app.fieldwork.ratings.queries import ratings_known_to
from app.web.dates import today
from app.web.templating import page
from diagnostics.evidence import FIGURES
from diagnostics.fieldwork_checks import fieldwork_checks
from diagnostics.fieldwork_coverage import plan_progress

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/fieldwork/checks")


@router.get("")
def show_checks(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: GatheredDiagnostic
) -> HTMLResponse:
    """Show what to put right, or to know, before the analysis."""
    framework = framework_of(diagnostic)
    gathered = gathered_of(session, diagnostic, framework)
    progress = plan_progress([row.work for row in plan_rows(session, diagnostic)], gathered)
    # What is made of figures is nobody's judgement, and whoever is still to rate learns of no other's.
    known = ratings_known_to(session, diagnostic.id, person.id)
    ratings = tuple(one for one in known if one.rater != FIGURES)
    checks = fieldwork_checks(
        framework,
        gathered,
        ratings,
        progress,
        unjudged_quotes(session, diagnostic.id),
        today(),
    )
    places = Places(
        framework,
        {one.code: one for one in records_of(session, diagnostic.id)},
        progress,
        fieldwork_address(diagnostic),
    )
    return page(
        request,
        "fieldwork/checks.html.j2",
        diagnostic=diagnostic,
        today=today(),
        severities=severities(checks, places),
        breadcrumbs=breadcrumbs(diagnostic),
    )
