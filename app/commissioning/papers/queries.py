"""What the papers read besides the diagnostic itself."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.commissioning.models import Duty, FrameCell, PlannedFieldwork, ServiceArea


def people_in_frame(session: Session, diagnostic_id: UUID) -> int:
    """Give how many people the frame describes; none where there is no frame yet."""
    query = (
        select(func.coalesce(func.sum(FrameCell.headcount), 0))
        .join(ServiceArea, ServiceArea.id == FrameCell.service_area_id)
        .where(ServiceArea.diagnostic_id == diagnostic_id)
    )
    return int(session.scalars(query).one())


def planned_by_source(session: Session, diagnostic_id: UUID) -> Mapping[str, int]:
    """Give how many interviews, observations and documents are planned."""
    query = (
        select(PlannedFieldwork.source, func.sum(PlannedFieldwork.number))
        .where(PlannedFieldwork.diagnostic_id == diagnostic_id)
        .group_by(PlannedFieldwork.source)
    )
    return {source: int(number) for source, number in session.execute(query)}


def names_by_duty(session: Session, diagnostic_id: UUID) -> Mapping[str, Sequence[str]]:
    """Give the names of those who have each duty; nobody whose account is closed."""
    query = (
        select(Duty.duty, Account.name)
        .join(Account, Account.id == Duty.account_id)
        .where(Duty.diagnostic_id == diagnostic_id, Account.closed_at.is_(None))
        .order_by(Account.name)
    )
    found: dict[str, list[str]] = {}
    for duty, name in session.execute(query):
        found.setdefault(duty, []).append(name)
    return found
