"""Reads of ratings. What other rooms may use is what raters have said they are done with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.fieldwork.models import (
    FIGURES,
    RATED,
    RATING,
    FieldworkRecord,
    IndicatorValue,
    Rater,
    ReconciledRating,
    RecordRater,
    RecordRating,
    SignMark,
)
from app.fieldwork.ratings.standing import Standing
from diagnostics.evidence import RECONCILED, Rating


@dataclass(frozen=True, slots=True)
class RatersOfRecord:
    """How many people are done with a record, and how many have begun; figures are not among them."""

    done: int = 0
    rating: int = 0


def rating_states(session: Session, diagnostic_id: UUID) -> Mapping[UUID, RatersOfRecord]:
    """Give how far each record's raters are, by the id of the record; records that nobody rates are left out.

    Whoever has only looked, and what cut-offs make of figures, do not count.
    """
    rows = session.execute(
        select(RecordRater.record_id, RecordRater.state)
        .join(Rater, Rater.id == RecordRater.rater_id)
        .where(Rater.diagnostic_id == diagnostic_id, Rater.label != FIGURES)
    )
    counts: dict[UUID, list[str]] = {}
    for record_id, state in rows:
        counts.setdefault(record_id, []).append(state)
    return {
        record_id: RatersOfRecord(done=states.count(RATED), rating=states.count(RATING))
        for record_id, states in counts.items()
        if RATED in states or RATING in states
    }


def evidence_ratings(session: Session, diagnostic_id: UUID) -> tuple[Rating, ...]:
    """Give the ratings of a diagnostic as the method takes them, by record, characteristic and rater.

    Only the ratings of raters who are done, what cut-offs make of figures (rater "figures"), and what two
    raters agreed afterwards (rater "reconciled"). For the profile: it asks nobody whether they may see it.
    What is shown or handed to a person is `shown_ratings`.
    """
    own = session.execute(
        select(
            FieldworkRecord.code,
            RecordRating.characteristic,
            Rater.label,
            RecordRating.stage,
            RecordRating.reason,
        )
        .join(FieldworkRecord, FieldworkRecord.id == RecordRating.record_id)
        .join(Rater, Rater.id == RecordRating.rater_id)
        .join(
            RecordRater,
            (RecordRater.record_id == RecordRating.record_id)
            & (RecordRater.rater_id == RecordRating.rater_id),
        )
        .where(FieldworkRecord.diagnostic_id == diagnostic_id, RecordRater.state == RATED)
    )
    agreed = session.execute(
        select(
            FieldworkRecord.code,
            ReconciledRating.characteristic,
            ReconciledRating.stage,
            ReconciledRating.reason,
        )
        .join(FieldworkRecord, FieldworkRecord.id == ReconciledRating.record_id)
        .where(FieldworkRecord.diagnostic_id == diagnostic_id)
    )
    found = [Rating(*row) for row in own]
    found += [Rating(code, what, RECONCILED, stage, reason) for code, what, stage, reason in agreed]
    return tuple(sorted(found, key=lambda one: (one.record, one.characteristic, one.rater)))


def shown_ratings(session: Session, diagnostic_id: UUID, account_id: UUID) -> tuple[Rating, ...]:
    """Give those of the `evidence_ratings` that one person may see now.

    Whoever has yet to rate a record, or is rating it, sees no other's ratings of it: not on a page and not
    in a file.
    """
    standings = standings_of(session, diagnostic_id, account_id)
    return tuple(
        one
        for one in evidence_ratings(session, diagnostic_id)
        if one.rater in (FIGURES, standings[one.record].own_label) or standings[one.record].sees_others
    )


def ratings_known_to(session: Session, diagnostic_id: UUID, account_id: UUID) -> tuple[Rating, ...]:
    """Give the `shown_ratings` of one person, and those of their own that they are not done with yet."""
    rows = session.execute(
        select(
            FieldworkRecord.code,
            RecordRating.characteristic,
            Rater.label,
            RecordRating.stage,
            RecordRating.reason,
        )
        .join(FieldworkRecord, FieldworkRecord.id == RecordRating.record_id)
        .join(Rater, Rater.id == RecordRating.rater_id)
        .where(FieldworkRecord.diagnostic_id == diagnostic_id, Rater.account_id == account_id)
    )
    found = {*shown_ratings(session, diagnostic_id, account_id), *(Rating(*row) for row in rows)}
    return tuple(sorted(found, key=lambda one: (one.record, one.characteristic, one.rater)))


def standings_of(session: Session, diagnostic_id: UUID, account_id: UUID) -> Mapping[str, Standing]:
    """Give how far the people are with every record of a diagnostic, as one of them sees it, by its code."""
    codes = session.scalars(
        select(FieldworkRecord.code).where(FieldworkRecord.diagnostic_id == diagnostic_id)
    ).all()
    found = _standings(session, account_id, FieldworkRecord.diagnostic_id == diagnostic_id)
    return {code: found.get(code, Standing(None, {})) for code in codes}


def standing_of(session: Session, record: FieldworkRecord, account_id: UUID) -> Standing:
    """Give how far the people are who rate a record, as one of them sees it."""
    found = _standings(session, account_id, FieldworkRecord.id == record.id)
    return found.get(record.code, Standing(None, {}))


def _standings(session: Session, account_id: UUID, which: ColumnElement[bool]) -> dict[str, Standing]:
    rows = session.execute(
        select(FieldworkRecord.code, Rater.label, Rater.account_id, RecordRater.state)
        .join(RecordRater, RecordRater.record_id == FieldworkRecord.id)
        .join(Rater, Rater.id == RecordRater.rater_id)
        .where(which, Rater.label != FIGURES)
        .order_by(Rater.label)
    ).all()
    found: dict[str, Standing] = {}
    for code in {row.code for row in rows}:
        here = [row for row in rows if row.code == code]
        own = next((row for row in here if row.account_id == account_id), None)
        found[code] = Standing(
            own=own.state if own else None,
            others={row.label: row.state for row in here if row is not own},
            own_label=own.label if own else "",
            without_account=frozenset(row.label for row in here if row.account_id is None),
        )
    return found


def find_rater(session: Session, diagnostic_id: UUID, account_id: UUID) -> Rater | None:
    """Give an account as a rater of a diagnostic."""
    return session.scalars(
        select(Rater).where(Rater.diagnostic_id == diagnostic_id, Rater.account_id == account_id)
    ).one_or_none()


def find_rater_called(session: Session, diagnostic_id: UUID, label: str) -> Rater | None:
    """Give a rater of a diagnostic by what files call them."""
    return session.scalars(
        select(Rater).where(Rater.diagnostic_id == diagnostic_id, Rater.label == label)
    ).one_or_none()


def rater_labels(session: Session, diagnostic_id: UUID) -> Sequence[str]:
    """Give what the raters of a diagnostic are called."""
    return session.scalars(select(Rater.label).where(Rater.diagnostic_id == diagnostic_id)).all()


def own_ratings(session: Session, record_id: UUID, account_id: UUID) -> Mapping[str, RecordRating]:
    """Give one person's ratings of a record, by characteristic."""
    found = session.scalars(
        select(RecordRating)
        .join(Rater, Rater.id == RecordRating.rater_id)
        .where(RecordRating.record_id == record_id, Rater.account_id == account_id)
    )
    return {one.characteristic: one for one in found}


