"""What a diagnostic covers, how it runs, when, whom staff ask, and what the notices say of data."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from app.accounts.person import Person, Role
from app.commissioning.frameworks import framework_named, least_threshold, role_group_names
from app.commissioning.models import (
    BY_ITSELF,
    LEGITIMATE_INTERESTS,
    NAMED_AREAS,
    NAMED_ROLES,
    OTHER_BASIS,
    PUBLIC_TASK,
    WHOLE_SERVICE,
    WITH_A_PDM,
    Diagnostic,
)
from app.commissioning.services.changing import Refused, write
from app.commissioning.timetable import Timetable, faults
from app.web.dates import now, today
from app.web.errors import NotAllowed

MOST_THRESHOLD = 100
LEAST_MONTHS, MOST_MONTHS = 1, 36


def check_runner(run_by: str) -> None:
    """Stop a choice of who runs a diagnostic that there is not."""
    if run_by not in (WITH_A_PDM, BY_ITSELF):
        raise Refused({"run_by": "Choose who runs the diagnostic"})


def set_running(
    session: Session, diagnostic: Diagnostic, actor_id: UUID, seen: int, run_by: str, with_fieldwork: bool
) -> None:
    """Set who runs the diagnostic, and whether anybody talks to people, watches and reads."""
    check_runner(run_by)
    values = {"run_by": run_by, "with_fieldwork": with_fieldwork}
    if not with_fieldwork:
        values |= {"fieldwork_from": None, "fieldwork_until": None}
    write(session, diagnostic, actor_id, seen, "running", **values)


def set_scope(
    session: Session,
    diagnostic: Diagnostic,
    actor_id: UUID,
    seen: int,
    scope: str,
    *,
    areas: Sequence[str] = (),
    roles: Sequence[str] = (),
) -> None:
    """Set what the diagnostic covers. The frame has then to be confirmed anew, and so has the plan."""
    if scope not in (WHOLE_SERVICE, NAMED_AREAS, NAMED_ROLES):
        raise Refused({"scope": "Choose what the diagnostic covers"})
    if scope == NAMED_AREAS and not areas:
        raise Refused({"areas": "Name at least one area"})
    known = role_group_names(diagnostic.framework)
    if scope == NAMED_ROLES and not (roles and set(roles) <= set(known)):
        raise Refused({"roles": "Choose at least one role group"})
    values: dict[str, object] = {
        "scope": scope,
        "scope_areas": list(areas) if scope == NAMED_AREAS else [],
        "scope_roles": [one for one in known if one in roles] if scope == NAMED_ROLES else [],
    }
    if any(getattr(diagnostic, name) != value for name, value in values.items()):
        values |= {"frame_confirmed_at": None, "plan_confirmed_at": None}
    write(session, diagnostic, actor_id, seen, "scope", **values)


def set_framework(session: Session, diagnostic: Diagnostic, actor_id: UUID, seen: int, name: str) -> None:
    """Set the framework version. Its role groups may differ, so the frame has to be confirmed anew."""
    if framework_named(name) is None:
        raise Refused({"framework": "Choose a framework version from the list"})
    values: dict[str, object] = {"framework": name}
    if name != diagnostic.framework:
        threshold = max(diagnostic.threshold, least_threshold(name))
        values |= {"threshold": threshold, "frame_confirmed_at": None, "plan_confirmed_at": None}
    write(session, diagnostic, actor_id, seen, "framework", **values)


def set_threshold(
    session: Session, diagnostic: Diagnostic, actor_id: UUID, seen: int, threshold: int
) -> None:
    """Set the smallest group that results may show; never smaller than the framework's, ten or more."""
    least = least_threshold(diagnostic.framework)
    if not least <= threshold <= MOST_THRESHOLD:
        raise Refused(
            {"threshold": f"The smallest group must be between {least} and {MOST_THRESHOLD} people"}
        )
    write(session, diagnostic, actor_id, seen, "threshold", threshold=threshold)


