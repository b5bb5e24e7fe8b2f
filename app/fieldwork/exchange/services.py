"""Taking in what a file holds: all of it or nothing, and never deleting."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from app.accounts.person import Person
from app.audit.services import note
from app.commissioning.models import Diagnostic
from app.fieldwork.exchange.comparing import Comparison, SentQuote, compare
from app.fieldwork.exchange.queries import Saved, saved_fieldwork
from app.fieldwork.exchange.ratings_compared import is_own
from app.fieldwork.models import (
    LOOKED,
    PROPOSED,
    RATED,
    RAW,
    FieldworkQuote,
    FieldworkRecord,
    Rater,
    ReconciledRating,
    RecordRater,
    RecordRating,
)
from app.fieldwork.notes.services import save_note
from app.fieldwork.queries import lock_diagnostic, lock_record
from app.fieldwork.ratings.services import rater_called, rater_for
from app.fieldwork.safety.clearing import Settled, clear_and_log
from app.interchange.fieldwork_package import Package
from app.interchange.vocabulary import cleaned, folded
from app.web.dates import now
from diagnostics.evidence import RECONCILED, Rating, Record


def compared_anew(session: Session, diagnostic: Diagnostic, person: Person, package: Package) -> Comparison:
    """Compare a file with what is saved now; until the transaction ends nobody begins a record."""
    lock_diagnostic(session, diagnostic)
    return compare(saved_fieldwork(session, diagnostic, person.id), package)


def take_in(session: Session, diagnostic: Diagnostic, person: Person, found: Comparison) -> None:
    """Save what a file adds and changes. Ask `compared_anew` first, and have what was sighted confirmed."""
    _TakingIn(session, diagnostic, person, found).do()
    note(
        session,
        "fieldwork taken in from a file",
        person.id,
        authority_code=diagnostic.authority_code,
        subject_id=diagnostic.id,
        records=len(found.new_records),
        records_changed=len(found.changed_records),
        ratings=len(found.new_ratings) + len(found.changed_ratings),
        quotes=len(found.new_quotes) + len(found.changed_quotes),
        notes=len(found.new_notes) + len(found.changed_notes),
    )


class _TakingIn:
    """Saves the parts of a file in turn, each of which may need the ones before."""

    def __init__(self, session: Session, diagnostic: Diagnostic, person: Person, found: Comparison) -> None:
        self.session, self.diagnostic, self.person, self.found = session, diagnostic, person, found
        self.saved: Saved = saved_fieldwork(session, diagnostic, person.id)
        self.records: dict[str, FieldworkRecord] = dict(self.saved.records)
        self.areas = {name: area_id for area_id, name in self.saved.areas.items()}
        self.moment = now()

    def do(self) -> None:
        # Labels are given before records are locked, so that two transactions never wait for each other.
        ratings = (*self.found.new_ratings, *self.found.changed_ratings)
        raters = self._raters(ratings)
        self._begin_records()
        for code in sorted({*self.found_codes}):
            lock_record(self.session, self.records[code])
        self._change_records()
        for sighted in self.found.sighted:
            clear_and_log(
                self.session, self.diagnostic, self.records[sighted.record], sighted.sightings, self.person.id
            )
        for rating in ratings:
            self._rate(rating, raters)
        self._say_done(ratings, raters)
        for place, quote in enumerate(self.found.new_quotes):
            self._add_quote(quote, place)
        for quote in self.found.changed_quotes:
            self._change_quote(quote)
        for written in (*self.found.new_notes, *self.found.changed_notes):
            record = self.records[written.record]
            settled = Settled(written.text)
            save_note(self.session, self.diagnostic, record, settled, self.person.id, keep_before=True)
        self.session.flush()

    @property
    def found_codes(self) -> set[str]:
        """The records that are touched."""
        found = self.found
        return {
            *(record.id for record, _ in found.changed_records),
            *(one.record for one in (*found.new_ratings, *found.changed_ratings)),
            *(one.record for one in (*found.new_quotes, *found.changed_quotes)),
            *(one.record for one in (*found.new_notes, *found.changed_notes)),
        }

    def _raters(self, ratings: Sequence[Rating]) -> dict[str, Rater]:
        raters = {folded(label): rater for label, rater in self.saved.raters.items()}
        for rating in ratings:
            label = folded(rating.rater)
            if rating.rater != RECONCILED and label not in raters:
                raters[label] = rater_called(self.session, self.diagnostic, rating.rater)
        if ratings:
            mine = rater_for(self.session, self.diagnostic, self.person)
            raters.setdefault(folded(mine.label), mine)
            self.mine = mine
        return raters

    def _begin_records(self) -> None:
        for sent in self.found.new_records:
            record = FieldworkRecord(
                diagnostic_id=self.diagnostic.id,
                code=sent.id,
                source=sent.source,
                created_by=self.person.id,
            )
            self._describe(record, sent)
            self.session.add(record)
            self.records[sent.id] = record
        self.session.flush()

    def _change_records(self) -> None:
        for sent, _ in self.found.changed_records:
            record = self.records[sent.id]
            self._describe(record, sent)
            record.revision += 1

    def _describe(self, record: FieldworkRecord, sent: Record) -> None:
        record.kind, record.role_group, record.level = sent.kind, sent.role_group, sent.level
        record.service_area_id = self.areas[sent.service_area] if sent.service_area else None
        record.month, record.people = sent.month, sent.people

    def _rate(self, rating: Rating, raters: dict[str, Rater]) -> None:
        record_id = self.records[rating.record].id
        if rating.rater == RECONCILED:
            agreed = self.session.get(ReconciledRating, (record_id, rating.characteristic))
            if agreed is None:
                agreed = ReconciledRating(record_id=record_id, characteristic=rating.characteristic)
                self.session.add(agreed)
            agreed.stage, agreed.reason = rating.stage, rating.reason
            agreed.saved_by, agreed.saved_at = self.person.id, self.moment
            return
        rater_id = raters[folded(rating.rater)].id
        own = self.session.get(RecordRating, (record_id, rating.characteristic, rater_id))
        if own is None:
            own = RecordRating(record_id=record_id, characteristic=rating.characteristic, rater_id=rater_id)
            self.session.add(own)
        own.stage, own.reason, own.saved_at = rating.stage, rating.reason, self.moment

    def _say_done(self, ratings: Sequence[Rating], raters: dict[str, Rater]) -> None:
        """Whoever rated in the file is done; whoever brings what others rated has seen it."""
        with_own = {one.record for one in self.found.package.ratings if is_own(self.saved, one)}
        for code in dict.fromkeys(one.record for one in ratings):
            labels = {folded(one.rater) for one in ratings if one.record == code} - {RECONCILED}
            for label in labels:
                self._set_state(code, raters[label], RATED)
            if code not in with_own:
                self._set_state(code, self.mine, LOOKED)

    def _set_state(self, code: str, rater: Rater, state: str) -> None:
        record_id = self.records[code].id
        found = self.session.get(RecordRater, (record_id, rater.id))
        if found is None:
            found = RecordRater(record_id=record_id, rater_id=rater.id, state=state)
            self.session.add(found)
        elif state == LOOKED or found.state == RATED:
            return
        found.state = state
        found.done_at = self.moment if state == RATED else None

    def _add_quote(self, sent: SentQuote, place: int) -> None:
        record = self.records[sent.record]
        # One moment for all would lose their order.
        made_at = self.moment + timedelta(microseconds=place)
        self.session.add(
            FieldworkQuote(
                record_id=record.id,
                text=sent.text,
                characteristics=list(sent.characteristics),
                role_band=record.role_group,
                state=PROPOSED if sent.released else RAW,
                made_by=self.person.id,
                made_at=made_at,
                proposed_by=self.person.id if sent.released else None,
            )
        )

    def _change_quote(self, sent: SentQuote) -> None:
        quote = self.saved.quotes[sent.record, cleaned(sent.text)]
        quote.characteristics = [*quote.characteristics, *sent.characteristics]
        if sent.released and quote.state == RAW:
            quote.state, quote.proposed_by = PROPOSED, self.person.id
        quote.revision += 1
