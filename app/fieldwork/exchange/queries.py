"""All that is saved of a diagnostic's fieldwork, by the names that files use."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commissioning.models import Diagnostic
from app.fieldwork.models import (
    FieldworkNote,
    FieldworkQuote,
    FieldworkRecord,
    OwnCode,
    Rater,
    ReconciledRating,
    RecordRating,
)
from app.fieldwork.queries import areas_of, raters_of, records_of
from app.fieldwork.ratings.queries import standings_of
from app.fieldwork.ratings.standing import Standing
from app.interchange.vocabulary import cleaned, folded

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Saved:
    """Records, notes, quotes, raters and their ratings.

    ``ratings`` goes by record, characteristic and the folded label of the rater; ``agreed`` by record and
    characteristic; ``quotes`` by record and text. ``standings`` tell what whoever asks may see and do.
    """

    person_id: UUID
    areas: Mapping[UUID, str]
    records: Mapping[str, FieldworkRecord]
    raters: Mapping[str, Rater]
    standings: Mapping[str, Standing]
    ratings: Mapping[Key, RecordRating]
    agreed: Mapping[tuple[str, str], ReconciledRating]
    quotes: Mapping[tuple[str, str], FieldworkQuote]
    notes: Mapping[str, FieldworkNote]

    @property
    def own_label(self) -> str:
        """What files call the person who asks; empty where they have never rated."""
        return next((one.label for one in self.raters.values() if one.account_id == self.person_id), "")

    def standing(self, code: str) -> Standing:
        """Give how far the raters of a record are, as the person who asks sees it."""
        return self.standings.get(code, Standing(None, {}))


def saved_fieldwork(session: Session, diagnostic: Diagnostic, person_id: UUID) -> Saved:
    """Read the fieldwork of a diagnostic, as it is compared with a file."""
    records = records_of(session, diagnostic.id)
    codes = {one.id: one.code for one in records}
    raters = {one.id: one for one in raters_of(session, diagnostic)}
    label = {rater_id: folded(one.label) for rater_id, one in raters.items()}
    ids = select(FieldworkRecord.id).where(FieldworkRecord.diagnostic_id == diagnostic.id)
    ratings = session.scalars(select(RecordRating).where(RecordRating.record_id.in_(ids)))
    agreed = session.scalars(select(ReconciledRating).where(ReconciledRating.record_id.in_(ids)))
    quotes = session.scalars(select(FieldworkQuote).where(FieldworkQuote.record_id.in_(ids)))
    notes = session.scalars(select(FieldworkNote).where(FieldworkNote.record_id.in_(ids)))
    return Saved(
        person_id=person_id,
        areas=areas_of(session, diagnostic.id),
        records={one.code: one for one in records},
        raters={label[one.id]: one for one in raters.values()},
        standings=standings_of(session, diagnostic.id, person_id),
        ratings={(codes[one.record_id], one.characteristic, label[one.rater_id]): one for one in ratings},
        agreed={(codes[one.record_id], one.characteristic): one for one in agreed},
        quotes={(codes[one.record_id], cleaned(one.text)): one for one in quotes},
        notes={codes[one.record_id]: one for one in notes},
    )


def own_codes_of(session: Session, diagnostic_id: UUID) -> list[OwnCode]:
    """Give the own codes of a diagnostic, by name."""
    return list(
        session.scalars(select(OwnCode).where(OwnCode.diagnostic_id == diagnostic_id).order_by(OwnCode.name))
    )


def codes_taken(session: Session, ids: list[UUID]) -> frozenset[UUID]:
    """Give those of some ids that a code of any diagnostic has."""
    return frozenset(session.scalars(select(OwnCode.id).where(OwnCode.id.in_(ids))))
