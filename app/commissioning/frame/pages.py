"""The pages of the frame: the grid, what can be shown of it, and the files in which it can be taken away."""

from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from app.accounts.access import PersonDep
from app.accounts.person import Capability, can
from app.commissioning.access import RunDiagnostic, SeenDiagnostic
from app.commissioning.frame import services
from app.commissioning.frame.forms import ACTION, VERSION, checked_grid, sent_grid
from app.commissioning.frame.grid import Grid, differences
from app.commissioning.frame.presenters import (
    differences_view,
    grid_view,
    preview_of,
    preview_view,
    saver_in_words,
    size_in_words,
)
from app.commissioning.frame.queries import last_save, planned_in_areas, saved_grid
from app.commissioning.frame.scope import scope_of
from app.commissioning.frame.typed_grid import GridForm, shown_grid
from app.commissioning.frameworks import framework_of
from app.commissioning.models import DRAFT, Diagnostic
from app.commissioning.revisions import check_is_draft, version_of
from app.database.session import SessionDep
from app.interchange.frame_table import MOST_AREAS
from app.interchange.frame_writing import frame_csv, frame_workbook
from app.web.forms import number_in
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page
from diagnostics.evidence import Frame

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/frame")

SAVE, ADD, BACK, REMOVE, REMOVED = "save", "add", "back", "remove-", "removed-"
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def address_of(diagnostic: Diagnostic) -> str:
    """Give the address of a diagnostic's frame."""
    return f"/diagnostics/{diagnostic.id}/frame"


def named(diagnostic: Diagnostic) -> str:
    """Name a diagnostic: "Wexbourne, wave 2"."""
    return f"{diagnostic.authority.name}, wave {diagnostic.wave}"


def breadcrumbs(diagnostic: Diagnostic, *more: tuple[str, str]) -> list[dict[str, str]]:
    """Give the way to a page of the frame."""
    way = [("Dashboard", "/"), (named(diagnostic), f"/diagnostics/{diagnostic.id}"), *more]
    return [{"text": text, "href": href} for text, href in way]


def about(diagnostic: Diagnostic) -> dict[str, Any]:
    """Give what every page of the frame prints."""
    scope = scope_of(diagnostic)
    return {
        "address": address_of(diagnostic),
        "diagnostic": diagnostic,
        "diagnostic_name": named(diagnostic),
        "scope": scope,
        "threshold": diagnostic.threshold,
    }


@router.get("")
def frame(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: SeenDiagnostic
) -> HTMLResponse:
    """Show the frame, as a grid to type into for whoever may change it."""
    scope, saved = scope_of(diagnostic), saved_grid(session, diagnostic)
    inside = scope.within(saved)
    form = shown_grid(inside, scope, version_of(diagnostic, saved.content))
    if diagnostic.state == DRAFT and can(person, Capability.RUN, diagnostic.authority_code):
        return _grid_page(request, diagnostic, form, inside, outside=scope.outside(saved))
    return page(
        request,
        "frame/shown.html.j2",
        breadcrumbs=breadcrumbs(diagnostic),
        **about(diagnostic),
        grid=grid_view(form, scope) if inside.areas else None,
        size=size_in_words(inside),
    )


def _grid_page(
    request: Request, diagnostic: Diagnostic, form: GridForm, saved: Grid, **context: Any
) -> HTMLResponse:
    scope = scope_of(diagnostic)
    return page(
        request,
        "frame/grid.html.j2",
        **{
            "breadcrumbs": breadcrumbs(diagnostic),
            **about(diagnostic),
            "form": form.bound,
            "version": form.version,
            "grid": grid_view(form, scope),
            "size": size_in_words(saved) if saved.total else "",
            "outside": 0,
            "clash": (),
            "first_added": 0,
            "unsaved": False,
            "message": "",
            "most_areas": MOST_AREAS,
            **context,
        },
    )


@router.post("")
def change_frame(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: RunDiagnostic, sent: FormDep
) -> Response:
    """Save the grid; or add rows to it or take one out, of which nothing is saved yet."""
    check_is_draft(diagnostic)
    scope, saved = scope_of(diagnostic), saved_grid(session, diagnostic)
    inside = scope.within(saved)
    form, action = sent_grid(sent, scope), str(sent.get(ACTION, SAVE))
    if action == ADD:
        longer = form.with_rows_added()
        first = len(form.rows) + 1 if len(longer.rows) > len(form.rows) else 0
        return _grid_page(request, diagnostic, longer, inside, first_added=first, unsaved=True)
    if action == BACK:
        return _grid_page(request, diagnostic, form, inside, unsaved=True)
    if action.startswith((REMOVE, REMOVED)):
        return _remove(request, session, diagnostic, form, action, inside)
    form, grid = checked_grid(form, scope, saved)
    if grid is None:
        return _grid_page(request, diagnostic, form, inside, unsaved=True)
    newer = services.newer_grid(session, diagnostic, form.version)
    if newer is not None:
        who = saver_in_words(last_save(session, diagnostic), person.id)
        return _clash_page(request, diagnostic, form, grid, newer, who)
    changed = services.save_frame(session, diagnostic, grid, person.id)
    words = f"The frame is saved: {size_in_words(grid)}." if changed else "Nothing had changed."
    return redirect(request, f"{address_of(diagnostic)}/preview", words)


