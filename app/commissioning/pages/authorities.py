"""Councils: the list, one council's page, and what Ofsted found there."""

from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from app.accounts.access import AnyoneSignedIn, InTheAuthority, PersonDep
from app.accounts.person import Capability, can
from app.commissioning.forms import YES, JudgementForm
from app.commissioning.models import Authority
from app.commissioning.pages.beginning import NamedAuthority
from app.commissioning.pages.questions import SAVED_NOW, attempt
from app.commissioning.presenters.authorities import (
    COLUMNS,
    fact_rows,
    found_authorities,
    waves,
    what_can_begin,
)
from app.commissioning.queries import authorities_seen_by, diagnostics_of, diagnostics_seen_by
from app.commissioning.services.authorities import JUDGEMENTS, as_seen, set_judgement
from app.database.session import SessionDep
from app.web.forms import Bound, bind, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.sorting import Sorting
from app.web.templating import page

router = APIRouter(prefix="/authorities")
NOT_NOTED = "none"
_LONGEST_SEARCH = 100


@router.get("", dependencies=[Depends(AnyoneSignedIn())])
def show_all(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    q: str = "",
    only: str = "",
    sort: str = "",
    order: str = "",
) -> HTMLResponse:
    """List the councils that somebody may know of."""
    sought = " ".join(q.split())[:_LONGEST_SEARCH]
    only_with = only == YES
    sorting = Sorting.asked(sort, order, COLUMNS)
    seen = authorities_seen_by(session, person)
    found = found_authorities(
        seen,
        diagnostics_seen_by(session, person),
        sought=sought,
        only_with_diagnostic=only_with,
        sorting=sorting,
    )
    return page(
        request,
        "commissioning/authorities.html.j2",
        found=found,
        total=len(seen),
        sought=sought,
        only_with=only_with,
        heads=sorting.heads(COLUMNS, "/authorities", q=sought, only=YES if only_with else ""),
        search=shown(q=sought, only=[YES] if only_with else []),
    )


@router.get("/{authority_code}", dependencies=[Depends(InTheAuthority(Capability.SEE))])
def show_one(
    request: Request, session: SessionDep, person: PersonDep, authority: NamedAuthority
) -> HTMLResponse:
    """Show a council's facts and its waves."""
    diagnostics = diagnostics_of(session, authority.code)
    may_run = can(person, Capability.RUN, authority.code)
    return page(
        request,
        "commissioning/authority.html.j2",
        authority=authority,
        facts=fact_rows(authority, may_change=may_run),
        waves=waves(diagnostics),
        begin=what_can_begin(person, authority, next(iter(diagnostics), None)),
        may_run=may_run,
        may_manage_people=can(person, Capability.MANAGE_PEOPLE, authority.code),
        breadcrumbs=[{"text": "Dashboard", "href": "/"}, {"text": "Councils", "href": "/authorities"}],
    )


@router.get("/{authority_code}/judgement", dependencies=[Depends(InTheAuthority(Capability.RUN))])
def show_judgement(request: Request, authority: NamedAuthority) -> HTMLResponse:
    """Ask what Ofsted found last."""
    form = shown(
        seen=as_seen(authority), judgement=authority.judgement or NOT_NOTED, judged_on=authority.judged_on
    )
    return _judgement(request, authority, form)


@router.post("/{authority_code}/judgement", dependencies=[Depends(InTheAuthority(Capability.RUN))])
def save_judgement(
    request: Request, session: SessionDep, person: PersonDep, authority: NamedAuthority, form: FormDep
) -> Response:
    """Keep what Ofsted found last."""
    bound = attempt(
        bind(JudgementForm, form),
        lambda data: set_judgement(
            session,
            authority,
            person.id,
            seen=data.seen,
            judgement="" if data.judgement == NOT_NOTED else data.judgement,
            judged_on=data.judged_on,
        ),
    )
    if bound.data is None:
        return _judgement(request, authority, bound)
    return redirect(request, f"/authorities/{authority.code}", "The judgement is noted.")


def _judgement(request: Request, authority: Authority, form: Bound[Any]) -> HTMLResponse:
    choices = [{"value": value, "text": text} for value, text in JUDGEMENTS.items()]
    conflict = bool(form.error(SAVED_NOW))
    return page(
        request,
        "commissioning/judgement.html.j2",
        form=form,
        authority=authority,
        choices=[*choices, {"divider": "or"}, {"value": NOT_NOTED, "text": "Not noted"}],
        seen=as_seen(authority) if conflict or not form.errors else form.value("seen"),
        saved=fact_rows(authority, may_change=False)[-1:] if conflict else (),
        breadcrumbs=[
            {"text": "Councils", "href": "/authorities"},
            {"text": authority.name, "href": f"/authorities/{authority.code}"},
        ],
    )
