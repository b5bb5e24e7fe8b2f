"""Reads of what councils published, in the order in which they did."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commissioning.models import Diagnostic
from app.profiles.models import AS_BRIEF, IssuedRelease
from app.profiles.queries import profile_of
from diagnostics.published import PublishedProfile


def published_in_order(session: Session) -> Sequence[tuple[str, PublishedProfile]]:
    """Give every published profile with its council's code, the oldest first."""
    found = session.execute(
        select(Diagnostic.authority_code, IssuedRelease)
        .join(Diagnostic, Diagnostic.id == IssuedRelease.diagnostic_id)
        .where(IssuedRelease.shown_as == AS_BRIEF)
        .order_by(IssuedRelease.issued_at, IssuedRelease.id)
    )
    return [(code, profile_of(release)) for code, release in found]
