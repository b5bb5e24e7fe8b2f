"""The pages of the fieldwork plan: the whole of it, its rows one by one, and back to the proposal."""

from typing import Any, Literal
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from app.accounts.access import PersonDep
from app.accounts.person import Capability, Person, can
from app.commissioning.access import RunDiagnostic, SeenDiagnostic
from app.commissioning.frame.queries import frame_of, grid_of
from app.commissioning.frame.scope import scope_of
from app.commissioning.frameworks import framework_of
from app.commissioning.models import DRAFT, Diagnostic
from app.commissioning.plan import services
from app.commissioning.plan.forms import RowForm
from app.commissioning.plan.presenters import (
    ANY,
    ONE,
    WHAT,
    coverage_view,
    kinds_of,
    plan_view,
    proposal_view,
    reasons,
    row_line,
)
from app.commissioning.plan.queries import PlanRow, find_row, plan_rows
from app.commissioning.plan.services import Wanted
from app.commissioning.revisions import check_is_draft, version_of
from app.database.session import SessionDep
from app.web.errors import NotFound
from app.web.forms import Bound, bind, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page
from diagnostics.published import Source

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/plan")

VERSION = "version"
# The sources for which there is something to plan.
Gathered = Literal["interview", "observation", "document"]


def _address(diagnostic: Diagnostic) -> str:
    return f"/diagnostics/{diagnostic.id}/plan"


def _page(request: Request, template: str, diagnostic: Diagnostic, **context: Any) -> HTMLResponse:
    name = f"{diagnostic.authority.name}, wave {diagnostic.wave}"
    way = [("Dashboard", "/"), (name, f"/diagnostics/{diagnostic.id}")]
    if template != "plan/plan.html.j2":
        way.append(("Fieldwork plan", _address(diagnostic)))
    return page(
        request,
        template,
        breadcrumbs=[{"text": text, "href": href} for text, href in way],
        address=_address(diagnostic),
        diagnostic=diagnostic,
        diagnostic_name=name,
        **context,
    )


def _may_change(person: Person, diagnostic: Diagnostic) -> bool:
    return diagnostic.state == DRAFT and can(person, Capability.RUN, diagnostic.authority_code)


@router.get("")
def plan(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: SeenDiagnostic
) -> HTMLResponse:
    """Show the plan and what it would reach; before there is one, the proposal."""
    framework, frame = framework_of(diagnostic), frame_of(session, diagnostic)
    rows = plan_rows(session, diagnostic)
    proposal = services.proposal_for(session, diagnostic)
    work = [row.work for row in rows] if rows else proposal
    return _page(
        request,
        "plan/plan.html.j2",
        diagnostic,
        sources=plan_view(framework, rows) if rows else proposal_view(framework, proposal),
        proposed=not rows,
        people=frame.total,
        coverage=coverage_view(framework, frame, work),
        reasons=reasons(framework),
        may_change=_may_change(person, diagnostic),
        version=version_of(diagnostic, services.plan_content(session, diagnostic)),
    )


@router.post("/proposal")
def use_proposal(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: RunDiagnostic, sent: FormDep
) -> Response:
    """Make the plan what the frame suggests."""
    services.use_proposal(session, diagnostic, str(sent.get(VERSION, "")), person.id)
    return redirect(
        request, _address(diagnostic), "The plan is now what the frame suggests. You can change it."
    )


@router.get("/reset")
def ask_to_reset(request: Request, session: SessionDep, diagnostic: RunDiagnostic) -> HTMLResponse:
    """Ask before the plan is lost."""
    check_is_draft(diagnostic)
    framework = framework_of(diagnostic)
    return _page(
        request,
        "plan/reset.html.j2",
        diagnostic,
        sources=proposal_view(framework, services.proposal_for(session, diagnostic)),
        rows=len(plan_rows(session, diagnostic)),
        notes=sum(bool(row.note) for row in plan_rows(session, diagnostic)),
        version=version_of(diagnostic, services.plan_content(session, diagnostic)),
    )


@router.post("/confirm")
def confirm(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: RunDiagnostic, sent: FormDep
) -> Response:
    """Confirm the plan."""
    services.confirm_plan(session, diagnostic, str(sent.get(VERSION, "")), person.id)
    return redirect(request, _address(diagnostic), "The fieldwork plan is confirmed.")


@router.get("/add/{source}")
def ask_for_row(
    request: Request, session: SessionDep, diagnostic: RunDiagnostic, source: Gathered
) -> HTMLResponse:
    """Ask for a new row."""
    check_is_draft(diagnostic)
    return _row_page(request, session, diagnostic, source, shown(number=1), None)


@router.post("/add/{source}")
def add(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: RunDiagnostic,
    source: Gathered,
    sent: FormDep,
) -> Response:
    """Add a row."""
    check_is_draft(diagnostic)
    form, wanted = _wanted(session, diagnostic, source, bind(RowForm, sent))
    if wanted is None:
        return _row_page(request, session, diagnostic, source, form, None)
    services.add_row(session, diagnostic, source, wanted, person.id)
    return redirect(request, _address(diagnostic), "The row is added.")


