"""What a diagnostic covers and how it runs: a page that checks all answers, and a page for each question."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.accounts.access import PersonDep
from app.accounts.person import Capability, can
from app.commissioning.access import DraftDiagnostic, SeenDiagnostic
from app.commissioning.forms import (
    SETTING_UP,
    YES,
    AreasForm,
    FrameworkForm,
    RolesForm,
    RunningForm,
    ScopeForm,
    ThresholdForm,
)
from app.commissioning.frameworks import framework_named, frameworks, least_threshold
from app.commissioning.models import DRAFT, NAMED_AREAS, NAMED_ROLES, Diagnostic
from app.commissioning.pages.questions import answer, done, first_shown, question, trail
from app.commissioning.presenters.details import (
    framework_rows,
    running_rows,
    scope_rows,
    sections,
    threshold_rows,
)
from app.commissioning.presenters.words import name_of
from app.commissioning.queries import duties_of
from app.commissioning.services.details import set_framework, set_running, set_scope, set_threshold
from app.database.session import SessionDep
from app.web.forms import Bound, bind
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/details")
NO = "no"


@router.get("")
def check(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: SeenDiagnostic
) -> HTMLResponse:
    """Show all that was agreed for a diagnostic."""
    may_change = diagnostic.state == DRAFT and can(person, Capability.RUN, diagnostic.authority_code)
    duties = duties_of(session, [diagnostic.id])[diagnostic.id]
    return page(
        request,
        "commissioning/details.html.j2",
        diagnostic=diagnostic,
        caption=name_of(diagnostic),
        sections=sections(diagnostic, duties, may_change=may_change),
        may_change=may_change,
        breadcrumbs=trail(diagnostic),
    )


@router.get("/running")
def show_running(request: Request, diagnostic: DraftDiagnostic, way: str = "") -> HTMLResponse:
    """Ask who runs the diagnostic."""
    fieldwork = YES if diagnostic.with_fieldwork else NO
    form = first_shown(
        diagnostic, running_rows(diagnostic), way, run_by=diagnostic.run_by, fieldwork=fieldwork
    )
    return _running(request, diagnostic, form)


@router.post("/running")
def save_running(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: DraftDiagnostic, form: FormDep
) -> Response:
    """Keep who runs the diagnostic."""
    bound = answer(
        bind(RunningForm, form),
        diagnostic,
        running_rows(diagnostic),
        lambda data: set_running(
            session, diagnostic, person.id, data.revision, data.run_by, data.fieldwork == YES
        ),
    )
    if bound.data is None:
        return _running(request, diagnostic, bound)
    return done(request, diagnostic, bound.data, "Who runs the diagnostic is saved.")


def _running(request: Request, diagnostic: Diagnostic, form: Bound[Any]) -> HTMLResponse:
    return question(request, "commissioning/running.html.j2", diagnostic, form, running_rows(diagnostic))


@router.get("/scope")
def show_scope(request: Request, diagnostic: DraftDiagnostic, way: str = "") -> HTMLResponse:
    """Ask what kind of scope it is."""
    return _scope(
        request, diagnostic, first_shown(diagnostic, scope_rows(diagnostic), way, scope=diagnostic.scope)
    )


@router.post("/scope")
def save_scope(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: DraftDiagnostic, form: FormDep
) -> Response:
    """Keep that it is the whole service; else ask which areas or role groups, and keep nothing yet."""
    bound = bind(ScopeForm, form)
    if bound.data is not None and bound.data.scope in (NAMED_AREAS, NAMED_ROLES):
        way = f"?way={bound.data.way}" if bound.data.way else ""
        return redirect(request, f"/diagnostics/{diagnostic.id}/details/scope/{bound.data.scope}{way}")
    bound = answer(
        bound,
        diagnostic,
        scope_rows(diagnostic),
        lambda data: set_scope(session, diagnostic, person.id, data.revision, data.scope),
    )
    if bound.data is None:
        return _scope(request, diagnostic, bound)
    return done(request, diagnostic, bound.data, "The scope is saved.", then=_after_scope())


def _after_scope() -> str:
    return "details/framework" if len(frameworks()) > 1 else "details/threshold"


def _scope(request: Request, diagnostic: Diagnostic, form: Bound[Any]) -> HTMLResponse:
    return question(request, "commissioning/scope.html.j2", diagnostic, form, scope_rows(diagnostic))


@router.get("/scope/areas")
def show_areas(request: Request, diagnostic: DraftDiagnostic, way: str = "") -> HTMLResponse:
    """Ask which areas it covers."""
    form = first_shown(diagnostic, scope_rows(diagnostic), way, areas="\n".join(diagnostic.scope_areas))
    return _areas(request, diagnostic, form)


@router.post("/scope/areas")
def save_areas(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: DraftDiagnostic, form: FormDep
) -> Response:
    """Keep which areas it covers."""
    bound = answer(
        bind(AreasForm, form),
        diagnostic,
        scope_rows(diagnostic),
        lambda data: set_scope(session, diagnostic, person.id, data.revision, NAMED_AREAS, areas=data.names),
    )
    if bound.data is None:
        return _areas(request, diagnostic, bound)
    return done(request, diagnostic, bound.data, "The scope is saved.", then=_after_scope())


def _areas(request: Request, diagnostic: Diagnostic, form: Bound[Any]) -> HTMLResponse:
    return question(request, "commissioning/scope_areas.html.j2", diagnostic, form, scope_rows(diagnostic))


@router.get("/scope/roles")
def show_roles(request: Request, diagnostic: DraftDiagnostic, way: str = "") -> HTMLResponse:
    """Ask which role groups it covers."""
    return _roles(
        request,
        diagnostic,
        first_shown(diagnostic, scope_rows(diagnostic), way, roles=diagnostic.scope_roles),
    )


@router.post("/scope/roles")
def save_roles(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: DraftDiagnostic, form: FormDep
) -> Response:
    """Keep which role groups it covers."""
    bound = answer(
        bind(RolesForm, form),
        diagnostic,
        scope_rows(diagnostic),
        lambda data: set_scope(session, diagnostic, person.id, data.revision, NAMED_ROLES, roles=data.roles),
    )
    if bound.data is None:
        return _roles(request, diagnostic, bound)
    return done(request, diagnostic, bound.data, "The scope is saved.", then=_after_scope())


def _roles(request: Request, diagnostic: Diagnostic, form: Bound[Any]) -> HTMLResponse:
    framework = framework_named(diagnostic.framework)
    groups = framework.role_groups if framework else ()
    choices = [{"value": one.id, "text": one.name, "hint": one.description} for one in groups]
    return question(
        request,
        "commissioning/scope_roles.html.j2",
        diagnostic,
        form,
        scope_rows(diagnostic),
        choices=choices,
    )


@router.get("/framework")
def show_framework(request: Request, diagnostic: DraftDiagnostic, way: str = "") -> HTMLResponse:
    """Ask for the framework version."""
    return _framework(
        request,
        diagnostic,
        first_shown(diagnostic, framework_rows(diagnostic), way, framework=diagnostic.framework),
    )


@router.post("/framework")
def save_framework(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: DraftDiagnostic, form: FormDep
) -> Response:
    """Keep the framework version."""
    bound = answer(
        bind(FrameworkForm, form),
        diagnostic,
        framework_rows(diagnostic),
        lambda data: set_framework(session, diagnostic, person.id, data.revision, data.framework),
    )
    if bound.data is None:
        return _framework(request, diagnostic, bound)
    return done(request, diagnostic, bound.data, "The framework version is saved.", then="details/threshold")


def _framework(request: Request, diagnostic: Diagnostic, form: Bound[Any]) -> HTMLResponse:
    choices = [
        {"value": name, "text": f"{one.name}, version {one.version}", "hint": one.about}
        for name, one in frameworks().items()
    ]
    return question(
        request,
        "commissioning/framework.html.j2",
        diagnostic,
        form,
        framework_rows(diagnostic),
        choices=choices,
    )


@router.get("/threshold")
def show_threshold(request: Request, diagnostic: DraftDiagnostic, way: str = "") -> HTMLResponse:
    """Ask for the smallest group that results may show."""
    return _threshold(
        request,
        diagnostic,
        first_shown(diagnostic, threshold_rows(diagnostic), way, threshold=diagnostic.threshold),
    )


@router.post("/threshold")
def save_threshold(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: DraftDiagnostic, form: FormDep
) -> Response:
    """Keep the smallest group."""
    bound = answer(
        bind(ThresholdForm, form),
        diagnostic,
        threshold_rows(diagnostic),
        lambda data: set_threshold(session, diagnostic, person.id, data.revision, data.threshold),
    )
    if bound.data is None:
        return _threshold(request, diagnostic, bound)
    notice = (
        "The diagnostic is set up. Check the answers, then go on with the task list."
        if bound.data.way == SETTING_UP
        else "The smallest group is saved."
    )
    return done(request, diagnostic, bound.data, notice)


def _threshold(request: Request, diagnostic: Diagnostic, form: Bound[Any]) -> HTMLResponse:
    return question(
        request,
        "commissioning/threshold.html.j2",
        diagnostic,
        form,
        threshold_rows(diagnostic),
        least=least_threshold(diagnostic.framework),
    )
