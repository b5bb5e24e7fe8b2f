"""The ratings that whoever looks at the checks may know of."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commissioning.models import Diagnostic
from app.fieldwork.models import (
    FIGURES,
    RATING,
    FieldworkRecord,
    Rater,
    ReconciledRating,
    RecordRater,
    RecordRating,
)
from diagnostics.evidence import RECONCILED, Rating

_BLIND = 2


def known_ratings(session: Session, diagnostic: Diagnostic, person_id: UUID) -> tuple[Rating, ...]:
    """Give the ratings that somebody may know of: their own, and those of records that nobody can rate blind.

    Whoever is still to rate a record must not learn what another's ratings are like, not even that all are
    alike. Two raters who have finished rate nothing blind any more, nor does whoever has finished or looked.
    """
    states: dict[UUID, dict[UUID, str]] = {}
    query = (
        select(RecordRater.record_id, RecordRater.rater_id, RecordRater.state)
        .join(Rater, Rater.id == RecordRater.rater_id)
        .where(Rater.diagnostic_id == diagnostic.id, Rater.label != FIGURES)
    )
    for record_id, rater_id, state in session.execute(query):
        states.setdefault(record_id, {})[rater_id] = state
    own = session.scalar(
        select(Rater.id).where(Rater.diagnostic_id == diagnostic.id, Rater.account_id == person_id)
    )

    def open_to_them(record_id: UUID) -> bool:
        found = states.get(record_id, {})
        finished = [rater for rater, state in found.items() if state != RATING]
        return len(finished) >= _BLIND or own in finished

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
        if one.rater_id == own or open_to_them(one.record_id)
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
