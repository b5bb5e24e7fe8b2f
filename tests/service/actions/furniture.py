"""A council whose brief is published: what the actions begin with."""

import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.actions.models import Action
from app.actions.queries import actions_of
from app.actions.services import take_over
from app.briefs.models import PUBLISHED, InsightBrief
from app.briefs.queries import newest_published
from app.commissioning.frameworks import framework_named
from app.commissioning.models import Diagnostic
from app.database.session import Database
from app.profiles.models import IssuedRelease, ProfileSnapshot
from app.profiles.queries import newest_snapshot
from app.web.dates import now
from diagnostics.published import PublishedProfile, read_profile
from tests.service.people import People
from tests.service.profiled import Council, profiled

Edit = Callable[[dict[str, Any]], None]
FRAMEWORK = framework_named("evidence_use_v1")
STEPS = {step.id: step for step in FRAMEWORK.steps} if FRAMEWORK else {}


def published(database: Database, people: People, waves: int = 1) -> Council:
    """Write closed waves of Wexbourne, each with a published brief."""
    council = profiled(database, people, waves=waves)
    for diagnostic_id in council.waves:
        publish(database, people, diagnostic_id)
    return council


def publish(database: Database, people: People, diagnostic_id: UUID, edit: Edit | None = None) -> UUID:
    """Publish a brief, or a correction of the last; ``edit`` changes the profile as the brief tells it."""
    with database.transaction() as session:
        snapshot = newest_snapshot(session, diagnostic_id)
        assert snapshot is not None
        told = json.loads(snapshot.published)
        if edit is not None:
            edit(told)
        release = _release(snapshot, json.dumps(told))
        session.add(release)
        session.flush()
        last = session.scalar(
            select(func.max(InsightBrief.number)).where(InsightBrief.diagnostic_id == diagnostic_id)
        )
        brief = InsightBrief(
            diagnostic_id=diagnostic_id,
            number=(last or 0) + 1,
            snapshot_id=snapshot.id,
            state=PUBLISHED,
            made_by=people.dana,
            published_by=people.dana,
            published_at=now(),
            release_id=release.id,
        )
        session.add(brief)
        session.flush()
        return brief.id


def _release(snapshot: ProfileSnapshot, text: str) -> IssuedRelease:
    return IssuedRelease(
        diagnostic_id=snapshot.diagnostic_id,
        snapshot_id=snapshot.id,
        digest=snapshot.digest,
        published=text,
        knowledge=snapshot.knowledge,
    )


def told_in(database: Database, diagnostic_id: UUID) -> PublishedProfile:
    """Give the profile as it was published last."""
    with database.transaction(writes=False) as session:
        release = session.scalars(
            select(IssuedRelease)
            .where(IssuedRelease.diagnostic_id == diagnostic_id)
            .order_by(IssuedRelease.issued_at.desc())
        ).first()
        assert release is not None
        return read_profile(release.published)


def planned(session: Session, diagnostic_id: UUID, person_id: UUID) -> Mapping[str, Action]:
    """Take the steps of the published brief over; give the actions by their steps."""
    diagnostic = session.get_one(Diagnostic, diagnostic_id)
    brief = newest_published(session, diagnostic_id)
    assert brief is not None
    take_over(session, diagnostic, brief, brief.brief.number, person_id)
    session.flush()
    return {one.step: one for one in actions_of(session, diagnostic_id)}
