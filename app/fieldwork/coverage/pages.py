"""The first page of the fieldwork: what is planned, what is done, what is needed, and the records."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.accounts.access import PersonDep
from app.accounts.person import Capability, can
from app.commissioning.access import SeenDiagnostic
from app.commissioning.frame.queries import frame_of
from app.commissioning.frame.scope import scope_of
from app.commissioning.frameworks import framework_of
from app.commissioning.models import DRAFT, Diagnostic
from app.commissioning.plan.queries import plan_rows
from app.commissioning.presenters.words import survey_is_over
from app.database.session import SessionDep
from app.fieldwork.access import gathers
from app.fieldwork.coverage.needs import need_lines
from app.fieldwork.coverage.presenters import (
    BAR,
    board_sources,
    fieldwork_is_over,
    heading_cells,
    summary,
    tallies_by_area,
    tallies_by_group,
    tallies_by_kind,
)
from app.fieldwork.coverage.queries import gathered_of
from app.fieldwork.presenters import breadcrumbs, fieldwork_address, record_address, record_name
from app.fieldwork.queries import areas_of, purged_on, records_of
from app.web.dates import today
from app.web.templating import page
from diagnostics.fieldwork_coverage import plan_progress, source_reach, still_needed
from diagnostics.plan_coverage import plan_coverage

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/fieldwork")


@router.get("")
def board(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: SeenDiagnostic
) -> HTMLResponse:
    """Show how far the fieldwork is; its records only to those who gather."""
    begun = diagnostic.with_fieldwork and diagnostic.state != DRAFT
    deleted_on = purged_on(session, diagnostic.id)
    may_gather = gathers(session, person, diagnostic) and deleted_on is None
    return page(
        request,
        "fieldwork/board.html.j2",
        diagnostic=diagnostic,
        begun=begun,
        may_gather=may_gather,
        deleted_on=deleted_on,
        may_run=can(person, Capability.RUN, diagnostic.authority_code),
        address=fieldwork_address(diagnostic),
        breadcrumbs=breadcrumbs(diagnostic, top=True),
        **(_board(session, diagnostic, may_gather=may_gather) if begun else {}),
    )


def _board(session: SessionDep, diagnostic: Diagnostic, *, may_gather: bool) -> dict[str, Any]:
    framework, frame = framework_of(diagnostic), frame_of(session, diagnostic)
    areas, rows = areas_of(session, diagnostic.id), plan_rows(session, diagnostic)
    gathered = gathered_of(session, diagnostic, framework)
    done = [one for one in gathered if one.done]
    plan = [row.work for row in rows]
    progress, over = plan_progress(plan, gathered), fieldwork_is_over(diagnostic, today())
    sources = board_sources(
        framework, rows, progress, fieldwork_address(diagnostic) if may_gather and not over else ""
    )
    needs = need_lines(framework, still_needed(framework, frame, gathered, today()))
    state = {
        one.id: "Rated twice" if one.double else "Rated" if one.done else "Not rated" for one in gathered
    }
    return {
        "today": today(),
        "bar": BAR,
        "sources": sources,
        "summary": summary(progress),
        "over": over,
        "counts_known": survey_is_over(diagnostic),
        "weighty": [one for one in needs if one.headings],
        "further": [one for one in needs if not one.headings],
        "cells": heading_cells(
            framework, source_reach(framework, done), plan_coverage(framework, frame, plan).reach
        ),
        "tallies": [
            ("Role group", tallies_by_group(scope_of(diagnostic).role_groups, rows, gathered)),
            ("Service area", tallies_by_area(areas, rows, gathered)),
            ("Kind", tallies_by_kind(framework, rows, gathered)),
        ],
        "records": [
            (record_name(framework, one, areas), record_address(one, "/notes"), state[one.code])
            for one in (records_of(session, diagnostic.id) if may_gather else ())
        ],
    }
