"""The pages on which a frame is uploaded: choose a file, see what it would change, accept it."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from starlette.datastructures import UploadFile

from app.accounts.access import PersonDep
from app.commissioning.access import RunDiagnostic
from app.commissioning.frame import services
from app.commissioning.frame.grid import Grid, differences
from app.commissioning.frame.pages import about, address_of, breadcrumbs
from app.commissioning.frame.presenters import differences_view, saver_in_words, size_in_words
from app.commissioning.frame.queries import last_save, planned_in_areas, saved_grid
from app.commissioning.frame.scope import scope_of
from app.commissioning.frame.uploads import (
    MOST_MEGABYTES,
    Upload,
    accepted_upload,
    read_upload,
    shown_name,
    sign_upload,
)
from app.commissioning.models import Diagnostic
from app.commissioning.revisions import check_is_draft, version_of
from app.database.session import SessionDep
from app.web.errors import FormExpired
from app.web.forms import Bound, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/frame/upload")

FILE, CONTENT = "file", "content"


def _upload_page(
    request: Request, diagnostic: Diagnostic, form: Bound[Any], found: Upload | None = None, name: str = ""
) -> HTMLResponse:
    return page(
        request,
        "frame/upload.html.j2",
        breadcrumbs=breadcrumbs(diagnostic, ("Frame", address_of(diagnostic))),
        **about(diagnostic),
        form=form,
        size="",
        most_megabytes=MOST_MEGABYTES,
        faults=found.faults if found else (),
        name=name,
    )


@router.get("")
def choose(request: Request, diagnostic: RunDiagnostic) -> HTMLResponse:
    """Ask for a file."""
    check_is_draft(diagnostic)
    return _upload_page(request, diagnostic, shown())


@router.post("")
def check(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: RunDiagnostic, sent: FormDep
) -> HTMLResponse:
    """Read a file and show what it would change; nothing is saved."""
    check_is_draft(diagnostic)
    file = sent.get(FILE)
    if not isinstance(file, UploadFile) or not file.filename:
        return _upload_page(request, diagnostic, shown().with_error(FILE, "Choose a file"))
    name = shown_name(file.filename)
    found = read_upload(diagnostic, scope_of(diagnostic), file.filename, file.file.read())
    if found.grid is None:
        many = "one mistake" if len(found.faults) == 1 else f"{len(found.faults)} mistakes"
        wrong = (
            found.refused or f"{name} has {many}. Nothing was saved. Put the file right and choose it again"
        )
        return _upload_page(request, diagnostic, shown().with_error(FILE, wrong), found, name)
    return _check_page(
        request, session, person.id, diagnostic, found.grid, name=name, warnings=found.warnings
    )


def _check_page(
    request: Request,
    session: SessionDep,
    person_id: Any,
    diagnostic: Diagnostic,
    grid: Grid,
    **context: Any,
) -> HTMLResponse:
    scope, saved = scope_of(diagnostic), saved_grid(session, diagnostic)
    changes = differences(saved, grid.with_ids_of(saved), scope.roles)
    version = version_of(diagnostic, saved.content)
    planned = planned_in_areas(session, diagnostic)
    return page(
        request,
        "frame/check.html.j2",
        **{
            "breadcrumbs": breadcrumbs(diagnostic, ("Frame", address_of(diagnostic))),
            **about(diagnostic),
            "changes": differences_view(changes, scope),
            "size": size_in_words(grid),
            "saved_size": size_in_words(saved) if saved.areas else "",
            "content": sign_upload(request.app.state.secrets, diagnostic, person_id, version, grid),
            "name": "the file",
            "warnings": (),
            "planned": sum(planned.get(area.name, 0) for area in changes.removed),
            "form": shown(),
            **context,
        },
    )


@router.post("/accept")
def accept(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: RunDiagnostic, sent: FormDep
) -> Response:
    """Replace the frame with what was read and checked."""
    content = str(sent.get(CONTENT, ""))
    accepted = accepted_upload(request.app.state.secrets, diagnostic, person.id, content)
    if accepted is None:
        raise FormExpired("The file was checked too long ago, or by somebody else. Upload it once more.")
    if services.newer_grid(session, diagnostic, accepted.version) is not None:
        who = saver_in_words(last_save(session, diagnostic), person.id)
        wrong = f"{who}, after you uploaded the file. Look at the differences again"
        return _check_page(
            request, session, person.id, diagnostic, accepted.grid, form=shown().with_error("changes", wrong)
        )
    saved = saved_grid(session, diagnostic)
    grid = scope_of(diagnostic).within(accepted.grid).with_ids_of(saved)
    changed = services.save_frame(session, diagnostic, grid, person.id, from_file=True)
    words = f"The frame is replaced: {size_in_words(grid)}." if changed else "Nothing had changed."
    return redirect(request, f"{address_of(diagnostic)}/preview", words)