@router.get("/rows/{row_id}")
def show_row(request: Request, session: SessionDep, diagnostic: RunDiagnostic, row_id: UUID) -> HTMLResponse:
    """Show a row to change."""
    check_is_draft(diagnostic)
    row = _found(session, diagnostic, row_id)
    form = shown(
        kind=row.work.kind,
        role_group=row.work.role_group,
        service_area=row.area_id,
        number=row.work.number,
        note=row.note,
    )
    return _row_page(request, session, diagnostic, row.work.source, form, row)


@router.post("/rows/{row_id}")
def change(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: RunDiagnostic,
    row_id: UUID,
    sent: FormDep,
) -> Response:
    """Change a row."""
    check_is_draft(diagnostic)
    row = _found(session, diagnostic, row_id)
    form, wanted = _wanted(session, diagnostic, row.work.source, bind(RowForm, sent))
    if wanted is None:
        return _row_page(request, session, diagnostic, row.work.source, form, row, str(sent.get(VERSION, "")))
    newer = services.newer_row(session, diagnostic, row_id, str(sent.get(VERSION, "")))
    if newer is not None:
        line = row_line(framework_of(diagnostic), newer)
        words = f"{line.number} × {line.called}{f'. Note: {line.note}' if line.note else ''}"
        wrong = f"Somebody else changed this row. It now says: {words}. Save again to keep yours instead"
        return _row_page(request, session, diagnostic, row.work.source, form.with_error("kind", wrong), newer)
    changed = services.change_row(session, diagnostic, row, wanted, person.id)
    return redirect(
        request, _address(diagnostic), "The row is changed." if changed else "Nothing had changed."
    )


@router.get("/rows/{row_id}/remove")
def ask_to_remove(
    request: Request, session: SessionDep, diagnostic: RunDiagnostic, row_id: UUID
) -> HTMLResponse:
    """Ask before a row is lost."""
    check_is_draft(diagnostic)
    return _remove_page(request, diagnostic, _found(session, diagnostic, row_id), shown())


def _remove_page(request: Request, diagnostic: Diagnostic, row: PlanRow, form: Bound[Any]) -> HTMLResponse:
    return _page(
        request,
        "plan/remove.html.j2",
        diagnostic,
        line=row_line(framework_of(diagnostic), row),
        form=form,
        version=version_of(diagnostic, row.content),
    )


@router.post("/rows/{row_id}/remove")
def remove(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: RunDiagnostic,
    row_id: UUID,
    sent: FormDep,
) -> Response:
    """Remove a row."""
    newer = services.newer_row(session, diagnostic, row_id, str(sent.get(VERSION, "")))
    if newer is not None:
        wrong = "Somebody else changed this row. This is what it says now"
        return _remove_page(request, diagnostic, newer, shown().with_error("row", wrong))
    services.remove_row(session, diagnostic, _found(session, diagnostic, row_id), person.id)
    return redirect(request, _address(diagnostic), "The row is removed.")


def _found(session: SessionDep, diagnostic: Diagnostic, row_id: UUID) -> PlanRow:
    row = find_row(session, diagnostic, row_id)
    if row is None:
        raise NotFound("This row is not in the plan any more. Somebody may have removed it.")
    return row


def _wanted(
    session: SessionDep, diagnostic: Diagnostic, source: Source, form: Bound[RowForm]
) -> tuple[Bound[RowForm], Wanted | None]:
    """Check a row against what there is to choose from."""
    data = form.data
    if data is None:
        return form, None
    areas = {str(area.id): area.id for area in grid_of(session, diagnostic).areas if area.id is not None}
    if data.kind not in kinds_of(framework_of(diagnostic), source):
        form = form.with_error("kind", "Choose what it is from the list")
    if data.role_group and data.role_group not in scope_of(diagnostic).roles:
        form = form.with_error("role_group", "Choose a role group from the list")
    if data.service_area and data.service_area not in areas:
        form = form.with_error("service_area", "Choose a service area from the list")
    if form.errors:
        return form, None
    area = areas[data.service_area] if data.service_area else None
    return form, Wanted(data.kind, data.role_group or None, area, data.number, data.note)


def _row_page(
    request: Request,
    session: SessionDep,
    diagnostic: Diagnostic,
    source: Source,
    form: Bound[Any],
    row: PlanRow | None,
    version: str = "",
) -> HTMLResponse:
    kinds = kinds_of(framework_of(diagnostic), source)
    groups = {group.id: group.name for group in scope_of(diagnostic).role_groups}
    areas = {str(area.id): area.name for area in grid_of(session, diagnostic).areas if area.id is not None}
    return _page(
        request,
        "plan/row.html.j2",
        diagnostic,
        title=f"Change {ONE[source]}" if row else f"Plan {ONE[source]}",
        source=source,
        what=WHAT[source],
        form=form,
        row=row,
        version=version or (version_of(diagnostic, row.content) if row else ""),
        kinds=_choices(kinds, "Choose one"),
        groups=_choices(groups, ANY),
        areas=_choices(areas, ANY),
    )


def _choices(names: dict[str, str], nothing: str) -> list[dict[str, str]]:
    return [
        {"value": "", "text": nothing},
        *({"value": value, "text": name} for value, name in names.items()),
    ]