def set_timetable(
    session: Session, diagnostic: Diagnostic, actor_id: UUID, seen: int, timetable: Timetable
) -> None:
    """Set the days, as far as they are known."""
    found = faults(timetable, today(), before=Timetable.of(diagnostic))
    if not diagnostic.with_fieldwork:
        for name in ("fieldwork_from", "fieldwork_until"):
            if getattr(timetable, name) is not None:
                found[name] = "This diagnostic runs without fieldwork, so leave this empty"
    if found:
        raise Refused(found)
    days = {name: getattr(timetable, name) for name in Timetable.__dataclass_fields__}
    write(session, diagnostic, actor_id, seen, "timetable", **days)


def set_contact(
    session: Session,
    diagnostic: Diagnostic,
    actor_id: UUID,
    seen: int,
    *,
    name: str,
    email: str,
    phone: str,
) -> None:
    """Set whom staff ask; they need at least one way to do so."""
    if not email and not phone:
        raise Refused({"contact_email": "Enter an email address or a phone number, or both"})
    values = {"contact_name": name, "contact_email": email, "contact_phone": phone}
    write(session, diagnostic, actor_id, seen, "contact", **values)


def set_organisations(
    session: Session,
    diagnostic: Diagnostic,
    actor_id: UUID,
    seen: int,
    *,
    controller: str,
    data_protection_contact: str,
    processor: str,
) -> None:
    """Set who answers for the data, whom people write to about them, and who handles them."""
    write(
        session,
        diagnostic,
        actor_id,
        seen,
        "data protection",
        controller=controller,
        data_protection_contact=data_protection_contact,
        processor=processor,
    )


def may_confirm_basis(person: Person, diagnostic: Diagnostic) -> bool:
    """Say whether somebody speaks for the council on its lawful basis: only its own commissioners do."""
    return Role.COMMISSIONER in person.roles_in(diagnostic.authority_code)


def set_basis(
    session: Session,
    diagnostic: Diagnostic,
    person: Person,
    seen: int,
    *,
    basis: str,
    other: str = "",
    confirmed: bool = False,
) -> None:
    """Set the lawful basis, and whether the council confirms it. Another basis is not yet confirmed.

    Somebody who does not speak for the council leaves a confirmation of the same basis as it is.

    Raises
    ------
    NotAllowed
        Where somebody confirms it who does not speak for the council.
    """
    if basis not in (PUBLIC_TASK, LEGITIMATE_INTERESTS, OTHER_BASIS):
        raise Refused({"lawful_basis": "Choose the lawful basis"})
    if basis == OTHER_BASIS and not other:
        raise Refused({"other_basis": "Name the lawful basis"})
    if confirmed and not may_confirm_basis(person, diagnostic):
        raise NotAllowed("Only a commissioner of the council can confirm its lawful basis.")
    other = other if basis == OTHER_BASIS else ""
    same = (diagnostic.lawful_basis, diagnostic.other_basis) == (basis, other)
    was = diagnostic.lawful_basis_confirmed_at if same else None
    stays = confirmed or not may_confirm_basis(person, diagnostic)
    moment = (was or (now() if confirmed else None)) if stays else None
    write(
        session,
        diagnostic,
        person.id,
        seen,
        "lawful basis",
        lawful_basis=basis,
        other_basis=other,
        lawful_basis_confirmed_at=moment,
    )


def set_retention(session: Session, diagnostic: Diagnostic, actor_id: UUID, seen: int, months: int) -> None:
    """Set for how many months after the brief raw data are kept."""
    if not LEAST_MONTHS <= months <= MOST_MONTHS:
        message = f"Raw data are kept for between {LEAST_MONTHS} and {MOST_MONTHS} months"
        raise Refused({"raw_data_months": message})
    write(session, diagnostic, actor_id, seen, "retention", raw_data_months=months)