def _remove(
    request: Request, session: SessionDep, diagnostic: Diagnostic, form: GridForm, action: str, saved: Grid
) -> Response:
    row = form.row(number_in(action.rpartition("-")[2], -1))
    if row is None:
        return _grid_page(request, diagnostic, form, saved, unsaved=True)
    planned = planned_in_areas(session, diagnostic).get(row.name, 0)
    if action.startswith(REMOVE) and (row.counted or planned):
        return page(
            request,
            "frame/remove.html.j2",
            breadcrumbs=breadcrumbs(diagnostic, ("Frame", address_of(diagnostic))),
            **about(diagnostic),
            grid=grid_view(form, scope_of(diagnostic)),
            version=form.version,
            row=row,
            called=row.name or f"row {row.number}",
            planned=planned,
        )
    words = f"“{row.name}” is" if row.name else "The row is"
    return _grid_page(
        request,
        diagnostic,
        form.without_row(row.number),
        saved,
        unsaved=True,
        message=f"{words} taken out. Save the frame to keep it so.",
    )


def _clash_page(
    request: Request, diagnostic: Diagnostic, form: GridForm, mine: Grid, newer: Grid, who: str
) -> HTMLResponse:
    """Show what somebody else saved beside what was typed, so that saving again is a choice."""
    scope = scope_of(diagnostic)
    seen = GridForm(
        form.rows,
        version_of(diagnostic, newer.content),
        {"clash": f"{who}, after you opened this page. Nothing from this page is saved yet"},
    )
    found = differences(scope.within(newer), mine.with_ids_of(newer), scope.roles)
    return _grid_page(
        request,
        diagnostic,
        seen,
        scope.within(newer),
        clash=differences_view(found, scope),
        unsaved=True,
    )


@router.get("/preview")
def preview(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: SeenDiagnostic
) -> HTMLResponse:
    """Show what will be merged and what can be shown."""
    scope, saved = scope_of(diagnostic), saved_grid(session, diagnostic)
    inside, framework = scope.within(saved), framework_of(diagnostic)
    shown = None
    if inside.total:
        found = preview_of(framework, inside.frame(scope.roles), diagnostic.threshold)
        shown = preview_view(framework, found, inside, scope, diagnostic.threshold)
    return page(
        request,
        "frame/preview.html.j2",
        breadcrumbs=breadcrumbs(diagnostic, ("Frame", address_of(diagnostic))),
        **about(diagnostic),
        grid=grid_view(shown_grid(inside, scope, ""), scope),
        size=size_in_words(inside),
        shown=shown,
        missing=services.missing_of(session, diagnostic),
        version=version_of(diagnostic, services.previewed(diagnostic, saved)),
        may_change=diagnostic.state == DRAFT and can(person, Capability.RUN, diagnostic.authority_code),
    )


@router.post("/preview")
def confirm(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: RunDiagnostic, sent: FormDep
) -> Response:
    """Confirm the frame."""
    services.confirm_frame(session, diagnostic, str(sent.get(VERSION, "")), person.id)
    return redirect(request, f"{address_of(diagnostic)}/preview", "The frame is confirmed.")


@router.get("/{what}.{kind}")
def download(
    session: SessionDep,
    diagnostic: SeenDiagnostic,
    what: Literal["frame", "template"],
    kind: Literal["csv", "xlsx"],
) -> Response:
    """Give the frame, or its headings alone, as a file to change and to upload again."""
    scope = scope_of(diagnostic)
    content = Frame(())
    if what == "frame":
        content = scope.within(saved_grid(session, diagnostic)).frame(scope.roles)
    made = frame_csv(content) if kind == "csv" else frame_workbook(content, scope.role_groups)
    name = (
        f"{what if what == 'frame' else 'frame-template'}-{diagnostic.authority_code}-wave-{diagnostic.wave}"
    )
    return Response(
        made,
        media_type=CSV if kind == "csv" else XLSX,
        headers={"content-disposition": f'attachment; filename="{name}.{kind}"'},
    )
