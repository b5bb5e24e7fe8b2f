"""The page of the next wave: what changed, and what became of the plan in between."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.accounts.access import PersonDep
from app.actions.next_wave.presenters import (
    frame_change,
    heading_changes,
    other_deeds,
    summary,
    versions_of,
)
from app.actions.next_wave.queries import Told, frame_totals, previous_of, told_profile
from app.actions.presenters import trail
from app.actions.queries import actions_of
from app.commissioning.access import SeenDiagnostic
from app.commissioning.frameworks import framework_named, role_group_names
from app.commissioning.models import Diagnostic
from app.commissioning.presenters.words import name_of
from app.database.session import SessionDep
from app.fieldwork.access import gathers
from app.web.templating import page
from diagnostics.published import PublishedFramework

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/change")


@router.get("")
def show_change(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: SeenDiagnostic
) -> HTMLResponse:
    """Show what changed since the last wave, or say why there is nothing to show."""
    previous, drafts = previous_of(session, diagnostic), gathers(session, person, diagnostic)
    told = told_profile(session, diagnostic, drafts=drafts) if previous else None
    shown = _change(session, diagnostic, previous, told, drafts=drafts) if previous and told else {}
    return page(
        request,
        "actions/change_since.html.j2",
        diagnostic=diagnostic,
        caption=name_of(diagnostic),
        previous=previous,
        told=told,
        drafts=drafts,
        breadcrumbs=trail(diagnostic, top=True),
        **shown,
    )


def _change(
    session: SessionDep, diagnostic: Diagnostic, previous: Diagnostic, told: Told, *, drafts: bool
) -> dict[str, Any]:
    framework = framework_named(previous.framework)
    everything = actions_of(session, previous.id)
    actions = [one for one in everything if not one.later]
    changes = heading_changes(told.profile, actions, framework)
    now = role_group_names(diagnostic.framework)
    names = {**now, **role_group_names(previous.framework), **now}
    before = told_profile(session, previous, drafts=drafts)
    used = before.profile.framework if before else _named(previous)
    return {
        "changes": changes,
        "summary": summary(changes),
        "other_deeds": other_deeds(told.profile, actions, framework),
        "any_actions": bool(actions),
        "later": len(everything) - len(actions),
        "frame": frame_change(frame_totals(session, previous), frame_totals(session, diagnostic), names),
        "versions": versions_of(used, told.profile.framework) if used else None,
        "with_items": any(one.items for one in changes),
    }


def _named(diagnostic: Diagnostic) -> PublishedFramework | None:
    framework = framework_named(diagnostic.framework)
    if framework is None:
        return None
    return PublishedFramework(framework.id, framework.version, framework.name)
