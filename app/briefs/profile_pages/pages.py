"""The pages of one profile: the whole, a heading, who answered, how sure we are, and the evidence."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.accounts.access import PersonDep
from app.briefs.beside import comparison_for, previous_of
from app.briefs.profile_pages.presenters import (
    links,
    present_evidence,
    present_heading,
    present_overview,
    present_reasons,
    present_sureness,
)
from app.briefs.profile_pages.response import present_response
from app.commissioning.access import SeenDiagnostic
from app.commissioning.frameworks import framework_name, framework_of
from app.commissioning.models import Diagnostic
from app.commissioning.presenters.words import name_of
from app.database.session import SessionDep
from app.fieldwork.access import gathers
from app.fieldwork.queries import purged_on
from app.fieldwork.ratings.queries import shown_ratings
from app.profiles.access import ReadSnapshot, works_on
from app.profiles.models import ProfileSnapshot
from app.profiles.pages import room, way_here
from app.profiles.queries import newest_snapshot, profile_of
from app.web.dates import uk_date, uk_time
from app.web.errors import NotFound
from app.web.templating import page

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/profile/{number}")
_TABS = {"": "Overview", "/response": "Who answered", "/sure": "How sure we are", "/evidence": "Evidence"}


@router.get("")
def show_overview(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: SeenDiagnostic,
    snapshot: ReadSnapshot,
) -> HTMLResponse:
    """Show the whole: the strip of the headings, and what each source says of each."""
    newest = newest_snapshot(session, diagnostic.id)
    profile = profile_of(snapshot)
    return _page(
        request,
        "overview",
        diagnostic,
        snapshot,
        "",
        title=f"Profile {snapshot.number}",
        it=present_overview(
            profile,
            framework_of(diagnostic),
            previous_of(session, snapshot),
            comparison_for(session, profile),
        ),
        made=uk_time(snapshot.made_at),
        version=snapshot,
        framework=framework_name(snapshot.framework, snapshot.framework_version),
        newest=newest.number if newest else snapshot.number,
        works=works_on(session, person, diagnostic),
        gathers=gathers(session, person, diagnostic),
    )


@router.get("/headings/{heading}")
def show_heading(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: SeenDiagnostic,
    snapshot: ReadSnapshot,
    heading: str,
) -> HTMLResponse:
    """Show one heading: its sources, answers, groups, what was heard, and what was made of it."""
    profile, framework = profile_of(snapshot), framework_of(diagnostic)
    places = {one.id: place for place, one in enumerate(links(profile))}
    if heading not in places:
        raise NotFound("The profile has no such heading.")
    gathering, reasons, deleted = gathers(session, person, diagnostic), {}, None
    if gathering and diagnostic.with_fieldwork:
        deleted = purged_on(session, diagnostic.id)
        reasons = dict(present_reasons(shown_ratings(session, diagnostic.id, person.id), framework, heading))
    it = present_heading(profile, framework, previous_of(session, snapshot), places[heading])
    return _page(
        request,
        "heading",
        diagnostic,
        snapshot,
        None,
        title=it.heading.name,
        it=it,
        gathers=gathering,
        reasons=reasons,
        deleted=uk_date(deleted) if deleted else "",
    )


@router.get("/response")
def show_response(request: Request, diagnostic: SeenDiagnostic, snapshot: ReadSnapshot) -> HTMLResponse:
    """Show who answered and who is missing."""
    it = present_response(profile_of(snapshot))
    return _page(request, "response", diagnostic, snapshot, "/response", title="Who answered", it=it)


@router.get("/sure")
def show_sureness(request: Request, diagnostic: SeenDiagnostic, snapshot: ReadSnapshot) -> HTMLResponse:
    """Show how sure we are, in plain words, with the figures behind them."""
    it = present_sureness(profile_of(snapshot), framework_of(diagnostic))
    return _page(request, "sure", diagnostic, snapshot, "/sure", title="How sure we are", it=it)


@router.get("/evidence")
def show_evidence(request: Request, diagnostic: SeenDiagnostic, snapshot: ReadSnapshot) -> HTMLResponse:
    """Show what every sentence rests on."""
    it = present_evidence(profile_of(snapshot))
    return _page(request, "evidence", diagnostic, snapshot, "/evidence", title="Evidence", it=it)


def _page(
    request: Request,
    template: str,
    diagnostic: Diagnostic,
    snapshot: ProfileSnapshot,
    here: str | None,
    **context: Any,
) -> HTMLResponse:
    base = f"{room(diagnostic)}/{snapshot.number}"
    way = way_here(diagnostic)
    if here != "":
        way = [*way, {"text": f"Profile {snapshot.number}", "href": base}]
    return page(
        request,
        f"profiles/{template}.html.j2",
        name=name_of(diagnostic) if here == "" else f"{name_of(diagnostic)}, profile {snapshot.number}",
        number=snapshot.number,
        home=room(diagnostic),
        base=base,
        tabs=[{"text": text, "href": f"{base}{path}", "here": path == here} for path, text in _TABS.items()],
        breadcrumbs=way,
        **context,
    )
