"""What the papers read that no other room reads."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.commissioning.models import PlannedFieldwork


def planned_by_source(session: Session, diagnostic_id: UUID) -> Mapping[str, int]:
    """Give how many interviews, observations and documents are planned."""
    query = (
        select(PlannedFieldwork.source, func.sum(PlannedFieldwork.number))
        .where(PlannedFieldwork.diagnostic_id == diagnostic_id)
        .group_by(PlannedFieldwork.source)
    )
    return {source: int(number) for source, number in session.execute(query)}
