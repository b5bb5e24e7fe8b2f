"""What tests of the commissioning room share: reading and changing what the database holds."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.audit.models import Entry
from app.commissioning.models import (
    GATHERS,
    HOLDS_A_KEY,
    LEADS,
    Diagnostic,
    Duty,
    FrameCell,
    PlannedFieldwork,
    ServiceArea,
)
from app.database.session import Database
from app.web.dates import now
from tests.service.people import People


def kept(database: Database, diagnostic_id: UUID) -> Diagnostic:
    """Give a diagnostic as it is kept now."""
    with database.transaction(writes=False) as session:
        return session.get_one(Diagnostic, diagnostic_id)


def change(database: Database, diagnostic_id: UUID, **values: Any) -> None:
    """Change a diagnostic behind the pages' back; the revision stays as it is."""
    with database.transaction() as session:
        diagnostic = session.get_one(Diagnostic, diagnostic_id)
        for name, value in values.items():
            setattr(diagnostic, name, value)


def duties(database: Database, diagnostic_id: UUID) -> set[tuple[str, UUID]]:
    """Give the duties that are kept."""
    with database.transaction(writes=False) as session:
        rows = session.scalars(select(Duty).where(Duty.diagnostic_id == diagnostic_id))
        return {(row.duty, row.account_id) for row in rows}


def logged(database: Database) -> Sequence[Entry]:
    """Give the log, the oldest entry first."""
    with database.transaction(writes=False) as session:
        return session.scalars(select(Entry).order_by(Entry.at)).all()


def actions(database: Database) -> list[str]:
    """Give what was done, the oldest first."""
    return [entry.action for entry in logged(database)]


def describe_workforce(database: Database, diagnostic_id: UUID) -> None:
    """Write a frame of two areas, and a plan of two lines, as their own pages would."""
    with database.transaction() as session:
        areas = [
            ServiceArea(
                diagnostic_id=diagnostic_id,
                name=name,
                position=position,
                cells=[
                    FrameCell(role_group="registered", headcount=30 + position),
                    FrameCell(role_group="support", headcount=11),
                ],
            )
            for position, name in enumerate(("Early help", "Assessment"))
        ]
        session.add_all(areas)
        session.flush()
        session.add_all(
            PlannedFieldwork(
                diagnostic_id=diagnostic_id,
                source="interview",
                kind="interview",
                role_group="registered",
                service_area_id=area_id,
                number=number,
                note="In the afternoon",
                position=number,
            )
            for number, area_id in ((3, areas[0].id), (2, None))
        )


def complete(database: Database, diagnostic_id: UUID, people: People) -> None:
    """Give a diagnostic all that launching needs."""
    from datetime import timedelta

    from app.web.dates import today

    describe_workforce(database, diagnostic_id)
    with database.transaction() as session:
        pairs = (
            (LEADS, people.alice),
            (GATHERS, people.dana),
            (HOLDS_A_KEY, people.bob),
            (HOLDS_A_KEY, people.alice),
        )
        session.add_all(
            Duty(diagnostic_id=diagnostic_id, account_id=account, duty=duty) for duty, account in pairs
        )
    day = today()
    change(
        database,
        diagnostic_id,
        survey_opens_on=day + timedelta(days=30),
        survey_closes_on=day + timedelta(days=51),
        fieldwork_from=day + timedelta(days=30),
        fieldwork_until=day + timedelta(days=60),
        brief_due_on=day + timedelta(days=90),
        contact_name="Evidence team",
        contact_email="evidence@wexbourne.example.org",
        controller="Wexbourne Council",
        data_protection_contact="data.protection@wexbourne.example.org",
        processor="An institute",
        lawful_basis="public_task",
        lawful_basis_confirmed_at=now(),
        frame_confirmed_at=now(),
        plan_confirmed_at=now(),
    )
