"""Who else may read a brief: other councils by name, or everybody."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.accounts.access import PersonDep
from app.briefs.published.access import SharedDiagnostic
from app.briefs.published.forms import NO, YES, PublicForm, ShareForm
from app.briefs.published.services import check_is_published, set_public, share, stop_sharing
from app.briefs.queries import shares_of
from app.briefs.room.pages import room, way_here
from app.commissioning.models import Diagnostic
from app.commissioning.queries import all_authorities
from app.database.session import SessionDep
from app.settings import Settings
from app.web.dates import uk_date
from app.web.errors import NotFound
from app.web.forms import Bound, bind, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/brief/readers")


@router.get("")
def show_readers(request: Request, session: SessionDep, diagnostic: SharedDiagnostic) -> HTMLResponse:
    """Show who may read the brief."""
    return _page(request, session, diagnostic, shown(), shown())


@router.post("")
def share_it(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: SharedDiagnostic, sent: FormDep
) -> Response:
    """Share it with another council."""
    bound = bind(ShareForm, sent)
    if bound.data is None:
        return _page(request, session, diagnostic, bound, shown())
    try:
        name = share(session, diagnostic, bound.data.council, person.id)
    except NotFound:
        wrong = bound.with_error("council", "Choose a council from the list")
        return _page(request, session, diagnostic, wrong, shown())
    return redirect(request, _address(diagnostic), f"Everybody with a role in {name} can read the brief now.")


@router.post("/public")
def make_public(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: SharedDiagnostic, sent: FormDep
) -> Response:
    """Let everybody read the page of the brief, or no longer."""
    bound = bind(PublicForm, sent)
    if bound.data is None:
        return _page(request, session, diagnostic, shown(), bound)
    public = bound.data.public == YES
    set_public(session, diagnostic, person.id, public=public)
    said = "Everybody who has its address can read the brief now."
    return redirect(request, _address(diagnostic), said if public else "The brief is not public any more.")


@router.post("/{authority_code}/end")
def end_sharing(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: SharedDiagnostic,
    authority_code: str,
) -> Response:
    """Stop sharing with a council."""
    stop_sharing(session, diagnostic, authority_code, person.id)
    return redirect(request, _address(diagnostic), "The council cannot read the brief any more.")


def _address(diagnostic: Diagnostic) -> str:
    return f"{room(diagnostic)}/readers"


def _page(
    request: Request,
    session: SessionDep,
    diagnostic: Diagnostic,
    form: Bound[Any],
    public_form: Bound[Any],
) -> HTMLResponse:
    brief = check_is_published(session, diagnostic)
    shares = shares_of(session, diagnostic.id)
    taken = {one.authority_code for one, _ in shares} | {diagnostic.authority_code}
    settings: Settings = request.app.state.settings
    if not public_form.errors:
        public_form = shown(public=YES if brief.public else NO)
    return page(
        request,
        "briefs/readers.html.j2",
        title="Who may read the brief",
        form=public_form if public_form.errors else form,
        share_form=form,
        public_form=public_form,
        shares=[
            {
                "name": name,
                "since": uk_date(one.shared_at),
                "end": f"{_address(diagnostic)}/{one.authority_code}/end",
            }
            for one, name in shares
        ],
        councils=[
            {"value": "", "text": "Choose a council"},
            *(
                {"value": one.code, "text": one.name}
                for one in all_authorities(session)
                if one.code not in taken
            ),
        ],
        public=brief.public,
        address=f"{settings.base_url.rstrip('/')}/briefs/{brief.id}",
        home=_address(diagnostic),
        breadcrumbs=way_here(diagnostic),
    )
