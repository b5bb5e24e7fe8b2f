"""A masterclass for team managers on the headings in which their council has most to gain."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.accounts.access import PersonDep
from app.commissioning.access import SeenDiagnostic
from app.commissioning.frameworks import framework_of
from app.commissioning.presenters.words import name_of
from app.database.session import SessionDep
from app.fieldwork.access import gathers
from app.library.presenters import masterclass
from app.library.queries import current_entries
from app.profiles.masterclass import choose_headings
from app.profiles.queries import newest_snapshot, profile_of, published_in
from app.web.templating import page

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/masterclass")


@router.get("")
def show_masterclass(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: SeenDiagnostic
) -> HTMLResponse:
    """Put a masterclass together from what was published, or for who gathers from the newest profile."""
    framework = framework_of(diagnostic)
    issued = published_in(session, diagnostic.id)
    kept = issued[-1] if issued else None
    draft = None
    if kept is None and gathers(session, person, diagnostic):
        draft = newest_snapshot(session, diagnostic.id)
    source = kept or draft
    chosen = choose_headings(profile_of(source)) if source else ()
    lessons = masterclass(framework, current_entries(session), [one.id for one in chosen])
    return page(
        request,
        "profiles/masterclass.html.j2",
        lessons=lessons,
        why={one.name: one.why for one in chosen},
        draft=draft is not None,
        other="&".join(f"heading={one.id}" for one in chosen),
        breadcrumbs=[{"text": name_of(diagnostic), "href": f"/diagnostics/{diagnostic.id}"}],
    )
