"""Beginning a diagnostic: the first one of a council, the next wave after the last one; deleting a draft."""

from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.audit.services import note
from app.commissioning.frameworks import framework_named, least_threshold
from app.commissioning.models import (
    DRAFT,
    Authority,
    Diagnostic,
    Duty,
    FrameCell,
    PlannedFieldwork,
    ServiceArea,
)
from app.commissioning.queries import candidates, duties_of, frame_of, last_diagnostic, plan_of
from app.commissioning.revisions import check_is_draft
from app.commissioning.services.changing import claim
from app.commissioning.services.details import check_runner
from app.interchange.framework_files import PUBLISHED
from app.web.errors import Conflict

# What the next wave takes over. Days are its own, and what was confirmed then is not confirmed now.
_TAKEN_OVER = (
    "scope",
    "scope_roles",
    "scope_areas",
    "threshold",
    "run_by",
    "with_fieldwork",
    "contact_name",
    "contact_email",
    "contact_phone",
    "controller",
    "data_protection_contact",
    "processor",
    "lawful_basis",
    "other_basis",
    "raw_data_months",
)


def commission(
    session: Session, authority: Authority, actor_id: UUID, *, run_by: str, with_fieldwork: bool
) -> Diagnostic:
    """Begin the first diagnostic of a council.

    Raises
    ------
    Conflict
        Where it has one already.
    """
    check_runner(run_by)
    _lock(session, authority.code)
    last = last_diagnostic(session, authority.code)
    if last is not None and last.state == DRAFT:
        raise Conflict("This council has a draft already. Go on with that one, or delete it first.")
    if last is not None:
        raise Conflict("This council has had a diagnostic. Begin the next wave from the last one.")
    made = Diagnostic(
        authority_code=authority.code,
        wave=1,
        created_by=actor_id,
        framework=PUBLISHED,
        threshold=least_threshold(PUBLISHED),
        run_by=run_by,
        with_fieldwork=with_fieldwork,
    )
    return _add(session, made, actor_id)


def begin_next_wave(session: Session, last: Diagnostic, actor_id: UUID) -> Diagnostic:
    """Begin the wave after a council's last one, with all that is likely to be the same.

    Raises
    ------
    Conflict
        Where there is a draft, or the diagnostic is not the council's last one.
    """
    _lock(session, last.authority_code)
    newest = last_diagnostic(session, last.authority_code)
    if newest is None or newest.id != last.id:
        raise Conflict("This council has a later wave already.")
    if newest.state == DRAFT:
        raise Conflict("This wave is still a draft. The next one begins when it has been launched.")
    framework = last.framework if framework_named(last.framework) is not None else PUBLISHED
    taken_over = {name: getattr(last, name) for name in _TAKEN_OVER}
    taken_over |= {name: list(taken_over[name]) for name in ("scope_roles", "scope_areas")}
    taken_over["threshold"] = max(last.threshold, least_threshold(framework))
    made = Diagnostic(
        authority_code=last.authority_code,
        wave=last.wave + 1,
        previous_id=last.id,
        created_by=actor_id,
        framework=framework,
        **taken_over,
    )
    _add(session, made, actor_id)
    _copy_duties(session, last, made)
    _copy_frame_and_plan(session, last, made)
    return made


def _lock(session: Session, authority_code: str) -> None:
    """Let one at a time begin a diagnostic of an authority."""
    session.get_one(Authority, authority_code, with_for_update={"key_share": True}, populate_existing=True)


def _add(session: Session, made: Diagnostic, actor_id: UUID) -> Diagnostic:
    session.add(made)
    session.flush()
    note(
        session,
        "diagnostic created",
        actor_id,
        authority_code=made.authority_code,
        subject_id=made.id,
        wave=made.wave,
    )
    return made


def _copy_duties(session: Session, last: Diagnostic, made: Diagnostic) -> None:
    """Copy who does what, but for those who no longer have a role in the council."""
    still_there = {candidate.id for candidate in candidates(session, last.authority_code)}
    session.add_all(
        Duty(diagnostic_id=made.id, account_id=held.account_id, duty=held.duty)
        for held in duties_of(session, [last.id])[last.id]
        if held.account_id in still_there
    )


def _copy_frame_and_plan(session: Session, last: Diagnostic, made: Diagnostic) -> None:
    new_areas: dict[UUID, ServiceArea] = {}
    for area in frame_of(session, last):
        new_areas[area.id] = ServiceArea(
            diagnostic_id=made.id,
            name=area.name,
            position=area.position,
            cells=[FrameCell(role_group=cell.role_group, headcount=cell.headcount) for cell in area.cells],
        )
    session.add_all(new_areas.values())
    session.flush()
    for planned in plan_of(session, last):
        area_id = planned.service_area_id
        session.add(
            PlannedFieldwork(
                diagnostic_id=made.id,
                source=planned.source,
                kind=planned.kind,
                role_group=planned.role_group,
                service_area_id=new_areas[area_id].id if area_id else None,
                number=planned.number,
                note=planned.note,
                position=planned.position,
            )
        )


def delete_draft(session: Session, diagnostic: Diagnostic, actor_id: UUID, seen: int) -> None:
    """Delete a draft with all that was described for it.

    Raises
    ------
    Conflict
        Where it is no draft, or somebody changed it since ``seen``.
    """
    check_is_draft(diagnostic)
    claim(session, diagnostic, seen)
    note(
        session,
        "diagnostic draft deleted",
        actor_id,
        authority_code=diagnostic.authority_code,
        subject_id=diagnostic.id,
        wave=diagnostic.wave,
    )
    session.execute(delete(Diagnostic).where(Diagnostic.id == diagnostic.id))
