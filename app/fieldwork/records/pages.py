"""The pages of a record: begin one, change what it says of itself, remove it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Literal
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.accounts.access import PersonDep
from app.commissioning.frame.scope import scope_of
from app.commissioning.frameworks import framework_of
from app.commissioning.models import Diagnostic
from app.database.session import SessionDep
from app.fieldwork.access import GatheredDiagnostic, GatheredRecord
from app.fieldwork.models import FieldworkRecord
from app.fieldwork.presenters import (
    breadcrumbs,
    fieldwork_address,
    record_address,
    record_name,
    record_tabs,
    source_of,
)
from app.fieldwork.queries import areas_of
from app.fieldwork.ratings.queries import is_marked
from app.fieldwork.records.forms import MOST_IN_ROLE, MOST_REFERENCE, RecordForm
from app.fieldwork.records.presenters import KIND, ONE, as_options, choices_for, month_choices, shown_values
from app.fieldwork.records.services import Described, begin_record, describe_record, remove_record
from app.fieldwork.safety.clearing import Doubt, settle_all
from app.fieldwork.safety.detecting import Sighting
from app.web.dates import today
from app.web.forms import Bound, bind, number_in, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page
from diagnostics.published import Source

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/fieldwork/records")

# The sources for which something is gathered on site.
Gathered = Literal["interview", "observation", "document"]


def _choices(
    session: SessionDep, diagnostic: Diagnostic, source: Source, also: date | None = None
) -> dict[str, dict[str, str]]:
    areas = areas_of(session, diagnostic.id)
    months = month_choices(today(), also)
    return choices_for(framework_of(diagnostic), scope_of(diagnostic), areas, source, months)


def _described(
    form: Bound[RecordForm], choices: dict[str, dict[str, str]]
) -> tuple[Bound[RecordForm], Described | None]:
    """Check a record against what there is to choose from."""
    data = form.data
    if data is None:
        return form, None
    words = {"kind": "what it is", "role_group": "a role group", "service_area": "a service area",
             "level": "a level", "month": "the month"}  # fmt: skip
    for name, what in words.items():
        value = getattr(data, name)
        if value and value not in choices[name]:
            form = form.with_error(name, f"Choose {what} from the list")
    if form.errors:
        return form, None
    return form, Described(
        kind=data.kind,
        role_group=data.role_group or None,
        service_area_id=UUID(data.service_area) if data.service_area else None,
        level=data.level or None,
        month=date.fromisoformat(data.month) if data.month else None,
        people=data.people,
        document_date=data.document_date,
        owner_role=data.owner_role,
        reference=data.reference,
    )


def _judged(
    form: Bound[RecordForm], described: Described, record: FieldworkRecord | None = None
) -> tuple[Bound[RecordForm], Described, tuple[Sighting, ...], tuple[Doubt, ...]]:
    """Do with what may be personal what its writer chose; where they have not, the form has errors."""
    texts = {"owner_role": described.owner_role, "reference": described.reference}
    form, settled, doubts = settle_all(texts, form, record)
    kept = tuple(one for each in settled.values() for one in each.kept)
    clean = replace(
        described,
        owner_role=settled["owner_role"].text[:MOST_IN_ROLE],
        reference=settled["reference"].text[:MOST_REFERENCE],
    )
    return form, clean, kept, doubts


def _details_page(
    request: Request,
    session: SessionDep,
    diagnostic: Diagnostic,
    source: Source,
    form: Bound[Any],
    record: FieldworkRecord | None = None,
    version: int = 0,
    doubts: Sequence[Doubt] = (),
) -> HTMLResponse:
    choices = _choices(session, diagnostic, source, record.month if record else None)
    name = record_name(framework_of(diagnostic), record, areas_of(session, diagnostic.id)) if record else None
    return page(
        request,
        "fieldwork/record.html.j2",
        diagnostic=diagnostic,
        title=f"{name.code}: {name.kind}" if name else f"Record {ONE[source]}",
        name=name,
        tabs=record_tabs(record, "") if record else (),
        source=source,
        kind_label=KIND[source],
        kinds=as_options(choices["kind"], "Choose one"),
        groups=as_options(choices["role_group"], "Not tied to one"),
        areas=as_options(choices["service_area"], "Not tied to one"),
        levels=as_options(choices["level"], "Not said"),
        months=as_options(choices["month"], "Not known yet"),
        form=form,
        doubts=doubts,
        version=version or (record.revision if record else 0),
        address=record_address(record) if record else fieldwork_address(diagnostic),
        breadcrumbs=breadcrumbs(diagnostic),
    )


@router.get("/new/{source}")
def ask_for_record(
    request: Request,
    session: SessionDep,
    diagnostic: GatheredDiagnostic,
    source: Gathered,
    kind: str = "",
    role_group: str = "",
    service_area: str = "",
) -> HTMLResponse:
    """Ask what was done, with whom, where and when; a row of the plan brings some of it along."""
    choices = _choices(session, diagnostic, source)
    brought = {"kind": kind, "role_group": role_group, "service_area": service_area}
    known = {name: value for name, value in brought.items() if value in choices[name]}
    form = shown(month=today().replace(day=1).isoformat(), **known)
    return _details_page(request, session, diagnostic, source, form)


@router.post("/new/{source}")
def begin(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheredDiagnostic,
    source: Gathered,
    sent: FormDep,
) -> Response:
    """Begin a record."""
    form, described = _described(bind(RecordForm, sent), _choices(session, diagnostic, source))
    if described is None:
        return _details_page(request, session, diagnostic, source, form)
    form, described, kept, doubts = _judged(form, described)
    if form.errors:
        return _details_page(request, session, diagnostic, source, form, doubts=doubts)
    record = begin_record(session, diagnostic, source, described, person.id, kept)
    return redirect(request, record_address(record, "/notes"), f"Record {record.code} is begun.")


@router.get("/{record_id}")
def show_record(
    request: Request, session: SessionDep, diagnostic: GatheredDiagnostic, record: GatheredRecord
) -> HTMLResponse:
    """Show what a record says of itself, to change."""
    form = shown(**shown_values(record))
    return _details_page(request, session, diagnostic, source_of(record), form, record)


@router.post("/{record_id}")
def describe(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheredDiagnostic,
    record: GatheredRecord,
    sent: FormDep,
) -> Response:
    """Change what a record says of itself."""
    source = source_of(record)
    bound = bind(RecordForm, sent)
    form, described = _described(bound, _choices(session, diagnostic, source, record.month))
    if described is not None and described.kind != record.kind and is_marked(session, record.id):
        told = "What is marked in this record belongs to its kind. Take the marks or figures away first"
        form, described = form.with_error("kind", told), None
    if described is None or bound.data is None:
        version = number_in(bound.value("version"))
        return _details_page(request, session, diagnostic, source, form, record, version)
    form, described, kept, doubts = _judged(form, described, record)
    if form.errors:
        return _details_page(
            request, session, diagnostic, source, form, record, bound.data.version, doubts=doubts
        )
    if not describe_record(session, diagnostic, record, bound.data.version, described, person.id, kept):
        now_says = record_name(framework_of(diagnostic), record, areas_of(session, diagnostic.id)).whole
        wrong = (
            f"Somebody else changed this record. It now says: {now_says}. Save again to keep yours instead"
        )
        return _details_page(
            request, session, diagnostic, source, form.with_error("kind", wrong), record, doubts=doubts
        )
    return redirect(request, record_address(record), "The record is changed.")


@router.get("/{record_id}/remove")
def ask_to_remove(
    request: Request, session: SessionDep, diagnostic: GatheredDiagnostic, record: GatheredRecord
) -> HTMLResponse:
    """Ask before a record is lost with all that belongs to it."""
    return page(
        request,
        "fieldwork/remove_record.html.j2",
        diagnostic=diagnostic,
        name=record_name(framework_of(diagnostic), record, areas_of(session, diagnostic.id)),
        address=record_address(record),
        breadcrumbs=breadcrumbs(diagnostic, (record.code, record_address(record))),
    )


@router.post("/{record_id}/remove")
def remove(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheredDiagnostic,
    record: GatheredRecord,
) -> Response:
    """Remove a record."""
    code = record.code
    remove_record(session, diagnostic, record, person.id)
    return redirect(request, fieldwork_address(diagnostic), f"Record {code} is removed.")
