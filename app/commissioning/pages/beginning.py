"""Beginning a diagnostic, beginning the next wave, and deleting a draft."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from app.accounts.access import InTheAuthority, PersonDep
from app.accounts.person import Capability
from app.commissioning.access import DraftDiagnostic, RunDiagnostic
from app.commissioning.forms import SETTING_UP, YES, CommissionForm, DeletionForm
from app.commissioning.models import Authority, Diagnostic
from app.commissioning.pages.questions import attempt, first_shown, question, trail
from app.commissioning.presenters.authorities import what_can_begin
from app.commissioning.presenters.words import name_of
from app.commissioning.queries import find_authority, headcounts_of, last_diagnostic
from app.commissioning.services.waves import begin_next_wave, commission, delete_draft
from app.database.session import SessionDep
from app.web.errors import NotFound
from app.web.forms import Bound, bind, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page

router = APIRouter()
_RUNS = Depends(InTheAuthority(Capability.RUN))


def named_authority(authority_code: str, session: SessionDep) -> Authority:
    """Give the authority that an address names.

    Raises
    ------
    NotFound
        Where there is none.
    """
    found = find_authority(session, authority_code)
    if found is None:
        raise NotFound
    return found


NamedAuthority = Annotated[Authority, Depends(named_authority, scope="function")]


@router.get("/authorities/{authority_code}/diagnostics/new", dependencies=[_RUNS])
def show_new(
    request: Request, session: SessionDep, person: PersonDep, authority: NamedAuthority
) -> HTMLResponse:
    """Say what a diagnostic needs, and ask who runs it; or say why none can begin."""
    last = last_diagnostic(session, authority.code)
    if last is not None:
        return page(
            request,
            "commissioning/not_now.html.j2",
            authority=authority,
            last=last,
            begin=what_can_begin(person, authority, last),
            breadcrumbs=_trail(authority),
        )
    return _new(request, authority, shown(run_by="", fieldwork=""))


@router.post("/authorities/{authority_code}/diagnostics/new", dependencies=[_RUNS])
def save_new(
    request: Request, session: SessionDep, person: PersonDep, authority: NamedAuthority, form: FormDep
) -> Response:
    """Begin the council's first diagnostic."""
    made: list[Diagnostic] = []
    bound = attempt(
        bind(CommissionForm, form),
        lambda data: made.append(
            commission(
                session,
                authority,
                person.id,
                run_by=data.run_by,
                with_fieldwork=data.fieldwork == YES,
            )
        ),
    )
    if bound.data is None:
        return _new(request, authority, bound)
    address = f"/diagnostics/{made[0].id}/details/scope?way={SETTING_UP}"
    return redirect(request, address, f"A draft for {authority.name} is begun. You can change every answer.")


def _new(request: Request, authority: Authority, form: Bound[Any]) -> HTMLResponse:
    return page(
        request,
        "commissioning/new.html.j2",
        form=form,
        authority=authority,
        breadcrumbs=_trail(authority),
    )


def _trail(authority: Authority) -> list[dict[str, str]]:
    return [
        {"text": "Councils", "href": "/authorities"},
        {"text": authority.name, "href": f"/authorities/{authority.code}"},
    ]


@router.get("/diagnostics/{diagnostic_id}/next-wave")
def show_next_wave(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: RunDiagnostic
) -> HTMLResponse:
    """Say what the next wave takes over, and what it needs anew; or say why it cannot begin."""
    last = last_diagnostic(session, diagnostic.authority_code) or diagnostic
    return page(
        request,
        "commissioning/next_wave.html.j2",
        diagnostic=diagnostic,
        caption=name_of(diagnostic),
        last=last,
        begin=what_can_begin(person, diagnostic.authority, last),
        breadcrumbs=trail(diagnostic),
    )


@router.post("/diagnostics/{diagnostic_id}/next-wave")
def save_next_wave(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: RunDiagnostic
) -> Response:
    """Begin the next wave."""
    made = begin_next_wave(session, diagnostic, person.id)
    notice = f"Wave {made.wave} is begun. Set its days, and bring what was taken over up to date."
    return redirect(request, f"/diagnostics/{made.id}", notice)


@router.get("/diagnostics/{diagnostic_id}/delete")
def show_deletion(request: Request, session: SessionDep, diagnostic: DraftDiagnostic) -> HTMLResponse:
    """Ask whether the draft shall really go."""
    return _deletion(request, session, diagnostic, first_shown(diagnostic, (), ""))


@router.post("/diagnostics/{diagnostic_id}/delete")
def save_deletion(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: DraftDiagnostic, form: FormDep
) -> Response:
    """Delete the draft."""
    name, home = name_of(diagnostic), f"/authorities/{diagnostic.authority_code}"
    bound = attempt(
        bind(DeletionForm, form),
        lambda data: delete_draft(session, diagnostic, person.id, data.revision),
        changed="Somebody changed this draft while the page was open. Look at it before you delete it",
    )
    if bound.data is None:
        return _deletion(request, session, diagnostic, bound)
    return redirect(request, home, f"The draft of {name} is deleted.")


def _deletion(
    request: Request, session: SessionDep, diagnostic: Diagnostic, form: Bound[Any]
) -> HTMLResponse:
    return question(
        request,
        "commissioning/delete.html.j2",
        diagnostic,
        form,
        (),
        headcount=headcounts_of(session, [diagnostic.id])[diagnostic.id],
    )
