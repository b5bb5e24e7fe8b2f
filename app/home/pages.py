"""The first page, and the task list of a diagnostic."""

from functools import partial

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from app.accounts.access import AnyoneSignedIn, PersonDep
from app.accounts.person import Capability, can
from app.actions.tasks import action_tasks
from app.commissioning.access import SeenDiagnostic
from app.commissioning.checklist import missing, ready
from app.commissioning.models import DRAFT
from app.commissioning.presenters.authorities import what_can_begin
from app.commissioning.presenters.details import people_rows, timetable_rows, unlinked
from app.commissioning.presenters.words import name_of, state_of
from app.commissioning.queries import duties_of, last_diagnostic
from app.commissioning.timetable import Timetable, warnings
from app.database.session import SessionDep
from app.fieldwork.tasks import fieldwork_tasks
from app.home.boards import board_of
from app.home.presenters import task_items
from app.home.rows import later_tasks_of, tasks_of
from app.survey.conduct.pages import misses_key
from app.survey.tasks import survey_tasks
from app.web.templating import page

router = APIRouter()


@router.get("/", dependencies=[Depends(AnyoneSignedIn())])
def dashboard(
    request: Request, session: SessionDep, person: PersonDep, sort: str = "", order: str = ""
) -> HTMLResponse:
    """Show what waits for whoever is signed in."""
    return page(
        request,
        "home/dashboard.html.j2",
        board=board_of(session, person, sort=sort, order=order),
    )


@router.get("/diagnostics/{diagnostic_id}")
def task_list(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: SeenDiagnostic
) -> HTMLResponse:
    """Show what there is to do in a diagnostic, what is missing, when things happen and who does what."""
    tasks = tasks_of(session, [diagnostic])[diagnostic.id]
    duties = duties_of(session, [diagnostic.id])[diagnostic.id]
    last = last_diagnostic(session, diagnostic.authority_code)
    may_change = can(person, Capability.RUN, diagnostic.authority_code)
    draft = diagnostic.state == DRAFT
    return page(
        request,
        "home/task_list.html.j2",
        diagnostic=diagnostic,
        heading=name_of(diagnostic),
        state=state_of(diagnostic),
        draft=draft,
        survey=survey_tasks(session, [diagnostic], partial(misses_key, request))[diagnostic.id],
        fieldwork=fieldwork_tasks(session, [diagnostic]).get(diagnostic.id),
        actions=action_tasks(session, [diagnostic]).get(diagnostic.id),
        items=task_items(tasks, may_change=may_change),
        later=task_items(later_tasks_of(session, [diagnostic])[diagnostic.id], may_change=may_change),
        missing=missing(tasks),
        ready=ready(tasks),
        may_change=may_change,
        days=unlinked(timetable_rows(diagnostic)),
        short=warnings(Timetable.of(diagnostic)) if may_change and draft else (),
        people=unlinked(people_rows(diagnostic, duties)),
        begin=what_can_begin(person, diagnostic.authority, last),
        is_last=last is not None and last.id == diagnostic.id,
        breadcrumbs=[
            {"text": "Dashboard", "href": "/"},
            {"text": diagnostic.authority.name, "href": f"/authorities/{diagnostic.authority_code}"},
        ],
    )