def figure_ratings(session: Session, record_id: UUID) -> Mapping[str, RecordRating]:
    """Give what cut-offs make of a record's figures, by characteristic."""
    found = session.scalars(
        select(RecordRating)
        .join(Rater, Rater.id == RecordRating.rater_id)
        .where(RecordRating.record_id == record_id, Rater.label == FIGURES)
    )
    return {one.characteristic: one for one in found}


def ratings_by(
    session: Session, record_id: UUID, labels: Iterable[str]
) -> Mapping[str, Mapping[str, RecordRating]]:
    """Give the ratings of a record by some of its raters: by characteristic, then by the rater's label."""
    rows = session.execute(
        select(Rater.label, RecordRating)
        .join(Rater, Rater.id == RecordRating.rater_id)
        .where(RecordRating.record_id == record_id, Rater.label.in_(tuple(labels)))
        .order_by(Rater.label)
    )
    found: dict[str, dict[str, RecordRating]] = {}
    for label, rating in rows:
        found.setdefault(rating.characteristic, {})[label] = rating
    return found


def reconciled_of(session: Session, record_id: UUID) -> Mapping[str, ReconciledRating]:
    """Give what the raters of a record agreed, by characteristic, as it is now."""
    found = session.scalars(
        select(ReconciledRating).where(ReconciledRating.record_id == record_id),
        execution_options={"populate_existing": True},
    )
    return {one.characteristic: one for one in found}


def marks_of(session: Session, record_id: UUID) -> Mapping[str, str]:
    """Give what was seen or missed in a record, by sign."""
    found = session.execute(select(SignMark.sign, SignMark.mark).where(SignMark.record_id == record_id))
    return {sign: mark for sign, mark in found}


def figures_of(session: Session, record_id: UUID) -> Mapping[str, float]:
    """Give a record's figures, by indicator."""
    found = session.execute(
        select(IndicatorValue.indicator, IndicatorValue.value).where(IndicatorValue.record_id == record_id)
    )
    return {indicator: value for indicator, value in found}


def is_marked(session: Session, record_id: UUID) -> bool:
    """Say whether a record has marks or figures, which belong to the kind that it is of."""
    return bool(marks_of(session, record_id) or figures_of(session, record_id))
