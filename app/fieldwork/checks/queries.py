"""The ratings that whoever looks at the checks may know of."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commissioning.models import Diagnostic
from app.fieldwork.models import (
    FIGURES,
    LOOKED,
    RATED,
    FieldworkRecord,
    Rater,
    ReconciledRating,
    RecordRater,
    RecordRating,
)
from diagnostics.evidence import RECONCILED, Rating


def known_ratings(session: Session, diagnostic: Diagnostic, person_id: UUID) -> tuple[Rating, ...]:
    """Give the ratings that somebody may know of: their own, and others' once they rate blind no more.

    Whoever is still to rate a record must not learn what another's ratings are like, not even that all are
    alike.
    """
    own = session.scalar(
        select(Rater.id).where(Rater.diagnostic_id == diagnostic.id, Rater.account_id == person_id)
    )
    states = {
        (record_id, rater_id): state
        for record_id, rater_id, state in session.execute(
            select(RecordRater.record_id, RecordRater.rater_id, RecordRater.state)
            .join(Rater, Rater.id == RecordRater.rater_id)
            .where(Rater.diagnostic_id == diagnostic.id)
        )
    }

    def may_know(one: RecordRating) -> bool:
        if own is None or one.rater_id == own:
            return own is not None
        finished = states.get((one.record_id, one.rater_id)) == RATED
        return finished and states.get((one.record_id, own)) in (RATED, LOOKED)

    rows = session.execute(
        select(RecordRating, FieldworkRecord.code, Rater.label)
        .join(FieldworkRecord, FieldworkRecord.id == RecordRating.record_id)
        .join(Rater, Rater.id == RecordRating.rater_id)
        .where(FieldworkRecord.diagnostic_id == diagnostic.id, Rater.label != FIGURES)
        .order_by(FieldworkRecord.code, RecordRating.characteristic, Rater.label)
    )
    found = [
        Rating(code, one.characteristic, label, one.stage, one.reason)
        for one, code, label in rows
        if may_know(one)
    ]
    agreed = session.execute(
        select(ReconciledRating, FieldworkRecord.code)
        .join(FieldworkRecord, FieldworkRecord.id == ReconciledRating.record_id)
        .where(FieldworkRecord.diagnostic_id == diagnostic.id)
    )
    return (
        *found,
        *(Rating(code, one.characteristic, RECONCILED, one.stage, one.reason) for one, code in agreed),
    )
